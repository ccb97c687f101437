/* wd-area-words.c — outages and quality cases in words: on the map, in lists, for a screen reader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-words.h"

#include "wd-format.h"
#include "wd-json.h"

#include <glib/gi18n.h>

/* clang-format off */
static const struct { const char *name, *word, *badge; } classes[] = {
  { "hospital", N_ ("hospital"),        "医" },
  { "dialysis", N_ ("dialysis centre"), "透" },
  { "school",   N_ ("school"),          "校" },
  { "fire",     N_ ("fire station"),    "消" },
  { "highrise", N_ ("high-rise"),       "楼" },
};

static const char *const outage_states[] = {
  [WD_OUTAGE_STATE_NONE] = "",
  [WD_OUTAGE_ANNOUNCED]  = N_ ("announced"),
  [WD_OUTAGE_ACTIVE]     = N_ ("water is off"),
  [WD_OUTAGE_RESTORED]   = N_ ("restored"),
  [WD_OUTAGE_CANCELLED]  = N_ ("cancelled"),
};

static const char *const quality_states[] = {
  [WD_QUALITY_STATE_NONE] = "",
  [WD_QUALITY_REPORTED]   = N_ ("under investigation (not public)"),
  [WD_QUALITY_ATTENDED]   = N_ ("under investigation (not public)"),
  [WD_QUALITY_CONFIRMED]  = N_ ("confirmed"),
  [WD_QUALITY_CLEARED]    = N_ ("cleared"),
};
/* clang-format on */

const char *
wd_area_class (const char *class_)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i].name, class_) == 0)
      return _ (classes[i].word);
  return class_ != NULL ? class_ : "";
}

const char *
wd_area_class_badge (const char *class_)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i].name, class_) == 0)
      return classes[i].badge;
  return "重";
}

WdAffected
wd_affected_read (const char *json)
{
  WdAffected           affected = { -1, 0, 0 };
  g_autoptr (JsonNode) root = json != NULL ? wd_json_parse (json, -1, NULL) : NULL;
  JsonObject          *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode            *critical = object != NULL ? json_object_get_member (object, "critical") : NULL;
  JsonArray           *list = critical != NULL && JSON_NODE_HOLDS_ARRAY (critical) ? json_node_get_array (critical) : NULL;

  if (object == NULL)
    return affected;
  affected.customers = json_object_get_int_member_with_default (object, "customers", -1);
  affected.critical = list != NULL ? json_array_get_length (list) : 0;
  for (guint i = 0; i < affected.critical; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (node), "class", NULL), "hospital") == 0)
        affected.hospitals++;
    }
  return affected;
}

char *
wd_affected_describe (const WdAffected *affected)
{
  g_autofree char    *count = NULL;
  g_autoptr (GString) text = NULL;

  if (affected->customers < 0)
    return NULL;
  count = wd_format_count (affected->customers);
  text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%s customer", "%s customers", (gulong)affected->customers), count);
  if (affected->hospitals > 0)
    g_string_append_printf (text, _ (" · hospitals %u"), affected->hospitals);
  else if (affected->critical > 0)
    g_string_append_printf (text, _ (" · critical %u"), affected->critical);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
wd_area_nature (WdAreaItem *item)
{
  const WdOutage *outage = wd_area_item_get_outage (item);

  if (outage == NULL)
    return _ ("Water quality");
  return outage->nature == WD_OUTAGE_PLANNED ? _ ("Planned outage") : _ ("Emergency outage");
}

const char *
wd_area_outage_state (WdOutageState state)
{
  return _ (outage_states[state]);
}

const char *
wd_area_quality_state (WdQualityState state)
{
  return _ (quality_states[state]);
}

const char *
wd_area_state (WdAreaItem *item)
{
  const WdOutage  *outage = wd_area_item_get_outage (item);
  const WdQuality *quality = wd_area_item_get_quality (item);

  if (outage != NULL)
    return wd_area_outage_state (outage->state);
  return quality != NULL ? wd_area_quality_state (quality->state) : "";
}

char *
wd_area_title (WdAreaItem *item)
{
  const WdOutage *outage = wd_area_item_get_outage (item);

  return g_strdup_printf ("%s · %s", wd_area_nature (item), outage != NULL ? outage->reason : wd_area_state (item));
}

/* When the water goes and comes back, or what came instead. */
static char *
describe_times (WdDesk *desk, const WdOutage *outage)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (desk, WD_INT_ABSENT));
  gint64                now = wd_desk_now (desk);
  g_autofree char      *starts = wd_format_moment (outage->starts, now, zone);
  g_autofree char      *expected = outage->expected != 0 ? wd_format_moment (outage->expected, now, zone) : NULL;
  g_autofree char      *restored = outage->restored_at != 0 ? wd_format_moment (outage->restored_at, now, zone) : NULL;

  if (restored != NULL)
    return g_strdup_printf (_ ("restored %s"), restored);
  if (outage->state == WD_OUTAGE_CANCELLED)
    return g_strdup (_ ("cancelled"));
  if (outage->state == WD_OUTAGE_ANNOUNCED)
    return expected != NULL ? g_strdup_printf ("%s – %s", starts, expected) : g_strdup_printf (_ ("from %s"), starts);
  if (expected == NULL)
    return g_strdup (_ ("no time known yet"));
  /* A time that has passed is no promise any more (R65). */
  return outage->expected > now ? g_strdup_printf (_ ("expected back %s"), expected) : g_strdup_printf (_ ("was expected back %s, not restored yet"), expected);
}

char *
wd_area_detail (WdDesk *desk, WdAreaItem *item)
{
  const WdOutage  *outage = wd_area_item_get_outage (item);
  const WdQuality *quality = wd_area_item_get_quality (item);
  g_autofree char *times = NULL;
  g_autofree char *inside = NULL;
  WdAffected       affected;

  if (outage == NULL)
    return quality != NULL ? g_strdup (quality->text) : NULL;
  times = describe_times (desk, outage);
  affected = wd_affected_read (outage->affected);
  inside = wd_affected_describe (&affected);
  return inside != NULL ? g_strdup_printf ("%s · %s", times, inside) : g_steal_pointer (&times);
}

char *
wd_area_sentence (WdDesk *desk, WdAreaItem *item)
{
  const WdOutage  *outage = wd_area_item_get_outage (item);
  g_autofree char *title = wd_area_title (item);
  g_autofree char *detail = wd_area_detail (desk, item);

  if (outage == NULL) /* its title says the state */
    return detail != NULL ? g_strdup_printf (_ ("%1$s, %2$s"), title, detail) : g_steal_pointer (&title);
  /* Translators: what it is, its state, its times and households: as one line. */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s"), title, wd_area_state (item), detail != NULL ? detail : "");
}
