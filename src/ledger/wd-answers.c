/* wd-answers.c — the first answer to each command, kept by its id
 *
 * A digest is kept keyed: a command holds the caller's telephone, and a bare hash of
 * it would let anyone with the store alone try all numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-answers.h"

#include "wd-event-row.h"
#include "wd-json.h"

#define KEPT_MS (G_GINT64_CONSTANT (90) * 24 * 3600 * 1000)

/* clang-format off */
static const WdStatement get_answer = { "answers-get",
  "SELECT by_user, key, digest, answer FROM answers WHERE id = $1" };
static const WdStatement add_answer = { "answers-add",
  "INSERT INTO answers (id, by_user, key, digest, answer, at) VALUES ($1, $2, $3, $4, $5, $6)" };
static const WdStatement expire_answers = { "answers-expire",
  "DELETE FROM answers WHERE id IN (SELECT id FROM answers WHERE at < $1 ORDER BY at LIMIT 2000)" };
/* clang-format on */

/* --- what was sent ------------------------------------------------------- */

static void append_sorted (GString *text, JsonNode *node);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
append_sorted_object (GString *text, JsonObject *object, const char *id)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

  g_string_append_c (text, '{');
  for (GList *name = names; name != NULL; name = name->next)
    {
      wd_json_append_text (text, name->data);
      g_string_append_c (text, ':');
      if (id != NULL && g_str_equal (name->data, "id"))
        wd_json_append_text (text, id);
      else
        append_sorted (text, json_object_get_member (object, name->data));
      g_string_append_c (text, ',');
    }
  g_string_append_c (text, '}');
}

static void
append_sorted (GString *text, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_sorted_object (text, json_node_get_object (node), NULL);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (text, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          append_sorted (text, json_array_get_element (array, i));
          g_string_append_c (text, ',');
        }
      g_string_append_c (text, ']');
    }
  else
    wd_json_append_node (text, node);
}

GBytes *
wd_answers_digest (JsonObject *object, const char *id, const GError *fault)
{
  g_autoptr (GString)   text = g_string_sized_new (512);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8                digest[32];
  gsize                 length = sizeof digest;

  append_sorted_object (text, object, id);
  if (fault != NULL)
    g_string_append (text, fault->message);
  g_checksum_update (checksum, (const guint8 *)text->str, (gssize)text->len);
  g_checksum_get_digest (checksum, digest, &length);
  return g_bytes_new (digest, length);
}

/* --- what was answered --------------------------------------------------- */

guint
wd_answers_ask (WdWriting *writing, const char *id)
{
  return wd_batch_add (writing->reads, &get_answer, "t", id);
}

static const char *
user_of (const WdEntry *entry)
{
  return entry->actor->id != NULL ? entry->actor->id : "";
}

WdAnswerFound
wd_answers_look (WdWriting *writing, guint place, const WdEntry *entry, char **answer, GError **error)
{
  const WdRows      *rows = wd_batch_rows (writing->reads, place);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) digest = NULL;

  if (wd_rows_count (rows) == 0)
    return WD_ANSWER_NEW;
  digest = wd_keys_chain (writing->ledger->keys, (guint)wd_rows_int (rows, 0, 1), NULL, entry->digest, error);
  kept = wd_rows_bytes (rows, 0, 2);
  if (digest == NULL || !g_bytes_equal (digest, kept) || !g_str_equal (wd_rows_text (rows, 0, 0, NULL), user_of (entry)))
    return WD_ANSWER_REUSED;
  *answer = g_strdup (wd_rows_text (rows, 0, 3, NULL));
  return WD_ANSWER_KEPT;
}

gboolean
wd_answers_keep (WdWriting *writing, const WdEntry *entry, const char *answer, GError **error)
{
  guint              key = wd_keys_current (writing->ledger->keys);
  g_autoptr (GBytes) digest = wd_keys_chain (writing->ledger->keys, key, NULL, entry->digest, error);

  if (digest == NULL)
    return FALSE;
  wd_writing_write (writing, &add_answer, "ttibti", entry->id, user_of (entry), (gint64)key, digest, answer, writing->now);
  return TRUE;
}

void
wd_answers_expire (WdWriting *writing)
{
  wd_writing_write (writing, &expire_answers, "i", writing->now - KEPT_MS);
}

/* --- results ------------------------------------------------------------- */

static GString *
start_result (const char *id, gboolean ok)
{
  GString *json = g_string_sized_new (192);

  g_string_append (json, "{\"id\":");
  wd_json_append_text (json, id);
  g_string_append (json, ok ? ",\"ok\":true" : ",\"ok\":false");
  return json;
}

char *
wd_answer_ok (const char *id, gint64 seq, WdObjectKind kind, const char *object, gint64 version)
{
  GString *json = start_result (id, TRUE);

  g_string_append_printf (json, ",\"seq\":%" G_GINT64_FORMAT ",\"object\":{\"kind\":\"%s\",\"id\":", seq, wd_kind_to_text (kind));
  wd_json_append_text (json, object);
  g_string_append_printf (json, ",\"version\":%" G_GINT64_FORMAT "}}", version);
  return g_string_free (json, FALSE);
}

char *
wd_answer_problem (const char *id, WdProblemCode code, const char *detail, const char *field, const char *members)
{
  GString *json = start_result (id, FALSE);

  g_string_append (json, ",\"error\":");
  wd_problem_append_json (json, code, detail, field, members);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

char *
wd_answer_refusal (const char *id, const GError *refusal, const char *current)
{
  g_autofree char *field = wd_rule_error_dup_field (refusal);
  g_autofree char *members = current != NULL ? g_strconcat ("\"current\":", current, NULL) : wd_problem_place (refusal);
  WdProblemCode    code = WD_PROBLEM_INVALID;

  if (refusal->domain == WD_RULE_ERROR)
    wd_problem_code_from_nick (wd_enum_nick (wd_rule_error_get_type (), refusal->code), &code);
  return wd_answer_problem (id, code, wd_rule_error_detail (refusal), field, members);
}
