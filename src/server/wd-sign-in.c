/* wd-sign-in.c — a small pool that checks passwords
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sign-in.h"

#include "wd-credentials.h"
#include "wd-json.h"
#include "wd-password.h"

#include <glib/gstdio.h>

/* What failed from an address, for one name or in all. */
typedef struct
{
  guint  failures;
  gint64 last;  /* boot time */
  gint64 until; /* boot time before which it is not even looked at */
} Failing;

#define FAILING_MOST 10000 /* remembered: beyond it all are forgotten, the queue still bounds the work */
#define FORGOTTEN_MS (15 * 60 * G_GINT64_CONSTANT (1000))

struct _WdSignIn
{
  WdReaders   *readers;
  WdSessions  *sessions;
  WdWriter    *writer;
  char        *first_password;
  GThreadPool *pool;
  GMutex       lock;
  GHashTable  *failing; /* address, or address, tab, name -> Failing */
};

typedef struct
{
  WdSignIn *sign_in;
  WdReply  *reply;
  char     *address;
  char     *key; /* address, tab, user */
  char     *user;
  char     *password;
  WdStaff  *staff;
  char     *hash; /* what the password was checked against */
  gboolean  once;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_free (attempt->address);
  g_free (attempt->key);
  g_free (attempt->user);
  if (attempt->password != NULL)
    memset (attempt->password, 0, strlen (attempt->password));
  g_free (attempt->password);
  g_free (attempt->hash);
  g_clear_pointer (&attempt->staff, wd_staff_free);
  g_free (attempt);
}

static void
refuse_for_now (WdReply *reply, gint64 seconds)
{
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (seconds, 1));

  wd_reply_set_problem (reply, WD_PROBLEM_TOO_MANY, "Too many attempts to sign in; wait and try again.", NULL, NULL);
  wd_reply_set_header (reply, "Retry-After", after);
}

static gint64
seconds_to_wait (WdSignIn *sign_in, const char *key)
{
  Failing *failing;
  gint64   wait = 0;

  g_mutex_lock (&sign_in->lock);
  failing = g_hash_table_lookup (sign_in->failing, key);
  if (failing != NULL)
    wait = (failing->until - wd_boot_milliseconds () + 999) / 1000;
  g_mutex_unlock (&sign_in->lock);
  return wait;
}

/* From the @allowed-th failure on each makes the next wait, up to @longest seconds. */
static void
count_failure (WdSignIn *sign_in, const char *key, guint allowed, gint64 longest)
{
  gint64   now = wd_boot_milliseconds ();
  Failing *failing;

  g_mutex_lock (&sign_in->lock);
  if (g_hash_table_size (sign_in->failing) >= FAILING_MOST)
    g_hash_table_remove_all (sign_in->failing);
  failing = g_hash_table_lookup (sign_in->failing, key);
  if (failing == NULL)
    {
      failing = g_new0 (Failing, 1);
      g_hash_table_insert (sign_in->failing, g_strdup (key), failing);
    }
  else if (now - failing->last > FORGOTTEN_MS)
    failing->failures = 0;
  failing->last = now;
  if (++failing->failures >= allowed)
    failing->until = now + MIN (5 << MIN (failing->failures - allowed, 8), longest) * 1000;
  g_mutex_unlock (&sign_in->lock);
}

static void
forget_failures (WdSignIn *sign_in, const char *key)
{
  g_mutex_lock (&sign_in->lock);
  g_hash_table_remove (sign_in->failing, key);
  g_mutex_unlock (&sign_in->lock);
}

static void
keep_password (WdLedger *ledger, gint64 now, gpointer data)
{
  WdStaff *staff = data;

  wd_credentials_keep (wd_ledger_get_store (ledger), staff->id, NULL);
  wd_staff_free (staff);
}

static void
opened (const char *token, gint64 expires, const GError *error, gpointer data)
{
  Attempt       *attempt = data;
  WdSignIn      *sign_in = attempt->sign_in;
  const WdStaff *staff = attempt->staff;

  if (token == NULL)
    wd_reply_set_problem (attempt->reply, WD_PROBLEM_STORAGE, "The session could not be kept.", NULL, NULL);
  else
    {
      GString            *json = g_string_new ("{\"token\":");
      g_autoptr (WdActor) actor = wd_actor_new (staff->id, staff->name, staff->role, staff->unit);

      wd_json_append_text (json, token);
      g_string_append (json, ",\"user\":");
      wd_actor_append_json (json, actor);
      g_string_append (json, ",\"expires\":");
      wd_json_append_time (json, expires);
      g_string_append_c (json, '}');
      wd_reply_set_status (attempt->reply, 201);
      wd_reply_take_json (attempt->reply, g_string_free (json, FALSE));
      if (attempt->once)
        {
          /* The one-time password did its work: the file that shows it goes. */
          g_unlink (sign_in->first_password);
          wd_writer_run (sign_in->writer, keep_password, g_steal_pointer (&attempt->staff));
        }
    }
  wd_reply_send (attempt->reply);
  attempt_free (attempt);
}

static gboolean
is_right (Attempt *attempt, WdReader *reader, GError **error)
{
  GError *failed = NULL;

  attempt->staff = wd_reader_staff (reader, attempt->user, NULL, &failed);
  if (attempt->staff != NULL)
    attempt->hash = wd_credentials_find (wd_reader_get_store (reader), attempt->staff->id, &attempt->once, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  /* The same work for a user who is not there. */
  return wd_password_check (attempt->hash, attempt->password) && !attempt->staff->disabled;
}

/* Gives the attempt away.  Whose rights or password changed while the password was checked: the session, which
 * hears of all changes from its start on, gets the state of now. */
static void
let_in (Attempt *attempt, WdReader *reader)
{
  WdSignIn           *sign_in = attempt->sign_in;
  g_autofree char    *id = g_strdup (attempt->staff->id);
  g_autofree char    *checked = g_steal_pointer (&attempt->hash);
  g_autofree char    *hash = NULL;
  g_autoptr (WdStaff) staff = NULL;
  gboolean            once;

  forget_failures (sign_in, attempt->key);
  wd_sessions_open (sign_in->sessions, attempt->staff, opened, attempt);
  staff = wd_reader_staff (reader, NULL, id, NULL);
  if (staff != NULL)
    wd_sessions_staff_changed (sign_in->sessions, staff);
  hash = wd_credentials_find (wd_reader_get_store (reader), id, &once, NULL);
  if (g_strcmp0 (hash, checked) != 0)
    wd_sessions_end_user (sign_in->sessions, id);
}

static void
turn_away (Attempt *attempt, const GError *error)
{
  WdSignIn *sign_in = attempt->sign_in;

  if (error != NULL)
    wd_reply_set_problem (attempt->reply, WD_PROBLEM_STORAGE, NULL, NULL, NULL);
  else
    {
      count_failure (sign_in, attempt->key, WD_SIGN_IN_FAILURES, WD_SIGN_IN_LONGEST_WAIT);
      count_failure (sign_in, attempt->address, WD_SIGN_IN_ADDRESS_FAILURES, WD_SIGN_IN_ADDRESS_WAIT);
      wd_reply_set_problem (attempt->reply, WD_PROBLEM_UNAUTHORIZED, "Name or password is wrong.", NULL, NULL);
    }
  wd_reply_send (attempt->reply);
  attempt_free (attempt);
}

static void
check_attempt (gpointer data, gpointer user_data)
{
  Attempt           *attempt = data;
  WdSignIn          *sign_in = user_data;
  g_autoptr (GError) error = NULL;
  WdReader          *reader = wd_readers_lend (sign_in->readers, &error);

  if (reader != NULL && is_right (attempt, reader, &error))
    let_in (attempt, reader);
  else
    turn_away (attempt, error);
  if (reader != NULL)
    wd_readers_take_back (sign_in->readers, reader);
}

WdSignIn *
wd_sign_in_new (WdReaders *readers, WdSessions *sessions, WdWriter *writer, const char *first_password)
{
  WdSignIn *sign_in = g_new0 (WdSignIn, 1);

  sign_in->readers = readers;
  sign_in->sessions = sessions;
  sign_in->writer = writer;
  sign_in->first_password = g_strdup (first_password);
  g_mutex_init (&sign_in->lock);
  sign_in->failing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sign_in->pool = g_thread_pool_new (check_attempt, sign_in, WD_SIGN_IN_AT_ONCE, FALSE, NULL);
  return sign_in;
}

void
wd_sign_in_free (WdSignIn *sign_in)
{
  g_thread_pool_free (sign_in->pool, FALSE, TRUE);
  g_hash_table_unref (sign_in->failing);
  g_mutex_clear (&sign_in->lock);
  g_free (sign_in->first_password);
  g_free (sign_in);
}

void
wd_sign_in_try (WdSignIn *sign_in, WdRequest *request, WdReply *reply, const char *user, const char *password)
{
  g_autofree char *key = g_strdup_printf ("%s\t%s", wd_request_get_address (request), user);
  gint64           wait = MAX (seconds_to_wait (sign_in, key), seconds_to_wait (sign_in, wd_request_get_address (request)));
  Attempt         *attempt;

  if (wait <= 0 && g_thread_pool_unprocessed (sign_in->pool) >= WD_SIGN_IN_WAITING)
    wait = WD_SIGN_IN_WAITING / WD_SIGN_IN_AT_ONCE / 10;
  if (wait > 0)
    {
      refuse_for_now (reply, wait);
      return;
    }

  attempt = g_new0 (Attempt, 1);
  attempt->sign_in = sign_in;
  attempt->reply = wd_reply_defer (reply);
  attempt->address = g_strdup (wd_request_get_address (request));
  attempt->key = g_steal_pointer (&key);
  attempt->user = g_strdup (user);
  attempt->password = g_strdup (password);
  g_thread_pool_push (sign_in->pool, attempt, NULL);
}
