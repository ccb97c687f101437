/* wd-worker.c — the link's thread from its beginning to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"
#include "wd-uplink-private.h"

#include <glib/gstdio.h>

#define SILENCE_SECONDS 30 /* a server that says nothing for so long in the middle of an answer */
#define PAUSE_MS 500
#define PAUSE_MOST_MS 15000
#define GOODBYE_SECONDS 5
#define LEAVING_MS 10000 /* until files that another holds are given up */
#define LEAVING_PAUSE_MS 100

/* --- to the main thread ------------------------------------------------------ */

struct _WdHome
{
  GWeakRef uplink;
};

typedef struct
{
  WdHome *home;
  WdNews *news;
} Delivery;

WdHome *
wd_home_new (WdUplink *uplink)
{
  WdHome *home = g_atomic_rc_box_new0 (WdHome);

  g_weak_ref_init (&home->uplink, uplink);
  return home;
}

static void
clear_home (gpointer home)
{
  g_weak_ref_clear (&((WdHome *)home)->uplink);
}

void
wd_home_unref (WdHome *home)
{
  g_atomic_rc_box_release_full (home, clear_home);
}

static gboolean
deliver (gpointer data)
{
  Delivery            *delivery = data;
  g_autoptr (WdUplink) uplink = g_weak_ref_get (&delivery->home->uplink);

  if (uplink != NULL)
    wd_uplink_hear (uplink, g_steal_pointer (&delivery->news));
  return G_SOURCE_REMOVE;
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  wd_news_free (delivery->news);
  wd_home_unref (delivery->home);
  g_free (delivery);
}

/* Below what people do, above drawing: a flood of news comes in many small pieces. */
void
wd_worker_tell (WdWorker *worker, WdNews *news)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  GSource  *source = g_idle_source_new ();

  delivery->home = g_atomic_rc_box_acquire (worker->home);
  delivery->news = news;
  g_source_set_priority (source, G_PRIORITY_HIGH_IDLE + 10);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_attach (source, worker->main);
  g_source_unref (source);
}

void
wd_worker_set_state (WdWorker *worker, WdUplinkState state, gint64 done, gint64 total)
{
  gboolean away = state == WD_UPLINK_OFFLINE || state == WD_UPLINK_SIGNED_OUT;
  WdNews  *news;

  if (state == worker->state && done == worker->done && total == worker->total && worker->untrusted == worker->untrusted_told)
    return;
  worker->untrusted_told = worker->untrusted;
  if (state == WD_UPLINK_LIVE)
    worker->lost_at = 0;
  else if (away && worker->lost_at == 0)
    worker->lost_at = worker->word_at != 0 ? worker->word_at : wd_boot_clock ();
  worker->state = state;
  worker->done = done;
  worker->total = total;
  news = wd_news_new (WD_NEWS_STATE);
  news->state = state;
  news->boot = worker->lost_at;
  news->untrusted = worker->untrusted;
  news->done = done;
  news->total = total;
  news->text = g_strdup (worker->servers[worker->server]);
  wd_worker_tell (worker, news);
}

/* @user: {"id","name","role","unit"} as the server says it; what is not that is passed over. */
void
wd_worker_set_actor (WdWorker *worker, JsonNode *user)
{
  g_autoptr (WdStaff) staff = wd_staff_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  WdNews             *news;

  if (!JSON_NODE_HOLDS_OBJECT (user) || !wd_record_read_json (&wd_staff_type, staff, json_node_get_object (user), NULL) ||
      staff->id == NULL || staff->role == WD_ROLE_NONE)
    return;
  wd_json_append_node (text, user);
  if (worker->replica != NULL && !wd_replica_set_user (worker->replica, text->str, &error))
    wd_worker_disk_failed (worker, error);
  g_clear_pointer (&worker->actor, wd_actor_free);
  worker->actor = wd_actor_new (staff->id, staff->name, staff->role, staff->unit);
  news = wd_news_new (WD_NEWS_ACTOR);
  news->actor = wd_actor_new (staff->id, staff->name, staff->role, staff->unit);
  wd_worker_tell (worker, news);
}

WdOutcome
wd_worker_disk_failed (WdWorker *worker, GError *error)
{
  WdNews *news;

  if (g_error_matches (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN))
    return WD_OUTCOME_DAMAGED;
  worker->failing = TRUE;
  news = wd_news_new (WD_NEWS_FAILED);
  news->text = g_strdup (error->message);
  wd_worker_tell (worker, news);
  return WD_OUTCOME_OFFLINE;
}

/* --- waiting ------------------------------------------------------------------ */

void
wd_worker_wake (WdWorker *worker)
{
  worker->woken = TRUE;
}

static gboolean
wake_cb (gpointer worker)
{
  wd_worker_wake (worker);
  return G_SOURCE_REMOVE;
}

void
wd_worker_pause (WdWorker *worker, gint64 until)
{
  gint64   wait = until == G_MAXINT64 ? G_MAXUINT : CLAMP (until - wd_boot_clock (), 0, G_MAXUINT);
  GSource *timer = g_timeout_source_new (wait);

  g_source_set_callback (timer, wake_cb, worker, NULL);
  g_source_attach (timer, worker->context);
  while (!worker->woken && !worker->quit)
    g_main_context_iteration (worker->context, TRUE);
  worker->woken = FALSE;
  g_source_destroy (timer);
  g_source_unref (timer);
}

/* Longer each time, and not the same for all desks that a server's end has cut off at once. */
static void
pause_offline (WdWorker *worker)
{
  gint64 pause = MIN (PAUSE_MS << MIN (worker->failures, 10), PAUSE_MOST_MS);

  worker->failures++;
  pause = (gint64)(pause * g_random_double_range (0.75, 1.25));
  wd_worker_set_state (worker, WD_UPLINK_OFFLINE, 0, 0);
  worker->server = (worker->server + 1) % g_strv_length (worker->servers);
  wd_worker_pause (worker, MAX (wd_boot_clock () + pause, worker->pause_until));
}

/* --- files --------------------------------------------------------------------- */

#define REPLICA "replica.sqlite"
#define OUTBOX "outbox.sqlite"

static void
tell_set_aside (WdWorker *worker, const char *file)
{
  WdNews *news = wd_news_new (WD_NEWS_SET_ASIDE);

  news->text = g_strdup (file);
  wd_worker_tell (worker, news);
}

static gboolean
open_files (WdWorker *worker, GError **error)
{
  g_autofree char *objects = g_build_filename (worker->folder, REPLICA, NULL);
  g_autofree char *commands = g_build_filename (worker->folder, OUTBOX, NULL);

  if (g_mkdir_with_parents (worker->folder, 0700) != 0)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "the folder of the copy can't be made");
      return FALSE;
    }
  worker->outbox = wd_outbox_open (commands, error);
  worker->replica = worker->outbox != NULL ? wd_replica_open (objects, error) : NULL;
  if (worker->outbox != NULL && wd_outbox_is_anew (worker->outbox))
    tell_set_aside (worker, OUTBOX);
  if (worker->replica != NULL && wd_replica_is_anew (worker->replica))
    tell_set_aside (worker, REPLICA);
  return worker->replica != NULL;
}

/* Another thread of this very program may be about to leave them. */
static gboolean
open_files_at_last (WdWorker *worker, GError **error)
{
  gint64 until = wd_boot_clock () + LEAVING_MS;

  for (;;)
    {
      g_autoptr (GError) why = NULL;

      if (open_files (worker, &why))
        return TRUE;
      g_clear_pointer (&worker->replica, wd_replica_close);
      g_clear_pointer (&worker->outbox, wd_outbox_close);
      if (worker->quit || wd_boot_clock () > until || !g_error_matches (why, WD_STORE_ERROR, WD_STORE_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return FALSE;
        }
      wd_worker_pause (worker, wd_boot_clock () + LEAVING_PAUSE_MS);
    }
}

static void
tell_waiting (WdWorker *worker)
{
  WdNews    *news = wd_news_new (WD_NEWS_WAITING);
  GPtrArray *entries = wd_outbox_list (worker->outbox);

  news->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_outbox_entry_free);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (news->entries, wd_outbox_entry_copy (entries->pdata[i]));
  wd_worker_tell (worker, news);
}

static void
tell_drafts (WdWorker *worker)
{
  WdNews *news = wd_news_new (WD_NEWS_DRAFTS);

  news->drafts = wd_outbox_read_drafts (worker->outbox);
  wd_worker_tell (worker, news);
}

static gboolean
replace_replica (WdWorker *worker, GError **error)
{
  g_autofree char *path = g_build_filename (worker->folder, REPLICA, NULL);

  wd_worker_end_callers (worker); /* none is asked about while there is no copy */
  g_clear_pointer (&worker->replica, wd_replica_close);
  if (!wd_replica_set_aside (path, error) || (worker->replica = wd_replica_open (path, error)) == NULL)
    return FALSE;
  wd_worker_begin_callers (worker);
  tell_set_aside (worker, REPLICA);
  wd_worker_tell (worker, wd_news_new (WD_NEWS_RESET));
  return TRUE;
}

static gboolean
begin (WdWorker *worker, GError **error)
{
  if (!open_files_at_last (worker, error))
    return FALSE;
  wd_worker_begin_callers (worker);
  wd_worker_tell_kept_clock (worker);
  tell_waiting (worker);
  tell_drafts (worker);
  if (wd_worker_load (worker, error))
    return TRUE;
  if (!g_error_matches (*error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN))
    return FALSE;
  g_clear_error (error);
  return replace_replica (worker, error);
}

/* Of the uplink and of the thread, whichever goes last. */
void
wd_worker_unref (WdWorker *worker)
{
  if (!g_atomic_int_dec_and_test (&worker->users))
    return;
  g_free (worker->folder);
  g_strfreev (worker->servers);
  g_main_context_unref (worker->context);
  g_main_context_unref (worker->main);
  wd_home_unref (worker->home);
  g_object_unref (worker->cancellable);
  g_free (worker->token);
  g_free (worker->user);
  g_free (worker->desk);
  g_free (worker->password);
  g_free (worker->viewing);
  g_clear_pointer (&worker->actor, wd_actor_free);
  g_free (worker);
}

/* --- the life of the thread ------------------------------------------------------ */

static WdOutcome
work (WdWorker *worker)
{
  WdOutcome outcome;

  worker->pause_until = 0;
  if (worker->state != WD_UPLINK_OFFLINE) /* which it stays until there is an answer */
    wd_worker_set_state (worker, WD_UPLINK_CATCHING_UP, wd_replica_get_seq (worker->replica), 0);
  outcome = wd_worker_catch_up (worker);
  if (outcome == WD_OUTCOME_DONE && !worker->quit)
    outcome = wd_worker_follow (worker);
  return outcome;
}

static gboolean
loop (WdWorker *worker, GError **error)
{
  while (!worker->quit)
    {
      g_autofree char *used = g_strdup (worker->token);

      if (used == NULL && worker->password == NULL)
        {
          wd_worker_set_state (worker, WD_UPLINK_SIGNED_OUT, 0, 0);
          wd_worker_pause (worker, G_MAXINT64);
          continue;
        }
      switch (used != NULL ? work (worker) : wd_worker_sign_in_again (worker))
        {
        case WD_OUTCOME_SIGNED_OUT: wd_worker_lose_token (worker, used); break;
        case WD_OUTCOME_OFFLINE: pause_offline (worker); break;
        case WD_OUTCOME_DAMAGED:
          if (!replace_replica (worker, error))
            return FALSE;
          G_GNUC_FALLTHROUGH;
        case WD_OUTCOME_AGAIN: /* what comes over and over is slowed down */
          if (worker->failures++ > 2)
            pause_offline (worker);
          break;
        case WD_OUTCOME_DONE:
        default: break;
        }
    }
  return TRUE;
}

static gboolean
give_up_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* What was held goes out now, if the server is there to take it. */
static void
say_goodbye (WdWorker *worker)
{
  GSource          *timer = g_timeout_source_new_seconds (GOODBYE_SECONDS);
  g_auto (WdAnswer) answer = { 0 };

  g_object_unref (worker->cancellable);
  worker->cancellable = g_cancellable_new ();
  g_source_set_callback (timer, give_up_cb, worker->cancellable, NULL);
  g_source_attach (timer, worker->context);
  wd_outbox_release (worker->outbox, NULL);
  worker->retry_at = 0;
  if (wd_worker_send_waiting (worker) == WD_OUTCOME_DONE && worker->sign_out)
    wd_worker_ask (worker, "DELETE", "/v1/session", NULL, &answer, NULL);
  g_source_destroy (timer);
  g_source_unref (timer);
}

static SoupSession *
make_session (void)
{
  SoupSession *session = soup_session_new_with_options ("timeout", SILENCE_SECONDS, "user-agent", "waterdesk ", NULL);

  /* No deflate on a WebSocket: a small frame may be a huge message. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  return session;
}

static void
end (WdWorker *worker)
{
  soup_session_abort (worker->session);
  while (worker->asking > 0)
    g_main_context_iteration (worker->context, TRUE);
  g_clear_object (&worker->session);
  if (worker->sign_out)
    wd_worker_forget_callers (worker);
  wd_worker_end_callers (worker);
  g_clear_pointer (&worker->replica, wd_replica_close);
  g_clear_pointer (&worker->outbox, wd_outbox_close);
  while (g_main_context_iteration (worker->context, FALSE))
    ;
  wd_worker_tell (worker, wd_news_new (WD_NEWS_ENDED));
}

gpointer
wd_worker_run (gpointer data)
{
  WdWorker          *worker = data;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (worker->context);
  worker->session = make_session ();
  if (!begin (worker, &error) || !loop (worker, &error))
    {
      WdNews *news = wd_news_new (WD_NEWS_FAILED);

      news->text = g_strdup (error->message);
      wd_worker_tell (worker, news);
      while (!worker->quit)
        wd_worker_pause (worker, G_MAXINT64);
    }
  else if (worker->token != NULL && worker->flush)
    say_goodbye (worker);
  end (worker);
  g_main_context_pop_thread_default (worker->context);
  wd_worker_unref (worker);
  return NULL;
}
