/* wd-policy-json.h — the rows of a policy as values, for the other files of this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-json.h"

G_BEGIN_DECLS

/* The clocks of api §6: what a policy may have rows for, and an order's `limits` name. */
gboolean wd_policy_rule_is_known (const char *rule);

/* aa{sv} after wd_policy_row_type.  Returns: floating; NULL with WD_RULE_ERROR_INVALID naming @field. */
GVariant *wd_policy_rows_read_json (const char *field, JsonNode *node, GError **error);
void      wd_policy_rows_append_json (GString *json, GVariant *rows);

G_END_DECLS
