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

/* Where a reader is one of several: WD_READERS in SQL, as "tttt" with
 * WD_READER_ARGS (readers) of a wd_readers_of(). */
#define WD_READERS_MAX 4
typedef struct
{
  GStrv       names;
  const char *at[WD_READERS_MAX]; /* "" where there are fewer */
} WdReaders4;
void wd_readers_set (WdReaders4 *readers, const WdActor *actor);
void wd_readers_clear (WdReaders4 *readers);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdReaders4, wd_readers_clear)
#define WD_READER_ARGS(r) (r).at[0], (r).at[1], (r).at[2], (r).at[3]

/* The order, if @actor may see it at all; else WD_READ_ERROR_NOT_FOUND. */
WdOrder *wd_reader_find_order (WdReader *reader, const WdActor *actor, const char *id, GError **error);

/* The boxes of one object as (id -> GBytes), and its key; @key is NULL where they are erased. */
GHashTable *wd_reader_boxes (WdReader *reader, const char *object, GBytes **key, GError **error);

/* `,"point":` and [lon,lat] of @column and the next, or null. */
void wd_reader_append_point (GString *json, const WdRows *rows, guint row, guint column);

G_END_DECLS
