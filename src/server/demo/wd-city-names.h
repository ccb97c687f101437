/* wd-city-names.h — the words that the demo city's names are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city-build.h"

G_BEGIN_DECLS

extern const char *const wd_city_street_words[]; /* 桂花: a street, a road and a lane of it */
extern const gsize       wd_city_n_street_words;
extern const char *const wd_city_estate_words[]; /* 青禾: 青禾花园, 青禾新村 … */
extern const gsize       wd_city_n_estate_words;
extern const char *const wd_city_estate_kinds[];
extern const gsize       wd_city_n_estate_kinds;

/* A made-up person. */
const char *wd_city_person (WdCity *city,
                            WdDice *dice);

/* A caller as the hotline writes them down: 宋女士, or the full name. */
char *wd_city_caller (WdDice *dice);

/* Eleven digits that reach nobody. */
char *wd_city_phone (WdDice *dice);

G_END_DECLS
