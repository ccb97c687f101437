/* test-night.c — which hours are night
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-night.h"

static void
test_hours (void)
{
  for (int hour = 0; hour < 24; hour++)
    g_assert_true (wd_night_is_at (hour) == (hour < 7 || hour > 18));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/night/hours", test_hours);
  return g_test_run ();
}
