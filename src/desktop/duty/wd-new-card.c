/* wd-new-card.c — an order that waits for this desk's acceptance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-new-card.h"

#include "wd-format.h"
#include "wd-order-ids.h"
#include "wd-standing.h"
#include "wd-terms.h"
#include "wd-text-scale.h"
#include "wd-wrap-layout.h"

#include <glib/gi18n.h>

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

struct _WdNewCard
{
  AdwBin parent_instance;

  GtkBox         *head;
  GtkImage       *symbol;
  GtkLabel       *title;
  GtkLabel       *address;
  GtkLabel       *origin;
  GtkLabel       *countdown;
  GtkLabel       *limit;
  GtkProgressBar *used;
  GtkButton      *accept;
  GtkWidget      *keys[3];
  char           *id;
  char           *category;
  char           *words;
  WdUrgency       urgency;
  gint64          started_at;
  gint64          due_at;
  gint64          warn_at;
};

enum
{
  ACCEPTED,
  ASKED,
  DRAG_STARTED,
  DRAG_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdNewCard, wd_new_card, ADW_TYPE_BIN)

static void
accept_cb (WdNewCard *self)
{
  g_signal_emit (self, signals[ACCEPTED], 0, self->id);
}

static void
assign_cb (WdNewCard *self)
{
  g_signal_emit (self, signals[ASKED], 0, "duty.assign");
}

static void
return_cb (WdNewCard *self)
{
  g_signal_emit (self, signals[ASKED], 0, "duty.return");
}

/* --- dragged onto a crew -------------------------------------------------------------- */

static GdkContentProvider *
prepare_cb (WdNewCard *self, double x, double y)
{
  return wd_order_ids_provider_new ((const char *const[]){ self->id, NULL });
}

static void
drag_begin_cb (WdNewCard *self, GdkDrag *drag)
{
  wd_order_ids_set_drag_icon (drag, gtk_image_get_paintable (self->symbol), 1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
  g_signal_emit (self, signals[DRAG_STARTED], 0);
}

static void
drag_end_cb (WdNewCard *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
  g_signal_emit (self, signals[DRAG_ENDED], 0);
}

static void
wd_new_card_dispose (GObject *object)
{
  WdNewCard *self = WD_NEW_CARD (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (wd_new_card_parent_class)->dispose (object);
}

static void
wd_new_card_class_init (WdNewCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_new_card_dispose;
  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DRAG_STARTED] = g_signal_new ("drag-started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAG_ENDED] = g_signal_new ("drag-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WD_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/duty/wd-new-card.ui");
  gtk_widget_class_set_css_name (widget_class, "newcard");
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, head);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, symbol);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, title);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, address);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, origin);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, countdown);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, limit);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, used);
  gtk_widget_class_bind_template_child (widget_class, WdNewCard, accept);
  gtk_widget_class_bind_template_child_full (widget_class, "accept_key", FALSE, G_STRUCT_OFFSET (WdNewCard, keys[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "assign_key", FALSE, G_STRUCT_OFFSET (WdNewCard, keys[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "return_key", FALSE, G_STRUCT_OFFSET (WdNewCard, keys[2]));
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, assign_cb);
  gtk_widget_class_bind_template_callback (widget_class, return_cb);
  gtk_widget_class_bind_template_callback (widget_class, prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
}

/* Of what was said; all of it where a line holds little. */
static void
show_lines (WdNewCard *self)
{
  gtk_label_set_lines (self->title, wd_text_scale_is_large () ? -1 : 2);
  gtk_label_set_ellipsize (self->title, wd_text_scale_is_large () ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

static void
wd_new_card_init (WdNewCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_scale_fold (self->head); /* the minutes come below what they are for */
  wd_text_scale_follow (self, G_CALLBACK (show_lines));
  show_lines (self);
  wd_text_scale_wrap (self->address, 0);
  wd_text_scale_wrap (self->origin, 0);
}

GtkWidget *
wd_new_card_new (void)
{
  return g_object_new (WD_TYPE_NEW_CARD, NULL);
}

/* Of whole minutes, as most are, in words. */
static char *
limit_words (gint64 limit)
{
  g_autofree char *time = wd_format_countdown (limit, 0);

  if (limit % MINUTE_MS == 0 && limit < 60 * MINUTE_MS)
    return g_strdup_printf (_ ("limit %d min"), (int)(limit / MINUTE_MS));
  return g_strdup_printf (_ ("limit %s"), time);
}

static void
take_clock (WdNewCard *self, WdDesk *desk, const WdOrder *order)
{
  const WdClock   *clock = wd_order_clock (order, "accept");
  g_autofree char *words = clock != NULL ? limit_words (clock->due_at - clock->started_at) : NULL;

  self->started_at = clock != NULL ? clock->started_at : 0;
  self->due_at = clock != NULL ? clock->due_at : 0;
  self->warn_at = clock != NULL ? wd_standing_warn_time (wd_desk_get_policy (desk, order->policy), clock) : 0;
  gtk_label_set_label (self->limit, words != NULL ? words : "");
}

/* Number, channel, and when the centre sent it. */
static void
show_origin (WdNewCard *self, WdDesk *desk, const WdOrder *order)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (desk, order->policy));
  g_autofree char      *number = wd_format_number (order->number);
  g_autofree char      *sent = order->delivery != NULL ? wd_format_time (order->delivery->sent, zone) : g_strdup ("—");
  /* Translators: order number, channel, time. */
  g_autofree char *words = g_strdup_printf (_ ("%s · %s · dispatched %s"), number, wd_term_channel (order->channel), sent);

  gtk_label_set_label (self->origin, words);
}

static void
show_symbol (WdNewCard *self, WdSymbolState standing)
{
  gboolean                 dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GdkPaintable) symbol = wd_symbol_paintable_new (self->category, standing, WD_SYMBOL_SIZE, dark);

  gtk_image_set_from_paintable (self->symbol, symbol);
  self->urgency = standing.urgency;
}

void
wd_new_card_show (WdNewCard *self, WdDesk *desk, WdOrderItem *item)
{
  const WdOrder    *order = wd_order_item_get_order (item);
  const WdCategory *category = wd_desk_get_category (desk, order->category);
  WdSymbolState     standing = wd_standing_of (desk, item, wd_desk_now (desk), NULL);
  g_autofree char  *title = g_strdup_printf ("%s · %s", category != NULL ? category->name : order->category,
                                            order->text != NULL ? order->text : "");

  g_free (self->id);
  self->id = g_strdup (order->id);
  g_free (self->category);
  self->category = g_strdup (order->category);
  show_symbol (self, standing);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->address, order->address != NULL ? order->address : "");
  show_origin (self, desk, order);
  take_clock (self, desk, order);
  wd_new_card_tick (self, standing, wd_desk_now (desk));
  g_free (self->words);
  self->words = g_strdup_printf (_ ("%s, %s"), title, gtk_label_get_label (self->address));
}

const char *
wd_new_card_get_id (WdNewCard *self)
{
  return self->id;
}

const char *
wd_new_card_get_words (WdNewCard *self)
{
  return self->words;
}

void
wd_new_card_tick (WdNewCard *self, WdSymbolState standing, gint64 now)
{
  static const char *const moods[] = { "ok", "soon", "late" };
  static const char *const marks[] = { "", "▲ ", "◆ " };
  guint                    mood = now > self->due_at ? 2 : now >= self->warn_at ? 1
                                                                                : 0;
  g_autofree char         *left = NULL;
  g_autofree char         *marked = NULL;

  if (standing.urgency != self->urgency)
    show_symbol (self, standing);
  if (self->due_at == 0)
    return;
  left = wd_format_countdown (self->due_at, now);
  marked = g_strconcat (marks[mood], left, NULL);
  gtk_label_set_label (self->countdown, marked);
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    if (i == mood)
      gtk_widget_add_css_class (GTK_WIDGET (self), moods[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), moods[i]);
  gtk_progress_bar_set_fraction (self->used, CLAMP ((double)(now - self->started_at) / (double)MAX (self->due_at - self->started_at, 1), 0, 1));
}

void
wd_new_card_set_first (WdNewCard *self, gboolean first)
{
  gtk_widget_set_css_classes (GTK_WIDGET (self->accept), (const char *[]){ first ? "act" : "plain", first ? "main" : "small", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    gtk_widget_set_visible (self->keys[i], first);
}
