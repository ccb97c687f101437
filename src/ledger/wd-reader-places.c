/* wd-reader-places.c — the places that a few typed characters may mean
 *
 * Answered is what holds the question in one piece, and where nothing does, what the question holds:
 * a house that is named with its floor and room, a street behind its district.  Pairs of characters only narrow what is
 * looked at: the four rarest.  A house number that goes on after the question comes last.  A
 * street comes on top of its houses, also where the number that was typed is not known.
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
  "AND d.gram = $4 AND d.place = a.place AND p.id = a.place AND p.normal LIKE $5 LIMIT 500" };
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

/* Places that have the rarest of the first @length pairs, and look like @pattern. */
static WdRows *
find_with (WdReader *reader, GArray *known, guint length, const char *pattern, GError **error)
{
  g_autoptr (GArray) rare = g_array_sized_new (FALSE, FALSE, sizeof (Gram), length);
  const char        *at[RAREST];

  g_array_append_vals (rare, known->data, length);
  g_array_sort (rare, compare_grams);
  for (guint i = 0; i < RAREST; i++)
    at[i] = g_array_index (rare, Gram, MIN (i, length - 1)).gram;
  return wd_store_query (reader->store, &find_places, error, "ttttt", at[0], at[1], at[2], at[3], pattern);
}

/* How well @place answers what was @typed; G_MININT where it doesn't. */
static int
score_of (const char *place, const char *street, const char *typed)
{
  g_autofree char *named = street != NULL ? wd_place_normal (street) : NULL;
  const char      *at = strstr (place, typed);
  const char      *from = named != NULL ? strstr (place, named) : NULL;
  int              length = (int)g_utf8_strlen (place, -1);

  if (at == NULL) /* the district in front of the street need not be typed */
    return strstr (typed, from != NULL ? from : place) != NULL ? length : G_MININT;
  if (g_ascii_isdigit (typed[strlen (typed) - 1]) && g_ascii_isdigit (at[strlen (typed)]))
    return -500 - length;
  return at == place ? 50 - length : -length;
}

static GArray *
rank (const WdRows *rows, const char *typed)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      Found one = { rows, i, score_of (wd_rows_text (rows, i, 3, NULL), wd_rows_text (rows, i, 2, NULL), typed) };

      if (one.score != G_MININT)
        g_array_append_val (found, one);
    }
  g_array_sort (found, compare_found);
  return found;
}

/* What answers @typed, the best first; @prefix "/" finds streets.  @rows: (out): where it lies
 * Returns: (transfer full): NULL with @error */
static GArray *
find_places_of (WdReader *reader, const char *typed, const char *prefix, WdRows **rows, GError **error)
{
  g_autoptr (GPtrArray) grams = wd_place_grams (typed, prefix);
  g_autoptr (GArray)    known = NULL;
  g_autoptr (GArray)    found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autofree char      *whole = g_strconcat ("%", typed, "%", NULL);

  /* `^` ties a place's first character to the typed one: only where nothing else was typed. */
  if (grams->len > 1)
    g_ptr_array_remove_index (grams, 0);
  known = count_grams (reader, grams, error);
  if (known == NULL)
    return NULL;
  /* First whole; then what is typed last (floor, room) is given up, down to the half. */
  for (guint cut = known->len < grams->len ? 1 : 0; found->len == 0 && cut <= (known->len + 1) / 2; cut++)
    {
      guint length = known->len - (cut > 0 ? cut - 1 : 0);

      if (length == 0)
        break;
      g_clear_pointer (rows, wd_rows_free);
      g_clear_pointer (&found, g_array_unref);
      *rows = find_with (reader, known, length, cut == 0 ? whole : "%", error);
      if (*rows == NULL)
        return NULL;
      found = rank (*rows, typed);
    }
  return g_steal_pointer (&found);
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
  g_autoptr (WdRows) streets = NULL;
  g_autoptr (WdRows) houses = NULL;
  g_autoptr (GArray) by_street = find_places_of (reader, street, "/", &streets, error);
  g_autoptr (GArray) by_house = by_street != NULL ? find_places_of (reader, typed, "", &houses, error) : NULL;
  GString           *json;
  guint              n = 0;

  if (by_house == NULL)
    return NULL;
  json = g_string_new ("{\"places\":[");
  append_found (json, by_street, STREETS_MOST, &n);
  append_found (json, by_house, SHOWN_MOST - n, &n);
  return g_string_append (json, "]}");
}
