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
  WdIntakeChoice *channel;
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

  char    *account;
  WdPoint  point;
  gboolean restoring;
  gint64   begun; /* monotonic: the first key of it */
};

/* wd-intake-give.c */
void _wd_intake_form_clear_problems (WdIntakeForm *self);

/* Without what surrounds it.  (transfer full) */
char *_wd_intake_form_dup_text (GtkTextBuffer *buffer);

G_END_DECLS
