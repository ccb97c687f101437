/* wd-city-paint.c — the demo city drawn as a map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-paint.h"

#include "wd-city-label.h"
#include "wd-mercator.h"

#include <pango/pangocairo.h>

#define FONT "Noto Sans CJK SC"

/* What is drawn: areas, then lines. */
typedef enum
{
  SHADE,
  BUILDING,
  PARK,
  WATER,
  MINOR,
  COUNTRY,
  MAIN,
  N_LAYERS
} Layer;

typedef enum
{
  COLOUR_LAND,
  COLOUR_BLOCK,
  COLOUR_WATER,
  COLOUR_STREET,
  COLOUR_PARK,
  COLOUR_BUILDING,
  COLOUR_CASING,
  COLOUR_LABEL,
  COLOUR_FAINT, /* minor streets seen from far above, estates' names */
  N_COLOURS
} Colour;

/* clang-format off */
static const guint32 palette[WD_CITY_N_THEMES][N_COLOURS] = {
  /*                  land      block     water     street    park      building  casing    label     faint */
  [WD_CITY_LIGHT] = { 0xECEEEF, 0xE3E6E8, 0xC6D5DF, 0xFFFFFF, 0xDCE4DC, 0xDBDFE2, 0xD3D7DB, 0x525B65, 0xF6F7F8 },
  [WD_CITY_DARK] =  { 0x202428, 0x272C30, 0x1C3342, 0x373E45, 0x232C27, 0x30363B, 0x15181A, 0xA3ACB5, 0x2C3238 },
};
/* Width in pixels by zoom from 10 on, of a street and of its casing's rim. */
static const struct { double width_px[8], rim_px[8]; } roads[N_LAYERS] = {
  [MINOR] =   { { 0, 0, 0, 0.7, 1.2, 2.3, 4.6, 8.0 },    { 0, 0, 0, 0, 0, 0, 0.6, 0.7 } },
  [COUNTRY] = { { 0.8, 1.0, 1.6, 2.2, 3.2, 4.6, 7, 11 }, { 0, 0, 0.5, 0.6, 0.7, 0.8, 0.8, 0.8 } },
  [MAIN] =    { { 0.8, 1.0, 1.7, 2.8, 4.6, 7.2, 12, 20 }, { 0, 0, 0.5, 0.6, 0.8, 0.8, 0.8, 0.8 } },
};
static const int from_zoom[N_LAYERS] = { [SHADE] = 12, [BUILDING] = 16, [MINOR] = 13 };
/* clang-format on */

typedef struct
{
  double west, north, east, south; /* Mercator, 0..1 */
  guint  first;                    /* in the layer's points */
  guint  n;
} Shape;

struct _WdCityScene
{
  const WdCity *city;
  GArray       *shapes[N_LAYERS]; /* Shape */
  GArray       *points[N_LAYERS]; /* WdMercator */
  GMutex        lock;
  GArray       *labels[WD_CITY_MAX_ZOOM + 1]; /* placed when first asked for */
};

struct _WdCityPainter
{
  WdCityScene  *scene;
  PangoContext *pango;
  GHashTable   *glyphs; /* character and size → PangoLayout */
};

/* One drawing: where the block lies in the world. */
typedef struct
{
  cairo_t       *cr;
  const guint32 *colours;
  int            zoom;
  double         scale;
  double         left;
  double         top;
  double         side;
} Frame;

static void
add_shape (WdCityScene   *scene,
           Layer          layer,
           const WdPoint *points,
           gsize          n)
{
  Shape shape = { 1, 1, 0, 0, scene->points[layer]->len, (guint)n };

  for (gsize i = 0; i < n; i++)
    {
      WdMercator at = wd_mercator_from_point (points[i]);

      g_array_append_val (scene->points[layer], at);
      shape.west = MIN (shape.west, at.x);
      shape.east = MAX (shape.east, at.x);
      shape.north = MIN (shape.north, at.y);
      shape.south = MAX (shape.south, at.y);
    }
  g_array_append_val (scene->shapes[layer], shape);
}

WdCityScene *
wd_city_scene_new (const WdCity *city)
{
  static const Layer street_layers[] = {
    [WD_CITY_STREET_MAIN] = MAIN,
    [WD_CITY_STREET_MINOR] = MINOR,
    [WD_CITY_STREET_COUNTRY] = COUNTRY,
  };
  WdCityScene *scene = g_new0 (WdCityScene, 1);

  scene->city = city;
  g_mutex_init (&scene->lock);
  for (int i = 0; i < N_LAYERS; i++)
    {
      scene->shapes[i] = g_array_new (FALSE, FALSE, sizeof (Shape));
      scene->points[i] = g_array_new (FALSE, FALSE, sizeof (WdMercator));
    }
  for (gsize i = 0; i < city->n_shades; i++)
    add_shape (scene, SHADE, city->shades[i].points, city->shades[i].n_points);
  for (gsize i = 0; i < city->n_grounds; i++)
    add_shape (scene, city->grounds[i].water ? WATER : PARK, city->grounds[i].ring.points, city->grounds[i].ring.n_points);
  for (gsize i = 0; i < city->n_buildings; i++)
    add_shape (scene, BUILDING, city->buildings[i].corners, 4);
  for (gsize i = 0; i < city->n_streets; i++)
    for (gsize k = 0; k < city->streets[i].n_pieces; k++)
      add_shape (scene, street_layers[city->streets[i].kind], city->streets[i].pieces[k].points, city->streets[i].pieces[k].n_points);
  return scene;
}

void
wd_city_scene_free (WdCityScene *scene)
{
  if (scene == NULL)
    return;
  for (int i = 0; i < N_LAYERS; i++)
    {
      g_array_unref (scene->shapes[i]);
      g_array_unref (scene->points[i]);
    }
  for (int i = 0; i <= WD_CITY_MAX_ZOOM; i++)
    g_clear_pointer (&scene->labels[i], g_array_unref);
  g_mutex_clear (&scene->lock);
  g_free (scene);
}

static GArray *
labels_of (WdCityScene *scene,
           int          zoom)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&scene->lock);

  if (scene->labels[zoom] == NULL)
    scene->labels[zoom] = wd_city_place_labels (scene->city, zoom);
  return scene->labels[zoom];
}

WdCityPainter *
wd_city_painter_new (WdCityScene *scene)
{
  WdCityPainter           *painter = g_new0 (WdCityPainter, 1);
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  cairo_font_options_t    *options = cairo_font_options_create ();

  painter->scene = scene;
  painter->pango = pango_font_map_create_context (fonts);
  pango_cairo_context_set_resolution (painter->pango, 96);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (painter->pango, options);
  cairo_font_options_destroy (options);
  painter->glyphs = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return painter;
}

void
wd_city_painter_free (WdCityPainter *painter)
{
  if (painter == NULL)
    return;
  g_hash_table_unref (painter->glyphs);
  g_object_unref (painter->pango);
  g_free (painter);
}

static void
set_colour (Frame *f,
            Colour colour)
{
  guint32 rgb = f->colours[colour];

  cairo_set_source_rgb (f->cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* All shapes of a layer that touch the frame, as one path. */
static void
trace_layer (WdCityScene *scene,
             Frame       *f,
             Layer        layer)
{
  const WdMercator *points = (const WdMercator *)(gpointer)scene->points[layer]->data;
  double            margin = 24;

  cairo_new_path (f->cr);
  for (guint i = 0; i < scene->shapes[layer]->len; i++)
    {
      const Shape *s = &g_array_index (scene->shapes[layer], Shape, i);

      if (s->east * f->scale < f->left - margin || s->west * f->scale > f->left + f->side + margin ||
          s->south * f->scale < f->top - margin || s->north * f->scale > f->top + f->side + margin)
        continue;
      cairo_new_sub_path (f->cr);
      for (guint k = s->first; k < s->first + s->n; k++)
        cairo_line_to (f->cr, points[k].x * f->scale - f->left, points[k].y * f->scale - f->top);
      if (layer <= WATER)
        cairo_close_path (f->cr);
    }
}

static void
draw_area (WdCityScene *scene,
           Frame       *f,
           Layer        layer,
           Colour       colour)
{
  if (f->zoom < from_zoom[layer])
    return;
  trace_layer (scene, f, layer);
  set_colour (f, colour);
  cairo_set_fill_rule (f->cr, CAIRO_FILL_RULE_WINDING);
  cairo_fill (f->cr);
}

static void
draw_road (WdCityScene *scene,
           Frame       *f,
           Layer        layer)
{
  double width = roads[layer].width_px[f->zoom - WD_CITY_MIN_ZOOM];
  double rim = roads[layer].rim_px[f->zoom - WD_CITY_MIN_ZOOM];

  if (f->zoom < from_zoom[layer])
    return;
  trace_layer (scene, f, layer);
  if (rim > 0)
    {
      set_colour (f, COLOUR_CASING);
      cairo_set_line_width (f->cr, width + 2 * rim);
      cairo_stroke_preserve (f->cr);
    }
  set_colour (f, f->zoom < 13 || (layer == MINOR && f->zoom == 13) ? COLOUR_FAINT : COLOUR_STREET);
  cairo_set_line_width (f->cr, width);
  cairo_stroke (f->cr);
}

static PangoLayout *
glyph_layout (WdCityPainter *painter,
              gunichar       glyph,
              double         size_px)
{
  gpointer     key = GSIZE_TO_POINTER (((gsize)glyph << 8) | (gsize)size_px);
  PangoLayout *layout = g_hash_table_lookup (painter->glyphs, key);

  if (layout == NULL)
    {
      PangoFontDescription *font = pango_font_description_from_string (FONT);
      char                  text[7] = { 0 };

      pango_font_description_set_absolute_size (font, size_px * PANGO_SCALE);
      layout = pango_layout_new (painter->pango);
      pango_layout_set_font_description (layout, font);
      pango_font_description_free (font);
      pango_layout_set_text (layout, text, g_unichar_to_utf8 (glyph, text));
      g_hash_table_insert (painter->glyphs, key, layout);
    }
  return layout;
}

/* Upright glyphs begin on a whole pixel, so that each looks the same everywhere. */
static void
draw_glyph (WdCityPainter     *painter,
            Frame             *f,
            const WdCityLabel *label,
            int                i,
            gboolean           halo)
{
  PangoLayout   *layout = glyph_layout (painter, label->glyphs[i], label->size_px);
  PangoRectangle extents;
  double         x = label->x[i] - f->left;
  double         y = label->y[i] - f->top;

  pango_layout_get_extents (layout, NULL, &extents);
  cairo_save (f->cr);
  if (label->angle == 0)
    cairo_translate (f->cr, (int)(x - extents.width / 2.0 / PANGO_SCALE + 0.5), (int)(y - extents.height / 2.0 / PANGO_SCALE + 0.5));
  else
    {
      cairo_translate (f->cr, x, y);
      cairo_rotate (f->cr, label->angle);
      cairo_translate (f->cr, -extents.width / 2.0 / PANGO_SCALE, -extents.height / 2.0 / PANGO_SCALE);
    }
  pango_cairo_update_layout (f->cr, layout);
  cairo_move_to (f->cr, 0, 0);
  if (halo)
    {
      pango_cairo_layout_path (f->cr, layout);
      cairo_stroke (f->cr);
    }
  else
    pango_cairo_show_layout (f->cr, layout);
  cairo_restore (f->cr);
}

static void
draw_label (WdCityPainter     *painter,
            Frame             *f,
            const WdCityLabel *label)
{
  double reach = label->size_px + 4;
  double x0 = MIN (label->x[0], label->x[label->n_glyphs - 1]) - f->left;
  double x1 = MAX (label->x[0], label->x[label->n_glyphs - 1]) - f->left;
  double y0 = MIN (label->y[0], label->y[label->n_glyphs - 1]) - f->top;
  double y1 = MAX (label->y[0], label->y[label->n_glyphs - 1]) - f->top;

  if (x1 < -reach || x0 > f->side + reach || y1 < -reach || y0 > f->side + reach)
    return;
  if (label->kind != WD_CITY_LABEL_WATER)
    {
      set_colour (f, COLOUR_LAND);
      cairo_set_line_width (f->cr, 2.6);
      for (int i = 0; i < label->n_glyphs; i++)
        draw_glyph (painter, f, label, i, TRUE);
    }
  set_colour (f, COLOUR_LABEL);
  for (int i = 0; i < label->n_glyphs; i++)
    draw_glyph (painter, f, label, i, FALSE);
}

static void
draw_ground (WdCityScene *scene,
             Frame       *f)
{
  set_colour (f, COLOUR_LAND);
  cairo_paint (f->cr);
  cairo_set_line_join (f->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (f->cr, CAIRO_LINE_CAP_ROUND);
  draw_area (scene, f, SHADE, COLOUR_BLOCK);
  draw_area (scene, f, BUILDING, COLOUR_BUILDING);
  draw_road (scene, f, MINOR);
  draw_area (scene, f, PARK, COLOUR_PARK);
  draw_area (scene, f, WATER, COLOUR_WATER);
  draw_road (scene, f, COUNTRY);
  draw_road (scene, f, MAIN);
}

cairo_surface_t *
wd_city_painter_draw (WdCityPainter *painter,
                      WdCityTheme    theme,
                      int            zoom,
                      int            x,
                      int            y,
                      int            side)
{
  int              side_px = side * WD_CITY_TILE_PX;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side_px, side_px);
  Frame            f = { cairo_create (surface), palette[theme], zoom, WD_CITY_TILE_PX * (double)(1 << zoom), x * (double)WD_CITY_TILE_PX, y * (double)WD_CITY_TILE_PX, side_px };
  GArray          *labels = labels_of (painter->scene, zoom);

  draw_ground (painter->scene, &f);
  for (guint i = 0; i < labels->len; i++)
    draw_label (painter, &f, &g_array_index (labels, WdCityLabel, i));
  cairo_destroy (f.cr);
  cairo_surface_flush (surface);
  return surface;
}

const guint32 *
wd_city_theme_colours (WdCityTheme theme,
                       gsize      *n)
{
  *n = N_COLOURS;
  return palette[theme];
}
