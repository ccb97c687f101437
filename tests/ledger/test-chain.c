/* test-chain.c — what the chain binds, and how an event names its boxes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-box.h"
#include "wd-chain.h"

#include <glib/gstdio.h>

static WdKeys *
make_keys (void)
{
  g_autofree char   *folder = g_dir_make_tmp ("waterdesk-chain-XXXXXX", NULL);
  g_autofree char   *path = g_build_filename (folder, "key", NULL);
  g_autoptr (GError) error = NULL;
  WdKeys            *keys = wd_keys_load (path, TRUE, &error);

  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);
  return keys;
}

static const WdChainEvent sample = {
  .seq = 12,
  .key = 1,
  .verb = "dispatch",
  .kind = "order",
  .object = "018f0000-0000-7000-8000-000000000001",
  .at = 1700000000000,
  .entered_at = 1700000000001,
  .by = "018f0000-0000-7000-8000-000000000002",
  .by_unit = NULL,
  .data = "{\"unit\":\"east\"}",
  .boxes = "",
};

static GBytes *
link_of (WdKeys *keys, const WdChainEvent *event, GBytes *before)
{
  g_autoptr (GError) error = NULL;
  GBytes            *hash = wd_chain_link (keys, event, before, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (hash), ==, 32);
  return hash;
}

static void
assert_differs (WdKeys *keys, GBytes *hash, const WdChainEvent *event, GBytes *before)
{
  g_autoptr (GBytes) other = link_of (keys, event, before);

  g_assert_false (g_bytes_equal (hash, other));
}

/* Every column, and the event before. */
static void
test_binds_all (void)
{
  g_autoptr (WdKeys) keys = make_keys ();
  g_autoptr (GBytes) before = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (GBytes) hash = link_of (keys, &sample, before);
  g_autoptr (GBytes) again = link_of (keys, &sample, before);
  WdChainEvent       event;

  g_assert_true (g_bytes_equal (hash, again));
  assert_differs (keys, hash, &sample, NULL);
#define CHANGE(member, value) \
  event = sample;             \
  event.member = value;       \
  assert_differs (keys, hash, &event, before)
  CHANGE (seq, 13);
  CHANGE (verb, "recall");
  CHANGE (kind, "unit");
  CHANGE (object, "018f0000-0000-7000-8000-000000000003");
  CHANGE (at, 1700000000001);
  CHANGE (entered_at, 1700000000000);
  CHANGE (by, NULL);
  CHANGE (by_unit, "");
  CHANGE (data, "{\"unit\":\"west\"}");
  CHANGE (boxes, "note 12.note 00\n");
}

/* What stands in one column can't be read as the next one's. */
static void
test_columns_keep_apart (void)
{
  g_autoptr (WdKeys) keys = make_keys ();
  WdChainEvent       one = sample, two = sample;
  g_autoptr (GBytes) hash = NULL;

  one.verb = "a";
  one.kind = "1:b";
  two.verb = "a1:";
  two.kind = "b";
  hash = link_of (keys, &one, NULL);
  assert_differs (keys, hash, &two, NULL);
}

static void
test_boxes_as_text (void)
{
  g_autoptr (WdKeys)    keys = make_keys ();
  g_autoptr (GBytes)    wrapped = NULL;
  g_autoptr (GBytes)    key = wd_keys_new_object_key (keys, "order", &wrapped);
  g_autoptr (GPtrArray) boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_box_free);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *text = NULL;
  g_autofree char      *none = NULL;
  g_autofree char      *opened = NULL;
  WdBox                *first, *second;

  none = wd_boxes_to_text (boxes);
  g_assert_cmpstr (none, ==, "");
  g_ptr_array_add (boxes, wd_box_seal (key, "order", "3.text", "text", "\"水管漏水\""));
  g_ptr_array_add (boxes, wd_box_seal (key, "order", "3.point", "point", "[120.2,30.2]"));
  text = wd_boxes_to_text (boxes);
  back = wd_boxes_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, 2);
  first = boxes->pdata[0];
  second = back->pdata[1];
  g_assert_cmpstr (second->field, ==, "point");
  g_assert_cmpstr (second->id, ==, "3.point");
  opened = wd_box_open (back->pdata[0], key, "order", first->sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened, ==, "\"水管漏水\"");
  g_assert_null (wd_box_open (second, key, "order", first->sealed, &error)); /* another one in its place */
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_bad_naming_is_refused (void)
{
  static const char *const texts[] = { "text\n", "text 1.text\n", "text 1.text 00\n", "text 1.text zz\n", "a b c d\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wd_boxes_from_text (texts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/binds-every-column-and-the-event-before", test_binds_all);
  g_test_add_func ("/chain/columns-keep-apart", test_columns_keep_apart);
  g_test_add_func ("/chain/boxes-are-named-as-text", test_boxes_as_text);
  g_test_add_func ("/chain/bad-naming-of-boxes-is-refused", test_bad_naming_is_refused);
  return g_test_run ();
}
