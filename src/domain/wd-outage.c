/* wd-outage.c — the field tables of outages, quality cases and calls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-outage.h"

/* clang-format off */
static const WdField outage_fields[] = {
  WD_TEXT    (WdOutage, id,            WD_FIELD_PLAIN),
  WD_TEXT    (WdOutage, number,        WD_FIELD_PLAIN),
  WD_ENUM    (WdOutage, nature,        WdOutageNature, wd_outage_nature_get_type, WD_FIELD_PLAIN),
  WD_ENUM    (WdOutage, effect,        WdOutageEffect, wd_outage_effect_get_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOutage, reason,        WD_FIELD_PLAIN),
  WD_JSON    (WdOutage, area,          WD_FIELD_PLAIN),
  WD_TEXT    (WdOutage, extent,        WD_FIELD_PLAIN),
  WD_INT     (WdOutage, pipe_mm,       WD_FIELD_PLAIN),
  WD_TIME    (WdOutage, starts,        WD_FIELD_PLAIN),
  WD_TIME    (WdOutage, expected,      WD_FIELD_PLAIN),
  WD_TIME    (WdOutage, restored_at,   WD_FIELD_PLAIN),
  WD_ENUM    (WdOutage, state,         WdOutageState, wd_outage_state_get_type, WD_FIELD_PLAIN),
  WD_BOOL    (WdOutage, late_notice,   WD_FIELD_PLAIN),
  WD_TEXTS   (WdOutage, supply_points, WD_FIELD_PLAIN),
  WD_TEXTS   (WdOutage, steps,         WD_FIELD_PLAIN),
  WD_TEXT    (WdOutage, quality,       WD_FIELD_PLAIN),
  WD_JSON    (WdOutage, affected,      WD_FIELD_PLAIN),
  WD_TEXT    (WdOutage, unit,          WD_FIELD_PLAIN),
  WD_INT     (WdOutage, calls,         WD_FIELD_PLAIN),
  WD_RECORDS (WdOutage, clocks,        wd_clock_type, WD_FIELD_PLAIN),
  WD_INT     (WdOutage, version,       WD_FIELD_PLAIN),
  WD_INT     (WdOutage, policy,        WD_FIELD_INNER),
  WD_TIME    (WdOutage, last_at,       WD_FIELD_INNER),
  WD_TIME    (WdOutage, ended_at,      WD_FIELD_INNER),
  { NULL }
};
WD_DEFINE_RECORD (WdOutage, wd_outage, "outage", outage_fields)

static const WdField quality_fields[] = {
  WD_TEXT    (WdQuality, id,         WD_FIELD_PLAIN),
  WD_TEXT    (WdQuality, number,     WD_FIELD_PLAIN),
  WD_ENUM    (WdQuality, state,      WdQualityState, wd_quality_state_get_type, WD_FIELD_PLAIN),
  WD_POINT   (WdQuality, point,      WD_FIELD_PLAIN),
  WD_TEXT    (WdQuality, text,       WD_FIELD_PLAIN),
  WD_TEXTS   (WdQuality, orders,     WD_FIELD_PLAIN),
  WD_TEXTS   (WdQuality, units,      WD_FIELD_PLAIN),
  WD_TIMES   (WdQuality, attended,   WD_FIELD_PLAIN),
  WD_TEXTS   (WdQuality, samples,    WD_FIELD_PLAIN),
  WD_TEXT    (WdQuality, cause,      WD_FIELD_PLAIN),
  WD_BOOL    (WdQuality, unlawful,   WD_FIELD_PLAIN),
  WD_JSON    (WdQuality, draft_area, WD_FIELD_PLAIN),
  WD_JSON    (WdQuality, area,       WD_FIELD_PLAIN),
  WD_TEXT    (WdQuality, outage,     WD_FIELD_PLAIN),
  WD_TEXTS   (WdQuality, steps,      WD_FIELD_PLAIN),
  WD_INT     (WdQuality, calls,      WD_FIELD_PLAIN),
  WD_RECORDS (WdQuality, clocks,     wd_clock_type, WD_FIELD_PLAIN),
  WD_INT     (WdQuality, version,    WD_FIELD_PLAIN),
  WD_INT     (WdQuality, policy,     WD_FIELD_INNER),
  WD_TIME    (WdQuality, last_at,    WD_FIELD_INNER),
  WD_TIME    (WdQuality, centre_at,  WD_FIELD_INNER),
  WD_TIME    (WdQuality, reported_at, WD_FIELD_INNER),
  { NULL }
};
WD_DEFINE_RECORD (WdQuality, wd_quality, "quality", quality_fields)

static const WdField call_fields[] = {
  WD_TEXT   (WdCall, id,      WD_FIELD_PLAIN),
  WD_ENUM   (WdCall, kind,    WdObjectKind, wd_object_kind_get_type, WD_FIELD_PLAIN),
  WD_TEXT   (WdCall, to,      WD_FIELD_PLAIN),
  WD_ENUM   (WdCall, channel, WdChannel, wd_channel_get_type, WD_FIELD_PLAIN),
  WD_RECORD (WdCall, caller,  WdCaller, wd_caller_type, WD_FIELD_PLAIN),
  WD_TEXT   (WdCall, account, WD_FIELD_PLAIN),
  WD_TEXT   (WdCall, address, WD_FIELD_PLAIN),
  WD_POINT  (WdCall, point,   WD_FIELD_PLAIN),
  WD_TEXT   (WdCall, text,    WD_FIELD_PLAIN),
  WD_TIME   (WdCall, at,      WD_FIELD_PLAIN),
  WD_INT    (WdCall, version, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdCall, wd_call, "call", call_fields)
/* clang-format on */

gboolean
wd_outage_is_open (const WdOutage *outage)
{
  return outage->state == WD_OUTAGE_ANNOUNCED || outage->state == WD_OUTAGE_ACTIVE;
}

gboolean
wd_outage_tells_start_anew (const WdOutage *before, WdOutageNature nature, gint64 starts, gint64 told_at)
{
  return before == NULL || before->nature != nature || (before->starts != starts && MAX (before->starts, starts) > told_at);
}

gboolean
wd_outage_is_told_late (const WdOutage *before, WdOutageNature nature, gint64 starts, gint64 told_at, const WdPolicy *policy)
{
  const WdPolicyRow *row = wd_policy_find (policy, "outage-lead");

  if (!wd_outage_tells_start_anew (before, nature, starts, told_at))
    return before->late_notice;
  return row != NULL && nature == WD_OUTAGE_PLANNED && told_at > starts - row->limit;
}

gboolean
wd_outage_tells_the_same (const WdOutage *a, const WdOutage *b)
{
  return a->nature == b->nature && a->effect == b->effect && a->starts == b->starts && a->expected == b->expected &&
         a->pipe_mm == b->pipe_mm && g_strcmp0 (a->reason, b->reason) == 0 && g_strcmp0 (a->area, b->area) == 0 &&
         g_strcmp0 (a->extent, b->extent) == 0 && wd_outage_is_open (a) == wd_outage_is_open (b);
}

gboolean
wd_quality_tells_the_same (const WdQuality *a, const WdQuality *b)
{
  return g_strcmp0 (a->draft_area, b->draft_area) == 0 && g_strcmp0 (a->area, b->area) == 0 && g_strcmp0 (a->cause, b->cause) == 0 &&
         a->unlawful == b->unlawful && (a->state == WD_QUALITY_CLEARED) == (b->state == WD_QUALITY_CLEARED);
}

/* A desk is not told which of them it was: whoever is not called came for the centre. */
static gint64
centre_arrived (const WdQuality *quality)
{
  GHashTableIter iter;
  const char    *code;
  gint64        *at;

  g_hash_table_iter_init (&iter, quality->attended);
  while (quality->centre_at == 0 && g_hash_table_iter_next (&iter, (gpointer *)&code, (gpointer *)&at))
    if (!g_strv_contains ((const char *const *)quality->units, code))
      return *at;
  return quality->centre_at;
}

guint
wd_quality_count_arrivals (const WdQuality *quality, guint *total, gint64 *centre_at)
{
  guint there;

  *centre_at = centre_arrived (quality);
  *total = MAX (g_strv_length (quality->units), 1) + 1;
  there = *centre_at != 0 ? 1 : 0;
  for (char **code = quality->units; *code != NULL; code++)
    there += g_hash_table_contains (quality->attended, *code) ? 1 : 0;
  return there;
}

gboolean
wd_object_has_clocks (WdObjectKind kind)
{
  return kind == WD_OBJECT_ORDER || kind == WD_OBJECT_OUTAGE || kind == WD_OBJECT_QUALITY;
}
