/* fake-tiles.h — a server of basemap tiles within the test's own loop
 *
 * Draws land, streets and a river; can be told to lack tiles, to fail, and to want a token.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  SoupServer *server;
  char       *address; /* http://127.0.0.1:PORT */
  const char *token;   /* asked for, NULL for none */
  gboolean    broken;  /* answers 503 */
  gboolean    spoilt;  /* answers what is no picture */
  int         min_zoom, max_zoom;
  guint       n_asked; /* tiles, so far */
  char       *last;    /* path and query of the last tile */
} FakeTiles;

FakeTiles *fake_tiles_new (void);
void       fake_tiles_free (FakeTiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeTiles, fake_tiles_free)

G_END_DECLS
