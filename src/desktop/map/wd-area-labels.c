/* wd-area-labels.c — the labels of areas: outside at the edge, inside the view, giving way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-layer-private.h"

#include "wd-stamp.h"
#include "wd-symbol-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_LABELS 60 /* text is dear, and more are not read */

/* Pixels, for text as it was designed; MARGIN, GAP and LEAST_AREA of the map. */
#define HEIGHT 38.0
#define LINE 15.0 /* each further one */
#define LOW 24.0  /* with the title alone */
#define BADGE 24.0
#define PAD 7.0
#define GAP 5.0             /* between the label and the edge */
#define MARGIN 4.0          /* to the view's edge */
#define LEAST 48.0          /* of the words, also where that is not in view */
#define WIDEST 300.0        /* of the name */
#define WIDEST_DETAIL 420.0 /* wider than times and numbers ever are: what somebody wrote is cut there */
#define LONGEST 120         /* characters of either */
#define FACTS_BETWEEN " · " /* in a detail */
#define LEAST_AREA 14.0     /* pixels across: smaller ones have no label */

static const char *const badges[WD_N_AREA_STYLES] = {
  [WD_AREA_EMERGENCY] = "急",
  [WD_AREA_PLANNED] = "计",
  [WD_AREA_QUALITY] = "质",
  [WD_AREA_DRAFT] = "质",
};

const char *
wd_area_style_get_badge (WdAreaStyle style)
{
  return badges[style];
}

void
wd_area_layer_forget_label (WdLaidArea *area)
{
  for (WdLabelForm form = 0; form < WD_N_LABELS; form++)
    g_clear_object (&area->labels[form]);
}

/* --- painting ------------------------------------------------------------------- */

/* As much of both ends as there is room for, which is no more than LONGEST characters.  (transfer full) */
static char *
shorten (const char *text,
         double      pixels,
         double      room)
{
  glong n = g_utf8_strlen (text, -1);
  char *words = n > LONGEST ? NULL : g_strdup (text);

  for (glong kept = MIN (n - 1, LONGEST); kept > 1 && (words == NULL || wd_paint_measure (words, pixels) > room); kept--)
    {
      g_autofree char *head = g_utf8_substring (text, 0, (kept + 1) / 2);

      g_free (words);
      words = g_strconcat (head, "…", g_utf8_offset_to_pointer (text, g_utf8_strlen (text, -1) - kept / 2), NULL);
    }
  return words;
}

static void
paint_left (cairo_t    *cr,
            const char *text,
            double      pixels,
            double      x,
            double      y)
{
  wd_paint_text (cr, text, pixels, x + wd_paint_measure (text, pixels) / 2, y);
}

/* One line; where the view is too narrow for it, one for each fact that does not go with those before.  (transfer full) */
static GStrv
break_detail (const char *detail,
              double      room)
{
  g_auto (GStrv)           facts = g_strsplit (detail, FACTS_BETWEEN, room < WIDEST_DETAIL ? -1 : 1);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char         *line = g_strdup (facts[0]);

  for (guint i = 1; line != NULL && facts[i] != NULL; i++)
    {
      g_autofree char *longer = g_strconcat (line, FACTS_BETWEEN, facts[i], NULL);

      if (wd_paint_measure (longer, 11) > room)
        g_strv_builder_add (lines, line);
      g_free (line);
      line = g_strdup (wd_paint_measure (longer, 11) > room ? facts[i] : longer);
    }
  if (line != NULL)
    g_strv_builder_add (lines, line);
  return g_strv_builder_end (lines);
}

/* @title: NULL for the badge alone */
static void
paint_label (cairo_t          *cr,
             const WdLaidArea *area,
             const char       *title,
             GStrv             lines,
             double            width,
             double            height,
             gboolean          dark)
{
  WdColor color = wd_area_style_get_color (area->style);
  double  text = PAD + BADGE + PAD, edge = title != NULL ? PAD : 0;

  wd_paint_rounded (cr, 1, 1, width - 2, height - 2, 4);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, color, 1.0, dark);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  wd_paint_rounded (cr, edge, (height - BADGE) / 2 + (height < BADGE + 4 ? 3 : 0), BADGE, height < BADGE + 4 ? BADGE - 6 : BADGE, 3);
  cairo_fill (cr);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  wd_paint_text (cr, badges[area->style], 13, edge + BADGE / 2, height / 2);
  if (title == NULL)
    return;
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, dark);
  paint_left (cr, title, 12, text, lines != NULL ? 12 : height / 2);
  wd_paint_set_color (cr, WD_COLOR_INK2, 1.0, dark);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autofree char *line = shorten (lines[i], 11, width - text - PAD);

      paint_left (cr, line, 11, text, 27 + LINE * i);
    }
}

static double
measure_label (WdAreaLayer      *self,
               const WdLaidArea *area,
               GStrv             lines)
{
  double wide = MIN (wd_paint_measure (area->title, 12), MIN (WIDEST, self->room));

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    wide = MAX (wide, MIN (wd_paint_measure (lines[i], 11), self->room));
  return ceil (wide + 3 * PAD + BADGE);
}

static void
make_label (WdAreaLayer *self,
            WdLaidArea  *area,
            WdLabelForm  form,
            int          scale,
            gboolean     dark)
{
  g_auto (GStrv)   lines = form == WD_LABEL_WHOLE && area->detail != NULL ? break_detail (area->detail, self->room) : NULL;
  guint            n_lines = lines != NULL ? g_strv_length (lines) : 0;
  double           width = form == WD_LABEL_BADGE ? BADGE : measure_label (self, area, lines), height = n_lines > 0 ? HEIGHT + LINE * (n_lines - 1) : LOW;
  g_autofree char *title = form == WD_LABEL_BADGE ? NULL : shorten (area->title, 12, width - 3 * PAD - BADGE);
  int              across = (int)ceil (width * self->text), down = (int)ceil (height * self->text);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, across * scale, down * scale);
  cairo_t         *cr = cairo_create (surface);

  cairo_scale (cr, scale * self->text, scale * self->text);
  paint_label (cr, area, title, lines, width, height, dark);
  cairo_destroy (cr);
  area->labels[form] = wd_stamp_new (surface);
  area->sizes[form] = GRAPHENE_SIZE_INIT ((float)across, (float)down);
}

/* --- placing ---------------------------------------------------------------------- */

/* Large text in a small view is cut: a label wider than the view would be nowhere. */
static void
find_room (WdAreaLayer *self)
{
  double room = CLAMP ((self->camera.width - 2 * MARGIN) / self->text - 3 * PAD - BADGE, LEAST, WIDEST_DETAIL);

  if (room == self->room)
    return;
  self->room = room;
  for (guint i = 0; i < self->areas->len; i++)
    wd_area_layer_forget_label (self->areas->pdata[i]);
}

static gboolean
is_free (WdAreaLayer           *self,
         guint                  n,
         const graphene_rect_t *place)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT ((float)MARGIN, (float)MARGIN, (float)(self->camera.width - 2 * MARGIN), (float)(self->camera.height - 2 * MARGIN));

  if (!graphene_rect_contains_rect (&view, place) || wd_map_layer_overlaps (self->symbols, place))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const WdLaidArea *other = self->areas->pdata[i];

      if (other->placed && graphene_rect_intersection (&other->place, place, NULL))
        return FALSE;
    }
  for (guint i = 0; i < self->areas->len; i++)
    {
      const WdLaidArea *other = self->areas->pdata[i];
      graphene_rect_t   mark = wd_area_layer_get_mark (self, other, &self->camera);

      if (other->shape == NULL && graphene_rect_intersection (&mark, place, NULL))
        return FALSE;
    }
  return TRUE;
}

/* Above the northern end, below the southern, beside the eastern and the western; moved along the edge to be in view.
 * @inside: at the other side of the edge */
static gboolean
place_label (WdAreaLayer *self,
             guint        n,
             gboolean     inside)
{
  static const double across[] = { -0.5, -0.5, 0, -1 }, down[] = { -1, 0, -0.5, -0.5 };
  static const double right[] = { 0, 0, 1, -1 }, low[] = { -1, 1, 0, 0 };
  WdLaidArea         *area = self->areas->pdata[n];
  double              beside = area->shape == NULL ? WD_AREA_MARK * self->text / 2 : 0;
  graphene_size_t     size = area->sizes[area->form];
  double              width = (double)size.width, height = (double)size.height;

  for (int i = 0; i < 4; i++)
    {
      graphene_point_t end = wd_camera_project (&self->camera, area->ends[i]);
      double           x = (double)end.x + across[i] * width + right[i] * (GAP + beside), y = (double)end.y + down[i] * height + low[i] * (GAP + beside);

      if (inside)
        {
          x -= right[i] * (width + 2 * GAP);
          y -= low[i] * (height + 2 * GAP);
        }

      if (i < 2)
        x = CLAMP (x, MIN ((double)end.x - width + 8, self->camera.width - MARGIN - width), MAX ((double)end.x - 8, MARGIN));
      if (i < 2 && end.x >= 0 && (double)end.x <= self->camera.width)
        x = CLAMP (x, MARGIN, MAX (self->camera.width - MARGIN - width, MARGIN));
      area->place = GRAPHENE_RECT_INIT ((float)round (x), (float)round (y), size.width, size.height);
      if (is_free (self, n, &area->place))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_end_in_view (WdAreaLayer      *self,
                const WdLaidArea *area)
{
  for (int i = 0; i < 4; i++)
    {
      graphene_point_t end = wd_camera_project (&self->camera, area->ends[i]);

      if (end.x >= 0 && end.y >= 0 && (double)end.x <= self->camera.width && (double)end.y <= self->camera.height)
        return TRUE;
    }
  return FALSE;
}

/* In what is seen of it, nearest the middle. */
static gboolean
place_label_inside (WdAreaLayer *self,
                    guint        n)
{
  static const double parts[][2] = { { 0.5, 0.5 }, { 0.5, 0.25 }, { 0.5, 0.75 }, { 0.25, 0.5 }, { 0.75, 0.5 }, { 0.25, 0.25 }, { 0.75, 0.25 }, { 0.25, 0.75 }, { 0.75, 0.75 } };
  WdLaidArea         *area = self->areas->pdata[n];
  graphene_size_t     size = area->sizes[area->form];

  if (area->shape == NULL || is_end_in_view (self, area))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      graphene_point_t middle = GRAPHENE_POINT_INIT ((float)(parts[i][0] * self->camera.width), (float)(parts[i][1] * self->camera.height));

      area->place = GRAPHENE_RECT_INIT (roundf (middle.x - size.width / 2), roundf (middle.y - size.height / 2), size.width, size.height);
      if (is_free (self, n, &area->place) && wd_area_shape_contains (area->shape, wd_camera_unproject (&self->camera, middle)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_large_enough (WdAreaLayer      *self,
                 const WdLaidArea *area)
{
  const WdMercator *ends = area->ends;

  return area->shape == NULL || MAX (ends[2].x - ends[3].x, ends[1].y - ends[0].y) * self->camera.scale >= LEAST_AREA;
}

/* Whole, or its title, or its badge at the least, which may stand on the area too. */
static gboolean
place_any_label (WdAreaLayer *self,
                 guint        n)
{
  int         scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  WdLaidArea *area = self->areas->pdata[n];

  for (area->form = WD_LABEL_WHOLE; area->form < (area->shape != NULL ? WD_N_LABELS : WD_LABEL_BADGE); area->form++) /* a mark is its badge already */
    {
      if (area->labels[area->form] == NULL)
        make_label (self, area, area->form, scale, wd_area_layer_is_dark ());
      if (place_label (self, n, FALSE) || place_label_inside (self, n) || (area->form == WD_LABEL_BADGE && place_label (self, n, TRUE)))
        return TRUE;
    }
  return FALSE;
}

void
wd_area_layer_place_labels (WdAreaLayer *self)
{
  guint placed = 0;

  self->camera = wd_area_layer_read_camera (self);
  find_room (self);
  for (guint i = 0; i < self->areas->len; i++)
    {
      WdLaidArea *area = self->areas->pdata[i];

      area->placed = FALSE;
      if (placed >= MAX_LABELS || g_strcmp0 (area->id, self->hidden) == 0 || !wd_area_layer_is_in_view (self, area, &self->camera) ||
          !is_large_enough (self, area))
        continue;
      area->placed = place_any_label (self, i);
      placed += area->placed ? 1 : 0;
    }
}

void
wd_area_layer_append_labels (WdAreaLayer *self,
                             GtkSnapshot *snapshot)
{
  GdkRGBA color = wd_palette_get (WD_COLOR_ACT, wd_area_layer_is_dark ());

  for (guint i = 0; i < self->areas->len; i++)
    {
      const WdLaidArea *area = self->areas->pdata[i];
      gboolean          held = g_strcmp0 (area->id, self->hovered) == 0 && self->refusal == NULL;
      GskRoundedRect    outline;

      if (!area->placed)
        continue;
      wd_stamp_append (area->labels[area->form], GTK_WIDGET (self), snapshot, &area->place);
      if (!held && g_strcmp0 (area->id, self->selected) != 0)
        continue;
      gsk_rounded_rect_init_from_rect (&outline, &area->place, 4);
      gtk_snapshot_append_border (snapshot, &outline, (const float[]){ 2, 2, 2, 2 }, (const GdkRGBA[]){ color, color, color, color });
    }
}
