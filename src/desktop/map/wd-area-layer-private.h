/* wd-area-layer-private.h — what the files of the areas' layer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-layer.h"
#include "wd-area-picture.h"

G_BEGIN_DECLS

/* What a label says: less where there is no room for more. */
typedef enum
{
  WD_LABEL_WHOLE,
  WD_LABEL_TITLE,
  WD_LABEL_BADGE, /* its kind alone */
  WD_N_LABELS
} WdLabelForm;

/* One area, and where its label is. */
typedef struct
{
  char           *id;
  char           *key; /* what its shape was made of */
  WdAreaStyle     style;
  WdAreaShape    *shape;   /* NULL: only a point is known */
  WdMercator      ends[4]; /* the shape's; the point, where there is none */
  WdMercator      point;   /* of a case; x NAN where there is none */
  GArray         *calls;   /* WdMercator */
  char           *title;
  char           *detail;
  char           *sentence;
  GdkTexture     *labels[WD_N_LABELS]; /* NULL until it is needed */
  graphene_size_t sizes[WD_N_LABELS];  /* of those that are there */
  WdLabelForm     form;                /* that is shown … */
  graphene_rect_t place;               /* … and where */
  gboolean        placed;
} WdLaidArea;

struct _WdAreaLayer
{
  ShumateLayer parent_instance;

  WdMapLayer    *symbols;
  GPtrArray     *areas; /* WdLaidArea */
  WdAreaPicture *picture;
  char          *hidden;
  char          *selected;
  char          *hovered; /* under the orders that are dragged */
  char          *refusal; /* why not there */
  WdCamera       camera;  /* of the labels */
  double         text;    /* how much larger than designed labels and marks are */
  double         room;    /* that the view has for a label's words, in the measure of its text */
  guint          naming;
};

WdCamera    wd_area_layer_read_camera (WdAreaLayer *self);
gboolean    wd_area_layer_is_dark (void);
WdLaidArea *wd_area_layer_get (WdAreaLayer *self, const char *id);
gboolean    wd_area_layer_is_in_view (WdAreaLayer *self, const WdLaidArea *area, const WdCamera *camera);

/* wd-area-marks.c */
#define WD_AREA_MARK 26.0 /* pixels across, for text as it was designed */
graphene_rect_t wd_area_layer_get_mark (WdAreaLayer      *self,
                                        const WdLaidArea *area,
                                        const WdCamera   *camera); /* of one with a point */
void            wd_area_layer_append_marks (WdAreaLayer *self,
                                            GtkSnapshot *snapshot);

/* wd-area-labels.c */
/* What stands for its kind on a label or a mark: 急, 计, 质 */
const char *wd_area_style_get_badge (WdAreaStyle style);
void        wd_area_layer_forget_label (WdLaidArea *area);
void        wd_area_layer_place_labels (WdAreaLayer *self);
void        wd_area_layer_append_labels (WdAreaLayer *self, GtkSnapshot *snapshot);

G_END_DECLS
