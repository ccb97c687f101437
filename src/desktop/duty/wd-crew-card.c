/* wd-crew-card.c — a crew, and a place to drop orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-crew-card.h"

#include "wd-order-ids.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

struct _WdCrewCard
{
  GtkWidget parent_instance; /* no AdwBin: newer ones never take the focus themselves */

  GtkWidget *box;
  GtkBox    *head;
  GtkLabel  *name;
  GtkLabel  *people;
  GtkLabel  *now;
  GtkLabel  *order;
  char      *id;
};

enum
{
  DROPPED,
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdCrewCard, wd_crew_card, GTK_TYPE_WIDGET)

static gboolean
drop_cb (WdCrewCard *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_boxed (value));
  return TRUE;
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[ASKED], 0);
}

static void
wd_crew_card_dispose (GObject *object)
{
  g_clear_pointer (&WD_CREW_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_crew_card_parent_class)->dispose (object);
}

static void
wd_crew_card_finalize (GObject *object)
{
  g_free (WD_CREW_CARD (object)->id);
  G_OBJECT_CLASS (wd_crew_card_parent_class)->finalize (object);
}

static void
wd_crew_card_class_init (WdCrewCardClass *klass)
{
  static const guint enter[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_crew_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_crew_card_finalize;
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, WD_TYPE_ORDER_IDS);
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "crew.assign", NULL, assign_action);
  for (guint i = 0; i < G_N_ELEMENTS (enter); i++)
    gtk_widget_class_add_binding_action (widget_class, enter[i], 0, "crew.assign", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/duty/wd-crew-card.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "crewcard");
  gtk_widget_class_bind_template_child (widget_class, WdCrewCard, box);
  gtk_widget_class_bind_template_child (widget_class, WdCrewCard, head);
  gtk_widget_class_bind_template_child (widget_class, WdCrewCard, name);
  gtk_widget_class_bind_template_child (widget_class, WdCrewCard, people);
  gtk_widget_class_bind_template_child (widget_class, WdCrewCard, now);
  gtk_widget_class_bind_template_child (widget_class, WdCrewCard, order);
}

static void
wd_crew_card_init (WdCrewCard *self)
{
  GtkDropTarget *target = gtk_drop_target_new (WD_TYPE_ORDER_IDS, WD_ORDER_IDS_ACTION);

  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_scale_fold (self->head);
  wd_text_scale_wrap (self->people, 0);
  wd_text_scale_wrap (self->order, 0);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
wd_crew_card_new (void)
{
  return g_object_new (WD_TYPE_CREW_CARD, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
}

void
wd_crew_card_show (WdCrewCard *self, const WdCrewState *state)
{
  const char *const   rest[] = { state->people, state->words, state->order };
  g_autoptr (GString) words = g_string_new (state->name);

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (rest[i] != NULL)
      g_string_append_printf (words, _ (", %s"), rest[i]);
  g_free (self->id);
  self->id = g_strdup (state->id);
  gtk_label_set_label (self->name, state->name);
  gtk_label_set_label (self->people, state->people != NULL ? state->people : "");
  gtk_label_set_label (self->now, state->words);
  gtk_label_set_label (self->order, state->order != NULL ? state->order : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->now), (const char *[]){ state->free ? "strong" : "secondary", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

const char *
wd_crew_card_get_id (WdCrewCard *self)
{
  return self->id;
}
