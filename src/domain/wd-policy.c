/* wd-policy.c — the field tables of a policy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-policy.h"

#include <string.h>

/* clang-format off */
static const WdField policy_row_fields[] = {
  WD_TEXT     (WdPolicyRow, rule,       WD_FIELD_PLAIN),
  WD_TEXT     (WdPolicyRow, clause,     WD_FIELD_PLAIN),
  WD_TEXTS    (WdPolicyRow, starts,     WD_FIELD_PLAIN),
  WD_TEXTS    (WdPolicyRow, stops,      WD_FIELD_PLAIN),
  WD_DURATION (WdPolicyRow, limit,      WD_FIELD_PLAIN),
  WD_DURATION (WdPolicyRow, warn,       WD_FIELD_PLAIN),
  WD_BOOL     (WdPolicyRow, soft,       WD_FIELD_PLAIN),
  WD_BOOL     (WdPolicyRow, window,     WD_FIELD_PLAIN),
  WD_BOOL     (WdPolicyRow, site,       WD_FIELD_PLAIN),
  WD_BOOL     (WdPolicyRow, centre,     WD_FIELD_PLAIN),
  WD_TEXTS    (WdPolicyRow, categories, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdPolicyRow, wd_policy_row, "policy-row", policy_row_fields)

static const WdField policy_fields[] = {
  WD_TEXT     (WdPolicy, id,                WD_FIELD_PLAIN),
  WD_INT      (WdPolicy, version,           WD_FIELD_PLAIN),
  WD_TIME     (WdPolicy, effective,         WD_FIELD_PLAIN),
  WD_TEXT     (WdPolicy, zone,              WD_FIELD_PLAIN),
  WD_DURATION (WdPolicy, crew_margin,       WD_FIELD_PLAIN),
  WD_DURATION (WdPolicy, platform_margin,   WD_FIELD_PLAIN),
  WD_INT      (WdPolicy, callback_attempts, WD_FIELD_PLAIN),
  WD_RECORDS  (WdPolicy, rows,              wd_policy_row_type, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdPolicy, wd_policy, "policy", policy_fields)
/* clang-format on */

const WdPolicyRow *
wd_policy_find (const WdPolicy *policy, const char *rule)
{
  for (guint i = 0; i < policy->rows->len; i++)
    {
      const WdPolicyRow *row = policy->rows->pdata[i];

      if (strcmp (row->rule, rule) == 0)
        return row;
    }
  return NULL;
}
