/* test-places.c — addresses as they are compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-place-text.h"

static void
test_normal (void)
{
  static const char *const rows[][2] = {
    { "人民路１１８号", "人民路118号" },
    { "人民路 118 号，2幢", "人民路118号2幢" },
    { "人民路12-5号", "人民路12-5号" },
    { "人民路-近河", "人民路近河" },
    { "118 Main St.", "118mainst" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = wd_place_normal (rows[i][0]);

      g_assert_cmpstr (normal, ==, rows[i][1]);
    }
}

static void
assert_grams (const char *normal, const char *prefix, const char *expected)
{
  g_autoptr (GPtrArray) grams = wd_place_grams (normal, prefix);
  g_autofree char      *joined = NULL;

  g_ptr_array_add (grams, NULL);
  joined = g_strjoinv (" ", (GStrv)grams->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_grams (void)
{
  assert_grams ("人民路118", "", "^人 人民 民路 路1 11 18");
  assert_grams ("人民路", "/", "/^人 /人民 /民路");
  assert_grams ("1111", "", "^1 11");
  assert_grams ("人", "", "^人");
  assert_grams ("", "", "");
}

static void
test_street (void)
{
  static const char *const rows[][2] = {
    { "人民路118号", "人民路" },
    { "上城区人民路118号2幢301室", "人民路" },
    { "杭州市滨江区江南大道3588号", "江南大道" },
    { "小营街道清泰街5号", "清泰街" },
    { "望江新园", NULL },
    { "118 Main St, Springfield", "Main St" },
    { "Main St 118", "Main St" },
    { "19TH AVE", "19TH AVE" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *street = wd_place_street (rows[i][0]);

      g_assert_cmpstr (street, ==, rows[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/addresses-have-one-form", test_normal);
  g_test_add_func ("/places/pairs-of-characters", test_grams);
  g_test_add_func ("/places/street-of-an-address", test_street);
  return g_test_run ();
}
