/* wd-city-label.c — where the names stand on the demo city's map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-label.h"

#include "wd-mercator.h"

#include <math.h>

/* From which zoom to which a kind of name is shown, how large, how far its
 * glyphs stand apart (in glyphs), and after how many pixels a street's name
 * comes again. */
/* clang-format off */
static const struct { int from_zoom, to_zoom; double size_px, spacing, repeat_px; } styles[WD_CITY_N_LABEL_KINDS] = {
  [WD_CITY_LABEL_CITY] =     { 10, 11, 15, 1.10, 0 },
  [WD_CITY_LABEL_DISTRICT] = { 12, 15, 15, 1.55, 0 },
  [WD_CITY_LABEL_WATER] =    { 12, 17, 13, 1.60, 260 },
  [WD_CITY_LABEL_MAIN] =     { 13, 17, 11, 1.06, 430 },
  [WD_CITY_LABEL_PARK] =     { 14, 17, 11, 1.05, 0 },
  [WD_CITY_LABEL_PUBLIC] =   { 16, 17, 11, 1.02, 0 },
  [WD_CITY_LABEL_MINOR] =    { 16, 17, 11, 1.06, 520 },
  [WD_CITY_LABEL_ESTATE] =   { 17, 17, 11, 1.02, 0 },
};
/* clang-format on */

#define CELL_PX 64

typedef struct
{
  double x;
  double y;
  double half;
} Box;

typedef struct
{
  const WdCity *city;
  int           zoom;
  double        scale;
  GArray       *labels;
  GHashTable   *cells; /* cell → GArray of Box */
  /* For each node where two main streets meet. */
  GHashTable *main_crossings;
} Placer;

static gpointer
cell_key (double x,
          double y)
{
  return GSIZE_TO_POINTER (((gsize)(guint)(x / CELL_PX) << 32) | (guint)(y / CELL_PX));
}

static gboolean
is_taken (Placer    *p,
          const Box *box)
{
  for (int dx = -1; dx <= 1; dx++)
    for (int dy = -1; dy <= 1; dy++)
      {
        GArray *cell = g_hash_table_lookup (p->cells, cell_key (box->x + dx * CELL_PX, box->y + dy * CELL_PX));

        for (guint i = 0; cell != NULL && i < cell->len; i++)
          {
            const Box *other = &g_array_index (cell, Box, i);
            double     apart = box->half + other->half;

            if (fabs (box->x - other->x) < apart && fabs (box->y - other->y) < apart)
              return TRUE;
          }
      }
  return FALSE;
}

static void
take (Placer    *p,
      const Box *box)
{
  gpointer key = cell_key (box->x, box->y);
  GArray  *cell = g_hash_table_lookup (p->cells, key);

  if (cell == NULL)
    {
      cell = g_array_new (FALSE, FALSE, sizeof (Box));
      g_hash_table_insert (p->cells, key, cell);
    }
  g_array_append_val (cell, *box);
}

/* Sets the name with its middle at x, y, glyph after glyph along a direction,
 * if nothing stands there yet. */
static gboolean
place (Placer         *p,
       WdCityLabelKind kind,
       const char     *text,
       double          x,
       double          y,
       double          direction)
{
  WdCityLabel label = { .kind = kind, .size_px = styles[kind].size_px };
  double      step = styles[kind].size_px * styles[kind].spacing;
  Box         boxes[WD_CITY_LABEL_MAX];
  gboolean    stacked = fabs (direction) > G_PI / 4;

  if (p->zoom == 12 && kind == WD_CITY_LABEL_DISTRICT)
    {
      label.size_px = 12;
      step = 13;
    }
  /* Stacked glyphs stand upright, so they may touch a little sooner. */
  step = stacked ? step * 1.08 / MAX (fabs (sin (direction)), 0.7) : step;
  label.angle = stacked ? 0 : direction;
  for (const char *s = text; *s != '\0' && label.n_glyphs < WD_CITY_LABEL_MAX; s = g_utf8_next_char (s))
    label.glyphs[label.n_glyphs++] = g_utf8_get_char (s);
  for (int i = 0; i < label.n_glyphs; i++)
    {
      double along = (i - (label.n_glyphs - 1) / 2.0) * step;

      label.x[i] = x + along * cos (direction);
      label.y[i] = y + along * sin (direction);
      boxes[i] = (Box){ label.x[i], label.y[i], label.size_px * 0.5 + 4 };
      if (is_taken (p, &boxes[i]))
        return FALSE;
    }
  for (int i = 0; i < label.n_glyphs; i++)
    take (p, &boxes[i]);
  g_array_append_val (p->labels, label);
  return TRUE;
}

static void
to_pixels (Placer *p,
           WdPoint point,
           double *x,
           double *y)
{
  WdMercator world = wd_mercator_from_point (point);

  *x = world.x * p->scale;
  *y = world.y * p->scale;
}

static gboolean
place_at (Placer         *p,
          WdCityLabelKind kind,
          const char     *text,
          WdPoint         point)
{
  double x;
  double y;

  to_pixels (p, point, &x, &y);
  return place (p, kind, text, x, y, 0);
}

/* The middle of a run of pipes of one street, and the way that it lies there:
 * to the east, or down. */
static void
middle_of (Placer *p,
           guint   first,
           guint   last,
           double *x,
           double *y,
           double *direction,
           double *length)
{
  double half = 0;

  for (int pass = 0; pass < 2; pass++)
    {
      double walked = 0;

      for (guint i = first; i <= last; i++)
        {
          const WdCityLine *line = &p->city->pipes[i].line;

          for (gsize k = 0; k + 1 < line->n_points; k++)
            {
              double ax, ay, bx, by, d;

              to_pixels (p, line->points[k], &ax, &ay);
              to_pixels (p, line->points[k + 1], &bx, &by);
              d = hypot (bx - ax, by - ay);
              if (pass == 1 && walked + d >= half)
                {
                  *x = ax + (bx - ax) * (half - walked) / d;
                  *y = ay + (by - ay) * (half - walked) / d;
                  *direction = atan2 (by - ay, bx - ax);
                  *direction += *direction > G_PI / 2 ? -G_PI : *direction < -G_PI / 4 ? G_PI
                                                                                       : 0;
                  *length = 2 * half;
                  return;
                }
              walked += d;
            }
        }
      half = walked / 2;
    }
}

static gboolean
ends_run (Placer *p,
          guint   pipe,
          guint   last)
{
  const WdCityPipe *here = &p->city->pipes[pipe];

  return pipe == last || p->city->pipes[pipe + 1].from_node != here->to_node ||
         p->city->streets[here->street].kind == WD_CITY_STREET_MINOR ||
         g_hash_table_contains (p->main_crossings, GUINT_TO_POINTER (here->to_node));
}

/* A street's name between two crossings, again and again along it. */
static void
place_street (Placer         *p,
              WdCityLabelKind kind,
              guint           first,
              guint           last)
{
  const char *name = p->city->streets[p->city->pipes[first].street].name;
  double      placed_x = -1e9;
  double      placed_y = -1e9;
  guint       from = first;
  /* Neighbours begin at different crossings, so that names do not stand in rows. */
  double repeat = styles[kind].repeat_px * (p->zoom == 13 ? 1.5 : 1);
  double wait = repeat * (p->city->pipes[first].street % 3) / 4;

  for (guint i = first; i <= last; i++)
    {
      double x = 0, y = 0, direction = 0, length = 0;

      if (!ends_run (p, i, last))
        continue;
      middle_of (p, from, i, &x, &y, &direction, &length);
      from = i + 1;
      wait -= length;
      if (wait < 0 && length > styles[kind].size_px * (double)g_utf8_strlen (name, -1) &&
          hypot (x - placed_x, y - placed_y) > repeat && place (p, kind, name, x, y, direction))
        {
          placed_x = x;
          placed_y = y;
        }
    }
}

static void
place_streets (Placer          *p,
               WdCityLabelKind  kind,
               WdCityStreetKind street_kind)
{
  const WdCity *city = p->city;

  for (guint i = 0; i < city->n_pipes;)
    {
      guint last = i;

      while (last + 1 < city->n_pipes && city->pipes[last + 1].street == city->pipes[i].street)
        last++;
      if (city->streets[city->pipes[i].street].kind == street_kind)
        place_street (p, kind, i, last);
      i = last + 1;
    }
}

static void
find_main_crossings (Placer *p)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const WdCity          *city = p->city;

  for (gsize i = 0; i < city->n_pipes; i++)
    if (city->streets[city->pipes[i].street].kind == WD_CITY_STREET_MAIN)
      for (int end = 0; end < 2; end++)
        {
          gpointer node = GUINT_TO_POINTER (end ? city->pipes[i].to_node : city->pipes[i].from_node);
          gpointer street = GUINT_TO_POINTER (city->pipes[i].street + 1);
          gpointer other = g_hash_table_lookup (seen, node);

          if (other != NULL && other != street)
            g_hash_table_add (p->main_crossings, node);
          g_hash_table_insert (seen, node, street);
        }
}

static gboolean
is_public (const WdCityCompound *compound)
{
  return g_str_equal (compound->class, "hospital") || g_str_equal (compound->class, "school") ||
         g_str_equal (compound->class, "fire") || g_str_equal (compound->class, "dialysis");
}

static void
place_compounds (Placer         *p,
                 WdCityLabelKind kind)
{
  for (gsize i = 0; i < p->city->n_compounds; i++)
    {
      const WdCityCompound *compound = &p->city->compounds[i];

      if (is_public (compound) == (kind == WD_CITY_LABEL_PUBLIC))
        place_at (p, kind, compound->name, compound->point);
    }
}

static void
place_ground (Placer             *p,
              WdCityLabelKind     kind,
              const WdCityGround *ground)
{
  double placed_x = -1e9;
  double placed_y = -1e9;

  for (gsize i = 0; i < ground->labels.n_points; i++)
    {
      double x;
      double y;

      to_pixels (p, ground->labels.points[i], &x, &y);
      if (hypot (x - placed_x, y - placed_y) > styles[kind].repeat_px && place (p, kind, ground->name, x, y, 0))
        {
          placed_x = x;
          placed_y = y;
        }
    }
}

static void
place_kind (Placer         *p,
            WdCityLabelKind kind)
{
  const WdCity *city = p->city;

  switch (kind)
    {
    case WD_CITY_LABEL_CITY:
      place_at (p, kind, WD_CITY_NAME, (WdPoint){ (city->west + city->east) / 2, (city->south + city->north) / 2 });
      break;
    case WD_CITY_LABEL_DISTRICT:
      for (gsize i = 0; i < city->n_districts; i++)
        place_at (p, kind, city->districts[i].name, city->districts[i].label);
      break;
    case WD_CITY_LABEL_WATER:
    case WD_CITY_LABEL_PARK:
      for (gsize i = 0; i < city->n_grounds; i++)
        if (city->grounds[i].water == (kind == WD_CITY_LABEL_WATER))
          place_ground (p, kind, &city->grounds[i]);
      break;
    case WD_CITY_LABEL_MAIN:
      place_streets (p, kind, WD_CITY_STREET_MAIN);
      break;
    case WD_CITY_LABEL_MINOR:
      place_streets (p, kind, WD_CITY_STREET_MINOR);
      break;
    case WD_CITY_LABEL_PUBLIC:
    case WD_CITY_LABEL_ESTATE:
      place_compounds (p, kind);
      break;
    case WD_CITY_N_LABEL_KINDS:
    default:
      g_assert_not_reached ();
    }
}

GArray *
wd_city_place_labels (const WdCity *city,
                      int           zoom)
{
  Placer p = { city, zoom, 256.0 * (1 << zoom) };

  p.labels = g_array_new (FALSE, FALSE, sizeof (WdCityLabel));
  p.cells = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  p.main_crossings = g_hash_table_new (NULL, NULL);
  find_main_crossings (&p);
  for (int kind = 0; kind < WD_CITY_N_LABEL_KINDS; kind++)
    if (zoom >= styles[kind].from_zoom && zoom <= styles[kind].to_zoom)
      place_kind (&p, (WdCityLabelKind)kind);
  g_hash_table_unref (p.cells);
  g_hash_table_unref (p.main_crossings);
  return p.labels;
}
