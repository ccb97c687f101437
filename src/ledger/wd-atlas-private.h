/* wd-atlas-private.h — the inside of an atlas, for ledger/ alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-index.h"
#include "wd-atlas.h"
#include "wd-customers.h"
#include "wd-districts.h"
#include "wd-point-index.h"

G_BEGIN_DECLS

/* A customer who can't be without water. */
typedef struct
{
  char   *account;
  char   *class_;
  char   *address;
  WdPoint point;
} WdAtlasCustomer;

/* An open order, or a quality case without an area. */
typedef struct
{
  char   *id;
  WdPoint point;
  char   *readers; /* GRefString, interned: as `objects.readers` */
} WdAtlasSpot;

/* What lies where; belongs to whoever locked the atlas. */
typedef struct
{
  WdPointIndex *customers; /* all of them: of NULL */
  WdPointIndex *critical;  /* of WdAtlasCustomer */
  GHashTable   *accounts;  /* account -> WdAtlasCustomer */
  WdPointIndex *orders;    /* of WdAtlasSpot */
  WdPointIndex *cases;     /* of WdAtlasSpot */
  GHashTable   *spots;     /* id -> WdAtlasSpot, of both */
  WdAreaIndex  *areas;     /* of outages and quality cases, by id */
  WdDistricts  *districts;
} WdAtlasSheet;

/* One thing as it stands after a commit. */
typedef struct
{
  WdObjectKind kind;
  gboolean     open;
  char        *id;      /* of a unit its code */
  WdPoint      point;   /* of an order or a case */
  char        *readers; /* of an order, as the store has them */
  char        *area;    /* of an outage or a case; of a unit its territory */
} WdAtlasNews;
void wd_atlas_news_free (WdAtlasNews *news);

/* wd-atlas-sheet.c */
WdAtlasSheet *wd_atlas_sheet_new (void);
void          wd_atlas_sheet_free (WdAtlasSheet *sheet);
void          wd_atlas_sheet_take (WdAtlasSheet *sheet, const WdAtlasNews *news);
void          wd_atlas_sheet_move (WdAtlasSheet *sheet, const WdCustomerMove *move);

/* Returns: (transfer full) (nullable): NULL for a kind that lies nowhere */
WdAtlasNews *wd_atlas_news_of (WdObjectKind kind, gconstpointer record, const char *const *readers);

/* After a commit, on the writer's thread.  @touched: (element-type WdHeld) @moves: (element-type WdCustomerMove) (transfer full) */
void wd_atlas_follow (WdAtlas *atlas, GPtrArray *touched, GPtrArray *moves);

/* The sheet when all that was committed before is on it; to be read until wd_atlas_let_go().  NULL with @error: not to be let go. */
const WdAtlasSheet *wd_atlas_hold (WdAtlas *atlas, GError **error);
void                wd_atlas_let_go (WdAtlas *atlas);

G_END_DECLS
