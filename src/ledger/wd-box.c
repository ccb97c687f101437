/* wd-box.c — one private member of one event, sealed once, apart from the chain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-box.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32

static GBytes *
hash_of (GBytes *sealed)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  guint8        hash[HASH_BYTES];

  crypto_generichash (hash, HASH_BYTES, data, size, NULL, 0);
  return g_bytes_new (hash, HASH_BYTES);
}

WdBox *
wd_box_seal (GBytes *object_key, const char *object, const char *id, const char *field, const char *text)
{
  WdBox *box = g_new0 (WdBox, 1);

  box->field = g_strdup (field);
  box->id = g_strdup (id);
  box->sealed = wd_keys_seal (object_key, object, id, field, text);
  box->hash = hash_of (box->sealed);
  return box;
}

void
wd_box_free (WdBox *box)
{
  if (box == NULL)
    return;
  g_free (box->field);
  g_free (box->id);
  g_bytes_unref (box->hash);
  g_clear_pointer (&box->sealed, g_bytes_unref);
  g_free (box);
}

char *
wd_box_open (const WdBox *box, GBytes *object_key, const char *object, GBytes *sealed, GError **error)
{
  g_autoptr (GBytes) hash = hash_of (sealed);

  if (!g_bytes_equal (hash, box->hash))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The box %s is not the one that the event names", box->id);
      return NULL;
    }
  return wd_keys_open (object_key, object, box->id, box->field, sealed, error);
}

char *
wd_boxes_to_text (GPtrArray *boxes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    {
      const WdBox *box = boxes->pdata[i];
      char         hex[2 * HASH_BYTES + 1];

      sodium_bin2hex (hex, sizeof hex, g_bytes_get_data (box->hash, NULL), HASH_BYTES);
      g_string_append_printf (text, "%s %s %s\n", box->field, box->id, hex);
    }
  return g_string_free (text, FALSE);
}

static WdBox *
box_from_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  guint8         hash[HASH_BYTES];
  gsize          length;
  WdBox         *box;

  if (g_strv_length (words) != 3 || strlen (words[2]) != 2 * HASH_BYTES ||
      sodium_hex2bin (hash, sizeof hash, words[2], strlen (words[2]), NULL, &length, NULL) != 0 || length != HASH_BYTES)
    return NULL;
  box = g_new0 (WdBox, 1);
  box->field = g_strdup (words[0]);
  box->id = g_strdup (words[1]);
  box->hash = g_bytes_new (hash, HASH_BYTES);
  return box;
}

GPtrArray *
wd_boxes_from_text (const char *text, GError **error)
{
  g_autoptr (GPtrArray) boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_box_free);
  g_auto (GStrv)        lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      WdBox *box = box_from_line (lines[i]);

      if (box == NULL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "An event names its boxes in a way that cannot be read");
          return NULL;
        }
      g_ptr_array_add (boxes, box);
    }
  return g_steal_pointer (&boxes);
}
