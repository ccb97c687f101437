/* wd-area-words.h — outages and quality cases in words: on the map, in lists, for a screen reader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

G_BEGIN_DECLS

/* What was counted inside when the area was given. */
typedef struct
{
  gint64 customers; /* -1: not counted */
  guint  critical;  /* hospitals, schools and the like … */
  guint  hospitals; /* … and the hospitals of them */
} WdAffected;

WdAffected wd_affected_read (const char *json); /* (nullable) */
/* 1,204 户 · 医院 1; NULL where nothing was counted */
char *wd_affected_describe (const WdAffected *affected);

const char *wd_area_nature (WdAreaItem *item); /* 突发停水, 计划停水, 水质异常 */
const char *wd_area_outage_state (WdOutageState state);
const char *wd_area_quality_state (WdQualityState state);
const char *wd_area_state (WdAreaItem *item); /* 停水中, 已预告, 已恢复, 调查中（不公布）, … */

/* All three (transfer full).  @detail: NULL where there is nothing to add. */
char *wd_area_title (WdAreaItem *item);
char *wd_area_detail (WdDesk *desk, WdAreaItem *item);
char *wd_area_sentence (WdDesk *desk, WdAreaItem *item);

/* 医院, 学校, … of api's classes of customers; the class itself where it has no word */
const char *wd_area_class (const char *class_);

/* 医, 校, … on the map; 重 for all others */
const char *wd_area_class_badge (const char *class_);

G_END_DECLS
