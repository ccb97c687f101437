/* wd-sessions.c — tokens in memory, their hashes in the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sessions.h"

#include "wd-json.h"
#include "wd-reader.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define HASH_BYTES 32

typedef struct
{
  guint64   id;
  GBytes   *hash;
  WdActor  *actor;
  gint64    used;        /* real time */
  gboolean  used_unkept; /* `used` moved since it was stored */
  WdHearing hearing;
  guint     second_count; /* requests in the second that began at second_start */
  gint64    second_start;
} Session;

struct _WdSessions
{
  WdWriter      *writer;
  WdServerClock *clock;
  GMutex         lock;
  GHashTable    *by_hash; /* GBytes -> Session, owns */
  GHashTable    *by_id;   /* guint64 -> Session */
  guint64        last_id;
};

/* clang-format off */
static const WdStatement load_sessions = { "sessions-load",
  "SELECT s.hash, s.used, s.heard, o.body FROM sessions s JOIN objects o ON o.kind = 'staff' AND o.id = s.staff" };
static const WdStatement keep_session = { "sessions-keep",
  "INSERT INTO sessions (hash, staff, used, heard) VALUES ($1, $2, $3, $4) "
  "ON CONFLICT (hash) DO UPDATE SET used = excluded.used, heard = excluded.heard" };
static const WdStatement drop_session = { "sessions-drop", "DELETE FROM sessions WHERE hash = $1" };
/* clang-format on */

static void
session_free (gpointer data)
{
  Session *session = data;

  g_bytes_unref (session->hash);
  wd_actor_free (session->actor);
  wd_hearing_clear (&session->hearing);
  g_free (session);
}

static GBytes *
hash_token (const char *token)
{
  guint8 hash[HASH_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *)token, strlen (token), NULL, 0);
  return g_bytes_new (hash, sizeof hash);
}

static Session *
add_session (WdSessions *sessions, GBytes *hash, const WdStaff *staff, gint64 used, gint64 heard)
{
  Session *session = g_new0 (Session, 1);

  session->id = ++sessions->last_id;
  session->hash = g_bytes_ref (hash);
  session->actor = wd_actor_new (staff->id, staff->name, staff->role, staff->unit);
  session->used = used;
  wd_hearing_init (&session->hearing, heard);
  g_hash_table_insert (sessions->by_id, &session->id, session);
  g_hash_table_replace (sessions->by_hash, session->hash, session);
  return session;
}

static gboolean
is_over (const Session *session, gint64 now)
{
  return session->hearing.sockets == 0 && now - session->used > WD_SESSION_LIFE_MS;
}

/* --- what the store keeps ------------------------------------------------ */

/* Rows to write and hashes to drop, made under the lock, kept by the writer. */
typedef struct
{
  WdBatch       *batch;
  WdSessionDone  opened;
  WdSessionEnded ended;
  gpointer       data;
  char          *token;
  gint64         expires;
} Keeping;

static void
keep (WdLedger *ledger, gint64 now, gpointer data)
{
  Keeping           *keeping = data;
  g_autoptr (GError) error = NULL;
  WdStore           *store = wd_ledger_get_store (ledger);
  gboolean           kept = wd_store_begin (store, &error);

  if (kept && !wd_store_run (store, keeping->batch, NULL, &error))
    {
      wd_store_rollback (store);
      kept = FALSE;
    }
  kept = kept && wd_store_commit (store, &error);
  if (keeping->opened != NULL)
    keeping->opened (kept ? keeping->token : NULL, keeping->expires, error, keeping->data);
  if (keeping->ended != NULL)
    keeping->ended (error, keeping->data);
  wd_batch_free (keeping->batch);
  g_free (keeping->token);
  g_free (keeping);
}

static Keeping *
keeping_new (void)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->batch = wd_batch_new ();
  return keeping;
}

/* With the lock held, so that what is kept follows what is so: a row that was dropped stays dropped.
 * Where there is nothing to keep and nobody waits for it, nothing is done. */
static void
keeping_run (WdSessions *sessions, Keeping *keeping)
{
  if (wd_batch_length (keeping->batch) > 0 || keeping->ended != NULL)
    wd_writer_run (sessions->writer, keep, keeping);
  else
    {
      wd_batch_free (keeping->batch);
      g_free (keeping);
    }
}

static void
add_row (Keeping *keeping, const Session *session)
{
  wd_batch_add (keeping->batch, &keep_session, "btii", session->hash, session->actor->id,
                session->used, session->hearing.heard);
}

WdSessions *
wd_sessions_new (WdLedger *ledger, WdWriter *writer, WdServerClock *clock, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (wd_ledger_get_store (ledger), &load_sessions, error, "");
  WdSessions        *sessions;

  if (rows == NULL)
    return NULL;

  sessions = g_new0 (WdSessions, 1);
  sessions->writer = writer;
  sessions->clock = clock;
  g_mutex_init (&sessions->lock);
  sessions->by_hash = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, NULL, session_free);
  sessions->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      g_autoptr (GBytes)  hash = wd_rows_bytes (rows, i, 0);
      g_autoptr (WdStaff) staff = wd_record_from_texts (&wd_staff_type, wd_rows_text (rows, i, 3, NULL), NULL, NULL);

      if (staff != NULL && !staff->disabled)
        add_session (sessions, hash, staff, wd_rows_int (rows, i, 1), wd_rows_int (rows, i, 2));
    }
  return sessions;
}

void
wd_sessions_free (WdSessions *sessions)
{
  g_hash_table_unref (sessions->by_id);
  g_hash_table_unref (sessions->by_hash);
  g_mutex_clear (&sessions->lock);
  g_free (sessions);
}

void
wd_sessions_open (WdSessions *sessions, const WdStaff *staff, WdSessionDone done, gpointer data)
{
  g_autoptr (GBytes) hash = NULL;
  guint8             random[TOKEN_BYTES];
  char               token[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  Keeping           *keeping = keeping_new ();

  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (token, sizeof token, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  hash = hash_token (token);
  keeping->token = g_strdup (token);
  keeping->expires = wd_server_clock_real (sessions->clock) + WD_SESSION_LIFE_MS;
  keeping->opened = done;
  keeping->data = data;

  g_mutex_lock (&sessions->lock);
  add_row (keeping, add_session (sessions, hash, staff, keeping->expires - WD_SESSION_LIFE_MS, 0));
  keeping_run (sessions, keeping);
  g_mutex_unlock (&sessions->lock);
}

static gboolean
within_rate (Session *session)
{
  gint64 now = wd_boot_milliseconds ();

  if (now - session->second_start >= 1000)
    {
      session->second_start = now;
      session->second_count = 0;
    }
  return ++session->second_count <= WD_SESSION_RATE;
}

WdSessionAnswer
wd_sessions_find (WdSessions *sessions, const char *token, WdActor **actor, guint64 *session_id)
{
  g_autoptr (GBytes) hash = hash_token (token);
  WdSessionAnswer    answer = WD_SESSION_UNKNOWN;
  Session           *session;

  *actor = NULL;
  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_hash, hash);
  if (session != NULL && !is_over (session, wd_server_clock_real (sessions->clock)))
    {
      answer = within_rate (session) ? WD_SESSION_OK : WD_SESSION_TOO_MANY;
      session->used = wd_server_clock_real (sessions->clock);
      session->used_unkept = TRUE;
      *actor = wd_actor_copy (session->actor);
      *session_id = session->id;
    }
  g_mutex_unlock (&sessions->lock);
  return answer;
}

gint64
wd_sessions_expires (WdSessions *sessions, guint64 session_id)
{
  Session *session;
  gint64   expires = 0;

  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_id, &session_id);
  if (session != NULL)
    expires = session->used + WD_SESSION_LIFE_MS;
  g_mutex_unlock (&sessions->lock);
  return expires;
}

typedef gboolean (*SessionTest) (const Session *session, gconstpointer data);

/* With the lock held: ends every session that @ends names.
 * Returns: (transfer full): what is to be kept of that */
static Keeping *
end_sessions (WdSessions *sessions, SessionTest ends, gconstpointer data)
{
  Keeping       *keeping = keeping_new ();
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, sessions->by_hash);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Session *session = value;

      if (!ends (session, data))
        continue;
      wd_batch_add (keeping->batch, &drop_session, "b", session->hash);
      g_hash_table_remove (sessions->by_id, &session->id);
      g_hash_table_iter_remove (&iter);
    }
  return keeping;
}

static gboolean
has_id (const Session *session, gconstpointer data)
{
  return session->id == *(const guint64 *)data;
}

static gboolean
is_of_user (const Session *session, gconstpointer user)
{
  return g_strcmp0 (session->actor->id, user) == 0;
}

static gboolean
ran_out (const Session *session, gconstpointer now)
{
  return is_over (session, *(const gint64 *)now);
}

void
wd_sessions_end (WdSessions *sessions, guint64 session_id, gboolean all, WdSessionEnded done, gpointer data)
{
  g_autofree char *user = NULL;
  Session         *session;
  Keeping         *keeping;

  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_id, &session_id);
  if (session != NULL && all)
    user = g_strdup (session->actor->id);
  keeping = user != NULL ? end_sessions (sessions, is_of_user, user) : end_sessions (sessions, has_id, &session_id);
  keeping->ended = done;
  keeping->data = data;
  keeping_run (sessions, keeping);
  g_mutex_unlock (&sessions->lock);
}

void
wd_sessions_end_user (WdSessions *sessions, const char *staff)
{
  g_mutex_lock (&sessions->lock);
  keeping_run (sessions, end_sessions (sessions, is_of_user, staff));
  g_mutex_unlock (&sessions->lock);
}

void
wd_sessions_staff_changed (WdSessions *sessions, const WdStaff *staff)
{
  GHashTableIter iter;
  gpointer       value;

  g_mutex_lock (&sessions->lock);
  if (staff->disabled)
    keeping_run (sessions, end_sessions (sessions, is_of_user, staff->id));
  g_hash_table_iter_init (&iter, sessions->by_hash);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Session *session = value;

      if (!is_of_user (session, staff->id))
        continue;
      wd_actor_free (session->actor);
      session->actor = wd_actor_new (staff->id, staff->name, staff->role, staff->unit);
    }
  g_mutex_unlock (&sessions->lock);
}

guint
wd_sessions_ended (WdSessions *sessions, guint64 session_id, const char *view)
{
  Session *session;
  guint    code = 4401;

  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_id, &session_id);
  if (session != NULL)
    {
      g_autofree char *now = wd_view_of (session->actor);

      code = g_str_equal (now, view) ? 0 : 4002;
    }
  g_mutex_unlock (&sessions->lock);
  return code;
}

static void
use_live (WdSessions *sessions, Session *session)
{
  session->used = wd_server_clock_real (sessions->clock);
  session->used_unkept = TRUE;
}

void
wd_sessions_live (WdSessions *sessions, guint64 session_id, int by)
{
  Session *session;

  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_id, &session_id);
  if (session != NULL)
    {
      if (by > 0)
        wd_hearing_open (&session->hearing, wd_server_clock_now (sessions->clock), wd_boot_milliseconds ());
      else
        wd_hearing_close (&session->hearing);
      use_live (sessions, session);
    }
  g_mutex_unlock (&sessions->lock);
}

void
wd_sessions_heard (WdSessions *sessions, guint64 session_id, gint64 silence_ms)
{
  gint64   heard = wd_server_clock_now (sessions->clock) - (gint64)(silence_ms * wd_server_clock_speed (sessions->clock));
  Session *session;

  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_id, &session_id);
  if (session != NULL)
    {
      wd_hearing_note (&session->hearing, heard, silence_ms <= WD_SESSION_SILENCE_MS, wd_boot_milliseconds ());
      use_live (sessions, session);
    }
  g_mutex_unlock (&sessions->lock);
}

gboolean
wd_sessions_was_deaf (WdSessions *sessions, guint64 session_id, gint64 at)
{
  Session *session;
  gboolean deaf;

  g_mutex_lock (&sessions->lock);
  session = g_hash_table_lookup (sessions->by_id, &session_id);
  deaf = session != NULL && wd_hearing_was_deaf (&session->hearing, at, wd_boot_milliseconds ());
  g_mutex_unlock (&sessions->lock);
  return deaf;
}

void
wd_sessions_tend (WdSessions *sessions)
{
  gint64         now = wd_server_clock_real (sessions->clock);
  Keeping       *keeping;
  GHashTableIter iter;
  gpointer       value;

  g_mutex_lock (&sessions->lock);
  keeping = end_sessions (sessions, ran_out, &now);
  g_hash_table_iter_init (&iter, sessions->by_hash);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Session *session = value;

      if (session->used_unkept)
        add_row (keeping, session);
      session->used_unkept = FALSE;
    }
  keeping_run (sessions, keeping);
  g_mutex_unlock (&sessions->lock);
}

void
wd_actor_append_json (GString *json, const WdActor *actor)
{
  g_string_append (json, "{\"id\":");
  wd_json_append_text (json, actor->id);
  g_string_append (json, ",\"name\":");
  wd_json_append_text (json, actor->name);
  g_string_append_printf (json, ",\"role\":\"%s\",\"unit\":", wd_enum_nick (WD_TYPE_ROLE, actor->role));
  wd_json_append_text (json, actor->unit);
  g_string_append_c (json, '}');
}

guint
wd_sessions_count (WdSessions *sessions)
{
  guint n;

  g_mutex_lock (&sessions->lock);
  n = g_hash_table_size (sessions->by_hash);
  g_mutex_unlock (&sessions->lock);
  return n;
}
