"""fake_keyring.py — a keyring on the session bus: as much of org.freedesktop.secrets as libsecret asks of it

A process of its own; prints `ready` when it has the name.  Its secrets are in memory, and go with it.

SPDX-License-Identifier: GPL-3.0-or-later
"""
from gi.repository import Gio, GLib

ROOT = '/org/freedesktop/secrets'
COLLECTION = ROOT + '/aliases/default'
SESSION = ROOT + '/session/1'
XML = '''<node>
<interface name="org.freedesktop.Secret.Service">
  <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/><arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}" direction="in"/><arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao" direction="in"/><arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/><arg type="a{o(oayays)}" direction="out"/></method>
  <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Collection">
  <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/><arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Item">
  <method name="Delete"><arg type="o" direction="out"/></method>
</interface>
</node>'''
INTERFACES = {info.name.rsplit('.', 1)[1]: info for info in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}
ATTRIBUTES = 'org.freedesktop.Secret.Item.Attributes'
items = {}      # path -> attributes, secret


def create(connection, args):
    attributes, secret = dict(args[0][ATTRIBUTES]), bytes(args[1][2])
    path = next((path for path, item in items.items() if item[0] == attributes), None)
    if path is None:
        path = f'{COLLECTION}/{len(items) + 1}'
        connection.register_object(path, INTERFACES['Item'], call, None, None)
    items[path] = (attributes, secret)
    return GLib.Variant('(oo)', (path, '/'))


def search(wanted):
    found = [path for path, (attributes, _) in items.items() if wanted.items() <= attributes.items()]
    return GLib.Variant('(aoao)', (found, []))


def call(connection, _sender, path, _interface, method, parameters, invocation):
    args = parameters.unpack()
    if method == 'OpenSession' and args[0] != 'plain':
        invocation.return_dbus_error('org.freedesktop.DBus.Error.NotSupported', 'plain only')
        return
    answer = {
        'OpenSession': lambda: GLib.Variant('(vo)', (GLib.Variant('s', ''), SESSION)),
        'SearchItems': lambda: search(args[0]),
        'Unlock': lambda: GLib.Variant('(aoo)', (args[0], '/')),
        'GetSecrets': lambda: GLib.Variant('(a{o(oayays)})', ({item: (SESSION, b'', items[item][1], 'text/plain') for item in args[0]},)),
        'ReadAlias': lambda: GLib.Variant('(o)', (COLLECTION,)),
        'CreateItem': lambda: create(connection, args),
        'Delete': lambda: GLib.Variant('(o)', ('/',)),
    }[method]()
    if method == 'Delete':
        items.pop(path, None)
    invocation.return_value(answer)


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object(ROOT, INTERFACES['Service'], call, None, None)
    bus.register_object(COLLECTION, INTERFACES['Collection'], call, None, None)
    Gio.bus_own_name_on_connection(bus, 'org.freedesktop.secrets', 0, lambda *_: print('ready', flush=True), None)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
