/* test-seal.c — what is sealed opens for who has the secret, in its own place alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-seal.h"

static void
test_seal (void)
{
  g_autofree char *sealed = wd_seal_text ("token", "order", "欧阳采薇 13900002056");
  g_autofree char *again = wd_seal_text ("token", "order", "欧阳采薇 13900002056");
  g_autofree char *empty = wd_seal_text ("token", "order", "");
  g_autofree char *opened = wd_seal_open ("token", "order", sealed);
  g_autofree char *nothing = wd_seal_open ("token", "order", empty);

  g_assert_cmpstr (opened, ==, "欧阳采薇 13900002056");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (sealed, !=, again);
  g_assert_null (wd_seal_open ("another", "order", sealed));
  g_assert_null (wd_seal_open ("token", "orders", sealed));
  g_assert_null (wd_seal_open ("tokeno", "rder", sealed));
  g_assert_null (wd_seal_open ("token", "order", ""));
  g_assert_null (wd_seal_open ("token", "order", "no base64 at all"));
}

static void
test_changed (void)
{
  g_autofree char   *sealed = wd_seal_text ("token", "order", "13900002056");
  gsize              size;
  g_autofree guint8 *bytes = g_base64_decode (sealed, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *changed = NULL;

      bytes[i] ^= 1;
      changed = g_base64_encode (bytes, size);
      bytes[i] ^= 1;
      g_assert_null (wd_seal_open ("token", "order", changed));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/opens for its secret and place alone", test_seal);
  g_test_add_func ("/seal/what was changed does not open", test_changed);
  return g_test_run ();
}
