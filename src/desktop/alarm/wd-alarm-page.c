/* wd-alarm-page.c — all alarms that stand, those that are shelved, and the journal of those that are over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-page.h"

#include "wd-alarm-row.h"
#include "wd-format.h"
#include "wd-page.h"

#include <glib/gi18n.h>

struct _WdAlarmPage
{
  AdwBin parent_instance;

  GtkLabel                 *counts;
  GtkListBox               *standing; /* of WdAlarmRow: what waits, then what is shelved */
  GtkListBox               *over;
  GtkEventControllerMotion *pointer;

  WdDesk        *desk;
  WdAlarmWatch  *alarms;
  const WdAlarm *last_over; /* that is shown: nothing but its address */
};

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdAlarmPage, wd_alarm_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

/* --- what stands ------------------------------------------------------------------------------------ */

static WdAlarmRow *
nth_row (WdAlarmPage *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->standing, (int)index);

  return row != NULL ? WD_ALARM_ROW (row) : NULL;
}

static WdAlarmRow *
find_row (WdAlarmPage *self, const char *key)
{
  WdAlarmRow *row = NULL;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (g_strcmp0 (wd_alarm_row_get_key (row), key) == 0 && wd_alarm_row_get_state (row) != WD_ALARM_OVER)
      return row;
  return NULL;
}

/* What waits, then what is shelved.  Returns: (transfer container) */
static GPtrArray *
list_standing (WdAlarmPage *self)
{
  WdAlarmBook *book = wd_alarm_watch_get_book (self->alarms);
  GPtrArray   *all = g_ptr_array_new ();

  g_ptr_array_extend (all, wd_alarm_book_list (book), NULL, NULL);
  g_ptr_array_extend (all, wd_alarm_book_list_shelved (book), NULL, NULL);
  return all;
}

static GtkWidget *
get_focus (WdAlarmPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->standing)) ? focus : NULL;
}

/* Nothing moves under the hand; what a person shelves or takes back goes to its place. */
static gboolean
may_move (WdAlarmPage *self, GPtrArray *alarms)
{
  if (!gtk_event_controller_motion_contains_pointer (self->pointer) && get_focus (self) == NULL)
    return TRUE;
  for (guint i = 0; i < alarms->len; i++)
    {
      const WdAlarm *alarm = alarms->pdata[i];
      WdAlarmRow    *row = find_row (self, alarm->key);

      if (row != NULL && (wd_alarm_row_get_state (row) == WD_ALARM_SHELVED) != (alarm->shelved_until != 0))
        return TRUE;
    }
  return FALSE;
}

static gboolean
stands_so (WdAlarmPage *self, GPtrArray *alarms)
{
  for (guint i = 0; i < alarms->len; i++)
    {
      WdAlarmRow *row = nth_row (self, i);

      if (row == NULL || g_strcmp0 (wd_alarm_row_get_key (row), ((const WdAlarm *)alarms->pdata[i])->key) != 0 || wd_alarm_row_get_state (row) == WD_ALARM_OVER)
        return FALSE;
    }
  return nth_row (self, alarms->len) == NULL;
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
add_row (WdAlarmPage *self, GtkListBox *list, const WdAlarm *alarm, int at, GTimeZone *zone)
{
  GtkWidget *row = wd_alarm_row_new ();

  wd_alarm_row_show (WD_ALARM_ROW (row), alarm, self->desk, zone);
  gtk_list_box_insert (list, row, at);
}

static WdAlarmRow *
get_focused_row (WdAlarmPage *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == NULL)
    return NULL;
  return WD_ALARM_ROW (WD_IS_ALARM_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, WD_TYPE_ALARM_ROW));
}

/* In their order; the focus stays with its alarm. */
static void
lay_out (WdAlarmPage *self, GPtrArray *alarms, GTimeZone *zone)
{
  WdAlarmRow      *focused = get_focused_row (self), *row;
  g_autofree char *key = focused != NULL ? g_strdup (wd_alarm_row_get_key (focused)) : NULL;

  clear (self->standing);
  for (guint i = 0; i < alarms->len; i++)
    add_row (self, self->standing, alarms->pdata[i], -1, zone);
  row = key != NULL ? find_row (self, key) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Where they are; what is new comes last, what is gone stays pale. */
static void
update_in_place (WdAlarmPage *self, GPtrArray *alarms, GTimeZone *zone)
{
  WdAlarmBook *book = wd_alarm_watch_get_book (self->alarms);
  WdAlarmRow  *row;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (wd_alarm_row_get_state (row) != WD_ALARM_OVER && wd_alarm_book_find (book, wd_alarm_row_get_key (row)) == NULL)
      wd_alarm_row_end (row);
  for (guint i = 0; i < alarms->len; i++)
    {
      const WdAlarm *alarm = alarms->pdata[i];

      row = find_row (self, alarm->key);
      if (row != NULL)
        wd_alarm_row_show (row, alarm, self->desk, zone);
      else
        add_row (self, self->standing, alarm, -1, zone);
    }
}

static const char *
group_of (GtkListBoxRow *row)
{
  return wd_alarm_row_get_state (WD_ALARM_ROW (row)) == WD_ALARM_SHELVED ? _ ("Shelved: hidden and silent until then") : _ ("To be seen to");
}

static void
header_func (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  GtkWidget *heading, *name;

  if (before != NULL && g_str_equal (group_of (row), group_of (before)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  name = gtk_label_new (group_of (row));
  gtk_widget_add_css_class (heading, "group-heading");
  gtk_widget_add_css_class (name, "name");
  gtk_box_append (GTK_BOX (heading), name);
  gtk_list_box_row_set_header (row, heading);
}

/* --- what is over -------------------------------------------------------------------------------------- */

static void
show_over (WdAlarmPage *self, GTimeZone *zone)
{
  GPtrArray     *over = wd_alarm_book_list_over (wd_alarm_watch_get_book (self->alarms));
  const WdAlarm *last = over->len > 0 ? over->pdata[over->len - 1] : NULL;

  if (self->last_over == last)
    return;
  self->last_over = last;
  clear (self->over);
  for (guint i = over->len; i > 0; i--)
    add_row (self, self->over, over->pdata[i - 1], -1, zone);
}

/* --- all of it ------------------------------------------------------------------------------------------- */

static void
refresh (WdAlarmPage *self)
{
  g_autoptr (GPtrArray) alarms = list_standing (self);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  guint                 shelved = wd_alarm_book_list_shelved (wd_alarm_watch_get_book (self->alarms))->len;
  g_autofree char      *counts = g_strdup_printf (_ ("%u to be seen to, %u shelved"), alarms->len - shelved, shelved);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (!stands_so (self, alarms) && may_move (self, alarms))
    lay_out (self, alarms, zone);
  else
    update_in_place (self, alarms, zone);
  show_over (self, zone);
  if (g_strcmp0 (gtk_label_get_label (self->counts), counts) != 0)
    gtk_label_set_label (self->counts, counts);
}

static void
tick (WdPage *page)
{
  refresh (WD_ALARM_PAGE (page));
}

static void
take_focus (WdPage *page)
{
  WdAlarmPage *self = WD_ALARM_PAGE (page);
  WdAlarmRow  *row = nth_row (self, 0);

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->over));
}

static void
list_panes (WdPage *page, GPtrArray *panes)
{
  g_ptr_array_add (panes, WD_ALARM_PAGE (page)->standing);
  g_ptr_array_add (panes, WD_ALARM_PAGE (page)->over);
}

static const WdPageKey *
list_keys (WdPage *page, const char **title)
{
  static const WdPageKey keys[] = {
    { "Return", N_ ("See the alarm; of one that is over its order") },
    { NULL, NULL }
  };

  *title = _ ("Alarms");
  return keys;
}

static void
page_init (WdPageInterface *iface)
{
  iface->tick = tick;
  iface->take_focus = take_focus;
  iface->list_panes = list_panes;
  iface->list_keys = list_keys;
}

static void
standing_activated_cb (WdAlarmPage *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.alarm-view", "s", wd_alarm_row_get_key (WD_ALARM_ROW (row)));
}

static void
over_activated_cb (WdAlarmPage *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", wd_alarm_row_get_order (WD_ALARM_ROW (row)));
}

static void
wd_alarm_page_dispose (GObject *object)
{
  WdAlarmPage *self = WD_ALARM_PAGE (object);

  g_clear_object (&self->alarms);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_alarm_page_parent_class)->dispose (object);
}

static void
wd_alarm_page_class_init (WdAlarmPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_alarm_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/alarm/wd-alarm-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAlarmPage, counts);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmPage, standing);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmPage, over);
  gtk_widget_class_bind_template_child (widget_class, WdAlarmPage, pointer);
  gtk_widget_class_bind_template_callback (widget_class, standing_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, over_activated_cb);
}

static void
wd_alarm_page_init (WdAlarmPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->standing, header_func, NULL, NULL);
}

GtkWidget *
wd_alarm_page_new (WdDesk *desk, WdAlarmWatch *alarms)
{
  WdAlarmPage *self = g_object_new (WD_TYPE_ALARM_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->alarms = g_object_ref (alarms);
  g_signal_connect_object (alarms, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
