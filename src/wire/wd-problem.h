/* wd-problem.h — what is answered when something is refused (RFC 9457)
 *
 * One table says for each code its nick (the member `code`), its HTTP status
 * and its title.  A problem never repeats what was sent: `detail` is a
 * sentence of ours, `field` the name of the one member at fault.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WD_PROBLEM_CONTENT_TYPE "application/problem+json"

typedef enum
{
  WD_PROBLEM_BAD_REQUEST, /* not readable: HTTP, JSON or the envelope */
  WD_PROBLEM_UNAUTHORIZED,
  WD_PROBLEM_FORBIDDEN,
  WD_PROBLEM_NOT_FOUND,
  WD_PROBLEM_METHOD,
  WD_PROBLEM_STATE,
  WD_PROBLEM_CONFLICT,
  WD_PROBLEM_ID_REUSED,
  WD_PROBLEM_RESYNC,
  WD_PROBLEM_TOO_LARGE,
  WD_PROBLEM_INVALID, /* a member wrong, missing or unknown */
  WD_PROBLEM_TOO_MANY,
  WD_PROBLEM_INTERNAL,
  WD_PROBLEM_BUSY, /* nothing was kept, try again */
  WD_PROBLEM_STORAGE,
} WdProblemCode;

#define WD_TYPE_PROBLEM_CODE (wd_problem_code_get_type ())
GType wd_problem_code_get_type (void);

const char *wd_problem_code_get_nick (WdProblemCode code);
const char *wd_problem_code_get_title (WdProblemCode code);
guint       wd_problem_code_get_status (WdProblemCode code);
gboolean    wd_problem_code_from_nick (const char    *nick,
                                       WdProblemCode *code);

/* Appends the document.  `detail` may be NULL (the title stands for it), `field`
 * too; `members` is JSON text of further members (`"current":{...}`) or NULL. */
void wd_problem_append_json (GString      *json,
                             WdProblemCode code,
                             const char   *detail,
                             const char   *field,
                             const char   *members);

/* The member `at` of a shape's fault, as further members.  Returns: (transfer full) (nullable): NULL where there is none */
char *wd_problem_place (const GError *error);

/* The same as a text of its own, without further members. */
char *wd_problem_to_json (WdProblemCode code,
                          const char   *detail,
                          const char   *field);

G_END_DECLS
