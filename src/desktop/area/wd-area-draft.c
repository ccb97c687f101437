/* wd-area-draft.c — what is drawn and written and not yet told, kept on disk while one draws, and offered after the next start
 *
 * Kept as the forms of calls are: within a second, through a crash too; it goes when it is told or thrown away, and
 * comes again when what was told is taken back.  With a revision
 * goes what it began from, so that what others told meanwhile is seen as it always is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-box-merge.h"
#include "wd-format.h"
#include "wd-json.h"

#include <glib/gi18n.h>

#define KEEP_MS 1000
#define RINGS "a(bba(dd))" /* is it a hole, is it open, its corners */

/* --- writing ------------------------------------------------------------------------- */

/* Of numbers, two for each corner, as they lie in memory: a builder would take a corner at a time. */
static GVariant *
write_rings (const WdSketch *sketch)
{
  GVariantBuilder rings;

  g_variant_builder_init (&rings, G_VARIANT_TYPE (RINGS));
  for (guint i = 0; i < wd_sketch_get_n_rings (sketch); i++)
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (sketch, i, &n);
      gboolean       open = wd_sketch_is_open (sketch) && i + 1 == wd_sketch_get_n_rings (sketch);

      g_variant_builder_open (&rings, G_VARIANT_TYPE ("(bba(dd))"));
      g_variant_builder_add (&rings, "b", wd_sketch_is_hole (sketch, i));
      g_variant_builder_add (&rings, "b", open);
      g_variant_builder_add_value (&rings, g_variant_new_fixed_array (G_VARIANT_TYPE ("(dd)"), corners, n, sizeof *corners));
      g_variant_builder_close (&rings);
    }
  return g_variant_builder_end (&rings);
}

/* Returns: (transfer full) */
static GVariant *
take_down (WdAreaPage *self)
{
  g_autofree char *begun = _wd_area_begun_write (self);
  GVariantDict     draft;

  g_variant_dict_init (&draft, NULL);
  g_variant_dict_insert (&draft, "purpose", "u", self->purpose);
  g_variant_dict_insert (&draft, "time", "x", wd_desk_now (self->desk));
  if (self->about != NULL)
    g_variant_dict_insert (&draft, "about", "s", self->about);
  if (begun != NULL)
    g_variant_dict_insert (&draft, "begun", "s", begun);
  if (wd_sketch_can_undo (self->sketch)) /* else it is as it was told */
    g_variant_dict_insert_value (&draft, "rings", write_rings (self->sketch));
  _wd_area_form_write (self, &draft);
  return g_variant_ref_sink (g_variant_dict_end (&draft));
}

char *
_wd_area_draft_write (WdAreaPage *self)
{
  g_autoptr (GVariant) whole = take_down (self);

  return g_variant_print (whole, TRUE);
}

static void
keep (WdAreaPage *self, const char *text)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = wd_format_minute (wd_desk_now (self->desk), zone), *words = g_strdup_printf (_ ("draft kept %s"), time);

  wd_desk_keep_draft (self->desk, self->draft, text);
  gtk_label_set_label (self->kept, text != NULL ? words : "");
}

/* Thousands of corners as text take longer than a frame. */
static void
print (GTask *task, gpointer source, gpointer whole, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_variant_print (whole, TRUE), g_free);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  if (text != NULL) /* nothing else is to be kept by now */
    keep (WD_AREA_PAGE (source), text);
}

static void
stop_printing (WdAreaPage *self)
{
  g_cancellable_cancel (self->printing);
  g_clear_object (&self->printing);
}

static gboolean
keep_cb (gpointer data)
{
  WdAreaPage       *self = data;
  g_autoptr (GTask) task = NULL;

  self->keeping = 0;
  stop_printing (self);
  if (!_wd_area_editor_holds_something (self))
    {
      keep (self, NULL);
      return G_SOURCE_REMOVE;
    }
  self->printing = g_cancellable_new ();
  task = g_task_new (self, self->printing, printed_cb, NULL);
  g_task_set_name (task, "write down what is drawn");
  g_task_set_task_data (task, take_down (self), (GDestroyNotify)g_variant_unref);
  g_task_run_in_thread (task, print);
  return G_SOURCE_REMOVE;
}

void
_wd_area_draft_changed (WdAreaPage *self)
{
  if (self->purpose == WD_AREA_IDLE || self->draft == NULL || self->keeping != 0)
    return;
  gtk_label_set_label (self->kept, "");
  self->keeping = g_timeout_add (KEEP_MS, keep_cb, self);
}

/* @id: (nullable): of one that is gone on with */
void
_wd_area_draft_begin (WdAreaPage *self, const char *id)
{
  g_autofree char *fresh = wd_desk_new_id ();

  g_free (self->draft);
  self->draft = id != NULL ? g_strdup (id) : g_strconcat (WD_DRAFT_AREA, fresh, NULL);
}

void
_wd_area_draft_end (WdAreaPage *self)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  stop_printing (self);
  if (self->draft != NULL)
    wd_desk_keep_draft (self->desk, self->draft, NULL);
  g_clear_pointer (&self->draft, g_free);
}

/* --- reading ------------------------------------------------------------------------- */

/* NULL where it is none that this program writes. */
static GVariant *
read_draft (WdAreaPage *self, const char *id)
{
  const char          *text = g_hash_table_lookup (wd_desk_get_drafts (self->desk), id);
  g_autoptr (GVariant) draft = text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;
  guint                purpose;

  if (draft == NULL || !g_variant_lookup (draft, "purpose", "u", &purpose) || purpose <= WD_AREA_IDLE || purpose > WD_AREA_DETERMINE)
    return NULL;
  return g_steal_pointer (&draft);
}

/* As one step, so that what was told can be had again. */
static void
read_rings (WdSketch *sketch, GVariant *rings)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray)    starts = g_array_new (FALSE, FALSE, sizeof (guint));
  GVariantIter          ring, *corners;
  gboolean              hole, open;
  WdPoint               at;

  wd_sketch_hold (sketch);
  wd_sketch_set (sketch, none, starts);
  g_variant_iter_init (&ring, rings);
  while (g_variant_iter_next (&ring, "(bba(dd))", &hole, &open, &corners))
    {
      wd_sketch_begin (sketch, hole);
      while (g_variant_iter_next (corners, "(dd)", &at.lon, &at.lat))
        wd_sketch_add (sketch, at);
      g_variant_iter_free (corners);
      if (!open)
        wd_sketch_close (sketch);
    }
  wd_sketch_release (sketch);
}

static void
resume (WdAreaPage *self, const char *id)
{
  const char          *about = NULL, *begun = NULL;
  g_autoptr (GVariant) draft = read_draft (self, id);
  g_autoptr (GVariant) rings = draft != NULL ? g_variant_lookup_value (draft, "rings", G_VARIANT_TYPE (RINGS)) : NULL;
  g_autofree char     *kept = g_strdup (id); /* the button that names it goes */
  guint                purpose;

  if (draft == NULL || self->purpose != WD_AREA_IDLE)
    return;
  g_variant_lookup (draft, "purpose", "u", &purpose);
  g_variant_lookup (draft, "about", "&s", &about);
  g_variant_lookup (draft, "begun", "&s", &begun);
  if (purpose != WD_AREA_DECLARE && (about == NULL || wd_desk_get_area (self->desk, about) == NULL))
    {
      wd_undo_say (self->overlay, _ ("What it is about is not known here any more"));
      return;
    }
  _wd_area_editor_begin (self, purpose, about);
  _wd_area_draft_begin (self, kept);
  if (begun != NULL)
    _wd_area_begun_read (self, begun);
  _wd_area_form_read_draft (self, draft);
  if (rings != NULL)
    read_rings (self->sketch, rings);
  wd_sketch_layer_refresh (self->layer);
  _wd_area_editor_changed (self);
}

static void
resume_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  resume (WD_AREA_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* --- what was told, and taken back --------------------------------------------------------- */

void
_wd_area_draft_forget (WdAreaPage *self)
{
  g_clear_handle_id (&self->forgetting, g_source_remove);
  g_hash_table_remove_all (self->given);
}

static gboolean
forget_cb (gpointer data)
{
  WdAreaPage *self = data;

  self->forgetting = 0;
  _wd_area_draft_forget (self);
  return G_SOURCE_REMOVE;
}

void
_wd_area_draft_told (WdAreaPage *self, const char *command, char *draft)
{
  g_hash_table_insert (self->given, g_strdup (command), draft);
  g_clear_handle_id (&self->forgetting, g_source_remove);
  self->forgetting = g_timeout_add (2 * WD_UNDO_MS, forget_cb, self);
}

/* In the editor again, as it was; where that is in use for something else, it is offered.  It is given from there, and not by
 * what gives again: that would be what it was before it is gone on with. */
static void
taken_back_cb (WdAreaPage *self, char **commands)
{
  const char      *draft = g_hash_table_lookup (self->given, commands[0]);
  g_autofree char *fresh = wd_desk_new_id ();

  if (draft == NULL)
    return;
  g_free (self->taken_back);
  g_free (self->taken_back_draft);
  self->taken_back = g_strdup (commands[0]);
  self->taken_back_draft = g_strconcat (WD_DRAFT_AREA, fresh, NULL);
  wd_desk_keep_draft (self->desk, self->taken_back_draft, draft);
  g_hash_table_remove (self->given, commands[0]);
  wd_undo_go_on (self->undo);
  wd_undo_tell (self->undo, _ ("Taken back: what was drawn and written is here again"));
  if (self->purpose == WD_AREA_IDLE)
    resume (self, self->taken_back_draft);
  _wd_area_page_refresh (self);
}

/* The link was faster: it has been told, and is not told again. */
static void
undo_missed_cb (WdAreaPage *self, const char *command)
{
  if (g_strcmp0 (command, self->taken_back) != 0)
    return;
  if (self->purpose != WD_AREA_IDLE && g_strcmp0 (self->draft, self->taken_back_draft) == 0)
    _wd_area_editor_end (self);
  else
    wd_desk_keep_draft (self->desk, self->taken_back_draft, NULL);
  g_clear_pointer (&self->taken_back, g_free);
  wd_undo_say (self->overlay, _ ("Too late: it has been sent"));
  _wd_area_page_refresh (self);
}

void
_wd_area_draft_make (WdAreaPage *self)
{
  self->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_signal_connect_object (self->undo, "taken-back", G_CALLBACK (taken_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "undo-missed", G_CALLBACK (undo_missed_cb), self, G_CONNECT_SWAPPED);
}

/* --- what is offered --------------------------------------------------------------------- */

static void
discard_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  wd_desk_keep_draft (self->desk, g_object_get_data (G_OBJECT (dialog), "draft"), NULL);
  _wd_area_draft_show (self);
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAreaPage  *self = WD_AREA_PAGE (widget);
  WdAskDialog *dialog = _wd_area_editor_ask_to_discard (self);

  g_object_set_data_full (G_OBJECT (dialog), "draft", g_variant_dup_string (parameter, NULL), g_free);
  g_signal_connect_object (dialog, "done", G_CALLBACK (discard_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
add_act (GtkWidget *box, const char *label, const char *action, const char *id)
{
  GtkWidget *button = _wd_area_add_button (box, label, NULL, FALSE);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_offer (WdAreaPage *self, GtkWidget *box, const char *id)
{
  g_autoptr (GVariant)  draft = read_draft (self, id);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = NULL, *words = NULL;
  GtkWidget            *card, *acts;
  const char           *reason = NULL;
  guint                 purpose;
  gint64                at = 0;

  if (draft == NULL)
    return;
  card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_variant_lookup (draft, "purpose", "u", &purpose);
  g_variant_lookup (draft, "time", "x", &at);
  g_variant_lookup (draft, "reason", "&s", &reason);
  time = wd_format_moment (at, wd_desk_now (self->desk), zone);
  /* Translators: what was being done, why, and when it was kept last. */
  words = g_strdup_printf (_ ("Not finished: %1$s %2$s · kept %3$s"), _wd_area_editor_title (purpose), reason != NULL ? reason : "", time);
  gtk_widget_set_name (card, id); /* a press that began at another one is none here */
  gtk_widget_add_css_class (card, "area-card");
  gtk_box_append (GTK_BOX (card), g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "css-classes", (const char *[]){ "strong", NULL }, NULL));
  add_act (acts, _ ("Go On"), "area.resume-draft", id);
  add_act (acts, _ ("Throw Away…"), "area.discard-draft", id);
  gtk_box_append (GTK_BOX (card), acts);
  gtk_box_append (GTK_BOX (box), card);
}

void
_wd_area_draft_show (WdAreaPage *self)
{
  g_autoptr (GList)     ids = g_list_sort (g_hash_table_get_keys (wd_desk_get_drafts (self->desk)), (GCompareFunc)strcmp);
  g_autoptr (GtkWidget) wanted = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));

  for (GList *l = ids; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, WD_DRAFT_AREA))
      add_offer (self, wanted, l->data);
  wd_box_merge (self->offers, GTK_BOX (wanted));
  gtk_widget_set_visible (GTK_WIDGET (self->offers), gtk_widget_get_first_child (GTK_WIDGET (self->offers)) != NULL);
}

void
_wd_area_draft_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "area.resume-draft", "s", resume_action);
  gtk_widget_class_install_action (klass, "area.discard-draft", "s", discard_action);
}
