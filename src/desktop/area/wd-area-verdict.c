/* wd-area-verdict.c — what a shape is worth while it is drawn: is it one, where is it wrong, how large is it
 *
 * Said at once of what is small, so that the mark of a crossing is under the hand; of what has many corners a worker says it, one
 * question after another: what is shown may then be of a moment ago, but it is given only once the last answer is in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-format.h"
#include "wd-shape-words.h"
#include "wd-shape.h"

#include <glib/gi18n.h>

#define AT_ONCE 500 /* corners: well below a millisecond */

/* Whichever way they were drawn, outer rings run counterclockwise and holes clockwise (RFC 7946 §3.1.6). */
char *
_wd_area_write_geojson (GPtrArray *rings, GArray *starts)
{
  GString *text = g_string_new ("{\"type\":\"MultiPolygon\",\"coordinates\":[");

  for (guint i = 0, part = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];
      gboolean      first = part < starts->len && g_array_index (starts, guint, part) == i;
      gboolean      turned = wd_shape_runs_counterclockwise (ring) != first;

      if (first)
        g_string_append (text, part++ > 0 ? "],[" : "[");
      g_string_append (text, first ? "[" : ",[");
      for (guint j = 0; j < ring->len; j++)
        {
          WdPoint at = g_array_index (ring, WdPoint, turned ? ring->len - 1 - j : j);
          char    lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (text, "%s[%s,%s]", j > 0 ? "," : "", g_ascii_formatd (lon, sizeof lon, "%.7f", at.lon),
                                  g_ascii_formatd (lat, sizeof lat, "%.7f", at.lat));
        }
      g_string_append_c (text, ']');
    }
  g_string_append (text, "]]}");
  return g_string_free (text, FALSE);
}

/* --- what it is worth, in any thread ----------------------------------------------------- */

typedef struct
{
  WdSketch *sketch;
  guint64   turn;
  char     *geojson; /* NULL where there is no closed ring */
  char     *fault;   /* why it is none … */
  WdPoint   at;      /* … and where */
  char     *words;
} Verdict;

static void
verdict_free (Verdict *verdict)
{
  wd_sketch_free (verdict->sketch);
  g_free (verdict->geojson);
  g_free (verdict->fault);
  g_free (verdict->words);
  g_free (verdict);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Verdict, verdict_free)

/* Where there is no part a hole is in none. */
static gboolean
find_hole (const WdSketch *sketch, WdPoint *at)
{
  for (guint i = 0; i < wd_sketch_get_n_rings (sketch); i++)
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (sketch, i, &n);

      if (!wd_sketch_is_hole (sketch, i) || n == 0)
        continue;
      *at = corners[0];
      return TRUE;
    }
  return FALSE;
}

static char *
find_fault (const WdSketch *sketch, GPtrArray *rings, GArray *starts, WdPoint *at)
{
  WdCrossing  crossing;
  const char *fault;

  at->lon = NAN;
  if (wd_sketch_is_too_large (sketch))
    return wd_shape_words ("a shape has at most 10,000 vertices");
  if (wd_sketch_find_crossing (sketch, &crossing))
    {
      *at = crossing.at;
      return wd_shape_words_crossing (sketch, &crossing);
    }
  if (wd_sketch_is_begun (sketch))
    return g_strdup (_ ("the ring is not closed yet: Enter, or a click on its first corner"));
  if (rings->len > 0)
    fault = wd_shape_fault (rings, starts, at);
  else
    fault = find_hole (sketch, at) ? "a hole lies outside its polygon" : NULL;
  return fault != NULL ? wd_shape_words (fault) : NULL;
}

static char *
describe (const WdSketch *sketch, GPtrArray *rings, GArray *starts)
{
  g_autoptr (WdArea) area = rings->len > 0 ? wd_area_new_for_rings (rings, starts) : NULL;
  g_autofree char   *n = wd_format_count (wd_sketch_get_n_corners (sketch));

  if (area == NULL)
    return g_strdup (_ ("no shape: only the text tells where it is"));
  return g_strdup_printf (_ ("a good shape · %1$s corners · %2$.2f km²"), n, wd_area_get_total_size (area) / 1e6);
}

static void
judge (Verdict *verdict)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_sketch_dup_rings (verdict->sketch, &starts);

  verdict->geojson = rings->len > 0 ? _wd_area_write_geojson (rings, starts) : NULL;
  verdict->fault = find_fault (verdict->sketch, rings, starts, &verdict->at);
  verdict->words = verdict->fault != NULL ? g_strdup (verdict->fault) : describe (verdict->sketch, rings, starts);
}

/* --- asking for it -------------------------------------------------------------------------- */

static void
show (WdAreaPage *self, const char *words)
{
  if (self->fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "problem");
  if (g_strcmp0 (gtk_label_get_label (self->verdict), words) != 0)
    gtk_label_set_label (self->verdict, words);
}

static void
take (WdAreaPage *self, Verdict *verdict)
{
  g_free (self->geojson);
  g_free (self->fault);
  self->geojson = g_steal_pointer (&verdict->geojson);
  self->fault = g_steal_pointer (&verdict->fault);
  self->judged = verdict->turn;
  wd_sketch_layer_set_fault (self->layer, verdict->at);
  show (self, verdict->words);
  _wd_area_editor_judge (self);
  if (self->judged == self->turn)
    _wd_area_count_ask (self);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  judge (data);
  g_task_return_boolean (task, TRUE);
}

static void ask (WdAreaPage *self);

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdAreaPage *self = WD_AREA_PAGE (source);

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* what was drawn then is not drawn any more */
  g_clear_object (&self->judging);
  take (self, g_task_get_task_data (G_TASK (result)));
  if (self->judged != self->turn)
    ask (self);
}

static void
ask (WdAreaPage *self)
{
  g_autoptr (Verdict) verdict = g_new0 (Verdict, 1);
  g_autoptr (GTask)   task = NULL;

  verdict->sketch = wd_sketch_copy (self->sketch);
  verdict->turn = self->turn;
  if (wd_sketch_get_n_corners (verdict->sketch) <= AT_ONCE)
    {
      judge (verdict);
      take (self, verdict);
      return;
    }
  self->judging = g_cancellable_new ();
  task = g_task_new (self, self->judging, judged_cb, NULL);
  g_task_set_name (task, "judge a shape");
  g_task_set_task_data (task, g_steal_pointer (&verdict), (GDestroyNotify)verdict_free);
  g_task_run_in_thread (task, work);
}

void
_wd_area_verdict_ask (WdAreaPage *self)
{
  self->turn++;
  if (self->judging == NULL)
    ask (self);
  if (self->judged == self->turn)
    return;
  g_clear_handle_id (&self->count_source, g_source_remove);
  _wd_area_editor_judge (self);
}

void
_wd_area_verdict_end (WdAreaPage *self)
{
  g_cancellable_cancel (self->judging);
  g_clear_object (&self->judging);
  g_clear_pointer (&self->geojson, g_free);
  g_clear_pointer (&self->fault, g_free);
}

const char *
_wd_area_verdict_fault (WdAreaPage *self)
{
  return self->judged != self->turn ? _ ("the shape is being checked") : self->fault;
}

/* Looked at after a pause, for it looks at all territories. */
gboolean
_wd_area_verdict_is_outside (WdAreaPage *self)
{
  WdPoint at;

  if (self->geojson == NULL || !wd_desk_lies_outside (self->desk, self->geojson, &at))
    return FALSE;
  g_free (self->fault);
  self->fault = wd_shape_words ("it lies outside all territories of the utility");
  wd_sketch_layer_set_fault (self->layer, at);
  show (self, self->fault);
  _wd_area_editor_judge (self);
  return TRUE;
}
