/* test-house.c — units, crews, people, categories, duty; and who sees what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

static void
test_put_unit (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "admin", "put-unit", NULL,
                                   "{'code': <'north'>, 'name': <'城北供水'>, 'kind': <'supply'>, 'desk': <(120.2, 30.3)>, "
                                         "'territory': <'{}'>, 'principal': <'王'>, 'phone': <'0571-88001234'>}");
  const WdUnit     *unit = house_find (house, WD_OBJECT_UNIT, "north");

  g_assert_cmpstr (unit->id, ==, id);
  g_assert_cmpint (unit->kind, ==, WD_UNIT_KIND_SUPPLY);
  g_assert_cmpfloat (unit->desk.lat, ==, 30.3);
  g_assert_cmpint (unit->version, ==, 1);

  /* By its code it is found again; what is not given stays, null clears. */
  g_assert_cmpstr (house_do (house, "admin", "put-unit", NULL, "{'code': <'north'>, 'name': <'北'>, 'kind': <'other'>, 'parent': <'east'>, 'phone': <@mv nothing>}"), ==, id);
  unit = house_find (house, WD_OBJECT_UNIT, "north");
  g_assert_cmpstr (unit->name, ==, "北");
  g_assert_cmpstr (unit->principal, ==, "王");
  g_assert_cmpstr (unit->parent, ==, "east");
  g_assert_null (unit->phone);
  g_assert_cmpint (unit->version, ==, 2);

  house->expect = 1;
  house_refuse (house, WD_RULE_ERROR_CONFLICT, NULL, "admin", "put-unit", NULL, "{'code': <'north'>, 'name': <'x'>, 'kind': <'other'>}");
  house->expect = 0; /* only if it is new */
  house_do (house, "admin", "put-unit", NULL, "{'code': <'south'>, 'name': <'x'>, 'kind': <'other'>}");
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "supervisor", "put-unit", NULL, "{'code': <'south'>, 'name': <'x'>, 'kind': <'other'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "parent", "admin", "put-unit", NULL, "{'code': <'south'>, 'name': <'x'>, 'kind': <'other'>, 'parent': <'moon'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "parent", "admin", "put-unit", NULL, "{'code': <'south'>, 'name': <'x'>, 'kind': <'other'>, 'parent': <'south'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "parent", "admin", "put-unit", NULL, "{'code': <'east'>, 'name': <'x'>, 'kind': <'supply'>, 'parent': <'north'>}");
}

static void
test_put_crew (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "admin", "put-crew", NULL, "{'unit': <'east'>, 'name': <'抢修一班'>, 'leader': <'李'>, 'people': <int64 4>}");
  g_autofree char  *again = g_strdup_printf ("{'crew': <'%s'>, 'unit': <'east'>, 'name': <'一班'>, 'closed': <true>}", id);
  const WdCrew     *crew;

  house_do (house, "admin", "put-crew", NULL, again);
  crew = house_find (house, WD_OBJECT_CREW, id);
  g_assert_cmpstr (crew->name, ==, "一班");
  g_assert_cmpstr (crew->leader, ==, "李");
  g_assert_cmpint (crew->people, ==, 4);
  g_assert_true (crew->closed);
  g_assert_cmpint (crew->version, ==, 2);
  house_refuse (house, WD_RULE_ERROR_INVALID, "crew", "admin", "put-crew", NULL, "{'crew': <'00000000-0000-7000-8000-00000000ffff'>, 'unit': <'east'>, 'name': <'x'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "put-crew", NULL, "{'unit': <'moon'>, 'name': <'x'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "people", "admin", "put-crew", NULL, "{'unit': <'east'>, 'name': <'x'>, 'people': <int64 -1>}");

  /* A closed unit takes no new crews; those that it has can still be closed. */
  house_do (house, "admin", "put-unit", NULL, "{'code': <'east'>, 'name': <'x'>, 'kind': <'supply'>, 'closed': <true>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "put-crew", NULL, "{'unit': <'east'>, 'name': <'x'>}");
  house_do (house, "admin", "put-crew", NULL, again);
}

static void
test_put_staff (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "admin", "put-staff", NULL, "{'name': <'zhang'>, 'display': <'张工'>, 'role': <'unit'>, 'unit': <'east'>}");
  const WdStaff    *staff;

  g_assert_cmpstr (house_do (house, "admin", "put-staff", NULL, "{'name': <'zhang'>, 'role': <'unit'>, 'disabled': <true>}"), ==, id);
  staff = house_find (house, WD_OBJECT_STAFF, id);
  g_assert_cmpstr (staff->unit, ==, "east"); /* stays */
  g_assert_cmpstr (staff->display, ==, "张工");
  g_assert_true (staff->disabled);
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "put-staff", NULL, "{'name': <'zhang'>, 'role': <'dispatcher'>}");
  house_do (house, "admin", "put-staff", NULL, "{'name': <'zhang'>, 'role': <'dispatcher'>, 'unit': <@mv nothing>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "put-staff", NULL, "{'name': <'li'>, 'role': <'unit'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "put-staff", NULL, "{'name': <'li'>, 'role': <'auditor'>, 'unit': <'east'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "put-staff", NULL, "{'name': <'li'>, 'role': <'quality'>, 'unit': <'moon'>}");
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "east", "put-staff", NULL, "{'name': <'li'>, 'role': <'admin'>}");
}

static void
test_put_category (void)
{
  g_autoptr (House) house = house_new ();
  const WdCategory *category = house_find (house, WD_OBJECT_CATEGORY, "billing");
  const char       *codes[] = { "no-water", "low-pressure", "leak", "burst", "quality", "meter", "billing", "cover",
                                "hydrant", "drainage", "sewage-overflow", "service", "other" };

  g_assert_false (category->needs_site);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_nonnull (house_find (house, WD_OBJECT_CATEGORY, codes[i]));
  g_assert_cmpuint (g_hash_table_size (house->records[WD_OBJECT_CATEGORY]), ==, G_N_ELEMENTS (codes));
  house_do (house, "admin", "put-category", NULL, "{'code': <'ice'>, 'name': <'结冰'>, 'needs_site': <true>, 'unit_kind': <'supply'>}");
  category = house_find (house, WD_OBJECT_CATEGORY, "ice");
  g_assert_true (category->needs_site);
  g_assert_cmpint (category->unit_kind, ==, WD_UNIT_KIND_SUPPLY);
  house_receive (house, "ice");
}

/* R4: whoever takes it has it; only who has it leaves it. */
static void
test_duty (void)
{
  g_autoptr (House) house = house_new ();
  const WdUnit     *unit;

  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "dispatcher", "take-duty", NULL, NULL);
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "server", "take-duty", NULL, NULL);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "leave-duty", NULL, NULL);
  house_do (house, "east", "take-duty", NULL, NULL);
  unit = house_find (house, WD_OBJECT_UNIT, "east");
  g_assert_cmpstr (unit->duty->user, ==, house_actor (house, "east")->id);
  g_assert_cmpstr (unit->duty->name, ==, "east");
  g_assert_cmpint (unit->duty->since, ==, MORNING);
  g_assert_cmpint (unit->version, ==, 2);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "west", "leave-duty", NULL, NULL);

  g_hash_table_insert (house->actors, g_strdup ("second"), wd_actor_new ("second-id", "second", WD_ROLE_UNIT, "east"));
  house->now += HOURS (8);
  house_do (house, "second", "take-duty", NULL, NULL);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "leave-duty", NULL, NULL);
  house_do (house, "second", "leave-duty", NULL, NULL);
  unit = house_find (house, WD_OBJECT_UNIT, "east");
  g_assert_null (unit->duty);
}

static const struct
{
  const char *who;
  gboolean    order, unit, crew, staff; /* an order with east; east's crew */
} seen[] = {
  { "dispatcher", TRUE, TRUE, TRUE, TRUE },
  { "supervisor", TRUE, TRUE, TRUE, TRUE },
  { "auditor", TRUE, TRUE, TRUE, TRUE },
  { "east", TRUE, TRUE, TRUE, FALSE },
  { "west", FALSE, TRUE, FALSE, FALSE },
  { "quality", FALSE, TRUE, FALSE, FALSE },
  { "inspection", FALSE, TRUE, FALSE, FALSE },
  { "admin", FALSE, TRUE, TRUE, TRUE },
  { "server", TRUE, TRUE, TRUE, TRUE },
};

static void
test_who_sees_what (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");
  const char       *crew = house_do (house, "admin", "put-crew", NULL, "{'unit': <'east'>, 'name': <'x'>}");

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      const WdActor *actor = house_actor (house, seen[i].who);

      g_assert_cmpint (wd_may_see (actor, WD_OBJECT_ORDER, house_order (house, id)), ==, seen[i].order);
      g_assert_cmpint (wd_may_see (actor, WD_OBJECT_UNIT, house_find (house, WD_OBJECT_UNIT, "west")), ==, seen[i].unit);
      g_assert_cmpint (wd_may_see (actor, WD_OBJECT_CREW, house_find (house, WD_OBJECT_CREW, crew)), ==, seen[i].crew);
      g_assert_cmpint (wd_may_see (actor, WD_OBJECT_STAFF, house_find (house, WD_OBJECT_STAFF, house_actor (house, "east")->id)), ==, seen[i].staff);
      g_assert_true (wd_may_see (actor, WD_OBJECT_CATEGORY, house_find (house, WD_OBJECT_CATEGORY, "leak")));
      g_assert_true (wd_may_see (actor, WD_OBJECT_POLICY, house_find (house, WD_OBJECT_POLICY, NULL)));
    }
}

static void
test_readers (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");
  g_auto (GStrv)    before = wd_object_readers (WD_OBJECT_ORDER, house_order (house, id));
  g_auto (GStrv)    after = NULL;
  g_auto (GStrv)    quality = wd_actor_readers (house_actor (house, "quality"));
  g_auto (GStrv)    admin = wd_actor_readers (house_actor (house, "admin"));
  const char       *centre_alone[] = { "centre", "auditor", NULL };
  const char       *two_units[] = { "centre", "auditor", "unit:west", "unit:east", NULL };
  const char       *quality_hears[] = { "quality", "unit:lab", "units", "all", NULL };
  const char       *admin_hears[] = { "admin", "all", NULL };

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "east", "accept", id, NULL);
  house_do (house, "east", "return", id, "{'class': <'other'>, 'reason': <'x'>}");
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  after = wd_object_readers (WD_OBJECT_ORDER, house_order (house, id));
  g_assert_true (g_strv_equal ((const char *const *)before, centre_alone));
  g_assert_true (g_strv_equal ((const char *const *)after, two_units));
  g_assert_true (g_strv_equal ((const char *const *)quality, quality_hears));
  g_assert_true (g_strv_equal ((const char *const *)admin, admin_hears));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/house/put-unit", test_put_unit);
  g_test_add_func ("/house/put-crew", test_put_crew);
  g_test_add_func ("/house/put-staff", test_put_staff);
  g_test_add_func ("/house/put-category", test_put_category);
  g_test_add_func ("/house/duty", test_duty);
  g_test_add_func ("/house/who-sees-what", test_who_sees_what);
  g_test_add_func ("/house/readers", test_readers);
  return g_test_run ();
}
