/* fake-tiles.c — a server of basemap tiles within the test's own loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fake-tiles.h"

#include "wd-mercator.h"
#include "wd-symbol-paint.h"

#include <math.h>

#define WIDE 0.12 /* degrees around the middle of the city */

static cairo_status_t
append_png (void                *closure,
            const unsigned char *data,
            unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Streets every 0.004 degrees, each fourth wide; a river along a wave. */
static void
paint_city (cairo_t *cr,
            double   pixels,
            gboolean dark)
{
  const double step = 0.004 / 360;
  WdMercator   middle = wd_mercator_from_point ((WdPoint){ 120.20, 30.20 });

  cairo_set_line_width (cr, 38);
  for (int i = -40; i <= 40; i++)
    cairo_line_to (cr, (middle.x + i * step) * pixels, (middle.y + (0.4 + 0.5 * sin (i / 4.0)) * step) * pixels);
  wd_paint_set_color (cr, WD_COLOR_WATER, 1, dark);
  cairo_stroke (cr);

  wd_paint_set_color (cr, WD_COLOR_STREET, 1, dark);
  for (int i = -20; i <= 20; i++)
    {
      cairo_set_line_width (cr, i % 4 == 0 ? 6 : 2);
      cairo_move_to (cr, (middle.x + (i - 2) * step) * pixels, (middle.y - 20 * step) * pixels);
      cairo_line_to (cr, (middle.x + (i + 2) * step) * pixels, (middle.y + 20 * step) * pixels);
      cairo_move_to (cr, (middle.x - 20 * step) * pixels, (middle.y + (i - 3) * step) * pixels);
      cairo_line_to (cr, (middle.x + 20 * step) * pixels, (middle.y + (i + 3) * step) * pixels);
      cairo_stroke (cr);
    }
}

static GBytes *
draw_tile (int      zoom,
           int      column,
           int      row,
           gboolean dark)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 256, 256);
  cairo_t         *cr = cairo_create (surface);
  GByteArray      *png = g_byte_array_new ();

  wd_paint_set_color (cr, WD_COLOR_LAND, 1, dark);
  cairo_paint (cr);
  cairo_translate (cr, -256.0 * column, -256.0 * row);
  paint_city (cr, ldexp (256, zoom), dark);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_png, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static gboolean
is_welcome (FakeTiles         *self,
            SoupServerMessage *message)
{
  const char      *given = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *wanted = g_strdup_printf ("Bearer %s", self->token);

  return self->token == NULL || g_strcmp0 (given, wanted) == 0;
}

static void
describe (FakeTiles         *self,
          SoupServerMessage *message)
{
  g_autofree char *json = g_strdup_printf ("{\"min_zoom\":%d,\"max_zoom\":%d,\"bounds\":[%g,%g,%g,%g],\"datum\":\"WGS-84\",\"attribution\":\"made up\"}",
                                           self->min_zoom, self->max_zoom, 120.20 - WIDE / 2, 30.20 - WIDE / 2, 120.20 + WIDE / 2, 30.20 + WIDE / 2);

  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json, strlen (json));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
tile_asked_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           data)
{
  FakeTiles         *self = data;
  int                zoom, column, row;
  g_autoptr (GBytes) tile = NULL;
  const char        *theme = query != NULL ? g_hash_table_lookup (query, "theme") : NULL;

  if (self->broken || !is_welcome (self, message))
    {
      soup_server_message_set_status (message, self->broken ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_UNAUTHORIZED, NULL);
      return;
    }
  if (g_str_equal (path, "/v1/tiles"))
    {
      describe (self, message);
      return;
    }
  self->n_asked++;
  g_free (self->last);
  self->last = g_strdup_printf ("%s?theme=%s", path, theme);
  if (sscanf (path, "/v1/tiles/%d/%d/%d", &zoom, &column, &row) != 3 || zoom < self->min_zoom || zoom > self->max_zoom)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  if (self->spoilt)
    tile = g_bytes_new_static ("no picture", 10);
  else
    tile = draw_tile (zoom, column, row, g_strcmp0 (theme, "dark") == 0);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, g_bytes_get_data (tile, NULL), g_bytes_get_size (tile));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

FakeTiles *
fake_tiles_new (void)
{
  FakeTiles *self = g_new0 (FakeTiles, 1);
  GSList    *uris;

  self->min_zoom = 9;
  self->max_zoom = 17;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/v1/tiles", tile_asked_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return self;
}

void
fake_tiles_free (FakeTiles *self)
{
  if (self == NULL)
    return;
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->address);
  g_free (self->last);
  g_free (self);
}
