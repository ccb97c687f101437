/* wd-json.h — records, commands and events to JSON and back
 *
 * Text from outside passes wd_json_parse() and nothing else: a strict, linear,
 * bounded scan (RFC 8259, UTF-8, depth, size) before json-glib sees a byte.
 * Writers append to a GString by hand: bodies are written far more often than anything else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  WD_JSON_ERROR_SYNTAX, /* not readable as JSON */
  WD_JSON_ERROR_DEPTH,
  WD_JSON_ERROR_MISSING, /* names the member */
  WD_JSON_ERROR_WRONG    /* names the member */
} WdJsonError;
#define WD_JSON_ERROR (wd_json_error_quark ())
GQuark wd_json_error_quark (void);

#define WD_JSON_DEPTH 64

/* Returns: (transfer full): the root, never NULL without @error. */
JsonNode *wd_json_parse (const char *text, gssize length, GError **error);

/* The same of a request of commands (api §4).
 * @faults: (out) (transfer full) (element-type guint GError): what single commands are refused for unread, by their place; see wd-json-guard.h */
JsonNode *wd_json_parse_commands (const char *text, gssize length, GHashTable **faults, GError **error);

/* RFC 8259 text of a string, number (shortest that reads back), time (2026-11-24T08:02:03.120Z) or duration (PT3M). */
void wd_json_append_text (GString *json, const char *text); /* NULL -> null */
void wd_json_append_real (GString *json, double value);     /* NAN -> null */
void wd_json_append_time (GString *json, gint64 time);      /* 0 -> null */
void wd_json_append_duration (GString *json, gint64 milliseconds);
/* Any parsed value as compact text, members in the order given. */
void wd_json_append_node (GString *json, JsonNode *node);

/* Times RFC 3339 with any offset; durations ISO 8601 in weeks, days, hours, minutes, seconds.  FALSE where the text is none. */
gboolean wd_time_from_text (const char *text, gint64 *time);
gboolean wd_duration_from_text (const char *text, gint64 *milliseconds);

typedef enum
{
  WD_JSON_BODY,  /* what a reader gets: without inner fields */
  WD_JSON_INNER, /* the inner fields alone */
  WD_JSON_ALL
} WdJsonPart;

/* Every field of the part is there, null (or [], {}, false) where there is nothing. */
void wd_record_append_json (GString *json, const WdRecordType *type, gconstpointer record, WdJsonPart part);

/* Reads the members that are there into @record (which keeps the rest); unknown members are ignored.
 * Returns: FALSE with WD_JSON_ERROR_WRONG naming the member. */
gboolean wd_record_read_json (const WdRecordType *type, gpointer record, JsonObject *object, GError **error);

/* A state as the store keeps it: the body's text and the inner text.  Returns: (transfer full) a record of @type. */
gpointer wd_record_from_texts (const WdRecordType *type, const char *body, const char *inner, GError **error);

/* A command from a request (api §4): unknown or missing members, wrong kinds, sizes, points off the earth
 * are WD_RULE_ERROR_INVALID naming the field; an unknown verb is invalid `do`; a bad id invalid `id`. */
WdCommand *wd_command_from_json (JsonObject *object, GError **error);
char      *wd_command_to_json (const WdCommand *command);

/* The members a{sv} of a verb as a JSON object, only those that are there; and back: as strict as a command,
 * except that WD_MEMBER_SERVER members are known here and none is missed (half of an event is elsewhere, or erased). */
void      wd_members_append_json (GString *json, const WdVerbInfo *info, GVariant *members);
GVariant *wd_members_from_json (const WdVerbInfo *info, JsonObject *object, GError **error);

/* A GeoJSON Polygon or MultiPolygon as rings of points: for checks and the territory index.
 * Returns: (transfer full) (element-type GArray): each ring a GArray of WdPoint, closed; for a MultiPolygon all in one list,
 * @starts: (out) (optional): GArray of guint, where each polygon's rings begin */
GPtrArray *wd_geometry_rings (const char *geojson, GArray **starts, GError **error);

/* A shape of a request, checked as a command's: its type and coordinates as text, or NULL with
 * WD_RULE_ERROR_INVALID that names @field and, where it has one, the place. */
char *wd_geometry_from_json (const char *field, JsonNode *node, GError **error);

/* The lines of a LineString or MultiLineString, each of two positions or more, all together at most WD_GEOMETRY_VERTICES.
 * Returns: (transfer full) (element-type GArray of WdPoint): NULL with an @error that names the place */
GPtrArray *wd_geometry_lines_of_node (JsonNode *node, GError **error);

/* RFC 7946 has no `crs`; who still sends one had better mean the same as we do. */
#define WD_GEOMETRY_OTHER_CRS "its crs is another one: longitude and latitude in WGS 84 are meant"
gboolean wd_geometry_is_wgs84 (JsonNode *node);

/* The policy and categories of data/. */
WdPolicy  *wd_policy_from_json (const char *text, gssize length, GError **error);
GPtrArray *wd_categories_from_json (const char *text, gssize length, GError **error); /* WdCategory */

G_END_DECLS
