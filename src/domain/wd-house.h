/* wd-house.h — who there is: units, crews, staff, categories
 *
 * Bodies of api §6: the members of their verbs, `id` and `version`.
 * A unit and a category are named everywhere by their `code`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"
#include "wd-words.h"

G_BEGIN_DECLS

/* Who holds a unit's duty desk (R4), by take-duty and leave-duty. */
typedef struct
{
  char  *user;
  char  *name;
  gint64 since;
} WdDuty;
WD_DECLARE_RECORD (WdDuty, wd_duty)

/* A responsible unit (R2, R3, R6-R8). */
typedef struct
{
  char      *id;
  char      *code;
  char      *name;
  WdUnitKind kind;
  char      *parent;    /* code */
  char      *territory; /* GeoJSON Polygon or MultiPolygon, NULL = everywhere or nowhere */
  WdPoint    desk;
  char      *principal;
  char      *deputy;
  char      *handler;
  char      *phone; /* of the duty desk */
  gboolean   closed;
  WdDuty    *duty;
  gint64     version;
} WdUnit;
WD_DECLARE_RECORD (WdUnit, wd_unit)

/* Goes out to the place (R5). */
typedef struct
{
  char    *id;
  char    *unit; /* code */
  char    *name;
  char    *leader;
  gint64   people;
  gboolean closed;
  gint64   version;
} WdCrew;
WD_DECLARE_RECORD (WdCrew, wd_crew)

/* A person who signs in. Passwords are not here: they are no event. */
typedef struct
{
  char    *id;
  char    *name;    /* to sign in with */
  char    *display; /* shown */
  WdRole   role;
  char    *unit; /* code, NULL at the centre */
  gboolean disabled;
  gint64   version;
} WdStaff;
WD_DECLARE_RECORD (WdStaff, wd_staff)

typedef struct
{
  char      *id;
  char      *code;
  char      *name;
  gboolean   needs_site;  /* P5 */
  WdUnitKind unit_kind;   /* advice at dispatch */
  char      *repair_kind; /* such as `main` */
  gboolean   closed;
  gint64     version;
} WdCategory;
WD_DECLARE_RECORD (WdCategory, wd_category)

G_END_DECLS
