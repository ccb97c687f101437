/* wd-test-display.c — a virtual screen of a test's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-test-display.h"

#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#define PATIENCE (60 * G_USEC_PER_SEC)

/* The screen ends with the test, also where that crashes. */
static void
tie_to_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
skip_all (const char *why)
{
  printf ("1..0 # SKIP %s\n", why);
  exit (0);
}

void
wd_test_display_start (void)
{
  gboolean           newer = gtk_get_minor_version () >= 16; /* which has another word for it */
  int                ends[2];
  char               number[16] = "";
  ssize_t            n;
  g_autofree char   *name = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_unix_open_pipe (ends, 0, NULL));
  name = g_strdup_printf ("%d", ends[1]);
  if (!g_spawn_async (NULL, (char *[]){ (char *)"Xvfb", (char *)"-displayfd", name, (char *)"-screen", (char *)"0", (char *)"1400x1000x24", (char *)"-nolisten", (char *)"tcp", NULL },
                      NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, tie_to_parent, NULL, NULL, &error))
    skip_all ("Xvfb is not installed");
  close (ends[1]);
  n = read (ends[0], number, sizeof number - 1);
  close (ends[0]);
  if (n <= 0)
    skip_all ("Xvfb does not start here");
  number[n] = '\0';

  g_free (name);
  name = g_strdup_printf (":%s", g_strchomp (number));
  g_setenv ("DISPLAY", name, TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv (newer ? "GDK_DISABLE" : "GDK_DEBUG", newer ? "gl" : "gl-disable", TRUE); /* no driver, which would leak */
  g_setenv ("GTK_A11Y", "none", TRUE);
}

void
wd_test_wait_for (gboolean (*done) (gpointer data),
                  gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}
