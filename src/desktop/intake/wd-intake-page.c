/* wd-intake-page.c — calls while they are taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-intake-page.h"

#include "wd-area-feed.h"
#include "wd-basemap.h"
#include "wd-format.h"
#include "wd-intake-form.h"
#include "wd-known-pane.h"
#include "wd-map-feed.h"
#include "wd-page.h"
#include "wd-pin-aim.h"
#include "wd-text-scale.h"
#include "wd-toast.h"

#include <glib/gi18n.h>

#define NEAR 16        /* zoom at which a candidate's place is shown */
#define UNDO_SECONDS 8 /* that a draft thrown away can be had again */

struct _WdIntakePage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  AdwTabView      *tabs; /* of WdIntakeForm */
  GtkWidget       *answered;
  GtkWidget       *give;
  GtkBox          *place; /* what is known there, and the map */
  WdKnownPane     *known;
  GtkWidget       *last;
  GtkWidget       *open_last;
  GtkLabel        *last_words;
  WdMapView       *map;

  WdDesk     *desk;
  WdMapFeed  *feed;
  WdAreaFeed *area_feed;
  WdPinLayer *pin;
  WdPoint     shown; /* on the map */
  char       *last_order;
  char       *thrown; /* the text of the draft that was thrown away last */
};

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdIntakePage, wd_intake_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

static WdIntakeForm *
get_form (WdIntakePage *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  return page != NULL ? WD_INTAKE_FORM (adw_tab_page_get_child (page)) : NULL;
}

/* --- tabs ----------------------------------------------------------------------------------------- */

/* The map moves for a person's act: a candidate was taken, or another form chosen. */
static void
show_point (WdIntakePage *self)
{
  WdIntakeForm *form = get_form (self);
  WdPoint       point;

  if (form == NULL || self->pin == NULL)
    return;
  point = wd_intake_form_get_point (form);
  wd_known_pane_set_point (self->known, point, FALSE);
  wd_pin_layer_set_point (self->pin, point);
  if (wd_point_is_set (&point) && (point.lon != self->shown.lon || point.lat != self->shown.lat))
    wd_map_view_show_point (self->map, point, NEAR);
  self->shown = point;
}

static void
form_changed_cb (WdIntakePage *self, WdIntakeForm *form)
{
  g_autofree char *title = wd_intake_form_dup_title (form);

  adw_tab_page_set_title (adw_tab_view_get_page (self->tabs, GTK_WIDGET (form)), title);
  show_point (self);
}

static void given_cb (WdIntakePage *self, const char *order, WdIntakeForm *form);

static gboolean
is_of_call (const char *draft)
{
  return g_uuid_string_is_valid (draft);
}

static WdIntakeForm *
add_form (WdIntakePage *self, const char *draft)
{
  GtkWidget *form = wd_intake_form_new (self->desk, draft);

  adw_tab_view_append (self->tabs, form);
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "given", G_CALLBACK (given_cb), self, G_CONNECT_SWAPPED);
  form_changed_cb (self, WD_INTAKE_FORM (form));
  return WD_INTAKE_FORM (form);
}

static void
show_form (WdIntakePage *self, WdIntakeForm *form)
{
  adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_page (self->tabs, GTK_WIDGET (form)));
  gtk_widget_grab_focus (GTK_WIDGET (form));
}

/* There always is a form. */
static WdIntakeForm *
find_empty (WdIntakePage *self)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      WdIntakeForm *form = WD_INTAKE_FORM (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i)));

      if (wd_intake_form_is_empty (form))
        return form;
    }
  return add_form (self, NULL);
}

static void
selected_cb (WdIntakePage *self)
{
  WdIntakeForm *form = get_form (self);

  self->shown = (WdPoint){ 0, 0 };
  show_point (self);
  if (form != NULL && self->desk != NULL)
    wd_known_pane_set_point (self->known, wd_intake_form_get_point (form), TRUE); /* what was known before may be over */
}

/* --- throwing away, and having it again ------------------------------------------------------------- */

static gboolean
close_page_cb (WdIntakePage *self, AdwTabPage *page)
{
  WdIntakeForm *form = WD_INTAKE_FORM (adw_tab_page_get_child (page));
  AdwToast     *toast;
  char         *text = wd_intake_form_discard (form);

  adw_tab_view_close_page_finish (self->tabs, page, TRUE);
  if (adw_tab_view_get_n_pages (self->tabs) == 0)
    add_form (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (get_form (self)));
  if (text == NULL)
    return GDK_EVENT_STOP;
  g_free (self->thrown);
  self->thrown = text;
  toast = adw_toast_new (_ ("Draft thrown away"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_button_label (toast, _ ("Have It Again"));
  adw_toast_set_action_name (toast, "intake.undo");
  wd_toast_add (self->overlay, toast);
  return GDK_EVENT_STOP;
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdIntakePage    *self = WD_INTAKE_PAGE (widget);
  g_autofree char *text = g_steal_pointer (&self->thrown);
  WdIntakeForm    *form;

  if (text == NULL)
    return;
  form = find_empty (self);
  wd_intake_form_restore (form, text);
  wd_intake_form_keep (form);
  show_form (self, form);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdIntakePage *self = WD_INTAKE_PAGE (widget);

  adw_tab_view_close_page (self->tabs, adw_tab_view_get_selected_page (self->tabs));
}

/* --- an order was made ---------------------------------------------------------------------------------- */

static void
show_last (WdIntakePage *self)
{
  WdOrderItem      *item = self->last_order != NULL ? wd_desk_get_order (self->desk, self->last_order) : NULL;
  const WdOrder    *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  const WdCategory *category = order != NULL ? wd_desk_get_category (self->desk, order->category) : NULL;
  g_autofree char  *number = NULL;
  g_autofree char  *words = NULL;

  if (order == NULL)
    return;
  number = wd_format_number (order->number);
  /* Translators: number, category and address of the order. */
  words = g_strdup_printf (_ ("Made: %s · %s %s"), number, category != NULL ? category->name : order->category, order->address != NULL ? order->address : "");
  if (g_strcmp0 (gtk_label_get_label (self->last_words), words) != 0)
    gtk_label_set_label (self->last_words, words);
  gtk_widget_set_visible (self->open_last, TRUE);
  gtk_widget_set_visible (self->last, TRUE);
}

static void
order_changed_cb (WdIntakePage *self, const char *id)
{
  if (g_strcmp0 (id, self->last_order) == 0)
    show_last (self);
}

/* The form is done; the next call has an empty one. */
static void
finish_form (WdIntakePage *self, WdIntakeForm *form)
{
  AdwTabPage *page = adw_tab_view_get_page (self->tabs, GTK_WIDGET (form));

  add_form (self, NULL);
  g_signal_handlers_block_by_func (self->tabs, close_page_cb, self);
  g_signal_handlers_disconnect_by_data (form, self);
  adw_tab_view_close_page (self->tabs, page);
  g_signal_handlers_unblock_by_func (self->tabs, close_page_cb, self);
  show_form (self, find_empty (self));
}

static void
given_cb (WdIntakePage *self, const char *order, WdIntakeForm *form)
{
  g_free (self->last_order);
  self->last_order = g_strdup (order);
  show_last (self);
  finish_form (self, form);
}

/* What was typed comes back to whoever typed it. */
static void
draft_stays_cb (WdIntakePage *self, const char *draft)
{
  WdIntakeForm *form;

  if (!is_of_call (draft))
    return;
  form = add_form (self, draft);
  g_clear_pointer (&self->last_order, g_free);
  gtk_widget_set_visible (self->last, FALSE);
  show_form (self, form);
  wd_intake_form_say_not_kept (form);
}

/* --- the call belongs to what is known already ---------------------------------------------------------- */

static void
attach_cb (WdIntakePage *self, const char *to, const char *title)
{
  WdIntakeForm    *form = get_form (self);
  g_autofree char *words = g_strdup_printf (_ ("Added: %s"), title);

  if (!wd_role_is_centre (wd_desk_get_actor (self->desk)->role) || !wd_intake_form_attach (form, to))
    return;
  g_clear_pointer (&self->last_order, g_free);
  gtk_label_set_label (self->last_words, words);
  gtk_widget_set_visible (self->open_last, FALSE);
  gtk_widget_set_visible (self->last, TRUE);
  finish_form (self, form);
}

/* One blue button for the likeliest act: where something matches, that is not another order. */
static void
known_cb (WdIntakePage *self)
{
  gboolean matches = wd_known_pane_has_match (self->known) && wd_role_is_centre (wd_desk_get_actor (self->desk)->role);

  gtk_widget_remove_css_class (self->give, matches ? "act" : "plain");
  gtk_widget_add_css_class (self->give, matches ? "plain" : "act");
}

static void
attach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wd_known_pane_attach (WD_INTAKE_PAGE (widget)->known);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wd_known_pane_move (WD_INTAKE_PAGE (widget)->known, g_variant_get_int32 (parameter));
}

static void
open_last_cb (WdIntakePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", self->last_order);
}

static void
give_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wd_intake_form_give (get_form (WD_INTAKE_PAGE (widget)), g_str_equal (name, "intake.give-answered"));
}

static void
focus_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (get_form (WD_INTAKE_PAGE (widget))), "form.focus", parameter);
}

/* --- the map ------------------------------------------------------------------------------------------------ */

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdIntakePage *self = WD_INTAKE_PAGE (widget);

  g_variant_get (parameter, "(dd)", &self->shown.lon, &self->shown.lat); /* it is in view already */
  wd_intake_form_set_point (get_form (self), self->shown);
}

static void
make_map (WdIntakePage *self)
{
  self->pin = wd_pin_layer_new (shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (self->map))));
  wd_map_view_add_layer (self->map, SHUMATE_LAYER (self->pin));
  wd_pin_aim_add (self->map, self->pin, "intake.place");
  self->feed = wd_map_feed_new (self->desk, wd_map_view_get_layer (self->map));
  self->area_feed = wd_area_feed_new (self->desk, wd_map_view_get_areas (self->map));
  wd_basemap_follow (self->map, self->desk);
}

/* --- the page -------------------------------------------------------------------------------------------------- */

static void
wd_intake_page_tick (WdPage *page)
{
  wd_map_feed_tick (WD_INTAKE_PAGE (page)->feed);
  wd_known_pane_tick (WD_INTAKE_PAGE (page)->known);
}

static void
wd_intake_page_take_focus (WdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_form (WD_INTAKE_PAGE (page))));
}

/* Drafts with something in them. */
static guint
wd_intake_page_count_waiting (WdPage *page)
{
  WdIntakePage *self = WD_INTAKE_PAGE (page);
  guint         count = 0;

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    count += !wd_intake_form_is_empty (WD_INTAKE_FORM (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i))));
  return count;
}

static const WdPageKey *
wd_intake_page_list_keys (WdPage *page, const char **title)
{
  static const WdPageKey keys[] = {
    { "<Control>n", N_ ("New order") },
    { "<Control>Return", N_ ("Make the order") },
    { "<Control><Shift>Return", N_ ("Make it and answer at once") },
    { "<Alt>d", N_ ("To the address") },
    { "<Alt>c", N_ ("To the category; a letter chooses") },
    { "<Alt>x", N_ ("To the nature") },
    { "<Alt>t", N_ ("To the points") },
    { "<Alt>a", N_ ("To the answer") },
    { "Down Return", N_ ("Take a candidate for the address") },
    { "Left Right Up Down", N_ ("On the map: move it") },
    { "plus minus Home", N_ ("On the map: nearer, farther, whole city") },
    { "Insert", N_ ("On the map: the place is at its middle") },
    { "<Alt>Up <Alt>Down", N_ ("Another of what is known there") },
    { "<Control>l", N_ ("Attach the call to what is known there") },
    { "<Control>w", N_ ("Throw the draft away") },
    { NULL, NULL },
  };

  *title = _ ("Intake");
  return keys;
}

static void
wd_intake_page_list_panes (WdPage *page, GPtrArray *panes)
{
  g_ptr_array_add (panes, WD_INTAKE_PAGE (page)->tabs);
  g_ptr_array_add (panes, WD_INTAKE_PAGE (page)->map);
}

static void
page_init (WdPageInterface *iface)
{
  iface->count_waiting = wd_intake_page_count_waiting;
  iface->list_keys = wd_intake_page_list_keys;
  iface->list_panes = wd_intake_page_list_panes;
  iface->tick = wd_intake_page_tick;
  iface->take_focus = wd_intake_page_take_focus;
}

/* Also when the window goes: what was typed in the last second is kept too. */
static void
unmap_cb (WdIntakePage *self)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    wd_intake_form_keep (WD_INTAKE_FORM (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i))));
}

static void
wd_intake_page_dispose (GObject *object)
{
  WdIntakePage *self = WD_INTAKE_PAGE (object);

  g_clear_pointer (&self->feed, wd_map_feed_free);
  g_clear_pointer (&self->area_feed, wd_area_feed_free);
  g_clear_pointer (&self->last_order, g_free);
  g_clear_pointer (&self->thrown, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_intake_page_parent_class)->dispose (object);
}

static void
wd_intake_page_class_init (WdIntakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_intake_page_dispose;
  g_type_ensure (WD_TYPE_MAP_VIEW);
  g_type_ensure (WD_TYPE_KNOWN_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/intake/wd-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, tabs);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, answered);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, give);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, known);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, place);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, last);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, open_last);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, last_words);
  gtk_widget_class_bind_template_child (widget_class, WdIntakePage, map);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_last_cb);
  gtk_widget_class_bind_template_callback (widget_class, attach_cb);
  gtk_widget_class_bind_template_callback (widget_class, known_cb);
  gtk_widget_class_install_action (widget_class, "intake.give", NULL, give_action);
  gtk_widget_class_install_action (widget_class, "intake.give-answered", NULL, give_action);
  gtk_widget_class_install_action (widget_class, "intake.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "intake.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "intake.place", "(dd)", place_action);
  gtk_widget_class_install_action (widget_class, "intake.focus", "s", focus_action);
  gtk_widget_class_install_action (widget_class, "intake.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "intake.move-known", "i", move_action);
}

static void
wd_intake_page_init (WdIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_scale_fold (self->place);
  adw_tab_view_remove_shortcuts (self->tabs, ADW_TAB_VIEW_SHORTCUT_ALT_DIGITS | ADW_TAB_VIEW_SHORTCUT_ALT_ZERO);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);
}

GtkWidget *
wd_intake_page_new (WdDesk *desk)
{
  WdIntakePage     *self = g_object_new (WD_TYPE_INTAKE_PAGE, NULL);
  gboolean          centre = wd_role_is_centre (wd_desk_get_actor (desk)->role);
  g_autoptr (GList) drafts = g_list_sort (g_hash_table_get_keys (wd_desk_get_drafts (desk)), (GCompareFunc)strcmp);

  self->desk = g_object_ref (desk);
  wd_known_pane_set_desk (self->known, desk);
  make_map (self);
  for (GList *l = drafts; l != NULL; l = l->next)
    if (is_of_call (l->data))
      add_form (self, l->data);
  if (adw_tab_view_get_n_pages (self->tabs) == 0)
    add_form (self, NULL);
  gtk_widget_set_visible (self->answered, centre);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.give-answered", centre);
  g_signal_connect_object (desk, "order-changed", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "draft-stays", G_CALLBACK (draft_stays_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
wd_intake_page_begin (WdIntakePage *self)
{
  show_form (self, find_empty (self));
}
