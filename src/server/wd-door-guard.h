/* wd-door-guard.h — is this the head of one HTTP request, and of only one?
 *
 * A pure look at raw bytes, before libsoup sees any of them.  Whatever two
 * parsers could read in two ways is refused: two Hosts or Content-Lengths,
 * both framings at once, folded lines, bare LF or CR, blanks before a colon,
 * control characters.  A head that passes is handed on as it came.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64   content_length; /* bytes of body; 0 without one; -1: chunked */
  gboolean expects;        /* sent `Expect: 100-continue` */
} WdDoorFraming;

/* The length of the head at the start of `data`, its empty line included;
 * 0 while the head is not whole. */
gsize wd_door_guard_find_end (const char *data,
                              gsize       length);

/* Whether a head may begin so.  Who speaks something else (TLS to a plain port, say) waits for an answer before
 * a head could be whole. */
gboolean wd_door_guard_may_begin (const char *data,
                                  gsize       length);

/* Returns NULL and fills `framing` when the head (exactly `length` bytes) is
 * fine, else a sentence on what is wrong with it. */
const char *wd_door_guard_check (const char    *head,
                                 gsize          length,
                                 guint          max_fields,
                                 WdDoorFraming *framing);

/* The value of the first field of that name (any case) in a checked head,
 * blanks around it removed; NULL without one.  Free with g_free(). */
char *wd_door_guard_dup_field (const char *head,
                               gsize       length,
                               const char *name);

G_END_DECLS
