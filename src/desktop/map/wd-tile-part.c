/* wd-tile-part.c — a piece of a tile, enlarged to stand for one of a nearer zoom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-tile-part.h"

#define WD_TYPE_TILE_PART (wd_tile_part_get_type ())
G_DECLARE_FINAL_TYPE (WdTilePart, wd_tile_part, WD, TILE_PART, GObject)

struct _WdTilePart
{
  GObject     parent_instance;
  GdkTexture *texture;
  int         pieces; /* along a side */
  int         column;
  int         row;
};

static void
wd_tile_part_snapshot (GdkPaintable *paintable,
                       GdkSnapshot  *snapshot,
                       double        width,
                       double        height)
{
  WdTilePart           *self = WD_TILE_PART (paintable);
  const graphene_rect_t whole = GRAPHENE_RECT_INIT ((float)(-width * self->column), (float)(-height * self->row),
                                                    (float)(width * self->pieces), (float)(height * self->pieces));

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gtk_snapshot_append_texture (snapshot, self->texture, &whole);
  gtk_snapshot_pop (snapshot);
}

static int
wd_tile_part_get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_texture_get_width (WD_TILE_PART (paintable)->texture);
}

static int
wd_tile_part_get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_texture_get_height (WD_TILE_PART (paintable)->texture);
}

static GdkPaintableFlags
wd_tile_part_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = wd_tile_part_snapshot;
  iface->get_flags = wd_tile_part_get_flags;
  iface->get_intrinsic_width = wd_tile_part_get_intrinsic_width;
  iface->get_intrinsic_height = wd_tile_part_get_intrinsic_height;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WdTilePart, wd_tile_part, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static void
wd_tile_part_finalize (GObject *object)
{
  g_object_unref (WD_TILE_PART (object)->texture);
  G_OBJECT_CLASS (wd_tile_part_parent_class)->finalize (object);
}

static void
wd_tile_part_class_init (WdTilePartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_tile_part_finalize;
}

static void
wd_tile_part_init (WdTilePart *self)
{
}

GdkPaintable *
wd_tile_part_new (GdkTexture *texture,
                  int         levels,
                  int         column,
                  int         row)
{
  WdTilePart *self = g_object_new (WD_TYPE_TILE_PART, NULL);

  self->texture = g_object_ref (texture);
  self->pieces = 1 << levels;
  self->column = column;
  self->row = row;
  return GDK_PAINTABLE (self);
}
