/* test-full-disk.c — what a desk makes of a disk that takes nothing more: never half an act, and nothing lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fault-desk.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
set_full (gboolean full)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 0 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
failed_cb (WdDesk *desk, const char *why, guint *n)
{
  *n += why != NULL ? 1 : 0;
}

static void
missed_cb (WdDesk *desk, const char *command, guint *n)
{
  (*n)++;
}

static WdCommand *
command (WdVerb verb, const char *members)
{
  return wd_desk_command (verb, ORDER_1, g_variant_new_parsed (members));
}

static const WdOrder *
order (Fixture *f)
{
  return wd_order_item_get_order (wd_desk_get_order (f->desk, ORDER_1));
}

/* A decision about what was refused stands before what was refused goes. */
static void
test_replace (Fixture *f, gconstpointer token)
{
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *refused = NULL;
  guint                 failed = 0;

  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 400, "{\"code\":\"bad-request\"}", NULL);
  faults_note (f, ORDER_1, "refused");
  wd_test_until (f->refused == 1);
  faults_put_order (f, ORDER_2, "told"); /* nothing else is to be written while the disk is full */
  wd_test_until (g_strcmp0 (faults_text_of (f, ORDER_2), "told") == 0);
  refused = g_strdup (((WdRefusal *)wd_desk_get_refusals (f->desk)->pdata[0])->command->id);
  g_ptr_array_add (again, command (WD_VERB_NOTE, "{'text': <'in its stead'>}"));
  g_signal_connect (f->desk, "failed", G_CALLBACK (failed_cb), &failed);

  set_full (TRUE);
  wd_desk_replace (f->desk, refused, again, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wd_desk_get_refusals (f->desk)->len, ==, 0);
  wd_test_until (failed == 1 && wd_desk_get_refusals (f->desk)->len == 1);
  set_full (FALSE);
  g_assert_cmpstr (((WdRefusal *)wd_desk_get_refusals (f->desk)->pdata[0])->command->id, ==, refused);
  g_assert_cmpuint (faults_waiting (f), ==, 0);

  wd_desk_replace (f->desk, refused, again, &error);
  g_assert_no_error (error);
  wd_test_until (f->answered == 1);
  g_assert_cmpuint (wd_desk_get_refusals (f->desk)->len, ==, 0);
  g_assert_nonnull (strstr (f->server->commands->pdata[1], "in its stead"));
}

/* A recall never goes without the dispatch that it was given with, nor is one of both taken back. */
static void
test_redirect (Fixture *f, gconstpointer token)
{
  g_autoptr (WdCommand) first = command (WD_VERB_DISPATCH, "{'unit': <'east'>}");
  g_autoptr (GPtrArray) both = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GError)    error = NULL;
  guint                 failed = 0, missed = 0;

  wd_test_until (faults_is_live (f));
  wd_desk_give (f->desk, first, 0, &error);
  g_assert_no_error (error);
  wd_test_until (f->answered == 1);
  g_ptr_array_add (both, command (WD_VERB_RECALL, "@a{sv} {}"));
  g_ptr_array_add (both, command (WD_VERB_DISPATCH, "{'unit': <'east'>, 'note': <'again'>}"));
  g_signal_connect (f->desk, "failed", G_CALLBACK (failed_cb), &failed);
  g_signal_connect (f->desk, "undo-missed", G_CALLBACK (missed_cb), &missed);

  set_full (TRUE);
  wd_desk_give_all (f->desk, both, NULL, 60000, NULL, &error);
  g_assert_no_error (error);
  wd_test_until (failed == 2);
  set_full (FALSE);
  g_assert_cmpuint (faults_waiting (f), ==, 0);
  g_assert_cmpint (order (f)->state, ==, WD_STATE_DISPATCHED);

  failed = 0;
  wd_desk_give_all (f->desk, both, NULL, 60000, NULL, &error);
  g_assert_no_error (error);
  faults_note (f, ORDER_2, "written");
  wd_test_until (f->answered == 2);
  set_full (TRUE);
  undone = wd_desk_undo (f->desk, (const char *[]){ ((WdCommand *)both->pdata[0])->id, ((WdCommand *)both->pdata[1])->id, NULL });
  g_assert_cmpuint (undone->len, ==, 2);
  wd_test_until (missed == 2);
  set_full (FALSE);
  g_assert_cmpuint (faults_waiting (f), ==, 2);
}

/* What can't be done as one act is not begun. */
static void
test_at_fault (Fixture *f, gconstpointer token)
{
  g_autoptr (GPtrArray) both = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autoptr (GError)    error = NULL;
  guint                 at_fault = 0;

  wd_test_until (faults_is_live (f));
  g_ptr_array_add (both, command (WD_VERB_DISPATCH, "{'unit': <'east'>}"));
  g_ptr_array_add (both, command (WD_VERB_DISPATCH, "{'unit': <'east'>}"));
  g_assert_false (wd_desk_give_all (f->desk, both, NULL, 0, &at_fault, &error));
  g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_STATE);
  g_assert_cmpuint (at_fault, ==, 1);
  g_assert_cmpuint (faults_waiting (f), ==, 0);
  g_assert_cmpint (order (f)->state, ==, WD_STATE_RECEIVED);
}

int
main (int argc, char **argv)
{
  signal (SIGXFSZ, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  FAULTS_ADD ("/full-disk/a decision is not lost", "secret", test_replace);
  FAULTS_ADD ("/full-disk/a redirect is never half a one", "secret", test_redirect);
  FAULTS_ADD ("/full-disk/one act or none", "secret", test_at_fault);
  return g_test_run ();
}
