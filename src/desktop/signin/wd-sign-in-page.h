/* wd-sign-in-page.h — who are you, and at which server
 *
 * Emits `sign-in` (server, user, password); what was typed stays when it fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_SIGN_IN_PAGE (wd_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (WdSignInPage, wd_sign_in_page, WD, SIGN_IN_PAGE, AdwBin)

/* What to begin with; NULL leaves a field as it is: as at the last sign-in. */
void wd_sign_in_page_fill (WdSignInPage *self, const char *server, const char *user);

/* Returns: (transfer full) */
void wd_sign_in_page_get (WdSignInPage *self, char **server, char **user);

/* The next start begins with this server and name. */
void wd_sign_in_page_remember (WdSignInPage *self);

/* Somebody is signed in: whoever comes next types a password anew. */
void wd_sign_in_page_forget_password (WdSignInPage *self);

/* While an attempt is under way nothing can be pressed twice. */
void wd_sign_in_page_set_busy (WdSignInPage *self, gboolean busy);

/* Says why it did not work and what to do; NULL takes it away. */
void wd_sign_in_page_set_problem (WdSignInPage *self, const char *problem);

G_END_DECLS
