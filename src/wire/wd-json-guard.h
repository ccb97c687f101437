/* wd-json-guard.h — the strict, linear, bounded scan in front of the JSON parser
 *
 * json-glib overflows the stack on deep nesting and takes text that RFC 8259
 * refuses, so nothing from outside reaches it before this scan has passed it.
 *
 * Stricter than the grammar where C or two readers would differ: refused are a
 * byte order mark, a NUL or half a surrogate pair written as \u…, a member named twice in
 * one object (RFC 7493), integers past 64 bits, numbers past a double or longer than
 * 128 characters, nesting past WD_JSON_DEPTH.  Where such a thing is one command's own fault (api §4), the
 * rest of the request need not fall with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text need not end with NUL.  Errors: WD_JSON_ERROR_SYNTAX, _DEPTH; the message names
 * the byte and never repeats what stands there. */
gboolean wd_json_guard (const char *text, gsize length, GError **error);

/* The same of a request of commands: a NUL, a number out of range or a member named twice inside one of its `commands` goes
 * into @faults and no further.  What json-glib makes of that command is not what was sent: only its `id` may be read,
 * unless that is what is at fault.
 * @faults: (element-type guint GError): by the command's place; WD_RULE_ERROR_INVALID with the member as field */
gboolean wd_json_guard_commands (const char *text, gsize length, GHashTable *faults, GError **error);

G_END_DECLS
