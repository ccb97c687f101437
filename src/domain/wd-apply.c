/* wd-apply.c — what becomes of anything by an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-apply-order.h"
#include "wd-decide.h"

static const WdRecordType *const types[] = {
  [WD_OBJECT_ORDER] = &wd_order_type,
  [WD_OBJECT_UNIT] = &wd_unit_type,
  [WD_OBJECT_CREW] = &wd_crew_type,
  [WD_OBJECT_STAFF] = &wd_staff_type,
  [WD_OBJECT_CATEGORY] = &wd_category_type,
  [WD_OBJECT_POLICY] = &wd_policy_type,
  [WD_OBJECT_OUTAGE] = &wd_outage_type,
  [WD_OBJECT_QUALITY] = &wd_quality_type,
  [WD_OBJECT_CALL] = &wd_call_type,
};

const WdRecordType *
wd_object_type (WdObjectKind kind)
{
  g_return_val_if_fail (kind > WD_OBJECT_NONE && kind < G_N_ELEMENTS (types), NULL);
  return types[kind];
}

/* Every kind has the fields `id` and `version`. */
static gconstpointer
field_of (WdObjectKind kind, gconstpointer record, const char *name)
{
  for (const WdField *f = wd_object_type (kind)->fields; f->name != NULL; f++)
    if (g_str_equal (f->name, name))
      return (const char *)record + f->offset;
  g_assert_not_reached ();
}

const char *
wd_object_id (WdObjectKind kind, gconstpointer record)
{
  return *(char *const *)field_of (kind, record, "id");
}

gint64
wd_object_version (WdObjectKind kind, gconstpointer record)
{
  return *(const gint64 *)field_of (kind, record, "version");
}

/* The members of a put-… are its object's fields. */
static gpointer
put (gpointer record, const WdEvent *event)
{
  const WdRecordType *type = wd_object_type (event->kind);
  gint64             *version;

  if (record == NULL)
    {
      g_autoptr (GVariant) id = g_variant_ref_sink (g_variant_new_string (event->object));

      record = wd_record_new (type);
      wd_record_set_variant (type, record, "id", id);
      *(gint64 *)field_of (event->kind, record, "version") = 0;
    }
  wd_record_take_members (type, record, event);
  if (event->verb == WD_VERB_SEED_POLICY)
    return record; /* its version is one of its members */
  version = (gint64 *)field_of (event->kind, record, "version");
  *version += 1;
  return record;
}

static WdUnit *
change_duty (WdUnit *unit, const WdEvent *event)
{
  g_clear_pointer (&unit->duty, wd_duty_free);
  if (event->verb == WD_VERB_TAKE_DUTY)
    {
      unit->duty = wd_duty_new ();
      unit->duty->user = g_strdup (event->by);
      unit->duty->name = g_strdup (wd_members_text (event->data, "name"));
      unit->duty->since = event->at;
    }
  unit->version++;
  return unit;
}

gpointer
wd_apply (gpointer record, const WdEvent *event, const WdPolicy *policy)
{
  switch (event->kind)
    {
    case WD_OBJECT_NONE:
      return NULL;
    case WD_OBJECT_ORDER:
      g_return_val_if_fail (policy != NULL, record);
      return wd_order_apply (record, event, policy);
    case WD_OBJECT_OUTAGE:
      g_return_val_if_fail (policy != NULL, record);
      return wd_outage_apply (record, event, policy);
    case WD_OBJECT_QUALITY:
      return wd_quality_apply (record, event);
    case WD_OBJECT_CALL:
      return wd_call_apply (record, event);
    case WD_OBJECT_UNIT:
      if (event->verb == WD_VERB_TAKE_DUTY || event->verb == WD_VERB_LEAVE_DUTY)
        return change_duty (record, event);
      return put (record, event);
    case WD_OBJECT_CREW:
    case WD_OBJECT_STAFF:
    case WD_OBJECT_CATEGORY:
    case WD_OBJECT_POLICY:
      return put (record, event);
    default:
      g_assert_not_reached ();
    }
}

gint64
wd_policy_version_for (gconstpointer record, const WdEvent *event)
{
  if (record == NULL)
    return wd_members_int (event->data, "policy", WD_INT_ABSENT);
  return *(const gint64 *)field_of (event->kind, record, "policy");
}
