/* wd-demo-fill.c — puts the made-up city into an empty demo store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-demo-fill.h"

#include "wd-credentials.h"
#include "wd-customers.h"
#include "wd-password.h"
#include "wd-streets.h"

#include <math.h>
#include <string.h>

#define NAMESPACE "5a5d0c1e-1d3b-4c55-9a4c-77617465726d" /* of the demo's ids */

char *
wd_demo_id (const char *kind, guint n)
{
  return wd_uuid_v5 (NAMESPACE, kind, n);
}

WdEntry *
wd_demo_entry (const WdActor *actor, const char *id, WdVerb verb, const char *object, GVariant *members)
{
  g_autoptr (GVariant)  kept = g_variant_ref_sink (members);
  g_autoptr (WdCommand) command = wd_command_new (id, verb, object, kept);
  g_autofree char      *text = wd_command_to_json (command);
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonNode)  root = wd_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return wd_entry_new (actor, json_node_get_object (root), NULL);
}

static void
add_text (GVariantDict *members, const char *name, const char *text)
{
  if (text != NULL)
    g_variant_dict_insert (members, name, "s", text);
}

static GVariant *
unit_members (const WdCityUnit *unit)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  add_text (&members, "code", unit->code);
  add_text (&members, "name", unit->name);
  add_text (&members, "kind", unit->kind);
  add_text (&members, "territory", strcmp (unit->kind, "supply") == 0 ? unit->territory : NULL);
  g_variant_dict_insert (&members, "desk", "(dd)", unit->desk.lon, unit->desk.lat);
  add_text (&members, "phone", unit->extension);
  add_text (&members, "principal", unit->principal);
  add_text (&members, "deputy", unit->deputy);
  add_text (&members, "handler", unit->handler);
  return g_variant_dict_end (&members);
}

static GVariant *
crew_members (const WdCityUnit *unit, const WdCityCrew *crew)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  add_text (&members, "unit", unit->code);
  add_text (&members, "name", crew->name);
  add_text (&members, "leader", crew->leader);
  g_variant_dict_insert (&members, "people", "x", (gint64)crew->heads);
  return g_variant_dict_end (&members);
}

static GVariant *
staff_members (const WdCityStaff *staff)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  add_text (&members, "name", staff->user);
  add_text (&members, "display", staff->name);
  add_text (&members, "role", staff->role);
  add_text (&members, "unit", staff->unit);
  return g_variant_dict_end (&members);
}

static GPtrArray *
house_entries (const WdCity *city)
{
  g_autoptr (WdActor) server = wd_actor_new (NULL, NULL, WD_ROLE_ADMIN, NULL);
  GPtrArray          *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);
  guint               crews = 0;

  for (gsize i = 0; i < city->n_units; i++)
    {
      g_autofree char *id = wd_demo_id ("unit", i);

      g_ptr_array_add (entries, wd_demo_entry (server, id, WD_VERB_PUT_UNIT, NULL, unit_members (&city->units[i])));
    }
  for (gsize i = 0; i < city->n_units; i++)
    for (gsize j = 0; j < city->units[i].n_crews; j++)
      {
        g_autofree char *id = wd_demo_id ("crew", crews++);

        g_ptr_array_add (entries, wd_demo_entry (server, id, WD_VERB_PUT_CREW, NULL,
                                                 crew_members (&city->units[i], &city->units[i].crews[j])));
      }
  for (gsize i = 0; i < city->n_staff; i++)
    {
      g_autofree char *id = wd_demo_id ("staff", i);

      g_ptr_array_add (entries, wd_demo_entry (server, id, WD_VERB_PUT_STAFF, NULL, staff_members (&city->staff[i])));
    }
  return entries;
}

static gboolean
put_house (const WdCity *city, WdLedger *ledger, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) entries = house_entries (city);
  g_autoptr (WdCommit)  commit = wd_ledger_commit (ledger, entries, now, error);

  if (commit == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const WdEntry *entry = entries->pdata[i];

      if (strstr (entry->answer, "\"ok\":true") == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the demo's house: %s", entry->answer);
          return FALSE;
        }
    }
  return TRUE;
}

/* One hash for all: they share the password anyway, and each would take a tenth of a second. */
static gboolean
put_passwords (const WdCity *city, WdStore *store, gint64 now, GError **error)
{
  g_autofree char *hash = wd_password_hash (WD_CITY_PASSWORD, error);

  for (gsize i = 0; hash != NULL && i < city->n_staff; i++)
    {
      g_autofree char *id = wd_demo_id ("staff", i);

      if (!wd_credentials_put (store, id, hash, FALSE, now, error))
        return FALSE;
    }
  return hash != NULL;
}

static WdCustomer *
customer_of (const WdCityCustomer *from)
{
  WdCustomer *customer = g_new0 (WdCustomer, 1);

  customer->account = g_strdup (from->account);
  customer->name = g_strdup (from->name);
  customer->phone = g_strdup (from->phone);
  customer->address = g_strdup (from->address);
  customer->point = from->point;
  customer->class_ = g_strdup (from->class);
  return customer;
}

static gboolean
is_on_street (const WdCity *city, gsize compound, const char *name)
{
  return g_str_equal (city->streets[city->compounds[compound].street].name, name);
}

/* Where whoever names only @street most likely is: among its houses, of which a long road has none at its middle. */
static WdPoint
middle_of_street (const WdCity *city, const WdCityStreet *street)
{
  const WdCityLine *first = &street->pieces[0];
  WdPoint           middle = first->points[first->n_points / 2], sum = { 0, 0 };
  double            n = 0, least = G_MAXDOUBLE;

  for (gsize i = 0; i < city->n_compounds; i++)
    if (is_on_street (city, i, street->name))
      {
        sum.lon += city->compounds[i].point.lon;
        sum.lat += city->compounds[i].point.lat;
        n++;
      }
  for (gsize i = 0; i < city->n_compounds; i++)
    if (is_on_street (city, i, street->name))
      {
        const WdPoint *point = &city->compounds[i].point;
        double         far = hypot (point->lon - sum.lon / n, point->lat - sum.lat / n);

        middle = far < least ? *point : middle;
        least = MIN (least, far);
      }
  return middle;
}

#define EDITION "demo" /* of its streets */

static gboolean
put_streets (const WdCity *city, WdStore *store, GError **error)
{
  g_autoptr (WdStreets) streets = wd_streets_new ();

  for (gsize i = 0; i < city->n_streets; i++)
    {
      const WdCityStreet *street = &city->streets[i];
      const WdPoint       middle = middle_of_street (city, street);

      if (!wd_places_put_street (store, street->name, &middle, error))
        return FALSE;
      for (gsize j = 0; j < street->n_pieces; j++)
        wd_streets_add (streets, street->name, street->pieces[j].points, (guint)street->pieces[j].n_points);
    }
  return wd_streets_stage (store, streets, EDITION, 0, wd_streets_count (streets), error) && wd_streets_enforce (store, EDITION, error);
}

static gboolean
put_places (const WdCity *city, WdLedger *ledger, GError **error)
{
  WdStore              *store = wd_ledger_get_store (ledger);
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_customer_free);

  for (gsize i = 0; i < city->n_customers; i++)
    g_ptr_array_add (customers, customer_of (&city->customers[i]));
  if (!wd_customers_put (store, wd_ledger_get_keys (ledger), customers, NULL, error))
    return FALSE;
  return put_streets (city, store, error);
}

gboolean
wd_demo_fill (const WdCity *city, WdLedger *ledger, gint64 now, GError **error)
{
  static const WdStatement any_unit = { "demo-any-unit", "SELECT 1 FROM objects WHERE kind = 'unit' LIMIT 1" };
  WdStore                 *store = wd_ledger_get_store (ledger);
  g_autoptr (WdRows)       rows = wd_store_query (store, &any_unit, error, "");
  gboolean                 filled;

  if (rows == NULL)
    return FALSE;
  if (wd_rows_count (rows) > 0)
    return TRUE;

  /* The house last: its units say that all before them is there. */
  if (!wd_store_begin (store, error))
    return FALSE;
  filled = put_places (city, ledger, error) && put_passwords (city, store, now, error);
  if (!filled)
    {
      wd_store_rollback (store);
      return FALSE;
    }
  return wd_store_commit (store, error) && put_house (city, ledger, now, error);
}
