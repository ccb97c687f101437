/* wd-area-count.c — who is inside, asked of the server while one draws
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-area-link.h"
#include "wd-box-merge.h"
#include "wd-format.h"
#include "wd-json.h"
#include "wd-shape.h"

#include <glib/gi18n.h>

#define PAUSE_MS 150
#define UNKNOWN "–"

static GtkLabel *
add_figure (GtkWidget *grid, int row, const char *name)
{
  GtkWidget *figure = g_object_new (GTK_TYPE_LABEL, "label", UNKNOWN, "xalign", 1.0, "hexpand", TRUE, "css-classes", (const char *[]){ "strong", NULL }, NULL);

  gtk_grid_attach (GTK_GRID (grid), g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "css-classes", (const char *[]){ "secondary", NULL }, NULL), 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), figure, 1, row, 1, 1);
  return GTK_LABEL (figure);
}

void
_wd_area_count_make (WdAreaPage *self, GtkWidget *box)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *grid = gtk_grid_new ();
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (card, "area-card");
  gtk_box_append (GTK_BOX (card), g_object_new (GTK_TYPE_LABEL, "label", _ ("Affected (live)"), "xalign", 0.0, "css-classes", (const char *[]){ "title", NULL }, NULL));
  self->count = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "label", UNKNOWN, "css-classes", (const char *[]){ "big-number", NULL }, NULL));
  self->count_rest = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "label", _ ("customers"), "xalign", 0.0, "hexpand", TRUE, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_box_append (GTK_BOX (figures), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (figures), GTK_WIDGET (self->count_rest));
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  self->count_added = add_figure (grid, 0, _ ("new"));
  self->count_released = add_figure (grid, 1, _ ("released"));
  self->count_same = add_figure (grid, 2, _ ("told before"));
  self->count_changes = grid;
  gtk_box_append (GTK_BOX (figures), grid);
  gtk_box_append (GTK_BOX (card), figures);
  self->critical = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->critical));
  self->count_orders = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  self->count_unlinked = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->count_orders));
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->count_unlinked));
  self->link_all = _wd_area_add_button (foot, _ ("Link All  Ctrl+L"), "area.link-all", FALSE);
  gtk_box_append (GTK_BOX (card), foot);
  gtk_box_append (GTK_BOX (box), card);
}

/* --- what was counted ----------------------------------------------------------------- */

static void
fill_critical (GtkBox *box, JsonArray *list)
{
  guint                 n = list != NULL ? json_array_get_length (list) : 0;
  g_autofree char      *title = g_strdup_printf (_ ("Critical customers %u — to be telephoned first"), n);
  g_autoptr (GtkWidget) wanted = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));

  if (n > 0)
    {
      gtk_box_append (GTK_BOX (wanted), g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "css-classes", (const char *[]){ "strong", NULL }, NULL));
      _wd_area_add_critical (wanted, list);
    }
  wd_box_merge (box, GTK_BOX (wanted));
}

/* (nullable) */
static JsonArray *
get_critical (WdAreaPage *self)
{
  JsonNode *node = self->counted != NULL ? json_object_get_member (json_node_get_object (self->counted), "critical") : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

void
_wd_area_count_show_critical (WdAreaPage *self)
{
  JsonArray *list = get_critical (self);

  fill_critical (self->critical, list);
  if (self->critical_asked != NULL)
    fill_critical (self->critical_asked, list);
}

static gboolean
read_mark (JsonNode *node, WdCriticalMark *mark)
{
  JsonObject *one = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *point = one != NULL ? json_object_get_member (one, "point") : NULL;
  JsonArray  *place = point != NULL && JSON_NODE_HOLDS_ARRAY (point) ? json_node_get_array (point) : NULL;

  if (place == NULL || json_array_get_length (place) != 2)
    return FALSE;
  *mark = (WdCriticalMark){ { json_array_get_double_element (place, 0), json_array_get_double_element (place, 1) },
                            wd_area_class_badge (json_object_get_string_member_with_default (one, "class", NULL)) };
  return TRUE;
}

static void
mark_critical (WdAreaPage *self)
{
  JsonArray         *list = get_critical (self);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (WdCriticalMark));

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      WdCriticalMark mark;

      if (read_mark (json_array_get_element (list, i), &mark))
        g_array_append_val (marks, mark);
    }
  wd_critical_layer_set_marks (self->marks, (const WdCriticalMark *)(gpointer)marks->data, marks->len);
}

/* @answer: (transfer full) (nullable) */
static void
take_critical (WdAreaPage *self, JsonNode *answer)
{
  g_clear_pointer (&self->counted, json_node_unref);
  self->counted = answer;
  _wd_area_count_show_critical (self);
  mark_critical (self);
}

static void
set_figure (GtkLabel *label, gint64 value)
{
  g_autofree char *text = value >= 0 ? wd_format_count (value) : g_strdup (UNKNOWN);

  gtk_label_set_label (label, text);
}

/* On the map, where the hand is. */
static void
show_gain (WdAreaPage *self, gint64 added, gint64 released)
{
  g_autofree char *more = added > 0 ? wd_format_count (added) : NULL, *less = released > 0 ? wd_format_count (released) : NULL;
  g_autofree char *gain = more != NULL && less != NULL ? g_strdup_printf (_ ("%1$s new · %2$s released"), more, less)
                          : more != NULL               ? g_strdup_printf (_ ("%s new"), more)
                          : less != NULL               ? g_strdup_printf (_ ("%s released"), less)
                                                       : NULL;

  wd_sketch_layer_set_gain (self->layer, gain);
}

/* What is new is what is inside now and was not before; and so on. */
static void
show_figures (WdAreaPage *self)
{
  gint64 now = self->counts[WD_COUNT_NOW], before = self->counts[WD_COUNT_BEFORE], both = self->counts[WD_COUNT_BOTH];
  gint64 added = now >= 0 && both >= 0 ? now - both : -1, released = before >= 0 && both >= 0 ? before - both : -1;

  set_figure (self->count, now);
  set_figure (self->count_same, both);
  set_figure (self->count_added, added);
  set_figure (self->count_released, released);
  show_gain (self, self->published != NULL ? added : 0, released);
}

/* A shape that is none is not counted: the figures are those of the last one that was. */
static void
name_figures (WdAreaPage *self)
{
  gtk_label_set_label (self->count_rest, self->counts[WD_COUNT_NOW] < 0 ? _ ("customers") : self->fault != NULL ? _ ("customers — of the last good shape")
                                                                                                                : _ ("customers"));
}

/* --- asking ---------------------------------------------------------------------------- */

typedef struct
{
  WdAreaPage *page;
  WdCount     which;
} Asked;

static void
counted_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autofree Asked      *asked = data;
  g_autoptr (WdAreaPage) self = asked->page;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonNode)   root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  JsonObject            *answer = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->purpose == WD_AREA_IDLE)
    return;
  self->counts[asked->which] = answer != NULL ? json_object_get_int_member_with_default (answer, "customers", -1) : -1;
  show_figures (self);
  if (asked->which != WD_COUNT_NOW)
    return;
  _wd_area_editor_say_corner (self);
  take_critical (self, answer != NULL ? g_steal_pointer (&root) : NULL);
  if (answer != NULL)
    name_figures (self);
  else
    gtk_label_set_label (self->count_rest, _ ("customers — can't be counted now"));
}

/* Nobody is in no shape. */
static void
ask (WdAreaPage *self, WdCount which, const char *geojson)
{
  g_autofree char *body = geojson != NULL ? g_strdup_printf ("{\"area\":%s}", geojson) : NULL;
  Asked           *asked;

  if (body == NULL)
    {
      self->counts[which] = 0;
      show_figures (self);
      name_figures (self);
      return;
    }
  asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (self), which };
  wd_uplink_post_async (wd_desk_get_uplink (self->desk), "/v1/affected", body, self->counting, counted_cb, asked);
}

/* What is drawn and what was told before, to be laid over one another by a worker. */
typedef struct
{
  WdSketch *sketch;
  char     *published;
} Overlap;

static void
overlap_free (Overlap *overlap)
{
  wd_sketch_free (overlap->sketch);
  g_free (overlap->published);
  g_free (overlap);
}

static void
lay_over (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Overlap              *overlap = data;
  g_autoptr (GArray)    starts = NULL, other_starts = NULL, common_starts = NULL;
  g_autoptr (GPtrArray) rings = wd_sketch_dup_rings (overlap->sketch, &starts);
  g_autoptr (GPtrArray) others = overlap->published != NULL ? wd_geometry_rings (overlap->published, &other_starts, NULL) : NULL;
  g_autoptr (GPtrArray) common = others != NULL && rings->len > 0 ? wd_shapes_common (rings, starts, others, other_starts, &common_starts) : NULL;

  g_task_return_pointer (task, common != NULL && common->len > 0 ? _wd_area_write_geojson (common, common_starts) : NULL, g_free);
}

static void
laid_over_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdAreaPage        *self = WD_AREA_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *common = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL) /* something else is asked by now */
    return;
  ask (self, WD_COUNT_NOW, self->geojson);
  if (self->counts[WD_COUNT_BEFORE] < 0)
    ask (self, WD_COUNT_BEFORE, self->published);
  ask (self, WD_COUNT_BOTH, common);
  if (self->geojson == NULL)
    take_critical (self, NULL);
}

/* Of what is no shape they stay as they were. */
void
_wd_area_count_show_orders (WdAreaPage *self)
{
  g_autoptr (GPtrArray) inside = NULL;
  g_auto (GStrv)        unlinked = NULL;
  g_autofree char      *orders = NULL, *others = NULL;

  if (self->fault != NULL)
    return;
  inside = wd_desk_list_orders_inside (self->desk, self->geojson);
  unlinked = wd_area_pick_unlinked (self->desk, inside, self->about);
  orders = g_strdup_printf (_ ("Open orders inside %u"), inside->len);
  others = g_strdup_printf (_ ("not linked %u"), g_strv_length (unlinked));
  gtk_label_set_label (self->count_orders, orders);
  gtk_label_set_label (self->count_unlinked, others);
  gtk_widget_set_visible (self->link_all, self->about != NULL && unlinked[0] != NULL && wd_desk_may_give (self->desk, WD_VERB_LINK, unlinked[0], NULL));
}

static gboolean
ask_cb (gpointer data)
{
  WdAreaPage       *self = data;
  g_autoptr (GTask) task = NULL;
  Overlap          *overlap;

  self->count_source = 0;
  _wd_area_count_show_orders (self);
  if (_wd_area_verdict_is_outside (self))
    {
      name_figures (self);
      return G_SOURCE_REMOVE;
    }
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  overlap = g_new (Overlap, 1);
  *overlap = (Overlap){ wd_sketch_copy (self->sketch), g_strdup (self->published) };
  task = g_task_new (self, self->counting, laid_over_cb, NULL);
  g_task_set_name (task, "lay two shapes over one another");
  g_task_set_task_data (task, overlap, (GDestroyNotify)overlap_free);
  g_task_run_in_thread (task, lay_over);
  return G_SOURCE_REMOVE;
}

void
_wd_area_count_ask (WdAreaPage *self)
{
  g_clear_handle_id (&self->count_source, g_source_remove);
  if (self->fault != NULL)
    name_figures (self);
  else
    self->count_source = g_timeout_add (PAUSE_MS, ask_cb, self); /* until it is answered the figures are what they were */
}

void
_wd_area_count_begin (WdAreaPage *self)
{
  g_cancellable_cancel (self->counting); /* what was asked of others is no answer to this */
  for (WdCount which = 0; which < WD_N_COUNTS; which++)
    self->counts[which] = -1;
  show_figures (self);
  take_critical (self, NULL);
  gtk_label_set_label (self->count_orders, "");
  gtk_label_set_label (self->count_unlinked, "");
  gtk_widget_set_visible (self->link_all, FALSE);
}
