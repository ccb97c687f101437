/* wd-conflict-page.c — what the server refused, with both sides, for a person to decide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-private.h"

#include "wd-conflict-why.h"
#include "wd-format.h"
#include "wd-page.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

enum
{
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdConflictPage, wd_conflict_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

static const WdRefusal *
find_refusal (WdConflictPage *self, const char *command)
{
  GPtrArray *refusals = wd_desk_get_refusals (self->desk);

  for (guint i = 0; i < refusals->len; i++)
    if (g_strcmp0 (((const WdRefusal *)refusals->pdata[i])->command->id, command) == 0)
      return refusals->pdata[i];
  return NULL;
}

const WdRefusal *
_wd_conflict_get_refusal (WdConflictPage *self)
{
  return find_refusal (self, self->command);
}

static gconstpointer
find_shown (WdDesk *desk, const WdRefusal *refusal)
{
  WdOrderItem *order = refusal->kind == WD_OBJECT_ORDER && refusal->object != NULL ? wd_desk_get_order (desk, refusal->object) : NULL;
  WdAreaItem  *area = refusal->kind != WD_OBJECT_ORDER && refusal->object != NULL ? wd_desk_get_area (desk, refusal->object) : NULL;

  if (order != NULL)
    return wd_order_item_get_order (order);
  if (area == NULL)
    return NULL;
  return refusal->kind == WD_OBJECT_OUTAGE ? (gconstpointer)wd_area_item_get_outage (area) : wd_area_item_get_quality (area);
}

static gconstpointer
find_theirs (WdDesk *desk, const WdRefusal *refusal)
{
  gconstpointer shown = find_shown (desk, refusal);

  if (shown == NULL || refusal->current == NULL)
    return shown != NULL ? shown : refusal->current;
  return wd_object_version (refusal->kind, shown) >= wd_object_version (refusal->kind, refusal->current) ? shown : refusal->current;
}

gconstpointer
_wd_conflict_theirs (WdConflictPage *self, const WdRefusal *refusal)
{
  return find_theirs (self->desk, refusal);
}

const WdOrder *
_wd_conflict_order (WdConflictPage *self, const WdRefusal *refusal)
{
  return refusal->kind == WD_OBJECT_ORDER ? find_theirs (self->desk, refusal) : NULL;
}

char *
wd_conflict_name (WdDesk *desk, const WdRefusal *refusal)
{
  gconstpointer    theirs = find_theirs (desk, refusal), record = theirs != NULL ? theirs : refusal->before;
  const WdOrder   *order = refusal->kind == WD_OBJECT_ORDER ? record : NULL;
  const WdOutage  *outage = refusal->kind == WD_OBJECT_OUTAGE ? record : NULL;
  const WdQuality *quality = refusal->kind == WD_OBJECT_QUALITY ? record : NULL;
  g_autofree char *number = wd_format_number (order != NULL ? order->number : outage != NULL ? outage->number
                                                                          : quality != NULL  ? quality->number
                                                                                             : NULL);

  if (outage != NULL && outage->reason != NULL)
    return g_strdup_printf (_ ("outage %1$s · %2$s"), number, outage->reason); /* Translators: number, reason. */
  return quality != NULL ? g_strdup_printf (_ ("quality case %s"), number) : g_steal_pointer (&number);
}

/* --- who was first ------------------------------------------------------------------------- */

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* The last act of a person. */
static JsonObject *
find_last_act (JsonNode *root)
{
  JsonNode  *node = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "events") : NULL;
  JsonArray *events = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = events != NULL ? json_array_get_length (events) : 0; i > 0; i--)
    {
      JsonObject       *event = json_array_get_object_element (events, i - 1);
      const char       *verb = event != NULL ? text_member (event, "do") : NULL;
      const WdVerbInfo *info = verb != NULL ? wd_verb_lookup (verb) : NULL;

      if (info != NULL && (info->flags & WD_VERB_QUIET) == 0)
        return event;
    }
  return NULL;
}

static void
events_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConflictPage) self = data;
  g_autoptr (JsonNode)       root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, NULL);
  JsonObject                *event = root != NULL ? find_last_act (root) : NULL;
  JsonNode                  *by = event != NULL ? json_object_get_member (event, "by") : NULL;
  const char                *at = event != NULL ? text_member (event, "at") : NULL;
  const char                *id;
  const WdStaff             *staff;
  g_autoptr (GDateTime)      time = NULL;
  g_autoptr (GTimeZone)      zone = NULL;
  g_autofree char           *clock = NULL;
  g_autofree char           *words = NULL;

  if (at == NULL || self->desk == NULL || (time = g_date_time_new_from_iso8601 (at, NULL)) == NULL)
    return;
  zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  clock = wd_format_time (g_date_time_to_unix (time) * 1000, zone);
  id = by != NULL && JSON_NODE_HOLDS_OBJECT (by) ? text_member (json_node_get_object (by), "id") : NULL;
  staff = id != NULL ? wd_desk_get_staff (self->desk, id) : NULL;
  words = g_strdup_printf ("%s · %s · %s", staff != NULL && staff->display != NULL ? staff->display : _ ("another desk"), clock,
                           wd_term_verb (wd_verb_lookup (text_member (event, "do"))->verb));
  gtk_label_set_label (self->theirs_who, words);
}

static void
ask_who (WdConflictPage *self, const WdRefusal *refusal)
{
  g_autofree char *path = g_strdup_printf ("/v1/orders/%s/events", refusal->object);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->theirs_who, wd_term_problem (refusal->code));
  if (_wd_conflict_order (self, refusal) != NULL)
    wd_uplink_ask_async (wd_desk_get_uplink (self->desk), path, self->cancellable, events_cb, g_object_ref (self));
}

/* --- one conflict ------------------------------------------------------------------------------ */

static void
show_head (WdConflictPage *self, const WdRefusal *refusal)
{
  const WdOrder        *theirs = _wd_conflict_order (self, refusal);
  const char           *unit = wd_members_text (refusal->command->members, "unit");
  g_autofree char      *number = wd_conflict_name (self->desk, refusal);
  g_autofree char      *what = _wd_conflict_describe (self, refusal->command);
  g_autofree char      *why = wd_conflict_why (refusal);
  g_autofree char      *title = NULL;
  g_autofree char      *story = NULL;
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = wd_format_time (refusal->given_at, zone);

  if (refusal->command->verb == WD_VERB_DISPATCH && theirs != NULL && theirs->unit != NULL && g_strcmp0 (theirs->unit, unit) != 0)
    title = g_strdup_printf (_ ("%s was dispatched to two units"), number);
  else
    title = g_strdup_printf (_ ("%1$s: not done: %2$s"), number, wd_term_verb (refusal->command->verb));
  /* Translators: why, what was wanted, when. */
  story = g_strdup_printf (_ ("%1$s Here was entered at %3$s: %2$s. It is for you to decide; until then theirs holds."),
                           why, what, time);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->story, story);
}

static void
show_who (WdConflictPage *self, const WdRefusal *refusal)
{
  const WdActor        *actor = wd_desk_get_actor (self->desk);
  const WdStaff        *staff = actor != NULL ? wd_desk_get_staff (self->desk, actor->id) : NULL;
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = wd_format_time (refusal->given_at, zone);
  g_autofree char      *words = NULL;

  words = g_strdup_printf ("%s · %s · %s", staff != NULL && staff->display != NULL ? staff->display : actor != NULL ? actor->name
                                                                                                                    : "",
                           time,
                           refusal->command->at != 0 ? _ ("offline") : _ ("online"));
  gtk_label_set_label (self->mine_who, words);
  gtk_label_set_label (self->before_who, _ ("as it was seen here when it was entered"));
}

static void
show_refusal (WdConflictPage *self, gboolean look)
{
  const WdRefusal *refusal = _wd_conflict_get_refusal (self);

  if (refusal == NULL)
    return;
  show_head (self, refusal);
  show_who (self, refusal);
  _wd_conflict_show_sides (self, refusal, look);
  _wd_conflict_show_acts (self, refusal);
}

void
_wd_conflict_show_again (WdConflictPage *self)
{
  show_refusal (self, FALSE);
}

/* --- all of them ------------------------------------------------------------------------------- */

static GtkWidget *
make_row (WdConflictPage *self, const WdRefusal *refusal)
{
  GtkWidget            *row = gtk_list_box_row_new ();
  GtkWidget            *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char      *number = wd_conflict_name (self->desk, refusal);
  g_autofree char      *what = _wd_conflict_describe (self, refusal->command);
  g_autofree char      *why = wd_conflict_why (refusal);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = wd_format_time (refusal->given_at, zone);
  g_autofree char      *head = g_strdup_printf ("▲ %s %s", number, what);
  g_autofree char      *tail = g_strdup_printf ("%s · %s", time, why);
  g_autofree char      *name = g_strdup_printf (_ ("%s, %s"), head, tail);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", head, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                               "css-classes", (const char *[]){ "strong", NULL }, NULL));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", tail, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                               "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "command", g_strdup (refusal->command->id), g_free);
  return row;
}

static void
choose (WdConflictPage *self, const char *command)
{
  const WdRefusal *refusal;
  gboolean         another = g_strcmp0 (self->command, command) != 0;

  if (another)
    {
      g_free (self->command);
      self->command = g_strdup (command);
      gtk_check_button_set_active (self->behind, TRUE);
    }
  refusal = _wd_conflict_get_refusal (self);
  if (refusal != NULL)
    ask_who (self, refusal);
  show_refusal (self, another);
}

static void
row_selected_cb (WdConflictPage *self, GtkListBoxRow *row)
{
  if (!self->filling && row != NULL)
    choose (self, g_object_get_data (G_OBJECT (row), "command"));
}

static void
refill (WdConflictPage *self)
{
  GPtrArray       *refusals = wd_desk_get_refusals (self->desk);
  g_autofree char *count = g_strdup_printf (ngettext ("%d conflict", "%d conflicts", (int)refusals->len), (int)refusals->len);
  GtkListBoxRow   *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < refusals->len; i++)
    {
      const WdRefusal *refusal = refusals->pdata[i];
      GtkWidget       *made = make_row (self, refusal);

      gtk_list_box_append (self->list, made);
      if (g_strcmp0 (refusal->command->id, self->command) == 0)
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (made));
    }
  self->filling = FALSE;
  gtk_label_set_label (self->count, count);
}

/* One is decided: the next is shown, or there is none any more. */
static void
stopped_cb (WdConflictPage *self)
{
  if (self->command == NULL)
    return;
  if (wd_desk_get_refusals (self->desk)->len == 0)
    {
      g_clear_pointer (&self->command, g_free);
      refill (self);
      g_signal_emit (self, signals[SETTLED], 0);
    }
  else if (_wd_conflict_get_refusal (self) == NULL)
    wd_conflict_page_show (self, NULL);
  else
    refill (self);
}

static void
areas_changed_cb (WdConflictPage *self)
{
  const WdRefusal *refusal = self->command != NULL ? _wd_conflict_get_refusal (self) : NULL;

  if (refusal != NULL && refusal->kind != WD_OBJECT_ORDER)
    show_refusal (self, FALSE);
}

static void
order_changed_cb (WdConflictPage *self, const char *id)
{
  const WdRefusal *refusal = self->command != NULL ? _wd_conflict_get_refusal (self) : NULL;

  if (refusal != NULL && g_strcmp0 (refusal->object, id) == 0)
    choose (self, self->command);
}

/* --- the page ----------------------------------------------------------------------------------- */

static void
take_focus (WdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (WD_CONFLICT_PAGE (page)->theirs_button));
}

static guint
count_waiting (WdPage *page)
{
  return wd_desk_get_refusals (WD_CONFLICT_PAGE (page)->desk)->len;
}

static void
list_panes (WdPage *page, GPtrArray *panes)
{
  g_ptr_array_add (panes, WD_CONFLICT_PAGE (page)->list);
  g_ptr_array_add (panes, WD_CONFLICT_PAGE (page)->sides);
}

static void
page_init (WdPageInterface *iface)
{
  iface->count_waiting = count_waiting;
  iface->list_panes = list_panes;
  iface->take_focus = take_focus;
}

static void
wd_conflict_page_dispose (GObject *object)
{
  WdConflictPage *self = WD_CONFLICT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_conflict_page_parent_class)->dispose (object);
}

static void
wd_conflict_page_finalize (GObject *object)
{
  WdConflictPage *self = WD_CONFLICT_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->command);
  g_hash_table_unref (self->counted);
  G_OBJECT_CLASS (wd_conflict_page_parent_class)->finalize (object);
}

static void
wd_conflict_page_class_init (WdConflictPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_conflict_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_conflict_page_finalize;
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/conflict/wd-conflict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, count);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, list);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, sides);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, title);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, story);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, mine_who);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, mine_rows);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, mine_button);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, mine_hint);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, theirs_who);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, theirs_rows);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, theirs_button);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, theirs_hint);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, before_who);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, before_rows);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, behind);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, both_button);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, both_hint);
  gtk_widget_class_bind_template_child (widget_class, WdConflictPage, map);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "keep_cb", G_CALLBACK (_wd_conflict_keep));
  gtk_widget_class_bind_template_callback_full (widget_class, "mine_cb", G_CALLBACK (_wd_conflict_use_mine));
  gtk_widget_class_bind_template_callback_full (widget_class, "both_cb", G_CALLBACK (_wd_conflict_record_both));
  gtk_widget_class_bind_template_callback_full (widget_class, "behind_cb", G_CALLBACK (_wd_conflict_show_again));
}

static void
wd_conflict_page_init (WdConflictPage *self)
{
  g_type_ensure (WD_TYPE_MAP_VIEW);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wd_conflict_page_new (WdDesk *desk)
{
  WdConflictPage *self = g_object_new (WD_TYPE_CONFLICT_PAGE, NULL);

  self->desk = g_object_ref (desk);
  _wd_conflict_map_make (self);
  g_signal_connect_object (desk, "notify::stopped", G_CALLBACK (stopped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "order-changed", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "areas-changed", G_CALLBACK (areas_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
wd_conflict_page_show (WdConflictPage *self, const char *command)
{
  GPtrArray *refusals = wd_desk_get_refusals (self->desk);

  if (refusals->len == 0)
    return;
  if (command == NULL || find_refusal (self, command) == NULL)
    command = ((const WdRefusal *)refusals->pdata[0])->command->id;
  choose (self, command);
  refill (self);
}
