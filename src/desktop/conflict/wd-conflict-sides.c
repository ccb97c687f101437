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
  static const char *const names[] = { "note", "reason", "text", "result" };

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
  if (words != NULL)
    g_string_append_printf (text, " · %s", words);
  return g_string_free (text, FALSE);
}

/* --- values of one order, each as a person reads it ------------------------------------------- */

static char *
unit_of (WdConflictPage *self, const WdOrder *order)
{
  return order->unit != NULL ? _wd_conflict_unit_name (self, order->unit, FALSE) : g_strdup (_ ("customer service centre"));
}

static char *
state_of (WdConflictPage *self, const WdOrder *order)
{
  return g_strdup (wd_term_state (order->state));
}

static char *
crew_of (WdConflictPage *self, const WdOrder *order)
{
  const WdCrew *crew = order->crew != NULL ? wd_desk_get_crew (self->desk, order->crew) : NULL;

  return g_strdup (crew != NULL ? crew->name : order->crew);
}

static char *
category_of (WdConflictPage *self, const WdOrder *order)
{
  const WdCategory *category = order->category != NULL ? wd_desk_get_category (self->desk, order->category) : NULL;

  return g_strdup (category != NULL ? category->name : order->category);
}

static char *
address_of (WdConflictPage *self, const WdOrder *order)
{
  return g_strdup (order->address);
}

static char *
text_of (WdConflictPage *self, const WdOrder *order)
{
  return g_strdup (order->text);
}

static char *
result_of (WdConflictPage *self, const WdOrder *order)
{
  return g_strdup (order->result);
}

static char *
clock_of (WdConflictPage *self, const WdOrder *order)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  const WdClock        *next = NULL;
  g_autofree char      *time = NULL;

  for (guint i = 0; order->clocks != NULL && i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->stopped_at == 0 && clock->due_at != 0 && (next == NULL || clock->due_at < next->due_at))
        next = clock;
    }
  if (next == NULL)
    return NULL;
  time = wd_format_minute (next->due_at, zone);
  return g_strdup_printf ("%s %s", wd_term_clock (next->rule), time);
}

typedef struct
{
  const char *label;
  char *(*value) (WdConflictPage *self, const WdOrder *order);
  gboolean always; /* shown also where all sides agree */
} Member;

/* clang-format off */
static const Member members[] = {
  { N_ ("Responsible unit"), unit_of,     TRUE },
  { N_ ("State"),            state_of,    TRUE },
  { N_ ("Crew"),             crew_of,     FALSE },
  { N_ ("Next limit"),       clock_of,    FALSE },
  { N_ ("Result"),           result_of,   FALSE },
  { N_ ("Category"),         category_of, TRUE },
  { N_ ("Address"),          address_of,  TRUE },
  { N_ ("What is wrong"),    text_of,     TRUE },
};
/* clang-format on */

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
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
}

/* @differs: whether mine and theirs are not the same */
static void
add_member (WdConflictPage *self, const Member *member, const WdOrder *mine, const WdOrder *theirs, const WdOrder *before)
{
  g_autofree char *my = mine != NULL ? member->value (self, mine) : NULL;
  g_autofree char *their = theirs != NULL ? member->value (self, theirs) : NULL;
  g_autofree char *old = before != NULL ? member->value (self, before) : NULL;
  gboolean         differs = mine != NULL && theirs != NULL && g_strcmp0 (my, their) != 0;

  if (!member->always && !differs && (before == NULL || theirs == NULL || g_strcmp0 (old, their) == 0))
    return;
  if (mine != NULL)
    add_row (self->mine_rows, _ (member->label), my, differs);
  if (theirs != NULL)
    add_row (self->theirs_rows, _ (member->label), their, differs);
  if (before != NULL)
    add_row (self->before_rows, _ (member->label), old, FALSE);
}

void
_wd_conflict_show_sides (WdConflictPage *self, const WdRefusal *refusal)
{
  g_autoptr (WdOrder) mine = wd_desk_dup_wanted (self->desk, refusal);
  const WdOrder      *theirs = _wd_conflict_theirs (self, refusal);
  const char         *words = words_of (refusal->command);

  clear (self->mine_rows);
  clear (self->theirs_rows);
  clear (self->before_rows);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    add_member (self, &members[i], mine, theirs, refusal->before);
  if (words != NULL && (mine == NULL || g_strcmp0 (words, mine->text) != 0))
    add_row (self->mine_rows, _ ("Note"), words, FALSE);
  if (theirs == NULL)
    add_row (self->theirs_rows, _ ("Order"), _ ("not there any more, or never taken"), FALSE);
  if (refusal->before == NULL)
    add_row (self->before_rows, _ ("Order"), _ ("was not there yet"), FALSE);
}
