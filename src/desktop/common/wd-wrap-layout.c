/* wd-wrap-layout.c — buttons in a row, and in further rows where there is no room for all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-wrap-layout.h"

#define SPACING 8

struct _WdWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (WdWrapLayout, wd_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
next_seen (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_seen (GtkWidget *widget)
{
  return next_seen (gtk_widget_get_first_child (widget));
}

static int
natural (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int size;

  gtk_widget_measure (child, orientation, for_size, NULL, &size, NULL, NULL);
  return size;
}

/* The row that begins with @child: how wide and high it is.  Returns: (nullable): the first child of the next one */
static GtkWidget *
measure_row (GtkWidget *child, int width, int *row_width, int *row_height)
{
  *row_width = -SPACING;
  *row_height = 0;
  for (gboolean first = TRUE; child != NULL; child = next_seen (gtk_widget_get_next_sibling (child)), first = FALSE)
    {
      int own = MIN (natural (child, GTK_ORIENTATION_HORIZONTAL, -1), width);

      if (!first && *row_width + SPACING + own > width)
        return child;
      *row_width += SPACING + own;
      *row_height = MAX (*row_height, natural (child, GTK_ORIENTATION_VERTICAL, own));
    }
  return NULL;
}

static GtkSizeRequestMode
wd_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* At least as wide as the widest; at best all in one row. */
static void
measure_width (GtkWidget *widget, int *minimum, int *wanted)
{
  int own;

  *minimum = 0;
  *wanted = 0;
  for (GtkWidget *child = first_seen (widget); child != NULL; child = next_seen (gtk_widget_get_next_sibling (child)))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &own, NULL, NULL, NULL);
      *minimum = MAX (*minimum, own);
      *wanted += natural (child, GTK_ORIENTATION_HORIZONTAL, -1) + (*wanted > 0 ? SPACING : 0);
    }
}

static void
wd_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *wanted, int *minimum_baseline, int *baseline)
{
  int width = for_size >= 0 ? for_size : G_MAXINT, height = -SPACING, row_width, row_height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, wanted);
      return;
    }
  for (GtkWidget *child = first_seen (widget); child != NULL;)
    {
      child = measure_row (child, width, &row_width, &row_height);
      height += SPACING + row_height;
    }
  *minimum = *wanted = MAX (height, 0);
}

/* Places the row at @y. */
static void
allocate_row (GtkWidget *child, GtkWidget *end, int width, int y, int row_width, int row_height)
{
  for (int x = 0; child != end; child = next_seen (gtk_widget_get_next_sibling (child)))
    {
      int own = MIN (natural (child, GTK_ORIENTATION_HORIZONTAL, -1), width);

      if (gtk_widget_get_hexpand (child))
        x += MAX (width - row_width, 0);
      gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, own, row_height }, -1);
      x += own + SPACING;
    }
}

static void
wd_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  int y = 0, row_width, row_height;

  for (GtkWidget *child = first_seen (widget); child != NULL; y += row_height + SPACING)
    {
      GtkWidget *end = measure_row (child, width, &row_width, &row_height);

      allocate_row (child, end, width, y, row_width, row_height);
      child = end;
    }
}

static void
wd_wrap_layout_class_init (WdWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = wd_wrap_layout_get_request_mode;
  layout_class->measure = wd_wrap_layout_measure;
  layout_class->allocate = wd_wrap_layout_allocate;
}

static void
wd_wrap_layout_init (WdWrapLayout *self)
{
}
