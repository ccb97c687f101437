/* wd-members.c — commands as values, and looks into their members
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-command.h"

#include <math.h>

WdCommand *
wd_command_new (const char *id, WdVerb verb, const char *object, GVariant *members)
{
  WdCommand *command = g_new0 (WdCommand, 1);

  command->id = g_strdup (id);
  command->verb = verb;
  command->object = g_strdup (object);
  command->members = g_variant_ref_sink (members != NULL ? members : g_variant_new ("a{sv}", NULL));
  command->expect = WD_INT_ABSENT;
  command->elapsed = WD_INT_ABSENT;
  return command;
}

WdCommand *
wd_command_copy (const WdCommand *command)
{
  WdCommand *copy = g_memdup2 (command, sizeof *command);

  copy->id = g_strdup (command->id);
  copy->object = g_strdup (command->object);
  copy->members = g_variant_ref (command->members);
  copy->anchor = g_strdup (command->anchor);
  return copy;
}

void
wd_command_free (WdCommand *command)
{
  if (command == NULL)
    return;
  g_free (command->id);
  g_free (command->object);
  g_variant_unref (command->members);
  g_free (command->anchor);
  g_free (command);
}

/* g_variant_lookup() would turn the members into one block of bytes first, out of which each later look
 * makes new values.  As they were built, a look is a few comparisons, and a text stays where it is for as
 * long as nobody does that to them. */
static GVariant *
look_up (GVariant *members, const char *name, const char *type)
{
  return g_variant_lookup_value (members, name, G_VARIANT_TYPE (type));
}

GVariant *
wd_members_of_text (const char *name, const char *text)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  if (text != NULL)
    g_variant_dict_insert (&members, name, "s", text);
  return g_variant_dict_end (&members);
}

const char *
wd_members_text (GVariant *members, const char *name)
{
  g_autoptr (GVariant) value = look_up (members, name, "s");

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

gint64
wd_members_int (GVariant *members, const char *name, gint64 absent)
{
  g_autoptr (GVariant) value = look_up (members, name, "x");

  return value != NULL ? g_variant_get_int64 (value) : absent;
}

gboolean
wd_members_bool (GVariant *members, const char *name)
{
  g_autoptr (GVariant) value = look_up (members, name, "b");

  return value != NULL && g_variant_get_boolean (value);
}

WdPoint
wd_members_point (GVariant *members, const char *name)
{
  g_autoptr (GVariant) value = look_up (members, name, "(dd)");
  WdPoint              point = { NAN, 0 };

  if (value != NULL)
    g_variant_get (value, "(dd)", &point.lon, &point.lat);
  return point;
}

GStrv
wd_members_dup_texts (GVariant *members, const char *name)
{
  g_autoptr (GVariant) value = look_up (members, name, "as");

  return value != NULL ? g_variant_dup_strv (value, NULL) : g_new0 (char *, 1);
}

gboolean
wd_members_has (GVariant *members, const char *name)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (members, name, NULL);

  return value != NULL;
}

void
wd_members_add (GVariantBuilder *builder, const char *name, GVariant *value)
{
  g_variant_builder_add_value (builder, g_variant_new_dict_entry (g_variant_new_string (name), g_variant_new_variant (value)));
}

void
wd_members_add_all (GVariantBuilder *builder, GVariant *members)
{
  for (gsize i = 0; i < g_variant_n_children (members); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (members, i);

      g_variant_builder_add_value (builder, entry);
    }
}
