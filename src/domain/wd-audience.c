/* wd-audience.c — who sees what (api §3)
 *
 * The centre sees everything but staff's own affairs it has no part in; a unit
 * the orders that it has, leads or helps, all outages, and the quality cases that call it; the administrator staff and units, no orders.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-decide.h"

#include "wd-outage.h"

WdActor *
wd_actor_new (const char *id, const char *name, WdRole role, const char *unit)
{
  WdActor *actor = g_new0 (WdActor, 1);

  actor->id = g_strdup (id);
  actor->name = g_strdup (name);
  actor->role = role;
  actor->unit = g_strdup (unit);
  return actor;
}

WdActor *
wd_actor_copy (const WdActor *actor)
{
  return wd_actor_new (actor->id, actor->name, actor->role, actor->unit);
}

void
wd_actor_free (WdActor *actor)
{
  if (actor == NULL)
    return;
  g_free (actor->id);
  g_free (actor->name);
  g_free (actor->unit);
  g_free (actor);
}

static void
add_reader (GStrvBuilder *readers, const char *reader)
{
  g_strv_builder_add (readers, reader);
}

static void
add_unit (GStrvBuilder *readers, const char *code)
{
  g_autofree char *reader = g_strconcat ("unit:", code, NULL);

  g_strv_builder_add (readers, reader);
}

static void
add_units_of (GStrvBuilder *readers, const WdOrder *order)
{
  if (order->unit != NULL)
    add_unit (readers, order->unit);
  if (order->lead != NULL && g_strcmp0 (order->lead, order->unit) != 0)
    add_unit (readers, order->lead);
  for (char **helper = order->helpers; *helper != NULL; helper++)
    if (g_strcmp0 (*helper, order->unit) != 0 && g_strcmp0 (*helper, order->lead) != 0)
      add_unit (readers, *helper);
}

/* Those who are called there; all of them once, in their order. */
static void
add_called (GStrvBuilder *readers, const WdQuality *quality)
{
  for (char **code = quality->units; *code != NULL; code++)
    if (!g_strv_contains ((const char *const *)code + 1, *code))
      add_unit (readers, *code);
}

GStrv
wd_object_readers (WdObjectKind kind, gconstpointer record)
{
  g_autoptr (GStrvBuilder) readers = g_strv_builder_new ();

  switch (kind)
    {
    case WD_OBJECT_ORDER:
      add_reader (readers, "centre");
      add_reader (readers, "auditor");
      add_units_of (readers, record);
      break;
    case WD_OBJECT_CREW:
      add_reader (readers, "centre");
      add_reader (readers, "auditor");
      add_reader (readers, "admin");
      add_unit (readers, ((const WdCrew *)record)->unit);
      break;
    case WD_OBJECT_STAFF:
      add_reader (readers, "centre");
      add_reader (readers, "auditor");
      add_reader (readers, "admin");
      break;
    case WD_OBJECT_OUTAGE:
      add_reader (readers, "centre");
      add_reader (readers, "auditor");
      add_reader (readers, "quality");
      add_reader (readers, "units");
      break;
    case WD_OBJECT_QUALITY:
      add_reader (readers, "centre");
      add_reader (readers, "auditor");
      add_reader (readers, "quality");
      add_called (readers, record);
      break;
    case WD_OBJECT_CALL:
      add_reader (readers, "centre");
      add_reader (readers, "auditor");
      break;
    case WD_OBJECT_UNIT:
    case WD_OBJECT_CATEGORY:
    case WD_OBJECT_POLICY:
      add_reader (readers, "all");
      break;
    case WD_OBJECT_NONE:
    default:
      break;
    }
  return g_strv_builder_end (readers);
}

GStrv
wd_actor_readers (const WdActor *actor)
{
  g_autoptr (GStrvBuilder) readers = g_strv_builder_new ();

  if (wd_role_is_centre (actor->role))
    add_reader (readers, "centre");
  if (actor->role == WD_ROLE_AUDITOR || actor->role == WD_ROLE_ADMIN || actor->role == WD_ROLE_QUALITY)
    add_reader (readers, wd_enum_nick (WD_TYPE_ROLE, actor->role));
  if (actor->unit != NULL)
    {
      add_unit (readers, actor->unit);
      add_reader (readers, "units");
    }
  add_reader (readers, "all");
  return g_strv_builder_end (readers);
}

gboolean
wd_may_see (const WdActor *actor, WdObjectKind kind, gconstpointer record)
{
  g_auto (GStrv) theirs = NULL;
  g_auto (GStrv) its = NULL;

  if (actor->id == NULL)
    return TRUE;
  theirs = wd_actor_readers (actor);
  its = wd_object_readers (kind, record);
  for (char **reader = its; *reader != NULL; reader++)
    if (g_strv_contains ((const char *const *)theirs, *reader))
      return TRUE;
  return FALSE;
}

gboolean
wd_may_see_caller (const WdActor *actor, const WdOrder *order)
{
  if (wd_role_is_centre (actor->role))
    return TRUE;
  return actor->unit != NULL && wd_order_is_in_hand (order) && g_strcmp0 (actor->unit, order->unit) == 0;
}
