/* wd-timeline.h — what happened, newest on top
 *
 * Each entry says when (with seconds), what, who, and in which words; a breach has a lozenge, the start a hollow
 * dot, what the server has not confirmed a dotted one; what was entered late shows both times.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-command.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  WD_ENTRY_START,
  WD_ENTRY_STATE, /* moved the order on */
  WD_ENTRY_NOTE,  /* words only */
  WD_ENTRY_BREACH,
  WD_ENTRY_OTHER
} WdEntryKind;

typedef struct
{
  WdEntryKind kind;
  WdVerb      verb;
  gboolean    shown; /* a receipt: not of its delivery, but of having been shown */
  gboolean    unconfirmed;
  gint64      at;
  gint64      entered_at; /* 0: as it happened */
  char       *act;
  char       *who;
  char       *detail; /* (nullable) */
} WdTimelineEntry;

void wd_timeline_entry_free (WdTimelineEntry *entry);

#define WD_TYPE_TIMELINE (wd_timeline_get_type ())
G_DECLARE_FINAL_TYPE (WdTimeline, wd_timeline, WD, TIMELINE, AdwBin)

/* @entries: (element-type WdTimelineEntry), oldest first; kept. */
void wd_timeline_show (WdTimeline *self, GPtrArray *entries, GTimeZone *zone);

G_END_DECLS
