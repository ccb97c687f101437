/* wd-reader-private.h — the inside of a reader, for wd-reader*.c alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-reader.h"

G_BEGIN_DECLS

struct _WdReader
{
  WdStore *store;
  WdKeys  *keys;
  char    *store_id;
};

/* The readers that an actor is, as values of a statement: "tttt" with WD_READER_NAMES, to be compared with
 * `audience.reader`, or with WD_READER_PATTERNS, to be found in `objects.readers`. */
#define WD_READERS_MAX 4
typedef struct
{
  char *names[WD_READERS_MAX];    /* "" where there are fewer */
  char *patterns[WD_READERS_MAX]; /* of LIKE */
} WdReaders4;
void wd_readers_set (WdReaders4 *readers, const WdActor *actor);
void wd_readers_clear (WdReaders4 *readers);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdReaders4, wd_readers_clear)
#define WD_READER_NAMES(r) (r).names[0], (r).names[1], (r).names[2], (r).names[3]
#define WD_READER_PATTERNS(r) (r).patterns[0], (r).patterns[1], (r).patterns[2], (r).patterns[3]

/* The order, if @actor may see it at all; else WD_READ_ERROR_NOT_FOUND. */
WdOrder *wd_reader_find_order (WdReader *reader, const WdActor *actor, const char *id, GError **error);

/* The boxes of one object as (id -> GBytes), and its key; @key is NULL where they are erased. */
GHashTable *wd_reader_boxes (WdReader *reader, const char *object, GBytes **key, GError **error);

/* `,"point":` and [lon,lat] of @column and the next, or null. */
void wd_reader_append_point (GString *json, const WdRows *rows, guint row, guint column);

G_END_DECLS
