/* test-conflict-why.c — the field that the server found at fault is named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-why.h"

static void
test_field_is_named (void)
{
  static const struct
  {
    const char *code, *field, *detail, *words;
  } rows[] = {
    { "conflict", NULL, "someone else was first", "Somebody else changed it first." },
    { "invalid", "area", "a shape has at most 10,000 vertices", "Something in the entry is not right. (Area: a shape has at most 10,000 vertices)" },
    { "invalid", "area", "polygon 2, ring 1: a ring ends where it began", "Something in the entry is not right. (Area: part 2, ring 1: a ring ends where it began)" },
    { "invalid", "area", NULL, "Something in the entry is not right. (Area)" },
    { "invalid", "expected", "water is expected back after it went", "Something in the entry is not right. (Expected back)" },
    { "invalid", "pipe_mm", "a pipe's diameter", "Something in the entry is not right. (pipe_mm)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const WdRefusal  refusal = { .code = (char *)rows[i].code, .field = (char *)rows[i].field, .detail = (char *)rows[i].detail };
      g_autofree char *words = wd_conflict_why (&refusal);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conflict-why/field-is-named", test_field_is_named);
  return g_test_run ();
}
