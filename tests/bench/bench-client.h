/* bench-client.h — what the load programs share: sockets, answers, ids, the clock
 *
 * Plain sockets and no library, so that the clients cost little of the machine that
 * they share with the server.  Whatever goes wrong ends the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ID_SIZE 37
#define MESSAGE_MOST (256 * 1024)

/* An HTTP request's answer, or a WebSocket's frames, as far as they came. */
typedef struct
{
  size_t have;
  char   data[MESSAGE_MOST + 1]; /* ends with a 0 */
} Buffer;

_Noreturn void die (const char *what);

int64_t now_us (void);

/* A UUID of version 7. */
void make_id (char id[ID_SIZE]);

int  connect_to (int port);
void send_all (int socket, const char *data, size_t size);

/* With @token NULL without one. */
void post (int socket, const char *path, const char *token, const char *body);

/* Reads once; false where nothing came. */
bool fill (int socket, Buffer *buffer);

/* Whether an answer is whole; it has to be a 200.  @body points into it. */
bool answer_is_whole (Buffer *buffer, const char **body);

/* The number below which @fraction of the sorted ones lie. */
double quantile (const double *sorted, size_t n, double fraction);
void   sort_numbers (double *numbers, size_t n);
