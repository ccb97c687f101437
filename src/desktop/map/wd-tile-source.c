/* wd-tile-source.c — the basemap, fetched from our own server
 *
 * libshumate never asks twice for a tile that failed, and keeps the old zoom's tiles until all of the new
 * one are done.  So each is shown and called done at once by what there is, while its
 * task stays open until the real one has come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-tile-source.h"

#include "wd-tile-part.h"
#include "wd-tile-store.h"

#define TILE_SIZE 256
#define NEAREST_ZOOM 19 /* a house fills the screen */
#define RETRY_FIRST 2   /* seconds, doubled each time … */
#define RETRY_LAST 60

struct _WdTileSource
{
  ShumateMapSource parent_instance;
  WdTileStore     *store;
  int              min_zoom, max_zoom; /* that the server has */
  GPtrArray       *waiting;            /* Fill: shown by something else until the link is back */
  guint            retry_id;
  guint            retry_seconds;
  guint            n_lacking; /* fills that could not be had so far */
  GError          *trouble;   /* why, the last time; NULL where none is lacking */
  gboolean         plain;     /* there is no server */
  gboolean         closed;
};

/* One tile of the map on its way; owned by its task. */
typedef struct
{
  GTask       *task;
  ShumateTile *tile;
  int          zoom, column, row;
  int          level; /* the zoom that is tried: its own, or an ancestor's */
  gboolean     lacking;
} Fill;

enum
{
  TROUBLE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdTileSource, wd_tile_source, SHUMATE_TYPE_MAP_SOURCE)

static void load (Fill *fill);

static void
free_fill (gpointer data)
{
  Fill *fill = data;

  g_object_unref (fill->tile);
  g_free (fill);
}

/* @trouble: why the tile can't be had, NULL once nobody wants it any more or it is there. */
static void
note_lack (Fill         *fill,
           const GError *trouble)
{
  WdTileSource *self = g_task_get_source_object (fill->task);
  gboolean      lacking = trouble != NULL;

  self->n_lacking += lacking;
  self->n_lacking -= fill->lacking;
  fill->lacking = lacking;
  if (trouble == NULL && (self->n_lacking > 0 || self->trouble == NULL))
    return;
  if (trouble != NULL && self->trouble != NULL && g_error_matches (self->trouble, trouble->domain, trouble->code))
    return;
  g_clear_error (&self->trouble);
  self->trouble = trouble != NULL ? g_error_copy (trouble) : NULL;
  if (!self->closed)
    g_signal_emit (self, signals[TROUBLE_CHANGED], 0);
}

static GdkPaintable *
cut (const Fill *fill,
     GdkTexture *texture,
     int         level)
{
  int levels = fill->zoom - level;
  int mask = (1 << levels) - 1;

  if (levels == 0)
    return g_object_ref (GDK_PAINTABLE (texture));
  return wd_tile_part_new (texture, levels, fill->column & mask, fill->row & mask);
}

static void
show (Fill         *fill,
      GdkPaintable *paintable)
{
  shumate_tile_set_paintable (fill->tile, paintable);
  shumate_tile_set_state (fill->tile, SHUMATE_STATE_LOADED);
  shumate_tile_set_state (fill->tile, SHUMATE_STATE_DONE);
}

static void
finish (Fill       *fill,
        GdkTexture *texture)
{
  g_autoptr (GTask)        task = fill->task;
  g_autoptr (GdkPaintable) paintable = texture != NULL ? cut (fill, texture, fill->level)
                                                       : gdk_paintable_new_empty (TILE_SIZE, TILE_SIZE);

  show (fill, paintable);
  note_lack (fill, NULL);
  g_task_return_boolean (task, TRUE);
}

/* The map has moved on, or nobody looks. */
static gboolean
drop_if_unwanted (Fill *fill)
{
  WdTileSource *self = g_task_get_source_object (fill->task);
  GCancellable *cancellable = g_task_get_cancellable (fill->task);

  if (!self->closed && !g_cancellable_is_cancelled (cancellable))
    return FALSE;
  note_lack (fill, NULL);
  g_task_return_new_error (fill->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no longer wanted");
  g_object_unref (fill->task);
  return TRUE;
}

static gboolean
retry_cb (gpointer data)
{
  WdTileSource *self = data;

  self->retry_id = 0;
  self->retry_seconds = MIN (self->retry_seconds * 2, RETRY_LAST);
  wd_tile_source_retry (self);
  return G_SOURCE_REMOVE;
}

/* Shows the nearest ancestor at hand, or plain ground, and keeps the tile for later. */
static void
wait (Fill         *fill,
      const GError *trouble)
{
  WdTileSource            *self = g_task_get_source_object (fill->task);
  GdkTexture              *texture = NULL;
  int                      level = MIN (fill->zoom, self->max_zoom);
  g_autoptr (GdkPaintable) paintable = NULL;

  for (; level >= self->min_zoom && texture == NULL; level--)
    texture = wd_tile_store_peek (self->store, level, fill->column >> (fill->zoom - level), fill->row >> (fill->zoom - level));
  paintable = texture != NULL ? cut (fill, texture, level + 1) : gdk_paintable_new_empty (TILE_SIZE, TILE_SIZE);
  show (fill, paintable);

  note_lack (fill, trouble);
  g_ptr_array_add (self->waiting, fill);
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (self->retry_seconds, retry_cb, self);
}

static void
loaded_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      data)
{
  Fill                  *fill = data;
  WdTileSource          *self = g_task_get_source_object (fill->task);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GdkTexture) texture = wd_tile_store_load_finish (WD_TILE_STORE (store), result, &error);

  if (drop_if_unwanted (fill))
    return;
  if (texture != NULL)
    {
      self->retry_seconds = RETRY_FIRST;
      finish (fill, texture);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    wait (fill, error);
  else if (fill->level > self->min_zoom)
    {
      fill->level--;
      load (fill);
    }
  else
    finish (fill, NULL);
}

static void
load (Fill *fill)
{
  WdTileSource *self = g_task_get_source_object (fill->task);
  int           levels = fill->zoom - fill->level;

  wd_tile_store_load_async (self->store, fill->level, fill->column >> levels, fill->row >> levels, loaded_cb, fill);
}

static void
wd_tile_source_fill_tile_async (ShumateMapSource   *source,
                                ShumateTile        *tile,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  WdTileSource *self = WD_TILE_SOURCE (source);
  Fill         *fill = g_new0 (Fill, 1);

  fill->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (fill->task, fill, free_fill);
  fill->tile = g_object_ref (tile);
  fill->zoom = (int)shumate_tile_get_zoom_level (tile);
  fill->column = (int)shumate_tile_get_x (tile);
  fill->row = (int)shumate_tile_get_y (tile);
  fill->level = MIN (fill->zoom, self->max_zoom);
  shumate_tile_set_fade_in (tile, FALSE);
  if (self->plain || fill->zoom < self->min_zoom)
    finish (fill, NULL);
  else
    load (fill);
}

static gboolean
wd_tile_source_fill_tile_finish (ShumateMapSource *source,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
wd_tile_source_dispose (GObject *object)
{
  WdTileSource *self = WD_TILE_SOURCE (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (wd_tile_source_parent_class)->dispose (object);
}

static void
wd_tile_source_finalize (GObject *object)
{
  WdTileSource *self = WD_TILE_SOURCE (object);

  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->trouble);
  G_OBJECT_CLASS (wd_tile_source_parent_class)->finalize (object);
}

static void
wd_tile_source_class_init (WdTileSourceClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  object_class->dispose = wd_tile_source_dispose;
  object_class->finalize = wd_tile_source_finalize;
  source_class->fill_tile_async = wd_tile_source_fill_tile_async;
  source_class->fill_tile_finish = wd_tile_source_fill_tile_finish;
  signals[TROUBLE_CHANGED] = g_signal_new ("trouble-changed", WD_TYPE_TILE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_tile_source_init (WdTileSource *self)
{
  ShumateMapSource *source = SHUMATE_MAP_SOURCE (self);

  self->waiting = g_ptr_array_new ();
  self->retry_seconds = RETRY_FIRST;
  self->max_zoom = NEAREST_ZOOM;
  shumate_map_source_set_tile_size (source, TILE_SIZE);
  shumate_map_source_set_projection (source, SHUMATE_MAP_PROJECTION_MERCATOR);
  shumate_map_source_set_max_zoom_level (source, NEAREST_ZOOM);
}

WdTileSource *
wd_tile_source_new (SoupSession *session,
                    const char  *server,
                    const char  *token,
                    const char  *cache_dir,
                    gboolean     dark)
{
  WdTileSource    *self = g_object_new (WD_TYPE_TILE_SOURCE, NULL);
  const char      *theme = dark ? "dark" : "light";
  g_autofree char *folder = cache_dir != NULL ? g_build_filename (cache_dir, theme, NULL) : NULL;

  shumate_map_source_set_id (SHUMATE_MAP_SOURCE (self), theme);
  self->plain = session == NULL;
  self->store = wd_tile_store_new (session, server, theme, folder);
  wd_tile_store_set_token (self->store, token);
  return self;
}

void
wd_tile_source_set_token (WdTileSource *self,
                          const char   *token)
{
  wd_tile_store_set_token (self->store, token);
  wd_tile_source_retry (self);
}

void
wd_tile_source_set_zooms (WdTileSource *self,
                          int           min_zoom,
                          int           max_zoom)
{
  self->min_zoom = CLAMP (min_zoom, 0, NEAREST_ZOOM);
  self->max_zoom = CLAMP (max_zoom, self->min_zoom, NEAREST_ZOOM);
}

void
wd_tile_source_retry (WdTileSource *self)
{
  g_autoptr (GPtrArray) fills = g_steal_pointer (&self->waiting);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->waiting = g_ptr_array_new ();
  for (guint i = 0; i < fills->len; i++)
    {
      Fill *fill = fills->pdata[i];

      if (drop_if_unwanted (fill))
        continue;
      fill->level = MIN (fill->zoom, self->max_zoom);
      load (fill);
    }
}

const GError *
wd_tile_source_get_trouble (WdTileSource *self)
{
  return self->trouble;
}

void
wd_tile_source_close (WdTileSource *self)
{
  g_object_ref (self);
  self->closed = TRUE;
  wd_tile_source_retry (self);
  g_object_unref (self);
}
