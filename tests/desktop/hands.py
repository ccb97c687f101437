"""hands.py — the same acts of a person at a desk, with the pointer or by keyboard alone

    for hand in (Pointer (case), Keyboard (case)):
        desk = hand.open('dispatcher')
        hand.press(desk, '申报停水…')

Both read the accessible tree; neither presses anything through it.  The keyboard's has no pointer: what would move it fails.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import time

from desk import LARGE
from server import PASSWORD, wait_for

AREAS = '停水与水质个案'
REACH = 0.11        # of the map, from its middle: a step of the arrows is 0.2, what Insert draws 0.25


def window_of(desk, title):
    return wait_for(lambda: next((each for each in [desk.window_called(title)] if each != desk.window), None), f'the window of {title}')


class Pointer:
    def __init__(self, case):
        self.case = case

    def open(self, user):
        return self.case.open(self.case.house, user, size=LARGE)

    def dispatch(self, desk, words, unit):
        desk.drag(desk.row(words), desk.card(unit))

    def accept(self, desk, words):
        desk.click(desk.find('push button', '接单', desk.row(words)))

    def page(self, desk):
        """By the rail of the centre, or the menu of a unit."""
        rail = desk.seek(name=re.compile('^停水，'))
        if rail:
            desk.click(rail[0])
        else:
            button = desk.find(name=re.compile('^菜单$'))
            desk.click(button)
            wait_for(lambda: [item for part in button.children for item in desk.seek('menu item', '停水与水质', part)], 'the menu')[0].act()
        desk.find('list', AREAS)

    def choose(self, desk, words):
        desk.click(self.case.entry(desk, words))
        self.size = desk.find('image', '图上工单').extents[2:]        # of the map that shows it whole

    def press(self, desk, words):
        desk.click(desk.find('push button', words))

    def nearer(self, desk):
        desk.click(desk.find('push button', '放大'))

    def mark(self, desk, *words):
        for i, each in enumerate(words):
            place = desk.symbol(each).middle
            desk.screen.do('keydown', 'ctrl') if i > 0 else None
            desk.screen.click(place)
            desk.screen.do('keyup', 'ctrl')

    def surround(self, desk, west, north, east, south):
        """Draws around a piece of the map: shares of its width and height from its middle."""
        self.case.draw(desk, (west, north), (east, north), (east, south), (west, south))

    def around(self, desk, words):
        """Draws around an order."""
        across, down = self.case.offset(desk, words)
        self.surround(desk, across - 0.02, down - 0.03, across + 0.02, down + 0.03)

    def fill(self, desk, name, text):
        self.case.fill(desk, name, text)

    def move_first_corner(self, desk, corners):
        """To the west.  `corners`: of what is drawn, which was shown whole when it was chosen."""
        x, y = self.case.seen(self.case.layer(desk), corners, corners[0], self.size)
        desk.screen.drag((x, y), (x - 60, y))

    def give(self, desk, act):
        desk.click(desk.find('push button', re.compile(f'^{act}$')))
        page = desk.find('dialog', act)
        desk.screen.click(desk.find('push button', re.compile(f'^{act}'), page).middle)

    def keep(self, desk, act):
        desk.click(desk.find('push button', re.compile(f'^{act}$')))

    def answer(self, desk, title, name, text, act):
        """The page that an act opens: its words, and its button."""
        page = desk.find('dialog', title)
        desk.screen.click(desk.find('text', name, page).middle)
        desk.screen.do('type', '--delay', 40, text)
        desk.screen.click(desk.find('push button', re.compile(f'^{act}'), page).middle)


class Keys:
    """A screen without a pointer."""

    def __init__(self, screen):
        self.env, self.key, self.type, self.screen = screen.env, screen.key, screen.type, screen

    def do(self, word, *more):
        assert not word.startswith(('mouse', 'click')), word
        self.screen.do(word, *more)


class Keyboard:
    MNEMONICS = {'原因': 'alt+r', '预计恢复': 'alt+e', '变更原因': 'alt+w'}

    def __init__(self, case):
        self.case = case

    def open(self, user):
        desk = self.case.desk(self.case.house, user, size=LARGE)
        desk.screen = Keys(desk.screen)
        desk.find('text', '密码')      # which has the focus
        desk.type(PASSWORD)
        wait_for(lambda: desk.find('push button', '登录').has('sensitive'), 'the password to be typed')
        desk.key('Return')
        return desk

    # --- where the keys go ---------------------------------------------------------

    def comes(self, *controls):
        """The one of them that the focus has come to; None where the last key led elsewhere."""
        for _ in range(4):
            for each in controls:
                if each.has('focused'):
                    return each
            time.sleep(0.04)
        return None

    def until(self, desk, key, controls, what, most=60):
        """Presses a key that leads on until the focus is at one of what controls() gives."""
        for _ in range(most):
            if self.comes(*controls()):
                return
            desk.key(key)
        raise AssertionError(f'{key} does not lead to {what} at the desk of {desk.user}: at {desk.focused()}')

    def to_rows(self, desk, items, before=()):
        """By F6 from pane to pane, past the buttons that stand before a list."""
        for _ in range(16):
            at = self.comes(*before, *items.children)
            if at and at not in before:
                return
            desk.key('Tab' if at else 'F6')
        raise AssertionError(f'no key leads to {items} at the desk of {desk.user}: at {desk.focused()}')

    # --- the same as above ---------------------------------------------------------

    def dispatch(self, desk, words, unit):
        queue = desk.find('list', '工单')

        def named():
            return desk.seek('list item', re.compile(words), queue)

        def taken_in():
            desk.key('Home')        # what came since the hand is here
            return named()

        self.to_rows(desk, queue)
        wait_for(taken_in, f'{words} in the queue')
        self.until(desk, 'Down', named, words)
        desk.key('ctrl+d')
        page = desk.find('dialog', '派单')
        window = window_of(desk, '派单')
        for _ in range(12):
            if desk.seek('list item', re.compile(unit), page, state='focused'):
                break
            desk.key('Down', window=window)
            time.sleep(0.2)
        desk.key('Return', window=window)

    def accept(self, desk, words):
        desk.find('list item', words, desk.find('list', re.compile('^新派单')))
        desk.key('Return')

    def page(self, desk):
        self.case.page(desk)

    def choose(self, desk, words):
        self.case.entry(desk, words)
        self.to_rows(desk, desk.find('list', AREAS), [desk.find('push button', each) for each in ('申报停水…', '水质立案…')])
        desk.key('Home')
        self.until(desk, 'Down', lambda: [self.case.entry(desk, words)], words)

    def press(self, desk, words):
        button = desk.find('push button', words)
        focused = desk.focused()
        if focused and focused.role == 'list item':     # Tab would go to the next one, and choose that
            desk.key('F6')
        for _ in range(5):
            for _ in range(12):
                if self.comes(button):
                    desk.key('space')
                    return
                desk.key('Tab')
            desk.key('F6')
        raise AssertionError(f'no key leads to {button} at the desk of {desk.user}: at {desk.focused()}')

    def on_map(self, desk):
        layer = desk.find('image', '图上工单')
        self.until(desk, 'F6', lambda: [layer], 'the map', most=12)
        return layer

    def nearer(self, desk):
        self.on_map(desk)
        desk.key('plus')

    def mark(self, desk, *words):
        layer = self.on_map(desk)
        key = 'space'
        left = list(words)
        seen = set()
        for step in range(200):
            here = layer.get('Description')
            found = next((each for each in left if each in here), None)
            if found:
                desk.key(key)
                key = 'Insert'
                left.remove(found)
            if not left:
                return
            seen.add(here)
            desk.key('Tab')
            time.sleep(0.2)
            if not layer.has('focused'):
                self.on_map(desk)
        raise AssertionError(f'Tab does not lead to {left} on the map: {seen}')

    def surround(self, desk, west, north, east, south):
        """What Insert draws lies around the middle of the map."""
        self.case.layer(desk)
        far = max(abs(side) for side in (west, north, east, south))
        while far > REACH:
            desk.key('minus')
            far /= 2
        self.insert(desk)

    def around(self, desk, words):
        """The arrows bring it near the middle; nearer, until what is drawn is small."""
        self.case.layer(desk)
        for _ in range(2):
            desk.key('plus')
            self.to_middle(desk, words)
        self.insert(desk)

    def to_middle(self, desk, words):
        for keys, which in ((('Left', 'Right'), 0), (('Up', 'Down'), 1)):
            while abs(off := self.still(desk, words)[which]) > REACH:
                desk.key(keys[off > 0])

    def still(self, desk, words):
        def rests():
            before = self.case.offset(desk, words)
            time.sleep(0.5)     # the list of what is in view follows the map
            return before if self.case.offset(desk, words) == before else None

        return wait_for(rests, f'{words} to stand still')

    def insert(self, desk):
        desk.key('Insert', 'Insert', 'Insert', 'Insert', 'Return')

    def fill(self, desk, name, text):
        desk.key(self.MNEMONICS[name])
        field = desk.find('text', name)
        wait_for(lambda: field.has('focused'), f'{name} to have the focus')
        desk.key('ctrl+a')
        desk.type(text)
        wait_for(lambda: field.text == text, f'{name} to hold {text}')

    def move_first_corner(self, desk, corners):
        desk.step('Tab')
        desk.find(name=re.compile('^第 1 点，共 4'))
        desk.key(*['shift+Left'] * 20)

    def give(self, desk, act):
        self.case.give(desk, act)

    def keep(self, desk, act):
        self.case.press_main(desk, act)

    def answer(self, desk, title, name, text, act):
        self.case.ask(desk, title, text)
