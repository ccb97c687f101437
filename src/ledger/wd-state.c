/* wd-state.c — the rows that show an object as it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-event-row.h"
#include "wd-json.h"
#include "wd-writing.h"

/* clang-format off */
static const WdStatement put_object = { "objects-put",
  "INSERT INTO objects (id, kind, code, seq, version, closed_at, readers, body, inside) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
  "ON CONFLICT (id) DO UPDATE SET code = excluded.code, seq = excluded.seq, version = excluded.version, "
  "closed_at = excluded.closed_at, readers = excluded.readers, body = excluded.body, inside = excluded.inside" };
static const WdStatement add_order = { "orders-add",
  "INSERT INTO orders (id, number, received_at, account, address, text, lon, lat, phone, caller) "
  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" };
static const WdStatement change_order = { "orders-change",
  "UPDATE orders SET account = $2, address = $3, text = $4, lon = $5, lat = $6 WHERE id = $1" };
/* clang-format on */

static void
write_object (WdWriting *writing, WdHeld *held)
{
  const WdRecordType *type = wd_object_type (held->kind);
  GString            *body = g_string_sized_new (2048);
  g_autoptr (GString) inside = g_string_sized_new (256);
  g_autofree char    *names = g_strjoinv (" ", held->readers);
  g_autofree char    *readers = g_strdup_printf (" %s ", names);

  wd_record_append_json (body, type, held->record, WD_JSON_BODY);
  wd_record_append_json (inside, type, held->record, WD_JSON_INNER);
  wd_writing_write (writing, &put_object, "tttiiIttt",
                    held->id, wd_kind_to_text (held->kind), held->code, held->seq,
                    wd_object_version (held->kind, held->record), wd_object_closed_at (held->kind, held->record), readers, body->str, inside->str);
  held->body = g_string_free_to_bytes (body);
}

static void
write_order (WdWriting *writing, WdHeld *held)
{
  const WdOrder *order = held->record;

  if (held->is_new)
    wd_writing_write (writing, &add_order, "ttitttRRbt", held->id, order->number, order->received_at,
                      order->account, order->address, order->text, order->point.lon, order->point.lat, held->phone, held->caller_box);
  else if (held->new_search)
    wd_writing_write (writing, &change_order, "ttttRR", held->id,
                      order->account, order->address, order->text, order->point.lon, order->point.lat);
}

void
wd_state_write (WdWriting *writing, WdHeld *held)
{
  write_object (writing, held);
  if (held->kind == WD_OBJECT_ORDER)
    write_order (writing, held);
}
