/* wd-city-text.h — what is said in the demo city: orders, notes, results
 *
 * Everything follows from the city and a number, so that a demo that is
 * started again goes on where it was.  Texts are Chinese, as a hotline's
 * staff writes them, and well under the limits of api §1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"

G_BEGIN_DECLS

/* The members of `receive`, and what the demo needs besides. */
typedef struct
{
  const char *channel;
  const char *category;
  const char *nature;
  char       *text;
  char       *caller_name;
  char       *caller_phone;
  const char *account; /* NULL where the caller named none */
  char       *address;
  WdPoint     point;
  char      **points;       /* the points to be answered, or NULL */
  char       *reference;    /* of the platform that passed it on, or NULL */
  gint64      due_after_ms; /* the platform's own limit from the receipt on, or 0 */
  const char *unit;         /* code of the unit whose work it is */
  guint64     incident;     /* the same for all calls about one thing, 0: alone */
} WdCityOrder;

/* The n-th order of the demo's stream, from 0.  Now and then a main bursts or
 * the water turns brown somewhere, and some of the next calls come from there. */
WdCityOrder *wd_city_order_new (const WdCity *city,
                                guint64       n);
void         wd_city_order_free (WdCityOrder *order);

/* Texts for what is done with an order; @n varies them. */
char *wd_city_answer_text (guint64     n, /* answered at the desk */
                           const char *category);
char *wd_city_note_text (guint64     n,
                         const char *category);
char *wd_city_contact_text (guint64 n);
char *wd_city_finish_result (guint64     n,
                             const char *category);
char *wd_city_visit_text (guint64  n,
                          gboolean satisfied);

/* @class: (out): class of the return
 * @suggested: (out): code of the unit to which it should go, NULL for none */
char *wd_city_return_reason (guint64     n,
                             const char *category,
                             const char **class,
                             const char **suggested);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCityOrder, wd_city_order_free)

G_END_DECLS
