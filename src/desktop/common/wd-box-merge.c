/* wd-box-merge.c — shows something else in a box without replacing what stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-box-merge.h"

static const char *
words_of (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : gtk_expander_get_label (GTK_EXPANDER (widget));
}

/* Whether one can become the other. */
static gboolean
is_like (GtkWidget *shown, GtkWidget *wanted)
{
  if (G_OBJECT_TYPE (shown) != G_OBJECT_TYPE (wanted) || !g_str_equal (gtk_widget_get_name (shown), gtk_widget_get_name (wanted)))
    return FALSE;
  if (GTK_IS_BUTTON (shown) || GTK_IS_EXPANDER (shown))
    return g_strcmp0 (words_of (shown), words_of (wanted)) == 0;
  return GTK_IS_LABEL (shown) || GTK_IS_BOX (shown);
}

/* What stands and can become @wanted, from @shown on; other things do not pass by a button. */
static GtkWidget *
find_like (GtkWidget *shown, GtkWidget *wanted)
{
  for (; shown != NULL; shown = gtk_widget_get_next_sibling (shown))
    {
      if (is_like (shown, wanted))
        return shown;
      if (GTK_IS_BUTTON (shown) && !GTK_IS_BUTTON (wanted))
        return NULL;
    }
  return NULL;
}

static void
merge (GtkWidget *shown, GtkWidget *wanted)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (wanted);

  gtk_widget_set_css_classes (shown, (const char **)classes);
  gtk_widget_set_visible (shown, gtk_widget_get_visible (wanted));
  if (GTK_IS_LABEL (shown))
    {
      if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (shown)), gtk_label_get_label (GTK_LABEL (wanted))) != 0)
        gtk_label_set_label (GTK_LABEL (shown), gtk_label_get_label (GTK_LABEL (wanted)));
    }
  else if (GTK_IS_BUTTON (shown))
    {
      const char *action = gtk_actionable_get_action_name (GTK_ACTIONABLE (wanted));

      if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (shown)), action) != 0)
        gtk_actionable_set_action_name (GTK_ACTIONABLE (shown), action);
      if (action == NULL) /* else the action says it, which @wanted does not find: it is in no window */
        gtk_widget_set_sensitive (shown, gtk_widget_get_sensitive (wanted));
    }
  else if (GTK_IS_EXPANDER (shown))
    wd_box_merge (GTK_BOX (gtk_expander_get_child (GTK_EXPANDER (shown))), GTK_BOX (gtk_expander_get_child (GTK_EXPANDER (wanted))));
  else
    wd_box_merge (GTK_BOX (shown), GTK_BOX (wanted));
}

void
wd_box_merge (GtkBox *shown, GtkBox *wanted)
{
  GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (shown)), *last = NULL, *next;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (wanted)); child != NULL; child = next)
    {
      GtkWidget *like = find_like (at, child);

      next = gtk_widget_get_next_sibling (child);
      while (like != NULL && at != like)
        {
          GtkWidget *gone = at;

          at = gtk_widget_get_next_sibling (at);
          gtk_box_remove (shown, gone);
        }
      if (like != NULL)
        {
          merge (like, child);
          at = gtk_widget_get_next_sibling (like);
          last = like;
          continue;
        }
      g_object_ref (child);
      gtk_box_remove (wanted, child);
      gtk_box_insert_child_after (shown, child, last);
      g_object_unref (child);
      last = child;
    }
  while (at != NULL)
    {
      GtkWidget *gone = at;

      at = gtk_widget_get_next_sibling (at);
      gtk_box_remove (shown, gone);
    }
}
