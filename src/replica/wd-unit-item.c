/* wd-unit-item.c — one unit as its card shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-unit-item-private.h"

struct _WdUnitItem
{
  GObject parent_instance;

  WdCopy  *copy;
  WdManned manned;
  guint    n_in_hand;
  guint    n_to_accept;
  guint    n_late;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WdUnitItem, wd_unit_item, G_TYPE_OBJECT)

static void
wd_unit_item_finalize (GObject *object)
{
  wd_copy_unref (WD_UNIT_ITEM (object)->copy);
  G_OBJECT_CLASS (wd_unit_item_parent_class)->finalize (object);
}

static void
wd_unit_item_class_init (WdUnitItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_unit_item_finalize;
  changed_signal = g_signal_new ("changed", WD_TYPE_UNIT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_unit_item_init (WdUnitItem *self)
{
}

WdUnitItem *
wd_unit_item_new (WdCopy *copy)
{
  WdUnitItem *self = g_object_new (WD_TYPE_UNIT_ITEM, NULL);

  self->copy = wd_copy_ref (copy);
  return self;
}

const WdUnit *
wd_unit_item_get_unit (WdUnitItem *self)
{
  return self->copy->shown;
}

const char *
wd_unit_item_get_code (WdUnitItem *self)
{
  return ((const WdUnit *)self->copy->shown)->code;
}

WdManned
wd_unit_item_get_manned (WdUnitItem *self)
{
  return self->manned;
}

gboolean
wd_unit_item_set_manned (WdUnitItem *self, WdManned manned)
{
  gboolean other = self->manned != manned;

  self->manned = manned;
  return other;
}

void
wd_unit_item_set_counts (WdUnitItem *self, guint in_hand, guint to_accept, guint late)
{
  self->n_in_hand = in_hand;
  self->n_to_accept = to_accept;
  self->n_late = late;
}

guint
wd_unit_item_get_n_in_hand (WdUnitItem *self)
{
  return self->n_in_hand;
}

guint
wd_unit_item_get_n_to_accept (WdUnitItem *self)
{
  return self->n_to_accept;
}

guint
wd_unit_item_get_n_late (WdUnitItem *self)
{
  return self->n_late;
}

void
wd_unit_item_emit_changed (WdUnitItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}
