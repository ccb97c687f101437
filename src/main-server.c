/* main-server.c — waterdeskd, the central server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-server.h"

#include <locale.h>
#include <stdlib.h>

static void
options_clear (WdServerOptions *options)
{
  g_free (options->data_dir);
  g_free (options->store);
  g_free (options->key_file);
  g_free (options->listen);
  g_free (options->tls_cert);
  g_free (options->tls_key);
}

int
main (int argc, char **argv)
{
  WdServerOptions options = { .speed = WD_SPEED_ABSENT };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.data_dir, "Folder for the store, the key and the sockets", "DIR" },
    { "store",    0, 0, G_OPTION_ARG_STRING,   &options.store,    "Where the store is (sqlite:PATH)", "URL" },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &options.key_file, "The list of keys (DIR/key)", "FILE" },
    { "listen",   0, 0, G_OPTION_ARG_STRING,   &options.listen,   "Address to listen on (127.0.0.1:8181)", "ADDR:PORT" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options.tls_cert, "Certificate (PEM)", "FILE" },
    { "tls-key",  0, 0, G_OPTION_ARG_FILENAME, &options.tls_key,  "Its private key (PEM)", "FILE" },
    { "demo",     0, 0, G_OPTION_ARG_NONE,     &options.demo,     "A made-up city with a stream of orders", NULL },
    { "speed",    0, 0, G_OPTION_ARG_DOUBLE,   &options.speed,    "The demo's clocks run N times as fast", "N" },
    { "away",     0, 0, G_OPTION_ARG_INT,      &options.away,     "A desk is away after so long without input (300)", "SECONDS" },
    { "unmanned", 0, 0, G_OPTION_ARG_INT,      &options.unmanned, "... and unmanned (660: asked after 600, 60 to answer)", "SECONDS" },
    { "offline",  0, 0, G_OPTION_ARG_INT,      &options.offline,  "... and offline so long after its last socket (30)", "SECONDS" },
    { "batch",    0, 0, G_OPTION_ARG_INT,      &options.batch,    "Requests in one transaction at most, for measuring", "N" },
    { NULL }
  };
  /* clang-format on */
  g_autoptr (GOptionContext) context = g_option_context_new ("— the central server of Waterdesk");
  g_autoptr (GError)         error = NULL;
  gboolean                   well;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  well = g_option_context_parse (context, &argc, &argv, &error);
  if (well && argc > 1)
    {
      g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "what is “%s” for?", argv[1]);
      well = FALSE;
    }
  well = well && wd_server_run (&options, &error);
  if (!well)
    g_printerr ("waterdeskd: %s\n", error->message);
  options_clear (&options);
  return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
