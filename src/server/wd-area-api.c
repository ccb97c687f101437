/* wd-area-api.c — what lies where: who is in an area, what is known at a place, streets to draw along (api §7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"
#include "wd-streets.h"

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

/* "120.2,30.2", or a box as "120.1,30.1,120.2,30.2": so many points on the earth and no more. */
static gboolean
parse_points (const char *text, WdPoint *points, guint n)
{
  if (text == NULL || strspn (text, "0123456789+-.eE,") != strlen (text))
    return FALSE;
  for (guint i = 0; i < 2 * n; i++)
    {
      double *value = i % 2 == 0 ? &points[i / 2].lon : &points[i / 2].lat;
      char   *end;

      *value = g_ascii_strtod (text, &end);
      if (end == text || *end != (i + 1 < 2 * n ? ',' : '\0') || !(ABS (*value) <= (i % 2 == 0 ? 180 : 90)))
        return FALSE;
      text = end + 1;
    }
  return TRUE;
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

  if (!parse_points (wd_request_get_query (request, "point"), &point, 1))
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

void
wd_streets_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService         *service = data;
  g_autoptr (GError) error = NULL;
  WdPoint            ends[2]; /* south-west, north-east */
  WdReader          *reader;
  GString           *json = NULL;

  if (!parse_points (wd_request_get_query (request, "box"), ends, 2) || ends[0].lon > ends[1].lon || ends[0].lat > ends[1].lat)
    {
      wd_reply_set_problem (reply, WD_PROBLEM_INVALID, "It must be a box on the earth: west, south, east, north, with commas between.", "box", NULL);
      return;
    }
  reader = wd_readers_lend (service->readers, &error);
  if (reader != NULL)
    {
      json = wd_streets_in_box (wd_reader_get_store (reader), &ends[0], &ends[1], &error);
      wd_readers_take_back (service->readers, reader);
    }
  if (json != NULL)
    wd_reply_take_json (reply, g_string_free (json, FALSE));
  else
    wd_reply_set_error (reply, error);
}
