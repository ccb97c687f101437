"""test_presence.py — which desks are there, and who may know what they look at

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, new_id  # noqa: E402


class Presence(HouseCase):
    options = ('--away', '2', '--unmanned', '4', '--offline', '2')

    def setUp(self):
        super().setUp()
        self.lives = []

    def tearDown(self):
        for live in self.lives:
            live.close()
        super().tearDown()

    def sit(self, who, desk=None, **said):
        """Opens a socket, and says so with a desk's name."""
        live = who.live()
        self.lives.append(live)
        if desk:
            self.say(live, desk, **said)
        return live

    @staticmethod
    def say(live, desk, idle=0, viewing=None, sound=True):
        live.send({'presence': {'desk': desk, 'idle': idle, 'viewing': viewing, 'sound': sound}})

    def hear(self, live, desk, **wanted):
        """Reads on until this desk is told to be so; returns what was told of it before."""
        before = []

        def is_so(message):
            for told in message.get('presence', ()):
                if told['desk'] == desk:
                    before.append(told)
                    if all(told[name] == value for name, value in wanted.items()):
                        return True
            return False
        live.until(is_so)
        return before

    def test_a_desk_comes_and_goes(self):
        watch = self.sit(self.dispatcher)
        east = self.sit(self.east, '东区值班台')
        told = self.hear(watch, '东区值班台', state='online')
        self.assertEqual({name: told[-1][name] for name in ('unit', 'desk', 'viewing')}, {'unit': 'east', 'desk': '东区值班台', 'viewing': None})
        late = self.sit(self.supervisor)        # who comes later is told all at once
        self.hear(late, '东区值班台', state='online')
        east.close()
        self.hear(watch, '东区值班台', state='offline')
        self.hear(late, '东区值班台', state='offline')

    def test_a_desk_that_nobody_touches(self):
        watch = self.sit(self.dispatcher)
        east = self.sit(self.east, 'a', idle=0)
        self.hear(watch, 'a', state='online')
        self.hear(watch, 'a', state='away')
        told = self.hear(watch, 'a', state='unmanned')
        self.assertEqual([one['state'] for one in told], ['unmanned'])
        self.say(east, 'a', idle=0)
        self.hear(watch, 'a', state='online')
        self.say(east, 'a', idle=10)
        self.hear(watch, 'a', state='unmanned')

    def test_a_short_gap_is_no_absence(self):
        watch = self.sit(self.dispatcher)
        self.sit(self.east, 'b')
        self.hear(watch, 'b', state='online')
        self.lives[-1].close()
        self.sit(self.east, 'b')
        self.say(self.lives[-1], 'b', sound=False)
        told = self.hear(watch, 'b', sound=False)
        self.assertNotIn('offline', [one['state'] for one in told])

    def test_what_is_viewed_is_told_to_those_who_may_see_it(self):
        order = self.order('dispatched')
        east, west, lab = self.sit(self.east), self.sit(self.west), self.sit(self.lab)
        centre = self.sit(self.dispatcher, 'centre', viewing=order)
        self.hear(east, 'centre', viewing=order)
        told = []
        for live in west, lab:
            self.say(centre, 'centre', viewing=order, sound=False)
            told += self.hear(live, 'centre', sound=False)
            self.say(centre, 'centre', viewing=order, sound=True)
            self.hear(live, 'centre', sound=True)
        self.assertEqual({one['viewing'] for one in told}, {None})
        # It goes to another unit: now that one may know, and the first no longer.
        self.dispatcher.must('recall', order=order)
        self.dispatcher.must('dispatch', order=order, unit='west')
        self.hear(west, 'centre', viewing=order)
        self.hear(east, 'centre', viewing=None)
        self.say(centre, 'centre', viewing=None)
        self.hear(west, 'centre', viewing=None)

    def test_nobody_shows_what_they_may_not_see(self):
        order = self.receive()
        watch = self.sit(self.dispatcher)
        east = self.sit(self.east, 'spy', viewing=order)
        self.hear(watch, 'spy', state='online')
        for id_ in (order, new_id(), self.east.user['id']):
            self.say(east, 'spy', viewing=id_, sound=False)
            self.say(east, 'spy', viewing=id_, sound=True)
        self.say(east, 'spy end', viewing=order)
        told = self.hear(watch, 'spy end', state='online')
        self.assertEqual({one['viewing'] for one in told}, {None})

    def test_what_is_no_presence_is_not_taken(self):
        watch = self.sit(self.dispatcher)
        east = self.sit(self.east)
        for message in ({}, {'presence': None}, {'presence': {}}, {'presence': {'desk': ''}}, {'presence': {'desk': 'x' * 101}},
                        {'presence': {'desk': 'bad', 'idle': 'long'}}, {'presence': {'desk': 'bad', 'viewing': 'x' * 1000}},
                        {'commands': [{'id': new_id(), 'do': 'take-duty'}]}):
            east.send(message)
        east.send({'presence': {'desk': 'good', 'idle': 0}, 'more': 1})
        names = []
        watch.until(lambda message: names.extend(told['desk'] for told in message.get('presence', ())) or 'good' in names)
        self.assertNotIn('bad', names)

    def test_names_without_end_are_not_kept(self):
        watch = self.sit(self.dispatcher)
        lab = self.sit(self.lab)
        for i in range(200):
            self.say(lab, f'desk {i}')
        self.say(lab, 'desk 0', sound=False)
        names = set()
        watch.until(lambda message: any(names.add(told['desk']) or (told['desk'] == 'desk 0' and not told['sound'])
                                        for told in message.get('presence', ())))
        self.assertLess(len([name for name in names if name.startswith('desk ')]), 20)

    def test_a_flood_of_looks_holds_up_nobody(self):
        orders = [self.receive() for _ in range(2)]
        centre = self.sit(self.dispatcher, 'flood')
        for i in range(5000):
            self.say(centre, 'flood', viewing=orders[i % 2])
        watch = self.sit(self.supervisor)
        before = time.monotonic()
        order = self.receive()
        watch.change(order)
        self.assertLess(time.monotonic() - before, 30)
        self.hear(watch, 'flood', viewing=orders[1])


if __name__ == '__main__':
    unittest.main()
