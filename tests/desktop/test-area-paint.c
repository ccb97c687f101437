/* test-area-paint.c — areas are told apart by their edge and what fills them, not by colour alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-paint.h"

#include "wd-camera.h"

#include <math.h>

#define SIDE 280
#define LOW 40
#define HIGH 240

typedef struct
{
  guint edge;  /* of 160 pixels along the edge, how many are of it */
  guint rows;  /* of 100 rows inside, how many have marks */
  guint marks; /* in the fullest of them */
} Seen;

static WdCamera
look (void)
{
  return (WdCamera){ .centre = { 0.83, 0.41 }, .zoom = 15, .scale = 256.0 * (1 << 15), .width = SIDE, .height = SIDE };
}

/* A square on the screen; @back: it runs the other way. */
static void
add_ring (GPtrArray *rings, float low, float high, gboolean back)
{
  const float corners[][2] = { { low, low }, { high, low }, { high, high }, { low, high }, { low, low } };
  GArray     *ring = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  WdCamera    camera = look ();

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      const float *at = corners[back ? G_N_ELEMENTS (corners) - 1 - i : i];
      WdPoint      corner = wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT (at[0], at[1])));

      g_array_append_val (ring, corner);
    }
  g_ptr_array_add (rings, ring);
}

static WdAreaShape *
square (WdAreaStyle style)
{
  g_autoptr (GPtrArray) rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray)    starts = g_array_new (FALSE, TRUE, sizeof (guint));

  add_ring (rings, LOW, HIGH, FALSE);
  g_array_set_size (starts, 1);
  return wd_area_shape_new (style, rings, starts);
}

/* Opaque enough to be a mark and no mere tint. */
static gboolean
is_mark (cairo_surface_t *surface, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) + (gsize)y * cairo_image_surface_get_stride (surface);

  return (((const guint32 *)(gconstpointer)row)[x] >> 24) > 90;
}

static void
look_at (cairo_surface_t *surface, Seen *seen)
{
  *seen = (Seen){ 0 };
  for (int x = LOW + 20; x < HIGH - 20; x++)
    seen->edge += is_mark (surface, x, LOW);
  for (int y = 90; y < 190; y++)
    {
      guint marks = 0;

      for (int x = 60; x < 220; x++)
        marks += is_mark (surface, x, y) && !is_mark (surface, x - 1, y);
      seen->rows += marks > 0;
      seen->marks = MAX (seen->marks, marks);
    }
}

static Seen
paint (WdAreaStyle style, gboolean dark)
{
  g_autoptr (WdAreaShape) shape = square (style);
  cairo_surface_t        *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t                *cr = cairo_create (surface);
  WdCamera                camera = look ();
  Seen                    seen;

  wd_area_shape_paint (shape, cr, &camera, dark);
  cairo_surface_flush (surface);
  look_at (surface, &seen);
  g_assert_false (is_mark (surface, 10, 10));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return seen;
}

static void
test_told_apart (void)
{
  for (int dark = FALSE; dark <= TRUE; dark++)
    {
      Seen emergency = paint (WD_AREA_EMERGENCY, dark), planned = paint (WD_AREA_PLANNED, dark);
      Seen quality = paint (WD_AREA_QUALITY, dark), draft = paint (WD_AREA_DRAFT, dark);

      g_test_message ("edge %u %u %u %u, rows %u %u %u %u, marks %u %u %u %u", emergency.edge, planned.edge, quality.edge, draft.edge,
                      emergency.rows, planned.rows, quality.rows, draft.rows, emergency.marks, planned.marks, quality.marks, draft.marks);
      /* Solid, or dashed. */
      g_assert_cmpuint (emergency.edge, ==, 160);
      g_assert_cmpuint (quality.edge, ==, 160);
      g_assert_cmpuint (planned.edge, >, 40);
      g_assert_cmpuint (planned.edge, <, 130);
      g_assert_cmpuint (draft.edge, >, 40);
      g_assert_cmpuint (draft.edge, <, 130);
      /* Hatched through and through, more than twice as dense; or dots with nothing between their rows. */
      g_assert_cmpuint (emergency.rows, ==, 100);
      g_assert_cmpuint (planned.rows, ==, 100);
      g_assert_cmpuint (emergency.marks, >, 2 * planned.marks);
      g_assert_cmpuint (quality.rows, >, 10);
      g_assert_cmpuint (quality.rows, <, 60);
      g_assert_cmpuint (draft.rows, ==, quality.rows);
    }
}

static gboolean
is_color (guint32 pixel, WdColor color)
{
  GdkRGBA wanted = wd_palette_get (color, FALSE);

  return pixel == (0xff000000 | (guint32)lroundf (wanted.red * 255) << 16 | (guint32)lroundf (wanted.green * 255) << 8 | (guint32)lroundf (wanted.blue * 255));
}

/* A quality area and the outage that came of it, which has its very shape. */
static void
test_quality_shows_through_its_outage (void)
{
  g_autoptr (GPtrArray)  shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_area_shape_unref);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32    *pixels = g_new (guint32, SIDE * SIDE);
  WdCamera               camera = look ();
  guint                  quality = 0, outage = 0;

  g_ptr_array_add (shapes, square (WD_AREA_QUALITY));
  g_ptr_array_add (shapes, square (WD_AREA_EMERGENCY));
  texture = wd_area_paint_texture (shapes, &camera, 1, FALSE);
  gdk_texture_download (texture, (guchar *)pixels, SIDE * sizeof *pixels);
  for (int x = LOW + 20; x < HIGH - 20; x++)
    {
      quality += is_color (pixels[LOW * SIDE + x], WD_COLOR_QUALITY);
      outage += is_color (pixels[LOW * SIDE + x], WD_COLOR_OUTAGE);
    }
  g_assert_cmpuint (quality, >, 40);
  g_assert_cmpuint (outage, >, 40);
}

/* Two parts over one another while they are drawn, the first with a hole, however each ring runs. */
static void
test_parts_over_one_another (void)
{
  static const struct
  {
    int      at;
    gboolean inside;
  } places[] = { { 20, FALSE }, { 50, TRUE }, { 70, FALSE }, { 90, TRUE }, { 130, TRUE }, { 200, TRUE }, { 260, FALSE } };

  for (guint ways = 0; ways < 8; ways++)
    {
      g_autoptr (GPtrArray)   rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
      g_autoptr (GArray)      starts = g_array_new (FALSE, TRUE, sizeof (guint));
      const guint             second = 2;
      g_autoptr (WdAreaShape) shape = NULL;
      cairo_surface_t        *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
      cairo_t                *cr = cairo_create (surface);
      WdCamera                camera = look ();

      add_ring (rings, 40, 160, ways & 1);
      add_ring (rings, 60, 80, ways & 2);
      add_ring (rings, 100, 240, ways & 4);
      g_array_set_size (starts, 1);
      g_array_append_val (starts, second);
      shape = wd_area_shape_new (WD_AREA_EMERGENCY, rings, starts);
      wd_area_shape_trace (shape, cr, &camera);
      cairo_fill (cr);
      cairo_surface_flush (surface);
      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        {
          const guchar *row = cairo_image_surface_get_data (surface) + (gsize)places[i].at * (gsize)cairo_image_surface_get_stride (surface);

          g_assert_cmpuint (row[places[i].at] > 0, ==, places[i].inside);
          g_assert_cmpuint (wd_area_shape_contains (shape, wd_camera_unproject (&camera, GRAPHENE_POINT_INIT ((float)places[i].at, (float)places[i].at))), ==, places[i].inside);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/area-paint/told-apart-without-colour", test_told_apart);
  g_test_add_func ("/area-paint/quality-shows-through-its-outage", test_quality_shows_through_its_outage);
  g_test_add_func ("/area-paint/parts-over-one-another-are-inside", test_parts_over_one_another);
  return g_test_run ();
}
