/* wd-ledger-fixture.h — a ledger in a folder of its own, with a house and people who give commands
 *
 * Ids are made by count, so that a run is the same every time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"

#include <json-glib/json-glib.h>

#define WD_FIXTURE_START G_GINT64_CONSTANT (1795478400000) /* 2026-11-24T00:00:00Z, a Tuesday, 08:00 there */
#define WD_FIXTURE_MINUTE G_GINT64_CONSTANT (60000)

typedef struct
{
  char     *folder;
  char     *path; /* of the store */
  WdKeys   *keys;
  WdLedger *ledger;
  gint64    now;
  guint     ids;

  WdActor *server;
  WdActor *dispatcher;
  WdActor *supervisor;
  WdActor *east; /* of the unit `east` */
  WdActor *west;
  WdActor *admin;
} WdFixture;

WdFixture *wd_fixture_new (void);
void       wd_fixture_free (WdFixture *fixture); /* with the folder */
void       wd_fixture_close (WdFixture *fixture);
void       wd_fixture_open (WdFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdFixture, wd_fixture_free)

/* A fresh id.  Returns: (transfer full) */
char *wd_fixture_id (WdFixture *fixture);

/* @json: a command; without `id` it gets a fresh one. */
WdEntry *wd_fixture_entry (WdFixture *fixture, const WdActor *actor, const char *json);

/* Gives one command in a batch of its own.  Returns: (transfer full): its answer, parsed. */
JsonObject *wd_fixture_give (WdFixture *fixture, const WdActor *actor, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* As before, and it has to be carried out.  Returns: (transfer full): id of the object */
char *wd_fixture_do (WdFixture *fixture, const WdActor *actor, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* … and it has to be refused with @code. */
void wd_fixture_refuse (WdFixture *fixture, const WdActor *actor, const char *code, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* An order about brown water with a caller, at the centre.  Returns: (transfer full): its id */
char *wd_fixture_receive (WdFixture *fixture);

/* The body of an object as the store has it now.  Returns: (transfer full) (nullable) */
JsonObject *wd_fixture_body (WdFixture *fixture, const char *id);

/* All rows of a table as text, in the order of all columns: for comparing.  Returns: (transfer full) */
char *wd_fixture_dump (WdFixture *fixture, const char *table);
