/* wd-area-page-private.h — the inside of the page of areas, shared by its facets
 *
 *   wd-area-page.c     the map, which one is selected
 *   wd-area-list.c     the list
 *   wd-area-facts.c    an outage in words, and what may be done with it
 *   wd-area-quality.c  the same of a quality case
 *   wd-area-acts.c     giving a command, and taking it back
 *   wd-area-editor.c   drawing: tools, steps, begin and end
 *   wd-area-verdict.c  what the shape is worth
 *   wd-area-snap.c     what corners are drawn to
 *   wd-area-count.c    who is inside, asked while one draws
 *   wd-area-begun.c    what a revision began from, and what others made of it meanwhile
 *   wd-area-draft.c    the same kept on disk, and offered after the next start
 *   wd-area-form.c     what is told besides the shape, and the command that comes of it
 *   wd-area-confirm.c  one page to confirm before an outage is told
 *   wd-area-files.c    GeoJSON in and out, copies of earlier areas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-feed.h"
#include "wd-area-page.h"
#include "wd-area-words.h"
#include "wd-ask-dialog.h"
#include "wd-critical-layer.h"
#include "wd-map-feed.h"
#include "wd-map-view.h"
#include "wd-page.h"
#include "wd-sketch-layer.h"
#include "wd-undo.h"

G_BEGIN_DECLS

/* What is drawn for. */
typedef enum
{
  WD_AREA_IDLE,
  WD_AREA_DECLARE,
  WD_AREA_REVISE,   /* an outage */
  WD_AREA_DETERMINE /* the draft of a quality case */
} WdAreaPurpose;

/* Customers: inside what is drawn, inside what was told before, inside both. */
typedef enum
{
  WD_COUNT_NOW,
  WD_COUNT_BEFORE,
  WD_COUNT_BOTH,
  WD_N_COUNTS
} WdCount;

struct _WdAreaPage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  GtkWidget       *list_pane;
  GtkListBox      *list;
  GtkLabel        *list_count;
  GtkBox          *offers; /* what was drawn before the start and not told */
  WdMapView       *map;
  GtkStack        *side;
  GtkBox          *facts; /* of what is selected */

  /* editor */
  GtkWidget       *tools;
  GtkToggleButton *tool_buttons[3]; /* by WdSketchTool */
  GtkToggleButton *snap_button;
  GtkWidget       *undo_button, *redo_button;
  GtkLabel        *hint, *verdict, *told, *theirs;
  GtkWidget       *locked; /* whose the shape is, where it can't be drawn here */
  GtkLabel        *editor_title, *editor_about, *kept;
  GtkLabel        *count, *count_rest, *count_added, *count_released, *count_same, *count_orders, *count_unlinked;
  GtkWidget       *link_all;
  GtkWidget       *count_changes;             /* against what was told before; hidden where nothing was */
  GtkBox          *critical, *critical_asked; /* beside the form; on the page to confirm while that is open */
  GtkWidget       *form;
  GtkToggleButton *emergency, *planned;
  GtkEditable     *starts, *expected, *reason, *extent, *pipe, *because;
  GtkLabel        *starts_meaning, *expected_meaning, *pipe_meaning;
  GtkWidget       *because_box, *late;
  GtkDropDown     *effect;
  GtkWidget       *overtaken; /* what others changed since; hidden where they did not */
  GtkLabel        *overtaken_title;
  GtkBox          *changes;
  GtkLabel        *follows; /* what giving it brings about */
  GtkWidget       *give;
  GtkLabel        *give_words;

  WdDesk     *desk;
  WdMapFeed  *feed;
  WdAreaFeed *area_feed;
  char       *selected;
  gboolean    filling;
  guint       gather;
  WdUndo     *undo;

  WdAreaPurpose    purpose;
  char            *about;      /* the outage or case that is drawn for */
  WdOutage        *begun;      /* as the person saw it, of a revision: what is given is given against this */
  WdQuality       *begun_case; /* the same of a draft */
  WdSketch        *sketch;     /* NULL while nothing is drawn */
  WdSketchLayer   *layer;
  WdCriticalLayer *marks; /* of who is inside and has to be told first */
  WdSnap          *snap;
  guint            snap_sum; /* of all borders that are in it */
  guint            snap_source;
  JsonNode        *streets; /* what was answered last */
  WdPoint          streets_low, streets_high;
  gboolean         streets_whole; /* all of that box */
  GCancellable    *streets_asked;
  guint            streets_source;
  char            *filled;              /* the form as it was filled */
  char            *published;           /* GeoJSON that was told or confirmed before */
  gint64           counts[WD_N_COUNTS]; /* -1: not known */
  JsonNode        *counted;             /* (nullable): who is inside, as it was answered last */
  char            *geojson;             /* of the sketch as it was judged; NULL where it is none yet */
  char            *fault;               /* why it can't be given */
  guint64          turn, judged;        /* of the sketch as it is, and as it was judged last */
  GCancellable    *judging;             /* NULL while nothing is asked */
  gboolean         linked;              /* from the editor, and its toast stands: Ctrl+Z is for that … */
  gboolean         unlinked;            /* it was taken back: Ctrl+Shift+Z is for that … */
  guint64          linked_turn;         /* … until the sketch is another one */
  char            *draft;               /* as which it is kept on disk */
  guint            keeping;
  GCancellable    *printing; /* of what is to be kept */
  GHashTable      *given;    /* command → draft: what was told and may still be taken back */
  guint            forgetting;
  char            *taken_back, *taken_back_draft; /* the command that was taken back last, and as which draft it is drawn on with */
  GCancellable    *counting;
  guint            count_source;
};

/* wd-area-page.c */
void        _wd_area_page_refresh (WdAreaPage *self); /* list and facts, soon */
void        _wd_area_page_select (WdAreaPage *self, const char *id, gboolean show);
WdAreaItem *_wd_area_page_get_item (WdAreaPage *self); /* (nullable) */

/* wd-area-list.c: as the desk's copy stands; its clocks each second */
void _wd_area_list_fill (WdAreaPage *self);
void _wd_area_list_tick (WdAreaPage *self);

/* wd-area-facts.c, wd-area-quality.c: what self->facts is to hold is made anew and merged into what stands there.
 * @name: which card it is, of an outage or of a case */
void       _wd_area_page_show_facts (WdAreaPage *self);
GtkWidget *_wd_area_card (WdAreaPage *self, const char *name, const char *title, const char *beside);
void       _wd_area_add_line (GtkWidget *card, const char *name, const char *words);
GtkWidget *_wd_area_add_button (GtkWidget *box, const char *label, const char *action, gboolean filled);
/* Customers as /v1/affected lists them: the first ones, and all others to be unfolded. */
void _wd_area_add_critical (GtkWidget *box, JsonArray *list);
/* NULL where it is not said. */
const char *_wd_area_effect (WdOutageEffect effect);
void        _wd_area_add_orders (WdAreaPage *self, WdAreaItem *item);
void        _wd_area_page_show_quality (WdAreaPage *self, WdAreaItem *item, const WdQuality *quality);

/* wd-area-acts.c.  @members: floating or NULL.
 * Returns: (nullable): the command, as long as it can be taken back; NULL where it was refused */
const char *_wd_area_page_give (WdAreaPage *self, WdVerb verb, const char *object, GVariant *members, const char *done);
void        _wd_area_page_install_acts (GtkWidgetClass *klass);
gboolean    _wd_area_page_link (WdAreaPage *self, const char *const *ids, const char *area); /* whether any was, and can be taken back */

/* wd-area-editor.c */
void         _wd_area_editor_make (WdAreaPage *self);
void         _wd_area_editor_begin (WdAreaPage *self, WdAreaPurpose purpose, const char *about);
void         _wd_area_editor_end (WdAreaPage *self);
void         _wd_area_editor_take (WdAreaPage *self, const char *area); /* what was told; and drawn, where nothing else is */
void         _wd_area_editor_changed (WdAreaPage *self);                /* the sketch is another one */
void         _wd_area_editor_judge (WdAreaPage *self);                  /* may it be given? */
gboolean     _wd_area_editor_ask_before_end (WdPage *page, void (*go_on) (gpointer data), gpointer data);
gboolean     _wd_area_editor_holds_something (WdAreaPage *self);
WdAskDialog *_wd_area_editor_ask_to_discard (WdAreaPage *self); /* not shown yet */
void         _wd_area_editor_take_focus (WdAreaPage *self);
const char  *_wd_area_editor_title (WdAreaPurpose purpose);
void         _wd_area_editor_say_corner (WdAreaPage *self); /* with who is affected */
void         _wd_area_editor_install (GtkWidgetClass *klass);

/* wd-area-verdict.c */
void        _wd_area_verdict_ask (WdAreaPage *self);        /* of the sketch as it is now: geojson and fault follow, at once or soon */
const char *_wd_area_verdict_fault (WdAreaPage *self);      /* why the shape may not be given; NULL where it may */
gboolean    _wd_area_verdict_is_outside (WdAreaPage *self); /* … of all territories: then it is said, and it may not */
void        _wd_area_verdict_end (WdAreaPage *self);
char       *_wd_area_write_geojson (GPtrArray *rings, GArray *starts); /* in any thread */

/* wd-area-snap.c */
void _wd_area_snap_make (WdAreaPage *self);
void _wd_area_snap_begin (WdAreaPage *self);
void _wd_area_snap_end (WdAreaPage *self);
void _wd_area_snap_apply (WdAreaPage *self); /* as the button says */

/* wd-area-count.c */
void _wd_area_count_make (WdAreaPage *self, GtkWidget *box);
void _wd_area_count_begin (WdAreaPage *self);
void _wd_area_count_show_critical (WdAreaPage *self); /* in all boxes for them */
void _wd_area_count_ask (WdAreaPage *self);           /* after a pause */
void _wd_area_count_show_orders (WdAreaPage *self);   /* as they are linked now */

/* wd-area-begun.c */
void     _wd_area_begun_make (WdAreaPage *self, GtkWidget *box);
void     _wd_area_begun_take (WdAreaPage *self, WdAreaItem *item); /* (nullable) */
void     _wd_area_begun_end (WdAreaPage *self);
gboolean _wd_area_begun_is_overtaken (WdAreaPage *self); /* by another one's revision or draft, which has to be taken over first */
gint64   _wd_area_begun_version (WdAreaPage *self);      /* that was seen; WD_INT_ABSENT for whichever is shown */
void     _wd_area_begun_name (WdAreaPage *self);         /* its number and version, above the form */
void     _wd_area_begun_show (WdAreaPage *self);         /* on the map: what changes are shown against */
char    *_wd_area_begun_write (WdAreaPage *self);        /* (nullable): to be read by: */
void     _wd_area_begun_read (WdAreaPage *self, const char *text);
void     _wd_area_begun_install (GtkWidgetClass *klass);

/* wd-area-draft.c */
void _wd_area_draft_begin (WdAreaPage *self, const char *id);
void _wd_area_draft_changed (WdAreaPage *self); /* kept soon */
void _wd_area_draft_end (WdAreaPage *self);
void _wd_area_draft_show (WdAreaPage *self); /* those of before, to be gone on with */
/* Once it is told: taken back, it is drawn on with.  @draft: (transfer full): from _wd_area_draft_write() */
void  _wd_area_draft_told (WdAreaPage *self, const char *command, char *draft);
char *_wd_area_draft_write (WdAreaPage *self);
void  _wd_area_draft_make (WdAreaPage *self);
void  _wd_area_draft_forget (WdAreaPage *self); /* what was told: it can't be taken back any more */
void  _wd_area_draft_install (GtkWidgetClass *klass);

/* wd-area-form.c */
void _wd_area_form_make (WdAreaPage *self, GtkWidget *box);
void _wd_area_form_make_give (WdAreaPage *self, GtkWidget *box); /* what giving it brings about, and the button */
void _wd_area_form_fill (WdAreaPage *self);
/* What stands as it was in @before becomes as it is in self->begun. */
void     _wd_area_form_merge (WdAreaPage *self, const WdOutage *before);
gboolean _wd_area_form_is_touched (WdAreaPage *self); /* something was written or chosen */
void     _wd_area_form_write (WdAreaPage *self, GVariantDict *draft);
void     _wd_area_form_read_draft (WdAreaPage *self, GVariant *draft);
/* NULL with *words where something is missing. */
GVariant *_wd_area_form_read (WdAreaPage *self, const char **words);
void      _wd_area_form_give (WdAreaPage *self);

/* wd-area-confirm.c: gives what is drawn once it is confirmed */
void _wd_area_confirm (WdAreaPage *self);
/* 比上次晚 1:30; NULL where there is nothing to compare */
char *_wd_area_compare_times (gint64 now, gint64 before);
void  _wd_area_add_changes (WdAreaPage *self, GtkWidget *box, const WdOutage *before, const WdOutage *after);

/* wd-area-files.c */
void _wd_area_files_install (GtkWidgetClass *klass);

G_END_DECLS
