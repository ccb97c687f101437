/* wd-tiles-api.c — GET /v1/tiles and /v1/tiles/{z}/{x}/{y} (api §7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#define KEEP_SECONDS "86400"

void
wd_tiles_get_info (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService *service = data;
  char      *json = wd_tiles_describe (service->tiles);

  if (json != NULL)
    wd_reply_take_json (reply, json);
  else
    wd_reply_set_problem (reply, WD_PROBLEM_NOT_FOUND, "There is no basemap.", NULL, NULL);
}

static gboolean
number_arg (WdRequest *request, const char *name, gint64 most, int *number)
{
  gint64 value;

  if (!g_ascii_string_to_signed (wd_request_get_arg (request, name), 10, 0, most, &value, NULL))
    return FALSE;
  *number = (int)value;
  return TRUE;
}

void
wd_tile_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService         *service = data;
  WdTheme            theme = g_strcmp0 (wd_request_get_query (request, "theme"), "dark") == 0 ? WD_THEME_DARK : WD_THEME_LIGHT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) tile = NULL;
  const char        *content_type = NULL;
  int                zoom, x, y;

  if (number_arg (request, "z", WD_MBTILES_MAX_ZOOM, &zoom) &&
      number_arg (request, "x", (1 << zoom) - 1, &x) && number_arg (request, "y", (1 << zoom) - 1, &y))
    tile = wd_tiles_get (service->tiles, theme, zoom, x, y, &content_type, &error);

  if (tile == NULL)
    {
      wd_reply_set_problem (reply, error != NULL ? WD_PROBLEM_STORAGE : WD_PROBLEM_NOT_FOUND, NULL, NULL, NULL);
      return;
    }
  wd_reply_set_body (reply, content_type, tile);
  wd_reply_set_header (reply, "Cache-Control", "private, max-age=" KEEP_SECONDS);
}
