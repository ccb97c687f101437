/* wd-area-api.c — what lies where: who is in an area, and what is known at a place (api §7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"

#include <string.h>

/* The shape that is asked about.  Returns: (transfer full): GeoJSON, or NULL with the problem set */
static char *
read_area (WdRequest *request, WdReply *reply, WdAtlas *atlas)
{
  g_autoptr (JsonNode) body = wd_request_parse (request, reply, NULL);
  JsonNode            *node = body != NULL ? json_object_get_member (json_node_get_object (body), "area") : NULL;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *area = NULL;
  WdPoint              at;

  if (body == NULL)
    return NULL;
  if (node == NULL)
    wd_rule_set_invalid (&error, "area", "it is missing");
  else if ((area = wd_geometry_from_json ("area", node, &error)) != NULL && wd_atlas_lies_outside (atlas, area, &at))
    wd_rule_set_invalid_at (&error, "area", &at, "it lies outside all territories of the utility");
  if (error == NULL)
    return g_steal_pointer (&area);
  wd_reply_set_error (reply, error);
  return NULL;
}

void
wd_affected_post (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService          *service = data;
  g_autofree char    *area = read_area (request, reply, service->atlas);
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) json = NULL;

  if (area == NULL)
    return;
  json = wd_atlas_affected_for (service->atlas, wd_asker_actor (request), area, &error);
  if (json != NULL)
    wd_reply_take_json (reply, g_string_free (g_steal_pointer (&json), FALSE));
  else
    wd_reply_set_error (reply, error);
}

/* "120.2,30.2" */
static gboolean
parse_point (const char *text, WdPoint *point)
{
  char *end;

  if (text == NULL || strspn (text, "0123456789+-.eE,") != strlen (text))
    return FALSE;
  point->lon = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  point->lat = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && ABS (point->lon) <= 180 && ABS (point->lat) <= 90;
}

void
wd_known_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService            *service = data;
  const WdActor        *actor = wd_asker_actor (request);
  g_auto (WdAtlasPlace) place = { NULL };
  g_autoptr (GError)    error = NULL;
  WdPoint               point;
  WdReader             *reader = NULL;
  GString              *json = NULL;

  if (!parse_point (wd_request_get_query (request, "point"), &point))
    {
      wd_reply_set_problem (reply, WD_PROBLEM_INVALID, "It must be a point on the earth: longitude, a comma, latitude.", "point", NULL);
      return;
    }
  if (wd_atlas_look (service->atlas, actor, &point, &place, &error))
    reader = wd_readers_lend (service->readers, &error);
  if (reader != NULL)
    {
      json = wd_reader_known (reader, actor, &place, wd_server_clock_now (service->clock), &error);
      wd_readers_take_back (service->readers, reader);
    }
  if (json != NULL)
    wd_reply_take_json (reply, g_string_free (json, FALSE));
  else
    wd_reply_set_error (reply, error);
}
