/* wd-alarm-bar.c — what has to be done in time, in one line under the header of every page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-bar.h"

#include "wd-alarm-words.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

#define SAID_USEC (8 * G_USEC_PER_SEC)

struct _WdAlarmBar
{
  AdwBin parent_instance;

  GtkBox    *halves; /* what is to be done, and what to press for it */
  GtkWidget *list_box;
  GtkWidget *list; /* the button: its name says all counts */
  GtkWidget *counts;
  GtkLabel  *n[WD_ALARM_N_PRIORITIES];
  GtkLabel  *rest; /* what is shelved; where nothing is counted, what else it leads to */
  GtkLabel  *mark;
  GtkLabel  *what; /* the alert: it says the whole sentence */
  GtkLabel  *countdown;
  GtkLabel  *detail;
  GtkLabel  *summary; /* of a storm; an alert too */
  GtkLabel  *note;
  GtkWidget *act;
  GtkLabel  *act_words;
  GtkWidget *act_key;
  GtkWidget *look;
  GtkWidget *silence_box;
  GtkWidget *silence;
  GtkLabel  *silence_words;

  char  *counted;  /* that the button of the list says */
  char  *sentence; /* that the alert says */
  char  *said;
  gint64 said_at; /* monotonic microseconds */
};

G_DEFINE_FINAL_TYPE (WdAlarmBar, wd_alarm_bar, ADW_TYPE_BIN)

static void
wd_alarm_bar_finalize (GObject *object)
{
  g_free (WD_ALARM_BAR (object)->counted);
  g_free (WD_ALARM_BAR (object)->sentence);
  g_free (WD_ALARM_BAR (object)->said);
  G_OBJECT_CLASS (wd_alarm_bar_parent_class)->finalize (object);
}

static void
wd_alarm_bar_class_init (WdAlarmBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_alarm_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/alarm/wd-alarm-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, halves);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, list_box);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, list);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, counts);
  gtk_widget_class_bind_template_child_full (widget_class, "n_urgent", FALSE, G_STRUCT_OFFSET (WdAlarmBar, n[WD_ALARM_URGENT]));
  gtk_widget_class_bind_template_child_full (widget_class, "n_important", FALSE, G_STRUCT_OFFSET (WdAlarmBar, n[WD_ALARM_IMPORTANT]));
  gtk_widget_class_bind_template_child_full (widget_class, "n_ordinary", FALSE, G_STRUCT_OFFSET (WdAlarmBar, n[WD_ALARM_ORDINARY]));
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, rest);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, mark);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, what);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, countdown);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, detail);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, summary);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, note);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, act);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, act_words);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, act_key);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, look);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, silence_box);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, silence);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmBar, silence_words);
}

static void
wd_alarm_bar_init (WdAlarmBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_scale_wrap (self->what, 0);
  wd_text_scale_wrap (self->detail, 0);
  wd_text_scale_wrap (self->summary, 0);
  wd_text_scale_wrap (self->note, 0);
  wd_text_scale_fold (self->halves);
}

/* A label that has nothing to say takes no room. */
static void
set_words (GtkLabel *label, const char *words)
{
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
  if (words != NULL && g_strcmp0 (gtk_label_get_label (label), words) != 0)
    gtk_label_set_label (label, words);
}

/* The way to the list: three counts, how many are shelved; with nothing to count the journal, if there is one. */
static void
show_counts (WdAlarmBar *self, WdAlarmBook *book, gboolean any)
{
  guint               n_shelved = wd_alarm_book_list_shelved (book)->len;
  g_autofree char    *shelved = n_shelved > 0 ? g_strdup_printf (_ ("%u shelved"), n_shelved) : NULL;
  const char         *rest = shelved != NULL ? shelved : any ? NULL
                                                             : _ ("Alarm Journal");
  g_autoptr (GString) name = g_string_new (NULL);

  for (int priority = WD_ALARM_URGENT; priority < WD_ALARM_N_PRIORITIES; priority++)
    {
      guint            n = wd_alarm_book_count (book, priority);
      g_autofree char *digits = g_strdup_printf ("%u", n);

      if (any)
        g_string_append_printf (name, "%s%s %u", name->len > 0 ? _ (", ") : "", wd_alarm_priority_word (priority), n);
      set_words (self->n[priority], digits);
    }
  if (rest != NULL)
    g_string_append_printf (name, "%s%s", name->len > 0 ? _ (", ") : "", rest);
  gtk_widget_set_visible (self->counts, any);
  gtk_widget_set_visible (self->list_box, any || shelved != NULL || wd_alarm_book_list_over (book)->len > 0);
  set_words (self->rest, rest);
  if (g_strcmp0 (self->counted, name->str) == 0)
    return;
  g_free (self->counted);
  self->counted = g_strdup (name->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

/* Said once, and again when it is another one; in a storm what is not urgent is shown alone until the next summary. */
static void
say_sentence (WdAlarmBar *self, const char *what, const char *sentence, gboolean hold)
{
  set_words (self->what, what);
  if (hold || g_strcmp0 (self->sentence, sentence) == 0)
    return;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->what), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
show_nothing (WdAlarmBar *self)
{
  say_sentence (self, _ ("No alarm waits"), _ ("No alarm waits"), FALSE);
  gtk_widget_set_css_classes (GTK_WIDGET (self->what), (const char *[]){ "secondary", NULL });
  set_words (self->mark, NULL);
  set_words (self->countdown, NULL);
  gtk_label_set_label (self->detail, "");
  gtk_widget_set_visible (self->act, FALSE);
}

/* @key: whether the act has one, on whichever page. */
static void
show_act (WdAlarmBar *self, const char *act, gboolean key)
{
  gtk_widget_set_visible (self->act, act != NULL);
  gtk_widget_set_visible (self->act_key, key);
  if (act == NULL || g_strcmp0 (gtk_label_get_label (self->act_words), act) == 0)
    return;
  gtk_label_set_label (self->act_words, act);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->act), GTK_ACCESSIBLE_PROPERTY_LABEL, act, -1);
}

static void
show_alarm (WdAlarmBar *self, const WdAlarm *alarm, WdDesk *desk, gboolean hold)
{
  g_autofree char *what = wd_alarm_dup_what (alarm, desk);
  g_autofree char *detail = wd_alarm_dup_detail (alarm, desk);
  g_autofree char *sentence = wd_alarm_dup_sentence (alarm, desk);
  g_autofree char *countdown = wd_alarm_dup_countdown (alarm, wd_desk_now (desk));
  g_autofree char *rest = detail != NULL ? g_strconcat ("· ", detail, NULL) : g_strdup ("");
  g_autofree char *act = wd_alarm_dup_act (alarm, desk);

  say_sentence (self, what, sentence, hold && alarm->priority != WD_ALARM_URGENT);
  gtk_widget_set_css_classes (GTK_WIDGET (self->what), (const char *[]){ alarm->seen ? "seen" : "strong", NULL });
  set_words (self->mark, wd_alarm_mark (alarm->priority));
  gtk_widget_set_css_classes (GTK_WIDGET (self->mark), (const char *[]){ "alarm-mark", wd_alarm_class (alarm->priority), NULL });
  set_words (self->countdown, countdown);
  gtk_label_set_label (self->detail, rest);
  show_act (self, act, wd_alarm_is_own_order (alarm, desk));
}

static void
show_silence (WdAlarmBar *self, const WdAlarmBarSound *sound, gboolean any)
{
  gint64           left = (sound->silent_left + 999) / 1000;
  g_autofree char *words = left > 0 ? g_strdup_printf (_ ("Silent %02d:%02d"), (int)(left / 60), (int)(left % 60))
                                    : g_strdup_printf (ngettext ("Silence %u Minute", "Silence %u Minutes", sound->minutes), sound->minutes);
  guint            minutes = (guint)((left + 59) / 60);
  /* Changes once a minute: a screen reader is not to be talked to each second. */
  g_autofree char *name = left > 0 ? g_strdup_printf (ngettext ("End the Silence of %u More Minute", "End the Silence of %u More Minutes", minutes), minutes)
                                   : g_strdup (words);

  gtk_label_set_label (self->silence_words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->silence), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->silence_box, any || left > 0);
}

static void
show_note (WdAlarmBar *self, const WdAlarmBarSound *sound)
{
  const char *words = NULL;

  if (self->said != NULL && g_get_monotonic_time () - self->said_at > SAID_USEC)
    g_clear_pointer (&self->said, g_free);
  if (self->said != NULL)
    words = self->said;
  else if (!sound->heard)
    words = _ ("No sound on this computer: alarms are not heard");
  else if (sound->ringing)
    words = sound->until_seen ? _ ("ringing until it is seen") : _ ("ringing until it is seen to");
  if (g_strcmp0 (words, gtk_widget_get_visible (GTK_WIDGET (self->note)) ? gtk_label_get_label (self->note) : NULL) != 0)
    set_words (self->note, words);
}

void
wd_alarm_bar_show (WdAlarmBar *self, WdDesk *desk, WdAlarmBook *book, const WdAlarmStorm *storm, gboolean summary, const WdAlarmBarSound *sound)
{
  GPtrArray       *alarms = wd_alarm_book_list (book);
  gboolean         any = alarms->len > 0;
  g_autofree char *words = storm->on ? wd_alarm_dup_summary (storm) : NULL;

  gtk_widget_set_visible (self->look, any);
  show_counts (self, book, any);
  if (any)
    show_alarm (self, alarms->pdata[0], desk, storm->on && !summary);
  else
    show_nothing (self);
  set_words (self->summary, words);
  show_silence (self, sound, any);
  show_note (self, sound);
}

void
wd_alarm_bar_say (WdAlarmBar *self, const char *words)
{
  g_free (self->said);
  self->said = g_strdup (words);
  self->said_at = g_get_monotonic_time ();
  set_words (self->note, words);
}
