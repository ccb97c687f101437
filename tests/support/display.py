"""display.py — a virtual screen of a test's own, and the hand and keyboard of a person at it

    screen = Display()                      # or skips the test: no Xvfb, no xdotool
    process = subprocess.Popen([…], env=screen.env)
    screen.drag((100, 200), (400, 80))      # in steps, as a hand does: one jump starts no drag
    screen.key('Tab', 'Return')
    screen.picture('/tmp/board.png')
    screen.close()

Without a window manager a window stands at 0,0, so places in it are places on the screen.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import ctypes
import os
import shutil
import subprocess
import time
import unittest

from server import BUILD

STEPS = 14
STEP_SECONDS = 0.03     # between two motions: GTK takes them one a frame
REST_SECONDS = 0.3      # over the target, before it is let go
SPARE_KEYS = range(150, 256)

# The keyboard of the screen, with characters that no key of it has on keys that no test presses.
KEYBOARD = """xkb_keymap {{
  xkb_keycodes {{ include "evdev+aliases(qwerty)" }};
  xkb_types {{ include "complete" }};
  xkb_compat {{ include "complete" }};
  xkb_symbols {{ include "pc+us+inet(evdev)" {keys} }};
}};"""


def without_gl():
    """No OpenGL, in the word of the GTK that is here: the other's word would be an error in its log."""
    newer = ctypes.CDLL('libgtk-4.so.1').gtk_get_minor_version() >= 16
    return {'GDK_DISABLE': 'gl'} if newer else {'GDK_DEBUG': 'gl-disable'}


class Display:
    def __init__(self, size='1400x1000', *options):
        for tool in ('Xvfb', 'xdotool'):
            if shutil.which(tool) is None:
                raise unittest.SkipTest(f'{tool} is not installed')
        read, write = os.pipe()
        # Without -noreset it begins anew when its last client leaves, and refuses whoever comes meanwhile.
        self.server = subprocess.Popen(
            ['Xvfb', '-displayfd', str(write), '-screen', '0', f'{size}x24', '-nolisten', 'tcp', '-noreset', *options],
            pass_fds=[write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            self.server.wait()
            raise unittest.SkipTest('Xvfb does not start here')
        self.env = dict(os.environ, DISPLAY=f':{number}', GDK_BACKEND='x11', GSK_RENDERER='cairo', **without_gl(),
                        GTK_A11Y='none', LOCPATH=os.path.join(BUILD, 'po', 'locale'), LC_ALL='zh_CN.UTF-8', LANGUAGE='zh_CN', NO_AT_BRIDGE='1')
        self.env.pop('WAYLAND_DISPLAY', None)
        self.bound = set()

    def close(self):
        self.server.terminate()
        self.server.wait()

    def do(self, *args):
        subprocess.run(['xdotool', *map(str, args)], env=self.env, check=True, stdout=subprocess.DEVNULL)

    def move(self, place):
        self.do('mousemove', *place)

    def click(self, place, button=1, times=1):
        self.move(place)
        self.do('click', '--repeat', times, '--delay', 60, button)

    def type(self, text):
        """Were the keys for Chinese made while it is typed, they would be gone again before a busy window looks what they meant."""
        foreign = sorted(set(text) - self.bound - set(map(chr, range(128))))
        if foreign:
            self.bound = set(foreign)
            keys = ' '.join(f'replace key <I{key}> {{ [ U{ord(letter):04X} ] }};' for key, letter in zip(SPARE_KEYS, foreign))
            subprocess.run(['xkbcomp', '-w0', '-', self.env['DISPLAY']], input=KEYBOARD.format(keys=keys), text=True, env=self.env, check=True)
        self.do('type', '--delay', 40, text)

    def key(self, *names):
        self.do('key', '--delay', 40, *names)

    def press(self, start, end):
        """Presses at the start and goes to the end, without letting go."""
        self.move(start)
        self.do('mousedown', 1)
        self.go(start, end)

    def go(self, start, end):
        """On with what is held."""
        for step in range(1, STEPS + 1):
            self.move([round(a + (b - a) * step / STEPS) for a, b in zip(start, end)])
            time.sleep(STEP_SECONDS)
        time.sleep(REST_SECONDS)

    def release(self):
        self.do('mouseup', 1)

    def drag(self, start, end):
        self.press(start, end)
        self.release()

    def picture(self, path):
        subprocess.run(['import', '-window', 'root', path], env=self.env, check=True)
