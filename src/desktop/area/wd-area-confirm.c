/* wd-area-confirm.c — one page to confirm before an outage is told: who is inside, what is told, what it replaces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-ask-dialog.h"
#include "wd-format.h"

#include <glib/gi18n.h>

/* --- a member in words ----------------------------------------------------------------- */

typedef enum
{
  TEXT,
  TIME,
  NATURE,
  EFFECT,
  PIPE
} Kind;

static const struct
{
  const char *member;
  const char *name;
  Kind        kind;
} rows[] = {
  { "nature", N_ ("Kind"), NATURE },
  { "starts", N_ ("Starts"), TIME },
  { "expected", N_ ("Expected back"), TIME },
  { "reason", N_ ("Reason"), TEXT },
  { "extent", N_ ("Extent"), TEXT },
  { "effect", N_ ("Effect"), EFFECT },
  { "pipe_mm", N_ ("Pipe"), PIPE },
  { "because", N_ ("Changed because"), TEXT },
};

static char *
describe_time (WdAreaPage *self, gint64 time)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));

  return time > 0 ? wd_format_moment (time, wd_desk_now (self->desk), zone) : NULL;
}

/* NULL where the command takes it away. */
static char *
describe_now (WdAreaPage *self, guint row, GVariant *members)
{
  const char *text = rows[row].kind == TIME || rows[row].kind == PIPE ? NULL : wd_members_text (members, rows[row].member);
  gint64      number = text == NULL ? wd_members_int (members, rows[row].member, 0) : 0;

  switch (rows[row].kind)
    {
    case TIME: return describe_time (self, number);
    case PIPE: return number > 0 ? g_strdup_printf ("DN%d", (int)number) : NULL;
    case NATURE: return g_strdup (g_strcmp0 (text, "planned") == 0 ? _ ("Planned") : _ ("Emergency"));
    case EFFECT: return g_strdup (text == NULL ? NULL : _wd_area_effect (g_str_equal (text, "none") ? WD_OUTAGE_NO_WATER : WD_OUTAGE_LOW_PRESSURE));
    case TEXT:
    default: return g_strdup (text);
    }
}

static char *
describe_before (WdAreaPage *self, guint row, const WdOutage *outage)
{
  switch (rows[row].kind)
    {
    case TIME: return describe_time (self, g_str_equal (rows[row].member, "starts") ? outage->starts : outage->expected);
    case PIPE: return outage->pipe_mm > 0 ? g_strdup_printf ("DN%d", (int)outage->pipe_mm) : NULL;
    case NATURE: return g_strdup (outage->nature == WD_OUTAGE_PLANNED ? _ ("Planned") : _ ("Emergency"));
    case EFFECT: return g_strdup (_wd_area_effect (outage->effect));
    case TEXT:
    default: return g_strdup (g_str_equal (rows[row].member, "reason") ? outage->reason : g_str_equal (rows[row].member, "extent") ? outage->extent
                                                                                                                                   : NULL);
    }
}

/* By how much a time is later than it was told; NULL where one of them is not known. */
char *
_wd_area_compare_times (gint64 now, gint64 before)
{
  gint64 minutes = (ABS (now - before) + 30000) / 60000;

  if (now <= 0 || before <= 0 || minutes == 0)
    return NULL;
  /* Translators: hours and minutes. */
  return g_strdup_printf (now > before ? _ ("%1$d:%2$02d later than before") : _ ("%1$d:%2$02d earlier than before"), (int)(minutes / 60), (int)(minutes % 60));
}

static char *
compare (guint row, GVariant *members, const WdOutage *outage)
{
  if (rows[row].kind != TIME)
    return NULL;
  return _wd_area_compare_times (wd_members_int (members, rows[row].member, 0), g_str_equal (rows[row].member, "starts") ? outage->starts : outage->expected);
}

/* Of a revision what it changes, each beside what was told before. */
static void
add_told (WdAreaPage *self, GtkWidget *box, GVariant *members, const WdOutage *outage)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *now = wd_members_has (members, rows[i].member) ? describe_now (self, i, members) : NULL;
      g_autofree char *before = outage != NULL ? describe_before (self, i, outage) : NULL;
      g_autofree char *apart = outage != NULL ? compare (i, members, outage) : NULL;
      g_autofree char *both = before == NULL ? NULL : apart != NULL ? g_strdup_printf ("%s → %s · %s", before, now != NULL ? now : "–", apart)
                                                                    : g_strdup_printf ("%s → %s", before, now != NULL ? now : "–");

      if (wd_members_has (members, rows[i].member))
        _wd_area_add_line (box, _ (rows[i].name), both != NULL ? both : now);
    }
}

/* A line for each member that is another one. */
void
_wd_area_add_changes (WdAreaPage *self, GtkWidget *box, const WdOutage *before, const WdOutage *after)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *was = describe_before (self, i, before), *is = describe_before (self, i, after);
      g_autofree char *both = g_strdup_printf ("%s → %s", was != NULL ? was : "–", is != NULL ? is : "–");

      if (g_strcmp0 (was, is) != 0)
        _wd_area_add_line (box, _ (rows[i].name), both);
    }
  if (g_strcmp0 (before->area, after->area) != 0)
    _wd_area_add_line (box, _ ("Area"), _ ("drawn anew"));
}

/* --- who is inside ------------------------------------------------------------------------ */

/* As the editor counts: what it asked last may be answered while the page is open. */
static GtkWidget *
add_live (GtkWidget *box, GtkLabel *figure, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "css-classes", (const char *[]){ style, NULL }, NULL);

  g_object_bind_property (figure, "label", label, "label", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_inside (WdAreaPage *self, GtkWidget *box)
{
  const struct
  {
    const char *name;
    GtkLabel   *figure;
  } changes[] = { { _ ("new"), self->count_added }, { _ ("released"), self->count_released }, { _ ("told before"), self->count_same } };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkBox    *critical;

  add_live (line, self->count, "big-number");
  add_live (line, self->count_rest, "secondary");
  for (guint i = 0; self->purpose == WD_AREA_REVISE && i < G_N_ELEMENTS (changes); i++)
    {
      gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", changes[i].name, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
      add_live (line, changes[i].figure, "strong");
    }
  gtk_box_append (GTK_BOX (box), line);
  critical = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  g_set_weak_pointer (&self->critical_asked, critical);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (critical));
  _wd_area_count_show_critical (self);
  add_live (box, self->count_orders, "secondary");
}

/* --- the page -------------------------------------------------------------------------------- */

static void
done_cb (WdAskDialog *dialog, WdAreaPage *self)
{
  _wd_area_form_give (self);
}

void
_wd_area_confirm (WdAreaPage *self)
{
  const char          *missing;
  g_autoptr (GVariant) members = _wd_area_form_read (self, &missing);
  const WdOutage      *outage = self->begun;
  const char          *act = gtk_label_get_label (self->give_words);
  GtkWidget           *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char     *replaces = NULL;
  WdAskDialog         *dialog;

  if (members == NULL || _wd_area_verdict_fault (self) != NULL)
    {
      g_object_unref (g_object_ref_sink (box));
      _wd_area_form_give (self); /* says what is missing */
      return;
    }
  g_variant_ref_sink (members);
  if (outage != NULL)
    replaces = wd_format_number (outage->number);
  gtk_widget_add_css_class (box, "area-asked");
  add_inside (self, box);
  add_told (self, box, members, outage);
  _wd_area_add_line (box, _ ("Area"), self->geojson == NULL ? _ ("only the text tells where it is") : outage == NULL || wd_members_has (members, "area") ? gtk_label_get_label (self->verdict)
                                                                                                                                                         : _ ("as it was"));
  _wd_area_add_line (box, _ ("Replaces"), outage != NULL ? replaces : _ ("nothing: it is a new one"));
  dialog = wd_ask_dialog_new (GTK_WIDGET (self), act, gtk_label_get_label (self->follows), act, _ ("Go On Drawing"), NULL, FALSE);
  wd_ask_dialog_add_facts (dialog, box);
  wd_ask_dialog_focus_act (dialog);
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
