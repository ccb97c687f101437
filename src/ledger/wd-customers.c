/* wd-customers.c — who is supplied where: reference data outside the chain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-customers.h"

#include "wd-place-text.h"

#include <math.h>
#include <string.h>

#define BOX "customer"

/* Of the first house of a street that has a point. */
#define STREET_DEGREES(which)                                                                                         \
  which " = (SELECT h." which " FROM places h WHERE LOWER(h.street) = LOWER($2) AND h.address IS NOT NULL AND h.lon " \
        "IS NOT NULL ORDER BY h.id LIMIT 1)"

/* clang-format off */
static const WdStatement find_customer = { "customers-find",
  "SELECT wrapped, name, phone, address, lon, lat, class FROM customers WHERE account = $1" };
static const WdStatement put_customer = { "customers-put",
  "INSERT INTO customers (account, wrapped, name, phone, phone_hash, address, lon, lat, class) "
  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account) DO UPDATE SET wrapped = excluded.wrapped, "
  "name = excluded.name, phone = excluded.phone, phone_hash = excluded.phone_hash, address = excluded.address, "
  "lon = excluded.lon, lat = excluded.lat, class = excluded.class" };
static const WdStatement put_place = { "places-put",
  "INSERT INTO places (id, address, street, normal, lon, lat, account) VALUES ($1, $2, $3, $4, $5, $6, $7) "
  "ON CONFLICT (id) DO UPDATE SET address = excluded.address, street = excluded.street, normal = excluded.normal, "
  "lon = excluded.lon, lat = excluded.lat, account = excluded.account" };
static const WdStatement give_street = { "places-give-street",
  "INSERT INTO places (id, address, street, normal, lon, lat, account, given) VALUES ($1, NULL, $2, $3, $4, $5, NULL, 1) "
  "ON CONFLICT (id) DO UPDATE SET lon = excluded.lon, lat = excluded.lat, given = 1" };
static const WdStatement add_street = { "places-add-street",
  "INSERT INTO places (id, address, street, normal, lon, lat, account) VALUES ($1, NULL, $2, $3, NULL, NULL, NULL) "
  "ON CONFLICT (id) DO NOTHING" };
static const WdStatement drop_street = { "places-drop-street",
  "DELETE FROM places WHERE id = $1 AND given = 0 "
  "AND NOT EXISTS (SELECT 1 FROM places h WHERE LOWER(h.street) = LOWER($2) AND h.address IS NOT NULL)" };
static const WdStatement point_street = { "places-point-street",
  "UPDATE places SET " STREET_DEGREES ("lon") ", " STREET_DEGREES ("lat") " WHERE id = $1 AND given = 0" };
static const WdStatement drop_place = { "places-drop", "DELETE FROM places WHERE id = $1" };
static const WdStatement put_gram = { "grams-put",
  "INSERT INTO place_grams (gram, place) VALUES ($1, $2) ON CONFLICT (gram, place) DO NOTHING" };
static const WdStatement drop_gram = { "grams-drop", "DELETE FROM place_grams WHERE gram = $1 AND place = $2" };
static const WdStatement drop_street_gram = { "grams-drop-street",
  "DELETE FROM place_grams WHERE gram = $1 AND place = $2 AND NOT EXISTS (SELECT 1 FROM places WHERE id = $2)" };

/* Those between the first and the last are critical. */
static const char *const classes[] = { "domestic", "hospital", "dialysis", "school", "fire", "highrise", "industry", NULL };
/* clang-format on */

gboolean
wd_customer_class_is_known (const char *word)
{
  return g_strv_contains (classes, word);
}

guint
wd_customer_class_rank (const char *word)
{
  guint rank = 0;

  while (classes[rank] != NULL && g_strcmp0 (classes[rank], word) != 0)
    rank++;
  return rank;
}

gboolean
wd_customer_class_is_critical (const char *word)
{
  guint rank = wd_customer_class_rank (word);

  return rank > 0 && rank < G_N_ELEMENTS (classes) - 2;
}

void
wd_customer_free (WdCustomer *customer)
{
  if (customer == NULL)
    return;
  g_free (customer->account);
  g_free (customer->name);
  g_free (customer->phone);
  g_free (customer->address);
  g_free (customer->class_);
  g_free (customer);
}

void
wd_customer_move_free (WdCustomerMove *move)
{
  g_free (move->account);
  g_free (move->address);
  g_free (move->class_);
  g_free (move);
}

/* ---- sealing ---- */

static char *
object_of (const char *account)
{
  return g_strconcat ("customer:", account, NULL);
}

static GBytes *
seal_text (GBytes *key, const char *object, const char *field, const char *text)
{
  return text != NULL ? wd_keys_seal (key, object, BOX, field, text) : NULL;
}

char *
wd_customer_open (WdKeys *keys, const char *account, const char *field, GBytes *wrapped, GBytes *sealed, GError **error)
{
  g_autofree char   *object = object_of (account);
  g_autoptr (GBytes) key = NULL;

  if (sealed == NULL)
    return NULL;
  key = wd_keys_unwrap_object_key (keys, object, wrapped, error);
  return key != NULL ? wd_keys_open (key, object, BOX, field, sealed, error) : NULL;
}

/* ---- places ---- */

static void
add_grams (WdBatch *batch, const WdStatement *statement, const char *normal, const char *prefix, const char *place)
{
  g_autoptr (GPtrArray) grams = wd_place_grams (normal, prefix);

  for (guint i = 0; i < grams->len; i++)
    wd_batch_add (batch, statement, "tt", grams->pdata[i], place);
}

static void
batch_point (const WdPoint *point, WdBatch *batch, const WdStatement *statement, const char *id, const char *address, const char *street, const char *normal, const char *account)
{
  if (wd_point_is_set (point))
    wd_batch_add (batch, statement, "ttttrrt", id, address, street, normal, point->lon, point->lat, account);
  else
    wd_batch_add (batch, statement, "ttttnnt", id, address, street, normal, account);
}

gboolean
wd_places_put_street (WdStore *store, const char *name, const WdPoint *point, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  g_autofree char    *normal = wd_place_normal (name);
  g_autofree char    *id = g_strconcat ("/", normal, NULL);

  if (wd_point_is_set (point))
    wd_batch_add (batch, &give_street, "tttrr", id, name, normal, point->lon, point->lat);
  else
    wd_batch_add (batch, &give_street, "tttnn", id, name, normal);
  add_grams (batch, &put_gram, normal, "/", id);
  return wd_store_run (store, batch, NULL, error);
}

/* After the houses: a street that one of them names is there, one that none names any more goes. */
static void
settle_street (WdBatch *batch, const char *name, gboolean named)
{
  g_autofree char *normal = wd_place_normal (name);
  g_autofree char *id = g_strconcat ("/", normal, NULL);

  if (named)
    wd_batch_add (batch, &add_street, "ttt", id, name, normal);
  else
    wd_batch_add (batch, &drop_street, "tt", id, name);
  add_grams (batch, named ? &put_gram : &drop_street_gram, normal, "/", id);
  wd_batch_add (batch, &point_street, "tt", id, name);
}

/* @streets: those that somebody moved from or to, and whether one of this call's addresses names them */
static void
move_place (WdBatch *batch, GHashTable *streets, const WdCustomer *customer, const char *before)
{
  g_autofree char *left = before != NULL ? wd_place_street (before) : NULL;
  g_autofree char *street = NULL;
  g_autofree char *normal = NULL;

  if (left != NULL && !g_hash_table_contains (streets, left))
    g_hash_table_insert (streets, g_steal_pointer (&left), GINT_TO_POINTER (FALSE));
  if (before != NULL && g_strcmp0 (before, customer->address) != 0)
    {
      g_autofree char *old = wd_place_normal (before);

      add_grams (batch, &drop_gram, old, "", customer->account);
      if (customer->address == NULL)
        wd_batch_add (batch, &drop_place, "t", customer->account);
    }
  if (customer->address == NULL)
    return;
  street = wd_place_street (customer->address);
  normal = wd_place_normal (customer->address);
  batch_point (&customer->point, batch, &put_place, customer->account, customer->address, street, normal, customer->account);
  if (g_strcmp0 (before, customer->address) != 0)
    add_grams (batch, &put_gram, normal, "", customer->account);
  if (street != NULL)
    g_hash_table_replace (streets, g_steal_pointer (&street), GINT_TO_POINTER (TRUE));
}

/* ---- customers ---- */

static gboolean
same_point (const WdRows *rows, const WdPoint *point)
{
  if (!wd_point_is_set (point))
    return wd_rows_is_null (rows, 0, 4);
  return !wd_rows_is_null (rows, 0, 4) && wd_rows_real (rows, 0, 4) == point->lon && wd_rows_real (rows, 0, 5) == point->lat;
}

static gboolean
same_sealed (WdKeys *keys, const WdCustomer *customer, const char *field, GBytes *wrapped, GBytes *sealed, const char *text)
{
  g_autofree char *old = wd_customer_open (keys, customer->account, field, wrapped, sealed, NULL);

  return g_strcmp0 (old, text) == 0;
}

static gboolean
is_same (WdKeys *keys, const WdRows *rows, const WdCustomer *customer)
{
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) name = NULL;
  g_autoptr (GBytes) phone = NULL;

  if (wd_rows_count (rows) == 0 || !same_point (rows, &customer->point) ||
      g_strcmp0 (wd_rows_text (rows, 0, 3, NULL), customer->address) != 0 || g_strcmp0 (wd_rows_text (rows, 0, 6, NULL), customer->class_) != 0)
    return FALSE;
  wrapped = wd_rows_bytes (rows, 0, 0);
  name = wd_rows_bytes (rows, 0, 1);
  phone = wd_rows_bytes (rows, 0, 2);
  return same_sealed (keys, customer, "name", wrapped, name, customer->name) && same_sealed (keys, customer, "phone", wrapped, phone, customer->phone);
}

static void
put_one (WdBatch *batch, WdKeys *keys, const WdCustomer *customer)
{
  g_autofree char   *object = object_of (customer->account);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) key = wd_keys_new_object_key (keys, object, &wrapped);
  g_autoptr (GBytes) name = seal_text (key, object, "name", customer->name);
  g_autoptr (GBytes) phone = seal_text (key, object, "phone", customer->phone);
  g_autoptr (GBytes) hash = customer->phone != NULL ? wd_keys_phone (keys, customer->phone) : NULL;

  if (wd_point_is_set (&customer->point))
    wd_batch_add (batch, &put_customer, "tbbbbtrrt", customer->account, wrapped, name, phone, hash, customer->address, customer->point.lon, customer->point.lat, customer->class_);
  else
    wd_batch_add (batch, &put_customer, "tbbbbtnnt", customer->account, wrapped, name, phone, hash, customer->address, customer->class_);
}

/* The last of those that share an account. */
static GPtrArray *
last_of_each (GPtrArray *customers)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray             *last = g_ptr_array_new ();

  for (guint i = customers->len; i > 0; i--)
    {
      WdCustomer *customer = customers->pdata[i - 1];

      if (g_hash_table_add (seen, customer->account))
        g_ptr_array_add (last, customer);
    }
  return last;
}

static void
add_move (GPtrArray *moves, const WdCustomer *customer, const WdRows *before)
{
  WdCustomerMove *move = g_new0 (WdCustomerMove, 1);

  move->account = g_strdup (customer->account);
  move->address = g_strdup (customer->address);
  move->class_ = g_strdup (customer->class_);
  move->point = customer->point;
  move->was.lon = NAN;
  if (wd_rows_count (before) > 0 && !wd_rows_is_null (before, 0, 4))
    move->was = (WdPoint){ wd_rows_real (before, 0, 4), wd_rows_real (before, 0, 5) };
  g_ptr_array_add (moves, move);
}

gboolean
wd_customers_put (WdStore *store, WdKeys *keys, GPtrArray *customers, GPtrArray *moves, GError **error)
{
  g_autoptr (GPtrArray)  last = last_of_each (customers);
  g_autoptr (GHashTable) streets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WdBatch)    reads = wd_batch_new ();
  g_autoptr (WdBatch)    writes = wd_batch_new ();
  GHashTableIter         iter;
  gpointer               street, named;

  for (guint i = 0; i < last->len; i++)
    wd_batch_add (reads, &find_customer, "t", ((WdCustomer *)last->pdata[i])->account);
  if (!wd_store_run (store, reads, NULL, error))
    return FALSE;
  for (guint i = 0; i < last->len; i++)
    {
      const WdCustomer *customer = last->pdata[i];
      const WdRows     *rows = wd_batch_rows (reads, i);

      if (is_same (keys, rows, customer))
        continue;
      if (moves != NULL)
        add_move (moves, customer, rows);
      put_one (writes, keys, customer);
      move_place (writes, streets, customer, wd_rows_count (rows) > 0 ? wd_rows_text (rows, 0, 3, NULL) : NULL);
    }
  g_hash_table_iter_init (&iter, streets);
  while (g_hash_table_iter_next (&iter, &street, &named))
    settle_street (writes, street, GPOINTER_TO_INT (named));
  return wd_store_run (store, writes, NULL, error);
}
