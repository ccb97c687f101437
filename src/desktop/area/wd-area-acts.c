/* wd-area-acts.c — giving a command about an outage or a case, and taking it back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-area-link.h"
#include "wd-format.h"
#include "wd-terms.h"
#include "wd-when.h"

#include <glib/gi18n.h>

/* @id: (transfer full) (nullable): of what was given */
static gboolean
offer (WdAreaPage *self, char *id, const char *done)
{
  g_auto (GStrv) given = g_new0 (char *, 2);

  given[0] = id;
  if (id == NULL)
    return FALSE;
  wd_undo_offer (self->undo, g_steal_pointer (&given), done);
  _wd_area_page_refresh (self);
  return TRUE;
}

const char *
_wd_area_page_give (WdAreaPage *self, WdVerb verb, const char *object, GVariant *members, const char *done)
{
  char *id = wd_undo_give (self->undo, verb, object, members, _wd_area_begun_version (self));

  if (id != NULL && wd_verb_info (verb)->flags & WD_VERB_CREATES)
    _wd_area_page_select (self, id, FALSE);
  return offer (self, id, done) ? id : NULL;
}

/* --- orders ---------------------------------------------------------------------------- */

gboolean
_wd_area_page_link (WdAreaPage *self, const char *const *ids, const char *area)
{
  g_autofree char *words = NULL;
  GStrv            sent = wd_area_link (self->desk, ids, area, &words);

  if (sent[0] != NULL)
    {
      wd_undo_offer (self->undo, sent, words);
      return TRUE;
    }
  g_strfreev (sent);
  wd_undo_say (self->overlay, words);
  return FALSE;
}

static GStrv
list_unlinked_inside (WdAreaPage *self, const char *area)
{
  g_autoptr (GPtrArray) inside = area != NULL ? wd_desk_list_orders_inside (self->desk, self->geojson) : NULL;

  return inside != NULL ? wd_area_pick_unlinked (self->desk, inside, area) : NULL;
}

/* Of what is drawn, while one draws: the key stands beside that number then. */
static void
link_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage      *self = WD_AREA_PAGE (widget);
  gboolean         drawing = self->purpose != WD_AREA_IDLE;
  WdAreaItem      *item = drawing ? NULL : _wd_area_page_get_item (self);
  g_autofree char *area = g_strdup (drawing ? self->about : self->selected);
  const char      *fault = drawing ? _wd_area_verdict_fault (self) : NULL;
  g_auto (GStrv)   ids = fault != NULL ? NULL : drawing    ? list_unlinked_inside (self, area)
                                            : item != NULL ? wd_area_list_unlinked (self->desk, item)
                                                           : NULL;

  if (fault != NULL)
    wd_undo_say (self->overlay, fault);
  else if (drawing && area == NULL)
    wd_undo_say (self->overlay, _ ("Orders can be linked to it once it is declared"));
  else if (ids == NULL || ids[0] == NULL)
    wd_undo_say (self->overlay, _ ("No open order inside that is not linked"));
  else
    {
      self->linked = _wd_area_page_link (self, (const char *const *)ids, area) && drawing;
      self->unlinked = FALSE;
      self->linked_turn = self->turn;
    }
}

/* --- outages ---------------------------------------------------------------------------- */

/* What is asked about: whatever is selected when it is answered. */
static void
remember (WdAreaPage *self, WdAskDialog *dialog)
{
  g_object_set_data_full (G_OBJECT (dialog), "outage", g_strdup (self->selected), g_free);
}

static const char *
get_asked (WdAskDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "outage");
}

/* When the water came back: since it went, up to now.  What was not touched is the moment at which it was shown. */
static gboolean
read_restored (WdAreaPage *self, WdAskDialog *dialog, gint64 *at)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  WdAreaItem           *item = wd_desk_get_area (self->desk, get_asked (dialog));
  const WdOutage       *outage = item != NULL ? wd_area_item_get_outage (item) : NULL;
  GtkEditable          *entry = g_object_get_data (G_OBJECT (dialog), "time");
  const char           *text = gtk_editable_get_text (entry);
  gint64                now = wd_desk_now (self->desk);

  if (outage == NULL)
    return FALSE;
  if (g_strcmp0 (text, g_object_get_data (G_OBJECT (entry), "shown")) == 0)
    {
      *at = MAX (MIN (*(const gint64 *)g_object_get_data (G_OBJECT (entry), "time"), now), outage->starts);
      return TRUE;
    }
  return wd_when_parse_past (text, now, zone, at) && *at >= outage->starts;
}

static void
restore_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_RESTORE_OUTAGE, get_asked (dialog), wd_members_of_text ("text", wd_ask_dialog_get_words (dialog)));

  if (read_restored (self, dialog, &command->at))
    offer (self, wd_undo_give_command (self->undo, command), _ ("Water is back"));
  else
    wd_undo_say (self->overlay, _ ("Not done: that one is over"));
}

static void
cancel_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  const gint64 *version = g_object_get_data (G_OBJECT (dialog), "version");

  offer (self, wd_undo_give (self->undo, WD_VERB_CANCEL_OUTAGE, get_asked (dialog), wd_members_of_text ("because", wd_ask_dialog_get_words (dialog)), *version), _ ("Outage cancelled"));
}

static void
ask (WdAreaPage *self, WdAskDialog *dialog, GCallback done)
{
  g_signal_connect_object (dialog, "done", done, self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restored_changed_cb (WdAskDialog *dialog)
{
  WdAreaPage *self = g_object_get_data (G_OBJECT (dialog), "page");
  gint64      at;
  gboolean    known = read_restored (self, dialog, &at);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "act", known);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (dialog), "problem"), !known);
}

/* R66: the real time is told; it may have been a while ago. */
static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage           *self = WD_AREA_PAGE (widget);
  WdAskDialog          *dialog = wd_ask_dialog_new (widget, _ ("Water Is Back"), _ ("The outage is over, on every desk, since the time that is written here."), _ ("Water Is Back"), _ ("Still Off"), _ ("Remark"), FALSE);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  gint64                now = wd_desk_now (self->desk);
  g_autofree char      *time = wd_format_moment (now, now, zone);
  GtkWidget            *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *entry = gtk_entry_new ();
  GtkWidget            *label = g_object_new (GTK_TYPE_LABEL, "label", _ ("_Restored at"), "use-underline", TRUE, "mnemonic-widget", entry, "xalign", 0.0, "css-classes", (const char *[]){ "secondary", NULL }, NULL);
  GtkWidget            *problem = g_object_new (GTK_TYPE_LABEL, "label", _ ("A time since the water went, up to now: 0930, today 8:15"), "xalign", 0.0, "wrap", TRUE, "visible", FALSE,
                                                "css-classes", (const char *[]){ "problem", NULL }, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), time);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_object_set_data_full (G_OBJECT (entry), "shown", g_steal_pointer (&time), g_free);
  g_object_set_data_full (G_OBJECT (entry), "time", g_memdup2 (&now, sizeof now), g_free);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), problem);
  wd_ask_dialog_add_facts (dialog, box);
  g_object_set_data (G_OBJECT (dialog), "time", entry);
  g_object_set_data (G_OBJECT (dialog), "problem", problem);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (restored_changed_cb), dialog, G_CONNECT_SWAPPED);
  remember (self, dialog);
  ask (self, dialog, G_CALLBACK (restore_cb));
}

/* Decided about the outage as it stands when it is asked: what others make of it meanwhile is not cancelled unseen. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage     *self = WD_AREA_PAGE (widget);
  WdAreaItem     *item = _wd_area_page_get_item (self);
  const WdOutage *outage = item != NULL ? wd_area_item_get_outage (item) : NULL;
  WdAskDialog    *dialog = wd_ask_dialog_new (widget, _ ("Cancel Outage"), _ ("It does not take place, or no longer. Why?"), _ ("Cancel Outage"), _ ("Don't Cancel"), _ ("Reason"), TRUE);
  gint64          version = _wd_area_begun_version (self);

  if (version == WD_INT_ABSENT && outage != NULL)
    version = outage->version;
  g_object_set_data_full (G_OBJECT (dialog), "version", g_memdup2 (&version, sizeof version), g_free);
  remember (self, dialog);
  ask (self, dialog, G_CALLBACK (cancel_cb));
}

/* --- quality cases --------------------------------------------------------------------------- */

/* Those of which one has to be named, since the place is in the territory of none: else nobody would ever come with the quality
 * centre (R69, P27).  Returns: (transfer container): NULL where the place says it */
static GPtrArray *
list_suppliers (WdAreaPage *self, WdPoint point)
{
  g_auto (GStrv)        there = wd_desk_list_territories (self->desk, &point);
  GListModel           *units = wd_desk_get_units (self->desk);
  g_autoptr (GPtrArray) suppliers = g_ptr_array_new ();

  for (char **code = there; *code != NULL; code++)
    if (wd_unit_item_get_unit (wd_desk_get_unit (self->desk, *code))->kind == WD_UNIT_KIND_SUPPLY)
      return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      const WdUnit          *unit = wd_unit_item_get_unit (item);

      if (unit->kind == WD_UNIT_KIND_SUPPLY && !unit->closed)
        g_ptr_array_add (suppliers, (gpointer)unit);
    }
  return suppliers->len > 0 ? g_steal_pointer (&suppliers) : NULL;
}

static void
ask_supplier (WdAskDialog *dialog, GPtrArray *suppliers)
{
  g_autoptr (GPtrArray)    names = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; i < suppliers->len; i++)
    {
      const WdUnit *unit = suppliers->pdata[i];

      g_ptr_array_add (names, unit->name);
      g_strv_builder_add (codes, unit->code);
    }
  g_ptr_array_add (names, NULL);
  wd_ask_dialog_require_choice (dialog, _ ("Supply company that comes"), (const char *const *)names->pdata);
  g_object_set_data_full (G_OBJECT (dialog), "suppliers", g_strv_builder_end (codes), (GDestroyNotify)g_strfreev);
}

/* What the page says goes with it: whatever is selected on the map when it is answered. */
typedef struct
{
  GStrv   orders;
  WdPoint point;
} Reported;

static void
reported_free (gpointer data)
{
  g_strfreev (((Reported *)data)->orders);
  g_free (data);
}

/* At the place of the first order that is selected on the map; without any, at the middle of the map. */
static Reported *
take_selected (WdAreaPage *self)
{
  const char *const *ids = wd_map_layer_get_selection (wd_map_view_get_layer (self->map));
  WdOrderItem       *first = ids[0] != NULL ? wd_desk_get_order (self->desk, ids[0]) : NULL;
  Reported          *reported = g_new (Reported, 1);

  reported->orders = first != NULL ? g_strdupv ((GStrv)ids) : g_new0 (char *, 1);
  reported->point = first != NULL ? wd_order_item_get_order (first)->point : wd_map_view_get_centre (self->map);
  return reported;
}

static void
report_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  const Reported *reported = g_object_get_data (G_OBJECT (dialog), "reported");
  char          **suppliers = g_object_get_data (G_OBJECT (dialog), "suppliers");
  GVariantDict    members;

  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "point", "(dd)", reported->point.lon, reported->point.lat);
  g_variant_dict_insert (&members, "text", "s", wd_ask_dialog_get_words (dialog));
  if (reported->orders[0] != NULL)
    g_variant_dict_insert (&members, "orders", "^as", reported->orders);
  if (suppliers != NULL)
    g_variant_dict_insert_value (&members, "units", g_variant_new_strv ((const char *const *)&suppliers[wd_ask_dialog_get_choice (dialog, 0)], 1));
  _wd_area_page_give (self, WD_VERB_REPORT_QUALITY, NULL, g_variant_dict_end (&members), _ ("Quality case opened"));
}

static void
report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage           *self = WD_AREA_PAGE (widget);
  Reported             *reported = take_selected (self);
  guint                 n = g_strv_length (reported->orders);
  g_autofree char      *body = n > 0 ? g_strdup_printf (ngettext ("With the %u order selected on the map, at its place.", "With the %u orders selected on the map, at the first one's place.", n), n)
                                     : g_strdup (_ ("At the middle of the map; orders selected on the map would go with it."));
  g_autoptr (GPtrArray) suppliers = list_suppliers (self, reported->point);
  g_autofree char      *asked = suppliers != NULL ? g_strdup_printf ("%s\n%s", body, _ ("The place is in no supply company's territory: choose which one comes.")) : g_strdup (body);
  WdAskDialog          *dialog = wd_ask_dialog_new (widget, _ ("Report Quality"), asked, _ ("Open the Case"), _ ("Open None"), _ ("What is wrong with the water"), TRUE);

  g_object_set_data_full (G_OBJECT (dialog), "reported", reported, reported_free);
  if (suppliers != NULL)
    ask_supplier (dialog, suppliers);
  ask (self, dialog, G_CALLBACK (report_cb));
}

static void
attend_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage *self = WD_AREA_PAGE (widget);

  _wd_area_page_give (self, WD_VERB_ATTEND_QUALITY, self->selected, NULL, _ ("Arrival noted"));
}

static void
conclude_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  const WdQuality *seen = g_object_get_data (G_OBJECT (dialog), "seen");
  WdAreaItem      *item = wd_desk_get_area (self->desk, seen->id);
  GVariantDict     members;

  if (item == NULL || !wd_quality_tells_the_same (seen, wd_area_item_get_quality (item)))
    {
      wd_undo_say (self->overlay, _ ("Not concluded: somebody else has changed this case. Look at it again."));
      return;
    }
  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "cause", "s", wd_ask_dialog_get_words (dialog));
  g_variant_dict_insert (&members, "area", "s", wd_area_item_get_area (item));
  g_variant_dict_insert (&members, "unlawful", "b", wd_ask_dialog_get_choice (dialog, 0) == 1);
  _wd_area_page_give (self, WD_VERB_CONCLUDE_QUALITY, seen->id, g_variant_dict_end (&members), _ ("Concluded: the outage follows at once"));
}

static void
conclude_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage  *self = WD_AREA_PAGE (widget);
  WdAreaItem  *item = _wd_area_page_get_item (self);
  WdAskDialog *dialog;

  if (item == NULL || wd_area_item_get_quality (item) == NULL || wd_area_item_get_area (item) == NULL)
    return;
  dialog = wd_ask_dialog_new (widget, _ ("Conclude"), _ ("The area is confirmed as it is drawn. It is an outage at once, the supply company closes valves, and every desk sees it."),
                              _ ("Confirm the Area"), _ ("Go On Investigating"), _ ("Cause"), TRUE);

  wd_ask_dialog_add_choice (dialog, _ ("Unlawful use"), (const char *const[]){ _ ("Unlawful use: no"), _ ("Unlawful use: yes"), NULL });
  g_object_set_data_full (G_OBJECT (dialog), "seen", wd_quality_copy (wd_area_item_get_quality (item)), (GDestroyNotify)wd_quality_free);
  ask (self, dialog, G_CALLBACK (conclude_cb));
}

void
_wd_area_page_install_acts (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "area.link-all", NULL, link_all_action);
  gtk_widget_class_install_action (klass, "area.restore", NULL, restore_action);
  gtk_widget_class_install_action (klass, "area.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (klass, "area.report-quality", NULL, report_action);
  gtk_widget_class_install_action (klass, "area.attend", NULL, attend_action);
  gtk_widget_class_install_action (klass, "area.conclude", NULL, conclude_action);
}
