/* wd-door-answer.c — responses written past libsoup, where it would read on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-private.h"

const char *
wd_door_phrase (guint status)
{
  return status == 429 ? "Too Many Requests" : soup_status_get_phrase (status);
}

GBytes *
wd_door_answer_new (guint status, const char *fields, const char *content_type, GBytes *body)
{
  GString    *text = g_string_sized_new (512);
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\nConnection: close\r\n", status, wd_door_phrase (status));
  g_string_append_printf (text, "Content-Type: %s\r\nContent-Length: %zu\r\n", content_type, length);
  g_string_append (text, fields ? fields : "");
  g_string_append (text, "\r\n");
  g_string_append_len (text, data, length);
  return g_string_free_to_bytes (text);
}
