/* wd-presence.c — desks by user and name, their state by the clock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-presence.h"

#include "wd-feed.h"

#include "wd-json.h"
#include "wd-server-clock.h"

#define NAME_CHARACTERS 100
#define ID_CHARACTERS 36
#define DESKS_OF_ONE 16               /* names that one user's desks may have at a time */
#define FORGOTTEN_SECONDS (24 * 3600) /* an offline desk */

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
  GStrv    readers; /* to which its user belongs */
  guint    sockets;
  gint64   closed_at;  /* boot time */
  gint64   touched_at; /* boot time of the last input */
  char    *viewing;
  GStrv    viewing_readers; /* NULL while not known, or where its user may not see it either */
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
  GHashTable        *desks;  /* key -> WdDesk */
  GHashTable        *viewed; /* id -> number of desks that view it */
};

static void
desk_free (gpointer data)
{
  WdDesk *desk = data;

  g_free (desk->key);
  g_free (desk->user);
  g_free (desk->unit);
  g_free (desk->name);
  g_strfreev (desk->readers);
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
  presence->viewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return presence;
}

void
wd_presence_free (WdPresence *presence)
{
  g_hash_table_unref (presence->desks);
  g_hash_table_unref (presence->viewed);
  g_free (presence);
}

guint
wd_presence_get_unmanned (WdPresence *presence)
{
  return presence->settings.unmanned;
}

static WdDesk *
find_or_add (WdPresence *presence, const char *user, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s\t%s", user, name);
  WdDesk          *desk = g_hash_table_lookup (presence->desks, key);

  if (desk != NULL)
    return desk;
  desk = g_new0 (WdDesk, 1);
  desk->key = g_steal_pointer (&key);
  desk->user = g_strdup (user);
  desk->name = g_strdup (name);
  desk->state = STATE_OFFLINE;
  g_hash_table_insert (presence->desks, desk->key, desk);
  return desk;
}

static void
set_rights (WdDesk *desk, const char *unit, const char *const *readers)
{
  if (g_strcmp0 (desk->unit, unit) != 0)
    {
      g_free (desk->unit);
      desk->unit = g_strdup (unit);
      desk->news = TRUE;
    }
  g_strfreev (desk->readers);
  desk->readers = g_strdupv ((char **)readers);
}

static gboolean
has_too_many (WdPresence *presence, const char *user)
{
  guint          n = 0;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, presence->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += g_str_equal (((WdDesk *)value)->user, user);
  return n > DESKS_OF_ONE;
}

static void
count_viewed (WdPresence *presence, const char *id, int by)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (presence->viewed, id)) + (guint)by;

  if (n > 0)
    g_hash_table_replace (presence->viewed, g_strdup (id), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (presence->viewed, id);
}

static void
view (WdPresence *presence, WdDesk *desk, const char *id)
{
  if (g_strcmp0 (desk->viewing, id) == 0)
    return;
  if (desk->viewing != NULL)
    count_viewed (presence, desk->viewing, -1);
  if (id != NULL)
    count_viewed (presence, id, 1);
  g_free (desk->viewing);
  desk->viewing = g_strdup (id);
  g_clear_pointer (&desk->viewing_readers, g_strfreev);
  desk->news = TRUE;
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
  WdDesk        *desk = find_or_add (presence, actor->name != NULL ? actor->name : "", "");
  g_auto (GStrv) readers = wd_actor_readers (actor);

  set_rights (desk, actor->unit, (const char *const *)readers);
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
  view (presence, desk, NULL);
}

/* The first message gives the desk its name: the nameless one it had goes.  NULL where it has had too many. */
static WdDesk *
rename_desk (WdPresence *presence, WdDesk *desk, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s\t%s", desk->user, name);
  WdDesk          *named = g_hash_table_lookup (presence->desks, key);

  if (named == desk)
    return desk;
  if (named == NULL && has_too_many (presence, desk->user))
    return NULL;
  if (named == NULL)
    named = find_or_add (presence, desk->user, name);
  set_rights (named, desk->unit, (const char *const *)desk->readers);
  named->sockets++;
  named->touched_at = MAX (named->touched_at, desk->touched_at);
  wd_presence_close (presence, desk);
  return named;
}

static void
update_state (WdPresence *presence, WdDesk *desk)
{
  State state = state_of (presence, desk);

  if (state == desk->state)
    return;
  desk->state = state;
  desk->news = TRUE;
}

static gboolean
is_readable (const Said *said)
{
  return said->desk != NULL && said->desk[0] != '\0' && g_utf8_strlen (said->desk, -1) <= NAME_CHARACTERS &&
         (said->viewing == NULL || g_utf8_strlen (said->viewing, -1) <= ID_CHARACTERS);
}

gboolean
wd_presence_take (WdPresence *presence, WdDesk **desk_of, JsonObject *object)
{
  Said   *said = wd_record_new (&said_type);
  WdDesk *desk = NULL;

  if (wd_record_read_json (&said_type, said, object, NULL) && is_readable (said))
    desk = rename_desk (presence, *desk_of, said->desk);
  if (desk != NULL)
    {
      *desk_of = desk;
      if (said->idle >= 0)
        desk->touched_at = wd_boot_milliseconds () - MIN (said->idle, G_MAXINT32) * 1000;
      desk->news = desk->news || desk->sound != said->sound;
      desk->sound = said->sound;
      view (presence, desk, said->viewing);
      update_state (presence, desk);
    }
  wd_record_free (&said_type, said);
  return desk != NULL;
}

const char *
wd_desk_viewing (const WdDesk *desk)
{
  return desk->viewing;
}

void
wd_desk_set_viewing_readers (WdDesk *desk, const char *const *readers)
{
  g_clear_pointer (&desk->viewing_readers, g_strfreev);
  if (wd_feed_meet (readers, (const char *const *)desk->readers))
    desk->viewing_readers = g_strdupv ((char **)readers);
  desk->news = TRUE;
}

void
wd_presence_saw (WdPresence *presence, const char *id, const char *const *readers)
{
  GHashTableIter iter;
  gpointer       value;

  if (!g_hash_table_contains (presence->viewed, id))
    return;
  g_hash_table_iter_init (&iter, presence->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((WdDesk *)value)->viewing, id) == 0)
      wd_desk_set_viewing_readers (value, readers);
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

      update_state (presence, desk);
      news = news || desk->news;
    }
  return news;
}

/* Units know each other's desks, not the people at them (API.md, who sees what). */
static gboolean
sees_staff (const char *const *readers)
{
  return g_strv_contains (readers, "centre") || g_strv_contains (readers, "auditor") || g_strv_contains (readers, "admin");
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
      wd_json_append_text (json, sees_staff (readers) ? desk->user : NULL);
      g_string_append_printf (json, ",\"state\":\"%s\",\"sound\":%s,\"viewing\":", state_names[desk->state],
                              desk->sound ? "true" : "false");
      wd_json_append_text (json, wd_feed_meet ((const char *const *)desk->viewing_readers, readers) ? desk->viewing : NULL);
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
  return desk->sockets == 0 && (desk->name[0] == '\0' || seconds_since (desk->closed_at) > FORGOTTEN_SECONDS);
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
