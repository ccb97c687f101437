/* wd-credentials.c — the passwords of those who sign in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-credentials.h"

/* clang-format off */
static const WdStatement put_credentials  = { "credentials-put",
  "INSERT INTO credentials (staff, hash, once, changed_at) VALUES ($1, $2, $3, $4) "
  "ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, once = excluded.once, changed_at = excluded.changed_at" };
static const WdStatement find_credentials = { "credentials-find",
  "SELECT hash, once FROM credentials WHERE staff = $1" };
static const WdStatement keep_credentials = { "credentials-keep",
  "UPDATE credentials SET once = 0 WHERE staff = $1" };
/* clang-format on */

gboolean
wd_credentials_put (WdStore *store, const char *staff, const char *hash, gboolean once, gint64 now, GError **error)
{
  return wd_store_exec (store, &put_credentials, error, "ttii", staff, hash, (gint64)once, now);
}

char *
wd_credentials_find (WdStore *store, const char *staff, gboolean *once, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &find_credentials, error, "t", staff);

  if (rows == NULL || wd_rows_count (rows) == 0)
    return NULL;
  if (once != NULL)
    *once = wd_rows_int (rows, 0, 1) != 0;
  return g_strdup (wd_rows_text (rows, 0, 0, NULL));
}

gboolean
wd_credentials_keep (WdStore *store, const char *staff, GError **error)
{
  return wd_store_exec (store, &keep_credentials, error, "t", staff);
}
