/* wd-pipe.c — the diameter of a pipe as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-pipe.h"

#include <string.h>

#define LARGEST_MM 100000

static const char *
skip_spaces (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

/* Full-width letters, digits and spaces are the narrow ones. */
static char *
dup_plain (const char *text)
{
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return narrow != NULL ? g_strstrip (g_utf8_strdown (narrow, -1)) : g_strdup ("?");
}

gboolean
wd_pipe_read (const char *text, gint64 *mm)
{
  g_autofree char *plain = dup_plain (text);
  const char      *digits = skip_spaces (g_str_has_prefix (plain, "dn") ? plain + strlen ("dn") : plain);
  char            *end;
  gint64           value;

  *mm = 0;
  if (*plain == '\0')
    return TRUE;
  if (!g_ascii_isdigit (*digits))
    return FALSE;
  value = g_ascii_strtoll (digits, &end, 10);
  end = (char *)skip_spaces (end);
  if ((*end != '\0' && !g_str_equal (end, "mm") && !g_str_equal (end, "毫米")) || value <= 0 || value > LARGEST_MM)
    return FALSE;
  *mm = value;
  return TRUE;
}
