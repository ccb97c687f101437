/* wd-news.h — what the link's thread tells the main thread
 *
 * One piece of news at a time, in the order in which things happened.  Records
 * are made on the link's thread and belong to whoever takes them out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-outbox.h"
#include "wd-uplink.h"

G_BEGIN_DECLS

typedef enum
{
  WD_NEWS_STATE,       /* state, boot (lost at), untrusted, done, total, text (server) */
  WD_NEWS_TOKEN,       /* text: the token in use, NULL where it is over */
  WD_NEWS_OPENED,      /* the copy, by the password that the server last took */
  WD_NEWS_ACTOR,       /* actor */
  WD_NEWS_HELLO,       /* time (server's), boot (then, here), speed, text (anchor), unmanned */
  WD_NEWS_OBJECTS,     /* objects, seq */
  WD_NEWS_WAITING,     /* entries: what the outbox held at the start */
  WD_NEWS_DRAFTS,      /* drafts: what was typed before the start */
  WD_NEWS_LOADED,      /* all of the copy on disk was told; seq */
  WD_NEWS_RESET,       /* forget all objects */
  WD_NEWS_REACHED,     /* seq: caught up to here */
  WD_NEWS_ANSWERED,    /* id, seq: the server did it */
  WD_NEWS_REFUSED,     /* id, text: problem document */
  WD_NEWS_UNDONE,      /* id: gone from the outbox before it was sent */
  WD_NEWS_UNDO_MISSED, /* id */
  WD_NEWS_STAYS,       /* id: what was to be replaced stays, since its disk did not take what was to come for it */
  WD_NEWS_PRESENCE,    /* presence */
  WD_NEWS_HEARD,       /* boot: the server said something, or that it is there */
  WD_NEWS_SET_ASIDE,   /* text: the damaged file, replica.sqlite or outbox.sqlite */
  WD_NEWS_FAILED,      /* text: why the files can't be kept, NULL once they can; id: (nullable) the command that was not written */
  WD_NEWS_ENDED        /* the thread ends */
} WdNewsKind;

typedef struct
{
  WdObjectKind kind;
  char        *id;
  gint64       seq;
  gpointer     record; /* NULL: no longer for this reader */
} WdNewsObject;

typedef struct
{
  char *unit; /* (nullable): the centre */
  char *desk;
  char *user;
  char *state;
  char *viewing; /* (nullable) */
} WdNewsPresence;

typedef struct
{
  WdNewsKind    kind;
  WdUplinkState state;
  gint64        time;
  gboolean      untrusted;
  gint64        boot;
  gint64        seq;
  gint64        done;
  gint64        total;
  double        speed;
  gint64        unmanned; /* seconds */
  char         *id;
  char         *text;
  WdActor      *actor;
  GPtrArray    *objects;  /* WdNewsObject */
  GPtrArray    *entries;  /* WdOutboxEntry */
  GPtrArray    *presence; /* WdNewsPresence */
  GHashTable   *drafts;   /* id -> text */
} WdNews;

WdNews *wd_news_new (WdNewsKind kind);
void    wd_news_free (WdNews *news);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdNews, wd_news_free)

WdNewsObject *wd_news_add_object (WdNews *news, WdObjectKind kind, const char *id, gint64 seq, gpointer record);
void          wd_news_object_free (WdNewsObject *object);
void          wd_news_presence_free (WdNewsPresence *presence);

/* Milliseconds of the clock that neither jumps nor stops while the computer sleeps. */
gint64 wd_boot_clock (void);

G_END_DECLS
