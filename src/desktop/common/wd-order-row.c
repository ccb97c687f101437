/* wd-order-row.c — an order as a row of the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-row.h"

#include "wd-clock-chip.h"
#include "wd-format.h"
#include "wd-standing.h"
#include "wd-terms.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

struct _WdOrderRow
{
  AdwBin parent_instance;

  GtkBox      *halves; /* what it is, and how it stands */
  GtkBox      *standing;
  GtkImage    *symbol;
  GtkLabel    *category;
  GtkLabel    *text;
  GtkLabel    *tag;
  GtkLabel    *second_tag;
  GtkLabel    *unconfirmed;
  GtkLabel    *address;
  WdClockChip *chip;
  GtkLabel    *whereabouts;
  GtkLabel    *stage;
  GtkLabel    *crew;
  char        *id;
  char        *words;

  /* the symbol as it was drawn last */
  char         *drawn_category;
  WdSymbolState drawn;
  gboolean      drawn_dark;
};

static guint clocks_requested;

G_DEFINE_FINAL_TYPE (WdOrderRow, wd_order_row, ADW_TYPE_BIN)

static void
wd_order_row_dispose (GObject *object)
{
  WdOrderRow *self = WD_ORDER_ROW (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->drawn_category, g_free);
  G_OBJECT_CLASS (wd_order_row_parent_class)->dispose (object);
}

static void
wd_order_row_class_init (WdOrderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_order_row_dispose;
  clocks_requested = g_signal_new ("clocks-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WD_TYPE_CLOCK_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/common/wd-order-row.ui");
  gtk_widget_class_set_css_name (widget_class, "orderrow");
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, halves);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, standing);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, category);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, text);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, tag);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, second_tag);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, unconfirmed);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, address);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, chip);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, whereabouts);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, stage);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, crew);
}

static void
chip_pressed_cb (WdOrderRow *self, int n_press, double x, double y, GtkGesture *click)
{
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, clocks_requested, 0);
}

/* The chip has a line of its own then, with room beside it. */
static void
fold_standing (WdOrderRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->standing), wd_text_scale_is_large () ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
}

/* What somebody said may be long: two lines of it are as much as one of small text. */
static void
follow_text_scale (WdOrderRow *self)
{
  wd_text_scale_wrap (self->text, 2);
  wd_text_scale_wrap (self->address, 2);
  wd_text_scale_wrap (self->whereabouts, 0);
  wd_text_scale_wrap (self->stage, 0);
  wd_text_scale_wrap (self->crew, 0);
  wd_text_scale_fold (self->halves);
  wd_text_scale_follow (self, G_CALLBACK (fold_standing));
  fold_standing (self);
}

static void
wd_order_row_init (WdOrderRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  follow_text_scale (self);
  g_signal_connect_object (click, "released", G_CALLBACK (chip_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->chip), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
wd_order_row_new (void)
{
  return g_object_new (WD_TYPE_ORDER_ROW, NULL);
}

static void
set_tag (GtkLabel *label, const char *words, const char *kind)
{
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_css_classes (GTK_WIDGET (label), (const char *[]){ "tag", kind, NULL });
}

/* At most two tags, with “unconfirmed”; the most telling first. */
static void
show_tags (WdOrderRow *self, const WdOrder *order, gboolean unconfirmed)
{
  /* Translators: a tag for the second, third, … call about the same matter. */
  g_autofree char *calls = order->calls > 1 ? g_strdup_printf (_ ("call no. %d"), (int)order->calls) : NULL;
  struct
  {
    const char *words, *kind;
  } tags[4] = { 0 };
  guint n = 0;

  if (order->supervised)
    tags[n].words = _ ("supervised"), tags[n++].kind = "inverted";
  if (order->returned != NULL)
    tags[n].words = _ ("returned"), tags[n++].kind = "breach";
  if (calls != NULL)
    tags[n].words = calls, tags[n++].kind = "breach";
  if (wd_channel_is_platform (order->channel))
    tags[n].words = wd_term_channel (order->channel), tags[n++].kind = "plain";
  set_tag (self->tag, tags[0].words, tags[0].kind);
  set_tag (self->second_tag, unconfirmed ? NULL : tags[1].words, tags[1].kind);
}

/* How far a dispatched order has come, and what keeps it: told, arrived, on the screen. */
const char *
wd_order_row_delivery (const WdOrderRowContent *content, gint64 now)
{
  const WdOrder *order = content->order;
  const WdClock *clock;

  if (order->state != WD_STATE_DISPATCHED)
    return wd_term_state (order->state);
  if (content->manned == WD_MANNED_OFFLINE)
    return _ ("desk offline");
  if (content->manned == WD_MANNED_UNMANNED)
    return _ ("nobody there");
  if (order->delivery == NULL || order->delivery->delivered == 0)
    return _ ("sent");
  if (order->delivery->shown == 0)
    return _ ("delivered");
  clock = wd_order_clock (order, "accept");
  if (clock != NULL && clock->due_at != 0 && now >= wd_standing_warn_time (content->policy, clock))
    return _ ("shown, not accepted");
  return _ ("shown");
}

char *
wd_order_row_whereabouts (const WdOrderRowContent *content, gint64 now)
{
  g_autofree char *unit = content->unit != NULL ? wd_format_short_name (content->unit) : NULL;

  return unit != NULL ? g_strdup_printf ("%s · %s", unit, wd_order_row_delivery (content, now)) : g_strdup (wd_order_row_delivery (content, now));
}

static void
show_whereabouts (WdOrderRow *self, const WdOrderRowContent *content, const char *words)
{
  gtk_label_set_label (self->whereabouts, words);
  gtk_widget_set_visible (GTK_WIDGET (self->whereabouts), content->stage == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stage), content->stage != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->crew), content->stage != NULL);
  gtk_label_set_label (self->stage, content->stage != NULL ? content->stage : "");
  gtk_label_set_label (self->crew, content->crew != NULL ? content->crew : "–");
}

static void
describe (WdOrderRow *self, const WdOrderRowContent *content)
{
  const WdOrder      *order = content->order;
  g_autoptr (GString) words = g_string_new (content->category);

  if (order->text != NULL)
    g_string_append_printf (words, _ (", %s"), order->text);
  if (order->address != NULL)
    g_string_append_printf (words, _ (", %s"), order->address);
  g_string_append_printf (words, _ (", %s"), gtk_label_get_label (self->whereabouts));
  if (content->stage != NULL && strcmp (content->stage, gtk_label_get_label (self->whereabouts)) != 0)
    g_string_append_printf (words, _ (", %s"), content->stage);
  if (content->crew != NULL)
    g_string_append_printf (words, _ (", %s"), content->crew);
  if (gtk_label_get_label (self->tag)[0] != '\0')
    g_string_append_printf (words, _ (", %s"), gtk_label_get_label (self->tag));
  if (gtk_label_get_label (self->second_tag)[0] != '\0')
    g_string_append_printf (words, _ (", %s"), gtk_label_get_label (self->second_tag));
  if (content->unconfirmed)
    g_string_append_printf (words, _ (", %s"), gtk_label_get_label (self->unconfirmed));
  g_free (self->words);
  self->words = g_string_free (g_steal_pointer (&words), FALSE);
}

/* Draws anew only what looks different: by the clock, or by light and dark. */
static void
show_symbol (WdOrderRow *self, const char *category, WdSymbolState symbol)
{
  gboolean                 dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GdkPaintable) paintable = NULL;

  if (g_strcmp0 (category, self->drawn_category) == 0 && symbol.urgency == self->drawn.urgency &&
      symbol.marks == self->drawn.marks && dark == self->drawn_dark)
    return;
  paintable = wd_symbol_paintable_new (category, symbol, WD_SYMBOL_SIZE, dark);
  gtk_image_set_from_paintable (self->symbol, paintable);
  if (category != self->drawn_category)
    {
      g_free (self->drawn_category);
      self->drawn_category = g_strdup (category);
    }
  self->drawn = symbol;
  self->drawn_dark = dark;
}

void
wd_order_row_show (WdOrderRow *self, const WdOrderRowContent *content, gint64 now)
{
  const WdOrder   *order = content->order;
  g_autofree char *line = order->text != NULL ? g_strdup (order->text) : g_strdup ("");
  g_autofree char *whereabouts = NULL;

  g_free (self->id);
  self->id = g_strdup (order->id);
  show_symbol (self, order->category, content->symbol);
  gtk_label_set_label (self->category, content->category);
  gtk_label_set_label (self->text, g_strdelimit (line, "\n\t", ' '));
  gtk_label_set_label (self->address, order->address != NULL ? order->address : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unconfirmed), content->unconfirmed);
  show_tags (self, order, content->unconfirmed);
  whereabouts = wd_order_row_whereabouts (content, now);
  show_whereabouts (self, content, whereabouts);
  describe (self, content);
  wd_clock_chip_set_clock (self->chip, content->clock, content->policy);
  wd_clock_chip_tick (self->chip, now);
}

gboolean
wd_order_row_tick (WdOrderRow *self, const WdOrderRowContent *content, gint64 now)
{
  g_autofree char *whereabouts = wd_order_row_whereabouts (content, now);
  gboolean         elsewhere = strcmp (whereabouts, gtk_label_get_label (self->whereabouts)) != 0;

  show_symbol (self, self->drawn_category, content->symbol);
  wd_clock_chip_tick (self->chip, now);
  if (elsewhere)
    {
      show_whereabouts (self, content, whereabouts);
      describe (self, content);
    }
  return elsewhere;
}

const char *
wd_order_row_get_id (WdOrderRow *self)
{
  return self->id;
}

const char *
wd_order_row_get_words (WdOrderRow *self)
{
  return self->words;
}

GtkWidget *
wd_order_row_get_chip (WdOrderRow *self)
{
  return GTK_WIDGET (self->chip);
}

static void
set_class (WdOrderRow *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

void
wd_order_row_set_struck (WdOrderRow *self, gboolean struck)
{
  set_class (self, "struck", struck);
}

void
wd_order_row_set_dragged (WdOrderRow *self, gboolean dragged)
{
  set_class (self, "dragged", dragged);
}
