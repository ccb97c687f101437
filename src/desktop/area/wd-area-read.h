/* wd-area-read.h — the polygons of a GeoJSON file, which others made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A geometry, a Feature or a FeatureCollection: all its polygons become parts of one shape, of WD_SKETCH_CORNERS at most in all.
 * @starts: (out): of guint: where each part's rings begin, its outer one first
 * @skipped: (out): how many features are no polygon, and are left out
 *
 * Returns: (transfer full) (element-type GArray of WdPoint): closed rings, or NULL with WD_RULE_ERROR_INVALID: its detail is for
 *   wd_shape_words(), and it has the place where there is one */
GPtrArray *wd_area_read_geojson (const char *text, gsize length, GArray **starts, guint *skipped, GError **error);

/* The same of a file, which is not read where it is larger than any that is taken.  Blocks: for a worker.
 * Errors: as well those of GIO, where it can't be read. */
GPtrArray *wd_area_read_file (GFile *file, GArray **starts, guint *skipped, GError **error);

G_END_DECLS
