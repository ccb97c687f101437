/* wd-undo.c — what was given at a desk, and can be taken back for some seconds, and given again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-undo-private.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define OF_DESK "wd-undo" /* the desk's one, while a page has it */
#define GRACE_MS 1000     /* so long after is an act known still, so that a person hears that it is too late */

typedef struct
{
  GStrv      given; /* ids */
  GPtrArray *taken; /* (nullable) WdCommand: what they were, once they are taken back */
  char      *words;
  gint64     until; /* monotonic microseconds */
} Act;

enum
{
  MOVED,
  TAKEN_BACK,
  LET_GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdUndo, wd_undo, G_TYPE_OBJECT)

static void
act_free (gpointer data)
{
  Act *act = data;

  g_strfreev (act->given);
  g_clear_pointer (&act->taken, g_ptr_array_unref);
  g_free (act->words);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

/* @given: (transfer full) */
static Act *
act_new (GStrv given, const char *words)
{
  Act *act = g_new0 (Act, 1);

  act->given = given;
  act->words = g_strdup (words);
  return act;
}

/* Takes the act. */
static void
push_given (WdUndo *self, Act *act)
{
  act->until = g_get_monotonic_time () + (WD_UNDO_MS + GRACE_MS) * G_GINT64_CONSTANT (1000);
  g_queue_push_head (&self->given, act);
  _wd_undo_show_given (self, act->words);
}

/* --- giving ------------------------------------------------------------------------------------ */

char *
wd_undo_give (WdUndo *self, WdVerb verb, const char *object, GVariant *members, gint64 expect)
{
  g_autoptr (WdCommand) command = wd_desk_command (verb, object, members != NULL ? members : g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));

  command->expect = expect;
  return wd_undo_give_command (self, command);
}

/* NULL where it is about none that is here. */
static const WdOrder *
find_order (WdUndo *self, const WdCommand *command)
{
  WdOrderItem *item = command->object != NULL ? wd_desk_get_order (self->desk, command->object) : NULL;

  return item != NULL ? wd_order_item_get_order (item) : NULL;
}

gboolean
wd_undo_give_all (WdUndo *self, GPtrArray *commands)
{
  const WdCommand   *refused;
  g_autoptr (GError) error = NULL;
  g_autofree char   *why = NULL;
  g_autofree char   *words = NULL;
  guint              at_fault;

  if (wd_desk_give_all (self->desk, commands, NULL, WD_UNDO_MS, &at_fault, &error))
    return TRUE;
  refused = commands->pdata[at_fault];
  why = wd_term_refusal (error, refused->verb, find_order (self, refused));
  words = g_strdup_printf (_ ("Not done: %s"), why);
  wd_undo_say (self->overlay, words);
  return FALSE;
}

char *
wd_undo_give_command (WdUndo *self, const WdCommand *command)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();

  g_ptr_array_add (commands, (gpointer)command);
  return wd_undo_give_all (self, commands) ? g_strdup (command->id) : NULL;
}

void
wd_undo_offer (WdUndo *self, GStrv given, const char *words)
{
  g_queue_clear_full (&self->taken, act_free);
  push_given (self, act_new (given, words));
}

void
wd_undo_go_on (WdUndo *self)
{
  if (!g_queue_is_empty (&self->taken))
    wd_undo_end_toast (self);
  g_queue_clear_full (&self->taken, act_free);
}

/* --- taking back --------------------------------------------------------------------------------- */

static void
say_missed (WdUndo *self)
{
  wd_undo_say (self->overlay, _ ("Too late: it has been sent"));
}

/* NULL where no act can be held any more. */
static Act *
pop_given (WdUndo *self)
{
  Act *act = g_queue_pop_head (&self->given);

  if (act == NULL || act->until > g_get_monotonic_time ())
    return act;
  g_queue_clear_full (&self->given, act_free); /* those before it are older still */
  act_free (act);
  return NULL;
}

void
wd_undo_take_back (WdUndo *self)
{
  g_autoptr (Act) act = pop_given (self);
  g_auto (GStrv)  taken = NULL;

  wd_undo_end_toast (self);
  if (act == NULL)
    return;
  act->taken = wd_desk_undo (self->desk, (const char *const *)act->given);
  if (act->taken->len > 0)
    {
      taken = g_strdupv (act->given);
      g_queue_push_head (&self->taken, g_steal_pointer (&act));
      _wd_undo_show_taken (self);
    }
  else
    say_missed (self);
  g_signal_emit (self, signals[MOVED], 0);
  if (taken != NULL)
    g_signal_emit (self, signals[TAKEN_BACK], 0, taken);
}

/* The link was faster: it has been given, and is not given again. */
static void
undo_missed_cb (WdUndo *self, const char *command)
{
  for (GList *each = self->taken.head; each != NULL; each = each->next)
    {
      Act *act = each->data;

      if (!g_strv_contains ((const char *const *)act->given, command))
        continue;
      wd_undo_end_toast (self);
      g_queue_delete_link (&self->taken, each);
      act_free (act);
      say_missed (self);
      return;
    }
}

/* --- giving again ---------------------------------------------------------------------------------- */

/* Whom it is with by now, and why it can't be done. */
static void
append_refusal (WdUndo *self, GString *refused, const WdCommand *command, const GError *error)
{
  const WdOrder   *order = find_order (self, command);
  WdUnitItem      *unit = order != NULL && order->unit != NULL ? wd_desk_get_unit (self->desk, order->unit) : NULL;
  g_autofree char *number = order != NULL ? wd_format_number (order->number) : NULL;
  g_autofree char *why = wd_term_refusal (error, command->verb, order);

  if (refused->len > 0)
    g_string_append (refused, " · ");
  if (unit != NULL)
    /* Translators: an order's number, the unit that has it by now, why something could not be done with it. */
    g_string_append_printf (refused, _ ("%1$s (%2$s): %3$s"), number, wd_unit_item_get_unit (unit)->name, why);
  else
    g_string_append_printf (refused, "%s %s", number != NULL ? number : "", why);
}

/* As many of @commands from @first on as are about one object: one act.  (transfer full) */
static GPtrArray *
list_again (GPtrArray *commands, guint first)
{
  const WdCommand *one = commands->pdata[first];
  GPtrArray       *again = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);

  for (guint i = first; i < commands->len && g_strcmp0 (((WdCommand *)commands->pdata[i])->object, one->object) == 0; i++)
    g_ptr_array_add (again, wd_desk_command_again (commands->pdata[i]));
  return again;
}

/* What was given of it; why the rest was not is appended to @refused, once for each object. */
static Act *
give_again (WdUndo *self, const Act *taken, GString *refused)
{
  g_autoptr (GStrvBuilder) given = g_strv_builder_new ();

  for (guint i = 0, n; i < taken->taken->len; i += n)
    {
      g_autoptr (GPtrArray) again = list_again (taken->taken, i);
      g_autoptr (GError)    error = NULL;
      guint                 at_fault = 0;
      gboolean              done = wd_desk_give_all (self->desk, again, NULL, WD_UNDO_MS, &at_fault, &error);

      n = again->len;
      for (guint each = 0; done && each < n; each++)
        g_strv_builder_add (given, ((WdCommand *)again->pdata[each])->id);
      if (!done)
        append_refusal (self, refused, again->pdata[at_fault], error);
    }
  return act_new (g_strv_builder_end (given), taken->words);
}

void
wd_undo_give_again (WdUndo *self)
{
  g_autoptr (Act)     taken = g_queue_pop_head (&self->taken);
  g_autoptr (Act)     again = NULL;
  g_autoptr (GString) refused = g_string_new (NULL);

  wd_undo_end_toast (self);
  if (taken == NULL)
    return;
  again = give_again (self, taken, refused);
  if (refused->len == 0)
    push_given (self, g_steal_pointer (&again));
  else
    {
      g_autofree char *words = g_strdup_printf (_ ("Not given again: %s"), refused->str);

      again->taken = wd_desk_undo (self->desk, (const char *const *)again->given);
      wd_undo_say (self->overlay, words);
    }
  g_signal_emit (self, signals[MOVED], 0);
}

/* --- keys ---------------------------------------------------------------------------------------------- */

static gboolean
are_ours (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return gtk_widget_get_mapped (page) && !GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus);
}

static gboolean
undo_key_cb (GtkWidget *page, GVariant *args, gpointer self)
{
  if (!are_ours (page))
    return FALSE;
  wd_undo_take_back (self);
  return TRUE;
}

static gboolean
redo_key_cb (GtkWidget *page, GVariant *args, gpointer self)
{
  if (!are_ours (page))
    return FALSE;
  wd_undo_give_again (self);
  return TRUE;
}

/* In all of the window: where a toast has gone with its button, nothing has the focus. */
void
wd_undo_add_keys (WdUndo *self, GtkWidget *page)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  const struct
  {
    const char     *key;
    GtkShortcutFunc pressed;
  } rows[] = { { "<Control>z", undo_key_cb }, { "<Control><Shift>z", redo_key_cb } };

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (rows[i].key),
                                                            gtk_callback_action_new (rows[i].pressed, g_object_ref (self), g_object_unref)));
  gtk_widget_add_controller (page, keys);
}

/* --- itself --------------------------------------------------------------------------------------------- */

static void
wd_undo_dispose (GObject *object)
{
  WdUndo *self = WD_UNDO (object);

  _wd_undo_forget_toast (self);
  g_queue_clear_full (&self->given, act_free);
  g_queue_clear_full (&self->taken, act_free);
  g_clear_object (&self->overlay);
  if (self->desk != NULL)
    g_object_set_data (G_OBJECT (self->desk), OF_DESK, NULL);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_undo_parent_class)->dispose (object);
}

static void
wd_undo_class_init (WdUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_undo_dispose;
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TAKEN_BACK] = g_signal_new ("taken-back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[LET_GO] = g_signal_new ("let-go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_undo_init (WdUndo *self)
{
}

static void
came_in_front_cb (WdUndo *self, AdwToastOverlay *overlay)
{
  g_set_object (&self->overlay, overlay);
}

WdUndo *
wd_undo_join (WdDesk *desk, AdwToastOverlay *overlay)
{
  WdUndo *self = g_object_get_data (G_OBJECT (desk), OF_DESK);

  if (self != NULL)
    g_object_ref (self);
  else
    {
      self = g_object_new (WD_TYPE_UNDO, NULL);
      self->desk = g_object_ref (desk);
      self->overlay = g_object_ref (overlay);
      g_object_set_data (G_OBJECT (desk), OF_DESK, self);
      g_signal_connect_object (desk, "undo-missed", G_CALLBACK (undo_missed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (overlay, "map", G_CALLBACK (came_in_front_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
wd_undo_tell (WdUndo *self, const char *words)
{
  wd_undo_say (self->overlay, words);
}
