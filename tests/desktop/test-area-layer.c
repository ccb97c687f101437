/* test-area-layer.c — what the layer of areas draws, and what can be hit of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-layer-private.h"
#include "wd-map-view.h"
#include "wd-palette.h"
#include "wd-sketch-layer.h"
#include "wd-symbol-paint.h"
#include "wd-test-display.h"

#include <adwaita.h>
#include <math.h>

static const WdPoint city = { 120.20, 30.20 };

static gboolean
has_size (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

/* 1000 by 800 pixels, the city in the middle. */
static WdMapView *
show_map (void)
{
  GtkWidget *window = gtk_window_new (), *view = wd_map_view_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 800);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  wd_test_wait_for (has_size, wd_map_view_get_areas (WD_MAP_VIEW (view)));
  wd_map_view_show_point (WD_MAP_VIEW (view), city, 14);
  return WD_MAP_VIEW (view);
}

static void
close_map (WdMapView *view)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The colour in the middle of what a layer draws there, over nothing. */
static guint32
get_pixel (GtkWidget *layer,
           int        x,
           int        y)
{
  GtkSnapshot     *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  GskRenderNode   *node;
  guint32          pixel;

  GTK_WIDGET_GET_CLASS (layer)->snapshot (layer, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_translate (cr, -x, -y);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_surface_flush (surface);
  pixel = *(guint32 *)(gpointer)cairo_image_surface_get_data (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return pixel;
}

/* The edge of its mark is dashed. */
static gboolean
has_edge (GtkWidget *layer,
          guint32    color)
{
  for (int x = 495; x < 505; x++)
    if (get_pixel (layer, x, 400 + 12) == color)
      return TRUE;
  return FALSE;
}

/* A case whose area nobody has drawn yet is at its point, and its calls where they came from. */
static void
test_reportedwithout_an_area (void)
{
  WdMapView      *view = show_map ();
  GtkWidget      *areas = GTK_WIDGET (wd_map_view_get_areas (view));
  GdkRGBA         color = wd_palette_get (WD_COLOR_QUALITY, FALSE);
  guint32         quality = 0xff000000 | (guint32)lroundf (color.red * 255) << 16 | (guint32)lroundf (color.green * 255) << 8 | (guint32)lroundf (color.blue * 255);
  const WdPoint   calls[] = { { city.lon + 0.01, city.lat }, { city.lon + 50, city.lat } };
  const WdMapArea area = { .id = "case", .style = WD_AREA_DRAFT, .title = "水质异常", .sentence = "水质异常", .point = city, .calls = calls, .n_calls = 2 };
  WdPoint         south_west, north_east;
  WdCamera        camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (areas)), 1000, 800);
  int             call = (int)wd_camera_project (&camera, wd_mercator_from_point (calls[0])).x;

  wd_area_layer_set_areas (WD_AREA_LAYER (areas), &area, 1);
  g_assert_cmphex (get_pixel (areas, call, 400), ==, quality);
  g_assert_cmphex (get_pixel (areas, call + 12, 400), ==, 0);
  g_assert_cmphex (get_pixel (areas, 500 + 10, 400), ==, 0xffffffff);
  g_assert_true (has_edge (areas, quality));
  g_assert_cmpstr (wd_area_layer_find (WD_AREA_LAYER (areas), 500, 400), ==, "case");
  g_assert_true (gtk_widget_contains (areas, 500, 400));
  g_assert_false (gtk_widget_contains (areas, 500, 430));
  g_assert_null (wd_area_layer_find (WD_AREA_LAYER (areas), call, 400));
  g_assert_false (wd_area_layer_get_box (WD_AREA_LAYER (areas), "case", &south_west, &north_east));

  /* Also while its area is drawn. */
  wd_area_layer_set_hidden (WD_AREA_LAYER (areas), "case");
  g_assert_true (has_edge (areas, quality));
  g_assert_cmphex (get_pixel (areas, call, 400), ==, quality);
  close_map (view);
}

/* Times and numbers are read whole, whatever the outage is called; what somebody wrote at length is shortened. */
static void
test_labels_keep_their_numbers (void)
{
  const char       *times = "12月23日 周四 07:54 – 12月23日 周四 17:54 · 12,219 户 · 重点用户 12";
  g_autofree char  *story = g_strnfill (4000, 'x');
  WdMapView        *view = show_map ();
  WdAreaLayer      *layer = wd_map_view_get_areas (view);
  const WdMapArea   areas[] = { { .id = "outage", .style = WD_AREA_PLANNED, .title = story, .detail = times, .sentence = "", .point = city },
                                { .id = "case", .style = WD_AREA_DRAFT, .title = "水质异常", .detail = story, .sentence = "", .point = { city.lon, city.lat - 0.01 } } };
  const WdLaidArea *outage, *reported;

  wd_area_layer_set_areas (layer, areas, 2);
  wd_area_layer_place_labels (layer);
  outage = wd_area_layer_get (layer, "outage");
  reported = wd_area_layer_get (layer, "case");
  g_assert_true (outage->placed && reported->placed);
  g_assert_cmpfloat (outage->sizes[outage->form].width, >, wd_paint_measure (times, 11) + 40);
  g_assert_cmpfloat (outage->sizes[outage->form].width, <, 500);
  g_assert_cmpfloat (reported->sizes[reported->form].width, <, 500);
  close_map (view);
}

static gboolean
is_narrow (gpointer widget)
{
  return gtk_widget_get_width (widget) < 1000;
}

/* Of text of 200 %: twice as large, and still whole, on more lines where the view is too narrow for one. */
static void
test_labels_grow_with_text (void)
{
  const char       *times = "12月23日 周四 07:54 – 12月23日 周四 17:54 · 12,219 户 · 重点用户 12";
  WdMapView        *view = show_map ();
  WdAreaLayer      *layer = wd_map_view_get_areas (view);
  const WdMapArea   areas[] = { { .id = "planned", .style = WD_AREA_PLANNED, .title = "计划停水", .detail = times, .sentence = "", .point = city },
                                { .id = "case", .style = WD_AREA_DRAFT, .title = "水质异常", .detail = "水黄", .sentence = "", .point = { city.lon, city.lat - 0.015 } } };
  const WdLaidArea *planned, *reported;
  graphene_size_t   before;

  wd_area_layer_set_areas (layer, areas, 2);
  wd_area_layer_place_labels (layer);
  planned = wd_area_layer_get (layer, "planned");
  reported = wd_area_layer_get (layer, "case");
  before = reported->sizes[reported->form];
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 192 * 1024, NULL);
  wd_area_layer_place_labels (layer);
  g_assert_true (planned->placed && reported->placed);
  g_assert_cmpfloat (reported->sizes[reported->form].width, ==, 2 * before.width);
  g_assert_cmpfloat (reported->sizes[reported->form].height, ==, 2 * before.height);
  g_assert_cmpfloat (planned->sizes[planned->form].height, ==, 2 * before.height); /* there is room for one line */
  g_assert_cmpfloat (planned->sizes[planned->form].width, >, 2 * wd_paint_measure (times, 11));
  g_assert_true (gtk_widget_contains (GTK_WIDGET (layer), 500, 400 + 20)); /* the mark */

  gtk_window_set_default_size (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))), 640, 800);
  wd_test_wait_for (is_narrow, view);
  wd_area_layer_place_labels (layer);
  g_assert_true (planned->placed);
  g_assert_cmpfloat (planned->sizes[planned->form].height, ==, 2 * (before.height + 15));
  g_assert_cmpfloat (planned->sizes[planned->form].width, <, 640);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  close_map (view);
}

static gboolean
has_height (gpointer widget)
{
  return gtk_widget_get_height (widget) > 1;
}

/* Below the tools, where there is room beside the area too. */
static void
test_labels_keep_clear_of_tools (void)
{
  WdMapView        *view = show_map ();
  WdAreaLayer      *layer = wd_map_view_get_areas (view);
  GtkWidget        *tools = gtk_label_new ("tools");
  WdCamera          camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (layer)), 1000, 800);
  WdPoint           top = wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT (500, 70)));
  const WdMapArea   area = { .id = "case", .style = WD_AREA_DRAFT, .title = "水质异常", .detail = "水黄", .sentence = "", .point = top };
  const WdLaidArea *laid;

  wd_area_layer_set_areas (layer, &area, 1);
  wd_area_layer_place_labels (layer);
  laid = wd_area_layer_get (layer, "case");
  g_assert_true (laid->placed);
  g_assert_cmpfloat (laid->place.origin.y, <, 40);
  gtk_widget_set_valign (tools, GTK_ALIGN_START);
  gtk_widget_set_size_request (tools, 1000, 40);
  wd_map_view_add_overlay (view, tools);
  wd_test_wait_for (has_height, tools);
  wd_area_layer_place_labels (layer);
  g_assert_true (laid->placed);
  g_assert_cmpfloat (laid->place.origin.y, >, 70);
  close_map (view);
}

/* Five in one place, with room for four beside it: the last one is a badge at least. */
static void
test_labels_say_less_before_they_go (void)
{
  WdMapView        *view = show_map ();
  WdAreaLayer      *layer = wd_map_view_get_areas (view);
  g_autofree char  *geojson = g_strdup_printf ("{\"type\":\"Polygon\",\"coordinates\":[[[%f,%f],[%f,%f],[%f,%f],[%f,%f],[%f,%f]]]}", city.lon, city.lat + 0.006, city.lon - 0.006, city.lat,
                                               city.lon, city.lat - 0.006, city.lon + 0.006, city.lat, city.lon, city.lat + 0.006);
  const char *const ids[] = { "1", "2", "3", "4", "5" };
  WdMapArea         areas[G_N_ELEMENTS (ids)];
  const WdLaidArea *last;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    areas[i] = (WdMapArea){ .id = ids[i], .style = WD_AREA_EMERGENCY, .geojson = geojson, .point = { NAN, NAN }, .title = "突发停水 · 人民路 DN300 爆管", .detail = "预计 17:54 恢复 · 12,219 户", .sentence = "" };
  wd_area_layer_set_areas (layer, areas, G_N_ELEMENTS (ids));
  wd_area_layer_place_labels (layer);
  g_assert_cmpint (wd_area_layer_get (layer, "1")->form, ==, WD_LABEL_WHOLE);
  last = wd_area_layer_get (layer, "5");
  g_assert_true (last->placed);
  g_assert_cmpint (last->form, ==, WD_LABEL_BADGE);
  g_assert_cmpfloat (last->place.size.width, <, 40);
  g_assert_cmpstr (wd_area_layer_find (layer, last->place.origin.x + 5, last->place.origin.y + 5), ==, "5");
  close_map (view);
}

/* All of its ends lie beyond the edges: it is named in what is seen of it, and not in its hole. */
static void
test_labels_of_areas_larger_than_the_view (void)
{
  WdMapView        *view = show_map ();
  WdAreaLayer      *layer = wd_map_view_get_areas (view);
  g_autofree char  *geojson = g_strdup_printf ("{\"type\":\"Polygon\",\"coordinates\":[[[119,29],[121,29],[121,31],[119,31],[119,29]],"
                                                "[[%f,%f],[%f,%f],[%f,%f],[%f,%f],[%f,%f]]]}",
                                               city.lon - 0.01, 30.1, city.lon + 1, 30.1, city.lon + 1, 30.3, city.lon - 0.01, 30.3, city.lon - 0.01, 30.1);
  const WdMapArea   area = { .id = "large", .style = WD_AREA_EMERGENCY, .geojson = geojson, .point = { NAN, NAN }, .title = "突发停水", .detail = "未知", .sentence = "" };
  WdCamera          camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (layer)), 1000, 800);
  float             edge = wd_camera_project (&camera, wd_mercator_from_point ((WdPoint){ city.lon - 0.01, city.lat })).x;
  const WdLaidArea *laid;

  wd_area_layer_set_areas (layer, &area, 1);
  wd_area_layer_place_labels (layer);
  laid = wd_area_layer_get (layer, "large");
  g_assert_true (laid->placed);
  g_assert_cmpfloat (laid->place.origin.x, >=, 0);
  g_assert_cmpfloat (laid->place.origin.y, >=, 0);
  g_assert_cmpfloat (laid->place.origin.y + laid->place.size.height, <=, 800);
  g_assert_cmpfloat (laid->place.origin.x + laid->place.size.width / 2, <, edge);
  close_map (view);
}

/* Basemap, areas, what is drawn, symbols, its handles. */
static void
test_order_of_layers (void)
{
  WdMapView     *view = show_map ();
  WdSketchLayer *sketch = wd_sketch_layer_new (shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (view))));
  GtkWidget     *ground = GTK_WIDGET (wd_sketch_layer_get_ground (sketch));

  wd_map_view_add_layer (view, SHUMATE_LAYER (sketch));
  wd_map_view_add_ground (view, SHUMATE_LAYER (ground));
  g_assert_true (gtk_widget_get_next_sibling (GTK_WIDGET (wd_map_view_get_areas (view))) == ground);
  g_assert_true (gtk_widget_get_next_sibling (ground) == GTK_WIDGET (wd_map_view_get_layer (view)));
  g_assert_true (gtk_widget_get_next_sibling (GTK_WIDGET (wd_map_view_get_layer (view))) == GTK_WIDGET (sketch));
  close_map (view);
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wd_palette_install (gdk_display_get_default ());
  g_test_add_func ("/area-layer/labels-say-less-before-they-go", test_labels_say_less_before_they_go);
  g_test_add_func ("/area-layer/case-without-an-area", test_reportedwithout_an_area);
  g_test_add_func ("/area-layer/labels-keep-their-numbers", test_labels_keep_their_numbers);
  g_test_add_func ("/area-layer/labels-grow-with-text", test_labels_grow_with_text);
  g_test_add_func ("/area-layer/order-of-layers", test_order_of_layers);
  g_test_add_func ("/area-layer/labels-keep-clear-of-tools", test_labels_keep_clear_of_tools);
  g_test_add_func ("/area-layer/labels-of-areas-larger-than-the-view", test_labels_of_areas_larger_than_the_view);
  return g_test_run ();
}
