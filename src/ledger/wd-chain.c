/* wd-chain.c — each event bound to the one before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-chain.h"

#include <string.h>

static void
append_text (GString *bytes, const char *text)
{
  if (text == NULL)
    g_string_append_c (bytes, '-');
  else
    {
      g_string_append_printf (bytes, "%zu:", strlen (text));
      g_string_append (bytes, text);
    }
}

static void
append_int (GString *bytes, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  append_text (bytes, text);
}

GBytes *
wd_chain_link (WdKeys *keys, const WdChainEvent *event, GBytes *before, GError **error)
{
  GString           *bytes = g_string_sized_new (512);
  g_autoptr (GBytes) public_bytes = NULL;

  append_int (bytes, event->seq);
  append_int (bytes, event->key);
  append_text (bytes, event->verb);
  append_text (bytes, event->kind);
  append_text (bytes, event->object);
  append_int (bytes, event->at);
  append_int (bytes, event->entered_at);
  append_text (bytes, event->by);
  append_text (bytes, event->by_unit);
  append_text (bytes, event->data);
  append_text (bytes, event->boxes);
  public_bytes = g_string_free_to_bytes (bytes);
  return wd_keys_chain (keys, event->key, before, public_bytes, error);
}
