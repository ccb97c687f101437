/* wd-sign-in-page.c — who are you, and at which server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sign-in-page.h"

#include "wd-uplink.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _WdSignInPage
{
  AdwBin parent_instance;

  GtkEditable *server;
  GtkEditable *user;
  GtkEditable *password;
  GtkWidget   *button;
  GtkLabel    *problem;
  GtkSpinner  *spinner;
};

enum
{
  SIGN_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSignInPage, wd_sign_in_page, ADW_TYPE_BIN)

static gboolean
is_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_host (uri)[0] != '\0' &&
         (g_str_equal (g_uri_get_scheme (uri), "http") || g_str_equal (g_uri_get_scheme (uri), "https"));
}

/* One address, or several by commas. */
static gboolean
are_addresses (const char *text)
{
  g_auto (GStrv) addresses = g_strsplit (text, ",", -1);

  for (guint i = 0; addresses[i] != NULL; i++)
    if (!is_address (g_strstrip (addresses[i])))
      return FALSE;
  return TRUE;
}

static void
try_cb (WdSignInPage *self)
{
  if (!gtk_widget_get_sensitive (self->button))
    return;
  if (!are_addresses (gtk_editable_get_text (self->server)))
    {
      wd_sign_in_page_set_problem (self, _ ("The server's address begins with http:// or https://, such as http://127.0.0.1:8080."));
      gtk_widget_grab_focus (GTK_WIDGET (self->server));
    }
  else
    g_signal_emit (self, signals[SIGN_IN], 0, gtk_editable_get_text (self->server), gtk_editable_get_text (self->user),
                   gtk_editable_get_text (self->password));
}

static void
changed_cb (WdSignInPage *self)
{
  gtk_widget_set_sensitive (self->button, gtk_editable_get_text (self->server)[0] != '\0' &&
                                              gtk_editable_get_text (self->user)[0] != '\0' &&
                                              gtk_editable_get_text (self->password)[0] != '\0');
}

static void
map_cb (WdSignInPage *self)
{
  GtkEditable *first = gtk_editable_get_text (self->server)[0] == '\0' ? self->server
                       : gtk_editable_get_text (self->user)[0] == '\0' ? self->user
                                                                       : self->password;

  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
wd_sign_in_page_class_init (WdSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGN_IN] = g_signal_new ("sign-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/signin/wd-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdSignInPage, server);
  gtk_widget_class_bind_template_child (widget_class, WdSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, WdSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, WdSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, WdSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, WdSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
}

/* --- what was typed at the last sign-in ----------------------------------------------------- */

static char *
last_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "waterdesk", "last.ini", NULL);
}

static void
fill_last (WdSignInPage *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char     *path = last_path ();
  g_autofree char     *server = NULL;
  g_autofree char     *user = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;
  server = g_key_file_get_string (file, "Last", "Server", NULL);
  user = g_key_file_get_string (file, "Last", "User", NULL);
  wd_sign_in_page_fill (self, server, user);
}

/* Where it can't be kept it is typed again. */
void
wd_sign_in_page_remember (WdSignInPage *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char     *path = last_path ();
  g_autofree char     *folder = g_path_get_dirname (path);

  g_key_file_set_string (file, "Last", "Server", gtk_editable_get_text (self->server));
  g_key_file_set_string (file, "Last", "User", gtk_editable_get_text (self->user));
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}

void
wd_sign_in_page_get (WdSignInPage *self, char **server, char **user)
{
  *server = wd_uplink_tidy_servers (gtk_editable_get_text (self->server));
  *user = g_strdup (gtk_editable_get_text (self->user));
}

static void
wd_sign_in_page_init (WdSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_last (self);
  changed_cb (self);
}

void
wd_sign_in_page_fill (WdSignInPage *self, const char *server, const char *user)
{
  if (server != NULL)
    gtk_editable_set_text (self->server, server);
  if (user != NULL)
    gtk_editable_set_text (self->user, user);
}

void
wd_sign_in_page_forget_password (WdSignInPage *self)
{
  gtk_editable_set_text (self->password, "");
}

void
wd_sign_in_page_set_busy (WdSignInPage *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->button, !busy);
}

void
wd_sign_in_page_set_problem (WdSignInPage *self, const char *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
}
