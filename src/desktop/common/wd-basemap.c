/* wd-basemap.c — gives a map the basemap of the desk's own server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-basemap.h"

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

static void
link_changed_cb (WdMapView *map, GParamSpec *pspec, WdUplink *uplink)
{
  if (wd_uplink_get_state (uplink) == WD_UPLINK_LIVE)
    wd_map_view_retry (map);
}

void
wd_basemap_follow (WdMapView *map, WdDesk *desk)
{
  WdUplink *uplink = wd_desk_get_uplink (desk);

  g_signal_connect_object (uplink, "notify::token", G_CALLBACK (show_basemap), map, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::state", G_CALLBACK (link_changed_cb), map, G_CONNECT_SWAPPED);
  show_basemap (map, NULL, uplink);
}
