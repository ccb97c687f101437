/* bench-ledger.c — what a command costs the writer, disk apart
 *
 * Orders go from call to finish in batches, in a folder that the caller names
 * (memory, so that syncs cost nothing).  Beside it the limit: as many rows of the same
 * size put into one table of the same SQLite.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ledger-fixture.h"

#include <glib/gstdio.h>
#include <time.h>

#define ORDERS 2000

static const struct
{
  const char *who;
  const char *json;
} steps[] = {
  { "d", "\"do\":\"dispatch\",\"unit\":\"east\",\"expect\":1" },
  { "e", "\"do\":\"receipt\",\"what\":\"shown\"" },
  { "e", "\"do\":\"accept\"" },
  { "e", "\"do\":\"contact\",\"text\":\"马上到\"" },
  { "e", "\"do\":\"arrive\"" },
  { "d", "\"do\":\"note\",\"text\":\"催一下，用户很着急\"" },
  { "e", "\"do\":\"finish\",\"result\":\"修好了\",\"no_evidence\":\"夜里\"" },
};

static double
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static WdEntry *
make (WdFixture *fixture, guint order, guint step)
{
  g_autofree char *json = NULL;

  if (step == 0)
    json = g_strdup_printf ("{\"id\":\"00000000-0000-7000-9000-%012u\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\","
                            "\"text\":\"人民路与中山路路口水管漏水，路面已经积水，影响行人通行\",\"caller\":{\"name\":\"张三\",\"phone\":\"13812%06u\"},"
                            "\"address\":\"人民路%u号\",\"point\":[120.2%03u,30.2]}",
                            order, order, order, order % 1000);
  else
    json = g_strdup_printf ("{\"order\":\"00000000-0000-7000-9000-%012u\",%s}", order, steps[step - 1].json);
  return wd_fixture_entry (fixture, step > 0 && *steps[step - 1].who == 'e' ? fixture->east : fixture->dispatcher, json);
}

static void
run_step (WdFixture *fixture, guint first, guint step, guint batch, double *parse_us, double *commit_us)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ORDERS; i += batch)
    {
      g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);
      g_autoptr (WdCommit)  commit = NULL;
      double                start = cpu_us (), middle;

      for (guint j = i; j < MIN (i + batch, ORDERS); j++)
        g_ptr_array_add (entries, make (fixture, first + j, step));
      middle = cpu_us ();
      commit = wd_ledger_commit (fixture->ledger, entries, fixture->now += 100, &error);
      g_assert_no_error (error);
      *parse_us += middle - start;
      *commit_us += cpu_us () - middle;
      if (strstr (((WdEntry *)entries->pdata[0])->answer, "\"ok\":true") == NULL)
        g_error ("%s", ((WdEntry *)entries->pdata[0])->answer);
    }
}

static double
run_limit (const char *folder, guint batch, guint n)
{
  static const WdStatement make_table = { "limit-make", "CREATE TABLE limits (id BIGINT PRIMARY KEY, body TEXT NOT NULL)" };
  static const WdStatement add_row = { "limit-add", "INSERT INTO limits (id, body) VALUES ($1, $2)" };
  g_autofree char         *path = g_build_filename (folder, "limit", NULL);
  g_autofree char         *body = g_strnfill (1500, 'x');
  g_autoptr (WdStore)      store = wd_store_open (path, WD_STORE_WRITE, NULL);
  double                   start;

  g_assert_true (wd_store_exec (store, &make_table, NULL, ""));
  start = cpu_us ();
  for (guint i = 0; i < n; i += batch)
    {
      g_autoptr (WdBatch) rows = wd_batch_new ();

      wd_store_begin (store, NULL);
      for (guint j = i; j < MIN (i + batch, n); j++)
        wd_batch_add (rows, &add_row, "it", (gint64)j, body);
      g_assert_true (wd_store_run (store, rows, NULL, NULL));
      g_assert_true (wd_store_commit (store, NULL));
    }
  start = cpu_us () - start;
  return start / n;
}

int
main (int argc, char **argv)
{
  static const guint batches[] = { 1, 20, 64 };

  g_print ("%-8s %8s %12s %12s\n", "verb", "batch", "in us", "writer us");
  for (guint b = 0; b < G_N_ELEMENTS (batches); b++)
    {
      g_autoptr (WdFixture) fixture = wd_fixture_new ();
      double                parse_all = 0, commit_all = 0;

      for (guint step = 0; step <= G_N_ELEMENTS (steps); step++)
        {
          double      parse_us = 0, commit_us = 0;
          const char *verb = step == 0 ? "receive" : steps[step - 1].json + strlen ("\"do\":\"");

          run_step (fixture, 0, step, batches[b], &parse_us, &commit_us);
          g_print ("%-8.*s %8u %12.1f %12.1f\n", (int)strcspn (verb, "\""), verb, batches[b], parse_us / ORDERS, commit_us / ORDERS);
          parse_all += parse_us;
          commit_all += commit_us;
        }
      g_print ("%-8s %8u %12.1f %12.1f   one row in one table: %.1f\n", "mean", batches[b], parse_all / ORDERS / (1 + G_N_ELEMENTS (steps)),
               commit_all / ORDERS / (1 + G_N_ELEMENTS (steps)), run_limit (fixture->folder, batches[b], ORDERS));
    }
  return 0;
}
