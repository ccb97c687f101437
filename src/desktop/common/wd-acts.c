/* wd-acts.c — what a screen reader may do with a widget, without a key or a pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-acts.h"

#define OFFERED "wd-acts-offered" /* bits of the table's rows that the widget offers now */

typedef struct
{
  GtkWidget *widget;
  WdActFunc  func;
  gpointer   data;
} Call;

static void
activated_cb (GSimpleAction *action, GVariant *parameter, Call *call)
{
  call->func (call->widget, g_action_get_name (G_ACTION (action)), call->data);
}

static void
free_call (gpointer call, GClosure *closure)
{
  g_free (call);
}

gboolean
wd_act_is_possible (const WdAct *act, WdDesk *desk, const char *order)
{
  if (act->may != NULL)
    return act->may (desk, order);
  return act->verb == WD_VERB_NONE || wd_desk_may_give (desk, act->verb, order, NULL);
}

static guint
possible_now (const WdAct *acts, WdDesk *desk, const char *order)
{
  guint possible = 0;

  for (guint i = 0; acts[i].name != NULL; i++)
    if (wd_act_is_possible (&acts[i], desk, order))
      possible |= 1u << i;
  return possible;
}

void
wd_acts_offer (GtkWidget *widget, const char *prefix, const WdAct *acts, WdDesk *desk, const char *order, WdActFunc func, gpointer data)
{
  guint                          possible = possible_now (acts, desk, order);
  g_autoptr (GSimpleActionGroup) group = NULL;

  if (possible == GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), OFFERED)))
    return;
  group = g_simple_action_group_new ();
  for (guint i = 0; acts[i].name != NULL; i++)
    if (possible & 1u << i)
      {
        g_autoptr (GSimpleAction) action = g_simple_action_new (acts[i].name, NULL);
        Call                     *call = g_new (Call, 1);

        *call = (Call){ widget, func, data };
        g_signal_connect_data (action, "activate", G_CALLBACK (activated_cb), call, free_call, 0);
        g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      }
  g_object_set_data (G_OBJECT (widget), OFFERED, GUINT_TO_POINTER (possible));
  gtk_widget_insert_action_group (widget, prefix, G_ACTION_GROUP (group));
}

void
wd_acts_withdraw (GtkWidget *widget, const char *prefix)
{
  g_object_set_data (G_OBJECT (widget), OFFERED, NULL);
  gtk_widget_insert_action_group (widget, prefix, NULL);
}
