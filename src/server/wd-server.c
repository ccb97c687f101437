/* wd-server.c — the parts of the server put together and taken apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-server.h"

#include "wd-data-dir.h"
#include "wd-demo-stage.h"
#include "wd-heads.h"
#include "wd-import.h"
#include "wd-json.h"
#include "wd-service.h"

#include <glib-unix.h>
#include <sodium.h>

#define DRAIN_MS 10000
#define TEND_SECONDS 10
#define HEAD_MS (3600 * 1000) /* from one writing out of the chain's head to the next */
#define STEP_MS 1000          /* of the wall clock: less is drift */
#define FASTEST 10000

typedef struct
{
  WdService    service;
  WdDemoStage *demo; /* NULL: not a demo */
  GMainLoop   *loop;
  const char  *tls_cert;
  const char  *tls_key;
  guint        sources[4];
  gint64       stepped; /* of the wall clock, as last reported */
  gint64       head_at; /* on the boot clock: when the chain's head was written out */
} Server;

/* --- what is published ---------------------------------------------------- */

/* Sessions follow the staff before anyone hears of it. */
static void
take_effect (const WdCommit *commit, gpointer data)
{
  Server  *server = data;
  gboolean staff_changed = FALSE;

  for (guint i = 0; i < commit->changes->len; i++)
    {
      const WdChange     *change = commit->changes->pdata[i];
      g_autofree char    *body = NULL;
      g_autoptr (WdStaff) staff = NULL;

      if (change->kind != WD_OBJECT_STAFF)
        continue;
      body = g_strndup (g_bytes_get_data (change->body, NULL), g_bytes_get_size (change->body));
      staff = wd_record_from_texts (&wd_staff_type, body, NULL, NULL);
      if (staff != NULL)
        wd_sessions_staff_changed (server->service.sessions, staff);
      staff_changed = TRUE;
    }
  /* Who has lost a right hears nothing more: this comes to the sockets before what is published. */
  if (staff_changed)
    wd_live_check_sessions (server->service.live);
}

static void
publish (WdCommit *commit, gpointer data)
{
  Server *server = data;

  if (server->demo != NULL)
    wd_demo_stage_saw (server->demo, commit);
  wd_live_publish (server->service.live, commit);
}

/* --- signals -------------------------------------------------------------- */

static void
drained_cb (GObject *door, GAsyncResult *result, gpointer data)
{
  Server            *server = data;
  g_autoptr (GError) error = NULL;

  if (!wd_door_drain_finish (WD_DOOR (door), result, &error))
    g_warning ("%s", error->message);
  g_main_loop_quit (server->loop);
}

static gboolean
terminate_cb (gpointer data)
{
  Server *server = data;

  g_atomic_int_set (&server->service.is_ending, TRUE);
  if (!wd_door_is_draining (server->service.door))
    wd_door_drain_async (server->service.door, DRAIN_MS, drained_cb, server);
  return G_SOURCE_CONTINUE;
}

static gboolean
reload_cb (gpointer data)
{
  Server            *server = data;
  g_autoptr (GError) error = NULL;

  if (server->tls_cert != NULL &&
      !wd_door_set_certificate (server->service.door, server->tls_cert, server->tls_key, &error))
    g_warning ("the certificate stays as it was: %s", error->message);
  return G_SOURCE_CONTINUE;
}

/* Reported, not followed (design: the boot clock runs on). */
static void
watch_wall_clock (Server *server)
{
  gint64 stepped = wd_server_clock_stepped (server->service.clock);

  if (ABS (stepped - server->stepped) < STEP_MS)
    return;
  g_warning ("the wall clock has stepped by %.1f s, %.1f s since the start: the server's time does not follow",
             (stepped - server->stepped) / 1000.0, stepped / 1000.0);
  server->stepped = stepped;
}

/* On the writer's thread, or where there is none. */
static void
write_head (WdLedger *ledger, gint64 now, gpointer data)
{
  const WdService   *service = data;
  g_autoptr (GError) error = NULL;

  if (!wd_heads_append (service->data_dir, ledger, now, &error))
    g_warning ("the chain's head is not written out: %s", error->message);
}

/* Likewise.  A demo's time runs faster than the wall's: after a restart it goes on from here, so that a crash costs it
 * at most what TEND_SECONDS are to it, and no event. */
static void
keep_pace (WdLedger *ledger, gint64 now, gpointer data)
{
  const WdService   *service = data;
  const WdPace       pace = { wd_server_clock_speed (service->clock), now };
  g_autoptr (GError) error = NULL;

  if (!wd_data_dir_keep_pace (service->data_dir, &pace, &error))
    g_warning ("the demo's time is not kept: %s", error->message);
}

static void
write_head_hourly (Server *server)
{
  gint64 now = wd_boot_milliseconds ();

  if (now - server->head_at < HEAD_MS)
    return;
  server->head_at = now;
  wd_writer_run (server->service.writer, write_head, &server->service);
}

static gboolean
tend_cb (gpointer data)
{
  Server *server = data;

  wd_sessions_tend (server->service.sessions);
  watch_wall_clock (server);
  write_head_hourly (server);
  if (server->demo != NULL)
    wd_writer_run (server->service.writer, keep_pace, &server->service);
  return G_SOURCE_CONTINUE;
}

/* --- start and end -------------------------------------------------------- */

static gboolean
open_store (Server *server, const WdServerOptions *options, const WdPace *pace, GError **error)
{
  WdService       *service = &server->service;
  g_autofree char *key_file = options->key_file != NULL ? g_strdup (options->key_file)
                                                        : g_build_filename (service->data_dir, "key", NULL);

  service->keys = wd_ledger_load_keys (key_file, service->store_url, error);
  if (service->keys == NULL)
    return FALSE;
  service->ledger = wd_ledger_open (service->store_url, service->keys, g_get_real_time () / 1000, error);
  if (service->ledger == NULL)
    return FALSE;
  service->clock = wd_server_clock_new (MAX (wd_ledger_last_time (service->ledger), pace->time), pace->speed);
  if (wd_server_clock_ahead (service->clock) > 0 && pace->time == 0)
    g_warning ("the wall clock is %.1f s behind the last event: time runs on from that event",
               wd_server_clock_ahead (service->clock) / 1000.0);
  /* What a crash left of an import is settled before anyone reads. */
  return wd_imports_recover (service->ledger, wd_server_clock_now (service->clock), error);
}

static gboolean
start_parts (Server *server, const WdServerOptions *options, GError **error)
{
  WdService         *service = &server->service;
  g_autofree char   *first_password = g_build_filename (service->data_dir, "first-password", NULL);
  WdPresenceSettings presence = { options->away, options->unmanned, options->offline };
  WdLiveSetup        live = { .presence = &presence };

  service->tiles = wd_tiles_new (service->data_dir);
  service->readers = wd_readers_new (service->store_url, service->keys);
  service->writer = wd_writer_new (service->ledger, service->clock, options->batch);
  service->sessions = wd_sessions_new (service->ledger, service->writer, service->clock, error);
  if (service->sessions == NULL)
    return FALSE;
  service->sign_in = wd_sign_in_new (service->readers, service->sessions, service->writer, first_password);

  live.store = wd_ledger_store_id (service->ledger);
  live.keys = service->keys;
  live.clock = service->clock;
  live.readers = service->readers;
  live.sessions = service->sessions;
  live.seq = wd_ledger_seq (service->ledger);
  service->live = wd_live_new (&live);
  if (server->demo != NULL && !wd_demo_stage_start (server->demo, service, error))
    return FALSE;
  service->atlas = wd_atlas_new (service->store_url, error);
  if (service->atlas == NULL)
    return FALSE;
  wd_ledger_set_atlas (service->ledger, service->atlas);
  wd_writer_start (service->writer, take_effect, publish, server);
  return TRUE;
}

static gboolean
open_door (Server *server, const WdServerOptions *options, GError **error)
{
  WdService       *service = &server->service;
  g_autofree char *control = g_build_filename (service->data_dir, "control", NULL);
  WdRouterSettings settings = { .spool_dir = service->data_dir };
  const WdRoute   *routes;
  gsize            n_routes;

  service->door = wd_door_new (NULL);
  routes = wd_routes (&n_routes);
  service->router = wd_router_new (service->door, routes, n_routes, &settings, wd_routes_check, service);
  if (options->tls_cert != NULL && !wd_door_set_certificate (service->door, options->tls_cert, options->tls_key, error))
    return FALSE;
  return wd_door_listen_local (service->door, control, error) &&
         wd_door_listen (service->door, options->listen != NULL ? options->listen : "127.0.0.1:8181", error);
}

static void
serve (Server *server)
{
  g_autofree char *uri = wd_door_dup_uri (server->service.door);

  server->head_at = wd_boot_milliseconds ();
  server->loop = g_main_loop_new (NULL, FALSE);
  server->sources[0] = g_unix_signal_add (SIGTERM, terminate_cb, server);
  server->sources[1] = g_unix_signal_add (SIGINT, terminate_cb, server);
  server->sources[2] = g_unix_signal_add (SIGHUP, reload_cb, server);
  server->sources[3] = g_timeout_add_seconds (TEND_SECONDS, tend_cb, server);

  g_print ("listening on %s\n", uri);
  g_main_loop_run (server->loop);
  if (server->demo != NULL)
    wd_writer_run (server->service.writer, keep_pace, &server->service);

  for (guint i = 0; i < G_N_ELEMENTS (server->sources); i++)
    g_source_remove (server->sources[i]);
  g_main_loop_unref (server->loop);
}

/* From the door inwards; what waits in the writer is done before the ledger closes. */
static void
take_down (WdService *service)
{
  g_clear_pointer (&service->router, wd_router_free);
  g_clear_pointer (&service->sign_in, wd_sign_in_free);
  if (service->sessions != NULL)
    wd_sessions_tend (service->sessions);
  g_clear_pointer (&service->writer, wd_writer_free);
  if (service->live != NULL)
    write_head (service->ledger, wd_server_clock_now (service->clock), service);
  g_clear_pointer (&service->live, wd_live_free);
  g_clear_object (&service->door);
  g_clear_pointer (&service->sessions, wd_sessions_free);
  g_clear_pointer (&service->readers, wd_readers_free);
  g_clear_pointer (&service->ledger, wd_ledger_close);
  g_clear_pointer (&service->atlas, wd_atlas_free);
  g_clear_pointer (&service->clock, wd_server_clock_free);
  g_clear_pointer (&service->tiles, wd_tiles_free);
  g_clear_pointer (&service->keys, wd_keys_unref);
  g_clear_pointer (&service->data_dir, g_free);
  g_clear_pointer (&service->store_url, g_free);
}

/* A demo's passwords are known to everybody, and all that it has lies in its own folder. */
static gboolean
stays_at_home (const WdServerOptions *options, GError **error)
{
  const char *address = options->listen != NULL ? options->listen : "127.0.0.1";

  if (!g_str_has_prefix (address, "127.") && !g_str_has_prefix (address, "[::1]"))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a demo listens on this computer only (127.0.0.1)");
  else if (options->store != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a demo keeps its store in its own folder: no --store");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_options (const WdServerOptions *options, GError **error)
{
  const char *wrong = NULL;

  if ((options->tls_cert == NULL) != (options->tls_key == NULL))
    wrong = "--tls-cert and --tls-key go together";
  else if (options->speed != WD_SPEED_ABSENT && !(options->speed > 0 && options->speed <= FASTEST))
    wrong = "--speed is more than 0 and at most 10000";
  else if (options->batch < 0 || options->away < 0 || options->unmanned < 0 || options->offline < 0)
    wrong = "a number is below 0";
  if (wrong != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, wrong);
  return wrong == NULL;
}

static gboolean
start (Server *server, const WdServerOptions *options, GError **error)
{
  WdService *service = &server->service;
  gboolean   demo = options->demo;
  WdPace     pace = { .speed = options->speed == WD_SPEED_ABSENT ? 0 : options->speed };

  if (!check_options (options, error) ||
      (demo && !stays_at_home (options, error)) ||
      !wd_data_dir_open (service->data_dir, &demo, &pace, error) ||
      (demo && !stays_at_home (options, error)) ||
      !open_store (server, options, &pace, error))
    return FALSE;
  if (demo)
    {
      server->demo = wd_demo_stage_new (service, error);
      if (server->demo == NULL)
        return FALSE;
      keep_pace (service->ledger, wd_server_clock_now (service->clock), service);
    }
  else if (!wd_data_dir_first_start (service->data_dir, service->ledger, wd_server_clock_now (service->clock), error))
    return FALSE;
  return start_parts (server, options, error) && open_door (server, options, error);
}

gboolean
wd_server_run (const WdServerOptions *options, GError **error)
{
  Server     server = { .tls_cert = options->tls_cert, .tls_key = options->tls_key };
  WdService *service = &server.service;
  gboolean   started;

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "libsodium does not start");
      return FALSE;
    }
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  /* Held to the end, not only while the loop runs: g_main_context_invoke() would
   * else call what belongs to this thread in the one that asks. */
  g_main_context_acquire (NULL);

  service->data_dir = options->data_dir != NULL ? g_strdup (options->data_dir)
                                                : g_build_filename (g_get_user_data_dir (), "waterdeskd", NULL);
  service->store_url = options->store != NULL ? g_strdup (options->store)
                                              : g_strdup_printf ("sqlite:%s/store.db", service->data_dir);
  started = start (&server, options, error);
  if (started)
    serve (&server);
  if (server.demo != NULL)
    wd_demo_stage_stop (server.demo);
  take_down (service);
  g_clear_pointer (&server.demo, wd_demo_stage_free);
  g_main_context_release (NULL);
  return started;
}
