/* wd-desk-presence.c — who else is there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-unit-item-private.h"

static gboolean
is_same_desk (const WdNewsPresence *a, const WdNewsPresence *b)
{
  return g_strcmp0 (a->unit, b->unit) == 0 && g_strcmp0 (a->desk, b->desk) == 0 && g_strcmp0 (a->user, b->user) == 0;
}

static void
put (WdDesk *self, WdNewsPresence *presence)
{
  for (guint i = 0; i < self->presence->len; i++)
    if (is_same_desk (self->presence->pdata[i], presence))
      {
        g_ptr_array_remove_index_fast (self->presence, i);
        break;
      }
  g_ptr_array_add (self->presence, presence);
}

static WdManned
manned_of (const char *state)
{
  static const char *const words[] = { NULL, "online", "away", "unmanned", "offline" };

  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (state, words[i]) == 0)
      return (WdManned)i;
  return WD_MANNED_OFFLINE;
}

/* The best of a unit's desks. */
static WdManned
best_of (WdDesk *self, const char *code)
{
  WdManned best = WD_MANNED_OFFLINE;

  if (wd_uplink_get_state (self->uplink) != WD_UPLINK_LIVE)
    return WD_MANNED_UNKNOWN;
  for (guint i = 0; i < self->presence->len; i++)
    {
      const WdNewsPresence *presence = self->presence->pdata[i];

      if (g_strcmp0 (presence->unit, code) == 0)
        best = MIN (best, manned_of (presence->state));
    }
  return best;
}

/* After presence, units or the link have changed: without a link nothing is known of others. */
static void
refresh_manned (WdDesk *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->units));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->units), i);

      if (wd_unit_item_set_manned (item, best_of (self, wd_unit_item_get_code (item))))
        wd_unit_item_emit_changed (item);
    }
  g_signal_emit (self, wd_desk_signals[WD_DESK_PRESENCE_CHANGED], 0);
}

/* A copy that is fetched page by page tells its state with each. */
void
wd_desk_follow_link (WdDesk *self)
{
  WdUplinkState state = wd_uplink_get_state (self->uplink);

  if (state == self->link)
    return;
  self->link = state;
  refresh_manned (self);
}

/* Takes what is in @presence. */
void
wd_desk_take_presence (WdDesk *self, GPtrArray *presence)
{
  g_ptr_array_set_free_func (presence, NULL);
  for (guint i = 0; i < presence->len; i++)
    put (self, presence->pdata[i]);
  refresh_manned (self);
}

/* A new connection tells all of it anew. */
void
wd_desk_forget_presence (WdDesk *self)
{
  g_ptr_array_set_size (self->presence, 0);
}

/* Units are not told of whose desks they hear, but by the desks' names. */
static gboolean
is_own (WdDesk *self, const WdNewsPresence *presence)
{
  if (self->actor == NULL || g_strcmp0 (presence->unit, self->actor->unit) != 0)
    return FALSE;
  return presence->user != NULL ? g_strcmp0 (presence->user, self->actor->name) == 0
                                : g_strcmp0 (presence->desk, wd_uplink_get_desk (self->uplink)) == 0;
}

/* (transfer full): by a name that people know; NULL where nobody else is there. */
static char *
name_of (WdDesk *self, const WdNewsPresence *presence)
{
  const WdStaff *staff = wd_desk_get_staff_named (self, presence->user);
  const char    *mark = presence->desk != NULL ? strrchr (presence->desk, WD_DESK_MARK) : NULL;

  if (manned_of (presence->state) > WD_MANNED_AWAY || is_own (self, presence))
    return NULL;
  if (staff != NULL && staff->display != NULL)
    return g_strdup (staff->display);
  if (presence->user != NULL)
    return g_strdup (presence->user);
  return mark != NULL ? g_strndup (presence->desk, mark - presence->desk) : g_strdup (presence->desk);
}

/* One person may have several desks.  Takes @name. */
static void
add_name (GPtrArray *names, char *name)
{
  if (name == NULL || g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_free (name);
  else
    g_ptr_array_add (names, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

static GStrv
sorted (GPtrArray *names)
{
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (names, FALSE);
}

GStrv
wd_desk_list_present (WdDesk *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->presence->len && wd_uplink_get_state (self->uplink) == WD_UPLINK_LIVE; i++)
    {
      const WdNewsPresence *presence = self->presence->pdata[i];

      if (self->actor != NULL && g_strcmp0 (presence->unit, self->actor->unit) == 0)
        add_name (names, name_of (self, presence));
    }
  return sorted (names);
}

GStrv
wd_desk_list_viewers (WdDesk *self, const char *order)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->presence->len && wd_uplink_get_state (self->uplink) == WD_UPLINK_LIVE; i++)
    {
      const WdNewsPresence *presence = self->presence->pdata[i];

      if (g_strcmp0 (presence->viewing, order) == 0)
        add_name (names, name_of (self, presence));
    }
  return sorted (names);
}
