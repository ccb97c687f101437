/* wd-worker.h — the link's thread: its state, and what its files do for one another
 *
 * Straight-line code: a function that waits turns the thread's own main context until what it
 * waits for is there (wd_worker_await()), so that meanwhile the outbox takes in what is given and live batches
 * are kept.  Only what says “any thread” may be called from outside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-news.h"
#include "wd-outbox.h"
#include "wd-problem.h"
#include "wd-replica.h"
#include "wd-uplink-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What became of a stretch of work. */
typedef enum
{
  WD_OUTCOME_DONE,
  WD_OUTCOME_AGAIN,      /* catch up anew, at once */
  WD_OUTCOME_OFFLINE,    /* no link: try again after a pause */
  WD_OUTCOME_SIGNED_OUT, /* the token is over */
  WD_OUTCOME_DAMAGED     /* the copy on disk is broken: begin a new one */
} WdOutcome;

/* Where news go: the uplink, for as long as it is there.  Counted, since news may be on the way when the thread ends. */
typedef struct _WdHome WdHome;
WdHome                *wd_home_new (WdUplink *uplink);
void                   wd_home_unref (WdHome *home);

typedef struct _WdWorker WdWorker;
struct _WdWorker
{
  /* set before the thread runs */
  char         *folder;
  char         *user;
  char         *desk; /* this desk's name among all desks */
  char        **servers;
  GMainContext *context;
  GMainContext *main;
  WdHome       *home;

  int users; /* atomic */

  /* the thread's own */
  SoupSession  *session;
  WdReplica    *replica;
  WdOutbox     *outbox;
  GCancellable *cancellable; /* of what is waited for; cancelled to end */
  guint         server;      /* index */
  char         *token;
  char         *password; /* that opened the copy without the server, until it has answered */
  gboolean      quit;
  gboolean      flush;       /* at the end: send what is held */
  gboolean      sign_out;    /* and give the token back */
  gboolean      woken;       /* look again at what there is to do */
  guint         failures;    /* in a row */
  gint64        pause_until; /* boot clock: the server asked for it */
  guint         asking;      /* questions under way */
  gint64        word_at;     /* boot clock: the last word of the server, on whatever way; 0 before the first */

  WdUplinkState state;
  gint64        lost_at; /* boot clock: the last word before the link was lost; 0 once it is live */
  gboolean      failing; /* what was last written was not */
  gboolean      untrusted_told;
  gboolean      untrusted; /* a certificate of nobody known here was the answer to the last question */
  gint64        done;
  gint64        total;

  /* outbox */
  gint64   retry_at; /* boot clock */
  guint    retries;
  gboolean one_by_one;

  /* callers of what this unit has in hand */
  WdActor    *actor;      /* whose desk it is; NULL until the server said so once */
  char       *secret;     /* that they are sealed by */
  GHashTable *sealed;     /* order id -> sealed text */
  GHashTable *wanted;     /* order ids, to be fetched */
  gint64      callers_at; /* boot clock: not before */

  /* live */
  SoupWebsocketConnection *socket;
  WdOutcome                live;      /* what a message made of the connection */
  gboolean                 greeted;   /* hello came */
  gint64                   end;       /* of the feed, by the last hello */
  gint64                   heard_at;  /* boot clock: on the socket */
  gint64                   spoken_at; /* presence told */

  /* presence of this desk */
  gint64   last_input; /* monotonic microseconds */
  char    *viewing;
  gboolean sound;
};

/* wd-worker.c */
gpointer  wd_worker_run (gpointer worker);
void      wd_worker_unref (WdWorker *worker);
void      wd_worker_tell (WdWorker *worker, WdNews *news); /* takes @news */
void      wd_worker_set_state (WdWorker *worker, WdUplinkState state, gint64 done, gint64 total);
void      wd_worker_set_actor (WdWorker *worker, JsonNode *user);
WdOutcome wd_worker_disk_failed (WdWorker *worker, GError *error);
void      wd_worker_wake (WdWorker *worker);

/* Turns the context until something woke it, @until (boot clock) or the end. */
void wd_worker_pause (WdWorker *worker, gint64 until);

/* wd-worker-http.c: an answer is whatever has a status; FALSE only without one. */
typedef struct
{
  guint         status;
  JsonNode     *root;        /* NULL where there is none */
  WdProblemCode problem;     /* of a status from 400 on */
  gint64        retry_after; /* milliseconds, 0 where the server does not say */
} WdAnswer;
void wd_answer_clear (WdAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdAnswer, wd_answer_clear)

SoupMessage  *wd_worker_message (WdWorker *worker, const char *method, const char *path, const char *body);
gboolean      wd_worker_read_answer (SoupMessage *message, GBytes *body, WdAnswer *answer, GError **error);
gboolean      wd_worker_ask (WdWorker *worker, const char *method, const char *path, const char *body, WdAnswer *answer, GError **error);
gboolean      wd_worker_knock (WdWorker *worker, guint ms); /* asks for a word, and waits for it so long; FALSE when none came */
void          wd_worker_hear (WdWorker *worker);            /* a word of the server has come */
GAsyncResult *wd_worker_await (WdWorker *worker, GAsyncResult **result);
void          wd_worker_await_cb (GObject *source, GAsyncResult *result, gpointer data);
GError       *wd_answer_to_error (const WdAnswer *answer);

/* wd-worker-session.c: who sits here */
char     *wd_session_body (const char *user, const char *password); /* of POST /v1/session */
gboolean  wd_worker_take_session (WdWorker *worker, JsonNode *root, GError **error);
void      wd_worker_keep_password (WdWorker *worker, const char *password);
gboolean  wd_worker_open_offline (WdWorker *worker, const char *password, GError **error);
WdOutcome wd_worker_sign_in_again (WdWorker *worker);
void      wd_worker_lose_token (WdWorker *worker, const char *used);

/* wd-worker-feed.c */
gboolean  wd_worker_load (WdWorker *worker, GError **error);
WdOutcome wd_worker_catch_up (WdWorker *worker);
WdOutcome wd_worker_take_changes (WdWorker *worker, JsonObject *page);

/* wd-worker-live.c */
WdOutcome wd_worker_follow (WdWorker *worker);
void      wd_worker_learn_end (WdWorker *worker);
void      wd_worker_tell_kept_clock (WdWorker *worker); /* of the server, as a program before this one heard it since the computer was started */

/* wd-worker-callers.c */
void      wd_worker_begin_callers (WdWorker *worker);
void      wd_worker_end_callers (WdWorker *worker);
void      wd_worker_forget_callers (WdWorker *worker);
void      wd_worker_reseal_callers (WdWorker *worker);
void      wd_worker_note_caller (WdWorker *worker, const char *id, const WdOrder *order);
gint64    wd_worker_next_caller (WdWorker *worker);
WdOutcome wd_worker_fetch_caller (WdWorker *worker);
JsonNode *wd_worker_find_caller (WdWorker *worker, const char *id);

/* wd-worker-outbox.c */
WdOutcome wd_worker_send_waiting (WdWorker *worker);
void      wd_worker_exchange (WdWorker *worker, const char *const *going, GPtrArray *entries);
void      wd_worker_keep_draft (WdWorker *worker, const char *id, const char *body);
void      wd_worker_undo (WdWorker *worker, const char *const *ids);
void      wd_worker_settle (WdWorker *worker, const char *id, gboolean go_on);

/* wd-worker-door.c: any thread */
typedef enum
{
  WD_ERRAND_EXCHANGE, /* ids: (nullable): what goes for @entries (WdOutboxEntry), all in one step */
  WD_ERRAND_DRAFT,    /* text: its id; body: NULL to have it gone */
  WD_ERRAND_UNDO,     /* ids, all in one step */
  WD_ERRAND_SETTLE,   /* text: the command; yes: what is behind it goes on */
  WD_ERRAND_PRESENCE, /* text: what is viewed; yes: sound; time: of the last input */
  WD_ERRAND_END       /* yes: flush; also: sign out */
} WdErrandKind;

typedef struct
{
  WdErrandKind kind;
  char        *text;
  char        *body;
  gboolean     yes, also;
  gint64       time;
  GStrv        ids;
  GPtrArray   *entries;
} WdErrand;

/* Takes what is in @errand. */
void wd_worker_send_errand (WdWorker *worker, WdErrand errand);
void wd_worker_send_question (WdWorker *worker, const char *path, const char *body, const char *password, GTask *task);
void wd_worker_send_look (WdWorker *worker, const char *id, GTask *task);

G_END_DECLS
