#!/bin/bash
# metadata.sh — what desktops and software centres read about the program is well formed, and is in Chinese too
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

application=org.waterdesk.Waterdesk
entry=${WATERDESK_BUILD:?names the folder of the build}/data/$application.desktop
metainfo=$WATERDESK_BUILD/data/$application.metainfo.xml
manifest=flatpak/$application.json

described ()            # errors and warnings; later validators miss the address of a page, and the program has none
{
  appstreamcli validate --no-net --no-color "$metainfo" | grep -E '^[EW]:' | grep -v url-homepage-missing
}

chinese ()              # what po/ has is in them
{
  local key
  for key in Name GenericName Comment Keywords; do
    grep -q "^$key\[zh_CN\]=" "$entry" || echo "$key of $entry"
  done
  for key in summary p li; do
    grep -qE "<$key xml:lang=\"zh[-_](Hans-)?CN\">" "$metainfo" || echo "$key of $metainfo"
  done
}

named ()                # what the entry and the metainfo say nothing of
{
  local word
  for word in 停水 水质; do
    grep -q "^Keywords\[zh_CN\]=.*$word" "$entry" || echo "$word in Keywords of $entry"
    grep -qE "<li xml:lang=\"zh[-_](Hans-)?CN\">.*$word" "$metainfo" || echo "$word in $metainfo"
  done
}

reasoned ()             # permissions that only one of the manifest and flatpak/README.md has, or that have no reason there
{
  diff <(sed -n '/"finish-args"/,/\]/s/^ *"\(--.*\)",\?$/\1/p' "$manifest" | sort) \
    <(sed -n 's/^| `\(--[a-z-]*=[^`]*\)` | [^ ].* |$/\1/p' flatpak/README.md | sort)
}

pinned ()               # archives without a checksum
{
  grep -A1 '"url"' "$manifest" | grep -vE '"url"|^--|"sha256": "[0-9a-f]{64}"'
}

check 'the desktop entry is valid' desktop-file-validate "$entry"
check 'the metainfo is valid' described
check 'both are in Chinese too' chinese
check 'both name outages and water quality' named
check 'the permissions of the Flatpak are those that have a reason' reasoned
check 'each archive of the Flatpak is pinned' pinned
finish
