/* wd-ledger-fixture.c — a ledger in a folder of its own, with a house and people who give commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ledger-fixture.h"

#include "wd-json.h"

#include <glib/gstdio.h>

static void
put_unit (WdFixture *fixture, const char *code, double west)
{
  g_autofree char *id = wd_fixture_do (fixture, fixture->server,
                                       "{\"do\":\"put-unit\",\"code\":\"%s\",\"name\":\"%s water\",\"kind\":\"supply\",\"territory\":{\"type\":\"Polygon\","
                                       "\"coordinates\":[[[%g,30.1],[%g,30.1],[%g,30.3],[%g,30.3],[%g,30.1]]]}}",
                                       code, code, west, west + 0.1, west + 0.1, west, west);
}

static WdActor *
put_staff (WdFixture *fixture, const char *name, const char *role, const char *unit)
{
  g_autofree char *of_unit = unit == NULL ? g_strdup ("null") : g_strdup_printf ("\"%s\"", unit);
  g_autofree char *id = wd_fixture_do (fixture, fixture->server, "{\"do\":\"put-staff\",\"name\":\"%s\",\"role\":\"%s\",\"unit\":%s}", name, role, of_unit);

  return wd_actor_new (id, name, wd_enum_value (WD_TYPE_ROLE, role), unit);
}

WdFixture *
wd_fixture_new (void)
{
  WdFixture         *fixture = g_new0 (WdFixture, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char   *key_file = NULL;

  fixture->folder = g_dir_make_tmp ("waterdesk-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  key_file = g_build_filename (fixture->folder, "key", NULL);
  fixture->keys = wd_keys_load (key_file, TRUE, &error);
  g_assert_no_error (error);
  fixture->now = WD_FIXTURE_START;
  fixture->server = wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL);
  wd_fixture_open (fixture);
  put_unit (fixture, "east", 120.2);
  put_unit (fixture, "west", 120.1);
  fixture->dispatcher = put_staff (fixture, "dispatcher", "dispatcher", NULL);
  fixture->supervisor = put_staff (fixture, "supervisor", "supervisor", NULL);
  fixture->east = put_staff (fixture, "east", "unit", "east");
  fixture->west = put_staff (fixture, "west", "unit", "west");
  fixture->admin = put_staff (fixture, "admin", "admin", NULL);
  return fixture;
}

void
wd_fixture_open (WdFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->ledger = wd_ledger_open (fixture->path, fixture->keys, fixture->now, &error);
  g_assert_no_error (error);
}

void
wd_fixture_close (WdFixture *fixture)
{
  g_clear_pointer (&fixture->ledger, wd_ledger_close);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

void
wd_fixture_free (WdFixture *fixture)
{
  wd_fixture_close (fixture);
  remove_folder (fixture->folder);
  wd_keys_unref (fixture->keys);
  wd_actor_free (fixture->server);
  wd_actor_free (fixture->dispatcher);
  wd_actor_free (fixture->supervisor);
  wd_actor_free (fixture->east);
  wd_actor_free (fixture->west);
  wd_actor_free (fixture->admin);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
}

char *
wd_fixture_id (WdFixture *fixture)
{
  return g_strdup_printf ("00000000-0000-7000-8000-%012u", ++fixture->ids);
}

WdEntry *
wd_fixture_entry (WdFixture *fixture, const WdActor *actor, const char *json)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_json_parse (json, -1, &error);

  g_assert_no_error (error);
  if (!json_object_has_member (json_node_get_object (root), "id"))
    {
      g_autofree char *id = wd_fixture_id (fixture);

      json_object_set_string_member (json_node_get_object (root), "id", id);
    }
  return wd_entry_new (actor, json_node_get_object (root), NULL);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return json_node_dup_object (root);
}

static JsonObject *
give (WdFixture *fixture, const WdActor *actor, const char *json)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WdCommit)  commit = NULL;
  WdEntry              *entry = wd_fixture_entry (fixture, actor, json);

  g_ptr_array_add (entries, entry);
  commit = wd_ledger_commit (fixture->ledger, entries, fixture->now, &error);
  g_assert_no_error (error);
  g_assert_nonnull (commit);
  return parse (entry->answer);
}

JsonObject *
wd_fixture_give (WdFixture *fixture, const WdActor *actor, const char *format, ...)
{
  g_autofree char *json = NULL;
  va_list          values;

  va_start (values, format);
  json = g_strdup_vprintf (format, values);
  va_end (values);
  return give (fixture, actor, json);
}

char *
wd_fixture_do (WdFixture *fixture, const WdActor *actor, const char *format, ...)
{
  g_autofree char       *json = NULL;
  g_autoptr (JsonObject) answer = NULL;
  va_list                values;

  va_start (values, format);
  json = g_strdup_vprintf (format, values);
  va_end (values);
  answer = give (fixture, actor, json);
  if (!json_object_get_boolean_member (answer, "ok"))
    g_error ("%s: %s", json, json_object_get_string_member (json_object_get_object_member (answer, "error"), "code"));
  return g_strdup (json_object_get_string_member (json_object_get_object_member (answer, "object"), "id"));
}

void
wd_fixture_refuse (WdFixture *fixture, const WdActor *actor, const char *code, const char *format, ...)
{
  g_autofree char       *json = NULL;
  g_autoptr (JsonObject) answer = NULL;
  va_list                values;

  va_start (values, format);
  json = g_strdup_vprintf (format, values);
  va_end (values);
  answer = give (fixture, actor, json);
  g_assert_false (json_object_get_boolean_member (answer, "ok"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (answer, "error"), "code"), ==, code);
}

char *
wd_fixture_receive (WdFixture *fixture)
{
  return wd_fixture_do (fixture, fixture->dispatcher,
                        "{\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"路面漏水\","
                        "\"caller\":{\"name\":\"张三\",\"phone\":\"13812348000\"},\"address\":\"人民路12号\",\"point\":[120.25,30.2]}");
}

JsonObject *
wd_fixture_body (WdFixture *fixture, const char *id)
{
  static const WdStatement get_body = { "test-body", "SELECT body FROM objects WHERE id = $1" };
  g_autoptr (GError)       error = NULL;
  g_autoptr (WdRows)       rows = wd_store_query (wd_ledger_get_store (fixture->ledger), &get_body, &error, "t", id);

  g_assert_no_error (error);
  return wd_rows_count (rows) == 1 ? parse (wd_rows_text (rows, 0, 0, NULL)) : NULL;
}

static void
append_cell (GString *text, const WdRows *rows, guint row, guint column)
{
  g_autoptr (GBytes) bytes = wd_rows_bytes (rows, row, column);
  const char        *string = wd_rows_text (rows, row, column, NULL);

  if (wd_rows_is_null (rows, row, column))
    g_string_append_c (text, '-');
  else if (string != NULL)
    g_string_append (text, string);
  else if (bytes != NULL)
    {
      g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      g_string_append (text, sum);
    }
  else
    g_string_append_printf (text, "%.17g", wd_rows_real (rows, row, column));
  g_string_append_c (text, '|');
}

char *
wd_fixture_dump (WdFixture *fixture, const char *table)
{
  g_autofree char    *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", table);
  const WdStatement   statement = { "test-dump", sql };
  g_autoptr (GError)  error = NULL;
  g_autoptr (WdStore) store = wd_store_open (fixture->path, WD_STORE_READ, &error);
  g_autoptr (WdRows)  rows = NULL;
  GString            *text = g_string_new (NULL);

  g_assert_no_error (error);
  rows = wd_store_query (store, &statement, &error, "");
  g_assert_no_error (error);
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      for (guint j = 0; j < wd_rows_columns (rows); j++)
        append_cell (text, rows, i, j);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
