/* wd-work.c — the administration's work by name, whoever asks for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-work.h"

#include "wd-backup.h"
#include "wd-export.h"
#include "wd-import.h"
#include "wd-json.h"
#include "wd-password.h"
#include "wd-problem.h"
#include "wd-rebuild.h"
#include "wd-users.h"
#include "wd-verify.h"

#include <string.h>
#include <unistd.h>

#define DONE "{\"done\":{}}\n"

/* One piece of work in hand. */
typedef struct
{
  const WdHost *host;
  GHashTable   *args;
  int           fd;
  WdFault       fault; /* of an import */
} Work;

static const char *
arg (const Work *work, const char *name)
{
  const char *value = g_hash_table_lookup (work->args, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
need (const Work *work, const char *name, const char **value, GError **error)
{
  *value = arg (work, name);
  if (*value == NULL)
    wd_rule_set_invalid (error, name, "this has to be named");
  return *value != NULL;
}

static void
say (const Work *work, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
say (const Work *work, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list          args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  work->host->say (line, strlen (line), work->host->owner);
}

/* ---- the works ---- */

static gboolean
do_import (Work *work, GError **error)
{
  const char *kind;
  WdImported  done;

  if (!need (work, "kind", &kind, error))
    return FALSE;
  if (!wd_import_kind_is_known (kind))
    {
      wd_rule_set_invalid (error, "kind", "there is no such kind of file");
      return FALSE;
    }
  if (!wd_import (work->host, kind, work->fd, arg (work, "theme"), &done, &work->fault, error))
    return FALSE;
  say (work, "{\"done\":{\"kind\":\"%s\",\"rows\":%" G_GINT64_FORMAT ",\"changed\":%" G_GINT64_FORMAT "}}\n", kind, done.rows, done.changed);
  return TRUE;
}

static gboolean
do_export (Work *work, GError **error)
{
  const char *kind;

  if (!need (work, "kind", &kind, error))
    return FALSE;
  if (strcmp (kind, "orders") != 0)
    {
      wd_rule_set_invalid (error, "kind", "there is no such kind of file");
      return FALSE;
    }
  if (!wd_export_orders (work->host, arg (work, "callers"), error))
    return FALSE;
  say (work, DONE);
  return TRUE;
}

static gboolean
do_backup (Work *work, GError **error)
{
  if (!wd_backup (work->host, error))
    return FALSE;
  say (work, DONE);
  return TRUE;
}

static gboolean
do_verify (Work *work, GError **error)
{
  g_auto (WdVerdict) verdict = { 0 };
  WdRebuilt          rebuilt = { .same = TRUE };

  if (!wd_verify (work->host, &verdict, error))
    return FALSE;
  if (verdict.fault == NULL && arg (work, "state") != NULL && !wd_rebuild (work->host, FALSE, &rebuilt, error))
    return FALSE;
  if (verdict.fault != NULL)
    g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "%s", verdict.fault);
  else if (!rebuilt.same)
    g_set_error_literal (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "The events are well, but the tables derived from them are not what they say: rebuild.");
  else
    say (work, "{\"done\":{\"events\":%" G_GINT64_FORMAT ",\"boxes\":%" G_GINT64_FORMAT ",\"erased\":%" G_GINT64_FORMAT ",\"head\":\"%s\"}}\n",
         verdict.events, verdict.boxes, verdict.erased, verdict.head != NULL ? verdict.head : "");
  return verdict.fault == NULL && rebuilt.same;
}

static gboolean
do_rebuild (Work *work, GError **error)
{
  WdRebuilt rebuilt;

  if (!wd_rebuild (work->host, TRUE, &rebuilt, error))
    return FALSE;
  say (work, "{\"done\":{\"events\":%" G_GINT64_FORMAT ",\"same\":%s}}\n", rebuilt.events, rebuilt.same ? "true" : "false");
  return TRUE;
}

/* Up to the first end of a line. */
static void
read_password (const Work *work, char *password, gsize size)
{
  gssize n = work->fd >= 0 ? pread (work->fd, password, size - 1, 0) : 0;

  password[MAX (n, 0)] = '\0';
  password[strcspn (password, "\r\n")] = '\0';
}

static gboolean
do_user_add (Work *work, GError **error)
{
  char      password[WD_PASSWORD_LONGEST + 3];
  WdNewUser user = { .display = arg (work, "display"), .unit = arg (work, "unit"), .password = password };

  if (!need (work, "name", &user.name, error) || !need (work, "role", &user.role, error))
    return FALSE;
  read_password (work, password, sizeof password);
  if (!wd_user_put (work->host, &user, error))
    return FALSE;
  say (work, DONE);
  return TRUE;
}

static gboolean
do_user_disable (Work *work, GError **error)
{
  const char *name;

  if (!need (work, "name", &name, error) || !wd_user_disable (work->host, name, error))
    return FALSE;
  say (work, DONE);
  return TRUE;
}

static gboolean
do_user_list (Work *work, GError **error)
{
  if (!wd_user_list (work->host, error))
    return FALSE;
  say (work, DONE);
  return TRUE;
}

/* clang-format off */
static const struct
{
  const char *what;
  gboolean (*run) (Work *work, GError **error);
  gboolean    begins; /* a store, where there is none */
} works[] = {
  { "import",       do_import,       TRUE },
  { "export",       do_export,       FALSE },
  { "backup",       do_backup,       FALSE },
  { "verify",       do_verify,       FALSE },
  { "rebuild",      do_rebuild,      FALSE },
  { "user-add",     do_user_add,     TRUE },
  { "user-disable", do_user_disable, FALSE },
  { "user-list",    do_user_list,    FALSE },
};
/* clang-format on */

/* ---- errors ---- */

static WdProblemCode
problem_of (const GError *error)
{
  if (error->domain == WD_STORE_ERROR)
    return error->code == WD_STORE_ERROR_BUSY ? WD_PROBLEM_BUSY : WD_PROBLEM_STORAGE;
  if (g_error_matches (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND))
    return WD_PROBLEM_NOT_FOUND;
  if (error->domain == WD_RULE_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    return WD_PROBLEM_INVALID;
  return WD_PROBLEM_INTERNAL;
}

static void
say_error (const Work *work, const GError *error)
{
  g_autoptr (GString) line = g_string_new ("{\"error\":");
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char    *field = error->domain == WD_RULE_ERROR ? wd_rule_error_dup_field (error) : NULL;

  if (work->fault.line > 0)
    {
      g_string_append_printf (place, "\"line\":%" G_GINT64_FORMAT ",\"column\":", work->fault.line);
      wd_json_append_text (place, *work->fault.column != '\0' ? work->fault.column : NULL);
    }
  wd_problem_append_json (line, problem_of (error), error->domain == WD_RULE_ERROR ? wd_rule_error_detail (error) : error->message, field, place->len > 0 ? place->str : NULL);
  g_string_append (line, "}\n");
  work->host->say (line->str, line->len, work->host->owner);
}

/* Its place in the table, -1 for nothing. */
static int
find_work (const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (strcmp (works[i].what, what) == 0)
      return (int)i;
  return -1;
}

gboolean
wd_work_is_known (const char *what)
{
  return find_work (what) >= 0;
}

gboolean
wd_work_begins_store (const char *what)
{
  int i = find_work (what);

  return i >= 0 && works[i].begins;
}

gboolean
wd_work_do (const WdHost *host, const char *what, GHashTable *args, int fd, GError **error)
{
  Work               work = { host, args, fd, { 0, "" } };
  g_autoptr (GError) broken = NULL;
  int                i = find_work (what);

  g_return_val_if_fail (i >= 0, FALSE);
  if (works[i].run (&work, &broken))
    return TRUE;
  say_error (&work, broken);
  g_propagate_error (error, g_steal_pointer (&broken));
  return FALSE;
}
