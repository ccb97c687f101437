/* wd-place-text.c — an address as it is compared, and the pieces that it is found by
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-place-text.h"

#include <string.h>

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

/* 12-5 and 125 are two houses. */
static gboolean
is_hyphen_between_digits (const GString *before, const char *at)
{
  const char *next = g_utf8_next_char (at);

  return (*at == '-') && before->len > 0 && is_digit ((guchar)before->str[before->len - 1]) && is_digit ((guchar)*next);
}

char *
wd_place_normal (const char *text)
{
  g_autofree char *one = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *low = g_utf8_strdown (one != NULL ? one : "", -1);
  GString         *normal = g_string_new (NULL);

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || is_hyphen_between_digits (normal, p))
        g_string_append_unichar (normal, c);
    }
  return g_string_free (normal, FALSE);
}

GPtrArray *
wd_place_grams (const char *normal, const char *prefix)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray             *grams = g_ptr_array_new_with_free_func (g_free);
  gboolean               first = TRUE;

  for (const char *p = normal; *p != '\0'; p = first ? p : g_utf8_next_char (p), first = FALSE)
    {
      const char *next = g_utf8_next_char (p);
      char       *gram;

      if (!first && *next == '\0')
        break;
      if (first)
        gram = g_strdup_printf ("%s^%.*s", prefix, (int)(next - p), p);
      else
        gram = g_strdup_printf ("%s%.*s", prefix, (int)(g_utf8_next_char (next) - p), p);
      if (g_hash_table_contains (seen, gram))
        g_free (gram);
      else
        {
          g_hash_table_add (seen, gram);
          g_ptr_array_add (grams, gram);
        }
    }
  return grams;
}

/* ---- the street ---- */

/* What a street's name ends with, and what the parts before it end with. */
static const char *const street_ends[] = { "大道", "街道", "路", "街", "巷", "道", "弄", NULL };
static const char *const part_ends[] = { "省", "市", "区", "县", "镇", "乡", "街道", NULL };

static gboolean
starts_with_one_of (const char *p, const char *const *words, gsize *length)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (p, words[i]))
      {
        *length = strlen (words[i]);
        return TRUE;
      }
  return FALSE;
}

static char *
chinese_street (const char *address)
{
  const char *start = address, *p = address;
  gsize       length;

  while (*p != '\0' && !is_digit (g_utf8_get_char (p)))
    {
      if (p > start && starts_with_one_of (p, part_ends, &length))
        start = p = p + length;
      else if (p > start && starts_with_one_of (p, street_ends, &length))
        return g_strndup (start, p + length - start);
      else
        p = g_utf8_next_char (p);
    }
  return NULL;
}

/* 118 and 118A are houses, 19TH is none.  Returns: how long it is, 0 for none. */
static gsize
house_length (const char *text)
{
  gsize length = strspn (text, "0123456789");

  if (length > 0 && g_ascii_isalpha (text[length]))
    length++;
  return text[length] == ' ' ? length : 0;
}

/* Up to the first comma, without the number in front or at the end. */
static char *
latin_street (const char *address)
{
  g_autofree char *line = g_strndup (address, strcspn (address, ","));
  char            *start = g_strstrip (line);
  char            *end;

  start = g_strchug (start + house_length (start));
  end = strrchr (start, ' ');
  if (end != NULL && is_digit ((guchar)end[1]))
    *end = '\0';
  return *start != '\0' ? g_strdup (g_strchomp (start)) : NULL;
}

char *
wd_place_street (const char *address)
{
  for (const char *p = address; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iswide (g_utf8_get_char (p)))
      return chinese_street (address);
  return latin_street (address);
}
