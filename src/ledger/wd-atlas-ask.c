/* wd-atlas-ask.c — who and what lies in an area, and what is known at a place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-atlas-private.h"

#include "wd-json.h"

#include <string.h>

#define SAME_PLACE_M 50.0  /* P17 */
#define CASE_REACH_M 400.0 /* of a case whose area is not known yet */
#define NEAR_MOST 50

static WdArea *
parse_area (const char *geojson, GError **error)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_geometry_rings (geojson, &starts, error);

  return rings != NULL ? wd_area_new_for_rings (rings, starts) : NULL;
}

/* ---- customers ---- */

static int
compare_customers (gconstpointer a, gconstpointer b)
{
  const WdAtlasCustomer *one = *(const WdAtlasCustomer *const *)a, *other = *(const WdAtlasCustomer *const *)b;
  guint                  rank = wd_customer_class_rank (one->class_), other_rank = wd_customer_class_rank (other->class_);

  return rank != other_rank ? (rank > other_rank) - (rank < other_rank) : strcmp (one->account, other->account);
}

static void
append_customers (GString *json, const WdAtlasSheet *sheet, const WdArea *area)
{
  g_string_append_printf (json, "\"customers\":%u", wd_point_index_count (sheet->customers, area));
}

static void
append_critical (GString *json, const WdAtlasSheet *sheet, const WdArea *area)
{
  g_autoptr (GPtrArray) found = wd_point_index_find (sheet->critical, area);

  g_ptr_array_sort (found, compare_customers);
  g_string_append (json, ",\"critical\":[");
  for (guint i = 0; i < found->len; i++)
    {
      const WdAtlasCustomer *customer = found->pdata[i];

      g_string_append (json, i > 0 ? ",{\"account\":" : "{\"account\":");
      wd_json_append_text (json, customer->account);
      g_string_append (json, ",\"class\":");
      wd_json_append_text (json, customer->class_);
      g_string_append (json, ",\"address\":");
      wd_json_append_text (json, customer->address);
      g_string_append (json, ",\"point\":[");
      wd_json_append_real (json, customer->point.lon);
      g_string_append_c (json, ',');
      wd_json_append_real (json, customer->point.lat);
      g_string_append (json, "]}");
    }
  g_string_append (json, "]");
}

char *
wd_atlas_affected (WdAtlas *atlas, const char *area, GError **error)
{
  g_autoptr (WdArea)  inside = parse_area (area, error);
  const WdAtlasSheet *sheet = inside != NULL ? wd_atlas_hold (atlas, error) : NULL;
  GString            *json;

  if (sheet == NULL)
    return NULL;
  json = g_string_new ("{");
  append_customers (json, sheet, inside);
  append_critical (json, sheet, inside);
  wd_atlas_let_go (atlas);
  return g_string_free (g_string_append_c (json, '}'), FALSE);
}

/* ---- orders ---- */

/* Orders share their readers with many others: each set is decided once. */
typedef struct
{
  GStrv       theirs;
  GHashTable *decided; /* interned readers -> gboolean, + 1 */
} Sight;

static Sight
sight_of (const WdActor *actor)
{
  return (Sight){ wd_actor_readers (actor), g_hash_table_new (NULL, NULL) };
}

static void
sight_clear (Sight *sight)
{
  g_strfreev (sight->theirs);
  g_hash_table_unref (sight->decided);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sight, sight_clear)

static gboolean
may_see (Sight *sight, const WdAtlasSpot *spot)
{
  gpointer decided = g_hash_table_lookup (sight->decided, spot->readers);
  gboolean sees = FALSE;

  if (decided != NULL)
    return GPOINTER_TO_INT (decided) - 1;
  for (char **reader = sight->theirs; *reader != NULL && !sees; reader++)
    {
      g_autofree char *named = g_strconcat (" ", *reader, " ", NULL);

      sees = strstr (spot->readers, named) != NULL;
    }
  g_hash_table_insert (sight->decided, spot->readers, GINT_TO_POINTER (sees + 1));
  return sees;
}

static int
compare_spots (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const WdAtlasSpot *const *)a)->id, (*(const WdAtlasSpot *const *)b)->id);
}

static void
append_orders (GString *json, const WdAtlasSheet *sheet, const WdArea *area, const WdActor *actor)
{
  g_autoptr (GPtrArray) found = wd_point_index_find (sheet->orders, area);
  g_auto (Sight)        sight = sight_of (actor);
  const char           *comma = "";

  g_ptr_array_sort (found, compare_spots);
  g_string_append (json, ",\"orders\":[");
  for (guint i = 0; i < found->len; i++)
    {
      const WdAtlasSpot *spot = found->pdata[i];

      if (!may_see (&sight, spot))
        continue;
      g_string_append_printf (json, "%s\"%s\"", comma, spot->id);
      comma = ",";
    }
  g_string_append_c (json, ']');
}

GString *
wd_atlas_affected_for (WdAtlas *atlas, const WdActor *actor, const char *area, GError **error)
{
  g_autoptr (WdArea)  inside = parse_area (area, error);
  const WdAtlasSheet *sheet = inside != NULL ? wd_atlas_hold (atlas, error) : NULL;
  GString            *json;

  if (sheet == NULL)
    return NULL;
  json = g_string_new ("{");
  append_customers (json, sheet, inside);
  append_orders (json, sheet, inside, actor);
  append_critical (json, sheet, inside);
  wd_atlas_let_go (atlas);
  return g_string_append_c (json, '}');
}

gboolean
wd_atlas_lies_outside (WdAtlas *atlas, const char *area, WdPoint *at)
{
  const WdAtlasSheet *sheet = wd_atlas_hold (atlas, NULL);
  gboolean            outside = sheet != NULL && wd_districts_lies_outside (sheet->districts, area, at);

  if (sheet != NULL)
    wd_atlas_let_go (atlas);
  return outside;
}

/* ---- a place ---- */

/* @sight: (nullable): of who asks, where not everybody may see them */
static GStrv
ids_near (const WdPointIndex *index, const WdPoint *point, double metres, Sight *sight)
{
  g_autoptr (GArray)       near = wd_point_index_find_near (index, *point, metres);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint                    n = 0;

  for (guint i = 0; i < near->len && n < NEAR_MOST; i++)
    {
      const WdAtlasSpot *spot = g_array_index (near, WdNear, i).what;

      if (sight != NULL && !may_see (sight, spot))
        continue;
      g_strv_builder_add (ids, spot->id);
      n++;
    }
  return g_strv_builder_end (ids);
}

gboolean
wd_atlas_look (WdAtlas *atlas, const WdActor *actor, const WdPoint *point, WdAtlasPlace *place, GError **error)
{
  g_auto (Sight)      sight = sight_of (actor);
  const WdAtlasSheet *sheet = wd_atlas_hold (atlas, error);

  if (sheet == NULL)
    return FALSE;
  place->areas = wd_area_index_find (sheet->areas, *point);
  place->cases = ids_near (sheet->cases, point, CASE_REACH_M, NULL);
  place->orders = ids_near (sheet->orders, point, SAME_PLACE_M, &sight);
  wd_atlas_let_go (atlas);
  return TRUE;
}

void
wd_atlas_place_clear (WdAtlasPlace *place)
{
  g_clear_pointer (&place->areas, g_strfreev);
  g_clear_pointer (&place->cases, g_strfreev);
  g_clear_pointer (&place->orders, g_strfreev);
}
