/* test-terms.c — what is said to a person where the desk itself does not do it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk.h"
#include "wd-terms.h"

static GError *
make_error (GQuark domain, int code, const char *message)
{
  return g_error_new_literal (domain != 0 ? domain : WD_RULE_ERROR, code, message);
}

static void
assert_said (GError *error, WdVerb verb, WdOrder *order, const char *words)
{
  g_autofree char *said = wd_term_refusal (error, verb, order);

  g_assert_cmpstr (said, ==, words);
  g_error_free (error);
}

static WdOrder *
make_order (WdOrderState state)
{
  WdOrder *order = wd_order_new ();

  order->state = state;
  return order;
}

/* Nobody was first: the state does not allow it. */
static void
test_state (void)
{
  g_autoptr (WdOrder) order = make_order (WD_STATE_DISPATCHED);

  assert_said (make_error (0, WD_RULE_ERROR_STATE, "state"), WD_VERB_ARRIVE, order, "The order is now “waiting for acceptance”, and can't have “Arrived”.");
  order->state = WD_STATE_ON_SITE;
  assert_said (make_error (0, WD_RULE_ERROR_STATE, "state"), WD_VERB_ARRIVE, order, "It is on site already.");
  order->state = WD_STATE_ACCEPTED;
  assert_said (make_error (0, WD_RULE_ERROR_STATE, "state"), WD_VERB_FINISH, order, "Nobody has been on site yet.");
  assert_said (make_error (0, WD_RULE_ERROR_STATE, "state"), WD_VERB_RESTORE_OUTAGE, NULL, "As it stands that can't be done.");
}

static void
test_return (void)
{
  g_autoptr (WdOrder) order = make_order (WD_STATE_RECEIVED);

  assert_said (make_error (0, WD_RULE_ERROR_STATE, "state"), WD_VERB_RULE_RETURN, order, "No return waits for a ruling.");
  order->returned = wd_returned_new ();
  order->returned->late = TRUE;
  assert_said (make_error (0, WD_RULE_ERROR_STATE, "state"), WD_VERB_DISPATCH, order, "A late return waits for a ruling first.");
}

static void
test_others (void)
{
  g_autoptr (WdOrder) order = make_order (WD_STATE_ACCEPTED);

  assert_said (make_error (0, WD_RULE_ERROR_INVALID, "reason: taking back what was accepted needs a reason"), WD_VERB_RECALL, order,
               "It is accepted: a recall needs its reason, on the order's page.");
  assert_said (make_error (0, WD_RULE_ERROR_INVALID, "reason: too long"), WD_VERB_RETURN, order, "Something in the entry is not right.");
  assert_said (make_error (0, WD_RULE_ERROR_FORBIDDEN, "forbidden"), WD_VERB_RECALL, order, "Your role may not do this.");
  assert_said (make_error (WD_DESK_ERROR, WD_DESK_ERROR_STOPPED, "stopped"), WD_VERB_RECALL, order, "A refusal is to be seen to first: See Both.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terms/a state that does not allow it is named", test_state);
  g_test_add_func ("/terms/a return that stands in the way is named", test_return);
  g_test_add_func ("/terms/each other reason has its words", test_others);
  return g_test_run ();
}
