/* import-desk.h — brings files into a fixture's ledger, and looks what became of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger-fixture.h"

#include "wd-import.h"
#include "wd-reader.h"

typedef struct
{
  WdFixture  *fixture;
  WdHost      host;
  guint       commits;
  const char *die_at;    /* ends the process with status 7 where the progress says this */
  const char *cancel_at; /* cancels where the progress says this */
  gboolean    meanwhile; /* others give commands between the pieces */
  guint       others;
} Desk;

void desk_init (Desk *desk, WdFixture *fixture);

/* A file of @text, open for reading. */
int  desk_file (const char *text);
void desk_import (Desk *desk, const char *kind, const char *text, gint64 rows, gint64 changed);
void desk_refuse (Desk *desk, const char *kind, const char *text, gint64 line, const char *column);

/* The first number that @sql answers. */
gint64 desk_count (WdFixture *fixture, const char *sql);
/* (transfer full): parsed; frees @json */
JsonNode *desk_parse (GString *json);
