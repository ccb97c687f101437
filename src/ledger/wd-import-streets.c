/* wd-import-streets.c — streets as lines, from a GeoJSON FeatureCollection
 *
 * Each feature is a street's line or lines with its name.  The file takes the place of all
 * streets that were there, at one moment; where it has the same, nothing is touched.  It is written before
 * that moment, and what it replaces goes after it, in slices between which the commands of others go on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-json.h"
#include "wd-streets.h"

#define NAME_MOST 100
#define TOO_MANY "these are more than 50,000 lines"
#define STAGE_SLICE 200 /* lines in one transaction */

typedef struct
{
  WdImport  *import;
  WdStreets *streets;
  guint      changed;
  guint      staged;
  gboolean   swept;
} Work;

/* ---- the file ---- */

static const char *
name_of (JsonObject *feature)
{
  JsonNode   *properties = json_object_get_member (feature, "properties");
  JsonNode   *name = properties != NULL && JSON_NODE_HOLDS_OBJECT (properties) ? json_object_get_member (json_node_get_object (properties), "name") : NULL;
  const char *text = name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL;

  return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= NAME_MOST ? text : NULL;
}

static gboolean
take_feature (Work *work, JsonNode *node, gint64 line, GError **error)
{
  JsonObject           *feature = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char           *name = feature != NULL ? name_of (feature) : NULL;
  JsonNode             *geometry = feature != NULL ? json_object_get_member (feature, "geometry") : NULL;
  g_autoptr (GError)    wrong = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (name == NULL)
    return wd_import_refuse (work->import, line, "name", error, "a street has a name of 1 to 100 characters");
  if (geometry == NULL)
    return wd_import_refuse (work->import, line, "geometry", error, "this is no GeoJSON LineString or MultiLineString");
  if (!wd_geometry_is_wgs84 (geometry))
    return wd_import_refuse (work->import, line, "geometry", error, WD_GEOMETRY_OTHER_CRS);
  lines = wd_geometry_lines_of_node (geometry, &wrong);
  if (lines == NULL)
    return wd_import_refuse (work->import, line, "geometry", error, wrong->message);
  if (wd_streets_count (work->streets) + lines->len > WD_STREETS_MOST)
    return wd_import_refuse (work->import, line, "geometry", error, TOO_MANY);
  for (guint i = 0; i < lines->len; i++)
    {
      const GArray *points = lines->pdata[i];

      wd_streets_add (work->streets, name, (const WdPoint *)(gconstpointer)points->data, points->len);
    }
  return TRUE;
}

static gboolean
read_streets (Work *work, GError **error)
{
  g_auto (WdImportFeatures) features = { NULL };

  if (!wd_import_read_features (work->import, WD_STREETS_MOST, TOO_MANY, &features, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (features.list); i++)
    if (!take_feature (work, json_array_get_element (features.list, i), wd_import_features_line (&features, i), error))
      return FALSE;
  return TRUE;
}

/* ---- on the ledger's thread ---- */

typedef gboolean (*Slice) (WdStore *store, Work *work, GError **error);

static gboolean
in_transaction (WdStore *store, Slice slice, Work *work, GError **error)
{
  if (!wd_store_begin (store, error))
    return FALSE;
  if (slice (store, work, error))
    return wd_store_commit (store, error);
  wd_store_rollback (store);
  return FALSE;
}

static gboolean
stage_some (WdStore *store, Work *work, GError **error)
{
  return wd_streets_stage (store, work->streets, work->import->id, work->staged, STAGE_SLICE, error);
}

static gboolean
give_up (WdStore *store, Work *work, GError **error)
{
  return wd_streets_give_up (store, work->import != NULL ? work->import->id : NULL, error);
}

static gboolean
sweep_some (WdStore *store, Work *work, GError **error)
{
  return wd_streets_sweep (store, &work->swept, error);
}

static gboolean
stage_slice (WdLedger *ledger, gint64 now, gpointer work, GError **error)
{
  return in_transaction (wd_ledger_get_store (ledger), stage_some, work, error);
}

static gboolean
give_up_slice (WdLedger *ledger, gint64 now, gpointer work, GError **error)
{
  return in_transaction (wd_ledger_get_store (ledger), give_up, work, error);
}

static gboolean
sweep_slice (WdLedger *ledger, gint64 now, gpointer work, GError **error)
{
  return in_transaction (wd_ledger_get_store (ledger), sweep_some, work, error);
}

static gboolean
enforce (WdWriting *writing, gpointer data, guint *changed, GError **error)
{
  Work *work = data;

  *changed = work->changed;
  return wd_streets_enforce (writing->ledger->store, work->import->id, error);
}

/* ---- the whole ---- */

static gboolean
compare (Work *work, GError **error)
{
  g_autoptr (WdStore) store = wd_store_open (work->import->host->url, WD_STORE_READ, error);

  return store != NULL && wd_streets_compare (store, work->streets, &work->changed, error);
}

static gboolean
stage_all (Work *work, GError **error)
{
  const WdHost *host = work->import->host;
  guint         n = wd_streets_count (work->streets);

  do
    {
      if (g_cancellable_set_error_if_cancelled (host->cancellable, error) || !wd_host_try (host, stage_slice, work, error))
        return FALSE;
      work->staged = MIN (work->staged + STAGE_SLICE, n);
      wd_host_progress (host, "stage", work->staged, n);
    }
  while (work->staged < n);
  return TRUE;
}

/* What can't be taken away now goes at the next start. */
static void
sweep_all (Work *work)
{
  const WdHost *host = work->import->host;

  while (!work->swept && (host->is_ending == NULL || !host->is_ending (host->owner)) && wd_host_try (host, sweep_slice, work, NULL))
    ;
}

gboolean
wd_import_streets (WdImport *import, WdImported *done, GError **error)
{
  g_autoptr (WdStreets) streets = wd_streets_new ();
  Work                  work = { import, streets, 0, 0, FALSE };
  gboolean              ok;

  if (!read_streets (&work, error) || !compare (&work, error))
    return FALSE;
  done->rows = wd_streets_count (streets);
  if (work.changed == 0)
    return TRUE;
  ok = stage_all (&work, error) && wd_import_put (import, "streets", wd_streets_count (streets), enforce, &work, done, error);
  if (!ok)
    wd_host_try (import->host, give_up_slice, &work, NULL);
  sweep_all (&work);
  return ok;
}

gboolean
wd_import_streets_recover (WdLedger *ledger, GError **error)
{
  Work work = { NULL };

  if (!give_up_slice (ledger, 0, &work, error))
    return FALSE;
  while (!work.swept)
    if (!sweep_slice (ledger, 0, &work, error))
      return FALSE;
  return TRUE;
}
