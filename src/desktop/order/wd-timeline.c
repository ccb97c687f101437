/* wd-timeline.c — what happened, newest on top
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-timeline.h"

#include "wd-format.h"

#include <glib/gi18n.h>

#define LATE_ENTRY_MS 5000 /* two times that differ by less are one */

typedef enum
{
  SHOW_ALL,
  SHOW_STATES,
  SHOW_NOTES
} Show;

struct _WdTimeline
{
  AdwBin parent_instance;

  GtkListBox      *list;
  GtkToggleButton *filters[3];
  GPtrArray       *entries;
  GTimeZone       *zone;
};

G_DEFINE_FINAL_TYPE (WdTimeline, wd_timeline, ADW_TYPE_BIN)

void
wd_timeline_entry_free (WdTimelineEntry *entry)
{
  g_free (entry->act);
  g_free (entry->who);
  g_free (entry->detail);
  g_free (entry);
}

static GtkWidget *
make_label (const char *text, const char *css_class, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* The dot on its line. */
static GtkWidget *
make_dot (const WdTimelineEntry *entry)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *dot = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_label_set_label (GTK_LABEL (dot), entry->unconfirmed               ? "◌"
                                        : entry->kind == WD_ENTRY_BREACH ? "◆"
                                        : entry->kind == WD_ENTRY_START  ? "○"
                                                                         : "●");
  gtk_widget_set_valign (dot, GTK_ALIGN_START);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (dot, "dot");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), line);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), dot);
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (overlay), dot, TRUE); /* it grows with the text */
  gtk_widget_set_size_request (overlay, 20, -1);
  return overlay;
}

static char *
late_words (WdTimeline *self, const WdTimelineEntry *entry)
{
  g_autofree char *time = NULL;

  if (entry->entered_at == 0 || entry->entered_at - entry->at < LATE_ENTRY_MS)
    return NULL;
  time = wd_format_time (entry->entered_at, self->zone);
  /* Translators: what happened was written down only later, at that time. */
  return g_strdup_printf (_ ("entered late %s"), time);
}

/* What stays of an entry while more comes to be known of it. */
static char *
identity_of (const WdTimelineEntry *entry)
{
  return g_strdup_printf ("%d %" G_GINT64_FORMAT " %s %s", entry->kind, entry->at, entry->act, entry->who);
}

static void
add_tag (GtkWidget *head, GString *words, const char *text)
{
  GtkWidget *tag = make_label (text, "tag", FALSE);

  gtk_widget_add_css_class (tag, "dashed");
  gtk_box_append (GTK_BOX (head), tag);
  g_string_append_printf (words, _ (", %s"), text);
}

/* Nothing where it says it already. */
static void
fill_row (WdTimeline *self, GtkWidget *row, const WdTimelineEntry *entry)
{
  g_autofree char    *time = wd_format_time (entry->at, self->zone);
  g_autofree char    *late = late_words (self, entry);
  g_autoptr (GString) words = g_string_new (time);
  GtkWidget          *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkWidget          *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget          *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget          *when = make_label (time, "strong", FALSE);

  gtk_widget_set_valign (when, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), make_label (entry->act, "strong", FALSE));
  gtk_box_append (GTK_BOX (head), make_label (entry->who, "secondary", FALSE));
  g_string_append_printf (words, _ (", %s"), entry->act);
  g_string_append_printf (words, _ (", %s"), entry->who);
  if (late != NULL)
    add_tag (head, words, late);
  if (entry->unconfirmed)
    add_tag (head, words, _ ("not yet sent"));
  gtk_box_append (GTK_BOX (body), head);
  if (entry->detail != NULL && *entry->detail != '\0')
    {
      gtk_box_append (GTK_BOX (body), make_label (entry->detail, "detail", TRUE));
      g_string_append_printf (words, _ (", %s"), entry->detail);
    }
  gtk_widget_set_hexpand (body, TRUE);
  gtk_widget_set_margin_bottom (body, 20);
  gtk_box_append (GTK_BOX (box), when);
  gtk_box_append (GTK_BOX (box), make_dot (entry));
  gtk_box_append (GTK_BOX (box), body);
  if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "words"), words->str) != 0)
    {
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
      g_object_set_data_full (G_OBJECT (row), "words", g_strdup (words->str), g_free);
    }
  g_object_unref (box);
}

static GtkWidget *
make_row (const WdTimelineEntry *entry, const char *identity)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_name (row, identity);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (entry->kind == WD_ENTRY_BREACH)
    gtk_widget_add_css_class (row, "breach");
  return row;
}

static gboolean
is_shown (WdTimeline *self, const WdTimelineEntry *entry)
{
  if (gtk_toggle_button_get_active (self->filters[SHOW_STATES]))
    return entry->kind != WD_ENTRY_NOTE && entry->kind != WD_ENTRY_OTHER;
  if (gtk_toggle_button_get_active (self->filters[SHOW_NOTES]))
    return entry->kind == WD_ENTRY_NOTE;
  return TRUE;
}

static GtkWidget *
find_row (GtkWidget *row, const char *identity)
{
  while (row != NULL && !g_str_equal (gtk_widget_get_name (row), identity))
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* Removes the rows from @row up to @end. */
static void
remove_rows (WdTimeline *self, GtkWidget *row, GtkWidget *end)
{
  while (row != end)
    {
      GtkWidget *gone = row;

      row = gtk_widget_get_next_sibling (row);
      gtk_list_box_remove (self->list, gone);
    }
}

/* What stands stays, and with it the focus and how far one has scrolled. */
static void
fill (WdTimeline *self)
{
  GtkWidget       *at = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  int              place = 0;
  g_autofree char *all = NULL;

  for (guint i = self->entries != NULL ? self->entries->len : 0; i > 0; i--)
    {
      const WdTimelineEntry *entry = self->entries->pdata[i - 1];
      g_autofree char       *identity = is_shown (self, entry) ? identity_of (entry) : NULL;
      GtkWidget             *row = identity != NULL ? find_row (at, identity) : NULL;

      if (identity == NULL)
        continue;
      if (row != NULL)
        {
          remove_rows (self, at, row);
          at = gtk_widget_get_next_sibling (row);
        }
      else
        gtk_list_box_insert (self->list, row = make_row (entry, identity), place);
      fill_row (self, row, entry);
      place++;
    }
  remove_rows (self, at, NULL);
  all = g_strdup_printf (_ ("All %u"), self->entries != NULL ? self->entries->len : 0);
  gtk_button_set_label (GTK_BUTTON (self->filters[SHOW_ALL]), all);
}

static void
wd_timeline_dispose (GObject *object)
{
  WdTimeline *self = WD_TIMELINE (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (wd_timeline_parent_class)->dispose (object);
}

static void
wd_timeline_class_init (WdTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_timeline_dispose;
}

static GtkWidget *
make_head (WdTimeline *self)
{
  static const char *const names[] = { N_ ("All"), N_ ("Only states"), N_ ("Only notes") };
  GtkWidget               *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget               *title = make_label (_ ("What happened"), "title", FALSE);
  GtkWidget               *choice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (choice, "linked");
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  for (int i = 0; i < 3; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (names[i]));

      self->filters[i] = GTK_TOGGLE_BUTTON (button);
      gtk_widget_add_css_class (button, "choice");
      gtk_toggle_button_set_group (self->filters[i], i > 0 ? self->filters[0] : NULL);
      gtk_box_append (GTK_BOX (choice), button);
    }
  gtk_toggle_button_set_active (self->filters[SHOW_ALL], TRUE);
  for (int i = 0; i < 3; i++)
    g_signal_connect_object (self->filters[i], "toggled", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), choice);
  gtk_widget_add_css_class (head, "pane-head");
  return head;
}

static void
wd_timeline_init (WdTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "timeline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What happened, newest first"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_widget_set_focusable (scroll, FALSE);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), scroll);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
wd_timeline_show (WdTimeline *self, GPtrArray *entries, GTimeZone *zone)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->entries = g_ptr_array_ref (entries);
  self->zone = g_time_zone_ref (zone);
  fill (self);
}
