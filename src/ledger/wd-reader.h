/* wd-reader.h — what may be read of a ledger, each on its own connection
 *
 * Answers obey api §3: what an actor may not see is not there.  Bodies are
 * forwarded as the bytes that they are.  A reader belongs to one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-atlas.h"
#include "wd-decide.h"
#include "wd-keys.h"
#include "wd-store.h"

G_BEGIN_DECLS

typedef struct _WdReader WdReader;

WdReader *wd_reader_open (const char *url, WdKeys *keys, GError **error);
void      wd_reader_close (WdReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdReader, wd_reader_close)

/* One page of the feed (api §5) as the JSON of the answer.  Never misses: whole events at or below its `seq`.
 * @store, @view: (nullable) as the request named them; stale ones and a @since past the end are WD_READ_ERROR_RESYNC. */
typedef enum
{
  WD_READ_ERROR_RESYNC,
  WD_READ_ERROR_NOT_FOUND
} WdReadError;
#define WD_READ_ERROR (wd_read_error_quark ())
GQuark wd_read_error_quark (void);

GString *wd_reader_changes (WdReader *reader, const WdActor *actor, gint64 since, guint limit, const char *store, const char *view, gint64 now, GError **error);
/* The same page without its envelope, for live readers that catch up: appends the list's elements,
 * separated by commas, to @changes. */
gboolean wd_reader_page (WdReader      *reader,
                         const WdActor *actor,
                         gint64         since,
                         guint          limit,
                         gint64         now,
                         GString       *changes,
                         gint64        *upto,
                         gboolean      *more,
                         GError       **error);
/* The readers (wd_object_readers()) of an object now; empty for one that is not there. */
GStrv wd_reader_readers_of (WdReader *reader, const char *object, GError **error);
/* Names what an actor may see: changes with the role or the unit (api §5). */
char *wd_view_of (const WdActor *actor);

/* An order's events, oldest first, callers masked; JSON of the answer. */
GString *wd_reader_events (WdReader *reader, const WdActor *actor, const char *order, GError **error);
/* {"name","phone"} in clear, for those who may (P29): the look itself is wd_ledger_looked() and comes first. */
GString *wd_reader_caller (WdReader *reader, const WdActor *actor, const char *order, GError **error);

/* Lists of §7: GET /v1/orders?number|phone|account|q|from|to, /v1/customers?phone=, /v1/places?q=.
 * Asked by `phone`, only those whose caller the actor may see: the list must not confirm a number. */
typedef struct
{
  const char *number;
  const char *phone;
  const char *account;
  const char *q;
  gint64      from;
  gint64      to;
} WdOrderQuery;
GString *wd_reader_orders (WdReader *reader, const WdActor *actor, const WdOrderQuery *query, GError **error);
GString *wd_reader_customers (WdReader *reader, const char *phone, GError **error);
GString *wd_reader_places (WdReader *reader, const char *q, GError **error);

/* GET /v1/known (api §7): of what lies at a place the bodies that the actor may see, the most pressing first,
 * and the sentence to read out. */
GString *wd_reader_known (WdReader *reader, const WdActor *actor, const WdAtlasPlace *place, gint64 now, GError **error);

/* One staff member by sign-in name or id, fresh from the store: for sessions.  (transfer full) (nullable) */
WdStaff *wd_reader_staff (WdReader *reader, const char *name, const char *id, GError **error);

gint64   wd_reader_seq (WdReader *reader);
WdStore *wd_reader_get_store (WdReader *reader); /* (transfer none) */

G_END_DECLS
