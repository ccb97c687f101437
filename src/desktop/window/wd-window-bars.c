/* wd-window-bars.c — what the window says above and below its page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

void
_wd_window_show_time (WdWindow *self)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  gint64                now = wd_desk_now (self->desk);
  g_autofree char      *date = wd_format_date (now, zone);
  g_autofree char      *time = wd_format_time (now, zone);

  gtk_label_set_label (self->date, date);
  gtk_label_set_label (self->time, time);
}

static char *
link_words (WdUplink *uplink)
{
  gint64 done, total;

  switch (wd_uplink_get_state (uplink))
    {
    case WD_UPLINK_LIVE:
      return g_strdup (_ ("live"));
    case WD_UPLINK_CATCHING_UP:
      g_object_get (uplink, "done", &done, "total", &total, NULL);
      return total > 0 ? g_strdup_printf (_ ("catching up %d / %d"), (int)done, (int)total)
                       : g_strdup_printf (_ ("catching up %d"), (int)done);
    case WD_UPLINK_SIGNED_OUT:
      return g_strdup (_ ("signed out"));
    case WD_UPLINK_OFFLINE:
    default:
      return g_strdup (_ ("no link"));
    }
}

static void
show_offline (WdWindow *self)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  gint64                since = wd_uplink_get_offline_since (wd_desk_get_uplink (self->desk));
  g_autofree char      *time = since != 0 ? wd_format_minute (since, zone) : g_strdup ("—");
  /* Translators: since when. */
  g_autofree char *words = g_strdup_printf (_ ("No link since %s. Go on working: units get nothing now, telephone what is urgent; once it is back all is sent with its real time."), time);

  gtk_label_set_label (self->offline_words, words);
}

void
_wd_window_show_link (WdWindow *self)
{
  WdUplink        *uplink = wd_desk_get_uplink (self->desk);
  gboolean         offline = wd_uplink_get_state (uplink) == WD_UPLINK_OFFLINE;
  g_autofree char *words = link_words (uplink);
  guint            waiting;
  g_autofree char *unsent = NULL;

  g_object_get (self->desk, "waiting", &waiting, NULL);
  unsent = g_strdup_printf (_ ("to send %u"), waiting);
  gtk_label_set_label (self->link_mark, offline ? "○" : "●");
  gtk_widget_set_css_classes (GTK_WIDGET (self->link_mark), (const char *[]){ "link-mark", offline ? "offline" : "online", NULL });
  gtk_label_set_label (self->link, words);
  gtk_label_set_label (self->unsent, unsent);
  gtk_label_set_label (self->offline_unsent, unsent);
  if (offline)
    show_offline (self);
  gtk_widget_set_visible (self->offline_bar, offline);
}

void
_wd_window_show_policy (WdWindow *self)
{
  const WdPolicy  *policy = wd_desk_get_policy (self->desk, WD_INT_ABSENT);
  g_autofree char *words = policy != NULL ? g_strdup_printf (_ ("policy version %d"), (int)policy->version) : g_strdup ("");

  gtk_label_set_label (self->policy, words);
}

void
_wd_window_show_person (WdWindow *self)
{
  const WdActor   *actor = wd_desk_get_actor (self->desk);
  WdUnitItem      *item = actor != NULL && actor->unit != NULL ? wd_desk_get_unit (self->desk, actor->unit) : NULL;
  const WdUnit    *unit = item != NULL ? wd_unit_item_get_unit (item) : NULL;
  const WdStaff   *staff = actor != NULL ? wd_desk_get_staff (self->desk, actor->id) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *person = NULL;

  if (actor == NULL)
    return;
  /* Translators: a unit's name. */
  title = unit != NULL ? g_strdup_printf (_ ("%s Duty Desk"), unit->name) : g_strdup (_ ("Dispatch Board"));
  if (staff != NULL && staff->display != NULL)
    person = g_strdup (staff->display);
  else
    person = unit != NULL ? wd_format_duty (unit) : g_strdup (actor->name);
  gtk_label_set_label (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->person, person);
}

void
_wd_window_show_refusals (WdWindow *self)
{
  GPtrArray *refusals = wd_desk_get_refusals (self->desk);

  if (refusals->len > 0)
    {
      const WdRefusal *refusal = refusals->pdata[0];
      WdOrderItem     *item = refusal->object != NULL ? wd_desk_get_order (self->desk, refusal->object) : NULL;
      const WdOrder   *order = item != NULL ? wd_order_item_get_order (item) : refusal->current;
      g_autofree char *number = wd_format_number (order != NULL ? order->number : NULL);
      /* Translators: what was wanted, order number, why not. */
      g_autofree char *one = g_strdup_printf (_ ("Not done: %s %s. %s"), wd_term_verb (refusal->command->verb), number,
                                              wd_term_problem (refusal->code));
      g_autofree char *words = refusals->len == 1 ? g_strdup (one)
                                                  : g_strdup_printf (_ ("%1$d were not done. The first: %2$s"), (int)refusals->len, one);

      gtk_label_set_label (self->refusal_words, words);
    }
  gtk_widget_set_visible (self->refusal_bar, refusals->len > 0);
}
