/* wd-intake-form.h — one call while it is taken: what becomes an order
 *
 * Kept on disk as a draft each second in which something changed, under an id of its own, until it was given or thrown away.
 *
 * Signals: changed (): title or point are other ones; given (order id): it became an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_INTAKE_FORM (wd_intake_form_get_type ())
G_DECLARE_FINAL_TYPE (WdIntakeForm, wd_intake_form, WD, INTAKE_FORM, AdwBin)

/* @draft: (nullable): the id of a draft of the desk's to go on with */
GtkWidget *wd_intake_form_new (WdDesk *desk, const char *draft);

gboolean wd_intake_form_is_empty (WdIntakeForm *self);
char    *wd_intake_form_dup_title (WdIntakeForm *self); /* for its tab */
WdPoint  wd_intake_form_get_point (WdIntakeForm *self);
void     wd_intake_form_set_point (WdIntakeForm *self, WdPoint point); /* by a click on the map */

/* Makes the order; @answer: and closes it with the answer that is written.  Faults are shown at their fields. */
void wd_intake_form_give (WdIntakeForm *self, gboolean answer);

/* The call belongs to what is known already, of the id @to: no order.  FALSE with the fault shown. */
gboolean wd_intake_form_attach (WdIntakeForm *self, const char *to);

void wd_intake_form_say_not_kept (WdIntakeForm *self); /* what was given comes back: it could not be written */

void wd_intake_form_keep (WdIntakeForm *self); /* onto the disk, now */
/* The draft goes; the text is given back so that it can be had again.  (transfer full) */
char *wd_intake_form_discard (WdIntakeForm *self);
void  wd_intake_form_restore (WdIntakeForm *self, const char *text);

G_END_DECLS
