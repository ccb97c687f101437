/* test-standing.c — from when on a limit is soon over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-standing.h"

#define MINUTE G_GINT64_CONSTANT (60000)

static WdPolicy *
make_policy (gint64 warn)
{
  WdPolicy    *policy = wd_policy_new ();
  WdPolicyRow *row = wd_policy_row_new ();

  row->rule = g_strdup ("accept");
  row->warn = warn;
  policy->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_policy_row_free);
  g_ptr_array_add (policy->rows, row);
  return policy;
}

static void
test_warn_time (void)
{
  g_autoptr (WdPolicy) policy = make_policy (2 * MINUTE);
  g_autoptr (WdPolicy) silent = make_policy (0);
  g_autoptr (WdClock)  clock = wd_clock_new ();

  clock->rule = g_strdup ("accept");
  clock->started_at = 10 * MINUTE;
  clock->due_at = 13 * MINUTE;
  g_assert_cmpint (wd_standing_warn_time (policy, clock), ==, 12 * MINUTE);
  g_assert_cmpint (wd_standing_warn_time (silent, clock), ==, clock->due_at);
  g_assert_cmpint (wd_standing_warn_time (NULL, clock), ==, clock->due_at);
  clock->due_at = 11 * MINUTE; /* the order has a limit of its own */
  g_assert_cmpint (wd_standing_warn_time (policy, clock), ==, clock->due_at);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standing/a warning is never after the limit", test_warn_time);
  return g_test_run ();
}
