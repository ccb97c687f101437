/* test-sketch.c — drawing an area: steps and the way back, holes and parts, crossings, snapping
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-shape.h"
#include "wd-sketch.h"
#include "wd-snap.h"

#include <math.h>

/* Corners are written `lon lat, …`. */
static void
draw (WdSketch *sketch, gboolean hole, const char *text)
{
  g_auto (GStrv) places = g_strsplit (text, ",", -1);

  wd_sketch_begin (sketch, hole);
  for (char **place = places; *place != NULL; place++)
    {
      char  *end;
      double lon = g_ascii_strtod (*place, &end);

      g_assert_true (wd_sketch_add (sketch, (WdPoint){ lon, g_ascii_strtod (end, NULL) }));
    }
  g_assert_true (wd_sketch_close (sketch));
}

static char *
describe (const WdSketch *sketch)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < wd_sketch_get_n_rings (sketch); i++)
    {
      guint          n;
      const WdPoint *p = wd_sketch_get_ring (sketch, i, &n);

      g_string_append (text, wd_sketch_is_hole (sketch, i) ? "-" : "+");
      for (guint j = 0; j < n; j++)
        g_string_append_printf (text, "%g %g%s", p[j].lon, p[j].lat, j + 1 < n ? "," : ";");
    }
  return g_string_free (text, FALSE);
}

static void
assert_is (const WdSketch *sketch, const char *text)
{
  g_autofree char *found = describe (sketch);

  g_assert_cmpstr (found, ==, text);
}

static void
test_ring_is_drawn_corner_by_corner (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  g_assert_false (wd_sketch_add (sketch, (WdPoint){ 0, 0 }));
  wd_sketch_begin (sketch, FALSE);
  g_assert_true (wd_sketch_is_open (sketch));
  wd_sketch_add (sketch, (WdPoint){ 0, 0 });
  wd_sketch_add (sketch, (WdPoint){ 4, 0 });
  g_assert_false (wd_sketch_close (sketch));
  wd_sketch_add (sketch, (WdPoint){ 4, 4 });
  g_assert_true (wd_sketch_close (sketch));
  g_assert_false (wd_sketch_is_open (sketch));
  assert_is (sketch, "+0 0,4 0,4 4;");
}

/* However a corner comes in: it is where its seven digits say, to the bit. */
static void
test_corners_are_as_they_are_told (void)
{
  static const WdPoint  raw = { 120.23456784999, 30.18756785001 }, told = { 120.2345678, 30.1875679 };
  g_autoptr (WdSketch)  sketch = wd_sketch_new ();
  g_autoptr (GPtrArray) rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray)    starts = g_array_new (FALSE, TRUE, sizeof (guint));
  GArray               *ring = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  const WdPoint        *corners;
  guint                 n;

  for (int i = 0; i < 4; i++)
    g_array_append_val (ring, raw);
  g_ptr_array_add (rings, ring);
  g_array_set_size (starts, 1);
  wd_sketch_set (sketch, rings, starts);
  wd_sketch_insert (sketch, 0, 2, raw);
  wd_sketch_begin (sketch, FALSE);
  wd_sketch_add (sketch, raw);
  wd_sketch_add (sketch, (WdPoint){ 1, 1 });
  wd_sketch_move (sketch, 1, 1, raw);
  for (guint i = 0; i < 2; i++)
    {
      corners = wd_sketch_get_ring (sketch, i, &n);
      g_assert_cmpuint (n, ==, i == 0 ? 4 : 2);
      for (guint j = 0; j < n; j++)
        g_assert_true (corners[j].lon == told.lon && corners[j].lat == told.lat);
    }
}

static void
test_each_change_is_one_step (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  draw (sketch, FALSE, "0 0, 4 0, 4 4, 0 4");
  wd_sketch_move (sketch, 0, 2, (WdPoint){ 5, 5 });
  wd_sketch_insert (sketch, 0, 3, (WdPoint){ -1, 2 });
  wd_sketch_remove (sketch, 0, 1);
  assert_is (sketch, "+0 0,5 5,0 4,-1 2;");
  g_assert_true (wd_sketch_undo (sketch));
  assert_is (sketch, "+0 0,4 0,5 5,0 4,-1 2;");
  g_assert_true (wd_sketch_undo (sketch));
  assert_is (sketch, "+0 0,4 0,5 5,0 4;");
  g_assert_true (wd_sketch_redo (sketch));
  assert_is (sketch, "+0 0,4 0,5 5,0 4,-1 2;");
  wd_sketch_move (sketch, 0, 0, (WdPoint){ 1, 1 });
  g_assert_false (wd_sketch_redo (sketch));
  while (wd_sketch_undo (sketch))
    ;
  assert_is (sketch, "+"); /* where its first corner goes */
}

static void
test_copy_stays_as_it_was (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new (), copy = NULL;

  draw (sketch, FALSE, "0 0, 4 0, 4 4, 0 4");
  wd_sketch_hold (sketch);
  wd_sketch_move (sketch, 0, 2, (WdPoint){ 5, 5 });
  copy = wd_sketch_copy (sketch);
  wd_sketch_move (sketch, 0, 2, (WdPoint){ 6, 6 });
  wd_sketch_remove (sketch, 0, 1);
  assert_is (copy, "+0 0,4 0,5 5,0 4;");
  g_assert_false (wd_sketch_can_undo (copy));
  assert_is (sketch, "+0 0,6 6,0 4;");
}

/* As a key does that is pressed while the pointer holds a corner. */
static void
test_no_way_back_under_a_drag (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  draw (sketch, FALSE, "0 0, 4 0, 4 4");
  wd_sketch_settle (sketch);
  wd_sketch_hold (sketch);
  wd_sketch_insert (sketch, 0, 2, (WdPoint){ 1, 2 });
  g_assert_false (wd_sketch_undo (sketch));
  for (int i = 1; i <= 3; i++)
    g_assert_true (wd_sketch_move (sketch, 0, 3, (WdPoint){ -i, 2 }));
  g_assert_false (wd_sketch_move (sketch, 0, 4, (WdPoint){ 9, 9 }));
  g_assert_false (wd_sketch_move (sketch, 1, 0, (WdPoint){ 9, 9 }));
  wd_sketch_release (sketch);
  assert_is (sketch, "+0 0,4 0,4 4,-3 2;");
  g_assert_true (wd_sketch_undo (sketch));
  assert_is (sketch, "+0 0,4 0,4 4;");
  g_assert_false (wd_sketch_undo (sketch));
  g_assert_true (wd_sketch_redo (sketch));
  assert_is (sketch, "+0 0,4 0,4 4,-3 2;");
}

static void
test_ring_without_corners_is_no_step (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  wd_sketch_begin (sketch, FALSE);
  g_assert_true (wd_sketch_is_open (sketch));
  g_assert_false (wd_sketch_is_begun (sketch));
  wd_sketch_begin (sketch, TRUE);
  wd_sketch_drop_open (sketch);
  g_assert_false (wd_sketch_can_undo (sketch));
  wd_sketch_begin (sketch, FALSE);
  wd_sketch_add (sketch, (WdPoint){ 1, 2 });
  g_assert_true (wd_sketch_is_begun (sketch));
  wd_sketch_drop_open (sketch);
  g_assert_true (wd_sketch_undo (sketch));
  assert_is (sketch, "+1 2;");
  g_assert_true (wd_sketch_undo (sketch));
  g_assert_true (wd_sketch_is_open (sketch));
  g_assert_false (wd_sketch_undo (sketch));
}

static void
test_settled_is_where_undo_ends (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  draw (sketch, FALSE, "0 0, 4 0, 4 4");
  wd_sketch_settle (sketch);
  g_assert_false (wd_sketch_can_undo (sketch));
  wd_sketch_move (sketch, 0, 0, (WdPoint){ 1, 1 });
  g_assert_true (wd_sketch_undo (sketch));
  g_assert_false (wd_sketch_undo (sketch));
  assert_is (sketch, "+0 0,4 0,4 4;");
}

static void
test_drag_is_one_step (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  draw (sketch, FALSE, "0 0, 4 0, 4 4");
  wd_sketch_hold (sketch);
  for (int i = 1; i <= 50; i++)
    wd_sketch_move (sketch, 0, 0, (WdPoint){ -i, -i });
  wd_sketch_release (sketch);
  assert_is (sketch, "+-50 -50,4 0,4 4;");
  wd_sketch_undo (sketch);
  assert_is (sketch, "+0 0,4 0,4 4;");
}

static void
test_two_corners_are_no_ring (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();

  draw (sketch, FALSE, "0 0, 4 0, 4 4");
  draw (sketch, FALSE, "8 0, 9 0, 9 1, 8 1");
  wd_sketch_remove (sketch, 0, 1);
  assert_is (sketch, "+8 0,9 0,9 1,8 1;");
  wd_sketch_undo (sketch);
  assert_is (sketch, "+0 0,4 0,4 4;+8 0,9 0,9 1,8 1;");
}

static void
test_holes_go_to_the_part_around_them (void)
{
  g_autoptr (WdSketch)  sketch = wd_sketch_new ();
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = NULL;
  WdPoint               at;

  draw (sketch, FALSE, "0 0, 9 0, 9 9, 0 9");
  draw (sketch, FALSE, "20 0, 29 0, 29 9, 20 9");
  draw (sketch, TRUE, "2 2, 4 2, 4 4");
  wd_sketch_begin (sketch, FALSE); /* what is still open is no part yet */
  wd_sketch_add (sketch, (WdPoint){ 50, 50 });
  rings = wd_sketch_dup_rings (sketch, &starts);
  g_assert_cmpuint (rings->len, ==, 3);
  g_assert_cmpuint (starts->len, ==, 2);
  g_assert_cmpuint (g_array_index (starts, guint, 1), ==, 2);
  g_assert_cmpuint (((GArray *)rings->pdata[0])->len, ==, 5);
  g_assert_null (wd_shape_fault (rings, starts, &at));
}

/* The box around a part holds places that the part does not. */
static void
test_hole_in_the_box_of_another_part (void)
{
  g_autoptr (WdSketch)  sketch = wd_sketch_new ();
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = NULL;

  draw (sketch, FALSE, "7 7, 9 7, 9 9, 7 9");
  draw (sketch, FALSE, "0 0, 10 0, 0 10");
  draw (sketch, TRUE, "7.5 7.5, 8 7.5, 8 8");
  draw (sketch, TRUE, "1 1, 2 1, 2 2");
  rings = wd_sketch_dup_rings (sketch, &starts);
  g_assert_cmpuint (rings->len, ==, 4);
  g_assert_cmpuint (starts->len, ==, 2);
  g_assert_cmpuint (g_array_index (starts, guint, 1), ==, 2);
  g_assert_cmpfloat (g_array_index ((GArray *)rings->pdata[1], WdPoint, 0).lon, ==, 7.5);
  g_assert_cmpfloat (g_array_index ((GArray *)rings->pdata[3], WdPoint, 0).lon, ==, 1);
}

/* As a copy or a file brings it: no ring alone is too large. */
static void
test_all_rings_together_are_too_large (void)
{
  g_autoptr (WdSketch)  sketch = wd_sketch_new ();
  g_autoptr (GPtrArray) rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray)    starts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < 2; i++)
    {
      GArray *ring = g_array_new (FALSE, FALSE, sizeof (WdPoint));

      for (guint j = 0; j <= WD_SKETCH_CORNERS / 2; j++)
        {
          WdPoint at = { 10 * i + cos (j * 2 * G_PI * 2 / WD_SKETCH_CORNERS), sin (j * 2 * G_PI * 2 / WD_SKETCH_CORNERS) };

          g_array_append_val (ring, at);
        }
      g_array_append_val (starts, i);
      g_ptr_array_add (rings, ring);
    }
  wd_sketch_set (sketch, rings, starts);
  g_assert_cmpuint (wd_sketch_get_n_corners (sketch), ==, WD_SKETCH_CORNERS);
  g_assert_false (wd_sketch_is_too_large (sketch));
  g_assert_false (wd_sketch_insert (sketch, 0, 0, (WdPoint){ 1, 0.1 }));
  g_array_insert_val (((GArray *)rings->pdata[1]), 1, g_array_index ((GArray *)rings->pdata[1], WdPoint, 0));
  wd_sketch_set (sketch, rings, starts);
  g_assert_true (wd_sketch_is_too_large (sketch));
  g_assert_true (wd_sketch_undo (sketch));
  g_assert_false (wd_sketch_is_too_large (sketch));
}

static void
test_crossing_names_both_edges (void)
{
  g_autoptr (WdSketch) sketch = wd_sketch_new ();
  WdCrossing           crossing;

  draw (sketch, FALSE, "0 0, 4 0, 4 4, 0 4");
  g_assert_false (wd_sketch_find_crossing (sketch, &crossing));
  wd_sketch_move (sketch, 0, 1, (WdPoint){ 2, 6 });
  g_assert_true (wd_sketch_find_crossing (sketch, &crossing));
  g_assert_cmpuint (crossing.edge, <, crossing.other_edge);
  g_assert_cmpuint (crossing.other_edge, ==, 2);
  g_assert_cmpfloat_with_epsilon (crossing.at.lat, 4, 1e-9);
  wd_sketch_undo (sketch);
  draw (sketch, TRUE, "1 1, 9 1, 9 2");
  g_assert_true (wd_sketch_find_crossing (sketch, &crossing));
  g_assert_cmpuint (crossing.ring, ==, 0);
  g_assert_cmpuint (crossing.other_ring, ==, 1);
  g_assert_cmpfloat_with_epsilon (crossing.at.lon, 4, 1e-9);
}

static void
test_snaps_to_corners_before_edges (void)
{
  g_autoptr (WdSnap) snap = wd_snap_new ();
  const WdPoint      square[] = { { 0, 0 }, { 4, 0 }, { 4, 4 }, { 0, 4 } };
  WdSnapped          snapped;
  double             reach = 0.1 / 360; /* a tenth of a degree */

  wd_snap_add (snap, square, G_N_ELEMENTS (square), TRUE, "square");
  g_assert_false (wd_snap_find (snap, (WdPoint){ 2, 2 }, reach, &snapped));
  g_assert_true (wd_snap_find (snap, (WdPoint){ 3.95, 0.03 }, reach, &snapped));
  g_assert_true (snapped.corner);
  g_assert_cmpfloat (snapped.at.lon, ==, 4);
  g_assert_cmpfloat (snapped.at.lat, ==, 0);
  g_assert_true (wd_snap_find (snap, (WdPoint){ 0.05, 2 }, reach, &snapped)); /* of the edge that closes it */
  g_assert_false (snapped.corner);
  g_assert_cmpstr (snapped.name, ==, "square");
  g_assert_cmpfloat_with_epsilon (snapped.at.lon, 0, 1e-9);
}

/* A street has two ends and no inside; of lines in one place the last one names it. */
static void
test_snaps_to_an_open_line (void)
{
  g_autoptr (WdSnap) snap = wd_snap_new ();
  const WdPoint      border[] = { { 0, 0 }, { 2, 0 }, { 2, 2 } }, street[] = { { 0, 0 }, { 2, 0 } };
  WdSnapped          snapped;
  double             reach = 0.1 / 360;

  wd_snap_add (snap, border, G_N_ELEMENTS (border), FALSE, "border");
  wd_snap_add (snap, street, G_N_ELEMENTS (street), FALSE, "street");
  g_assert_true (wd_snap_find (snap, (WdPoint){ 1, 0.05 }, reach, &snapped));
  g_assert_cmpstr (snapped.name, ==, "street");
  g_assert_false (snapped.corner);
  g_assert_cmpfloat_with_epsilon (snapped.at.lon, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (snapped.at.lat, 0, 1e-9);
  g_assert_true (wd_snap_find (snap, (WdPoint){ 1.97, 1 }, reach, &snapped));
  g_assert_cmpstr (snapped.name, ==, "border");
  g_assert_false (wd_snap_find (snap, (WdPoint){ 1, 1 }, reach, &snapped)); /* from the last end back to the first */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/corners-are-as-they-are-told", test_corners_are_as_they_are_told);
  g_test_add_func ("/sketch/ring-is-drawn-corner-by-corner", test_ring_is_drawn_corner_by_corner);
  g_test_add_func ("/sketch/each-change-is-one-step", test_each_change_is_one_step);
  g_test_add_func ("/sketch/copy-stays-as-it-was", test_copy_stays_as_it_was);
  g_test_add_func ("/sketch/ring-without-corners-is-no-step", test_ring_without_corners_is_no_step);
  g_test_add_func ("/sketch/no-way-back-under-a-drag", test_no_way_back_under_a_drag);
  g_test_add_func ("/sketch/settled-is-where-undo-ends", test_settled_is_where_undo_ends);
  g_test_add_func ("/sketch/drag-is-one-step", test_drag_is_one_step);
  g_test_add_func ("/sketch/two-corners-are-no-ring", test_two_corners_are_no_ring);
  g_test_add_func ("/sketch/holes-go-to-the-part-around-them", test_holes_go_to_the_part_around_them);
  g_test_add_func ("/sketch/hole-in-the-box-of-another-part", test_hole_in_the_box_of_another_part);
  g_test_add_func ("/sketch/all-rings-together-are-too-large", test_all_rings_together_are_too_large);
  g_test_add_func ("/sketch/crossing-names-both-edges", test_crossing_names_both_edges);
  g_test_add_func ("/snap/corners-before-edges", test_snaps_to_corners_before_edges);
  g_test_add_func ("/snap/an-open-line", test_snaps_to_an_open_line);
  return g_test_run ();
}
