/* wd-answers.h — the first answer to each command, kept by its id
 *
 * The same id again gets the same bytes, refusals too, for 90 days; with other
 * content, or from somebody else, it is `id-reused` (api §4).
 *
 * Private to ledger/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-problem.h"
#include "wd-writing.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of a command as it was sent: the order of members does not count.
 * @id: (nullable): what its `id` comes to, however that was written
 * @fault: (nullable): what stood in it that @object can't show */
GBytes *wd_answers_digest (JsonObject *object, const char *id, const GError *fault);

/* Adds to the reads of @writing. */
guint wd_answers_ask (WdWriting *writing, const char *id);

typedef enum
{
  WD_ANSWER_NEW,   /* never answered */
  WD_ANSWER_KEPT,  /* @answer is the first one */
  WD_ANSWER_REUSED /* the id was another command's */
} WdAnswerFound;

/* @answer: (out) (transfer full) */
WdAnswerFound wd_answers_look (WdWriting *writing, guint place, const WdEntry *entry, char **answer, GError **error);

/* Writes @answer for good. */
gboolean wd_answers_keep (WdWriting *writing, const WdEntry *entry, const char *answer, GError **error);

/* Once in a batch: drops some of those that are too old. */
void wd_answers_expire (WdWriting *writing);

/* JSON of the result (api §4).  Returns: (transfer full) */
char *wd_answer_ok (const char *id, gint64 seq, WdObjectKind kind, const char *object, gint64 version);
char *wd_answer_problem (const char *id, WdProblemCode code, const char *detail, const char *field, const char *members);
/* @current: (nullable): the present body, for a conflict */
char *wd_answer_refusal (const char *id, const GError *refusal, const char *current);

G_END_DECLS
