/* test-area-item.c — an area of the desk's copy is read once for each version of its shape
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-item-private.h"

#include <math.h>

#define SQUARE(east) "{\"type\":\"Polygon\",\"coordinates\":[[[120.2,30.2],[" east ",30.2],[" east ",30.3],[120.2,30.2]]]}"

static WdOutage *
make_outage (const char *reason, const char *area)
{
  WdOutage *outage = wd_outage_new ();

  outage->id = g_strdup ("outage");
  outage->reason = g_strdup (reason);
  outage->area = g_strdup (area);
  return outage;
}

static void
test_shape_is_read_once (void)
{
  g_autoptr (WdCopy)     copy = wd_copy_new (WD_OBJECT_OUTAGE, "outage");
  g_autoptr (WdAreaItem) item = NULL;
  const WdArea          *shape;
  WdPoint                low, high;

  wd_copy_set_confirmed (copy, make_outage ("burst", SQUARE ("120.3")), 1);
  item = wd_area_item_new (copy);
  shape = wd_area_item_get_shape (item);
  g_assert_true (wd_area_get_bounds (shape, &low, &high));
  g_assert_cmpfloat (high.lon, ==, 120.3);
  wd_copy_set_confirmed (copy, make_outage ("leak", SQUARE ("120.3")), 2);
  g_assert_true (wd_area_item_get_shape (item) == shape);
  wd_copy_set_confirmed (copy, make_outage ("leak", SQUARE ("120.4")), 3);
  g_assert_true (wd_area_get_bounds (wd_area_item_get_shape (item), &low, &high));
  g_assert_cmpfloat (high.lon, ==, 120.4);
  wd_copy_set_confirmed (copy, make_outage ("leak", NULL), 4);
  g_assert_null (wd_area_item_get_shape (item));
}

static void
test_what_it_contains (void)
{
  static const WdPoint   inside = { 120.28, 30.22 }, outside = { 120.22, 30.28 }, nowhere = { NAN, NAN };
  g_autoptr (WdCopy)     copy = wd_copy_new (WD_OBJECT_OUTAGE, "outage");
  g_autoptr (WdAreaItem) item = NULL;

  wd_copy_set_confirmed (copy, make_outage ("burst", SQUARE ("120.3")), 1);
  item = wd_area_item_new (copy);
  g_assert_true (wd_area_item_contains (item, inside));
  g_assert_false (wd_area_item_contains (item, outside));
  g_assert_false (wd_area_item_contains (item, nowhere));
  wd_copy_set_confirmed (copy, make_outage ("burst", NULL), 2);
  g_assert_false (wd_area_item_contains (item, inside));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/area-item/shape-is-read-once", test_shape_is_read_once);
  g_test_add_func ("/area-item/what-it-contains", test_what_it_contains);
  return g_test_run ();
}
