/* wd-reader-places.c — the places that a few typed characters may mean
 *
 * A place has to hold the four rarest pairs of the question; where none does, the
 * question is cut from its end.  What was found is put in order here: the question in one
 * piece first, a house number that goes on after it last.  A street comes on
 * top of its houses, also where the number that was typed is not known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-reader-private.h"

#include "wd-json.h"
#include "wd-place-text.h"

#include <string.h>

#define TYPED_MOST 60 /* characters that are looked at */
#define SHOWN_MOST 20
#define STREETS_MOST 5
#define RAREST 4

/* clang-format off */
static const WdStatement count_gram = { "places-count",
  "SELECT COUNT(*) FROM (SELECT place FROM place_grams WHERE gram = $1 LIMIT 20000) c" };
static const WdStatement find_places = { "places-find",
  "SELECT p.id, p.address, p.street, p.normal, p.lon, p.lat, p.account "
  "FROM place_grams a CROSS JOIN place_grams b CROSS JOIN place_grams c CROSS JOIN place_grams d CROSS JOIN places p "
  "WHERE a.gram = $1 AND b.gram = $2 AND b.place = a.place AND c.gram = $3 AND c.place = a.place "
  "AND d.gram = $4 AND d.place = a.place AND p.id = a.place LIMIT 500" };
/* clang-format on */

typedef struct
{
  const char *gram;
  gint64      count;
} Gram;

typedef struct
{
  const WdRows *rows;
  guint         row;
  int           score;
} Found;

static int
compare_grams (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Gram *)a)->count, y = ((const Gram *)b)->count;

  return (x > y) - (x < y);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  return ((const Found *)b)->score - ((const Found *)a)->score;
}

/* Those of @grams that occur at all, in their order. */
static GArray *
count_grams (WdReader *reader, GPtrArray *grams, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  GArray             *known;

  for (guint i = 0; i < grams->len; i++)
    wd_batch_add (batch, &count_gram, "t", grams->pdata[i]);
  if (!wd_store_run (reader->store, batch, NULL, error))
    return NULL;
  known = g_array_new (FALSE, FALSE, sizeof (Gram));
  for (guint i = 0; i < grams->len; i++)
    {
      Gram gram = { grams->pdata[i], wd_rows_int (wd_batch_rows (batch, i), 0, 0) };

      if (gram.count > 0)
        g_array_append_val (known, gram);
    }
  return known;
}

/* Places that have the @n rarest of the first @length pairs.  @rows: (out): NULL for none. */
static gboolean
find_with (WdReader *reader, GArray *known, guint length, guint n, WdRows **rows, GError **error)
{
  g_autoptr (GArray) rare = g_array_sized_new (FALSE, FALSE, sizeof (Gram), length);
  const char        *at[RAREST];

  g_array_append_vals (rare, known->data, length);
  g_array_sort (rare, compare_grams);
  for (guint i = 0; i < RAREST; i++)
    at[i] = g_array_index (rare, Gram, MIN (i, MIN (n, length) - 1)).gram;
  *rows = wd_store_query (reader->store, &find_places, error, "tttt", at[0], at[1], at[2], at[3]);
  if (*rows == NULL)
    return FALSE;
  if (wd_rows_count (*rows) == 0)
    g_clear_pointer (rows, wd_rows_free);
  return TRUE;
}

/* Places of @normal's pairs; @prefix "/" finds streets.  What is typed last (floor, room) is given up
 * first; where half of it finds nothing, it is the rarest pairs that count.  Returns: NULL without @error where none is alike. */
static WdRows *
find_alike (WdReader *reader, const char *normal, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) grams = wd_place_grams (normal, prefix);
  g_autoptr (GArray)    known = NULL;
  WdRows               *rows = NULL;

  /* `^` ties a place's first character to the typed one: only where nothing else was typed. */
  if (grams->len > 1)
    g_ptr_array_remove_index (grams, 0);
  known = count_grams (reader, grams, error);
  if (known == NULL)
    return NULL;
  for (guint length = known->len; length > known->len / 2 && rows == NULL; length--)
    if (!find_with (reader, known, length, RAREST, &rows, error))
      return NULL;
  for (guint n = RAREST - 1; n > 0 && rows == NULL && known->len > 0; n--)
    if (!find_with (reader, known, known->len, n, &rows, error))
      return NULL;
  return rows;
}

/* @grams: of what was typed */
static int
score_of (const char *place, const char *typed, GPtrArray *grams)
{
  const char *at = strstr (place, typed);
  int         score = -(int)(g_utf8_strlen (place, -1));

  if (at == NULL)
    {
      for (guint i = 0; i < grams->len; i++)
        score += strstr (place, grams->pdata[i]) != NULL ? 20 : 0;
      return strstr (typed, place) != NULL ? score + 500 : score;
    }
  score += 2000;
  if (at == place)
    score += 50;
  if (g_ascii_isdigit (typed[strlen (typed) - 1]) && g_ascii_isdigit (at[strlen (typed)]))
    score -= 500;
  return score;
}

/* @least: what scores less is left out */
static GArray *
rank (const WdRows *rows, const char *typed, int least)
{
  g_autoptr (GPtrArray) grams = wd_place_grams (typed, "");
  GArray               *found = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint i = 0; rows != NULL && i < wd_rows_count (rows); i++)
    {
      Found one = { rows, i, score_of (wd_rows_text (rows, i, 3, NULL), typed, grams) };

      if (one.score >= least)
        g_array_append_val (found, one);
    }
  g_array_sort (found, compare_found);
  return found;
}

static void
append_found (GString *json, GArray *found, guint most, guint *n)
{
  for (guint i = 0; i < found->len && i < most; i++)
    {
      const Found *one = &g_array_index (found, Found, i);

      g_string_append (json, (*n)++ > 0 ? ",{\"address\":" : "{\"address\":");
      wd_json_append_text (json, wd_rows_text (one->rows, one->row, 1, NULL));
      g_string_append (json, ",\"street\":");
      wd_json_append_text (json, wd_rows_text (one->rows, one->row, 2, NULL));
      wd_reader_append_point (json, one->rows, one->row, 4);
      g_string_append (json, ",\"account\":");
      wd_json_append_text (json, wd_rows_text (one->rows, one->row, 6, NULL));
      g_string_append_c (json, '}');
    }
}

/* What was typed, up to where the house number begins: 人民路118 -> 人民路. */
static char *
street_typed (const char *typed)
{
  const char *p = typed;

  while (g_ascii_isdigit (*p))
    p++;
  return g_strndup (p, strcspn (p, "0123456789"));
}

GString *
wd_reader_places (WdReader *reader, const char *q, GError **error)
{
  g_autofree char   *some = g_utf8_substring (q, 0, MIN (g_utf8_strlen (q, -1), TYPED_MOST));
  g_autofree char   *typed = wd_place_normal (some);
  g_autofree char   *street = street_typed (typed);
  g_autoptr (GError) failed = NULL;
  g_autoptr (WdRows) streets = find_alike (reader, street, "/", &failed);
  g_autoptr (WdRows) houses = failed == NULL ? find_alike (reader, typed, "", &failed) : NULL;
  g_autoptr (GArray) by_street = NULL;
  g_autoptr (GArray) by_house = NULL;
  GString           *json;
  guint              n = 0;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  by_street = rank (streets, street, 400);
  by_house = rank (houses, typed, G_MININT);
  json = g_string_new ("{\"places\":[");
  append_found (json, by_street, STREETS_MOST, &n);
  append_found (json, by_house, SHOWN_MOST - n, &n);
  return g_string_append (json, "]}");
}
