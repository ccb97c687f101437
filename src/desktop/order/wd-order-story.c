/* wd-order-story.c — the timeline of an order
 *
 * What happened is the server's to tell; what was given here and waits stands on top of it as unconfirmed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-event-words.h"
#include "wd-format.h"
#include "wd-story-times.h"

#include <glib/gi18n.h>

typedef struct
{
  WdDesk    *desk;
  GPtrArray *entries;
} Story;

static void
add_given (const WdCommand *command, gint64 given_at, gpointer data)
{
  Story           *story = data;
  WdTimelineEntry *entry = wd_event_words_given (story->desk, command, given_at);

  if (entry != NULL)
    g_ptr_array_add (story->entries, entry);
}

static void
add_event (JsonArray *array, guint index, JsonNode *node, gpointer data)
{
  Story           *story = data;
  WdTimelineEntry *entry = JSON_NODE_HOLDS_OBJECT (node) ? wd_event_words (story->desk, json_node_get_object (node)) : NULL;

  if (entry != NULL)
    g_ptr_array_add (story->entries, entry);
}

static JsonArray *
events_of (JsonNode *root)
{
  JsonNode *events = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "events") : NULL;

  return events != NULL && JSON_NODE_HOLDS_ARRAY (events) ? json_node_get_array (events) : NULL;
}

void
_wd_order_page_show_story (WdOrderPage *self)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_timeline_entry_free);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  const WdOrder        *order = _wd_order_page_get_order (self);
  JsonArray            *events = events_of (self->events);
  Story                 story = { self->desk, entries };

  if (events != NULL)
    json_array_foreach_element (events, add_event, &story);
  wd_desk_foreach_given (self->desk, self->id, add_given, &story);
  if (order != NULL)
    wd_story_times_tell (entries, order, zone);
  wd_timeline_show (self->timeline, entries, zone);
  gtk_widget_set_visible (self->note_box, wd_desk_may_give (self->desk, WD_VERB_NOTE, self->id, NULL));
}

static void
answered_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdOrderPage) self = data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonNode)    root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  gboolean                known = self->events != NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->story_problem), error != NULL);
  if (error != NULL)
    {
      gtk_label_set_label (self->story_problem, known ? _ ("No link: this is what was known last. It goes on by itself when the link is back.")
                                                      : _ ("No link: what happened before is at the server. It comes by itself when the link is back."));
      return;
    }
  g_clear_pointer (&self->events, json_node_unref);
  self->events = g_steal_pointer (&root);
  _wd_order_page_show_story (self);
}

void
_wd_order_page_ask_story (WdOrderPage *self)
{
  const WdOrder   *order = _wd_order_page_get_order (self);
  g_autofree char *path = NULL;

  if (order == NULL || wd_order_item_get_confirmed (self->item) == NULL)
    return; /* the server has not heard of it */
  path = g_strdup_printf ("/v1/orders/%s/events", self->id);
  wd_uplink_ask_async (wd_desk_get_uplink (self->desk), path, self->asking, answered_cb, g_object_ref (self));
}
