"""sandbox.py — the installed Flatpak on a virtual display, its demo server inside the sandbox; leaves a picture

    sandbox.py PICTURES

Shown by `./dev flatpak`.  The window is read through the accessible tree, as everywhere.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import subprocess
import sys

os.environ['WATERDESK_PICTURES'] = PICTURES = sys.argv[1]

from accessible import Control        # noqa: E402
from desk import Desk, Stage        # noqa: E402: it reads where pictures go

APPLICATION = 'org.waterdesk.Waterdesk'


class Sandboxed(Desk):
    """A desk whose process ids are others than ours: it is alone on the screen and on the bus."""

    def windows(self):
        return [int(line) for line in self.stage.ask('search', '--all', '--onlyvisible', '--class', 'waterdesk').split()]

    def root(self):
        return next((Control(self, owner) for owner, _ in self.stage.accessibility.applications()), None)


def main():
    stage = Stage.get()
    # As an office has it: the user's own folders, a Chinese locale, the display that there is.
    env = {name: os.environ[name] for name in ('HOME', 'PATH')}
    env.update({name: stage.env[name] for name in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}, LANG='zh_CN.UTF-8')
    desk = Sandboxed(None, 'dispatcher', PICTURES, command=['flatpak', 'run', '--user', APPLICATION, '--demo'])
    desk.env = env
    try:
        desk.start()
        desk.find('label', '待办队列')
        desk.find('list item', under=desk.find('list', '工单'))
        print('- the desk is open in Chinese, with orders of the demo server  [' + desk.picture('flatpak') + ']')
        inside = subprocess.run(['flatpak', 'enter', APPLICATION, 'ps', '-eo', 'args'], env=env, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True).stdout
        for line in inside.splitlines():
            if line.startswith(('waterdesk', '/app/')):
                print('- in the sandbox:', line)
    finally:
        subprocess.run(['flatpak', 'kill', APPLICATION], env=env, stderr=subprocess.DEVNULL)
        desk.close()
        Stage.close()


if __name__ == '__main__':
    main()
