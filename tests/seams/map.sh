#!/bin/bash
# map.sh — src/README.md has a line for each file of the rooms, and none for one that is gone
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

# Both as ROOM/FILE without its ending; a .c and its .h are one line of the map.
there ()
{
  find src/*/ -name '*.[ch]' -o -name '*.sql' | sed -E 's|^src/||; s/\.[a-z]+$//' | sort -u
}

drawn ()
{
  awk '/^### /{room = $2} room && /^\| `/{split($2, part, "`"); sub(/\.(\[ch\]|[a-z]+)$/, "", part[2]); print room part[2]}' src/README.md | sort -u
}

check 'the map has a line for each file' comm -23 <(there) <(drawn)
check 'the map has no line for a file that is gone' comm -13 <(there) <(drawn)
finish
