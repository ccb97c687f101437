/* wd-map-feed.c — keeps the map's layer as the desk's copy stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-feed.h"

#include "wd-format.h"
#include "wd-moments.h"
#include "wd-standing.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define GATHER_MS 16

struct _WdMapFeed
{
  WdDesk     *desk;
  WdMapLayer *layer;
  GHashTable *changed; /* ids to put with the next frame */
  guint       gather;
  WdMoments  *moments;
};

static const WdCrew *
find_crew (WdDesk *desk, const WdOrder *order)
{
  gboolean out = order->state == WD_STATE_ACCEPTED || order->state == WD_STATE_ON_SITE;

  return out && order->crew != NULL ? wd_desk_get_crew (desk, order->crew) : NULL;
}

char *
wd_map_feed_describe (WdDesk *desk, const char *id)
{
  WdOrderItem      *item = wd_desk_get_order (desk, id);
  const WdOrder    *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  const WdCategory *category = order != NULL ? wd_desk_get_category (desk, order->category) : NULL;
  const WdCrew     *crew = order != NULL ? find_crew (desk, order) : NULL;
  g_autofree char  *line = NULL;

  if (order == NULL)
    return NULL;
  /* Translators: category, text, address, state: as one line. */
  line = g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$s"), category != NULL ? category->name : order->category,
                          order->text != NULL ? order->text : "", order->address != NULL ? order->address : "",
                          wd_term_state (order->state));
  /* Translators: an order as one line, and the name of the crew that is sent there. */
  return crew != NULL ? g_strdup_printf (_ ("%s, crew %s"), line, crew->name) : g_steal_pointer (&line);
}

/* Fills @drawn after @item; its texts stay the item's. */
static gboolean
draw (WdMapFeed *feed, WdOrderItem *item, WdMapOrder *drawn)
{
  const WdOrder *order = wd_order_item_get_order (item);
  const WdClock *clock = wd_order_item_get_clock (item);
  const WdCrew  *crew;
  gint64         next;

  if (order == NULL || !wd_point_is_set (&order->point) || !wd_order_is_open (order))
    return FALSE;

  drawn->id = order->id;
  drawn->point = order->point;
  drawn->category = order->category;
  drawn->state = wd_standing_of (feed->desk, item, wd_desk_now (feed->desk), &next);
  drawn->due = clock != NULL ? clock->due_at : 0;
  crew = find_crew (feed->desk, order);
  drawn->crew = crew != NULL ? crew->name : NULL;
  wd_moments_set (feed->moments, order->id, next);
  return TRUE;
}

static gboolean
gather_cb (gpointer data)
{
  WdMapFeed     *feed = data;
  GHashTableIter iter;
  gpointer       id;

  feed->gather = 0;
  g_hash_table_iter_init (&iter, feed->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      WdOrderItem *item = wd_desk_get_order (feed->desk, id);
      WdMapOrder   drawn = { 0 };

      if (item != NULL && draw (feed, item, &drawn))
        wd_map_layer_put_order (feed->layer, &drawn);
      else
        {
          wd_moments_set (feed->moments, id, 0);
          wd_map_layer_remove_order (feed->layer, id);
        }
    }
  g_hash_table_remove_all (feed->changed);
  return G_SOURCE_REMOVE;
}

static void
note_change (WdMapFeed *feed, char *id)
{
  g_hash_table_add (feed->changed, id);
  if (feed->gather == 0)
    feed->gather = g_timeout_add (GATHER_MS, gather_cb, feed);
}

static void
order_changed_cb (WdMapFeed *feed, const char *id)
{
  note_change (feed, g_strdup (id));
}

static void
add_order (WdOrderItem *item, gpointer data)
{
  gpointer  *pair = data;
  WdMapOrder drawn = { 0 };

  if (draw (pair[0], item, &drawn))
    g_array_append_val (pair[1], drawn);
}

static void
put_all_orders (WdMapFeed *feed)
{
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (WdMapOrder));
  gpointer           pair[] = { feed, orders };

  wd_desk_foreach_order (feed->desk, add_order, pair);
  wd_map_layer_set_orders (feed->layer, (const WdMapOrder *)(gpointer)orders->data, orders->len);
}

/* --- units and crews ------------------------------------------------------- */

WdPresence
wd_map_feed_presence (WdManned manned)
{
  static const WdPresence presences[] = {
    [WD_MANNED_UNKNOWN] = WD_PRESENCE_UNKNOWN,
    [WD_MANNED_ONLINE] = WD_PRESENCE_ONLINE,
    [WD_MANNED_AWAY] = WD_PRESENCE_AWAY,
    [WD_MANNED_UNMANNED] = WD_PRESENCE_UNMANNED,
    [WD_MANNED_OFFLINE] = WD_PRESENCE_UNMANNED,
  };

  return presences[manned];
}

static void
put_units (WdMapFeed *feed)
{
  GListModel           *units = wd_desk_get_units (feed->desk);
  g_autoptr (GArray)    drawn = g_array_new (FALSE, FALSE, sizeof (WdMapUnit));
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      const WdUnit          *unit = wd_unit_item_get_unit (item);
      WdMapUnit              one = { .code = unit->code, .point = unit->desk };

      if (unit->closed || !wd_point_is_set (&unit->desk))
        continue;
      one.label = wd_format_short_name (unit->name);
      one.presence = wd_map_feed_presence (wd_unit_item_get_manned (item));
      g_ptr_array_add (labels, (gpointer)one.label);
      g_array_append_val (drawn, one);
    }
  wd_map_layer_set_units (feed->layer, (const WdMapUnit *)(gpointer)drawn->data, drawn->len);
}

static void
rename_crew (WdOrderItem *item, gpointer feed)
{
  const WdOrder *order = wd_order_item_get_order (item);

  if (order->crew != NULL && wd_order_is_open (order))
    order_changed_cb (feed, order->id);
}

/* What an order's crew is called may come after the order. */
static void
house_changed_cb (WdMapFeed *feed)
{
  put_units (feed);
  wd_desk_foreach_order (feed->desk, rename_crew, feed);
}

void
wd_map_feed_tick (WdMapFeed *feed)
{
  gint64 now = wd_desk_now (feed->desk);
  char  *id;

  while ((id = wd_moments_take_due (feed->moments, now)) != NULL)
    note_change (feed, id);
}

WdMapFeed *
wd_map_feed_new (WdDesk *desk, WdMapLayer *layer)
{
  WdMapFeed *feed = g_new0 (WdMapFeed, 1);

  feed->desk = desk;
  feed->layer = layer;
  feed->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  feed->moments = wd_moments_new ();
  g_signal_connect_swapped (desk, "order-added", G_CALLBACK (order_changed_cb), feed);
  g_signal_connect_swapped (desk, "order-changed", G_CALLBACK (order_changed_cb), feed);
  g_signal_connect_swapped (desk, "order-removed", G_CALLBACK (order_changed_cb), feed);
  g_signal_connect_swapped (desk, "reset", G_CALLBACK (put_all_orders), feed);
  g_signal_connect_swapped (desk, "house-changed", G_CALLBACK (house_changed_cb), feed);
  g_signal_connect_swapped (desk, "presence-changed", G_CALLBACK (put_units), feed);
  put_units (feed);
  put_all_orders (feed);
  return feed;
}

void
wd_map_feed_free (WdMapFeed *feed)
{
  g_signal_handlers_disconnect_by_data (feed->desk, feed);
  g_clear_handle_id (&feed->gather, g_source_remove);
  g_hash_table_unref (feed->changed);
  wd_moments_free (feed->moments);
  g_free (feed);
}
