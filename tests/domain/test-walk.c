/* test-walk.c — whatever people do, in whatever order: what must always hold
 *
 * Walks are seeded by GTest (--seed repeats one).  WATERDESK_WALKS sets how many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

#define WALKS 60
#define STEPS 400
#define ORDERS 4

static const char *const people[] = {
  "server", "dispatcher", "supervisor", "east", "west", "drainage", "quality", "inspection", "auditor", "admin"
};
static const char *const units[] = { "east", "west", "drainage", "lab", "brigade", "moon" };

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

#define PICK(array) (array[pick (G_N_ELEMENTS (array))])

/* ---- something to say ------------------------------------------------------- */

static char *
pick_limits (void)
{
  static const char *const rules[] = { "accept", "arrive", "finish", "return", "dispatch", "callback", "nap" };

  return g_strdup_printf ("'limits': <{'%s': int64 %d}>", PICK (rules), pick (4) * 600000 + pick (2) * 3600000);
}

/* Members for @verb that are often right. */
static char *
pick_members (House *house, WdVerb verb, const char *other)
{
  static const char *const channels[] = { "hotline", "platform-12345", "unit-report", "media" };
  static const char *const categories[] = { "leak", "billing", "cover", "service", "ghosts" };
  static const char *const outcomes[] = { "satisfied", "dissatisfied", "unreachable", "unreachable", "refused" };
  static const char *const causes[] = { "unit", "objective" };
  static const char *const classes[] = { "not-ours", "wrong-place", "other" };
  static const char *const point[] = { "", ", 'point': <(120.21, 30.2)>", ", 'point': <(120.1, 30.2)>", ", 'points': <['a', 'b']>" };
  g_autofree char         *limits = pick_limits ();
  g_autofree char         *due = g_strdup_printf (", 'due': <int64 %" G_GINT64_FORMAT ">", house->now + HOURS (pick (60) - 2));
  g_autofree char         *agreed = g_strdup_printf (", 'agreed_at': <int64 %" G_GINT64_FORMAT ">", house->now + MINUTES (pick (300) - 10));
  g_autoptr (GList)        crews = g_hash_table_get_keys (house->records[WD_OBJECT_CREW]);

  switch ((int)verb)
    {
    case WD_VERB_RECEIVE:
      return g_strdup_printf ("{'channel': <'%s'>, 'category': <'%s'>, 'text': <'漏水'>, 'caller': <{'name': '张三', 'phone': '13812348000'}>%s%s}",
                              PICK (channels), PICK (categories), pick (2) ? due : "", PICK (point));
    case WD_VERB_CLASSIFY:
      return g_strdup_printf ("{'category': <'%s'>, %s%s}", PICK (categories), limits, PICK (point));
    case WD_VERB_DISPATCH:
      return pick (3) ? g_strdup_printf ("{'unit': <'%s'>}", PICK (units)) : g_strdup_printf ("{'unit': <'%s'>, %s}", PICK (units), limits);
    case WD_VERB_RECALL:
      return g_strdup (pick (4) ? "{'reason': <'x'>}" : "{}");
    case WD_VERB_RECEIPT:
      return g_strdup_printf ("{'what': <'%s'>}", pick (2) ? "shown" : "delivered");
    case WD_VERB_ASSIGN:
      return g_strdup_printf ("{'crew': <'%s'>}", (char *)g_list_nth_data (crews, pick (g_list_length (crews))));
    case WD_VERB_RETURN:
      return g_strdup_printf ("{'class': <'%s'>, 'reason': <'x'>}", PICK (classes));
    case WD_VERB_RULE_RETURN:
      return pick (2) ? g_strdup_printf ("{'granted': <true>, 'reason': <'x'>, 'unit': <'%s'>}", PICK (units))
                      : g_strdup_printf ("{'granted': <%s>, 'reason': <'x'>}", pick (2) ? "true" : "false");
    case WD_VERB_CONTACT:
      return g_strdup_printf ("{'text': <'x'>%s}", pick (2) ? agreed : "");
    case WD_VERB_FINISH:
      return g_strdup (pick (4) ? "{'result': <'x'>}" : "{'result': <'x'>, 'answers': <['1', '2']>}");
    case WD_VERB_VISIT:
      return g_strdup_printf ("{'outcome': <'%s'>, 'cause': <'%s'>, 'perfunctory': <%s>}", PICK (outcomes), PICK (causes), pick (6) ? "false" : "true");
    case WD_VERB_LINK:
    case WD_VERB_UNLINK:
      return g_strdup_printf ("{'to': <'%s'>}", other);
    default:
      return g_strdup ("{'text': <'x'>}");
    }
}

/* Mostly what may be done as the order stands, so that walks come far; ends are rare. */
static WdVerb
pick_verb (House *house, const char *id)
{
  WdVerb verb = WD_VERB_RECEIVE;

  for (int tries = 0; id != NULL && tries < 20; tries++)
    {
      verb = (WdVerb)g_test_rand_int_range (WD_VERB_CLASSIFY, WD_VERB_UNLINK + 1);
      if ((verb == WD_VERB_ANSWER || verb == WD_VERB_RECALL || verb == WD_VERB_LINK) && pick (8))
        continue;
      if (!pick (8) || wd_may_do (house_actor (house, "server"), verb, house_order (house, id), NULL))
        break;
    }
  return verb;
}

/* Half the time somebody who has to do with the order, so that walks come far. */
static const char *
pick_person (House *house, const char *id)
{
  const WdOrder *order = id != NULL ? house_order (house, id) : NULL;

  if (pick (2))
    return PICK (people);
  if (order != NULL && order->unit != NULL && pick (3))
    for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
      if (g_strcmp0 (house_actor (house, people[i])->unit, order->unit) == 0)
        return people[i];
  return "dispatcher";
}

/* ---- what must hold ----------------------------------------------------------- */

/* Of one order before and after its events from @first on. */
static void
check_version (House *house, const WdOrder *before, const char *id, guint first)
{
  gint64 rises = 0;

  for (guint i = first; i < house->events->len; i++)
    {
      const WdEvent *event = house->events->pdata[i];

      if (g_str_equal (event->object, id))
        rises += (wd_verb_info (event->verb)->flags & WD_VERB_QUIET) == 0;
    }
  g_assert_cmpint (house_order (house, id)->version, ==, (before != NULL ? before->version : 0) + rises);
}

/* P8: from the first acceptance on there is a lead, and it changes by acceptances only. */
static void
check_lead (House *house, const WdOrder *before, const char *id)
{
  const WdOrder *order = house_order (house, id);

  if (house_last_event (house)->verb == WD_VERB_ACCEPT)
    g_assert_cmpstr (order->lead, ==, order->unit);
  else
    g_assert_cmpstr (order->lead, ==, before != NULL ? before->lead : NULL);
  if (order->state == WD_STATE_ACCEPTED || order->state == WD_STATE_ON_SITE || order->state == WD_STATE_FINISHED)
    g_assert_cmpstr (order->lead, ==, order->unit);
}

static void
check_state (const WdOrder *order)
{
  gboolean with_unit = order->state == WD_STATE_DISPATCHED || order->state == WD_STATE_FINISHED || wd_order_is_in_hand (order);

  if (with_unit)
    g_assert_nonnull (order->unit);
  if (order->state == WD_STATE_RECEIVED)
    g_assert_null (order->unit);
  g_assert_cmpint (order->unit != NULL, ==, order->delivery != NULL);
  g_assert_true (order->returned == NULL || order->state == WD_STATE_RECEIVED || order->former_state == WD_STATE_RECEIVED);
  g_assert_cmpint (order->state == WD_STATE_MERGED, ==, order->former_state != WD_STATE_NONE);
  g_assert_cmpuint (order->links->len, ==, order->state == WD_STATE_MERGED);
  g_assert_cmpint (order->closed_at != 0, ==, order->state == WD_STATE_CLOSED);
  g_assert_cmpint (order->supervised, ==, order->rework > 0);
}

static void
check_length (const WdOrder *order, const WdPolicy *policy, const WdClock *clock)
{
  const WdPolicyRow *row = wd_policy_find (policy, clock->rule);
  gint64             limit = wd_limits_get (order->limits, clock->rule);

  g_assert_cmpint (clock->due_at, >=, clock->started_at);
  if (row->limit == 0 || (limit == 0 && g_str_equal (clock->rule, "finish") && (order->due != 0 || order->rework > 0)))
    return; /* what the event or the order said */
  g_assert_cmpint (clock->due_at - clock->started_at, ==, limit != 0 ? limit : row->limit);
}

static void
check_clock (const WdOrder *order, const WdPolicy *policy, const WdClock *clock, gint64 now)
{
  const WdPolicyRow *row = wd_policy_find (policy, clock->rule);

  g_assert_nonnull (clock->because->stops[0]);
  g_assert_cmpint (clock->stopped_at != 0, ==, clock->because->stopped != NULL);
  if (row->centre)
    g_assert_null (clock->unit);
  if (clock->window)
    g_assert_false (clock->breached);
  else if (clock->stopped_at != 0)
    g_assert_cmpint (clock->breached, ==, clock->stopped_at > clock->due_at);
  else if (clock->breached)
    g_assert_cmpint (clock->due_at, <, now);
  if (clock->stopped_at == 0)
    check_length (order, policy, clock);
}

static void
check_clocks (const WdOrder *order, const WdPolicy *policy, gint64 now)
{
  g_autoptr (GHashTable) running = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      check_clock (order, policy, clock, now);
      if (i > 0)
        g_assert_cmpint (((WdClock *)order->clocks->pdata[i - 1])->started_at, <=, clock->started_at);
      if (clock->stopped_at == 0)
        g_assert_true (g_hash_table_add (running, clock->rule)); /* at most one for each rule */
    }
  if (!wd_order_is_open (order))
    g_assert_cmpuint (g_hash_table_size (running), ==, 0);
  else /* somebody's time always runs */
    g_assert_cmpuint (g_hash_table_size (running), >, 0);
}

static void
check_readers (House *house, const WdOrder *order)
{
  g_auto (GStrv) readers = wd_object_readers (WD_OBJECT_ORDER, order);

  g_assert_true (g_strv_contains ((const char *const *)readers, "centre"));
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      const WdActor *actor = house_actor (house, people[i]);
      g_auto (GStrv) theirs = wd_actor_readers (actor);
      gboolean       hears = actor->id == NULL;

      for (char **reader = theirs; *reader != NULL; reader++)
        hears |= g_strv_contains ((const char *const *)readers, *reader);
      g_assert_cmpint (hears, ==, wd_may_see (actor, WD_OBJECT_ORDER, order));
    }
}

static void
check_order (House *house, const WdOrder *before, const char *id, guint first)
{
  const WdOrder  *order = house_order (house, id);
  const WdPolicy *policy = house_find (house, WD_OBJECT_POLICY, "1");

  check_version (house, before, id, first);
  check_lead (house, before, id);
  check_state (order);
  check_clocks (order, policy, house->now);
  check_readers (house, order);
}

/* ---- walking -------------------------------------------------------------------- */

static void
pass_time (House *house)
{
  static const gint64 strides[] = { 0, 1, SECONDS (20), MINUTES (2), MINUTES (4), MINUTES (50), HOURS (3), HOURS (26) };

  /* Sometimes nothing fires meanwhile: the server was down. */
  if (pick (3))
    house_wait (house, PICK (strides));
  else
    house->now += PICK (strides);
}

static void
take_step (House *house, GPtrArray *ids, guint reached[])
{
  const char         *id = ids->len < ORDERS || !pick (40) ? NULL : ids->pdata[pick ((int)ids->len)];
  const char         *done;
  WdVerb              verb = pick_verb (house, id);
  const char         *other = ids->len > 0 ? ids->pdata[pick (ids->len)] : "";
  g_autofree char    *members = pick_members (house, verb, other);
  g_autoptr (WdOrder) before = NULL;
  guint               first;

  pass_time (house);
  before = id != NULL ? wd_order_copy (house_order (house, id)) : NULL;
  first = house->events->len;
  house->at = pick (4) ? 0 : house->now - MINUTES (pick (120)) + SECONDS (pick (8));
  house->at_proved = pick (2);
  if (before != NULL && !pick (6))
    house->expect = before->version - pick (2);
  done = house_give (house, pick_person (house, id), wd_verb_info (verb)->name, id, members);
  if (done != NULL)
    {
      check_order (house, before, done, first);
      reached[house_order (house, done)->state]++;
      if (id == NULL)
        g_ptr_array_add (ids, (char *)g_intern_string (done));
    }
  else if (id != NULL) /* a refusal leaves no trace */
    {
      g_assert_cmpuint (house->events->len, ==, first);
      g_assert_true (wd_record_equal (&wd_order_type, before, house_order (house, id)));
    }
}

/* From wherever a walk left it, the straight way ends it, and every clock with it:
 * after the finish the centre's callback alone runs. */
static void
bring_home (House *house, const char *id)
{
  const WdOrder   *order = house_order (house, id);
  g_autofree char *to = NULL;

  if (order->state == WD_STATE_MERGED)
    {
      to = g_strdup_printf ("{'to': <'%s'>}", ((WdLink *)order->links->pdata[0])->id);
      house_do (house, "dispatcher", "unlink", id, to);
    }
  if (house_order (house, id)->state == WD_STATE_RECEIVED && house_order (house, id)->returned != NULL)
    house_do (house, "dispatcher", "rule-return", id, "{'granted': <true>, 'reason': <'x'>}");
  if (house_order (house, id)->state == WD_STATE_RECEIVED)
    house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  if (house_order (house, id)->state == WD_STATE_DISPATCHED)
    house_do (house, "server", "accept", id, NULL);
  if (house_order (house, id)->state == WD_STATE_ACCEPTED)
    house_do (house, "server", "arrive", id, NULL);
  if (house_order (house, id)->state == WD_STATE_ON_SITE)
    house_do (house, "server", "finish", id, house_order (house, id)->points[0] != NULL ? "{'result': <'x'>, 'answers': <['1', '2']>}" : "{'result': <'x'>}");
  if (house_order (house, id)->state == WD_STATE_FINISHED)
    {
      for (guint i = 0; i < house_order (house, id)->clocks->len; i++)
        {
          const WdClock *clock = house_order (house, id)->clocks->pdata[i];

          g_assert_true (clock->stopped_at != 0 || g_str_equal (clock->rule, "callback"));
        }
      g_assert_nonnull (wd_order_clock (house_order (house, id), "callback"));
      house_do (house, "dispatcher", "visit", id, "{'outcome': <'satisfied'>}");
    }
  g_assert_cmpint (house_order (house, id)->state, ==, WD_STATE_CLOSED);
}

static void
check_same (House *house, House *again)
{
  for (int kind = WD_OBJECT_ORDER; kind < WD_N_OBJECT_KINDS; kind++)
    {
      GHashTableIter iter;
      gpointer       key, record;

      g_assert_cmpuint (g_hash_table_size (house->records[kind]), ==, g_hash_table_size (again->records[kind]));
      g_hash_table_iter_init (&iter, house->records[kind]);
      while (g_hash_table_iter_next (&iter, &key, &record))
        g_assert_true (wd_record_equal (wd_object_type (kind), record, g_hash_table_lookup (again->records[kind], key)));
    }
}

/* What was private is gone, what was public stands. */
static void
check_erased (House *house, House *erased)
{
  GHashTableIter iter;
  gpointer       id, record;

  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_ORDER]);
  while (g_hash_table_iter_next (&iter, &id, &record))
    {
      g_autoptr (WdOrder) rest = wd_order_copy (record);
      const WdOrder      *order = house_order (erased, id);

      g_assert_null (order->text);
      g_assert_null (order->caller);
      g_assert_null (order->result);
      g_assert_false (wd_point_is_set (&order->point));
      g_assert_cmpuint (order->clocks->len, ==, rest->clocks->len);
      for (guint i = 0; i < rest->clocks->len; i++)
        g_assert_true (wd_record_equal (&wd_clock_type, order->clocks->pdata[i], rest->clocks->pdata[i]));
      g_assert_cmpint (order->state, ==, rest->state);
      g_assert_cmpstr (order->lead, ==, rest->lead);
      g_assert_cmpint (order->version, ==, rest->version);
      g_assert_cmpint (order->last_at, ==, rest->last_at);
    }
}

static void
test_walk (void)
{
  const char *wanted = g_getenv ("WATERDESK_WALKS");
  gint64      walks = wanted != NULL ? g_ascii_strtoll (wanted, NULL, 10) : WALKS;
  guint       reached[WD_STATE_MERGED + 1] = { 0 };

  for (gint64 walk = 0; walk < walks; walk++)
    {
      g_autoptr (House)     house = house_new ();
      g_autoptr (GPtrArray) ids = g_ptr_array_new ();
      g_autoptr (House)     again = NULL;
      g_autoptr (House)     erased = NULL;

      for (int step = 0; step < STEPS; step++)
        take_step (house, ids, reached);
      for (guint i = 0; i < ids->len; i++)
        if (house_order (house, ids->pdata[i])->state != WD_STATE_CLOSED)
          bring_home (house, ids->pdata[i]);
      again = house_replay (house, FALSE);
      check_same (house, again);
      erased = house_replay (house, TRUE);
      check_erased (house, erased);
    }
  for (int state = WD_STATE_RECEIVED; state <= WD_STATE_MERGED; state++)
    {
      g_test_message ("%u steps led to %s", reached[state], wd_enum_nick (WD_TYPE_ORDER_STATE, state));
      if (wanted == NULL) /* else too few may be asked for */
        g_assert_cmpuint (reached[state], >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/what-must-always-hold", test_walk);
  return g_test_run ();
}
