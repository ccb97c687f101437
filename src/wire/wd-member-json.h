/* wd-member-json.h — one member of a command or event, for the other files of this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-json.h"

G_BEGIN_DECLS

/* The text of a node, NULL where it is another kind. */
const char *wd_member_node_text (JsonNode *node);

/* Checks and takes one value.
 * Returns: floating; NULL with WD_RULE_ERROR_INVALID naming the field */
GVariant *wd_member_read_json (const WdMember *member, JsonNode *node, GError **error);

void wd_member_append_json (GString *json, const WdMember *member, GVariant *value);

G_END_DECLS
