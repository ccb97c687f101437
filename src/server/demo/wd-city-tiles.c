/* wd-city-tiles.c — the demo city's basemap, a tile when it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-tiles.h"

#include "wd-city-paint.h"
#include "wd-city-png.h"
#include "wd-city-sheet.h"
#include "wd-mercator.h"

#include <sys/resource.h>

/* Tiles are drawn in blocks: names that reach over an edge are set once for
 * many tiles, and the first tile asked for brings its neighbours. */
#define BLOCK 4

/* The city in degrees of margin: from this zoom on only its near surroundings
 * are drawn beforehand, what lies farther out only when somebody looks. */
#define NEAR_ZOOM 14
#define NEAR_DEGREES 0.012
#define WIDE_DEGREES 0.12

struct _WdCityTiles
{
  const WdCity *city;
  WdCityScene  *scene;
  WdCitySheet  *sheets[WD_CITY_N_THEMES];
  GMutex        lock;
  GCond         drawn;
  GHashTable   *drawing;  /* blocks that some thread draws just now */
  GPtrArray    *painters; /* at rest */
};

typedef struct
{
  WdCityTheme theme;
  int         zoom;
  int         x; /* of the north-western tile */
  int         y;
} Block;

typedef struct
{
  WdCityTiles        *tiles;
  GArray             *blocks;
  int                 next; /* atomic */
  GMutex              lock;
  int                 n_done;
  WdCityTilesProgress progress;
  gpointer            user_data;
  GCancellable       *cancellable;
  GError             *error; /* the first */
} Fill;

static guint
block_hash (gconstpointer key)
{
  const Block *b = key;

  return (guint)((b->x * 31 + b->y) * 31 + b->zoom) * 2 + (guint)b->theme;
}

static gboolean
block_equal (gconstpointer a,
             gconstpointer b)
{
  const Block *p = a;
  const Block *q = b;

  return p->theme == q->theme && p->zoom == q->zoom && p->x == q->x && p->y == q->y;
}

WdCityTiles *
wd_city_tiles_open (const WdCity *city,
                    const char   *light_path,
                    const char   *dark_path,
                    GError      **error)
{
  WdCityTiles *tiles = g_new0 (WdCityTiles, 1);

  g_mutex_init (&tiles->lock);
  g_cond_init (&tiles->drawn);
  tiles->city = city;
  tiles->drawing = g_hash_table_new (block_hash, block_equal);
  tiles->painters = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_city_painter_free);
  tiles->sheets[WD_CITY_LIGHT] = wd_city_sheet_open (light_path, city, "light", error);
  if (tiles->sheets[WD_CITY_LIGHT] != NULL)
    tiles->sheets[WD_CITY_DARK] = wd_city_sheet_open (dark_path, city, "dark", error);
  if (tiles->sheets[WD_CITY_DARK] == NULL)
    g_clear_pointer (&tiles, wd_city_tiles_free);
  else
    tiles->scene = wd_city_scene_new (city);
  return tiles;
}

void
wd_city_tiles_free (WdCityTiles *tiles)
{
  if (tiles == NULL)
    return;
  g_ptr_array_unref (tiles->painters);
  g_hash_table_unref (tiles->drawing);
  wd_city_scene_free (tiles->scene);
  for (int i = 0; i < WD_CITY_N_THEMES; i++)
    wd_city_sheet_free (tiles->sheets[i]);
  g_cond_clear (&tiles->drawn);
  g_mutex_clear (&tiles->lock);
  g_free (tiles);
}

/* The tiles of a zoom that lie within so many degrees of the city. */
static void
tile_range (const WdCity *city,
            int           zoom,
            double        margin,
            int          *x0,
            int          *y0,
            int          *x1,
            int          *y1)
{
  wd_mercator_tile (wd_mercator_from_point ((WdPoint){ city->west - margin, city->north + margin }), zoom, x0, y0);
  wd_mercator_tile (wd_mercator_from_point ((WdPoint){ city->east + margin, city->south - margin }), zoom, x1, y1);
}

static WdCityPainter *
take_painter (WdCityTiles *tiles)
{
  WdCityPainter *painter = NULL;

  g_mutex_lock (&tiles->lock);
  if (tiles->painters->len > 0)
    painter = g_ptr_array_steal_index_fast (tiles->painters, tiles->painters->len - 1);
  g_mutex_unlock (&tiles->lock);
  return painter ? painter : wd_city_painter_new (tiles->scene);
}

static void
draw_block (WdCityTiles *tiles,
            const Block *block,
            GBytes     **pngs)
{
  WdCityPainter   *painter = take_painter (tiles);
  cairo_surface_t *surface = wd_city_painter_draw (painter, block->theme, block->zoom, block->x, block->y, BLOCK);
  const guint32   *pixels = (const guint32 *)(gpointer)cairo_image_surface_get_data (surface);
  int              stride = cairo_image_surface_get_stride (surface) / 4;
  gsize            n_exact;
  const guint32   *exact = wd_city_theme_colours (block->theme, &n_exact);

  g_mutex_lock (&tiles->lock);
  g_ptr_array_add (tiles->painters, painter);
  g_mutex_unlock (&tiles->lock);
  for (int i = 0; i < BLOCK * BLOCK; i++)
    pngs[i] = wd_city_png_encode (pixels + i / BLOCK * WD_CITY_TILE_PX * stride + i % BLOCK * WD_CITY_TILE_PX,
                                  stride, WD_CITY_TILE_PX, WD_CITY_TILE_PX, exact, n_exact);
  cairo_surface_destroy (surface);
}

/* The tile from its file, drawn first if need be; a file that cannot be
 * written is told by the error, the tile comes nevertheless. */
static GBytes *
get_or_draw (WdCityTiles *tiles,
             const Block *block,
             int          x,
             int          y,
             GError     **error)
{
  GBytes *pngs[BLOCK * BLOCK] = { NULL };
  GBytes *tile;

  g_mutex_lock (&tiles->lock);
  while (g_hash_table_contains (tiles->drawing, block))
    g_cond_wait (&tiles->drawn, &tiles->lock);
  g_hash_table_add (tiles->drawing, (gpointer)block);
  g_mutex_unlock (&tiles->lock);

  tile = wd_city_sheet_get (tiles->sheets[block->theme], block->zoom, x, y);
  if (tile == NULL)
    {
      draw_block (tiles, block, pngs);
      wd_city_sheet_put (tiles->sheets[block->theme], block->zoom, block->x, block->y, BLOCK, pngs, error);
      tile = g_bytes_ref (pngs[(y - block->y) * BLOCK + (x - block->x)]);
    }
  for (int i = 0; i < BLOCK * BLOCK; i++)
    g_clear_pointer (&pngs[i], g_bytes_unref);

  g_mutex_lock (&tiles->lock);
  g_hash_table_remove (tiles->drawing, block);
  g_cond_broadcast (&tiles->drawn);
  g_mutex_unlock (&tiles->lock);
  return tile;
}

GBytes *
wd_city_tiles_get (WdCityTiles *tiles,
                   WdCityTheme  theme,
                   int          zoom,
                   int          x,
                   int          y,
                   GError     **error)
{
  Block   block = { theme, zoom, x - x % BLOCK, y - y % BLOCK };
  GBytes *tile;
  int     x0, y0, x1, y1;

  if (zoom < WD_CITY_MIN_ZOOM || zoom > WD_CITY_MAX_ZOOM)
    return NULL;
  tile_range (tiles->city, zoom, WIDE_DEGREES, &x0, &y0, &x1, &y1);
  if (x < x0 || x > x1 || y < y0 || y > y1)
    return NULL;
  tile = wd_city_sheet_get (tiles->sheets[theme], zoom, x, y);
  return tile ? tile : get_or_draw (tiles, &block, x, y, NULL);
}

static GArray *
missing_blocks (WdCityTiles *tiles)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  for (int zoom = WD_CITY_MIN_ZOOM; zoom <= WD_CITY_MAX_ZOOM; zoom++)
    for (int theme = 0; theme < WD_CITY_N_THEMES; theme++)
      {
        int x0, y0, x1, y1;

        tile_range (tiles->city, zoom, zoom >= NEAR_ZOOM ? NEAR_DEGREES : WIDE_DEGREES, &x0, &y0, &x1, &y1);
        for (int y = y0 - y0 % BLOCK; y <= y1; y += BLOCK)
          for (int x = x0 - x0 % BLOCK; x <= x1; x += BLOCK)
            {
              Block              block = { (WdCityTheme)theme, zoom, x, y };
              g_autoptr (GBytes) tile = wd_city_sheet_get (tiles->sheets[theme], zoom, x, y);

              if (tile == NULL)
                g_array_append_val (blocks, block);
            }
      }
  return blocks;
}

static gpointer
fill_thread (gpointer data)
{
  Fill *fill = data;

  setpriority (PRIO_PROCESS, 0, 10); /* of this thread alone, on Linux */
  for (;;)
    {
      guint        i = (guint)g_atomic_int_add (&fill->next, 1);
      const Block *block = &g_array_index (fill->blocks, Block, i);
      GError      *error = NULL;

      if (i >= fill->blocks->len)
        return NULL;
      if (!g_cancellable_set_error_if_cancelled (fill->cancellable, &error))
        g_bytes_unref (get_or_draw (fill->tiles, block, block->x, block->y, &error));
      g_mutex_lock (&fill->lock);
      fill->n_done++;
      if (error == NULL && fill->error == NULL && fill->progress != NULL)
        fill->progress (fill->n_done, (int)fill->blocks->len, fill->user_data);
      if (error != NULL && fill->error == NULL)
        {
          fill->error = g_steal_pointer (&error);
          g_atomic_int_set (&fill->next, (int)fill->blocks->len);
        }
      g_mutex_unlock (&fill->lock);
      g_clear_error (&error);
    }
}

gboolean
wd_city_tiles_fill (WdCityTiles        *tiles,
                    int                 n_threads,
                    WdCityTilesProgress progress,
                    gpointer            user_data,
                    GCancellable       *cancellable,
                    GError            **error)
{
  Fill                  fill = { .tiles = tiles, .progress = progress, .user_data = user_data, .cancellable = cancellable };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  fill.blocks = missing_blocks (tiles);
  g_mutex_init (&fill.lock);
  for (int i = 0; i < n_threads; i++)
    g_ptr_array_add (threads, g_thread_new ("basemap", fill_thread, &fill));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  g_mutex_clear (&fill.lock);
  g_array_unref (fill.blocks);
  if (fill.error == NULL)
    return TRUE;
  g_propagate_error (error, fill.error);
  return FALSE;
}
