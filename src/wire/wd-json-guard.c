/* wd-json-guard.c — the strict, linear, bounded scan in front of the JSON parser
 *
 * Descends by recursion, which WD_JSON_DEPTH bounds.  Names are compared by a 64-bit
 * hash: two that collide by chance are refused as if they were the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json-guard.h"

#include "wd-json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define NUMBER_LENGTH 128
#define NAME_SHOWN 40
#define FAULTS_MOST 1000 /* as many as one request may have commands */
#define HASH_START G_GUINT64_CONSTANT (14695981039346656037)
#define HASH_PRIME G_GUINT64_CONSTANT (1099511628211)

/* Where the scan is inside one object or array that is open. */
typedef struct
{
  const char *name; /* behind its quote, as it was written; NULL in an array */
  guint       index;
} Step;

/* A member's name while its object is open. */
typedef struct
{
  guint64     hash;
  const char *at;
} Name;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint       depth;
  GArray     *names; /* Name, of all the objects that are open */
  GHashTable *faults;
  int         code;
  const char *fault;
  Step        steps[WD_JSON_DEPTH + 1]; /* by depth, from 1 */
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan *scan, const char *fault)
{
  scan->code = WD_JSON_ERROR_SYNTAX;
  scan->fault = fault;
  return FALSE;
}

/* Members down to the first list, as a command's other faults are named: caller.phone, point; a shape is named as one. */
static char *
dup_field (const Scan *scan)
{
  GString *field = g_string_new (NULL);

  for (guint i = 3; i <= scan->depth && scan->steps[i].name != NULL; i++)
    {
      const char *name = scan->steps[i].name, *end = name;

      if (field->len > 0 && g_str_has_prefix (name, "coordinates\""))
        break;
      for (guint n = 0; end < scan->end && *end != '"' && n < NAME_SHOWN; n++)
        end = *end == '\\' && scan->end - end > 1 ? g_utf8_next_char (end + 1) : g_utf8_next_char (end);
      if (field->len > 0)
        g_string_append_c (field, '.');
      g_string_append_len (field, name, end - name);
    }
  return g_string_free (field, FALSE);
}

/* A fault that leaves the rest readable.  FALSE unless it lies inside one command: then it is that one's alone. */
static gboolean
fault_here (Scan *scan, const char *fault)
{
  static const char list[] = "commands\"";
  gpointer          command = GUINT_TO_POINTER (scan->steps[2].index);
  g_autofree char  *field = NULL;
  GError           *error = NULL;

  if (scan->faults == NULL || scan->depth < 2 || scan->steps[1].name == NULL || scan->steps[2].name != NULL ||
      strncmp (scan->steps[1].name, list, strlen (list)) != 0)
    return fail (scan, fault);
  field = dup_field (scan);
  /* The first of a command counts, but for its id, which then answers to nothing. */
  if (g_hash_table_contains (scan->faults, command) && strcmp (field, "id") != 0)
    return TRUE;
  if (g_hash_table_size (scan->faults) == FAULTS_MOST)
    return fail (scan, fault);
  wd_rule_set_invalid (&error, field, "%s", fault);
  g_hash_table_replace (scan->faults, command, error);
  return TRUE;
}

static void
skip_blanks (Scan *scan)
{
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\t' || *scan->at == '\r'))
    scan->at++;
}

static gboolean
take (Scan *scan, char wanted)
{
  if (scan->at == scan->end || *scan->at != wanted)
    return FALSE;
  scan->at++;
  return TRUE;
}

static guint64
hash_byte (guint64 hash, guint byte)
{
  return (hash ^ byte) * HASH_PRIME;
}

static gboolean
scan_hex (Scan *scan, gunichar *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, scan->at++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return fail (scan, "four hexadecimal digits have to follow \\u");
      *unit = *unit << 4 | (guint)g_ascii_xdigit_value (*scan->at);
    }
  return TRUE;
}

/* After `\u`.  The character goes into the hash as the UTF-8 that it stands for. */
static gboolean
scan_unicode_escape (Scan *scan, guint64 *hash)
{
  gunichar character, low;
  char     utf8[6];

  if (!scan_hex (scan, &character))
    return FALSE;
  if (character == 0)
    return fault_here (scan, "a text may hold no NUL");
  if (character >= 0xdc00 && character <= 0xdfff)
    return fail (scan, "half of a surrogate pair");
  if (character >= 0xd800 && character <= 0xdbff)
    {
      if (!take (scan, '\\') || !take (scan, 'u'))
        return fail (scan, "half of a surrogate pair");
      if (!scan_hex (scan, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (scan, "half of a surrogate pair");
      character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
    }
  for (int i = 0, n = g_unichar_to_utf8 (character, utf8); i < n; i++)
    *hash = hash_byte (*hash, (guchar)utf8[i]);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, guint64 *hash)
{
  static const char written[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char       *found;

  if (take (scan, 'u'))
    return scan_unicode_escape (scan, hash);
  if (scan->at == scan->end || *scan->at == '\0' || !(found = strchr (written, *scan->at)))
    return fail (scan, "no such escape");
  *hash = hash_byte (*hash, (guchar)meant[found - written]);
  scan->at++;
  return TRUE;
}

static gboolean
scan_string (Scan *scan, guint64 *hash)
{
  guint64 h = HASH_START;

  if (!take (scan, '"'))
    return fail (scan, "a string has to stand here");
  while (scan->at < scan->end && *scan->at != '"')
    {
      guchar byte = (guchar)*scan->at++;

      if (byte < 0x20)
        return fail (scan, "a control character in a string has to be escaped");
      if (byte != '\\')
        h = hash_byte (h, byte);
      else if (!scan_escape (scan, &h))
        return FALSE;
    }
  if (!take (scan, '"'))
    return fail (scan, "a string does not end");
  if (hash)
    *hash = h;
  return TRUE;
}

static gboolean
scan_digits (Scan *scan)
{
  const char *from = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > from || fail (scan, "a digit has to stand here");
}

/* Whether C can hold what the grammar allowed. */
static gboolean
check_range (Scan *scan, const char *from, gboolean whole)
{
  char  number[NUMBER_LENGTH + 1];
  gsize length = scan->at - from;

  if (length > NUMBER_LENGTH)
    return fault_here (scan, "a number is too long");
  memcpy (number, from, length);
  number[length] = '\0';
  errno = 0;
  if (whole)
    {
      (void)g_ascii_strtoll (number, NULL, 10);
      return errno == 0 || fault_here (scan, "a number is out of range");
    }
  return isfinite (g_ascii_strtod (number, NULL)) || fault_here (scan, "a number is out of range");
}

static gboolean
scan_number (Scan *scan)
{
  const char *from = scan->at;
  gboolean    whole = TRUE;

  take (scan, '-');
  if (!take (scan, '0') && !scan_digits (scan))
    return FALSE;
  if (take (scan, '.'))
    {
      whole = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }
  if (take (scan, 'e') || take (scan, 'E'))
    {
      whole = FALSE;
      if (!take (scan, '+'))
        take (scan, '-');
      if (!scan_digits (scan))
        return FALSE;
    }
  return check_range (scan, from, whole);
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return fail (scan, "no such word");
  scan->at += length;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const Name *)a)->hash, y = ((const Name *)b)->hash;

  return x < y ? -1 : x > y;
}

/* The names of the object that ends here are the last of all: sorted, the same ones are neighbours. */
static gboolean
check_names (Scan *scan, guint first)
{
  guint n = scan->names->len - first;
  Name *names = (Name *)(gpointer)scan->names->data + first;

  if (n > 1)
    qsort (names, n, sizeof *names, compare_names);
  for (guint i = 1; i < n; i++)
    {
      if (names[i].hash != names[i - 1].hash)
        continue;
      scan->steps[scan->depth].name = names[i].at;
      if (!fault_here (scan, "an object names a member twice"))
        return FALSE;
    }
  g_array_set_size (scan->names, first);
  return TRUE;
}

static gboolean
scan_object (Scan *scan)
{
  guint first = scan->names->len;

  skip_blanks (scan);
  if (take (scan, '}'))
    return TRUE;
  do
    {
      Name name;

      skip_blanks (scan);
      scan->steps[scan->depth].name = name.at = scan->at + 1;
      if (!scan_string (scan, &name.hash))
        return FALSE;
      g_array_append_val (scan->names, name);
      skip_blanks (scan);
      if (!take (scan, ':'))
        return fail (scan, "a colon has to follow the name of a member");
      if (!scan_value (scan))
        return FALSE;
    }
  while (take (scan, ','));
  if (!take (scan, '}'))
    return fail (scan, "an object does not end");
  return check_names (scan, first);
}

static gboolean
scan_array (Scan *scan)
{
  skip_blanks (scan);
  if (take (scan, ']'))
    return TRUE;
  scan->steps[scan->depth] = (Step){ NULL, 0 };
  do
    {
      if (!scan_value (scan))
        return FALSE;
      scan->steps[scan->depth].index++;
    }
  while (take (scan, ','));
  return take (scan, ']') || fail (scan, "an array does not end");
}

static gboolean
scan_nested (Scan *scan, gboolean (*inner) (Scan *scan))
{
  if (scan->depth == WD_JSON_DEPTH)
    {
      fail (scan, "nested too deep");
      scan->code = WD_JSON_ERROR_DEPTH;
      return FALSE;
    }
  scan->at++;
  scan->depth++;
  if (!inner (scan))
    return FALSE;
  scan->depth--;
  return TRUE;
}

/* A value and the blanks around it. */
static gboolean
scan_value (Scan *scan)
{
  gboolean ok;

  skip_blanks (scan);
  switch (scan->at < scan->end ? *scan->at : '\0')
    {
    case '{': ok = scan_nested (scan, scan_object); break;
    case '[': ok = scan_nested (scan, scan_array); break;
    case '"': ok = scan_string (scan, NULL); break;
    case 't': ok = scan_word (scan, "true"); break;
    case 'f': ok = scan_word (scan, "false"); break;
    case 'n': ok = scan_word (scan, "null"); break;
    case '-':
    case '0' ... '9': ok = scan_number (scan); break;
    default: ok = fail (scan, "a value has to stand here"); break;
    }
  skip_blanks (scan);
  return ok;
}

gboolean
wd_json_guard (const char *text, gsize length, GError **error)
{
  return wd_json_guard_commands (text, length, NULL, error);
}

gboolean
wd_json_guard_commands (const char *text, gsize length, GHashTable *faults, GError **error)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  Scan               scan = { .start = text, .at = text, .end = text + length, .names = names, .faults = faults };
  const char        *valid = text;

  if (length > 0 && !g_utf8_validate_len (text, length, &valid))
    {
      scan.at = valid;
      fail (&scan, "this is not UTF-8");
    }
  else if (scan_value (&scan) && scan.at < scan.end)
    fail (&scan, "something follows the value");

  if (!scan.fault)
    return TRUE;
  g_set_error (error, WD_JSON_ERROR, scan.code, "byte %" G_GSIZE_FORMAT ": %s", (gsize)(scan.at - scan.start), scan.fault);
  return FALSE;
}
