/* wd-reader-known.c — what is known at a place, and the sentence to read out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-reader-private.h"

#include "wd-atlas.h"
#include "wd-json.h"
#include "wd-outage.h"
#include "wd-sentence.h"

/* clang-format off */
static const WdStatement get_known = { "known-object",
  "SELECT kind, body FROM objects WHERE id = $1 AND closed_at IS NULL "
  "AND (readers LIKE $2 OR readers LIKE $3 OR readers LIKE $4 OR readers LIKE $5)" };
/* With a code, so that the index on it is used: else all orders are gone through. */
static const WdStatement list_policies = { "known-policies",
  "SELECT body FROM objects WHERE kind = 'policy' AND code IS NOT NULL" };
/* clang-format on */

/* One outage or case, with its body as it stands in the store. */
typedef struct
{
  WdObjectKind kind;
  gpointer     record;
  const char  *body;
} Fact;

static void
fact_clear (gpointer data)
{
  Fact *fact = data;

  wd_record_free (wd_object_type (fact->kind), fact->record);
}

static void
ask (WdBatch *batch, GStrv ids, const WdReaders4 *mine)
{
  for (char **id = ids; *id != NULL; id++)
    wd_batch_add (batch, &get_known, "ttttt", *id, WD_READER_PATTERNS (*mine));
}

/* ---- outages and cases ---- */

static int
compare (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* What is so before what will be, what came suddenly before what was planned, the newest first; of what will be the next one. */
static int
compare_outages (const WdOutage *a, const WdOutage *b)
{
  if (a->state != b->state)
    return compare (b->state, a->state);
  if (a->nature != b->nature)
    return compare (b->nature, a->nature);
  return a->state == WD_OUTAGE_ANNOUNCED ? compare (a->starts, b->starts) : compare (b->starts, a->starts);
}

/* What is so now before what will be. */
static int
urgency (const Fact *fact)
{
  if (fact->kind == WD_OBJECT_QUALITY)
    return 1;
  return ((const WdOutage *)fact->record)->state == WD_OUTAGE_ANNOUNCED ? 2 : 0;
}

static int
compare_facts (gconstpointer one, gconstpointer other)
{
  const Fact *a = one, *b = other;

  if (urgency (a) != urgency (b))
    return compare (urgency (a), urgency (b));
  if (a->kind == WD_OBJECT_OUTAGE)
    return compare_outages (a->record, b->record);
  /* The farther it is known, the sooner. */
  return compare (((const WdQuality *)b->record)->state, ((const WdQuality *)a->record)->state);
}

static GArray *
facts_of (const WdBatch *batch, guint n, GError **error)
{
  g_autoptr (GArray) facts = g_array_new (FALSE, FALSE, sizeof (Fact));

  g_array_set_clear_func (facts, fact_clear);
  for (guint i = 0; i < n; i++)
    {
      const WdRows *rows = wd_batch_rows (batch, i);
      Fact          fact;

      if (wd_rows_count (rows) == 0)
        continue;
      fact.kind = wd_enum_value (WD_TYPE_OBJECT_KIND, wd_rows_text (rows, 0, 0, NULL));
      fact.body = wd_rows_text (rows, 0, 1, NULL);
      fact.record = wd_record_from_texts (wd_object_type (fact.kind), fact.body, NULL, error);
      if (fact.record == NULL)
        return NULL;
      g_array_append_val (facts, fact);
    }
  g_array_sort (facts, compare_facts);
  return g_steal_pointer (&facts);
}

/* ---- the sentence ---- */

/* Of the policy in force.  Returns: (transfer full) */
static GTimeZone *
find_zone (WdReader *reader, gint64 now, GError **error)
{
  g_autoptr (WdRows)   rows = wd_store_query (reader->store, &list_policies, error, "");
  g_autoptr (WdPolicy) force = NULL;
  GTimeZone           *zone;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      g_autoptr (WdPolicy) policy = wd_record_from_texts (&wd_policy_type, wd_rows_text (rows, i, 0, NULL), NULL, error);

      if (policy == NULL)
        return NULL;
      if (policy->effective <= now && (force == NULL || policy->version > force->version))
        {
          wd_policy_free (force);
          force = g_steal_pointer (&policy);
        }
    }
  zone = force != NULL ? g_time_zone_new_identifier (force->zone) : NULL;
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* The most pressing one is told.  @sentence: (out): NULL where there is none.  FALSE with @error. */
static gboolean
make_sentence (WdReader *reader, GArray *facts, gint64 now, char **sentence, GError **error)
{
  const Fact           *first = facts->len > 0 ? &g_array_index (facts, Fact, 0) : NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (first == NULL)
    return TRUE;
  if (first->kind == WD_OBJECT_QUALITY)
    {
      *sentence = wd_sentence_of_quality (first->record);
      return TRUE;
    }
  zone = find_zone (reader, now, error);
  if (zone == NULL)
    return FALSE;
  *sentence = wd_sentence_of_outage (first->record, now, zone);
  return TRUE;
}

/* ---- the answer ---- */

static void
append_facts (GString *json, const char *name, GArray *facts, WdObjectKind kind)
{
  const char *comma = "";

  g_string_append_printf (json, ",\"%s\":[", name);
  for (guint i = 0; i < facts->len; i++)
    {
      const Fact *fact = &g_array_index (facts, Fact, i);

      if (fact->kind != kind)
        continue;
      g_string_append (json, comma);
      g_string_append (json, fact->body);
      comma = ",";
    }
  g_string_append_c (json, ']');
}

static void
append_orders (GString *json, const WdBatch *batch, guint from)
{
  const char *comma = "";

  g_string_append (json, ",\"orders\":[");
  for (guint i = from; i < wd_batch_length (batch); i++)
    {
      const WdRows *rows = wd_batch_rows (batch, i);

      if (wd_rows_count (rows) == 0)
        continue;
      g_string_append (json, comma);
      g_string_append (json, wd_rows_text (rows, 0, 1, NULL));
      comma = ",";
    }
  g_string_append_c (json, ']');
}

GString *
wd_reader_known (WdReader *reader, const WdActor *actor, const WdAtlasPlace *place, gint64 now, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  g_auto (WdReaders4) mine = { NULL };
  g_autofree char    *sentence = NULL;
  g_autoptr (GArray)  facts = NULL;
  GString            *json;
  guint               n;

  wd_readers_set (&mine, actor);
  ask (batch, place->areas, &mine);
  ask (batch, place->cases, &mine);
  n = wd_batch_length (batch);
  ask (batch, place->orders, &mine);
  if (!wd_store_run (reader->store, batch, NULL, error))
    return NULL;
  facts = facts_of (batch, n, error);
  if (facts == NULL || !make_sentence (reader, facts, now, &sentence, error))
    return NULL;
  json = g_string_new ("{\"sentence\":");
  wd_json_append_text (json, sentence);
  append_facts (json, "outages", facts, WD_OBJECT_OUTAGE);
  append_facts (json, "quality", facts, WD_OBJECT_QUALITY);
  g_string_append (json, ",\"hydrants\":[],\"repairs\":[]"); /* no verb makes one yet */
  append_orders (json, batch, n);
  return g_string_append_c (json, '}');
}
