/* wd-area-item.c — one outage or quality case as a list and the map show it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-item-private.h"
#include "wd-desk-private.h"

#include "wd-json.h"

struct _WdAreaItem
{
  GObject parent_instance;

  WdCopy *copy;
  char   *read; /* what `shape` was read from */
  WdArea *shape;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WdAreaItem, wd_area_item, G_TYPE_OBJECT)

static void
wd_area_item_finalize (GObject *object)
{
  WdAreaItem *self = WD_AREA_ITEM (object);

  wd_copy_unref (self->copy);
  g_free (self->read);
  wd_area_free (self->shape);
  G_OBJECT_CLASS (wd_area_item_parent_class)->finalize (object);
}

static void
wd_area_item_class_init (WdAreaItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_area_item_finalize;
  changed_signal = g_signal_new ("changed", WD_TYPE_AREA_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_area_item_init (WdAreaItem *self)
{
}

WdAreaItem *
wd_area_item_new (WdCopy *copy)
{
  WdAreaItem *self = g_object_new (WD_TYPE_AREA_ITEM, NULL);

  self->copy = wd_copy_ref (copy);
  return self;
}

const char *
wd_area_item_get_id (WdAreaItem *self)
{
  return self->copy->id;
}

const WdOutage *
wd_area_item_get_outage (WdAreaItem *self)
{
  return self->copy->kind == WD_OBJECT_OUTAGE ? self->copy->shown : NULL;
}

const WdQuality *
wd_area_item_get_quality (WdAreaItem *self)
{
  return self->copy->kind == WD_OBJECT_QUALITY ? self->copy->shown : NULL;
}

const WdOutage *
wd_area_item_get_confirmed_outage (WdAreaItem *self)
{
  return self->copy->kind == WD_OBJECT_OUTAGE ? self->copy->confirmed : NULL;
}

const char *
wd_area_item_get_number (WdAreaItem *self)
{
  const WdOutage  *outage = wd_area_item_get_outage (self);
  const WdQuality *quality = wd_area_item_get_quality (self);

  return outage != NULL ? outage->number : quality != NULL ? quality->number
                                                           : NULL;
}

const char *
wd_area_item_get_area (WdAreaItem *self)
{
  const WdOutage  *outage = wd_area_item_get_outage (self);
  const WdQuality *quality = wd_area_item_get_quality (self);

  if (outage != NULL)
    return outage->area;
  if (quality == NULL)
    return NULL;
  return quality->draft_area != NULL ? quality->draft_area : quality->area;
}

WdArea *
wd_area_item_read (const char *geojson)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = geojson != NULL ? wd_geometry_rings (geojson, &starts, NULL) : NULL;

  return rings != NULL ? wd_area_new_for_rings (rings, starts) : NULL;
}

const WdArea *
wd_area_item_get_shape (WdAreaItem *self)
{
  const char *area = wd_area_item_get_area (self);

  if (g_strcmp0 (area, self->read) != 0)
    {
      g_free (self->read);
      self->read = g_strdup (area);
      wd_area_free (self->shape);
      self->shape = wd_area_item_read (area);
    }
  return self->shape;
}

gboolean
wd_area_item_contains (WdAreaItem *self, WdPoint at)
{
  const WdArea *shape = wd_point_is_set (&at) ? wd_area_item_get_shape (self) : NULL;

  return shape != NULL && wd_area_contains (shape, at);
}

gboolean
wd_area_item_is_draft (WdAreaItem *self)
{
  const WdQuality *quality = wd_area_item_get_quality (self);

  return quality != NULL && (quality->draft_area != NULL || quality->area == NULL);
}

gboolean
wd_area_item_is_open (WdAreaItem *self)
{
  const WdOutage  *outage = wd_area_item_get_outage (self);
  const WdQuality *quality = wd_area_item_get_quality (self);

  if (outage != NULL)
    return wd_outage_is_open (outage);
  return quality != NULL && quality->state != WD_QUALITY_CLEARED;
}

const WdClock *
wd_area_item_get_clock (WdAreaItem *self)
{
  const WdOutage  *outage = wd_area_item_get_outage (self);
  const WdQuality *quality = wd_area_item_get_quality (self);
  GPtrArray       *clocks = outage != NULL ? outage->clocks : quality != NULL ? quality->clocks
                                                                              : NULL;
  const WdClock   *nearest = NULL;

  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    {
      const WdClock *clock = clocks->pdata[i];

      if (clock->stopped_at == 0 && clock->due_at != 0 && (nearest == NULL || clock->due_at < nearest->due_at))
        nearest = clock;
    }
  return nearest;
}

gboolean
wd_area_item_is_unconfirmed (WdAreaItem *self)
{
  for (guint i = 0; self->copy->pending != NULL && i < self->copy->pending->len; i++)
    {
      const WdPending *pending = self->copy->pending->pdata[i];

      if (!pending->undoing && pending->refusal == NULL)
        return TRUE;
    }
  return FALSE;
}

void
wd_area_item_emit_changed (WdAreaItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}

gint64
wd_area_item_get_start (WdAreaItem *self)
{
  const WdClock  *clock = wd_area_item_get_clock (self);
  const WdOutage *outage = wd_area_item_get_outage (self);
  gboolean        next = outage != NULL && outage->state == WD_OUTAGE_ANNOUNCED && (clock == NULL || outage->starts <= clock->due_at);

  return next ? outage->starts : 0;
}

/* What is due, or begins, next. */
static gint64
next_of (WdAreaItem *self)
{
  const WdClock *clock = wd_area_item_get_clock (self);
  gint64         start = wd_area_item_get_start (self);

  return start != 0 ? start : clock != NULL ? clock->due_at
                                            : G_MAXINT64;
}

int
wd_area_item_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  WdAreaItem *one = (WdAreaItem *)a, *other = (WdAreaItem *)b;
  gboolean    open = wd_area_item_is_open (one);
  gint64      first = next_of (one), second = next_of (other);

  if (open != wd_area_item_is_open (other))
    return open ? -1 : 1;
  if (open && first != second)
    return first < second ? -1 : 1;
  return -g_strcmp0 (one->copy->id, other->copy->id); /* ids of version 7 rise with time */
}
