/* wd-window-bars.c — what the window says above and below its page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include "wd-conflict-page.h"
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

#define WANTED "wd-wanted" /* of a bar: whether it is to be seen */

static gboolean
is_page_held (WdWindow *self)
{
  WdPage *page = _wd_window_get_page (self);

  return page != NULL && wd_page_is_dragging (page);
}

/* A bar that comes or goes moves the page: not under a hand that drags something over it. */
void
_wd_window_show_bar (WdWindow *self, GtkWidget *bar, gboolean visible)
{
  g_object_set_data (G_OBJECT (bar), WANTED, GINT_TO_POINTER (visible));
  if (visible == gtk_widget_get_visible (bar))
    return;
  if (is_page_held (self))
    self->bars_wait = TRUE;
  else
    gtk_widget_set_visible (bar, visible);
}

void
_wd_window_tick_bars (WdWindow *self)
{
  GtkWidget *const bars[] = { self->offline_bar, self->refusal_bar, self->damage_bar, self->failure_bar };

  if (!self->bars_wait || is_page_held (self))
    return;
  self->bars_wait = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    gtk_widget_set_visible (bars[i], g_object_get_data (G_OBJECT (bars[i]), WANTED) != NULL);
}

/* Translators: %s is since when. */
#define WORDS_AT_UNIT N_ ("No link since %s. Go on working: new orders do not arrive here, ask the centre by telephone; once it is back all is sent with its real time.")
#define WORDS_AT_CENTRE N_ ("No link since %s. Go on working: units get nothing now, telephone what is urgent; once it is back all is sent with its real time.")
#define WORDS_UNTRUSTED N_ ("No link since %s: the server's certificate is no longer trusted here, and nothing is sent to it. Tell the administrator. Go on working and telephone what is urgent; all is kept here until then.")

static void
show_offline (WdWindow *self)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  WdUplink             *uplink = wd_desk_get_uplink (self->desk);
  gint64                since = wd_uplink_get_offline_since (uplink);
  g_autofree char      *time = since != 0 ? wd_format_minute (since, zone) : g_strdup ("—");
  const WdActor        *actor = wd_desk_get_actor (self->desk);
  gboolean              at_unit = actor != NULL && actor->unit != NULL;
  const char           *form = wd_uplink_is_untrusted (uplink) ? _ (WORDS_UNTRUSTED) : at_unit ? _ (WORDS_AT_UNIT)
                                                                                               : _ (WORDS_AT_CENTRE);
  g_auto (GStrv)        around = g_strsplit (form, "%s", 2);
  g_autofree char      *words = g_strjoinv (time, around);

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
  _wd_window_show_bar (self, self->offline_bar, offline);
  _wd_window_show_age (self);
}

/* How old what is shown may be: how long ago the server was last heard. */
void
_wd_window_show_age (WdWindow *self)
{
  WdUplink        *uplink = wd_desk_get_uplink (self->desk);
  gboolean         live = wd_uplink_get_state (uplink) == WD_UPLINK_LIVE;
  gint64           age = live ? wd_uplink_get_age (uplink) : WD_INT_ABSENT;
  g_autofree char *words = age != WD_INT_ABSENT ? g_strdup_printf (_ ("· %d s ago"), (int)(age / 1000)) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->age), words != NULL);
  if (words != NULL)
    gtk_label_set_label (self->age, words);
}

void
_wd_window_show_day (WdWindow *self)
{
  WdDayCounts      day = wd_day_count (self->day_so_far);
  const char      *unit = wd_desk_get_actor (self->desk)->unit;
  WdUnitItem      *item = unit != NULL ? wd_desk_get_unit (self->desk, unit) : NULL;
  g_autofree char *words = NULL;

  if (unit != NULL)
    /* Translators: of a unit, today. */
    words = g_strdup_printf (_ ("today accepted %u · finished %u · late now %u"), day.accepted, day.finished, item != NULL ? wd_unit_item_get_n_late (item) : 0);
  else
    words = g_strdup_printf (_ ("today received %u · finished %u · open %u"), day.received, day.finished, wd_desk_get_n_open (self->desk));
  if (g_strcmp0 (gtk_label_get_label (self->day), words) != 0)
    gtk_label_set_label (self->day, words);
}

#define NAMES 3 /* others are counted */

static char *
join_names (GStrv names)
{
  g_auto (GStrv)   few = g_strdupv (names);
  g_autofree char *rest = NULL;

  if (g_strv_length (few) <= NAMES)
    return g_strjoinv (_ (", "), few);
  for (guint i = NAMES; few[i] != NULL; i++)
    g_clear_pointer (&few[i], g_free);
  rest = g_strjoinv (_ (", "), few);
  return g_strdup_printf ("%s…", rest);
}

/* Who is at the other desks of the centre, or of the unit; an order's page says itself who else has it open. */
void
_wd_window_show_others (WdWindow *self)
{
  g_auto (GStrv)   present = wd_desk_list_present (self->desk);
  g_autofree char *names = join_names (present);
  g_autofree char *words = NULL;

  if (present[0] != NULL)
    words = g_strdup_printf (ngettext ("%u other here: %s", "%u others here: %s", g_strv_length (present)), g_strv_length (present), names);
  gtk_widget_set_visible (GTK_WIDGET (self->others), words != NULL);
  gtk_label_set_label (self->others, words != NULL ? words : "");
}

void
_wd_window_show_policy (WdWindow *self)
{
  const WdPolicy  *policy = wd_desk_get_policy (self->desk, WD_INT_ABSENT);
  g_autofree char *words = policy != NULL ? g_strdup_printf (_ ("policy version %d"), (int)policy->version) : g_strdup ("");

  gtk_label_set_label (self->policy, words);
}

/* The desk in front, also while one of its orders is open. */
void
_wd_window_show_title (WdWindow *self)
{
  const WdActor   *actor = wd_desk_get_actor (self->desk);
  WdUnitItem      *item = actor != NULL && actor->unit != NULL ? wd_desk_get_unit (self->desk, actor->unit) : NULL;
  const WdUnit    *unit = item != NULL ? wd_unit_item_get_unit (item) : NULL;
  const char      *desk = _wd_window_get_desk (self);
  g_autofree char *title = NULL;

  /* Translators: a unit's name. */
  title = unit != NULL && g_str_equal (desk, WD_WINDOW_MAIN) ? g_strdup_printf (_ ("%s Duty Desk"), unit->name) : g_strdup (_wd_window_get_desk_title (desk));
  if (g_strcmp0 (gtk_label_get_label (self->title), title) == 0)
    return;
  gtk_label_set_label (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

void
_wd_window_show_person (WdWindow *self)
{
  const WdActor   *actor = wd_desk_get_actor (self->desk);
  WdUnitItem      *item = actor != NULL && actor->unit != NULL ? wd_desk_get_unit (self->desk, actor->unit) : NULL;
  const WdUnit    *unit = item != NULL ? wd_unit_item_get_unit (item) : NULL;
  const WdStaff   *staff = actor != NULL ? wd_desk_get_staff (self->desk, actor->id) : NULL;
  g_autofree char *person = NULL;

  if (actor == NULL)
    return;
  if (staff != NULL && staff->display != NULL)
    person = g_strdup (staff->display);
  else
    person = unit != NULL ? wd_format_duty (unit) : g_strdup (actor->name);
  gtk_label_set_label (self->person, person);
}

void
_wd_window_show_refusals (WdWindow *self)
{
  GPtrArray *refusals = wd_desk_get_refusals (self->desk);

  if (refusals->len > 0)
    {
      const WdRefusal *refusal = refusals->pdata[0];
      g_autofree char *name = wd_conflict_name (self->desk, refusal);
      /* Translators: what was wanted, of which order, why not. */
      g_autofree char *one = g_strdup_printf (_ ("Not done: %s %s. %s"), wd_term_verb (refusal->command->verb), name,
                                              wd_term_problem (refusal->code));
      g_autofree char *words = refusals->len == 1 ? g_strdup (one)
                                                  : g_strdup_printf (_ ("%1$d were not done. The first: %2$s"), (int)refusals->len, one);

      gtk_label_set_label (self->refusal_words, words);
    }
  _wd_window_show_bar (self, self->refusal_bar, refusals->len > 0);
}
