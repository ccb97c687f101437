/* fault-desk.h — a desk and a scripted server beside it, for the tests of faults
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-test-server.h"

#define ORDER_1 "0190a5c8-7b1e-7c3a-9f00-00000000aaa1"
#define ORDER_2 "0190a5c8-7b1e-7c3a-9f00-00000000aaa2"

typedef struct
{
  WdTestServer *server;
  WdDesk       *desk;
  char         *folder;
  guint         resets;
  guint         refused;
  guint         answered;
  gboolean      ended;
} Fixture;

/* A fixture's two ends: a server with a house and two orders; with a @token, a desk that follows it. */
void faults_setup (Fixture *f, gconstpointer token);
void faults_teardown (Fixture *f, gconstpointer token);
void faults_start_desk (Fixture *f, const char *servers, const char *token);

void        faults_put_order (Fixture *f, const char *id, const char *text);
void        faults_put_dispatched (Fixture *f, const char *id, const char *unit);
const char *faults_text_of (Fixture *f, const char *id); /* as the desk has it, NULL where it has none */

gboolean faults_is_live (Fixture *f);
void     faults_note (Fixture *f, const char *id, const char *text);
guint    faults_waiting (Fixture *f); /* commands not yet answered */

#define FAULTS_ADD(path, token, test) g_test_add (path, Fixture, token, faults_setup, test, faults_teardown)
