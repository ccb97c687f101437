/* wd-geojson.h — shapes read and checked, for the other files of this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-json.h"

G_BEGIN_DECLS

#define WD_GEOMETRY_VERTICES 10000

/* As wd_geometry_rings(), of what was parsed already.
 * @at: (out) (optional): where it is wrong, lon NAN where that is no place */
GPtrArray *wd_geometry_rings_of_node (JsonNode *node, GArray **starts, WdPoint *at, GError **error);

/* … and that it is a shape (wd-shape.h), in no other datum than WGS 84. */
GPtrArray *wd_geometry_check_node (JsonNode *node, GArray **starts, WdPoint *at, GError **error);

/* Its type and coordinates alone, as text: other members of a geometry say nothing here. */
char *wd_geometry_to_text (JsonNode *node);

G_END_DECLS
