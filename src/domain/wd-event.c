/* wd-event.c — events as values, their members in two halves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-event.h"

WdEvent *
wd_event_new (WdVerb verb, WdObjectKind kind, const char *object, gint64 at, gint64 entered_at)
{
  WdEvent *event = g_new0 (WdEvent, 1);

  event->verb = verb;
  event->kind = kind;
  event->object = g_strdup (object);
  event->at = at;
  event->entered_at = entered_at;
  event->data = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  return event;
}

void
wd_event_free (WdEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->object);
  g_free (event->by);
  g_free (event->by_unit);
  g_variant_unref (event->data);
  g_clear_pointer (&event->sealed, g_variant_unref);
  g_free (event);
}

static guint
count_members (const WdVerbInfo *info)
{
  guint n = 0;

  while (info->members[n].name != NULL)
    n++;
  return n;
}

/* @values: one for each row of the table, filled in one pass; those that are not in it are left out. */
static void
sort_members (const WdVerbInfo *info, GVariant *members, GVariant **values)
{
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  g_variant_iter_init (&iter, members);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      const WdMember *member = wd_verb_member (info, name);

      if (member == NULL || values[member - info->members] != NULL)
        g_variant_unref (value);
      else
        values[member - info->members] = value;
    }
}

void
wd_event_set_members (WdEvent *event, const WdVerbInfo *info, GVariant *members)
{
  guint                 n = count_members (info);
  g_autofree GVariant **values = g_new0 (GVariant *, n);
  GVariantBuilder       data, sealed;
  gboolean              any_sealed = FALSE;

  sort_members (info, members, values);
  g_variant_builder_init (&data, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_init (&sealed, G_VARIANT_TYPE_VARDICT);
  /* In the table's order, so that the same members are always the same bytes. */
  for (guint i = 0; i < n; i++)
    {
      gboolean is_private = (info->members[i].flags & WD_MEMBER_PRIVATE) != 0;

      if (values[i] == NULL)
        continue;
      any_sealed |= is_private;
      wd_members_add (is_private ? &sealed : &data, info->members[i].name, values[i]);
      g_variant_unref (values[i]);
    }
  g_variant_unref (event->data);
  event->data = g_variant_ref_sink (g_variant_builder_end (&data));
  g_clear_pointer (&event->sealed, g_variant_unref);
  if (any_sealed)
    event->sealed = g_variant_ref_sink (g_variant_builder_end (&sealed));
  else
    g_variant_builder_clear (&sealed);
}

GVariant *
wd_event_lookup (const WdEvent *event, const char *name)
{
  GVariant *value = g_variant_lookup_value (event->data, name, NULL);

  if (value == NULL && event->sealed != NULL)
    value = g_variant_lookup_value (event->sealed, name, NULL);
  return value;
}

const char *
wd_event_text (const WdEvent *event, const char *name)
{
  const char *text = wd_members_text (event->data, name);

  if (text == NULL && event->sealed != NULL)
    text = wd_members_text (event->sealed, name);
  return text;
}
