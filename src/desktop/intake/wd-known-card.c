/* wd-known-card.c — one thing that is known at a place, as a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-known-card.h"

#include "wd-area-words.h"
#include "wd-format.h"
#include "wd-json.h"
#include "wd-mercator.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

struct _WdKnownCard
{
  GtkListBoxRow parent_instance;

  WdDesk      *desk;
  WdObjectKind kind;
  char        *id;
  char        *title;
  GtkWidget   *attach;
  GtkWidget   *key;
  WdClockChip *chip; /* of an outage that says when it ends */
};

G_DEFINE_FINAL_TYPE (WdKnownCard, wd_known_card, GTK_TYPE_LIST_BOX_ROW)

enum
{
  ATTACH,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- pieces ---- */

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_line (const char *text, const char *css)
{
  GtkWidget *label = make_label (text, css);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
attach_cb (WdKnownCard *self)
{
  g_signal_emit (self, signals[ATTACH], 0);
}

static GtkWidget *
make_attach (WdKnownCard *self, const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->attach = gtk_button_new ();
  self->key = g_object_new (GTK_TYPE_LABEL, "label", "Ctrl+L", "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->key, "key");
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_box_append (GTK_BOX (box), self->key);
  gtk_button_set_child (GTK_BUTTON (self->attach), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->attach), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_focus_on_click (self->attach, FALSE);
  gtk_widget_set_halign (self->attach, GTK_ALIGN_START);
  gtk_widget_set_valign (self->attach, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->attach, wd_role_is_centre (wd_desk_get_actor (self->desk)->role));
  g_signal_connect_swapped (self->attach, "clicked", G_CALLBACK (attach_cb), self);
  return self->attach;
}

static GtkWidget *
make_sentence (const char *sentence)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *words = make_label (sentence, "sentence");

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (box, "read-out");
  gtk_box_append (GTK_BOX (box), make_label (_ ("Tell the caller"), "read-out-head"));
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static GtkWidget *
make_head (WdKnownCard *self, const char *tag, const char *title)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *mark = make_label (tag, "tag");

  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  self->chip = WD_CLOCK_CHIP (wd_clock_chip_new ());
  gtk_box_append (GTK_BOX (head), mark);
  gtk_box_append (GTK_BOX (head), make_line (title, "title"));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->chip));
  return head;
}

/* @words: what a screen reader says of it */
static void
fill (WdKnownCard *self, GtkWidget *head, const char *line, const char *sentence, const char *attach)
{
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_autofree char *words = g_strjoin (", ", self->title, line, sentence, NULL);

  gtk_widget_add_css_class (card, "known-card");
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), make_line (line, "secondary"));
  if (sentence != NULL)
    gtk_box_append (GTK_BOX (card), make_sentence (sentence));
  gtk_box_append (GTK_BOX (card), make_attach (self, attach));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), card);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* ---- times ---- */

static char *
tell_moment (WdKnownCard *self, gint64 time)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));

  return wd_format_moment (time, wd_desk_now (self->desk), zone);
}

static char *
tell_age (WdKnownCard *self, gint64 time)
{
  gint64 minutes = MAX (wd_desk_now (self->desk) - time, 0) / 60000;

  if (minutes >= 24 * 60)
    return tell_moment (self, time);
  if (minutes == 0)
    return g_strdup (_ ("just now"));
  if (minutes >= 60)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong)minutes / 60), (int)minutes / 60);
  return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong)minutes), (int)minutes);
}

/* ---- outages and cases ---- */

static const char *
tag_of (const WdOutage *outage)
{
  if (outage->quality != NULL)
    return _ ("Off for its quality");
  if (outage->effect == WD_OUTAGE_LOW_PRESSURE)
    return _ ("Low pressure");
  return outage->nature == WD_OUTAGE_PLANNED ? _ ("Planned outage") : _ ("Emergency outage");
}

static void
show_outage (WdKnownCard *self, const WdOutage *outage, const char *sentence)
{
  g_autofree char *number = wd_format_number (outage->number);
  g_autofree char *pipe = outage->pipe_mm > 0 ? g_strdup_printf (" DN%d", (int)outage->pipe_mm) : g_strdup ("");
  g_autofree char *title = g_strconcat (outage->reason != NULL ? outage->reason : "", pipe, NULL);
  g_autofree char *starts = tell_moment (self, outage->starts);
  g_autofree char *from = g_strdup_printf (_ ("from %s"), starts);
  WdAffected       affected = wd_affected_read (outage->affected);
  g_autofree char *inside = wd_affected_describe (&affected);
  g_autofree char *line = g_strjoin (" · ", _ ("the address is in its area"), from, inside, NULL);
  GtkWidget       *head = make_head (self, tag_of (outage), title);

  self->title = g_strdup_printf ("%s %s %s", tag_of (outage), title, number);
  for (guint i = 0; i < outage->clocks->len; i++)
    {
      const WdClock *clock = outage->clocks->pdata[i];

      if (clock->stopped_at == 0 && g_strcmp0 (clock->rule, "outage-expected") == 0)
        wd_clock_chip_set_clock (self->chip, clock, wd_desk_get_policy (self->desk, outage->policy));
    }
  fill (self, head, line, sentence, _ ("Add to This Outage, No New Order"));
}

static void
show_quality (WdKnownCard *self, const WdQuality *quality, const char *sentence)
{
  g_autofree char *number = wd_format_number (quality->number);
  const char      *title = quality->cause != NULL ? quality->cause : quality->text;
  const char      *stage = quality->area != NULL ? _ ("the address is in its area") : _ ("under investigation (not public)");
  g_autofree char *calls = g_strdup_printf (ngettext ("%d order", "%d orders", g_strv_length (quality->orders)), (int)g_strv_length (quality->orders));
  g_autofree char *line = g_strdup_printf ("%s · %s · %s", stage, number, calls);
  GtkWidget       *head = make_head (self, _ ("Water quality"), title != NULL ? title : "");

  self->title = g_strdup_printf ("%s %s %s", _ ("Water quality"), title != NULL ? title : "", number);
  fill (self, head, line, sentence, _ ("Add to This Case, No New Order"));
}

/* ---- orders ---- */

static void
show_order (WdKnownCard *self, const WdOrder *order, const WdPoint *point)
{
  const WdCategory *category = wd_desk_get_category (self->desk, order->category);
  WdUnitItem       *unit = order->unit != NULL ? wd_desk_get_unit (self->desk, order->unit) : NULL;
  g_autofree char  *number = wd_format_number (order->number);
  g_autofree char  *title = g_strdup_printf ("%s  %s · %s", number, category != NULL ? category->name : order->category, order->text != NULL ? order->text : "");
  g_autofree char  *age = tell_age (self, order->received_at);
  g_autofree char  *with = unit != NULL ? wd_format_short_name (wd_unit_item_get_unit (unit)->name) : g_strdup (_ ("the centre"));
  g_autofree char  *line = NULL;
  GtkWidget        *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char  *spoken = NULL;

  /* Translators: how far off, how old, with whom, its state. */
  line = g_strdup_printf (_ ("%d m off · %s · %s %s"), (int)(wd_point_distance (*point, order->point) + 0.5), age, with, wd_term_state (order->state));
  self->title = g_strdup (title);
  spoken = g_strdup_printf (_ ("%s, %s"), title, line);
  gtk_widget_add_css_class (row, "known-card");
  gtk_widget_add_css_class (row, "order");
  gtk_box_append (GTK_BOX (words), make_line (title, "known-order"));
  gtk_box_append (GTK_BOX (words), make_line (line, "secondary"));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), make_attach (self, _ ("It Is the Same")));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* ---- the row ---- */

static void
wd_known_card_dispose (GObject *object)
{
  WdKnownCard *self = WD_KNOWN_CARD (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  self->chip = NULL;
  G_OBJECT_CLASS (wd_known_card_parent_class)->dispose (object);
}

static void
wd_known_card_class_init (WdKnownCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_known_card_dispose;
  signals[ATTACH] = g_signal_new ("attach", WD_TYPE_KNOWN_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_known_card_init (WdKnownCard *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
}

GtkWidget *
wd_known_card_new (WdDesk *desk, WdObjectKind kind, JsonObject *object, const char *sentence, const WdPoint *point)
{
  const WdRecordType *type = wd_object_type (kind);
  gpointer            record = wd_record_new (type);
  WdKnownCard        *self = NULL;

  if (wd_record_read_json (type, record, object, NULL) && wd_object_id (kind, record) != NULL)
    {
      self = g_object_new (WD_TYPE_KNOWN_CARD, NULL);
      self->desk = g_object_ref (desk);
      self->kind = kind;
      self->id = g_strdup (wd_object_id (kind, record));
      if (kind == WD_OBJECT_OUTAGE)
        show_outage (self, record, sentence);
      else if (kind == WD_OBJECT_QUALITY)
        show_quality (self, record, sentence);
      else
        show_order (self, record, point);
      wd_known_card_set_active (self, FALSE);
      wd_known_card_tick (self, wd_desk_now (desk));
    }
  wd_record_free (type, record);
  return GTK_WIDGET (self);
}

const char *
wd_known_card_get_id (WdKnownCard *self)
{
  return self->id;
}

WdObjectKind
wd_known_card_get_kind (WdKnownCard *self)
{
  return self->kind;
}

const char *
wd_known_card_get_title (WdKnownCard *self)
{
  return self->title;
}

void
wd_known_card_set_active (WdKnownCard *self, gboolean active)
{
  gtk_widget_set_visible (self->key, active);
  gtk_widget_remove_css_class (self->attach, active ? "plain" : "act");
  gtk_widget_add_css_class (self->attach, active ? "act" : "plain");
}

void
wd_known_card_tick (WdKnownCard *self, gint64 now)
{
  if (self->chip != NULL)
    wd_clock_chip_tick (self->chip, now);
}
