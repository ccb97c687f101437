/* wd-area-files.c — GeoJSON in and out, and copies of earlier areas
 *
 * What is wrong with a file is said by name and place, and what was drawn stays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-area-read.h"
#include "wd-ask-dialog.h"
#include "wd-format.h"
#include "wd-json.h"
#include "wd-shape-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* --- reading ------------------------------------------------------------------------- */

/* With the place marked, where it has one that a map shows; the map goes there. */
static void
say_fault (WdAreaPage *self, const GError *error)
{
  g_autofree char *fault = wd_shape_words (wd_rule_error_detail (error));
  g_autofree char *words = g_strdup_printf (_ ("The file was not taken: %s. What is drawn stays."), fault);
  WdPoint          at;

  if (wd_rule_error_at (error, &at) && fabs (at.lon) <= 180 && fabs (at.lat) <= WD_MERCATOR_MAX_LAT)
    {
      wd_sketch_layer_set_fault (self->layer, at);
      wd_map_view_show_point (self->map, at, 0);
    }
  wd_undo_say (self->overlay, words);
}

/* Takes what was read as one step; the map goes there, for a person asked for it. */
static void
take_rings (WdAreaPage *self, GPtrArray *rings, GArray *starts)
{
  g_autoptr (WdAreaShape) shape = wd_area_shape_new (WD_AREA_EMERGENCY, rings, starts);
  const WdMercator       *ends = wd_area_shape_get_ends (shape);

  wd_sketch_set (self->sketch, rings, starts);
  wd_sketch_layer_refresh (self->layer);
  wd_map_view_show_box (self->map, wd_mercator_to_point ((WdMercator){ ends[3].x, ends[1].y }), wd_mercator_to_point ((WdMercator){ ends[2].x, ends[0].y }));
  _wd_area_editor_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->layer));
}

/* What a worker found in a file. */
typedef struct
{
  GFile     *file;
  GPtrArray *rings;
  GArray    *starts;
  guint      skipped;
} Found;

static void
found_free (Found *found)
{
  g_object_unref (found->file);
  g_clear_pointer (&found->rings, g_ptr_array_unref);
  g_clear_pointer (&found->starts, g_array_unref);
  g_free (found);
}

static void
read_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Found  *found = data;
  GError *error = NULL;

  found->rings = wd_area_read_file (found->file, &found->starts, &found->skipped, &error);
  if (found->rings != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
say_unread (WdAreaPage *self, const GError *error)
{
  g_autofree char *words = g_strdup_printf (_ ("The file can't be read: %s"), error->message);

  wd_undo_say (self->overlay, words);
}

/* What came of a file, in the place of what was wrong with one before.  (transfer full) */
static char *
describe (WdAreaPage *self, const Found *found)
{
  g_autofree char    *corners = wd_format_count (wd_sketch_get_n_corners (self->sketch));
  g_autoptr (GString) words = g_string_new (NULL);

  /* Translators: of a file: how many vertices its shape has. */
  g_string_printf (words, _ ("Taken · %s corners"), corners);
  if (found->starts->len > 1)
    /* Translators: goes on the line before: how many polygons the shape has. */
    g_string_append_printf (words, ngettext (" · %u part", " · %u parts", found->starts->len), found->starts->len);
  if (found->skipped > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, ngettext ("%u feature that is no polygon was left out", "%u features that are no polygons were left out", found->skipped), found->skipped);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdAreaPage        *self = WD_AREA_PAGE (source);
  Found             *found = g_task_get_task_data (G_TASK (result));
  g_autofree char   *draft = data, *words = NULL;
  g_autoptr (GError) error = NULL;
  gboolean           taken = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->sketch == NULL || g_strcmp0 (draft, self->draft) != 0) /* something else is drawn by now */
    return;
  if (!taken)
    {
      (error->domain == WD_RULE_ERROR ? say_fault : say_unread) (self, error);
      return;
    }
  take_rings (self, found->rings, found->starts);
  words = describe (self, found);
  wd_undo_say (self->overlay, words);
}

static void
open_file (WdAreaPage *self, GFile *file)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, g_strdup (self->draft));
  Found            *found = g_new0 (Found, 1);

  found->file = g_object_ref (file);
  g_task_set_name (task, "read GeoJSON");
  g_task_set_task_data (task, found, (GDestroyNotify)found_free);
  g_task_run_in_thread (task, read_file);
}

/* --- the dialogs ---------------------------------------------------------------------------- */

static void
add_filter (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, "GeoJSON");
  gtk_file_filter_add_pattern (filter, "*.geojson");
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_cb (GtkNativeDialog *dialog, int response, WdAreaPage *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL && self->sketch != NULL)
    open_file (self, file);
  g_object_unref (dialog);
}

static void
saved_cb (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdAreaPage) self = data;
  g_autoptr (GError)     error = NULL;
  g_autofree char       *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    words = g_strdup (_ ("Saved"));
  else
    words = g_strdup_printf (_ ("Not saved: %s"), error->message);
  wd_undo_say (self->overlay, words);
}

static void
save_cb (GtkNativeDialog *dialog, int response, WdAreaPage *self)
{
  g_autoptr (GFile)  file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autoptr (GBytes) bytes = self->geojson != NULL ? g_bytes_new (self->geojson, strlen (self->geojson)) : NULL;

  if (file != NULL && bytes != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, saved_cb, g_object_ref (self));
  g_object_unref (dialog);
}

static void
file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage           *self = WD_AREA_PAGE (widget);
  gboolean              save = g_str_equal (name, "area.save-file");
  GtkFileChooserNative *dialog;

  if (save && self->geojson == NULL)
    {
      wd_undo_say (self->overlay, _ ("There is no closed ring to save yet"));
      return;
    }
  dialog = gtk_file_chooser_native_new (save ? _ ("Save GeoJSON") : _ ("Open GeoJSON"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, save ? _ ("_Save") : _ ("_Open"), _ ("_Leave It"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog));
  if (save)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "area.geojson");
  g_signal_connect_object (dialog, "response", save ? G_CALLBACK (save_cb) : G_CALLBACK (open_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- an earlier area --------------------------------------------------------------------------- */

static void
copy_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  char                **ids = g_object_get_data (G_OBJECT (dialog), "areas");
  WdAreaItem           *item = wd_desk_get_area (self->desk, ids[wd_ask_dialog_get_choice (dialog, 0)]);
  const char           *area = item != NULL ? wd_area_item_get_area (item) : NULL;
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = area != NULL && self->sketch != NULL ? wd_geometry_rings (area, &starts, NULL) : NULL;

  if (rings != NULL)
    take_rings (self, rings, starts);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage              *self = WD_AREA_PAGE (widget);
  GListModel              *areas = wd_desk_get_areas (self->desk);
  g_autoptr (GPtrArray)    names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  WdAskDialog             *dialog;

  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);
      g_autofree char       *title = wd_area_title (item);

      if (wd_area_item_get_area (item) == NULL)
        continue;
      g_ptr_array_add (names, g_strdup_printf ("%s · %s", title, wd_area_state (item)));
      g_strv_builder_add (ids, wd_area_item_get_id (item));
    }
  if (names->len == 0)
    {
      wd_undo_say (self->overlay, _ ("No earlier area is known here"));
      return;
    }
  g_ptr_array_add (names, NULL);
  dialog = wd_ask_dialog_new (widget, _ ("Copy an Earlier Area"), _ ("It takes the place of what is drawn; undo brings that back."), _ ("Copy"), _ ("Leave It"), NULL, FALSE);
  wd_ask_dialog_add_choice (dialog, _ ("Which area"), (const char *const *)names->pdata);
  wd_ask_dialog_focus_act (dialog);
  g_object_set_data_full (G_OBJECT (dialog), "areas", g_strv_builder_end (ids), (GDestroyNotify)g_strfreev);
  g_signal_connect_object (dialog, "done", G_CALLBACK (copy_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_wd_area_files_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "area.copy", NULL, copy_action);
  gtk_widget_class_install_action (klass, "area.open-file", NULL, file_action);
  gtk_widget_class_install_action (klass, "area.save-file", NULL, file_action);
}
