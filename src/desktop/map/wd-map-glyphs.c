/* wd-map-glyphs.c — textures of all that the map's layer draws, each painted once
 *
 * Measures here are of text as it was designed; a glyph is as much larger as text is wanted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-glyphs.h"

#include <math.h>

#define MAX_GLYPHS 3000 /* some megabytes; past it all are made anew */
#define RIM 5.0
#define RIM_STEPS 60 /* shares of a cluster's rim are drawn in steps of 6° … */
#define RIM_LEAST 2  /* … and none so small that it can't be seen */
#define LABEL_HEIGHT 21.0
#define LABEL_TIP 7.0

struct _WdMapGlyphs
{
  GHashTable *glyphs; /* what it shows, in words -> WdGlyph */
  int         scale;
  double      text;
  gboolean    dark;
};

static void
free_glyph (gpointer data)
{
  WdGlyph *glyph = data;

  g_clear_object (&glyph->texture);
  g_free (glyph);
}

WdMapGlyphs *
wd_map_glyphs_new (void)
{
  WdMapGlyphs *self = g_new0 (WdMapGlyphs, 1);

  self->glyphs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_glyph);
  self->scale = 1;
  self->text = 1;
  return self;
}

void
wd_map_glyphs_free (WdMapGlyphs *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->glyphs);
  g_free (self);
}

void
wd_map_glyphs_set_theme (WdMapGlyphs *self,
                         int          scale,
                         double       text,
                         gboolean     dark)
{
  if (self->scale != scale || self->text != text || self->dark != dark)
    g_hash_table_remove_all (self->glyphs);
  self->scale = scale;
  self->text = text;
  self->dark = dark;
}

/* As it is on the map. */
static graphene_rect_t
enlarge (const WdMapGlyphs     *self,
         const graphene_rect_t *measured)
{
  graphene_rect_t rect;

  graphene_rect_scale (measured, (float)self->text, (float)self->text, &rect);
  return rect;
}

/* The whole pixels of the map that @box takes. */
static graphene_rect_t
enlarge_box (const WdMapGlyphs     *self,
             const graphene_rect_t *box)
{
  graphene_rect_t rect = enlarge (self, box);

  graphene_rect_round_extents (&rect, &rect);
  return rect;
}

/* A surface over @box, drawn on around the glyph's place. */
static cairo_t *
begin_glyph (const WdMapGlyphs     *self,
             const graphene_rect_t *box)
{
  graphene_rect_t  place = enlarge_box (self, box);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         (int)place.size.width * self->scale,
                                                         (int)place.size.height * self->scale);
  cairo_t         *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, self->scale, self->scale);
  cairo_translate (cr, (double)-place.origin.x, (double)-place.origin.y);
  cairo_scale (cr, self->text, self->text);
  return cr;
}

static const WdGlyph *
end_glyph (WdMapGlyphs           *self,
           const char            *key,
           cairo_t               *cr,
           const graphene_rect_t *box,
           const graphene_rect_t *body)
{
  cairo_surface_t   *surface = cairo_surface_reference (cairo_get_target (cr));
  WdGlyph           *glyph = g_new0 (WdGlyph, 1);
  g_autoptr (GBytes) bytes = NULL;
  int                stride = cairo_image_surface_get_stride (surface);
  int                height = cairo_image_surface_get_height (surface);

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize)stride * (gsize)height,
                                      (GDestroyNotify)cairo_surface_destroy, surface);
  glyph->texture = gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                           GDK_MEMORY_DEFAULT, bytes, (gsize)stride);
  glyph->box = enlarge_box (self, box);
  glyph->body = enlarge (self, body);

  if (g_hash_table_size (self->glyphs) >= MAX_GLYPHS)
    g_hash_table_remove_all (self->glyphs);
  g_hash_table_insert (self->glyphs, g_strdup (key), glyph);
  return glyph;
}

const WdGlyph *
wd_map_glyphs_symbol (WdMapGlyphs  *self,
                      const char   *category,
                      WdSymbolState state,
                      WdSymbolParts parts)
{
  const graphene_rect_t box = GRAPHENE_RECT_INIT (-WD_SYMBOL_SQUARE / 2, -WD_SYMBOL_SQUARE / 2, WD_SYMBOL_SQUARE, WD_SYMBOL_SQUARE);
  const graphene_rect_t body = GRAPHENE_RECT_INIT (-16, -16, 32, 32);
  char                  key[64];
  const WdGlyph        *glyph;
  cairo_t              *cr;

  g_snprintf (key, sizeof key, "s%s|%d|%d|%d", category, state.urgency, state.marks, parts);
  glyph = g_hash_table_lookup (self->glyphs, key);
  if (glyph != NULL)
    return glyph;

  cr = begin_glyph (self, &box);
  wd_symbol_paint (cr, category, state, parts, self->dark);
  return end_glyph (self, key, cr, &box, &body);
}

static double
get_cluster_radius (guint count)
{
  return count < 10 ? 16.0 : count < 100 ? 19.0
                                         : 27.0;
}

static void
paint_rim (cairo_t    *cr,
           double      radius,
           const guint steps[WD_N_URGENCIES],
           gboolean    dark)
{
  static const WdColor colors[WD_N_URGENCIES] = { WD_COLOR_LINE2, WD_COLOR_ACT, WD_COLOR_WARN, WD_COLOR_BREACH };
  double               from = -G_PI_2;

  cairo_arc (cr, 0, 0, radius + 0.5, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_fill (cr);
  cairo_set_line_width (cr, RIM);
  for (int urgency = WD_URGENCY_LATE; urgency >= WD_URGENCY_NORMAL; urgency--)
    {
      double to = from + 2 * G_PI * steps[urgency] / RIM_STEPS;

      if (steps[urgency] > 0)
        {
          cairo_new_path (cr);
          cairo_arc (cr, 0, 0, radius - RIM / 2, from, to);
          wd_paint_set_color (cr, colors[urgency], 1.0, dark);
          cairo_stroke (cr);
        }
      from = to;
    }
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius - 0.5, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_INK2, 1.0, dark);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}

static void
paint_cluster (cairo_t         *cr,
               const WdCluster *cluster,
               const guint      steps[WD_N_URGENCIES],
               WdMarks          marks,
               gboolean         dark)
{
  double           radius = get_cluster_radius (cluster->count);
  g_autofree char *count = cluster->count < 1000
                               ? g_strdup_printf ("%u", cluster->count)
                               : g_strdup_printf ("%u,%03u", cluster->count / 1000, cluster->count % 1000);

  if (marks & WD_MARK_SELECTED)
    {
      cairo_arc (cr, 0, 0, radius + 3, 0, 2 * G_PI);
      wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
      cairo_fill_preserve (cr);
      wd_paint_set_color (cr, WD_COLOR_ACT, 1.0, dark);
      cairo_set_line_width (cr, 2.0);
      cairo_stroke (cr);
    }
  paint_rim (cr, radius, steps, dark);
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, dark);
  wd_paint_text (cr, count, cluster->count < 1000 ? 14 : 12, 0, 0.5);
  if (cluster->counts[WD_URGENCY_LATE] > 0)
    wd_paint_lozenge (cr, (radius + 1) * G_SQRT2 / 2, -(radius + 1) * G_SQRT2 / 2, 5, dark);
}

const WdGlyph *
wd_map_glyphs_cluster (WdMapGlyphs     *self,
                       const WdCluster *cluster,
                       WdMarks          marks)
{
  float                 radius = (float)get_cluster_radius (cluster->count);
  float                 side = radius + 6;
  const graphene_rect_t box = GRAPHENE_RECT_INIT (-side, -side, 2 * side, 2 * side);
  const graphene_rect_t body = GRAPHENE_RECT_INIT (-radius, -radius, 2 * radius, 2 * radius);
  guint                 steps[WD_N_URGENCIES] = { RIM_STEPS };
  char                  key[64];
  const WdGlyph        *glyph;
  cairo_t              *cr;

  for (int urgency = WD_URGENCY_LATE; urgency > WD_URGENCY_NORMAL; urgency--)
    {
      if (cluster->counts[urgency] > 0)
        steps[urgency] = MAX (RIM_LEAST, (guint)((double)cluster->counts[urgency] / cluster->count * RIM_STEPS));
      steps[WD_URGENCY_NORMAL] -= MIN (steps[urgency], steps[WD_URGENCY_NORMAL]);
    }

  g_snprintf (key, sizeof key, "c%u|%u|%u|%u|%d", cluster->count, steps[WD_URGENCY_LATE], steps[WD_URGENCY_SOON],
              steps[WD_URGENCY_YOURS], marks);
  glyph = g_hash_table_lookup (self->glyphs, key);
  if (glyph != NULL)
    return glyph;

  cr = begin_glyph (self, &box);
  paint_cluster (cr, cluster, steps, marks, self->dark);
  return end_glyph (self, key, cr, &box, &body);
}

/* On the label, whose ground is the theme's ink: ● there, ○ away, ⌀ nobody. */
static void
paint_presence (cairo_t   *cr,
                WdPresence presence,
                double     x,
                double     y,
                WdColor    ground,
                gboolean   dark)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, presence == WD_PRESENCE_ONLINE ? 3.5 : 3.25, 0, 2 * G_PI);
  cairo_set_line_width (cr, 1.4);
  if (presence == WD_PRESENCE_ONLINE)
    {
      cairo_fill (cr);
      return;
    }
  /* The label's ground is light in the dark theme, so its amber is the light theme's ink. */
  if (presence == WD_PRESENCE_AWAY && ground == WD_COLOR_INK)
    wd_paint_set_color (cr, dark ? WD_COLOR_WARN_INK : WD_COLOR_WARN, 1.0, FALSE);
  cairo_stroke (cr);
  if (presence == WD_PRESENCE_UNMANNED)
    {
      cairo_move_to (cr, x - 4, y + 4);
      cairo_line_to (cr, x + 4, y - 4);
      cairo_stroke (cr);
    }
}

static void
paint_unit (cairo_t    *cr,
            const char *label,
            double      width,
            WdPresence  presence,
            gboolean    below,
            gboolean    drop,
            gboolean    dark)
{
  WdColor ground = drop ? WD_COLOR_ACT : WD_COLOR_INK;
  double  top = below ? LABEL_TIP : -LABEL_TIP - LABEL_HEIGHT;
  double  edge = below ? LABEL_TIP - 1 : -LABEL_TIP + 1; /* that the tip grows out of */

  wd_paint_rounded (cr, -width / 2, top, width, LABEL_HEIGHT, 3);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 0.7, dark);
  cairo_set_line_width (cr, 2.0);
  cairo_stroke_preserve (cr);
  wd_paint_set_color (cr, ground, 1.0, dark);
  cairo_fill (cr);

  cairo_move_to (cr, -4, edge);
  cairo_line_to (cr, 4, edge);
  cairo_line_to (cr, 0, below ? 0.5 : -0.5);
  cairo_close_path (cr);
  cairo_fill (cr);

  wd_paint_set_color (cr, drop ? WD_COLOR_ON_ACT : WD_COLOR_SURFACE, 1.0, dark);
  wd_paint_text (cr, label, 12, 6, top + LABEL_HEIGHT / 2);
  paint_presence (cr, presence, -width / 2 + 10, top + LABEL_HEIGHT / 2, ground, dark);
}

const WdGlyph *
wd_map_glyphs_unit (WdMapGlyphs *self,
                    const char  *label,
                    WdPresence   presence,
                    gboolean     below,
                    gboolean     drop)
{
  g_autofree char *key = g_strdup_printf ("u%s|%d|%d|%d", label, presence, below, drop);
  const WdGlyph   *glyph = g_hash_table_lookup (self->glyphs, key);
  graphene_rect_t  box, body;
  float            width, side, top = below ? LABEL_TIP : -LABEL_HEIGHT - LABEL_TIP;
  cairo_t         *cr;

  if (glyph != NULL)
    return glyph;

  width = 2 * ceilf ((float)(wd_paint_measure (label, 12) + 21) / 2);
  side = width / 2 + 2;
  box = GRAPHENE_RECT_INIT (-side, below ? -2 : top - 2, 2 * side, LABEL_HEIGHT + LABEL_TIP + 4);
  body = GRAPHENE_RECT_INIT (-width / 2 - 1, below ? 0 : top - 1, width + 2, LABEL_HEIGHT + LABEL_TIP + 1);
  cr = begin_glyph (self, &box);
  paint_unit (cr, label, width, presence, below, drop, self->dark);
  return end_glyph (self, key, cr, &box, &body);
}

const WdGlyph *
wd_map_glyphs_crew (WdMapGlyphs *self,
                    const char  *label)
{
  g_autofree char *key = g_strdup_printf ("w%s", label);
  const WdGlyph   *glyph = g_hash_table_lookup (self->glyphs, key);
  graphene_rect_t  box, body;
  float            half;
  cairo_t         *cr;

  if (glyph != NULL)
    return glyph;

  half = ceilf ((float)(wd_paint_measure (label, 12) + 6) / 2);
  box = GRAPHENE_RECT_INIT (-half - 2, -11, 2 * half + 4, 22);
  body = GRAPHENE_RECT_INIT (-MAX (half, 12), -12, 2 * MAX (half, 12), 24);
  cr = begin_glyph (self, &box);
  wd_paint_rounded (cr, -half + 0.5, -8, 2 * half - 1, 16, 8);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, self->dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_INK2, 1.0, self->dark);
  cairo_set_line_width (cr, 1.25);
  cairo_stroke (cr);
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, self->dark);
  wd_paint_text (cr, label, 12, 0, 0);
  return end_glyph (self, key, cr, &box, &body);
}

const WdGlyph *
wd_map_glyphs_refusal (WdMapGlyphs *self,
                       const char  *reason)
{
  g_autofree char *key = g_strdup_printf ("r%s", reason);
  g_autofree char *text = g_strdup_printf ("× %s", reason);
  const WdGlyph   *glyph = g_hash_table_lookup (self->glyphs, key);
  graphene_rect_t  box;
  float            half;
  cairo_t         *cr;

  if (glyph != NULL)
    return glyph;

  half = ceilf ((float)(wd_paint_measure (text, 12) + 16) / 2);
  box = GRAPHENE_RECT_INIT (-half - 1, 3, 2 * half + 2, 28);
  cr = begin_glyph (self, &box);
  wd_paint_rounded (cr, -half + 0.5, 5.5, 2 * half - 1, 23, 4);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, self->dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_LINE2, 1.0, self->dark);
  cairo_set_line_width (cr, 1.0);
  cairo_set_dash (cr, (const double[]){ 3, 2 }, 2, 0);
  cairo_stroke (cr);
  wd_paint_set_color (cr, WD_COLOR_INK2, 1.0, self->dark);
  wd_paint_text (cr, text, 12, 0, 17);
  return end_glyph (self, key, cr, &box, &box);
}
