# tap.bash — for the checks of the tree: `check NAME COMMAND…` prints a line of TAP.  A check says
# what it finds wrong; one that says nothing has passed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
set -u
cd "${WATERDESK_SOURCE:?names the folder of the sources}" || exit 1

count=0
failed=0

check ()
{
  local said
  count=$((count + 1))
  said=$("${@:2}" 2>&1)
  if [[ -z $said ]]; then
    echo "ok $count - $1"
  else
    failed=1
    printf 'not ok %d - %s\n# %s\n' "$count" "$1" "${said//$'\n'/$'\n# '}"
  fi
}

skip ()                 # NAME, why
{
  count=$((count + 1))
  echo "ok $count - $1 # SKIP $2"
}

finish ()
{
  echo "1..$count"
  exit $failed
}
