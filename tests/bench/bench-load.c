/* bench-load.c — clients that post one command each, again as soon as the answer came
 *
 *   bench-load PORT CLIENTS SECONDS TOKEN…
 *
 * Each keeps one connection; they share the tokens.  What comes in the first half second
 * is not counted.  Prints: commands a second, median and p99 of an answer (ms), own CPU (s).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#define WARM_UP_US 500000
#define EVENTS 64

typedef struct
{
  int         socket;
  const char *token;
  int64_t     sent;
  Buffer      buffer;
} Client;

static void
give (Client *client)
{
  static unsigned count;
  char            id[ID_SIZE], body[1024];

  make_id (id);
  count++;
  snprintf (body, sizeof body,
            "{\"commands\":[{\"id\":\"%s\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"nature\":\"repair\","
            "\"text\":\"人民路与中山路路口水管漏水，路面已经积水，影响行人通行\",\"caller\":{\"name\":\"张三\",\"phone\":\"13812%06u\"},"
            "\"address\":\"人民路%u号\",\"point\":[120.2%03u,30.2%03u]}]}",
            id, count % 1000000, count % 500, count % 1000, count * 7 % 1000);
  client->buffer.have = 0;
  client->sent = now_us ();
  post (client->socket, "/v1/commands", client->token, body);
}

/* Whether its answer came. */
static bool
take (Client *client)
{
  const char *body;

  if (!fill (client->socket, &client->buffer) || !answer_is_whole (&client->buffer, &body))
    return false;
  if (strstr (body, "\"ok\":true") == NULL)
    {
      fprintf (stderr, "%s\n", body);
      die ("a command was refused");
    }
  return true;
}

int
main (int argc, char **argv)
{
  int     port = argc > 4 ? atoi (argv[1]) : 0, clients = port != 0 ? atoi (argv[2]) : 0;
  int     queue = epoll_create1 (0);
  int64_t start, end;
  Client *all = calloc ((size_t)clients, sizeof *all);
  double *took = NULL, seconds;
  size_t  n = 0, room = 0;

  if (clients == 0)
    die ("bench-load PORT CLIENTS SECONDS TOKEN…");
  for (int i = 0; i < clients; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = &all[i] };

      all[i].socket = connect_to (port);
      all[i].token = argv[4 + i % (argc - 4)];
      epoll_ctl (queue, EPOLL_CTL_ADD, all[i].socket, &event);
    }

  start = now_us () + WARM_UP_US;
  end = start + (int64_t)(atof (argv[3]) * 1e6);
  for (int i = 0; i < clients; i++)
    give (&all[i]);
  while (now_us () < end)
    {
      struct epoll_event events[EVENTS];
      int                came = epoll_wait (queue, events, EVENTS, 1000);

      for (int i = 0; i < came; i++)
        {
          Client *client = events[i].data.ptr;
          int64_t now;

          if (!take (client))
            continue;
          now = now_us ();
          if (n == room)
            took = realloc (took, (room = room * 2 + 1000) * sizeof *took);
          if (now >= start && now < end)
            took[n++] = (double)(now - client->sent) / 1000;
          give (client);
        }
    }

  seconds = (double)(end - start) / 1e6;
  sort_numbers (took, n);
  printf ("%.0f %.2f %.2f %.2f\n", (double)n / seconds, quantile (took, n, 0.5), quantile (took, n, 0.99), (double)clock () / CLOCKS_PER_SEC);
  return 0;
}
