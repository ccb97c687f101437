/* wd-tile-store.c — pictures of the basemap: from memory, disk or server
 *
 * A load goes three steps: look on disk (thread), ask the server (main loop), decode and keep (thread).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-tile-store.h"

#include <glib/gstdio.h>

#define IN_MEMORY 256
#define FRESH_SECONDS (7 * 24 * 3600)
#define KEPT_SECONDS (30 * 24 * 3600) /* a tile in use is written anew each week */
#define MAX_TILE_BYTES (2 * 1024 * 1024)

struct _WdTileStore
{
  GObject      parent_instance;
  SoupSession *session;
  char        *server;
  char        *theme;
  char        *cache_dir;
  char        *token;

  GHashTable *textures; /* "z/x/y" -> GdkTexture */
  GQueue      recent;   /* its keys, the last used first */
  GHashTable *loads;    /* "z/x/y" -> GPtrArray of GTask that wait for it */
};

/* What one of the threads works on; owned by its task. */
typedef struct
{
  char    *key;
  char    *path;   /* on disk, NULL to keep nothing there */
  GBytes  *answer; /* to be kept; NULL to look on disk */
  gboolean stale;  /* what was found on disk is old */
} Work;

G_DEFINE_FINAL_TYPE (WdTileStore, wd_tile_store, G_TYPE_OBJECT)

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->key);
  g_free (work->path);
  g_clear_pointer (&work->answer, g_bytes_unref);
  g_free (work);
}

static void
remember (WdTileStore *self,
          const char  *key,
          GdkTexture  *texture)
{
  char *copy;

  if (g_hash_table_contains (self->textures, key))
    return;
  if (self->recent.length >= IN_MEMORY)
    {
      g_autofree char *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->textures, oldest);
    }
  copy = g_strdup (key);
  g_queue_push_head (&self->recent, copy);
  g_hash_table_insert (self->textures, copy, g_object_ref (texture));
}

static GdkTexture *
recall (WdTileStore *self,
        const char  *key)
{
  gpointer stored, texture;
  GList   *link;

  if (!g_hash_table_lookup_extended (self->textures, key, &stored, &texture))
    return NULL;
  link = g_queue_find (&self->recent, stored);
  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return texture;
}

/* Answers all who wait for the tile. */
static void
settle (WdTileStore  *self,
        const char   *key,
        GdkTexture   *texture,
        const GError *error)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autofree char      *stored = NULL;

  g_hash_table_steal_extended (self->loads, key, (gpointer *)&stored, (gpointer *)&waiting);
  if (texture != NULL)
    remember (self, stored, texture);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    if (texture != NULL)
      g_task_return_pointer (waiting->pdata[i], g_object_ref (texture), g_object_unref);
    else
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
}

static void
keep_on_disk (const char *path,
              GBytes     *bytes)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* Not being able to keep a tile is no reason not to show it. */
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
}

static GBytes *
find_on_disk (Work    *work,
              GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  GStatBuf                info;

  if (work->path == NULL || g_stat (work->path, &info) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "not kept");
      return NULL;
    }
  work->stale = g_get_real_time () / G_USEC_PER_SEC - info.st_mtime > FRESH_SECONDS;
  file = g_mapped_file_new (work->path, FALSE, error);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

static void
work_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work              *work = task_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GdkTexture        *texture = NULL;

  bytes = work->answer != NULL ? g_bytes_ref (work->answer) : find_on_disk (work, &error);
  if (bytes != NULL)
    texture = gdk_texture_new_from_bytes (bytes, &error);
  if (texture == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (work->answer != NULL && work->path != NULL)
    keep_on_disk (work->path, work->answer);
  g_task_return_pointer (task, texture, g_object_unref);
}

static void
start_work (WdTileStore        *self,
            const char         *key,
            GBytes             *answer,
            GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);
  Work             *work = g_new0 (Work, 1);

  work->key = g_strdup (key);
  work->path = self->cache_dir != NULL ? g_build_filename (self->cache_dir, key, NULL) : NULL;
  work->answer = answer != NULL ? g_bytes_ref (answer) : NULL;
  g_task_set_task_data (task, work, free_work);
  g_task_run_in_thread (task, work_in_thread);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Work                  *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)     error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GError)     spoilt = error != NULL ? g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, error->message) : NULL;

  settle (WD_TILE_STORE (source), work->key, texture, spoilt);
}

/* A request under way, with what lies on disk and is too old to be taken unasked. */
typedef struct
{
  WdTileStore *store;
  char        *key;
  SoupMessage *message;
  GdkTexture  *old;
} Request;

static void
free_request (Request *request)
{
  g_object_unref (request->store);
  g_free (request->key);
  g_object_unref (request->message);
  g_clear_object (&request->old);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, free_request)

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Request) request = data;
  g_autoptr (GError)  error = NULL;
  g_autoptr (GBytes)  answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  guint               status = soup_message_get_status (request->message);

  if (answer != NULL && status == SOUP_STATUS_OK && g_bytes_get_size (answer) <= MAX_TILE_BYTES)
    {
      start_work (request->store, request->key, answer, decoded_cb);
      return;
    }
  if (answer != NULL && error == NULL)
    g_set_error (&error, G_IO_ERROR, status == SOUP_STATUS_NOT_FOUND ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_INVALID_DATA,
                 "the server answers %u", status);
  settle (request->store, request->key, request->old, error);
}

static void
ask_server (WdTileStore *self,
            const char  *key,
            GdkTexture  *old)
{
  g_autofree char *uri = g_strdup_printf ("%s/v1/tiles/%s?theme=%s", self->server != NULL ? self->server : "", key, self->theme);
  SoupMessage     *message = self->session != NULL ? soup_message_new (SOUP_METHOD_GET, uri) : NULL;
  Request         *request;

  if (message == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no server");

      settle (self, key, old, error);
      return;
    }
  if (self->token != NULL)
    {
      g_autofree char *bearer = g_strdup_printf ("Bearer %s", self->token);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  request = g_new0 (Request, 1);
  request->store = g_object_ref (self);
  request->key = g_strdup (key);
  request->message = message;
  request->old = old != NULL ? g_object_ref (old) : NULL;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, request);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  WdTileStore           *self = WD_TILE_STORE (source);
  Work                  *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture != NULL && !work->stale)
    settle (self, work->key, texture, NULL);
  else
    ask_server (self, work->key, texture);
}

/* Removes tiles of a folder of folders that nobody has looked at for long. */
static void
prune (const char *folder,
       gint64      before)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf         info;

      if (g_lstat (path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode))
        prune (path, before);
      else if (info.st_mtime < before)
        g_unlink (path);
    }
}

static void
prune_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      folder,
                 GCancellable *cancellable)
{
  prune (folder, g_get_real_time () / G_USEC_PER_SEC - KEPT_SECONDS);
  g_task_return_boolean (task, TRUE);
}

static void
wd_tile_store_finalize (GObject *object)
{
  WdTileStore *self = WD_TILE_STORE (object);

  g_clear_object (&self->session);
  g_free (self->server);
  g_free (self->theme);
  g_free (self->cache_dir);
  g_free (self->token);
  g_hash_table_unref (self->textures);
  g_queue_clear_full (&self->recent, g_free);
  g_hash_table_unref (self->loads);
  G_OBJECT_CLASS (wd_tile_store_parent_class)->finalize (object);
}

static void
wd_tile_store_class_init (WdTileStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_tile_store_finalize;
}

static void
wd_tile_store_init (WdTileStore *self)
{
  self->textures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->loads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

WdTileStore *
wd_tile_store_new (SoupSession *session,
                   const char  *server,
                   const char  *theme,
                   const char  *cache_dir)
{
  WdTileStore *self = g_object_new (WD_TYPE_TILE_STORE, NULL);

  g_set_object (&self->session, session);
  self->server = g_strdup (server);
  self->theme = g_strdup (theme);
  self->cache_dir = g_strdup (cache_dir);
  if (cache_dir != NULL)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_task_data (task, g_strdup (cache_dir), g_free);
      g_task_run_in_thread (task, prune_in_thread);
    }
  return self;
}

void
wd_tile_store_set_token (WdTileStore *self,
                         const char  *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

GdkTexture *
wd_tile_store_peek (WdTileStore *self,
                    int          zoom,
                    int          column,
                    int          row)
{
  char key[48];

  g_snprintf (key, sizeof key, "%d/%d/%d", zoom, column, row);
  return recall (self, key);
}

void
wd_tile_store_load_async (WdTileStore        *self,
                          int                 zoom,
                          int                 column,
                          int                 row,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char  *key = g_strdup_printf ("%d/%d/%d", zoom, column, row);
  GdkTexture       *texture = recall (self, key);
  GPtrArray        *waiting = g_hash_table_lookup (self->loads, key);

  if (texture != NULL)
    {
      g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
      return;
    }
  if (waiting != NULL)
    {
      g_ptr_array_add (waiting, g_steal_pointer (&task));
      return;
    }
  waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (waiting, g_steal_pointer (&task));
  g_hash_table_insert (self->loads, g_strdup (key), waiting);
  start_work (self, key, NULL, looked_up_cb);
}

GdkTexture *
wd_tile_store_load_finish (WdTileStore  *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
