#!/bin/bash
# words.sh — nothing unfinished and no one's machine in the tree
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

# What git knows, or all files where the tree is no clone.
files ()
{
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git -c safe.directory='*' ls-files -z
  else
    find . -type f -not -path './build*' -print0
  fi
}

search ()               # pattern, files left out
{
  files | grep -zvE "^(\./)?(COPYING|tests/seams/words\.sh${2:+|$2})$" | xargs -0 grep -nIE "$1"
}

check 'no path of a machine' search '/(work|root|home/[a-z]+)/'
check 'nothing left to do later' search '\b(TODO|FIXME|XXX|HACK)\b'
check 'no reference to papers that are not in the tree' search '\b(design|screens|findings|checklist|style)(\.md| §)'
check 'no leftovers of an unfinished merge' search '^(<<<<<<<|>>>>>>>)( |$)'
finish
