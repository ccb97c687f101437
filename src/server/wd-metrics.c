/* wd-metrics.c — GET /healthz and GET /metrics
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

void
wd_health_get (WdRequest *request, WdReply *reply, gpointer data)
{
  wd_reply_take_json (reply, g_strdup ("{\"status\":\"ok\"}"));
}

static gboolean
may_look (WdRequest *request)
{
  const WdActor *actor = wd_asker_actor (request);

  return wd_request_is_loopback (request) || (actor != NULL && actor->role == WD_ROLE_ADMIN);
}

static void
append (GString *text, const char *name, const char *type, const char *help, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "# HELP waterdesk_%s %s\n# TYPE waterdesk_%s %s\nwaterdesk_%s %s\n", name, help, name, type,
                          name, g_ascii_formatd (number, sizeof number, "%.15g", value));
}

void
wd_metrics_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService      *service = data;
  WdWriterFigures writer;
  WdDoorStats     door;
  GString        *text;

  if (!may_look (request))
    {
      wd_reply_set_problem (reply, wd_asker_actor (request) != NULL ? WD_PROBLEM_FORBIDDEN : WD_PROBLEM_UNAUTHORIZED,
                            NULL, NULL, NULL);
      return;
    }
  wd_writer_get_figures (service->writer, &writer);
  wd_door_get_stats (service->door, &door);

  text = g_string_new (NULL);
  append (text, "connections", "gauge", "Open connections.", door.open);
  append (text, "websockets", "gauge", "Open WebSockets.", door.sockets);
  append (text, "connections_accepted_total", "counter", "Connections accepted.", door.accepted);
  append (text, "connections_turned_away_total", "counter", "Connections over a limit.", door.turned_away);
  append (text, "requests_total", "counter", "Requests with a clean head.", door.requests);
  append (text, "bad_heads_total", "counter", "Requests refused for their head.", door.bad_heads);
  append (text, "timed_out_total", "counter", "Connections that were too slow.", door.timed_out);
  append (text, "received_bytes_total", "counter", "Bytes read from clients.", door.bytes_in);
  append (text, "sent_bytes_total", "counter", "Bytes written to clients.", door.bytes_out);
  append (text, "sessions", "gauge", "Sessions that are alive.", wd_sessions_count (service->sessions));
  append (text, "live_readers", "gauge", "Desks that follow the feed.", wd_live_count (service->live));
  append (text, "writer_batches_total", "counter", "Transactions of commands.", writer.batches);
  append (text, "writer_requests_total", "counter", "Requests with commands.", writer.requests);
  append (text, "writer_waiting", "gauge", "Requests that wait for the writer.", writer.waiting);
  append (text, "writer_errors_total", "counter", "Batches of which nothing was kept.", writer.errors);
  append (text, "clocks_fired_total", "counter", "Orders whose clocks were fired.", writer.fired);
  append (text, "wall_clock_stepped_seconds", "gauge", "How far the machine's wall clock has stepped since the start.",
          wd_server_clock_stepped (service->clock) / 1000.0);
  append (text, "clock_ahead_seconds", "gauge", "How far the last event was ahead of the wall clock at start.",
          wd_server_clock_ahead (service->clock) / 1000.0);
  {
    g_autoptr (GBytes) body = g_string_free_to_bytes (text);

    wd_reply_set_body (reply, "text/plain; version=0.0.4; charset=utf-8", body);
  }
}
