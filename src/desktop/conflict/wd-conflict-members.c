/* wd-conflict-members.c — what is compared of an order, an outage, a quality case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-private.h"

#include "wd-area-words.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

/* --- an order ------------------------------------------------------------------------------- */

static char *
unit_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder *order = record;

  return order->unit != NULL ? _wd_conflict_unit_name (self, order->unit, FALSE) : g_strdup (_ ("customer service centre"));
}

static char *
state_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder *order = record;

  return g_strdup (wd_term_state (order->state));
}

static char *
crew_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder *order = record;
  const WdCrew  *crew = order->crew != NULL ? wd_desk_get_crew (self->desk, order->crew) : NULL;

  return g_strdup (crew != NULL ? crew->name : order->crew);
}

static char *
category_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder    *order = record;
  const WdCategory *category = order->category != NULL ? wd_desk_get_category (self->desk, order->category) : NULL;

  return g_strdup (category != NULL ? category->name : order->category);
}

static char *
address_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder *order = record;

  return g_strdup (order->address);
}

static char *
text_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder *order = record;

  return g_strdup (order->text);
}

static char *
result_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder *order = record;

  return g_strdup (order->result);
}

static char *
clock_of (WdConflictPage *self, gconstpointer record)
{
  const WdOrder        *order = record;
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  const WdClock        *next = NULL;
  g_autofree char      *time = NULL;

  for (guint i = 0; order->clocks != NULL && i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->stopped_at == 0 && clock->due_at != 0 && (next == NULL || clock->due_at < next->due_at))
        next = clock;
    }
  if (next == NULL)
    return NULL;
  time = wd_format_minute (next->due_at, zone);
  return g_strdup_printf ("%s %s", wd_term_clock (next->rule), time);
}

/* --- an outage -------------------------------------------------------------------------------- */

static char *
moment (WdConflictPage *self, gint64 at)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));

  return at != 0 ? wd_format_moment (at, wd_desk_now (self->desk), zone) : NULL;
}

static char *
outage_state_of (WdConflictPage *self, gconstpointer record)
{
  return g_strdup (wd_area_outage_state (((const WdOutage *)record)->state));
}

static char *
starts_of (WdConflictPage *self, gconstpointer record)
{
  return moment (self, ((const WdOutage *)record)->starts);
}

static char *
expected_of (WdConflictPage *self, gconstpointer record)
{
  char *back = moment (self, ((const WdOutage *)record)->expected);

  return back != NULL ? back : g_strdup (_ ("no time known yet"));
}

static char *
restored_of (WdConflictPage *self, gconstpointer record)
{
  return moment (self, ((const WdOutage *)record)->restored_at);
}

static char *
reason_of (WdConflictPage *self, gconstpointer record)
{
  return g_strdup (((const WdOutage *)record)->reason);
}

static char *
extent_of (WdConflictPage *self, gconstpointer record)
{
  return g_strdup (((const WdOutage *)record)->extent);
}

static const char *
outage_area_of (gconstpointer record)
{
  return ((const WdOutage *)record)->area;
}

/* --- a quality case --------------------------------------------------------------------------- */

static char *
quality_state_of (WdConflictPage *self, gconstpointer record)
{
  return g_strdup (wd_area_quality_state (((const WdQuality *)record)->state));
}

static char *
quality_text_of (WdConflictPage *self, gconstpointer record)
{
  return g_strdup (((const WdQuality *)record)->text);
}

static char *
cause_of (WdConflictPage *self, gconstpointer record)
{
  return g_strdup (((const WdQuality *)record)->cause);
}

static const char *
quality_area_of (gconstpointer record)
{
  const WdQuality *quality = record;

  return quality->draft_area != NULL ? quality->draft_area : quality->area;
}

/* --- by kind ------------------------------------------------------------------------------------ */

/* clang-format off */
static const WdConflictMember order_members[] = {
  { N_("Responsible unit"), unit_of,     NULL, TRUE },
  { N_("State"),            state_of,    NULL, TRUE },
  { N_("Crew"),             crew_of,     NULL, FALSE },
  { N_("Next limit"),       clock_of,    NULL, FALSE },
  { N_("Result"),           result_of,   NULL, FALSE },
  { N_("Category"),         category_of, NULL, TRUE },
  { N_("Address"),          address_of,  NULL, TRUE },
  { N_("What is wrong"),    text_of,     NULL, TRUE },
  { NULL, NULL, NULL, FALSE }
};

static const WdConflictMember outage_members[] = {
  { N_("State"),         outage_state_of, NULL,           TRUE },
  { N_("Starts"),        starts_of,       NULL,           TRUE },
  { N_("Expected back"), expected_of,     NULL,           TRUE },
  { N_("Restored"),      restored_of,     NULL,           FALSE },
  { N_("Area"),          NULL,            outage_area_of, TRUE },
  { N_("Extent"),        extent_of,       NULL,           FALSE },
  { N_("Reason"),        reason_of,       NULL,           TRUE },
  { NULL, NULL, NULL, FALSE }
};

static const WdConflictMember quality_members[] = {
  { N_("State"),         quality_state_of, NULL,            TRUE },
  { N_("Area"),          NULL,             quality_area_of, TRUE },
  { N_("Cause"),         cause_of,         NULL,            FALSE },
  { N_("What was said"), quality_text_of,  NULL,            TRUE },
  { NULL, NULL, NULL, FALSE }
};

static const WdConflictMember other_members[] = { { NULL, NULL, NULL, FALSE } };
/* clang-format on */

const WdConflictMember *
_wd_conflict_members (WdObjectKind kind, const char **name)
{
  *name = kind == WD_OBJECT_OUTAGE ? _ ("Outage") : kind == WD_OBJECT_QUALITY ? _ ("Quality case")
                                                                              : _ ("Order");
  return kind == WD_OBJECT_ORDER ? order_members : kind == WD_OBJECT_OUTAGE ? outage_members
                                               : kind == WD_OBJECT_QUALITY  ? quality_members
                                                                            : other_members;
}

char *
_wd_conflict_state (WdConflictPage *self, WdObjectKind kind, gconstpointer record)
{
  return kind == WD_OBJECT_OUTAGE ? outage_state_of (self, record) : kind == WD_OBJECT_QUALITY ? quality_state_of (self, record)
                                                                                               : state_of (self, record);
}

const char *
_wd_conflict_area (WdObjectKind kind, gconstpointer record)
{
  const char *name;

  for (const WdConflictMember *member = _wd_conflict_members (kind, &name); member->label != NULL; member++)
    if (member->raw != NULL)
      return member->raw (record);
  return NULL;
}
