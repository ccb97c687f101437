/* wd-conflict-private.h — the inside of the page of conflicts, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-conflict-page.h"
#include "wd-map-view.h"
#include "wd-sides-layer.h"

G_BEGIN_DECLS

struct _WdConflictPage
{
  AdwBin parent_instance;

  GtkLabel       *count;
  GtkListBox     *list;
  GtkWidget      *sides; /* all about the one that is chosen */
  GtkLabel       *title;
  GtkLabel       *story;
  GtkLabel       *mine_who;
  GtkBox         *mine_rows;
  GtkButton      *mine_button;
  GtkLabel       *mine_hint;
  GtkLabel       *theirs_who;
  GtkBox         *theirs_rows;
  GtkButton      *theirs_button;
  GtkLabel       *theirs_hint;
  GtkLabel       *before_who;
  GtkBox         *before_rows;
  GtkCheckButton *behind;
  GtkButton      *both_button;
  GtkLabel       *both_hint;
  WdMapView      *map; /* hidden where nothing was drawn */
  WdSidesLayer   *sides_layer;
  GtkLabel       *map_note;
  guint           fitting;
  GHashTable     *counted; /* GeoJSON → who is inside, in words; "" while it is asked */

  WdDesk       *desk;
  char         *command;     /* the refused one that is shown */
  GCancellable *cancellable; /* of the question who was first */
  gboolean      filling;
};

/* What it is about as it stands now, a record of the refusal's kind; NULL where it is not there (any more). */
gconstpointer _wd_conflict_theirs (WdConflictPage *self, const WdRefusal *refusal);

/* The same of an order; NULL where it is about something else. */
const WdOrder *_wd_conflict_order (WdConflictPage *self, const WdRefusal *refusal);

/* All sides anew: more is known of them. */
void _wd_conflict_show_again (WdConflictPage *self);

/* wd-conflict-sides.c: the three sides, member by member, and what was wanted in a few words. */
void  _wd_conflict_show_sides (WdConflictPage *self, const WdRefusal *refusal, gboolean look);
char *_wd_conflict_describe (WdConflictPage *self, const WdCommand *command);
char *_wd_conflict_unit_name (WdConflictPage *self, const char *code, gboolean brief);

/* wd-conflict-members.c: what is compared of each kind, each member as a person reads it. */
typedef struct
{
  const char *label;
  char *(*value) (WdConflictPage *self, gconstpointer record);
  const char *(*raw) (gconstpointer record); /* in place of a value: a boundary, of which only a change can be told */
  gboolean always;                           /* shown also where all sides agree */
} WdConflictMember;

/* @name: of the kind.  The list ends with a NULL label. */
const WdConflictMember *_wd_conflict_members (WdObjectKind kind, const char **name);
char                   *_wd_conflict_state (WdConflictPage *self, WdObjectKind kind, gconstpointer record);
const char             *_wd_conflict_area (WdObjectKind kind, gconstpointer record); /* (nullable): GeoJSON */

/* wd-conflict-map.c.  @mine: (nullable): GeoJSON; @look: the map goes there */
void  _wd_conflict_map_make (WdConflictPage *self);
void  _wd_conflict_map_show (WdConflictPage *self, const WdRefusal *refusal, const char *mine, gboolean look);
char *_wd_conflict_describe_area (WdConflictPage *self, const char *geojson); /* corners, size, and who is inside once that is known; NULL where it is no shape */

/* wd-conflict-acts.c: the buttons, and what they do. */
void _wd_conflict_show_acts (WdConflictPage *self, const WdRefusal *refusal);
void _wd_conflict_keep (WdConflictPage *self);
void _wd_conflict_use_mine (WdConflictPage *self);
void _wd_conflict_record_both (WdConflictPage *self);

const WdRefusal *_wd_conflict_get_refusal (WdConflictPage *self);

G_END_DECLS
