/* wd-record-variant.c — records from and to the members of commands and events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-record.h"

#include <math.h>
#include <string.h>

#define AT(record, field, CType) (*(CType *)((char *)(record) + (field)->offset))

static const WdField *
find_field (const WdRecordType *type, const char *name)
{
  for (const WdField *f = type->fields; f->name != NULL; f++)
    if (strcmp (f->name, name) == 0)
      return f;
  return NULL;
}

/* @dictionary: a{sv}, or a{ss} for a caller. */
static gpointer
record_from_dictionary (const WdRecordType *type, GVariant *dictionary)
{
  gpointer     record = wd_record_new (type);
  GVariantIter iter;
  GVariant    *entry;

  g_variant_iter_init (&iter, dictionary);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) name = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT))
        {
          GVariant *inner = g_variant_get_variant (value);

          g_variant_unref (value);
          value = inner;
        }
      wd_record_set_variant (type, record, g_variant_get_string (name, NULL), value);
      g_variant_unref (entry);
    }
  return record;
}

static GPtrArray *
records_from_list (const WdRecordType *type, GVariant *list)
{
  GPtrArray *records = wd_records_new (type);

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) dictionary = g_variant_get_child_value (list, i);

      g_ptr_array_add (records, record_from_dictionary (type, dictionary));
    }
  return records;
}

static void
merge_limits (GHashTable *limits, GVariant *given)
{
  GVariantIter iter;
  const char  *rule;
  gint64       milliseconds;

  g_variant_iter_init (&iter, given);
  while (g_variant_iter_next (&iter, "{&sx}", &rule, &milliseconds))
    wd_limits_set (limits, rule, milliseconds);
}

static void
set_field (const WdField *f, gpointer record, GVariant *value)
{
  switch (f->kind)
    {
    case WD_FIELD_TEXT:
    case WD_FIELD_JSON:
      g_free (AT (record, f, char *));
      AT (record, f, char *) = g_variant_dup_string (value, NULL);
      break;
    case WD_FIELD_ENUM:
      AT (record, f, int) = wd_enum_value (f->enum_type (), g_variant_get_string (value, NULL));
      break;
    case WD_FIELD_INT:
    case WD_FIELD_TIME:
    case WD_FIELD_DURATION:
      AT (record, f, gint64) = g_variant_get_int64 (value);
      break;
    case WD_FIELD_REAL:
      AT (record, f, double) = g_variant_get_double (value);
      break;
    case WD_FIELD_BOOL:
      AT (record, f, gboolean) = g_variant_get_boolean (value);
      break;
    case WD_FIELD_POINT:
      g_variant_get (value, "(dd)", &AT (record, f, WdPoint).lon, &AT (record, f, WdPoint).lat);
      break;
    case WD_FIELD_TEXTS:
      g_strfreev (AT (record, f, GStrv));
      AT (record, f, GStrv) = g_variant_dup_strv (value, NULL);
      break;
    case WD_FIELD_RECORD:
      wd_record_free (f->nested, AT (record, f, gpointer));
      AT (record, f, gpointer) = record_from_dictionary (f->nested, value);
      break;
    case WD_FIELD_RECORDS:
      g_ptr_array_unref (AT (record, f, GPtrArray *));
      AT (record, f, GPtrArray *) = records_from_list (f->nested, value);
      break;
    case WD_FIELD_LIMITS:
    case WD_FIELD_TIMES:
      merge_limits (AT (record, f, GHashTable *), value);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
clear_field (const WdField *f, gpointer record)
{
  switch (f->kind)
    {
    case WD_FIELD_TEXT:
    case WD_FIELD_JSON:
      g_clear_pointer (&AT (record, f, char *), g_free);
      break;
    case WD_FIELD_ENUM:
      AT (record, f, int) = 0;
      break;
    case WD_FIELD_INT:
      AT (record, f, gint64) = WD_INT_ABSENT;
      break;
    case WD_FIELD_TIME:
    case WD_FIELD_DURATION:
      AT (record, f, gint64) = 0;
      break;
    case WD_FIELD_REAL:
      AT (record, f, double) = NAN;
      break;
    case WD_FIELD_BOOL:
      AT (record, f, gboolean) = FALSE;
      break;
    case WD_FIELD_POINT:
      AT (record, f, WdPoint) = (WdPoint){ NAN, 0 };
      break;
    case WD_FIELD_TEXTS:
      g_strfreev (AT (record, f, GStrv));
      AT (record, f, GStrv) = g_new0 (char *, 1);
      break;
    case WD_FIELD_RECORD:
      wd_record_free (f->nested, AT (record, f, gpointer));
      AT (record, f, gpointer) = NULL;
      break;
    case WD_FIELD_RECORDS:
      g_ptr_array_set_size (AT (record, f, GPtrArray *), 0);
      break;
    case WD_FIELD_LIMITS:
    case WD_FIELD_TIMES:
      g_hash_table_remove_all (AT (record, f, GHashTable *));
      break;
    default:
      g_assert_not_reached ();
    }
}

gboolean
wd_record_set_variant (const WdRecordType *type, gpointer record, const char *name, GVariant *value)
{
  const WdField *field = find_field (type, name);

  if (field == NULL)
    return FALSE;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE))
    clear_field (field, record);
  else
    set_field (field, record, value);
  return TRUE;
}

static GVariant *
limits_to_variant (GHashTable *limits)
{
  g_autoptr (GList) rules = g_list_sort (g_hash_table_get_keys (limits), (GCompareFunc)strcmp);
  GVariantBuilder   builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sx}"));
  for (GList *l = rules; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "{sx}", l->data, wd_limits_get (limits, l->data));
  return g_variant_builder_end (&builder);
}

static GVariant *
records_to_variant (const WdRecordType *type, GPtrArray *records)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GVariant) dictionary = wd_record_to_variant (type, records->pdata[i]);

      g_variant_builder_add_value (&builder, dictionary);
    }
  return g_variant_builder_end (&builder);
}

/* Returns: (nullable): floating; NULL where the field is absent. */
static GVariant *
get_field (const WdField *f, gconstpointer record)
{
  switch (f->kind)
    {
    case WD_FIELD_TEXT:
    case WD_FIELD_JSON:
      return AT (record, f, char *) != NULL ? g_variant_new_string (AT (record, f, char *)) : NULL;
    case WD_FIELD_ENUM:
      return AT (record, f, int) != 0 ? g_variant_new_string (wd_enum_nick (f->enum_type (), AT (record, f, int))) : NULL;
    case WD_FIELD_INT:
      return AT (record, f, gint64) != WD_INT_ABSENT ? g_variant_new_int64 (AT (record, f, gint64)) : NULL;
    case WD_FIELD_TIME:
    case WD_FIELD_DURATION:
      return AT (record, f, gint64) != 0 ? g_variant_new_int64 (AT (record, f, gint64)) : NULL;
    case WD_FIELD_REAL:
      return !isnan (AT (record, f, double)) ? g_variant_new_double (AT (record, f, double)) : NULL;
    case WD_FIELD_BOOL:
      return g_variant_new_boolean (AT (record, f, gboolean));
    case WD_FIELD_POINT:
      if (!wd_point_is_set (&AT (record, f, WdPoint)))
        return NULL;
      return g_variant_new ("(dd)", AT (record, f, WdPoint).lon, AT (record, f, WdPoint).lat);
    case WD_FIELD_TEXTS:
      return g_variant_new_strv ((const char *const *)AT (record, f, GStrv), -1);
    case WD_FIELD_RECORD:
      return AT (record, f, gpointer) != NULL ? wd_record_to_variant (f->nested, AT (record, f, gpointer)) : NULL;
    case WD_FIELD_RECORDS:
      return records_to_variant (f->nested, AT (record, f, GPtrArray *));
    case WD_FIELD_LIMITS:
    case WD_FIELD_TIMES:
      return limits_to_variant (AT (record, f, GHashTable *));
    default:
      g_assert_not_reached ();
    }
}

GVariant *
wd_record_to_variant (const WdRecordType *type, gconstpointer record)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (const WdField *f = type->fields; f->name != NULL; f++)
    {
      GVariant *value = get_field (f, record);

      if (value == NULL)
        continue;
      g_variant_builder_add (&builder, "{sv}", f->name, value);
      if (f->kind == WD_FIELD_RECORD)
        g_variant_unref (value); /* alone came with a reference of its own */
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
