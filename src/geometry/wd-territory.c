/* wd-territory.c — which unit a place belongs to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-territory.h"

#define SAME_SIZE_M2 1.0

struct _WdTerritories
{
  GHashTable *areas; /* code -> WdArea */
};

typedef struct
{
  const char *code;
  double      size;
} Match;

WdTerritories *
wd_territories_new (void)
{
  WdTerritories *self = g_new0 (WdTerritories, 1);

  self->areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)wd_area_free);
  return self;
}

void
wd_territories_free (WdTerritories *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->areas);
  g_free (self);
}

void
wd_territories_put (WdTerritories *self,
                    const char    *code,
                    WdArea        *area)
{
  if (area != NULL)
    g_hash_table_replace (self->areas, g_strdup (code), area);
  else
    g_hash_table_remove (self->areas, code);
}

guint
wd_territories_get_n (const WdTerritories *self)
{
  return g_hash_table_size (self->areas);
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const Match *one = a, *other = b;

  if (one->size != other->size)
    return one->size < other->size ? -1 : 1;
  return g_strcmp0 (one->code, other->code);
}

static GArray *
find_matches (const WdTerritories *self,
              WdPoint              point)
{
  GArray        *matches = g_array_new (FALSE, FALSE, sizeof (Match));
  GHashTableIter iter;
  gpointer       code, area;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, &code, &area))
    {
      int polygon = wd_area_find (area, point);

      if (polygon >= 0)
        {
          Match match = { code, wd_area_get_size (area, (guint)polygon) };

          g_array_append_val (matches, match);
        }
    }
  g_array_sort (matches, compare_matches);
  return matches;
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

const char **
wd_territories_find_all (const WdTerritories *self,
                         WdPoint              point,
                         guint               *n_tied)
{
  g_autoptr (GArray) matches = find_matches (self, point);
  const char       **codes = g_new0 (const char *, matches->len + 1);
  guint              tied = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);

      codes[i] = match->code;
      if (match->size - g_array_index (matches, Match, 0).size <= SAME_SIZE_M2)
        tied++;
    }
  qsort (codes, tied, sizeof *codes, compare_codes);
  if (n_tied != NULL)
    *n_tied = tied;
  return codes;
}

const char *
wd_territories_find (const WdTerritories *self,
                     WdPoint              point)
{
  g_autofree const char **codes = wd_territories_find_all (self, point, NULL);

  return codes[0];
}
