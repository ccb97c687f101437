/* test-password.c — passwords are kept as hashes that only they fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-password.h"

static void
test_passwords (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *hash = wd_password_hash ("水务热线九六三九零", &error);
  g_autofree char   *long_one = g_strnfill (WD_PASSWORD_LONGEST + 1, 'a');

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_true (wd_password_check (hash, "水务热线九六三九零"));
  g_assert_false (wd_password_check (hash, "水务热线九六三九一"));
  g_assert_false (wd_password_check (NULL, "水务热线九六三九零"));
  g_assert_null (wd_password_hash ("short", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (wd_password_hash (long_one, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/only-it-fits-its-hash", test_passwords);
  return g_test_run ();
}
