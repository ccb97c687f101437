/* wd-demo.c — a demo that lives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-demo.h"

#include "wd-city-text.h"
#include "wd-demo-fill.h"

#define TICK_MS 200
#define MINUTE G_GINT64_CONSTANT (60000)

/* An order that the demo made, as far as the demo has to know it. */
typedef struct
{
  char        *id;
  guint64      n; /* its place in the stream */
  char        *category;
  char        *unit;
  char        *crew;
  WdOrderState state;
  gboolean     needs_site;
  gboolean     was_returned;
  guint        tries; /* to do the next thing */
  guint        n_points;
  gint64       act_at; /* when its unit does the next thing; 0 = nothing to do */
} Case;

struct _WdDemo
{
  const WdCity  *city;
  WdWriter      *writer;
  WdServerClock *clock;
  WdLive        *live;
  GHashTable    *cases; /* id -> Case */
  guint64        next;  /* of the stream */
  gint64         next_at;
  guint          waiting; /* with the centre, to be dispatched */
  guint          tick;
  GHashTable    *crews; /* code of unit -> GPtrArray of crew ids */
};

static void
case_free (gpointer data)
{
  Case *one = data;

  g_free (one->id);
  g_free (one->category);
  g_free (one->unit);
  g_free (one->crew);
  g_free (one);
}

/* 0..bound-1, the same every time for one order and one purpose. */
static guint
draw (const Case *one, guint purpose, guint bound)
{
  guint64 x = one->n * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + purpose * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);

  x ^= x >> 31;
  x *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  x ^= x >> 29;
  return (guint)(x % bound);
}

/* --- commands ------------------------------------------------------------------ */

static void
answered (GPtrArray *entries, const GError *error, gpointer data)
{
  /* A refusal mostly means that a person was first: the next commit says how things stand. */
}

static gboolean
give (WdDemo *demo, const WdActor *actor, const char *id, WdVerb verb, const char *object, GVariant *members)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);

  g_ptr_array_add (entries, wd_demo_entry (actor, id, verb, object, members));
  return wd_writer_give (demo->writer, entries, answered, NULL);
}

static void
add_text (GVariantDict *members, const char *name, const char *text)
{
  if (text != NULL)
    g_variant_dict_insert (members, name, "s", text);
}

static GVariant *
order_members (const WdCityOrder *order, gint64 now)
{
  GVariantDict    members;
  GVariantBuilder caller;

  g_variant_dict_init (&members, NULL);
  add_text (&members, "channel", order->channel);
  add_text (&members, "category", order->category);
  add_text (&members, "nature", order->nature);
  add_text (&members, "text", order->text);
  g_variant_builder_init (&caller, G_VARIANT_TYPE ("a{ss}"));
  if (order->caller_name != NULL)
    g_variant_builder_add (&caller, "{ss}", "name", order->caller_name);
  if (order->caller_phone != NULL)
    g_variant_builder_add (&caller, "{ss}", "phone", order->caller_phone);
  g_variant_dict_insert_value (&members, "caller", g_variant_builder_end (&caller));
  add_text (&members, "account", order->account);
  add_text (&members, "address", order->address);
  g_variant_dict_insert (&members, "point", "(dd)", order->point.lon, order->point.lat);
  if (order->points != NULL)
    g_variant_dict_insert (&members, "points", "^as", order->points);
  add_text (&members, "reference", order->reference);
  if (order->due_after_ms > 0)
    g_variant_dict_insert (&members, "due", "x", now + order->due_after_ms);
  return g_variant_dict_end (&members);
}

static gboolean
receive_next (WdDemo *demo, gint64 now)
{
  g_autoptr (WdActor)     server = wd_actor_new (NULL, NULL, WD_ROLE_DISPATCHER, NULL);
  g_autoptr (WdCityOrder) order = wd_city_order_new (demo->city, demo->next);
  g_autofree char        *id = wd_demo_id ("order", demo->next);

  return give (demo, server, id, WD_VERB_RECEIVE, NULL, order_members (order, now));
}

/* --- what a unit does next ------------------------------------------------------- */

/* Most accept in time (limit 3 minutes), some late. */
static gint64
time_to_accept (const Case *one)
{
  return draw (one, 1, 100) < 85 ? (30 + draw (one, 2, 130)) * G_GINT64_CONSTANT (1000)
                                 : (190 + draw (one, 2, 300)) * G_GINT64_CONSTANT (1000);
}

/* A few, once each, and never to whom they are. */
static gboolean
returns_it (const Case *one)
{
  g_autofree char *reason = NULL;
  const char *class, *suggested;

  if (one->was_returned || draw (one, 3, 100) >= 5)
    return FALSE;
  reason = wd_city_return_reason (one->n, one->category, &class, &suggested);
  return g_strcmp0 (suggested, one->unit) != 0;
}

static gint64
time_to_act (const Case *one)
{
  switch (one->state)
    {
    case WD_STATE_DISPATCHED:
      return time_to_accept (one);
    case WD_STATE_ACCEPTED:
      if (returns_it (one))
        return (5 + draw (one, 4, 60)) * MINUTE;
      if (one->crew == NULL)
        return (1 + draw (one, 5, 7)) * MINUTE;
      return draw (one, 6, 100) < 90 ? (12 + draw (one, 7, 40)) * MINUTE : (62 + draw (one, 7, 40)) * MINUTE;
    case WD_STATE_ON_SITE:
      return (20 + draw (one, 8, 180)) * MINUTE;
    case WD_STATE_NONE:
    case WD_STATE_RECEIVED:
    case WD_STATE_FINISHED:
    case WD_STATE_CLOSED:
    case WD_STATE_MERGED:
    default:
      return 0;
    }
}

static GVariant *
return_members (const Case *one)
{
  const char *class;
  const char      *suggested;
  g_autofree char *reason = wd_city_return_reason (one->n, one->category, &class, &suggested);
  GVariantDict     members;

  g_variant_dict_init (&members, NULL);
  add_text (&members, "class", class);
  add_text (&members, "reason", reason);
  add_text (&members, "suggested_unit", suggested);
  return g_variant_dict_end (&members);
}

static GVariant *
finish_members (const Case *one)
{
  g_autofree char *result = wd_city_finish_result (one->n, one->category);
  GVariantDict     members;

  g_variant_dict_init (&members, NULL);
  add_text (&members, "result", result);
  if (one->n_points > 0)
    {
      g_autoptr (GStrvBuilder) answers = g_strv_builder_new ();
      g_auto (GStrv)           all = NULL;

      for (guint i = 0; i < one->n_points; i++)
        {
          g_autofree char *answer = wd_city_note_text (one->n + i, one->category);

          g_strv_builder_add (answers, answer);
        }
      all = g_strv_builder_end (answers);
      g_variant_dict_insert (&members, "answers", "^as", all);
    }
  return g_variant_dict_end (&members);
}

static GVariant *
crew_members (WdDemo *demo, const Case *one)
{
  GPtrArray   *crews = g_hash_table_lookup (demo->crews, one->unit);
  GVariantDict members;

  if (crews == NULL)
    return NULL;
  g_variant_dict_init (&members, NULL);
  add_text (&members, "crew", crews->pdata[draw (one, 9, crews->len)]);
  return g_variant_dict_end (&members);
}

static GVariant *
no_members (void)
{
  return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
}

static void
act (WdDemo *demo, Case *one, gint64 now)
{
  g_autoptr (WdActor) unit = wd_actor_new (NULL, NULL, WD_ROLE_UNIT, one->unit);
  g_autofree char    *id = g_uuid_string_random ();
  WdVerb              verb = WD_VERB_NONE;
  GVariant           *members = NULL;

  one->act_at = 0;
  if (one->state == WD_STATE_DISPATCHED)
    verb = WD_VERB_ACCEPT;
  else if (one->state == WD_STATE_ACCEPTED && returns_it (one) && demo->waiting < WD_DEMO_WAITING)
    {
      verb = WD_VERB_RETURN;
      members = return_members (one);
    }
  else if (one->state == WD_STATE_ACCEPTED && one->crew == NULL && one->tries == 0 && (members = crew_members (demo, one)) != NULL)
    verb = WD_VERB_ASSIGN;
  else if (one->state == WD_STATE_ACCEPTED && one->needs_site)
    verb = WD_VERB_ARRIVE;
  else if (one->state == WD_STATE_ACCEPTED || one->state == WD_STATE_ON_SITE)
    {
      verb = WD_VERB_FINISH;
      members = finish_members (one);
    }
  if (verb == WD_VERB_NONE)
    return;
  /* Where it is refused, another try comes, such as going without a crew. */
  one->act_at = now + (give (demo, unit, id, verb, one->id, members != NULL ? members : no_members ()) ? 10 : 1) * MINUTE;
  one->tries++;
}

/* --- what was committed ------------------------------------------------------------ */

/* The body says neither, but its clocks do: a rule of the place, or one that stopped at a return. */
static void
read_clocks (Case *one, const WdOrder *order)
{
  one->needs_site = one->was_returned = FALSE;
  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      one->needs_site |= g_str_equal (clock->rule, "arrive");
      one->was_returned |= g_strcmp0 (clock->because->stopped, "return") == 0;
    }
}

/* Also one that is on its way to the writer. */
static gboolean
is_waiting (WdOrderState state)
{
  return state == WD_STATE_NONE || state == WD_STATE_RECEIVED;
}

static void
take (WdDemo *demo, const WdOrder *order, gint64 now)
{
  Case            *one = g_hash_table_lookup (demo->cases, order->id);
  WdOrderState     before;
  g_autofree char *crew_before = NULL;

  if (one == NULL)
    return;
  before = one->state;
  crew_before = g_steal_pointer (&one->crew);
  demo->waiting -= is_waiting (before);
  demo->waiting += is_waiting (order->state);

  g_free (one->unit);
  g_free (one->category);
  one->state = order->state;
  one->unit = g_strdup (order->unit);
  one->crew = g_strdup (order->crew);
  one->category = g_strdup (order->category);
  read_clocks (one, order);
  one->n_points = g_strv_length (order->points);
  if (one->state == WD_STATE_CLOSED)
    g_hash_table_remove (demo->cases, order->id);
  else if (one->state != before || g_strcmp0 (one->crew, crew_before) != 0)
    {
      one->tries = 0;
      one->act_at = time_to_act (one) > 0 ? now + time_to_act (one) : 0;
    }
}

static void
make_case (WdDemo *demo, guint64 n)
{
  Case *one = g_new0 (Case, 1);

  one->id = wd_demo_id ("order", n);
  one->n = n;
  demo->waiting++;
  g_hash_table_insert (demo->cases, one->id, one);
}

/* Orders that changed, on their way from the writer's thread. */
typedef struct
{
  WdDemo    *demo;
  GPtrArray *orders;
} News;

static gboolean
take_news (gpointer data)
{
  News  *news = data;
  gint64 now = wd_server_clock_now (news->demo->clock);

  for (guint i = 0; i < news->orders->len; i++)
    take (news->demo, news->orders->pdata[i], now);
  g_ptr_array_unref (news->orders);
  g_free (news);
  return G_SOURCE_REMOVE;
}

void
wd_demo_saw (WdDemo *demo, const WdCommit *commit)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_order_free);
  News                 *news;

  for (guint i = 0; i < commit->changes->len; i++)
    {
      const WdChange  *change = commit->changes->pdata[i];
      g_autofree char *body = NULL;
      WdOrder         *order;

      if (change->kind != WD_OBJECT_ORDER)
        continue;
      body = g_strndup (g_bytes_get_data (change->body, NULL), g_bytes_get_size (change->body));
      order = wd_record_from_texts (&wd_order_type, body, NULL, NULL);
      if (order != NULL)
        g_ptr_array_add (orders, order);
    }
  if (orders->len == 0)
    return;
  news = g_new0 (News, 1);
  news->demo = demo;
  news->orders = g_steal_pointer (&orders);
  g_main_context_invoke (NULL, take_news, news);
}

/* --- the play ------------------------------------------------------------------------ */

static gboolean
tick_cb (gpointer data)
{
  WdDemo        *demo = data;
  gint64         now = wd_server_clock_now (demo->clock);
  GHashTableIter iter;
  gpointer       value;

  for (; demo->next_at <= now; demo->next_at += WD_DEMO_EVERY_MS)
    if (demo->waiting < WD_DEMO_WAITING && receive_next (demo, now))
      {
        make_case (demo, demo->next);
        demo->next++;
      }

  g_hash_table_iter_init (&iter, demo->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Case *one = value;

      if (one->act_at == 0 || one->act_at > now || one->unit == NULL)
        continue;
      /* Whoever sits there does it; should they leave, the unit goes on. */
      if (wd_live_has_desk (demo->live, one->unit))
        one->act_at = now + MINUTE;
      else
        act (demo, one, now);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
load_cases (WdDemo *demo, WdStore *store, GError **error)
{
  static const WdStatement find_order = { "demo-find-order", "SELECT body, inside, closed_at FROM objects WHERE id = $1" };
  gint64                   now = wd_server_clock_now (demo->clock);

  for (;; demo->next++)
    {
      g_autofree char    *id = wd_demo_id ("order", demo->next);
      g_autoptr (WdRows)  rows = wd_store_query (store, &find_order, error, "t", id);
      g_autoptr (WdOrder) order = NULL;

      if (rows == NULL)
        return FALSE;
      if (wd_rows_count (rows) == 0)
        return TRUE;
      if (!wd_rows_is_null (rows, 0, 2))
        continue;
      order = wd_record_from_texts (&wd_order_type, wd_rows_text (rows, 0, 0, NULL), wd_rows_text (rows, 0, 1, NULL), error);
      if (order == NULL)
        return FALSE;
      make_case (demo, demo->next);
      take (demo, order, now);
    }
}

static void
collect_crews (WdDemo *demo)
{
  guint n = 0;

  for (gsize i = 0; i < demo->city->n_units; i++)
    {
      const WdCityUnit *unit = &demo->city->units[i];
      GPtrArray        *crews = g_ptr_array_new_with_free_func (g_free);

      for (gsize j = 0; j < unit->n_crews; j++)
        g_ptr_array_add (crews, wd_demo_id ("crew", n++));
      if (crews->len > 0)
        g_hash_table_insert (demo->crews, (gpointer)unit->code, crews);
      else
        g_ptr_array_unref (crews);
    }
}

WdDemo *
wd_demo_new (const WdCity *city, WdLedger *ledger, WdWriter *writer, WdServerClock *clock, GError **error)
{
  g_autoptr (WdDemo) demo = g_new0 (WdDemo, 1);

  demo->city = city;
  demo->writer = writer;
  demo->clock = clock;
  demo->cases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, case_free);
  demo->crews = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  collect_crews (demo);
  if (!load_cases (demo, wd_ledger_get_store (ledger), error))
    return NULL;
  return g_steal_pointer (&demo);
}

void
wd_demo_start (WdDemo *demo, WdLive *live)
{
  demo->live = live;
  demo->next_at = wd_server_clock_now (demo->clock);
  demo->tick = g_timeout_add (TICK_MS, tick_cb, demo);
}

void
wd_demo_stop (WdDemo *demo)
{
  g_clear_handle_id (&demo->tick, g_source_remove);
}

void
wd_demo_free (WdDemo *demo)
{
  wd_demo_stop (demo);
  g_hash_table_unref (demo->cases);
  g_hash_table_unref (demo->crews);
  g_free (demo);
}
