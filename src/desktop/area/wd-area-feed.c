/* wd-area-feed.c — keeps a map's layer of areas as the desk's copy stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-feed.h"

#include "wd-area-inside.h"
#include "wd-area-words.h"

#include <math.h>

#define GATHER_MS 50

struct _WdAreaFeed
{
  WdDesk       *desk;
  WdAreaLayer  *layer;
  WdAreaInside *inside;
  gboolean      outages, quality; /* shown */
  guint         gather;
};

static WdAreaStyle
style_of (WdAreaItem *item)
{
  const WdOutage *outage = wd_area_item_get_outage (item);

  if (outage != NULL)
    return outage->nature == WD_OUTAGE_PLANNED ? WD_AREA_PLANNED : WD_AREA_EMERGENCY;
  return wd_area_item_is_draft (item) ? WD_AREA_DRAFT : WD_AREA_QUALITY;
}

/* Where an area was called about from.  (transfer full) */
static GArray *
list_places (WdDesk *desk, const char *id)
{
  GArray               *places = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  g_autoptr (GPtrArray) calls = wd_desk_list_calls (desk, id);

  for (guint i = 0; i < calls->len; i++)
    {
      const WdCall *call = calls->pdata[i];

      if (wd_point_is_set (&call->point))
        g_array_append_val (places, call->point);
    }
  return places;
}

/* @words: (transfer full) (nullable), with who is inside a case's area. */
static char *
add_inside (WdAreaFeed *feed, WdAreaItem *item, char *words)
{
  g_autofree char *before = words, *inside = wd_area_inside_describe (feed->inside, item);

  return inside == NULL ? g_steal_pointer (&before) : before == NULL ? g_steal_pointer (&inside)
                                                                     : g_strdup_printf ("%s · %s", before, inside);
}

static gboolean
put_all (gpointer data)
{
  WdAreaFeed           *feed = data;
  GListModel           *areas = wd_desk_get_areas (feed->desk);
  g_autoptr (GArray)    drawn = g_array_new (FALSE, FALSE, sizeof (WdMapArea));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);

  feed->gather = 0;
  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);
      const WdQuality       *quality = wd_area_item_get_quality (item);
      WdMapArea              one = { .id = wd_area_item_get_id (item), .style = style_of (item), .geojson = wd_area_item_get_area (item), .point = { NAN, NAN } };
      GArray                *places;

      if (!wd_area_item_is_open (item)) /* those that are over come last */
        break;
      if (quality != NULL)
        one.point = quality->point;
      if ((one.geojson == NULL && !wd_point_is_set (&one.point)) || !(quality != NULL ? feed->quality : feed->outages))
        continue;
      g_ptr_array_add (calls, places = list_places (feed->desk, one.id));
      one.calls = (const WdPoint *)(gpointer)places->data;
      one.n_calls = places->len;
      one.title = wd_area_title (item);
      one.detail = add_inside (feed, item, wd_area_detail (feed->desk, item));
      one.sentence = add_inside (feed, item, wd_area_sentence (feed->desk, item));
      g_ptr_array_add (texts, (gpointer)one.title);
      g_ptr_array_add (texts, (gpointer)one.detail);
      g_ptr_array_add (texts, (gpointer)one.sentence);
      g_array_append_val (drawn, one);
    }
  wd_area_layer_set_areas (feed->layer, (const WdMapArea *)(gpointer)drawn->data, drawn->len);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (gpointer data)
{
  WdAreaFeed *feed = data;

  if (feed->gather == 0)
    feed->gather = g_timeout_add (GATHER_MS, put_all, feed);
}

WdAreaFeed *
wd_area_feed_new (WdDesk *desk, WdAreaLayer *layer)
{
  WdAreaFeed *feed = g_new0 (WdAreaFeed, 1);

  feed->desk = desk;
  feed->layer = layer;
  feed->outages = feed->quality = TRUE;
  feed->inside = wd_area_inside_new (desk, changed_cb, feed);
  g_signal_connect_swapped (desk, "areas-changed", G_CALLBACK (changed_cb), feed);
  put_all (feed);
  return feed;
}

void
wd_area_feed_set_shown (WdAreaFeed *feed, gboolean outages, gboolean quality)
{
  if (outages == feed->outages && quality == feed->quality)
    return;
  feed->outages = outages;
  feed->quality = quality;
  put_all (feed);
}

void
wd_area_feed_free (WdAreaFeed *feed)
{
  g_signal_handlers_disconnect_by_data (feed->desk, feed);
  g_clear_handle_id (&feed->gather, g_source_remove);
  wd_area_inside_free (feed->inside);
  g_free (feed);
}
