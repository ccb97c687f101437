/* wd-customers.h — who is supplied where: reference data outside the chain
 *
 * Name and telephone lie sealed under the customer's own key; the telephone is
 * found by its keyed hash.  Each address, and each street that one names, is
 * a place that intake finds (wd-reader.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-keys.h"
#include "wd-record.h"
#include "wd-store.h"

G_BEGIN_DECLS

/* domestic, hospital, school, dialysis, fire, highrise, industry */
gboolean wd_customer_class_is_known (const char *word);
/* Who can't be without water: every class but domestic and industry (api §7). */
gboolean wd_customer_class_is_critical (const char *word);
/* Their place among the classes, the most pressing first. */
guint wd_customer_class_rank (const char *word);

typedef struct
{
  char   *account;
  char   *name; /* (nullable), as are all that follow but class */
  char   *phone;
  char   *address;
  WdPoint point;
  char   *class_;
} WdCustomer;
void wd_customer_free (WdCustomer *customer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCustomer, wd_customer_free)

/* One who is new, or not the same as before. */
typedef struct
{
  char   *account;
  char   *address; /* (nullable) */
  WdPoint was;     /* not set where there was no point, or no such account */
  WdPoint point;
  char   *class_;
} WdCustomerMove;
void wd_customer_move_free (WdCustomerMove *move);

/* Adds or replaces by account, within the caller's transaction; what is the same already is not touched.
 * @customers: (element-type WdCustomer): of an account that comes twice the last counts
 * @moves: (element-type WdCustomerMove) (nullable): who was new or different is added */
gboolean wd_customers_put (WdStore *store, WdKeys *keys, GPtrArray *customers, GPtrArray *moves, GError **error);

/* Opens what wd_customers_put() sealed.  (transfer full) (nullable): NULL without @error where there is none. */
char *wd_customer_open (WdKeys *keys, const char *account, const char *field, GBytes *wrapped, GBytes *sealed, GError **error);

/* A street that no customer's address may name, or whose middle is known; within the caller's transaction. */
gboolean wd_places_put_street (WdStore *store, const char *name, const WdPoint *point, GError **error);

G_END_DECLS
