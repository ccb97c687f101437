/* wd-palette.h — the colours, named once, light and dark
 *
 * One table feeds both what CSS calls @wd_ink, @wd_act_tint … and what is
 * drawn by hand.  No other colour is used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WD_COLOR_PAPER,   /* the ground */
  WD_COLOR_SURFACE, /* lists, cards */
  WD_COLOR_SUNKEN,  /* bars */
  WD_COLOR_LINE,    /* dividers */
  WD_COLOR_LINE2,   /* outlines of controls */
  WD_COLOR_INK,     /* text */
  WD_COLOR_INK2,    /* secondary */
  WD_COLOR_INK3,    /* hints */
  WD_COLOR_ACT,     /* yours to do, primary, selection */
  WD_COLOR_ON_ACT,
  WD_COLOR_ACT_TINT,
  WD_COLOR_WARN, /* soon late */
  WD_COLOR_ON_WARN,
  WD_COLOR_WARN_INK,
  WD_COLOR_WARN_TINT,
  WD_COLOR_BREACH, /* late */
  WD_COLOR_ON_BREACH,
  WD_COLOR_BREACH_INK,
  WD_COLOR_BREACH_TINT,
  WD_COLOR_OUTAGE,  /* hatched area */
  WD_COLOR_QUALITY, /* dotted area */
  WD_COLOR_LAND,    /* basemap */
  WD_COLOR_BLOCK,
  WD_COLOR_WATER,
  WD_COLOR_STREET,
  WD_COLOR_PARK,
  WD_COLOR_MAP_LABEL,
  WD_N_COLORS
} WdColor;

GdkRGBA wd_palette_get (WdColor  color,
                        gboolean dark);

/* The table as @define-color lines, named wd_ and the word with underscores.
 * @high_contrast: dividers as strong as outlines, tints off. */
char *wd_palette_to_css (gboolean dark,
                         gboolean high_contrast);

/* Puts the named colours and resources/style.css, which is written in them, under @display's style and
 * keeps them with AdwStyleManager's light, dark and high contrast from then on.  Once for a display, at start. */
void wd_palette_install (GdkDisplay *display);

G_END_DECLS
