/* wd-unit-card.h — a responsible unit: who is there, how much it has, and a place to drop orders
 *
 * Under a drag it grows by what matters there: territory, category, duty, load, nearest deadline, each ✓, ! or ×;
 * what the server would refuse too is ×, on all such cards from the drag's start.
 *
 * Signals: dropped (ids: GStrv) · asked (): Enter, or a screen reader: what is selected is to go there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"
#include "wd-map-layer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_UNIT_CARD (wd_unit_card_get_type ())
G_DECLARE_FINAL_TYPE (WdUnitCard, wd_unit_card, WD, UNIT_CARD, GtkWidget)

GtkWidget *wd_unit_card_new (const char *code);

/* Everything is copied. */
typedef struct
{
  const char *name;
  const char *duty; /* who holds the desk, with extension; NULL for nobody known */
  WdPresence  presence;
  guint       open;    /* orders in hand or waiting */
  guint       waiting; /* for acceptance */
  guint       late;
  guint       most;       /* open at the unit that has the most: what a full bar stands for */
  guint       crews_free; /* … of crews_all, sent nowhere */
  guint       crews_all;
} WdUnitCardContent;

void        wd_unit_card_show (WdUnitCard *self, const WdUnitCardContent *content);
const char *wd_unit_card_get_code (WdUnitCard *self);

/* The mark of who is there: ● ○ ⌀ */
void wd_unit_card_show_presence (GtkLabel *label, WdPresence presence);

/* Little room: few words for the crews, and none of them in large text. */
void wd_unit_card_set_narrow (WdUnitCard *self, gboolean narrow);

/* A third line, while something is wrong. */
typedef enum
{
  WD_WRONG_NOTHING,
  WD_WRONG_NO_CREW,  /* ▲ orders wait there, and no crew is free */
  WD_WRONG_UNMANNED, /* ▲ nobody at the desk, and orders wait there */
  WD_WRONG_LATE      /* ◆ the order that is the longest late */
} WdWrong;
void wd_unit_card_set_wrong (WdUnitCard *self, WdWrong wrong, const char *words);

/* A fact about what is dragged, as this unit would take it. */
typedef enum
{
  WD_FACT_GOOD,   /* ✓ */
  WD_FACT_DOUBT,  /* ! never blocks */
  WD_FACT_REFUSED /* × */
} WdFactKind;

typedef struct
{
  WdFactKind kind;
  char      *name;
  char      *words;
} WdFact;
void wd_fact_free (WdFact *fact);

/* While something is dragged: its facts (element-type WdFact, transfer none), NULL at the end. A refused fact makes it no target. */
void wd_unit_card_set_facts (WdUnitCard *self, GPtrArray *facts);

G_END_DECLS
