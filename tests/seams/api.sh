#!/bin/bash
# api.sh — src/API.md names each verb, route, problem code and state that the sources have
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

named ()                # words on standard input: those that API.md does not have in `…`
{
  local word
  while read -r word; do
    grep -qE "\`([A-Z|]+ )?${word}[\`?]" src/API.md || echo "$word"
  done
}

verbs ()
{
  # The server's own events, which nobody may command, stand there too.
  grep -ohP '^ *\[WD_VERB_[A-Z_]+\] *= \{ WD_VERB_[A-Z_]+, *"\K[a-z-]+' src/domain/wd-command.c | named
}

codes ()
{
  grep -oshP 'WD_PROBLEM_[A-Z_]+, *(\d+, *)?"\K[a-z-]+' src/wire/wd-problem.c | named
}

states ()
{
  grep -ohP 'WD_STATE_[A-Z_]+, *"\K[a-z-]+' src/domain/wd-words.c | named
}

routes ()               # "GET", "/v1/orders/:id/events" is `GET /v1/orders/ID/events` there
{
  local method path
  grep -ohP '^ *\{ "[A-Z]+", *"/[^"]*"' src/server/wd-routes.c | sed 's/[{",]/ /g; s/:\([a-z]*\)/\U\1/g' | while read -r method path; do
    grep -qP "\`$method $path(\?[^\`]*)?\`" src/API.md || echo "$method $path"
  done
}

options ()              # of the programs
{
  local option
  grep -ohP '^ *\{ "\K[a-z-]+(?=", *[^,]+, *[^,]+, *G_OPTION_ARG)' src/main-*.c | while read -r option; do
    grep -qe "--$option\b" src/API.md || echo "--$option"
  done
}

check 'each option of a program is described' options
check 'each route is described' routes
check 'each verb is described' verbs
check 'each problem code is described' codes
check 'each state is described' states
finish
