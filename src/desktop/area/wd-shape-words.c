/* wd-shape-words.c — what is wrong with a shape, in the words of who draws it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-shape-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
static const char *const faults[] = {
  N_ ("a position is [longitude, latitude]"),
  N_ ("this is not on the earth: longitude comes first, then latitude"),
  N_ ("this is not on the earth"),
  N_ ("a ring is a list of positions"),
  N_ ("a ring has at least four positions, the last one as the first"),
  N_ ("a shape has at most 10,000 vertices"),
  N_ ("a ring ends where it began"),
  N_ ("a polygon is a list of rings"),
  N_ ("a MultiPolygon is a list of polygons"),
  N_ ("this is no GeoJSON Polygon or MultiPolygon"),
  N_ ("its crs is another one: longitude and latitude in WGS 84 are meant"),
  N_ ("a shape does not cross the 180th meridian: cut it there into two parts"),
  N_ ("a ring of one place encloses nothing"),
  N_ ("a hole lies outside its polygon"),
  N_ ("a hole lies inside another hole"),
  N_ ("two parts overlap"),
  N_ ("two rings are the same"),
  N_ ("a ring encloses nothing"),
  N_ ("its rings cut the shape into pieces: make each a part of its own"),
  N_ ("a ring touches itself here"),
  N_ ("the border crosses itself here"),
  N_ ("two parts overlap or have a border in common"),
  N_ ("this is no shape"),
  N_ ("it lies outside all territories of the utility"),
  N_ ("it is larger than 8 MB"),
  N_ ("it is no JSON"),
  N_ ("there is no polygon in it"),
  N_ ("there is no polygon in it: the first feature has no place"),
  N_ ("there is no polygon in it: the first feature is a point"),
  N_ ("there is no polygon in it: the first feature is of points"),
  N_ ("there is no polygon in it: the first feature is a line"),
  N_ ("there is no polygon in it: the first feature is of lines"),
  N_ ("there is no polygon in it: the first feature is a collection"),
};
/* clang-format on */

char *
wd_shape_words_crossing (const WdSketch *sketch, const WdCrossing *crossing)
{
  if (crossing->ring == crossing->other_ring && wd_sketch_get_n_rings (sketch) == 1)
    return g_strdup_printf (_ ("edges %1$u and %2$u cross"), crossing->edge + 1, crossing->other_edge + 1);
  return g_strdup_printf (_ ("edge %2$u of ring %1$u and edge %4$u of ring %3$u cross"), crossing->ring + 1, crossing->edge + 1,
                          crossing->other_ring + 1, crossing->other_edge + 1);
}

/* “polygon 1, ring 2, position 7: …” */
static char *
describe_place (const char *place)
{
  guint polygon = 0, ring = 0, position = 0;
  int   n = sscanf (place, "polygon %u, ring %u, position %u", &polygon, &ring, &position);

  switch (n)
    {
    case 1: return g_strdup_printf (_ ("part %u"), polygon);
    case 2: return g_strdup_printf (_ ("part %1$u, ring %2$u"), polygon, ring);
    case 3: return g_strdup_printf (_ ("part %1$u, ring %2$u, position %3$u"), polygon, ring, position);
    default: return NULL;
    }
}

char *
wd_shape_words (const char *fault)
{
  const char      *colon = strstr (fault, ": ");
  g_autofree char *place = g_str_has_prefix (fault, "polygon ") && colon != NULL ? describe_place (fault) : NULL;
  const char      *sentence = place != NULL ? colon + 2 : fault;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i], sentence))
      sentence = _ (faults[i]);
  /* Translators: a place in a file, and what is wrong there. */
  return place != NULL ? g_strdup_printf (_ ("%1$s: %2$s"), place, sentence) : g_strdup (sentence);
}
