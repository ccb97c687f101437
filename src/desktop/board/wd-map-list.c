/* wd-map-list.c — what the map shows, for those who do not see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-list.h"

#include <glib/gi18n.h>

#define MAX_LISTED 60
#define ITEM_SIZE 32
#define GATHER_MS 200
#define IDLE_SHARE 20 /* with very many orders in view: so many times as long as looking took, it rests */

struct _WdMapList
{
  GtkWidget parent_instance;

  WdMapLayer  *layer;
  WdDesk      *desk;
  const WdAct *acts;
  GStrv        ids; /* one for each child */
  guint        gather;
  gint64       rest_until; /* monotonic */
  int          width, height;
};

static guint act_requested;

G_DEFINE_FINAL_TYPE (WdMapList, wd_map_list, GTK_TYPE_WIDGET)

static void
name (GtkWidget *widget, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static const char *
id_of (GtkWidget *item)
{
  WdMapList *self = WD_MAP_LIST (gtk_widget_get_parent (item));
  guint      i = 0;

  while ((item = gtk_widget_get_prev_sibling (item)) != NULL)
    i++;
  return self->ids[i];
}

static void
act_cb (GtkWidget *item, const char *name, gpointer list)
{
  g_signal_emit (list, act_requested, 0, id_of (item), name);
}

static GtkWidget *
make_item (void)
{
  return g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
}

/* As many items as there are orders to list. */
static void
fit_children (WdMapList *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < n; i++)
    {
      if (child == NULL)
        gtk_widget_set_parent (make_item (), GTK_WIDGET (self));
      else
        child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_widget_unparent (child);
      child = next;
    }
}

static gboolean
look_cb (gpointer data)
{
  WdMapList       *self = data;
  gint64           begin = g_get_monotonic_time ();
  g_autofree char *words = NULL;
  GtkWidget       *child;
  guint            n, all;

  self->gather = 0;
  g_strfreev (self->ids);
  self->ids = wd_map_layer_list_in_view (self->layer, MAX_LISTED, &all);
  n = g_strv_length (self->ids);
  fit_children (self, n);
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (guint i = 0; i < n; i++, child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *sentence = NULL;

      g_signal_emit_by_name (self->layer, "describe-order", self->ids[i], &sentence);
      name (child, sentence != NULL ? sentence : "");
      wd_acts_offer (child, "order", self->acts, self->desk, self->ids[i], act_cb, self);
    }
  /* Translators: how many orders are in view, how many of them are listed. */
  words = all > n ? g_strdup_printf (_ ("%u orders in view, the %u most urgent listed"), all, n)
                  : g_strdup_printf (ngettext ("%u order in view", "%u orders in view", n), n);
  name (GTK_WIDGET (self), words);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  self->rest_until = g_get_monotonic_time () + IDLE_SHARE * (g_get_monotonic_time () - begin);
  return G_SOURCE_REMOVE;
}

void
wd_map_list_refresh (WdMapList *self)
{
  gint64 rest = (self->rest_until - g_get_monotonic_time ()) / 1000;

  if (self->gather == 0)
    self->gather = g_timeout_add ((guint)MAX (rest, GATHER_MS), look_cb, self);
}

static void
wd_map_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WdMapList *self = WD_MAP_LIST (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation    place = { -ITEM_SIZE, -ITEM_SIZE, ITEM_SIZE, ITEM_SIZE };
      graphene_point_t at;

      if (wd_map_layer_locate_order (self->layer, self->ids[i], &at))
        {
          place.x = (int)at.x - ITEM_SIZE / 2;
          place.y = (int)at.y - ITEM_SIZE / 2;
        }
      gtk_widget_size_allocate (child, &place, -1);
    }
  if (width != self->width || height != self->height)
    wd_map_list_refresh (self);
  self->width = width;
  self->height = height;
}

static void
wd_map_list_dispose (GObject *object)
{
  WdMapList *self = WD_MAP_LIST (object);

  g_clear_handle_id (&self->gather, g_source_remove);
  fit_children (self, 0);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_map_list_parent_class)->dispose (object);
}

static void
wd_map_list_finalize (GObject *object)
{
  g_strfreev (WD_MAP_LIST (object)->ids);
  G_OBJECT_CLASS (wd_map_list_parent_class)->finalize (object);
}

static void
wd_map_list_class_init (WdMapListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_map_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_map_list_finalize;
  widget_class->size_allocate = wd_map_list_size_allocate;
  act_requested = g_signal_new ("act-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
wd_map_list_init (WdMapList *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
wd_map_list_new (WdMapLayer *layer, WdDesk *desk, const WdAct *acts)
{
  WdMapList *self = g_object_new (WD_TYPE_MAP_LIST, NULL);

  self->layer = layer;
  self->desk = g_object_ref (desk);
  self->acts = acts;
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (layer)), "notify", G_CALLBACK (wd_map_list_refresh), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
