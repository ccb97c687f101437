/* wd-map-signals.c — the signals that the map's layer gives and the view passes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-signals.h"

#define MAX_ARGUMENTS 3

typedef struct
{
  const char *name;
  GType       result;
  GType       arguments[MAX_ARGUMENTS];
} Signal;

void
wd_map_signals_add (GType type)
{
  const GType strv = G_TYPE_STRV;
  /* clang-format off */
  const Signal signals[] = {
    { "order-activated",        G_TYPE_NONE,   { G_TYPE_STRING } },
    { "selection-changed",      G_TYPE_NONE,   { 0 } },
    { "menu-requested",         G_TYPE_NONE,   { G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE } },
    { "unit-activated",         G_TYPE_NONE,   { G_TYPE_STRING } },
    { "describe-order",         G_TYPE_STRING, { G_TYPE_STRING } },
    { "query-drop",             G_TYPE_STRING, { strv, G_TYPE_STRING } },
    { "orders-dropped-on-unit", G_TYPE_NONE,   { strv, G_TYPE_STRING } },
    { "drag-started",           G_TYPE_NONE,   { strv } },
    { "drag-ended",             G_TYPE_NONE,   { 0 } },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      GType arguments[MAX_ARGUMENTS];
      guint n = 0;

      for (; n < MAX_ARGUMENTS && signals[i].arguments[n] != 0; n++)
        arguments[n] = signals[i].arguments[n];
      g_signal_newv (signals[i].name, type, G_SIGNAL_RUN_LAST, NULL,
                     signals[i].result == G_TYPE_STRING ? g_signal_accumulator_first_wins : NULL, NULL,
                     NULL, signals[i].result, n, arguments);
    }
}

static void
relay_marshal (GClosure     *closure,
               GValue       *result,
               guint         n_values,
               const GValue *values,
               gpointer      hint,
               gpointer      marshal_data)
{
  const GSignalInvocationHint *invocation = hint;
  GObject                     *to = closure->data;
  GValue                       passed[MAX_ARGUMENTS + 1] = { G_VALUE_INIT };

  g_value_init (&passed[0], G_OBJECT_TYPE (to));
  g_value_set_object (&passed[0], to);
  for (guint i = 1; i < n_values; i++)
    {
      g_value_init (&passed[i], G_VALUE_TYPE (&values[i]));
      g_value_copy (&values[i], &passed[i]);
    }
  g_signal_emitv (passed, g_signal_lookup (g_signal_name (invocation->signal_id), G_OBJECT_TYPE (to)), 0, result);
  for (guint i = 0; i < n_values; i++)
    g_value_unset (&passed[i]);
}

void
wd_map_signals_relay (GObject *from,
                      GObject *to)
{
  guint             n;
  g_autofree guint *signals = g_signal_list_ids (G_OBJECT_TYPE (from), &n);

  for (guint i = 0; i < n; i++)
    {
      GClosure *closure = g_closure_new_object (sizeof (GClosure), to);

      closure->data = to;
      g_closure_set_marshal (closure, relay_marshal);
      g_signal_connect_closure_by_id (from, signals[i], 0, closure, FALSE);
    }
}
