/* wd-refusal.c — why something is refused, with the field at fault
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-decide.h"

#include <math.h>
#include <string.h>

/* Of a shape's fault: where it is. */
typedef struct
{
  WdPoint at;
} WdRuleErrorPrivate;

static void
wd_rule_error_private_init (WdRuleErrorPrivate *priv)
{
  priv->at = (WdPoint){ NAN, 0 };
}

static void
wd_rule_error_private_copy (const WdRuleErrorPrivate *from, WdRuleErrorPrivate *to)
{
  *to = *from;
}

static void
wd_rule_error_private_clear (WdRuleErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (WdRuleError, wd_rule_error)

/* clang-format off */
G_DEFINE_ENUM_TYPE (WdRuleError, wd_rule_error,
  G_DEFINE_ENUM_VALUE (WD_RULE_ERROR_INVALID, "invalid"),
  G_DEFINE_ENUM_VALUE (WD_RULE_ERROR_NOT_FOUND, "not-found"),
  G_DEFINE_ENUM_VALUE (WD_RULE_ERROR_FORBIDDEN, "forbidden"),
  G_DEFINE_ENUM_VALUE (WD_RULE_ERROR_CONFLICT, "conflict"),
  G_DEFINE_ENUM_VALUE (WD_RULE_ERROR_STATE, "state"))
/* clang-format on */

/* Between the field and the sentence.  A field that has it, which only a name that nobody knows
 * can be, keeps its first part: the rest must not pass for a sentence of ours. */
#define MARK ": "

void
wd_rule_set_invalid (GError **error, const char *field, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list          args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  if (field != NULL)
    {
      const char *mark = strstr (field, MARK);
      int         length = (int)(mark != NULL ? (gsize)(mark - field) : strlen (field));

      g_set_error (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID, "%.*s" MARK "%s", length, field, sentence);
    }
  else
    g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID, sentence);
}

static const char *
find_mark (const GError *error)
{
  if (!g_error_matches (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID))
    return NULL;
  return strstr (error->message, MARK);
}

char *
wd_rule_error_dup_field (const GError *error)
{
  const char *mark = find_mark (error);

  return mark != NULL ? g_strndup (error->message, (gsize)(mark - error->message)) : NULL;
}

const char *
wd_rule_error_detail (const GError *error)
{
  const char *mark = find_mark (error);

  return mark != NULL ? mark + strlen (MARK) : error->message;
}

void
wd_rule_set_invalid_at (GError **error, const char *field, const WdPoint *at, const char *sentence)
{
  wd_rule_set_invalid (error, field, "%s", sentence);
  if (error != NULL && wd_point_is_set (at))
    wd_rule_error_get_private (*error)->at = *at;
}

gboolean
wd_rule_error_at (const GError *error, WdPoint *at)
{
  const WdRuleErrorPrivate *priv = error->domain == WD_RULE_ERROR ? wd_rule_error_get_private (error) : NULL;

  if (priv == NULL || !wd_point_is_set (&priv->at))
    return FALSE;
  *at = priv->at;
  return TRUE;
}
