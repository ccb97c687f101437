/* wd-presence.c — desks by user and name, their state by the clock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-presence.h"

#include "wd-json.h"
#include "wd-server-clock.h"

#define NAME_CHARACTERS 100

typedef enum
{
  STATE_ONLINE,
  STATE_AWAY,
  STATE_UNMANNED,
  STATE_OFFLINE
} State;

static const char *const state_names[] = { "online", "away", "unmanned", "offline" };

struct _WdDesk
{
  char    *key; /* user, tab, name */
  char    *user;
  char    *unit;
  char    *name;
  guint    sockets;
  gint64   closed_at;  /* boot time */
  gint64   touched_at; /* boot time of the last input */
  char    *viewing;
  GStrv    viewing_readers;
  gboolean sound;
  State    state;
  gboolean news;
};

/* What a desk says. */
typedef struct
{
  char    *desk;
  gint64   idle; /* seconds */
  char    *viewing;
  gboolean sound;
} Said;

static const WdField said_fields[] = {
  WD_TEXT (Said, desk, WD_FIELD_PLAIN),
  WD_INT (Said, idle, WD_FIELD_PLAIN),
  WD_TEXT (Said, viewing, WD_FIELD_PLAIN),
  WD_BOOL (Said, sound, WD_FIELD_PLAIN),
  { NULL }
};
static const WdRecordType said_type = { "presence", sizeof (Said), said_fields };

struct _WdPresence
{
  WdPresenceSettings settings;
  GHashTable        *desks; /* key -> WdDesk */
};

static void
desk_free (gpointer data)
{
  WdDesk *desk = data;

  g_free (desk->key);
  g_free (desk->user);
  g_free (desk->unit);
  g_free (desk->name);
  g_free (desk->viewing);
  g_strfreev (desk->viewing_readers);
  g_free (desk);
}

WdPresence *
wd_presence_new (const WdPresenceSettings *settings)
{
  WdPresence *presence = g_new0 (WdPresence, 1);

  if (settings != NULL)
    presence->settings = *settings;
  if (presence->settings.away == 0)
    presence->settings.away = 300;
  if (presence->settings.unmanned == 0)
    presence->settings.unmanned = 660;
  if (presence->settings.offline == 0)
    presence->settings.offline = 30;
  presence->desks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, desk_free);
  return presence;
}

void
wd_presence_free (WdPresence *presence)
{
  g_hash_table_unref (presence->desks);
  g_free (presence);
}

static WdDesk *
find_or_add (WdPresence *presence, const char *user, const char *unit, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s\t%s", user, name);
  WdDesk          *desk = g_hash_table_lookup (presence->desks, key);

  if (desk == NULL)
    {
      desk = g_new0 (WdDesk, 1);
      desk->key = g_steal_pointer (&key);
      desk->user = g_strdup (user);
      desk->name = g_strdup (name);
      desk->state = STATE_OFFLINE;
      g_hash_table_insert (presence->desks, desk->key, desk);
    }
  if (g_strcmp0 (desk->unit, unit) != 0)
    {
      g_free (desk->unit);
      desk->unit = g_strdup (unit);
      desk->news = TRUE;
    }
  return desk;
}

static gint64
seconds_since (gint64 then)
{
  return (wd_boot_milliseconds () - then) / 1000;
}

static State
state_of (WdPresence *presence, const WdDesk *desk)
{
  if (desk->sockets == 0)
    return seconds_since (desk->closed_at) >= presence->settings.offline ? STATE_OFFLINE : desk->state;
  if (seconds_since (desk->touched_at) >= presence->settings.unmanned)
    return STATE_UNMANNED;
  return seconds_since (desk->touched_at) >= presence->settings.away ? STATE_AWAY : STATE_ONLINE;
}

WdDesk *
wd_presence_open (WdPresence *presence, const WdActor *actor)
{
  WdDesk *desk = find_or_add (presence, actor->name, actor->unit, "");

  desk->sockets++;
  desk->touched_at = wd_boot_milliseconds ();
  return desk;
}

void
wd_presence_close (WdPresence *presence, WdDesk *desk)
{
  if (--desk->sockets > 0)
    return;
  desk->closed_at = wd_boot_milliseconds ();
  wd_desk_set_viewing_readers (desk, NULL);
  if (desk->viewing != NULL)
    desk->news = TRUE;
  g_clear_pointer (&desk->viewing, g_free);
}

/* The first message gives the desk its name: the nameless one it had goes. */
static WdDesk *
rename_desk (WdPresence *presence, WdDesk *desk, const char *name)
{
  WdDesk *named;

  if (g_str_equal (desk->name, name))
    return desk;
  named = find_or_add (presence, desk->user, desk->unit, name);
  named->sockets++;
  named->touched_at = MAX (named->touched_at, desk->touched_at);
  wd_presence_close (presence, desk);
  return named;
}

gboolean
wd_presence_take (WdPresence *presence, WdDesk **desk_of, JsonObject *object)
{
  Said    *said = wd_record_new (&said_type);
  gboolean readable = wd_record_read_json (&said_type, said, object, NULL) && said->desk != NULL &&
                      said->desk[0] != '\0' && g_utf8_strlen (said->desk, -1) <= NAME_CHARACTERS;

  if (readable)
    {
      WdDesk *desk = *desk_of = rename_desk (presence, *desk_of, said->desk);

      if (said->idle >= 0)
        desk->touched_at = wd_boot_milliseconds () - said->idle * 1000;
      if (desk->sound != said->sound)
        desk->news = TRUE;
      desk->sound = said->sound;
      if (g_strcmp0 (desk->viewing, said->viewing) != 0)
        {
          g_free (desk->viewing);
          desk->viewing = g_steal_pointer (&said->viewing);
          wd_desk_set_viewing_readers (desk, NULL);
          desk->news = TRUE;
        }
    }
  wd_record_free (&said_type, said);
  return readable;
}

const char *
wd_desk_viewing (const WdDesk *desk)
{
  return desk->viewing;
}

void
wd_desk_set_viewing_readers (WdDesk *desk, GStrv readers)
{
  g_strfreev (desk->viewing_readers);
  desk->viewing_readers = readers;
  desk->news = TRUE;
}

gboolean
wd_presence_tick (WdPresence *presence)
{
  gboolean       news = FALSE;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, presence->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WdDesk *desk = value;
      State   state = state_of (presence, desk);

      if (state != desk->state)
        {
          desk->state = state;
          desk->news = TRUE;
        }
      news = news || desk->news;
    }
  return news;
}

static gboolean
may_know_viewing (const WdDesk *desk, const char *const *readers)
{
  for (guint i = 0; desk->viewing_readers != NULL && desk->viewing_readers[i] != NULL; i++)
    if (g_strv_contains (readers, desk->viewing_readers[i]))
      return TRUE;
  return FALSE;
}

GBytes *
wd_presence_message (WdPresence *presence, const char *const *readers, gboolean all)
{
  g_autoptr (GString) json = g_string_new ("{\"presence\":[");
  gsize               empty = json->len;
  GHashTableIter      iter;
  gpointer            value;

  g_hash_table_iter_init (&iter, presence->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WdDesk *desk = value;

      if (!(all || desk->news) || desk->name[0] == '\0')
        continue;
      if (json->len > empty)
        g_string_append_c (json, ',');
      g_string_append (json, "{\"unit\":");
      wd_json_append_text (json, desk->unit);
      g_string_append (json, ",\"desk\":");
      wd_json_append_text (json, desk->name);
      g_string_append (json, ",\"user\":");
      wd_json_append_text (json, desk->user);
      g_string_append_printf (json, ",\"state\":\"%s\",\"sound\":%s,\"viewing\":", state_names[desk->state],
                              desk->sound ? "true" : "false");
      wd_json_append_text (json, may_know_viewing (desk, readers) ? desk->viewing : NULL);
      g_string_append_c (json, '}');
    }

  if (json->len == empty)
    return NULL;
  g_string_append (json, "]}");
  return g_string_free_to_bytes (g_steal_pointer (&json));
}

static gboolean
forget_if_gone (gpointer key, gpointer value, gpointer data)
{
  WdDesk *desk = value;

  desk->news = FALSE;
  return desk->sockets == 0 && desk->name[0] == '\0';
}

void
wd_presence_told (WdPresence *presence)
{
  g_hash_table_foreach_remove (presence->desks, forget_if_gone, NULL);
}

gboolean
wd_presence_has_desk (WdPresence *presence, const char *unit)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, presence->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WdDesk *desk = value;

      if (desk->sockets > 0 && g_strcmp0 (desk->unit, unit) == 0)
        return TRUE;
    }
  return FALSE;
}
