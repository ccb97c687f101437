"""desk.py — real windows of waterdesk on a virtual screen, driven as a person drives them

    class Drag(DeskCase):
        def test_drag(self):
            server = self.start('--demo')
            desk = self.open(server, 'dispatcher')          # a window, signed in by typing
            row = desk.row('水管漏水')                       # through the accessible tree
            desk.drag(desk.symbol('水管漏水'), desk.card('东区'))
            desk.picture('dragged')                         # kept in desktop-pictures/ of the build

One stage for a process of tests: a screen of its own with room for four desks, two by two, a session
bus that knows the accessibility bus and a notification server that shows nothing, and a sound server that
nobody hears.  No window manager.  Controls are
found by role and name, and pressed where they say that they are: no place is written down
anywhere.  An order on the map is found in the map's own accessible list, whose items lie where the
symbols are drawn.  Whoever looks for something waits until it is there.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from accessible import BUTTONS, Bus, Control, has
from display import Display
from server import BUILD, PASSWORD, ServerCase, program, wait_for
from sound import SoundServer

STEP_SECONDS = 1        # for a key that leads nowhere
SMALL, LARGE = (1366, 768), (1920, 1080)
BOUNDS_SHIM = os.path.join(BUILD, 'tests', 'support', 'bounds-shim.so')     # built where GTK needs it
A11Y_SERVICE = '/usr/share/dbus-1/services/org.a11y.Bus.service'
NOTIFICATIONS = '''[D-BUS Service]
Name=org.freedesktop.Notifications
Exec=/usr/bin/python3 {program} {folder}/notifications
'''
BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <servicedir>{folder}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''


def pictures():
    return os.environ.get('WATERDESK_PICTURES') or os.path.join(BUILD, 'desktop-pictures')


class Stage:
    """The screen and the buses; one for all desks of a process."""

    current = None

    def __init__(self, *options):
        """`options`: further ones of the virtual screen."""
        self.screen = Display(f'{2 * LARGE[0]}x{2 * LARGE[1]}', *options)
        self.env = self.screen.env
        for name in ('GTK_A11Y', 'NO_AT_BRIDGE', 'AT_SPI_BUS_ADDRESS', 'XAUTHORITY'):
            self.env.pop(name, None)
        self.folder = tempfile.mkdtemp(prefix='waterdesk-stage-')
        shutil.copy(A11Y_SERVICE, self.folder)
        with open(os.path.join(self.folder, 'notifications.service'), 'w', encoding='utf-8') as file:
            file.write(NOTIFICATIONS.format(folder=self.folder, program=os.path.join(os.path.dirname(__file__), 'fake_notifications.py')))
        config = os.path.join(self.folder, 'bus.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write(BUS.format(folder=self.folder))
        # What the bus starts is of its process group, and ends with it.
        self.bus = subprocess.Popen(['dbus-daemon', '--config-file', config, '--nofork', '--print-address=1'],
                                    env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL, text=True, start_new_session=True)
        self.sound = SoundServer(self.folder) if shutil.which('pulseaudio') else None
        self.env['PULSE_SERVER'] = self.sound.address if self.sound else f'unix:{self.folder}/none'
        self.env['DBUS_SESSION_BUS_ADDRESS'] = self.bus.stdout.readline().strip()
        self.accessibility = Bus(self.env['DBUS_SESSION_BUS_ADDRESS'])

    @classmethod
    def get(cls):
        if cls.current is None:
            missing = [tool for tool in ('Xvfb', 'dbus-daemon', 'xdotool', 'import') if not shutil.which(tool)]
            missing += [] if os.path.exists(A11Y_SERVICE) else ['at-spi2-core']
            if missing:
                raise unittest.SkipTest(f'{", ".join(missing)} is not installed')
            cls.current = cls()
            atexit.register(cls.close)
        return cls.current

    @classmethod
    def close(cls):
        if cls.current is None:
            return
        stage, cls.current = cls.current, None
        os.killpg(stage.bus.pid, signal.SIGTERM)
        stage.bus.wait()
        stage.bus.stdout.close()
        if stage.sound:
            stage.sound.close()
        stage.screen.close()
        shutil.rmtree(stage.folder, ignore_errors=True)

    def notifications(self):
        """All that was shown and closed on this stage: ["show", id, replaced id, title, body] or ["close", id]."""
        try:
            with open(os.path.join(self.folder, 'notifications'), encoding='utf-8') as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    def ask(self, *words):
        """What xdotool answers; nothing where there is nothing to be found."""
        return subprocess.run(['xdotool', *map(str, words)], env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True).stdout


class Desk:
    """One process of waterdesk, with its window."""

    def __init__(self, url, user, home, at=(0, 0), size=SMALL, env=None, args=(), command=None):
        self.stage = Stage.get()
        self.screen = self.stage.screen
        self.url = url
        self.user = user
        self.home = home
        self.at = at
        self.size = size
        self.command = command or [program('waterdesk'), '--server', url, '--user', user, *args]
        self.env = {**self.stage.env, 'HOME': home, 'XDG_RUNTIME_DIR': home, 'GSETTINGS_BACKEND': 'memory',
                    **{f'XDG_{name}_HOME': os.path.join(home, name.lower()) for name in ('DATA', 'CACHE', 'CONFIG', 'STATE')},
                    'WATERDESK_LOCALEDIR': os.path.join(BUILD, 'po'), 'GSETTINGS_SCHEMA_DIR': os.path.join(BUILD, 'data'), 'ADW_DISABLE_PORTAL': '1',
                    **({'LD_PRELOAD': BOUNDS_SHIM, 'G_DEBUG': 'fatal-criticals'} if os.path.exists(BOUNDS_SHIM) else {'G_DEBUG': 'fatal-warnings'}),
                    **(env or {})}      # a later GTK warns of its own accounting where what was pressed has gone
        self.process = None
        self.window = None

    # --- the process -----------------------------------------------------------

    def start(self):
        os.makedirs(self.home, mode=0o700, exist_ok=True)
        with open(os.path.join(self.home, 'log'), 'ab') as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.env)
        self.window = wait_for(lambda: self.alive() and self.windows(), f'a window of {self.user}')[0]
        self.screen.do('windowmove', self.window, *self.at)
        self.resize(self.size)
        return self

    def resize(self, size):
        self.size = size
        self.screen.do('windowsize', self.window, *size)
        wait_for(lambda: self.geometry(self.window) == (*self.at, *size), 'the window to have its place')

    def alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the desk of {self.user} ended with {self.process.returncode}:\n{self.log()[-4000:]}')
        return True

    def log(self):
        try:
            with open(os.path.join(self.home, 'log'), encoding='utf-8', errors='replace') as file:
                return file.read()
        except FileNotFoundError:
            return ''

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def quit(self, timeout=60):
        """Ctrl+Q, and the exit status."""
        self.key('ctrl+q')
        try:
            return self.process.wait(timeout)
        finally:
            self.close()

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    # --- hand and keyboard -----------------------------------------------------

    def windows(self):
        return [int(line) for line in self.stage.ask('search', '--all', '--onlyvisible', '--pid', self.process.pid,
                                                     '--name', '.').split()]

    def window_called(self, title):
        return next((window for window in self.windows() if self.stage.ask('getwindowname', window).rstrip('\n') == title),
                    self.window)

    def geometry(self, window):
        values = dict(line.split('=') for line in self.stage.ask('getwindowgeometry', '--shell', window).split())
        return tuple(int(values[name]) for name in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def take_keyboard(self, window=None):
        """Without a window manager somebody has to give it to the window."""
        self.screen.do('windowfocus', '--sync', window or self.window)

    def key(self, *keys, window=None):
        self.take_keyboard(window)
        self.screen.key(*keys)

    def type(self, text):
        self.take_keyboard()
        self.screen.type(text)

    def click(self, control, times=1, button=1):
        self.screen.click(self.reveal(control.refresh()).middle, button=button, times=times)

    def still(self, control):
        """Its middle, once it moves no more, as the map does for a moment."""
        def rests():
            before = control.middle
            time.sleep(0.15)
            return control.middle == before and before

        return wait_for(rests, f'{control} to stand still')

    def drag(self, source, target, over=None):
        """`over` is called while it is held over the target."""
        self.screen.press(self.still(source.refresh()), self.still(target.refresh()))
        try:
            if over:
                over()
        finally:
            self.screen.release()

    def reveal(self, control):
        """Turns the wheel over the list that the control is in until it can be seen."""
        pane = control.above('scroll pane', 'frame', 'dialog')

        def seen():
            (_, top, _, height), (_, y, _, own) = pane.extents, control.extents    # both may just be finding their place
            if y >= top and y + own <= top + height:
                return True
            self.screen.click(pane.middle, button=4 if y < top else 5)
            return False

        wait_for(seen, f'{control} to come into view')
        return control

    def picture(self, name):
        """What stands in the window's place on the screen, with all that floats over it; returns the picture's path."""
        os.makedirs(pictures(), exist_ok=True)
        path = os.path.join(pictures(), name + '.png')
        x, y, width, height = self.geometry(self.window)
        subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}', '+repage', path],
                       env=self.stage.env, check=True)
        return path

    def colours(self, name, places):
        """Those of places on the screen, in a picture of that name."""
        left, top = self.geometry(self.window)[:2]
        form = ''.join(f'%[hex:p{{{x - left},{y - top}}}]\n' for x, y in places)
        answer = subprocess.run(['convert', self.picture(name), '-depth', '8', '-format', form, 'info:'], stdout=subprocess.PIPE, check=True, text=True)
        return [colour[:6] for colour in answer.stdout.split()]

    def has_ring(self, button, name, filled=False):
        """Whether the ring of the keyboard is drawn inside of its upper edge."""
        x, y = button.middle
        top = y - button.extents[3] // 2
        return ('FFFFFF' if filled else '1B5FB0') in self.colours(name, [(x, top + down) for down in range(1, 5)])

    def filled(self, buttons, name):
        """Those of them that are: in their padding, which their extents leave out."""
        places = [(x - button.extents[2] // 2 - 5, y) for button in buttons for x, y in [button.middle]]
        return [button for button, colour in zip(buttons, self.colours(name, places)) if colour == '1B5FB0']

    # --- the accessible tree -----------------------------------------------------

    def root(self):
        """The application; None while it is not there."""
        return next((Control(self, owner) for owner, process in self.stage.accessibility.applications() if process == self.process.pid), None)

    def seek(self, role=None, name=None, under=None, state='visible'):
        """All that is there now of that role and state, whose name contains a text or fits a compiled expression."""
        self.alive()
        root = under or self.root()
        roles = BUTTONS if role == 'push button' else {role}
        return root.seek(lambda own, words, states: (role is None or own in roles) and matches(words, name) and has(states, state)) if root else []

    def focused(self):
        """Where the keys go; None before that is known."""
        return next(iter(self.seek(state='focused')), None)

    def step(self, *keys):
        """Presses keys that lead the focus on, each once the one before has."""
        for key in keys:
            before = self.focused()
            self.key(key)
            end = time.monotonic() + STEP_SECONDS
            while time.monotonic() < end and self.focused() == before:
                time.sleep(0.02)

    def find(self, role=None, name=None, under=None, timeout=60):
        """The first of them, waited for."""
        return self.first(lambda: self.seek(role, name, under), f'{role or "something"} “{name}”', timeout)

    def first(self, sought, what, timeout=60, otherwise=lambda: None):
        control = wait_for(lambda: sought() or otherwise(), f'{what} at the desk of {self.user}', timeout)[0]
        control.sought = sought
        return control

    def gone(self, role=None, name=None, under=None, timeout=60):
        wait_for(lambda: not self.seek(role, name, under), f'{role or "something"} “{name}” to go at the desk of {self.user}', timeout)

    def describe(self):
        """The whole tree as text."""
        root = self.root() if self.process else None
        return '\n'.join('  ' * depth + repr(control) for depth, control in root.tree()) if root else ''

    # --- what a desk is made of -----------------------------------------------------

    def sign_in(self, password=PASSWORD):
        """Types the password and presses Enter, without waiting for what comes of it."""
        self.click(self.find('text', '密码'))
        self.screen.key('ctrl+a')
        self.type(password)
        wait_for(lambda: self.find('push button', '登录').has('sensitive'), 'the password to be typed')
        self.key('Return')
        return self

    def row(self, words, state='', timeout=60):
        """The row of an order in the queue, or its card at a unit; `state` is what its sentence says besides."""
        def rows():
            lists = self.seek('list', re.compile('^(工单|新派单)'))
            return [row for each in lists for row in self.seek('list item', re.compile(f'{words}.*{state}'), each)]

        def ask():
            """Under a hand the queue waits for that."""
            for pill in self.seek('push button', re.compile('条新单$|^排序有变$')):
                pill.act()

        return self.first(rows, f'a row “{words}” {state}', timeout, ask)

    def symbol(self, words):
        """Where an order is drawn on the map."""
        return self.find('list item', words, self.find('list', re.compile('^图中')))

    def choose(self, control, words):
        """An item of the menu of a row or a symbol, by the right button."""
        self.click(control, button=3)
        return self.find('menu item', words).act()

    def card(self, words):
        """The card of a unit."""
        return self.find('panel', re.compile(f'^{words}.*在办'))


def matches(text, wanted):
    if wanted is None:
        return True
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    return wanted in text


class DeskCase(ServerCase):
    """A test case whose desks are ended after each test; their last words follow a failure."""

    tries = int(os.environ.get('WATERDESK_TRIES', 1))       # a busy machine can be late for a hand that doesn't wait

    def setUp(self):
        super().setUp()
        Stage.get()
        self.desks = []
        self.homes = tempfile.mkdtemp(prefix='waterdesk-homes-')
        self.addCleanup(shutil.rmtree, self.homes, ignore_errors=True)

    def desk(self, server, user, **more):
        """A window at its sign-in page.  The second stands beside the first, the third below it."""
        more.setdefault('at', (LARGE[0] * (len(self.desks) % 2), LARGE[1] * (len(self.desks) // 2 % 2)))
        desk = Desk(server if isinstance(server, str) else server.url, user,
                    os.path.join(self.homes, f'{user}-{len(self.desks)}'), **more)
        self.desks.append(desk)
        self.addCleanup(desk.close)
        return desk.start()

    def open(self, server, user, **more):
        return self.desk(server, user, **more).sign_in()

    PRESSED = {'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'text', 'list', 'list item', 'table cell', 'page tab',
               'frame', 'dialog', 'menu item'}
    # Parts of the toolkit's own: the list in a group of preferences, the eye in a row for passwords.
    NAMED_BY_TOOLKIT = re.compile('^(Gtk|Adw|Wd|Shumate)[A-Z]')
    NAMELESS = {('list', 'GtkListBox'), ('list', ''), ('push button', 'GtkImage')}

    def check_words(self, desk, nameless=()):
        """Each control of all that the desk shows now has a name, and each word is Chinese; but for some of role and name."""
        for _, control in desk.root().tree():
            role, name = control.role, control.name
            if role == 'application' or (role, name) in self.NAMELESS or (role, name) in nameless:
                continue
            if role in ('label', *self.PRESSED):
                self.assertRegex(name, r'\S', f'{control} has no name')
                self.assertNotRegex(name, self.NAMED_BY_TOOLKIT, f'{control} has no name of its own')
            elif self.NAMED_BY_TOOLKIT.match(name):     # a part without words of its own
                continue
            for words in (name, control.description if role in self.PRESSED else ''):
                if re.search('[A-Za-z]', words) and not re.search('[\u4e00-\u9fff]', words):
                    self.fail(f'{control}, “{words}” is not in Chinese')

    def last_words(self):
        for desk in self.desks:
            if desk.process is not None and desk.process.poll() is None:
                desk.picture(f'failed-{self._testMethodName}-{desk.user}')
        return super().last_words() + ''.join(f'what the desk of {desk.user} said:\n{desk.log()[-3000:]}\n' for desk in self.desks)
