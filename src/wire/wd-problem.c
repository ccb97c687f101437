/* wd-problem.c — what is answered when something is refused (RFC 9457)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-problem.h"

#include "wd-json.h"

/* clang-format off */
G_DEFINE_ENUM_TYPE (WdProblemCode, wd_problem_code,
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_BAD_REQUEST, "bad-request"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_UNAUTHORIZED, "unauthorized"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_FORBIDDEN, "forbidden"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_NOT_FOUND, "not-found"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_METHOD, "method"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_STATE, "state"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_CONFLICT, "conflict"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_ID_REUSED, "id-reused"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_RESYNC, "resync"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_TOO_LARGE, "too-large"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_INVALID, "invalid"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_TOO_MANY, "too-many"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_INTERNAL, "internal"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_BUSY, "busy"),
  G_DEFINE_ENUM_VALUE (WD_PROBLEM_STORAGE, "storage"))

static const struct
{
  guint       status;
  const char *title;
} problems[] = {
  [WD_PROBLEM_BAD_REQUEST]  = { 400, "The request can't be read" },
  [WD_PROBLEM_UNAUTHORIZED] = { 401, "Sign in first" },
  [WD_PROBLEM_FORBIDDEN]    = { 403, "Not yours to do" },
  [WD_PROBLEM_NOT_FOUND]    = { 404, "There is no such thing" },
  [WD_PROBLEM_METHOD]       = { 405, "This can't be done with it" },
  [WD_PROBLEM_STATE]        = { 409, "Not in this state" },
  [WD_PROBLEM_CONFLICT]     = { 409, "Someone else was first" },
  [WD_PROBLEM_ID_REUSED]    = { 409, "The id stands for something else" },
  [WD_PROBLEM_RESYNC]       = { 410, "Start again from the beginning" },
  [WD_PROBLEM_TOO_LARGE]    = { 413, "Too large" },
  [WD_PROBLEM_INVALID]      = { 422, "A member is wrong" },
  [WD_PROBLEM_TOO_MANY]     = { 429, "Too many requests" },
  [WD_PROBLEM_INTERNAL]     = { 500, "The server failed" },
  [WD_PROBLEM_BUSY]         = { 503, "Busy, nothing was kept" },
  [WD_PROBLEM_STORAGE]      = { 507, "The store can't be written" },
};
/* clang-format on */

const char *
wd_problem_code_get_nick (WdProblemCode code)
{
  g_autoptr (GEnumClass) codes = g_type_class_ref (WD_TYPE_PROBLEM_CODE);

  return g_enum_get_value (codes, code)->value_nick;
}

const char *
wd_problem_code_get_title (WdProblemCode code)
{
  return problems[code].title;
}

guint
wd_problem_code_get_status (WdProblemCode code)
{
  return problems[code].status;
}

gboolean
wd_problem_code_from_nick (const char *nick, WdProblemCode *code)
{
  g_autoptr (GEnumClass) codes = g_type_class_ref (WD_TYPE_PROBLEM_CODE);
  const GEnumValue      *value = g_enum_get_value_by_nick (codes, nick);

  if (value != NULL)
    *code = value->value;
  return value != NULL;
}

void
wd_problem_append_json (GString *json, WdProblemCode code, const char *detail, const char *field, const char *members)
{
  const char *nick = wd_problem_code_get_nick (code);

  g_string_append_printf (json, "{\"type\":\"urn:waterdesk:problem:%s\",\"title\":", nick);
  wd_json_append_text (json, problems[code].title);
  g_string_append_printf (json, ",\"status\":%u,\"detail\":", problems[code].status);
  wd_json_append_text (json, detail ? detail : problems[code].title);
  g_string_append_printf (json, ",\"code\":\"%s\"", nick);
  if (field != NULL)
    {
      g_string_append (json, ",\"field\":");
      wd_json_append_text (json, field);
    }
  if (members != NULL)
    {
      g_string_append_c (json, ',');
      g_string_append (json, members);
    }
  g_string_append_c (json, '}');
}

char *
wd_problem_to_json (WdProblemCode code, const char *detail, const char *field)
{
  GString *json = g_string_sized_new (200);

  wd_problem_append_json (json, code, detail, field, NULL);
  return g_string_free (json, FALSE);
}

char *
wd_problem_place (const GError *error)
{
  GString *json;
  WdPoint  at;

  if (!wd_rule_error_at (error, &at))
    return NULL;
  json = g_string_new ("\"at\":[");
  wd_json_append_real (json, at.lon);
  g_string_append_c (json, ',');
  wd_json_append_real (json, at.lat);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}
