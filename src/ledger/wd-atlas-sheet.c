/* wd-atlas-sheet.c — what lies where, changed as it is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-atlas-private.h"

#include "wd-json.h"
#include "wd-outage.h"

#include <math.h>

static void
customer_free (gpointer data)
{
  WdAtlasCustomer *customer = data;

  g_free (customer->account);
  g_free (customer->class_);
  g_free (customer->address);
  g_free (customer);
}

static void
spot_free (gpointer data)
{
  WdAtlasSpot *spot = data;

  g_free (spot->id);
  g_clear_pointer (&spot->readers, g_ref_string_release);
  g_free (spot);
}

WdAtlasSheet *
wd_atlas_sheet_new (void)
{
  WdAtlasSheet *sheet = g_new0 (WdAtlasSheet, 1);

  sheet->customers = wd_point_index_new ();
  sheet->critical = wd_point_index_new ();
  sheet->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, customer_free);
  sheet->orders = wd_point_index_new ();
  sheet->cases = wd_point_index_new ();
  sheet->spots = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, spot_free);
  sheet->areas = wd_area_index_new ();
  sheet->districts = wd_districts_new ();
  return sheet;
}

void
wd_atlas_sheet_free (WdAtlasSheet *sheet)
{
  wd_point_index_free (sheet->customers);
  wd_point_index_free (sheet->critical);
  g_hash_table_unref (sheet->accounts);
  wd_point_index_free (sheet->orders);
  wd_point_index_free (sheet->cases);
  g_hash_table_unref (sheet->spots);
  wd_area_index_free (sheet->areas);
  wd_districts_free (sheet->districts);
  g_free (sheet);
}

/* ---- customers ---- */

/* Of those who are not critical it is enough how many there are at a point. */
void
wd_atlas_sheet_move (WdAtlasSheet *sheet, const WdCustomerMove *move)
{
  WdAtlasCustomer *customer = g_hash_table_lookup (sheet->accounts, move->account);

  if (wd_point_is_set (&move->was))
    wd_point_index_remove (sheet->customers, move->was, NULL);
  if (customer != NULL)
    {
      wd_point_index_remove (sheet->critical, customer->point, customer);
      g_hash_table_remove (sheet->accounts, move->account);
    }
  if (!wd_point_is_set (&move->point))
    return;
  wd_point_index_add (sheet->customers, move->point, NULL);
  if (!wd_customer_class_is_critical (move->class_))
    return;
  customer = g_new0 (WdAtlasCustomer, 1);
  customer->account = g_strdup (move->account);
  customer->class_ = g_strdup (move->class_);
  customer->address = g_strdup (move->address);
  customer->point = move->point;
  g_hash_table_insert (sheet->accounts, customer->account, customer);
  wd_point_index_add (sheet->critical, customer->point, customer);
}

/* ---- orders, outages, quality cases, units ---- */

static void
take_spot (WdAtlasSheet *sheet, const WdAtlasNews *news)
{
  WdPointIndex *index = news->kind == WD_OBJECT_ORDER ? sheet->orders : sheet->cases;
  WdAtlasSpot  *spot = g_hash_table_lookup (sheet->spots, news->id);

  if (spot != NULL)
    {
      wd_point_index_remove (index, spot->point, spot);
      g_hash_table_remove (sheet->spots, news->id);
    }
  if (!news->open || !wd_point_is_set (&news->point))
    return;
  spot = g_new0 (WdAtlasSpot, 1);
  spot->id = g_strdup (news->id);
  spot->point = news->point;
  spot->readers = news->readers != NULL ? g_ref_string_new_intern (news->readers) : NULL;
  g_hash_table_insert (sheet->spots, spot->id, spot);
  wd_point_index_add (index, spot->point, spot);
}

static WdArea *
area_of (const char *geojson)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = geojson != NULL ? wd_geometry_rings (geojson, &starts, NULL) : NULL;

  return rings != NULL ? wd_area_new_for_rings (rings, starts) : NULL;
}

static void
take_unit (WdAtlasSheet *sheet, const WdAtlasNews *news)
{
  WdUnit unit = { .code = news->id, .territory = news->area, .closed = !news->open };

  wd_districts_put (sheet->districts, &unit);
}

void
wd_atlas_sheet_take (WdAtlasSheet *sheet, const WdAtlasNews *news)
{
  if (news->kind == WD_OBJECT_UNIT)
    take_unit (sheet, news);
  else if (news->kind == WD_OBJECT_ORDER)
    take_spot (sheet, news);
  else
    {
      wd_area_index_put (sheet->areas, news->id, news->open ? area_of (news->area) : NULL);
      if (news->kind == WD_OBJECT_QUALITY)
        take_spot (sheet, news);
    }
}

/* ---- what is told ---- */

void
wd_atlas_news_free (WdAtlasNews *news)
{
  g_free (news->id);
  g_free (news->readers);
  g_free (news->area);
  g_free (news);
}

static void
tell_order (WdAtlasNews *news, const WdOrder *order, const char *const *readers)
{
  g_autofree char *names = g_strjoinv (" ", (char **)readers);

  news->open = wd_order_is_open (order);
  news->point = order->point;
  news->readers = g_strconcat (" ", names, " ", NULL);
}

static void
tell_case (WdAtlasNews *news, const WdQuality *quality)
{
  const char *area = quality->area != NULL ? quality->area : quality->draft_area;

  news->open = quality->state != WD_QUALITY_CLEARED;
  news->area = g_strdup (area);
  if (area == NULL)
    news->point = quality->point;
}

WdAtlasNews *
wd_atlas_news_of (WdObjectKind kind, gconstpointer record, const char *const *readers)
{
  WdAtlasNews *news = g_new0 (WdAtlasNews, 1);

  news->kind = kind;
  news->point.lon = NAN;
  if (kind == WD_OBJECT_ORDER)
    tell_order (news, record, readers);
  else if (kind == WD_OBJECT_QUALITY)
    tell_case (news, record);
  else if (kind == WD_OBJECT_OUTAGE)
    {
      news->open = wd_outage_is_open (record);
      news->area = g_strdup (((const WdOutage *)record)->area);
    }
  else if (kind == WD_OBJECT_UNIT)
    {
      news->open = !((const WdUnit *)record)->closed;
      news->area = g_strdup (((const WdUnit *)record)->territory);
      news->id = g_strdup (((const WdUnit *)record)->code);
    }
  else
    {
      wd_atlas_news_free (news);
      return NULL;
    }
  if (news->id == NULL)
    news->id = g_strdup (wd_object_id (kind, record));
  return news;
}
