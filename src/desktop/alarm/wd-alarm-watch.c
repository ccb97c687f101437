/* wd-alarm-watch.c — keeps the alarms of a desk as its copy, its link and the other desks stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-watch.h"

#include "wd-format.h"
#include "wd-moments.h"

#define SLICE 256 /* orders read in one go: below a millisecond */
#define LINK "link"

struct _WdAlarmWatch
{
  GObject parent_instance;

  WdDesk      *desk;
  WdAlarmBook *book;
  GTimeZone   *zone;
  gint64       policy;  /* version that all was read by */
  WdMoments   *moments; /* of all orders that are or will be an alarm */
  GPtrArray   *sweep;   /* ids still to be read, when all are read anew; NULL while they are not */
  guint        slice;
  guint        tell;
  gboolean     stale;     /* all are to be read anew */
  GHashTable  *bad_since; /* code of a unit -> since when nobody is at its desk (real milliseconds) */
  gint64       lost_since;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdAlarmWatch, wd_alarm_watch, G_TYPE_OBJECT)

static gint64
real_now (void)
{
  return g_get_monotonic_time () / 1000;
}

/* --- orders -------------------------------------------------------------------------------------- */

static gboolean
read_order (WdAlarmWatch *self, const char *id)
{
  WdOrderItem   *item = wd_desk_get_order (self->desk, id);
  const WdOrder *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  WdAlarmSign    signs[WD_ALARM_MAX_SIGNS];
  gint64         next = 0;
  guint          n = 0;
  gboolean       changed;

  if (order != NULL)
    {
      WdAlarmView view = { wd_desk_get_actor (self->desk), self->zone, wd_desk_now (self->desk) };

      n = wd_alarm_read_order (order, wd_desk_get_policy (self->desk, order->policy), &view, signs, &next);
    }
  changed = wd_alarm_book_put (self->book, id, signs, n, wd_desk_now (self->desk));
  wd_moments_set (self->moments, id, next != 0 ? next : n > 0 ? G_MAXINT64
                                                              : 0);
  return changed;
}

static gboolean
tell_cb (gpointer data)
{
  WdAlarmWatch *self = data;

  self->tell = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Orders may come by the hundred: told is once. */
static void
order_changed_cb (WdAlarmWatch *self, const char *id)
{
  if (read_order (self, id) && self->tell == 0)
    self->tell = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_cb, self, NULL);
}

static gboolean
read_due (WdAlarmWatch *self)
{
  gint64   now = wd_desk_now (self->desk);
  gboolean changed = FALSE;
  char    *id;

  while ((id = wd_moments_take_due (self->moments, now)) != NULL)
    {
      changed = read_order (self, id) || changed;
      g_free (id);
    }
  return changed;
}

/* --- all orders, a slice at a time ------------------------------------------------------------------ */

static gboolean
slice_cb (gpointer data)
{
  WdAlarmWatch *self = data;
  gboolean      changed = FALSE;
  guint         end = self->sweep->len > SLICE ? self->sweep->len - SLICE : 0;

  for (guint i = end; i < self->sweep->len; i++)
    changed = read_order (self, self->sweep->pdata[i]) || changed;
  g_ptr_array_set_size (self->sweep, (int)end);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
  if (end > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->sweep, g_ptr_array_unref);
  self->slice = 0;
  return G_SOURCE_REMOVE;
}

static void
add_id (WdOrderItem *item, gpointer sweep)
{
  const WdOrder *order = wd_order_item_get_order (item);

  if (order != NULL && wd_order_is_open (order))
    g_ptr_array_add (sweep, g_strdup (wd_order_item_get_id (item)));
}

/* What is known already is read too: it may be gone. */
static void
begin_sweep (WdAlarmWatch *self)
{
  self->stale = FALSE;
  self->sweep = wd_moments_list (self->moments);
  wd_desk_foreach_order (self->desk, add_id, self->sweep);
  self->slice = g_idle_add (slice_cb, self);
}

static void
reset_cb (WdAlarmWatch *self)
{
  self->stale = TRUE;
}

static void
house_changed_cb (WdAlarmWatch *self)
{
  const WdPolicy *policy = wd_desk_get_policy (self->desk, WD_INT_ABSENT);

  if (policy == NULL || policy->version == self->policy)
    return;
  self->policy = policy->version;
  g_time_zone_unref (self->zone);
  self->zone = wd_format_zone (policy);
  self->stale = TRUE;
}

/* --- desks and link ---------------------------------------------------------------------------------- */

static gboolean
is_bad (WdManned manned)
{
  return manned == WD_MANNED_UNMANNED || manned == WD_MANNED_OFFLINE;
}

static gboolean
read_desk (WdAlarmWatch *self, WdUnitItem *item, gint64 now)
{
  const char      *code = wd_unit_item_get_code (item);
  WdManned         manned = wd_unit_item_get_manned (item);
  gint64          *since = g_hash_table_lookup (self->bad_since, code);
  WdAlarmSign      sign;
  g_autofree char *id = g_strconcat ("desk:", code, NULL);
  gboolean         is;

  /* Without a link nothing is known of others: what was known before waits. */
  if (is_bad (manned) && since == NULL)
    {
      since = g_new (gint64, 1);
      *since = now;
      g_hash_table_insert (self->bad_since, g_strdup (code), since);
    }
  else if (!is_bad (manned) && manned != WD_MANNED_UNKNOWN && since != NULL)
    {
      g_hash_table_remove (self->bad_since, code);
      since = NULL;
    }
  is = since != NULL && !wd_unit_item_get_unit (item)->closed &&
       wd_alarm_read_desk (code, manned == WD_MANNED_UNMANNED, wd_unit_item_get_n_to_accept (item), wd_unit_item_get_n_in_hand (item), *since, now, &sign);
  return wd_alarm_book_put (self->book, id, &sign, is ? 1 : 0, wd_desk_now (self->desk));
}

/* A unit that is closed is in no list any more; nor is any while the house comes anew, which is no end. */
static gboolean
forget_closed (WdAlarmWatch *self)
{
  GHashTableIter iter;
  const char    *code;
  gboolean       changed = FALSE;

  if (wd_desk_is_filling (self->desk) || g_list_model_get_n_items (wd_desk_get_units (self->desk)) == 0)
    return FALSE;
  g_hash_table_iter_init (&iter, self->bad_since);
  while (g_hash_table_iter_next (&iter, (gpointer *)&code, NULL))
    {
      g_autofree char *id = g_strconcat ("desk:", code, NULL);

      if (wd_desk_get_unit (self->desk, code) != NULL)
        continue;
      changed = wd_alarm_book_put (self->book, id, NULL, 0, wd_desk_now (self->desk)) || changed;
      g_hash_table_iter_remove (&iter);
    }
  return changed;
}

static gboolean
read_desks (WdAlarmWatch *self, gint64 now)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);
  GListModel    *units = wd_desk_get_units (self->desk);
  gboolean       changed = forget_closed (self);

  if (actor == NULL || !wd_role_is_centre (actor->role))
    return changed;
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);

      changed = read_desk (self, item, now) || changed;
    }
  return changed;
}

static gboolean
read_link (WdAlarmWatch *self, gint64 now)
{
  gboolean    lost = wd_uplink_get_offline_since (wd_desk_get_uplink (self->desk)) != 0; /* also while it is caught up, and once the session has ended */
  WdAlarmSign sign;

  if (lost && self->lost_since == 0)
    self->lost_since = now;
  else if (!lost)
    self->lost_since = 0;
  return wd_alarm_book_put (self->book, LINK, &sign, wd_alarm_read_link (self->lost_since, now, &sign) ? 1 : 0, wd_desk_now (self->desk));
}

void
wd_alarm_watch_tick (WdAlarmWatch *self)
{
  gint64   now = real_now ();
  gboolean changed = read_due (self);

  if (self->stale && self->sweep == NULL)
    begin_sweep (self);
  changed = read_desks (self, now) || changed;
  changed = read_link (self, now) || changed;
  changed = wd_alarm_book_tick (self->book, wd_desk_now (self->desk)) || changed;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
wd_alarm_watch_see (WdAlarmWatch *self, const char *key)
{
  wd_alarm_book_see (self->book, key);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wd_alarm_watch_shelve (WdAlarmWatch *self, const char *key, guint minutes, const char *reason)
{
  wd_alarm_book_shelve (self->book, key, minutes, reason, wd_desk_now (self->desk));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wd_alarm_watch_take_back (WdAlarmWatch *self, const char *key)
{
  wd_alarm_book_take_back (self->book, key);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- the object ---------------------------------------------------------------------------------------- */

static void
wd_alarm_watch_dispose (GObject *object)
{
  WdAlarmWatch *self = WD_ALARM_WATCH (object);

  g_clear_handle_id (&self->slice, g_source_remove);
  g_clear_handle_id (&self->tell, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_alarm_watch_parent_class)->dispose (object);
}

static void
wd_alarm_watch_finalize (GObject *object)
{
  WdAlarmWatch *self = WD_ALARM_WATCH (object);

  wd_alarm_book_free (self->book);
  g_time_zone_unref (self->zone);
  wd_moments_free (self->moments);
  g_clear_pointer (&self->sweep, g_ptr_array_unref);
  g_hash_table_unref (self->bad_since);
  G_OBJECT_CLASS (wd_alarm_watch_parent_class)->finalize (object);
}

static void
wd_alarm_watch_class_init (WdAlarmWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_alarm_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_alarm_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_ALARM_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_alarm_watch_init (WdAlarmWatch *self)
{
  self->book = wd_alarm_book_new ();
  self->zone = g_time_zone_new_utc ();
  self->policy = WD_INT_ABSENT;
  self->moments = wd_moments_new ();
  self->bad_since = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stale = TRUE;
}

WdAlarmWatch *
wd_alarm_watch_new (WdDesk *desk)
{
  WdAlarmWatch *self = g_object_new (WD_TYPE_ALARM_WATCH, NULL);

  self->desk = g_object_ref (desk);
  house_changed_cb (self);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const of_one[] = { "order-added", "order-changed", "order-removed" };

      g_signal_connect_object (desk, of_one[i], G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (desk, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "actor-changed", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "house-changed", G_CALLBACK (house_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

WdAlarmBook *
wd_alarm_watch_get_book (WdAlarmWatch *self)
{
  return self->book;
}
