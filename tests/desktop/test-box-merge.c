/* test-box-merge.c — what stands in a box stays while something else is shown in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-box-merge.h"
#include "wd-test-display.h"

static GtkWidget *
make_card (const char *name, const char *words, const char *button)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_name (card, name);
  gtk_box_append (GTK_BOX (card), gtk_label_new (words));
  if (button != NULL)
    gtk_box_append (GTK_BOX (acts), gtk_button_new_with_label (button));
  gtk_box_append (GTK_BOX (card), acts);
  return card;
}

static GtkWidget *
get_button (GtkWidget *card)
{
  return gtk_widget_get_first_child (gtk_widget_get_last_child (card));
}

static const char *
get_words (GtkWidget *card)
{
  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_first_child (card)));
}

/* Cards up to NULL. */
static void
show (GtkBox *box, GtkWidget *card, ...)
{
  g_autoptr (GtkWidget) wanted = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  va_list               more;

  va_start (more, card);
  for (; card != NULL; card = va_arg (more, GtkWidget *))
    gtk_box_append (GTK_BOX (wanted), card);
  va_end (more);
  wd_box_merge (box, GTK_BOX (wanted));
}

static void
count_cb (guint *clicks)
{
  (*clicks)++;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_counted (gpointer clicks)
{
  return *(guint *)clicks > 0;
}

/* A press by Space acts when it is over: by then the words are others, and another card stands above. */
static void
test_press_outlasts_a_change (void)
{
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *button;
  guint      clicks = 0;

  gtk_window_set_child (GTK_WINDOW (window), box);
  show (GTK_BOX (box), make_card ("b", "3 inside", "Cancel"), NULL);
  button = get_button (gtk_widget_get_first_child (box));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (count_cb), &clicks);
  gtk_window_present (GTK_WINDOW (window));
  wd_test_wait_for (is_mapped, button);
  g_assert_true (gtk_widget_grab_focus (button));

  g_assert_true (gtk_widget_activate (button));
  g_assert_cmpuint (clicks, ==, 0);
  show (GTK_BOX (box), make_card ("a", "new", "Other"), make_card ("b", "4 inside", "Cancel"), NULL);
  g_assert_true (get_button (gtk_widget_get_last_child (box)) == button);
  g_assert_cmpstr (get_words (gtk_widget_get_last_child (box)), ==, "4 inside");
  g_assert_cmpstr (get_words (gtk_widget_get_first_child (box)), ==, "new");
  wd_test_wait_for (is_counted, &clicks);
  g_assert_cmpuint (clicks, ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == button);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_other_things_are_others (void)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  g_autoptr (GtkWidget) button = NULL;

  show (GTK_BOX (box), make_card ("a", "x", "Cancel"), NULL);
  button = g_object_ref (get_button (gtk_widget_get_first_child (box)));
  show (GTK_BOX (box), make_card ("b", "x", "Cancel"), NULL);
  g_assert_true (get_button (gtk_widget_get_first_child (box)) != button);
  g_assert_false (gtk_widget_is_ancestor (button, box));
  show (GTK_BOX (box), make_card ("b", "x", "Revise"), NULL);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (get_button (gtk_widget_get_first_child (box)))), ==, "Revise");
  show (GTK_BOX (box), make_card ("b", "x", NULL), NULL);
  g_assert_null (get_button (gtk_widget_get_first_child (box)));
  show (GTK_BOX (box), NULL);
  g_assert_null (gtk_widget_get_first_child (box));
}

/* What is new has its action only where it is shown; what stood is as sensitive as its action is. */
static void
test_sensitivity (void)
{
  GtkWidget                     *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction)      action = g_simple_action_new ("revise", NULL);
  GtkWidget                     *card, *button;

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_widget_insert_action_group (box, "area", G_ACTION_GROUP (group));
  for (int i = 0; i < 2; i++)
    {
      card = make_card ("a", "x", "Revise");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (get_button (card)), "area.revise");
      show (GTK_BOX (box), card, NULL);
      button = get_button (gtk_widget_get_first_child (box));
      g_assert_true (gtk_widget_get_sensitive (button));
    }
  card = make_card ("a", "x", "Revise");
  gtk_widget_set_sensitive (get_button (card), FALSE);
  show (GTK_BOX (box), card, NULL);
  g_assert_true (get_button (gtk_widget_get_first_child (box)) == button);
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_null (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  gtk_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/box-merge/press-outlasts-a-change", test_press_outlasts_a_change);
  g_test_add_func ("/box-merge/other-things-are-others", test_other_things_are_others);
  g_test_add_func ("/box-merge/sensitivity", test_sensitivity);
  return g_test_run ();
}
