/* wd-symbol-paint.c — the strokes of which symbols and the other marks on the map are made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-symbol-paint.h"

#include <math.h>

#define OUTLINE 1.5
#define FAULT 9.0
#define HALO 1.5 /* of the surface's colour, outside the shape, so that it stands off any ground */
#define FONT "Noto Sans CJK SC, sans-serif"

typedef enum
{
  SHAPE_DROP,
  SHAPE_STAR,
  SHAPE_HEXAGON,
  SHAPE_SQUARE,
  SHAPE_HOUSE,
  SHAPE_BASIN,
  SHAPE_CIRCLE
} Shape;

typedef struct
{
  const char *category;
  Shape       shape;
  const char *character;
} Category;

/* clang-format off */
static const Category categories[] = {
  { "no-water",        SHAPE_DROP,    "无" },
  { "low-pressure",    SHAPE_DROP,    "压" },
  { "leak",            SHAPE_DROP,    "漏" },
  { "burst",           SHAPE_STAR,    "爆" },
  { "quality",         SHAPE_HEXAGON, "质" },
  { "meter",           SHAPE_SQUARE,  "表" },
  { "billing",         SHAPE_SQUARE,  "费" },
  { "cover",           SHAPE_HOUSE,   "盖" },
  { "hydrant",         SHAPE_HOUSE,   "栓" },
  { "drainage",        SHAPE_BASIN,   "排" },
  { "sewage-overflow", SHAPE_BASIN,   "溢" },
  { "service",         SHAPE_CIRCLE,  "办" },
  { "other",           SHAPE_CIRCLE,  "他" }, /* the last: for those that are not here, too */
};

/* The fill, the outline where it has one, and the character, by urgency. */
static const struct { WdColor fill, outline, character; gboolean outlined; } fills[WD_N_URGENCIES] = {
  [WD_URGENCY_NORMAL] = { WD_COLOR_SURFACE, WD_COLOR_INK2,    WD_COLOR_INK,       TRUE  },
  [WD_URGENCY_YOURS]  = { WD_COLOR_ACT,     WD_COLOR_ACT,     WD_COLOR_ON_ACT,    FALSE },
  [WD_URGENCY_SOON]   = { WD_COLOR_WARN,    WD_COLOR_ON_WARN, WD_COLOR_ON_WARN,   TRUE  },
  [WD_URGENCY_LATE]   = { WD_COLOR_BREACH,  WD_COLOR_BREACH,  WD_COLOR_ON_BREACH, FALSE },
};
/* clang-format on */

static const Category *
find_category (const char *code)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (categories) - 1 && g_strcmp0 (categories[i].category, code) != 0)
    i++;
  return &categories[i];
}

const char *
wd_symbol_character (const char *category)
{
  return find_category (category)->character;
}

void
wd_paint_set_color (cairo_t *cr,
                    WdColor  color,
                    double   alpha,
                    gboolean dark)
{
  GdkRGBA rgba = wd_palette_get (color, dark);

  cairo_set_source_rgba (cr, rgba.red, rgba.green, rgba.blue, alpha);
}

static PangoLayout *
create_text (cairo_t    *cr,
             const char *text,
             double      pixels)
{
  PangoLayout          *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  /* The same character has another form in Japan; which one is a matter of language, not of the font alone. */
  pango_context_set_language (pango_layout_get_context (layout), pango_language_from_string ("zh-cn"));
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, pixels * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

double
wd_paint_text (cairo_t    *cr,
               const char *text,
               double      pixels,
               double      x,
               double      y)
{
  g_autoptr (PangoLayout) layout = create_text (cr, text, pixels);
  PangoRectangle          extents;

  pango_layout_get_extents (layout, NULL, &extents);
  /* Characters fill their square from 0.12 below the line to 0.88 above, capitals stand 0.73 high: both have
   * their middle near 0.37 above it. */
  cairo_move_to (cr,
                 x - (double)extents.width / PANGO_SCALE / 2.0,
                 y + 0.37 * pixels - (double)pango_layout_get_baseline (layout) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  return (double)extents.width / PANGO_SCALE;
}

double
wd_paint_measure (const char *text,
                  double      pixels)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  double           width = wd_paint_text (cr, text, pixels, 0, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return width;
}

void
wd_paint_fault (cairo_t *cr,
                double   x,
                double   y,
                gboolean dark)
{
  wd_paint_set_color (cr, WD_COLOR_BREACH, 1.0, dark);
  cairo_set_line_width (cr, 3);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, x - FAULT, y - side * FAULT);
      cairo_line_to (cr, x + FAULT, y + side * FAULT);
    }
  cairo_stroke (cr);
  cairo_arc (cr, x, y, FAULT * 1.8, 0, 2 * G_PI);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

void
wd_paint_rounded (cairo_t *cr,
                  double   x,
                  double   y,
                  double   width,
                  double   height,
                  double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
trace_polygon (cairo_t     *cr,
               const double xy[][2],
               gsize        n)
{
  for (gsize i = 0; i < n; i++)
    cairo_line_to (cr, xy[i][0], xy[i][1]);
  cairo_close_path (cr);
}

static void
trace_drop (cairo_t *cr)
{
  const double radius = 12.25, middle = 1.25, tip = -14.25;
  double       lean = acos (radius / (middle - tip)); /* where the tangents from the tip touch */

  cairo_move_to (cr, 0, tip);
  cairo_arc (cr, 0, middle, radius, -G_PI_2 + lean, 1.5 * G_PI - lean);
  cairo_close_path (cr);
}

static void
trace_star (cairo_t *cr)
{
  for (int i = 0; i < 18; i++)
    {
      double radius = i % 2 == 0 ? 15.0 : 11.0;
      double angle = i * G_PI / 9.0 - G_PI_2;

      cairo_line_to (cr, radius * cos (angle), radius * sin (angle));
    }
  cairo_close_path (cr);
}

static void
trace_shape (cairo_t *cr,
             Shape    shape)
{
  static const double hexagon[][2] = { { -13.5, 0 }, { -6.9, -11.75 }, { 6.9, -11.75 }, { 13.5, 0 }, { 6.9, 11.75 }, { -6.9, 11.75 } };
  static const double house[][2] = { { 0, -14.25 }, { 12.5, -5.75 }, { 12.5, 12 }, { -12.5, 12 }, { -12.5, -5.75 } };
  static const double basin[][2] = { { -14.25, -11.25 }, { 14.25, -11.25 }, { 9.5, 12.25 }, { -9.5, 12.25 } };

  cairo_new_path (cr);
  switch (shape)
    {
    case SHAPE_DROP: trace_drop (cr); break;
    case SHAPE_STAR: trace_star (cr); break;
    case SHAPE_HEXAGON: trace_polygon (cr, hexagon, G_N_ELEMENTS (hexagon)); break;
    case SHAPE_SQUARE: wd_paint_rounded (cr, -11.25, -11.25, 22.5, 22.5, 2.5); break;
    case SHAPE_HOUSE: trace_polygon (cr, house, G_N_ELEMENTS (house)); break;
    case SHAPE_BASIN: trace_polygon (cr, basin, G_N_ELEMENTS (basin)); break;
    case SHAPE_CIRCLE: cairo_arc (cr, 0, 0, 12.5, 0, 2 * G_PI); break;
    default: g_assert_not_reached ();
    }
}

void
wd_paint_lozenge (cairo_t *cr,
                  double   x,
                  double   y,
                  double   radius,
                  gboolean dark)
{
  const double lozenge[][2] = { { x, y - radius }, { x + radius, y }, { x, y + radius }, { x - radius, y } };

  cairo_new_path (cr);
  trace_polygon (cr, lozenge, G_N_ELEMENTS (lozenge));
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_set_line_width (cr, 2.0 * HALO);
  cairo_stroke_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_BREACH, 1.0, dark);
  cairo_fill (cr);
}

/* ▲ on a disc. */
static void
paint_warning_mark (cairo_t *cr,
                    gboolean dark)
{
  static const double triangle[][2] = { { 12.6, -18 }, { 19, -6.75 }, { 6.2, -6.75 } };

  cairo_new_path (cr);
  cairo_arc (cr, 12.6, -11.9, 8.25, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_fill (cr);
  trace_polygon (cr, triangle, G_N_ELEMENTS (triangle));
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, dark);
  cairo_fill (cr);
}

static void
paint_supervised_mark (cairo_t *cr,
                       gboolean dark)
{
  cairo_new_path (cr);
  wd_paint_rounded (cr, 5.4, 5.9, 12.7, 12.7, 2);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, dark);
  cairo_fill (cr);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  wd_paint_text (cr, "督", 10, 11.75, 12.25);
}

static void
paint_ring (cairo_t *cr,
            gboolean dark)
{
  const double radius = 19.5, dash = 2 * G_PI * radius / 18;
  const double dashes[] = { dash * 0.58, dash * 0.42 };

  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_ACT, 0.14, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_ACT, 1.0, dark);
  cairo_set_line_width (cr, OUTLINE);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
paint_selection (cairo_t *cr,
                 gboolean dark)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, 20.75, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 0.96, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_ACT, 1.0, dark);
  cairo_set_line_width (cr, 2.0);
  cairo_stroke (cr);
}

static void
paint_pale (cairo_t        *cr,
            const Category *category,
            gboolean        dark)
{
  trace_shape (cr, category->shape);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 0.5, dark);
  cairo_set_line_width (cr, OUTLINE + 1.5);
  cairo_stroke_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_SUNKEN, 1.0, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_LINE2, 1.0, dark);
  cairo_set_line_width (cr, OUTLINE);
  cairo_stroke (cr);
  wd_paint_set_color (cr, WD_COLOR_INK2, 1.0, dark);
  wd_paint_text (cr, category->character, 14, 0, category->shape == SHAPE_DROP ? 2 : 0.75);
}

static void
paint_body (cairo_t        *cr,
            const Category *category,
            WdSymbolState   state,
            gboolean        dark)
{
  gboolean waiting = (state.marks & WD_MARK_SENT) != 0 && state.urgency == WD_URGENCY_NORMAL;
  gboolean outlined = fills[state.urgency].outlined;

  trace_shape (cr, category->shape);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_set_line_width (cr, outlined ? OUTLINE + 2.0 * 0.75 : 2.0 * HALO);
  cairo_stroke_preserve (cr);
  wd_paint_set_color (cr, fills[state.urgency].fill, 1.0, dark);
  cairo_fill_preserve (cr);

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_width (cr, OUTLINE);
  wd_paint_set_color (cr, waiting ? WD_COLOR_ACT : fills[state.urgency].outline, 1.0, dark);
  if (state.marks & WD_MARK_UNCONFIRMED)
    {
      /* On a fill that has no outline the dots are cut out of it. */
      wd_paint_set_color (cr, outlined ? fills[state.urgency].outline : WD_COLOR_SURFACE, 1.0, dark);
      cairo_set_line_width (cr, 1.75);
      cairo_set_dash (cr, (const double[]){ 1.75, 2 }, 2, 0);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  else if (outlined)
    cairo_stroke (cr);
  cairo_new_path (cr);

  wd_paint_set_color (cr, fills[state.urgency].character, 1.0, dark);
  wd_paint_text (cr, category->character, 14, 0, category->shape == SHAPE_DROP ? 2 : 0.75);
}

void
wd_symbol_paint (cairo_t      *cr,
                 const char   *category_code,
                 WdSymbolState state,
                 WdSymbolParts parts,
                 gboolean      dark)
{
  const Category *category = find_category (category_code);

  if (parts & WD_SYMBOL_RING && state.marks & WD_MARK_SENT && !(state.marks & (WD_MARK_PALE | WD_MARK_SELECTED)))
    paint_ring (cr, dark);
  if (!(parts & WD_SYMBOL_BODY))
    return;

  if (state.marks & WD_MARK_PALE)
    {
      paint_pale (cr, category, dark);
      return;
    }
  if (state.marks & WD_MARK_SELECTED)
    paint_selection (cr, dark);
  paint_body (cr, category, state, dark);
  if (state.urgency == WD_URGENCY_SOON)
    paint_warning_mark (cr, dark);
  if (state.urgency == WD_URGENCY_LATE)
    wd_paint_lozenge (cr, 12.8, -11.2, 6.75, dark);
  if (state.marks & WD_MARK_SUPERVISED)
    paint_supervised_mark (cr, dark);
}
