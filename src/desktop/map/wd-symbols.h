/* wd-symbols.h — the symbol of an order: silhouette and character for what, fill and marks for how it stands
 *
 * Painted once for each (category, state, size, scale, theme) into a texture that all who show
 * it share: the map, the rows, a drag's icon.  Colour is never alone: each fill and
 * mark has a shape of its own.  A category that is not in the table is drawn as `other`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-cluster.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Side of the square that holds a symbol with all its marks, for the nominal size of 24; other
 * sizes in proportion.  The symbol's place is the square's middle. */
#define WD_SYMBOL_SIZE 24
#define WD_SYMBOL_SQUARE 44

typedef enum
{
  WD_MARK_NONE = 0,
  WD_MARK_SENT = 1 << 0,        /* dispatched and not accepted: dashed ring */
  WD_MARK_SUPERVISED = 1 << 1,  /* 督 badge */
  WD_MARK_UNCONFIRMED = 1 << 2, /* not yet at the server: dotted outline */
  WD_MARK_SELECTED = 1 << 3,    /* disc and ring */
  WD_MARK_PALE = 1 << 4         /* being dragged, or recalled */
} WdMarks;

/* The fill is the urgency: normal white, yours blue, soon amber with ▲, late red with ◆. */
typedef struct
{
  WdUrgency urgency;
  WdMarks   marks;
} WdSymbolState;

/* The order's symbol to be shown in a GtkImage or a GtkPicture; @size is the nominal one (24; rows
 * use 24 too), the paintable measures WD_SYMBOL_SQUARE / WD_SYMBOL_SIZE of it.
 * Returns: (transfer full) */
GdkPaintable *wd_symbol_paintable_new (const char   *category,
                                       WdSymbolState state,
                                       int           size,
                                       gboolean      dark);

/* The one character of a category. */
const char *wd_symbol_character (const char *category);

G_END_DECLS
