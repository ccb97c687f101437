#!/bin/bash
# sizes.sh — no file grows into one that nobody reads: a class that does is split by facet
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

longer ()               # limit, find's arguments: files with more lines
{
  find "${@:2}" -exec wc -l {} + | awk -v limit="$1" '$2 != "total" && $1 > limit'
}

check 'no .c file has over 500 lines' longer 500 src tests -name '*.c'
check 'no header has over 250 lines' longer 250 src tests -name '*.h'
check 'no .ui file has over 250 lines' longer 250 src -name '*.ui'
check 'no test script has over 600 lines' longer 600 tests -name '*.py'
finish
