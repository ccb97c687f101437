/* wd-host.c — what long work runs on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-host.h"

#include <string.h>

void
wd_host_progress (const WdHost *host, const char *step, gint64 done, gint64 total)
{
  char line[160];
  int  length = g_snprintf (line, sizeof line, "{\"progress\":{\"step\":\"%s\",\"done\":%" G_GINT64_FORMAT ",\"total\":%" G_GINT64_FORMAT "}}\n", step, done, total);

  host->say (line, (gsize)length, host->owner);
}

void
wd_host_piece (const WdHost *host, const char *bytes, gsize length)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *)bytes, length);
  g_autofree char *line = g_strdup_printf ("{\"piece\":\"%s\"}\n", base64);

  host->say (line, strlen (line), host->owner);
}

typedef struct
{
  WdLedgerTry func;
  gpointer    data;
  GError     *error;
  gboolean    ok;
} Try;

static void
run_try (WdLedger *ledger, gint64 now, gpointer data)
{
  Try *one = data;

  one->ok = one->func (ledger, now, one->data, &one->error);
}

gboolean
wd_host_try (const WdHost *host, WdLedgerTry func, gpointer data, GError **error)
{
  Try one = { func, data, NULL, FALSE };

  host->run (run_try, &one, host->owner);
  if (!one.ok)
    g_propagate_error (error, one.error);
  return one.ok;
}
