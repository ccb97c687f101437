/* wd-feed.c — changes written once, chosen for each audience
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-feed.h"

#include "wd-json.h"

struct _WdFeedBatch
{
  WdCommit *commit;
  GStrv     shown; /* for each change: as those see it who may */
};

static void
begin_change (GString *json, const WdChange *change)
{
  g_string_append_printf (json, "{\"seq\":%" G_GINT64_FORMAT ",\"kind\":\"%s\",\"id\":\"%s\",\"version\":%" G_GINT64_FORMAT,
                          change->seq, wd_enum_nick (WD_TYPE_OBJECT_KIND, change->kind), change->id, change->version);
}

WdFeedBatch *
wd_feed_batch_new (WdCommit *commit)
{
  WdFeedBatch *batch = g_atomic_rc_box_new0 (WdFeedBatch);

  batch->commit = commit;
  batch->shown = g_new0 (char *, commit->changes->len + 1);
  for (guint i = 0; i < commit->changes->len; i++)
    {
      const WdChange *change = commit->changes->pdata[i];
      gsize           size;
      const char     *body = g_bytes_get_data (change->body, &size);
      GString        *json = g_string_sized_new (size + 160);

      begin_change (json, change);
      g_string_append (json, ",\"body\":");
      g_string_append_len (json, body, size);
      g_string_append (json, ",\"why\":null}");
      batch->shown[i] = g_string_free (json, FALSE);
    }
  return batch;
}

WdFeedBatch *
wd_feed_batch_ref (WdFeedBatch *batch)
{
  return g_atomic_rc_box_acquire (batch);
}

static void
clear_batch (gpointer data)
{
  WdFeedBatch *batch = data;

  wd_commit_free (batch->commit);
  g_strfreev (batch->shown);
}

void
wd_feed_batch_unref (WdFeedBatch *batch)
{
  g_atomic_rc_box_release_full (batch, clear_batch);
}

const WdCommit *
wd_feed_batch_commit (WdFeedBatch *batch)
{
  return batch->commit;
}

gboolean
wd_feed_meet (const char *const *some, const char *const *others)
{
  for (guint i = 0; some != NULL && some[i] != NULL; i++)
    if (g_strv_contains (others, some[i]))
      return TRUE;
  return FALSE;
}

GBytes *
wd_feed_batch_message (WdFeedBatch *batch, const char *const *readers, gint64 since)
{
  GString *json = NULL;

  for (guint i = 0; i < batch->commit->changes->len; i++)
    {
      const WdChange *change = batch->commit->changes->pdata[i];
      gboolean        seen = wd_feed_meet ((const char *const *)change->readers, readers);

      if (!seen && !wd_feed_meet ((const char *const *)change->left, readers))
        continue;
      if (json == NULL)
        json = g_string_new ("{\"changes\":[");
      else
        g_string_append_c (json, ',');
      if (seen)
        g_string_append (json, batch->shown[i]);
      else
        {
          begin_change (json, change);
          g_string_append (json, ",\"body\":null,\"why\":\"left\"}");
        }
    }

  if (json == NULL)
    return NULL;
  g_string_append_printf (json, "],\"since\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT "}",
                          since, batch->commit->seq);
  return g_string_free_to_bytes (json);
}
