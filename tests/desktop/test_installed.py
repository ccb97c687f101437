"""test_installed.py — the programs as `meson install` lays them out: a desk that starts its demo server, in Chinese

What a package of any kind stands on.  Installed into a folder of its own (DESTDIR), which the
programs do not know: the words are where they would look for them, below that folder.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import Desk, DeskCase  # noqa: E402
from server import BUILD  # noqa: E402

APPLICATION = 'org.waterdesk.Waterdesk'


def children(pid):
    """What a process has started: the program of each, by its id."""
    found = {}
    for thread in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{thread}/children', encoding='ascii') as file:
            found.update((child, os.readlink(f'/proc/{child}/exe')) for child in file.read().split())
    return found


class Installed(DeskCase):
    def setUp(self):
        super().setUp()
        self.root = tempfile.mkdtemp(prefix='waterdesk-installed-')
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        subprocess.run(['meson', 'install', '-C', BUILD, '--no-rebuild', '--destdir', self.root],
                       check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(BUILD, 'src', 'config.h'), encoding='utf-8') as file:
            self.locales = self.root + re.search('LOCALEDIR "(.*)"', file.read()).group(1)
        self.share = os.path.dirname(self.locales)
        self.prefix = os.path.dirname(self.share)

    def test_files_lie_where_desktops_look(self):
        icons = os.path.join(self.share, 'icons', 'hicolor')
        for path in (os.path.join(self.share, 'applications', APPLICATION + '.desktop'),
                     os.path.join(self.share, 'metainfo', APPLICATION + '.metainfo.xml'),
                     os.path.join(icons, 'scalable', 'apps', APPLICATION + '.svg'),
                     os.path.join(icons, 'symbolic', 'apps', APPLICATION + '-symbolic.svg'),
                     os.path.join(self.locales, 'zh_CN', 'LC_MESSAGES', 'waterdesk.mo')):
            self.assertTrue(os.path.isfile(path), path)
        for name in ('waterdesk', 'waterdeskd', 'waterdeskctl'):
            self.assertTrue(os.access(os.path.join(self.prefix, 'bin', name), os.X_OK), name)

    def test_desk_starts_its_own_demo_server(self):
        desk = Desk(None, 'dispatcher', os.path.join(self.homes, 'installed'), env={'WATERDESK_LOCALEDIR': self.locales},
                    command=[os.path.join(self.prefix, 'bin', 'waterdesk'), '--demo'])
        self.desks.append(desk)
        self.addCleanup(desk.close)
        desk.start()
        desk.find('label', '待办队列')
        desk.find('panel', '东区供水公司')
        desk.picture('installed')
        started = children(desk.process.pid)
        server = next(pid for pid, program in started.items() if program == os.path.join(self.prefix, 'bin', 'waterdeskd'))
        self.assertEqual(desk.quit(), 0)
        self.assertFalse(os.path.exists(f'/proc/{server}'), 'the demo server ends with its desk')


if __name__ == '__main__':
    sys.exit('run by tap.py')
