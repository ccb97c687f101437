/* wd-shape.c — is this a shape, and if not, where is it wrong?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-shape.h"

#include <geos_c.h>
#include <math.h>

static GEOSGeometry *
make_ring (GEOSContextHandle_t geos, const GArray *ring)
{
  GEOSCoordSequence *places = GEOSCoordSeq_copyFromBuffer_r (geos, (const double *)(gconstpointer)ring->data, ring->len, FALSE, FALSE);

  return places != NULL ? GEOSGeom_createLinearRing_r (geos, places) : NULL;
}

/* The outer ring at @first and its holes, up to the ring at @end. */
static GEOSGeometry *
make_polygon (GEOSContextHandle_t geos, GPtrArray *rings, guint first, guint end)
{
  g_autofree GEOSGeometry **holes = g_new0 (GEOSGeometry *, end - first);
  GEOSGeometry             *shell = make_ring (geos, rings->pdata[first]);
  gboolean                  ok = shell != NULL;

  for (guint i = first + 1; i < end; i++)
    ok = (holes[i - first - 1] = make_ring (geos, rings->pdata[i])) != NULL && ok;
  if (ok)
    return GEOSGeom_createPolygon_r (geos, shell, holes, end - first - 1);
  for (guint i = first + 1; i < end; i++)
    if (holes[i - first - 1] != NULL)
      GEOSGeom_destroy_r (geos, holes[i - first - 1]);
  if (shell != NULL)
    GEOSGeom_destroy_r (geos, shell);
  return NULL;
}

static guint
end_of (GPtrArray *rings, GArray *starts, guint polygon)
{
  return polygon + 1 < starts->len ? g_array_index (starts, guint, polygon + 1) : rings->len;
}

static GEOSGeometry *
make_shape (GEOSContextHandle_t geos, GPtrArray *rings, GArray *starts)
{
  g_autofree GEOSGeometry **polygons = g_new0 (GEOSGeometry *, starts->len);
  guint                     n = 0;

  for (guint i = 0; i < starts->len; i++)
    {
      polygons[n] = make_polygon (geos, rings, g_array_index (starts, guint, i), end_of (rings, starts, i));
      if (polygons[n] != NULL)
        n++;
    }
  if (n == starts->len)
    return GEOSGeom_createCollection_r (geos, GEOS_MULTIPOLYGON, polygons, n);
  for (guint i = 0; i < n; i++)
    GEOSGeom_destroy_r (geos, polygons[i]);
  return NULL;
}

/* ---- what needs no library ---- */

/* Twice the area in degrees, from the first corner so that nothing is lost to large numbers. */
static double
enclosed (const GArray *ring)
{
  const WdPoint *p = (const WdPoint *)(gconstpointer)ring->data;
  double         sum = 0;

  for (guint i = 1; i + 1 < ring->len; i++)
    sum += (p[i].lon - p[0].lon) * (p[i + 1].lat - p[0].lat) - (p[i + 1].lon - p[0].lon) * (p[i].lat - p[0].lat);
  return sum;
}

gboolean
wd_shape_runs_counterclockwise (const GArray *ring)
{
  return enclosed (ring) > 0;
}

static const char *
ring_fault (const GArray *ring, WdPoint *at)
{
  const WdPoint *p = (const WdPoint *)(gconstpointer)ring->data;

  for (guint i = 1; i < ring->len; i++)
    if (fabs (p[i].lon - p[i - 1].lon) > 180)
      {
        *at = p[i];
        return "a shape does not cross the 180th meridian: cut it there into two parts";
      }
  for (guint i = 1; i < ring->len; i++)
    if (p[i].lon != p[0].lon || p[i].lat != p[0].lat)
      return NULL; /* of more than one place: what it encloses, GEOS says first, a crossing being the better answer */
  *at = p[0];
  return "a ring of one place encloses nothing";
}

/* ---- what GEOS says ---- */

static const char *
sentence_of (const char *reason)
{
  static const struct
  {
    const char *theirs, *ours;
  } sentences[] = {
    { "Hole lies outside", "a hole lies outside its polygon" },
    { "Holes are nested", "a hole lies inside another hole" },
    { "Nested shells", "two parts overlap" },
    { "Duplicate Rings", "two rings are the same" },
    { "Too few points", "a ring encloses nothing" },
    { "Interior is disconnected", "its rings cut the shape into pieces: make each a part of its own" },
    { "Ring Self-intersection", "a ring touches itself here" },
    { "Self-intersection", "the border crosses itself here" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_has_prefix (reason, sentences[i].theirs))
      return sentences[i].ours;
  return "this is no shape";
}

/* To a centimetre: which of the last digits come out where two edges cross is each version's own. */
static double
to_centimetre (double degrees)
{
  return round (degrees * 1e7) / 1e7;
}

static const char *
fault_of (GEOSContextHandle_t geos, const GEOSGeometry *shape, WdPoint *at)
{
  char         *reason = NULL;
  GEOSGeometry *place = NULL;
  const char   *sentence = NULL;

  if (GEOSisValidDetail_r (geos, shape, 0, &reason, &place) != 1)
    {
      sentence = sentence_of (reason != NULL ? reason : "");
      if (place == NULL || GEOSGeomGetX_r (geos, place, &at->lon) != 1 || GEOSGeomGetY_r (geos, place, &at->lat) != 1)
        at->lon = NAN;
      else
        *at = (WdPoint){ to_centimetre (at->lon), to_centimetre (at->lat) };
    }
  if (reason != NULL)
    GEOSFree_r (geos, reason);
  if (place != NULL)
    GEOSGeom_destroy_r (geos, place);
  return sentence;
}

/* Each part first: where all are good, it is two of them that get into each other's way. */
static const char *
parts_fault (GEOSContextHandle_t geos, const GEOSGeometry *shape, WdPoint *at)
{
  int         n = GEOSGetNumGeometries_r (geos, shape);
  const char *sentence = NULL;

  for (int i = 0; i < n && sentence == NULL; i++)
    sentence = fault_of (geos, GEOSGetGeometryN_r (geos, shape, i), at);
  if (sentence == NULL && n > 1 && fault_of (geos, shape, at) != NULL)
    sentence = "two parts overlap or have a border in common";
  return sentence;
}

const char *
wd_shape_fault (GPtrArray *rings, GArray *starts, WdPoint *at)
{
  GEOSContextHandle_t geos;
  GEOSGeometry       *shape;
  const char         *sentence = NULL;

  at->lon = NAN;
  at->lat = 0;
  for (guint i = 0; i < rings->len && sentence == NULL; i++)
    sentence = ring_fault (rings->pdata[i], at);
  if (sentence != NULL)
    return sentence;

  geos = GEOS_init_r ();
  shape = make_shape (geos, rings, starts);
  sentence = shape != NULL ? parts_fault (geos, shape, at) : "this is no shape";
  if (shape != NULL)
    GEOSGeom_destroy_r (geos, shape);
  GEOS_finish_r (geos);
  for (guint i = 0; i < rings->len && sentence == NULL; i++)
    if (enclosed (rings->pdata[i]) == 0)
      {
        *at = g_array_index ((GArray *)rings->pdata[i], WdPoint, 0);
        sentence = "a ring encloses nothing";
      }
  return sentence;
}

gboolean
wd_shapes_meet (GPtrArray *rings, GArray *starts, GPtrArray *others, GArray *other_starts)
{
  GEOSContextHandle_t geos = GEOS_init_r ();
  GEOSGeometry       *one = make_shape (geos, rings, starts);
  GEOSGeometry       *other = make_shape (geos, others, other_starts);
  gboolean            meet = one != NULL && other != NULL && GEOSIntersects_r (geos, one, other) == 1;

  if (one != NULL)
    GEOSGeom_destroy_r (geos, one);
  if (other != NULL)
    GEOSGeom_destroy_r (geos, other);
  GEOS_finish_r (geos);
  return meet;
}

/* ---- what two have in common ---- */

static GArray *
read_ring (GEOSContextHandle_t geos, const GEOSGeometry *line)
{
  const GEOSCoordSequence *places = GEOSGeom_getCoordSeq_r (geos, line);
  unsigned int             n = 0;
  GArray                  *ring = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  GEOSCoordSeq_getSize_r (geos, places, &n);
  g_array_set_size (ring, n);
  GEOSCoordSeq_copyToBuffer_r (geos, places, (double *)(gpointer)ring->data, FALSE, FALSE);
  return ring;
}

static void
add_polygon (GEOSContextHandle_t geos, const GEOSGeometry *polygon, GPtrArray *rings, GArray *starts)
{
  if (GEOSGeomTypeId_r (geos, polygon) != GEOS_POLYGON || GEOSisEmpty_r (geos, polygon))
    return;
  g_array_append_val (starts, rings->len);
  g_ptr_array_add (rings, read_ring (geos, GEOSGetExteriorRing_r (geos, polygon)));
  for (int i = 0; i < GEOSGetNumInteriorRings_r (geos, polygon); i++)
    g_ptr_array_add (rings, read_ring (geos, GEOSGetInteriorRingN_r (geos, polygon, i)));
}

GPtrArray *
wd_shapes_common (GPtrArray *rings, GArray *starts, GPtrArray *others, GArray *other_starts, GArray **common_starts)
{
  GEOSContextHandle_t geos = GEOS_init_r ();
  GEOSGeometry       *one = make_shape (geos, rings, starts);
  GEOSGeometry       *other = make_shape (geos, others, other_starts);
  GEOSGeometry       *common = one != NULL && other != NULL ? GEOSIntersection_r (geos, one, other) : NULL;
  GPtrArray          *found = common != NULL ? g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref) : NULL;

  *common_starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int i = 0; found != NULL && i < GEOSGetNumGeometries_r (geos, common); i++)
    add_polygon (geos, GEOSGetGeometryN_r (geos, common, i), found, *common_starts);
  if (common != NULL)
    GEOSGeom_destroy_r (geos, common);
  if (one != NULL)
    GEOSGeom_destroy_r (geos, one);
  if (other != NULL)
    GEOSGeom_destroy_r (geos, other);
  GEOS_finish_r (geos);
  return found;
}
