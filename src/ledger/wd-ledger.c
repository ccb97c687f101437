/* wd-ledger.c — opens a ledger, fills an empty one, keeps looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"
#include "wd-writing.h"

#include <string.h>

#define SCRIPTS "/waterdesk/ledger"

/* clang-format off */
static const WdStatement get_store = { "store-get",
  "SELECT id, key, mark FROM store" };
static const WdStatement add_store = { "store-add",
  "INSERT INTO store (id, made_at, key, mark) VALUES ($1, $2, $3, $4)" };
/* clang-format on */

/* --- keys ---------------------------------------------------------------- */

static const char *
path_of (const char *url)
{
  return g_str_has_prefix (url, "sqlite:") ? url + strlen ("sqlite:") : url;
}

gboolean
wd_ledger_is_there (const char *url)
{
  return g_file_test (path_of (url), G_FILE_TEST_EXISTS);
}

WdKeys *
wd_ledger_load_keys (const char *key_file, const char *url, GError **error)
{
  gboolean is_new = !wd_ledger_is_there (url);

  if (is_new || g_file_test (key_file, G_FILE_TEST_EXISTS))
    return wd_keys_load (key_file, is_new, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: the key file of the store %s is missing", key_file, path_of (url));
  return NULL;
}

/* By which a store knows its key file. */
static GBytes *
make_mark (WdKeys *keys, guint key, GError **error)
{
  g_autoptr (GBytes) what = g_bytes_new_static ("store", strlen ("store"));

  return wd_keys_chain (keys, key, NULL, what, error);
}

gboolean
wd_ledger_check_keys (WdStore *store, WdKeys *keys, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &get_store, NULL, "");
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) mark = NULL;

  if (rows == NULL || wd_rows_count (rows) == 0)
    return TRUE;
  kept = wd_rows_bytes (rows, 0, 2);
  mark = make_mark (keys, (guint)wd_rows_int (rows, 0, 1), NULL);
  if (kept != NULL && mark != NULL && g_bytes_equal (kept, mark))
    return TRUE;
  g_set_error_literal (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "this key file is not this store's");
  return FALSE;
}

/* --- an empty store ------------------------------------------------------ */

/* Those of its fields that are members of its verb. */
static GVariant *
category_members (const WdCategory *category)
{
  const WdVerbInfo    *info = wd_verb_info (WD_VERB_PUT_CATEGORY);
  g_autoptr (GVariant) fields = wd_record_to_variant (&wd_category_type, category);
  GVariantDict         members;

  g_variant_dict_init (&members, NULL);
  for (const WdMember *member = info->members; member->name != NULL; member++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (fields, member->name, NULL);

      if (value != NULL)
        g_variant_dict_insert_value (&members, member->name, value);
    }
  return g_variant_dict_end (&members);
}

static gboolean
seed_category (WdWriting *writing, const WdCategory *category, guint count, GError **error)
{
  g_autoptr (WdActor)   server = wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL);
  g_autofree char      *id = wd_uuid_v5 (writing->ledger->store_id, "category", count);
  g_autoptr (WdCommand) command = wd_command_new (id, WD_VERB_PUT_CATEGORY, NULL, category_members (category));
  g_autoptr (GPtrArray) events = wd_writing_decide (writing, server, command, error);

  if (events == NULL)
    return FALSE;
  return wd_writing_add (writing, events->pdata[events->len - 1], error);
}

/* Of data/: compiled in, since only an empty store ever looks at it. */
static GBytes *
look_up (const char *name, GError **error)
{
  g_autofree char *path = g_build_path ("/", SCRIPTS, name, NULL);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

static gboolean
seed (WdWriting *writing, GError **error)
{
  g_autofree char      *id = wd_uuid_v5 (writing->ledger->store_id, "policy", 1);
  g_autoptr (GBytes)    policies = look_up ("policy.json", error);
  g_autoptr (GBytes)    list = policies == NULL ? NULL : look_up ("categories.json", error);
  g_autoptr (WdPolicy)  policy = NULL;
  g_autoptr (GPtrArray) categories = NULL;
  g_autoptr (WdEvent)   event = NULL;

  if (list == NULL)
    return FALSE;
  policy = wd_policy_from_json (g_bytes_get_data (policies, NULL), (gssize)g_bytes_get_size (policies), error);
  if (policy == NULL)
    return FALSE;
  categories = wd_categories_from_json (g_bytes_get_data (list, NULL), (gssize)g_bytes_get_size (list), error);
  if (categories == NULL)
    return FALSE;
  event = wd_decide_seed (policy, id, writing->now);
  if (!wd_writing_add (writing, event, error))
    return FALSE;
  for (guint i = 0; i < categories->len; i++)
    if (!seed_category (writing, categories->pdata[i], i, error))
      return FALSE;
  return TRUE;
}

/* The row that says which store this is and what it starts with, in one transaction. */
static gboolean
fill (WdLedger *ledger, gint64 now, GError **error)
{
  WdWriting           *writing = wd_writing_begin (ledger, now, error);
  g_autoptr (WdCommit) commit = NULL;
  g_autoptr (GBytes)   mark = NULL;
  guint                key;

  if (writing == NULL)
    return FALSE;
  ledger->store_id = g_uuid_string_random ();
  key = wd_keys_current (ledger->keys);
  mark = make_mark (ledger->keys, key, NULL);
  wd_writing_write (writing, &add_store, "tiib", ledger->store_id, now, (gint64)key, mark);
  if (!wd_writing_start (writing, error) || !seed (writing, error))
    {
      wd_writing_abort (writing);
      return FALSE;
    }
  commit = wd_writing_finish (writing, NULL, error);
  return commit != NULL;
}

/* --- opening ------------------------------------------------------------- */

static gboolean
read_head (WdLedger *ledger, gint64 now, GError **error)
{
  WdWriting *writing = wd_writing_begin (ledger, now, error);

  if (writing == NULL)
    return FALSE;
  if (wd_writing_start (writing, error))
    {
      g_autoptr (WdCommit) nothing = wd_writing_finish (writing, NULL, error);

      return nothing != NULL;
    }
  wd_writing_abort (writing);
  return FALSE;
}

static gboolean
set_up (WdLedger *ledger, gint64 now, GError **error)
{
  g_autoptr (WdRows) rows = NULL;

  /* Before anything is written, the tables' next version too. */
  if (!wd_ledger_check_keys (ledger->store, ledger->keys, error) || wd_store_migrate (ledger->store, SCRIPTS, error) < 0)
    return FALSE;
  rows = wd_store_query (ledger->store, &get_store, error, "");
  if (rows == NULL)
    return FALSE;
  if (wd_rows_count (rows) == 0)
    return fill (ledger, now, error);
  ledger->store_id = g_strdup (wd_rows_text (rows, 0, 0, NULL));
  return read_head (ledger, now, error);
}

WdLedger *
wd_ledger_open (const char *url, WdKeys *keys, gint64 now, GError **error)
{
  g_autoptr (WdLedger) ledger = g_new0 (WdLedger, 1);

  ledger->keys = wd_keys_ref (keys);
  ledger->store = wd_store_open (url, WD_STORE_WRITE | WD_STORE_ALONE, error);
  if (ledger->store == NULL)
    return NULL;
  ledger->overlay = wd_overlay_new (ledger->store);
  if (!set_up (ledger, now, error))
    return NULL;
  return g_steal_pointer (&ledger);
}

void
wd_ledger_set_atlas (WdLedger *ledger, WdAtlas *atlas)
{
  ledger->atlas = atlas;
}

void
wd_ledger_close (WdLedger *ledger)
{
  if (ledger == NULL)
    return;
  wd_overlay_free (ledger->overlay);
  wd_store_close (ledger->store);
  wd_keys_unref (ledger->keys);
  g_clear_pointer (&ledger->zone, g_time_zone_unref);
  g_free (ledger->zone_name);
  g_free (ledger->store_id);
  g_free (ledger);
}

const char *
wd_ledger_store_id (WdLedger *ledger)
{
  return ledger->store_id;
}

gint64
wd_ledger_seq (WdLedger *ledger)
{
  return ledger->seq;
}

gint64
wd_ledger_last_time (WdLedger *ledger)
{
  return ledger->last_time;
}

WdStore *
wd_ledger_get_store (WdLedger *ledger)
{
  return ledger->store;
}

WdKeys *
wd_ledger_get_keys (WdLedger *ledger)
{
  return ledger->keys;
}

/* --- looks --------------------------------------------------------------- */

static gboolean
add_look (WdWriting *writing, const WdActor *actor, const char *order, const char *reason, GError **error)
{
  const WdHeld       *held = wd_overlay_hold (writing->ledger->overlay, order, error);
  g_autoptr (WdEvent) event = NULL;
  GVariantDict        members;

  if (held == NULL)
    return FALSE;
  if (held->record == NULL || held->kind != WD_OBJECT_ORDER || !wd_may_see (actor, held->kind, held->record))
    {
      g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND, "no such order");
      return FALSE;
    }
  event = wd_event_new (WD_VERB_LOOKED, WD_OBJECT_ORDER, order, writing->now, writing->now);
  event->by = g_strdup (actor->id);
  event->by_unit = g_strdup (actor->unit);
  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "reason", "s", reason);
  {
    g_autoptr (GVariant) given = g_variant_ref_sink (g_variant_dict_end (&members));

    wd_event_set_members (event, wd_verb_info (WD_VERB_LOOKED), given);
  }
  return wd_writing_add (writing, event, error);
}

WdCommit *
wd_ledger_looked (WdLedger *ledger, const WdActor *actor, const char *order, const char *reason, gint64 now, GError **error)
{
  WdWriting *writing = wd_writing_begin (ledger, now, error);

  if (writing == NULL)
    return NULL;
  wd_writing_ask (writing, order, TRUE);
  if (wd_writing_start (writing, error) && add_look (writing, actor, order, reason, error))
    return wd_writing_finish (writing, NULL, error);
  wd_writing_abort (writing);
  return NULL;
}
