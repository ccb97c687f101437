/* wd-alarm-player.c — plays the sounds of alarms, and knows whether they can be heard
 *
 * libcanberra reads files only: each sound lies in a file that is nowhere but in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-player.h"

#include <gsound.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUTE "-120" /* dB */
#define STUCK_USEC (10 * G_USEC_PER_SEC)
#define LOOK_USEC (30 * G_USEC_PER_SEC)

static const char *const names[WD_N_SOUNDS] = { [WD_SOUND_ORDER] = "order", [WD_SOUND_URGE] = "urge", [WD_SOUND_CUT] = "cut" };

struct _WdAlarmPlayer
{
  GObject parent_instance;

  int            files[WD_N_SOUNDS];
  GSoundContext *context;   /* of the thread while `playing` */
  gint64         played_at; /* monotonic microseconds */
  gboolean       playing;
  gboolean       heard;
};

/* What the thread is to do. */
typedef struct
{
  char    *file;
  gboolean mute;
} Errand;

enum
{
  PROP_0,
  PROP_HEARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WdAlarmPlayer, wd_alarm_player, G_TYPE_OBJECT)

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->file);
  g_free (errand);
}

/* --- on the thread ------------------------------------------------------------------------------- */

static void
played_cb (GObject *context, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* PulseAudio, or PipeWire in its place: other drivers take sounds that nobody hears. */
static GSoundContext *
open_context (GError **error)
{
  GSoundContext *context = gsound_context_new (NULL, error);

  if (context != NULL && gsound_context_set_driver (context, "pulse", error) &&
      gsound_context_set_attributes (context, error, GSOUND_ATTR_APPLICATION_NAME, "Waterdesk",
                                     GSOUND_ATTR_APPLICATION_ID, "org.waterdesk.Waterdesk", NULL) &&
      gsound_context_open (context, error))
    return context;
  g_clear_object (&context);
  return NULL;
}

static gboolean
play_to_its_end (GSoundContext *context, const Errand *errand, GError **error)
{
  g_autoptr (GMainContext) waiting = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (waiting);
  gsound_context_play_full (context, NULL, played_cb, &result, GSOUND_ATTR_MEDIA_FILENAME, errand->file,
                            GSOUND_ATTR_CANBERRA_VOLUME, errand->mute ? MUTE : "0", NULL);
  while (result == NULL)
    g_main_context_iteration (waiting, TRUE);
  g_main_context_pop_thread_default (waiting);
  return gsound_context_play_full_finish (context, result, error);
}

/* A sound server that was started anew wants another context. */
static void
play_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WdAlarmPlayer *self = source;
  gboolean       heard = FALSE;

  for (int attempt = 0; attempt < 2 && !heard; attempt++)
    {
      if (self->context == NULL)
        self->context = open_context (NULL);
      heard = self->context != NULL && play_to_its_end (self->context, data, NULL);
      if (!heard)
        g_clear_object (&self->context);
    }
  g_task_return_boolean (task, heard);
}

/* --- on the main thread -------------------------------------------------------------------------- */

static void
set_heard (WdAlarmPlayer *self, gboolean heard)
{
  if (self->heard == heard)
    return;
  self->heard = heard;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEARD]);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdAlarmPlayer *self = WD_ALARM_PLAYER (source);

  self->playing = FALSE;
  set_heard (self, g_task_propagate_boolean (G_TASK (result), NULL));
}

static void
play (WdAlarmPlayer *self, WdSound sound, gboolean mute)
{
  g_autoptr (GTask) task = NULL;
  Errand           *errand;

  if (self->playing || self->files[sound] < 0)
    return;
  self->playing = TRUE;
  self->played_at = g_get_monotonic_time ();
  errand = g_new0 (Errand, 1);
  errand->file = g_strdup_printf ("/proc/self/fd/%d", self->files[sound]);
  errand->mute = mute;
  task = g_task_new (self, NULL, done_cb, NULL);
  g_task_set_source_tag (task, play);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, play_in_thread);
}

void
wd_alarm_player_play (WdAlarmPlayer *self, WdSound sound)
{
  play (self, sound, FALSE);
}

void
wd_alarm_player_tick (WdAlarmPlayer *self)
{
  gint64 since = g_get_monotonic_time () - self->played_at;

  if (self->playing && since > STUCK_USEC)
    set_heard (self, FALSE);
  if (!self->heard && since > LOOK_USEC)
    play (self, WD_SOUND_ORDER, TRUE);
}

gboolean
wd_alarm_player_is_heard (WdAlarmPlayer *self)
{
  return self->heard;
}

/* Returns: -1 where there is no memory for it */
static int
make_file (const char *name)
{
  g_autofree char   *path = g_strdup_printf ("/waterdesk/sounds/%s.wav", name);
  g_autoptr (GBytes) sound = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  int                file = memfd_create (name, MFD_CLOEXEC);

  g_return_val_if_fail (sound != NULL, file);
  if (file < 0 || write (file, g_bytes_get_data (sound, NULL), g_bytes_get_size (sound)) == (gssize)g_bytes_get_size (sound))
    return file;
  close (file);
  return -1;
}

static void
wd_alarm_player_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_HEARD)
    g_value_set_boolean (value, WD_ALARM_PLAYER (object)->heard);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
wd_alarm_player_finalize (GObject *object)
{
  WdAlarmPlayer *self = WD_ALARM_PLAYER (object);

  g_clear_object (&self->context);
  for (int sound = WD_SOUND_NONE + 1; sound < WD_N_SOUNDS; sound++)
    if (self->files[sound] >= 0)
      close (self->files[sound]);
  G_OBJECT_CLASS (wd_alarm_player_parent_class)->finalize (object);
}

static void
wd_alarm_player_class_init (WdAlarmPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wd_alarm_player_get_property;
  object_class->finalize = wd_alarm_player_finalize;
  properties[PROP_HEARD] = g_param_spec_boolean ("heard", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wd_alarm_player_init (WdAlarmPlayer *self)
{
  self->heard = TRUE;
  for (int sound = WD_SOUND_NONE + 1; sound < WD_N_SOUNDS; sound++)
    self->files[sound] = make_file (names[sound]);
}

WdAlarmPlayer *
wd_alarm_player_new (void)
{
  WdAlarmPlayer *self = g_object_new (WD_TYPE_ALARM_PLAYER, NULL);

  play (self, WD_SOUND_ORDER, TRUE);
  return self;
}
