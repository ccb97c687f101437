/* wd-sentence.h — what a call-taker reads out about what is known at a place
 *
 * The words are data (data/sentences.json), compiled in: the server has no user's
 * language.  Times are told in the utility's zone, today without the day.  Of a reason, which
 * somebody typed, its first sentence is told, up to 60 characters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-outage.h"

G_BEGIN_DECLS

/* Of one that is not over.  Returns: (transfer full) */
char *wd_sentence_of_outage (const WdOutage *outage, gint64 now, GTimeZone *zone);

/* Of a case of which no outage has come, or none is left.  Returns: (transfer full) */
char *wd_sentence_of_quality (const WdQuality *quality);

G_END_DECLS
