/* reader-ask.h — asks a reader of a fixture's ledger
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger-fixture.h"

#include "wd-reader.h"

WdReader *ask_open (WdFixture *fixture);
/* An answer, parsed; frees @json.  @error has to be NULL.  (transfer full) */
JsonObject *ask_parsed (GString *json, GError *error);

/* A command about @order that has to be carried out; @more: further members with a comma in front. */
void ask_do (WdFixture *fixture, const WdActor *actor, const char *verb, const char *order, const char *more);
