"""test_scene.py — the short scene of `./dev run` where there is no display is played to its end, and leaves its pictures

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

SUPPORT = os.path.join(os.path.dirname(__file__), '..', 'support')
SCENE = os.path.join(os.path.dirname(__file__), 'scene.py')
PNG = b'\x89PNG\r\n\x1a\n'


class Scene(unittest.TestCase):
    def test_it_is_played_to_its_end(self):
        with tempfile.TemporaryDirectory() as folder:
            pictures = os.path.join(folder, 'pictures')
            done = subprocess.run([sys.executable, SCENE, pictures], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  env=dict(os.environ, PYTHONPATH=SUPPORT))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            lines = done.stdout.splitlines()
            self.assertTrue(lines[-1].startswith('- it is accepted, and the dispatcher sees it'), done.stdout)
            named = re.findall(r'\[(.+\.png)\]$', done.stdout, re.M)
            self.assertEqual(sorted(named), sorted(os.listdir(pictures)))
            self.assertEqual([int(name[0]) for name in named], [1, 2, 3, 4, 5, 6])
            for name in named:
                with open(os.path.join(pictures, name), 'rb') as picture:
                    self.assertEqual(picture.read(len(PNG)), PNG, name)


if __name__ == '__main__':
    sys.exit('run by tap.py')
