/* wd-event-row.c — an event as its row, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-event-row.h"

#include "wd-member-json.h"

#include <string.h>

const char *
wd_kind_to_text (WdObjectKind kind)
{
  return kind == WD_OBJECT_NONE ? "" : wd_enum_nick (WD_TYPE_OBJECT_KIND, kind);
}

WdObjectKind
wd_kind_from_text (const char *text)
{
  return *text == '\0' ? WD_OBJECT_NONE : wd_enum_value (WD_TYPE_OBJECT_KIND, text);
}

char *
wd_event_data (const WdEvent *event)
{
  GString *json = g_string_sized_new (256);

  wd_members_append_json (json, wd_verb_info (event->verb), event->data);
  return g_string_free (json, FALSE);
}

GPtrArray *
wd_event_seal (const WdEvent *event, GBytes *object_key)
{
  GPtrArray          *boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_box_free);
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantIter        iter;
  const char         *name;
  GVariant           *value;

  if (event->sealed == NULL)
    return boxes;
  g_variant_iter_init (&iter, event->sealed);
  for (; g_variant_iter_next (&iter, "{&sv}", &name, &value); g_variant_unref (value))
    {
      char id[64];

      g_snprintf (id, sizeof id, "%" G_GINT64_FORMAT ".%s", event->seq, name);
      g_string_truncate (text, 0);
      wd_member_append_json (text, wd_verb_member (wd_verb_info (event->verb), name), value);
      g_ptr_array_add (boxes, wd_box_seal (object_key, event->object, id, name, text->str));
    }
  return boxes;
}

/* A JSON object's text as the members of @info's verb. */
static GVariant *
read_members (const WdVerbInfo *info, const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "members are not an object");
      return NULL;
    }
  return wd_members_from_json (info, json_node_get_object (root), error);
}

WdEvent *
wd_event_from_row (const WdRows *rows, guint row, GPtrArray **boxes, GError **error)
{
  const WdVerbInfo    *info = wd_verb_lookup_event (wd_rows_text (rows, row, 1, NULL));
  g_autoptr (GVariant) members = NULL;
  WdEvent             *event;
  gsize                length;
  const char          *data = wd_rows_text (rows, row, 8, &length);

  if (info == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "event %" G_GINT64_FORMAT " has an unknown verb", wd_rows_int (rows, row, 0));
      return NULL;
    }
  members = read_members (info, data, (gssize)length, error);
  if (members == NULL || (boxes != NULL && (*boxes = wd_boxes_from_text (wd_rows_text (rows, row, 9, NULL), error)) == NULL))
    {
      g_prefix_error (error, "event %" G_GINT64_FORMAT ": ", wd_rows_int (rows, row, 0));
      return NULL;
    }
  event = wd_event_new (info->verb, wd_kind_from_text (wd_rows_text (rows, row, 2, NULL)),
                        wd_rows_text (rows, row, 3, NULL), wd_rows_int (rows, row, 4), wd_rows_int (rows, row, 5));
  event->seq = wd_rows_int (rows, row, 0);
  event->by = g_strdup (wd_rows_text (rows, row, 6, NULL));
  event->by_unit = g_strdup (wd_rows_text (rows, row, 7, NULL));
  g_variant_unref (event->data);
  event->data = g_steal_pointer (&members);
  return event;
}

gboolean
wd_event_unseal (WdEvent *event, GPtrArray *boxes, GBytes *object_key, GError **error)
{
  g_autoptr (GString) json = g_string_new ("{");
  GVariant           *sealed;

  for (guint i = 0; i < boxes->len; i++)
    {
      const WdBox     *box = boxes->pdata[i];
      g_autofree char *text = NULL;

      if (box->sealed == NULL)
        continue;
      text = wd_box_open (box, object_key, event->object, box->sealed, error);
      if (text == NULL)
        return FALSE;
      g_string_append_printf (json, "%s\"%s\":%s", json->len > 1 ? "," : "", box->field, text);
    }
  if (json->len == 1)
    return TRUE;
  g_string_append_c (json, '}');
  sealed = read_members (wd_verb_info (event->verb), json->str, (gssize)json->len, error);
  if (sealed == NULL)
    return FALSE;
  g_clear_pointer (&event->sealed, g_variant_unref);
  event->sealed = sealed;
  return TRUE;
}
