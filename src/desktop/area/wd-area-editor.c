/* wd-area-editor.c — drawing an area: tools, steps, begin and end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-json.h"

#include <glib/gi18n.h>

/* --- may it be given? ------------------------------------------------------------------ */

void
_wd_area_editor_judge (WdAreaPage *self)
{
  const char          *missing = NULL;
  g_autoptr (GVariant) members = self->purpose != WD_AREA_IDLE ? _wd_area_form_read (self, &missing) : NULL;
  const char          *fault = _wd_area_verdict_fault (self), *why = fault != NULL ? fault : missing;

  if (members != NULL)
    g_variant_ref_sink (members);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "area.give", self->purpose != WD_AREA_IDLE && why == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)));
  gtk_widget_set_tooltip_text (self->give, why);
  gtk_label_set_label (self->follows, why != NULL ? why : self->purpose == WD_AREA_DETERMINE ? _ ("Staff see it as under investigation; it is never published. Conclude… confirms it, and the outage follows.")
                                                                                             : _ ("Every desk sees it at once; nothing leaves the house before a notice is published."));
}

static void
show_steps (WdAreaPage *self)
{
  gtk_widget_set_sensitive (self->undo_button, wd_sketch_can_undo (self->sketch));
  gtk_widget_set_sensitive (self->redo_button, wd_sketch_can_redo (self->sketch));
  self->filling = TRUE;
  gtk_toggle_button_set_active (self->tool_buttons[wd_sketch_layer_get_tool (self->layer)], TRUE);
  self->filling = FALSE;
}

void
_wd_area_editor_changed (WdAreaPage *self)
{
  show_steps (self);
  _wd_area_verdict_ask (self);
  _wd_area_draft_changed (self);
}

/* --- begin and end ------------------------------------------------------------------------- */

void
_wd_area_editor_say_corner (WdAreaPage *self)
{
  guint            current = wd_sketch_layer_get_current (self->layer);
  const char      *counted = gtk_label_get_label (self->count);
  g_autofree char *words = NULL;

  if (current == 0 || self->sketch == NULL)
    return;
  words = g_strdup_printf (_ ("Corner %1$u of %2$u, affected %3$s"), current, wd_sketch_get_n_corners (self->sketch), counted);
  wd_sketch_layer_say (self->layer, words);
}

const char *
_wd_area_editor_title (WdAreaPurpose purpose)
{
  switch (purpose)
    {
    case WD_AREA_DECLARE: return _ ("Declare Outage");
    case WD_AREA_REVISE: return _ ("Revise Outage");
    case WD_AREA_DETERMINE: return _ ("Determine Area");
    case WD_AREA_IDLE:
    default: return "";
    }
}

void
_wd_area_editor_take (WdAreaPage *self, const char *area)
{
  gboolean              drawn = wd_sketch_can_undo (self->sketch);
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = area != NULL ? wd_geometry_rings (area, &starts, NULL) : NULL;

  _wd_area_begun_show (self);
  if (drawn || rings == NULL)
    return;
  wd_sketch_set (self->sketch, rings, starts);
  wd_sketch_settle (self->sketch);
  wd_sketch_layer_refresh (self->layer);
}

/* The area of an outage that came of a quality case is the quality centre's alone, by the case (R71): all else can be revised. */
static gboolean
is_locked (WdAreaPage *self)
{
  return self->begun != NULL && self->begun->quality != NULL;
}

void
_wd_area_editor_take_focus (WdAreaPage *self)
{
  gtk_widget_grab_focus (is_locked (self) ? GTK_WIDGET (self->because) : GTK_WIDGET (self->layer));
}

void
_wd_area_editor_begin (WdAreaPage *self, WdAreaPurpose purpose, const char *about)
{
  g_autofree char *kept = g_strdup (about);
  WdAreaItem      *item = about != NULL ? wd_desk_get_area (self->desk, about) : NULL;
  gboolean         planned, locked;

  _wd_area_editor_end (self);
  self->purpose = purpose;
  self->about = g_steal_pointer (&kept);
  self->sketch = wd_sketch_new ();
  _wd_area_draft_begin (self, NULL);
  _wd_area_begun_take (self, item);
  planned = self->begun != NULL && self->begun->nature == WD_OUTAGE_PLANNED;
  locked = is_locked (self); /* then it stands on the map as it does for everybody */
  wd_sketch_layer_begin (self->layer, locked ? NULL : self->sketch, purpose == WD_AREA_DETERMINE ? WD_AREA_DRAFT : planned ? WD_AREA_PLANNED
                                                                                                                           : WD_AREA_EMERGENCY,
                         NULL);
  _wd_area_editor_take (self, item != NULL ? wd_area_item_get_area (item) : NULL);
  _wd_area_snap_begin (self);
  wd_area_layer_set_hidden (wd_map_view_get_areas (self->map), locked ? NULL : self->about);
  gtk_widget_set_visible (self->list_pane, FALSE);
  gtk_widget_set_visible (self->tools, !locked);
  gtk_widget_set_visible (self->locked, locked);
  gtk_label_set_label (self->editor_title, _wd_area_editor_title (purpose));
  _wd_area_begun_name (self);
  gtk_stack_set_visible_child_name (self->side, "editor");
  _wd_area_form_fill (self);
  if (purpose != WD_AREA_REVISE && wd_sketch_get_n_rings (self->sketch) == 0)
    wd_sketch_layer_set_tool (self->layer, WD_SKETCH_TOOL_PART);
  _wd_area_editor_changed (self);
  _wd_area_editor_take_focus (self);
}

void
_wd_area_editor_end (WdAreaPage *self)
{
  if (self->purpose == WD_AREA_IDLE)
    return;
  self->purpose = WD_AREA_IDLE;
  _wd_area_draft_end (self);
  _wd_area_verdict_end (self);
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_cancellable_cancel (self->counting);
  wd_sketch_layer_begin (self->layer, NULL, WD_AREA_EMERGENCY, NULL);
  _wd_area_snap_end (self);
  g_clear_pointer (&self->sketch, wd_sketch_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->published, g_free);
  _wd_area_begun_end (self);
  wd_area_layer_set_hidden (wd_map_view_get_areas (self->map), NULL);
  gtk_widget_set_visible (self->list_pane, TRUE);
  gtk_widget_set_visible (self->tools, FALSE);
  gtk_stack_set_visible_child_name (self->side, "facts");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "area.give", FALSE);
  self->filling = TRUE; /* what takes the focus in a newer list is selected by it */
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  self->filling = FALSE;
  _wd_area_page_refresh (self);
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
begin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage *self = WD_AREA_PAGE (widget);

  if (g_str_equal (name, "area.declare"))
    _wd_area_editor_begin (self, WD_AREA_DECLARE, NULL);
  else
    _wd_area_editor_begin (self, g_str_equal (name, "area.revise") ? WD_AREA_REVISE : WD_AREA_DETERMINE, self->selected);
}

static void
give_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage *self = WD_AREA_PAGE (widget);

  if (self->purpose == WD_AREA_DETERMINE) /* a draft is not published: it is confirmed when the case is concluded */
    _wd_area_form_give (self);
  else if (self->purpose != WD_AREA_IDLE)
    _wd_area_confirm (self);
}

typedef struct
{
  void (*go_on) (gpointer data); /* (nullable) */
  gpointer data;
} Rest;

static void
discard_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  const Rest *rest = g_object_get_data (G_OBJECT (dialog), "rest");

  _wd_area_editor_end (self);
  if (rest->go_on != NULL)
    rest->go_on (rest->data);
}

gboolean
_wd_area_editor_holds_something (WdAreaPage *self)
{
  return self->purpose != WD_AREA_IDLE && (wd_sketch_can_undo (self->sketch) || _wd_area_form_is_touched (self));
}

WdAskDialog *
_wd_area_editor_ask_to_discard (WdAreaPage *self)
{
  WdAskDialog *dialog = wd_ask_dialog_new (GTK_WIDGET (self), _ ("Discard What Is Drawn?"), _ ("The shape and what was written beside it are not given yet; thrown away, they are gone."), _ ("Discard"),
                                           _ ("Go On Drawing"), NULL, FALSE);

  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "act", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "leave");
  return dialog;
}

static void
ask_to_discard (WdAreaPage *self, Rest rest)
{
  WdAskDialog *dialog = _wd_area_editor_ask_to_discard (self);

  g_object_set_data_full (G_OBJECT (dialog), "rest", g_memdup2 (&rest, sizeof rest), g_free);
  g_signal_connect_object (dialog, "done", G_CALLBACK (discard_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
_wd_area_editor_ask_before_end (WdPage *page, void (*go_on) (gpointer data), gpointer data)
{
  if (!_wd_area_editor_holds_something (WD_AREA_PAGE (page)))
    return FALSE;
  ask_to_discard (WD_AREA_PAGE (page), (Rest){ go_on, data });
  return TRUE;
}

/* Esc ends a tool first (the layer's own key), then the editor, then the page. */
static void
leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage *self = WD_AREA_PAGE (widget);

  if (self->purpose == WD_AREA_IDLE)
    gtk_widget_activate_action (widget, "win.back", NULL);
  else if (_wd_area_editor_holds_something (self))
    ask_to_discard (self, (Rest){ NULL, NULL });
  else
    _wd_area_editor_end (self);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage *self = WD_AREA_PAGE (widget);
  gboolean    undo = g_str_equal (name, "area.undo");

  if (self->purpose == WD_AREA_IDLE || (self->linked_turn == self->turn && (undo ? self->linked : self->unlinked)))
    {
      (undo ? wd_undo_take_back : wd_undo_give_again) (self->undo);
      self->linked = !undo && self->purpose != WD_AREA_IDLE;
      self->unlinked = undo && self->purpose != WD_AREA_IDLE;
      return;
    }
  if (wd_sketch_layer_is_dragging (self->layer) || !(undo ? wd_sketch_undo (self->sketch) : wd_sketch_redo (self->sketch)))
    return;
  wd_sketch_layer_refresh (self->layer);
  _wd_area_editor_changed (self);
}

void
_wd_area_editor_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "area.declare", NULL, begin_action);
  gtk_widget_class_install_action (klass, "area.revise", NULL, begin_action);
  gtk_widget_class_install_action (klass, "area.determine", NULL, begin_action);
  gtk_widget_class_install_action (klass, "area.give", NULL, give_action);
  gtk_widget_class_install_action (klass, "area.leave", NULL, leave_action);
  gtk_widget_class_install_action (klass, "area.undo", NULL, step_action);
  gtk_widget_class_install_action (klass, "area.redo", NULL, step_action);
}

/* --- making --------------------------------------------------------------------------------------- */

static void
tool_cb (WdAreaPage *self, GtkToggleButton *button)
{
  if (self->filling || self->sketch == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (WdSketchTool tool = WD_SKETCH_TOOL_EDIT; tool <= WD_SKETCH_TOOL_HOLE; tool++)
    if (button == self->tool_buttons[tool])
      wd_sketch_layer_set_tool (self->layer, tool);
  gtk_widget_grab_focus (GTK_WIDGET (self->layer));
}

static GtkWidget *
add_tool (GtkWidget *box, GtkWidget *button, const char *action)
{
  gtk_widget_add_css_class (button, "map-control");
  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
make_tools (WdAreaPage *self)
{
  static const char *const names[] = {
    [WD_SKETCH_TOOL_EDIT] = N_ ("Edit Corners"), [WD_SKETCH_TOOL_PART] = N_ ("Draw a Part"), [WD_SKETCH_TOOL_HOLE] = N_ ("Cut a Hole")
  };
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *right = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->tools = gtk_center_box_new ();
  gtk_widget_set_valign (self->tools, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->tools, 10);
  gtk_widget_set_margin_start (self->tools, 12);
  gtk_widget_set_margin_end (self->tools, 12);
  for (WdSketchTool tool = WD_SKETCH_TOOL_EDIT; tool <= WD_SKETCH_TOOL_HOLE; tool++)
    {
      self->tool_buttons[tool] = GTK_TOGGLE_BUTTON (add_tool (left, gtk_toggle_button_new_with_label (_ (names[tool])), NULL));
      gtk_toggle_button_set_group (self->tool_buttons[tool], tool > 0 ? self->tool_buttons[0] : NULL);
      g_signal_connect_object (self->tool_buttons[tool], "toggled", G_CALLBACK (tool_cb), self, G_CONNECT_SWAPPED);
    }
  add_tool (left, gtk_button_new_with_label (_ ("Copy Earlier Area…")), "area.copy");
  add_tool (left, gtk_button_new_with_label (_ ("Open GeoJSON…")), "area.open-file");
  add_tool (left, gtk_button_new_with_label (_ ("Save GeoJSON…")), "area.save-file");
  self->snap_button = GTK_TOGGLE_BUTTON (add_tool (right, gtk_toggle_button_new_with_label (_ ("Snap On")), NULL));
  gtk_toggle_button_set_active (self->snap_button, TRUE);
  g_signal_connect_object (self->snap_button, "toggled", G_CALLBACK (_wd_area_snap_apply), self, G_CONNECT_SWAPPED);
  self->undo_button = add_tool (right, gtk_button_new_with_label (_ ("Undo")), "area.undo");
  self->redo_button = add_tool (right, gtk_button_new_with_label (_ ("Redo")), "area.redo");
  gtk_center_box_set_start_widget (GTK_CENTER_BOX (self->tools), left);
  gtk_center_box_set_end_widget (GTK_CENTER_BOX (self->tools), right);
  gtk_widget_set_visible (self->tools, FALSE);
  wd_map_view_add_overlay (self->map, self->tools);
}

static void
make_hints (WdAreaPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->verdict = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "css-classes", (const char *[]){ "map-note", "strong", NULL }, NULL));
  self->hint = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "label", _ ("Tab next corner · arrows move 1 m · Shift+arrows 10 m · Insert adds · Delete or a right click removes · Enter closes · Ctrl held: no snap"),
                                        "xalign", 0.0, "wrap", TRUE, "css-classes", (const char *[]){ "map-note", NULL }, NULL));
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 120);
  gtk_widget_set_margin_bottom (box, 40);
  gtk_widget_set_can_target (box, FALSE);
  self->told = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "label", _ ("Thin dashed line: as it was told before"), "xalign", 0.0, "css-classes", (const char *[]){ "map-note", NULL }, NULL));
  self->theirs = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "label", _ ("Dash-dotted line: as somebody else has revised it"), "xalign", 0.0, "visible", FALSE,
                                          "css-classes", (const char *[]){ "map-note", NULL }, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->theirs));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->told));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->verdict));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  g_object_bind_property (self->tools, "visible", box, "visible", G_BINDING_SYNC_CREATE);
  wd_map_view_add_overlay (self->map, box);
}

static void
let_go_cb (WdAreaPage *self)
{
  self->linked = FALSE;
}

void
_wd_area_editor_make (WdAreaPage *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroll = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->layer = wd_sketch_layer_new (shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (self->map))));
  self->marks = wd_critical_layer_new (shumate_layer_get_viewport (SHUMATE_LAYER (self->layer)));
  wd_map_view_add_layer (self->map, SHUMATE_LAYER (self->marks));
  wd_map_view_add_layer (self->map, SHUMATE_LAYER (self->layer));
  wd_map_view_add_ground (self->map, wd_sketch_layer_get_ground (self->layer));
  g_signal_connect_object (self->layer, "changed", G_CALLBACK (_wd_area_editor_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->layer, "current-changed", G_CALLBACK (_wd_area_editor_say_corner), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "let-go", G_CALLBACK (let_go_cb), self, G_CONNECT_SWAPPED);
  _wd_area_snap_make (self);
  make_tools (self);
  make_hints (self);
  g_object_bind_property (self->tools, "visible", self->marks, "visible", G_BINDING_SYNC_CREATE);

  self->editor_title = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "css-classes", (const char *[]){ "page-title", NULL }, NULL));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->editor_title));
  _wd_area_add_button (head, _ ("Leave  Esc"), "area.leave", FALSE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 10);
  gtk_box_append (GTK_BOX (box), head);
  self->editor_about = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  self->kept = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->editor_about));
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->kept));
  gtk_box_append (GTK_BOX (box), below);
  self->locked = g_object_new (GTK_TYPE_LABEL, "label", _ ("The quality centre alone draws this area, by its case. Times, reason and all else can be revised here."),
                               "xalign", 0.0, "wrap", TRUE, "visible", FALSE, "css-classes", (const char *[]){ "strong", NULL }, NULL);
  gtk_box_append (GTK_BOX (box), self->locked);
  _wd_area_begun_make (self, box);
  _wd_area_count_make (self, box);
  _wd_area_form_make (self, box);
  gtk_widget_set_focusable (scroll, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (page), scroll);
  _wd_area_form_make_give (self, page); /* below what scrolls: always in view */
  gtk_stack_add_named (self->side, page, "editor");
}
