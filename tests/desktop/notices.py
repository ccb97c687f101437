"""notices.py — what desks let be heard and what they put on the desktop

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase, Stage  # noqa: E402
from server import wait_for  # noqa: E402


class NoticeCase(DeskCase):
    def setUp(self):
        super().setUp()
        self.told = len(Stage.get().notifications())    # of tests before this one

    def shown(self, title):
        """Ids of the notifications that are on the desktop."""
        ids = {}
        for what, id, *rest in Stage.get().notifications()[self.told:]:
            ids[id] = rest[1] if what == 'show' else None
        return [id for id, words in ids.items() if words and re.search(title, words)]

    def listen(self):
        if Stage.get().sound is None:
            self.skipTest('pulseaudio is not installed')
        ear = Stage.get().sound.listen()
        self.addCleanup(ear.__exit__)
        return ear

    def hear(self, ear, name, times=1):
        try:
            wait_for(lambda: ear.sounds().count(name) >= times, f'“{name}” to be heard {times} times')
        except AssertionError as error:
            raise AssertionError(f'{error}; heard was {ear.times()} in {ear.seconds} s') from None

    def quiet_for(self, ear, seconds, but=()):
        """Nothing is heard meanwhile; what rings already may end."""
        begin = ear.seconds
        wait_for(lambda: ear.seconds > begin + seconds, 'the ear to listen on')
        heard = [name for name, time in ear.times() if time > begin + 1 and name not in but]
        self.assertEqual(heard, [], f'heard from {begin} on')
