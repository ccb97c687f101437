/* test-faults.c — a disk that fails in the middle: the state is the one before or the one after
 *
 * The n-th operation of the disk fails, n = 1, 2, … until the batch goes
 * through, once and for good; then the store is opened again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-fault-vfs.h"
#include "wd-ledger-fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static const char *const tables[] = { "events", "boxes", "object_keys", "objects", "orders", "audience", "schedule", "answers", "numbers" };

static char *
dump (WdFixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *table = wd_fixture_dump (fixture, tables[i]);

      g_string_append_printf (text, "%s\n%s", tables[i], table);
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
make_entries (WdFixture *fixture, guint round)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"00000000-0000-7000-9000-%06u%06u\",\"do\":\"receive\",\"channel\":\"hotline\","
                                               "\"category\":\"leak\",\"text\":\"%u\",\"caller\":{\"phone\":\"13812348000\"}}",
                                               round, i, i);

      g_ptr_array_add (entries, wd_fixture_entry (fixture, fixture->dispatcher, json));
    }
  return entries;
}

/* Returns: whether the batch was kept. */
static gboolean
try_batch (WdFixture *fixture, guint round)
{
  g_autoptr (GPtrArray) entries = make_entries (fixture, round);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WdCommit)  commit = wd_ledger_commit (fixture->ledger, entries, fixture->now, &error);

  for (guint i = 0; i < entries->len; i++)
    g_assert_true ((commit != NULL) == (((WdEntry *)entries->pdata[i])->answer != NULL));
  if (commit == NULL)
    g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FULL);
  return commit != NULL;
}

static void
test_nth_operation_fails (gconstpointer data)
{
  WdFault               fault = (WdFault)GPOINTER_TO_INT (data);
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  guint                 failures = 0;

  for (guint n = 1;; n++)
    {
      g_autofree char *before = dump (fixture);
      g_autofree char *after = NULL;
      gboolean         kept, failed;

      wd_fault_vfs_arm (fault, n);
      kept = try_batch (fixture, n);
      failed = wd_fault_vfs_disarm ();
      after = dump (fixture);
      g_assert_cmpint (kept, ==, !g_str_equal (before, after));
      /* The connection works again without being opened anew, and the same commands are taken. */
      g_assert_true (try_batch (fixture, n));
      if (!failed)
        break;
      failures++;
      /* What a process finds that comes after a crash here. */
      if (n % 4 == 0)
        {
          wd_fixture_close (fixture);
          wd_fixture_open (fixture);
        }
    }
  g_assert_cmpuint (failures, >, 3);
}

/* The disk as it really fills up: the file may not grow. */
static void
test_full_disk_keeps_nothing_and_recovers (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char      *before = dump (fixture);
  g_autofree char      *after = NULL;
  struct rlimit         limit, tight;
  struct stat           info;
  gint64                seq = wd_ledger_seq (fixture->ledger);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  tight = limit;
  tight.rlim_cur = (rlim_t)info.st_size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_false (try_batch (fixture, 1));
  g_assert_false (try_batch (fixture, 1));
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq);
  after = dump (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_true (try_batch (fixture, 1));
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq + 3);
}

static void
test_breach_survives_a_failing_disk (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = wd_fixture_receive (fixture);
  g_autofree char      *same = wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\"}", order);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WdCommit)  commit = NULL;
  gint64                next;

  fixture->now += 4 * WD_FIXTURE_MINUTE;
  wd_fault_vfs_arm (WD_FAULT_BROKEN, 1);
  g_assert_null (wd_ledger_fire (fixture->ledger, fixture->now, 100, &next, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FULL);
  wd_fault_vfs_disarm ();
  g_clear_error (&error);
  commit = wd_ledger_fire (fixture->ledger, fixture->now, 100, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpint (commit->seq, ==, commit->since + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  wd_fault_vfs_install ();
  g_test_add_data_func ("/faults/nth-operation-fails-once", GINT_TO_POINTER (WD_FAULT_ONCE), test_nth_operation_fails);
  g_test_add_data_func ("/faults/nth-operation-fails-for-good", GINT_TO_POINTER (WD_FAULT_BROKEN), test_nth_operation_fails);
  g_test_add_data_func ("/faults/disk-fills-at-the-nth-write", GINT_TO_POINTER (WD_FAULT_FULL), test_nth_operation_fails);
  g_test_add_func ("/faults/full-disk-keeps-nothing-and-recovers", test_full_disk_keeps_nothing_and_recovers);
  g_test_add_func ("/faults/breach-survives-a-failing-disk", test_breach_survives_a_failing_disk);
  return g_test_run ();
}
