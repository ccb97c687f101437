/* wd-import-orders.c — orders of another system, as commands
 *
 * Each row becomes a `receive` of the server's own, whose id comes from the
 * file's hash and the row's line, so that the same file again changes nothing.  Rows are checked by
 * the same code as commands; what it finds fault with is named by its column.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-json.h"

#include <string.h>

enum
{
  REFERENCE,
  CHANNEL,
  CATEGORY,
  TEXT,
  CALLER_NAME,
  CALLER_PHONE,
  ADDRESS,
  LON,
  LAT,
  RECEIVED_AT,
  DUE,
  NATURE,
  ACCOUNT
};

/* clang-format off */
static const WdCsvColumn columns[] = {
  [REFERENCE]    = { "reference",    FALSE },
  [CHANNEL]      = { "channel",      TRUE },
  [CATEGORY]     = { "category",     TRUE },
  [TEXT]         = { "text",         TRUE },
  [CALLER_NAME]  = { "caller_name",  FALSE },
  [CALLER_PHONE] = { "caller_phone", FALSE },
  [ADDRESS]      = { "address",      FALSE },
  [LON]          = { "lon",          FALSE },
  [LAT]          = { "lat",          FALSE },
  [RECEIVED_AT]  = { "received_at",  TRUE },
  [DUE]          = { "due",          FALSE },
  [NATURE]       = { "nature",       FALSE },
  [ACCOUNT]      = { "account",      FALSE },
  { NULL }
};

/* Members of the command that have another name than their column. */
static const char *const member_columns[][2] = {
  { "at",     "received_at" },
  { "point",  "lon" },
  { "caller", "caller_phone" },
};

static const WdStatement list_categories = { "import-categories",
  "SELECT body, inside FROM objects WHERE kind = 'category'" };
/* clang-format on */

typedef struct
{
  WdImport    *import;
  GHashTable  *categories; /* codes that are open */
  char        *file_id;    /* the file's hash as a UUID */
  WdImportTake take;
  gpointer     data;
} Reading;

/* ---- a row as a command ---- */

static gboolean
refuse (WdFault *fault, gint64 line, const char *column, GError **error, const char *reason)
{
  wd_fault_set (fault, line, column);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);
  return FALSE;
}

/* What a command was refused for, by the column that it came from. */
static void
refuse_member (WdFault *fault, gint64 line, const GError *refusal, GError **error)
{
  g_autofree char *field = wd_rule_error_dup_field (refusal);
  const char      *column = field;

  for (guint i = 0; i < G_N_ELEMENTS (member_columns); i++)
    if (g_strcmp0 (field, member_columns[i][0]) == 0)
      column = member_columns[i][1];
  refuse (fault, line, column, error, wd_rule_error_detail (refusal));
}

static void
set_text (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

/* A word that no table knows stays in the text. */
static void
keep_word (char **text, const char *word)
{
  g_autofree char *old = *text;

  if (strstr (old, word) != NULL)
    *text = g_steal_pointer (&old);
  else
    *text = g_strdup_printf ("%s: %s", word, old);
}

static const char *
channel_of (const char *word, char **text)
{
  g_autofree char *low = g_ascii_strdown (word, -1);
  const char      *ours = wd_import_word ("channel", word);
  int              value = wd_enum_value (WD_TYPE_CHANNEL, low);

  if (value != 0)
    return wd_enum_nick (WD_TYPE_CHANNEL, value);
  if (ours != NULL)
    return ours;
  keep_word (text, word);
  return wd_enum_nick (WD_TYPE_CHANNEL, WD_CHANNEL_HOTLINE); /* there is no other channel */
}

/* (transfer none) */
static const char *
category_of (const Reading *reading, const char *word, char **text)
{
  g_autofree char *low = g_ascii_strdown (word, -1);
  const char      *ours = g_hash_table_lookup (reading->categories, low);

  if (ours == NULL)
    ours = wd_import_word ("category", word);
  if (ours != NULL && g_hash_table_contains (reading->categories, ours))
    return ours;
  keep_word (text, word);
  return "other";
}

/* 0,0 is how others write that they don't know. */
static gboolean
add_point (JsonObject *object, const char *const *values, gint64 line, WdFault *fault, GError **error)
{
  double     lon, lat;
  JsonArray *point;

  if (values[LON] == NULL && values[LAT] == NULL)
    return TRUE;
  if (!wd_csv_number (values[LON], &lon))
    return refuse (fault, line, "lon", error, "this is no number");
  if (!wd_csv_number (values[LAT], &lat))
    return refuse (fault, line, "lat", error, "this is no number");
  if (lon == 0 && lat == 0)
    return TRUE;
  if (!(lat >= -90 && lat <= 90))
    return refuse (fault, line, "lat", error, "this is off the earth");
  point = json_array_sized_new (2);
  json_array_add_double_element (point, lon);
  json_array_add_double_element (point, lat);
  json_object_set_array_member (object, "point", point);
  return TRUE;
}

static void
add_caller (JsonObject *object, const char *const *values)
{
  JsonObject *caller;

  if (values[CALLER_NAME] == NULL && values[CALLER_PHONE] == NULL)
    return;
  caller = json_object_new ();
  set_text (caller, "name", values[CALLER_NAME]);
  set_text (caller, "phone", values[CALLER_PHONE]);
  json_object_set_object_member (object, "caller", caller);
}

static JsonObject *
make_object (const Reading *reading, const char *const *values, gint64 line, WdFault *fault, GError **error)
{
  static const guint     required[] = { CHANNEL, CATEGORY, TEXT, RECEIVED_AT };
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char       *id = wd_uuid_v5 (reading->file_id, "order", (guint)line);
  g_autofree char       *text = g_strdup (values[TEXT]);
  const char            *nature = values[NATURE];

  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    if (values[required[i]] == NULL)
      {
        refuse (fault, line, columns[required[i]].name, error, "this may not be empty");
        return NULL;
      }
  if (nature != NULL && wd_import_word ("nature", nature) != NULL)
    nature = wd_import_word ("nature", nature);
  set_text (object, "id", id);
  set_text (object, "do", wd_verb_info (WD_VERB_RECEIVE)->name);
  set_text (object, "at", values[RECEIVED_AT]);
  set_text (object, "channel", channel_of (values[CHANNEL], &text));
  set_text (object, "category", category_of (reading, values[CATEGORY], &text));
  set_text (object, "text", text);
  set_text (object, "nature", nature);
  set_text (object, "account", values[ACCOUNT]);
  set_text (object, "address", values[ADDRESS]);
  set_text (object, "reference", values[REFERENCE]);
  set_text (object, "due", values[DUE]);
  add_caller (object, values);
  return add_point (object, values, line, fault, error) ? g_steal_pointer (&object) : NULL;
}

static gboolean
take_row (const char *const *values, gint64 line, WdFault *fault, gpointer data, GError **error)
{
  const Reading         *reading = data;
  g_autoptr (JsonObject) object = make_object (reading, values, line, fault, error);
  g_autoptr (GError)     refusal = NULL;
  WdCommand             *command;
  WdImportRow           *row;

  if (object == NULL)
    return FALSE;
  command = wd_command_from_json (object, &refusal);
  if (command == NULL)
    {
      refuse_member (fault, line, refusal, error);
      return FALSE;
    }
  row = wd_import_row_new (line);
  row->text = wd_command_to_json (command);
  row->command = command;
  return reading->take (row, reading->data, error);
}

/* ---- the file ---- */

static GHashTable *
load_categories (const char *url, GError **error)
{
  g_autoptr (WdStore)    store = wd_store_open (url, WD_STORE_READ, error);
  g_autoptr (WdRows)     rows = store != NULL ? wd_store_query (store, &list_categories, error, "") : NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      g_autoptr (WdCategory) category = wd_record_from_texts (&wd_category_type, wd_rows_text (rows, i, 0, NULL), wd_rows_text (rows, i, 1, NULL), error);

      if (category == NULL)
        return NULL;
      if (!category->closed)
        g_hash_table_add (codes, g_strdup (category->code));
    }
  return g_steal_pointer (&codes);
}

static gboolean
read_orders (WdImport *import, WdImportTake take, gpointer data, GError **error)
{
  g_autoptr (GHashTable) categories = load_categories (import->host->url, error);
  const char            *h = import->hash;
  g_autofree char       *file_id = g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8, h + 12, h + 16, h + 20);
  Reading                reading = { import, categories, file_id, take, data };

  return categories != NULL && wd_csv_read (import->fd, columns, take_row, &reading, import->fault, error);
}

/* ---- on the ledger's thread ---- */

/* What only the server may say, or nothing can refuse any more. */
static void
set_member (WdCommand *command, const char *name, GVariant *value)
{
  GVariantDict members;

  g_variant_dict_init (&members, command->members);
  g_variant_dict_insert_value (&members, name, value);
  g_variant_unref (command->members);
  command->members = g_variant_ref_sink (g_variant_dict_end (&members));
}

static gboolean
read_command (WdImportRow *row, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (row->text, -1, error);

  row->command = root != NULL ? wd_command_from_json (json_node_get_object (root), error) : NULL;
  if (row->command != NULL)
    set_member (row->command, "imported", g_variant_new_boolean (TRUE));
  return row->command != NULL;
}

static gboolean
check_commands (WdWriting *writing, GPtrArray *rows, WdFault *fault, GError **error)
{
  g_autoptr (WdActor) server = wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL);

  if (!wd_writing_start (writing, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const WdImportRow    *row = rows->pdata[i];
      g_autoptr (GError)    refusal = NULL;
      g_autoptr (GPtrArray) events = wd_writing_decide (writing, server, row->command, &refusal);

      if (events != NULL)
        continue;
      if (refusal->domain == WD_RULE_ERROR)
        refuse_member (fault, row->line, refusal, error);
      else
        g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_orders (WdLedger *ledger, GPtrArray *rows, gint64 now, WdFault *fault, GError **error)
{
  WdWriting *writing = wd_writing_begin (ledger, now, error);
  gboolean   ok;

  if (writing == NULL)
    return FALSE;
  ok = check_commands (writing, rows, fault, error);
  wd_writing_abort (writing);
  return ok;
}

/* A category that was closed since the check: nothing may stop an accepted import any more. */
static void
settle_category (const WdWorld *world, WdCommand *command)
{
  const WdCategory *category = world->find (world->data, WD_OBJECT_CATEGORY, wd_members_text (command->members, "category"));

  if (category == NULL || category->closed)
    set_member (command, "category", g_variant_new_string ("other"));
}

static gboolean
write_order (WdWriting *writing, const WdActor *server, WdCommand *command, guint *changed, GError **error)
{
  const WdHeld         *held = wd_overlay_hold (writing->ledger->overlay, command->id, error);
  g_autoptr (GPtrArray) events = NULL;

  if (held == NULL)
    return FALSE;
  if (held->record != NULL)
    return TRUE;
  settle_category (&writing->outlook.world, command);
  events = wd_writing_decide (writing, server, command, error);
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!wd_writing_add (writing, events->pdata[i], error))
      return FALSE;
  (*changed)++;
  return TRUE;
}

static gboolean
write_orders (WdWriting *writing, GPtrArray *rows, guint *changed, GError **error)
{
  g_autoptr (WdActor) server = wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      if (!read_command (rows->pdata[i], error))
        return FALSE;
      wd_writing_ask (writing, ((WdImportRow *)rows->pdata[i])->command->id, TRUE);
    }
  if (!wd_writing_start (writing, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!write_order (writing, server, ((WdImportRow *)rows->pdata[i])->command, changed, error))
      return FALSE;
  return TRUE;
}

const WdImportKind wd_import_orders = { "orders", read_orders, check_orders, write_orders, 100, TRUE };
