/* wd-known-pane.c — what is known at the place of a call, and what to tell the caller
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-known-pane.h"

#include "wd-known-card.h"

#include <glib/gi18n.h>
#include <math.h>

#define GATHER_MS 500 /* of changes elsewhere, before the server is asked again */

struct _WdKnownPane
{
  AdwBin parent_instance;

  WdDesk       *desk;
  WdPoint       point;
  GCancellable *asking;
  JsonNode     *answer; /* what the cards show; NULL where there is none */
  char         *chosen; /* which one was active last at this place, also once it is over */
  guint         gathering;
  GtkListBox   *list; /* of WdKnownCard */
  GtkLabel     *words;
};

G_DEFINE_FINAL_TYPE (WdKnownPane, wd_known_pane, ADW_TYPE_BIN)

enum
{
  ATTACH,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static WdKnownCard *
card_at (WdKnownPane *self, int index)
{
  return (WdKnownCard *)gtk_list_box_get_row_at_index (self->list, index);
}

/* ---- what there is ---- */

static void
say (WdKnownPane *self, const char *words)
{
  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->words), *words != '\0');
}

static void
clear (WdKnownPane *self)
{
  WdKnownCard *card;

  g_clear_pointer (&self->answer, json_node_unref);
  while ((card = card_at (self, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (card));
}

/* What was chosen stays chosen while it is there.  Once it is over none is, or a hand that is on its way would attach the call to
 * another one. */
static void
choose (WdKnownPane *self)
{
  WdKnownCard *card = self->chosen == NULL ? card_at (self, 0) : NULL;

  for (int i = 0; self->chosen != NULL && card_at (self, i) != NULL; i++)
    if (g_str_equal (wd_known_card_get_id (card_at (self, i)), self->chosen))
      card = card_at (self, i);
  if (card != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (card));
  else if (card_at (self, 0) != NULL)
    say (self, _ ("What was chosen is not here any more: Alt+↓ or a click chooses another."));
}

static void
attach (WdKnownPane *self, WdKnownCard *card)
{
  g_signal_emit (self, signals[ATTACH], 0, wd_known_card_get_id (card), wd_known_card_get_title (card));
}

static void
add_cards (WdKnownPane *self, JsonObject *answer, const char *name, WdObjectKind kind, const char *sentence)
{
  JsonNode  *node = json_object_get_member (answer, name);
  JsonArray *bodies = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; bodies != NULL && i < json_array_get_length (bodies); i++)
    {
      JsonNode  *body = json_array_get_element (bodies, i);
      GtkWidget *card = NULL;

      if (JSON_NODE_HOLDS_OBJECT (body))
        card = wd_known_card_new (self->desk, kind, json_node_get_object (body), card_at (self, 0) == NULL ? sentence : NULL, &self->point);
      if (card == NULL)
        continue;
      gtk_list_box_append (self->list, card);
      g_signal_connect_object (card, "attach", G_CALLBACK (attach), self, G_CONNECT_SWAPPED);
    }
}

/* What is so now goes before what will be, and the sentence is of the first (api §7). */
static gboolean
begins_later (JsonObject *answer)
{
  JsonNode   *node = json_object_get_member (answer, "outages");
  JsonArray  *outages = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode   *first = outages != NULL && json_array_get_length (outages) > 0 ? json_array_get_element (outages, 0) : NULL;
  JsonObject *outage = first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : NULL;

  return outage != NULL && g_strcmp0 (json_object_get_string_member_with_default (outage, "state", NULL), "announced") == 0;
}

static void
show_answer (WdKnownPane *self, JsonNode *root)
{
  JsonObject *answer = json_node_get_object (root);
  JsonNode   *node = json_object_get_member (answer, "sentence");
  const char *sentence = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  gboolean    later;

  if (self->answer != NULL && json_node_equal (self->answer, root))
    return;
  clear (self);
  self->answer = json_node_ref (root);
  later = begins_later (answer);
  if (later)
    add_cards (self, answer, "quality", WD_OBJECT_QUALITY, sentence);
  add_cards (self, answer, "outages", WD_OBJECT_OUTAGE, sentence);
  if (!later)
    add_cards (self, answer, "quality", WD_OBJECT_QUALITY, sentence);
  add_cards (self, answer, "orders", WD_OBJECT_ORDER, NULL);
  say (self, card_at (self, 0) == NULL ? _ ("No outage, quality case or open order is known here.") : "");
  choose (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
answered_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdKnownPane) self = data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonNode)    root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  g_clear_object (&self->asking);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      show_answer (self, root);
      return;
    }
  clear (self);
  say (self, _ ("The server can't be asked now: what is known here does not stand here."));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_asking (WdKnownPane *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask (WdKnownPane *self)
{
  char             lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *path = NULL;

  path = g_strdup_printf ("/v1/known?point=%s,%s", g_ascii_dtostr (lon, sizeof lon, self->point.lon), g_ascii_dtostr (lat, sizeof lat, self->point.lat));
  self->asking = g_cancellable_new ();
  wd_uplink_ask_async (wd_desk_get_uplink (self->desk), path, self->asking, answered_cb, g_object_ref (self));
}

static gboolean
gathered_cb (gpointer data)
{
  WdKnownPane *self = data;

  if (self->asking != NULL) /* its answer may be of before the change */
    return G_SOURCE_CONTINUE;
  self->gathering = 0;
  if (wd_point_is_set (&self->point) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    ask (self);
  return G_SOURCE_REMOVE;
}

/* Water goes off, or comes back, while somebody tells of it. */
static void
ask_again (WdKnownPane *self)
{
  if (self->gathering == 0 && wd_point_is_set (&self->point))
    self->gathering = g_timeout_add (GATHER_MS, gathered_cb, self);
}

void
wd_known_pane_set_point (WdKnownPane *self, WdPoint point, gboolean anew)
{
  gboolean other = wd_point_is_set (&point) ? point.lon != self->point.lon || point.lat != self->point.lat : wd_point_is_set (&self->point);

  if (!other && !anew)
    return;
  stop_asking (self);
  self->point = point;
  if (wd_point_is_set (&point))
    ask (self);
  if (!other)
    return;
  clear (self); /* of another place: nothing may be attached to it any more */
  g_clear_pointer (&self->chosen, g_free);
  say (self, wd_point_is_set (&point) ? "" : _ ("Once the address is set, the outages, quality cases and open orders there stand here."));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the active one ---- */

static void
selected_cb (WdKnownPane *self, GtkListBoxRow *selected)
{
  for (int i = 0; card_at (self, i) != NULL; i++)
    wd_known_card_set_active (card_at (self, i), GTK_LIST_BOX_ROW (card_at (self, i)) == selected);
  if (selected == NULL)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (wd_known_card_get_id (WD_KNOWN_CARD (selected)));
  say (self, "");
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
wd_known_pane_has_match (WdKnownPane *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  return selected != NULL && wd_known_card_get_kind (WD_KNOWN_CARD (selected)) != WD_OBJECT_ORDER;
}

/* Where none is chosen: down to the first. */
void
wd_known_pane_move (WdKnownPane *self, int step)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int            to = selected != NULL ? gtk_list_box_row_get_index (selected) + step : MAX (step, 0) - 1;
  WdKnownCard   *next = to >= 0 ? card_at (self, to) : NULL;

  if (next != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (next));
}

void
wd_known_pane_attach (WdKnownPane *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  if (selected != NULL)
    attach (self, WD_KNOWN_CARD (selected));
}

void
wd_known_pane_tick (WdKnownPane *self)
{
  for (int i = 0; card_at (self, i) != NULL; i++)
    wd_known_card_tick (card_at (self, i), wd_desk_now (self->desk));
}

/* ---- the pane ---- */

static void
wd_known_pane_dispose (GObject *object)
{
  WdKnownPane *self = WD_KNOWN_PANE (object);

  stop_asking (self);
  g_clear_handle_id (&self->gathering, g_source_remove);
  g_clear_pointer (&self->answer, json_node_unref);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_known_pane_parent_class)->dispose (object);
}

static void
wd_known_pane_class_init (WdKnownPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_known_pane_dispose;
  signals[ATTACH] = g_signal_new ("attach", WD_TYPE_KNOWN_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_KNOWN_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_known_pane_init (WdKnownPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_label_new (_ ("Known here")), *scroll = gtk_scrolled_window_new ();

  self->point = (WdPoint){ NAN, NAN };
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->words = GTK_LABEL (gtk_label_new (_ ("Once the address is set, the outages, quality cases and open orders there stand here.")));
  gtk_widget_add_css_class (title, "title");
  gtk_widget_add_css_class (head, "pane-head");
  gtk_box_append (GTK_BOX (head), title);
  gtk_label_set_xalign (self->words, 0);
  gtk_label_set_wrap (self->words, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "secondary");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "known-words");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "known");
  gtk_widget_set_focusable (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Known here"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_widget_set_focusable (scroll, FALSE);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), scroll);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pane");
  gtk_widget_add_css_class (GTK_WIDGET (self), "known-pane");
}

void
wd_known_pane_set_desk (WdKnownPane *self, WdDesk *desk)
{
  self->desk = g_object_ref (desk);
  for (const char *const *signal = (const char *const[]){ "areas-changed", "order-added", "order-changed", "order-removed", NULL }; *signal != NULL; signal++)
    g_signal_connect_object (desk, *signal, G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
}
