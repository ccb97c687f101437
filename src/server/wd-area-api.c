/* wd-area-api.c — what lies where: who is in an area (api §7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"

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
