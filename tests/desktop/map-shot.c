/* map-shot.c — pictures of the map and its symbols
 *
 * map-shot --sheet light|dark FILE.png
 *   paints every symbol in every state, laid out like a legend, without a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-glyphs.h"

static const char *const categories[] = {
  "no-water", "low-pressure", "leak", "burst", "quality", "meter", "billing",
  "cover", "hydrant", "drainage", "sewage-overflow", "service", "other"
};

/* clang-format off */
static const WdSymbolState states[] = {
  { WD_URGENCY_NORMAL, WD_MARK_NONE        },
  { WD_URGENCY_YOURS,  WD_MARK_NONE        },
  { WD_URGENCY_NORMAL, WD_MARK_SENT        },
  { WD_URGENCY_SOON,   WD_MARK_NONE        },
  { WD_URGENCY_LATE,   WD_MARK_NONE        },
  { WD_URGENCY_NORMAL, WD_MARK_SUPERVISED  },
  { WD_URGENCY_NORMAL, WD_MARK_UNCONFIRMED },
  { WD_URGENCY_YOURS,  WD_MARK_SELECTED    },
  { WD_URGENCY_NORMAL, WD_MARK_PALE        },
};
/* clang-format on */

static void
put_glyph (cairo_t       *cr,
           const WdGlyph *glyph,
           double         x,
           double         y)
{
  int              width = gdk_texture_get_width (glyph->texture);
  int              height = gdk_texture_get_height (glyph->texture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  gdk_texture_download (glyph->texture, cairo_image_surface_get_data (surface),
                        (gsize)cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_set_source_surface (cr, surface, x + glyph->box.origin.x, y + glyph->box.origin.y);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
put_ground (cairo_t *cr,
            double   x,
            double   y,
            double   width,
            double   height,
            WdColor  color,
            gboolean dark)
{
  wd_paint_set_color (cr, color, 1, dark);
  wd_paint_rounded (cr, x, y, width, height, 5);
  cairo_fill (cr);
}

static void
paint_sheet (cairo_t     *cr,
             WdMapGlyphs *glyphs,
             gboolean     dark)
{
  static const WdCluster clusters[] = { { .count = 8, .counts = { 8 } },
                                        { .count = 14, .counts = { 11, 3 } },
                                        { .count = 36, .counts = { 30, 2, 4 } },
                                        { .count = 164, .counts = { 118, 30, 9, 7 } } };

  for (gsize row = 0; row < G_N_ELEMENTS (categories); row++)
    for (gsize column = 0; column < G_N_ELEMENTS (states); column++)
      {
        double x = 170 + 112 * (double)column, y = 101 + 43 * (double)row;

        put_ground (cr, x - 34, y - 20, 68, 39, column == 4 ? WD_COLOR_WATER : WD_COLOR_LAND, dark);
        put_glyph (cr, wd_map_glyphs_symbol (glyphs, categories[row], states[column], WD_SYMBOL_WHOLE), x, y);
      }

  put_ground (cr, 1138, 80, 220, 560, WD_COLOR_LAND, dark);
  for (gsize i = 0; i < G_N_ELEMENTS (clusters); i++)
    put_glyph (cr, wd_map_glyphs_cluster (glyphs, &clusters[i], WD_MARK_NONE), 1190, (const int[]){ 140, 204, 268, 332 }[i]);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "东区", WD_PRESENCE_ONLINE, FALSE), 1202, 452);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "稽查", WD_PRESENCE_UNMANNED, FALSE), 1202, 494);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "西区", WD_PRESENCE_ONLINE, TRUE), 1202, 536);
  put_glyph (cr, wd_map_glyphs_crew (glyphs, "东2"), 1200, 560);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "北区", WD_PRESENCE_AWAY, FALSE), 1270, 452);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "南区", WD_PRESENCE_UNKNOWN, FALSE), 1270, 494);
  put_glyph (cr, wd_map_glyphs_cluster (glyphs, &clusters[3], WD_MARK_SELECTED), 1270, 332);
  put_glyph (cr, wd_map_glyphs_refusal (glyphs, "单位已停用"), 1240, 580);
}

static gboolean
write_sheet (const char *theme,
             const char *path)
{
  gboolean                dark = g_str_equal (theme, "dark");
  cairo_surface_t        *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1420, 780);
  cairo_t                *cr = cairo_create (surface);
  g_autoptr (WdMapGlyphs) glyphs = wd_map_glyphs_new ();
  gboolean                done;

  wd_map_glyphs_set_theme (glyphs, 1, dark);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1, dark);
  cairo_paint (cr);
  paint_sheet (cr, glyphs, dark);
  cairo_destroy (cr);
  done = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return done;
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--sheet"))
    return write_sheet (argv[2], argv[3]) ? 0 : 1;

  g_printerr ("usage: map-shot --sheet light|dark FILE.png\n");
  return 2;
}
