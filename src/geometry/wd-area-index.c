/* wd-area-index.c — many areas by name, and which of them are around a point
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-index.h"

#define SLACK 1e-9 /* degrees: more than the border's width */

typedef struct
{
  WdPoint low, high; /* with the slack */
  char   *name;
  WdArea *area;
} Entry;

struct _WdAreaIndex
{
  GArray *entries; /* of Entry */
};

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  wd_area_free (entry->area);
}

WdAreaIndex *
wd_area_index_new (void)
{
  WdAreaIndex *self = g_new0 (WdAreaIndex, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
  return self;
}

void
wd_area_index_free (WdAreaIndex *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_free (self);
}

void
wd_area_index_put (WdAreaIndex *self,
                   const char  *name,
                   WdArea      *area)
{
  Entry entry = { .area = area };

  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (g_array_index (self->entries, Entry, i).name, name))
      {
        g_array_remove_index_fast (self->entries, i);
        break;
      }
  if (area == NULL)
    return;
  if (!wd_area_get_bounds (area, &entry.low, &entry.high))
    {
      wd_area_free (area);
      return;
    }
  entry.low = (WdPoint){ entry.low.lon - SLACK, entry.low.lat - SLACK };
  entry.high = (WdPoint){ entry.high.lon + SLACK, entry.high.lat + SLACK };
  entry.name = g_strdup (name);
  g_array_append_val (self->entries, entry);
}

guint
wd_area_index_get_n (const WdAreaIndex *self)
{
  return self->entries->len;
}

GStrv
wd_area_index_find (const WdAreaIndex *self,
                    WdPoint            point)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (point.lon >= entry->low.lon && point.lon <= entry->high.lon && point.lat >= entry->low.lat && point.lat <= entry->high.lat &&
          wd_area_contains (entry->area, point))
        g_strv_builder_add (found, entry->name);
    }
  return g_strv_builder_end (found);
}
