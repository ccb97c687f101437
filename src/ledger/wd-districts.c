/* wd-districts.c — the units' territories, kept as the units are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-districts.h"

#include "wd-json.h"
#include "wd-shape.h"
#include "wd-territory.h"

struct _WdDistricts
{
  WdTerritories *territories;
  GHashTable    *known; /* code -> GeoJSON text */
};

WdDistricts *
wd_districts_new (void)
{
  WdDistricts *districts = g_new0 (WdDistricts, 1);

  districts->territories = wd_territories_new ();
  districts->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return districts;
}

void
wd_districts_free (WdDistricts *districts)
{
  wd_territories_free (districts->territories);
  g_hash_table_unref (districts->known);
  g_free (districts);
}

static WdArea *
parse_area (const char *geojson)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_geometry_rings (geojson, &starts, NULL);

  if (rings == NULL)
    return NULL;
  return wd_area_new_for_rings (rings, starts);
}

void
wd_districts_put (WdDistricts *districts, const WdUnit *unit)
{
  const char *text = unit->closed ? NULL : unit->territory;

  if (g_strcmp0 (g_hash_table_lookup (districts->known, unit->code), text) == 0)
    return;
  wd_territories_put (districts->territories, unit->code, text == NULL ? NULL : parse_area (text));
  if (text == NULL)
    g_hash_table_remove (districts->known, unit->code);
  else
    g_hash_table_insert (districts->known, g_strdup (unit->code), g_strdup (text));
}

GStrv
wd_districts_find_all (WdDistricts *districts, const WdPoint *point)
{
  g_autofree const char **codes = wd_territories_find_all (districts->territories, *point, NULL);

  return g_strdupv ((GStrv)codes);
}

#define TRIED 64 /* corners of a ring */

/* Most areas have a corner in a territory, and that is seen at once. */
static gboolean
has_corner_inside (WdDistricts *districts, const GPtrArray *rings)
{
  for (guint i = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];

      for (guint k = 0; k < ring->len; k += 1 + ring->len / TRIED)
        if (wd_territories_find (districts->territories, g_array_index (ring, WdPoint, k)) != NULL)
          return TRUE;
    }
  return FALSE;
}

gboolean
wd_districts_lies_outside (WdDistricts *districts, const char *area, WdPoint *at)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_geometry_rings (area, &starts, NULL);
  GHashTableIter        iter;
  gpointer              text;
  gboolean              outside = FALSE;

  if (rings == NULL)
    return FALSE;
  if (has_corner_inside (districts, rings))
    return FALSE;
  *at = g_array_index ((GArray *)rings->pdata[0], WdPoint, 0);
  g_hash_table_iter_init (&iter, districts->known);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    {
      g_autoptr (GArray)    their_starts = NULL;
      g_autoptr (GPtrArray) theirs = wd_geometry_rings (text, &their_starts, NULL);

      if (theirs != NULL && wd_shapes_meet (rings, starts, theirs, their_starts))
        return FALSE;
      outside = TRUE;
    }
  return outside;
}
