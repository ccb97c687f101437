/* wd-member-write.c — the values of commands and events as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-member-json.h"
#include "wd-policy-json.h"

static void
append_list (GString *json, GVariant *value)
{
  GVariantIter iter;
  const char  *text;
  gboolean     first = TRUE;

  g_string_append_c (json, '[');
  g_variant_iter_init (&iter, value);
  for (; g_variant_iter_next (&iter, "&s", &text); first = FALSE)
    {
      if (!first)
        g_string_append_c (json, ',');
      wd_json_append_text (json, text);
    }
  g_string_append_c (json, ']');
}

static void
append_caller (GString *json, GVariant *value)
{
  GVariantIter iter;
  const char  *name, *text;
  gboolean     first = TRUE;

  g_string_append_c (json, '{');
  g_variant_iter_init (&iter, value);
  for (; g_variant_iter_next (&iter, "{&s&s}", &name, &text); first = FALSE)
    {
      if (!first)
        g_string_append_c (json, ',');
      wd_json_append_text (json, name);
      g_string_append_c (json, ':');
      wd_json_append_text (json, text);
    }
  g_string_append_c (json, '}');
}

static void
append_limits (GString *json, GVariant *value)
{
  GVariantIter iter;
  const char  *rule;
  gint64       limit;
  gboolean     first = TRUE;

  g_string_append_c (json, '{');
  g_variant_iter_init (&iter, value);
  for (; g_variant_iter_next (&iter, "{&sx}", &rule, &limit); first = FALSE)
    {
      if (!first)
        g_string_append_c (json, ',');
      wd_json_append_text (json, rule);
      g_string_append_c (json, ':');
      wd_json_append_duration (json, limit);
    }
  g_string_append_c (json, '}');
}

static void
append_point (GString *json, GVariant *value)
{
  double lon, lat;

  g_variant_get (value, "(dd)", &lon, &lat);
  g_string_append_c (json, '[');
  wd_json_append_real (json, lon);
  g_string_append_c (json, ',');
  wd_json_append_real (json, lat);
  g_string_append_c (json, ']');
}

void
wd_member_append_json (GString *json, const WdMember *member, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE))
    {
      g_string_append (json, "null");
      return;
    }
  switch (member->kind)
    {
    case WD_MEMBER_TEXT:
    case WD_MEMBER_NAME:
    case WD_MEMBER_ID:
    case WD_MEMBER_CODE:
    case WD_MEMBER_ENUM: wd_json_append_text (json, g_variant_get_string (value, NULL)); break;
    case WD_MEMBER_BOOL: g_string_append (json, g_variant_get_boolean (value) ? "true" : "false"); break;
    case WD_MEMBER_INT: g_string_append_printf (json, "%" G_GINT64_FORMAT, g_variant_get_int64 (value)); break;
    case WD_MEMBER_TIME: wd_json_append_time (json, g_variant_get_int64 (value)); break;
    case WD_MEMBER_DURATION: wd_json_append_duration (json, g_variant_get_int64 (value)); break;
    case WD_MEMBER_POINT: append_point (json, value); break;
    case WD_MEMBER_TEXTS:
    case WD_MEMBER_IDS:
    case WD_MEMBER_CODES:
    case WD_MEMBER_HASHES: append_list (json, value); break;
    case WD_MEMBER_CALLER: append_caller (json, value); break;
    case WD_MEMBER_LIMITS: append_limits (json, value); break;
    case WD_MEMBER_JSON:
    case WD_MEMBER_GEOMETRY: g_string_append (json, g_variant_get_string (value, NULL)); break;
    case WD_MEMBER_ROWS: wd_policy_rows_append_json (json, value); break;
    default: g_assert_not_reached ();
    }
}
