/* main-desktop.c — waterdesk, the desk of dispatchers and units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-application.h"

#include "config.h"

#include <libintl.h>

#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (WdApplication) application = NULL;
  const char               *locales = g_getenv ("WATERDESK_LOCALEDIR"); /* an uninstalled build names its own */

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = wd_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
