/* test-hearing.c — when a session counts as deaf
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-hearing.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define NOON (12 * HOUR)

typedef struct
{
  WdHearing hearing;
  gint64    now;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  wd_hearing_init (&desk->hearing, 0);
  desk->now = NOON;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  wd_hearing_clear (&desk->hearing);
}

/* Seconds go by; each is noted, with a peer that spoke a second ago or has been silent since @heard. */
static void
pass (Desk *desk, int seconds, gint64 heard)
{
  for (int i = 0; i < seconds; i++)
    {
      desk->now += 1000;
      if (desk->hearing.sockets > 0)
        wd_hearing_note (&desk->hearing, heard != 0 ? heard : desk->now - 1000, heard == 0, desk->now);
    }
}

static gboolean
was_deaf (Desk *desk, gint64 at)
{
  return wd_hearing_was_deaf (&desk->hearing, at, desk->now);
}

static void
open_socket (Desk *desk)
{
  wd_hearing_open (&desk->hearing, desk->now, desk->now);
}

static void
without_socket (Desk *desk, gconstpointer data)
{
  g_assert_true (was_deaf (desk, NOON - HOUR));
  g_assert_true (was_deaf (desk, NOON));
}

static void
with_socket (Desk *desk, gconstpointer data)
{
  open_socket (desk);
  pass (desk, 60, 0);
  g_assert_true (was_deaf (desk, NOON - HOUR));
  g_assert_false (was_deaf (desk, NOON + 1));
  g_assert_false (was_deaf (desk, desk->now));
}

static void
between_two (Desk *desk, gconstpointer data)
{
  open_socket (desk);
  pass (desk, 60, 0);
  wd_hearing_note (&desk->hearing, desk->now, TRUE, desk->now);
  wd_hearing_close (&desk->hearing);
  pass (desk, 600, 0);
  g_assert_true (was_deaf (desk, desk->now - 1000));
  open_socket (desk);
  pass (desk, 60, 0);
  g_assert_false (was_deaf (desk, NOON + 59000));
  g_assert_true (was_deaf (desk, NOON + 61000));
  g_assert_true (was_deaf (desk, NOON + 659000));
  g_assert_false (was_deaf (desk, NOON + 661000));
}

/* A cut cable: the socket stays open, but nothing comes; a new one is there before the old is given up. */
static void
cut_cable (Desk *desk, gconstpointer data)
{
  open_socket (desk);
  pass (desk, 60, 0);
  pass (desk, 40, NOON + 59000);
  g_assert_true (was_deaf (desk, desk->now - 1000));
  open_socket (desk);
  wd_hearing_close (&desk->hearing);
  pass (desk, 60, 0);
  g_assert_false (was_deaf (desk, NOON + 58000));
  g_assert_true (was_deaf (desk, NOON + 60000));
  g_assert_true (was_deaf (desk, NOON + 99000));
  g_assert_false (was_deaf (desk, NOON + 101000));
}

/* As it was stored, after a restart. */
static void
after_restart (Desk *desk, gconstpointer data)
{
  wd_hearing_note (&desk->hearing, NOON - HOUR, FALSE, 0);
  open_socket (desk);
  pass (desk, 5, 0);
  g_assert_false (was_deaf (desk, NOON - HOUR - 1));
  g_assert_true (was_deaf (desk, NOON - 1));
  g_assert_false (was_deaf (desk, desk->now - 1));
}

static void
many_gaps (Desk *desk, gconstpointer data)
{
  for (int i = 0; i < 40; i++)
    {
      open_socket (desk);
      pass (desk, 10, 0);
      wd_hearing_note (&desk->hearing, desk->now, TRUE, desk->now);
      wd_hearing_close (&desk->hearing);
      pass (desk, 10, 0);
    }
  g_assert_cmpuint (desk->hearing.gaps->len, ==, 16);
  g_assert_false (was_deaf (desk, desk->now - 15000));
  g_assert_true (was_deaf (desk, desk->now - 25000));
  g_assert_false (was_deaf (desk, desk->now - 35000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/hearing/" path, Desk, NULL, set_up, func, tear_down)
  ADD ("who-has-no-socket-is-deaf", without_socket);
  ADD ("who-has-one-hears", with_socket);
  ADD ("between-two-sockets-one-is-deaf", between_two);
  ADD ("an-open-socket-that-says-nothing-counts-for-nothing", cut_cable);
  ADD ("what-was-stored-counts-after-a-restart", after_restart);
  ADD ("only-the-latest-gaps-are-kept", many_gaps);
  return g_test_run ();
}
