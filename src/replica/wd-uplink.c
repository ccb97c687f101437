/* wd-uplink.c — the main thread's side of the link
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-uplink-private.h"

#include "wd-json.h"
#include "wd-worker.h"

#include <string.h>

#define UNMANNED_SECONDS 660 /* until a server says another number */

struct _WdUplink
{
  GObject parent_instance;

  WdWorker        *worker;
  GThread         *thread;
  WdUplinkListener listener;
  gpointer         listener_data;

  WdUplinkState state;
  gint64        lost_boot; /* 0 once there is a link */
  gboolean      untrusted;
  gint64        done;
  gint64        total;
  char         *server;
  char         *token;
  gboolean      opened;

  /* of the last hello */
  char  *anchor;
  gint64 hello_time;
  gint64 hello_boot;
  double speed;
  gint64 unmanned;

  gint64 heard_boot; /* when the server was last heard */
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_OFFLINE_SINCE,
  PROP_DONE,
  PROP_TOTAL,
  PROP_SERVER,
  PROP_TOKEN,
  PROP_ADMITTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_QUARK (wd_uplink_error, wd_uplink_error)

/* clang-format off */
G_DEFINE_ENUM_TYPE (WdUplinkState, wd_uplink_state,
  G_DEFINE_ENUM_VALUE (WD_UPLINK_SIGNED_OUT, "signed-out"),
  G_DEFINE_ENUM_VALUE (WD_UPLINK_OFFLINE, "offline"),
  G_DEFINE_ENUM_VALUE (WD_UPLINK_CATCHING_UP, "catching-up"),
  G_DEFINE_ENUM_VALUE (WD_UPLINK_LIVE, "live"))
/* clang-format on */

G_DEFINE_FINAL_TYPE (WdUplink, wd_uplink, G_TYPE_OBJECT)

static void
take_text (WdUplink *self, char **place, const char *text, int property)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take_token (WdUplink *self, const char *token, gboolean opened)
{
  gboolean admitted = wd_uplink_is_admitted (self);

  self->opened = opened;
  take_text (self, &self->token, token, PROP_TOKEN);
  if (wd_uplink_is_admitted (self) != admitted)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADMITTED]);
}

static void
take_state (WdUplink *self, const WdNews *news)
{
  self->lost_boot = news->boot;
  self->untrusted = news->untrusted;
  self->done = news->done;
  self->total = news->total;
  self->state = news->state;
  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, &self->server, news->text, PROP_SERVER);
  for (int property = PROP_STATE; property <= PROP_TOTAL; property++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
take_hello (WdUplink *self, const WdNews *news)
{
  self->hello_time = news->time;
  self->hello_boot = news->boot;
  self->speed = news->speed;
  if (news->unmanned > 0)
    self->unmanned = news->unmanned;
  g_free (self->anchor);
  self->anchor = g_strdup (news->text);
}

static void
join (WdUplink *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
wd_uplink_hear (WdUplink *self, WdNews *news)
{
  g_autoptr (WdUplink) kept = g_object_ref (self);
  g_autoptr (WdNews)   owned = news;

  switch ((int)news->kind)
    {
    case WD_NEWS_STATE: take_state (self, news); break;
    case WD_NEWS_TOKEN: take_token (self, news->text, FALSE); break;
    case WD_NEWS_OPENED: take_token (self, NULL, TRUE); break;
    case WD_NEWS_HELLO: take_hello (self, news); break;
    case WD_NEWS_HEARD: self->heard_boot = news->boot; break;
    case WD_NEWS_ENDED: join (self); break;
    default: break;
    }
  if (self->listener != NULL)
    self->listener (news, self->listener_data);
}

static void
wd_uplink_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  WdUplink *self = WD_UPLINK (object);

  switch (property)
    {
    case PROP_STATE: g_value_set_enum (value, self->state); break;
    case PROP_OFFLINE_SINCE: g_value_set_int64 (value, wd_uplink_get_offline_since (self)); break;
    case PROP_DONE: g_value_set_int64 (value, self->done); break;
    case PROP_TOTAL: g_value_set_int64 (value, self->total); break;
    case PROP_SERVER: g_value_set_string (value, self->server); break;
    case PROP_TOKEN: g_value_set_string (value, self->token); break;
    case PROP_ADMITTED: g_value_set_boolean (value, wd_uplink_is_admitted (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec); break;
    }
}

static void
wd_uplink_dispose (GObject *object)
{
  WdUplink *self = WD_UPLINK (object);

  self->listener = NULL;
  if (self->thread != NULL)
    {
      wd_uplink_end (self, FALSE, FALSE);
      g_thread_unref (g_steal_pointer (&self->thread)); /* it may be busy for seconds still: nobody waits for it */
    }
  G_OBJECT_CLASS (wd_uplink_parent_class)->dispose (object);
}

static void
wd_uplink_finalize (GObject *object)
{
  WdUplink *self = WD_UPLINK (object);

  g_clear_pointer (&self->worker, wd_worker_unref);
  g_free (self->server);
  g_free (self->token);
  g_free (self->anchor);
  G_OBJECT_CLASS (wd_uplink_parent_class)->finalize (object);
}

static void
wd_uplink_class_init (WdUplinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wd_uplink_get_property;
  object_class->dispose = wd_uplink_dispose;
  object_class->finalize = wd_uplink_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, WD_TYPE_UPLINK_STATE, WD_UPLINK_SIGNED_OUT, flags);
  properties[PROP_OFFLINE_SINCE] = g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DONE] = g_param_spec_int64 ("done", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_TOKEN] = g_param_spec_string ("token", NULL, NULL, NULL, flags);
  properties[PROP_ADMITTED] = g_param_spec_boolean ("admitted", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wd_uplink_init (WdUplink *self)
{
  self->speed = 1;
  self->unmanned = UNMANNED_SECONDS;
}

/* Addresses without their last slash; a single empty one at least, so that there always is one. */
static char **
split_servers (const char *servers)
{
  char **list = g_strsplit (servers, ",", -1);

  if (list[0] == NULL)
    {
      g_strfreev (list);
      list = g_strsplit ("http://127.0.0.1", ",", -1);
    }
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_strstrip (list[i]);
      while (g_str_has_suffix (list[i], "/"))
        list[i][strlen (list[i]) - 1] = '\0';
    }
  return list;
}

char *
wd_uplink_tidy_servers (const char *servers)
{
  g_auto (GStrv) list = split_servers (servers);

  return servers[0] == '\0' ? g_strdup ("") : g_strjoinv (",", list);
}

/* The computer's name, which people know, and what keeps computers of one name and the users of one apart; the same after each
 * start, since the server remembers desks by their names. */
static char *
name_desk (const char *user)
{
  g_autofree char *machine = NULL;
  g_autofree char *both = NULL;
  g_autofree char *hash = NULL;

  g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL);
  both = g_strdup_printf ("%s%s", machine != NULL ? machine : "", user);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  return g_strdup_printf ("%s%c%.8s", g_get_host_name (), WD_DESK_MARK, hash);
}

WdUplink *
wd_uplink_new (const char *servers, const char *user, const char *folder)
{
  WdUplink *self = g_object_new (WD_TYPE_UPLINK, NULL);
  WdWorker *worker = g_new0 (WdWorker, 1);

  self->worker = worker;
  worker->users = 1;
  worker->user = g_strdup (user);
  worker->folder = g_strdup (folder);
  worker->desk = name_desk (user);
  worker->servers = split_servers (servers);
  worker->context = g_main_context_new ();
  worker->main = g_main_context_ref_thread_default ();
  worker->home = wd_home_new (self);
  worker->cancellable = g_cancellable_new ();
  worker->last_input = g_get_monotonic_time ();
  worker->sound = TRUE;
  worker->state = (WdUplinkState)-1;
  self->server = g_strdup (worker->servers[0]);
  return self;
}

const char *
wd_uplink_get_desk (WdUplink *self)
{
  return self->worker->desk;
}

void
wd_uplink_listen (WdUplink *self, WdUplinkListener listener, gpointer data)
{
  self->listener = listener;
  self->listener_data = data;
}

void
wd_uplink_start (WdUplink *self, const char *token)
{
  g_return_if_fail (self->thread == NULL);

  self->token = g_strdup (token);
  self->worker->token = g_strdup (token);
  g_atomic_int_inc (&self->worker->users);
  self->thread = g_thread_new ("wd-uplink", wd_worker_run, self->worker);
}

WdUplinkState
wd_uplink_get_state (WdUplink *self)
{
  return self->state;
}

gboolean
wd_uplink_is_untrusted (WdUplink *self)
{
  return self->untrusted;
}

/* The server's, of a moment of the boot clock. */
static gint64
time_at (WdUplink *self, gint64 boot)
{
  if (self->anchor == NULL)
    return g_get_real_time () / 1000 - (wd_boot_clock () - boot);
  return self->hello_time + (gint64)((boot - self->hello_boot) * self->speed);
}

gint64
wd_uplink_get_offline_since (WdUplink *self)
{
  return self->lost_boot != 0 ? time_at (self, self->lost_boot) : 0;
}

gint64
wd_uplink_get_age (WdUplink *self)
{
  return self->heard_boot != 0 ? wd_boot_clock () - self->heard_boot : WD_INT_ABSENT;
}

const char *
wd_uplink_get_server (WdUplink *self)
{
  return self->server;
}

const char *
wd_uplink_get_token (WdUplink *self)
{
  return self->token;
}

gboolean
wd_uplink_is_admitted (WdUplink *self)
{
  return self->token != NULL || self->opened;
}

void
wd_uplink_sign_in_async (WdUplink *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask           *task = g_task_new (self, cancellable, callback, data);
  g_autofree char *body = wd_session_body (self->worker->user, password);

  g_task_set_source_tag (task, wd_uplink_sign_in_async);
  wd_worker_send_question (self->worker, "/v1/session", body, password, task);
}

gboolean
wd_uplink_sign_in_finish (WdUplink *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wd_uplink_ask_async (WdUplink *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wd_uplink_ask_async);
  wd_worker_send_question (self->worker, path, NULL, NULL, task);
}

void
wd_uplink_post_async (WdUplink *self, const char *path, const char *body, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wd_uplink_post_async);
  wd_worker_send_question (self->worker, path, body, NULL, task);
}

void
wd_uplink_find_caller_async (WdUplink *self, const char *order, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wd_uplink_find_caller_async);
  wd_worker_send_look (self->worker, order, task);
}

JsonNode *
wd_uplink_ask_finish (WdUplink *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wd_uplink_set_presence (WdUplink *self, gint64 last_input, const char *viewing, gboolean sound)
{
  wd_worker_send_errand (self->worker, (WdErrand){ .kind = WD_ERRAND_PRESENCE, .text = g_strdup (viewing), .yes = sound, .time = last_input });
}

gint64
wd_uplink_get_unmanned (WdUplink *self)
{
  return self->unmanned;
}

void
wd_uplink_exchange (WdUplink *self, GStrv going, GPtrArray *entries)
{
  wd_worker_send_errand (self->worker, (WdErrand){ .kind = WD_ERRAND_EXCHANGE, .ids = going, .entries = entries });
}

void
wd_uplink_keep_draft (WdUplink *self, const char *id, const char *body)
{
  wd_worker_send_errand (self->worker, (WdErrand){ .kind = WD_ERRAND_DRAFT, .text = g_strdup (id), .body = g_strdup (body) });
}

void
wd_uplink_undo (WdUplink *self, GStrv commands)
{
  wd_worker_send_errand (self->worker, (WdErrand){ .kind = WD_ERRAND_UNDO, .ids = commands });
}

void
wd_uplink_settle (WdUplink *self, const char *command, gboolean go_on)
{
  wd_worker_send_errand (self->worker, (WdErrand){ .kind = WD_ERRAND_SETTLE, .text = g_strdup (command), .yes = go_on });
}

void
wd_uplink_end (WdUplink *self, gboolean flush, gboolean sign_out)
{
  wd_worker_send_errand (self->worker, (WdErrand){ .kind = WD_ERRAND_END, .yes = flush, .also = sign_out });
}

const char *
wd_uplink_get_anchor (WdUplink *self, gint64 *elapsed)
{
  *elapsed = (gint64)((wd_boot_clock () - self->hello_boot) * self->speed);
  return self->anchor;
}

gint64
wd_uplink_now (WdUplink *self)
{
  return time_at (self, wd_boot_clock ());
}
