/* test-shape.c — faults of shapes, each with its place; sizes; what meets what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-shape.h"

#include <math.h>
#include <string.h>

typedef struct
{
  GPtrArray *rings;
  GArray    *starts;
} Shape;

/* Rings are written `lon lat, …`; `|` begins a ring, `/` a polygon. */
static Shape
read_shape (const char *text, gboolean turned)
{
  Shape          shape = { g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref), g_array_new (FALSE, FALSE, sizeof (guint)) };
  g_auto (GStrv) polygons = g_strsplit (text, "/", -1);

  for (char **polygon = polygons; *polygon != NULL; polygon++)
    {
      g_auto (GStrv) rings = g_strsplit (*polygon, "|", -1);

      g_array_append_val (shape.starts, shape.rings->len);
      for (char **ring = rings; *ring != NULL; ring++)
        {
          g_auto (GStrv) places = g_strsplit (*ring, ",", -1);
          GArray        *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));

          for (char **place = places; *place != NULL; place++)
            {
              char   *end;
              double  lon = g_ascii_strtod (*place, &end);
              WdPoint point = { lon, g_ascii_strtod (end, NULL) };

              if (turned)
                g_array_prepend_val (points, point);
              else
                g_array_append_val (points, point);
            }
          g_ptr_array_add (shape.rings, points);
        }
    }
  return shape;
}

static void
shape_clear (Shape *shape)
{
  g_ptr_array_unref (shape->rings);
  g_array_unref (shape->starts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shape, shape_clear)

#define SQUARE "0 0, 4 0, 4 4, 0 4, 0 0"

/* clang-format off */
static const struct
{
  const char *text;
  const char *words; /* NULL: a good shape */
  double      lon, lat;
} cases[] = {
  { SQUARE, NULL, 0, 0 },
  { SQUARE "|1 1, 2 1, 2 2, 1 1", NULL, 0, 0 },
  { SQUARE "/5 5, 6 5, 6 6, 5 5", NULL, 0, 0 },
  { SQUARE "/4 4, 6 4, 6 6, 4 4", NULL, 0, 0 }, /* parts may touch in a corner */
  { "0 0, 4 4, 4 0, 0 4, 0 0", "crosses itself", 2, 2 },
  { "0 0, 3 1, 3 0, 0 1, 0 0", "crosses itself", 1.5, 0.5 },
  { SQUARE "|5 5, 6 5, 6 6, 5 5", "outside", 5, 5 },
  { SQUARE "/3 3, 6 3, 6 6, 3 6, 3 3", "overlap", NAN, 0 },
  { SQUARE "/1 1, 2 1, 2 2, 1 1", "overlap", NAN, 0 },
  { SQUARE "|1 1, 3 1, 3 3, 1 1|1.5 1.2, 2 1.2, 2 1.3, 1.5 1.2", "inside another hole", NAN, 0 },
  { "0 0, 1 1, 2 2, 0 0", "", NAN, 0 },
  { "1 1, 1 1, 1 1, 1 1", "one place", 1, 1 },
  { "179 0, -179 0, -179 1, 179 1, 179 0", "180th meridian", -179, 0 },
};
/* clang-format on */

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int turned = 0; turned < 2; turned++)
      {
        g_auto (Shape) shape = read_shape (cases[i].text, turned);
        WdPoint        at;
        const char    *fault = wd_shape_fault (shape.rings, shape.starts, &at);

        g_test_message ("%s: %s at %g %g", cases[i].text, fault, at.lon, at.lat);
        g_assert_cmpint (fault == NULL, ==, cases[i].words == NULL);
        if (fault == NULL)
          continue;
        g_assert_nonnull (strstr (fault, cases[i].words));
        g_assert_true (wd_point_is_set (&at));
        if (!turned && !isnan (cases[i].lon))
          {
            g_assert_cmpfloat (at.lon, ==, cases[i].lon);
            g_assert_cmpfloat (at.lat, ==, cases[i].lat);
          }
      }
}

/* A square kilometre in Hangzhou, with a hole of a quarter, whichever way its rings run. */
static void
test_size (void)
{
  const double dlat = 1000.0 / 111195.0, dlon = dlat / cos (30.2 * G_PI / 180.0);
  double       sizes[2];

  for (int turned = 0; turned < 2; turned++)
    {
      g_autofree char   *text = g_strdup_printf ("120 30.2, %.9f 30.2, %.9f %.9f, 120 %.9f, 120 30.2|"
                                                   "120.001 30.201, %.9f 30.201, %.9f %.9f, 120.001 %.9f, 120.001 30.201",
                                                 120 + dlon, 120 + dlon, 30.2 + dlat, 30.2 + dlat,
                                                 120.001 + dlon / 2, 120.001 + dlon / 2, 30.201 + dlat / 2, 30.201 + dlat / 2);
      g_auto (Shape)     shape = read_shape (text, turned);
      g_autoptr (WdArea) area = wd_area_new_for_rings (shape.rings, shape.starts);

      sizes[turned] = wd_area_get_total_size (area);
    }
  g_assert_cmpfloat_with_epsilon (sizes[0], 750000, 2500);
  g_assert_cmpfloat_with_epsilon (sizes[0], sizes[1], 1e-3);
}

static void
test_meeting (void)
{
  g_auto (Shape) square = read_shape (SQUARE, FALSE);
  g_auto (Shape) inside = read_shape ("1 1, 2 1, 2 2, 1 1", FALSE);
  g_auto (Shape) beside = read_shape ("4 0, 6 0, 6 4, 4 0", TRUE);
  g_auto (Shape) away = read_shape ("5 0, 6 0, 6 4, 5 0", FALSE);

  g_assert_true (wd_shapes_meet (square.rings, square.starts, inside.rings, inside.starts));
  g_assert_true (wd_shapes_meet (inside.rings, inside.starts, square.rings, square.starts));
  g_assert_true (wd_shapes_meet (square.rings, square.starts, beside.rings, beside.starts));
  g_assert_false (wd_shapes_meet (square.rings, square.starts, away.rings, away.starts));
}

static void
test_common (void)
{
  g_auto (Shape) square = read_shape (SQUARE "|1 1, 3 1, 3 3, 1 3, 1 1", FALSE);
  g_auto (Shape) moved = read_shape ("2 0, 6 0, 6 4, 2 4, 2 0", TRUE);
  g_auto (Shape) beside = read_shape ("4 0, 6 0, 6 4, 4 0", FALSE);
  Shape          common;
  Shape          border;
  double         size;

  common.rings = wd_shapes_common (square.rings, square.starts, moved.rings, moved.starts, &common.starts);
  g_assert_cmpuint (common.starts->len, ==, 1);
  g_assert_cmpuint (common.rings->len, ==, 1); /* the hole is open to one side */
  {
    g_autoptr (WdArea) area = wd_area_new_for_rings (common.rings, common.starts);
    g_autoptr (WdArea) whole = wd_area_new_for_rings (moved.rings, moved.starts);

    size = wd_area_get_total_size (area) / wd_area_get_total_size (whole);
  }
  g_assert_cmpfloat_with_epsilon (size, 6.0 / 16, 0.001);
  shape_clear (&common);

  border.rings = wd_shapes_common (square.rings, square.starts, beside.rings, beside.starts, &border.starts);
  g_assert_cmpuint (border.rings->len, ==, 0);
  shape_clear (&border);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/faults", test_faults);
  g_test_add_func ("/shape/size", test_size);
  g_test_add_func ("/shape/meeting", test_meeting);
  g_test_add_func ("/shape/common", test_common);
  return g_test_run ();
}
