/* wd-request.c — what was asked, as copies that any thread may read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-router-private.h"

#include <string.h>

WdRequest *
wd_request_new (WdDoorStream *stream, SoupServerMessage *message, GHashTable *query)
{
  WdRequest  *self = g_new0 (WdRequest, 1);
  const char *asked = g_uri_get_query (soup_server_message_get_uri (message));

  g_atomic_ref_count_init (&self->refs);
  self->method = g_strdup (soup_server_message_get_method (message));
  self->path = g_strdup (g_uri_get_path (soup_server_message_get_uri (message)));
  self->query = query ? g_hash_table_ref (query) : g_hash_table_new (g_str_hash, g_str_equal);
  self->cut = asked != NULL && strstr (asked, "%00") != NULL;
  self->head = wd_door_stream_dup_head (stream);
  self->address = g_strdup (wd_door_stream_get_address (stream));
  self->local = wd_door_stream_is_local (stream);
  self->loopback = wd_door_stream_is_loopback (stream);
  return self;
}

WdRequest *
wd_request_ref (WdRequest *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wd_request_unref (WdRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  wd_request_set_actor (self, NULL, 0, NULL);
  for (guint i = 0; i < WD_ROUTER_MAX_ARGS; i++)
    g_free (self->args[i]);
  g_free (self->method);
  g_free (self->path);
  g_free (self->address);
  g_hash_table_unref (self->query);
  g_bytes_unref (self->head);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->spool, wd_spool_free);
  g_free (self);
}

const char *
wd_request_get_arg (WdRequest *self, const char *name)
{
  for (guint i = 0; i < WD_ROUTER_MAX_ARGS && self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], name))
      return self->args[i];
  g_return_val_if_reached (NULL);
}

const char *
wd_request_get_query (WdRequest *self, const char *name)
{
  return g_hash_table_lookup (self->query, name);
}

GHashTable *
wd_request_get_query_table (WdRequest *self)
{
  return self->query;
}

char *
wd_request_dup_header (WdRequest *self, const char *name)
{
  gsize       length;
  const char *head = g_bytes_get_data (self->head, &length);

  return wd_door_guard_dup_field (head, length, name);
}

GBytes *
wd_request_get_body (WdRequest *self)
{
  return self->body;
}

int
wd_request_rewind_spool (WdRequest *self)
{
  return wd_spool_rewind (self->spool);
}

const char *
wd_request_get_address (WdRequest *self)
{
  return self->address;
}

gboolean
wd_request_is_local (WdRequest *self)
{
  return self->local;
}

gboolean
wd_request_is_loopback (WdRequest *self)
{
  return self->loopback;
}

gpointer
wd_request_get_actor (WdRequest *self)
{
  return self->actor;
}

void
wd_request_set_actor (WdRequest *self, gpointer actor, guint role, GDestroyNotify free_func)
{
  if (self->free_actor != NULL)
    self->free_actor (self->actor);
  self->actor = actor;
  self->role = role;
  self->free_actor = free_func;
}
