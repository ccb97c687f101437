/* main-admin.c — waterdeskctl, administration of the server's store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-admin.h"

#include <locale.h>

static void
options_clear (WdAdminOptions *options)
{
  g_free (options->data_dir);
  g_free (options->store);
  g_free (options->key_file);
  g_free (options->role);
  g_free (options->unit);
  g_free (options->display);
  g_free (options->theme);
  g_free (options->callers);
}

int
main (int argc, char **argv)
{
  WdAdminOptions options = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.data_dir, "The server's folder", "DIR" },
    { "store",    0, 0, G_OPTION_ARG_STRING,   &options.store,    "Where the store is (sqlite:PATH)", "URL" },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &options.key_file, "The list of keys (DIR/key)", "FILE" },
    { "role",     0, 0, G_OPTION_ARG_STRING,   &options.role,     "Role of a user", "ROLE" },
    { "unit",     0, 0, G_OPTION_ARG_STRING,   &options.unit,     "Unit of a user, by its code", "UNIT" },
    { "display",  0, 0, G_OPTION_ARG_STRING,   &options.display,  "A user's name as it is shown", "NAME" },
    { "theme",    0, 0, G_OPTION_ARG_STRING,   &options.theme,    "Theme of map tiles: light or dark", "THEME" },
    { "callers",  0, 0, G_OPTION_ARG_STRING,   &options.callers,  "Why callers are to be in clear; kept as an event", "REASON" },
    { "state",    0, 0, G_OPTION_ARG_NONE,     &options.state,    "Verify the derived tables too", NULL },
    { NULL }
  };
  /* clang-format on */
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND — administration of a Waterdesk store");
  g_autoptr (GError)         error = NULL;
  g_autofree char           *summary = wd_admin_summary ();
  int                        status = WD_ADMIN_USAGE;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_set_description (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error))
    status = wd_admin_run (&options, argv + 1);
  else
    g_printerr ("waterdeskctl: %s\n", error->message);
  options_clear (&options);
  return status;
}
