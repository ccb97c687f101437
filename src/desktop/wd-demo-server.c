/* wd-demo-server.c — a demo server of this desktop's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-demo-server.h"

#include <signal.h>

#define READY "listening on "

struct _WdDemoServer
{
  GSubprocess      *process;
  GDataInputStream *output; /* kept open: a server that prints must not fail for it */
  char             *url;
};

static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "waterdeskd", NULL) : NULL;

  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_strdup ("waterdeskd");
}

static void
line_cb (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask)  task = data;
  WdDemoServer      *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char   *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (stream), result, NULL, &error);

  if (line == NULL || !g_str_has_prefix (line, READY))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The demo server did not start: %s",
                               error != NULL ? error->message : "see what it printed");
      wd_demo_server_stop (self);
      return;
    }
  self->url = g_strdup (line + strlen (READY));
  g_task_set_task_data (task, NULL, NULL);
  g_task_return_pointer (task, self, (GDestroyNotify)wd_demo_server_stop);
}

void
wd_demo_server_start_async (GAsyncReadyCallback callback, gpointer data)
{
  GTask           *task = g_task_new (NULL, NULL, callback, data);
  g_autofree char *program = find_program ();
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "waterdesk", "demo", NULL);
  WdDemoServer    *self = g_new0 (WdDemoServer, 1);
  GError          *error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--demo", "--data-dir", folder,
                                    "--listen", "127.0.0.1:0", NULL);
  if (self->process == NULL)
    {
      g_free (self);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_task_set_task_data (task, self, NULL);
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, line_cb, task);
}

WdDemoServer *
wd_demo_server_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
wd_demo_server_get_url (WdDemoServer *self)
{
  return self->url;
}

void
wd_demo_server_stop (WdDemoServer *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_free (self->url);
  g_free (self);
}
