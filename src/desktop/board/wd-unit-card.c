/* wd-unit-card.c — a responsible unit, and a place to drop orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-unit-card.h"

#include "wd-order-ids.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

#define DWELL_MS 150   /* the facts unfold when the pointer rests */
#define LARGE_TEXT 1.2 /* from here on a narrow card has no room for its crews */

struct _WdUnitCard
{
  GtkWidget parent_instance; /* no AdwBin: newer ones never take the focus themselves */

  GtkWidget      *box;
  GtkLabel       *presence;
  GtkLabel       *name;
  GtkLabel       *duty;
  GtkLabel       *open;
  GtkProgressBar *load;
  GtkLabel       *waiting;
  GtkLabel       *late;
  GtkWidget      *crews_box;
  GtkLabel       *crews_name;
  GtkLabel       *crews;
  GtkWidget      *wrong;
  GtkLabel       *wrong_mark;
  GtkLabel       *wrong_words;
  GtkLabel       *refusal;
  GtkRevealer    *revealer;
  GtkBox         *facts_box;
  GtkLabel       *let_go;
  GtkDropTarget  *target;
  char           *code;
  gboolean        refused;
  gboolean        dragged; /* something is, and its facts are told */
  guint           dwell;
};

enum
{
  DROPPED,
  HOVERED,
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdUnitCard, wd_unit_card, GTK_TYPE_WIDGET)

static const char *const presence_marks[] = {
  [WD_PRESENCE_ONLINE] = "●", [WD_PRESENCE_AWAY] = "○", [WD_PRESENCE_UNMANNED] = "⌀", [WD_PRESENCE_UNKNOWN] = "○"
};
static const char *const presence_classes[] = {
  [WD_PRESENCE_ONLINE] = "online", [WD_PRESENCE_AWAY] = "away", [WD_PRESENCE_UNMANNED] = "unmanned", [WD_PRESENCE_UNKNOWN] = "unknown"
};
static const char *const fact_marks[] = { [WD_FACT_GOOD] = "✓", [WD_FACT_DOUBT] = "!", [WD_FACT_REFUSED] = "×" };
static const char *const fact_classes[] = { [WD_FACT_GOOD] = "good", [WD_FACT_DOUBT] = "doubt", [WD_FACT_REFUSED] = "refused" };

void
wd_fact_free (WdFact *fact)
{
  g_free (fact->name);
  g_free (fact->words);
  g_free (fact);
}

/* --- drop target ---------------------------------------------------------- */

static gboolean
unfold_cb (gpointer data)
{
  WdUnitCard *self = data;

  self->dwell = 0;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static void
fold (WdUnitCard *self)
{
  g_clear_handle_id (&self->dwell, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/* The icon hangs outside the card, left of it. */
static void
put_icon_aside (GtkDropTarget *target, double x)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GdkDrag *drag = drop != NULL ? gdk_drop_get_drag (drop) : NULL;

  if (drag != NULL)
    wd_order_ids_set_icon_aside (drag, (int)x);
}

static GdkDragAction
enter_cb (WdUnitCard *self, double x, double y, GtkDropTarget *target)
{
  put_icon_aside (target, x);
  if (self->refused)
    return 0;
  g_signal_emit (self, signals[HOVERED], 0, TRUE);
  g_clear_handle_id (&self->dwell, g_source_remove);
  self->dwell = g_timeout_add (DWELL_MS, unfold_cb, self);
  return WD_ORDER_IDS_ACTION;
}

static GdkDragAction
motion_cb (WdUnitCard *self, double x, double y, GtkDropTarget *target)
{
  put_icon_aside (target, x);
  return self->refused ? 0 : WD_ORDER_IDS_ACTION;
}

static void
leave_cb (WdUnitCard *self, GtkDropTarget *target)
{
  put_icon_aside (target, 0);
  g_signal_emit (self, signals[HOVERED], 0, FALSE);
  fold (self);
}

static gboolean
drop_cb (WdUnitCard *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  fold (self);
  if (self->refused)
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_boxed (value));
  return TRUE;
}

static void
dispatch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[ASKED], 0);
}

/* --- the card -------------------------------------------------------------- */

static void
wd_unit_card_dispose (GObject *object)
{
  WdUnitCard *self = WD_UNIT_CARD (object);

  g_clear_handle_id (&self->dwell, g_source_remove);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_unit_card_parent_class)->dispose (object);
}

static void
wd_unit_card_class_init (WdUnitCardClass *klass)
{
  static const guint enter[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_unit_card_dispose;
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, WD_TYPE_ORDER_IDS);
  signals[HOVERED] = g_signal_new ("hovered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "unit.dispatch", NULL, dispatch_action);
  for (guint i = 0; i < G_N_ELEMENTS (enter); i++)
    gtk_widget_class_add_binding_action (widget_class, enter[i], 0, "unit.dispatch", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/board/wd-unit-card.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "unitcard");
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, box);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, presence);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, name);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, duty);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, open);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, load);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, crews_box);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, crews_name);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, crews);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, waiting);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, late);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, wrong);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, wrong_mark);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, wrong_words);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, refusal);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, facts_box);
  gtk_widget_class_bind_template_child (widget_class, WdUnitCard, let_go);
}

static void
wd_unit_card_init (WdUnitCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  self->target = gtk_drop_target_new (WD_TYPE_ORDER_IDS, WD_ORDER_IDS_ACTION);
  g_signal_connect_object (self->target, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->target));
}

GtkWidget *
wd_unit_card_new (const char *code)
{
  WdUnitCard *self = g_object_new (WD_TYPE_UNIT_CARD, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  self->code = g_strdup (code);
  return GTK_WIDGET (self);
}

const char *
wd_unit_card_get_code (WdUnitCard *self)
{
  return self->code;
}

#define LOAD_FLOOR 10 /* orders: a bar is not full with less */

static void
show_load (WdUnitCard *self, const WdUnitCardContent *content)
{
  guint            full = MAX (content->most, LOAD_FLOOR);
  g_autofree char *hint = g_strdup_printf (_ ("%u open; a full bar would be %u"), content->open, full);
  g_autofree char *crews = g_strdup_printf ("%u/%u", content->crews_free, content->crews_all);

  gtk_progress_bar_set_fraction (self->load, (double)content->open / full);
  gtk_widget_set_css_classes (GTK_WIDGET (self->load), (const char *[]){ "load", content->open == 0 ? "none" : NULL, NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->load), hint);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->load), !self->dragged); /* it would lie over the facts */
  gtk_label_set_label (self->crews, content->crews_all > 0 ? crews : "–");
}

static void
show_count (GtkLabel *label, guint count, const char *alarm_class)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  gtk_label_set_label (label, text);
  if (count > 0)
    gtk_widget_add_css_class (GTK_WIDGET (label), alarm_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), alarm_class);
}

void
wd_unit_card_show_presence (GtkLabel *label, WdPresence presence)
{
  gtk_label_set_label (label, presence_marks[presence]);
  gtk_widget_set_css_classes (GTK_WIDGET (label), (const char *[]){ "presence", presence_classes[presence], NULL });
}

void
wd_unit_card_show (WdUnitCard *self, const WdUnitCardContent *content)
{
  g_autofree char *words = NULL;
  g_autofree char *let_go = NULL;

  wd_unit_card_show_presence (self->presence, content->presence);
  gtk_label_set_label (self->name, content->name);
  gtk_label_set_label (self->duty, content->duty != NULL ? content->duty : wd_presence_words (content->presence));
  show_count (self->open, content->open, "counted");
  show_load (self, content);
  show_count (self->waiting, content->waiting, "soon");
  show_count (self->late, content->late, "late");
  /* Translators: the unit's name. */
  let_go = g_strdup_printf (_ ("Let go to send to %s"), content->name);
  gtk_label_set_label (self->let_go, let_go);

  /* Translators: unit, presence, open, waiting, late: as a screen reader says it. */
  words = g_strdup_printf (_ ("%s, %s, %u open, %u waiting for acceptance, %u late, %u of %u crews free"), content->name,
                           wd_presence_words (content->presence), content->open, content->waiting, content->late,
                           content->crews_free, content->crews_all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
wd_unit_card_set_wrong (WdUnitCard *self, WdWrong wrong, const char *words)
{
  static const char *const marks[] = { [WD_WRONG_NOTHING] = "", [WD_WRONG_NO_CREW] = "▲", [WD_WRONG_UNMANNED] = "▲", [WD_WRONG_LATE] = "◆" };
  static const char *const classes[] = { [WD_WRONG_NOTHING] = "", [WD_WRONG_NO_CREW] = "soon", [WD_WRONG_UNMANNED] = "soon", [WD_WRONG_LATE] = "late" };
  const char              *said = words != NULL ? words : "";

  gtk_widget_set_visible (self->wrong, wrong != WD_WRONG_NOTHING);
  gtk_widget_set_css_classes (self->wrong, (const char *[]){ "wrong", classes[wrong], NULL });
  gtk_label_set_label (self->wrong_mark, marks[wrong]);
  gtk_label_set_label (self->wrong_words, said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
}

void
wd_unit_card_set_narrow (WdUnitCard *self, gboolean narrow)
{
  gtk_widget_set_visible (self->crews_box, !narrow || wd_text_scale_get () < LARGE_TEXT);
  gtk_widget_set_margin_start (self->crews_box, narrow ? 4 : 16);
  gtk_label_set_label (self->crews_name, narrow ? _ ("free") : _ ("free crews"));
}

static GtkWidget *
fact_row (const WdFact *fact)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *mark = gtk_label_new (fact_marks[fact->kind]);
  GtkWidget *name = gtk_label_new (fact->name);
  GtkWidget *words = gtk_label_new (fact->words);

  gtk_widget_add_css_class (mark, "fact-mark");
  gtk_widget_add_css_class (mark, fact_classes[fact->kind]);
  gtk_widget_add_css_class (name, "secondary");
  gtk_widget_add_css_class (words, "fact");
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static void
clear_facts (WdUnitCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts_box))) != NULL)
    gtk_box_remove (self->facts_box, child);
}

void
wd_unit_card_set_facts (WdUnitCard *self, GPtrArray *facts)
{
  const char *refusal = NULL;

  clear_facts (self);
  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const WdFact *fact = facts->pdata[i];

      if (fact->kind == WD_FACT_REFUSED && refusal == NULL)
        refusal = fact->words;
      gtk_box_append (self->facts_box, fact_row (fact));
    }

  self->refused = refusal != NULL;
  self->dragged = facts != NULL;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->load), !self->dragged);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), self->refused);
  if (self->refused)
    {
      /* Translators: why a unit cannot take what is dragged. */
      g_autofree char *words = g_strdup_printf (_ ("× Not possible: %s"), refusal);

      gtk_label_set_label (self->refusal, words);
      gtk_widget_add_css_class (GTK_WIDGET (self), "refused");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");
  if (facts == NULL)
    fold (self);
}
