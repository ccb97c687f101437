/* wd-place-text.h — an address as it is compared, and the pieces that it is found by
 *
 * Two characters are the smallest piece that tells Chinese addresses apart;
 * the same pieces serve any script and any SQL engine.  Pure text, no store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Compatibility forms made one (１１８ -> 118), lower case, without blanks and punctuation but `-` between digits. */
char *wd_place_normal (const char *text);

/* Each two characters of @normal that stand together, and `^` with the first; each with @prefix in front, each once.
 * Returns: (transfer full) (element-type utf8) */
GPtrArray *wd_place_grams (const char *normal, const char *prefix);

/* The street in an address: 上城区人民路118号 -> 人民路, 118 Main St, Springfield -> Main St.
 * Returns: (nullable) */
char *wd_place_street (const char *address);

G_END_DECLS
