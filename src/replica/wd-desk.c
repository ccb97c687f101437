/* wd-desk.c — what a desktop knows and does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include <string.h>

#define ID_CHARACTERS 36

enum
{
  PROP_0,
  PROP_WAITING,
  PROP_STOPPED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
guint              wd_desk_signals[WD_DESK_N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdDesk, wd_desk, G_TYPE_OBJECT)

static void
list_gone (gpointer data, GObject *list)
{
  g_ptr_array_remove_fast (((WdDesk *)data)->lists, list);
}

static void
wd_desk_dispose (GObject *object)
{
  WdDesk *self = WD_DESK (object);

  g_clear_handle_id (&self->reset_source, g_source_remove);
  if (self->uplink != NULL)
    wd_uplink_listen (self->uplink, NULL, NULL);
  g_clear_object (&self->uplink);
  for (guint i = 0; i < self->lists->len; i++)
    g_object_weak_unref (self->lists->pdata[i], list_gone, self);
  g_ptr_array_set_size (self->lists, 0);
  G_OBJECT_CLASS (wd_desk_parent_class)->dispose (object);
}

static void
wd_desk_finalize (GObject *object)
{
  WdDesk *self = WD_DESK (object);

  g_clear_pointer (&self->actor, wd_actor_free);
  g_hash_table_unref (self->items);
  for (int kind = 0; kind < WD_N_KINDS; kind++)
    g_hash_table_unref (self->copies[kind]);
  g_ptr_array_unref (self->lists);
  g_object_unref (self->areas);
  g_object_unref (self->units);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->crews);
  g_ptr_array_unref (self->presence);
  g_clear_pointer (&self->territories, wd_territories_free);
  g_clear_pointer (&self->places, wd_point_index_free);
  g_ptr_array_unref (self->refusals);
  g_hash_table_unref (self->drafts);
  g_ptr_array_unref (self->pending);
  G_OBJECT_CLASS (wd_desk_parent_class)->finalize (object);
}

static guint
count_waiting (WdDesk *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pending->len; i++)
    {
      const WdPending *pending = self->pending->pdata[i];

      n += pending->refusal == NULL && pending->done_seq == 0 && !pending->undoing && !wd_pending_is_quiet (pending);
    }
  return n;
}

static guint
count_stopped (WdDesk *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pending->len; i++)
    {
      const WdPending *pending = self->pending->pdata[i];

      n += pending->refusal != NULL && !pending->undoing;
    }
  return n;
}

static void
wd_desk_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  WdDesk *self = WD_DESK (object);

  switch (property)
    {
    case PROP_WAITING: g_value_set_uint (value, count_waiting (self)); break;
    case PROP_STOPPED: g_value_set_uint (value, count_stopped (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec); break;
    }
}

static guint
add_signal (const char *name, GType type)
{
  return g_signal_new (name, WD_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, type != G_TYPE_NONE ? 1 : 0, type);
}

static void
wd_desk_class_init (WdDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GType         text = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;

  object_class->get_property = wd_desk_get_property;
  object_class->dispose = wd_desk_dispose;
  object_class->finalize = wd_desk_finalize;
  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STOPPED] = g_param_spec_uint ("stopped", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  wd_desk_signals[WD_DESK_LOADED] = add_signal ("loaded", G_TYPE_NONE);
  wd_desk_signals[WD_DESK_RESET] = add_signal ("reset", G_TYPE_NONE);
  wd_desk_signals[WD_DESK_ORDER_ADDED] = add_signal ("order-added", text);
  wd_desk_signals[WD_DESK_ORDER_CHANGED] = add_signal ("order-changed", text);
  wd_desk_signals[WD_DESK_ORDER_REMOVED] = add_signal ("order-removed", text);
  wd_desk_signals[WD_DESK_AREAS_CHANGED] = add_signal ("areas-changed", G_TYPE_NONE);
  wd_desk_signals[WD_DESK_HOUSE_CHANGED] = add_signal ("house-changed", G_TYPE_NONE);
  wd_desk_signals[WD_DESK_PRESENCE_CHANGED] = add_signal ("presence-changed", G_TYPE_NONE);
  wd_desk_signals[WD_DESK_ACTOR_CHANGED] = add_signal ("actor-changed", G_TYPE_NONE);
  wd_desk_signals[WD_DESK_ANSWERED] = add_signal ("answered", text);
  wd_desk_signals[WD_DESK_REFUSED] = add_signal ("refused", G_TYPE_POINTER);
  wd_desk_signals[WD_DESK_UNDO_MISSED] = add_signal ("undo-missed", text);
  wd_desk_signals[WD_DESK_SET_ASIDE] = add_signal ("set-aside", text);
  wd_desk_signals[WD_DESK_FAILED] = add_signal ("failed", text);
  wd_desk_signals[WD_DESK_DRAFT_STAYS] = add_signal ("draft-stays", text);
}

static void
wd_desk_init (WdDesk *self)
{
  for (int kind = 0; kind < WD_N_KINDS; kind++)
    self->copies[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)wd_copy_unref);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->lists = g_ptr_array_new ();
  self->areas = g_list_store_new (WD_TYPE_AREA_ITEM);
  self->units = g_list_store_new (WD_TYPE_UNIT_ITEM);
  self->counts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->dirty = g_hash_table_new (NULL, NULL);
  self->crews = g_hash_table_new (NULL, NULL);
  self->presence = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_news_presence_free);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_pending_free);
  self->refusals = g_ptr_array_new ();
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
wd_desk_notify_waiting (WdDesk *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPED]);
}

/* --- news from the link ---------------------------------------------------------- */

static void
take_actor (WdDesk *self, WdNews *news)
{
  gboolean same = self->actor != NULL && g_strcmp0 (self->actor->id, news->actor->id) == 0 &&
                  self->actor->role == news->actor->role && g_strcmp0 (self->actor->unit, news->actor->unit) == 0;

  g_clear_pointer (&self->actor, wd_actor_free);
  self->actor = g_steal_pointer (&news->actor);
  if (same)
    return;
  wd_desk_regroup (self);
  g_signal_emit (self, wd_desk_signals[WD_DESK_ACTOR_CHANGED], 0);
}

static void
take_drafts (WdDesk *self, WdNews *news)
{
  g_hash_table_unref (self->drafts);
  self->drafts = g_steal_pointer (&news->drafts);
}

/* What was typed for an order goes with it.  While all comes anew an order that is not here has not left. */
static void
drop_left_drafts (WdDesk *self)
{
  g_autofree const char **ids = (const char **)g_hash_table_get_keys_as_array (self->drafts, NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup (ids[i]);
      gsize            length = strlen (id);

      if ((g_str_has_prefix (id, WD_DRAFT_NOTE) || g_str_has_prefix (id, WD_DRAFT_VERB)) && length > ID_CHARACTERS &&
          wd_desk_get_order (self, id + length - ID_CHARACTERS) == NULL)
        wd_desk_keep_draft (self, id, NULL);
    }
}

static void
take_objects (WdDesk *self, const WdNews *news)
{
  wd_desk_take_objects (self, news->objects, news->seq != 0);
  if (wd_uplink_get_state (self->uplink) == WD_UPLINK_LIVE)
    drop_left_drafts (self);
}

static void
take_loaded (WdDesk *self)
{
  self->loaded = TRUE;
  wd_desk_show_pending (self);
  g_signal_emit (self, wd_desk_signals[WD_DESK_LOADED], 0);
}

static void
take_failure (WdDesk *self, const WdNews *news)
{
  wd_desk_take_answer (self, news);
  g_signal_emit (self, wd_desk_signals[WD_DESK_FAILED], 0, news->text);
}

static void
take_end (WdDesk *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->closing);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
hear (WdNews *news, gpointer data)
{
  WdDesk *self = data;

  switch (news->kind)
    {
    case WD_NEWS_STATE: wd_desk_follow_link (self); break;
    case WD_NEWS_ACTOR: take_actor (self, news); break;
    case WD_NEWS_HELLO: wd_desk_forget_presence (self); break;
    case WD_NEWS_OBJECTS: take_objects (self, news); break;
    case WD_NEWS_WAITING: wd_desk_take_waiting (self, news->entries); break;
    case WD_NEWS_DRAFTS: take_drafts (self, news); break;
    case WD_NEWS_LOADED: take_loaded (self); break;
    case WD_NEWS_RESET: wd_desk_forget_objects (self); break;
    case WD_NEWS_REACHED:
      wd_desk_reached (self, news->seq);
      wd_desk_show_pending (self);
      drop_left_drafts (self);
      break;
    case WD_NEWS_ANSWERED:
    case WD_NEWS_REFUSED:
    case WD_NEWS_UNDONE:
    case WD_NEWS_UNDO_MISSED:
    case WD_NEWS_STAYS: wd_desk_take_answer (self, news); break;
    case WD_NEWS_PRESENCE: wd_desk_take_presence (self, news->presence); break;
    case WD_NEWS_SET_ASIDE: g_signal_emit (self, wd_desk_signals[WD_DESK_SET_ASIDE], 0, news->text); break;
    case WD_NEWS_FAILED: take_failure (self, news); break;
    case WD_NEWS_ENDED: take_end (self); break;
    case WD_NEWS_TOKEN:
    case WD_NEWS_OPENED:
    case WD_NEWS_HEARD:
    default: break;
    }
}

/* --- public ------------------------------------------------------------------------ */

WdDesk *
wd_desk_new (const char *servers, const char *user, const char *folder, const char *token)
{
  WdDesk *self = g_object_new (WD_TYPE_DESK, NULL);

  self->uplink = wd_uplink_new (servers, user, folder);
  wd_uplink_listen (self->uplink, hear, self);
  wd_uplink_start (self->uplink, token);
  return self;
}

WdUplink *
wd_desk_get_uplink (WdDesk *self)
{
  return self->uplink;
}

const WdActor *
wd_desk_get_actor (WdDesk *self)
{
  return self->actor;
}

gint64
wd_desk_now (WdDesk *self)
{
  return wd_uplink_now (self->uplink);
}

/* RFC 9562: 48 bits of Unix time, then chance. */
char *
wd_desk_new_id (void)
{
  guint64 time = (guint64)(g_get_real_time () / 1000);

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%08x%04x", (guint)(time >> 16), (guint)(time & 0xffff), g_random_int () & 0xfff,
                          0x8000 | (g_random_int () & 0x3fff), g_random_int (), g_random_int () & 0xffff);
}

WdOrderList *
wd_desk_list_orders (WdDesk *self, WdOrderFilter filter, gpointer data, GDestroyNotify destroy)
{
  WdOrderList          *list = wd_order_list_new (filter, data, destroy);
  g_autoptr (GPtrArray) items = wd_desk_list_items (self);

  wd_order_list_begin_bulk (list, items);
  wd_order_list_end_bulk (list, items);
  g_ptr_array_add (self->lists, list);
  g_object_weak_ref (G_OBJECT (list), list_gone, self);
  return list;
}

WdOrderItem *
wd_desk_get_order (WdDesk *self, const char *id)
{
  return g_hash_table_lookup (self->items, id);
}

guint
wd_desk_get_n_orders (WdDesk *self)
{
  return g_hash_table_size (self->items);
}

gboolean
wd_desk_is_filling (WdDesk *self)
{
  return !self->loaded || wd_uplink_get_state (self->uplink) == WD_UPLINK_CATCHING_UP;
}

guint
wd_desk_get_n_open (WdDesk *self)
{
  return self->n_open;
}

void
wd_desk_foreach_order (WdDesk *self, WdOrderFunc func, gpointer data)
{
  GHashTableIter iter;
  WdOrderItem   *item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    func (item, data);
}

GHashTable *
wd_desk_get_drafts (WdDesk *self)
{
  return self->drafts;
}

void
wd_desk_keep_draft (WdDesk *self, const char *id, const char *text)
{
  if (g_strcmp0 (g_hash_table_lookup (self->drafts, id), text) == 0)
    return;
  if (text != NULL)
    g_hash_table_insert (self->drafts, g_strdup (id), g_strdup (text));
  else
    g_hash_table_remove (self->drafts, id);
  wd_uplink_keep_draft (self->uplink, id, text);
}

void
wd_desk_close_async (WdDesk *self, gboolean sign_out, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (self->closing == NULL);

  self->closing = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->closing, wd_desk_close_async);
  wd_uplink_end (self->uplink, TRUE, sign_out);
}

gboolean
wd_desk_close_finish (WdDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
