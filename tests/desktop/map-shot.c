/* map-shot.c — pictures of the map and its symbols
 *
 * map-shot --sheet light|dark FILE.png
 *   paints every symbol in every state, laid out like a legend, without a display.
 * map-shot --view light|dark FILE.png [ORDERS]
 *   shows the view with a scene (or so many orders at random), waits for its tiles and writes what it looks like.
 * map-shot --live
 *   shows it, says where things are, and what is done to it, a line each, until its window is closed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fake-tiles.h"
#include "map-scene.h"
#include "wd-map-glyphs.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>

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
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "东区", WD_PRESENCE_ONLINE, FALSE, FALSE), 1202, 452);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "稽查", WD_PRESENCE_UNMANNED, FALSE, FALSE), 1202, 494);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "西区", WD_PRESENCE_ONLINE, FALSE, TRUE), 1202, 536);
  put_glyph (cr, wd_map_glyphs_crew (glyphs, "东2"), 1200, 560);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "北区", WD_PRESENCE_AWAY, FALSE, FALSE), 1270, 452);
  put_glyph (cr, wd_map_glyphs_unit (glyphs, "南区", WD_PRESENCE_UNKNOWN, FALSE, FALSE), 1270, 494);
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

  wd_map_glyphs_set_theme (glyphs, 1, 1, dark);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1, dark);
  cairo_paint (cr);
  paint_sheet (cr, glyphs, dark);
  cairo_destroy (cr);
  done = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return done;
}

/* What a window with the view needs. */
typedef struct
{
  FakeTiles   *tiles;
  SoupSession *session;
  WdMapView   *view;
  GtkWindow   *window;
  GMainLoop   *loop;
  const char  *path;
  guint        asked; /* tiles, when last looked */
} Show;

static void
write_picture (Show *show)
{
  GtkWidget                *widget = GTK_WIDGET (show->view);
  GtkSnapshot              *snapshot = gtk_snapshot_new ();
  g_autoptr (GdkPaintable)  paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture)    texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node, NULL);
  gdk_texture_save_to_png (texture, show->path);
}

/* Once a while has passed without a tile being asked for. */
static gboolean
look_cb (gpointer data)
{
  Show *show = data;

  if (show->tiles->n_asked == 0 || show->tiles->n_asked != show->asked)
    {
      show->asked = show->tiles->n_asked;
      return G_SOURCE_CONTINUE;
    }
  write_picture (show);
  g_main_loop_quit (show->loop);
  return G_SOURCE_REMOVE;
}

static void
say_view_cb (WdMapView *view)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (view)));

  g_print ("view %.5f %.5f %.2f\n", shumate_location_get_longitude (SHUMATE_LOCATION (viewport)),
           shumate_location_get_latitude (SHUMATE_LOCATION (viewport)), shumate_viewport_get_zoom_level (viewport));
}

static void
say_selection_cb (WdMapView *view)
{
  g_autofree char *ids = g_strjoinv (",", (GStrv)wd_map_layer_get_selection (wd_map_view_get_layer (view)));

  g_print ("selected %s\n", ids);
}

static void
say_activated_cb (WdMapView  *view,
                  const char *id)
{
  g_print ("activated %s\n", id);
}

static void
say_menu_cb (WdMapView  *view,
             const char *id)
{
  g_print ("menu %s\n", id);
}

static char *
refuse_cb (WdMapView         *view,
           const char *const *ids,
           const char        *code)
{
  return g_str_equal (code, "inspection") ? g_strdup ("单位已停用") : NULL;
}

static void
say_dropped_cb (WdMapView         *view,
                const char *const *ids,
                const char        *code)
{
  g_autofree char *joined = g_strjoinv (",", (GStrv)ids);

  g_print ("dropped %s on %s\n", joined, code);
}

static void
say_drag_cb (WdMapView         *view,
             const char *const *ids)
{
  g_autofree char *joined = g_strjoinv (",", (GStrv)ids);

  g_print ("dragging %s\n", joined);
}

/* Where on the screen what is asked for on standard input lies: “order ID” or “unit CODE”. */
static gboolean
asked_cb (GIOChannel  *input,
          GIOCondition condition,
          gpointer     data)
{
  Show            *show = data;
  WdMapLayer      *layer = wd_map_view_get_layer (show->view);
  g_autofree char *line = NULL;
  graphene_point_t at = GRAPHENE_POINT_INIT (-1, -1), in_window = at;
  gboolean         found = FALSE;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (show->loop);
      return G_SOURCE_REMOVE;
    }
  g_strchomp (line);
  if (g_str_has_prefix (line, "order "))
    found = wd_map_layer_locate_order (layer, line + 6, &at);
  else if (g_str_has_prefix (line, "unit "))
    found = wd_map_layer_locate_unit (layer, line + 5, &at);
  else if (g_str_has_prefix (line, "picture "))
    {
      show->path = line + 8;
      write_picture (show);
    }
  if (found && gtk_widget_compute_point (GTK_WIDGET (layer), GTK_WIDGET (show->window), &at, &in_window))
    g_print ("at %.0f %.0f\n", (double)in_window.x, (double)in_window.y);
  else
    g_print ("at -\n");
  return G_SOURCE_CONTINUE;
}

static void
say_drag_ended_cb (WdMapView *view)
{
  g_print ("drag ended\n");
}

/* Once it is drawn, and nothing moves any more. */
static gboolean
say_shown_cb (gpointer data)
{
  g_print ("shown\n");
  return G_SOURCE_REMOVE;
}

static void
listen_to_all (Show *show)
{
  GIOChannel      *input = g_io_channel_unix_new (0);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (show->view)));

  g_signal_connect_object (viewport, "notify", G_CALLBACK (say_view_cb), show->view, G_CONNECT_SWAPPED);
  g_signal_connect (show->view, "selection-changed", G_CALLBACK (say_selection_cb), NULL);
  g_signal_connect (show->view, "order-activated", G_CALLBACK (say_activated_cb), NULL);
  g_signal_connect (show->view, "menu-requested", G_CALLBACK (say_menu_cb), NULL);
  g_signal_connect (show->view, "query-drop", G_CALLBACK (refuse_cb), NULL);
  g_signal_connect (show->view, "orders-dropped-on-unit", G_CALLBACK (say_dropped_cb), NULL);
  g_signal_connect (show->view, "drag-started", G_CALLBACK (say_drag_cb), NULL);
  g_signal_connect (show->view, "drag-ended", G_CALLBACK (say_drag_ended_cb), NULL);
  g_timeout_add (700, say_shown_cb, NULL);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, asked_cb, show);
  g_io_channel_unref (input);
}

static void
open_window (Show *show,
             guint n_orders)
{
  show->loop = g_main_loop_new (NULL, FALSE);
  show->tiles = fake_tiles_new ();
  show->session = soup_session_new ();
  show->view = WD_MAP_VIEW (wd_map_view_new ());
  show->window = GTK_WINDOW (gtk_window_new ());
  wd_palette_install (gdk_display_get_default ());
  wd_map_view_set_server (show->view, show->session, show->tiles->address, NULL, NULL);
  wd_map_view_set_home (show->view, (WdPoint){ 120.16, 30.17 }, (WdPoint){ 120.24, 30.23 });
  if (n_orders > 0)
    map_scene_flood (show->view, n_orders);
  else
    map_scene_fill (show->view);

  gtk_window_set_default_size (show->window, 990, 964);
  gtk_window_set_decorated (show->window, FALSE);
  gtk_window_set_child (show->window, GTK_WIDGET (show->view));
  g_signal_connect_swapped (show->window, "close-request", G_CALLBACK (g_main_loop_quit), show->loop);
  gtk_window_present (show->window);
}

static void
close_window (Show *show)
{
  gtk_window_destroy (show->window);
  g_object_unref (show->session);
  fake_tiles_free (show->tiles);
  g_main_loop_unref (show->loop);
}

static int
show_live (void)
{
  Show show = { 0 };

  setvbuf (stdout, NULL, _IOLBF, 0);
  open_window (&show, 0);
  wd_map_view_show_point (show.view, (WdPoint){ 120.20, 30.20 }, MAP_SCENE_ZOOM);
  listen_to_all (&show);
  g_main_loop_run (show.loop);
  close_window (&show);
  return 0;
}

static int
show_view (const char *theme,
           const char *path,
           guint       n_orders)
{
  Show show = { .path = path };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (theme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  open_window (&show, n_orders);
  map_scene_select (show.view);
  wd_map_view_show_point (show.view, (WdPoint){ 120.20, 30.20 }, MAP_SCENE_ZOOM);
  g_timeout_add (500, look_cb, &show);
  g_main_loop_run (show.loop);
  close_window (&show);
  return 0;
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--sheet"))
    return write_sheet (argv[2], argv[3]) ? 0 : 1;

  setlocale (LC_ALL, "");
  if (g_getenv ("WATERDESK_BUILD") != NULL)
    {
      g_autofree char *words = g_build_filename (g_getenv ("WATERDESK_BUILD"), "po", NULL);

      bindtextdomain ("waterdesk", words);
      textdomain ("waterdesk");
    }
  adw_init ();
  if (argc >= 4 && g_str_equal (argv[1], "--view"))
    return show_view (argv[2], argv[3], argc > 4 ? (guint)g_ascii_strtoull (argv[4], NULL, 10) : 0);
  if (argc == 2 && g_str_equal (argv[1], "--live"))
    return show_live ();

  g_printerr ("usage: map-shot --sheet light|dark FILE.png | --view light|dark FILE.png [ORDERS] | --live\n");
  return 2;
}
