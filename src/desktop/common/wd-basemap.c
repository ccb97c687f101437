/* wd-basemap.c — gives a map the basemap of the desk's own server, and where it begins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-basemap.h"

#include "wd-area.h"
#include "wd-json.h"

#define MARGIN 0.25 /* of the box around the units' desks, on each side */

/* One for each server: what another has at the same place is another picture. */
static char *
cache_for (const char *server)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, server, -1);

  return g_build_filename (g_get_user_cache_dir (), "waterdesk", "tiles", name, NULL);
}

static void
show_basemap (WdMapView *map, GParamSpec *pspec, WdUplink *uplink)
{
  const char             *token = wd_uplink_get_token (uplink);
  g_autoptr (SoupSession) session = NULL;
  g_autofree char        *cache = NULL;

  if (token == NULL || g_strcmp0 (g_object_get_data (G_OBJECT (map), "token"), token) == 0)
    return;
  g_object_set_data_full (G_OBJECT (map), "token", g_strdup (token), g_free);
  session = soup_session_new ();
  cache = cache_for (wd_uplink_get_server (uplink));
  wd_map_view_set_server (map, session, wd_uplink_get_server (uplink), token, cache);
}

/* Where a unit is to be seen: its desk, else its territory.  FALSE where it has neither. */
static gboolean
find_unit (const WdUnit *unit, WdPoint *low, WdPoint *high)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = NULL;
  g_autoptr (WdArea)    area = NULL;

  *low = *high = unit->desk;
  if (wd_point_is_set (&unit->desk))
    return TRUE;
  rings = unit->territory != NULL ? wd_geometry_rings (unit->territory, &starts, NULL) : NULL;
  area = rings != NULL ? wd_area_new_for_rings (rings, starts) : NULL;
  return area != NULL && wd_area_get_bounds (area, low, high);
}

/* The map begins with all units in view, large enough to work on; the basemap may reach much further. */
static void
find_home (WdMapView *map, guint position, guint removed, guint added, GListModel *units)
{
  WdPoint low = { G_MAXDOUBLE, G_MAXDOUBLE }, high = { -G_MAXDOUBLE, -G_MAXDOUBLE };
  double  across, up;

  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      WdPoint                from, to;

      if (!find_unit (wd_unit_item_get_unit (item), &from, &to))
        continue;
      low = (WdPoint){ MIN (low.lon, from.lon), MIN (low.lat, from.lat) };
      high = (WdPoint){ MAX (high.lon, to.lon), MAX (high.lat, to.lat) };
    }
  across = (high.lon - low.lon) * MARGIN;
  up = (high.lat - low.lat) * MARGIN;
  if (across > 0 && up > 0)
    wd_map_view_set_home (map, (WdPoint){ low.lon - across, low.lat - up }, (WdPoint){ high.lon + across, high.lat + up });
}

static void
link_changed_cb (WdMapView *map, GParamSpec *pspec, WdUplink *uplink)
{
  if (wd_uplink_get_state (uplink) == WD_UPLINK_LIVE)
    wd_map_view_retry (map);
}

void
wd_basemap_follow (WdMapView *map, WdDesk *desk)
{
  WdUplink   *uplink = wd_desk_get_uplink (desk);
  GListModel *units = wd_desk_get_units (desk);

  find_home (map, 0, 0, 0, units);
  g_signal_connect_object (units, "items-changed", G_CALLBACK (find_home), map, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::token", G_CALLBACK (show_basemap), map, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::state", G_CALLBACK (link_changed_cb), map, G_CONNECT_SWAPPED);
  show_basemap (map, NULL, uplink);
}
