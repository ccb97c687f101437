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

/* What a scan of the text has come to. */
typedef struct
{
  GArray     *lines;
  const char *word; /* the text that was read last, without its quotes */
  gsize       length;
  guint       depth;
  gboolean    in_features; /* … of depth 2 and more */
  gboolean    begins;      /* the next of them */
} Scan;

static void
scan_mark (Scan *scan, char mark)
{
  if (mark == '{' || mark == '[')
    {
      scan->depth++;
      if (scan->depth == 2)
        scan->begins = scan->in_features = mark == '[' && scan->length == strlen ("features") && strncmp (scan->word, "features", scan->length) == 0;
    }
  else if ((mark == '}' || mark == ']') && scan->depth > 0)
    scan->depth--;
  else if (mark == ',')
    scan->begins = scan->in_features && scan->depth == 2;
}

/* The lines on which the features begin, whatever they are: no parser of JSON says it afterwards. */
static GArray *
find_lines (const char *text)
{
  Scan   scan = { g_array_new (FALSE, FALSE, sizeof (gint64)), text, 0, 0, FALSE, FALSE };
  gint64 line = 1;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n')
        line++;
      if (scan.begins && !g_ascii_isspace (*p) && *p != ']')
        {
          g_array_append_val (scan.lines, line);
          scan.begins = FALSE;
        }
      if (*p != '"')
        {
          scan_mark (&scan, *p);
          continue;
        }
      for (scan.word = ++p; *p != '"' && *p != '\0'; p++)
        if (*p == '\\' && p[1] != '\0')
          p++;
      scan.length = (gsize)(p - scan.word);
      if (*p == '\0')
        break;
    }
  return scan.lines;
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
