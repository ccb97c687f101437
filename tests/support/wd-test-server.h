/* wd-test-server.h — a server that answers by a script, for what a real one can't be made to do
 *
 * Lives on the main context of its test.  Without a script it answers as the contract says:
 * signs everybody in, gives the changes that were put, takes every command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  SoupServer *server;
  char       *url;
  GPtrArray  *changes; /* char *: change objects, of rising seq */
  gint64      seq;     /* of the last change */
  gint64      end;     /* of the feed: what happened besides is not for this reader */
  char       *store;
  char       *view;
  char       *user;     /* JSON */
  gboolean    mute;     /* `live` closes without a word */
  char       *hello;    /* further members of hello, such as ,"speed":2 */
  GPtrArray  *sockets;  /* SoupWebsocketConnection that are open */
  GPtrArray  *heard;    /* char *: what was said on them */
  GPtrArray  *asked;    /* char *: METHOD PATH?QUERY of each request */
  GPtrArray  *commands; /* char *: bodies of POST /v1/commands */
  GQueue      script;   /* Answer */
  guint       page;     /* changes in a page */
} WdTestServer;

WdTestServer *wd_test_server_new (void);
void          wd_test_server_free (WdTestServer *self);

/* A change of an object, also told on the open sockets.  @body: JSON, NULL: it left.  Returns: its seq */
gint64 wd_test_server_put (WdTestServer *self, const char *kind, const char *id, const char *body);

/* The next request to @path is answered so: @status 0 hangs up without a word.  @headers: NULL or "Name: value". */
void wd_test_server_script (WdTestServer *self, const char *path, guint status, const char *body, const char *header);

/* What is left of the script is not played. */
void wd_test_server_forget (WdTestServer *self);

void  wd_test_server_say (WdTestServer *self, const char *text);
void  wd_test_server_hang_up (WdTestServer *self, gushort code);
guint wd_test_server_count (WdTestServer *self, const char *asked); /* requests that begin so */

/* Turns the main context until it is so. */
#define wd_test_until(condition)                                                    \
  G_STMT_START                                                                      \
  {                                                                                 \
    guint  ticking = g_timeout_add (5, wd_test_tick, NULL);                         \
    gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                     \
    while (!(condition))                                                            \
      {                                                                             \
        if (g_get_monotonic_time () > end)                                          \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
        g_main_context_iteration (NULL, TRUE);                                      \
      }                                                                             \
    g_source_remove (ticking);                                                      \
  }                                                                                 \
  G_STMT_END
gboolean wd_test_tick (gpointer data);

G_END_DECLS
