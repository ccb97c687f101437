#!/bin/bash
# format.sh — the sources have the form that .clang-format, .editorconfig and the habits ask for
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

sources=(dev .ci)
for folder in src tests resources data po; do
  [[ -d $folder ]] && sources+=("$folder")
done

formatted ()
{
  find src tests -name '*.[ch]' -print0 | xargs -0 -r clang-format --style=file --dry-run -Werror
}

text_files ()
{
  find "${sources[@]}" -type f '(' -name '*.[ch]' -o -name '*.py' -o -name '*.sh' -o -name '*.bash' -o -name '*.sql' -o -name '*.ui' \
    -o -name '*.css' -o -name 'meson.build' -o -name '*.json' -o -name dev -o -name run ')' "$@"
}

headed ()               # what each file of code says of itself
{
  local file
  find src tests -name '*.[ch]' -o -path 'src/*.sql' -o -path 'tests/*.py' -o -path 'tests/*.sh' | while read -r file; do
    head -n 40 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$file: no licence line"
    head -n 3 "$file" | grep -qF "$(basename "$file") — " || echo "$file: does not begin by its name and what it is"
  done
}

# Each version has its own taste.
if clang-format --version | grep -q 'version 14\.'; then
  check 'clang-format has nothing to change' formatted
else
  skip 'clang-format has nothing to change' "$(clang-format --version) is not the 14 that the sources are formatted with"
fi
check 'no line ends in blanks' text_files -exec grep -HnP '[ \t]+$' {} +
check 'no tabs' text_files -exec grep -HnP '\t' {} +
# shellcheck disable=SC2016
check 'each file ends with a newline' text_files -size +0 -exec bash -c '[[ -z $(tail -c 1 "$0") ]] || echo "$0"' {} ';'
check 'each file says what it is and its licence' headed
finish
