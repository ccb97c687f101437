/* wd-symbols.c — the symbol of an order, to be shown in a row, a list, a drag's icon
 *
 * Painted when it is drawn, so that it is sharp at any size and scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-symbols.h"

#include "wd-symbol-paint.h"

#define WD_TYPE_SYMBOL_PAINTABLE (wd_symbol_paintable_get_type ())
G_DECLARE_FINAL_TYPE (WdSymbolPaintable, wd_symbol_paintable, WD, SYMBOL_PAINTABLE, GObject)

struct _WdSymbolPaintable
{
  GObject       parent_instance;
  char         *category;
  WdSymbolState state;
  int           size;
  gboolean      dark;
};

static void
wd_symbol_paintable_snapshot (GdkPaintable *paintable,
                              GdkSnapshot  *snapshot,
                              double        width,
                              double        height)
{
  WdSymbolPaintable *self = WD_SYMBOL_PAINTABLE (paintable);
  double             scale = MIN (width, height) / WD_SYMBOL_SQUARE;
  cairo_t           *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_scale (cr, scale, scale);
  wd_symbol_paint (cr, self->category, self->state, WD_SYMBOL_WHOLE, self->dark);
  cairo_destroy (cr);
}

static int
wd_symbol_paintable_get_intrinsic_size (GdkPaintable *paintable)
{
  return WD_SYMBOL_PAINTABLE (paintable)->size * WD_SYMBOL_SQUARE / WD_SYMBOL_SIZE;
}

static GdkPaintableFlags
wd_symbol_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = wd_symbol_paintable_snapshot;
  iface->get_flags = wd_symbol_paintable_get_flags;
  iface->get_intrinsic_width = wd_symbol_paintable_get_intrinsic_size;
  iface->get_intrinsic_height = wd_symbol_paintable_get_intrinsic_size;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WdSymbolPaintable, wd_symbol_paintable, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
wd_symbol_paintable_finalize (GObject *object)
{
  g_free (WD_SYMBOL_PAINTABLE (object)->category);
  G_OBJECT_CLASS (wd_symbol_paintable_parent_class)->finalize (object);
}

static void
wd_symbol_paintable_class_init (WdSymbolPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_symbol_paintable_finalize;
}

static void
wd_symbol_paintable_init (WdSymbolPaintable *self)
{
}

GdkPaintable *
wd_symbol_paintable_new (const char   *category,
                         WdSymbolState state,
                         int           size,
                         gboolean      dark)
{
  WdSymbolPaintable *self = g_object_new (WD_TYPE_SYMBOL_PAINTABLE, NULL);

  self->category = g_strdup (category);
  self->state = state;
  self->size = size;
  self->dark = dark;
  return GDK_PAINTABLE (self);
}
