/* import-desk.c — brings files into a fixture's ledger, and looks what became of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "import-desk.h"

#include "wd-json.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
run (WdLedgerFunc func, gpointer data, gpointer owner)
{
  Desk *desk = owner;

  func (desk->fixture->ledger, desk->fixture->now, data);
  if (desk->meanwhile)
    {
      g_autofree char *id = wd_fixture_receive (desk->fixture);

      desk->others++;
    }
}

static void
publish (WdCommit *commit, gpointer owner)
{
  Desk *desk = owner;

  desk->commits++;
  wd_commit_free (commit);
}

static void
say (const char *text, gsize length, gpointer owner)
{
  Desk            *desk = owner;
  g_autofree char *step = desk->die_at != NULL ? g_strdup_printf ("\"%s\"", desk->die_at) : NULL;

  if (step != NULL && strstr (text, step) != NULL)
    _exit (7);
  if (desk->cancel_at != NULL && strstr (text, desk->cancel_at) != NULL)
    g_cancellable_cancel (desk->host.cancellable);
}

void
desk_init (Desk *desk, WdFixture *fixture)
{
  *desk = (Desk){ fixture };
  desk->host = (WdHost){ fixture->path, fixture->keys, fixture->folder, NULL, run, publish, say, NULL, desk };
}

int
desk_file (const char *text)
{
  int fd = memfd_create ("import", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize)strlen (text));
  return fd;
}

void
desk_import (Desk *desk, const char *kind, const char *text, gint64 rows, gint64 changed)
{
  g_autoptr (GError) error = NULL;
  int                fd = desk_file (text);
  WdImported         done;
  WdFault            fault;

  wd_import (&desk->host, kind, fd, NULL, &done, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done.rows, ==, rows);
  g_assert_cmpint (done.changed, ==, changed);
  close (fd);
}

void
desk_refuse (Desk *desk, const char *kind, const char *text, gint64 line, const char *column)
{
  g_autoptr (GError) error = NULL;
  int                fd = desk_file (text);
  WdImported         done;
  WdFault            fault;

  g_assert_false (wd_import (&desk->host, kind, fd, NULL, &done, &fault, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpint (fault.line, ==, line);
  g_assert_cmpstr (fault.column, ==, column);
  close (fd);
}

gint64
desk_count (WdFixture *fixture, const char *sql)
{
  const WdStatement  statement = { "test-count", sql };
  g_autoptr (GError) error = NULL;
  g_autoptr (WdRows) rows = NULL;
  WdStore           *store = wd_store_open (fixture->path, WD_STORE_READ, &error);
  gint64             value;

  g_assert_no_error (error);
  rows = wd_store_query (store, &statement, &error, "");
  g_assert_no_error (error);
  value = wd_rows_int (rows, 0, 0);
  wd_store_close (store);
  return value;
}

JsonNode *
desk_parse (GString *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode          *node;

  g_assert_nonnull (json);
  node = wd_json_parse (json->str, json->len, &error);
  g_assert_no_error (error);
  g_string_free (json, TRUE);
  return node;
}
