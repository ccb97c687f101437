/* wd-test-random.c — random records and members
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-test-random.h"

#include "wd-policy.h"

static const char geometry[] = "{\"type\":\"Polygon\",\"coordinates\":[[[120.1,30.1],[120.3,30.1],[120.3,30.3],[120.1,30.1]]]}";

char *
wd_test_text (gboolean lines)
{
  static const char *const pieces[] = { "a", "Z", "0", " ", "\"", "\\", "/", "'", ":", "<", "漏", "水", "é", "\xf0\x9f\x9a\xb0", "\n", "\t" };
  GString                 *text = g_string_new ("x");

  for (int i = g_test_rand_int_range (0, 8); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces) - (lines ? 0 : 2))]);
  return g_string_free (text, FALSE);
}

char *
wd_test_id (void)
{
  return g_strdup_printf ("%08x-%04x-7%03x-a%03x-%08x%04x", (guint)g_test_rand_int (), g_test_rand_int () & 0xffffu, g_test_rand_int () & 0xfffu,
                          g_test_rand_int () & 0xfffu, (guint)g_test_rand_int (), g_test_rand_int () & 0xffffu);
}

static int
random_enum (GType type)
{
  g_autoptr (GTypeClass) class = g_type_class_ref (type);
  GEnumClass *values = (GEnumClass *)class;

  for (;;)
    {
      int value = values->values[g_test_rand_int_range (0, values->n_values)].value;

      if (value != 0)
        return value;
    }
}

static gint64
random_time (void)
{
  return (gint64)g_test_rand_double_range (1, 4e12);
}

static GStrv
random_texts (void)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    {
      g_autofree char *text = wd_test_text (TRUE);

      g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

static void
fill_list (const WdField *field, GPtrArray *records)
{
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    g_ptr_array_add (records, wd_test_record (field->nested));
}

static void
fill_field (const WdField *field, gpointer at)
{
  switch (field->kind)
    {
    case WD_FIELD_TEXT: *(char **)at = wd_test_text (TRUE); break;
    case WD_FIELD_ENUM: *(int *)at = random_enum (field->enum_type ()); break;
    case WD_FIELD_INT: *(gint64 *)at = g_test_rand_int (); break;
    case WD_FIELD_REAL: *(double *)at = g_test_rand_double_range (-1e6, 1e6); break;
    case WD_FIELD_BOOL: *(gboolean *)at = TRUE; break;
    case WD_FIELD_TIME:
    case WD_FIELD_DURATION: *(gint64 *)at = random_time (); break;
    case WD_FIELD_POINT: *(WdPoint *)at = (WdPoint){ g_test_rand_double_range (-180, 180), g_test_rand_double_range (-90, 90) }; break;
    case WD_FIELD_TEXTS:
      g_strfreev (*(GStrv *)at);
      *(GStrv *)at = random_texts ();
      break;
    case WD_FIELD_RECORD: *(gpointer *)at = wd_test_record (field->nested); break;
    case WD_FIELD_RECORDS: fill_list (field, *(GPtrArray **)at); break;
    case WD_FIELD_TIMES:
    case WD_FIELD_LIMITS: wd_limits_set (*(GHashTable **)at, "accept", random_time ()); break;
    case WD_FIELD_JSON: *(char **)at = g_strdup (geometry); break;
    default: g_assert_not_reached ();
    }
}

gpointer
wd_test_record (const WdRecordType *type)
{
  gpointer record = wd_record_new (type);

  for (const WdField *field = type->fields; field->name; field++)
    if (g_test_rand_bit ())
      fill_field (field, G_STRUCT_MEMBER_P (record, field->offset));
  return record;
}

static GVariant *
random_hashes (void)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)geometry, g_test_rand_int_range (1, 20));
  const char      *hashes[] = { hash, NULL };

  return g_variant_new_strv (hashes, -1);
}

static GVariant *
random_limits (void)
{
  GVariantBuilder limits;

  g_variant_builder_init (&limits, G_VARIANT_TYPE ("a{sx}"));
  g_variant_builder_add (&limits, "{sx}", "accept", random_time ());
  g_variant_builder_add (&limits, "{sx}", "outage-lead", random_time ());
  return g_variant_builder_end (&limits);
}

static GVariant *
random_caller (void)
{
  g_autofree char *name = wd_test_text (FALSE);
  GVariantBuilder  caller;

  g_variant_builder_init (&caller, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&caller, "{ss}", "name", name);
  if (g_test_rand_bit ())
    g_variant_builder_add (&caller, "{ss}", "phone", "13812348000");
  return g_variant_builder_end (&caller);
}

/* One row with each of its fields. */
static GVariant *
policy_rows (void)
{
  g_autoptr (WdPolicyRow) row = wd_policy_row_new ();
  g_autoptr (GVariant)    members = NULL;
  GVariantBuilder         rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  row->rule = g_strdup ("accept");
  row->clause = g_strdup ("R20");
  g_strfreev (row->starts);
  row->starts = g_strsplit ("dispatch,rule-return:refused", ",", -1);
  row->limit = random_time ();
  row->site = TRUE;
  members = wd_record_to_variant (&wd_policy_row_type, row);
  g_variant_builder_add_value (&rows, members);
  return g_variant_builder_end (&rows);
}

static GVariant *
random_value (const WdMember *member)
{
  switch (member->kind)
    {
    case WD_MEMBER_TEXT: return g_variant_new_take_string (wd_test_text (TRUE));
    case WD_MEMBER_NAME: return g_variant_new_take_string (wd_test_text (FALSE));
    case WD_MEMBER_ID: return g_variant_new_take_string (wd_test_id ());
    case WD_MEMBER_CODE: return g_variant_new_string ("east-2");
    case WD_MEMBER_ENUM: return g_variant_new_string (wd_enum_nick (member->enum_type (), random_enum (member->enum_type ())));
    case WD_MEMBER_BOOL: return g_variant_new_boolean (g_test_rand_bit ());
    case WD_MEMBER_INT: return g_variant_new_int64 (g_test_rand_int ());
    case WD_MEMBER_TIME:
    case WD_MEMBER_DURATION: return g_variant_new_int64 (random_time ());
    case WD_MEMBER_POINT: return g_variant_new ("(dd)", g_test_rand_double_range (-180, 180), g_test_rand_double_range (-90, 90));
    case WD_MEMBER_TEXTS:
      {
        g_auto (GStrv) texts = random_texts ();

        return g_variant_new_strv ((const char *const *)texts, -1);
      }
    case WD_MEMBER_HASHES: return random_hashes ();
    case WD_MEMBER_CODES: return g_variant_new_parsed ("['east', 'west']");
    case WD_MEMBER_JSON: return g_variant_new_string ("{\"customers\":3,\"critical\":[]}");
    case WD_MEMBER_IDS:
      {
        g_autofree char  *id = wd_test_id ();
        const char *const ids[] = { id, NULL };

        return g_variant_new_strv (ids, -1);
      }
    case WD_MEMBER_CALLER: return random_caller ();
    case WD_MEMBER_LIMITS: return random_limits ();
    case WD_MEMBER_GEOMETRY: return g_variant_new_string (geometry);
    case WD_MEMBER_ROWS: return policy_rows ();
    default: g_assert_not_reached ();
    }
}

GVariant *
wd_test_members (const WdVerbInfo *info, gboolean server)
{
  GVariantBuilder members;

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  for (const WdMember *member = info->members; member->name; member++)
    {
      if ((member->flags & WD_MEMBER_SERVER && !server) || (!(member->flags & WD_MEMBER_REQUIRED) && g_test_rand_bit ()))
        continue;
      if (member->flags & WD_MEMBER_NULLABLE && g_test_rand_bit ())
        g_variant_builder_add (&members, "{sv}", member->name, g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));
      else
        g_variant_builder_add (&members, "{sv}", member->name, random_value (member));
    }
  return g_variant_builder_end (&members);
}
