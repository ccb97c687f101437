/* test-door-guard.c — heads that are one request and heads that may be two
 *
 * What test_door.py tries over a socket is not repeated here: this looks at
 * the edges, and at heads changed at random, where what the guard lets pass
 * must be to libsoup exactly what it was to the guard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-frames.h"
#include "wd-door-guard.h"

#include <libsoup/soup.h>
#include <string.h>

#define ROUNDS 200000

static void
test_end (void)
{
  /* clang-format off */
  static const struct { const char *data; gsize end; } cases[] = {
    { "", 0 }, { "\n", 0 }, { "\r\n", 0 }, { "a\r\n\r", 0 }, { "a\r\n\r\n", 5 }, { "a\n\n", 3 }, { "a\n\r\n", 4 },
    { "a\r\n\r\nb\r\n\r\n", 5 }, { "a\r\nb\r\n", 0 }, { "a\r\r\n\r\n", 6 }, { "\r\n\r\n", 4 },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (wd_door_guard_find_end (cases[i].data, strlen (cases[i].data)), ==, cases[i].end);
}

static void
test_framing (void)
{
  /* clang-format off */
  static const struct { const char *fields; gboolean good; gint64 length; gboolean expects; } cases[] = {
    { "", TRUE, 0, FALSE },
    { "Content-Length: 0\r\n", TRUE, 0, FALSE },
    { "Content-Length: 007\r\n", TRUE, 7, FALSE },
    { "content-length:\t42 \r\n", TRUE, 42, FALSE },
    { "Content-Length: 999999999999999999\r\n", TRUE, 999999999999999999, FALSE },
    { "Content-Length: 9223372036854775808\r\n", FALSE },
    { "Content-Length: 1 0\r\n", FALSE },
    { "Content-Length: \r\n", FALSE },
    { "Content-Length:\v7\r\n", FALSE },
    { "Transfer-Encoding: Chunked\r\n", TRUE, -1, FALSE },
    { "Transfer-Encoding: chunked, chunked\r\n", FALSE },
    { "Transfer-Encoding: chunked;q=1\r\n", FALSE },
    { "Transfer-Encoding:\r\n", FALSE },
    { "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", FALSE },
    { "Expect: 100-continue\r\nContent-Length: 5\r\n", TRUE, 5, TRUE },
    { "X-Content-Length: 9\r\n", TRUE, 0, FALSE },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *head = g_strdup_printf ("POST / HTTP/1.1\r\nHost: x\r\n%s\r\n", cases[i].fields);
      WdDoorFraming    framing;
      const char      *wrong = wd_door_guard_check (head, strlen (head), 100, &framing);

      g_test_message ("%s: %s", cases[i].fields, wrong ? wrong : "fine");
      g_assert_cmpint (wrong == NULL, ==, cases[i].good);
      if (wrong == NULL)
        {
          g_assert_cmpint (framing.content_length, ==, cases[i].length);
          g_assert_cmpint (framing.expects, ==, cases[i].expects);
        }
    }
}

static void
test_fields (void)
{
  const char      *head = "GET / HTTP/1.1\r\nHost: x\r\nX-Y:  a b \t\r\nx-y: second\r\nEmpty:\r\n\r\n";
  g_autofree char *found = wd_door_guard_dup_field (head, strlen (head), "x-Y");
  g_autofree char *empty = wd_door_guard_dup_field (head, strlen (head), "Empty");
  WdDoorFraming    framing;

  g_assert_cmpstr (found, ==, "a b");
  g_assert_cmpstr (empty, ==, "");
  g_assert_null (wd_door_guard_dup_field (head, strlen (head), "X"));
  g_assert_null (wd_door_guard_check (head, strlen (head), 4, &framing));
  g_assert_nonnull (wd_door_guard_check (head, strlen (head), 3, &framing));
}

/* --- Heads changed at random --- */

static const char *const pieces[] = {
  "Content-Length: 3\r\n",
  "Content-Length : 3\r\n",
  "Transfer-Encoding: chunked\r\n",
  "Host: y\r\n",
  "\r\n",
  "\n",
  "\r",
  " ",
  "\t",
  ":",
  "%",
  "%zz",
  "%41",
  "HTTP/1.1",
  "HTTP/1.0",
  "http://",
  "#",
  "[",
  "]",
  "@",
  "\x7f",
  "\xff",
  "..",
  "//",
  "?",
  "X: y\r\n",
  " X: y\r\n",
  "CONNECT",
};

static void
change (GString *head, GRand *rand)
{
  gsize at = g_rand_int_range (rand, 0, head->len + 1);
  gsize few = g_rand_int_range (rand, 0, 4);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      g_string_insert (head, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      break;
    case 1:
      g_string_insert_c (head, at, g_rand_int_range (rand, 0, 256));
      break;
    case 2:
      g_string_erase (head, at, MIN (few, head->len - at));
      break;
    default:
      if (at < head->len)
        head->str[at] = g_rand_int_range (rand, 0, 256);
    }
}

static guint
count_lines (const char *head, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += head[i] == '\n';
  return n;
}

static void
check_that_libsoup_agrees (const char *head, gsize length, const WdDoorFraming *framing)
{
  SoupMessageHeaders    *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  SoupMessageHeadersIter iter;
  SoupHTTPVersion        version;
  g_autofree char       *method = NULL, *path = NULL, *uri = NULL;
  g_autoptr (GUri)       parsed = NULL;
  const char            *name, *value;
  guint                  n = 0;

  /* libsoup takes the head without its empty line. */
  g_assert_cmpuint (soup_headers_parse_request (head, length - 2, headers, &method, &path, &version), ==, 200);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    n++;
  g_assert_cmpuint (n, ==, count_lines (head, length) - 2);
  g_assert_cmpint (soup_message_headers_get_encoding (headers), ==,
                   framing->content_length < 0 ? SOUP_ENCODING_CHUNKED : soup_message_headers_get_one (headers, "Content-Length") ? SOUP_ENCODING_CONTENT_LENGTH
                                                                                                                                  : SOUP_ENCODING_NONE);
  if (framing->content_length > 0)
    g_assert_cmpint (soup_message_headers_get_content_length (headers), ==, framing->content_length);

  uri = path[0] == '/' ? g_strdup_printf ("http://%s%s", soup_message_headers_get_one (headers, "Host") ? soup_message_headers_get_one (headers, "Host") : "y", path)
                       : g_strdup (path);
  parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  if (path[0] == '/')
    g_assert_nonnull (parsed);
  soup_message_headers_unref (headers);
}

static void
test_random_heads (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  guint             passed = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GString) head = g_string_new ("POST /a/b?c=%20d HTTP/1.1\r\nHost: x:80\r\nContent-Length: 3\r\nX: y\r\n\r\n");
      g_autofree char    *exact = NULL; /* where a read too far is seen by a sanitizer */
      WdDoorFraming       framing;
      gsize               end;

      for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        change (head, rand);
      end = wd_door_guard_find_end (head->str, head->len);
      exact = g_memdup2 (head->str, end);
      if (end == 0 || wd_door_guard_check (exact, end, 100, &framing) != NULL)
        continue;
      passed++;
      check_that_libsoup_agrees (head->str, end, &framing);
    }
  g_test_message ("%u of %u passed the guard", passed, ROUNDS);
  g_assert_cmpuint (passed, >, ROUNDS / 100);
}

/* --- Frames --- */

static void
test_frames (void)
{
  /* clang-format off */
  static const struct { const char *bytes; gsize length; guint64 most; guint64 after; } cases[] = {
    { "\x81\x82mask" "hi", 8, 2, 0 },
    { "\x81\x80mask", 6, 0, 0 },
    { "\x01\x82mask" "hi", 8, 2, 2 },
    { "\x01\x82mask" "hi" "\x89\x85mask" "hello" "\x00\x81mask" "x", 26, 3, 3 },
    { "\x01\x82mask" "hi" "\x80\x81mask" "x" "\x01\x81mask" "y", 22, 3, 1 },
    { "\x81\xfe\x01\x00", 4, 256, 256 },
    { "\x81\xff\x00\x00\x00\x00\x00\x10\x00\x00", 10, 1 << 20, 1 << 20 },
    { "\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10, G_GUINT64_CONSTANT (1) << 62, G_GUINT64_CONSTANT (1) << 62 },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const guint8 *bytes = (const guint8 *)cases[i].bytes;
      WdDoorFrames  whole = { 0 };
      WdDoorFrames  single = { 0 };
      guint64       most = 0;

      g_assert_cmpuint (wd_door_frames_count (&whole, bytes, cases[i].length), ==, cases[i].most);
      g_assert_cmpuint (whole.message, ==, cases[i].after);
      for (gsize n = 0; n < cases[i].length; n++)
        {
          guint64 now = wd_door_frames_count (&single, bytes + n, 1);

          most = MAX (most, now);
        }
      g_assert_cmpuint (most, ==, cases[i].most);
      g_assert_cmpuint (single.message, ==, cases[i].after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/door-guard/finds-the-end-of-a-head", test_end);
  g_test_add_func ("/door-guard/knows-how-long-a-body-is", test_framing);
  g_test_add_func ("/door-guard/finds-fields", test_fields);
  g_test_add_func ("/door-guard/lets-pass-only-what-libsoup-reads-alike", test_random_heads);
  g_test_add_func ("/door-frames/sums-up-what-is-unfinished", test_frames);
  return g_test_run ();
}
