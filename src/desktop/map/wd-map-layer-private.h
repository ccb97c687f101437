/* wd-map-layer-private.h — what the files of the map's layer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-camera.h"
#include "wd-map-glyphs.h"
#include "wd-map-orders.h"

G_BEGIN_DECLS

typedef enum
{
  WD_SPOT_CREW,
  WD_SPOT_ORDER,
  WD_SPOT_CLUSTER,
  WD_SPOT_UNIT
} WdSpotKind;

/* Something drawn; the last lies on top. */
typedef struct
{
  WdSpotKind       kind;
  guint            index; /* into orders (a crew has its order's), clusters or units */
  graphene_point_t at;    /* on whole pixels */
  graphene_rect_t  body;
  WdMarks          marks; /* SELECTED and PALE */
  gboolean         brief; /* a unit: the first letter of its label alone */
  gboolean         below; /* … which stands under its place */
} WdSpot;

struct _WdMapLayer
{
  ShumateLayer parent_instance;

  WdMapOrders *orders;
  GArray      *units;     /* WdMapUnit */
  GStrv        selection; /* never NULL */
  GHashTable  *dragged;   /* a set of ids; NULL while nothing is */
  gboolean     crews;     /* are shown */
  GHashTable  *ways;      /* code → how a unit's label was placed last */

  WdMapGlyphs      *glyphs;
  double            text; /* how much larger than designed all is drawn */
  GArray           *spots;
  const WdClusters *clusters; /* of the spots; the orders own them */
  WdCamera          camera;   /* of the spots */
  gboolean          stale;    /* the spots are */
  GtkWidget        *overlay;  /* (nullable): what the map lies in */
  GArray           *covers;   /* graphene_rect_t: what floats at its edges */

  char *hovered;      /* id or code under the pointer: drawn on top */
  char *current;      /* id or code that the keyboard is at */
  char *drop_unit;    /* held over by a drag */
  char *drop_refusal; /* why not there */

  guint      pulse_id;
  gboolean   waiting; /* a waiting ring is in view */
  GtkWidget *list;    /* the popover of a cluster that can't be parted */
};

/* Spots (wd-map-spots.c). */
void           wd_map_layer_invalidate (WdMapLayer *self);
void           wd_map_layer_layout (WdMapLayer *self);
const WdGlyph *wd_map_layer_get_glyph (WdMapLayer   *self,
                                       const WdSpot *spot);
const WdSpot  *wd_map_layer_hit (WdMapLayer *self,
                                 double      x,
                                 double      y);
/* A unit's label, also where an order lies on it. */
const WdSpot *wd_map_layer_hit_unit (WdMapLayer *self,
                                     double      x,
                                     double      y);
const WdSpot *wd_map_layer_find_spot (WdMapLayer *self,
                                      const char *id);
/* The order (also of a crew), the worst of the cluster, or the code of the unit. */
const char *wd_map_layer_name_spot (WdMapLayer   *self,
                                    const WdSpot *spot);
/* Orders of a symbol or cluster, most urgent first. */
GStrv wd_map_layer_list_spot (WdMapLayer   *self,
                              const WdSpot *spot);

/* One line for an order, a cluster or a unit. */
char *wd_map_layer_describe (WdMapLayer *self,
                             const char *id);
char *wd_map_layer_describe_spot (WdMapLayer   *self,
                                  const WdSpot *spot);

/* What floats over the map (wd-map-covers.c).  Returns: whether it is elsewhere than before */
gboolean wd_map_layer_read_covers (WdMapLayer *self);
gboolean wd_map_layer_is_covered (WdMapLayer            *self,
                                  const graphene_rect_t *place);

/* What a click or Enter does, and the list (wd-map-layer-pointer.c). */
void wd_map_layer_open_spot (WdMapLayer   *self,
                             const WdSpot *spot);
void wd_map_layer_toggle_selected (WdMapLayer *self,
                                   const char *id);
void wd_map_layer_add_pointer (WdMapLayer *self);

/* Drags (wd-map-layer-drag.c). */
void wd_map_layer_add_drag (WdMapLayer *self,
                            GtkGesture *click);
void wd_map_layer_add_row_drag (WdMapLayer *self,
                                GtkWidget  *row,
                                const char *id);

/* Keys (wd-map-layer-keys.c). */
gboolean wd_map_layer_move_focus (WdMapLayer      *self,
                                  GtkDirectionType direction);
void     wd_map_layer_set_current (WdMapLayer *self,
                                   const char *id);
void     wd_map_layer_add_keys (WdMapLayer *self);

G_END_DECLS
