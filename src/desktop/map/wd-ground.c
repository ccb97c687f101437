/* wd-ground.c — the basemap under a map: which tiles, whose they are, and what is wrong with them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ground.h"

#include "wd-json.h"
#include "wd-tile-source.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

struct _WdGround
{
  GObject          parent_instance;
  ShumateMap      *map;   /* it owns the view that owns this */
  ShumateLayer    *above; /* the map's */
  ShumateMapLayer *layer; /* the basemap in one theme */
  WdTileSource    *source;

  SoupSession  *session;
  char         *server;
  char         *token;
  char         *cache_dir;
  GCancellable *asking; /* /v1/tiles */

  GError *trouble; /* why the server does not say what it has */
  char   *note;
  int     min_zoom, max_zoom;
  WdPoint south_west, north_east; /* lon NAN where it has not said */
};

G_DEFINE_FINAL_TYPE (WdGround, wd_ground, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell_changed (WdGround *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A server without a basemap is not asked for tiles. */
static gboolean
has_none (WdGround *self)
{
  return g_error_matches (self->trouble, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* The basemap anew: for another theme, another server, or once there is one. */
static void
lay (WdGround *self)
{
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);
  ShumateMapLayer *old = self->layer;

  if (self->source != NULL)
    wd_tile_source_close (self->source);
  g_clear_object (&self->source);
  self->source = wd_tile_source_new (has_none (self) ? NULL : self->session, self->server, self->token, self->cache_dir,
                                     adw_style_manager_get_dark (adw_style_manager_get_default ()));
  wd_tile_source_set_zooms (self->source, self->min_zoom, self->max_zoom);
  g_signal_connect_object (self->source, "trouble-changed", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);

  shumate_viewport_set_reference_map_source (viewport, SHUMATE_MAP_SOURCE (self->source));
  self->layer = shumate_map_layer_new (SHUMATE_MAP_SOURCE (self->source), viewport);
  shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (self->layer), self->above);
  if (old != NULL)
    shumate_map_remove_layer (self->map, SHUMATE_LAYER (old));
}

/* {"min_zoom","max_zoom","bounds":[W,S,E,N],"datum","attribution"}; what is missing or odd stays as it is. */
static void
take_description (WdGround *self, JsonObject *object)
{
  JsonNode   *bounds = json_object_get_member (object, "bounds");
  const char *attribution = json_object_get_string_member_with_default (object, "attribution", NULL);
  const char *datum = json_object_get_string_member_with_default (object, "datum", NULL);

  self->min_zoom = (int)CLAMP (json_object_get_int_member_with_default (object, "min_zoom", self->min_zoom), 0, G_MAXINT);
  self->max_zoom = (int)CLAMP (json_object_get_int_member_with_default (object, "max_zoom", self->max_zoom), 0, G_MAXINT);
  wd_tile_source_set_zooms (self->source, self->min_zoom, self->max_zoom);
  if (bounds != NULL && JSON_NODE_HOLDS_ARRAY (bounds) && json_array_get_length (json_node_get_array (bounds)) == 4)
    {
      JsonArray *box = json_node_get_array (bounds);

      self->south_west = (WdPoint){ json_array_get_double_element (box, 0), json_array_get_double_element (box, 1) };
      self->north_east = (WdPoint){ json_array_get_double_element (box, 2), json_array_get_double_element (box, 3) };
    }
  if (attribution != NULL && *attribution != '\0')
    {
      g_free (self->note);
      self->note = g_strdup_printf (_ ("Basemap: %s (%s) · new orders do not move the view"), attribution, datum != NULL ? datum : "WGS-84");
    }
}

/* What the server has; NULL with @error where it does not say. */
static JsonNode *
read_description (SoupSession *session, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes)   answer = soup_session_send_and_read_finish (session, result, error);
  guint                status = soup_message_get_status (soup_session_get_async_result_message (session, result));
  g_autoptr (JsonNode) root = NULL;

  if (answer == NULL)
    return NULL;
  if (status == SOUP_STATUS_OK)
    root = wd_json_parse (g_bytes_get_data (answer, NULL), (gssize)g_bytes_get_size (answer), NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);
  g_set_error (error, G_IO_ERROR, status == SOUP_STATUS_NOT_FOUND ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_INVALID_DATA,
               "the server answers %u", status);
  return NULL;
}

static void
described_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdGround) self = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = read_description (SOUP_SESSION (session), result, &error);
  gboolean             had_none = has_none (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (&self->trouble);
  self->trouble = g_steal_pointer (&error);
  if (root != NULL)
    take_description (self, json_node_get_object (root));
  if (has_none (self) != had_none)
    lay (self);
  else
    wd_tile_source_retry (self->source);
  tell_changed (self);
}

static void
stop_asking (WdGround *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask (WdGround *self)
{
  g_autofree char        *uri = g_strdup_printf ("%s/v1/tiles", self->server);
  g_autofree char        *bearer = g_strdup_printf ("Bearer %s", self->token != NULL ? self->token : "");
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);

  stop_asking (self);
  if (message == NULL)
    return;
  self->asking = g_cancellable_new ();
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, self->asking, described_cb, g_object_ref (self));
}

static void
wd_ground_dispose (GObject *object)
{
  WdGround *self = WD_GROUND (object);

  stop_asking (self);
  if (self->source != NULL)
    wd_tile_source_close (self->source);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (wd_ground_parent_class)->dispose (object);
}

static void
wd_ground_finalize (GObject *object)
{
  WdGround *self = WD_GROUND (object);

  g_clear_object (&self->session);
  g_free (self->server);
  g_free (self->token);
  g_free (self->cache_dir);
  g_clear_error (&self->trouble);
  g_free (self->note);
  G_OBJECT_CLASS (wd_ground_parent_class)->finalize (object);
}

static void
wd_ground_class_init (WdGroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_ground_dispose;
  object_class->finalize = wd_ground_finalize;
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_GROUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_ground_init (WdGround *self)
{
  self->max_zoom = G_MAXINT;
  self->south_west.lon = NAN;
}

WdGround *
wd_ground_new (ShumateMap *map, ShumateLayer *above)
{
  WdGround *self = g_object_new (WD_TYPE_GROUND, NULL);

  self->map = map;
  self->above = above;
  lay (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (lay), self, G_CONNECT_SWAPPED);
  return self;
}

void
wd_ground_set_server (WdGround    *self,
                      SoupSession *session,
                      const char  *server,
                      const char  *token,
                      const char  *cache_dir)
{
  stop_asking (self);
  g_clear_error (&self->trouble);
  g_set_object (&self->session, session);
  g_free (self->server);
  self->server = g_strdup (server);
  g_free (self->token);
  self->token = g_strdup (token);
  g_free (self->cache_dir);
  self->cache_dir = g_strdup (cache_dir);
  lay (self);
  if (session != NULL)
    ask (self);
  tell_changed (self);
}

void
wd_ground_retry (WdGround *self)
{
  if (self->session != NULL)
    ask (self);
}

const char *
wd_ground_get_note (WdGround *self)
{
  return self->note;
}

gboolean
wd_ground_get_bounds (WdGround *self, WdPoint *south_west, WdPoint *north_east)
{
  *south_west = self->south_west;
  *north_east = self->north_east;
  return wd_point_is_set (&self->south_west);
}

char *
wd_ground_describe_trouble (WdGround *self)
{
  const GError *trouble = self->trouble != NULL ? self->trouble : wd_tile_source_get_trouble (self->source);

  if (trouble == NULL)
    return NULL;
  if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_ ("The server has no basemap; orders are shown all the same. Ask the administrator to bring one in (waterdeskctl import tiles), then try again."));
  if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return g_strdup (_ ("Parts of the basemap are missing: the server's file may be damaged. If this stays, ask the administrator to bring it in anew (waterdeskctl import tiles)."));
  return g_strdup (_ ("Parts of the basemap are missing: the server does not answer. They come by themselves once it does."));
}
