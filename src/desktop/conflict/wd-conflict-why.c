/* wd-conflict-why.c — why the server did not take a command, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-why.h"

#include "wd-shape-words.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static const char *
field_words (const char *field)
{
  /* clang-format off */
  static const struct { const char *field, *words; } fields[] = {
    { "area",     N_("Area") },
    { "starts",   N_("Starts") },
    { "expected", N_("Expected back") },
    { "extent",   N_("Extent") },
    { "reason",   N_("Reason") },
    { "cause",    N_("Cause") },
    { "unit",     N_("Responsible unit") },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].field, field))
      return _ (fields[i].words);
  return field;
}

char *
wd_conflict_why (const WdRefusal *refusal)
{
  const char      *problem = wd_term_problem (refusal->code);
  g_autofree char *fault = NULL;

  if (refusal->field == NULL)
    return g_strdup (problem);
  if (!g_str_equal (refusal->field, "area") || refusal->detail == NULL)
    return g_strdup_printf (_ ("%1$s (%2$s)"), problem, field_words (refusal->field)); /* Translators: what happened, the field at fault. */
  fault = wd_shape_words (refusal->detail);
  return g_strdup_printf (_ ("%1$s (%2$s: %3$s)"), problem, field_words (refusal->field), fault);
}
