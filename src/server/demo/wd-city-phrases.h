/* wd-city-phrases.h — the sentences of the demo city, by category
 *
 * Words in braces are filled in when a sentence is used: {t} since when, {h}
 * for how long, {e} the estate, {s} the street, {n} the house number, {f} a
 * floor, {m} yuan, {k} tonnes of water.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char        *category;
  const char        *nature;       /* mostly */
  const char        *other_nature; /* at times */
  int                weight;       /* how often it comes */
  gboolean           outdoors;     /* seen in the street, not at home */
  const char *const *texts;
  const char *const *points; /* what the caller wants to know or have done */
  const char *const *notes;
  const char *const *results;
} WdPhrases;

extern const WdPhrases wd_phrases[];
extern const gsize     wd_n_phrases;

/* NULL-terminated. */
extern const char *const wd_phrases_burst[];       /* the first to see a burst main */
extern const char *const wd_phrases_dry[];         /* no water near it */
extern const char *const wd_phrases_weak[];        /* little water near it */
extern const char *const wd_phrases_brown[];       /* brown water, one of many */
extern const char *const wd_phrases_endings[];     /* added to some texts */
extern const char *const wd_phrases_since[];       /* {t} */
extern const char *const wd_phrases_for[];         /* {h} */
extern const char *const wd_phrases_answers[];     /* at the desk */
extern const char *const wd_phrases_contacts[];    /* on the telephone */
extern const char *const wd_phrases_satisfied[];   /* at the callback */
extern const char *const wd_phrases_unsatisfied[]; /* at the callback */

G_END_DECLS
