/* wd-verb-dialog.c — what a verb asks before it is given
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-verb-dialog.h"

#include "wd-clock-chip.h"
#include "wd-drop-down.h"
#include "wd-format.h"

#include <glib/gi18n.h>

#define TEXT_HEIGHT 64
#define FEW 6 /* choices */

struct _WdVerbDialog
{
  AdwWindow parent_instance;

  GtkLabel    *what;
  GtkLabel    *where;
  WdClockChip *chip;
  GtkBox      *fields;
  GtkLabel    *problem;
  GtkWidget   *act;

  WdDesk     *desk;
  char       *order;
  GHashTable *controls; /* key -> its widget, which the box has */
  GHashTable *meanings; /* key -> label */
  GPtrArray  *required; /* keys */
  gboolean    unclear;
  guint       tick;
};

enum
{
  GIVEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define LABEL "label" /* data of a control: what its field is called */

G_DEFINE_FINAL_TYPE (WdVerbDialog, wd_verb_dialog, ADW_TYPE_WINDOW)

/* What is still to be filled in, by the names of the fields.  (nullable) */
static char *
list_missing (WdVerbDialog *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GHashTableIter      iter;
  gpointer            meaning;

  for (guint i = 0; i < self->required->len; i++)
    {
      const char      *key = self->required->pdata[i];
      g_autofree char *text = wd_verb_dialog_dup_text (self, key);

      if (text == NULL)
        g_string_append_printf (names, "\n%s", (const char *)g_object_get_data (g_hash_table_lookup (self->controls, key), LABEL));
    }
  g_hash_table_iter_init (&iter, self->meanings);
  while (self->unclear && g_hash_table_iter_next (&iter, NULL, &meaning))
    g_string_append_printf (names, "\n%s", gtk_label_get_label (meaning));
  return names->len > 0 ? g_strconcat (_ ("Still to be filled in:"), names->str, NULL) : NULL;
}

/* A button that cannot be pressed says why. */
static void
refresh (WdVerbDialog *self)
{
  g_autofree char *missing = list_missing (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "verb.give", missing == NULL && !self->unclear);
  gtk_widget_set_tooltip_text (self->act, missing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->act), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, missing != NULL ? missing : "", -1);
}

static void
changed_cb (WdVerbDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE); /* it was about what stood there before */
  g_signal_emit (self, signals[CHANGED], 0);
  refresh (self);
}

static void
give_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[GIVEN], 0);
}

static gboolean
tick_cb (gpointer data)
{
  WdVerbDialog *self = data;

  wd_clock_chip_tick (self->chip, wd_desk_now (self->desk));
  return G_SOURCE_CONTINUE;
}

static void
wd_verb_dialog_dispose (GObject *object)
{
  WdVerbDialog *self = WD_VERB_DIALOG (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_verb_dialog_parent_class)->dispose (object);
}

static void
wd_verb_dialog_finalize (GObject *object)
{
  WdVerbDialog *self = WD_VERB_DIALOG (object);

  g_free (self->order);
  g_hash_table_unref (self->controls);
  g_hash_table_unref (self->meanings);
  g_ptr_array_unref (self->required);
  G_OBJECT_CLASS (wd_verb_dialog_parent_class)->finalize (object);
}

static void
wd_verb_dialog_class_init (WdVerbDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_verb_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_verb_dialog_finalize;
  signals[GIVEN] = g_signal_new ("given", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WD_TYPE_CLOCK_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/duty/wd-verb-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdVerbDialog, what);
  gtk_widget_class_bind_template_child (widget_class, WdVerbDialog, where);
  gtk_widget_class_bind_template_child (widget_class, WdVerbDialog, chip);
  gtk_widget_class_bind_template_child (widget_class, WdVerbDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, WdVerbDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WdVerbDialog, act);
  gtk_widget_class_install_action (widget_class, "verb.give", NULL, give_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wd_verb_dialog_init (WdVerbDialog *self)
{
  self->controls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->required = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

WdVerbDialog *
wd_verb_dialog_new (const char *title, const char *act, WdDesk *desk, WdOrderItem *item)
{
  WdVerbDialog     *self = g_object_new (WD_TYPE_VERB_DIALOG, "title", title, NULL);
  const WdOrder    *order = wd_order_item_get_order (item);
  const WdCategory *category = wd_desk_get_category (desk, order->category);
  g_autofree char  *number = wd_format_number (order->number);
  g_autofree char  *what = g_strdup_printf ("%s %s · %s", number, category != NULL ? category->name : order->category,
                                           order->text != NULL ? order->text : "");

  self->desk = g_object_ref (desk);
  self->order = g_strdup (order->id);
  gtk_label_set_label (self->what, what);
  gtk_label_set_label (self->where, order->address != NULL ? order->address : "");
  gtk_button_set_label (GTK_BUTTON (self->act), act);
  refresh (self);
  return self;
}

const char *
wd_verb_dialog_get_order (WdVerbDialog *self)
{
  return self->order;
}

void
wd_verb_dialog_set_clock (WdVerbDialog *self, const WdClock *clock)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, self->order);

  wd_clock_chip_set_clock (self->chip, clock, wd_desk_get_policy (self->desk, wd_order_item_get_order (item)->policy));
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add (1000, tick_cb, self);
}

/* --- fields ----------------------------------------------------------------------- */

/* @shown: what stands in the box, @control or what is around it */
static void
add_field (WdVerbDialog *self, const char *key, const char *label, GtkWidget *shown, GtkWidget *control)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_add_css_class (name, "secondary");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), shown);
  gtk_box_append (self->fields, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (control), LABEL, g_strdup (label), g_free);
  g_hash_table_insert (self->controls, g_strdup (key), control);
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL && gtk_widget_get_focusable (control))
    gtk_window_set_focus (GTK_WINDOW (self), control);
}

void
wd_verb_dialog_add_text (WdVerbDialog *self, const char *key, const char *label, gboolean required)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *around = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_focusable (around, FALSE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (around), TEXT_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (around), view);
  gtk_widget_add_css_class (around, "verb-text");
  add_field (self, key, label, around, view);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (required)
    g_ptr_array_add (self->required, g_strdup (key));
  refresh (self);
}

void
wd_verb_dialog_add_line (WdVerbDialog *self, const char *key, const char *label, const char *hint)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *meaning = gtk_label_new (hint);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_label_set_xalign (GTK_LABEL (meaning), 0);
  gtk_label_set_wrap (GTK_LABEL (meaning), TRUE);
  gtk_widget_add_css_class (meaning, "secondary");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), meaning);
  add_field (self, key, label, box, entry);
  g_hash_table_insert (self->meanings, g_strdup (key), meaning);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/* Few choices stand there all, many in a list that drops down. */
static void
add_radios (WdVerbDialog *self, const char *key, const char *label, const char *const *choices)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  GtkWidget *first = NULL;

  for (guint i = 0; choices[i] != NULL; i++)
    {
      GtkWidget *radio = gtk_check_button_new_with_label (choices[i]);

      if (first == NULL)
        first = radio;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), GTK_CHECK_BUTTON (first));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (radio), i == 0);
      gtk_box_append (GTK_BOX (box), radio);
    }
  add_field (self, key, label, box, box);
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    gtk_window_set_focus (GTK_WINDOW (self), first);
}

void
wd_verb_dialog_add_choice (WdVerbDialog *self, const char *key, const char *label, const char *const *choices)
{
  if (g_strv_length ((char **)choices) <= FEW)
    add_radios (self, key, label, choices);
  else
    {
      GtkWidget *drop_down = wd_drop_down_new (label, choices);

      add_field (self, key, label, drop_down, drop_down);
    }
}

void
wd_verb_dialog_add_check (WdVerbDialog *self, const char *key, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_box_append (self->fields, check);
  g_hash_table_insert (self->controls, g_strdup (key), check);
}

void
wd_verb_dialog_set_meaning (WdVerbDialog *self, const char *key, const char *words)
{
  gtk_label_set_label (g_hash_table_lookup (self->meanings, key), words);
}

void
wd_verb_dialog_set_unclear (WdVerbDialog *self, gboolean unclear)
{
  self->unclear = unclear;
  refresh (self);
}

char *
wd_verb_dialog_dup_text (WdVerbDialog *self, const char *key)
{
  GtkWidget       *control = g_hash_table_lookup (self->controls, key);
  g_autofree char *text = NULL;

  if (GTK_IS_TEXT_VIEW (control))
    g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), "text", &text, NULL);
  else
    text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (control)));
  g_strstrip (text);
  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

guint
wd_verb_dialog_get_choice (WdVerbDialog *self, const char *key)
{
  GtkWidget *control = g_hash_table_lookup (self->controls, key);
  guint      choice = 0;

  if (GTK_IS_DROP_DOWN (control))
    return gtk_drop_down_get_selected (GTK_DROP_DOWN (control));
  for (GtkWidget *radio = gtk_widget_get_first_child (control); radio != NULL; radio = gtk_widget_get_next_sibling (radio), choice++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (radio)))
      break;
  return choice;
}

gboolean
wd_verb_dialog_get_check (WdVerbDialog *self, const char *key)
{
  return gtk_check_button_get_active (g_hash_table_lookup (self->controls, key));
}

/* --- all that was typed, kept and brought back ------------------------------------- */

static GtkCheckButton *
nth_radio (GtkWidget *box, guint n)
{
  GtkWidget *radio = gtk_widget_get_first_child (box);

  while (n-- > 0 && radio != NULL)
    radio = gtk_widget_get_next_sibling (radio);
  return GTK_CHECK_BUTTON (radio);
}

/* By its words: the list may be another one when it is brought back. */
static const char *
name_choice (WdVerbDialog *self, const char *key, guint which)
{
  GtkWidget *control = g_hash_table_lookup (self->controls, key);

  if (!GTK_IS_DROP_DOWN (control))
    return gtk_check_button_get_label (nth_radio (control, which));
  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (control))), which);
}

static GVariant *
read_control (WdVerbDialog *self, const char *key, GtkWidget *control)
{
  g_autofree char *text = NULL;

  if (GTK_IS_CHECK_BUTTON (control))
    return g_variant_new_boolean (wd_verb_dialog_get_check (self, key));
  if (GTK_IS_DROP_DOWN (control) || GTK_IS_BOX (control))
    return g_variant_new_string (name_choice (self, key, wd_verb_dialog_get_choice (self, key)));
  text = wd_verb_dialog_dup_text (self, key);
  return g_variant_new_string (text != NULL ? text : "");
}

GVariant *
wd_verb_dialog_dup_typed (WdVerbDialog *self)
{
  GVariantDict   typed;
  GHashTableIter iter;
  gpointer       key, control;

  g_variant_dict_init (&typed, NULL);
  g_hash_table_iter_init (&iter, self->controls);
  while (g_hash_table_iter_next (&iter, &key, &control))
    g_variant_dict_insert_value (&typed, key, read_control (self, key, control));
  return g_variant_ref_sink (g_variant_dict_end (&typed));
}

static void
choose (GtkWidget *control, const char *words)
{
  if (GTK_IS_DROP_DOWN (control))
    {
      GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (control)));

      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
        if (g_str_equal (gtk_string_list_get_string (list, i), words))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (control), i);
      return;
    }
  for (GtkWidget *radio = gtk_widget_get_first_child (control); radio != NULL; radio = gtk_widget_get_next_sibling (radio))
    if (g_str_equal (gtk_check_button_get_label (GTK_CHECK_BUTTON (radio)), words))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (radio), TRUE);
}

static void
write_control (GtkWidget *control, GVariant *value)
{
  if (GTK_IS_CHECK_BUTTON (control))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (control), g_variant_get_boolean (value));
  else if (GTK_IS_DROP_DOWN (control) || GTK_IS_BOX (control))
    choose (control, g_variant_get_string (value, NULL));
  else if (GTK_IS_TEXT_VIEW (control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), g_variant_get_string (value, NULL), -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (control), g_variant_get_string (value, NULL));
}

void
wd_verb_dialog_restore (WdVerbDialog *self, GVariant *typed)
{
  GVariantIter iter;
  const char  *key;
  GVariant    *value;

  g_variant_iter_init (&iter, typed);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      GtkWidget *control = g_hash_table_lookup (self->controls, key);

      if (control != NULL)
        write_control (control, value);
    }
}

void
wd_verb_dialog_set_problem (WdVerbDialog *self, const char *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}
