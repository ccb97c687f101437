/* wd-area-begun.c — the outage or case that drawing began from, and what others made of it meanwhile
 *
 * A person judges what is seen: a revision or a draft is told against that, and says so to the server (`expect`).  Where somebody
 * else changed it since, that is shown and has to be taken over first; nothing of it is overwritten unseen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-format.h"
#include "wd-json.h"

#include <glib/gi18n.h>

/* As it stands now; NULL where nothing is at work on it. */
static WdAreaItem *
get_now (WdAreaPage *self)
{
  return self->begun != NULL || self->begun_case != NULL ? wd_desk_get_area (self->desk, self->about) : NULL;
}

gboolean
_wd_area_begun_is_overtaken (WdAreaPage *self)
{
  WdAreaItem *now = get_now (self);

  if (now == NULL)
    return FALSE;
  return self->begun != NULL ? !wd_outage_tells_the_same (self->begun, wd_area_item_get_outage (now))
                             : !wd_quality_tells_the_same (self->begun_case, wd_area_item_get_quality (now));
}

gint64
_wd_area_begun_version (WdAreaPage *self)
{
  return self->begun != NULL ? self->begun->version : self->begun_case != NULL ? self->begun_case->version
                                                                               : WD_INT_ABSENT;
}

void
_wd_area_begun_name (WdAreaPage *self)
{
  const char      *whole = self->begun != NULL ? self->begun->number : self->begun_case != NULL ? self->begun_case->number
                                                                                                : NULL;
  g_autofree char *number = whole != NULL ? wd_format_number (whole) : NULL;
  g_autofree char *words = number != NULL ? g_strdup_printf (_ ("%1$s · from version %2$d"), number, (int)_wd_area_begun_version (self)) : g_strdup ("");

  gtk_label_set_label (self->editor_about, words);
}

/* The words only: the button stays, since a hand may be on it. */
static void
show_overtaken (WdAreaPage *self)
{
  GtkWidget *changes = GTK_WIDGET (self->changes), *child;

  gtk_label_set_text (self->overtaken_title, self->begun != NULL ? _ ("Somebody else has revised this outage")
                                                                 : _ ("Somebody else has changed this case"));
  while ((child = gtk_widget_get_first_child (changes)) != NULL)
    gtk_box_remove (self->changes, child);
  if (self->begun != NULL)
    _wd_area_add_changes (self, changes, self->begun, wd_area_item_get_outage (get_now (self)));
  else
    {
      _wd_area_add_line (changes, _ ("State"), wd_area_state (get_now (self)));
      _wd_area_add_line (changes, _ ("Area"), _ ("drawn anew"));
    }
}

/* On the map, where it is another shape than the one that drawing began from.  @area: (nullable) */
static void
show_theirs (WdAreaPage *self, const char *area)
{
  const WdQuality        *quality = self->begun_case;
  const char             *seen = self->begun != NULL ? self->begun->area : quality == NULL           ? NULL
                                                                       : quality->draft_area != NULL ? quality->draft_area
                                                                                                     : quality->area;
  g_autoptr (GArray)      starts = NULL;
  g_autoptr (GPtrArray)   rings = area != NULL && g_strcmp0 (area, seen) != 0 ? wd_geometry_rings (area, &starts, NULL) : NULL;
  g_autoptr (WdAreaShape) theirs = rings != NULL ? wd_area_shape_new (WD_AREA_EMERGENCY, rings, starts) : NULL;

  wd_sketch_layer_set_theirs (self->layer, theirs);
  gtk_widget_set_visible (GTK_WIDGET (self->theirs), theirs != NULL);
}

/* The desk has heard of a change. */
static void
follow_cb (WdAreaPage *self)
{
  WdAreaItem *now = get_now (self);
  gboolean    overtaken = _wd_area_begun_is_overtaken (self);

  if (now == NULL)
    return;
  if (overtaken)
    show_overtaken (self);
  else if (self->begun != NULL)
    self->begun->version = wd_area_item_get_outage (now)->version;
  else
    self->begun_case->version = wd_area_item_get_quality (now)->version;
  _wd_area_begun_name (self);
  show_theirs (self, overtaken ? wd_area_item_get_area (now) : NULL);
  gtk_widget_set_visible (self->overtaken, overtaken);
  _wd_area_editor_judge (self);
}

static void
take_over_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage          *self = WD_AREA_PAGE (widget);
  WdAreaItem          *now = get_now (self);
  g_autoptr (WdOutage) before = NULL;

  if (now == NULL)
    return;
  before = g_steal_pointer (&self->begun);
  _wd_area_begun_take (self, now);
  show_theirs (self, NULL);
  gtk_widget_set_visible (self->overtaken, FALSE);
  if (before != NULL)
    _wd_area_form_merge (self, before);
  _wd_area_begun_name (self);
  _wd_area_editor_take (self, wd_area_item_get_area (now));
  _wd_area_editor_changed (self);
  _wd_area_editor_take_focus (self);
}

void
_wd_area_begun_take (WdAreaPage *self, WdAreaItem *item)
{
  const WdOutage  *outage = self->purpose == WD_AREA_REVISE && item != NULL ? wd_area_item_get_outage (item) : NULL;
  const WdQuality *quality = self->purpose == WD_AREA_DETERMINE && item != NULL ? wd_area_item_get_quality (item) : NULL;

  self->begun = outage != NULL ? wd_outage_copy (outage) : NULL;
  g_clear_pointer (&self->begun_case, wd_quality_free);
  self->begun_case = quality != NULL ? wd_quality_copy (quality) : NULL;
}

/* What changes are shown against: an outage as it was told, a case's area as it was confirmed. */
static const char *
get_before (WdAreaPage *self)
{
  return self->begun != NULL ? self->begun->area : self->begun_case != NULL ? self->begun_case->area
                                                                            : NULL;
}

void
_wd_area_begun_show (WdAreaPage *self)
{
  const char             *area = get_before (self);
  g_autoptr (GArray)      starts = NULL;
  g_autoptr (GPtrArray)   rings = area != NULL ? wd_geometry_rings (area, &starts, NULL) : NULL;
  g_autoptr (WdAreaShape) before = rings != NULL ? wd_area_shape_new (WD_AREA_EMERGENCY, rings, starts) : NULL;

  g_free (self->published);
  self->published = g_strdup (before != NULL ? area : NULL);
  wd_sketch_layer_set_published (self->layer, before);
  gtk_widget_set_visible (GTK_WIDGET (self->told), before != NULL);
  gtk_widget_set_visible (self->count_changes, before != NULL);
  _wd_area_count_begin (self);
}

char *
_wd_area_begun_write (WdAreaPage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->begun == NULL && self->begun_case == NULL)
    return NULL;
  wd_record_append_json (text, self->begun != NULL ? &wd_outage_type : &wd_quality_type, self->begun != NULL ? (gconstpointer)self->begun : self->begun_case, WD_JSON_ALL);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* In the place of what stands now, which is compared with it. */
void
_wd_area_begun_read (WdAreaPage *self, const char *text)
{
  gpointer seen = wd_record_from_texts (self->begun != NULL ? &wd_outage_type : &wd_quality_type, text, text, NULL);

  if (seen == NULL)
    return;
  if (self->begun != NULL)
    {
      wd_outage_free (self->begun);
      self->begun = seen;
      _wd_area_editor_take (self, self->begun->area);
    }
  else
    {
      wd_quality_free (self->begun_case);
      self->begun_case = seen;
    }
  follow_cb (self);
}

void
_wd_area_begun_end (WdAreaPage *self)
{
  g_clear_pointer (&self->begun, wd_outage_free);
  g_clear_pointer (&self->begun_case, wd_quality_free);
  show_theirs (self, NULL);
  gtk_widget_set_visible (self->overtaken, FALSE);
}

void
_wd_area_begun_make (WdAreaPage *self, GtkWidget *box)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->overtaken = card;
  self->overtaken_title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                        "css-classes", (const char *[]){ "problem", "strong", NULL }, NULL);
  self->changes = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (card, "area-card");
  gtk_widget_set_visible (card, FALSE);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->overtaken_title));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->changes));
  _wd_area_add_button (card, _ ("Take It Over"), "area.take-over", FALSE);
  gtk_widget_set_tooltip_text (gtk_widget_get_last_child (card), _ ("What you changed yourself stays as you have it"));
  gtk_box_append (GTK_BOX (box), card);
  g_signal_connect_object (self->desk, "areas-changed", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
}

void
_wd_area_begun_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "area.take-over", NULL, take_over_action);
}
