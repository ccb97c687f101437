/* bench-readers.c — many WebSocket readers, and how long after its acknowledgement each read a change
 *
 *   bench-readers PORT ours READERS ROUNDS UNIT TOKEN TOKEN…     posts `dispatch`, with the first token
 *   bench-readers PORT bare READERS ROUNDS BYTES                 posts what a bare server sends on
 *
 * One after another: the next is posted when every reader has read the one before.  One thread
 * posts and takes the time when it has read the answer, another reads the sockets and takes the time
 * of each change; a change that comes before the acknowledgement counts as negative.  Prints: median and
 * p99 from the acknowledgement, median and p99 from the posting (ms), bytes of one message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-client.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define EVENTS 64
#define TOGETHER 50 /* orders received in one request */

typedef struct
{
  int    socket;
  int    rounds; /* heard of so far */
  bool   greeted;
  Buffer buffer;
} Reader;

static struct
{
  int     port;
  bool    bare;
  int     n_readers, n_rounds;
  Reader *readers;
  char (*ids)[ID_SIZE]; /* what each round's change is known by */
  int64_t *heard;       /* by round, then by reader */
  size_t   bytes;       /* of a message */

  pthread_mutex_t lock;
  pthread_cond_t  moved;
  int             greeted, complete; /* readers; rounds that all heard of */
  int             left;              /* of the present round */
} bench = { .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER };

static void
hear (Reader *reader, const char *text, size_t size)
{
  int64_t now = now_us ();

  if (!reader->greeted)
    {
      reader->greeted = true;
      pthread_mutex_lock (&bench.lock);
      bench.greeted++;
      pthread_cond_signal (&bench.moved);
      pthread_mutex_unlock (&bench.lock);
    }
  if (reader->rounds == bench.n_rounds || memmem (text, size, bench.ids[reader->rounds], ID_SIZE - 1) == NULL)
    return;
  bench.heard[reader->rounds++ * bench.n_readers + (reader - bench.readers)] = now;
  bench.bytes = size;
  if (--bench.left > 0)
    return;
  bench.left = bench.n_readers;
  pthread_mutex_lock (&bench.lock);
  bench.complete++;
  pthread_cond_signal (&bench.moved);
  pthread_mutex_unlock (&bench.lock);
}

/* All whole frames; pings are left unanswered, a run is shorter than the server's patience. */
static void
take_frames (Reader *reader)
{
  Buffer              *buffer = &reader->buffer;
  size_t               at = 0;
  const unsigned char *data = (const unsigned char *)buffer->data;

  while (buffer->have - at >= 2)
    {
      size_t head = 2, size = data[at + 1] & 0x7f;

      if (size >= 126)
        head = size == 126 ? 4 : 10;
      if (buffer->have - at < head)
        break;
      for (size_t i = 2, big = 0; i < head; i++)
        size = big = big << 8 | data[at + i];
      if (buffer->have - at < head + size)
        break;
      if ((data[at] & 0x0f) == 1)
        hear (reader, buffer->data + at + head, size);
      at += head + size;
    }
  buffer->have -= at;
  memmove (buffer->data, buffer->data + at, buffer->have);
}

static void *
read_all (void *data)
{
  int queue = epoll_create1 (0);

  for (int i = 0; i < bench.n_readers; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = &bench.readers[i] };

      epoll_ctl (queue, EPOLL_CTL_ADD, bench.readers[i].socket, &event);
      take_frames (&bench.readers[i]); /* what came with the upgrade's answer */
    }
  for (;;)
    {
      struct epoll_event events[EVENTS];
      int                came = epoll_wait (queue, events, EVENTS, -1);

      for (int i = 0; i < came; i++)
        {
          Reader *reader = events[i].data.ptr;

          if (fill (reader->socket, &reader->buffer))
            take_frames (reader);
        }
    }
  return NULL;
}

static void
join (Reader *reader, const char *token)
{
  Buffer *buffer = &reader->buffer;
  char    request[1024], *end;
  int     size = snprintf (request, sizeof request,
                           "GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Protocol: waterdesk.v1\r\nAuthorization: Bearer %s\r\n\r\n",
                           token);

  reader->socket = connect_to (bench.port);
  send_all (reader->socket, request, (size_t)size);
  while ((end = strstr (buffer->data, "\r\n\r\n")) == NULL)
    fill (reader->socket, buffer);
  if (strncmp (buffer->data, "HTTP/1.1 101", 12) != 0)
    die ("the upgrade was refused");
  end += 4;
  buffer->have -= (size_t)(end - buffer->data);
  memmove (buffer->data, end, buffer->have);
}

static void
ask (int sock, const char *path, const char *token, const char *body)
{
  static Buffer buffer;
  const char   *answer;

  buffer.have = 0;
  post (sock, path, token, body);
  do
    fill (sock, &buffer);
  while (!answer_is_whole (&buffer, &answer));
  if (strstr (answer, "\"ok\":false") != NULL)
    {
      fprintf (stderr, "%s\n", answer);
      die ("a command was refused");
    }
}

/* The orders that will be dispatched. */
static void
receive_orders (int sock, const char *token)
{
  for (int i = 0; i < bench.n_rounds; i += TOGETHER)
    {
      static char body[TOGETHER * 512];
      int         size = snprintf (body, sizeof body, "{\"commands\":[");

      for (int j = i; j < i + TOGETHER && j < bench.n_rounds; j++)
        size += snprintf (body + size, sizeof body - (size_t)size,
                          "%s{\"id\":\"%s\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\","
                          "\"text\":\"人民路与中山路路口水管漏水，路面已经积水，影响行人通行\",\"caller\":{\"name\":\"张三\",\"phone\":\"13812345678\"},"
                          "\"address\":\"人民路12号\",\"point\":[120.2,30.2]}",
                          j > i ? "," : "", bench.ids[j]);
      snprintf (body + size, sizeof body - (size_t)size, "]}");
      ask (sock, "/v1/commands", token, body);
    }
}

/* The body of a round's request: a dispatch, or what the bare server is to send on. */
static void
write_body (char *body, size_t room, int round, const char *what)
{
  char id[ID_SIZE];

  make_id (id);
  if (!bench.bare)
    snprintf (body, room, "{\"commands\":[{\"id\":\"%s\",\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"%s\"}]}", id, bench.ids[round], what);
  else
    snprintf (body, room, "{\"id\":\"%s\",\"text\":\"%0*d\"}", bench.ids[round], atoi (what) - 55, 0);
}

static void
wait_for (const int *value, int wanted)
{
  pthread_mutex_lock (&bench.lock);
  while (*value < wanted)
    pthread_cond_wait (&bench.moved, &bench.lock);
  pthread_mutex_unlock (&bench.lock);
}

int
main (int argc, char **argv)
{
  size_t      n;
  double     *from_answer, *from_post;
  const char *token;
  int         sock;
  pthread_t   thread;

  if (argc < 6)
    die ("bench-readers PORT ours|bare READERS ROUNDS UNIT|BYTES TOKEN…");
  bench.port = atoi (argv[1]);
  bench.bare = strcmp (argv[2], "bare") == 0;
  bench.left = bench.n_readers = atoi (argv[3]);
  bench.n_rounds = atoi (argv[4]);
  n = (size_t)bench.n_readers * (size_t)bench.n_rounds;
  bench.readers = calloc ((size_t)bench.n_readers, sizeof *bench.readers);
  bench.ids = calloc ((size_t)bench.n_rounds, ID_SIZE);
  bench.heard = calloc (n, sizeof *bench.heard);
  from_answer = calloc (n, sizeof *from_answer);
  from_post = calloc (n, sizeof *from_post);

  for (int i = 0; i < bench.n_rounds; i++)
    make_id (bench.ids[i]);
  token = bench.bare ? NULL : argv[6];
  sock = connect_to (bench.port);
  if (!bench.bare)
    receive_orders (sock, token);
  for (int i = 0; i < bench.n_readers; i++)
    join (&bench.readers[i], bench.bare ? "none" : argv[6 + i % (argc - 6)]);
  pthread_create (&thread, NULL, read_all, NULL);
  wait_for (&bench.greeted, bench.n_readers);

  for (int round = 0; round < bench.n_rounds; round++)
    {
      static char body[65536];
      int64_t     posted, answered;

      write_body (body, sizeof body, round, argv[5]);
      posted = now_us ();
      ask (sock, "/v1/commands", token, body);
      answered = now_us ();
      wait_for (&bench.complete, round + 1);
      for (int i = round * bench.n_readers; i < (round + 1) * bench.n_readers; i++)
        {
          from_answer[i] = (double)(bench.heard[i] - answered) / 1000;
          from_post[i] = (double)(bench.heard[i] - posted) / 1000;
        }
    }

  sort_numbers (from_answer, n);
  sort_numbers (from_post, n);
  printf ("%.3f %.3f %.3f %.3f %zu\n", quantile (from_answer, n, 0.5), quantile (from_answer, n, 0.99), quantile (from_post, n, 0.5),
          quantile (from_post, n, 0.99), bench.bytes);
  return 0;
}
