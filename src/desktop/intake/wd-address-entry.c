/* wd-address-entry.c — an entry that offers candidates while one types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-address-entry.h"

#include <glib/gi18n.h>

#define PAUSE_MS 150
#define PHONE_DIGITS 7 /* fewer are no number yet */

struct _WdAddressEntry
{
  AdwBin parent_instance;

  GtkEditable  *entry;
  GtkWidget    *popover;
  GtkListBox   *list;
  GtkWidget    *none; /* in the place of an empty list */
  WdDesk       *desk;
  WdAddressAsk  ask;
  guint         pause;
  GCancellable *asking;
  guint         ahead; /* how often ↓ was pressed before the answer */
  gboolean      setting;
};

G_DEFINE_FINAL_TYPE (WdAddressEntry, wd_address_entry, ADW_TYPE_BIN)

enum
{
  CHANGED,
  CANDIDATE,
  ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static void
stop_asking (WdAddressEntry *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->ahead = 0;
}

static gboolean
is_enough (WdAddressEntry *self)
{
  return g_utf8_strlen (gtk_editable_get_text (self->entry), -1) >= (self->ask == WD_ASK_PLACES ? 2 : PHONE_DIGITS);
}

/* --- the candidates --------------------------------------------------------------------------- */

static gboolean
is_empty (WdAddressEntry *self)
{
  return gtk_list_box_get_row_at_index (self->list, 0) == NULL;
}

static void
clear (WdAddressEntry *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* An answer can come when somebody types elsewhere already. */
static void
show (WdAddressEntry *self)
{
  if ((gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->list), !is_empty (self));
  gtk_widget_set_visible (self->none, is_empty (self));
  gtk_widget_set_size_request (gtk_popover_get_child (GTK_POPOVER (self->popover)), gtk_widget_get_width (GTK_WIDGET (self)) - 2, -1);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
move (WdAddressEntry *self, int step)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int            index = selected != NULL ? gtk_list_box_row_get_index (selected) + step : 0;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, MAX (index, 0));

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

static void
take (WdAddressEntry *self, GtkListBoxRow *row)
{
  JsonObject *candidate = row != NULL ? g_object_get_data (G_OBJECT (row), "candidate") : NULL;

  if (candidate == NULL)
    return;
  json_object_ref (candidate);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CANDIDATE], 0, candidate);
  json_object_unref (candidate);
}

static GtkWidget *
make_row (JsonObject *candidate)
{
  const char      *address = text_of (candidate, "address"), *street = text_of (candidate, "street");
  const char      *account = text_of (candidate, "account"), *name = text_of (candidate, "name");
  g_autofree char *more = account != NULL ? g_strdup_printf (_ ("account %s"), account) : g_strdup (address == NULL ? _ ("street") : "");
  GtkWidget       *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *first = gtk_label_new (address != NULL ? address : street), *second = gtk_label_new (more);
  g_autofree char *words = NULL;

  if (name != NULL)
    {
      char *with_name = g_strdup_printf ("%s · %s", name, more);

      g_free (more);
      more = with_name;
      gtk_label_set_label (GTK_LABEL (second), more);
    }
  words = g_strdup_printf (_ ("%s, %s"), gtk_label_get_label (GTK_LABEL (first)), more);
  gtk_label_set_xalign (GTK_LABEL (first), 0);
  gtk_label_set_ellipsize (GTK_LABEL (first), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (first, TRUE);
  gtk_widget_add_css_class (second, "secondary");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (row), "candidate", json_object_ref (candidate), (GDestroyNotify)json_object_unref);
  return row;
}

static void
add_candidate (JsonArray *array, guint index, JsonNode *node, gpointer list)
{
  if (JSON_NODE_HOLDS_OBJECT (node) && (text_of (json_node_get_object (node), "address") != NULL || text_of (json_node_get_object (node), "street") != NULL))
    gtk_list_box_append (list, make_row (json_node_get_object (node)));
}

static void
answered_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdAddressEntry) self = data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (JsonNode)       root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  JsonNode                  *list = NULL;
  guint                      ahead = self->ahead;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* another question is out, or none is wanted */
  stop_asking (self);
  clear (self);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    list = json_object_get_member (json_node_get_object (root), self->ask == WD_ASK_PLACES ? "places" : "customers");
  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    json_array_foreach_element (json_node_get_array (list), add_candidate, self->list);
  if (is_empty (self) && ahead == 0)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  else
    show (self);
  for (guint i = 0; i < ahead; i++)
    move (self, 1);
}

static gboolean
ask_cb (gpointer data)
{
  WdAddressEntry  *self = data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  g_autofree char *path = g_strdup_printf (self->ask == WD_ASK_PLACES ? "/v1/places?q=%s" : "/v1/customers?phone=%s", escaped);

  self->pause = 0;
  self->asking = g_cancellable_new ();
  wd_uplink_ask_async (wd_desk_get_uplink (self->desk), path, self->asking, answered_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (WdAddressEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->setting)
    return;
  stop_asking (self);
  if (is_enough (self))
    self->pause = g_timeout_add (PAUSE_MS, ask_cb, self);
  else
    clear (self);
  if (is_empty (self))
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* --- keys --------------------------------------------------------------------------------------- */

/* What is shown while a question is out belongs to an earlier text: nothing of it is gone into. */
static void
go_down (WdAddressEntry *self)
{
  if (self->pause != 0 || self->asking != NULL)
    self->ahead++;
  else if (is_empty (self) && is_enough (self))
    {
      self->ahead = 1;
      ask_cb (self);
    }
  else
    {
      show (self);
      move (self, 1);
    }
}

static gboolean
key_cb (WdAddressEntry *self, guint key, guint code, GdkModifierType state)
{
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    {
      go_down (self);
      return GDK_EVENT_STOP;
    }
  if (enter && self->ahead > 0)
    return GDK_EVENT_STOP; /* nobody takes what he has not seen */
  if (!gtk_widget_get_visible (self->popover))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up: move (self, -1); return GDK_EVENT_STOP;
    case GDK_KEY_Escape: gtk_popover_popdown (GTK_POPOVER (self->popover)); return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (gtk_list_box_get_selected_row (self->list) == NULL)
        return GDK_EVENT_PROPAGATE;
      take (self, gtk_list_box_get_selected_row (self->list));
      return GDK_EVENT_STOP;
    default: return GDK_EVENT_PROPAGATE;
    }
}

static void
activate_cb (WdAddressEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
left_cb (WdAddressEntry *self)
{
  self->ahead = 0;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* --- the widget -------------------------------------------------------------------------------------- */

static gboolean
wd_address_entry_grab_focus (GtkWidget *widget)
{
  WdAddressEntry *self = WD_ADDRESS_ENTRY (widget);
  gboolean        taken = gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));

  gtk_editable_set_position (self->entry, -1); /* what is there is gone on with */
  return taken;
}

static void
wd_address_entry_dispose (GObject *object)
{
  WdAddressEntry *self = WD_ADDRESS_ENTRY (object);

  stop_asking (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_address_entry_parent_class)->dispose (object);
}

static void
wd_address_entry_class_init (WdAddressEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_address_entry_dispose;
  widget_class->grab_focus = wd_address_entry_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANDIDATE] = g_signal_new ("candidate", WD_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACTIVATE] = g_signal_new ("activate", WD_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
make_popover (WdAddressEntry *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->popover = gtk_popover_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "candidates");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Candidates"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (take), self, G_CONNECT_SWAPPED);
  self->none = gtk_label_new (_ ("No candidates"));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_widget_add_css_class (self->none, "no-candidates");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_widget_set_focusable (scroll, FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroll);
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_add_css_class (self->popover, "candidates-box");
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

static void
wd_address_entry_init (WdAddressEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = GTK_EDITABLE (gtk_entry_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->entry));
  make_popover (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wd_address_entry_new (WdDesk *desk, WdAddressAsk ask, const char *name)
{
  WdAddressEntry *self = g_object_new (WD_TYPE_ADDRESS_ENTRY, NULL);

  self->desk = g_object_ref (desk);
  self->ask = ask;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (ask == WD_ASK_CUSTOMERS)
    gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_PHONE);
  return GTK_WIDGET (self);
}

const char *
wd_address_entry_get_text (WdAddressEntry *self)
{
  return gtk_editable_get_text (self->entry);
}

void
wd_address_entry_set_text (WdAddressEntry *self, const char *text)
{
  stop_asking (self);
  clear (self);
  self->setting = TRUE;
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
  self->setting = FALSE;
}
