/* wd-acts.h — what a screen reader may do with a widget, without a key or a pointer
 *
 * Acts of the accessible tree: those of one table that are possible now.  Each does what a key, a drag or a menu does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A table of them ends with a row of NULLs. */
typedef struct
{
  const char *name;
  WdVerb      verb;                                  /* possible where it may be given; NONE: always … */
  gboolean (*may) (WdDesk *desk, const char *order); /* … or asked instead; NULL: it is not */
} WdAct;

gboolean wd_act_is_possible (const WdAct *act, WdDesk *desk, const char *order);

typedef void (*WdActFunc) (GtkWidget *widget, const char *name, gpointer data);

/* Offers as "@prefix.NAME" those of @acts that may be done to @order now; again where that may have changed.
 * @order: NULL where they are of no order, and possible always; @data must live as long as @widget */
void wd_acts_offer (GtkWidget *widget, const char *prefix, const WdAct *acts, WdDesk *desk, const char *order, WdActFunc func, gpointer data);

/* Offers nothing any more. */
void wd_acts_withdraw (GtkWidget *widget, const char *prefix);

G_END_DECLS
