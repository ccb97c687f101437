/* wd-preferences.c — what a person can set here: the sounds of alarms, to be tried, and the colours at night
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-preferences.h"

#include "wd-settings.h"
#include "wd-spoken-name.h"

#include <glib/gi18n.h>

struct _WdPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwPreferencesGroup *sounds;
  WdAlarmPlayer       *player;
};

G_DEFINE_FINAL_TYPE (WdPreferences, wd_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* clang-format off */
static const struct { WdSound sound; const char *name, *meaning; } sounds[] = {
  { WD_SOUND_ORDER, N_ ("New Order Waits"), N_ ("Orders that wait for acceptance: two rising notes, every 10 seconds until it is accepted or returned") },
  { WD_SOUND_URGE,  N_ ("Urging"),          N_ ("Urgent alarms: three even beats, every 15 seconds until it is seen") },
  { WD_SOUND_CUT,   N_ ("Link Lost"),       N_ ("No link to the server: one long falling note, every 5 minutes until it is back") },
};
/* clang-format on */

static void
try_cb (WdPreferences *self, GtkWidget *button)
{
  wd_alarm_player_play (self->player, (WdSound)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "sound")));
}

static void
heard_changed_cb (WdPreferences *self)
{
  adw_preferences_group_set_description (self->sounds, wd_alarm_player_is_heard (self->player) ? _ ("Told apart by their rhythm alone")
                                                                                               : _ ("No sound on this computer: alarms are not heard"));
}

static GtkWidget *
make_row (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  return row;
}

static AdwPreferencesGroup *
make_sounds (WdPreferences *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Sounds of Alarms"));
  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    {
      GtkWidget       *button = gtk_button_new_with_label (_ ("Try It"));
      g_autofree char *name = g_strdup_printf ("%s %s", _ ("Try It"), _ (sounds[i].name));

      gtk_widget_set_css_classes (button, (const char *[]){ "plain", "small", NULL });
      wd_spoken_name_set (button, name);
      g_object_set_data (G_OBJECT (button), "sound", GINT_TO_POINTER (sounds[i].sound));
      g_signal_connect_object (button, "clicked", G_CALLBACK (try_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (_ (sounds[i].name), _ (sounds[i].meaning), button));
    }
  return ADW_PREFERENCES_GROUP (group);
}

static AdwPreferencesGroup *
make_colours (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *night = gtk_switch_new ();
  GtkWidget *row = make_row (_ ("Night"), _ ("Dark from 19:00 to 07:00; else as the system is"), night);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Colours"));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), night); /* which takes its name from the row */
  g_settings_bind (settings, "night", night, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return ADW_PREFERENCES_GROUP (group);
}

static void
wd_preferences_dispose (GObject *object)
{
  g_clear_object (&WD_PREFERENCES (object)->player);
  G_OBJECT_CLASS (wd_preferences_parent_class)->dispose (object);
}

static void
wd_preferences_class_init (WdPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_preferences_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wd_preferences_init (WdPreferences *self)
{
}

GtkWindow *
wd_preferences_new (GtkWindow *parent, WdAlarmPlayer *player)
{
  WdPreferences        *self = g_object_new (WD_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, "title", _ ("Preferences"),
                                             "search-enabled", FALSE, "default-width", 600, "default-height", 520, NULL);
  g_autoptr (GSettings) settings = wd_settings_new ();
  GtkWidget            *page = adw_preferences_page_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "waterdesk");
  self->player = g_object_ref (player);
  self->sounds = make_sounds (self);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->sounds);
  if (settings != NULL)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), make_colours (settings));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  g_signal_connect_object (player, "notify::heard", G_CALLBACK (heard_changed_cb), self, G_CONNECT_SWAPPED);
  heard_changed_cb (self);
  return GTK_WINDOW (self);
}
