/* wd-admin.c — waterdeskctl: the administrator's commands, and what they show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-admin-work.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define TENTHS 10

/* One command in hand. */
typedef struct
{
  WdAdminOptions *options;
  const char     *what; /* of wd-work.h */
  const char     *name; /* the file or the user that it is about */
  const char     *kind; /* of a file */
  GHashTable     *args;
  int             fd;   /* sent along */
  FILE           *out;  /* where a file goes that is the answer */
  char           *step; /* of the progress shown last */
  gint64          tenth;
  gboolean        failed;
} Command;

/* ---- what the work says ---- */

/* On a terminal in place; else a line for each step and tenth of it. */
static void
show_progress (Command *command, JsonObject *progress)
{
  const char *step = json_object_get_string_member (progress, "step");
  gint64      done = json_object_get_int_member (progress, "done");
  gint64      total = json_object_get_int_member (progress, "total");
  gint64      tenth = total > 0 ? done * TENTHS / total : TENTHS;

  if (isatty (STDERR_FILENO))
    g_printerr ("\r%s %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "\033[K%s", step, done, total, done == total ? "\n" : "");
  else if (g_strcmp0 (step, command->step) != 0 || tenth != command->tenth)
    g_printerr ("%s %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "\n", step, done, total);
  g_free (command->step);
  command->step = g_strdup (step);
  command->tenth = tenth;
}

static void
show_error (Command *command, JsonObject *error)
{
  const char *detail = json_object_get_string_member_with_default (error, "detail", "it failed");
  const char *column = json_object_get_string_member_with_default (error, "column", NULL);
  const char *field = json_object_get_string_member_with_default (error, "field", NULL);
  gint64      line = json_object_get_int_member_with_default (error, "line", 0);

  command->failed = TRUE;
  g_printerr ("waterdeskctl: ");
  if (command->name != NULL)
    g_printerr ("%s: ", command->name);
  if (line > 0)
    g_printerr ("line %" G_GINT64_FORMAT, line);
  if (column != NULL)
    g_printerr (", column %s", column);
  if (line == 0 && field != NULL)
    g_printerr ("%s", field);
  g_printerr ("%s%s\n", line > 0 || field != NULL ? ": " : "", detail);
}

static void
show_user (JsonObject *user)
{
  const char *unit = json_object_get_string_member_with_default (user, "unit", NULL);

  g_print ("%s\t%s\t%s\t%s\n", json_object_get_string_member (user, "name"), json_object_get_string_member (user, "role"), unit != NULL ? unit : "-",
           json_object_get_boolean_member (user, "disabled") ? "disabled" : json_object_get_boolean_member (user, "password") ? "active"
                                                                                                                              : "no password");
}

static void
take_piece (Command *command, const char *base64)
{
  gsize              length;
  g_autofree guchar *bytes = g_base64_decode (base64, &length);

  if (command->failed || fwrite (bytes, 1, length, command->out) == length)
    return;
  command->failed = TRUE;
  g_printerr ("waterdeskctl: %s: %s\n", command->name, g_strerror (errno));
}

static void
show_done (const Command *command, JsonObject *done)
{
  if (json_object_has_member (done, "rows"))
    g_print ("%" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT " of them new or different\n", json_object_get_int_member (done, "rows"), json_object_get_int_member (done, "changed"));
  else if (json_object_has_member (done, "head"))
    g_print ("all is well: %" G_GINT64_FORMAT " events, %" G_GINT64_FORMAT " boxes, %" G_GINT64_FORMAT " erased\nhead %s\n", json_object_get_int_member (done, "events"),
             json_object_get_int_member (done, "boxes"), json_object_get_int_member (done, "erased"), json_object_get_string_member (done, "head"));
  else if (json_object_has_member (done, "same"))
    g_print ("made again from %" G_GINT64_FORMAT " events: %s\n", json_object_get_int_member (done, "events"),
             json_object_get_boolean_member (done, "same") ? "as it was before" : "it was not what they say, now it is");
}

static void
show_line (JsonObject *line, gpointer data)
{
  Command *command = data;

  if (json_object_has_member (line, "progress"))
    show_progress (command, json_object_get_object_member (line, "progress"));
  else if (json_object_has_member (line, "piece"))
    take_piece (command, json_object_get_string_member (line, "piece"));
  else if (json_object_has_member (line, "user"))
    show_user (json_object_get_object_member (line, "user"));
  else if (json_object_has_member (line, "error"))
    show_error (command, json_object_get_object_member (line, "error"));
  else if (json_object_has_member (line, "done"))
    show_done (command, json_object_get_object_member (line, "done"));
}

/* ---- commands ---- */

static gboolean
fail_errno (const char *path, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
do_work (Command *command, GError **error)
{
  return wd_admin_work (command->options, command->what, command->args, command->fd, show_line, command, error) && !command->failed;
}

static gboolean
send_file (Command *command, GError **error)
{
  struct stat about;

  command->fd = open (command->name, O_RDONLY | O_CLOEXEC);
  if (command->fd < 0 || fstat (command->fd, &about) != 0)
    return fail_errno (command->name, error);
  if (S_ISREG (about.st_mode))
    return do_work (command, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s: this has to be a file: an import reads it twice", command->name);
  return FALSE;
}

/* Beside its place first: no half of a file is ever there. */
static gboolean
get_file (Command *command, GError **error)
{
  g_autofree char *beside = NULL;
  gboolean         ok;
  int              fd;

  if (command->name == NULL)
    {
      command->out = stdout;
      return do_work (command, error) && (fflush (stdout) == 0 || fail_errno ("standard output", error));
    }
  beside = g_strconcat (command->name, ".part", NULL);
  g_unlink (beside);
  fd = open (beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_errno (beside, error);
  command->out = fdopen (fd, "w");
  ok = do_work (command, error);
  if (ok && (fflush (command->out) != 0 || fsync (fileno (command->out)) != 0))
    ok = fail_errno (beside, error);
  fclose (command->out);
  if (ok && g_rename (beside, command->name) != 0)
    ok = fail_errno (command->name, error);
  if (!ok)
    g_unlink (beside);
  return ok;
}

/* From the terminal without an echo, else the first line of standard input. */
static gboolean
add_user (Command *command, GError **error)
{
  char           password[2048] = "";
  struct termios before, quiet;
  gboolean       asked = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0;

  if (asked)
    {
      g_printerr ("Password: ");
      quiet = before;
      quiet.c_lflag &= ~(tcflag_t)ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
    }
  if (fgets (password, sizeof password, stdin) == NULL)
    password[0] = '\0';
  if (asked)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  command->fd = memfd_create ("password", MFD_CLOEXEC);
  if (command->fd < 0 || write (command->fd, password, strlen (password)) != (gssize)strlen (password))
    return fail_errno ("password", error);
  return do_work (command, error);
}

static gboolean
restore (Command *command, GError **error)
{
  if (!wd_admin_restore (command->options, command->name, error))
    return FALSE;
  command->what = "verify";
  return do_work (command, error);
}

/* clang-format off */
static const struct
{
  const char *words; /* KIND and NAME stand for a word of the user's; [FILE] may be left out */
  const char *what;
  gboolean  (*run) (Command *command, GError **error);
  const char *help;
} commands[] = {
  { "user add NAME",        "user-add",     add_user,  "--role R [--unit U] [--display D]; the password comes from standard input" },
  { "user list",            "user-list",    do_work,   "name, role, unit, state" },
  { "user disable NAME",    "user-disable", do_work,   "signs in no more" },
  { "import KIND NAME",     "import",       send_file, "units, streets (GeoJSON), customers, orders (CSV), tiles (MBTiles; [--theme light|dark])" },
  { "export orders [NAME]", "export",       get_file,  "CSV as the import takes it; [--callers REASON] with callers in clear" },
  { "backup NAME",          "backup",       get_file,  "a copy of the store, without the keys" },
  { "restore NAME",         NULL,           restore,   "a backup into a folder that has the key file and no store" },
  { "verify",               "verify",       do_work,   "whether all events are what was written; [--state] the tables too" },
  { "rebuild",              "rebuild",      do_work,   "makes all derived tables again" },
};
/* clang-format on */

char *
wd_admin_summary (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv)   words = g_strsplit (commands[i].words, "NAME", 2);
      const char      *name = g_str_has_prefix (commands[i].words, "user") ? "NAME" : "FILE";
      g_autofree char *shown = g_strjoinv (name, words);

      g_string_append_printf (text, "  %-22s %s\n", shown, commands[i].help);
    }
  return g_string_free (text, FALSE);
}

/* Whether @words are the row's; takes the user's words. */
static gboolean
matches (Command *command, const char *row, GStrv words)
{
  g_auto (GStrv) pattern = g_strsplit (row, " ", -1);
  guint          i;

  command->name = command->kind = NULL;
  for (i = 0; pattern[i] != NULL; i++)
    {
      if (words[i] == NULL)
        return pattern[i][0] == '[';
      if (strstr (pattern[i], "NAME") != NULL)
        command->name = words[i];
      else if (strcmp (pattern[i], "KIND") == 0)
        command->kind = words[i];
      else if (strcmp (pattern[i], words[i]) != 0)
        return FALSE;
      else if (i > 0 && strcmp (pattern[0], "export") == 0)
        command->kind = words[i];
    }
  return words[i] == NULL;
}

static void
set_arg (Command *command, const char *name, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (command->args, (gpointer)name, (gpointer)value);
}

static int
run_command (Command *command, gboolean (*run) (Command *command, GError **error))
{
  const WdAdminOptions *options = command->options;
  g_autoptr (GError)    error = NULL;
  gboolean              ok;

  set_arg (command, "kind", command->kind);
  set_arg (command, "theme", options->theme);
  set_arg (command, "callers", options->callers);
  set_arg (command, "name", command->name);
  set_arg (command, "role", options->role);
  set_arg (command, "unit", options->unit);
  set_arg (command, "display", options->display);
  set_arg (command, "state", options->state ? "1" : NULL);
  ok = run (command, &error);
  if (error != NULL)
    g_printerr ("waterdeskctl: %s\n", error->message);
  return ok ? WD_ADMIN_DONE : WD_ADMIN_FAILED;
}

/* What the command that @words begin still needs; NULL where they begin none, or where a choice is missing. */
static char *
missing_word (GStrv words)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) pattern = g_strsplit (commands[i].words, " ", -1);
      guint          n = 0;

      while (pattern[n] != NULL && words[n] != NULL && (strcmp (pattern[n], words[n]) == 0 || strcmp (pattern[n], "KIND") == 0))
        n++;
      if (n == 0 || words[n] != NULL || pattern[n] == NULL)
        continue;
      if (strcmp (pattern[n], "KIND") == 0)
        return g_strdup ("KIND and FILE");
      if (strcmp (pattern[n], "NAME") == 0)
        return g_strdup (strcmp (pattern[0], "user") == 0 ? "NAME" : "FILE");
    }
  return NULL;
}

static void
show_usage (GStrv words)
{
  g_autofree char *given = g_strjoinv (" ", words);
  g_autofree char *missing = missing_word (words);
  g_autofree char *summary = words[0] == NULL ? wd_admin_summary () : NULL;

  if (summary != NULL)
    g_printerr ("Usage: waterdeskctl [--data-dir DIR | --store URL] COMMAND\n%swaterdeskctl --help says more\n", summary);
  else if (missing != NULL)
    g_printerr ("waterdeskctl: %s: %s is missing; --help says more\n", given, missing);
  else
    g_printerr ("waterdeskctl: there is no such command; --help names them\n");
}

int
wd_admin_run (WdAdminOptions *options, GStrv words)
{
  g_autoptr (GHashTable) args = g_hash_table_new (g_str_hash, g_str_equal);
  Command                command = { .options = options, .args = args, .fd = -1, .tenth = -1 };
  int                    status = WD_ADMIN_USAGE;

  if (options->data_dir == NULL && options->store != NULL)
    options->data_dir = wd_admin_store_folder (options->store);
  else if (options->data_dir == NULL)
    options->data_dir = g_build_filename (g_get_user_data_dir (), "waterdeskd", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands) && status == WD_ADMIN_USAGE; i++)
    if (matches (&command, commands[i].words, words))
      {
        command.what = commands[i].what;
        status = run_command (&command, commands[i].run);
      }
  if (status == WD_ADMIN_USAGE)
    show_usage (words);
  if (command.fd >= 0)
    close (command.fd);
  g_free (command.step);
  return status;
}
