/* wd-duty-hand.c — the orders in hand: which of them, and what may be done to the one selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-duty-private.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

typedef struct
{
  WdVerb      verb;
  const char *words;
  const char *action;
  const char *key; /* (nullable) */
} Button;

/* clang-format off */
static const Button buttons[] = {
  { WD_VERB_ARRIVE,  N_("Arrived"),         "duty.arrive",  "Ctrl+G" },
  { WD_VERB_ASSIGN,  N_("Assign Crew…"),    "duty.assign",  "Ctrl+B" },
  { WD_VERB_CONTACT, N_("Telephone, New Time…"), "duty.contact", "Ctrl+T" },
  { WD_VERB_NOTE,    N_("Note…"),           "duty.note",    "Ctrl+J" },
  { WD_VERB_RETURN,  N_("Return…"),         "duty.return",  "Ctrl+R" },
  { WD_VERB_FINISH,  N_("Finish…"),         "duty.finish",  NULL },
};
/* clang-format on */

#define BIT(verb) (1u << (verb))

static gboolean
is_ours_in_hand (WdOrderItem *item, WdDesk *desk)
{
  const WdOrder *order = wd_order_item_get_order (item);
  const WdActor *actor = wd_desk_get_actor (desk);

  return wd_order_is_in_hand (order) && actor != NULL && g_strcmp0 (order->unit, actor->unit) == 0;
}

static gboolean
is_in_hand (WdOrderItem *item, gpointer desk)
{
  return is_ours_in_hand (item, desk);
}

static gboolean
is_without_crew (WdOrderItem *item, gpointer desk)
{
  return is_ours_in_hand (item, desk) && wd_order_item_get_order (item)->crew == NULL;
}

static gboolean
is_on_site (WdOrderItem *item, gpointer desk)
{
  return is_ours_in_hand (item, desk) && wd_order_item_get_order (item)->state == WD_STATE_ON_SITE;
}

/* --- which ---------------------------------------------------------------------------- */

void
_wd_duty_filter_cb (WdDutyPage *self, GtkToggleButton *filter)
{
  for (int hand = 0; gtk_toggle_button_get_active (filter) && hand < WD_N_HANDS; hand++)
    if (self->filters[hand] == filter)
      wd_queue_set_list (self->in_hand, self->desk, self->accepted[hand]);
}

static void
count (WdDutyPage *self)
{
  static const char *const names[] = { N_ ("All"), N_ ("No Crew"), N_ ("On Site") };
  g_autofree char         *all = g_strdup_printf ("%u", g_list_model_get_n_items (G_LIST_MODEL (self->accepted[WD_HAND_ALL])));

  gtk_label_set_label (self->n_in_hand, all);
  for (int hand = WD_HAND_NO_CREW; hand < WD_N_HANDS; hand++)
    {
      g_autofree char *words = g_strdup_printf ("%s %u", _ (names[hand]), g_list_model_get_n_items (G_LIST_MODEL (self->accepted[hand])));

      gtk_button_set_label (GTK_BUTTON (self->filters[hand]), words);
    }
}

char *
_wd_duty_hand_dup_selected (WdDutyPage *self)
{
  g_auto (GStrv) ids = wd_queue_get_selection (self->in_hand);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      WdOrderItem *item = wd_desk_get_order (self->desk, ids[i]);

      if (item != NULL && wd_order_item_get_order (item) != NULL && is_ours_in_hand (item, self->desk))
        return g_strdup (ids[i]);
    }
  return NULL;
}

gboolean
_wd_duty_hand_select (WdDutyPage *self, const char *order)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, order);

  if (item == NULL || !is_ours_in_hand (item, self->desk))
    return FALSE;
  gtk_toggle_button_set_active (self->filters[WD_HAND_ALL], TRUE);
  wd_queue_select (self->in_hand, (const char *const[]){ order, NULL });
  self->on_fresh = FALSE;
  return TRUE;
}

/* --- from the new ones to those in hand ------------------------------------------------------ */

/* By this very hand: the server is yet to hear of it. */
static gboolean
is_taken (WdDutyPage *self, const char *id)
{
  WdOrderItem   *item = id != NULL ? wd_desk_get_order (self->desk, id) : NULL;
  const WdOrder *confirmed = item != NULL ? wd_order_item_get_confirmed (item) : NULL;

  return confirmed != NULL && confirmed->state == WD_STATE_DISPATCHED && wd_order_item_get_order (item) != NULL && is_ours_in_hand (item, self->desk);
}

/* With the last one accepted the list of new ones has nothing more to do: the hand follows it to those in hand. */
void
_wd_duty_hand_take (WdDutyPage *self)
{
  if (!is_taken (self, self->current))
    return;
  self->taken = TRUE;
  if (self->had_focus && !_wd_duty_has_fresh (self))
    _wd_duty_hand_select (self, self->current);
  g_clear_pointer (&self->current, g_free);
}

void
_wd_duty_hand_go_on (WdDutyPage *self)
{
  if (!self->taken)
    return;
  self->taken = FALSE;
  wd_queue_apply (self->in_hand); /* it comes by this very hand */
  if (!_wd_duty_has_fresh (self) && _wd_duty_has_focus (self, GTK_WIDGET (self->fresh)))
    wd_queue_grab_focus (self->in_hand);
}

/* --- without the bar, for a screen reader ------------------------------------------------- */

static const WdAct acts[] = {
  { "open", WD_VERB_NONE, NULL },
  { "arrive", WD_VERB_ARRIVE, NULL },
  { "assign", WD_VERB_ASSIGN, NULL },
  { "contact", WD_VERB_CONTACT, NULL },
  { "note", WD_VERB_NOTE, NULL },
  { "return", WD_VERB_RETURN, NULL },
  { "finish", WD_VERB_FINISH, NULL },
  { NULL },
};

void
_wd_duty_hand_act_cb (WdDutyPage *self, const char *order, const char *name)
{
  g_autofree char *action = g_strconcat ("duty.", name, NULL);

  if (g_str_equal (name, "open"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", order);
  else if (_wd_duty_hand_select (self, order))
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* --- the bar: only what the state allows, the likeliest filled --------------------------- */

static guint
allowed_for (WdDutyPage *self, const char *order)
{
  guint allowed = 0;

  for (guint i = 0; order != NULL && i < G_N_ELEMENTS (buttons); i++)
    if (wd_desk_may_give (self->desk, buttons[i].verb, order, NULL))
      allowed |= BIT (buttons[i].verb);
  return allowed;
}

static WdVerb
likeliest (const WdOrder *order, guint allowed)
{
  WdVerb       first = order->state == WD_STATE_ON_SITE ? WD_VERB_FINISH : order->crew == NULL ? WD_VERB_ASSIGN
                                                                                               : WD_VERB_ARRIVE;
  const WdVerb in_turn[] = { first, WD_VERB_ARRIVE, WD_VERB_FINISH };

  for (guint i = 0; i < G_N_ELEMENTS (in_turn); i++)
    if (allowed & BIT (in_turn[i]))
      return in_turn[i];
  return WD_VERB_NONE;
}

static GtkWidget *
make_button (const Button *button, gboolean main)
{
  GtkWidget *widget = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (button->words)));
  if (button->key != NULL)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", button->key, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                                 "css-classes", (const char *[]){ "key", NULL }, NULL));
  gtk_button_set_child (GTK_BUTTON (widget), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), button->action);
  gtk_widget_set_css_classes (widget, (const char *[]){ main ? "act" : "plain", "small", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (button->words), -1);
  return widget;
}

static void
show_verbs (WdDutyPage *self, const WdOrder *order, guint allowed)
{
  WdVerb     main = likeliest (order, allowed);
  gboolean   had_focus = _wd_duty_has_focus (self, GTK_WIDGET (self->verbs));
  GtkWidget *child;

  if (allowed == self->allowed && main == self->likeliest)
    return;
  self->allowed = allowed;
  self->likeliest = main;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->verbs))) != NULL)
    gtk_box_remove (self->verbs, child);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (allowed & BIT (buttons[i].verb))
      gtk_box_append (self->verbs, make_button (&buttons[i], buttons[i].verb == main));
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->verbs), GTK_DIR_TAB_FORWARD);
}

static void
show_order (WdDutyPage *self, WdOrderItem *item)
{
  const WdOrder      *order = wd_order_item_get_order (item);
  const WdCategory   *category = wd_desk_get_category (self->desk, order->category);
  const WdCrew       *crew = order->crew != NULL ? wd_desk_get_crew (self->desk, order->crew) : NULL;
  const WdClock      *appointment = wd_order_clock (order, "appointment");
  g_autofree char    *number = wd_format_number (order->number);
  g_autofree char    *title = g_strdup_printf ("%s %s", number, category != NULL ? category->name : order->category);
  g_autoptr (GString) state = g_string_new (wd_term_stage (order));

  if (crew != NULL)
    g_string_append_printf (state, " · %s", crew->name);
  if (appointment != NULL)
    {
      g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, order->policy));
      g_autofree char      *day = wd_format_date (appointment->due_at, zone);
      g_autofree char      *time = wd_format_minute (appointment->due_at, zone);

      /* Translators: day and time that were agreed on with the caller. */
      g_string_append_printf (state, _ (" · agreed for %s %s"), day, time);
    }
  gtk_label_set_label (self->bar_order, title);
  gtk_label_set_label (self->bar_state, state->str);
}

/* Counts, and the bar for what is selected. */
void
_wd_duty_hand_show (WdDutyPage *self)
{
  g_autofree char *id = _wd_duty_hand_dup_selected (self);
  WdOrderItem     *item = id != NULL ? wd_desk_get_order (self->desk, id) : NULL;

  count (self);
  gtk_widget_set_visible (self->bar, item != NULL);
  if (item == NULL)
    return;
  show_order (self, item);
  show_verbs (self, wd_order_item_get_order (item), allowed_for (self, id));
}

void
_wd_duty_hand_start (WdDutyPage *self)
{
  static const WdOrderFilter filters[] = { is_in_hand, is_without_crew, is_on_site };

  for (int hand = 0; hand < WD_N_HANDS; hand++)
    self->accepted[hand] = wd_desk_list_orders (self->desk, filters[hand], self->desk, NULL);
  wd_queue_set_acts (self->in_hand, acts);
  wd_queue_set_list (self->in_hand, self->desk, self->accepted[WD_HAND_ALL]);
  wd_queue_set_empty (self->in_hand, _ ("Nothing in hand. What is accepted stands here."));
}
