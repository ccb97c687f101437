#!/bin/bash
# po-files.sh — every sentence that the desktop shows can be translated, and is, into Chinese
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

speaking ()             # files with words to translate
{
  grep -rlE '\b(_|N_|C_|NC_|ngettext|g_dngettext) ?\("' src --include='*.c' --include='*.h'
  grep -rlsE 'translatable="(yes|true)"|^Name=|<summary>' src data --include='*.ui' --include='*.desktop.in' --include='*.xml.in'
}

listed ()
{
  diff <(speaking | sort -u) <(grep -vE '^(#|$)' po/POTFILES | sort -u)
}

current ()              # each sentence of the sources stands in zh_CN.po, and none besides
{
  local pot
  pot=$(mktemp)
  xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
    --files-from=po/POTFILES --output="$pot"
  diff <(sentences po/zh_CN.po) <(sentences "$pot")
  rm "$pot"
}

sentences ()            # of a .po file, one a line
{
  msgattrib --no-obsolete --no-wrap "$1" | grep -E '^msg(ctxt|id|id_plural) ' | LC_ALL=C sort
}

complete ()
{
  LC_ALL=C msgfmt --check --statistics -o /dev/null po/zh_CN.po 2>&1 | grep -vE '^[0-9]+ translated messages?\.$'
}

if [[ -s po/POTFILES ]]; then
  check 'POTFILES names each file that has words to translate, and no other' listed
  check 'the Chinese has just the sentences of the sources' current
  check 'each sentence has its Chinese' complete
else
  check 'nothing has words to translate' speaking
fi
finish
