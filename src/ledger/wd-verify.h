/* wd-verify.h — walks all events and says whether they are what was written
 *
 * The chain is computed again from the first event on, each box is compared
 * with the hash that its event holds, and opened.  Boxes that were erased with their
 * object's key are counted, not missed.  The end is held against the state: objects that
 * stand at events which are not there say that the last ones were cut off.  So do heads that
 * were written out (wd-heads.h), also where the state was cut off with the events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 events;
  gint64 boxes;
  gint64 erased; /* boxes */
  char  *head;   /* hash of the last event, hexadecimal; NULL without any */

  gint64 seq;   /* the first event that is not as it was written, or is not there; 0: all is well */
  char  *fault; /* what is wrong, a sentence */
} WdVerdict;
void wd_verdict_clear (WdVerdict *verdict);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdVerdict, wd_verdict_clear)

/* FALSE where it could not be found out.  Stops at the first fault. */
gboolean wd_verify (const WdHost *host, WdVerdict *verdict, GError **error);

G_END_DECLS
