#!/bin/bash
# migrations.sh — a migration that stores were made with never changes again
#
# migrations.sums lists those released; a new one is added to it with `sha256sum` when it is released.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

unchanged ()
{
  grep -v '^#' tests/seams/migrations.sums | sha256sum --check --quiet --strict
}

numbered ()             # 0001, 0002, … in each room that has migrations, without a gap
{
  local folder
  find src -name '[0-9][0-9][0-9][0-9]-*.sql' -printf '%h\n' | sort -u | while read -r folder; do
    diff <(find "$folder" -name '[0-9]*.sql' -printf '%f\n' | cut -c1-4 | sort) \
      <(seq -f %04g "$(find "$folder" -name '[0-9]*.sql' | wc -l)") >/dev/null || echo "$folder: numbered with a gap or twice"
  done
}

listed ()
{
  comm -13 <(grep -v '^#' tests/seams/migrations.sums | awk '{print $2}' | sort) <(find src -name '[0-9]*.sql' | sort)
}

if grep -qv '^#' tests/seams/migrations.sums; then
  check 'released migrations are unchanged' unchanged
  check 'each migration is in the list' listed
fi
check 'migrations are numbered without a gap' numbered
finish
