/* wd-area-link.c — orders hung on an outage or a quality case (挂接)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-link.h"

#include "wd-area-words.h"
#include "wd-format.h"
#include "wd-terms.h"
#include "wd-undo.h"

#include <glib/gi18n.h>
#include <math.h>

char *
wd_area_link_refusal (WdDesk *desk, const char *const *ids, const char *area)
{
  WdAreaItem *item = wd_desk_get_area (desk, area);
  gboolean    linked = FALSE;

  if (item == NULL || !wd_area_item_is_open (item))
    return g_strdup (_ ("that one is over"));
  for (; *ids != NULL; ids++)
    {
      WdOrderItem *order = wd_desk_get_order (desk, *ids);

      if (order == NULL)
        continue;
      linked = wd_desk_is_linked (desk, order, area);
      if (!linked && wd_desk_may_give (desk, WD_VERB_LINK, *ids, NULL))
        return NULL;
    }
  return g_strdup (linked ? _ ("linked to it already") : _ ("Your role may not do this."));
}

static void
append_refusal (GString *refused, WdOrderItem *order, const GError *error)
{
  g_autofree char *number = wd_format_number (wd_order_item_get_order (order)->number);
  g_autofree char *why = wd_term_refusal (error, WD_VERB_LINK, wd_order_item_get_order (order));

  g_string_append_printf (refused, "%s%s %s", refused->len > 0 ? " · " : "", number, why);
}

GStrv
wd_area_link (WdDesk *desk, const char *const *ids, const char *area, char **words)
{
  g_autoptr (GStrvBuilder) sent = g_strv_builder_new ();
  g_autoptr (GString)      refused = g_string_new (NULL);
  WdAreaItem              *item = wd_desk_get_area (desk, area);
  g_autofree char         *title = item != NULL ? wd_area_title (item) : g_strdup ("");
  g_autofree char         *done = NULL;
  guint                    n = 0;

  for (; *ids != NULL; ids++)
    {
      WdOrderItem          *order = wd_desk_get_order (desk, *ids);
      g_autoptr (WdCommand) command = NULL;
      g_autoptr (GError)    error = NULL;

      if (order == NULL || wd_desk_is_linked (desk, order, area))
        continue;
      command = wd_desk_command (WD_VERB_LINK, *ids, wd_members_of_text ("to", area));
      if (wd_desk_give (desk, command, WD_UNDO_MS, &error))
        {
          g_strv_builder_add (sent, command->id);
          n++;
        }
      else
        append_refusal (refused, order, error);
    }
  done = n > 0 ? g_strdup_printf (ngettext ("%1$u order linked · %2$s", "%1$u orders linked · %2$s", n), n, title) : NULL;
  if (done != NULL && refused->len > 0)
    /* Translators: what was linked; the orders that were not, each with why. */
    *words = g_strdup_printf (_ ("%1$s. Not linked: %2$s"), done, refused->str);
  else if (done != NULL)
    *words = g_steal_pointer (&done);
  else if (refused->len > 0)
    *words = g_strdup_printf (_ ("Not done: %s"), refused->str);
  else
    *words = g_strdup (_ ("linked to it already"));
  return g_strv_builder_end (sent);
}

GStrv
wd_area_pick_unlinked (WdDesk *desk, GPtrArray *inside, const char *area)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < inside->len; i++)
    if (area == NULL || !wd_desk_is_linked (desk, inside->pdata[i], area))
      g_strv_builder_add (ids, wd_order_item_get_id (inside->pdata[i]));
  return g_strv_builder_end (ids);
}

GStrv
wd_area_list_unlinked (WdDesk *desk, WdAreaItem *item)
{
  g_autoptr (GPtrArray) inside = wd_desk_list_orders_inside_area (desk, item);

  return wd_area_pick_unlinked (desk, inside, wd_area_item_get_id (item));
}

/* --- which one ----------------------------------------------------------------------- */

WdAskDialog *
wd_area_ask_which (GtkWidget *over, WdDesk *desk, const char *const *ids)
{
  GListModel              *areas = wd_desk_get_areas (desk);
  WdOrderItem             *first = wd_desk_get_order (desk, ids[0]);
  const WdPoint            nowhere = { NAN, NAN }, at = first != NULL ? wd_order_item_get_order (first)->point : nowhere;
  g_autoptr (GPtrArray)    names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();
  WdAskDialog             *dialog;

  for (int around = TRUE; around >= FALSE; around--)
    for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
      {
        g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);

        if (!wd_area_item_is_open (item) || wd_area_item_contains (item, at) != around)
          continue;
        g_ptr_array_add (names, wd_area_title (item));
        g_strv_builder_add (order, wd_area_item_get_id (item));
      }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  dialog = wd_ask_dialog_new (over, _ ("Link"), _ ("To which outage or quality case do the orders belong?"), _ ("Link"), _ ("Leave It"), NULL, FALSE);
  wd_ask_dialog_add_choice (dialog, _ ("Outage or quality case"), (const char *const *)names->pdata);
  wd_ask_dialog_focus_act (dialog);
  g_object_set_data_full (G_OBJECT (dialog), "areas", g_strv_builder_end (order), (GDestroyNotify)g_strfreev);
  return dialog;
}

const char *
wd_area_asked_which (WdAskDialog *dialog)
{
  return ((char **)g_object_get_data (G_OBJECT (dialog), "areas"))[wd_ask_dialog_get_choice (dialog, 0)];
}
