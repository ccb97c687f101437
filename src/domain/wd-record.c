/* wd-record.c — making, copying, freeing and comparing what a field table describes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-record.h"

#include <math.h>

#define AT(record, field, CType) (*(CType *)((char *)(record) + (field)->offset))

gpointer
wd_record_new (const WdRecordType *type)
{
  gpointer record = g_malloc0 (type->size);

  for (const WdField *f = type->fields; f->name != NULL; f++)
    {
      switch (f->kind)
        {
        case WD_FIELD_INT:
          AT (record, f, gint64) = WD_INT_ABSENT;
          break;
        case WD_FIELD_REAL:
          AT (record, f, double) = NAN;
          break;
        case WD_FIELD_POINT:
          AT (record, f, WdPoint).lon = NAN;
          break;
        case WD_FIELD_TEXTS:
          AT (record, f, GStrv) = g_new0 (char *, 1);
          break;
        case WD_FIELD_RECORDS:
          AT (record, f, GPtrArray *) = wd_records_new (f->nested);
          break;
        case WD_FIELD_LIMITS:
        case WD_FIELD_TIMES:
          AT (record, f, GHashTable *) = wd_limits_new ();
          break;
        case WD_FIELD_TEXT:
        case WD_FIELD_ENUM:
        case WD_FIELD_BOOL:
        case WD_FIELD_TIME:
        case WD_FIELD_DURATION:
        case WD_FIELD_RECORD:
        case WD_FIELD_JSON:
          break; /* zero is their absence */
        }
    }
  return record;
}

static GPtrArray *
copy_records (const WdRecordType *type, GPtrArray *records)
{
  GPtrArray *copy = wd_records_new (type);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (copy, wd_record_copy (type, records->pdata[i]));
  return copy;
}

static GHashTable *
copy_limits (GHashTable *limits)
{
  GHashTable    *copy = wd_limits_new ();
  GHashTableIter iter;
  gpointer       rule, milliseconds;

  g_hash_table_iter_init (&iter, limits);
  while (g_hash_table_iter_next (&iter, &rule, &milliseconds))
    wd_limits_set (copy, rule, *(gint64 *)milliseconds);
  return copy;
}

gpointer
wd_record_copy (const WdRecordType *type, gconstpointer record)
{
  gpointer copy;

  if (record == NULL)
    return NULL;
  copy = g_memdup2 (record, type->size);
  for (const WdField *f = type->fields; f->name != NULL; f++)
    {
      switch (f->kind)
        {
        case WD_FIELD_TEXT:
        case WD_FIELD_JSON:
          AT (copy, f, char *) = g_strdup (AT (record, f, char *));
          break;
        case WD_FIELD_TEXTS:
          AT (copy, f, GStrv) = g_strdupv (AT (record, f, GStrv));
          break;
        case WD_FIELD_RECORD:
          AT (copy, f, gpointer) = wd_record_copy (f->nested, AT (record, f, gpointer));
          break;
        case WD_FIELD_RECORDS:
          AT (copy, f, GPtrArray *) = copy_records (f->nested, AT (record, f, GPtrArray *));
          break;
        case WD_FIELD_LIMITS:
        case WD_FIELD_TIMES:
          AT (copy, f, GHashTable *) = copy_limits (AT (record, f, GHashTable *));
          break;
        case WD_FIELD_ENUM:
        case WD_FIELD_INT:
        case WD_FIELD_REAL:
        case WD_FIELD_BOOL:
        case WD_FIELD_TIME:
        case WD_FIELD_DURATION:
        case WD_FIELD_POINT:
          break; /* copied with the struct */
        }
    }
  return copy;
}

void
wd_record_free (const WdRecordType *type, gpointer record)
{
  if (record == NULL)
    return;
  for (const WdField *f = type->fields; f->name != NULL; f++)
    {
      switch (f->kind)
        {
        case WD_FIELD_TEXT:
        case WD_FIELD_JSON:
          g_free (AT (record, f, char *));
          break;
        case WD_FIELD_TEXTS:
          g_strfreev (AT (record, f, GStrv));
          break;
        case WD_FIELD_RECORD:
          wd_record_free (f->nested, AT (record, f, gpointer));
          break;
        case WD_FIELD_RECORDS:
          g_ptr_array_unref (AT (record, f, GPtrArray *));
          break;
        case WD_FIELD_LIMITS:
        case WD_FIELD_TIMES:
          g_hash_table_unref (AT (record, f, GHashTable *));
          break;
        case WD_FIELD_ENUM:
        case WD_FIELD_INT:
        case WD_FIELD_REAL:
        case WD_FIELD_BOOL:
        case WD_FIELD_TIME:
        case WD_FIELD_DURATION:
        case WD_FIELD_POINT:
          break;
        }
    }
  g_free (record);
}

static gboolean
reals_equal (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
points_equal (const WdPoint *a, const WdPoint *b)
{
  if (!wd_point_is_set (a) || !wd_point_is_set (b))
    return wd_point_is_set (a) == wd_point_is_set (b);
  return a->lon == b->lon && a->lat == b->lat;
}

static gboolean
records_equal (const WdRecordType *type, GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!wd_record_equal (type, a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
limits_equal (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer       rule, milliseconds;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &rule, &milliseconds))
    {
      const gint64 *other = g_hash_table_lookup (b, rule);

      if (other == NULL || *other != *(gint64 *)milliseconds)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fields_equal (const WdField *f, gconstpointer a, gconstpointer b)
{
  switch (f->kind)
    {
    case WD_FIELD_TEXT:
    case WD_FIELD_JSON:
      return g_strcmp0 (AT (a, f, char *), AT (b, f, char *)) == 0;
    case WD_FIELD_ENUM:
      return AT (a, f, int) == AT (b, f, int);
    case WD_FIELD_INT:
    case WD_FIELD_TIME:
    case WD_FIELD_DURATION:
      return AT (a, f, gint64) == AT (b, f, gint64);
    case WD_FIELD_REAL:
      return reals_equal (AT (a, f, double), AT (b, f, double));
    case WD_FIELD_BOOL:
      return !AT (a, f, gboolean) == !AT (b, f, gboolean);
    case WD_FIELD_POINT:
      return points_equal (&AT (a, f, WdPoint), &AT (b, f, WdPoint));
    case WD_FIELD_TEXTS:
      return g_strv_equal ((const char *const *)AT (a, f, GStrv), (const char *const *)AT (b, f, GStrv));
    case WD_FIELD_RECORD:
      return wd_record_equal (f->nested, AT (a, f, gpointer), AT (b, f, gpointer));
    case WD_FIELD_RECORDS:
      return records_equal (f->nested, AT (a, f, GPtrArray *), AT (b, f, GPtrArray *));
    case WD_FIELD_LIMITS:
    case WD_FIELD_TIMES:
      return limits_equal (AT (a, f, GHashTable *), AT (b, f, GHashTable *));
    default:
      g_assert_not_reached ();
    }
}

gboolean
wd_record_equal (const WdRecordType *type, gconstpointer a, gconstpointer b)
{
  if (a == NULL || b == NULL)
    return a == b;
  for (const WdField *f = type->fields; f->name != NULL; f++)
    if (!fields_equal (f, a, b))
      return FALSE;
  return TRUE;
}

GPtrArray *
wd_records_new (const WdRecordType *type)
{
  return g_ptr_array_new_with_free_func (type->free_record);
}

GHashTable *
wd_limits_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
wd_limits_set (GHashTable *limits, const char *rule, gint64 milliseconds)
{
  g_hash_table_insert (limits, g_strdup (rule), g_memdup2 (&milliseconds, sizeof milliseconds));
}

gint64
wd_limits_get (GHashTable *limits, const char *rule)
{
  const gint64 *milliseconds = g_hash_table_lookup (limits, rule);

  return milliseconds != NULL ? *milliseconds : 0;
}

gboolean
wd_point_is_set (const WdPoint *point)
{
  return !isnan (point->lon);
}

const char *
wd_enum_nick (GType enum_type, int value)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (enum_type);
  const GEnumValue      *found = g_enum_get_value (G_ENUM_CLASS (klass), value);

  /* 0 is “none” everywhere, also where an enum registers it. */
  return value != 0 && found != NULL ? found->value_nick : NULL;
}

int
wd_enum_value (GType enum_type, const char *nick)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (enum_type);
  const GEnumValue      *found = nick != NULL ? g_enum_get_value_by_nick (G_ENUM_CLASS (klass), nick) : NULL;

  return found != NULL ? found->value : 0;
}
