/* test-record.c — every record type copies, compares and travels whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <math.h>
#include <string.h>

#define FIELD_AT(record, field, CType) (*(CType *)((char *)(record) + (field)->offset))

static const WdRecordType *const types[] = {
  &wd_order_type, &wd_clock_type, &wd_because_type, &wd_caller_type, &wd_returned_type, &wd_ruling_type,
  &wd_visit_type, &wd_delivery_type, &wd_link_type, &wd_unit_type, &wd_duty_type, &wd_crew_type,
  &wd_staff_type, &wd_category_type, &wd_policy_type, &wd_policy_row_type
};

/* A value that no absent field has and that differs for each @n. */
static void
fill_field (const WdField *f, gpointer record, int n)
{
  g_autofree char *text = g_strdup_printf ("%s %d", f->name, n);
  const char      *texts[] = { text, "水", NULL };
  gpointer         nested;

  switch (f->kind)
    {
    case WD_FIELD_TEXT:
    case WD_FIELD_JSON:
      g_free (FIELD_AT (record, f, char *));
      FIELD_AT (record, f, char *) = g_steal_pointer (&text);
      break;
    case WD_FIELD_ENUM:
      FIELD_AT (record, f, int) = 1 + n % 2;
      break;
    case WD_FIELD_INT:
    case WD_FIELD_TIME:
    case WD_FIELD_DURATION:
      FIELD_AT (record, f, gint64) = MORNING + n;
      break;
    case WD_FIELD_REAL:
      FIELD_AT (record, f, double) = n + 0.5;
      break;
    case WD_FIELD_BOOL:
      FIELD_AT (record, f, gboolean) = n % 2;
      break;
    case WD_FIELD_POINT:
      FIELD_AT (record, f, WdPoint) = (WdPoint){ 120.2 + n, 30.2 };
      break;
    case WD_FIELD_TEXTS:
      g_strfreev (FIELD_AT (record, f, GStrv));
      FIELD_AT (record, f, GStrv) = g_strdupv ((GStrv)texts);
      break;
    case WD_FIELD_RECORD:
    case WD_FIELD_RECORDS:
      nested = wd_record_new (f->nested);
      for (const WdField *inner = f->nested->fields; inner->name != NULL; inner++)
        fill_field (inner, nested, n);
      if (f->kind == WD_FIELD_RECORDS)
        g_ptr_array_add (FIELD_AT (record, f, GPtrArray *), nested);
      else
        {
          wd_record_free (f->nested, FIELD_AT (record, f, gpointer));
          FIELD_AT (record, f, gpointer) = nested;
        }
      break;
    case WD_FIELD_LIMITS:
    case WD_FIELD_TIMES:
      wd_limits_set (FIELD_AT (record, f, GHashTable *), "accept", 1000 + n);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gpointer
new_filled (const WdRecordType *type)
{
  gpointer record = wd_record_new (type);

  for (const WdField *f = type->fields; f->name != NULL; f++)
    fill_field (f, record, 1);
  return record;
}

static void
test_copy_is_equal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer record = new_filled (types[i]);
      gpointer copy = wd_record_copy (types[i], record);
      gpointer empty = wd_record_new (types[i]);

      g_assert_true (wd_record_equal (types[i], record, copy));
      g_assert_false (wd_record_equal (types[i], record, empty));
      g_assert_false (wd_record_equal (types[i], record, NULL));
      types[i]->free_record (record);
      g_assert_false (wd_record_equal (types[i], copy, empty)); /* the copy has nothing of the first */
      types[i]->free_record (copy);
      types[i]->free_record (empty);
    }
}

static void
test_each_field_counts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    for (const WdField *f = types[i]->fields; f->name != NULL; f++)
      {
        gpointer a = new_filled (types[i]);
        gpointer b = new_filled (types[i]);

        g_assert_true (wd_record_equal (types[i], a, b));
        fill_field (f, b, 2);
        if (wd_record_equal (types[i], a, b))
          g_error ("%s: “%s” is not compared", types[i]->name, f->name);
        types[i]->free_record (a);
        types[i]->free_record (b);
      }
}

static void
test_absent_values (void)
{
  g_autoptr (WdOrder) order = wd_order_new ();

  g_assert_null (order->number);
  g_assert_null (order->caller);
  g_assert_cmpint (order->channel, ==, 0);
  g_assert_cmpint (order->received_at, ==, 0);
  g_assert_cmpint (order->rework, ==, WD_INT_ABSENT);
  g_assert_false (wd_point_is_set (&order->point));
  g_assert_nonnull (order->points);
  g_assert_null (order->points[0]);
  g_assert_cmpuint (order->clocks->len, ==, 0);
  g_assert_cmpint (wd_limits_get (order->limits, "accept"), ==, 0);
  g_assert_null (wd_order_copy (NULL));
}

static void
test_variant_and_back (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer             record = new_filled (types[i]);
      gpointer             again = wd_record_new (types[i]);
      GVariantIter         iter;
      const char          *name;
      GVariant            *value;
      g_autoptr (GVariant) members = wd_record_to_variant (types[i], record);

      g_variant_iter_init (&iter, members);
      while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
        {
          g_assert_true (wd_record_set_variant (types[i], again, name, value));
          g_variant_unref (value);
        }
      g_assert_true (wd_record_equal (types[i], record, again));
      types[i]->free_record (record);
      types[i]->free_record (again);
    }
}

static void
test_nothing_clears (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer             record = new_filled (types[i]);
      gpointer             empty = wd_record_new (types[i]);
      g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));

      for (const WdField *f = types[i]->fields; f->name != NULL; f++)
        g_assert_true (wd_record_set_variant (types[i], record, f->name, nothing));
      g_assert_true (wd_record_equal (types[i], record, empty));
      g_assert_false (wd_record_set_variant (types[i], record, "nobody", nothing));
      types[i]->free_record (record);
      types[i]->free_record (empty);
    }
}

static void
test_nicks (void)
{
  g_assert_cmpstr (wd_enum_nick (WD_TYPE_ORDER_STATE, WD_STATE_ON_SITE), ==, "on-site");
  g_assert_cmpstr (wd_enum_nick (WD_TYPE_CHANNEL, WD_CHANNEL_PLATFORM_12345), ==, "platform-12345");
  g_assert_null (wd_enum_nick (WD_TYPE_ROLE, 0));
  g_assert_null (wd_enum_nick (WD_TYPE_ROLE, 99));
  g_assert_cmpint (wd_enum_value (WD_TYPE_ROLE, "quality"), ==, WD_ROLE_QUALITY);
  g_assert_cmpint (wd_enum_value (WD_TYPE_ROLE, "nobody"), ==, 0);
  g_assert_cmpint (wd_enum_value (WD_TYPE_ROLE, NULL), ==, 0);
}

/* R10, R14: who transferred a matter has limits of its own. */
static void
test_platforms (void)
{
  const char *platforms[] = { "platform-12345", "digital-city", "media", "conduct", NULL };
  int         count = 0;

  for (int channel = WD_CHANNEL_HOTLINE; channel <= WD_CHANNEL_OPEN311; channel++)
    if (wd_channel_is_platform (channel))
      {
        g_assert_true (g_strv_contains (platforms, wd_enum_nick (WD_TYPE_CHANNEL, channel)));
        count++;
      }
  g_assert_cmpint (count, ==, 4);
}

static const struct
{
  const char *plain;
  const char *masked;
} names[] = {
  { "张三", "张**" },
  { "欧阳娜", "欧**" },
  { "Li Lei", "L**" },
  { "王", "王**" },
  { "", NULL },
  { NULL, NULL },
},
  phones[] = {
    { "13812348000", "138****8000" },
    { "138 1234 8000", "138****8000" },
    { "+8613812348000", "861****8000" },
    { "0571-88001234", "0571****1234" },
    { "010-65551234", "010****1234" },
    { "057188001234", "057****1234" },
    { "12345", "****45" },
    { "110", "****10" },
    { "88001234", "****34" },
    { "12", "****" },
    { "7", "****" },
    { "unknown", "****" },
    { "", NULL },
    { NULL, NULL },
  };

static void
test_masks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *masked = wd_mask_name (names[i].plain);

      g_assert_cmpstr (masked, ==, names[i].masked);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *masked = wd_mask_phone (phones[i].plain);

      g_assert_cmpstr (masked, ==, phones[i].masked);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/copy-is-equal-and-apart", test_copy_is_equal);
  g_test_add_func ("/record/each-field-counts", test_each_field_counts);
  g_test_add_func ("/record/absent-values", test_absent_values);
  g_test_add_func ("/record/to-variant-and-back", test_variant_and_back);
  g_test_add_func ("/record/nothing-clears", test_nothing_clears);
  g_test_add_func ("/words/nicks", test_nicks);
  g_test_add_func ("/words/platforms", test_platforms);
  g_test_add_func ("/words/masks", test_masks);
  return g_test_run ();
}
