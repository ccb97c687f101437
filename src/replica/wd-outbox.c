/* wd-outbox.c — the commands that wait for the server's answer, on disk
 *
 * What is on disk is held in memory too: they are few.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-outbox.h"

#include "wd-replica.h"

#include <string.h>

struct _WdOutbox
{
  WdStore   *store;
  GPtrArray *entries; /* WdOutboxEntry, oldest first */
  gint64     place;   /* of the last one */
  gboolean   anew;
};

/* clang-format off */
static const WdStatement list_commands  = { "list_commands",  "SELECT place, id, chain, body, given_at, problem, before, joined FROM commands ORDER BY place" };
static const WdStatement put_command    = { "put_command",    "INSERT INTO commands (place, id, chain, body, given_at, problem, before, joined) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)" };
static const WdStatement drop_command   = { "drop_command",   "DELETE FROM commands WHERE id = $1" };
static const WdStatement refuse_command = { "refuse_command", "UPDATE commands SET problem = $1 WHERE id = $2" };
static const WdStatement rewrite_command = { "rewrite_command", "UPDATE commands SET body = $1 WHERE id = $2" };
static const WdStatement list_drafts    = { "list_drafts",    "SELECT id, body FROM drafts ORDER BY id" };
static const WdStatement put_draft      = { "put_draft",      "INSERT INTO drafts (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = $2" };
static const WdStatement drop_draft     = { "drop_draft",     "DELETE FROM drafts WHERE id = $1" };
/* clang-format on */

void
wd_outbox_entry_free (WdOutboxEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->chain);
  g_free (entry->body);
  g_free (entry->problem);
  g_free (entry->before);
  g_free (entry->draft);
  g_free (entry->anchor);
  g_free (entry);
}

WdOutboxEntry *
wd_outbox_entry_copy (const WdOutboxEntry *entry)
{
  WdOutboxEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->id = g_strdup (entry->id);
  copy->chain = g_strdup (entry->chain);
  copy->body = g_strdup (entry->body);
  copy->problem = g_strdup (entry->problem);
  copy->before = g_strdup (entry->before);
  copy->draft = g_strdup (entry->draft);
  copy->anchor = g_strdup (entry->anchor);
  return copy;
}

static gboolean
read_row (const WdRows *row, gpointer data)
{
  WdOutbox     *outbox = data;
  WdOutboxEntry entry = {
    .id = (char *)wd_rows_text (row, 0, 1, NULL),
    .chain = (char *)wd_rows_text (row, 0, 2, NULL),
    .body = (char *)wd_rows_text (row, 0, 3, NULL),
    .given_at = wd_rows_int (row, 0, 4),
    .problem = (char *)wd_rows_text (row, 0, 5, NULL),
    .before = (char *)wd_rows_text (row, 0, 6, NULL),
    .joined = wd_rows_int (row, 0, 7) == 1,
  };

  if (entry.id != NULL && entry.chain != NULL && entry.body != NULL)
    g_ptr_array_add (outbox->entries, wd_outbox_entry_copy (&entry));
  outbox->place = wd_rows_int (row, 0, 0);
  return TRUE;
}

static WdOutbox *
open_at (const char *path, GError **error)
{
  g_autoptr (WdOutbox) outbox = g_new0 (WdOutbox, 1);

  outbox->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_outbox_entry_free);
  outbox->store = wd_store_open (path, WD_STORE_WRITE | WD_STORE_ALONE, error);
  if (outbox->store == NULL || wd_store_migrate (outbox->store, "/waterdesk/replica/commands", error) < 0 ||
      !wd_store_each (outbox->store, &list_commands, read_row, outbox, error, ""))
    return NULL;
  return g_steal_pointer (&outbox);
}

static gboolean
read_draft (const WdRows *row, gpointer drafts)
{
  const char *id = wd_rows_text (row, 0, 0, NULL), *body = wd_rows_text (row, 0, 1, NULL);

  if (id != NULL && body != NULL)
    g_hash_table_insert (drafts, g_strdup (id), g_strdup (body));
  return TRUE;
}

static GHashTable *
read_drafts (WdStore *store)
{
  GHashTable *drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (store != NULL)
    wd_store_each (store, &list_drafts, read_draft, drafts, NULL, "");
  return drafts;
}

/* As far as the rows of a damaged file can be read. */
static GPtrArray *
rescue (const char *path, GHashTable **drafts)
{
  WdOutbox damaged = { .entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_outbox_entry_free) };

  damaged.store = wd_store_open (path, WD_STORE_READ, NULL);
  if (damaged.store != NULL)
    wd_store_each (damaged.store, &list_commands, read_row, &damaged, NULL, "");
  *drafts = read_drafts (damaged.store);
  wd_store_close (damaged.store);
  return damaged.entries;
}

static WdOutbox *
begin_anew (const char *path, GError **error)
{
  g_autoptr (GHashTable) drafts = NULL;
  g_autoptr (GPtrArray)  rescued = rescue (path, &drafts);
  g_autoptr (WdOutbox)   outbox = NULL;
  GHashTableIter         iter;
  gpointer               id, body;

  if (!wd_replica_set_aside (path, error) || (outbox = open_at (path, error)) == NULL)
    return NULL;
  for (guint i = 0; i < rescued->len; i++)
    if (!wd_outbox_put (outbox, rescued->pdata[i], error))
      return NULL;
  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &id, &body))
    if (!wd_outbox_put_draft (outbox, id, body, error))
      return NULL;
  outbox->anew = TRUE;
  return g_steal_pointer (&outbox);
}

WdOutbox *
wd_outbox_open (const char *path, GError **error)
{
  g_autoptr (GError) broken = NULL;
  WdOutbox          *outbox = open_at (path, &broken);

  if (outbox == NULL && g_error_matches (broken, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN))
    return begin_anew (path, error);
  if (outbox == NULL)
    g_propagate_error (error, g_steal_pointer (&broken));
  return outbox;
}

void
wd_outbox_close (WdOutbox *outbox)
{
  if (outbox == NULL)
    return;
  wd_store_close (outbox->store);
  g_ptr_array_unref (outbox->entries);
  g_free (outbox);
}

gboolean
wd_outbox_is_anew (WdOutbox *outbox)
{
  return outbox->anew;
}

GPtrArray *
wd_outbox_list (WdOutbox *outbox)
{
  return outbox->entries;
}

static gboolean
find (WdOutbox *outbox, const char *id, guint *index)
{
  for (guint i = 0; i < outbox->entries->len; i++)
    if (g_str_equal (((WdOutboxEntry *)outbox->entries->pdata[i])->id, id))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

WdOutboxEntry *
wd_outbox_find (WdOutbox *outbox, const char *id)
{
  guint index;

  return find (outbox, id, &index) ? outbox->entries->pdata[index] : NULL;
}

/* What it is joined to waits with it. */
static void
hold_before (WdOutbox *outbox, const WdOutboxEntry *entry)
{
  for (guint i = outbox->entries->len; i > 0; i--)
    {
      WdOutboxEntry *other = outbox->entries->pdata[i - 1];

      if (!g_str_equal (other->chain, entry->chain))
        continue;
      other->hold_until = MAX (other->hold_until, entry->hold_until);
      return;
    }
}

static gboolean
write_entry (WdOutbox *outbox, gint64 place, const WdOutboxEntry *entry, GError **error)
{
  if (!wd_store_exec (outbox->store, &put_command, error, "itttitti", place, entry->id, entry->chain, entry->body, entry->given_at,
                      entry->problem, entry->before, (gint64)entry->joined))
    return FALSE;
  return entry->draft == NULL || wd_store_exec (outbox->store, &drop_draft, error, "t", entry->draft);
}

static gboolean
write_all (WdOutbox *outbox, const char *const *going, GPtrArray *entries, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && going != NULL && going[i] != NULL; i++)
    ok = wd_store_exec (outbox->store, &drop_command, error, "t", going[i]);
  for (guint i = 0; ok && entries != NULL && i < entries->len; i++)
    ok = write_entry (outbox, outbox->place + 1 + i, entries->pdata[i], error);
  return ok;
}

static void
drop_entry (WdOutbox *outbox, const char *id)
{
  guint index;

  if (find (outbox, id, &index))
    g_ptr_array_remove_index (outbox->entries, index);
}

static void
add_entry (WdOutbox *outbox, const WdOutboxEntry *entry)
{
  outbox->place++;
  if (entry->joined)
    hold_before (outbox, entry);
  g_ptr_array_add (outbox->entries, wd_outbox_entry_copy (entry));
}

gboolean
wd_outbox_exchange (WdOutbox *outbox, const char *const *going, GPtrArray *entries, GError **error)
{
  if (!wd_store_begin (outbox->store, error))
    return FALSE;
  if (!write_all (outbox, going, entries, error))
    {
      wd_store_rollback (outbox->store);
      return FALSE;
    }
  if (!wd_store_commit (outbox->store, error))
    return FALSE;
  for (guint i = 0; going != NULL && going[i] != NULL; i++)
    drop_entry (outbox, going[i]);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    add_entry (outbox, entries->pdata[i]);
  return TRUE;
}

gboolean
wd_outbox_put (WdOutbox *outbox, const WdOutboxEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  g_ptr_array_add (entries, (gpointer)entry);
  return wd_outbox_exchange (outbox, NULL, entries, error);
}

gboolean
wd_outbox_remove (WdOutbox *outbox, const char *id, GError **error)
{
  return wd_outbox_exchange (outbox, (const char *[]){ id, NULL }, NULL, error);
}

gboolean
wd_outbox_refuse (WdOutbox *outbox, const char *id, const char *problem, GError **error)
{
  WdOutboxEntry *entry = wd_outbox_find (outbox, id);

  if (entry == NULL)
    return TRUE;
  if (!wd_store_exec (outbox->store, &refuse_command, error, "tt", problem, id))
    return FALSE;
  g_free (entry->problem);
  entry->problem = g_strdup (problem);
  return TRUE;
}

gboolean
wd_outbox_rewrite (WdOutbox *outbox, const char *id, const char *body, GError **error)
{
  WdOutboxEntry *entry = wd_outbox_find (outbox, id);

  if (entry == NULL)
    return TRUE;
  if (!wd_store_exec (outbox->store, &rewrite_command, error, "tt", body, id))
    return FALSE;
  g_free (entry->body);
  entry->body = g_strdup (body);
  return TRUE;
}

gboolean
wd_outbox_put_draft (WdOutbox *outbox, const char *id, const char *body, GError **error)
{
  if (body == NULL)
    return wd_store_exec (outbox->store, &drop_draft, error, "t", id);
  return wd_store_exec (outbox->store, &put_draft, error, "tt", id, body);
}

GHashTable *
wd_outbox_read_drafts (WdOutbox *outbox)
{
  return read_drafts (outbox->store);
}

void
wd_outbox_release (WdOutbox *outbox, const char *id)
{
  for (guint i = 0; i < outbox->entries->len; i++)
    {
      WdOutboxEntry *entry = outbox->entries->pdata[i];

      if (id == NULL || g_str_equal (entry->id, id))
        entry->hold_until = 0;
    }
}

gboolean
wd_outbox_is_behind_refused (WdOutbox *outbox, const char *id)
{
  const WdOutboxEntry *entry = wd_outbox_find (outbox, id);

  for (guint i = 0; entry != NULL && outbox->entries->pdata[i] != entry; i++)
    {
      const WdOutboxEntry *other = outbox->entries->pdata[i];

      if (other->problem != NULL && g_str_equal (other->chain, entry->chain))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
wd_outbox_list_ready (WdOutbox *outbox, gint64 now, gsize bytes)
{
  g_autoptr (GHashTable) chains = g_hash_table_new (g_str_hash, g_str_equal); /* whether the last one of each goes */
  GPtrArray             *ready = g_ptr_array_new ();
  gsize                  taken = 0;
  gboolean               full = FALSE;

  for (guint i = 0; i < outbox->entries->len; i++)
    {
      WdOutboxEntry *entry = outbox->entries->pdata[i];
      gsize          size = strlen (entry->body);
      gpointer       goes_on = NULL;
      gboolean       first = !g_hash_table_lookup_extended (chains, entry->chain, NULL, &goes_on);
      gboolean       may = entry->problem == NULL && entry->hold_until <= now;
      gboolean       goes = may && (first ? !full : entry->joined && bytes > 0 && GPOINTER_TO_INT (goes_on));

      if (goes && first && ready->len > 0 && taken + size > bytes)
        {
          full = TRUE; /* but for what is joined to what goes */
          goes = FALSE;
        }
      g_hash_table_insert (chains, entry->chain, GINT_TO_POINTER (goes));
      if (!goes)
        continue;
      g_ptr_array_add (ready, entry);
      taken += size;
    }
  return ready;
}

gint64
wd_outbox_next (WdOutbox *outbox, gint64 not_before)
{
  g_autoptr (GHashTable) chains = g_hash_table_new (g_str_hash, g_str_equal);
  gint64                 next = G_MAXINT64;

  for (guint i = 0; i < outbox->entries->len; i++)
    {
      WdOutboxEntry *entry = outbox->entries->pdata[i];

      if (g_hash_table_add (chains, entry->chain) && entry->problem == NULL)
        next = MIN (next, MAX (entry->hold_until, not_before));
    }
  return next;
}
