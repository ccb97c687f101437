"""fake_notifications.py — a notification server on the session bus: what it is told goes into a file

    fake_notifications.py FILE      one JSON list a line: ["show", id, replaced id, title, body] or ["close", id]

A process of its own, which the bus starts when somebody has something to show.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import sys

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.Notifications'
XML = '''<node>
<interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface>
</node>'''
last = 0


def note(*words):
    with open(sys.argv[1], 'a', encoding='utf-8') as file:
        file.write(json.dumps(words, ensure_ascii=False) + '\n')


def call(_connection, _sender, _path, _interface, method, parameters, invocation):
    global last
    args = parameters.unpack()
    answer = None
    if method == 'Notify':
        if args[1] == 0:
            last += 1
        shown = args[1] or last
        note('show', shown, args[1], args[3], args[4])
        answer = GLib.Variant('(u)', (shown,))
    elif method == 'CloseNotification':
        note('close', args[0])
    elif method == 'GetCapabilities':
        answer = GLib.Variant('(as)', (['body', 'actions'],))
    else:
        answer = GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))
    invocation.return_value(answer)


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object('/org/freedesktop/Notifications', Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], call, None, None)
    Gio.bus_own_name_on_connection(bus, NAME, 0, None, None)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
