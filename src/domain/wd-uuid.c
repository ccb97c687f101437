/* wd-uuid.c — names for the further objects of one command (RFC 9562 §5.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-decide.h"

#include <string.h>

#define UUID_BYTES 16

static void
read_uuid (const char *text, guint8 bytes[UUID_BYTES])
{
  guint nibble = 0;

  memset (bytes, 0, UUID_BYTES);
  for (const char *p = text; *p != '\0' && nibble < 2 * UUID_BYTES; p++)
    {
      int digit = g_ascii_xdigit_value (*p);

      if (digit < 0)
        continue;
      bytes[nibble / 2] |= (guint8)(digit << (nibble % 2 == 0 ? 4 : 0));
      nibble++;
    }
}

char *
wd_uuid_v5 (const char *command, const char *kind, guint count)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char      *name = g_strdup_printf ("%s/%u", kind, count);
  guint8                b[20];
  gsize                 length = sizeof b;

  read_uuid (command, b);
  g_checksum_update (sum, b, UUID_BYTES);
  g_checksum_update (sum, (const guchar *)name, -1);
  g_checksum_get_digest (sum, b, &length);
  b[6] = (guint8)((b[6] & 0x0f) | 0x50); /* version 5 */
  b[8] = (guint8)((b[8] & 0x3f) | 0x80); /* the RFC's variant */
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                          b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}
