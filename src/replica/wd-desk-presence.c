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
void
wd_desk_refresh_manned (WdDesk *self)
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

/* Takes what is in @presence. */
void
wd_desk_take_presence (WdDesk *self, GPtrArray *presence)
{
  g_ptr_array_set_free_func (presence, NULL);
  for (guint i = 0; i < presence->len; i++)
    put (self, presence->pdata[i]);
  wd_desk_refresh_manned (self);
}

/* A new connection tells all of it anew. */
void
wd_desk_forget_presence (WdDesk *self)
{
  g_ptr_array_set_size (self->presence, 0);
}

GStrv
wd_desk_list_viewers (WdDesk *self, const char *order)
{
  g_autoptr (GStrvBuilder) viewers = g_strv_builder_new ();

  for (guint i = 0; i < self->presence->len; i++)
    {
      const WdNewsPresence *presence = self->presence->pdata[i];
      const WdStaff        *staff = presence->user != NULL ? wd_desk_get_staff (self, presence->user) : NULL;

      if (g_strcmp0 (presence->viewing, order) != 0 || manned_of (presence->state) == WD_MANNED_OFFLINE ||
          (self->actor != NULL && g_strcmp0 (presence->user, self->actor->id) == 0))
        continue;
      g_strv_builder_add (viewers, staff != NULL && staff->display != NULL ? staff->display : presence->desk);
    }
  return g_strv_builder_end (viewers);
}
