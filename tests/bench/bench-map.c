/* bench-map.c — what a frame of the map costs while it is moved
 *
 *   bench-map layer|markers|areas|paths N [FRAMES]     prints: pan-median pan-p95 zoom-median zoom-p95 (ms a frame) renderer pictures pan-cpu zoom-cpu
 *
 * `layer` is the product's own view with N orders, `markers` a ShumateMarkerLayer with N GtkImages that all
 * show one texture; the same places, all in view, and neither with a basemap.  `areas` is the product's view with N outages of
 * 200 corners, `paths` a ShumatePathLayer for each of them, filled and stroked.  A frame's cost runs from the
 * motion, in the frame clock's update, to the end of its painting.  With areas the map is moved so far around them that one
 * picture of them does not do: `pictures` says how many were painted while it was panned.  The last two are medians of what the main
 * thread itself worked for a frame, which other programs on the machine hardly change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-scene.h"

#include <adwaita.h>
#include <math.h>
#include <time.h>

#define WIDTH 1280
#define HEIGHT 800
#define WARM_UP 20
#define FRAMES 150       /* of each kind of motion, where nothing else is asked for */
#define CORNERS 200u     /* of an area */
#define PAN_DEGREES 0.01 /* around the middle, once in FRAMES */
#define PAN_FAR 0.1      /* the same with areas: some 300 pixels; a picture reaches 320 and 200 beyond the view */
#define ZOOM 12
#define ZOOM_STEP 0.05

typedef struct
{
  GMainLoop       *loop;
  GtkWidget       *map;
  ShumateViewport *viewport;
  double           far; /* degrees */
  guint            frame, frames;
  guint            pictures; /* painted while the map was panned */
  gint64           began;
  gint64           worked;
  GArray          *costs[2]; /* of panning, of zooming: ms */
  GArray          *work[2];  /* … of the main thread's own time */
} Bench;

/* Stands before wd_area_paint_texture(), by the linker: in whichever thread. */
static guint n_painted;

GdkTexture *__real_wd_area_paint_texture (GPtrArray *shapes, const WdCamera *camera, int scale, gboolean dark);
GdkTexture *__wrap_wd_area_paint_texture (GPtrArray *shapes, const WdCamera *camera, int scale, gboolean dark);

GdkTexture *
__wrap_wd_area_paint_texture (GPtrArray *shapes, const WdCamera *camera, int scale, gboolean dark)
{
  g_atomic_int_inc (&n_painted);
  return __real_wd_area_paint_texture (shapes, camera, scale, dark);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Microseconds that this thread has worked. */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static double
part (GArray *costs, double share)
{
  return g_array_index (costs, double, (guint)(share * (costs->len - 1)));
}

static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;
  guint  step = bench->frame < WARM_UP ? 0 : (bench->frame - WARM_UP) % bench->frames;
  double turn = 2 * G_PI * step / bench->frames;

  bench->began = g_get_monotonic_time ();
  bench->worked = get_work ();
  if (bench->frame < WARM_UP + bench->frames)
    shumate_location_set_location (SHUMATE_LOCATION (bench->viewport), 30.20 + bench->far * sin (turn), 120.20 + bench->far * cos (turn));
  else
    shumate_viewport_set_zoom_level (bench->viewport, ZOOM - ZOOM_STEP * ABS ((int)step - (int)bench->frames / 2) / 4);
  gtk_widget_queue_draw (bench->map);
  return G_SOURCE_CONTINUE;
}

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;
  double cost = (double)(g_get_monotonic_time () - bench->began) / 1000;
  double work = (double)(get_work () - bench->worked) / 1000;

  if (bench->began == 0)
    return;
  if (bench->frame == WARM_UP)
    g_atomic_int_set (&n_painted, 0);
  if (bench->frame == WARM_UP + bench->frames)
    bench->pictures = (guint)g_atomic_int_get (&n_painted);
  if (bench->frame >= WARM_UP)
    {
      guint motion = (bench->frame - WARM_UP) / bench->frames;

      g_array_append_val (bench->costs[motion], cost);
      g_array_append_val (bench->work[motion], work);
    }
  if (++bench->frame == WARM_UP + 2 * bench->frames)
    g_main_loop_quit (bench->loop);
}

static GtkWidget *
own_view (guint n, ShumateViewport **viewport)
{
  GtkWidget *view = wd_map_view_new ();

  map_scene_flood (WD_MAP_VIEW (view), n);
  *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (WD_MAP_VIEW (view))));
  return view;
}

static GdkTexture *
icon (void)
{
  guint8             pixels[24 * 24 * 4];
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    pixels[i] = (guint8)(i * 7);
  bytes = g_bytes_new (pixels, sizeof pixels);
  return gdk_memory_texture_new (24, 24, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, (gsize)24 * 4);
}

/* The markers come before the reference source: 20 times quicker, and the same afterwards. */
static GtkWidget *
marker_map (guint n, ShumateViewport **viewport)
{
  ShumateMap                          *map = shumate_map_new ();
  ShumateMarkerLayer                  *layer = shumate_marker_layer_new (shumate_map_get_viewport (map));
  g_autoptr (GdkTexture)               texture = icon ();
  g_autoptr (GRand)                    dice = g_rand_new_with_seed (7);
  g_autoptr (ShumateMapSourceRegistry) registry = shumate_map_source_registry_new_with_defaults ();

  for (guint i = 0; i < n; i++)
    {
      ShumateMarker *marker = shumate_marker_new ();
      GtkWidget     *image = gtk_image_new_from_paintable (GDK_PAINTABLE (texture));

      gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
      shumate_marker_set_child (marker, image);
      shumate_location_set_location (SHUMATE_LOCATION (marker), 30.20 + g_rand_double_range (dice, -0.08, 0.08),
                                     120.20 + g_rand_double_range (dice, -0.1, 0.1));
      shumate_marker_layer_add_marker (layer, marker);
    }
  *viewport = shumate_map_get_viewport (map);
  shumate_viewport_set_reference_map_source (*viewport, shumate_map_source_registry_get_by_id (registry, SHUMATE_MAP_SOURCE_OSM_MAPNIK));
  shumate_map_add_layer (map, SHUMATE_LAYER (layer));
  return GTK_WIDGET (map);
}

/* An area like a star, so that no edge is straight. */
static WdPoint
corner_of (GRand *dice, WdPoint middle, guint i)
{
  double turn = 2 * G_PI * i / CORNERS, far = 0.004 * (0.8 + 0.2 * g_rand_double (dice));

  return (WdPoint){ middle.lon + far * cos (turn), middle.lat + 0.86 * far * sin (turn) };
}

static WdPoint
middle_of (GRand *dice)
{
  double lon = g_rand_double_range (dice, 120.10, 120.30);

  return (WdPoint){ lon, g_rand_double_range (dice, 30.14, 30.26) };
}

static GtkWidget *
area_view (guint n, ShumateViewport **viewport)
{
  GtkWidget            *view = wd_map_view_new ();
  g_autofree WdMapArea *areas = g_new0 (WdMapArea, n);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand)     dice = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    {
      GString *text = g_string_new ("{\"type\":\"Polygon\",\"coordinates\":[[");
      WdPoint  middle = middle_of (dice), first = corner_of (dice, middle, 0);

      for (guint j = 0; j < CORNERS; j++)
        {
          WdPoint at = j == 0 ? first : corner_of (dice, middle, j);

          g_string_append_printf (text, "[%.7f,%.7f],", at.lon, at.lat);
        }
      g_string_append_printf (text, "[%.7f,%.7f]]]}", first.lon, first.lat);
      areas[i] = (WdMapArea){ .id = g_strdup_printf ("%u", i), .style = (WdAreaStyle)(i % WD_N_AREA_STYLES), .geojson = text->str, .title = "停水", .detail = "预计 11:30 恢复", .sentence = "停水" };
      g_ptr_array_add (texts, (gpointer)areas[i].id);
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  wd_area_layer_set_areas (wd_map_view_get_areas (WD_MAP_VIEW (view)), areas, n);
  *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (WD_MAP_VIEW (view))));
  return view;
}

static GtkWidget *
path_map (guint n, ShumateViewport **viewport)
{
  ShumateMap                          *map = shumate_map_new ();
  g_autoptr (GRand)                    dice = g_rand_new_with_seed (7);
  g_autoptr (ShumateMapSourceRegistry) registry = shumate_map_source_registry_new_with_defaults ();
  const GdkRGBA                        edge = { 0.04f, 0.18f, 0.31f, 1 }, ground = { 0.04f, 0.18f, 0.31f, 0.15f };

  *viewport = shumate_map_get_viewport (map);
  shumate_viewport_set_reference_map_source (*viewport, shumate_map_source_registry_get_by_id (registry, SHUMATE_MAP_SOURCE_OSM_MAPNIK));
  for (guint i = 0; i < n; i++)
    {
      ShumatePathLayer *layer = shumate_path_layer_new (*viewport);
      WdPoint           middle = middle_of (dice);

      for (guint j = 0; j < CORNERS; j++)
        {
          WdPoint at = corner_of (dice, middle, j);

          shumate_path_layer_add_node (layer, SHUMATE_LOCATION (shumate_coordinate_new_full (at.lat, at.lon)));
        }
      shumate_path_layer_set_closed (layer, TRUE);
      shumate_path_layer_set_fill (layer, TRUE);
      shumate_path_layer_set_fill_color (layer, &ground);
      shumate_path_layer_set_stroke_color (layer, &edge);
      shumate_map_add_layer (map, SHUMATE_LAYER (layer));
    }
  return GTK_WIDGET (map);
}

/* The kinds of map that are measured. */
static const struct
{
  const char *name;
  GtkWidget *(*make) (guint n, ShumateViewport **viewport);
} kinds[] = { { "layer", own_view }, { "markers", marker_map }, { "areas", area_view }, { "paths", path_map } };

static GtkWidget *
make_map (const char *name, guint n, ShumateViewport **viewport)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return kinds[i].make (n, viewport);
  return NULL;
}

int
main (int argc, char **argv)
{
  Bench        bench = { 0 };
  GtkWidget   *window;
  GskRenderer *renderer;
  guint        n = argc >= 3 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 0;

  if (n == 0)
    {
      g_printerr ("bench-map layer|markers|areas|paths N [FRAMES]\n");
      return 2;
    }
  adw_init ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  for (int i = 0; i < 2; i++)
    {
      bench.costs[i] = g_array_new (FALSE, FALSE, sizeof (double));
      bench.work[i] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  bench.frames = argc > 3 ? (guint)g_ascii_strtoull (argv[3], NULL, 10) : FRAMES;
  bench.far = g_str_equal (argv[1], "areas") || g_str_equal (argv[1], "paths") ? PAN_FAR : PAN_DEGREES;
  bench.map = make_map (argv[1], n, &bench.viewport);
  g_return_val_if_fail (bench.map != NULL && bench.frames > 0, 2);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), bench.map);
  gtk_window_present (GTK_WINDOW (window));
  shumate_viewport_set_zoom_level (bench.viewport, ZOOM);
  renderer = gtk_native_get_renderer (GTK_NATIVE (window));

  gtk_widget_add_tick_callback (bench.map, move_cb, &bench, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (bench.map), "after-paint", G_CALLBACK (painted_cb), &bench);
  g_main_loop_run (bench.loop);

  for (int i = 0; i < 2; i++)
    {
      g_array_sort (bench.costs[i], compare);
      g_array_sort (bench.work[i], compare);
      g_print ("%.3f %.3f ", part (bench.costs[i], 0.5), part (bench.costs[i], 0.95));
    }
  g_print ("%s %u %.3f %.3f\n", G_OBJECT_TYPE_NAME (renderer), bench.pictures, part (bench.work[0], 0.5), part (bench.work[1], 0.5));
  for (int i = 0; i < 2; i++)
    {
      g_array_unref (bench.costs[i]);
      g_array_unref (bench.work[i]);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  g_main_loop_unref (bench.loop);
  return 0;
}
