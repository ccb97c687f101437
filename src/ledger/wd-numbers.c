/* wd-numbers.c — what people call an order, outage or case by: the day and a count (20261124-0007, O20261124-0001)
 *
 * The day is that of the commit, in the utility's zone.  Numbers are given under
 * the writer's lock and have no holes: a batch that is not kept gives its numbers back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-writing.h"

#include <string.h>

/* clang-format off */
static const WdStatement get_number = { "numbers-get",
  "SELECT last FROM numbers WHERE day = $1" };
static const WdStatement put_number = { "numbers-put",
  "INSERT INTO numbers (day, last) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET last = excluded.last" };
/* clang-format on */

const char *
wd_numbers_prefix (const WdEvent *event)
{
  switch ((int)event->verb)
    {
    case WD_VERB_RECEIVE: return "";
    case WD_VERB_DECLARE_OUTAGE: return "O";
    case WD_VERB_REPORT_QUALITY: return "Q";
    default: return NULL;
    }
}

void
wd_numbers_write (WdWriting *writing)
{
  GHashTableIter iter;
  gpointer       day, number;

  g_hash_table_iter_init (&iter, writing->numbers);
  while (g_hash_table_iter_next (&iter, &day, &number))
    wd_writing_write (writing, &put_number, "ti", day, *(gint64 *)number);
}

/* The day in the utility's zone.  Returns: (transfer full) */
static char *
find_day (WdWriting *writing, gint64 time, GError **error)
{
  WdLedger             *ledger = writing->ledger;
  const WdPolicy       *policy = wd_overlay_policy (ledger->overlay, 0, time, error);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = NULL;

  if (policy == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "no policy is in force");
      return NULL;
    }
  if (g_strcmp0 (policy->zone, ledger->zone_name) != 0)
    {
      g_clear_pointer (&ledger->zone, g_time_zone_unref);
      g_free (ledger->zone_name);
      ledger->zone_name = g_strdup (policy->zone);
      ledger->zone = g_time_zone_new_identifier (policy->zone);
      if (ledger->zone == NULL)
        ledger->zone = g_time_zone_new_utc ();
    }
  local = g_date_time_to_timezone (utc, ledger->zone);
  return g_date_time_format (local, "%Y%m%d");
}

gboolean
wd_numbers_give (WdWriting *writing, WdEvent *event, GError **error)
{
  g_autofree char *day = find_day (writing, event->entered_at, error);
  g_autofree char *key = day != NULL ? g_strconcat (wd_numbers_prefix (event), day, NULL) : NULL;
  g_autofree char *text = NULL;
  const gint64    *last;
  gint64           number;
  GVariantBuilder  members;

  if (day == NULL)
    return FALSE;
  last = g_hash_table_lookup (writing->numbers, key);
  if (last == NULL)
    {
      g_autoptr (WdRows) rows = wd_store_query (writing->ledger->store, &get_number, error, "t", key);

      if (rows == NULL)
        return FALSE;
      number = wd_rows_count (rows) == 1 ? wd_rows_int (rows, 0, 0) : 0;
    }
  else
    number = *last;
  text = g_strdup_printf ("%s-%04" G_GINT64_FORMAT, key, number + 1);
  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  wd_members_add (&members, "number", g_variant_new_string (text));
  wd_members_add_all (&members, event->data);
  g_variant_unref (event->data);
  event->data = g_variant_ref_sink (g_variant_builder_end (&members));
  return TRUE;
}

/* The number that something new has says which was the last of its day. */
void
wd_numbers_note (WdWriting *writing, const WdEvent *event)
{
  const char *number = wd_numbers_prefix (event) != NULL ? wd_event_text (event, "number") : NULL;
  const char *dash = number == NULL ? NULL : strchr (number, '-');
  gint64      last;

  if (dash == NULL)
    return;
  last = g_ascii_strtoll (dash + 1, NULL, 10);
  g_hash_table_replace (writing->numbers, g_strndup (number, dash - number), g_memdup2 (&last, sizeof last));
}
