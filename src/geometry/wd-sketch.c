/* wd-sketch.c — an area while it is drawn: rings, corners, and the way back
 *
 * A state is a list of rings that never change; a step back is the list of before.  Only the ring
 * that a change is about is copied.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch.h"

#include <math.h>

#define MAX_STEPS 500
#define DIGITS 1e7 /* of a degree: a centimetre */

typedef struct
{
  gatomicrefcount refs;
  gboolean        hole;
  gboolean        open;
  GArray         *corners; /* WdPoint */
} Ring;

struct _WdSketch
{
  GPtrArray *rings; /* Ring */
  GPtrArray *back;  /* of such lists, the last one is the step before */
  GPtrArray *forth;
  gboolean   held;
  gboolean   kept; /* what was before the hold is on the way back */
};

static WdPoint
rounded (WdPoint at)
{
  return (WdPoint){ round (at.lon * DIGITS) / DIGITS, round (at.lat * DIGITS) / DIGITS };
}

static Ring *
ring_new (gboolean hole, gboolean open, const WdPoint *corners, guint n)
{
  Ring *ring = g_new0 (Ring, 1);

  g_atomic_ref_count_init (&ring->refs);
  ring->hole = hole;
  ring->open = open;
  ring->corners = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  g_array_append_vals (ring->corners, corners, n);
  return ring;
}

static gpointer
ring_ref (gconstpointer data, gpointer unused)
{
  g_atomic_ref_count_inc (&((Ring *)data)->refs);
  return (gpointer)data;
}

static void
ring_unref (gpointer data)
{
  Ring *ring = data;

  if (!g_atomic_ref_count_dec (&ring->refs))
    return;
  g_array_unref (ring->corners);
  g_free (ring);
}

static GPtrArray *
copy_state (GPtrArray *rings)
{
  GPtrArray *copy = g_ptr_array_copy (rings, ring_ref, NULL);

  g_ptr_array_set_free_func (copy, ring_unref);
  return copy;
}

WdSketch *
wd_sketch_new (void)
{
  WdSketch *self = g_new0 (WdSketch, 1);

  self->rings = g_ptr_array_new_with_free_func (ring_unref);
  self->back = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->forth = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  return self;
}

void
wd_sketch_free (WdSketch *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rings);
  g_ptr_array_unref (self->back);
  g_ptr_array_unref (self->forth);
  g_free (self);
}

WdSketch *
wd_sketch_copy (const WdSketch *self)
{
  WdSketch *copy = wd_sketch_new ();

  g_ptr_array_unref (copy->rings);
  copy->rings = copy_state (self->rings);
  return copy;
}

guint
wd_sketch_get_n_rings (const WdSketch *self)
{
  return self->rings->len;
}

static const Ring *
get (const WdSketch *self, guint ring)
{
  g_return_val_if_fail (ring < self->rings->len, NULL);
  return self->rings->pdata[ring];
}

const WdPoint *
wd_sketch_get_ring (const WdSketch *self, guint ring, guint *n_corners)
{
  const Ring *found = get (self, ring);

  *n_corners = found->corners->len;
  return (const WdPoint *)(gconstpointer)found->corners->data;
}

gboolean
wd_sketch_is_hole (const WdSketch *self, guint ring)
{
  return get (self, ring)->hole;
}

gboolean
wd_sketch_is_open (const WdSketch *self)
{
  return self->rings->len > 0 && get (self, self->rings->len - 1)->open;
}

gboolean
wd_sketch_is_begun (const WdSketch *self)
{
  return wd_sketch_is_open (self) && get (self, self->rings->len - 1)->corners->len > 0;
}

guint
wd_sketch_get_n_corners (const WdSketch *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rings->len; i++)
    n += get (self, i)->corners->len;
  return n;
}

gboolean
wd_sketch_is_too_large (const WdSketch *self)
{
  return wd_sketch_get_n_corners (self) > WD_SKETCH_CORNERS;
}

/* --- steps ----------------------------------------------------------------- */

static void
begin_step (WdSketch *self)
{
  g_ptr_array_set_size (self->forth, 0);
  if (self->held && self->kept)
    return;
  self->kept = TRUE;
  g_ptr_array_add (self->back, copy_state (self->rings));
  if (self->back->len > MAX_STEPS)
    g_ptr_array_remove_index (self->back, 0);
}

void
wd_sketch_hold (WdSketch *self)
{
  self->held = TRUE;
  self->kept = FALSE;
}

void
wd_sketch_release (WdSketch *self)
{
  self->held = FALSE;
}

gboolean
wd_sketch_can_undo (const WdSketch *self)
{
  return self->back->len > 0;
}

gboolean
wd_sketch_can_redo (const WdSketch *self)
{
  return self->forth->len > 0;
}

void
wd_sketch_settle (WdSketch *self)
{
  g_ptr_array_set_size (self->back, 0);
  g_ptr_array_set_size (self->forth, 0);
}

static gboolean
step (WdSketch *self, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0 || self->held)
    return FALSE;
  g_ptr_array_add (to, self->rings);
  self->rings = g_ptr_array_steal_index (from, from->len - 1);
  return TRUE;
}

gboolean
wd_sketch_undo (WdSketch *self)
{
  return step (self, self->back, self->forth);
}

gboolean
wd_sketch_redo (WdSketch *self)
{
  return step (self, self->forth, self->back);
}

/* --- changes ----------------------------------------------------------------- */

/* A ring of this state's own, to be changed. */
static Ring *
own (WdSketch *self, guint ring)
{
  const Ring *known = get (self, ring);
  Ring       *copy = ring_new (known->hole, known->open, (const WdPoint *)(gconstpointer)known->corners->data, known->corners->len);

  ring_unref (self->rings->pdata[ring]);
  self->rings->pdata[ring] = copy;
  return copy;
}

static void
drop_open (WdSketch *self)
{
  if (wd_sketch_is_open (self))
    g_ptr_array_remove_index (self->rings, self->rings->len - 1);
}

void
wd_sketch_set (WdSketch *self, GPtrArray *rings, GArray *starts)
{
  begin_step (self);
  g_ptr_array_set_size (self->rings, 0);
  for (guint i = 0, part = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];
      gboolean      outer = part < starts->len && g_array_index (starts, guint, part) == i;

      part += outer ? 1 : 0;
      g_ptr_array_add (self->rings, ring_new (!outer, FALSE, (const WdPoint *)(gconstpointer)ring->data, ring->len - 1));
      for (guint j = 0; j + 1 < ring->len; j++)
        {
          WdPoint *corner = &g_array_index (((Ring *)self->rings->pdata[i])->corners, WdPoint, j);

          *corner = rounded (*corner);
        }
    }
}

void
wd_sketch_begin (WdSketch *self, gboolean hole)
{
  wd_sketch_drop_open (self);
  g_ptr_array_add (self->rings, ring_new (hole, TRUE, NULL, 0));
}

gboolean
wd_sketch_add (WdSketch *self, WdPoint corner)
{
  if (!wd_sketch_is_open (self) || wd_sketch_get_n_corners (self) >= WD_SKETCH_CORNERS)
    return FALSE;
  begin_step (self);
  corner = rounded (corner);
  g_array_append_val (own (self, self->rings->len - 1)->corners, corner);
  return TRUE;
}

gboolean
wd_sketch_close (WdSketch *self)
{
  if (!wd_sketch_is_open (self) || get (self, self->rings->len - 1)->corners->len < 3)
    return FALSE;
  begin_step (self);
  own (self, self->rings->len - 1)->open = FALSE;
  return TRUE;
}

void
wd_sketch_drop_open (WdSketch *self)
{
  if (wd_sketch_is_begun (self))
    begin_step (self);
  drop_open (self);
}

gboolean
wd_sketch_move (WdSketch *self, guint ring, guint corner, WdPoint to)
{
  if (ring >= self->rings->len || corner >= get (self, ring)->corners->len)
    return FALSE;
  begin_step (self);
  g_array_index (own (self, ring)->corners, WdPoint, corner) = rounded (to);
  return TRUE;
}

gboolean
wd_sketch_insert (WdSketch *self, guint ring, guint after, WdPoint corner)
{
  if (wd_sketch_get_n_corners (self) >= WD_SKETCH_CORNERS)
    return FALSE;
  begin_step (self);
  corner = rounded (corner);
  g_array_insert_val (own (self, ring)->corners, after + 1, corner);
  return TRUE;
}

void
wd_sketch_remove (WdSketch *self, guint ring, guint corner)
{
  const Ring *known = get (self, ring);

  begin_step (self);
  if (known->corners->len <= (known->open ? 1u : 3u))
    g_ptr_array_remove_index (self->rings, ring);
  else
    g_array_remove_index (own (self, ring)->corners, corner);
}

/* --- what comes of it ---------------------------------------------------------- */

static GArray *
dup_closed (const Ring *ring)
{
  GArray *closed = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  g_array_append_vals (closed, ring->corners->data, ring->corners->len);
  g_array_append_vals (closed, ring->corners->data, 1);
  return closed;
}

/* Cheap, and true for all parts but a few. */
static gboolean
is_out_of_box (const Ring *ring, WdPoint point)
{
  gboolean west = FALSE, east = FALSE, south = FALSE, north = FALSE;

  for (guint i = 0; i < ring->corners->len; i++)
    {
      WdPoint corner = g_array_index (ring->corners, WdPoint, i);

      west = west || corner.lon <= point.lon;
      east = east || corner.lon >= point.lon;
      south = south || corner.lat <= point.lat;
      north = north || corner.lat >= point.lat;
      if (west && east && south && north)
        return FALSE;
    }
  return TRUE;
}

/* The smallest part around the hole's first corner; the last part where it lies in none, so that it is seen to be wrong. */
static guint
part_of (const WdSketch *self, const Ring *hole)
{
  WdPoint corner = g_array_index (hole->corners, WdPoint, 0);
  double  smallest = 0;
  guint   found = G_MAXUINT, last = G_MAXUINT;

  for (guint i = 0; i < self->rings->len; i++)
    {
      const Ring        *ring = get (self, i);
      g_autoptr (WdArea) area = NULL;
      double             size;

      if (ring->hole || ring->open)
        continue;
      last = i;
      if (is_out_of_box (ring, corner))
        continue;
      area = wd_area_new ();
      wd_area_begin_polygon (area, (const WdPoint *)(gconstpointer)ring->corners->data, ring->corners->len);
      size = wd_area_get_total_size (area);
      if (wd_area_find (area, corner) >= 0 && (found == G_MAXUINT || size < smallest))
        {
          found = i;
          smallest = size;
        }
    }
  return found != G_MAXUINT ? found : last;
}

GPtrArray *
wd_sketch_dup_rings (const WdSketch *self, GArray **starts)
{
  GPtrArray        *rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autofree guint *parts = g_new (guint, self->rings->len + 1);

  *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->rings->len; i++)
    parts[i] = get (self, i)->hole && !get (self, i)->open ? part_of (self, get (self, i)) : i;
  for (guint i = 0; i < self->rings->len; i++)
    {
      if (get (self, i)->hole || get (self, i)->open)
        continue;
      g_array_append_val (*starts, rings->len);
      g_ptr_array_add (rings, dup_closed (get (self, i)));
      for (guint j = 0; j < self->rings->len; j++)
        if (j != i && parts[j] == i)
          g_ptr_array_add (rings, dup_closed (get (self, j)));
    }
  return rings;
}
