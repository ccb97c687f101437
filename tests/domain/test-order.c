/* test-order.c — the life of an order, verb by verb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

#define ASSERT_STATE(house, id, nick) g_assert_cmpstr (wd_enum_nick (WD_TYPE_ORDER_STATE, house_order (house, id)->state), ==, nick)

static const char *
crew_of (House *house, const char *unit)
{
  GHashTableIter iter;
  gpointer       crew;

  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_CREW]);
  while (g_hash_table_iter_next (&iter, NULL, &crew))
    if (g_str_equal (((WdCrew *)crew)->unit, unit))
      return ((WdCrew *)crew)->id;
  g_assert_not_reached ();
}

static const char *
assign (House *house, const char *who, const char *id, const char *unit)
{
  g_autofree char *members = g_strdup_printf ("{'crew': <'%s'>}", crew_of (house, unit));

  return house_give (house, who, "assign", id, members);
}

/* With the east company, at work. */
static const char *
accepted (House *house, const char *category)
{
  const char *id = house_receive (house, category);

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  return house_do (house, "east", "accept", id, NULL);
}

static void
test_receive (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "dispatcher", "receive", NULL,
                                   "{'channel': <'wechat'>, 'category': <'leak'>, 'text': <'路面冒水'>, 'nature': <'repair'>, "
                                         "'caller': <{'name': '张三', 'phone': '13812348000'}>, 'account': <'330100'>, 'address': <'人民路 8 号'>, "
                                         "'point': <(120.2049, 30.1999)>, 'points': <['何时修好', '是否停水']>, 'reference': <'W-7'>, "
                                         "'limits': <{'finish': int64 7200000}>}");
  const WdOrder    *order = house_order (house, id);
  const WdEvent    *event = house_last_event (house);

  ASSERT_STATE (house, id, "received");
  g_assert_cmpint (order->channel, ==, WD_CHANNEL_WECHAT);
  g_assert_cmpint (order->nature, ==, WD_NATURE_REPAIR);
  g_assert_cmpstr (order->caller->phone, ==, "138****8000");
  g_assert_cmpstr (order->address, ==, "人民路 8 号");
  g_assert_cmpfloat (order->point.lon, ==, 120.2049);
  g_assert_cmpstr (order->points[1], ==, "是否停水");
  g_assert_cmpstr (order->reference, ==, "W-7");
  g_assert_cmpstr (order->district, ==, "east");
  g_assert_cmpint (order->received_at, ==, MORNING);
  g_assert_cmpint (order->calls, ==, 1);
  g_assert_cmpint (order->policy, ==, 1);
  g_assert_cmpint (order->version, ==, 1);
  g_assert_cmpint (order->rework, ==, 0);
  g_assert_true (order->needs_site);
  g_assert_null (order->unit);
  g_assert_null (order->lead);
  /* Public: where roughly; sealed: where exactly. */
  g_assert_cmpstr (wd_members_text (event->data, "cell"), ==, "120.20,30.19");
  g_assert_false (wd_members_has (event->data, "point"));
  g_assert_true (wd_members_has (event->sealed, "point"));
}

static void
test_receive_refused (void)
{
  g_autoptr (House) house = house_new ();
  const char       *report = "{'channel': <'unit-report'>, 'category': <'cover'>, 'text': <'井盖丢失'>}";
  const char       *hotline = "{'channel': <'hotline'>, 'category': <'cover'>, 'text': <'井盖丢失'>}";

  house_refuse (house, WD_RULE_ERROR_INVALID, "category", "dispatcher", "receive", NULL,
                "{'channel': <'hotline'>, 'category': <'ghosts'>, 'text': <'x'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "due", "dispatcher", "receive", NULL,
                "{'channel': <'media'>, 'category': <'leak'>, 'text': <'x'>, 'due': <int64 1795478400000>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "limits", "dispatcher", "receive", NULL,
                "{'channel': <'media'>, 'category': <'leak'>, 'text': <'x'>, 'limits': <{'tea': int64 1}>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "limits", "dispatcher", "receive", NULL,
                "{'channel': <'media'>, 'category': <'leak'>, 'text': <'x'>, 'limits': <{'accept': int64 0}>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "limits", "dispatcher", "receive", NULL,
                "{'channel': <'media'>, 'category': <'leak'>, 'text': <'x'>, 'limits': <{'appointment': int64 1000}>}");
  /* R42: a unit reports by its own channel; who belongs to no unit does not. */
  g_assert_nonnull (house_give (house, "east", "receive", NULL, report));
  g_assert_nonnull (house_give (house, "quality", "receive", NULL, report));
  g_assert_nonnull (house_give (house, "supervisor", "receive", NULL, report));
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "east", "receive", NULL, hotline);
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "auditor", "receive", NULL, report);
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "admin", "receive", NULL, hotline);

  house_do (house, "admin", "put-category", NULL, "{'code': <'leak'>, 'name': <'漏水'>, 'closed': <true>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "category", "dispatcher", "receive", NULL,
                "{'channel': <'hotline'>, 'category': <'leak'>, 'text': <'x'>}");
}

static void
test_classify (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "dispatcher", "receive", NULL,
                                   "{'channel': <'hotline'>, 'category': <'leak'>, 'text': <'x'>, 'account': <'7'>, 'nature': <'repair'>}");
  const WdOrder    *order;

  house_refuse (house, WD_RULE_ERROR_INVALID, NULL, "dispatcher", "classify", id, "{}");
  house_do (house, "dispatcher", "classify", id, "{'category': <'billing'>, 'point': <(120.1, 30.2)>, 'major': <true>}");
  order = house_order (house, id);
  g_assert_cmpstr (order->category, ==, "billing");
  g_assert_false (order->needs_site);
  g_assert_cmpstr (order->district, ==, "west");
  g_assert_true (order->major);
  g_assert_cmpstr (order->account, ==, "7"); /* not given: not changed */
  g_assert_cmpint (order->nature, ==, WD_NATURE_REPAIR);

  /* Null clears. */
  house_do (house, "dispatcher", "classify", id, "{'account': <@mv nothing>, 'point': <@mv nothing>, 'nature': <@mv nothing>}");
  order = house_order (house, id);
  g_assert_null (order->account);
  g_assert_null (order->district);
  g_assert_false (wd_point_is_set (&order->point));
  g_assert_cmpint (order->nature, ==, WD_NATURE_NONE);
  g_assert_cmpint (order->version, ==, 3);
}

static void
test_answer (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "billing");

  house_do (house, "dispatcher", "answer", id, "{'text': <'水价是三元'>}");
  ASSERT_STATE (house, id, "closed");
  g_assert_cmpstr (house_order (house, id)->result, ==, "水价是三元");
  g_assert_cmpint (house_order (house, id)->closed_at, ==, MORNING);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
}

static void
test_dispatch (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");
  const WdOrder    *order;

  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "dispatcher", "dispatch", id, "{'unit': <'moon'>}");
  house_do (house, "admin", "put-unit", NULL, "{'code': <'west'>, 'name': <'w'>, 'kind': <'supply'>, 'closed': <true>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  house->now += SECONDS (30);
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>, 'note': <'急'>, 'limits': <{'arrive': int64 1800000}>}");
  order = house_order (house, id);
  ASSERT_STATE (house, id, "dispatched");
  g_assert_cmpstr (order->unit, ==, "east");
  g_assert_null (order->lead); /* only who accepts answers for it */
  g_assert_cmpint (order->delivery->sent, ==, MORNING + SECONDS (30));
  g_assert_cmpint (order->delivery->delivered, ==, 0);
  g_assert_cmpint (wd_limits_get (order->limits, "arrive"), ==, MINUTES (30));
  g_assert_null (wd_members_text (house_last_event (house)->data, "note"));
}

/* P1: delivered and shown, each once, quietly. */
static void
test_receipt (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house->now += SECONDS (1);
  house_do (house, "east", "receipt", id, "{'what': <'shown'>}");
  house->now += SECONDS (1);
  house_do (house, "east", "receipt", id, "{'what': <'delivered'>}");
  house_do (house, "east", "receipt", id, "{'what': <'shown'>}");
  g_assert_cmpint (house_order (house, id)->delivery->delivered, ==, MORNING + SECONDS (1));
  g_assert_cmpint (house_order (house, id)->delivery->shown, ==, MORNING + SECONDS (1));
  g_assert_cmpint (house_order (house, id)->version, ==, 2);
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "dispatcher", "receipt", id, "{'what': <'shown'>}");
  house_do (house, "east", "accept", id, NULL);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "receipt", id, "{'what': <'shown'>}");
}

/* P8: the lead passes on at an acceptance and nowhere else. */
static void
test_lead (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");

  g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
  house_do (house, "east", "return", id, "{'class': <'wrong-place'>, 'reason': <'河西的'>, 'suggested_unit': <'west'>}");
  g_assert_null (house_order (house, id)->unit);
  g_assert_null (house_order (house, id)->delivery);
  g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
  g_assert_true (wd_may_see (house_actor (house, "east"), WD_OBJECT_ORDER, house_order (house, id)));
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
  house_do (house, "west", "accept", id, NULL);
  g_assert_cmpstr (house_order (house, id)->lead, ==, "west");
  g_assert_false (wd_may_see (house_actor (house, "east"), WD_OBJECT_ORDER, house_order (house, id)));
}

static void
test_assign (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");

  house_refuse (house, WD_RULE_ERROR_INVALID, "crew", "east", "assign", id, "{'crew': <'00000000-0000-7000-8000-00000000ffff'>}");
  g_assert_null (assign (house, "east", id, "west"));
  g_assert_cmpstr (house->field, ==, "crew");
  g_assert_nonnull (assign (house, "east", id, "east"));
  g_assert_cmpstr (house_order (house, id)->crew, ==, crew_of (house, "east"));
  g_assert_null (assign (house, "dispatcher", id, "east"));
  g_assert_cmpint (house->refused, ==, WD_RULE_ERROR_FORBIDDEN);
  house_do (house, "dispatcher", "recall", id, "{'reason': <'改派'>}");
  g_assert_null (house_order (house, id)->crew);
}

static void
test_recall (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "dispatcher", "recall", id, NULL); /* needs no reason yet */
  ASSERT_STATE (house, id, "received");
  g_assert_null (house_order (house, id)->unit);
  g_assert_false (wd_may_see (house_actor (house, "east"), WD_OBJECT_ORDER, house_order (house, id)));
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "east", "accept", id, NULL);
  house_refuse (house, WD_RULE_ERROR_INVALID, "reason", "dispatcher", "recall", id, "{'note': <'x'>}");
  house_do (house, "dispatcher", "recall", id, "{'reason': <'派错了'>}");
  g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
}

static void
test_arrive_and_finish (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");

  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "finish", id, "{'result': <'x'>}"); /* nobody was there */
  house_do (house, "east", "arrive", id, NULL);
  ASSERT_STATE (house, id, "on-site");
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "arrive", id, NULL);
  house_refuse (house, WD_RULE_ERROR_INVALID, "answers", "east", "finish", id, "{'result': <'x'>, 'answers': <['a']>}");
  house_do (house, "east", "finish", id, "{'result': <'修好了'>, 'repaired': <true>, 'no_evidence': <'夜间'>}");
  ASSERT_STATE (house, id, "finished");
  g_assert_cmpstr (house_order (house, id)->result, ==, "修好了");
  g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
  g_assert_true (wd_members_bool (house_last_event (house)->data, "repaired"));

  id = accepted (house, "billing"); /* P5 */
  house_do (house, "east", "finish", id, "{'result': <'退费'>}");
  ASSERT_STATE (house, id, "finished");
}

/* R80: point by point. */
static void
test_answers (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "dispatcher", "receive", NULL,
                                   "{'channel': <'hotline'>, 'category': <'billing'>, 'text': <'x'>, 'points': <['a', 'b']>}");

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "east", "accept", id, NULL);
  house_refuse (house, WD_RULE_ERROR_INVALID, "answers", "east", "finish", id, "{'result': <'x'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "answers", "east", "finish", id, "{'result': <'x'>, 'answers': <['1']>}");
  house_do (house, "east", "finish", id, "{'result': <'x'>, 'answers': <['1', '2']>}");
  g_assert_cmpstr (house_order (house, id)->answers[1], ==, "2");
}

/* A second visit was agreed on while on site: one more arrival. */
static void
test_second_arrival (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = accepted (house, "leak");

  house_do (house, "east", "arrive", id, NULL);
  house_refuse (house, WD_RULE_ERROR_INVALID, "agreed_at", "east", "contact", id, "{'text': <'x'>, 'agreed_at': <int64 1795478400000>}");
  house_do (house, "east", "contact", id, "{'text': <'明天再来'>, 'agreed_at': <int64 1795561200000>}");
  house_do (house, "east", "arrive", id, NULL);
  ASSERT_STATE (house, id, "on-site");
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "arrive", id, NULL);
}

static void
test_link (void)
{
  g_autoptr (House) house = house_new ();
  const char       *first = house_receive (house, "leak");
  const char       *id = accepted (house, "leak");
  g_autofree char  *to_first = g_strdup_printf ("{'to': <'%s'>}", first);
  g_autofree char  *to_itself = g_strdup_printf ("{'to': <'%s'>}", id);
  const WdLink     *link;

  house_refuse (house, WD_RULE_ERROR_INVALID, "to", "dispatcher", "link", id, to_itself);
  house_refuse (house, WD_RULE_ERROR_NOT_FOUND, NULL, "dispatcher", "link", id, "{'to': <'00000000-0000-7000-8000-00000000ffff'>}");
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "auditor", "link", id, to_first);
  house_refuse (house, WD_RULE_ERROR_NOT_FOUND, NULL, "east", "link", id, to_first); /* which it may not see */
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "unlink", id, to_first);
  house_do (house, "dispatcher", "link", id, to_first);
  ASSERT_STATE (house, id, "merged");
  link = house_order (house, id)->links->pdata[0];
  g_assert_cmpint (link->kind, ==, WD_OBJECT_ORDER);
  g_assert_cmpstr (link->id, ==, first);
  g_assert_cmpstr (house_order (house, id)->lead, ==, "east");
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "link", id, to_first);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "link", first, to_itself); /* no circle */
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "east", "arrive", id, NULL);
  house_do (house, "dispatcher", "note", id, "{'text': <'x'>}");
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "classify", id, "{'category': <'burst'>}");
  house_refuse (house, WD_RULE_ERROR_INVALID, "to", "dispatcher", "unlink", id, to_itself);
  house_do (house, "dispatcher", "unlink", id, to_first);
  ASSERT_STATE (house, id, "accepted");
  g_assert_cmpuint (house_order (house, id)->links->len, ==, 0);
  house_do (house, "east", "arrive", id, NULL);

  house_do (house, "dispatcher", "answer", first, "{'text': <'x'>}");
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "link", id, to_first); /* closed */
}

static void
test_expect (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");

  house->expect = 1;
  house_do (house, "dispatcher", "classify", id, "{'major': <true>}");
  house->expect = 1;
  house_refuse (house, WD_RULE_ERROR_CONFLICT, NULL, "supervisor", "dispatch", id, "{'unit': <'east'>}");
  house->expect = 2;
  house_do (house, "supervisor", "dispatch", id, "{'unit': <'east'>}");
  house->expect = 2;
  house_refuse (house, WD_RULE_ERROR_CONFLICT, NULL, "east", "arrive", id, NULL); /* before its state is looked at */
  house->expect = 3;
  house_do (house, "east", "accept", id, NULL);
}

/* id, members, visible, role, expect, state, rule: the first that fails is the answer. */
static void
test_order_of_checks (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");
  const char       *nowhere = "00000000-0000-7000-8000-00000000ffff";

  house_refuse (house, WD_RULE_ERROR_INVALID, "order", "dispatcher", "accept", NULL, NULL);
  house_refuse (house, WD_RULE_ERROR_INVALID, "unit", "admin", "dispatch", nowhere, "{'unit': <'moon'>}");
  house_refuse (house, WD_RULE_ERROR_NOT_FOUND, NULL, "dispatcher", "accept", nowhere, NULL);
  house_refuse (house, WD_RULE_ERROR_NOT_FOUND, NULL, "east", "dispatch", id, "{'unit': <'west'>}");
  house_refuse (house, WD_RULE_ERROR_NOT_FOUND, NULL, "admin", "dispatch", id, "{'unit': <'west'>}");
  house->expect = 9;
  house_refuse (house, WD_RULE_ERROR_FORBIDDEN, NULL, "auditor", "visit", id, "{'outcome': <'satisfied'>}");
  house->expect = 9;
  house_refuse (house, WD_RULE_ERROR_CONFLICT, NULL, "dispatcher", "visit", id, "{'outcome': <'satisfied'>}");
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "visit", id, "{'outcome': <'satisfied'>}");
  house->at = house->now + SECONDS (6);
  house_refuse (house, WD_RULE_ERROR_INVALID, "at", "admin", "dispatch", nowhere, "{'unit': <'west'>}");
}

/* A desk whose first copy has not come yet. */
static void
test_no_policy (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");

  g_hash_table_remove_all (house->records[WD_OBJECT_POLICY]);
  house_refuse (house, WD_RULE_ERROR_STATE, NULL, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "east", "take-duty", NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/receive", test_receive);
  g_test_add_func ("/order/receive-refused", test_receive_refused);
  g_test_add_func ("/order/classify-changes-what-is-given", test_classify);
  g_test_add_func ("/order/answer-closes", test_answer);
  g_test_add_func ("/order/dispatch", test_dispatch);
  g_test_add_func ("/order/receipts-are-quiet", test_receipt);
  g_test_add_func ("/order/lead-passes-at-acceptance", test_lead);
  g_test_add_func ("/order/assign", test_assign);
  g_test_add_func ("/order/recall", test_recall);
  g_test_add_func ("/order/arrive-and-finish", test_arrive_and_finish);
  g_test_add_func ("/order/each-point-has-an-answer", test_answers);
  g_test_add_func ("/order/second-arrival-where-agreed", test_second_arrival);
  g_test_add_func ("/order/link-and-unlink", test_link);
  g_test_add_func ("/order/expect", test_expect);
  g_test_add_func ("/order/checks-come-in-order", test_order_of_checks);
  g_test_add_func ("/order/no-policy-yet", test_no_policy);
  return g_test_run ();
}
