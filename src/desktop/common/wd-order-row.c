/* wd-order-row.c — an order as a row of the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-row.h"

#include "wd-clock-chip.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

struct _WdOrderRow
{
  AdwBin parent_instance;

  GtkImage    *symbol;
  GtkLabel    *category;
  GtkLabel    *text;
  GtkLabel    *tag;
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
  g_type_ensure (WD_TYPE_CLOCK_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/common/wd-order-row.ui");
  gtk_widget_class_set_css_name (widget_class, "orderrow");
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, category);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, text);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, tag);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, unconfirmed);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, address);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, chip);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, whereabouts);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, stage);
  gtk_widget_class_bind_template_child (widget_class, WdOrderRow, crew);
}

static void
wd_order_row_init (WdOrderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wd_order_row_new (void)
{
  return g_object_new (WD_TYPE_ORDER_ROW, NULL);
}

/* At most one tag besides “unconfirmed”, the most telling first. */
static void
show_tag (WdOrderRow *self, const WdOrder *order)
{
  g_autofree char *calls = NULL;
  const char      *tag = NULL;
  const char      *kind = "plain";

  if (order->supervised)
    {
      tag = _ ("supervised");
      kind = "inverted";
    }
  else if (order->returned != NULL)
    {
      tag = _ ("returned");
      kind = "breach";
    }
  else if (order->calls > 1)
    {
      /* Translators: a tag for the second, third, … call about the same matter. */
      tag = calls = g_strdup_printf (_ ("call no. %d"), (int)order->calls);
      kind = "breach";
    }
  else if (wd_channel_is_platform (order->channel))
    tag = wd_term_channel (order->channel);

  gtk_widget_set_visible (GTK_WIDGET (self->tag), tag != NULL);
  gtk_label_set_label (self->tag, tag != NULL ? tag : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->tag), (const char *[]){ "tag", kind, NULL });
}

/* How far a dispatched order has come: told, arrived, on the screen. */
static const char *
delivery_words (const WdOrder *order)
{
  if (order->state != WD_STATE_DISPATCHED)
    return wd_term_state (order->state);
  if (order->delivery == NULL || order->delivery->delivered == 0)
    return _ ("sent");
  return order->delivery->shown == 0 ? _ ("delivered") : _ ("shown");
}

static void
show_whereabouts (WdOrderRow *self, const WdOrderRowContent *content)
{
  g_autofree char *unit = content->unit != NULL ? wd_format_short_name (content->unit) : NULL;
  g_autofree char *words = unit != NULL ? g_strdup_printf ("%s · %s", unit, delivery_words (content->order))
                                        : g_strdup (delivery_words (content->order));

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

  g_free (self->id);
  self->id = g_strdup (order->id);
  show_symbol (self, order->category, content->symbol);
  gtk_label_set_label (self->category, content->category);
  gtk_label_set_label (self->text, g_strdelimit (line, "\n\t", ' '));
  gtk_label_set_label (self->address, order->address != NULL ? order->address : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unconfirmed), content->unconfirmed);
  show_tag (self, order);
  show_whereabouts (self, content);
  describe (self, content);
  wd_clock_chip_set_clock (self->chip, content->clock, content->policy);
  wd_clock_chip_tick (self->chip, now);
}

void
wd_order_row_tick (WdOrderRow *self, WdSymbolState symbol, gint64 now)
{
  show_symbol (self, self->drawn_category, symbol);
  wd_clock_chip_tick (self->chip, now);
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

void
wd_order_row_set_dragged (WdOrderRow *self, gboolean dragged)
{
  if (dragged)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}
