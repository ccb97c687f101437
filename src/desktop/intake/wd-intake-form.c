/* wd-intake-form.c — one call while it is taken: its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-intake-form-private.h"

#include "wd-drop-down.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>
#include <math.h>

#define KEEP_MS 1000

G_DEFINE_FINAL_TYPE (WdIntakeForm, wd_intake_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  GIVEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const struct
{
  const char *code;
  char        letter;
} letters[] = {
  { "no-water", 'W' },
  { "low-pressure", 'Y' },
  { "leak", 'L' },
  { "burst", 'B' },
  { "quality", 'Z' },
  { "meter", 'S' },
  { "billing", 'F' },
  { "cover", 'G' },
  { "hydrant", 'X' },
  { "drainage", 'P' },
  { "sewage-overflow", 'U' },
  { "service", 'H' },
  { "other", 'Q' },
};

static const WdChannel channels[] = { WD_CHANNEL_HOTLINE, WD_CHANNEL_WEBSITE, WD_CHANNEL_WEIBO, WD_CHANNEL_WECHAT,
                                      WD_CHANNEL_MEDIA, WD_CHANNEL_CONDUCT, WD_CHANNEL_DIGITAL_CITY };

char *
_wd_intake_form_dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* --- the channel ------------------------------------------------------------------------------------ */

static GtkWidget *
make_channels (void)
{
  const char *names[G_N_ELEMENTS (channels) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    names[i] = wd_term_channel (channels[i]);
  return wd_drop_down_new (_ ("Channel"), names);
}

const char *
_wd_intake_form_get_channel (WdIntakeForm *self)
{
  WdChannel channel = self->channel != NULL ? channels[gtk_drop_down_get_selected (self->channel)] : WD_CHANNEL_UNIT_REPORT;

  return wd_enum_nick (WD_TYPE_CHANNEL, (int)channel);
}

void
_wd_intake_form_set_channel (WdIntakeForm *self, const char *nick)
{
  for (guint i = 0; self->channel != NULL && i < G_N_ELEMENTS (channels); i++)
    if (g_str_equal (wd_enum_nick (WD_TYPE_CHANNEL, (int)channels[i]), nick))
      gtk_drop_down_set_selected (self->channel, i);
}

void
_wd_intake_form_show_where (WdIntakeForm *self)
{
  g_autofree char *account = self->account != NULL ? g_strdup_printf (_ ("account %s"), self->account) : g_strdup ("");
  g_autofree char *words = wd_point_is_set (&self->point)
                               ? g_strdup_printf ("%s%s%.4f, %.4f", account, self->account != NULL ? " · " : "", self->point.lon, self->point.lat)
                               : g_strdup (self->account != NULL ? account : _ ("↓ for candidates, Enter takes one; or a place on the map"));

  gtk_label_set_label (self->where, words);
}

/* --- keeping what was typed ------------------------------------------------------------------------- */

static gboolean
keep_cb (gpointer data)
{
  WdIntakeForm *self = data;

  self->keeping = 0;
  wd_intake_form_keep (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (WdIntakeForm *self)
{
  if (self->filling)
    return;
  _wd_intake_form_clear_problems (self);
  if (self->keeping == 0)
    self->keeping = g_timeout_add (KEEP_MS, keep_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
wd_intake_form_is_empty (WdIntakeForm *self)
{
  g_autofree char *text = _wd_intake_form_dup_draft (self);

  return text == NULL;
}

char *
wd_intake_form_dup_title (WdIntakeForm *self)
{
  const char       *address = wd_address_entry_get_text (self->address), *phone = wd_address_entry_get_text (self->phone);
  const char       *code = wd_intake_choice_get (self->category);
  const WdCategory *category = code != NULL ? wd_desk_get_category (self->desk, code) : NULL;

  if (category != NULL)
    return g_strdup_printf ("%s %s", category->name, *address != '\0' ? address : phone);
  return g_strdup (*address != '\0' ? address : *phone != '\0' ? phone
                                                               : _ ("New order"));
}

WdPoint
wd_intake_form_get_point (WdIntakeForm *self)
{
  return self->point;
}

void
wd_intake_form_set_point (WdIntakeForm *self, WdPoint point)
{
  g_clear_pointer (&self->placed, g_free);
  self->point = point;
  _wd_intake_form_show_where (self);
  changed_cb (self);
}

/* --- candidates --------------------------------------------------------------------------------------- */

static const char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* What was clicked on the map stays. */
static void
forget_candidate (WdIntakeForm *self)
{
  g_clear_pointer (&self->account, g_free);
  if (self->placed != NULL)
    self->point = (WdPoint){ NAN, NAN };
  g_clear_pointer (&self->placed, g_free);
}

/* Another address is another customer's, at another place; only a number typed after a street is still there. */
static void
address_changed_cb (WdIntakeForm *self)
{
  gboolean in_street = self->account == NULL && self->placed != NULL && g_str_has_prefix (wd_address_entry_get_text (self->address), self->placed);

  if (!self->filling && !in_street)
    {
      forget_candidate (self);
      _wd_intake_form_show_where (self);
    }
  changed_cb (self);
}

static void
candidate_cb (WdIntakeForm *self, JsonObject *candidate)
{
  JsonNode   *point = json_object_get_member (candidate, "point");
  const char *address = text_of (candidate, "address"), *street = text_of (candidate, "street"), *name = text_of (candidate, "name");

  self->filling = TRUE;
  wd_address_entry_set_text (self->address, address != NULL ? address : street);
  if (name != NULL && *gtk_editable_get_text (self->name) == '\0')
    gtk_editable_set_text (self->name, name);
  self->filling = FALSE;
  forget_candidate (self);
  self->account = g_strdup (text_of (candidate, "account"));
  if (point != NULL && JSON_NODE_HOLDS_ARRAY (point) && json_array_get_length (json_node_get_array (point)) == 2)
    {
      self->placed = g_strdup (wd_address_entry_get_text (self->address));
      self->point = (WdPoint){ json_array_get_double_element (json_node_get_array (point), 0), json_array_get_double_element (json_node_get_array (point), 1) };
    }
  _wd_intake_form_show_where (self);
  changed_cb (self);
  /* A street alone wants its number typed. */
  gtk_widget_grab_focus (address != NULL ? GTK_WIDGET (self->category) : GTK_WIDGET (self->address));
}

/* --- the fields --------------------------------------------------------------------------------------------- */

/* @aside: (nullable): at the end of the line above it */
static GtkWidget *
make_field (WdIntakeForm *self, const char *label, const char *key, const char *member, GtkWidget *widget, GtkWidget *aside)
{
  GtkWidget *field_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (label), *problem = gtk_label_new (NULL);

  gtk_widget_add_css_class (name, "secondary");
  gtk_box_append (GTK_BOX (head), name);
  if (key != NULL)
    {
      GtkWidget *tag = g_object_new (GTK_TYPE_LABEL, "label", key, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_widget_add_css_class (tag, "tag");
      gtk_box_append (GTK_BOX (head), tag);
    }
  if (aside != NULL)
    {
      gtk_widget_set_hexpand (aside, TRUE);
      gtk_widget_set_halign (aside, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (head), aside);
    }
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_widget_add_css_class (problem, "problem");
  gtk_widget_set_visible (problem, FALSE);
  gtk_box_append (GTK_BOX (field_box), head);
  gtk_box_append (GTK_BOX (field_box), widget);
  gtk_box_append (GTK_BOX (field_box), problem);
  g_hash_table_insert (self->problems, (gpointer)member, problem);
  return field_box;
}

static void
add_field (WdIntakeForm *self, const char *label, const char *key, const char *member, GtkWidget *widget)
{
  gtk_box_append (self->fields, make_field (self, label, key, member, widget, NULL));
}

/* Who is to be called back, and how the call came in. */
static void
add_contact (WdIntakeForm *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (both), TRUE);
  gtk_box_append (GTK_BOX (both), make_field (self, _ ("Contact person"), NULL, "name", GTK_WIDGET (self->name), NULL));
  if (wd_role_is_centre (wd_desk_get_actor (self->desk)->role))
    {
      self->channel = GTK_DROP_DOWN (make_channels ());
      gtk_box_append (GTK_BOX (both), make_field (self, _ ("Channel"), NULL, "channel", GTK_WIDGET (self->channel), NULL));
      g_signal_connect_object (self->channel, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_box_append (self->fields, both);
}

static void
make_asides (WdIntakeForm *self)
{
  self->kept = GTK_LABEL (gtk_label_new (_ ("nothing to keep yet")));
  gtk_widget_add_css_class (GTK_WIDGET (self->kept), "tag");
  gtk_widget_add_css_class (GTK_WIDGET (self->kept), "dashed");
  gtk_widget_set_opacity (GTK_WIDGET (self->kept), 0); /* keeps its place */
  self->where = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->where, TRUE);
  gtk_label_set_justify (self->where, GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (GTK_WIDGET (self->where), "secondary");
}

static GtkWidget *
add_text (WdIntakeForm *self, const char *label, const char *key, const char *member, GtkTextBuffer **buffer)
{
  GtkWidget *view = gtk_text_view_new (), *scroll = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_focusable (scroll, FALSE);
  gtk_widget_add_css_class (scroll, "text-box");
  gtk_widget_add_css_class (scroll, member);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_signal_connect_object (*buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  add_field (self, label, key, member, scroll);
  return view;
}

static char
letter_of (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (g_str_equal (letters[i].code, code))
      return letters[i].letter;
  return '\0';
}

static void
fill_categories (WdIntakeForm *self)
{
  g_autoptr (GPtrArray) categories = wd_desk_list_categories (self->desk);
  g_autoptr (GString)   seen = g_string_new (NULL);
  WdIntakeChoice       *choice = self->category;

  for (guint i = 0; i < categories->len; i++)
    g_string_append_printf (seen, "%s %s\n", ((const WdCategory *)categories->pdata[i])->code, ((const WdCategory *)categories->pdata[i])->name);
  if (g_strcmp0 (seen->str, g_object_get_data (G_OBJECT (choice), "seen")) == 0)
    return;
  g_object_set_data_full (G_OBJECT (choice), "seen", g_strdup (seen->str), g_free);
  wd_intake_choice_clear (choice);
  /* In the order of the letters, which people know by heart; what the centre added follows. */
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      const WdCategory *category = wd_desk_get_category (self->desk, letters[i].code);

      if (category != NULL && !category->closed)
        wd_intake_choice_add (choice, category->code, category->name, letters[i].letter);
    }
  for (guint i = 0; i < categories->len; i++)
    {
      const WdCategory *category = categories->pdata[i];

      if (letter_of (category->code) == '\0')
        wd_intake_choice_add (choice, category->code, category->name, '\0');
    }
}

static GtkWidget *
make_natures (void)
{
  GtkWidget *choice = wd_intake_choice_new_joined (_ ("Nature"));

  for (WdNature nature = WD_NATURE_REPAIR; nature <= WD_NATURE_HELP; nature++)
    wd_intake_choice_add (WD_INTAKE_CHOICE (choice), wd_enum_nick (WD_TYPE_NATURE, (int)nature), wd_term_nature (nature), '\0');
  wd_intake_choice_set (WD_INTAKE_CHOICE (choice), wd_enum_nick (WD_TYPE_NATURE, WD_NATURE_REPAIR));
  return choice;
}

static void
next_cb (GtkWidget *next)
{
  gtk_widget_grab_focus (next);
}

static void
watch (WdIntakeForm *self, gpointer widget)
{
  g_signal_connect_object (widget, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_fields (WdIntakeForm *self)
{
  self->phone = WD_ADDRESS_ENTRY (wd_address_entry_new (self->desk, WD_ASK_CUSTOMERS, _ ("Caller's number")));
  self->address = WD_ADDRESS_ENTRY (wd_address_entry_new (self->desk, WD_ASK_PLACES, _ ("Address")));
  self->category = WD_INTAKE_CHOICE (wd_intake_choice_new (_ ("Category of the order"), 4));
  fill_categories (self);
  g_signal_connect_object (self->desk, "house-changed", G_CALLBACK (fill_categories), self, G_CONNECT_SWAPPED);
  self->nature = WD_INTAKE_CHOICE (make_natures ());
  self->name = GTK_EDITABLE (gtk_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Contact person"), -1);
  make_asides (self);
  gtk_box_append (self->fields, make_field (self, _ ("Caller's number"), NULL, "caller", GTK_WIDGET (self->phone), GTK_WIDGET (self->kept)));
  gtk_box_append (self->fields, make_field (self, _ ("Address"), "Alt+D", "address", GTK_WIDGET (self->address), GTK_WIDGET (self->where)));
  add_field (self, _ ("Category (by its letter)"), "Alt+C", "category", GTK_WIDGET (self->category));
  add_field (self, _ ("Nature"), "Alt+X", "nature", GTK_WIDGET (self->nature));
  self->text_view = add_text (self, _ ("What the caller says (each line is answered on its own)"), "Alt+T", "text", &self->text);
  add_contact (self);
  self->answer_view = add_text (self, _ ("Answer (only where it is answered at once)"), "Alt+A", "answer", &self->answer);
  watch (self, self->phone);
  g_signal_connect_object (self->address, "changed", G_CALLBACK (address_changed_cb), self, G_CONNECT_SWAPPED);
  watch (self, self->category);
  watch (self, self->nature);
  watch (self, self->name);
  g_signal_connect_object (self->phone, "candidate", G_CALLBACK (candidate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "candidate", G_CALLBACK (candidate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "activate", G_CALLBACK (next_cb), self->address, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "activate", G_CALLBACK (next_cb), self->category, G_CONNECT_SWAPPED);
}

static void
focus_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdIntakeForm *self = WD_INTAKE_FORM (widget);
  const char   *which = g_variant_get_string (parameter, NULL);
  GtkWidget    *fields[] = { GTK_WIDGET (self->address), GTK_WIDGET (self->category), GTK_WIDGET (self->nature), self->text_view, self->answer_view };
  const char   *keys = "dcxta", *key = strchr (keys, *which);

  if (key != NULL)
    gtk_widget_grab_focus (fields[key - keys]);
}

static gboolean
wd_intake_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WD_INTAKE_FORM (widget)->phone));
}

static void
wd_intake_form_dispose (GObject *object)
{
  WdIntakeForm *self = WD_INTAKE_FORM (object);

  g_clear_handle_id (&self->keeping, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->draft, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->placed, g_free);
  g_clear_pointer (&self->problems, g_hash_table_unref);
  G_OBJECT_CLASS (wd_intake_form_parent_class)->dispose (object);
}

static void
wd_intake_form_class_init (WdIntakeFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_intake_form_dispose;
  widget_class->grab_focus = wd_intake_form_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_INTAKE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GIVEN] = g_signal_new ("given", WD_TYPE_INTAKE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "form.focus", "s", focus_action);
}

static void
wd_intake_form_init (WdIntakeForm *self)
{
  self->point = (WdPoint){ NAN, NAN };
  self->problems = g_hash_table_new (g_str_hash, g_str_equal);
}

GtkWidget *
wd_intake_form_new (WdDesk *desk, const char *draft)
{
  WdIntakeForm *self = g_object_new (WD_TYPE_INTAKE_FORM, NULL);
  GtkWidget    *scroll = gtk_scrolled_window_new ();

  self->desk = g_object_ref (desk);
  self->draft = draft != NULL ? g_strdup (draft) : wd_desk_new_id ();
  self->fields = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_widget_add_css_class (GTK_WIDGET (self->fields), "form");
  add_fields (self);
  _wd_intake_form_show_where (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->fields));
  gtk_widget_set_focusable (scroll, FALSE);
  adw_bin_set_child (ADW_BIN (self), scroll);
  if (draft != NULL)
    wd_intake_form_restore (self, g_hash_table_lookup (wd_desk_get_drafts (desk), draft));
  return GTK_WIDGET (self);
}
