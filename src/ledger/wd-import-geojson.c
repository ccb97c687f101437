/* wd-import-geojson.c — a GeoJSON FeatureCollection that comes in, whole, with the line of each feature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-json.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MOST (64 * 1024 * 1024)

gboolean
wd_import_refuse (WdImport *import, gint64 line, const char *column, GError **error, const char *reason)
{
  wd_fault_set (import->fault, line, column);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);
  return FALSE;
}

static char *
read_file (WdImport *import, gsize *length, GError **error)
{
  struct stat      status;
  g_autofree char *text = NULL;
  gsize            done = 0;

  if (fstat (import->fd, &status) != 0 || status.st_size > FILE_MOST)
    {
      wd_import_refuse (import, 0, NULL, error, "the file is larger than 64 MiB");
      return NULL;
    }
  text = g_malloc (status.st_size + 1);
  while (done < (gsize)status.st_size)
    {
      gssize n = pread (import->fd, text + done, status.st_size - done, done);

      if (n <= 0)
        break;
      done += n;
    }
  text[done] = '\0';
  *length = done;
  return g_steal_pointer (&text);
}

/* The lines on which the objects of the outermost lists begin: no parser of JSON says it afterwards. */
static GArray *
find_lines (const char *text)
{
  GArray  *lines = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64   line = 1;
  guint    depth = 0;
  gboolean in_text = FALSE, in_list = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n')
        line++;
      if (in_text && *p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '"')
        in_text = !in_text;
      else if (!in_text && (*p == '{' || *p == '['))
        {
          depth++;
          if (depth == 2)
            in_list = *p == '[';
          if (depth == 3 && *p == '{' && in_list)
            g_array_append_val (lines, line);
        }
      else if (!in_text && (*p == '}' || *p == ']') && depth > 0)
        depth--;
    }
  return lines;
}

static JsonArray *
features_of (JsonNode *root)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *features = object != NULL ? json_object_get_member (object, "features") : NULL;

  return features != NULL && JSON_NODE_HOLDS_ARRAY (features) ? json_node_get_array (features) : NULL;
}

/* The guard names a byte; whoever mends the file looks for a line, and a character in it. */
static gboolean
refuse_json (WdImport *import, const char *text, const GError *broken, GError **error)
{
  gint64           line = 1;
  char            *reason = broken->message;
  g_autofree char *column = NULL;
  const char      *start = text, *at;

  if (!g_str_has_prefix (reason, "byte "))
    return wd_import_refuse (import, 0, NULL, error, reason);
  at = text + g_ascii_strtoull (reason + strlen ("byte "), &reason, 10);
  for (const char *p = text; p < at; p++)
    if (*p == '\n')
      {
        line++;
        start = p + 1;
      }
  column = g_strdup_printf ("%" G_GSIZE_FORMAT, (gsize)(at - start) + 1);
  return wd_import_refuse (import, line, column, error, reason + strlen (": "));
}

gboolean
wd_import_read_features (WdImport *import, guint most, const char *too_many, WdImportFeatures *features, GError **error)
{
  gsize              length;
  g_autofree char   *text = read_file (import, &length, error);
  g_autoptr (GError) broken = NULL;

  if (text == NULL)
    return FALSE;
  features->root = wd_json_parse (text, (gssize)length, &broken);
  if (features->root == NULL)
    return refuse_json (import, text, broken, error);
  features->list = features_of (features->root);
  if (features->list == NULL)
    return wd_import_refuse (import, 1, "features", error, "this is no GeoJSON FeatureCollection");
  if (!wd_geometry_is_wgs84 (features->root))
    return wd_import_refuse (import, 1, "crs", error, WD_GEOMETRY_OTHER_CRS);
  if (json_array_get_length (features->list) > most)
    return wd_import_refuse (import, 1, "features", error, too_many);
  features->lines = find_lines (text);
  return TRUE;
}

gint64
wd_import_features_line (const WdImportFeatures *features, guint i)
{
  return i < features->lines->len ? g_array_index (features->lines, gint64, i) : 0;
}

void
wd_import_features_clear (WdImportFeatures *features)
{
  g_clear_pointer (&features->root, json_node_unref);
  g_clear_pointer (&features->lines, g_array_unref);
}
