/* test-return-visit.c — what comes back: returns with their rulings, and callbacks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

#define ASSERT_STATE(house, id, nick) g_assert_cmpstr (wd_enum_nick (WD_TYPE_ORDER_STATE, house_order (house, id)->state), ==, nick)

/* With the east company, at work. */
static const char *
accepted (House *house, const char *category)
{
  const char *id = house_receive (house, category);

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  return house_do (house, "east", "accept", id, NULL);
}

static const char *
finished (House *house)
{
  const char *id = accepted (house, "leak");

  house_do (house, "east", "arrive", id, NULL);
  return house_do (house, "east", "finish", id, "{'result': <'换了阀门'>}");
}

/* R27: in time, it goes elsewhere without more ado. */
static void
test_return_in_time (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");
  const WdReturned *returned;

  house_refuse (house, WD_RULE_ERROR_INVALID, "suggested_unit", "east", "return", id,
                "{'class': <'not-ours'>, 'reason': <'x'>, 'suggested_unit': <'moon'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "attachments", "east", "return", id,
                "{'class': <'not-ours'>, 'reason': <'x'>, 'attachments': <['00']>}");
  house_wait (house, HOURS (2));
  house_do (house, "east", "return", id, "{'class': <'not-ours'>, 'reason': <'排水管'>, 'suggested_unit': <'drainage'>, 'attachments': <@as []>}");
  returned = house_order (house, id)->returned;
  g_assert_cmpstr (returned->by, ==, "east");
  g_assert_cmpint (returned->class_, ==, WD_RETURN_NOT_OURS);
  g_assert_cmpstr (returned->reason, ==, "排水管");
  g_assert_cmpstr (returned->suggested_unit, ==, "drainage");
  g_assert_cmpint (returned->at, ==, MORNING + HOURS (2));
  g_assert_false (returned->late);
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'drainage'>}");
  g_assert_null (house_order (house, id)->returned);
}

/* P7: late, it stands only when ruled so. */
static void
test_return_late (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");
  const WdRuling   *ruling;

  house_wait (house, HOURS (2) + 1);
  house_do (house, "east", "return", id, "{'class': <'other'>, 'reason': <'x'>}");
  g_assert_true (house_order (house, id)->returned->late);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "dispatcher", "rule-return", id, "{'granted': <false>, 'reason': <'x'>, 'unit': <'west'>}");
  house_do (house, "dispatcher", "rule-return", id, "{'granted': <false>, 'reason': <'超时'>}");
  ASSERT_STATE (house, id, "dispatched");
  g_assert_cmpstr (house_order (house, id)->unit, ==, "east");
  g_assert_null (house_order (house, id)->returned);
  ruling = house_order (house, id)->rulings->pdata[0];
  g_assert_false (ruling->granted);
  g_assert_cmpstr (ruling->unit, ==, "east");
  g_assert_cmpstr (ruling->returner, ==, "east");
  g_assert_cmpstr (ruling->reason, ==, "超时");
}

static void
test_ruling_granted (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");

  house_wait (house, HOURS (3));
  house_do (house, "east", "return", id, "{'class': <'other'>, 'reason': <'x'>}");
  house_do (house, "supervisor", "rule-return", id, "{'granted': <true>, 'reason': <'y'>}");
  ASSERT_STATE (house, id, "received");
  g_assert_null (house_order (house, id)->returned);
  g_assert_null (((WdRuling *)house_order (house, id)->rulings->pdata[0])->unit);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "supervisor", "rule-return", id, "{'granted': <true>, 'reason': <'y'>}");
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "east", "return", id, "{'class': <'other'>, 'reason': <'x'>}"); /* from dispatched: never late */
  g_assert_false (house_order (house, id)->returned->late);
  house_do (house, "supervisor", "rule-return", id, "{'granted': <true>, 'reason': <'y'>, 'unit': <'west'>}");
  ASSERT_STATE (house, id, "dispatched");
  g_assert_cmpstr (house_order (house, id)->unit, ==, "west");
  g_assert_cmpuint (house_order (house, id)->rulings->len, ==, 2);
}

static void
test_visit_closes (void)
{
  const char *closing[] = { "{'outcome': <'satisfied'>}", "{'outcome': <'refused'>}",
                            "{'outcome': <'dissatisfied'>, 'cause': <'objective'>, 'text': <'停水通知太晚'>}",
                            "{'outcome': <'dissatisfied'>}" };

  for (gsize i = 0; i < G_N_ELEMENTS (closing); i++)
    {
      g_autoptr (House) house = house_new ();
      const char       *id = finished (house);

      house->now += HOURS (1);
      house_do (house, "dispatcher", "visit", id, closing[i]);
      ASSERT_STATE (house, id, "closed");
      g_assert_cmpint (house_order (house, id)->closed_at, ==, MORNING + HOURS (1));
      g_assert_cmpuint (house_order (house, id)->visits->len, ==, 1);
      g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
      g_assert_false (house_order (house, id)->supervised);
    }
}

/* P14: three tries, then it ends too. */
static void
test_visit_unreachable (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = finished (house);

  house_do (house, "dispatcher", "visit", id, "{'outcome': <'unreachable'>}");
  house_do (house, "dispatcher", "visit", id, "{'outcome': <'unreachable'>}");
  ASSERT_STATE (house, id, "finished");
  house_do (house, "dispatcher", "visit", id, "{'outcome': <'unreachable'>}");
  ASSERT_STATE (house, id, "closed");
  g_assert_cmpuint (house_order (house, id)->visits->len, ==, 3);
}

/* R49-R51: upgraded and sent back as one step. */
static void
test_visit_redo (void)
{
  const char *redoing[] = { "{'outcome': <'dissatisfied'>, 'cause': <'unit'>}",
                            "{'outcome': <'satisfied'>, 'cause': <'unit'>}",
                            "{'outcome': <'unreachable'>, 'cause': <'unit'>}",
                            "{'outcome': <'dissatisfied'>, 'cause': <'objective'>, 'perfunctory': <true>}",
                            "{'outcome': <'satisfied'>, 'perfunctory': <true>}",
                            "{'outcome': <'unreachable'>, 'perfunctory': <true>}" };

  for (gsize i = 0; i < G_N_ELEMENTS (redoing); i++)
    {
      g_autoptr (House) house = house_new ();
      const char       *id = finished (house);
      gint64            version = house_order (house, id)->version;

      house->now += HOURS (1);
      house_do (house, "supervisor", "visit", id, redoing[i]);
      ASSERT_STATE (house, id, "dispatched");
      g_assert_cmpstr (house_order (house, id)->unit, ==, "east");
      g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
      g_assert_true (house_order (house, id)->supervised);
      g_assert_cmpint (house_order (house, id)->rework, ==, 1);
      g_assert_cmpint (house_order (house, id)->version, ==, version + 1);
      g_assert_cmpint (house_order (house, id)->delivery->sent, ==, MORNING + HOURS (1));
      g_assert_cmpint (house_order (house, id)->delivery->delivered, ==, 0);
      /* The tries count anew. */
      house_do (house, "east", "accept", id, NULL);
      house_do (house, "east", "arrive", id, NULL);
      house_do (house, "east", "finish", id, "{'result': <'重做'>}");
      house_do (house, "dispatcher", "visit", id, "{'outcome': <'unreachable'>}");
      house_do (house, "dispatcher", "visit", id, "{'outcome': <'unreachable'>}");
      ASSERT_STATE (house, id, "finished");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/return/in-time", test_return_in_time);
  g_test_add_func ("/return/late-waits-for-a-ruling", test_return_late);
  g_test_add_func ("/return/granted", test_ruling_granted);
  g_test_add_func ("/visit/closes", test_visit_closes);
  g_test_add_func ("/visit/unreachable-three-times", test_visit_unreachable);
  g_test_add_func ("/visit/sends-back", test_visit_redo);
  return g_test_run ();
}
