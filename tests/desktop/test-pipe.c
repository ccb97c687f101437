/* test-pipe.c — the diameter of a pipe as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-pipe.h"

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gint64      mm; /* -1: none */
  } rows[] = {
    { "DN400", 400 }, { "dn400", 400 }, { "Dn 400", 400 }, { "400", 400 }, { " 400 mm ", 400 }, { "DN400MM", 400 }, { "400毫米", 400 }, { "ＤＮ４００", 400 }, { "DN　400", 400 }, { "", 0 }, { "  ", 0 }, { "四百", -1 }, { "DN", -1 }, { "DN0", -1 }, { "-400", -1 }, { "DN400x", -1 }, { "DN400-300", -1 }, { "4.5", -1 }, { "400 m", -1 }, { "100000", 100000 }, { "100001", -1 }, { "99999999999999999999999", -1 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64   mm;
      gboolean is_one = wd_pipe_read (rows[i].text, &mm);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (is_one, ==, rows[i].mm >= 0);
      g_assert_cmpint (mm, ==, MAX (rows[i].mm, 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipe/is-read-as-people-write-it", test_read);
  return g_test_run ();
}
