/* wd-order-people.c — who called, what is to be answered, and where
 *
 * A caller's number is masked; whoever needs it says why, sees it for half a minute, and leaves a line in the timeline.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-ask-dialog.h"
#include "wd-format.h"
#include "wd-standing.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define WORDS_ASKED N_ ("Who looked, when and why stays in the timeline. The number is shown for 30 seconds.")
#define WORDS_KEPT N_ ("There is no link. The number kept here when your unit accepted the order is shown for 30 seconds. Who looked and why goes into the timeline once the link is back.")
#define KEPT_LOOK "离线时查看了反映人号码：%s" /* read in the order's history */

/* 138****4471 -> 138 **** 4471 */
static char *
space_mask (const char *phone)
{
  const char *stars = phone != NULL ? strstr (phone, "****") : NULL;

  if (stars == NULL)
    return g_strdup (phone != NULL ? phone : "");
  return g_strdup_printf ("%.*s **** %s", (int)(stars - phone), phone, stars + strlen ("****"));
}

static void
show_caller (WdOrderPage *self, const WdOrder *order)
{
  const WdCaller  *caller = order->caller;
  gboolean         open = self->reveal_until != 0;
  gboolean         may = wd_desk_get_actor (self->desk) != NULL && wd_may_see_caller (wd_desk_get_actor (self->desk), order);
  g_autofree char *masked = caller != NULL ? space_mask (caller->phone) : NULL;

  if (open)
    {
      gtk_label_set_label (self->caller_name, self->name != NULL ? self->name : "");
      gtk_widget_set_visible (GTK_WIDGET (self->caller_phone), TRUE);
      gtk_label_set_label (self->caller_phone, self->phone != NULL ? self->phone : _ ("no number was left"));
    }
  else
    {
      gtk_label_set_label (self->caller_name, caller == NULL ? _ ("The caller is not known") : caller->name != NULL ? caller->name
                                                                                                                    : _ ("no name was left"));
      gtk_label_set_label (self->caller_phone, masked != NULL ? masked : "");
      gtk_widget_set_visible (GTK_WIDGET (self->caller_phone), masked != NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reveal), may && caller != NULL && caller->phone != NULL && !open && wd_order_item_get_confirmed (self->item) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->reveal_left), open);
}

static void
show_from (WdOrderPage *self, const WdOrder *order)
{
  g_autoptr (GString) words = g_string_new (NULL);

  /* Translators: how a caller reached the centre. */
  g_string_append_printf (words, _ ("Channel %s"), wd_term_channel (order->channel));
  if (order->reference != NULL)
    g_string_append_printf (words, _ (" · their number %s"), order->reference);
  if (order->due != 0)
    {
      g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
      g_autofree char      *date = wd_format_date (order->due, zone), *minute = wd_format_minute (order->due, zone);

      g_string_append_printf (words, _ (" · their limit %s %s"), date, minute);
    }
  if (order->account != NULL)
    g_string_append_printf (words, _ (" · account %s"), order->account);
  if (order->nature != WD_NATURE_NONE)
    g_string_append_printf (words, " · %s", wd_term_nature (order->nature));
  gtk_label_set_label (self->caller_from, words->str);
}

static GtkWidget *
make_point (guint number, const char *text, const char *answer)
{
  g_autofree char *count = g_strdup_printf ("%u", number);
  g_autofree char *words = NULL;
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *mark = gtk_label_new (count);
  GtkWidget       *what = gtk_label_new (text);
  GtkWidget       *state = gtk_label_new (answer != NULL ? answer : _ ("not answered"));

  gtk_widget_add_css_class (mark, "tag");
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (what), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (what, TRUE);
  gtk_widget_add_css_class (state, "secondary");
  if (answer == NULL)
    gtk_widget_add_css_class (state, "open-point");
  gtk_label_set_wrap (GTK_LABEL (state), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (state), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (state), 16);
  gtk_widget_set_valign (state, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), what);
  gtk_box_append (GTK_BOX (row), state);
  return row;
}

/* An order without points has its text to be answered. */
static void
show_points (WdOrderPage *self, const WdOrder *order)
{
  guint      n = order->points != NULL ? g_strv_length (order->points) : 0, answered = order->answers != NULL ? g_strv_length (order->answers) : 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->points))) != NULL)
    gtk_box_remove (self->points, row);
  for (guint i = 0; i < n; i++)
    gtk_box_append (self->points, make_point (i + 1, order->points[i], i < answered ? order->answers[i] : NULL));
  if (n == 0)
    gtk_box_append (self->points, make_point (1, order->text != NULL ? order->text : "", order->result));
}

static void
show_place (WdOrderPage *self, WdOrderItem *item)
{
  const WdOrder      *order = wd_order_item_get_order (item);
  WdUnitItem         *district = order->district != NULL ? wd_desk_get_unit (self->desk, order->district) : NULL;
  g_autoptr (GString) words = g_string_new (order->address != NULL ? order->address : _ ("no address"));
  WdMapOrder          spot = { order->id, order->point, order->category, wd_standing_of (self->desk, item, wd_desk_now (self->desk), NULL), 0 };

  if (district != NULL)
    g_string_append_printf (words, _ (" · place of %s"), wd_unit_item_get_unit (district)->name);
  gtk_label_set_label (self->place, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->map), wd_point_is_set (&order->point));
  gtk_widget_set_visible (self->on_map, wd_point_is_set (&order->point) && wd_desk_get_actor (self->desk)->unit == NULL); /* a unit has no board */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->on_map), "s", order->id);
  if (wd_point_is_set (&order->point))
    wd_map_layer_set_orders (wd_map_view_get_layer (self->map), &spot, 1);
}

void
_wd_order_page_show_people (WdOrderPage *self)
{
  const WdOrder *order = _wd_order_page_get_order (self);

  if (order == NULL)
    return;
  show_caller (self, order);
  show_from (self, order);
  show_points (self, order);
  show_place (self, self->item);
}

/* --- the number in full ----------------------------------------------------------------- */

void
_wd_order_page_hide_number (WdOrderPage *self)
{
  self->reveal_until = 0;
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->name, g_free);
}

void
_wd_order_page_tick_people (WdOrderPage *self)
{
  int              left = (int)((self->reveal_until - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *words = NULL;

  if (self->reveal_until == 0)
    return;
  if (left <= 0)
    {
      _wd_order_page_hide_number (self);
      _wd_order_page_show_people (self);
      return;
    }
  words = g_strdup_printf (ngettext ("masked again in %d second", "masked again in %d seconds", left), left);
  gtk_label_set_label (self->reveal_left, words);
}

static char *
dup_member (JsonNode *root, const char *name)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

static void
show_number (WdOrderPage *self, JsonNode *root)
{
  _wd_order_page_hide_number (self);
  self->phone = dup_member (root, "phone");
  self->name = dup_member (root, "name");
  self->reveal_until = g_get_monotonic_time () + WD_REVEAL_SECONDS * G_USEC_PER_SEC;
  _wd_order_page_show_people (self);
  _wd_order_page_tick_people (self);
  _wd_order_page_ask_story (self); /* the look stands in it */
}

typedef struct
{
  WdOrderPage *page;
  char        *reason;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->page);
  g_free (look->reason);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gboolean
is_offline (WdOrderPage *self)
{
  return wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_OFFLINE;
}

static void
say_not_shown (WdOrderPage *self, const GError *error)
{
  wd_undo_say (self->overlay, g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE)
                                  ? _ ("Not shown: there is no link, and the number is kept at the server. Try again when it is back.")
                                  : wd_term_problem (error->message));
}

/* A look is an event also where the server can't be told of it now. */
static gboolean
note_look (WdOrderPage *self, const char *reason)
{
  g_autofree char      *text = g_strdup_printf (KEPT_LOOK, reason);
  g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_NOTE, self->id, wd_members_of_text ("text", text));
  g_autoptr (GError)    error = NULL;
  g_autofree char      *why = NULL;
  g_autofree char      *words = NULL;

  if (wd_desk_give (self->desk, command, 0, &error))
    return TRUE;
  why = wd_term_refusal (error, WD_VERB_NOTE, _wd_order_page_get_order (self));
  words = g_strdup_printf (_ ("Not noted: %s"), why);
  wd_undo_say (self->overlay, words);
  return FALSE;
}

static void
kept_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look)     look = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  WdOrderPage         *self = look->page;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  if (error != NULL)
    say_not_shown (self, error);
  else if (note_look (self, look->reason))
    show_number (self, root);
}

static void
find_kept (Look *look)
{
  WdOrderPage *self = look->page;

  wd_uplink_find_caller_async (wd_desk_get_uplink (self->desk), self->id, self->asking, kept_cb, look);
}

static void
caller_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look)     look = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  WdOrderPage         *self = look->page;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE))
    find_kept (g_steal_pointer (&look)); /* the line was dead before anybody knew */
  else if (error != NULL)
    say_not_shown (self, error);
  else
    show_number (self, root);
}

/* The link may have come back, or gone, while the reason was typed. */
static void
reason_given_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  const char      *reason = wd_ask_dialog_get_words (dialog);
  g_autofree char *escaped = g_uri_escape_string (reason, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/orders/%s/caller?reason=%s", self->id, escaped);
  Look            *look = g_new (Look, 1);

  *look = (Look){ g_object_ref (self), g_strdup (reason) };
  if (is_offline (self))
    find_kept (look);
  else
    wd_uplink_ask_async (wd_desk_get_uplink (self->desk), path, self->asking, caller_cb, look);
}

static void
ask_reason (WdOrderPage *self, gboolean kept)
{
  WdAskDialog *dialog = wd_ask_dialog_new (GTK_WIDGET (self), _ ("Show the Number"), kept ? _ (WORDS_KEPT) : _ (WORDS_ASKED),
                                           _ ("Show"), _ ("Leave It Masked"), _ ("Reason"), TRUE);

  g_signal_connect_object (dialog, "done", G_CALLBACK (reason_given_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
looked_for_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdOrderPage) self = data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonNode)    kept = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->desk != NULL)
    ask_reason (self, kept != NULL);
}

void
_wd_order_page_ask_reason (WdOrderPage *self)
{
  if (is_offline (self))
    wd_uplink_find_caller_async (wd_desk_get_uplink (self->desk), self->id, self->asking, looked_for_cb, g_object_ref (self));
  else
    ask_reason (self, FALSE);
}
