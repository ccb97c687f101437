/* wd-overlay.c — the state as the commands of one transaction see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-overlay.h"

#include "wd-districts.h"
#include "wd-event-row.h"
#include "wd-json.h"
#include "wd-outage.h"

#define ORDERS_HELD 2000

struct _WdOverlay
{
  WdStore     *store;
  guint64      transaction;
  GHashTable  *by_id;    /* id -> WdHeld, owns */
  GHashTable  *by_code;  /* KIND:CODE -> WdHeld */
  GPtrArray   *policies; /* WdHeld */
  GQueue       orders;   /* WdHeld, the last used first */
  GPtrArray   *nothings; /* ids of this transaction of which there was no row */
  gint64       seen;     /* up to here what is held on is known to be true */
  gboolean     has_units;
  gboolean     has_policies;
  WdDistricts *districts;
  GArray      *asked; /* places in the batch of wd_overlay_ask*() */
  GPtrArray   *asked_ids;
};

#define COLUMNS "id, kind, code, seq, body, inside"

/* clang-format off */
static const WdStatement find_object = { "objects-find",
  "SELECT " COLUMNS " FROM objects WHERE id = $1" };
static const WdStatement find_by_code = { "objects-find-code",
  "SELECT " COLUMNS " FROM objects WHERE kind = $1 AND code = $2" };
static const WdStatement list_kind = { "objects-list-kind",
  "SELECT " COLUMNS " FROM objects WHERE kind = $1 AND kind <> 'order' ORDER BY seq" };
static const WdStatement list_changed = { "objects-list-changed",
  "SELECT id, kind FROM objects WHERE kind <> 'order' AND seq > $1" };
/* clang-format on */

/* What is of one transaction only. */
static void
held_rest (WdHeld *held)
{
  held->touched = held->is_new = held->new_search = FALSE;
  g_clear_pointer (&held->readers_before, g_strfreev);
  g_clear_pointer (&held->phone, g_bytes_unref);
  g_clear_pointer (&held->caller_box, g_free);
  g_clear_pointer (&held->key, g_bytes_unref);
  g_clear_pointer (&held->body, g_bytes_unref);
}

static void
held_free (gpointer data)
{
  WdHeld *held = data;

  held_rest (held);
  if (held->record != NULL)
    wd_record_free (wd_object_type (held->kind), held->record);
  g_strfreev (held->readers);
  g_free (held->code);
  g_free (held->id);
  g_free (held);
}

WdOverlay *
wd_overlay_new (WdStore *store)
{
  WdOverlay *overlay = g_new0 (WdOverlay, 1);

  overlay->store = store;
  overlay->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, held_free);
  overlay->by_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  overlay->policies = g_ptr_array_new ();
  overlay->nothings = g_ptr_array_new_with_free_func (g_free);
  overlay->districts = wd_districts_new ();
  overlay->asked = g_array_new (FALSE, FALSE, sizeof (guint));
  overlay->asked_ids = g_ptr_array_new_with_free_func (g_free);
  return overlay;
}

void
wd_overlay_free (WdOverlay *overlay)
{
  if (overlay == NULL)
    return;
  g_hash_table_unref (overlay->by_code);
  g_hash_table_unref (overlay->by_id);
  g_ptr_array_unref (overlay->policies);
  g_ptr_array_unref (overlay->nothings);
  wd_districts_free (overlay->districts);
  g_array_unref (overlay->asked);
  g_ptr_array_unref (overlay->asked_ids);
  g_free (overlay);
}

/* --- holding ------------------------------------------------------------- */

static char *
code_key (WdObjectKind kind, const char *code)
{
  return g_strdup_printf ("%d:%s", kind, code);
}

/* Of those there are many: they are read each time, and few are held on. */
static gboolean
is_plenty (WdObjectKind kind)
{
  return wd_object_has_clocks (kind) || kind == WD_OBJECT_CALL;
}

/* To the front of the orders. */
static void
use_order (WdOverlay *overlay, WdHeld *held)
{
  if (held->used.data != NULL)
    g_queue_unlink (&overlay->orders, &held->used);
  held->used.data = held;
  g_queue_push_head_link (&overlay->orders, &held->used);
}

void
wd_overlay_index (WdOverlay *overlay, WdHeld *held)
{
  if (held->code != NULL)
    g_hash_table_replace (overlay->by_code, code_key (held->kind, held->code), held);
  if (is_plenty (held->kind))
    use_order (overlay, held);
  else if (held->kind == WD_OBJECT_UNIT)
    wd_districts_put (overlay->districts, held->record);
  else if (held->kind == WD_OBJECT_POLICY && !g_ptr_array_find (overlay->policies, held, NULL))
    g_ptr_array_add (overlay->policies, held);
}

static void
let_go (WdOverlay *overlay, WdHeld *held)
{
  if (held->code != NULL)
    {
      g_autofree char *key = code_key (held->kind, held->code);

      g_hash_table_remove (overlay->by_code, key);
    }
  if (held->used.data != NULL)
    g_queue_unlink (&overlay->orders, &held->used);
  g_ptr_array_remove (overlay->policies, held);
  g_hash_table_remove (overlay->by_id, held->id);
}

static WdHeld *
hold_nothing (WdOverlay *overlay, const char *id)
{
  WdHeld *held = g_new0 (WdHeld, 1);

  held->id = g_strdup (id);
  held->asked = overlay->transaction;
  g_hash_table_insert (overlay->by_id, held->id, held);
  g_ptr_array_add (overlay->nothings, g_strdup (id));
  return held;
}

/* What is held of it can be believed in this transaction. */
static gboolean
is_fresh (const WdOverlay *overlay, const WdHeld *held)
{
  return !is_plenty (held->kind) || held->asked == overlay->transaction;
}

static gboolean
parse_row (WdOverlay *overlay, WdHeld *held, const WdRows *rows, guint row, GError **error)
{
  gpointer record = wd_record_from_texts (wd_object_type (held->kind), wd_rows_text (rows, row, 4, NULL), wd_rows_text (rows, row, 5, NULL), error);

  if (record == NULL)
    {
      g_prefix_error (error, "%s %s: ", wd_kind_to_text (held->kind), held->id);
      return FALSE;
    }
  if (held->record != NULL)
    wd_record_free (wd_object_type (held->kind), held->record);
  g_clear_pointer (&held->readers, g_strfreev);
  held->record = record;
  held->seq = wd_rows_int (rows, row, 3);
  return TRUE;
}

static WdHeld *
hold_row (WdOverlay *overlay, const WdRows *rows, guint row, GError **error)
{
  const char *id = wd_rows_text (rows, row, 0, NULL);
  WdHeld     *held = g_hash_table_lookup (overlay->by_id, id);

  if (held == NULL)
    {
      held = g_new0 (WdHeld, 1);
      held->id = g_strdup (id);
      held->kind = wd_kind_from_text (wd_rows_text (rows, row, 1, NULL));
      held->code = g_strdup (wd_rows_text (rows, row, 2, NULL));
      g_hash_table_insert (overlay->by_id, held->id, held);
    }
  else if (is_fresh (overlay, held))
    return held;
  if (held->seq != wd_rows_int (rows, row, 3) && !parse_row (overlay, held, rows, row, error))
    {
      let_go (overlay, held);
      return NULL;
    }
  held->asked = overlay->transaction;
  wd_overlay_index (overlay, held);
  return held;
}

/* --- the start of a transaction ------------------------------------------ */

void
wd_overlay_ask_changes (WdOverlay *overlay, WdBatch *batch)
{
  guint place = wd_batch_add (batch, &list_changed, "i", overlay->seen);

  overlay->transaction++;
  g_array_set_size (overlay->asked, 0);
  g_ptr_array_set_size (overlay->asked_ids, 0);
  g_array_append_val (overlay->asked, place);
  g_ptr_array_add (overlay->asked_ids, NULL);
}

void
wd_overlay_ask (WdOverlay *overlay, WdBatch *batch, const char *id)
{
  guint place = wd_batch_add (batch, &find_object, "t", id);

  g_array_append_val (overlay->asked, place);
  g_ptr_array_add (overlay->asked_ids, g_strdup (id));
}

static void
take_changes (WdOverlay *overlay, const WdRows *rows)
{
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      WdHeld      *held = g_hash_table_lookup (overlay->by_id, wd_rows_text (rows, i, 0, NULL));
      WdObjectKind kind = wd_kind_from_text (wd_rows_text (rows, i, 1, NULL));

      if (held != NULL)
        let_go (overlay, held);
      if (kind == WD_OBJECT_UNIT)
        overlay->has_units = FALSE;
      else if (kind == WD_OBJECT_POLICY)
        overlay->has_policies = FALSE;
    }
}

void
wd_overlay_take (WdOverlay *overlay, const WdBatch *batch)
{
  for (guint i = 0; i < overlay->asked->len; i++)
    {
      const WdRows *rows = wd_batch_rows (batch, g_array_index (overlay->asked, guint, i));
      const char   *id = overlay->asked_ids->pdata[i];

      if (id == NULL)
        take_changes (overlay, rows);
      else if (wd_rows_count (rows) == 1)
        hold_row (overlay, rows, 0, NULL);
      else if (!g_hash_table_contains (overlay->by_id, id))
        hold_nothing (overlay, id);
    }
}

/* --- looking for more ---------------------------------------------------- */

WdHeld *
wd_overlay_hold (WdOverlay *overlay, const char *id, GError **error)
{
  WdHeld            *held = g_hash_table_lookup (overlay->by_id, id);
  g_autoptr (WdRows) rows = NULL;

  if (held != NULL && is_fresh (overlay, held))
    return held;
  rows = wd_store_query (overlay->store, &find_object, error, "t", id);
  if (rows == NULL)
    return NULL;
  return wd_rows_count (rows) == 1 ? hold_row (overlay, rows, 0, error) : hold_nothing (overlay, id);
}

WdHeld *
wd_overlay_find_code (WdOverlay *overlay, WdObjectKind kind, const char *code, GError **error)
{
  g_autofree char   *key = code_key (kind, code);
  WdHeld            *held = g_hash_table_lookup (overlay->by_code, key);
  g_autoptr (WdRows) rows = NULL;

  if (held != NULL)
    return held;
  rows = wd_store_query (overlay->store, &find_by_code, error, "tt", wd_kind_to_text (kind), code);
  return rows != NULL && wd_rows_count (rows) == 1 ? hold_row (overlay, rows, 0, error) : NULL;
}

/* All objects of a kind of which there are few. */
static gboolean
hold_all (WdOverlay *overlay, WdObjectKind kind, gboolean *has, GError **error)
{
  g_autoptr (WdRows) rows = NULL;

  if (*has)
    return TRUE;
  rows = wd_store_query (overlay->store, &list_kind, error, "t", wd_kind_to_text (kind));
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    if (hold_row (overlay, rows, i, error) == NULL)
      return FALSE;
  *has = TRUE;
  return TRUE;
}

GStrv
wd_overlay_districts (WdOverlay *overlay, const WdPoint *point, GError **error)
{
  if (!hold_all (overlay, WD_OBJECT_UNIT, &overlay->has_units, error))
    return NULL;
  return wd_districts_find_all (overlay->districts, point);
}

gboolean
wd_overlay_lies_outside (WdOverlay *overlay, const char *area, WdPoint *at, GError **error)
{
  return hold_all (overlay, WD_OBJECT_UNIT, &overlay->has_units, error) && wd_districts_lies_outside (overlay->districts, area, at);
}

const WdPolicy *
wd_overlay_policy (WdOverlay *overlay, gint64 version, gint64 now, GError **error)
{
  const WdPolicy *found = NULL;

  if (!hold_all (overlay, WD_OBJECT_POLICY, &overlay->has_policies, error))
    return NULL;
  for (guint i = 0; i < overlay->policies->len; i++)
    {
      const WdPolicy *policy = ((WdHeld *)overlay->policies->pdata[i])->record;

      if (version > 0 ? policy->version == version : policy->effective <= now && (found == NULL || policy->version > found->version))
        found = policy;
    }
  return found;
}

/* --- the end of a transaction -------------------------------------------- */

void
wd_overlay_settle (WdOverlay *overlay, gint64 seq, GPtrArray *touched)
{
  overlay->seen = seq;
  for (guint i = 0; i < touched->len; i++)
    held_rest (touched->pdata[i]);
  for (guint i = 0; i < overlay->nothings->len; i++)
    {
      WdHeld *held = g_hash_table_lookup (overlay->by_id, overlay->nothings->pdata[i]);

      if (held != NULL && held->record == NULL)
        let_go (overlay, held);
    }
  g_ptr_array_set_size (overlay->nothings, 0);
  while (overlay->orders.length > ORDERS_HELD)
    let_go (overlay, g_queue_peek_tail (&overlay->orders));
}

void
wd_overlay_clear (WdOverlay *overlay)
{
  g_queue_init (&overlay->orders);
  g_ptr_array_set_size (overlay->nothings, 0);
  g_hash_table_remove_all (overlay->by_code);
  g_ptr_array_set_size (overlay->policies, 0);
  g_hash_table_remove_all (overlay->by_id);
  wd_districts_free (overlay->districts);
  overlay->districts = wd_districts_new ();
  overlay->has_units = overlay->has_policies = FALSE;
  overlay->seen = 0;
}
