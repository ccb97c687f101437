/* test-keys.c — the key file, sealing, look-ups and signed times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-box.h"
#include "wd-keys.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("waterdesk-keys-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "key", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing else was left there */
  g_free (fixture->path);
  g_free (fixture->folder);
}

static WdKeys *
load (Fixture *fixture, gboolean create)
{
  g_autoptr (GError) error = NULL;
  WdKeys            *keys = wd_keys_load (fixture->path, create, &error);

  g_assert_no_error (error);
  return keys;
}

static void
test_file_is_made (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdKeys) none = wd_keys_load (fixture->path, FALSE, &error);
  g_autoptr (WdKeys) keys = NULL;
  g_autoptr (WdKeys) again = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;
  struct stat        status;

  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  keys = load (fixture, TRUE);
  again = load (fixture, TRUE);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  one = wd_keys_phone (keys, "13812348000");
  two = wd_keys_phone (again, "13812348000");
  g_assert_true (g_bytes_equal (one, two));
}

static void
test_file_is_private (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdKeys) keys = load (fixture, TRUE);
  g_autoptr (WdKeys) open = NULL;
  g_autoptr (GError) error = NULL;

  g_chmod (fixture->path, 0640);
  open = wd_keys_load (fixture->path, TRUE, &error);
  g_assert_null (open);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void
test_file_is_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "# only a remark\n",
    "1 00\n",
    "x 0000000000000000000000000000000000000000000000000000000000000000\n",
    "1 000000000000000000000000000000000000000000000000000000000000000g\n",
    "2 0000000000000000000000000000000000000000000000000000000000000000\n"
    "1 0000000000000000000000000000000000000000000000000000000000000000\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents_full (fixture->path, texts[i], -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      g_assert_null (wd_keys_load (fixture->path, TRUE, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_rotation_keeps_old (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdKeys) keys = load (fixture, TRUE);
  g_autoptr (WdKeys) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) key = wd_keys_new_object_key (keys, "order", &wrapped);
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GBytes) phone = wd_keys_phone (keys, "13812348000");
  g_autoptr (GBytes) phone_after = NULL;
  g_autoptr (GBytes) first = g_bytes_new_static ("public", 6);
  g_autoptr (GBytes) link = wd_keys_chain (keys, 1, NULL, first, NULL);
  g_autoptr (GBytes) link_after = NULL;
  g_autoptr (GBytes) link_new = NULL;
  g_autofree char   *anchor = wd_keys_sign_time (keys, 1234567890123);
  gint64             time = 0;

  g_assert_true (wd_keys_rotate (keys, &error));
  g_assert_no_error (error);
  again = load (fixture, FALSE);
  g_assert_cmpuint (wd_keys_current (again), ==, 2);
  opened = wd_keys_unwrap_object_key (again, "order", wrapped, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (key, opened));
  phone_after = wd_keys_phone (again, "13812348000");
  g_assert_true (g_bytes_equal (phone, phone_after));
  link_after = wd_keys_chain (again, 1, NULL, first, NULL);
  link_new = wd_keys_chain (again, 2, NULL, first, NULL);
  g_assert_true (g_bytes_equal (link, link_after));
  g_assert_false (g_bytes_equal (link, link_new));
  g_assert_true (wd_keys_check_time (again, anchor, &time));
  g_assert_cmpint (time, ==, 1234567890123);
  g_assert_null (wd_keys_chain (again, 3, NULL, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_box_opens_only_as_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdKeys) keys = load (fixture, TRUE);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) key = wd_keys_new_object_key (keys, "order", &wrapped);
  g_autoptr (GBytes) sealed = wd_keys_seal (key, "order", "7.caller", "caller", "\"张三\"");
  g_autoptr (GBytes) twice = wd_keys_seal (key, "order", "7.caller", "caller", "\"张三\"");
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = wd_keys_open (key, "order", "7.caller", "caller", sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "\"张三\"");
  g_assert_false (g_bytes_equal (sealed, twice)); /* equal texts don't look alike */
  g_assert_null (wd_keys_open (key, "other", "7.caller", "caller", sealed, NULL));
  g_assert_null (wd_keys_open (key, "order", "8.caller", "caller", sealed, NULL));
  g_assert_null (wd_keys_open (key, "order", "7.caller", "text", sealed, NULL));
  g_assert_null (wd_keys_unwrap_object_key (keys, "other", wrapped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_phones_are_normal (void)
{
  static const struct
  {
    const char *typed;
    const char *normal;
  } rows[] = {
    { "13812348000", "13812348000" },
    { "138 1234 8000", "13812348000" },
    { "138-1234-8000", "13812348000" },
    { "+86 138 1234 8000", "13812348000" },
    { "＋８６１３８１２３４８０００", "13812348000" },
    { "008613812348000", "13812348000" },
    { "8613812348000", "13812348000" },
    { "0571-8888 1234", "57188881234" },
    { "(0571)88881234", "57188881234" },
    { "+86-571-88881234", "57188881234" },
    { "86881234", "86881234" }, /* a number of the place, no country */
    { "12345", "12345" },
    { "110", "110" },
    { "", NULL },
    { "不详", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = wd_keys_normal_phone (rows[i].typed);

      g_assert_cmpstr (normal, ==, rows[i].normal);
    }
}

static void
test_forged_time_is_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const forged[] = { "", "1", "1-1", "1-1-", "-", "1-1-00", "x-1-00", "1-99999999999999999999-00", "1-2-00" };
  g_autoptr (WdKeys)       keys = load (fixture, TRUE);
  g_autofree char         *anchor = wd_keys_sign_time (keys, 1000);
  gint64                   time = 7;

  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    g_assert_false (wd_keys_check_time (keys, forged[i], &time));
  for (char *p = anchor; *p != '\0'; p++)
    {
      char was = *p;

      *p = was == '0' ? '1' : '0';
      g_assert_false (wd_keys_check_time (keys, anchor, &time));
      *p = was;
    }
  g_assert_cmpint (time, ==, 7);
  g_assert_true (wd_keys_check_time (keys, anchor, &time));
  g_assert_cmpint (time, ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/keys/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("file-is-made-once-and-private", test_file_is_made);
  ADD ("file-that-others-can-read-is-refused", test_file_is_private);
  ADD ("damaged-file-is-refused", test_file_is_damaged);
  ADD ("rotation-keeps-what-was", test_rotation_keeps_old);
  ADD ("box-opens-only-as-itself", test_box_opens_only_as_itself);
  ADD ("forged-time-is-refused", test_forged_time_is_refused);
  g_test_add_func ("/keys/phones-are-compared-in-one-form", test_phones_are_normal);
  return g_test_run ();
}
