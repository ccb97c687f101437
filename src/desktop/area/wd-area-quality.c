/* wd-area-quality.c — a quality case: who has arrived, its area, its conclusion, and who may
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-area-link.h"
#include "wd-case-steps.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static const char *
name_unit (WdAreaPage *self, const char *code)
{
  WdUnitItem *unit = wd_desk_get_unit (self->desk, code);

  return unit != NULL ? wd_unit_item_get_unit (unit)->name : code;
}

static char *
describe_arrival (WdAreaPage *self, gint64 at)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = at != 0 ? wd_format_moment (at, wd_desk_now (self->desk), zone) : NULL;

  return time != NULL ? g_strdup_printf (_ ("✓ arrived %s"), time) : g_strdup (_ ("▲ not there yet"));
}

static void
add_remark (GtkWidget *card, const char *words)
{
  gtk_box_append (GTK_BOX (card), g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
}

/* R69: both or none; the missing half is named. */
static void
show_arrivals (WdAreaPage *self, const WdQuality *quality)
{
  gint64              centre;
  guint               total, there = wd_quality_count_arrivals (quality, &total, &centre);
  g_autoptr (GString) missing = g_string_new (centre == 0 ? _ ("the quality centre") : "");
  g_autofree char    *count = NULL;
  g_autofree char    *words = NULL;
  g_autofree char    *lab = describe_arrival (self, centre);
  GtkWidget          *card;

  if (*quality->units == NULL)
    g_string_append_printf (missing, "%s%s", missing->len > 0 ? _ (", ") : "", _ ("a supply company"));
  for (char **code = quality->units; *code != NULL; code++)
    if (!g_hash_table_contains (quality->attended, *code))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? _ (", ") : "", name_unit (self, *code));
  count = g_strdup_printf ("%u/%u", there, total);
  card = _wd_area_card (self, "arrivals", _ ("Joint arrival"), count);
  _wd_area_add_line (card, _ ("Quality centre"), lab);
  for (char **code = quality->units; *code != NULL; code++)
    {
      g_autofree char *arrival = describe_arrival (self, wd_limits_get (quality->attended, *code));

      _wd_area_add_line (card, name_unit (self, *code), arrival);
    }
  if (there < total)
    words = g_strdup_printf (_ ("It counts as arrived at %1$u of %1$u only. Missing: %2$s"), total, missing->str);
  else
    words = g_strdup (_ ("All are there: arrived."));
  add_remark (card, words);
  if (wd_desk_may_give (self->desk, WD_VERB_ATTEND_QUALITY, quality->id, NULL))
    gtk_widget_set_halign (_wd_area_add_button (card, _ ("We Have Arrived"), "area.attend", TRUE), GTK_ALIGN_START);
}

static void
show_orders (WdAreaPage *self, const WdQuality *quality)
{
  g_autofree char *title = g_strdup_printf (_ ("Orders of the case %u"), g_strv_length (quality->orders));
  GtkWidget       *card = _wd_area_card (self, "calls", title, NULL);
  guint            absent = 0;

  for (char **id = quality->orders; *id != NULL; id++)
    {
      WdOrderItem     *item = wd_desk_get_order (self->desk, *id);
      const WdOrder   *order = item != NULL ? wd_order_item_get_order (item) : NULL;
      g_autofree char *number = order != NULL ? wd_format_number (order->number) : NULL;
      g_autofree char *words = order != NULL ? g_strdup_printf ("%s · %s", order->text != NULL ? order->text : "", wd_term_state (order->state)) : NULL;

      if (order != NULL)
        _wd_area_add_line (card, number, words);
      else
        absent++;
    }
  if (quality->orders[0] == NULL)
    add_remark (card, _ ("None yet: orders are dropped on the case, or linked by Ctrl+L."));
  else if (absent > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u is with the centre or another unit: not shown here.", "%u are with the centre or another unit: not shown here.", absent), absent);

      add_remark (card, words);
    }
}

/* R71, R72: only the quality centre determines the area; what follows is written out. */
static void
show_conclusion (WdAreaPage *self, WdAreaItem *item, const WdQuality *quality)
{
  gboolean   may = wd_desk_may_give (self->desk, WD_VERB_CONCLUDE_QUALITY, quality->id, NULL), drawn = wd_area_item_get_area (item) != NULL;
  GtkWidget *card = _wd_area_card (self, "conclusion", _ ("Conclusion (the quality centre alone)"), NULL), *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *draw, *conclude;

  gtk_widget_set_name (acts, "acts"); /* as an outage's */
  _wd_area_add_line (card, _ ("Cause"), quality->cause);
  if (quality->cause != NULL)
    _wd_area_add_line (card, _ ("Unlawful use"), quality->unlawful ? _ ("yes") : _ ("no"));
  _wd_area_add_line (card, _ ("Area"), !drawn ? _ ("not drawn yet") : wd_area_item_is_draft (item) ? _ ("drawn, under investigation, never published")
                                                                                                   : _ ("confirmed"));
  /* A button with an action is as sensitive as that is: where one may not, it has none. */
  draw = _wd_area_add_button (acts, _ ("Determine Area…"), may ? "area.determine" : NULL, may && !drawn);
  conclude = _wd_area_add_button (acts, _ ("Conclude…"), may && drawn ? "area.conclude" : NULL, may && drawn);
  gtk_widget_set_sensitive (draw, may);
  gtk_widget_set_sensitive (conclude, may && drawn);
  gtk_box_append (GTK_BOX (card), acts);
  add_remark (card, may ? _ ("A confirmed area is an outage at once: valves are closed there.")
                        : _ ("People of the quality centre may conclude and draw the area; you see what they do at once."));
}

void
_wd_area_page_show_quality (WdAreaPage *self, WdAreaItem *item, const WdQuality *quality)
{
  g_autofree char *number = wd_format_number (quality->number), *title = wd_area_title (item);
  g_autofree char *calls = quality->calls > 0 ? wd_format_count (quality->calls) : NULL;
  WdAreaItem      *outage = quality->outage != NULL ? wd_desk_get_area (self->desk, quality->outage) : NULL;
  g_autofree char *born = outage != NULL ? wd_area_title (outage) : NULL;
  GtkWidget       *card = _wd_area_card (self, "case", title, number);

  gtk_box_append (GTK_BOX (card), wd_case_steps_new (quality));
  _wd_area_add_line (card, _ ("State"), wd_area_item_is_unconfirmed (item) ? _ ("not yet at the server") : wd_area_state (item));
  _wd_area_add_line (card, _ ("State of the water"), quality->text);
  _wd_area_add_line (card, _ ("Further calls"), calls);
  _wd_area_add_line (card, _ ("Outage"), born);
  show_arrivals (self, quality);
  show_conclusion (self, item, quality);
  show_orders (self, quality);
  if (wd_area_item_get_area (item) != NULL)
    _wd_area_add_orders (self, item);
}
