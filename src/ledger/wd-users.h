/* wd-users.h — who may sign in: staff and their passwords together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *display; /* (nullable) */
  const char *role;    /* nick */
  const char *unit;    /* (nullable) code */
  const char *password;
  gboolean    once; /* the password has to go at the first sign-in */
} WdNewUser;

/* Adds; or for a name that is there sets role and password anew, takes a disabled one in again, ends what he is signed in
 * with, and keeps what is not given: the display, and the unit where the role stays.  One transaction.
 * Errors: WD_RULE_ERROR naming the field; G_IO_ERROR_INVALID_ARGUMENT for a password that is too short. */
gboolean wd_user_put (const WdHost *host, const WdNewUser *user, GError **error);

/* WD_RULE_ERROR_NOT_FOUND where nobody has that name. */
gboolean wd_user_disable (const WdHost *host, const char *name, GError **error);

/* {"user":{"name","display","role","unit","disabled","password"}} a line; `password`: whether there is one. */
gboolean wd_user_list (const WdHost *host, GError **error);

G_END_DECLS
