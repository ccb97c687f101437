/* bench-client.c — sockets, answers, ids and the clock of the load programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void
die (const char *what)
{
  fprintf (stderr, "%s (%s)\n", what, strerror (errno));
  exit (1);
}

int64_t
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C (1000000) + now.tv_nsec / 1000;
}

void
make_id (char id[ID_SIZE])
{
  struct timespec now;
  uint64_t        ms, random[2];

  clock_gettime (CLOCK_REALTIME, &now);
  ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
  if (getrandom (random, sizeof random, 0) != sizeof random)
    die ("no random numbers");
  snprintf (id, ID_SIZE, "%08x-%04x-7%03x-8%03x-%012llx", (unsigned)(ms >> 16), (unsigned)(ms & 0xffff), (unsigned)(random[0] & 0xfff),
            (unsigned)(random[0] >> 12 & 0xfff), (unsigned long long)(random[1] & 0xffffffffffff));
}

int
connect_to (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((uint16_t)port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int                one = 1;
  int                sock = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (sock < 0 || connect (sock, (struct sockaddr *)&address, sizeof address) != 0)
    die ("cannot connect");
  setsockopt (sock, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return sock;
}

void
send_all (int sock, const char *data, size_t size)
{
  while (size > 0)
    {
      ssize_t n = send (sock, data, size, MSG_NOSIGNAL);

      if (n < 0)
        die ("cannot send");
      data += n;
      size -= (size_t)n;
    }
}

void
post (int sock, const char *path, const char *token, const char *body)
{
  char *request;
  int   size = asprintf (&request,
                         "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                           "Authorization: Bearer %s\r\nContent-Length: %zu\r\n\r\n%s",
                         path, token != NULL ? token : "none", strlen (body), body);

  if (size < 0)
    die ("no memory");
  send_all (sock, request, (size_t)size);
  free (request);
}

bool
fill (int sock, Buffer *buffer)
{
  ssize_t n = recv (sock, buffer->data + buffer->have, MESSAGE_MOST - buffer->have, 0);

  if (n == 0 || (n < 0 && errno != EAGAIN))
    die ("the server hung up");
  if (n > 0)
    buffer->have += (size_t)n;
  buffer->data[buffer->have] = '\0';
  return n > 0;
}

bool
answer_is_whole (Buffer *buffer, const char **body)
{
  const char *end = strstr (buffer->data, "\r\n\r\n");
  const char *length = end != NULL ? strcasestr (buffer->data, "\r\nContent-Length:") : NULL;

  if (end == NULL)
    return false;
  if (strncmp (buffer->data, "HTTP/1.1 200", 12) != 0 || length == NULL)
    {
      fprintf (stderr, "%s\n", buffer->data);
      die ("the answer is no 200");
    }
  *body = end + 4;
  return buffer->have - (size_t)(*body - buffer->data) >= strtoul (length + strlen ("\r\nContent-Length:"), NULL, 10);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

void
sort_numbers (double *numbers, size_t n)
{
  qsort (numbers, n, sizeof *numbers, compare);
}

double
quantile (const double *sorted, size_t n, double fraction)
{
  size_t at = (size_t)((double)n * fraction);

  return n == 0 ? 0 : sorted[at < n ? at : n - 1];
}
