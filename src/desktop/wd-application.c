/* wd-application.c — the desktop program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-application.h"

#include "wd-demo-server.h"
#include "wd-night.h"
#include "wd-palette.h"
#include "wd-window.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define ID "org.waterdesk.Waterdesk"
#define PATH "/org/waterdesk/Waterdesk"
#define DEMO_PASSWORD "waterdesk" /* of every account of the demo city */

struct _WdApplication
{
  AdwApplication parent_instance;

  char         *server;
  char         *user;
  gboolean      demo;
  WdDemoServer *demo_server;
  WdNight      *night;
  guint         name; /* that it stands in line for on the session bus, 0 for none */
};

G_DEFINE_FINAL_TYPE (WdApplication, wd_application, ADW_TYPE_APPLICATION)

static void
present (WdApplication *self, const char *server, const char *user, const char *password)
{
  GtkWidget *window = wd_window_new (ADW_APPLICATION (self), server, user, password);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static void
demo_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdApplication     *self = data;
  g_autoptr (GError) error = NULL;

  self->demo_server = wd_demo_server_start_finish (result, &error);
  if (self->demo_server == NULL)
    g_printerr ("waterdesk: %s\n", error->message);
  else
    present (self, wd_demo_server_get_url (self->demo_server), self->user, DEMO_PASSWORD);
  g_application_release (G_APPLICATION (self));
}

static void
wd_application_activate (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  if (self->demo && self->user == NULL)
    self->user = g_strdup ("dispatcher");
  if (!self->demo || self->server != NULL)
    {
      present (self, self->server, self->user, self->demo ? DEMO_PASSWORD : NULL);
      return;
    }
  g_application_hold (application);
  wd_demo_server_start_async (demo_ready_cb, self);
}

/* A notification that is pressed is told to the program's name: to one of those that run, which passes it on. */
static void
stand_in_line (WdApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  if (bus != NULL)
    self->name = g_bus_own_name_on_connection (bus, ID, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
}

static void
wd_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (wd_application_parent_class)->startup (application);
  wd_palette_install (gdk_display_get_default ());
  WD_APPLICATION (application)->night = wd_night_new ();
  stand_in_line (WD_APPLICATION (application));
}

static void
wd_application_shutdown (GApplication *application)
{
  g_clear_handle_id (&WD_APPLICATION (application)->name, g_bus_unown_name);
  g_clear_pointer (&WD_APPLICATION (application)->demo_server, wd_demo_server_stop);
  g_clear_pointer (&WD_APPLICATION (application)->night, wd_night_free);
  G_APPLICATION_CLASS (wd_application_parent_class)->shutdown (application);
}

static void
wd_application_finalize (GObject *object)
{
  WdApplication *self = WD_APPLICATION (object);

  g_free (self->server);
  g_free (self->user);
  G_OBJECT_CLASS (wd_application_parent_class)->finalize (object);
}

static void
wd_application_class_init (WdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_application_finalize;
  application_class->activate = wd_application_activate;
  application_class->startup = wd_application_startup;
  application_class->shutdown = wd_application_shutdown;
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL;)
    {
      GtkWindow *window = l->data;

      l = l->next;
      gtk_window_close (window);
    }
}

static void
pass_on (GDBusConnection *bus, const char *program, const char *action, GVariant *target)
{
  GVariant *parameters[] = { g_variant_new_variant (target) };

  g_dbus_connection_call (bus, program, PATH, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(s@av@a{sv})", action, g_variant_new_array (G_VARIANT_TYPE_VARIANT, parameters, 1),
                                         g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)),
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/* What a notification of a window is pressed for: of which program, and of it which one. */
static void
show_window_action (GSimpleAction *action, GVariant *target, gpointer application)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  GtkWindow       *window;
  const char      *program;
  guint            id;

  g_variant_get (target, "(&su)", &program, &id);
  if (bus != NULL && !g_str_equal (program, g_dbus_connection_get_unique_name (bus)))
    {
      pass_on (bus, program, g_action_get_name (G_ACTION (action)), target);
      return;
    }
  window = gtk_application_get_window_by_id (application, id);
  if (window != NULL)
    gtk_window_present (window);
}

static void
wd_application_init (WdApplication *self)
{
  const GOptionEntry options[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &self->server, N_ ("Address of the server"), "URL" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->user, N_ ("Name to sign in with"), "NAME" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo, N_ ("Start a demo server and sign in there"), NULL },
    { NULL }
  };
  const GActionEntry actions[] = {
    { .name = "quit", .activate = quit_action },
    { .name = "show-window", .activate = show_window_action, .parameter_type = "(su)" },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "win.shortcuts", (const char *[]){ "F1", "<Control>question", NULL });
}

WdApplication *
wd_application_new (void)
{
  /* A program for each pair of server and user, which may be known only after sign-in: the name on the bus is the
   * pair's (wd-claim.h). */
  return g_object_new (WD_TYPE_APPLICATION, "application-id", ID,
                       "flags", G_APPLICATION_NON_UNIQUE, "resource-base-path", "/waterdesk", NULL);
}
