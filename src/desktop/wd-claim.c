/* wd-claim.c — one program for each pair of server and user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-claim.h"

#define NAME "org.waterdesk.Waterdesk.x"
#define HASH_CHARACTERS 16

GApplication *
wd_claim_new (const char *server, const char *user)
{
  g_autofree char         *pair = g_strdup_printf ("%s\n%s", server, user);
  g_autofree char         *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);
  g_autofree char         *name = g_strdup_printf (NAME "%.*s", HASH_CHARACTERS, hash);
  g_autoptr (GApplication) claim = g_object_new (G_TYPE_APPLICATION, "application-id", name, NULL);

  if (!g_application_register (claim, NULL, NULL) || !g_application_get_is_remote (claim))
    return g_steal_pointer (&claim);
  g_application_activate (claim);
  g_dbus_connection_flush_sync (g_application_get_dbus_connection (claim), NULL, NULL);
  return NULL;
}
