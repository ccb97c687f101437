/* wd-house.c — the field tables of units, crews, staff and categories
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-house.h"

/* clang-format off */
static const WdField duty_fields[] = {
  WD_TEXT (WdDuty, user,  WD_FIELD_PLAIN),
  WD_TEXT (WdDuty, name,  WD_FIELD_PLAIN),
  WD_TIME (WdDuty, since, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdDuty, wd_duty, "duty", duty_fields)

static const WdField unit_fields[] = {
  WD_TEXT   (WdUnit, id,        WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, code,      WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, name,      WD_FIELD_PLAIN),
  WD_ENUM   (WdUnit, kind,      WdUnitKind, wd_unit_kind_get_type, WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, parent,    WD_FIELD_PLAIN),
  WD_JSON   (WdUnit, territory, WD_FIELD_PLAIN),
  WD_POINT  (WdUnit, desk,      WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, principal, WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, deputy,    WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, handler,   WD_FIELD_PLAIN),
  WD_TEXT   (WdUnit, phone,     WD_FIELD_PLAIN),
  WD_BOOL   (WdUnit, closed,    WD_FIELD_PLAIN),
  WD_RECORD (WdUnit, duty,      WdDuty, wd_duty_type, WD_FIELD_PLAIN),
  WD_INT    (WdUnit, version,   WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdUnit, wd_unit, "unit", unit_fields)

static const WdField crew_fields[] = {
  WD_TEXT (WdCrew, id,      WD_FIELD_PLAIN),
  WD_TEXT (WdCrew, unit,    WD_FIELD_PLAIN),
  WD_TEXT (WdCrew, name,    WD_FIELD_PLAIN),
  WD_TEXT (WdCrew, leader,  WD_FIELD_PLAIN),
  WD_INT  (WdCrew, people,  WD_FIELD_PLAIN),
  WD_BOOL (WdCrew, closed,  WD_FIELD_PLAIN),
  WD_INT  (WdCrew, version, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdCrew, wd_crew, "crew", crew_fields)

static const WdField staff_fields[] = {
  WD_TEXT (WdStaff, id,       WD_FIELD_PLAIN),
  WD_TEXT (WdStaff, name,     WD_FIELD_PLAIN),
  WD_TEXT (WdStaff, display,  WD_FIELD_PLAIN),
  WD_ENUM (WdStaff, role,     WdRole, wd_role_get_type, WD_FIELD_PLAIN),
  WD_TEXT (WdStaff, unit,     WD_FIELD_PLAIN),
  WD_BOOL (WdStaff, disabled, WD_FIELD_PLAIN),
  WD_INT  (WdStaff, version,  WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdStaff, wd_staff, "staff", staff_fields)

static const WdField category_fields[] = {
  WD_TEXT (WdCategory, id,          WD_FIELD_PLAIN),
  WD_TEXT (WdCategory, code,        WD_FIELD_PLAIN),
  WD_TEXT (WdCategory, name,        WD_FIELD_PLAIN),
  WD_BOOL (WdCategory, needs_site,  WD_FIELD_PLAIN),
  WD_ENUM (WdCategory, unit_kind,   WdUnitKind, wd_unit_kind_get_type, WD_FIELD_PLAIN),
  WD_TEXT (WdCategory, repair_kind, WD_FIELD_PLAIN),
  WD_BOOL (WdCategory, closed,      WD_FIELD_PLAIN),
  WD_INT  (WdCategory, version,     WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdCategory, wd_category, "category", category_fields)
/* clang-format on */
