/* house.c — a small house in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include "wd-json.h"

#include <string.h>

static const struct
{
  const char *name;
  WdRole      role;
  const char *unit;
} people[] = {
  { "dispatcher", WD_ROLE_DISPATCHER, NULL },
  { "supervisor", WD_ROLE_SUPERVISOR, NULL },
  { "east", WD_ROLE_UNIT, "east" },
  { "west", WD_ROLE_UNIT, "west" },
  { "drainage", WD_ROLE_UNIT, "drainage" },
  { "quality", WD_ROLE_QUALITY, "lab" },
  { "inspection", WD_ROLE_INSPECTION, "brigade" },
  { "auditor", WD_ROLE_AUDITOR, NULL },
  { "admin", WD_ROLE_ADMIN, NULL },
};

static const struct
{
  const char *code;
  const char *kind;
} units[] = {
  { "east", "supply" },
  { "west", "supply" },
  { "drainage", "drainage" },
  { "lab", "quality" },
  { "brigade", "inspection" },
};

const char *
house_new_id (House *house)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-7000-8000-%012x", ++house->ids);

  return g_intern_string (id);
}

/* ---- what decide may look at ---------------------------------------------- */

static gconstpointer
find_cb (gpointer data, WdObjectKind kind, const char *key)
{
  return house_find (data, kind, key);
}

static const WdStaff *
find_staff_named_cb (gpointer data, const char *name)
{
  House         *house = data;
  GHashTableIter iter;
  gpointer       staff;

  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_STAFF]);
  while (g_hash_table_iter_next (&iter, NULL, &staff))
    if (g_str_equal (((WdStaff *)staff)->name, name))
      return staff;
  return NULL;
}

/* The river runs along 120.20; from 120.50 on the drains have a territory of their own, inside of the other. */
static GStrv
districts_cb (gpointer data, const WdPoint *point)
{
  static const char *const none[] = { NULL }, *const west[] = { "west", NULL }, *const east[] = { "east", NULL }, *const both[] = { "drainage", "east", NULL };

  return g_strdupv ((GStrv)(point->lat < 30 ? none : point->lon < 120.20 ? west
                                                 : point->lon < 120.50   ? east
                                                                         : both));
}

/* Never the same twice: what was counted once has to stay so. */
static char *
affected_cb (gpointer data, const char *area)
{
  const House *house = data;

  return g_strdup_printf ("{\"customers\":%u,\"critical\":[]}", house->events->len);
}

static WdWorld
world_of (House *house)
{
  return (WdWorld){ find_cb, find_staff_named_cb, districts_cb, house, NULL, affected_cb };
}

gconstpointer
house_find (House *house, WdObjectKind kind, const char *key)
{
  return g_hash_table_lookup (house->records[kind], key != NULL ? key : "1");
}

WdOrder *
house_order (House *house, const char *id)
{
  return g_hash_table_lookup (house->records[WD_OBJECT_ORDER], id);
}

const WdActor *
house_actor (House *house, const char *name)
{
  const WdActor *actor = g_hash_table_lookup (house->actors, name);

  g_assert_nonnull (actor);
  return actor;
}

const WdEvent *
house_last_event (House *house)
{
  return house->events->pdata[house->events->len - 1];
}

/* ---- what happens ---------------------------------------------------------- */

static char *
key_of (WdObjectKind kind, gconstpointer record)
{
  if (kind == WD_OBJECT_UNIT)
    return g_strdup (((const WdUnit *)record)->code);
  if (kind == WD_OBJECT_CATEGORY)
    return g_strdup (((const WdCategory *)record)->code);
  if (kind == WD_OBJECT_POLICY)
    return g_strdup_printf ("%" G_GINT64_FORMAT, ((const WdPolicy *)record)->version);
  return g_strdup (wd_object_id (kind, record));
}

static gpointer
find_by_id (House *house, WdObjectKind kind, const char *id)
{
  GHashTableIter iter;
  gpointer       record;

  g_hash_table_iter_init (&iter, house->records[kind]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (g_strcmp0 (wd_object_id (kind, record), id) == 0)
      return record;
  return NULL;
}

static gpointer
take_out (House *house, const WdEvent *event)
{
  gpointer         record = NULL;
  gpointer         stolen = NULL;
  g_autofree char *key = NULL;

  if (event->kind == WD_OBJECT_ORDER)
    record = house_order (house, event->object);
  else
    record = find_by_id (house, event->kind, event->object);
  if (record == NULL)
    return NULL;
  key = key_of (event->kind, record);
  g_assert_true (g_hash_table_steal_extended (house->records[event->kind], key, &stolen, NULL));
  g_free (stolen);
  return record;
}

/* Takes @event. */
static void
happen (House *house, WdEvent *event)
{
  gpointer         record = take_out (house, event);
  const WdPolicy  *policy = NULL;
  g_autofree char *version = NULL;

  if (wd_object_has_clocks (event->kind))
    {
      version = g_strdup_printf ("%" G_GINT64_FORMAT, wd_policy_version_for (record, event));
      policy = house_find (house, WD_OBJECT_POLICY, version);
    }
  record = wd_apply (record, event, policy);
  g_hash_table_insert (house->records[event->kind], key_of (event->kind, record), record);
  event->seq = house->events->len + 1;
  g_ptr_array_add (house->events, event);
}

static void
happen_all (House *house, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    happen (house, g_steal_pointer (&events->pdata[i]));
}

const char *
house_give_members (House *house, const char *who, WdVerb verb, const char *object, GVariant *members)
{
  g_autoptr (WdCommand) command = wd_command_new (house_new_id (house), verb, object, members);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  WdWorld               world = world_of (house);

  command->at = house->at;
  command->at_proved = house->at_proved;
  command->expect = house->expect;
  house->at = 0;
  house->at_proved = FALSE;
  house->expect = WD_INT_ABSENT;
  house->refused = WD_RULE_ERROR_NONE;
  g_clear_pointer (&house->field, g_free);
  events = wd_decide (&world, house_actor (house, who), command, house->now, &error);
  if (events == NULL)
    {
      g_assert_true (error->domain == WD_RULE_ERROR);
      house->refused = error->code;
      house->field = wd_rule_error_dup_field (error);
      return NULL;
    }
  g_assert_no_error (error);
  happen_all (house, events);
  return house_last_event (house)->object;
}

const char *
house_give (House *house, const char *who, const char *verb, const char *object, const char *members)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, members != NULL ? members : "{}", NULL, NULL, &error);
  const WdVerbInfo    *info = wd_verb_lookup (verb);

  g_assert_no_error (error);
  g_assert_nonnull (info);
  return house_give_members (house, who, info->verb, object, parsed);
}

const char *
house_do (House *house, const char *who, const char *verb, const char *object, const char *members)
{
  const char *id = house_give (house, who, verb, object, members);

  if (id == NULL)
    g_error ("%s by %s was refused: %s %s", verb, who, wd_enum_nick (wd_rule_error_get_type (), house->refused), house->field);
  return id;
}

void
house_refuse (House *house, WdRuleError code, const char *field, const char *who, const char *verb, const char *object, const char *members)
{
  guint events = house->events->len;

  g_assert_null (house_give (house, who, verb, object, members));
  g_assert_cmpint (house->refused, ==, code);
  g_assert_cmpstr (house->field, ==, field);
  g_assert_cmpuint (house->events->len, ==, events);
}

const char *
house_receive (House *house, const char *category)
{
  g_autofree char *members = g_strdup_printf ("{'channel': <'hotline'>, 'category': <'%s'>, 'text': <'水管漏水'>}", category);

  return house_do (house, "dispatcher", "receive", NULL, members);
}

void
house_wait (House *house, gint64 milliseconds)
{
  static const WdObjectKind kinds[] = { WD_OBJECT_ORDER, WD_OBJECT_OUTAGE };

  house->now += milliseconds;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GList) records = g_hash_table_get_values (house->records[kinds[i]]);

      for (GList *l = records; l != NULL; l = l->next)
        {
          g_autoptr (GPtrArray) events = wd_decide_object_due (kinds[i], l->data, house->now);

          happen_all (house, events);
        }
    }
}

const WdClock *
house_clock (House *house, const char *order, const char *rule)
{
  GPtrArray *clocks = house_order (house, order)->clocks;

  for (guint i = clocks->len; i > 0; i--)
    if (g_str_equal (((WdClock *)clocks->pdata[i - 1])->rule, rule))
      return clocks->pdata[i - 1];
  return NULL;
}

void
house_check_clock (House *house, const char *id, const char *rule, const char *unit, gint64 started, gint64 due, gint64 stopped, gboolean breached)
{
  const WdClock *clock = house_clock (house, id, rule);

  g_assert_nonnull (clock);
  g_assert_cmpstr (clock->unit, ==, unit);
  g_assert_cmpint (clock->started_at - MORNING, ==, started - MORNING);
  g_assert_cmpint (clock->due_at - MORNING, ==, due - MORNING);
  g_assert_cmpint (clock->stopped_at, ==, stopped);
  g_assert_cmpint (clock->breached, ==, breached);
}

guint
house_count_running (House *house, const char *id)
{
  guint count = 0;

  for (guint i = 0; i < house_order (house, id)->clocks->len; i++)
    count += ((WdClock *)house_order (house, id)->clocks->pdata[i])->stopped_at == 0;
  return count;
}

/* ---- making one --------------------------------------------------------------- */

static House *
new_empty (void)
{
  House *house = g_new0 (House, 1);

  house->now = MORNING;
  house->expect = WD_INT_ABSENT;
  house->events = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_event_free);
  house->actors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)wd_actor_free);
  for (int kind = WD_OBJECT_ORDER; kind < WD_N_OBJECT_KINDS; kind++)
    house->records[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wd_object_type (kind)->free_record);
  return house;
}

static char *
read_data (const char *name)
{
  g_autofree char   *path = g_build_filename (g_getenv ("WATERDESK_SOURCE"), "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char              *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
seed (House *house)
{
  g_autoptr (GError)    error = NULL;
  g_autofree char      *policy_text = read_data ("policy.json");
  g_autofree char      *categories_text = read_data ("categories.json");
  g_autoptr (WdPolicy)  policy = wd_policy_from_json (policy_text, -1, &error);
  g_autoptr (GPtrArray) categories = NULL;

  g_assert_no_error (error);
  happen (house, wd_decide_seed (policy, house_new_id (house), house->now));
  categories = wd_categories_from_json (categories_text, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < categories->len; i++)
    {
      g_autoptr (GVariant) members = wd_record_to_variant (&wd_category_type, categories->pdata[i]);

      g_assert_nonnull (house_give_members (house, "server", WD_VERB_PUT_CATEGORY, NULL, members));
    }
}

House *
house_new (void)
{
  House *house = new_empty ();

  g_hash_table_insert (house->actors, g_strdup ("server"), wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL));
  seed (house);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *unit = g_strdup_printf ("{'code': <'%s'>, 'name': <'%s'>, 'kind': <'%s'>}", units[i].code, units[i].code, units[i].kind);
      g_autofree char *crew = g_strdup_printf ("{'unit': <'%s'>, 'name': <'crew of %s'>}", units[i].code, units[i].code);

      house_do (house, "server", "put-unit", NULL, unit);
      house_do (house, "server", "put-crew", NULL, crew);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *unit = people[i].unit != NULL ? g_strdup_printf (", 'unit': <'%s'>", people[i].unit) : g_strdup ("");
      g_autofree char *staff = g_strdup_printf ("{'name': <'%s'>, 'role': <'%s'>%s}", people[i].name,
                                                wd_enum_nick (WD_TYPE_ROLE, people[i].role), unit);
      const char      *id = house_do (house, "server", "put-staff", NULL, staff);

      g_hash_table_insert (house->actors, g_strdup (people[i].name), wd_actor_new (id, people[i].name, people[i].role, people[i].unit));
    }
  return house;
}

void
house_free (House *house)
{
  if (house == NULL)
    return;
  for (int kind = WD_OBJECT_ORDER; kind < WD_N_OBJECT_KINDS; kind++)
    g_hash_table_unref (house->records[kind]);
  g_ptr_array_unref (house->events);
  g_hash_table_unref (house->actors);
  g_free (house->field);
  g_free (house);
}

House *
house_replay (House *house, gboolean erased)
{
  House *again = new_empty ();

  for (guint i = 0; i < house->events->len; i++)
    {
      const WdEvent *event = house->events->pdata[i];
      WdEvent       *copy = wd_event_new (event->verb, event->kind, event->object, event->at, event->entered_at);

      copy->by = g_strdup (event->by);
      copy->by_unit = g_strdup (event->by_unit);
      g_variant_unref (copy->data);
      copy->data = g_variant_ref (event->data);
      if (event->sealed != NULL && !erased)
        copy->sealed = g_variant_ref (event->sealed);
      happen (again, copy);
    }
  return again;
}
