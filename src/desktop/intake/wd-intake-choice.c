/* wd-intake-choice.c — one of several, each with a letter that chooses it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-intake-choice.h"

struct _WdIntakeChoice
{
  AdwBin parent_instance;

  GtkWidget *box;     /* GtkFlowBox, or a GtkBox where they are joined */
  GPtrArray *buttons; /* GtkToggleButton, each named after its code */
  char      *wanted;  /* (nullable): set before it was there */
  GtkWidget *none;    /* of the group, never seen: chosen while nothing is */
};

G_DEFINE_FINAL_TYPE (WdIntakeChoice, wd_intake_choice, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
toggled_cb (WdIntakeChoice *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  g_clear_pointer (&self->wanted, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char
letter_of (gpointer button)
{
  return (char)GPOINTER_TO_INT (g_object_get_data (button, "letter"));
}

static void
choose (WdIntakeChoice *self, guint which)
{
  gtk_toggle_button_set_active (self->buttons->pdata[which], TRUE);
  gtk_widget_grab_focus (self->buttons->pdata[which]);
}

/* The one beside the one with the focus. */
static gboolean
step (WdIntakeChoice *self, int by)
{
  for (int i = 0; i < (int)self->buttons->len; i++)
    if (gtk_widget_has_focus (self->buttons->pdata[i]))
      {
        choose (self, (guint)CLAMP (i + by, 0, (int)self->buttons->len - 1));
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
key_cb (WdIntakeChoice *self, guint key, guint code, GdkModifierType state)
{
  gunichar letter = g_unichar_toupper (gdk_keyval_to_unicode (key));

  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    return step (self, key == GDK_KEY_Left ? -1 : 1);
  if (letter == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < self->buttons->len; i++)
    if (letter_of (self->buttons->pdata[i]) != '\0' && letter == (gunichar)letter_of (self->buttons->pdata[i]))
      {
        choose (self, i);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* The chosen one, or the first: the others are a letter or an arrow away. */
static gboolean
wd_intake_choice_grab_focus (GtkWidget *widget)
{
  WdIntakeChoice *self = WD_INTAKE_CHOICE (widget);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (self->buttons->pdata[i]))
      return gtk_widget_grab_focus (self->buttons->pdata[i]);
  return self->buttons->len > 0 && gtk_widget_grab_focus (self->buttons->pdata[0]);
}

/* Tab passes the whole choice as one. */
static gboolean
wd_intake_choice_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (wd_intake_choice_parent_class)->focus (widget, direction);
  return inside ? FALSE : wd_intake_choice_grab_focus (widget);
}

static void
wd_intake_choice_finalize (GObject *object)
{
  WdIntakeChoice *self = WD_INTAKE_CHOICE (object);

  g_ptr_array_unref (self->buttons);
  g_object_unref (self->none);
  g_free (self->wanted);
  G_OBJECT_CLASS (wd_intake_choice_parent_class)->finalize (object);
}

static void
wd_intake_choice_class_init (WdIntakeChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_intake_choice_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = wd_intake_choice_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = wd_intake_choice_focus;
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_INTAKE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_intake_choice_init (WdIntakeChoice *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->buttons = g_ptr_array_new ();
  self->none = g_object_ref_sink (gtk_toggle_button_new ());
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
make (const char *name, GtkWidget *box, const char *css_class)
{
  WdIntakeChoice *self = g_object_new (WD_TYPE_INTAKE_CHOICE, NULL);

  self->box = box;
  gtk_widget_add_css_class (box, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

GtkWidget *
wd_intake_choice_new (const char *name, guint columns)
{
  GtkFlowBox *box = GTK_FLOW_BOX (gtk_flow_box_new ());

  gtk_flow_box_set_selection_mode (box, GTK_SELECTION_NONE);
  gtk_flow_box_set_row_spacing (box, 4);
  gtk_flow_box_set_column_spacing (box, 8);
  gtk_flow_box_set_homogeneous (box, TRUE);
  gtk_flow_box_set_max_children_per_line (box, columns);
  gtk_flow_box_set_min_children_per_line (box, MIN (columns, 3));
  return make (name, GTK_WIDGET (box), "choices");
}

GtkWidget *
wd_intake_choice_new_joined (const char *name)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "halign", GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  return make (name, box, "linked");
}

static void
append (WdIntakeChoice *self, GtkWidget *button)
{
  GtkWidget *child;

  if (GTK_IS_BOX (self->box))
    {
      gtk_box_append (GTK_BOX (self->box), button);
      return;
    }
  child = g_object_new (GTK_TYPE_FLOW_BOX_CHILD, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->box), child, -1);
}

void
wd_intake_choice_add (WdIntakeChoice *self, const char *code, const char *label, char letter)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *name = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  if (letter != '\0')
    {
      GtkWidget *key = g_object_new (GTK_TYPE_LABEL, "label", (char[]){ letter, '\0' }, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_widget_add_css_class (key, "key");
      gtk_box_append (GTK_BOX (box), key);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_name (button, code);
  gtk_widget_add_css_class (button, "choice");
  gtk_widget_add_css_class (button, "large");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), "letter", GINT_TO_POINTER ((int)letter));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->none));
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  append (self, button);
  if (g_strcmp0 (code, self->wanted) == 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

const char *
wd_intake_choice_get (WdIntakeChoice *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (self->buttons->pdata[i]))
      return gtk_widget_get_name (self->buttons->pdata[i]);
  return self->wanted;
}

void
wd_intake_choice_clear (WdIntakeChoice *self)
{
  g_autofree char *wanted = g_strdup (wd_intake_choice_get (self));
  GtkWidget       *child;

  g_ptr_array_set_size (self->buttons, 0);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    {
      if (GTK_IS_BOX (self->box))
        gtk_box_remove (GTK_BOX (self->box), child);
      else
        gtk_flow_box_remove (GTK_FLOW_BOX (self->box), child);
    }
  g_free (self->wanted);
  self->wanted = g_steal_pointer (&wanted);
}

void
wd_intake_choice_set (WdIntakeChoice *self, const char *code)
{
  g_free (self->wanted);
  self->wanted = code != NULL && *code != '\0' ? g_strdup (code) : NULL;
  for (guint i = 0; i < self->buttons->len; i++)
    if (g_strcmp0 (gtk_widget_get_name (self->buttons->pdata[i]), code) == 0)
      gtk_toggle_button_set_active (self->buttons->pdata[i], TRUE);
  if (code == NULL || *code == '\0')
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->none), TRUE);
}
