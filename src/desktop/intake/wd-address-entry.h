/* wd-address-entry.h — an entry that offers candidates while one types
 *
 * What is typed is asked for after a pause; ↓ goes into the list, Enter takes what is marked, Esc closes it.  ↓ never leaves
 * the field: it waits for an answer that is not there yet, and says so where there is no candidate.  The list is a popover that
 * takes no focus, and is there only while the entry has it.  Without a link nothing is offered, and what is typed stays.
 *
 * Signals: changed (); candidate (JsonObject): one was taken; activate (): Enter, with none marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_ADDRESS_ENTRY (wd_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (WdAddressEntry, wd_address_entry, WD, ADDRESS_ENTRY, AdwBin)

/* What is asked, and what of the answer is a candidate. */
typedef enum
{
  WD_ASK_PLACES,   /* addresses and streets by some characters of theirs */
  WD_ASK_CUSTOMERS /* accounts by a telephone number, all of it */
} WdAddressAsk;

GtkWidget *wd_address_entry_new (WdDesk *desk, WdAddressAsk ask, const char *name);

const char *wd_address_entry_get_text (WdAddressEntry *self);
void        wd_address_entry_set_text (WdAddressEntry *self, const char *text); /* asks nothing */

G_END_DECLS
