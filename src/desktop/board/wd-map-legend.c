/* wd-map-legend.c — what the signs of the map mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-legend.h"

#include "wd-area-paint.h"
#include "wd-symbols.h"
#include "wd-text-scale.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define ROWS 8    /* of signs, then the next column begins */
#define SWATCH 30 /* pixels, for text as it was designed */
#define HIGHEST 560

/* clang-format off */
static const struct { WdSymbolState state; const char *words; } states[] = {
  { { WD_URGENCY_YOURS,  WD_MARK_NONE        }, N_("For me to do")             },
  { { WD_URGENCY_NORMAL, WD_MARK_NONE        }, N_("Waiting for units")        },
  { { WD_URGENCY_NORMAL, WD_MARK_SENT        }, N_("Sent, not yet accepted")   },
  { { WD_URGENCY_SOON,   WD_MARK_NONE        }, N_("Soon late")                },
  { { WD_URGENCY_LATE,   WD_MARK_NONE        }, N_("Late")                     },
  { { WD_URGENCY_NORMAL, WD_MARK_SUPERVISED  }, N_("Supervised")               },
  { { WD_URGENCY_NORMAL, WD_MARK_UNCONFIRMED }, N_("Not yet at the server")    },
};
static const char *const areas[WD_N_AREA_STYLES] = {
  [WD_AREA_EMERGENCY] = N_("Emergency outage"),
  [WD_AREA_PLANNED]   = N_("Planned outage"),
  [WD_AREA_QUALITY]   = N_("Water quality: area concluded"),
  [WD_AREA_DRAFT]     = N_("Water quality: under investigation, not published"),
};
static const struct { const char *mark, *words; } marks[] = {
  { "●", N_("Unit: on duty")                         },
  { "○", N_("Unit: away")                            },
  { "⌀", N_("Unit: unmanned or without a link")      },
  { "③", N_("Several orders, and their shares by state") },
};
/* clang-format on */

static int
next_column (int n)
{
  return (n + ROWS - 1) / ROWS * ROWS;
}

static void
add_sign (GtkGrid *grid, int n, GtkWidget *sign, const char *words)
{
  GtkWidget *label = gtk_label_new (words), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), label);
  gtk_grid_attach (grid, row, n / ROWS, n % ROWS, 1, 1);
}

static GtkWidget *
make_symbol (const char *category, WdSymbolState state)
{
  gboolean                 dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GdkPaintable) symbol = wd_symbol_paintable_new (category, state, WD_SYMBOL_SIZE, dark);
  GtkWidget               *image = g_object_new (GTK_TYPE_IMAGE, "paintable", symbol, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (image, "symbol");
  return image;
}

static void
draw_swatch (GtkDrawingArea *swatch, cairo_t *cr, int width, int height, gpointer style)
{
  wd_area_style_paint (GPOINTER_TO_INT (style), cr, width, height, adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static GtkWidget *
make_swatch (WdAreaStyle style)
{
  GtkWidget *swatch = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  int        side = (int)(SWATCH * wd_text_scale_get ());

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), side);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), side);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, GINT_TO_POINTER (style), NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  return swatch;
}

static GtkWidget *
make_mark (const char *mark)
{
  return g_object_new (GTK_TYPE_LABEL, "label", mark, "width-chars", 3, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

GtkWidget *
wd_map_legend_new (WdDesk *desk)
{
  GtkGrid              *grid = GTK_GRID (gtk_grid_new ());
  GtkWidget            *scroll = gtk_scrolled_window_new ();
  g_autoptr (GPtrArray) categories = wd_desk_list_categories (desk);
  int                   n = 0;

  gtk_grid_set_column_spacing (grid, 16);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    add_sign (grid, n++, make_symbol ("leak", states[i].state), _ (states[i].words));
  n = next_column (n);
  for (guint i = 0; i < categories->len; i++)
    {
      const WdCategory *category = categories->pdata[i];

      add_sign (grid, n++, make_symbol (category->code, (WdSymbolState){ WD_URGENCY_NORMAL, WD_MARK_NONE }), category->name);
    }
  n = next_column (n);
  for (int style = 0; style < WD_N_AREA_STYLES; style++)
    add_sign (grid, n++, make_swatch ((WdAreaStyle)style), _ (areas[style]));
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    add_sign (grid, n++, make_mark (marks[i].mark), _ (marks[i].words));

  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), HIGHEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (grid));
  return scroll;
}
