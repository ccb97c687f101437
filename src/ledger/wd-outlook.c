/* wd-outlook.c — an overlay as wd_decide() looks at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-outlook.h"

/* The first failure is the one that is told. */
static GError **
error_of (WdOutlook *outlook)
{
  return outlook->error == NULL ? &outlook->error : NULL;
}

static gconstpointer
find (gpointer data, WdObjectKind kind, const char *key)
{
  WdOutlook *outlook = data;
  WdHeld    *held;

  if (kind == WD_OBJECT_POLICY)
    return wd_overlay_policy (outlook->overlay, key == NULL ? 0 : g_ascii_strtoll (key, NULL, 10), outlook->now, error_of (outlook));
  if (kind == WD_OBJECT_UNIT || kind == WD_OBJECT_CATEGORY)
    held = wd_overlay_find_code (outlook->overlay, kind, key, error_of (outlook));
  else
    held = wd_overlay_hold (outlook->overlay, key, error_of (outlook));
  return held != NULL && held->kind == kind ? held->record : NULL;
}

static const WdStaff *
find_staff_named (gpointer data, const char *name)
{
  WdOutlook *outlook = data;
  WdHeld    *held = wd_overlay_find_code (outlook->overlay, WD_OBJECT_STAFF, name, error_of (outlook));

  return held != NULL ? held->record : NULL;
}

static GStrv
districts (gpointer data, const WdPoint *point)
{
  WdOutlook *outlook = data;

  return wd_overlay_districts (outlook->overlay, point, error_of (outlook));
}

static gboolean
lies_outside (gpointer data, const char *area, WdPoint *at)
{
  WdOutlook *outlook = data;

  return wd_overlay_lies_outside (outlook->overlay, area, at, error_of (outlook));
}

static char *
affected (gpointer data, const char *area)
{
  WdOutlook *outlook = data;

  return outlook->atlas != NULL ? wd_atlas_affected (outlook->atlas, area, error_of (outlook)) : NULL;
}

void
wd_outlook_init (WdOutlook *outlook, WdOverlay *overlay, WdAtlas *atlas, gint64 now)
{
  *outlook = (WdOutlook){ { find, find_staff_named, districts, outlook, lies_outside, affected }, overlay, atlas, now, NULL };
}

void
wd_outlook_clear (WdOutlook *outlook)
{
  g_clear_error (&outlook->error);
}

GPtrArray *
wd_outlook_decide (WdOutlook *outlook, const WdActor *actor, const WdCommand *command, GError **error)
{
  g_autoptr (GError)    refusal = NULL;
  g_autoptr (GPtrArray) events = wd_decide (&outlook->world, actor, command, outlook->now, &refusal);

  if (outlook->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&outlook->error));
      return NULL;
    }
  if (events == NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return g_steal_pointer (&events);
}
