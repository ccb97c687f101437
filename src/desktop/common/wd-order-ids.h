/* wd-order-ids.h — what a drag of orders carries
 *
 * The ids, never pointers: a list may change under a drag.  In-process only.  Sources and
 * targets use WD_ORDER_IDS_ACTION; “delete_data” of a drag that ended means nothing, since
 * state changes only by commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Boxed GStrv: g_value_get_boxed() gives a const char *const *. */
#define WD_TYPE_ORDER_IDS (wd_order_ids_get_type ())
#define WD_ORDER_IDS_ACTION GDK_ACTION_MOVE

GType wd_order_ids_get_type (void);

/* Returns: (transfer full) */
GdkContentProvider *wd_order_ids_provider_new (const char *const *ids);

/* The icon of a drag, for GtkDragSource::drag-begin: the first order's symbol (as of
 * wd_symbol_paintable_new()), and how many; it lies left of the pointer, so that what is
 * pointed at stays readable. */
void wd_order_ids_set_drag_icon (GdkDrag      *drag,
                                 GdkPaintable *symbol,
                                 guint         n_orders);

/* Moves the icon farther left of the pointer, so that it hangs beside the target that the pointer is so far inside of, and
 * covers nothing that is said there; 0 brings it back. */
void wd_order_ids_set_icon_aside (GdkDrag *drag,
                                  int      pixels);

G_END_DECLS
