/* wd-area-inside.c — who is inside the area of a quality case, which its body does not say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-inside.h"

#include "wd-area-words.h"
#include "wd-json.h"
#include "wd-problem.h"

struct _WdAreaInside
{
  WdDesk *desk;
  void (*told) (gpointer data);
  gpointer      data;
  GHashTable   *counts; /* id → Count */
  GCancellable *asking;
};

typedef struct
{
  char *area;
  char *words; /* NULL until the server has counted */
} Count;

static void
count_free (gpointer data)
{
  g_free (((Count *)data)->area);
  g_free (((Count *)data)->words);
  g_free (data);
}

WdAreaInside *
wd_area_inside_new (WdDesk *desk, void (*told) (gpointer data), gpointer data)
{
  WdAreaInside *self = g_new0 (WdAreaInside, 1);

  self->desk = desk;
  self->told = told;
  self->data = data;
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, count_free);
  self->asking = g_cancellable_new ();
  return self;
}

void
wd_area_inside_free (WdAreaInside *self)
{
  g_cancellable_cancel (self->asking);
  g_object_unref (self->asking);
  g_hash_table_unref (self->counts);
  g_free (self);
}

static char *
describe (const char *affected)
{
  WdAffected read = wd_affected_read (affected);

  return wd_affected_describe (&read);
}

/* --- asking ------------------------------------------------------------------------------ */

typedef struct
{
  WdAreaInside *self; /* gone where it was cancelled */
  char         *id, *area;
} Asked;

static void
asked_free (Asked *asked)
{
  g_free (asked->id);
  g_free (asked->area);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static gboolean
is_refused (const GError *error)
{
  return g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_REFUSED) &&
         !g_str_equal (error->message, wd_problem_code_get_nick (WD_PROBLEM_BUSY)) &&
         !g_str_equal (error->message, wd_problem_code_get_nick (WD_PROBLEM_STORAGE));
}

/* What the server refuses, it refuses; else it is asked again when there is reason to look. */
static void
counted_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked)    asked = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  g_autofree char     *answer = root != NULL ? json_to_string (root, FALSE) : NULL;
  Count               *count;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  count = g_hash_table_lookup (asked->self->counts, asked->id);
  if (count == NULL || !g_str_equal (count->area, asked->area)) /* it is another shape by now */
    return;
  count->words = describe (answer);
  if (error != NULL && !is_refused (error))
    g_hash_table_remove (asked->self->counts, asked->id);
  else if (count->words != NULL)
    asked->self->told (asked->self->data);
}

static void
ask (WdAreaInside *self, const char *id, const char *area)
{
  g_autofree char *body = g_strdup_printf ("{\"area\":%s}", area);
  Count           *count = g_new0 (Count, 1);
  Asked           *asked = g_new (Asked, 1);

  count->area = g_strdup (area);
  g_hash_table_replace (self->counts, g_strdup (id), count);
  *asked = (Asked){ self, g_strdup (id), g_strdup (area) };
  wd_uplink_post_async (wd_desk_get_uplink (self->desk), "/v1/affected", body, self->asking, counted_cb, asked);
}

char *
wd_area_inside_describe (WdAreaInside *self, WdAreaItem *item)
{
  const WdQuality *quality = wd_area_item_get_quality (item);
  const char      *id = wd_area_item_get_id (item), *area = wd_area_item_get_area (item);
  WdAreaItem      *born = quality != NULL && quality->outage != NULL ? wd_desk_get_area (self->desk, quality->outage) : NULL;
  const WdOutage  *outage = born != NULL ? wd_area_item_get_outage (born) : NULL;
  const Count     *count = g_hash_table_lookup (self->counts, id);

  if (quality == NULL || area == NULL)
    return NULL;
  if (outage != NULL && outage->affected != NULL)
    return describe (outage->affected);
  if (count != NULL && g_str_equal (count->area, area))
    return g_strdup (count->words);
  ask (self, id, area);
  return NULL;
}
