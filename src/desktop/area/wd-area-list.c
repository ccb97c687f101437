/* wd-area-list.c — the list of outages and quality cases, what is due next on top
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-clock-chip.h"

#include <glib/gi18n.h>

static GtkLabel *
make_label (const char *style)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "css-classes", (const char *[]){ style, NULL }, NULL);
}

static char *
describe_inside (WdAreaPage *self, WdAreaItem *item)
{
  g_autoptr (GPtrArray) inside = wd_desk_list_orders_inside_area (self->desk, item);
  guint                 unlinked = 0;

  if (wd_area_item_get_area (item) == NULL)
    return g_strdup (_ ("no area drawn yet"));
  for (guint i = 0; i < inside->len; i++)
    unlinked += wd_desk_is_linked (self->desk, inside->pdata[i], wd_area_item_get_id (item)) ? 0 : 1;
  return g_strdup_printf (_ ("open orders inside %1$u, not linked %2$u"), inside->len, unlinked);
}

typedef struct
{
  WdClockChip *chip;
  GtkLabel    *title, *detail, *state;
} WdAreaRow;

static GtkWidget *
make_row (const char *id)
{
  WdAreaRow *parts = g_new (WdAreaRow, 1);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  *parts = (WdAreaRow){ WD_CLOCK_CHIP (wd_clock_chip_new ()), make_label ("strong"), make_label ("secondary"), make_label ("secondary") };
  g_object_set (parts->title, "hexpand", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2, NULL); /* the cause stands at its end */
  gtk_widget_set_valign (GTK_WIDGET (parts->chip), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (parts->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (parts->chip));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->detail));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->state));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, id);
  g_object_set_data_full (G_OBJECT (row), "parts", parts, g_free);
  return row;
}

static void
update_row (WdAreaPage *self, GtkWidget *row, WdAreaItem *item)
{
  const WdAreaRow *parts = g_object_get_data (G_OBJECT (row), "parts");
  gint64           begins = wd_area_item_get_start (item);
  const WdClock    start = { .rule = (char *)"outage-start", .started_at = begins, .due_at = begins, .soft = TRUE };
  g_autofree char *title = wd_area_title (item), *detail = wd_area_detail (self->desk, item), *inside = describe_inside (self, item);
  g_autofree char *state = g_strdup_printf ("%s · %s", wd_area_state (item), inside);
  g_autofree char *name = g_strdup_printf (_ ("%s, %s, %s"), title, detail != NULL ? detail : "", state);

  gtk_label_set_label (parts->title, title);
  gtk_label_set_label (parts->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (parts->detail), detail != NULL);
  gtk_label_set_label (parts->state, state);
  wd_clock_chip_set_clock (parts->chip, begins != 0 ? &start : wd_area_item_get_clock (item), wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  wd_clock_chip_tick (parts->chip, wd_desk_now (self->desk));
  if (wd_area_item_is_open (item))
    gtk_widget_remove_css_class (row, "over");
  else
    gtk_widget_add_css_class (row, "over");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* All rows by id, held; those of areas that are gone leave the list. */
static GHashTable *
hold_rows (WdAreaPage *self)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GtkWidget  *row, *next = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0));

  for (int i = 0; (row = next) != NULL;)
    {
      g_hash_table_insert (rows, (gpointer)gtk_widget_get_name (row), g_object_ref (row));
      if (wd_desk_get_area (self->desk, gtk_widget_get_name (row)) == NULL)
        gtk_list_box_remove (self->list, row);
      else
        i++;
      next = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i));
    }
  return rows;
}

/* A row stays for as long as its area is there, so that a press on it that has begun is not lost; it is moved only past others. */
static void
put_row (WdAreaPage *self, GtkWidget *row, int i)
{
  GtkListBoxRow *there = gtk_list_box_get_row_at_index (self->list, i);

  if (there != NULL && GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i + 1)) == row)
    gtk_list_box_remove (self->list, GTK_WIDGET (there)); /* its turn comes further down */
  else if (GTK_WIDGET (there) != row)
    {
      if (gtk_widget_get_parent (row) != NULL)
        gtk_list_box_remove (self->list, row);
      gtk_list_box_insert (self->list, row, i);
    }
}

void
_wd_area_list_fill (WdAreaPage *self)
{
  GListModel            *areas = wd_desk_get_areas (self->desk);
  guint                  n = g_list_model_get_n_items (areas), open = 0;
  GtkWidget             *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))), *selected = NULL;
  gboolean               focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  g_autoptr (GHashTable) rows = NULL;
  g_autofree char       *count = NULL;

  self->filling = TRUE;
  rows = hold_rows (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);
      const char            *id = wd_area_item_get_id (item);
      GtkWidget             *known = g_hash_table_lookup (rows, id), *row = known != NULL ? known : make_row (id);

      put_row (self, row, (int)i);
      update_row (self, row, item);
      open += wd_area_item_is_open (item) ? 1 : 0;
      if (g_strcmp0 (id, self->selected) == 0)
        selected = row;
    }
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (selected));
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (focused && selected != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list))))
    gtk_widget_grab_focus (selected);
  self->filling = FALSE;
  count = g_strdup_printf (_ ("open %u"), open);
  gtk_label_set_label (self->list_count, count);
}

void
_wd_area_list_tick (WdAreaPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    wd_clock_chip_tick (((const WdAreaRow *)g_object_get_data (G_OBJECT (row), "parts"))->chip, wd_desk_now (self->desk));
}
