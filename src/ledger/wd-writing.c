/* wd-writing.c — one transaction of the ledger in the making
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-writing.h"

#include "wd-atlas-private.h"
#include "wd-chain.h"
#include "wd-event-row.h"
#include "wd-outage.h"

/* clang-format off */
static const WdStatement get_head = { "events-head",
  "SELECT seq, hash, entered_at FROM events ORDER BY seq DESC LIMIT 1" };
static const WdStatement add_event = { "events-add",
  "INSERT INTO events (" WD_EVENT_COLUMNS ", key, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)" };
static const WdStatement add_box = { "boxes-add",
  "INSERT INTO boxes (id, object, field, sealed) VALUES ($1, $2, $3, $4)" };
static const WdStatement get_key = { "object-keys-get",
  "SELECT wrapped FROM object_keys WHERE object = $1" };
static const WdStatement add_key = { "object-keys-add",
  "INSERT INTO object_keys (object, wrapped) VALUES ($1, $2)" };
/* clang-format on */

static void
writing_free (WdWriting *writing)
{
  wd_outlook_clear (&writing->outlook);
  wd_batch_free (writing->reads);
  wd_batch_free (writing->writes);
  g_array_unref (writing->owners);
  g_ptr_array_unref (writing->touched);
  g_clear_pointer (&writing->moves, g_ptr_array_unref);
  g_hash_table_unref (writing->key_places);
  g_clear_pointer (&writing->hash, g_bytes_unref);
  g_hash_table_unref (writing->numbers);
  g_free (writing);
}

WdWriting *
wd_writing_begin (WdLedger *ledger, gint64 now, GError **error)
{
  WdWriting *writing;

  if (!wd_store_begin (ledger->store, error))
    return NULL;
  writing = g_new0 (WdWriting, 1);
  writing->ledger = ledger;
  writing->now = now;
  wd_outlook_init (&writing->outlook, ledger->overlay, ledger->atlas, now);
  writing->reads = wd_batch_new ();
  writing->writes = wd_batch_new ();
  writing->owners = g_array_new (FALSE, FALSE, sizeof (guint));
  writing->owner = WD_NO_OWNER;
  writing->touched = g_ptr_array_new ();
  writing->moves = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_customer_move_free);
  writing->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  writing->key_places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  writing->head = wd_batch_add (writing->reads, &get_head, "");
  wd_overlay_ask_changes (ledger->overlay, writing->reads);
  return writing;
}

void
wd_writing_ask (WdWriting *writing, const char *object, gboolean with_key)
{
  wd_overlay_ask (writing->ledger->overlay, writing->reads, object);
  if (with_key && !g_hash_table_contains (writing->key_places, object))
    g_hash_table_insert (writing->key_places, g_strdup (object),
                         GUINT_TO_POINTER (wd_batch_add (writing->reads, &get_key, "t", object)));
}

gboolean
wd_writing_start (WdWriting *writing, GError **error)
{
  const WdRows *head;

  if (!wd_store_run (writing->ledger->store, writing->reads, NULL, error))
    return FALSE;
  wd_overlay_take (writing->ledger->overlay, writing->reads);
  head = wd_batch_rows (writing->reads, writing->head);
  if (wd_rows_count (head) > 0)
    {
      writing->since = writing->seq = wd_rows_int (head, 0, 0);
      writing->hash = wd_rows_bytes (head, 0, 1);
      writing->last_time = wd_rows_int (head, 0, 2);
    }
  return TRUE;
}

void
wd_writing_write (WdWriting *writing, const WdStatement *statement, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  wd_batch_add_valist (writing->writes, statement, format, &values);
  va_end (values);
  g_array_append_val (writing->owners, writing->owner);
}

gboolean
wd_writing_is_owned (const GError *error, guint owner)
{
  return owner != WD_NO_OWNER && (error->domain != WD_STORE_ERROR || error->code == WD_STORE_ERROR_FAILED);
}

/* --- events -------------------------------------------------------------- */

/* The key that seals what is private of @held: read, or made where it has none. */
static gboolean
need_key (WdWriting *writing, WdHeld *held, GError **error)
{
  WdLedger          *ledger = writing->ledger;
  g_autoptr (WdRows) found = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  const WdRows      *rows;
  gpointer           place;

  if (held->key != NULL)
    return TRUE;
  if (g_hash_table_lookup_extended (writing->key_places, held->id, NULL, &place))
    rows = wd_batch_rows (writing->reads, GPOINTER_TO_UINT (place));
  else
    rows = found = wd_store_query (ledger->store, &get_key, error, "t", held->id);
  if (rows == NULL)
    return FALSE;
  if (wd_rows_count (rows) == 1)
    {
      wrapped = wd_rows_bytes (rows, 0, 0);
      held->key = wd_keys_unwrap_object_key (ledger->keys, held->id, wrapped, error);
      return held->key != NULL;
    }
  held->key = wd_keys_new_object_key (ledger->keys, held->id, &wrapped);
  wd_writing_write (writing, &add_key, "tb", held->id, wrapped);
  return TRUE;
}

static GPtrArray *
seal (WdWriting *writing, const WdEvent *event, GError **error)
{
  WdHeld    *held = wd_overlay_hold (writing->ledger->overlay, event->object, error);
  GPtrArray *boxes;

  if (held == NULL || (event->sealed != NULL && !need_key (writing, held, error)))
    return NULL;
  boxes = wd_event_seal (event, held->key);
  for (guint i = 0; i < boxes->len; i++)
    {
      const WdBox *box = boxes->pdata[i];

      wd_writing_write (writing, &add_box, "tttb", box->id, event->object, box->field, box->sealed);
    }
  return boxes;
}

static gboolean
chain (WdWriting *writing, const WdEvent *event, GPtrArray *boxes, GError **error)
{
  guint            key = wd_keys_current (writing->ledger->keys);
  g_autofree char *data = wd_event_data (event);
  g_autofree char *names = wd_boxes_to_text (boxes);
  WdChainEvent     link = { event->seq, key, wd_verb_info (event->verb)->name, wd_kind_to_text (event->kind), event->object,
                            event->at, event->entered_at, event->by, event->by_unit, data, names };
  GBytes          *hash = wd_chain_link (writing->ledger->keys, &link, writing->hash, error);

  if (hash == NULL)
    return FALSE;
  g_clear_pointer (&writing->hash, g_bytes_unref);
  writing->hash = hash;
  wd_writing_write (writing, &add_event, "itttiittttib", event->seq, link.verb, link.kind, link.object, link.at, link.entered_at,
                    link.by, link.by_unit, data, names, (gint64)key, hash);
  return TRUE;
}

GPtrArray *
wd_writing_decide (WdWriting *writing, const WdActor *actor, const WdCommand *command, GError **error)
{
  return wd_outlook_decide (&writing->outlook, actor, command, error);
}

gboolean
wd_writing_add (WdWriting *writing, WdEvent *event, GError **error)
{
  g_autoptr (GPtrArray) boxes = NULL;

  event->seq = writing->seq + 1;
  if (wd_numbers_prefix (event) != NULL && !wd_numbers_give (writing, event, error))
    return FALSE;
  boxes = seal (writing, event, error);
  return boxes != NULL && chain (writing, event, boxes, error) && wd_writing_derive (writing, event, boxes, error);
}

/* --- what follows from them ---------------------------------------------- */

static char *
code_of (const WdHeld *held)
{
  switch ((int)held->kind)
    {
    case WD_OBJECT_UNIT: return g_strdup (((const WdUnit *)held->record)->code);
    case WD_OBJECT_CATEGORY: return g_strdup (((const WdCategory *)held->record)->code);
    case WD_OBJECT_STAFF: return g_strdup (((const WdStaff *)held->record)->name);
    case WD_OBJECT_POLICY: return g_strdup_printf ("%" G_GINT64_FORMAT, ((const WdPolicy *)held->record)->version);
    default: return NULL;
    }
}

static void
touch (WdWriting *writing, WdHeld *held)
{
  held->owner = writing->owner;
  if (held->touched)
    return;
  held->touched = TRUE;
  held->is_new = held->record == NULL;
  if (held->record != NULL && held->readers == NULL)
    held->readers = wd_object_readers (held->kind, held->record);
  held->readers_before = g_strdupv (held->readers);
  held->due_before = held->record != NULL ? wd_object_next_due (held->kind, held->record) : 0;
  g_ptr_array_add (writing->touched, held);
}

/* Whom a new order's caller is found by, and where the caller lies. */
static void
note_caller (WdWriting *writing, WdHeld *held, const WdEvent *event, GPtrArray *boxes)
{
  g_autoptr (GVariant) caller = wd_event_lookup (event, "caller");
  const char          *phone;

  if (caller != NULL && g_variant_is_of_type (caller, G_VARIANT_TYPE ("a{ss}")) && g_variant_lookup (caller, "phone", "&s", &phone))
    held->phone = wd_keys_phone (writing->ledger->keys, phone);
  for (guint i = 0; i < boxes->len; i++)
    {
      const WdBox *box = boxes->pdata[i];

      if (box->sealed != NULL && g_str_equal (box->field, "caller"))
        held->caller_box = g_strdup (box->id);
    }
}

gboolean
wd_writing_derive (WdWriting *writing, const WdEvent *event, GPtrArray *boxes, GError **error)
{
  WdOverlay      *overlay = writing->ledger->overlay;
  WdHeld         *held = wd_overlay_hold (overlay, event->object, error);
  const WdPolicy *policy = NULL;

  writing->seq = event->seq;
  writing->last_time = MAX (writing->last_time, event->entered_at);
  if (held == NULL)
    return FALSE;
  if (event->kind == WD_OBJECT_NONE)
    return TRUE;
  if (wd_object_has_clocks (event->kind))
    {
      policy = wd_overlay_policy (overlay, wd_policy_version_for (held->record, event), event->entered_at, error);
      if (policy == NULL)
        return FALSE;
    }
  if (held->record != NULL && held->kind != event->kind)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "%s is another kind of thing already", event->object);
      return FALSE;
    }
  touch (writing, held);
  held->kind = event->kind;
  if (event->verb == WD_VERB_RECEIVE)
    {
      note_caller (writing, held, event, boxes);
    }
  wd_numbers_note (writing, event);
  held->new_search |= event->verb == WD_VERB_CLASSIFY;
  held->record = wd_apply (held->record, event, policy);
  held->seq = event->seq;
  g_free (held->code);
  held->code = code_of (held);
  wd_overlay_index (overlay, held);
  wd_audience_follow (writing, held, event->seq);
  return TRUE;
}

/* --- the end ------------------------------------------------------------- */

static gboolean
write_all (WdWriting *writing, guint *owner, GError **error)
{
  guint failed = 0;

  for (guint i = 0; i < writing->touched->len; i++)
    {
      WdHeld *held = writing->touched->pdata[i];

      writing->owner = held->owner;
      wd_state_write (writing, held);
      wd_schedule_write (writing, held);
    }
  writing->owner = WD_NO_OWNER;
  wd_numbers_write (writing);
  if (wd_store_run (writing->ledger->store, writing->writes, &failed, error))
    return TRUE;
  if (owner != NULL)
    *owner = g_array_index (writing->owners, guint, failed);
  return FALSE;
}

gboolean
wd_writing_flush (WdWriting *writing, GError **error)
{
  if (!write_all (writing, NULL, error))
    return FALSE;
  wd_overlay_settle (writing->ledger->overlay, writing->seq, writing->touched);
  g_ptr_array_set_size (writing->touched, 0);
  g_array_set_size (writing->owners, 0);
  wd_batch_free (writing->writes);
  writing->writes = wd_batch_new ();
  return TRUE;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const WdChange *one = *(const WdChange *const *)a, *other = *(const WdChange *const *)b;

  return one->seq < other->seq ? -1 : 1;
}

static WdCommit *
make_commit (WdWriting *writing)
{
  WdCommit *commit = wd_commit_new (writing->since, writing->seq);

  for (guint i = 0; i < writing->touched->len; i++)
    {
      WdHeld   *held = writing->touched->pdata[i];
      WdChange *change = g_new0 (WdChange, 1);

      change->seq = held->seq;
      change->kind = held->kind;
      change->id = g_strdup (held->id);
      change->version = wd_object_version (held->kind, held->record);
      change->body = g_bytes_ref (held->body);
      wd_audience_leavers (held, &change->readers, &change->left);
      g_ptr_array_add (commit->changes, change);
    }
  g_ptr_array_sort (commit->changes, compare_changes);
  return commit;
}

WdCommit *
wd_writing_finish (WdWriting *writing, guint *owner, GError **error)
{
  WdLedger *ledger = writing->ledger;
  WdCommit *commit = NULL;

  if (owner != NULL)
    *owner = WD_NO_OWNER;
  if (write_all (writing, owner, error) && wd_store_commit (ledger->store, error))
    {
      commit = make_commit (writing);
      ledger->seq = writing->seq;
      ledger->last_time = writing->last_time;
      if (ledger->atlas != NULL)
        wd_atlas_follow (ledger->atlas, writing->touched, g_steal_pointer (&writing->moves));
      wd_overlay_settle (ledger->overlay, writing->seq, writing->touched);
      writing_free (writing);
    }
  else
    wd_writing_abort (writing);
  return commit;
}

void
wd_writing_abort (WdWriting *writing)
{
  wd_store_rollback (writing->ledger->store);
  wd_overlay_clear (writing->ledger->overlay);
  writing_free (writing);
}
