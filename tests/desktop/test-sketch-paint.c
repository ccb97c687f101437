/* test-sketch-paint.c — while a boundary is moved: the ground that comes in, that stays, that is given up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch-layer-private.h"
#include "wd-test-display.h"

#include <adwaita.h>
#include <math.h>

#define SIDE 320

/* Told before: from 40 to 200 across.  Drawn now: from 120 to 280. */
#define LOW 40
#define HIGH 280
static const float before[][2] = { { 40, LOW }, { 200, LOW }, { 200, HIGH }, { 40, HIGH } };
static const float now[][2] = { { 120, LOW }, { 280, LOW }, { 280, HIGH }, { 120, HIGH } };

/* On the white of a street. */
typedef struct
{
  double blue;  /* how much more blue than red, on the average */
  double ink;   /* how dark, on the average: 0 white, 255 black */
  guint  marks; /* pixels darker than the ground beside them: the hatch */
} Ground;

static WdCamera
look (void)
{
  return (WdCamera){ .centre = { 0.83, 0.41 }, .zoom = 15, .scale = 256.0 * (1 << 15), .width = SIDE, .height = SIDE };
}

static GPtrArray *
ring_of (const float corners[][2], GArray **starts)
{
  GPtrArray *rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  GArray    *ring = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  WdCamera   camera = look ();

  for (guint i = 0; i < 5; i++)
    {
      WdPoint at = wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT (corners[i % 4][0], corners[i % 4][1])));

      g_array_append_val (ring, at);
    }
  g_ptr_array_add (rings, ring);
  *starts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (*starts, 1);
  return rings;
}

static cairo_surface_t *
paint (WdSketchLayer *layer)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t         *cr = cairo_create (surface);
  WdCamera         camera = look ();

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  wd_sketch_layer_paint_ground (layer, cr, &camera);
  wd_sketch_layer_paint (layer, cr, &camera);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static const guchar *
pixel_at (cairo_surface_t *surface, int x, int y)
{
  return cairo_image_surface_get_data (surface) + (gsize)y * cairo_image_surface_get_stride (surface) + (gsize)x * 4;
}

/* 0 white, 255 black. */
static int
ink_at (cairo_surface_t *surface, int x, int y)
{
  const guint32 pixel = *(const guint32 *)(gconstpointer)pixel_at (surface, x, y);

  return 255 - (int)((pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff)) / 3;
}

/* Between the edges, away from the corners and the middles. */
static Ground
see (cairo_surface_t *surface, int left, int right)
{
  Ground ground = { 0 };
  guint  n = 0;

  for (int y = LOW + 20; y < LOW + 100; y++)
    for (int x = left; x < right; x++, n++)
      {
        const guint32 pixel = *(const guint32 *)(gconstpointer)pixel_at (surface, x, y);

        ground.blue += (double)(pixel & 0xff) - (double)(pixel >> 16 & 0xff);
        ground.ink += ink_at (surface, x, y);
        ground.marks += ink_at (surface, x, y) > ink_at (surface, x - 3, y) + 20;
      }
  ground.blue /= n;
  ground.ink /= n;
  return ground;
}

/* Dark pixels of a column, on the edge of what was told before. */
static guint
count_edge (cairo_surface_t *surface, int x)
{
  guint n = 0;

  for (int y = LOW + 20; y < LOW + 100; y++)
    n += ink_at (surface, x - 1, y) > 40 || ink_at (surface, x, y) > 40;
  return n;
}

static void
test_changes (void)
{
  g_autoptr (ShumateViewport) viewport = shumate_viewport_new ();
  WdSketchLayer              *layer = g_object_ref_sink (wd_sketch_layer_new (viewport));
  g_autoptr (WdSketch)        sketch = wd_sketch_new ();
  g_autoptr (GArray)          old_starts = NULL, starts = NULL;
  g_autoptr (GPtrArray)       old_ring = ring_of (before, &old_starts), ring = ring_of (now, &starts);
  g_autoptr (WdAreaShape)     shape = wd_area_shape_new (WD_AREA_EMERGENCY, old_ring, old_starts);
  cairo_surface_t            *surface;
  Ground                      released, same, added, outside, plain;

  wd_sketch_set (sketch, ring, starts);
  wd_sketch_layer_begin (layer, sketch, WD_AREA_EMERGENCY, shape);
  surface = paint (layer);
  released = see (surface, 50, 110);
  same = see (surface, 130, 190);
  added = see (surface, 210, 270);
  outside = see (surface, 290, 310);
  g_test_message ("blue %.1f %.1f %.1f %.1f, ink %.1f %.1f %.1f %.1f, marks %u %u %u %u", released.blue, same.blue, added.blue, outside.blue,
                  released.ink, same.ink, added.ink, outside.ink, released.marks, same.marks, added.marks, outside.marks);

  /* What stays is hatched as any area; what comes in besides that blue. */
  g_assert_cmpuint (same.marks, >, 200);
  g_assert_cmpuint (added.marks, >, 200);
  g_assert_cmpfloat (added.blue, >, same.blue + 30);
  /* What is given up is hollow, and what was told before a thin dashed line around it. */
  g_assert_cmpuint (released.marks, ==, 0);
  g_assert_cmpfloat (released.ink, <, 2);
  g_assert_cmpfloat (outside.ink, ==, 0);
  g_assert_cmpuint (count_edge (surface, 40), >, 30);
  g_assert_cmpuint (count_edge (surface, 40), <, 65);
  cairo_surface_destroy (surface);

  /* One that was never told is all alike. */
  wd_sketch_layer_begin (layer, sketch, WD_AREA_EMERGENCY, NULL);
  surface = paint (layer);
  plain = see (surface, 210, 270);
  g_assert_cmpfloat (ABS (plain.blue - see (surface, 130, 190).blue), <, 3);
  g_assert_cmpfloat (ABS (plain.blue - same.blue), <, 3);
  g_assert_cmpuint (count_edge (surface, 40), ==, 0);
  cairo_surface_destroy (surface);
  wd_sketch_layer_begin (layer, NULL, WD_AREA_EMERGENCY, NULL);
  g_object_unref (layer);
}

/* 新增 86 户 in blue below the corner that is moved, and nowhere without one. */
static void
test_gain (void)
{
  g_autoptr (ShumateViewport) viewport = shumate_viewport_new ();
  WdSketchLayer              *layer = g_object_ref_sink (wd_sketch_layer_new (viewport));
  g_autoptr (WdSketch)        sketch = wd_sketch_new ();
  g_autoptr (GArray)          starts = NULL;
  g_autoptr (GPtrArray)       ring = ring_of (now, &starts);
  const GdkRGBA               blue = wd_palette_get (WD_COLOR_ACT, FALSE);
  guint                       marks[3];

  wd_sketch_set (sketch, ring, starts);
  wd_sketch_layer_begin (layer, sketch, WD_AREA_EMERGENCY, NULL);
  for (int i = 0; i < 3; i++)
    {
      cairo_surface_t *surface;

      wd_sketch_layer_set_gain (layer, i > 0 ? "新增 86 户" : NULL);
      if (i == 2)
        wd_sketch_layer_set_current (layer, 0, 0);
      surface = paint (layer);
      marks[i] = 0;
      for (int y = LOW + 24; y < LOW + 50; y++)
        for (int x = 85; x < 155; x++)
          {
            const guchar *pixel = pixel_at (surface, x, y);

            marks[i] += ABS (pixel[0] - (int)(blue.blue * 255)) < 8 && ABS (pixel[1] - (int)(blue.green * 255)) < 8 && ABS (pixel[2] - (int)(blue.red * 255)) < 8;
          }
      cairo_surface_destroy (surface);
    }
  g_test_message ("%u %u %u", marks[0], marks[1], marks[2]);
  g_assert_cmpuint (marks[0], ==, 0);
  g_assert_cmpuint (marks[1], ==, 0);
  g_assert_cmpuint (marks[2], >, 60);
  wd_sketch_layer_begin (layer, NULL, WD_AREA_EMERGENCY, NULL);
  g_object_unref (layer);
}

/* As many corners as in a file, on a circle around a place of the view. */
static void
add_circle (WdSketch *sketch, double x, double y, double radius)
{
  WdCamera camera = look ();

  wd_sketch_begin (sketch, FALSE);
  for (int i = 0; i < 1000; i++)
    {
      double           turn = i * 2 * G_PI / 1000;
      graphene_point_t at = GRAPHENE_POINT_INIT ((float)(x + radius * cos (turn)), (float)(y + radius * sin (turn)));

      wd_sketch_add (sketch, wd_mercator_to_point (wd_camera_unproject (&camera, at)));
    }
  wd_sketch_close (sketch);
}

/* Corners can be taken as soon as those in view are few, however many there are beside it. */
static void
test_handles (void)
{
  static const struct
  {
    double   x;
    gboolean seen;
  } rows[] = { { -5000, TRUE }, { SIDE / 2, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShumateViewport) viewport = shumate_viewport_new ();
      WdSketchLayer              *layer = g_object_ref_sink (wd_sketch_layer_new (viewport));
      g_autoptr (WdSketch)        sketch = wd_sketch_new ();
      g_autoptr (GArray)          starts = NULL;
      g_autoptr (GPtrArray)       ring = ring_of (now, &starts);
      cairo_surface_t            *surface;

      wd_sketch_set (sketch, ring, starts);
      add_circle (sketch, rows[i].x, SIDE / 2.0, 30);
      wd_sketch_layer_begin (layer, sketch, WD_AREA_EMERGENCY, NULL);
      surface = paint (layer);
      /* The hollow of the square lies over the corner of the border. */
      if (rows[i].seen)
        g_assert_cmpint (ink_at (surface, 120, LOW), <, 10);
      else
        g_assert_cmpint (ink_at (surface, 120, LOW), >, 40);
      cairo_surface_destroy (surface);
      wd_sketch_layer_begin (layer, NULL, WD_AREA_EMERGENCY, NULL);
      g_object_unref (layer);
    }
}

int
main (int argc, char **argv)
{
  wd_test_display_start ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wd_palette_install (gdk_display_get_default ());
  g_test_add_func ("/sketch-paint/what-comes-in-is-blue-and-what-is-given-up-hollow", test_changes);
  g_test_add_func ("/sketch-paint/corners-have-handles-where-few-are-in-view", test_handles);
  g_test_add_func ("/sketch-paint/what-it-comes-to-stands-at-the-corner", test_gain);
  return g_test_run ();
}
