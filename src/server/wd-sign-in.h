/* wd-sign-in.h — names and passwords, two at a time and never without bound
 *
 * A check takes a tenth of a second and 64 MiB (Argon2id), for an unknown user
 * too.  Who fails again and again, by name and address, waits longer each time;
 * after a quarter of an hour without a failure all is forgotten.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-readers.h"
#include "wd-router.h"
#include "wd-sessions.h"

G_BEGIN_DECLS

#define WD_SIGN_IN_AT_ONCE 2
#define WD_SIGN_IN_WAITING 64
#define WD_SIGN_IN_FAILURES 5          /* of one name from one address before it has to wait */
#define WD_SIGN_IN_LONGEST_WAIT 300    /* seconds */
#define WD_SIGN_IN_ADDRESS_FAILURES 50 /* of one address in all: a whole office may sit behind it ... */
#define WD_SIGN_IN_ADDRESS_WAIT 5      /* ... which never waits long */

typedef struct _WdSignIn WdSignIn;

/* @first_password: the file with the administrator's one-time password, removed at the first sign-in */
WdSignIn *wd_sign_in_new (WdReaders *readers, WdSessions *sessions, WdWriter *writer, const char *first_password);
void      wd_sign_in_free (WdSignIn *sign_in);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSignIn, wd_sign_in_free)

/* Checks and answers @reply later: 201 with token and user, 401, or 429 with Retry-After. */
void wd_sign_in_try (WdSignIn *sign_in, WdRequest *request, WdReply *reply, const char *user, const char *password);

G_END_DECLS
