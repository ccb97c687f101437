/* test-files.c — the copy and the outbox on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-outbox.h"
#include "wd-replica.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *replica;
  char *outbox;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("waterdesk-files-XXXXXX", NULL);
  f->replica = g_build_filename (f->folder, "replica.sqlite", NULL);
  f->outbox = g_build_filename (f->folder, "outbox.sqlite", NULL);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->replica);
  g_free (f->outbox);
}

static WdReplica *
open_replica (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  WdReplica         *replica = wd_replica_open (f->replica, &error);

  g_assert_no_error (error);
  return replica;
}

static WdOutbox *
open_outbox (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  WdOutbox          *outbox = wd_outbox_open (f->outbox, &error);

  g_assert_no_error (error);
  return outbox;
}

static void
apply (WdReplica *replica, gint64 seq, const char *id, WdObjectKind kind, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (WdReplicaChange));
  WdReplicaChange    change = { kind, id, seq, seq, body };

  g_array_append_val (changes, change);
  wd_replica_apply (replica, changes, seq, "store", "view", &error);
  g_assert_no_error (error);
}

static gboolean
collect (const WdReplicaChange *object, gpointer data)
{
  g_string_append_printf (data, "%s %d %d %s;", object->id, (int)object->kind, (int)object->seq, object->body);
  return TRUE;
}

static char *
content (WdReplica *replica)
{
  GString *text = g_string_new (NULL);

  g_assert_true (wd_replica_each (replica, collect, text, NULL));
  return g_string_free (text, FALSE);
}

static void
test_replica (Fixture *f, gconstpointer data)
{
  WdReplica       *replica = open_replica (f);
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  g_assert_cmpint (wd_replica_get_seq (replica), ==, 0);
  g_assert_null (wd_replica_get_store (replica));
  apply (replica, 3, "a", WD_OBJECT_ORDER, "{\"n\":1}");
  apply (replica, 4, "b", WD_OBJECT_UNIT, "{\"n\":2}");
  apply (replica, 5, "c", WD_OBJECT_ORDER, "{\"n\":3}");
  apply (replica, 6, "a", WD_OBJECT_ORDER, "{\"n\":4}");
  apply (replica, 7, "c", WD_OBJECT_ORDER, NULL);
  g_assert_true (wd_replica_set_user (replica, "{\"id\":\"u\"}", NULL));
  wd_replica_close (replica);

  replica = open_replica (f);
  all = content (replica);
  g_assert_cmpstr (all, ==, "b 2 4 {\"n\":2};a 1 6 {\"n\":4};");
  g_assert_cmpint (wd_replica_get_seq (replica), ==, 7);
  g_assert_cmpstr (wd_replica_get_store (replica), ==, "store");
  g_assert_cmpstr (wd_replica_get_view (replica), ==, "view");
  g_assert_cmpstr (wd_replica_get_user (replica), ==, "{\"id\":\"u\"}");

  g_assert_true (wd_replica_clear (replica, NULL));
  none = content (replica);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpint (wd_replica_get_seq (replica), ==, 0);
  g_assert_cmpstr (wd_replica_get_user (replica), ==, "{\"id\":\"u\"}");
  wd_replica_close (replica);
}

static void
test_one_owner (Fixture *f, gconstpointer data)
{
  g_autoptr (WdReplica) replica = open_replica (f);
  g_autoptr (GError)    error = NULL;

  g_assert_null (wd_replica_open (f->replica, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BUSY);
}

static void
spoil (const char *path, gsize from, gsize to)
{
  g_autofree char *content = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  for (gsize i = from; i < MIN (to, size); i++)
    content[i] = (char)g_test_rand_int_range (0, 256);
  g_assert_true (g_file_set_contents (path, content, (gssize)size, NULL));
}

static void
test_damaged_replica (Fixture *f, gconstpointer data)
{
  static const gsize places[][2] = { { 0, 200 }, { 16, 100000 }, { 100, 4096 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      WdReplica       *replica = open_replica (f);
      g_autofree char *aside = g_strdup_printf ("%s.damaged-%u", f->replica, i + 1);

      for (guint n = 0; n < 50; n++)
        {
          g_autofree char *id = g_strdup_printf ("%u", n);

          apply (replica, n + 1, id, WD_OBJECT_ORDER, "{\"n\":1}");
        }
      wd_replica_close (replica);
      spoil (f->replica, places[i][0], places[i][1]);
      replica = open_replica (f);
      g_assert_cmpint (wd_replica_get_seq (replica), ==, 0);
      g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
      wd_replica_close (replica);
    }
}

/* --- the outbox ------------------------------------------------------------------- */

static void
put (WdOutbox *outbox, const char *id, const char *chain, gint64 hold_until)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\"}", id);
  WdOutboxEntry    entry = { .id = (char *)id, .chain = (char *)chain, .body = body, .given_at = 7, .hold_until = hold_until };

  g_assert_true (wd_outbox_put (outbox, &entry, NULL));
}

static void
assert_ready (WdOutbox *outbox, gint64 now, const char *expected)
{
  g_autoptr (GPtrArray) ready = wd_outbox_list_ready (outbox, now, 100000);
  g_autoptr (GString)   ids = g_string_new (NULL);

  for (guint i = 0; i < ready->len; i++)
    g_string_append (ids, ((WdOutboxEntry *)ready->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_outbox_order (Fixture *f, gconstpointer data)
{
  WdOutbox *outbox = open_outbox (f);

  put (outbox, "a", "1", 0);
  put (outbox, "b", "1", 0);
  put (outbox, "c", "2", 500);
  put (outbox, "d", "3", 0);
  put (outbox, "e", "2", 0);
  assert_ready (outbox, 100, "ad"); /* c is held, and e behind it waits */
  g_assert_cmpint (wd_outbox_next (outbox, 100), ==, 100);
  assert_ready (outbox, 500, "acd");
  g_assert_true (wd_outbox_remove (outbox, "a", NULL));
  assert_ready (outbox, 100, "bd");
  g_assert_true (wd_outbox_refuse (outbox, "b", "{\"code\":\"state\"}", NULL));
  put (outbox, "f", "1", 0);
  assert_ready (outbox, 100, "d"); /* a chain stops at its refusal */
  wd_outbox_release (outbox, "c");
  assert_ready (outbox, 100, "cd");
  wd_outbox_close (outbox);

  outbox = open_outbox (f);
  assert_ready (outbox, 0, "cd"); /* nothing is held after a crash, and what was refused still is */
  g_assert_cmpuint (wd_outbox_list (outbox)->len, ==, 5);
  g_assert_cmpstr (wd_outbox_find (outbox, "b")->problem, ==, "{\"code\":\"state\"}");
  g_assert_cmpstr (wd_outbox_find (outbox, "e")->body, ==, "{\"id\":\"e\"}");
  g_assert_cmpint (wd_outbox_find (outbox, "e")->given_at, ==, 7);
  wd_outbox_close (outbox);
}

/* All of it or nothing: the second that comes has an id that is there. */
static void
test_outbox_exchange (Fixture *f, gconstpointer data)
{
  WdOutbox             *outbox = open_outbox (f);
  WdOutboxEntry         entries[] = { { .id = (char *)"c", .chain = (char *)"1", .body = (char *)"{}" }, { .id = (char *)"b", .chain = (char *)"1", .body = (char *)"{}" } };
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  g_autoptr (GError)    error = NULL;

  put (outbox, "a", "1", 0);
  put (outbox, "b", "2", 0);
  g_ptr_array_add (both, &entries[0]);
  g_ptr_array_add (both, &entries[1]);
  g_assert_false (wd_outbox_exchange (outbox, (const char *[]){ "a", NULL }, both, &error));
  g_assert_nonnull (error);
  assert_ready (outbox, 0, "ab");
  wd_outbox_close (outbox);
  outbox = open_outbox (f);
  assert_ready (outbox, 0, "ab");
  g_assert_true (wd_outbox_exchange (outbox, (const char *[]){ "a", "b", "gone", NULL }, both, NULL));
  assert_ready (outbox, 0, "c");
  wd_outbox_close (outbox);
  outbox = open_outbox (f);
  assert_ready (outbox, 0, "c");
  g_assert_cmpuint (wd_outbox_list (outbox)->len, ==, 2);
  wd_outbox_close (outbox);
}

static void
test_outbox_next (Fixture *f, gconstpointer data)
{
  g_autoptr (WdOutbox) outbox = open_outbox (f);

  g_assert_cmpint (wd_outbox_next (outbox, 100), ==, G_MAXINT64);
  put (outbox, "a", "1", 0);
  put (outbox, "b", "1", 0);
  put (outbox, "c", "2", 400);
  g_assert_cmpint (wd_outbox_next (outbox, 100), ==, 100);
  g_assert_true (wd_outbox_refuse (outbox, "a", "{}", NULL));
  g_assert_cmpint (wd_outbox_next (outbox, 100), ==, 400); /* b stands behind a */
  g_assert_cmpint (wd_outbox_next (outbox, 500), ==, 500);
  g_assert_true (wd_outbox_remove (outbox, "c", NULL));
  g_assert_cmpint (wd_outbox_next (outbox, 100), ==, G_MAXINT64);
}

static void
put_joined (WdOutbox *outbox, const char *id, const char *chain, gint64 hold_until)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\"}", id);
  WdOutboxEntry    entry = { .id = (char *)id, .chain = (char *)chain, .body = body, .given_at = 7, .hold_until = hold_until, .joined = TRUE };

  g_assert_true (wd_outbox_put (outbox, &entry, NULL));
}

/* A redirect: its recall and its dispatch are one act, through a restart too; what comes after waits as ever. */
static void
test_outbox_joined (Fixture *f, gconstpointer data)
{
  WdOutbox             *outbox = open_outbox (f);
  g_autoptr (GPtrArray) one = NULL;

  put (outbox, "a", "1", 50);
  put (outbox, "x", "2", 0);
  put_joined (outbox, "b", "1", 50);
  put (outbox, "c", "1", 0);
  assert_ready (outbox, 0, "x");
  assert_ready (outbox, 50, "axb");
  one = wd_outbox_list_ready (outbox, 50, 0);
  g_assert_cmpuint (one->len, ==, 1); /* one by one is one by one */
  wd_outbox_close (outbox);

  outbox = open_outbox (f);
  assert_ready (outbox, 0, "axb");
  g_assert_false (wd_outbox_is_behind_refused (outbox, "b"));
  g_assert_true (wd_outbox_refuse (outbox, "a", "{}", NULL));
  assert_ready (outbox, 0, "x");
  g_assert_true (wd_outbox_is_behind_refused (outbox, "b"));
  g_assert_false (wd_outbox_is_behind_refused (outbox, "x"));
  wd_outbox_close (outbox);
}

static void
test_outbox_size (Fixture *f, gconstpointer data)
{
  g_autoptr (WdOutbox)  outbox = open_outbox (f);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;

  put (outbox, "a", "1", 0);
  put (outbox, "b", "2", 0);
  put (outbox, "c", "3", 0);
  one = wd_outbox_list_ready (outbox, 0, 0);
  two = wd_outbox_list_ready (outbox, 0, 2 * strlen ("{\"id\":\"a\"}"));
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (two->len, ==, 2);
}

/* A tear in the middle of a large outbox: what lies on the other pages is taken over, and the file kept. */
static void
test_drafts (Fixture *f, gconstpointer data)
{
  WdOutbox              *outbox = open_outbox (f);
  g_autoptr (GHashTable) drafts = NULL;

  g_assert_true (wd_outbox_put_draft (outbox, "a", "first", NULL));
  g_assert_true (wd_outbox_put_draft (outbox, "b", "other", NULL));
  g_assert_true (wd_outbox_put_draft (outbox, "a", "second", NULL));
  g_assert_true (wd_outbox_put_draft (outbox, "b", NULL, NULL));
  g_assert_true (wd_outbox_put_draft (outbox, "never there", NULL, NULL));
  wd_outbox_close (outbox);

  outbox = open_outbox (f);
  drafts = wd_outbox_read_drafts (outbox);
  g_assert_cmpuint (g_hash_table_size (drafts), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (drafts, "a"), ==, "second");
  wd_outbox_close (outbox);
}

static void
test_damaged_outbox (Fixture *f, gconstpointer data)
{
  WdOutbox        *outbox = open_outbox (f);
  g_autofree char *aside = g_strconcat (f->outbox, ".damaged-1", NULL);
  g_autofree char *content = NULL;
  gsize            size;

  for (guint n = 0; n < 300; n++)
    {
      g_autofree char *id = g_strdup_printf ("%03u", n);

      put (outbox, id, id, 0);
    }
  wd_outbox_close (outbox);
  g_assert_true (g_file_get_contents (f->outbox, &content, &size, NULL));
  spoil (f->outbox, size - 4096, size);

  outbox = open_outbox (f);
  g_test_message ("%u of 300 were rescued", wd_outbox_list (outbox)->len);
  if (g_file_test (aside, G_FILE_TEST_EXISTS))
    g_assert_cmpuint (wd_outbox_list (outbox)->len, >, 0);
  else
    g_assert_cmpuint (wd_outbox_list (outbox)->len, ==, 300); /* the tear hit nothing that is read */
  for (guint i = 0; i < wd_outbox_list (outbox)->len; i++)
    {
      const WdOutboxEntry *entry = wd_outbox_list (outbox)->pdata[i];
      g_autofree char     *body = g_strdup_printf ("{\"id\":\"%s\"}", entry->id);

      g_assert_cmpstr (entry->body, ==, body);
    }
  put (outbox, "new", "new", 0);
  wd_outbox_close (outbox);

  spoil (f->outbox, 0, 100);
  outbox = open_outbox (f);
  put (outbox, "newer", "newer", 0);
  wd_outbox_close (outbox);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/files/a copy is there again", Fixture, NULL, setup, test_replica, teardown);
  g_test_add ("/files/a copy has one owner", Fixture, NULL, setup, test_one_owner, teardown);
  g_test_add ("/files/a damaged copy is set aside", Fixture, NULL, setup, test_damaged_replica, teardown);
  g_test_add ("/files/commands about one object keep their order", Fixture, NULL, setup, test_outbox_order, teardown);
  g_test_add ("/files/the outbox knows when it is its turn", Fixture, NULL, setup, test_outbox_next, teardown);
  g_test_add ("/files/the outbox changes in one step", Fixture, NULL, setup, test_outbox_exchange, teardown);
  g_test_add ("/files/a request stays small", Fixture, NULL, setup, test_outbox_size, teardown);
  g_test_add ("/outbox/what-is-joined-goes-along", Fixture, NULL, setup, test_outbox_joined, teardown);
  g_test_add ("/files/drafts stay until they go", Fixture, NULL, setup, test_drafts, teardown);
  g_test_add ("/files/a damaged outbox is rescued", Fixture, NULL, setup, test_damaged_outbox, teardown);
  return g_test_run ();
}
