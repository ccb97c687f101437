/* test-tile-source.c — the basemap is always there: far zooms, missing tiles, a link that breaks and comes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fake-tiles.h"
#include "wd-test-display.h"
#include "wd-tile-source.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#define COLUMN 13662 /* the middle of the city at zoom 14 */
#define ROW 6749

typedef struct
{
  FakeTiles    *tiles;
  SoupSession  *session;
  WdTileSource *source;
  char         *cache_dir;
} Fixture;

typedef struct
{
  ShumateTile *tile;
  gboolean     done; /* the source has answered for good */
} Asked;

static void
make_source (Fixture    *fixture,
             const char *token,
             gboolean    dark)
{
  if (fixture->source != NULL)
    wd_tile_source_close (fixture->source);
  g_clear_object (&fixture->source);
  fixture->source = wd_tile_source_new (fixture->session, fixture->tiles->address, token, fixture->cache_dir, dark);
  wd_tile_source_set_zooms (fixture->source, fixture->tiles->min_zoom, fixture->tiles->max_zoom);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->tiles = fake_tiles_new ();
  fixture->session = soup_session_new ();
  fixture->cache_dir = g_dir_make_tmp ("waterdesk-tiles-XXXXXX", NULL);
  make_source (fixture, NULL, FALSE);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  wd_tile_source_close (fixture->source);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->source);
  g_object_unref (fixture->session);
  fake_tiles_free (fixture->tiles);
  remove_folder (fixture->cache_dir);
  g_free (fixture->cache_dir);
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Asked *asked = data;

  shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, NULL);
  asked->done = TRUE;
}

static gboolean
is_shown (gpointer data)
{
  return shumate_tile_get_state (((Asked *)data)->tile) == SHUMATE_STATE_DONE;
}

static gboolean
is_done (gpointer data)
{
  return ((Asked *)data)->done;
}

static void
ask (Fixture *fixture,
     Asked   *asked,
     int      zoom,
     int      column,
     int      row)
{
  asked->done = FALSE;
  asked->tile = shumate_tile_new_full ((guint)column, (guint)row, 256, (guint)zoom);
  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (fixture->source), asked->tile, NULL, filled_cb, asked);
  wd_test_wait_for (is_shown, asked);
}

static void
clear_asked (Asked *asked)
{
  g_clear_object (&asked->tile);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, clear_asked)

static gboolean
shows_texture (const Asked *asked)
{
  return GDK_IS_TEXTURE (shumate_tile_get_paintable (asked->tile));
}

static void
test_a_tile_comes (Fixture      *fixture,
                   gconstpointer data)
{
  g_auto (Asked) asked = { 0 };

  ask (fixture, &asked, 14, COLUMN, ROW);
  wd_test_wait_for (is_done, &asked);
  g_assert_true (shows_texture (&asked));
  g_assert_cmpstr (fixture->tiles->last, ==, "/v1/tiles/14/13662/6749?theme=light");
}

static void
test_the_theme_is_asked_for (Fixture      *fixture,
                             gconstpointer data)
{
  g_auto (Asked) asked = { 0 };

  make_source (fixture, NULL, TRUE);
  ask (fixture, &asked, 14, COLUMN, ROW);
  g_assert_cmpstr (fixture->tiles->last, ==, "/v1/tiles/14/13662/6749?theme=dark");
}

static void
test_nearer_than_the_server (Fixture      *fixture,
                             gconstpointer data)
{
  g_auto (Asked) one = { 0 };
  g_auto (Asked) other = { 0 };

  ask (fixture, &one, 19, COLUMN << 5, ROW << 5);
  ask (fixture, &other, 19, (COLUMN << 5) + 1, (ROW << 5) + 3);
  wd_test_wait_for (is_done, &other);
  g_assert_cmpstr (fixture->tiles->last, ==, "/v1/tiles/17/109296/53992?theme=light");
  g_assert_cmpuint (fixture->tiles->n_asked, ==, 1); /* both are pieces of one */
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (shumate_tile_get_paintable (one.tile)), ==, 256);
  g_assert_false (shows_texture (&one));
}

static void
test_a_missing_tile_is_cut_from_its_parent (Fixture      *fixture,
                                            gconstpointer data)
{
  g_auto (Asked) asked = { 0 };

  /* The server has less than it says. */
  wd_tile_source_set_zooms (fixture->source, 9, 19);
  ask (fixture, &asked, 19, COLUMN << 5, ROW << 5);
  wd_test_wait_for (is_done, &asked);
  g_assert_cmpuint (fixture->tiles->n_asked, ==, 3);
  g_assert_cmpstr (fixture->tiles->last, ==, "/v1/tiles/17/109296/53992?theme=light");
}

static void
test_below_all_zooms_is_plain (Fixture      *fixture,
                               gconstpointer data)
{
  g_auto (Asked) asked = { 0 };

  ask (fixture, &asked, 5, 26, 13);
  wd_test_wait_for (is_done, &asked);
  g_assert_cmpuint (fixture->tiles->n_asked, ==, 0);
}

static void
test_a_broken_link_comes_back (Fixture      *fixture,
                               gconstpointer data)
{
  g_auto (Asked) asked = { 0 };
  g_auto (Asked) parent = { 0 };

  ask (fixture, &parent, 13, COLUMN / 2, ROW / 2);
  fixture->tiles->broken = TRUE;
  ask (fixture, &asked, 14, COLUMN, ROW); /* shown all the same, as a piece of its parent … */
  g_assert_false (asked.done);
  g_assert_false (shows_texture (&asked));

  fixture->tiles->broken = FALSE;
  wd_tile_source_retry (fixture->source);
  wd_test_wait_for (is_done, &asked);
  g_assert_true (shows_texture (&asked)); /* … and as itself once it can be had */
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_it_says_what_is_wrong (Fixture      *fixture,
                            gconstpointer data)
{
  g_auto (Asked) one = { 0 };
  g_auto (Asked) other = { 0 };
  guint          changes = 0;

  g_signal_connect_swapped (fixture->source, "trouble-changed", G_CALLBACK (count_cb), &changes);
  fixture->tiles->broken = TRUE;
  ask (fixture, &one, 14, COLUMN, ROW);
  ask (fixture, &other, 14, COLUMN + 1, ROW);
  g_assert_error (wd_tile_source_get_trouble (fixture->source), G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (changes, ==, 1); /* the same for both */

  fixture->tiles->broken = FALSE;
  fixture->tiles->spoilt = TRUE; /* asked for again it is no better, and there is nothing new to say */
  wd_tile_source_retry (fixture->source);
  while (fixture->tiles->n_asked < 2)
    g_main_context_iteration (NULL, TRUE);
  fixture->tiles->spoilt = FALSE;
  wd_test_wait_for (is_done, &one);
  wd_test_wait_for (is_done, &other);
  g_assert_null (wd_tile_source_get_trouble (fixture->source));
  g_assert_cmpuint (changes, ==, 2);

  /* No answer is told from a bad one. */
  clear_asked (&one);
  soup_server_disconnect (fixture->tiles->server);
  ask (fixture, &one, 14, COLUMN, ROW + 1);
  g_assert_nonnull (wd_tile_source_get_trouble (fixture->source));
  g_assert_false (g_error_matches (wd_tile_source_get_trouble (fixture->source), G_IO_ERROR, G_IO_ERROR_INVALID_DATA));
  wd_tile_source_close (fixture->source);
  wd_test_wait_for (is_done, &one);
}

static void
test_it_tries_again_by_itself (Fixture      *fixture,
                               gconstpointer data)
{
  g_auto (Asked) asked = { 0 };

  fixture->tiles->broken = TRUE;
  ask (fixture, &asked, 14, COLUMN, ROW);
  fixture->tiles->broken = FALSE;
  wd_test_wait_for (is_done, &asked);
  g_assert_true (shows_texture (&asked));
}

static void
test_what_was_seen_is_there_offline (Fixture      *fixture,
                                     gconstpointer data)
{
  g_auto (Asked) before = { 0 };
  g_auto (Asked) after = { 0 };

  ask (fixture, &before, 14, COLUMN, ROW);
  wd_test_wait_for (is_done, &before);
  fixture->tiles->broken = TRUE;
  make_source (fixture, NULL, FALSE); /* as after a new start: nothing in memory */
  ask (fixture, &after, 14, COLUMN, ROW);
  wd_test_wait_for (is_done, &after);
  g_assert_true (shows_texture (&after));
  g_assert_cmpuint (fixture->tiles->n_asked, ==, 1);
}

static void
test_damage_on_disk_is_made_good (Fixture      *fixture,
                                  gconstpointer data)
{
  g_auto (Asked)   before = { 0 };
  g_auto (Asked)   after = { 0 };
  g_autofree char *path = g_strdup_printf ("%s/light/14/%d/%d", fixture->cache_dir, COLUMN, ROW);

  ask (fixture, &before, 14, COLUMN, ROW);
  wd_test_wait_for (is_done, &before);
  g_assert_true (g_file_set_contents (path, "not a picture", -1, NULL));
  make_source (fixture, NULL, FALSE);
  ask (fixture, &after, 14, COLUMN, ROW);
  wd_test_wait_for (is_done, &after);
  g_assert_true (shows_texture (&after));
  g_assert_cmpuint (fixture->tiles->n_asked, ==, 2);
}

static void
test_a_token_is_shown (Fixture      *fixture,
                       gconstpointer data)
{
  g_auto (Asked) asked = { 0 };

  fixture->tiles->token = "secret";
  ask (fixture, &asked, 14, COLUMN, ROW);
  g_assert_false (asked.done);
  wd_tile_source_set_token (fixture->source, "secret");
  wd_test_wait_for (is_done, &asked);
  g_assert_true (shows_texture (&asked));
}

static void
test_one_question_for_many (Fixture      *fixture,
                            gconstpointer data)
{
  Asked asked[8] = { 0 };

  for (int i = 0; i < 8; i++)
    {
      asked[i].tile = shumate_tile_new_full (COLUMN, ROW, 256, 14);
      shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (fixture->source), asked[i].tile, NULL, filled_cb, &asked[i]);
    }
  for (int i = 0; i < 8; i++)
    {
      wd_test_wait_for (is_done, &asked[i]);
      clear_asked (&asked[i]);
    }
  g_assert_cmpuint (fixture->tiles->n_asked, ==, 1);
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/tile-source/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("a-tile-comes", test_a_tile_comes);
  ADD ("the-theme-is-asked-for", test_the_theme_is_asked_for);
  ADD ("nearer-than-the-server-a-piece-is-enlarged", test_nearer_than_the_server);
  ADD ("a-missing-tile-is-cut-from-its-parent", test_a_missing_tile_is_cut_from_its_parent);
  ADD ("below-all-zooms-it-is-plain-ground", test_below_all_zooms_is_plain);
  ADD ("a-broken-link-comes-back", test_a_broken_link_comes_back);
  ADD ("it-says-what-is-wrong", test_it_says_what_is_wrong);
  ADD ("it-tries-again-by-itself", test_it_tries_again_by_itself);
  ADD ("what-was-seen-is-there-offline", test_what_was_seen_is_there_offline);
  ADD ("damage-on-disk-is-made-good", test_damage_on_disk_is_made_good);
  ADD ("a-token-is-shown", test_a_token_is_shown);
  ADD ("one-question-for-many", test_one_question_for_many);
  return g_test_run ();
}
