"""test_map_pointer.py — the map under a real pointer and keyboard: drag, drop, pan, click, zoom, Tab

map-shot --live shows the view with a scene, says where things are and what is done to it.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import queue
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from display import Display  # noqa: E402
from server import BUILD  # noqa: E402

PATIENCE = 30


class Live:
    """The program, what it has said, and what it can be asked."""

    def __init__(self, screen):
        self.process = subprocess.Popen([os.path.join(BUILD, 'tests', 'desktop', 'map-shot'), '--live'],
                                        env=dict(screen.env, WATERDESK_BUILD=BUILD), text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.said = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.said.put(line.rstrip('\n'))

    def expect(self, start, patience=PATIENCE):
        """The rest of the first line from here that begins so; those before it are dropped."""
        passed = []
        while True:
            try:
                line = self.said.get(timeout=patience)
            except queue.Empty:
                raise AssertionError(f'waited for “{start}…”, heard {passed}') from None
            if line.startswith(start):
                return line[len(start):].strip()
            passed.append(line)

    def drain(self):
        """All that it has said until it has answered a question."""
        lines = []
        self.ask('nothing')
        while True:
            line = self.said.get(timeout=PATIENCE)
            if line == 'at -':
                return lines
            lines.append(line)

    def ask(self, question):
        self.process.stdin.write(question + '\n')
        self.process.stdin.flush()

    def find(self, what):
        self.ask(what)
        answer = self.expect('at ')
        return None if answer == '-' else tuple(map(int, answer.split()))

    def close(self):
        self.process.stdin.close()
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.process.stdout.close()
        return status


class MapPointer(unittest.TestCase):
    def setUp(self):
        self.screen = Display()
        self.addCleanup(self.screen.close)
        self.live = Live(self.screen)
        self.addCleanup(self.finish)
        self.live.expect('shown')
        self.live.drain()

    def finish(self):
        pictures = os.environ.get('WATERDESK_PICTURES')
        if pictures:
            self.screen.picture(os.path.join(pictures, self.id().rsplit('.', 1)[1] + '.png'))
        self.assertEqual(self.live.close(), 0)

    def place(self, what):
        found = self.live.find(what)
        self.assertIsNotNone(found, what)
        return found

    def press_until_heard(self, key, start):
        """On a busy machine the first keys may come before the window has the keyboard."""
        for patience in (5, 10, 20, PATIENCE):
            self.screen.key(key)
            try:
                return self.live.expect(start, patience)
            except AssertionError:
                if patience == PATIENCE:
                    raise

    def test_a_symbol_is_dragged_onto_a_unit(self):
        self.screen.drag(self.place('order single-4'), self.place('unit east'))
        self.assertEqual(self.live.expect('dragging'), 'single-4')
        self.assertEqual(self.live.expect('dropped'), 'single-4 on east')

    def test_the_map_does_not_move_under_a_drag(self):
        self.screen.drag(self.place('order single-4'), self.place('unit east'))
        self.assertFalse([line for line in self.live.drain() if line.startswith('view')])

    def test_a_cluster_is_dragged_with_all_it_holds(self):
        self.screen.drag(self.place('order building-4-0'), self.place('unit south'))
        ids, unit = self.live.expect('dropped').split(' on ')
        self.assertEqual(unit, 'south')
        self.assertEqual(sorted(ids.split(',')), [f'building-4-{i}' for i in range(4)])

    def test_what_is_selected_is_dragged_together(self):
        self.screen.click(self.place('order single-0'))
        self.assertEqual(self.live.expect('selected'), 'single-0')
        self.screen.do('keydown', 'Control_L')
        self.screen.click(self.place('order single-1'))
        self.screen.do('keyup', 'Control_L')
        self.assertEqual(self.live.expect('selected'), 'single-0,single-1')
        self.screen.drag(self.place('order single-1'), self.place('unit west'))
        self.assertEqual(self.live.expect('dropped'), 'single-0,single-1 on west')

    def test_a_refused_unit_takes_nothing(self):
        self.screen.drag(self.place('order single-9'), self.place('unit inspection'))
        self.live.expect('drag ended')
        self.screen.drag(self.place('order single-9'), self.place('unit west'))
        self.assertEqual(self.live.expect('dropped'), 'single-9 on west')

    def test_a_drop_on_empty_map_does_nothing(self):
        x, y = self.place('order single-9')
        self.screen.drag((x, y), (x + 60, y + 60))
        self.live.expect('drag ended')
        self.assertFalse([line for line in self.live.drain() if line.startswith(('dropped', 'view'))])

    def test_empty_map_pans(self):
        before = self.place('order single-4')
        self.screen.drag((500, 100), (560, 140))
        self.live.expect('view')
        x, y = self.place('order single-4')
        self.assertAlmostEqual(x - before[0], 60, delta=8)
        self.assertAlmostEqual(y - before[1], 40, delta=8)

    def test_a_click_selects(self):
        self.screen.click(self.place('order single-3'))
        self.assertEqual(self.live.expect('selected'), 'single-3')
        self.assertFalse([line for line in self.live.drain() if line.startswith(('view', 'activated'))])

    def test_a_double_click_opens_and_does_not_zoom(self):
        self.screen.click(self.place('order single-7'), times=2)
        self.assertEqual(self.live.expect('activated'), 'single-7')
        self.assertFalse([line for line in self.live.drain() if line.startswith('view')])

    def test_a_right_click_asks_for_the_menu(self):
        self.screen.click(self.place('order single-7'), button=3)
        self.assertEqual(self.live.expect('selected'), 'single-7')
        self.assertEqual(self.live.expect('menu'), 'single-7')

    def test_a_click_on_a_cluster_of_streets_zooms_until_it_parts(self):
        self.screen.move((500, 500))
        for zoom in ('13.00', '12.00'):
            self.screen.do('click', 5)      # the wheel, out
            while self.live.expect('view').split()[2] != zoom:
                pass
        self.live.drain()
        self.screen.click(self.place('order single-13'))
        zoom = float(self.live.expect('view').split()[2])
        self.assertGreater(zoom, 12)
        self.assertEqual(zoom, int(zoom))

    def test_a_click_on_one_building_lists_who_is_there(self):
        self.screen.click(self.place('order building-4-0'))
        self.live.drain()
        self.screen.key('Down', 'Return')
        self.assertIn(self.live.expect('activated'), [f'building-4-{i}' for i in range(4)])

    def test_the_wheel_zooms_around_the_pointer(self):
        x, y = self.place('order single-4')
        self.screen.move((x, y))
        self.screen.do('click', 4)
        self.assertEqual(self.live.expect('view').split()[2], '15.00')
        near = self.place('order single-4')
        self.assertAlmostEqual(near[0], x, delta=2)
        self.assertAlmostEqual(near[1], y, delta=2)

    def test_tab_goes_by_urgency_and_enter_opens(self):
        # First the building with a late one among fourteen, then the two that are late on their own.
        self.screen.key('Tab', 'Tab', 'Return')
        self.assertEqual(self.live.expect('activated'), 'single-11')
        self.screen.key('Tab', 'Return')
        self.assertEqual(self.live.expect('activated'), 'single-17')
        self.screen.key('shift+Tab', 'Return')
        self.assertEqual(self.live.expect('activated'), 'single-11')
        self.screen.key('shift+Tab', 'Return')
        self.live.drain()
        self.screen.key('Return')
        self.assertEqual(self.live.expect('activated'), 'building-2-0')    # of the list that opened

    def test_keys_move_the_map(self):
        self.screen.key('Tab')
        before = self.place('order single-4')
        self.press_until_heard('Right', 'view')
        self.assertLess(self.place('order single-4')[0], before[0])
        self.screen.key('plus')
        self.assertEqual(self.live.expect('view').split()[2], '15.00')
        self.screen.key('minus', 'minus', 'minus')
        while self.live.expect('view').split()[2] != '12.00':
            pass
        self.screen.key('Home')
        while self.live.expect('view').split()[2] != '14.00':
            pass

    def test_the_buttons_zoom(self):
        self.screen.click((954, 878))
        self.assertEqual(self.live.expect('view').split()[2], '15.00')


if __name__ == '__main__':
    unittest.main()
