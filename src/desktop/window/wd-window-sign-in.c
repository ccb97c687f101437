/* wd-window-sign-in.c — whose desk the window is: by password, by a token of the keyring, and until sign-out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include "wd-claim.h"
#include "wd-keyring.h"

#include <glib/gi18n.h>

#define KEYRING_SECONDS 3 /* that a keyring is waited for before the page is free */

/* --- what goes wrong ------------------------------------------------------------------------- */

static char *
certificate_problem (const char *details)
{
  g_auto (GStrv) part = g_strsplit (details, "\n", -1);

  if (g_strv_length (part) < 5)
    return g_strdup (_ ("The server's certificate is not trusted here. Ask the administrator to install the company's CA on this computer."));
  /* Translators: subject, issuer, fingerprint, first day, last day. */
  return g_strdup_printf (_ ("The server's certificate is not trusted here, so nothing was sent. Ask the administrator to install the company's CA on this computer, and compare:\nIssued to %s\nIssued by %s\nSHA-256 %s\nValid from %s until %s"),
                          part[0], part[1], part[2], part[3], part[4]);
}

static char *
sign_in_problem (const GError *error)
{
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_UNAUTHORIZED))
    return g_strdup (_ ("Name or password is wrong. Please type the password again."));
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_TOO_MANY))
    return g_strdup_printf (_ ("Too many attempts. Try again in %s seconds."), error->message);
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_NO_TLS))
    return g_strdup (_ ("Nothing at this address speaks https. See whether it has to begin with http://, or ask the administrator."));
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_UNTRUSTED))
    return certificate_problem (error->message);
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_LOCKED))
    return g_strdup (_ ("The server does not answer, and this is not the password of your last sign-in on this computer. Type that one, or try again when the server is there."));
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE))
    return g_strdup (_ ("The server does not answer. Check its address and the network, then try again."));
  return g_strdup (_ ("This is not a Waterdesk server. Check the address."));
}

/* --- the token -------------------------------------------------------------------------------- */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  /* No error, and nobody is stopped by it: only the next start is another one. */
  gtk_widget_set_visible (self->no_keyring, !wd_keyring_keep_finish (result, NULL));
}

static void
token_changed_cb (WdWindow *self)
{
  const char *token = wd_uplink_get_token (wd_desk_get_uplink (self->desk));

  if (token == NULL)
    {
      wd_keyring_forget_async (self->server, self->user, NULL, NULL);
      return;
    }
  wd_keyring_keep_async (self->server, self->user, token, kept_cb, g_object_ref (self));
}

static gboolean
is_for (WdWindow *self, const char *server, const char *user)
{
  return self->desk != NULL && g_strcmp0 (server, self->server) == 0 && g_strcmp0 (user, self->user) == 0;
}

/* --- the desk --------------------------------------------------------------------------------- */

static char *
folder_for (const char *server, const char *user)
{
  g_autofree char *pair = g_strdup_printf ("%s\n%s", server, user);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);

  return g_build_filename (g_get_user_data_dir (), "waterdesk", name, NULL);
}

/* Somebody starts the program again.  A window that is on its way out sends what is held for a while still: another one comes after it. */
static void
activated_cb (WdWindow *self)
{
  if (self->closing)
    self->wanted = TRUE;
  else
    gtk_window_present (GTK_WINDOW (self));
}

/* FALSE where another window has the pair: it was raised. */
static gboolean
claim_pair (WdWindow *self, const char *server, const char *user)
{
  if (self->claim != NULL && g_strcmp0 (server, self->server) == 0 && g_strcmp0 (user, self->user) == 0)
    return TRUE;
  g_clear_object (&self->claim);
  self->claim = wd_claim_new (server, user);
  if (self->claim == NULL)
    return FALSE;
  g_signal_connect_object (self->claim, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_free (self->server);
  g_free (self->user);
  self->server = g_strdup (server);
  self->user = g_strdup (user);
  return TRUE;
}

/* One desk for a server and user, also when its password is tried again. */
static void
set_desk (WdWindow *self, const char *token)
{
  g_autofree char *folder = folder_for (self->server, self->user);

  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (wd_desk_get_uplink (self->desk), self);
      g_signal_handlers_disconnect_by_data (self->desk, self);
    }
  _wd_window_stop_alarms (self);
  _wd_window_drop_pages (self);
  g_clear_pointer (&self->day_so_far, wd_day_free); /* it keeps the desk, and that its files */
  g_clear_object (&self->desk);
  self->desk = wd_desk_new (self->server, self->user, folder, token);
  g_signal_connect_object (wd_desk_get_uplink (self->desk), "notify::token", G_CALLBACK (token_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_desk_get_uplink (self->desk), "notify::admitted", G_CALLBACK (_wd_window_show_main_page), self, G_CONNECT_SWAPPED);
  _wd_window_follow_desk (self);
  _wd_window_begin_attendance (self);
}

static void
signed_in_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GError)   error = NULL;
  gboolean             admitted = wd_uplink_sign_in_finish (WD_UPLINK (uplink), result, &error);
  g_autofree char     *problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!admitted)
    problem = sign_in_problem (error);
  wd_sign_in_page_set_busy (self->sign_in, FALSE);
  wd_sign_in_page_set_problem (self->sign_in, problem);
  if (!admitted)
    return;
  wd_sign_in_page_remember (self->sign_in);
  _wd_window_begin_attendance (self);
}

void
_wd_window_sign_in (WdWindow *self, const char *server, const char *user, const char *password)
{
  gboolean same = is_for (self, server, user);

  if (!claim_pair (self, server, user))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (!same)
    set_desk (self, NULL);
  wd_sign_in_page_set_problem (self->sign_in, NULL);
  wd_sign_in_page_set_busy (self->sign_in, TRUE);
  wd_uplink_sign_in_async (wd_desk_get_uplink (self->desk), password, self->cancellable, signed_in_cb, g_object_ref (self));
}

/* A keyring may wait for its own password where nobody sees it: by hand there is a way then. */
static gboolean
waited_cb (gpointer data)
{
  WdWindow *self = data;

  self->looking_up = 0;
  wd_sign_in_page_set_busy (self->sign_in, FALSE);
  return G_SOURCE_REMOVE;
}

/* With a token the board is there at once, from the copy, also without a link. */
static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autofree char     *token = wd_keyring_look_up_finish (result, NULL);

  g_clear_handle_id (&self->looking_up, g_source_remove);
  if (self->cancellable == NULL || self->desk != NULL)
    return;
  wd_sign_in_page_set_busy (self->sign_in, FALSE);
  if (token != NULL)
    set_desk (self, token);
}

gboolean
_wd_window_begin (WdWindow *self, const char *server, const char *user, const char *password)
{
  g_autofree char *last_server = NULL;
  g_autofree char *last_user = NULL;

  wd_sign_in_page_fill (self->sign_in, server, user);
  wd_sign_in_page_get (self->sign_in, &last_server, &last_user);
  if (last_server[0] == '\0' || last_user[0] == '\0')
    return TRUE;
  if (!claim_pair (self, last_server, last_user))
    return FALSE;
  if (password != NULL)
    _wd_window_sign_in (self, last_server, last_user, password);
  else
    {
      wd_sign_in_page_set_busy (self->sign_in, TRUE);
      self->looking_up = g_timeout_add_seconds (KEYRING_SECONDS, waited_cb, self);
      wd_keyring_look_up_async (last_server, last_user, self->cancellable, looked_up_cb, g_object_ref (self));
    }
  return TRUE;
}

/* --- sign-out --------------------------------------------------------------------------------- */

/* For the same server and user, whose claim this one gives up. */
void
_wd_window_open_next (WdWindow *self)
{
  GtkWidget *next;

  g_clear_object (&self->claim);
  next = wd_window_new (ADW_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), self->server, self->user, NULL);
  if (next != NULL)
    gtk_window_present (GTK_WINDOW (next));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  _wd_window_open_next (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
signed_out_cb (GObject *desk, GAsyncResult *result, gpointer data)
{
  WdWindow *self = data;

  wd_desk_close_finish (WD_DESK (desk), result, NULL);
  wd_keyring_forget_async (self->server, self->user, forgotten_cb, self);
}

/* What is held goes out first, and the server forgets the token; what can't go out waits on disk for the next sign-in. */
void
_wd_window_sign_out (WdWindow *self)
{
  if (self->closing || self->desk == NULL || _wd_window_ask_before_end (self, (void (*) (gpointer))_wd_window_sign_out))
    return;
  self->closing = TRUE;
  g_signal_handlers_disconnect_by_func (wd_desk_get_uplink (self->desk), token_changed_cb, self);
  gtk_widget_set_sensitive (self->desk_box, FALSE);
  wd_desk_close_async (self->desk, TRUE, signed_out_cb, g_object_ref (self));
}
