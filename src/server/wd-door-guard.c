/* wd-door-guard.c — is this the head of one HTTP request, and of only one?
 *
 * Stricter than RFC 9112 asks of a server: what it lets a recipient repair
 * (bare LF, folded lines) is refused, since whoever repairs differently reads
 * another request.  Linear, allocates nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-guard.h"

#include <string.h>

/* A piece of the head, not ended by NUL. */
typedef struct
{
  const char *at;
  gsize       length;
} Span;

typedef struct
{
  guint hosts;
  guint lengths;
  guint codings;
  Span  length;
} Seen;

static gboolean
is_token (Span span)
{
  for (gsize i = 0; i < span.length; i++)
    if (!g_ascii_isalnum (span.at[i]) && !(span.at[i] && strchr ("!#$%&'*+-.^_`|~", span.at[i])))
      return FALSE;
  return span.length > 0;
}

static gboolean
is_named (Span span, const char *name)
{
  return span.length == strlen (name) && g_ascii_strncasecmp (span.at, name, span.length) == 0;
}

static gboolean
has_controls (Span span, gboolean tab_too)
{
  for (gsize i = 0; i < span.length; i++)
    {
      guchar c = span.at[i];

      if (c == 0x7f || (c < 0x20 && (tab_too || c != '\t')))
        return TRUE;
    }
  return FALSE;
}

/* The line at `*at` without its CRLF; moves `*at` behind it.  FALSE where the
 * line does not end in CRLF, or has a CR elsewhere. */
static gboolean
next_line (const char **at, const char *end, Span *line)
{
  const char *lf = memchr (*at, '\n', end - *at);

  if (lf == NULL || lf == *at || lf[-1] != '\r')
    return FALSE;
  *line = (Span){ *at, lf - 1 - *at };
  *at = lf + 1;
  return memchr (line->at, '\r', line->length) == NULL;
}

static Span
trim (Span span)
{
  while (span.length > 0 && (span.at[0] == ' ' || span.at[0] == '\t'))
    span.at++, span.length--;
  while (span.length > 0 && (span.at[span.length - 1] == ' ' || span.at[span.length - 1] == '\t'))
    span.length--;
  return span;
}

static gboolean
split_field (Span line, Span *name, Span *value)
{
  const char *colon = memchr (line.at, ':', line.length);

  if (colon == NULL)
    return FALSE;
  *name = (Span){ line.at, colon - line.at };
  *value = trim ((Span){ colon + 1, line.at + line.length - colon - 1 });
  return TRUE;
}

/* Escapes must be whole, so that what libsoup's URI parser takes is what was sent. */
static gboolean
is_target (Span target)
{
  if (target.length == 0 || has_controls (target, TRUE) || memchr (target.at, '#', target.length))
    return FALSE;
  for (gsize i = 0; i < target.length; i++)
    if (target.at[i] == '%' &&
        (i + 2 >= target.length || !g_ascii_isxdigit (target.at[i + 1]) || !g_ascii_isxdigit (target.at[i + 2])))
      return FALSE;
  return target.at[0] == '/' || (target.length > 7 && g_ascii_strncasecmp (target.at, "http://", 7) == 0);
}

/* name, 1.2.3.4 or [::1], and perhaps a port */
static gboolean
is_host (Span host)
{
  const char *end = host.at + host.length;
  const char *at = host.at;
  guint       port = 0;

  if (at < end && *at == '[')
    {
      for (at++; at < end && (g_ascii_isxdigit (*at) || *at == ':' || *at == '.'); at++)
        ;
      if (at == end || *at++ != ']')
        return FALSE;
    }
  else
    {
      for (; at < end && (g_ascii_isalnum (*at) || *at == '-' || *at == '.' || *at == '_'); at++)
        ;
      if (at == host.at)
        return FALSE;
    }
  if (at == end)
    return TRUE;
  if (*at++ != ':' || end - at > 5)
    return FALSE;
  for (; at < end; at++)
    {
      if (!g_ascii_isdigit (*at))
        return FALSE;
      port = port * 10 + (*at - '0');
    }
  return port <= G_MAXUINT16;
}

static const char *
check_request_line (Span line, gboolean *is_1_0)
{
  const char *first = memchr (line.at, ' ', line.length);
  const char *last = memrchr (line.at, ' ', line.length);
  Span        method, target, version;

  if (first == NULL || first == last)
    return "The request line has not three parts.";
  method = (Span){ line.at, first - line.at };
  target = (Span){ first + 1, last - first - 1 };
  version = (Span){ last + 1, line.at + line.length - last - 1 };

  if (version.length != 8 || memcmp (version.at, "HTTP/1.", 7) != 0 || (version.at[7] != '0' && version.at[7] != '1'))
    return "This is no version of HTTP spoken here.";
  *is_1_0 = version.at[7] == '0';
  if (!is_token (method) || is_named (method, "CONNECT"))
    return "The request's method is none.";
  if (memchr (target.at, ' ', target.length) != NULL || !is_target (target))
    return "The request's target is not a path.";
  return NULL;
}

static const char *
check_field (Span line, gboolean is_1_0, Seen *seen, WdDoorFraming *framing)
{
  Span name, value;

  if (line.at[0] == ' ' || line.at[0] == '\t')
    return "A field of the head is folded.";
  if (!split_field (line, &name, &value) || !is_token (name))
    return "A line of the head is not a field.";
  if (has_controls (value, FALSE))
    return "A field of the head has control characters.";

  if (is_named (name, "Host"))
    {
      seen->hosts++;
      if (!is_host (value))
        return "The Host field names no host.";
    }
  else if (is_named (name, "Content-Length"))
    {
      seen->lengths++;
      seen->length = value;
    }
  else if (is_named (name, "Transfer-Encoding"))
    {
      seen->codings++;
      if (is_1_0 || !is_named (value, "chunked"))
        return "The Transfer-Encoding is not known here.";
    }
  else if (is_named (name, "Expect"))
    framing->expects = TRUE;
  return NULL;
}

/* Eighteen digits hold any length and fit into 63 bits. */
static gboolean
read_length (Span digits, gint64 *length)
{
  *length = 0;
  if (digits.length < 1 || digits.length > 18)
    return FALSE;
  for (gsize i = 0; i < digits.length; i++)
    {
      if (!g_ascii_isdigit (digits.at[i]))
        return FALSE;
      *length = *length * 10 + (digits.at[i] - '0');
    }
  return TRUE;
}

static const char *
check_framing (const Seen *seen, gboolean is_1_0, WdDoorFraming *framing)
{
  if (seen->hosts > 1 || (seen->hosts == 0 && !is_1_0))
    return "There must be one Host field.";
  if (seen->lengths > 1 || seen->codings > 1 || (seen->lengths > 0 && seen->codings > 0))
    return "The length of the body is given more than once.";
  if (seen->lengths == 1 && !read_length (seen->length, &framing->content_length))
    return "The Content-Length is not a number.";
  if (seen->codings == 1)
    framing->content_length = -1;
  return NULL;
}

gboolean
wd_door_guard_may_begin (const char *data, gsize length)
{
  return length == 0 || data[0] == '\r' || is_token ((Span){ data, 1 });
}

gsize
wd_door_guard_find_end (const char *data, gsize length)
{
  const char *end = data + length;
  const char *at = data;

  /* A bare LF pair ends a head too: as one that the check refuses. */
  while ((at = memchr (at, '\n', end - at)) != NULL)
    {
      at++;
      if (at < end && at[0] == '\n')
        return at + 1 - data;
      if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
        return at + 2 - data;
    }
  return 0;
}

const char *
wd_door_guard_check (const char *head, gsize length, guint max_fields, WdDoorFraming *framing)
{
  const char *at = head;
  const char *end = head + length;
  const char *wrong;
  gboolean    is_1_0 = FALSE;
  guint       fields = 0;
  Seen        seen = { 0 };
  Span        line;

  *framing = (WdDoorFraming){ 0 };
  if (!next_line (&at, end, &line))
    return "A line of the head does not end in CRLF.";
  wrong = check_request_line (line, &is_1_0);
  while (wrong == NULL)
    {
      if (!next_line (&at, end, &line))
        return "A line of the head does not end in CRLF.";
      if (line.length == 0)
        break;
      if (++fields > max_fields)
        return "The head has too many fields.";
      wrong = check_field (line, is_1_0, &seen, framing);
    }
  return wrong ? wrong : check_framing (&seen, is_1_0, framing);
}

char *
wd_door_guard_dup_field (const char *head, gsize length, const char *name)
{
  const char *at = head;
  const char *end = head + length;
  Span        line, found, value;

  if (!next_line (&at, end, &line))
    return NULL;
  while (next_line (&at, end, &line) && line.length > 0)
    if (split_field (line, &found, &value) && is_named (found, name))
      return g_strndup (value.at, value.length);
  return NULL;
}
