"""test_instance.py — one window for each pair of server and user, and the window of all keys

SPDX-License-Identifier: GPL-3.0-or-later
"""
import hashlib
import os
import re
import signal
import subprocess
import sys

from gi.repository import Gio, GLib

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase, Stage  # noqa: E402
from server import new_id, program, wait_for  # noqa: E402


NAME = 'org.waterdesk.Waterdesk'
BUS = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


class Instances(DeskCase):
    def again(self, desk, user):
        """The same server, written otherwise."""
        return subprocess.Popen([program('waterdesk'), '--server', f'{desk.url}/', '--user', user],
                                stdin=subprocess.DEVNULL, env=desk.env)

    def above(self):
        """The window above all others: X tells of them from below."""
        return int(Stage.get().ask('search', '--all', '--onlyvisible', '--maxdepth', 1, '--name', '.').split()[-1])

    def test_same_pair_has_one_window(self):
        server = self.start('--demo')
        desk = self.open(server, 'dispatcher')
        desk.find('label', '待办队列')
        other = self.desk(server, 'east', at=(20, 20))         # another pair, its window above the first
        other.find('text', '密码')
        wait_for(lambda: self.above() == other.window, 'the second window to be above')
        second = self.again(desk, 'dispatcher')
        self.addCleanup(second.kill)
        self.assertEqual(second.wait(60), 0)
        self.assertTrue(desk.alive() and other.alive())
        self.assertEqual(len(desk.windows()), 1)
        wait_for(lambda: self.above() == desk.window, 'the first window to be raised')
        self.press_notification(other)
        wait_for(lambda: self.above() == other.window, 'the window of the notification to be raised')
        desk.close()
        third = self.desk(server, 'west', at=(40, 40))
        third.find('text', '密码')
        wait_for(lambda: self.above() == third.window, 'the third window to be above')
        self.press_notification(other)          # the name is the other's now
        wait_for(lambda: self.above() == other.window, 'the window of the second notification to be raised')

    def press_notification(self, desk):
        """As a desktop does: it knows the program's name alone, and what the notification carries."""
        bus = Gio.DBusConnection.new_for_address_sync(desk.env['DBUS_SESSION_BUS_ADDRESS'], *BUS)
        self.addCleanup(bus.close_sync)

        def ask(method, *about):
            return bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method,
                                 GLib.Variant('(s)', about), None, 0, -1, None).unpack()[0]
        program = next(each for each in ask('ListQueuedOwners', NAME) if ask('GetConnectionUnixProcessID', each) == desk.process.pid)
        bus.call_sync(NAME, '/org/waterdesk/Waterdesk', 'org.freedesktop.Application', 'ActivateAction',
                      GLib.Variant('(sava{sv})', ('show-window', [GLib.Variant('(su)', (program, 1))], {})), None, 0, -1, None)

    def start_again_while_it_closes(self, server, desk):
        """Over a line that hangs it takes seconds to go: who starts it meanwhile gets a window all the same."""
        clerk, order = server.sign_in('dispatcher'), new_id()
        clerk.must('receive', order, channel='hotline', category='leak', text='井口冒溢', point=[120.2, 30.2])
        desk.click(desk.row('井口冒溢'), times=2)
        desk.find('label', re.compile('井口冒溢$'))
        os.kill(server.pid, signal.SIGSTOP)
        try:
            desk.key('ctrl+j')
            desk.type('waits')
            desk.key('ctrl+Return')
            desk.find('label', '待同步 1')
            desk.key('ctrl+q')
            wait_for(lambda: desk.windows() == [], 'the window to be on its way out')
            bus = Gio.DBusConnection.new_for_address_sync(desk.env['DBUS_SESSION_BUS_ADDRESS'], *BUS)
            name = f'{NAME}.x' + hashlib.sha256(f'{server.url}\n{desk.user}'.encode()).hexdigest()[:16]
            bus.call_sync(name, '/' + name.replace('.', '/'), 'org.gtk.Application', 'Activate', GLib.Variant('(a{sv})', ({},)), None, 0, -1, None)
            bus.close_sync(None)
            wait_for(lambda: desk.windows() != [], 'another window')
        finally:
            os.kill(server.pid, signal.SIGCONT)
        wait_for(lambda: 'waits' in [event['data'].get('text') for event in clerk.get(f'/v1/orders/{order}/events').json()['events']],
                 'what was held to reach the server')
        self.assertTrue(desk.alive())

    def test_keys_are_listed(self):
        server = self.start('--demo')
        desk = self.open(server, 'dispatcher')
        desk.find('label', '待办队列')
        self.check_first_keys(desk, '打开工单')
        desk.find('label', '合适的单位在前')
        desk.find('label', '重做刚才撤销的')
        desk.find('label', '全屏，再按还原')
        desk.picture('keys')
        last = desk.find('label', '查看告警；已结束的看工单')
        bottom = last.extents[1]
        desk.key('End', window=desk.window_called('快捷键'))
        wait_for(lambda: last.extents[1] < bottom, 'the keys to scroll')
        desk.key('Escape', window=desk.window_called('快捷键'))
        desk.gone('frame', '快捷键')
        desk.key('alt+3')
        desk.find('list', '停水与水质个案')
        self.check_first_keys(desk, '提交所画范围')
        desk.key('Escape', window=desk.window_called('快捷键'))
        desk.gone('frame', '快捷键')
        desk.key('alt+1')
        self.start_again_while_it_closes(server, desk)

    def check_first_keys(self, desk, words):
        """Those of the page in front stand before the window's.  Newer toolkits say a key before what it does."""
        desk.key('F1')
        window = desk.find('frame', '快捷键')
        desk.find('label', '全部快捷键', window)
        titles = [label.name for label in desk.seek('label', under=window)]
        first, other = (next(i for i, title in enumerate(titles) if title.endswith(each)) for each in (words, '全部快捷键'))
        self.assertLess(first, other)


if __name__ == '__main__':
    sys.exit('run by tap.py')
