/* wd-alarm-row.c — one alarm in a list: mark, words, since when, its state, its best act
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-row.h"

#include "wd-alarm-words.h"
#include "wd-format.h"
#include "wd-spoken-name.h"

#include <glib/gi18n.h>

struct _WdAlarmRow
{
  GtkListBoxRow parent_instance;

  GtkLabel  *mark;
  GtkLabel  *what;
  GtkLabel  *countdown;
  GtkLabel  *detail;
  GtkLabel  *state;
  GtkWidget *buttons;
  GtkWidget *act;
  GtkWidget *look;
  GtkWidget *shelve;
  GtkWidget *take_back;

  char        *key;
  char        *order;
  char        *sentence; /* that a screen reader says */
  WdAlarmState is;
};

G_DEFINE_FINAL_TYPE (WdAlarmRow, wd_alarm_row, GTK_TYPE_LIST_BOX_ROW)

static void
wd_alarm_row_finalize (GObject *object)
{
  WdAlarmRow *self = WD_ALARM_ROW (object);

  g_free (self->key);
  g_free (self->order);
  g_free (self->sentence);
  G_OBJECT_CLASS (wd_alarm_row_parent_class)->finalize (object);
}

/* What its buttons and Enter do, for a screen reader that is at the row. */
static const struct
{
  const char *act, *action;
} acts[] = {
  { "alarm.act", "win.alarm-act" },
  { "alarm.view", "win.alarm-view" },
  { "alarm.shelve", "win.alarm-shelve" },
  { "alarm.take-back", "win.alarm-take-back" },
  { "alarm.open", "win.open-order" },
};

static void
act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAlarmRow *self = WD_ALARM_ROW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].act, name))
      gtk_widget_activate_action (widget, acts[i].action, "s", g_str_equal (name, "alarm.open") ? self->order : self->key);
}

static void
wd_alarm_row_class_init (WdAlarmRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_alarm_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/alarm/wd-alarm-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, what);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, countdown);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, detail);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, state);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, act);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, look);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, shelve);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmRow, take_back);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i].act, NULL, act_action);
}

static void
wd_alarm_row_init (WdAlarmRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wd_alarm_row_new (void)
{
  return g_object_new (WD_TYPE_ALARM_ROW, NULL);
}

static void
set_words (GtkLabel *label, const char *words)
{
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL && words[0] != '\0');
  if (words != NULL && g_strcmp0 (gtk_label_get_label (label), words) != 0)
    gtk_label_set_label (label, words);
}

/* How long it stays away, in digits that tick. */
static char *
shelved_words (const WdAlarm *alarm, gint64 now)
{
  g_autofree char *left = wd_format_countdown (alarm->shelved_until, MIN (now, alarm->shelved_until));

  return g_strdup_printf (_ ("%s left, %s"), left, alarm->shelved_reason);
}

/* The parts that there are, with a dot between them. */
static char *
join (const char *a, const char *b, const char *c)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           parts = NULL;

  for (guint i = 0; i < 3; i++)
    if ((const char *[]){ a, b, c }[i] != NULL)
      g_strv_builder_add (builder, (const char *[]){ a, b, c }[i]);
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

static void
name_button (GtkWidget *button, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s %s", gtk_button_get_label (GTK_BUTTON (button)), what);

  wd_spoken_name_set (button, name);
}

static void
offer_acts (WdAlarmRow *self)
{
  gboolean         over = self->is == WD_ALARM_OVER;
  GtkWidget *const buttons[] = { self->act, self->look, self->shelve, self->take_back };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].act, !over && gtk_widget_get_visible (buttons[i]));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "alarm.open", over);
}

static void
show_buttons (WdAlarmRow *self, const WdAlarm *alarm, WdDesk *desk)
{
  g_autofree char *act = wd_alarm_dup_act (alarm, desk);
  gboolean         shelved = self->is == WD_ALARM_SHELVED;

  gtk_widget_set_visible (self->buttons, self->is != WD_ALARM_OVER);
  gtk_widget_set_visible (self->act, act != NULL && !shelved);
  if (act != NULL && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->act)), act) != 0)
    gtk_button_set_label (GTK_BUTTON (self->act), act);
  /* What is new at a unit's desk rings until it is accepted or returned. */
  gtk_widget_set_visible (self->shelve, !shelved && !wd_alarm_is_own_order (alarm, desk));
  gtk_widget_set_visible (self->take_back, shelved);
  offer_acts (self);
}

/* Without the digits that tick. */
static void
say (WdAlarmRow *self, const WdAlarm *alarm, WdDesk *desk, const char *when)
{
  GtkWidget *const buttons[] = { self->act, self->look, self->shelve, self->take_back };
  g_autofree char *words = wd_alarm_dup_sentence (alarm, desk);
  g_autofree char *sentence = g_strdup_printf (_ ("%s, %s, %s, %s"), wd_alarm_priority_word (alarm->priority), words, wd_alarm_state_word (self->is), when);

  if (g_strcmp0 (self->sentence, sentence) == 0)
    return;
  g_free (self->sentence);
  self->sentence = g_steal_pointer (&sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->sentence, -1);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    name_button (buttons[i], words);
}

static void
set_key (WdAlarmRow *self, const WdAlarm *alarm)
{
  GtkWidget *const buttons[] = { self->act, self->look, self->shelve, self->take_back };

  g_free (self->order);
  self->order = g_strdup (wd_alarm_first (alarm)->id);
  if (g_strcmp0 (self->key, alarm->key) == 0)
    return;
  g_free (self->key);
  self->key = g_strdup (alarm->key);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", self->key);
}

static void
show_state (WdAlarmRow *self)
{
  static const char *const looks[] = { [WD_ALARM_NEW] = "inverted", [WD_ALARM_SEEN] = "plain", [WD_ALARM_SHELVED] = "dashed", [WD_ALARM_OVER] = "plain" };
  gboolean                 over = self->is == WD_ALARM_OVER;

  set_words (self->state, over ? NULL : wd_alarm_state_word (self->is));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), (const char *[]){ "tag", looks[self->is], NULL });
  gtk_widget_set_css_classes (GTK_WIDGET (self->what), (const char *[]){ self->is == WD_ALARM_NEW ? "strong" : "seen", NULL });
}

void
wd_alarm_row_show (WdAlarmRow *self, const WdAlarm *alarm, WdDesk *desk, GTimeZone *zone)
{
  gint64           now = wd_desk_now (desk);
  g_autofree char *what = wd_alarm_dup_what (alarm, desk);
  g_autofree char *detail = wd_alarm_dup_detail (alarm, desk);
  g_autofree char *when = wd_alarm_dup_when (alarm, now, zone);
  g_autofree char *countdown = alarm->ended == 0 ? wd_alarm_dup_countdown (alarm, now) : NULL;
  g_autofree char *shelved = wd_alarm_get_state (alarm) == WD_ALARM_SHELVED ? shelved_words (alarm, now) : NULL;
  g_autofree char *line = join (detail, when, shelved);

  self->is = wd_alarm_get_state (alarm);
  set_key (self, alarm);
  set_words (self->mark, wd_alarm_mark (alarm->priority));
  gtk_widget_set_css_classes (GTK_WIDGET (self->mark), (const char *[]){ "alarm-mark", wd_alarm_class (alarm->priority), NULL });
  set_words (self->what, what);
  set_words (self->countdown, countdown);
  set_words (self->detail, line);
  show_state (self);
  show_buttons (self, alarm, desk);
  say (self, alarm, desk, when);
}

void
wd_alarm_row_end (WdAlarmRow *self)
{
  self->is = WD_ALARM_OVER;
  set_words (self->countdown, NULL);
  set_words (self->state, wd_alarm_state_word (WD_ALARM_OVER));
  gtk_widget_set_visible (self->buttons, FALSE);
  offer_acts (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
}

const char *
wd_alarm_row_get_key (WdAlarmRow *self)
{
  return self->key;
}

const char *
wd_alarm_row_get_order (WdAlarmRow *self)
{
  return self->order;
}

WdAlarmState
wd_alarm_row_get_state (WdAlarmRow *self)
{
  return self->is;
}
