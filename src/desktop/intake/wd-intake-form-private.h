/* wd-intake-form-private.h — the inside of a form, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-address-entry.h"
#include "wd-intake-choice.h"
#include "wd-intake-form.h"

G_BEGIN_DECLS

struct _WdIntakeForm
{
  AdwBin parent_instance;

  WdDesk *desk;
  char   *draft; /* id */
  guint   keeping;

  GtkBox         *fields;
  GtkLabel       *kept;
  WdAddressEntry *phone;
  GtkDropDown    *channel; /* NULL: at a unit */
  WdAddressEntry *address;
  WdIntakeChoice *category;
  WdIntakeChoice *nature;
  GtkTextBuffer  *text;
  GtkWidget      *text_view;
  GtkEditable    *name;
  GtkTextBuffer  *answer;
  GtkWidget      *answer_view;
  GtkLabel       *where;
  GtkWidget      *give;
  GtkWidget      *give_answered;
  GHashTable     *problems; /* member -> GtkLabel below its field */

  char    *account; /* the candidate's that was taken last */
  char    *placed;  /* the house or street of a candidate that @point is of; NULL: the map was clicked, or there is none */
  WdPoint  point;
  gboolean filling; /* not by hand */
  gint64   begun;   /* monotonic: the first key of it */
};

/* wd-intake-form.c: the channel by its nick, and where it is */
const char *_wd_intake_form_get_channel (WdIntakeForm *self);
void        _wd_intake_form_set_channel (WdIntakeForm *self, const char *nick); /* one that is no choice here changes nothing */
void        _wd_intake_form_show_where (WdIntakeForm *self);

/* wd-intake-draft.c: what was typed, as text; NULL: nothing, for channel and nature alone are nothing.  (transfer full) */
char *_wd_intake_form_dup_draft (WdIntakeForm *self);

/* wd-intake-give.c */
void _wd_intake_form_clear_problems (WdIntakeForm *self);

/* Without what surrounds it.  (transfer full) */
char *_wd_intake_form_dup_text (GtkTextBuffer *buffer);

G_END_DECLS
