/* wd-area-form.c — what is told of an outage besides its shape, and the command that comes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-drop-down.h"
#include "wd-format.h"
#include "wd-pipe.h"
#include "wd-when.h"

#include <glib/gi18n.h>

/* In the order of the drop-down. */
static const char *const effects[] = { NULL, "none", "low-pressure" };

static char *
dup_text (GtkEditable *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*text != '\0')
    return text;
  g_free (text);
  return NULL;
}

/* A time that was not touched stays as it was to the millisecond. */
static gboolean
read_time (WdAreaPage *self, GtkEditable *entry, gint64 *time)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *text = dup_text (entry);
  const char           *shown = g_object_get_data (G_OBJECT (entry), "shown");

  *time = 0;
  if (text == NULL)
    return TRUE;
  if (shown != NULL && g_str_equal (shown, text))
    {
      *time = *(gint64 *)g_object_get_data (G_OBJECT (entry), "time");
      return TRUE;
    }
  return wd_when_parse (text, wd_desk_now (self->desk), zone, time);
}

static void
show_time (WdAreaPage *self, GtkEditable *entry, gint64 time)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *text = time != 0 ? wd_format_moment (time, wd_desk_now (self->desk), zone) : g_strdup ("");
  gint64               *kept = g_new (gint64, 1);

  *kept = time;
  g_object_set_data_full (G_OBJECT (entry), "time", kept, g_free);
  g_object_set_data_full (G_OBJECT (entry), "shown", time != 0 ? g_strdup (text) : NULL, g_free);
  gtk_editable_set_text (entry, text);
}

/* A planned outage told later than it should be: taken, and marked (R61). */
static gboolean
is_late (WdAreaPage *self)
{
  const WdPolicy *policy = wd_desk_get_policy (self->desk, WD_INT_ABSENT);
  WdOutageNature  nature = gtk_toggle_button_get_active (self->planned) ? WD_OUTAGE_PLANNED : WD_OUTAGE_EMERGENCY;
  gint64          starts;

  return self->purpose != WD_AREA_DETERMINE && policy != NULL && read_time (self, self->starts, &starts) && starts != 0 &&
         wd_outage_is_told_late (self->begun, nature, starts, wd_desk_now (self->desk), policy);
}

/* --- reading -------------------------------------------------------------------------------- */

static void
put_text (GVariantDict *members, const char *name, const char *text, const char *before, gboolean revise)
{
  if (revise && g_strcmp0 (text, before) == 0)
    return;
  if (text != NULL)
    g_variant_dict_insert (members, name, "s", text);
  else if (revise)
    g_variant_dict_insert_value (members, name, g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));
}

static void
put_int (GVariantDict *members, const char *name, gint64 value, gint64 before, gboolean revise)
{
  if (revise && value == before)
    return;
  if (value != 0)
    g_variant_dict_insert (members, name, "x", value);
  else if (revise)
    g_variant_dict_insert_value (members, name, g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));
}

static const char *
find_missing (WdAreaPage *self)
{
  gint64           starts, expected, mm;
  g_autofree char *reason = dup_text (self->reason), *extent = dup_text (self->extent), *because = dup_text (self->because);

  if (_wd_area_begun_is_overtaken (self))
    return _ ("somebody else has revised it: take that over first");
  if (self->purpose == WD_AREA_DETERMINE)
    return self->geojson == NULL ? _ ("draw the area first") : NULL;
  if (!read_time (self, self->starts, &starts) || starts == 0)
    return _ ("when does it start?");
  if (!read_time (self, self->expected, &expected))
    return _ ("when is the water expected back?");
  if (expected != 0 && expected <= starts)
    return _ ("water is expected back after it went");
  if (reason == NULL)
    return _ ("why is the water off?");
  if (self->geojson == NULL && extent == NULL)
    return _ ("where: draw the area or write the extent");
  if (!wd_pipe_read (gtk_editable_get_text (self->pipe), &mm))
    return _ ("how wide is the pipe, in millimetres: DN300");
  if (self->purpose == WD_AREA_REVISE && because == NULL)
    return _ ("why is it changed?");
  return NULL;
}

static GVariant *
read_outage (WdAreaPage *self)
{
  const WdOutage  *outage = self->begun;
  gboolean         revise = outage != NULL;
  WdOutageNature   nature = gtk_toggle_button_get_active (self->planned) ? WD_OUTAGE_PLANNED : WD_OUTAGE_EMERGENCY;
  guint            effect = gtk_drop_down_get_selected (self->effect);
  g_autofree char *reason = dup_text (self->reason), *extent = dup_text (self->extent), *because = dup_text (self->because);
  gint64           starts, expected, pipe_mm;
  GVariantDict     members;

  read_time (self, self->starts, &starts);
  read_time (self, self->expected, &expected);
  wd_pipe_read (gtk_editable_get_text (self->pipe), &pipe_mm);
  g_variant_dict_init (&members, NULL);
  put_text (&members, "nature", nature == WD_OUTAGE_PLANNED ? "planned" : "emergency", revise && outage->nature == nature ? (nature == WD_OUTAGE_PLANNED ? "planned" : "emergency") : NULL, revise);
  put_text (&members, "reason", reason, revise ? outage->reason : NULL, revise);
  put_int (&members, "starts", starts, revise ? outage->starts : 0, revise);
  put_int (&members, "expected", expected, revise ? outage->expected : 0, revise);
  if (!revise || wd_sketch_can_undo (self->sketch))
    put_text (&members, "area", self->geojson, revise ? outage->area : NULL, revise);
  put_text (&members, "extent", extent, revise ? outage->extent : NULL, revise);
  put_text (&members, "effect", effect < G_N_ELEMENTS (effects) ? effects[effect] : NULL, revise && outage->effect < G_N_ELEMENTS (effects) ? effects[outage->effect] : NULL, revise);
  put_int (&members, "pipe_mm", pipe_mm, revise ? MAX (outage->pipe_mm, 0) : 0, revise);
  if (revise)
    g_variant_dict_insert (&members, "because", "s", because);
  return g_variant_dict_end (&members);
}

GVariant *
_wd_area_form_read (WdAreaPage *self, const char **words)
{
  GVariantDict members;

  *words = find_missing (self);
  if (*words != NULL)
    return NULL;
  if (self->purpose != WD_AREA_DETERMINE)
    return read_outage (self);
  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "area", "s", self->geojson);
  return g_variant_dict_end (&members);
}

void
_wd_area_form_give (WdAreaPage *self)
{
  static const WdVerb verbs[] = { [WD_AREA_DECLARE] = WD_VERB_DECLARE_OUTAGE, [WD_AREA_REVISE] = WD_VERB_REVISE_OUTAGE, [WD_AREA_DETERMINE] = WD_VERB_DRAFT_QUALITY };
  const char         *missing, *fault = _wd_area_verdict_fault (self);
  GVariant           *members = _wd_area_form_read (self, &missing);
  WdAreaPurpose       purpose = self->purpose;
  g_autofree char    *about = g_strdup (self->about), *draft = NULL;
  const char         *command;
  const char         *done = purpose == WD_AREA_DECLARE ? _ ("Outage declared") : purpose == WD_AREA_REVISE ? _ ("Outage revised")
                                                                                                            : _ ("Area under investigation kept");

  if (members == NULL || fault != NULL)
    {
      if (members != NULL)
        g_variant_unref (g_variant_ref_sink (members));
      wd_undo_say (self->overlay, fault != NULL ? fault : missing);
      return;
    }
  draft = _wd_area_draft_write (self);
  self->purpose = WD_AREA_IDLE; /* so that what is made can be selected */
  command = _wd_area_page_give (self, verbs[purpose], about, members, done);
  self->purpose = purpose;
  if (command == NULL)
    return;
  _wd_area_draft_told (self, command, g_steal_pointer (&draft));
  _wd_area_editor_end (self);
}

/* --- filling -------------------------------------------------------------------------------------- */

static char *
dup_pipe (const WdOutage *outage)
{
  return outage->pipe_mm > 0 ? g_strdup_printf ("DN%d", (int)outage->pipe_mm) : NULL;
}

static void
merge_text (GtkEditable *entry, const char *before, const char *after)
{
  g_autofree char *text = dup_text (entry);

  if (g_strcmp0 (text, before) == 0 && g_strcmp0 (before, after) != 0)
    gtk_editable_set_text (entry, after != NULL ? after : "");
}

static void
merge_time (WdAreaPage *self, GtkEditable *entry, gint64 before, gint64 after)
{
  gint64 time;

  if (read_time (self, entry, &time) && time == before && before != after)
    show_time (self, entry, after);
}

/* All of the form, to be compared. */
static char *
describe_form (WdAreaPage *self)
{
  GtkEditable *const entries[] = { self->starts, self->expected, self->reason, self->extent, self->pipe, self->because };
  GString           *text = g_string_new (NULL);

  g_string_printf (text, "%d %u", gtk_toggle_button_get_active (self->planned), gtk_drop_down_get_selected (self->effect));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_string_append_printf (text, "\n%s", gtk_editable_get_text (entries[i]));
  return g_string_free (text, FALSE);
}

gboolean
_wd_area_form_is_touched (WdAreaPage *self)
{
  g_autofree char *now = describe_form (self);

  return g_strcmp0 (now, self->filled) != 0;
}

void
_wd_area_form_merge (WdAreaPage *self, const WdOutage *before)
{
  const WdOutage  *after = self->begun;
  g_autofree char *pipe_before = dup_pipe (before), *pipe_after = dup_pipe (after);

  if (gtk_toggle_button_get_active (self->planned) == (before->nature == WD_OUTAGE_PLANNED))
    gtk_toggle_button_set_active (after->nature == WD_OUTAGE_PLANNED ? self->planned : self->emergency, TRUE);
  if (gtk_drop_down_get_selected (self->effect) == (guint)before->effect)
    gtk_drop_down_set_selected (self->effect, (guint)after->effect);
  merge_time (self, self->starts, before->starts, after->starts);
  merge_time (self, self->expected, before->expected, after->expected);
  merge_text (self->reason, before->reason, after->reason);
  merge_text (self->extent, before->extent, after->extent);
  merge_text (self->pipe, pipe_before, pipe_after);
}

void
_wd_area_form_fill (WdAreaPage *self)
{
  const WdOutage          *outage = self->begun;
  g_autofree char         *pipe = outage != NULL ? dup_pipe (outage) : NULL;
  static const char *const acts[] = {
    [WD_AREA_DECLARE] = N_ ("Declare Outage"), [WD_AREA_REVISE] = N_ ("Revise Outage"), [WD_AREA_DETERMINE] = N_ ("Keep as Under Investigation")
  };

  gtk_widget_set_visible (self->form, self->purpose != WD_AREA_DETERMINE);
  gtk_toggle_button_set_active (outage != NULL && outage->nature == WD_OUTAGE_PLANNED ? self->planned : self->emergency, TRUE);
  show_time (self, self->starts, outage != NULL ? outage->starts : wd_desk_now (self->desk));
  show_time (self, self->expected, outage != NULL ? outage->expected : 0);
  gtk_editable_set_text (self->reason, outage != NULL && outage->reason != NULL ? outage->reason : "");
  gtk_editable_set_text (self->extent, outage != NULL && outage->extent != NULL ? outage->extent : "");
  gtk_editable_set_text (self->pipe, pipe != NULL ? pipe : "");
  gtk_editable_set_text (self->because, "");
  gtk_drop_down_set_selected (self->effect, outage != NULL ? (guint)outage->effect : 0);
  gtk_widget_set_visible (self->because_box, self->purpose == WD_AREA_REVISE);
  gtk_label_set_label (self->give_words, _ (acts[self->purpose]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->give), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (acts[self->purpose]), -1);
  g_free (self->filled);
  self->filled = describe_form (self);
}

/* --- as it is kept ------------------------------------------------------------------------------------ */

static const struct
{
  const char *name;
  gsize       entry; /* offset of the GtkEditable */
  gboolean    time;  /* kept as it was meant: 今天 is another day tomorrow */
} kept[] = {
  { "starts", G_STRUCT_OFFSET (WdAreaPage, starts), TRUE },
  { "expected", G_STRUCT_OFFSET (WdAreaPage, expected), TRUE },
  { "reason", G_STRUCT_OFFSET (WdAreaPage, reason), FALSE },
  { "extent", G_STRUCT_OFFSET (WdAreaPage, extent), FALSE },
  { "pipe", G_STRUCT_OFFSET (WdAreaPage, pipe), FALSE },
  { "because", G_STRUCT_OFFSET (WdAreaPage, because), FALSE },
};

void
_wd_area_form_write (WdAreaPage *self, GVariantDict *draft)
{
  g_variant_dict_insert (draft, "planned", "b", gtk_toggle_button_get_active (self->planned));
  g_variant_dict_insert (draft, "effect", "u", gtk_drop_down_get_selected (self->effect));
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      GtkEditable *entry = G_STRUCT_MEMBER (GtkEditable *, self, kept[i].entry);
      gint64       time;

      if (kept[i].time && read_time (self, entry, &time))
        g_variant_dict_insert (draft, kept[i].name, "x", time);
      else
        g_variant_dict_insert (draft, kept[i].name, "s", gtk_editable_get_text (entry));
    }
}

void
_wd_area_form_read_draft (WdAreaPage *self, GVariant *draft)
{
  gboolean planned = FALSE;
  guint    effect = 0;

  if (g_variant_lookup (draft, "planned", "b", &planned))
    gtk_toggle_button_set_active (planned ? self->planned : self->emergency, TRUE);
  if (g_variant_lookup (draft, "effect", "u", &effect))
    gtk_drop_down_set_selected (self->effect, effect);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      GtkEditable *entry = G_STRUCT_MEMBER (GtkEditable *, self, kept[i].entry);
      const char  *text = NULL;
      gint64       time = 0;

      if (g_variant_lookup (draft, kept[i].name, "x", &time))
        show_time (self, entry, time);
      else if (g_variant_lookup (draft, kept[i].name, "&s", &text))
        gtk_editable_set_text (entry, text);
    }
}

/* --- making ------------------------------------------------------------------------------------------ */

static void
show_meaning (WdAreaPage *self, GtkEditable *entry, GtkLabel *meaning)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  gint64                time;
  gboolean              ok = read_time (self, entry, &time);
  g_autofree char      *apart = NULL;
  g_autofree char      *words = !ok ? g_strdup (_ ("no time")) : time != 0 ? wd_format_moment (time, wd_desk_now (self->desk), zone)
                                                                           : g_strdup (_ ("not known"));

  if (ok && self->begun != NULL)
    apart = _wd_area_compare_times (time, entry == self->starts ? self->begun->starts : self->begun->expected);
  gtk_label_set_label (meaning, apart != NULL ? apart : words);
}

/* Beside the field, as soon as it is written. */
static void
show_pipe (WdAreaPage *self)
{
  gint64           mm;
  gboolean         ok = wd_pipe_read (gtk_editable_get_text (self->pipe), &mm);
  g_autofree char *words = !ok ? g_strdup (_ ("no diameter")) : mm > 0 ? g_strdup_printf (_ ("%d mm"), (int)mm)
                                                                       : g_strdup ("");

  if (ok)
    gtk_widget_remove_css_class (GTK_WIDGET (self->pipe_meaning), "problem");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->pipe_meaning), "problem");
  gtk_label_set_label (self->pipe_meaning, words);
}

static void
changed_cb (WdAreaPage *self)
{
  if (self->purpose == WD_AREA_IDLE)
    return;
  show_meaning (self, self->starts, self->starts_meaning);
  show_meaning (self, self->expected, self->expected_meaning);
  show_pipe (self);
  gtk_widget_set_visible (self->late, is_late (self));
  _wd_area_editor_judge (self);
  _wd_area_draft_changed (self);
}

/* Returns: the entry */
static GtkEditable *
add_entry (WdAreaPage *self, GtkWidget *box, const char *name, const char *hint, GtkLabel **meaning)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *entry = gtk_entry_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "use-underline", TRUE, "xalign", 0.0, "hexpand", TRUE, "mnemonic-widget", entry,
                                   "css-classes", (const char *[]){ "secondary", NULL }, NULL);
  GtkWidget *beside = gtk_label_new (NULL);

  gtk_widget_add_css_class (beside, "secondary");
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), beside);
  gtk_box_append (GTK_BOX (box), head);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (box), entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (meaning != NULL)
    *meaning = GTK_LABEL (beside);
  return GTK_EDITABLE (entry);
}

static void
make_natures (WdAreaPage *self, GtkWidget *card)
{
  GtkWidget *natures = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (natures), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Kind of outage"), -1);
  self->emergency = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Emergency")));
  self->planned = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Planned")));
  gtk_toggle_button_set_group (self->planned, self->emergency);
  gtk_widget_set_css_classes (natures, (const char *[]){ "linked", "filters", NULL });
  gtk_box_append (GTK_BOX (natures), GTK_WIDGET (self->emergency));
  gtk_box_append (GTK_BOX (natures), GTK_WIDGET (self->planned));
  gtk_box_append (GTK_BOX (card), natures);
  g_signal_connect_object (self->planned, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_late (WdAreaPage *self, GtkWidget *card)
{
  self->late = g_object_new (GTK_TYPE_LABEL, "label", _ ("late notice: told less than 48 hours ahead"), "halign", GTK_ALIGN_START, "visible", FALSE,
                             "css-classes", (const char *[]){ "tag", "warn", NULL }, NULL);
  gtk_box_append (GTK_BOX (card), self->late);
}

void
_wd_area_form_make (WdAreaPage *self, GtkWidget *box)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *times = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *second = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->form = card;
  gtk_widget_add_css_class (card, "area-card");
  make_natures (self, card);
  self->starts = add_entry (self, first, _ ("_Starts"), _ ("0930, +2h, tomorrow 8"), &self->starts_meaning);
  self->expected = add_entry (self, second, _ ("_Expected back"), _ ("0930, +2h, tomorrow 8"), &self->expected_meaning);
  gtk_widget_set_hexpand (first, TRUE);
  gtk_box_set_homogeneous (GTK_BOX (times), TRUE);
  gtk_box_append (GTK_BOX (times), first);
  gtk_box_append (GTK_BOX (times), second);
  gtk_box_append (GTK_BOX (card), times);
  make_late (self, card);
  self->reason = add_entry (self, card, _ ("_Reason"), "", NULL);
  self->because_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->because = add_entry (self, self->because_box, _ ("_Why it is changed"), "", NULL);
  gtk_box_append (GTK_BOX (card), self->because_box);
  self->extent = add_entry (self, card, _ ("E_xtent in words (beside the shape)"), "", NULL);
  self->pipe = add_entry (self, card, _ ("_Pipe"), "DN300", &self->pipe_meaning);
  self->effect = GTK_DROP_DOWN (wd_drop_down_new (_ ("Effect"), (const char *const[]){ _ ("effect not said"), _ ("no water"), _ ("low pressure"), NULL }));
  gtk_box_append (GTK_BOX (card), g_object_new (GTK_TYPE_LABEL, "label", _ ("E_ffect"), "use-underline", TRUE, "mnemonic-widget", self->effect, "xalign", 0.0,
                                                "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->effect));
  gtk_box_append (GTK_BOX (box), card);
}

void
_wd_area_form_make_give (WdAreaPage *self, GtkWidget *box)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_css_classes (card, (const char *[]){ "area-card", "area-foot", NULL });
  self->follows = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  self->give = gtk_button_new ();
  self->give_words = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->give_words));
  gtk_box_append (GTK_BOX (words), g_object_new (GTK_TYPE_LABEL, "label", "Ctrl+Enter", "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                                 "css-classes", (const char *[]){ "key", NULL }, NULL));
  gtk_button_set_child (GTK_BUTTON (self->give), words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->give), "area.give");
  gtk_widget_set_css_classes (self->give, (const char *[]){ "act", "main", NULL });
  gtk_widget_set_halign (self->give, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->follows));
  gtk_box_append (GTK_BOX (card), self->give);
  gtk_box_append (GTK_BOX (box), card);
}
