/* wd-conflict-sides.c — mine, theirs and before, member by member
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-private.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

char *
_wd_conflict_unit_name (WdConflictPage *self, const char *code, gboolean brief)
{
  WdUnitItem *item = code != NULL ? wd_desk_get_unit (self->desk, code) : NULL;

  if (item == NULL)
    return g_strdup (code);
  return brief ? wd_format_short_name (wd_unit_item_get_unit (item)->name) : g_strdup (wd_unit_item_get_unit (item)->name);
}

/* What people typed with a command, whatever the member's name. */
static const char *
words_of (const WdCommand *command)
{
  static const char *const names[] = { "because", "note", "reason", "text", "result", "cause" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (wd_members_text (command->members, names[i]) != NULL)
      return wd_members_text (command->members, names[i]);
  return NULL;
}

char *
_wd_conflict_describe (WdConflictPage *self, const WdCommand *command)
{
  const char      *unit = wd_members_text (command->members, "unit");
  const WdCrew    *crew = wd_desk_get_crew (self->desk, wd_members_text (command->members, "crew"));
  const char      *words = words_of (command);
  g_autofree char *name = unit != NULL ? _wd_conflict_unit_name (self, unit, FALSE) : NULL;
  GString         *text = g_string_new (wd_term_verb (command->verb));

  if (name != NULL)
    g_string_append_printf (text, " → %s", name);
  if (crew != NULL)
    g_string_append_printf (text, " → %s", crew->name);
  if (wd_members_int (command->members, "expected", 0) != 0)
    {
      g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
      g_autofree char      *back = wd_format_moment (wd_members_int (command->members, "expected", 0), wd_desk_now (self->desk), zone);

      g_string_append_printf (text, " · %s %s", _ ("Expected back"), back);
    }
  if (command->verb == WD_VERB_REVISE_OUTAGE && wd_members_has (command->members, "area"))
    g_string_append_printf (text, " · %s", _ ("boundary changed"));
  if (words != NULL)
    g_string_append_printf (text, " · %s", words);
  return g_string_free (text, FALSE);
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
add_row (GtkBox *box, const char *name, const char *value, gboolean differs)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "width-chars", 9, "css-classes", (const char *[]){ "secondary", NULL }, NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", value != NULL ? value : "–", "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (row, "side-row");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), words);
  if (differs)
    {
      GtkWidget *tag = g_object_new (GTK_TYPE_LABEL, "label", _ ("differs"), "valign", GTK_ALIGN_CENTER,
                                     "css-classes", (const char *[]){ "tag", "act", NULL }, NULL);

      gtk_widget_add_css_class (words, "differs");
      gtk_box_append (GTK_BOX (row), tag);
    }
  gtk_box_append (box, row);
  return row;
}

/* A boundary is told by what became of it since it was seen here, and by what it comes to. */
static char *
describe_boundary (WdConflictPage *self, const char *area, const char *before)
{
  const char      *became = before == NULL ? _ ("drawn") : g_str_equal (area, before) ? _ ("as before")
                                                                                      : _ ("changed");
  g_autofree char *facts = _wd_conflict_describe_area (self, area);

  return facts != NULL ? g_strdup_printf ("%s · %s", became, facts) : g_strdup (became);
}

static char *
describe_member (WdConflictPage *self, const WdConflictMember *member, gconstpointer record, gconstpointer before)
{
  if (record == NULL)
    return NULL;
  if (member->value != NULL)
    return member->value (self, record);
  if (member->raw (record) == NULL)
    return g_strdup (_ ("not drawn yet"));
  return describe_boundary (self, member->raw (record), before != NULL && record != before ? member->raw (before) : NULL);
}

static gboolean
is_same (const WdConflictMember *member, gconstpointer a, const char *value_a, gconstpointer b, const char *value_b)
{
  return member->raw != NULL ? g_strcmp0 (member->raw (a), member->raw (b)) == 0 : g_strcmp0 (value_a, value_b) == 0;
}

/* @differs: whether mine and theirs are not the same */
static void
add_member (WdConflictPage *self, const WdConflictMember *member, gconstpointer mine, gconstpointer theirs, gconstpointer before)
{
  g_autofree char *my = describe_member (self, member, mine, before);
  g_autofree char *their = describe_member (self, member, theirs, before);
  g_autofree char *old = describe_member (self, member, before, before);
  gboolean         differs = mine != NULL && theirs != NULL && !is_same (member, mine, my, theirs, their);

  /* Side by side, also where one of them needs more lines. */
  g_autoptr (GtkSizeGroup) level = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);

  if (!member->always && !differs && (before == NULL || theirs == NULL || is_same (member, before, old, theirs, their)))
    return;
  if (mine != NULL)
    gtk_size_group_add_widget (level, add_row (self->mine_rows, _ (member->label), my, differs));
  if (theirs != NULL)
    gtk_size_group_add_widget (level, add_row (self->theirs_rows, _ (member->label), their, differs));
  if (before != NULL)
    gtk_size_group_add_widget (level, add_row (self->before_rows, _ (member->label), old, FALSE));
}

/* What was refused for its shape is nothing that the desk could make by itself: it is told as it was drawn. */
static const char *
find_mine (const WdRefusal *refusal, gconstpointer mine)
{
  const char *given = wd_members_text (refusal->command->members, "area");

  return given != NULL || mine == NULL ? given : _wd_conflict_area (refusal->kind, mine);
}

static void
add_fault (WdConflictPage *self, const WdRefusal *refusal)
{
  g_autofree char *words = NULL;

  if (!wd_point_is_set (&refusal->at))
    return;
  /* Translators: longitude, latitude. */
  words = g_strdup_printf (_ ("%1$.5f, %2$.5f — marked on the map"), refusal->at.lon, refusal->at.lat);
  add_row (self->mine_rows, _ ("Wrong at"), words, FALSE);
}

void
_wd_conflict_show_sides (WdConflictPage *self, const WdRefusal *refusal, gboolean look)
{
  gpointer                mine = wd_desk_dup_wanted (self->desk, refusal);
  gconstpointer           theirs = _wd_conflict_theirs (self, refusal);
  const char             *words = words_of (refusal->command), *kind, *area = find_mine (refusal, mine);
  const WdConflictMember *members = _wd_conflict_members (refusal->kind, &kind);

  clear (self->mine_rows);
  clear (self->theirs_rows);
  clear (self->before_rows);
  for (; members->label != NULL; members++)
    add_member (self, members, mine, theirs, refusal->before);
  if (mine == NULL && area != NULL)
    {
      g_autofree char *facts = describe_boundary (self, area, NULL);

      add_row (self->mine_rows, _ ("Area"), facts, FALSE);
    }
  add_fault (self, refusal);
  if (words != NULL && (refusal->kind != WD_OBJECT_ORDER || mine == NULL || g_strcmp0 (words, ((const WdOrder *)mine)->text) != 0))
    add_row (self->mine_rows, _ ("Note"), words, FALSE);
  if (theirs == NULL)
    add_row (self->theirs_rows, kind, _ ("not there any more, or never taken"), FALSE);
  if (refusal->before == NULL)
    add_row (self->before_rows, kind, _ ("was not there yet"), FALSE);
  _wd_conflict_map_show (self, refusal, area, look);
  if (mine != NULL)
    wd_record_free (wd_object_type (refusal->kind), mine);
}
