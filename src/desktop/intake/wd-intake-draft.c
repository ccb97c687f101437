/* wd-intake-draft.c — a form as it is kept on disk while a call is taken, and filled from there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-intake-form-private.h"

#include "wd-format.h"

#include <glib/gi18n.h>

static void
put (GVariantBuilder *builder, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_builder_add (builder, "{ss}", name, value);
}

char *
_wd_intake_form_dup_draft (WdIntakeForm *self)
{
  GVariantBuilder      builder;
  g_autoptr (GVariant) fields = NULL;
  g_autofree char     *text = _wd_intake_form_dup_text (self->text), *answer = _wd_intake_form_dup_text (self->answer);
  char                 lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  put (&builder, "phone", wd_address_entry_get_text (self->phone));
  put (&builder, "address", wd_address_entry_get_text (self->address));
  put (&builder, "category", wd_intake_choice_get (self->category));
  put (&builder, "text", text);
  put (&builder, "name", gtk_editable_get_text (self->name));
  put (&builder, "answer", answer);
  put (&builder, "account", self->account);
  if (wd_point_is_set (&self->point))
    {
      put (&builder, "lon", g_ascii_dtostr (lon, sizeof lon, self->point.lon));
      put (&builder, "lat", g_ascii_dtostr (lat, sizeof lat, self->point.lat));
      put (&builder, "placed", self->placed);
    }
  fields = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (g_variant_n_children (fields) == 0)
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (gsize i = 0; i < g_variant_n_children (fields); i++)
    {
      g_autoptr (GVariant) field = g_variant_get_child_value (fields, i);

      g_variant_builder_add_value (&builder, field);
    }
  put (&builder, "nature", wd_intake_choice_get (self->nature));
  if (self->channel != NULL)
    put (&builder, "channel", _wd_intake_form_get_channel (self));
  g_clear_pointer (&fields, g_variant_unref);
  fields = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (fields, FALSE);
}

static const char *
field (GVariant *fields, const char *name)
{
  const char *value = NULL;

  g_variant_lookup (fields, name, "&s", &value);
  return value != NULL ? value : "";
}

void
wd_intake_form_restore (WdIntakeForm *self, const char *text)
{
  g_autoptr (GVariant) fields = text != NULL ? g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL) : NULL;

  if (fields == NULL)
    return;
  self->filling = TRUE;
  wd_address_entry_set_text (self->phone, field (fields, "phone"));
  wd_address_entry_set_text (self->address, field (fields, "address"));
  wd_intake_choice_set (self->category, field (fields, "category"));
  if (*field (fields, "nature") != '\0')
    wd_intake_choice_set (self->nature, field (fields, "nature"));
  _wd_intake_form_set_channel (self, field (fields, "channel"));
  gtk_text_buffer_set_text (self->text, field (fields, "text"), -1);
  gtk_text_buffer_set_text (self->answer, field (fields, "answer"), -1);
  gtk_editable_set_text (self->name, field (fields, "name"));
  g_free (self->account);
  self->account = *field (fields, "account") != '\0' ? g_strdup (field (fields, "account")) : NULL;
  g_free (self->placed);
  self->placed = *field (fields, "placed") != '\0' ? g_strdup (field (fields, "placed")) : NULL;
  if (*field (fields, "lon") != '\0')
    self->point = (WdPoint){ g_ascii_strtod (field (fields, "lon"), NULL), g_ascii_strtod (field (fields, "lat"), NULL) };
  self->filling = FALSE;
  _wd_intake_form_show_where (self);
  g_signal_emit_by_name (self, "changed");
}

void
wd_intake_form_keep (WdIntakeForm *self)
{
  g_autofree char      *text = _wd_intake_form_dup_draft (self);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = wd_format_minute (wd_desk_now (self->desk), zone);
  g_autofree char      *words = g_strdup_printf (_ ("draft kept %s"), time);

  g_clear_handle_id (&self->keeping, g_source_remove);
  wd_desk_keep_draft (self->desk, self->draft, text);
  gtk_label_set_label (self->kept, text != NULL ? words : _ ("nothing to keep yet"));
  gtk_widget_set_opacity (GTK_WIDGET (self->kept), text != NULL ? 1 : 0);
}

char *
wd_intake_form_discard (WdIntakeForm *self)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  wd_desk_keep_draft (self->desk, self->draft, NULL);
  return _wd_intake_form_dup_draft (self);
}
