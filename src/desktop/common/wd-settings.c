/* wd-settings.c — what the program remembers of how it is used here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-settings.h"

#define SCHEMA "org.waterdesk.Waterdesk"

GSettings *
wd_settings_new (void)
{
  GSettingsSchemaSource      *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
