/* test-walk-areas.c — whatever people do with outages, quality cases and calls: what must always hold
 *
 * Walks are seeded by GTest (--seed repeats one).  WATERDESK_WALKS sets how many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

#define WALKS 40
#define STEPS 300
#define EACH 4 /* orders, outages and cases that are walked on at a time */

#define AREA "'area': <'{\"type\":\"Polygon\",\"coordinates\":[[[120.2,30.2],[120.3,30.2],[120.3,30.%d],[120.2,30.2]]]}'>"

static const char *const people[] = {
  "server", "dispatcher", "supervisor", "east", "west", "drainage", "quality", "inspection", "auditor", "admin"
};

static const WdVerb verbs[] = {
  WD_VERB_RECEIVE, WD_VERB_LINK, WD_VERB_UNLINK, WD_VERB_DECLARE_OUTAGE, WD_VERB_REVISE_OUTAGE, WD_VERB_RESTORE_OUTAGE, WD_VERB_CANCEL_OUTAGE,
  WD_VERB_REPORT_QUALITY, WD_VERB_ATTEND_QUALITY, WD_VERB_DRAFT_QUALITY, WD_VERB_CONCLUDE_QUALITY, WD_VERB_ATTACH_CALL
};

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

#define PICK(array) (array[pick (G_N_ELEMENTS (array))])

/* ---- something to do ------------------------------------------------------------ */

/* One of the newest of its kind; "" where there is none. */
static const char *
pick_id (House *house, WdObjectKind kind)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (house->records[kind]), (GCompareFunc)strcmp);
  guint             n = g_list_length (ids);
  const char       *id = n > 0 ? g_list_nth_data (ids, n - 1 - (guint)pick ((int)MIN (n, EACH))) : "";

  return g_intern_string (id);
}

static const char *
pick_target (House *house)
{
  static const WdObjectKind kinds[] = { WD_OBJECT_ORDER, WD_OBJECT_OUTAGE, WD_OBJECT_OUTAGE, WD_OBJECT_QUALITY, WD_OBJECT_QUALITY };

  return pick_id (house, PICK (kinds));
}

static char *
pick_times (House *house)
{
  gint64 starts = house->now + HOURS (pick (100) - 20);

  return g_strdup_printf ("'starts': <int64 %" G_GINT64_FORMAT ">, 'expected': <int64 %" G_GINT64_FORMAT ">", starts, starts + HOURS (pick (30) - 1));
}

/* Members for @verb that are often right. */
static char *
pick_members (House *house, WdVerb verb)
{
  g_autofree char *area = g_strdup_printf (AREA, 1 + pick (9));
  g_autofree char *times = pick_times (house);
  g_autofree char *orders = g_strdup_printf (", 'orders': <['%s', '%s']>", pick_id (house, WD_OBJECT_ORDER), pick_id (house, WD_OBJECT_ORDER));
  const char      *with = pick (2) ? orders : "";

  switch ((int)verb)
    {
    case WD_VERB_RECEIVE:
      return g_strdup ("{'channel': <'hotline'>, 'category': <'no-water'>, 'text': <'没水'>, 'point': <(120.25, 30.25)>}");
    case WD_VERB_LINK:
    case WD_VERB_UNLINK:
      return g_strdup_printf ("{'to': <'%s'>}", pick_target (house));
    case WD_VERB_DECLARE_OUTAGE:
      return g_strdup_printf ("{'nature': <'%s'>, 'reason': <'x'>, %s, %s%s}", pick (2) ? "planned" : "emergency", times, pick (4) ? area : "'extent': <'x'>", with);
    case WD_VERB_REVISE_OUTAGE:
      return g_strdup_printf ("{'because': <'x'>, %s%s}", pick (2) ? times : area, with);
    case WD_VERB_CANCEL_OUTAGE:
      return g_strdup ("{'because': <'x'>}");
    case WD_VERB_REPORT_QUALITY:
      return g_strdup_printf ("{'point': <(120.25, 30.25)>, 'text': <'x'>%s%s}", pick (2) ? ", 'units': <['east', 'west']>" : "", with);
    case WD_VERB_DRAFT_QUALITY:
      return g_strdup_printf ("{%s}", area);
    case WD_VERB_CONCLUDE_QUALITY:
      return g_strdup_printf ("{'cause': <'x'>, %s}", area);
    case WD_VERB_ATTACH_CALL:
      return g_strdup_printf ("{'to': <'%s'>, 'channel': <'hotline'>, 'caller': <{'name': '张三', 'phone': '13812348000'}>}", pick_target (house));
    default:
      return g_strdup ("{}");
    }
}

/* ---- what must hold --------------------------------------------------------------- */

static gint64
rises_of (House *house, const char *id)
{
  gint64 rises = 0;

  for (guint i = 0; i < house->events->len; i++)
    {
      const WdEvent *event = house->events->pdata[i];

      rises += g_str_equal (event->object, id) && (wd_verb_info (event->verb)->flags & WD_VERB_QUIET) == 0;
    }
  return rises;
}

static gint64
calls_to (House *house, const char *id)
{
  GHashTableIter iter;
  gpointer       call;
  gint64         n = 0;

  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_CALL]);
  while (g_hash_table_iter_next (&iter, NULL, &call))
    n += g_str_equal (((const WdCall *)call)->to, id);
  return n;
}

static void
check_readers (House *house, WdObjectKind kind, gconstpointer record)
{
  g_auto (GStrv) readers = wd_object_readers (kind, record);

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      const WdActor *actor = house_actor (house, people[i]);
      g_auto (GStrv) theirs = wd_actor_readers (actor);
      gboolean       hears = actor->id == NULL;

      for (char **reader = theirs; *reader != NULL; reader++)
        hears |= g_strv_contains ((const char *const *)readers, *reader);
      g_assert_cmpint (hears, ==, wd_may_see (actor, kind, record));
    }
}

/* R61, R65: told late is a breach of the lead; while it is open and a time is told, that one clock runs. */
static void
check_clocks (const WdOutage *outage, gint64 now)
{
  const WdClock *lead = NULL;
  guint          running = 0;

  for (guint i = 0; i < outage->clocks->len; i++)
    {
      const WdClock *clock = outage->clocks->pdata[i];

      g_assert_cmpint (clock->started_at, <=, clock->due_at);
      g_assert_nonnull (clock->because->stops[0]);
      g_assert_true (clock->stopped_at == 0 || clock->stopped_at >= clock->started_at);
      g_assert_cmpint (clock->stopped_at != 0, ==, clock->because->stopped != NULL);
      if (g_str_equal (clock->rule, "outage-lead"))
        lead = clock;
      if (clock->stopped_at != 0)
        continue;
      running++;
      g_assert_cmpstr (clock->rule, ==, "outage-expected");
      g_assert_cmpint (clock->due_at, ==, outage->expected);
      g_assert_true (!clock->breached || clock->due_at < now);
    }
  g_assert_cmpuint (running, ==, wd_outage_is_open (outage) && outage->expected != 0);
  g_assert_true (outage->nature == WD_OUTAGE_PLANNED || !outage->late_notice);
  if (outage->nature == WD_OUTAGE_PLANNED)
    g_assert_cmpint (lead->breached, ==, outage->late_notice);
}

static void
check_outage (House *house, const WdOutage *outage)
{
  const WdQuality *quality = outage->quality != NULL ? house_find (house, WD_OBJECT_QUALITY, outage->quality) : NULL;

  g_assert_cmpint (outage->version, ==, rises_of (house, outage->id));
  g_assert_cmpint (outage->calls, ==, calls_to (house, outage->id));
  g_assert_cmpint (outage->ended_at != 0, ==, !wd_outage_is_open (outage));
  g_assert_cmpint (outage->restored_at != 0, ==, outage->state == WD_OUTAGE_RESTORED);
  g_assert_true (outage->expected == 0 || outage->expected > outage->starts);
  g_assert_cmpint (outage->affected != NULL, ==, outage->area != NULL);
  g_assert_cmpint (quality != NULL, ==, outage->quality != NULL);
  if (quality != NULL && g_strcmp0 (quality->outage, outage->id) == 0 && wd_outage_is_open (outage)) /* R71 */
    g_assert_cmpstr (outage->area, ==, quality->area);
  check_clocks (outage, house->now);
  check_readers (house, WD_OBJECT_OUTAGE, outage);
}

static void
check_quality (House *house, const WdQuality *quality)
{
  gboolean confirmed = quality->state == WD_QUALITY_CONFIRMED;

  g_assert_cmpint (quality->version, ==, rises_of (house, quality->id));
  g_assert_cmpint (quality->calls, ==, calls_to (house, quality->id));
  g_assert_cmpint (quality->area != NULL, ==, confirmed);
  g_assert_cmpint (quality->outage != NULL, ==, confirmed);
  if (confirmed) /* R72 */
    g_assert_nonnull (house_find (house, WD_OBJECT_OUTAGE, quality->outage));
  if (quality->state == WD_QUALITY_ATTENDED) /* R69: 2 of 2 */
    {
      g_assert_cmpint (quality->centre_at, !=, 0);
      for (char **code = quality->units; *code != NULL; code++)
        g_assert_true (g_hash_table_contains (quality->attended, *code));
    }
  for (char **id = quality->orders; *id != NULL; id++)
    {
      const WdOrder *order = house_order (house, *id);
      gboolean       linked = FALSE;

      g_assert_false (g_strv_contains ((const char *const *)id + 1, *id));
      for (guint i = 0; i < order->links->len; i++)
        linked |= g_str_equal (((const WdLink *)order->links->pdata[i])->id, quality->id);
      g_assert_true (linked);
    }
  check_readers (house, WD_OBJECT_QUALITY, quality);
}

/* Only the link to another order merges, and what an order hangs on is there, once. */
static void
check_order (House *house, const WdOrder *order)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean               merged = FALSE;

  for (guint i = 0; i < order->links->len; i++)
    {
      const WdLink *link = order->links->pdata[i];

      g_assert_true (g_hash_table_add (seen, link->id));
      g_assert_nonnull (house_find (house, link->kind, link->id));
      merged |= link->kind == WD_OBJECT_ORDER;
      if (link->kind == WD_OBJECT_QUALITY)
        g_assert_true (g_strv_contains ((const char *const *)((const WdQuality *)house_find (house, link->kind, link->id))->orders, order->id));
    }
  g_assert_cmpint (order->state == WD_STATE_MERGED, ==, merged);
  g_assert_cmpint (order->calls, ==, 1 + calls_to (house, order->id)); /* the first is its own */
}

static void
check_all (House *house)
{
  GHashTableIter iter;
  gpointer       record;

  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_OUTAGE]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    check_outage (house, record);
  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_QUALITY]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    check_quality (house, record);
  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_ORDER]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    check_order (house, record);
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

/* ---- walking ------------------------------------------------------------------------ */

static void
pass_time (House *house)
{
  static const gint64 strides[] = { 0, 1, SECONDS (20), MINUTES (4), HOURS (1), HOURS (7), HOURS (26) };

  if (pick (3))
    house_wait (house, PICK (strides));
  else
    house->now += PICK (strides); /* the server was down */
}

/* Half the time somebody who may. */
static const char *
pick_person (WdVerb verb)
{
  if (pick (2))
    return PICK (people);
  if (verb == WD_VERB_DRAFT_QUALITY || verb == WD_VERB_CONCLUDE_QUALITY)
    return "quality";
  if (verb == WD_VERB_ATTEND_QUALITY)
    return pick (3) ? (pick (2) ? "east" : "west") : "quality";
  return "dispatcher";
}

/* Returns: whether it was done */
static gboolean
take_step (House *house, WdVerb verb)
{
  const WdVerbInfo *info = wd_verb_info (verb);
  const char       *id = (info->flags & WD_VERB_CREATES) != 0 ? NULL : pick_id (house, info->kind);
  g_autofree char  *members = pick_members (house, verb);
  guint             first;

  pass_time (house);
  first = house->events->len;
  if (house_give (house, pick_person (verb), info->name, id, members) != NULL)
    return TRUE;
  g_assert_cmpuint (house->events->len, ==, first); /* a refusal leaves no trace */
  return FALSE;
}

static void
test_walk (void)
{
  const char *wanted = g_getenv ("WATERDESK_WALKS");
  gint64      walks = wanted != NULL ? g_ascii_strtoll (wanted, NULL, 10) : WALKS;
  guint       done[G_N_ELEMENTS (verbs)] = { 0 };

  for (gint64 walk = 0; walk < walks; walk++)
    {
      g_autoptr (House) house = house_new ();
      g_autoptr (House) again = NULL;
      g_autoptr (House) erased = NULL;

      for (int step = 0; step < STEPS; step++)
        {
          guint verb = (guint)pick (G_N_ELEMENTS (verbs));

          done[verb] += take_step (house, verbs[verb]);
          check_all (house);
        }
      again = house_replay (house, FALSE);
      check_same (house, again);
      erased = house_replay (house, TRUE); /* what was private is gone, nothing breaks */
      g_assert_cmpuint (erased->events->len, ==, house->events->len);
    }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_test_message ("%s was done %u times", wd_verb_info (verbs[i])->name, done[i]);
      if (wanted == NULL) /* else too few may be asked for */
        g_assert_cmpuint (done[i], >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk-areas/what-must-always-hold", test_walk);
  return g_test_run ();
}
