/* wd-outage.h — outages, water-quality cases, and the calls that belong to them
 *
 * The structs are the bodies of api §6, member for member; fields marked inner in
 * the tables stay in the house.  wd_apply() alone changes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order.h"
#include "wd-policy.h"

G_BEGIN_DECLS

/* Water is off, or will be (R61-R66). */
typedef struct
{
  char          *id;
  char          *number; /* O20261124-0001 */
  WdOutageNature nature;
  WdOutageEffect effect;
  char          *reason;
  char          *area; /* GeoJSON; NULL while there is only the text of `extent` (P25) */
  char          *extent;
  gint64         pipe_mm;
  gint64         starts;
  gint64         expected;
  gint64         restored_at;
  WdOutageState  state;
  gboolean       late_notice;   /* planned, and told later than it should have been (R61, P24) */
  GStrv          supply_points; /* none yet */
  GStrv          steps;         /* none yet */
  char          *quality;       /* the case that it was born of (R72) */
  char          *affected;      /* {"customers","critical"}, as counted when the area was given; NULL without one */
  char          *unit;          /* who answers for it; NULL = whoever of the supply companies */
  gint64         calls;
  GPtrArray     *clocks; /* WdClock */
  gint64         version;

  /* inner */
  gint64 policy;
  gint64 last_at;
  gint64 ended_at;
} WdOutage;
WD_DECLARE_RECORD (WdOutage, wd_outage)

/* The water is not as it should be somewhere (R69-R75). */
typedef struct
{
  char          *id;
  char          *number; /* Q20261124-0001 */
  WdQualityState state;
  WdPoint        point;
  char          *text;
  GStrv          orders;
  GStrv          units;    /* who is called there, besides the quality centre */
  GHashTable    *attended; /* unit -> when it arrived */
  GStrv          samples;  /* none yet */
  char          *cause;
  gboolean       unlawful;
  char          *draft_area; /* under investigation, never published (P26) */
  char          *area;       /* as the quality centre determined it (R71) */
  char          *outage;     /* that came of it */
  GStrv          steps;      /* none yet */
  gint64         calls;
  GPtrArray     *clocks;
  gint64         version;

  /* inner */
  gint64 policy;
  gint64 last_at;
  gint64 centre_at; /* when the quality centre arrived */
  gint64 reported_at;
} WdQuality;
WD_DECLARE_RECORD (WdQuality, wd_quality)

/* One more caller about what is known already: no order of its own (P28). */
typedef struct
{
  char        *id;
  WdObjectKind kind; /* of what `to` names */
  char        *to;
  WdChannel    channel;
  WdCaller    *caller; /* masked, as an order's */
  char        *account;
  char        *address;
  WdPoint      point;
  char        *text;
  gint64       at;
  gint64       version;
} WdCall;
WD_DECLARE_RECORD (WdCall, wd_call)

gboolean wd_outage_is_open (const WdOutage *outage);

/* Whether what is told at @told_at tells of another start than was told @before.  To set right when it really began tells of none. */
gboolean wd_outage_tells_start_anew (const WdOutage *before, WdOutageNature nature, gint64 starts, gint64 told_at);

/* Whether an outage that is told at @told_at is marked late: a planned one is told some time before it starts (R61, P24).
 * @before: (nullable): what a revision is of: where it tells of no other start, the mark stays as it is */
gboolean wd_outage_is_told_late (const WdOutage *before, WdOutageNature nature, gint64 starts, gint64 told_at, const WdPolicy *policy);

/* Whether two versions say the same in all that a revision, a draft or a conclusion tells.  A call that is attached, an order that
 * is linked, an arrival make a version too, and nobody decided anything by them. */
gboolean wd_outage_tells_the_same (const WdOutage *a, const WdOutage *b);
gboolean wd_quality_tells_the_same (const WdQuality *a, const WdQuality *b);

/* How many have arrived of those that have to come together (R69): the units that are called, or one supply company where none could
 * be named, and the quality centre, whoever comes for it.
 * @total: (out): how many they are, two at least
 * @centre_at: (out): when the quality centre did, 0 where it has not */
guint wd_quality_count_arrivals (const WdQuality *quality, guint *total, gint64 *centre_at);

/* Kinds whose clocks run by the policy that they began under. */
gboolean wd_object_has_clocks (WdObjectKind kind);

G_END_DECLS
