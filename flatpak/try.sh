#!/bin/bash
# try.sh — builds the Flatpak, installs it for this user, starts it with its demo server, and looks at what it is and may do
#
# Called by `./dev flatpak`.  README.md beside it says what the variables are.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

application=org.waterdesk.Waterdesk
folder=build-flatpak
manifest=${WATERDESK_FLATPAK_MANIFEST:-flatpak/$application.json}
branch=$(grep -oP '"runtime-version": "\K[^"]+' "$manifest")
repository=${WATERDESK_RUNTIME_REPO:-}
mkdir -p $folder

# The runtime, and the Sdk that has its headers.
if ! flatpak info --user "org.gnome.Sdk//$branch" >/dev/null 2>&1; then
  [[ -n $repository ]] || { echo "Set WATERDESK_RUNTIME_REPO: it says where org.gnome.Sdk//$branch is (flatpak/README.md)" >&2; exit 1; }
  path=${repository#file://}
  if [[ -n ${WATERDESK_RUNTIME_TOOL:-} && ! -d $path ]]; then
    # What GNOME's runtime has besides, for the sounds; and the locale that the picture is taken in.
    BRANCH=$branch LOCALES=zh_CN EXTRA_PLATFORM="libasound2t64 libltdl7 libpulse0 libvorbisfile3" \
      EXTRA_SDK="libasound2-dev libltdl-dev libpulse-dev libvorbis-dev" "$WATERDESK_RUNTIME_TOOL" trixie "$path"
  fi
  # What this machine made itself is signed by nobody; what comes over a network has to be.
  unsigned=(); [[ $repository == /* || $repository == file://* ]] && unsigned=(--no-gpg-verify)
  flatpak --user remote-add --if-not-exists "${unsigned[@]}" waterdesk-runtime "$repository"
  flatpak --user remote-modify --url="$repository" waterdesk-runtime # that was there may have another address
  flatpak --user install -y --noninteractive waterdesk-runtime "org.gnome.Platform//$branch" "org.gnome.Sdk//$branch"
fi

nice flatpak-builder --user --install --force-clean --disable-updates --state-dir=$folder/state --repo=$folder/repo \
  ${WATERDESK_FLATPAK_SOURCES:+--extra-sources="$WATERDESK_FLATPAK_SOURCES"} \
  $folder/app "$manifest"

PYTHONPATH=tests/support PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/desktop/sandbox.py "$PWD/$folder"
