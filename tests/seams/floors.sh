#!/bin/bash
# floors.sh — each room includes only its own headers, those of the rooms below it, and the outside
# libraries of its floor.  The compiler stops most of it; <sqlite3.h> and the like lie in /usr/include
# for everyone.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/seams/tap.bash
source "$(dirname "$0")/tap.bash"

c='assert|errno|fcntl|float|inttypes|limits|locale|math|signal|stdarg|stddef|stdint|stdio|stdlib|string|sys/[a-z]+|time|unistd'
glib='glib|glib-object|glib-unix|glib/[a-z0-9-]+'
gio='gio/[a-z]+'

declare -A below=(
  [domain]=''
  [geometry]='domain'
  [wire]='domain geometry'
  [store]='domain'
  [ledger]='domain geometry wire store'
  [server]='domain geometry wire store ledger'
  [admin]='domain geometry wire store ledger'
  [replica]='domain geometry wire store'
  [desktop]='domain geometry wire replica'
)
declare -A outside=(
  [domain]="assert|float|limits|math|stdint|string|glib|glib-object"
  [geometry]="$c|glib|glib-object|geos_c"
  [wire]="$c|$glib|json-glib/json-glib"
  [store]="$c|$glib|$gio|sodium|sqlite3|libpq-fe"
  [ledger]="$c|$glib|$gio|json-glib/json-glib|sodium|csv"
  [server]="$c|$glib|$gio|linux/sockios|netinet/[a-z]+|arpa/inet|json-glib/json-glib|libsoup/soup|sodium|sqlite3|cairo|pango/pangocairo"
  [admin]="$c|termios|$glib|$gio|json-glib/json-glib|sodium|csv|libsoup/soup"
  [replica]="$c|$glib|$gio|json-glib/json-glib|libsoup/soup"
  [desktop]="$c|$glib|$gio|gtk/gtk|gdk/[a-z0-9/]+|adwaita|shumate/shumate|libsoup/soup|libsecret/secret|gsound|cairo"
)

foreign_headers ()      # room: its quoted includes that lie neither in it nor below it
{
  local room=$1 file header seen
  # shellcheck disable=SC2086
  seen=" $(cd src && find "$room" ${below[$room]} -name '*.h' -printf '%f ')"
  while IFS=: read -r file header; do
    [[ $seen == *" ${header##*/} "* || $header == config.h ]] || echo "$file includes $header"
  done < <(find "src/$room" -name '*.[ch]' -exec grep -HoP '^\s*#\s*include\s*"\K[^"]+' {} +)
}

foreign_libraries ()    # room: its <…> includes that are not of its floor
{
  find "src/$1" -name '*.[ch]' -exec grep -HoP '^\s*#\s*include\s*<\K[^>]+' {} + | grep -vP ":(${outside[$1]})\.h$"
}

known_rooms ()          # each folder of src is a room named here
{
  local folder
  for folder in src/*/; do
    [[ -v below[$(basename "$folder")] ]] || echo "$folder"
  done
}

check 'each room is known' known_rooms
for room in domain geometry wire store ledger server admin replica desktop; do
  check "$room includes only rooms below it" foreign_headers $room
  check "$room includes only the libraries of its floor" foreign_libraries $room
done
finish
