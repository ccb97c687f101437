/* wd-area-facts.c — an outage in words, the orders inside, and what may be done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-area-link.h"
#include "wd-box-merge.h"
#include "wd-format.h"
#include "wd-json.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define MAX_LISTED 12
#define MAX_CRITICAL 8

GtkWidget *
_wd_area_card (WdAreaPage *self, const char *name, const char *title, const char *beside)
{
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *words = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE, "css-classes", (const char *[]){ "title", NULL }, NULL);
  g_autofree char *whole = g_strdup_printf ("%s of %s", name, self->selected); /* a press that began at another one is none here */

  gtk_widget_set_name (card, whole);
  gtk_widget_add_css_class (card, "area-card");
  gtk_box_append (GTK_BOX (head), words);
  if (beside != NULL)
    gtk_box_append (GTK_BOX (head), g_object_new (GTK_TYPE_LABEL, "label", beside, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (self->facts, card);
  return card;
}

void
_wd_area_add_line (GtkWidget *card, const char *name, const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  if (words == NULL || *words == '\0')
    return;
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "yalign", 0.0, "width-request", 84,
                                                "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL));
  gtk_box_append (GTK_BOX (card), line);
}

GtkWidget *
_wd_area_add_button (GtkWidget *box, const char *label, const char *action, gboolean filled)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_css_classes (button, (const char *[]){ filled ? "act" : "plain", "small", NULL });
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* For what comes after the first ones of a list: all of it is there, to be unfolded.  @words: as a screen reader says it too */
static GtkWidget *
add_fold (GtkWidget *box, const char *words)
{
  GtkWidget *rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *expander = gtk_expander_new (words);

  gtk_widget_set_margin_top (rest, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), rest);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (GTK_BOX (box), expander);
  return rest;
}

/* --- orders inside ---------------------------------------------------------------------- */

/* Those that hang on it first: a case's own calls are not lost among all others there. */
static GPtrArray *
list_linked_first (WdAreaPage *self, WdAreaItem *item)
{
  g_autoptr (GPtrArray) inside = wd_desk_list_orders_inside_area (self->desk, item);
  GPtrArray            *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (int linked = TRUE; linked >= FALSE; linked--)
    for (guint i = 0; i < inside->len; i++)
      if (wd_desk_is_linked (self->desk, inside->pdata[i], wd_area_item_get_id (item)) == linked)
        g_ptr_array_add (sorted, g_object_ref (inside->pdata[i]));
  return sorted;
}

void
_wd_area_add_orders (WdAreaPage *self, WdAreaItem *item)
{
  g_autoptr (GPtrArray) inside = list_linked_first (self, item);
  g_auto (GStrv)        unlinked = wd_area_list_unlinked (self->desk, item);
  g_autofree char      *title = g_strdup_printf (_ ("Open orders inside %u"), inside->len);
  g_autofree char      *more = g_strdup_printf (_ ("and %u more orders"), inside->len - MIN (inside->len, MAX_LISTED));
  g_autofree char      *beside = g_strdup_printf (_ ("not linked %u"), g_strv_length (unlinked));
  GtkWidget            *card = _wd_area_card (self, "orders", title, beside), *box = card;

  for (guint i = 0; i < inside->len; i++)
    {
      const WdOrder   *order = wd_order_item_get_order (inside->pdata[i]);
      g_autofree char *number = wd_format_number (order->number);
      g_autofree char *words = g_strdup_printf ("%s · %s", order->text != NULL ? order->text : "",
                                                wd_desk_is_linked (self->desk, inside->pdata[i], wd_area_item_get_id (item)) ? _ ("linked") : wd_term_state (order->state));

      if (i == MAX_LISTED)
        box = add_fold (card, more);
      _wd_area_add_line (box, number, words);
    }
  if (unlinked[0] != NULL && wd_area_item_is_open (item) && wd_desk_may_give (self->desk, WD_VERB_LINK, unlinked[0], NULL))
    gtk_widget_set_halign (_wd_area_add_button (card, _ ("Link All  Ctrl+L"), "area.link-all", FALSE), GTK_ALIGN_END);
}

/* --- an outage ------------------------------------------------------------------------------ */

void
_wd_area_add_critical (GtkWidget *box, JsonArray *list)
{
  guint            n = json_array_get_length (list);
  g_autofree char *more = g_strdup_printf (_ ("and %u more"), n - MIN (n, MAX_CRITICAL));

  for (guint i = 0; i < n; i++)
    {
      JsonObject *one = JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)) ? json_array_get_object_element (list, i) : NULL;

      if (i == MAX_CRITICAL)
        box = add_fold (box, more);
      if (one != NULL)
        _wd_area_add_line (box, wd_area_class (json_object_get_string_member_with_default (one, "class", NULL)),
                           json_object_get_string_member_with_default (one, "address", ""));
    }
}

static void
add_critical (WdAreaPage *self, const char *affected)
{
  g_autoptr (JsonNode) root = affected != NULL ? wd_json_parse (affected, -1, NULL) : NULL;
  JsonNode            *node = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "critical") : NULL;
  JsonArray           *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint                n = list != NULL ? json_array_get_length (list) : 0;
  g_autofree char     *title = g_strdup_printf (_ ("Critical customers %u — to be telephoned first"), n);
  GtkWidget           *card = n > 0 ? _wd_area_card (self, "critical", title, NULL) : NULL;

  if (card != NULL)
    _wd_area_add_critical (card, list);
}

const char *
_wd_area_effect (WdOutageEffect effect)
{
  return effect == WD_OUTAGE_NO_WATER ? _ ("no water") : effect == WD_OUTAGE_LOW_PRESSURE ? _ ("low pressure")
                                                                                          : NULL;
}

static void
show_outage (WdAreaPage *self, WdAreaItem *item, const WdOutage *outage)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  gint64                now = wd_desk_now (self->desk);
  g_autofree char      *number = wd_format_number (outage->number), *title = wd_area_title (item);
  g_autofree char      *starts = wd_format_moment (outage->starts, now, zone);
  g_autofree char      *expected = outage->expected != 0 ? wd_format_moment (outage->expected, now, zone) : NULL;
  g_autofree char      *restored = outage->restored_at != 0 ? wd_format_moment (outage->restored_at, now, zone) : NULL;
  g_autofree char      *pipe = outage->pipe_mm > 0 ? g_strdup_printf ("DN%d", (int)outage->pipe_mm) : NULL;
  g_autofree char      *calls = outage->calls > 0 ? wd_format_count (outage->calls) : NULL;
  WdAffected            affected = wd_affected_read (outage->affected);
  g_autofree char      *inside = wd_affected_describe (&affected);
  WdUnitItem           *unit = outage->unit != NULL ? wd_desk_get_unit (self->desk, outage->unit) : NULL;
  GtkWidget            *card = _wd_area_card (self, "outage", title, number), *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char           *id = wd_area_item_get_id (item);

  if (outage->late_notice)
    gtk_box_append (GTK_BOX (card), g_object_new (GTK_TYPE_LABEL, "label", _ ("late notice: told less than 48 hours ahead"), "halign", GTK_ALIGN_START,
                                                  "css-classes", (const char *[]){ "tag", "warn", NULL }, NULL));
  _wd_area_add_line (card, _ ("State"), wd_area_item_is_unconfirmed (item) ? _ ("not yet at the server") : wd_area_state (item));
  _wd_area_add_line (card, _ ("Starts"), starts);
  _wd_area_add_line (card, _ ("Expected back"), expected != NULL ? expected : _ ("no time known yet"));
  _wd_area_add_line (card, _ ("Restored"), restored);
  _wd_area_add_line (card, _ ("Affected"), inside);
  _wd_area_add_line (card, _ ("Effect"), _wd_area_effect (outage->effect));
  _wd_area_add_line (card, _ ("Pipe"), pipe);
  _wd_area_add_line (card, _ ("Extent"), outage->extent);
  _wd_area_add_line (card, _ ("Answers for it"), unit != NULL ? wd_unit_item_get_unit (unit)->name : NULL);
  _wd_area_add_line (card, _ ("Further calls"), calls);
  if (outage->quality != NULL)
    _wd_area_add_line (card, _ ("Born of"), _ ("a quality case: the quality centre alone determines its area"));
  gtk_widget_set_name (acts, "acts"); /* no line that comes in between becomes it: a press that is on its way would be lost */
  if (wd_desk_may_give (self->desk, WD_VERB_REVISE_OUTAGE, id, NULL))
    _wd_area_add_button (acts, _ ("Revise…"), "area.revise", FALSE);
  if (wd_desk_may_give (self->desk, WD_VERB_RESTORE_OUTAGE, id, NULL))
    _wd_area_add_button (acts, _ ("Water Is Back…"), "area.restore", FALSE);
  if (wd_desk_may_give (self->desk, WD_VERB_CANCEL_OUTAGE, id, NULL))
    _wd_area_add_button (acts, _ ("Cancel Outage…"), "area.cancel", FALSE);
  gtk_box_append (GTK_BOX (card), acts);
  add_critical (self, outage->affected);
  if (wd_area_item_get_area (item) != NULL)
    _wd_area_add_orders (self, item);
}

/* --- whichever is selected ---------------------------------------------------------------------- */

void
_wd_area_page_show_facts (WdAreaPage *self)
{
  WdAreaItem           *item = _wd_area_page_get_item (self);
  GtkBox               *shown = self->facts;
  g_autoptr (GtkWidget) wanted = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  self->facts = GTK_BOX (wanted);
  if (item != NULL && wd_area_item_get_outage (item) != NULL)
    show_outage (self, item, wd_area_item_get_outage (item));
  else if (item != NULL && wd_area_item_get_quality (item) != NULL)
    _wd_area_page_show_quality (self, item, wd_area_item_get_quality (item));
  else
    gtk_box_append (self->facts, g_object_new (GTK_TYPE_LABEL, "label", _ ("Select an outage or a case; a click on its label on the map does it too."), "wrap", TRUE,
                                               "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  self->facts = shown;
  wd_box_merge (shown, GTK_BOX (wanted));
}
