/* wd-districts.h — the units' territories, kept as the units are
 *
 * Private to ledger/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-house.h"

G_BEGIN_DECLS

typedef struct _WdDistricts WdDistricts;

WdDistricts *wd_districts_new (void);
void         wd_districts_free (WdDistricts *districts);

/* Parses a territory only where it differs from the one that is known.  A closed unit has none. */
void wd_districts_put (WdDistricts *districts, const WdUnit *unit);

/* Whether @area (GeoJSON) meets none of them, and a place of it; FALSE while there is none. */
gboolean wd_districts_lies_outside (WdDistricts *districts, const char *area, WdPoint *at);

/* Codes of the territories around @point, the smallest first (P27).  Returns: (transfer full) */
GStrv wd_districts_find_all (WdDistricts *districts, const WdPoint *point);

G_END_DECLS
