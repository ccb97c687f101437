/* wd-words.h — the fixed words of the house: states, roles, channels, kinds
 *
 * The nick of each value is its one name in JSON, SQL and tests (api §3-§6).
 * 0 is always “none” and has no nick.  What the centre may add to at run time
 * (categories, units) is data and not here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What the feed carries (api §5). */
typedef enum
{
  WD_OBJECT_NONE,
  WD_OBJECT_ORDER,
  WD_OBJECT_UNIT,
  WD_OBJECT_CREW,
  WD_OBJECT_STAFF,
  WD_OBJECT_CATEGORY,
  WD_OBJECT_POLICY,
  WD_OBJECT_OUTAGE,
  WD_OBJECT_QUALITY,
  WD_OBJECT_CALL
} WdObjectKind;
#define WD_N_OBJECT_KINDS (WD_OBJECT_CALL + 1)

typedef enum
{
  WD_STATE_NONE,
  WD_STATE_RECEIVED,
  WD_STATE_DISPATCHED,
  WD_STATE_ACCEPTED,
  WD_STATE_ON_SITE,
  WD_STATE_FINISHED, /* 办结 */
  WD_STATE_CLOSED,   /* 归档 */
  WD_STATE_MERGED    /* 并单 */
} WdOrderState;

typedef enum
{
  WD_ROLE_NONE,
  WD_ROLE_DISPATCHER,
  WD_ROLE_SUPERVISOR,
  WD_ROLE_UNIT,
  WD_ROLE_QUALITY,
  WD_ROLE_INSPECTION,
  WD_ROLE_AUDITOR,
  WD_ROLE_ADMIN
} WdRole;

/* R13, R14, R42. */
typedef enum
{
  WD_CHANNEL_NONE,
  WD_CHANNEL_HOTLINE,
  WD_CHANNEL_WEBSITE,
  WD_CHANNEL_WEIBO,
  WD_CHANNEL_WECHAT,
  WD_CHANNEL_PLATFORM_12345,
  WD_CHANNEL_DIGITAL_CITY,
  WD_CHANNEL_MEDIA,
  WD_CHANNEL_CONDUCT, /* 网上行风 */
  WD_CHANNEL_UNIT_REPORT,
  WD_CHANNEL_OPEN311
} WdChannel;

/* R84. */
typedef enum
{
  WD_NATURE_NONE,
  WD_NATURE_REPAIR,
  WD_NATURE_CONSULTATION,
  WD_NATURE_COMPLAINT,
  WD_NATURE_SUGGESTION,
  WD_NATURE_HELP
} WdNature;

/* R2, R6, R8. */
typedef enum
{
  WD_UNIT_KIND_NONE,
  WD_UNIT_KIND_SUPPLY,
  WD_UNIT_KIND_DRAINAGE,
  WD_UNIT_KIND_QUALITY,
  WD_UNIT_KIND_INSPECTION,
  WD_UNIT_KIND_OTHER
} WdUnitKind;

/* Why a unit gives an order back (R27). */
typedef enum
{
  WD_RETURN_NONE,
  WD_RETURN_NOT_OURS,
  WD_RETURN_WRONG_PLACE,
  WD_RETURN_NEEDS_OTHER,
  WD_RETURN_DUPLICATE,
  WD_RETURN_OTHER
} WdReturnClass;

/* What the callback found (R35, P14), and whose fault it was (R49, P15). */
typedef enum
{
  WD_VISIT_NONE,
  WD_VISIT_SATISFIED,
  WD_VISIT_DISSATISFIED,
  WD_VISIT_UNREACHABLE,
  WD_VISIT_REFUSED
} WdVisitOutcome;

typedef enum
{
  WD_CAUSE_NONE,
  WD_CAUSE_UNIT,
  WD_CAUSE_OBJECTIVE
} WdCause;

typedef enum
{
  WD_RECEIPT_NONE,
  WD_RECEIPT_DELIVERED,
  WD_RECEIPT_SHOWN
} WdReceipt;

/* R61, R63. */
typedef enum
{
  WD_OUTAGE_NATURE_NONE,
  WD_OUTAGE_PLANNED,
  WD_OUTAGE_EMERGENCY
} WdOutageNature;

/* What comes out of the tap. */
typedef enum
{
  WD_OUTAGE_EFFECT_UNSAID,
  WD_OUTAGE_NO_WATER, /* its nick is `none` */
  WD_OUTAGE_LOW_PRESSURE
} WdOutageEffect;

typedef enum
{
  WD_OUTAGE_STATE_NONE,
  WD_OUTAGE_ANNOUNCED,
  WD_OUTAGE_ACTIVE,
  WD_OUTAGE_RESTORED,
  WD_OUTAGE_CANCELLED
} WdOutageState;

typedef enum
{
  WD_QUALITY_STATE_NONE,
  WD_QUALITY_REPORTED,
  WD_QUALITY_ATTENDED, /* both sides are there (R69) */
  WD_QUALITY_CONFIRMED,
  WD_QUALITY_CLEARED
} WdQualityState;

GType wd_object_kind_get_type (void);
GType wd_order_state_get_type (void);
GType wd_role_get_type (void);
GType wd_channel_get_type (void);
GType wd_nature_get_type (void);
GType wd_unit_kind_get_type (void);
GType wd_return_class_get_type (void);
GType wd_visit_outcome_get_type (void);
GType wd_cause_get_type (void);
GType wd_receipt_get_type (void);
GType wd_outage_nature_get_type (void);
GType wd_outage_effect_get_type (void);
GType wd_outage_state_get_type (void);
GType wd_quality_state_get_type (void);

#define WD_TYPE_OBJECT_KIND (wd_object_kind_get_type ())
#define WD_TYPE_ORDER_STATE (wd_order_state_get_type ())
#define WD_TYPE_ROLE (wd_role_get_type ())
#define WD_TYPE_CHANNEL (wd_channel_get_type ())
#define WD_TYPE_NATURE (wd_nature_get_type ())
#define WD_TYPE_UNIT_KIND (wd_unit_kind_get_type ())
#define WD_TYPE_RETURN_CLASS (wd_return_class_get_type ())
#define WD_TYPE_VISIT_OUTCOME (wd_visit_outcome_get_type ())
#define WD_TYPE_CAUSE (wd_cause_get_type ())
#define WD_TYPE_RECEIPT (wd_receipt_get_type ())

/* A platform that transferred the matter has its own limits and reply duty (R14, R33). */
gboolean wd_channel_is_platform (WdChannel channel);

/* Dispatchers and supervisors are the customer service centre (R1, api §3). */
gboolean wd_role_is_centre (WdRole role);

G_END_DECLS
