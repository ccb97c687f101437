"""test_board.py — the dispatch board by pointer, keyboard and accessible tree: queue, menu, recall, redirect, lasso

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from basemap import write_basemap  # noqa: E402
from desk import LARGE, SMALL, DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

EAST, WEST = '东区供水公司', '西区供水公司'
PLACE = [120.2335, 30.1875]     # in the east company's territory
LABEL_ABOVE = 16        # pixels that a unit's label on the map stands above its place


class Board(DeskCase):
    def board(self, **more):
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        self.centre = self.open(self.house, 'dispatcher', **more)
        self.centre.find('panel', re.compile(f'^{EAST}'))
        return self.centre

    def call(self, text, point=PLACE, **members):
        order = new_id()
        self.clerk.must('receive', order, **{'channel': 'hotline', 'category': 'leak', 'text': text, 'address': '东渡大道 9 号',
                                             'point': point, **members})
        return order

    def verbs(self, order):
        return [event['do'] for event in self.clerk.get(f'/v1/orders/{order}/events').json()['events']]

    def wait_verbs(self, order, *verbs):
        wait_for(lambda: self.verbs(order) == list(verbs), f'the story of the order to be {verbs}')

    def pill(self):
        return self.centre.seek('push button', re.compile('条新单$'))

    def shown(self, words):
        """Whether the queue shows it now, without being asked to."""
        return bool(self.centre.seek('list item', re.compile(words), self.centre.find('list', '工单')))

    def test_nothing_moves_under_the_hand(self):
        centre = self.board()
        self.call('甲处漏水')
        centre.click(centre.row('甲处漏水'))
        before = centre.row('甲处漏水').extents
        self.call('乙处漏水')
        self.call('丙处漏水')
        pill = wait_for(self.pill, 'the pill')[0]
        wait_for(lambda: re.fullmatch('[2-9] 条新单', pill.name), 'the pill to count what came')
        self.assertFalse(self.shown('乙处漏水'))
        self.assertEqual(centre.row('甲处漏水').extents, before)
        centre.picture('board-1-pill')
        centre.key('Home')
        wait_for(lambda: self.shown('乙处漏水') and self.shown('丙处漏水') and not self.pill(), 'Home to sort')
        self.walk_the_queue()
        self.call('丁处漏水')
        centre.click(centre.row('甲处漏水'))
        self.call('戊处漏水')
        centre.click(wait_for(self.pill, 'the pill again')[0])
        wait_for(lambda: self.shown('戊处漏水'), 'a click to sort')
        # By key: the focus goes back to the orders when the pill goes.
        centre.click(centre.row('甲处漏水'))
        self.call('庚处漏水')
        pill = wait_for(self.pill, 'the pill by key')[0]
        for _ in range(4):
            if pill.has('focused'):
                break
            centre.step('shift+Tab')
        centre.key('space')
        wait_for(lambda: self.shown('庚处漏水'), 'a key to sort')
        wait_for(lambda: centre.seek('list item', under=centre.find('list', '工单'), state='focused'), 'the focus to be on an order')
        # With the hand elsewhere it goes by itself.
        centre.click(centre.find('push button', '全图'))
        centre.key('F6')
        self.call('己处漏水')
        wait_for(lambda: self.shown('己处漏水'), 'the queue to go on')

    def has_ring(self, symbol):
        """Whether the ring of the keyboard is drawn around it: its colour, at four places clear of the symbol."""
        x, y = symbol.middle
        places = [(x + across, y + down) for across, down in ((0, -21), (21, 0), (0, 20), (-22, 0))]
        return set(self.centre.colours('board-16-ring', places)) == {'1B5FB0'}

    def go_round_the_map(self):
        """Tab goes through the symbols, with a ring around each, also where GTK has hidden the focus meanwhile."""
        centre, layer = self.centre, self.centre.find('image', '图上工单')
        wait_for(lambda: layer.has('focused'), 'Tab to leave the queue')

        def at_an_order():
            orders = {item.name: item for item in centre.find('list', re.compile('^图中')).children}
            words = layer.get('Description')
            if words not in orders:       # several in one place
                centre.key('Tab')
            return orders.get(words)

        first = wait_for(at_an_order, 'the keyboard to be at an order')
        wait_for(lambda: self.has_ring(first), 'the ring around it')
        time.sleep(5)
        centre.key('Tab')
        wait_for(lambda: not self.has_ring(first), 'the ring to go on')
        centre.key('shift+Tab')
        wait_for(lambda: self.has_ring(first), 'the ring to come back')

    def walk_the_queue(self):
        """From order to order, past the headings; one stop of the Tab key, which leads back to what is selected."""
        centre = self.centre
        sent = self.call('卯处漏水')
        self.clerk.must('dispatch', order=sent, unit='east')
        centre.key('Home')
        centre.row('卯处漏水', '东区')
        queue = centre.find('list', '工单')
        items = [item.name for item in queue.children]
        orders = [name for name in items if '，' in name]
        self.assertEqual(len(items), len(orders) + 2, 'two headings')

        def stands_at(name):
            wait_for(lambda: [item.name for item in queue.children if item.has('focused')] == [name], f'the focus to be at {name}')
            self.assertEqual([item.name for item in queue.children if item.has('selected')], [name])

        for keys, index in ((['Home'], 0), (['Down'], 1), (['End'], -1), (['Up'], -2), (['Page_Up'], 0), (['Down'] * (len(orders) - 1), -1)):
            centre.key(*keys)
            stands_at(orders[index])
        centre.key('Up', 'Tab')
        self.go_round_the_map()
        centre.key('F6', 'F6')
        stands_at(orders[-2])
        centre.key('shift+F10')
        wait_for(lambda: centre.seek('menu item', '派单…') or centre.seek('menu item', '改派…'), 'the menu of the order')
        centre.screen.key('Escape')
        stands_at(orders[-2])

    def test_a_page_opens_over_a_queue_that_stands_still(self):
        centre = self.board()
        self.widths_behind_a_page()
        order = self.call('丁处漏水')
        self.clerk.must('dispatch', order=order, unit='east')
        centre.screen.move(centre.row('丁处漏水', '东区').middle)
        self.clerk.must('recall', order=order)
        centre.find('push button', re.compile('^排序有变$|条新单$'))       # the demo's own calls come too
        # The row goes from the screen with the whole page, and only then to where it belongs.
        centre.key('ctrl+n')
        centre.gone('list', '工单')
        centre.key('Escape')
        centre.row('丁处漏水', '待派单')

    def widths_behind_a_page(self):
        """A page comes over the board, the window changes its width, and the board comes back as wide as it is to be."""
        centre = self.centre
        units = lambda: centre.card(EAST).extents[2]  # noqa: E731
        compact = units()
        for size, wanted in ((LARGE, lambda: units() > compact + 60), (SMALL, lambda: units() == compact)):
            centre.key('ctrl+n')
            centre.gone('list', '工单')
            centre.resize(size)
            centre.key('Escape')
            wait_for(wanted, f'the units to be as wide as they are to be at {size}')
            right = centre.card(EAST).extents
            self.assertLessEqual(right[0] + right[2], size[0])
        centre.key('ctrl+n')
        centre.gone('list', '工单')
        centre.resize((1100, 768))
        centre.key('Escape')
        centre.find('push button', '展开责任单位')
        centre.resize(SMALL)
        wait_for(lambda: units() == compact, 'the units to be back')

    def test_a_map_without_a_basemap_says_so(self):
        house = self.house = self.start()
        house.ctl('user', 'add', 'dispatcher', '--role', 'dispatcher', text='waterdesk\n')
        self.clerk = house.sign_in('dispatcher')
        centre = self.centre = self.open(house, 'dispatcher')
        self.call('甲处漏水')
        centre.find('alert', re.compile('没有底图.*管理员导入底图'))
        self.show_alone('甲处漏水')
        centre.find('label', re.compile('^还没有责任单位.*管理员导入'))
        centre.picture('board-11-no-basemap')

        def bring(spoilt):
            path = os.path.join(house.work, f'basemap-{spoilt}.mbtiles')
            house.ctl('import', 'tiles', write_basemap(path, spoilt))
            centre.click(centre.find('push button', '重试'))

        bring(spoilt=True)
        centre.find('alert', re.compile('底图不全：服务器上的底图文件可能已损坏'))
        centre.find('label', re.compile('^底图：自绘'))
        centre.symbol('甲处漏水')
        bring(spoilt=False)
        centre.gone('alert', '底图')
        centre.gone('push button', '重试')
        self.assertTrue(centre.find('image', '图上工单').has('focused'), 'the focus is on the map, not lost with the button')
        centre.picture('board-12-basemap')

        port = house.port
        house.kill()
        centre.click(centre.find('push button', '缩小'))
        centre.find('alert', re.compile('底图不全：服务器没有回应'))
        centre.symbol('甲处漏水')
        house.start('--listen', f'127.0.0.1:{port}')
        centre.gone('alert', '底图')

    def test_filters_show_what_they_count(self):
        centre = self.board()
        self.call('甲处漏水')
        sent = self.call('乙处漏水')
        self.clerk.must('dispatch', order=sent, unit='east')
        centre.row('乙处漏水', '东区')
        accept = centre.find('push button', re.compile('^待接 [1-9]'))
        centre.click(accept)
        wait_for(lambda: self.shown('乙处漏水') and not self.shown('甲处漏水'), 'only what waits for acceptance')
        centre.click(centre.find('push button', re.compile('^待派 [1-9]')))
        wait_for(lambda: self.shown('甲处漏水') and not self.shown('乙处漏水'), 'only what is to be dispatched')
        centre.click(centre.find('push button', re.compile('^全部 [2-9]')))
        wait_for(lambda: self.shown('甲处漏水') and self.shown('乙处漏水'), 'all')
        self.fold_units()

    def fold_units(self):
        """In a narrow window the units are a strip, which opens for a drag or who comes by key."""
        centre = self.centre
        card = re.compile(f'^{EAST}.*在办')
        centre.resize((1100, 768))
        strip = centre.find('push button', '展开责任单位')
        centre.gone('panel', card)
        left, _, width, _ = strip.extents
        self.assertTrue(60 <= width <= 64 and left + width == strip.above('frame').extents[2], strip)
        centre.picture('board-6-folded')
        focused = lambda words: centre.seek('panel', words, state='focused')  # noqa: E731
        centre.click(centre.row('甲处漏水'))
        centre.key('F6', 'F6')
        wait_for(lambda: focused('在办'), 'F6 to open the strip')
        place = centre.find('panel', card).extents
        self.assertLessEqual(place[0] + place[2], strip.extents[0], 'the cards stand beside the strip')
        centre.picture('board-7-unfolded')
        centre.key('F6')
        centre.gone('panel', card)
        centre.key('shift+F6')
        wait_for(lambda: focused('在办'), 'Shift+F6 to open it as well')
        centre.key('Escape')
        centre.gone('panel', card)
        centre.screen.press(centre.row('甲处漏水').middle, strip.middle)
        target = centre.find('panel', card)
        centre.screen.go(strip.middle, target.middle)
        centre.find('label', f'松开即派往{EAST}')
        centre.picture('board-8-folded-drag')
        centre.screen.release()
        centre.find('label', re.compile('已派往'))
        centre.gone('panel', card)
        centre.click(strip)
        centre.find('panel', card)
        centre.click(strip)
        centre.gone('panel', card)
        centre.resize(SMALL)
        centre.find('panel', card)
        centre.gone('push button', '展开责任单位')

    def test_recall_by_key_can_be_undone(self):
        centre = self.board()
        order = self.call('甲处漏水')
        self.clerk.must('dispatch', order=order, unit='east')
        centre.click(centre.row('甲处漏水', '东区'))
        centre.key('ctrl+e')
        centre.find('label', re.compile('^已收回'))
        centre.picture('board-2-recalled')
        centre.key('ctrl+z')
        centre.click(centre.find('push button', '重做'))
        centre.find('label', re.compile('^已收回'))
        centre.key('ctrl+z')
        centre.find('label', '已撤销')
        time.sleep(6)           # past the hold
        self.assertEqual(self.verbs(order), ['receive', 'dispatch'])
        centre.row('甲处漏水', '东区')
        centre.key('ctrl+shift+z')
        self.wait_verbs(order, 'receive', 'dispatch', 'recall')
        centre.row('甲处漏水', '待派单')
        self.give_one_after_another()

    def give_one_after_another(self):
        """By keyboard alone: where the row of what was given stood, the hand is at the next."""
        centre = self.centre
        orders = {words: self.call(words) for words in ('乙处漏水', '丙处漏水')}
        centre.row('丙处漏水')
        centre.click(centre.row('乙处漏水'))
        centre.screen.move(centre.find('image', '图上工单').middle)
        for words in orders:
            row = centre.row(words, '待派单')
            if not row.has('selected'):
                centre.key('Down')
                wait_for(lambda: row.has('selected'), 'Down to go on from the order that went')
            centre.key('ctrl+d')
            centre.find('dialog', '派单')
            centre.key('Return', window=centre.window_called('派单'))
            self.wait_verbs(orders[words], 'receive', 'dispatch')
            centre.screen.do('windowfocus', '--sync', centre.window)
            wait_for(lambda: centre.seek('list item', under=centre.find('list', '工单'), state='focused'), 'the focus to stay in the queue')

    def see_clocks(self, row):
        """A click on the chip of a row shows all its limits, each with its clause, until Escape."""
        centre = self.centre
        centre.click(centre.find('label', re.compile('^派单$'), row))
        for head in ('剩余', '条款', '起点', '到期', '何事停止'):
            centre.find('label', re.compile(f'^{head}$'))
        clocks = self.clerk.order(self.order)['clocks']
        self.assertGreater(len(clocks), 1)
        for clock in clocks:
            centre.find('label', re.compile(r'^二\.[一二三四]'))      # the section of the policy
        centre.picture('board-9-clocks')
        centre.screen.key('Escape')
        centre.gone('label', '何事停止')

    def test_menu_redirects(self):
        centre = self.board()
        order = self.order = self.call('甲处漏水')
        self.see_clocks(centre.row('甲处漏水'))
        self.clerk.must('dispatch', order=order, unit='west')
        centre.choose(centre.row('甲处漏水', '西区'), '改派')
        dialog = centre.find('dialog', '派单')
        units = centre.find('list', '责任单位', dialog)
        self.assertIn(EAST, units.children[0].name)
        west = next(unit for unit in units.children if WEST in unit.name)
        self.assertIn('已在该单位', west.name)
        self.assertFalse(west.has('sensitive'))
        centre.key('Return', window=centre.window_called('派单'))
        centre.find('label', re.compile(f'^已改派至{EAST}'))
        centre.key('ctrl+z')
        centre.row('甲处漏水', '西区')
        centre.key('ctrl+shift+z')
        centre.find('label', re.compile(f'^已改派至{EAST}'))
        self.wait_verbs(order, 'receive', 'dispatch', 'recall', 'dispatch')
        self.assertEqual(self.clerk.order(order)['unit'], 'east')

    def test_redirect_by_drag_of_what_was_accepted_asks_why(self):
        centre = self.board()
        order = self.call('甲处漏水')
        unit = self.house.sign_in('drainage')
        self.clerk.must('dispatch', order=order, unit='drainage')
        unit.must('accept', order=order)
        centre.click(centre.row('甲处漏水', '已接单'))
        centre.key('ctrl+e')
        centre.find('label', re.compile('^没有收回： ?[^ ]+ 已接单，收回须写原因：在工单页办。$'))
        centre.drag(centre.row('甲处漏水', '已接单'), centre.card(EAST))
        dialog = centre.find('dialog')
        window = wait_for(lambda: next((w for w in [centre.window_called('改派')] if w != centre.window), None), 'its window')
        self.assertFalse(centre.find('push button', f'改派至{EAST}', dialog).has('sensitive'))
        self.assertTrue(all(centre.find('label', re.compile(words), dialog).extents[2] for words in ('漏水：排水公司已接单', '^原因$')))
        centre.picture('board-3-why')
        centre.screen.do('windowfocus', '--sync', window)
        centre.screen.do('type', '--delay', 40, 'wrong place')
        centre.key('Return', window=window)
        self.wait_verbs(order, 'receive', 'dispatch', 'accept', 'recall', 'dispatch')
        self.another_was_faster()

    def another_was_faster(self):
        """What somebody else gave away while it was under the hand is not taken from there unasked: by drag, and by key."""
        centre = self.centre
        order = self.call('未处漏水')

        def give_away():
            self.clerk.must('dispatch', order=order, unit='west')
            centre.row('未处漏水', '西区')
            centre.picture('board-16-taken')

        centre.drag(centre.row('未处漏水'), centre.card(EAST), over=give_away)
        centre.find('label', re.compile(f'已被他人派给{WEST}'))
        centre.picture('board-17-asked')
        centre.key('Escape', window=centre.window_called('没有派出'))
        centre.gone('label', re.compile('已被他人派给'))
        time.sleep(0.5)
        self.assertEqual(self.verbs(order), ['receive', 'dispatch'])
        self.assertEqual(self.clerk.order(order)['unit'], 'west')

        self.clerk.must('recall', order=order)
        centre.click(centre.row('未处漏水', '待派单'))
        centre.key('ctrl+d')
        units = [unit.name for unit in centre.seek('list item', under=centre.find('dialog', '派单'))]
        self.assertTrue(units[0].startswith(EAST))
        self.assertEqual(units, sorted(units, key=lambda unit: '这类工单通常由其他单位承办' in unit), 'those whose kind it is stand before those without a territory')
        self.clerk.must('dispatch', order=order, unit='west')
        centre.row('未处漏水', '西区')
        centre.key('Return', window=centre.window_called('派单'))
        centre.find('label', re.compile(f'已被他人派给{WEST}'))
        self.look_at_what_was_taken(order)
        centre.find('push button', '仍要改派').act()
        self.wait_verbs(order, 'receive', 'dispatch', *('recall', 'dispatch') * 3)
        self.assertEqual(self.clerk.order(order)['unit'], 'east')

    def look_at_what_was_taken(self, order):
        """The answer leads to the order; on its page the same is asked, after a dialog that was open meanwhile too."""
        centre = self.centre
        centre.find('push button', '看现状').act()
        self.clerk.must('recall', order=order)
        centre.find('push button', '派单…')      # of the order's page
        centre.key('ctrl+d')
        centre.find('dialog', '派单')
        self.clerk.must('dispatch', order=order, unit='west')
        centre.find('push button', '改派…')
        centre.key('Return', window=centre.window_called('派单'))
        centre.find('label', re.compile(f'已被他人派给{WEST}'))

    def test_several_by_keyboard_are_one_act(self):
        centre = self.board()
        orders = [self.call(f'{name}处漏水') for name in '甲乙丙']
        for name in '甲乙丙':
            centre.row(f'{name}处漏水')
        centre.click(centre.row('甲处漏水'))
        centre.screen.do('keydown', 'Control_L')
        centre.click(centre.row('乙处漏水'))
        centre.click(centre.row('丙处漏水'))
        centre.screen.do('keyup', 'Control_L')
        self.dispatch_by_key('^派出 3 单')
        centre.key('ctrl+z')
        centre.find('label', '已撤销')
        centre.picture('board-18-taken-back')
        time.sleep(6)           # past the hold
        self.assertEqual([self.verbs(order) for order in orders], [['receive']] * 3)
        centre.key('ctrl+shift+z')
        centre.find('label', re.compile('^派出 3 单'))
        for order in orders:
            self.wait_verbs(order, 'receive', 'dispatch')
        self.one_after_the_other()
        self.nothing_by_half()

    def dispatch_by_key(self, done):
        """What is selected, to the best unit."""
        centre = self.centre
        centre.key('ctrl+d')
        centre.find('dialog', '派单')
        centre.key('Return', window=centre.window_called('派单'))
        centre.find('label', re.compile(done))

    def one_after_the_other(self):
        """Each of two acts can be taken back as long as it is held, the last one first."""
        centre = self.centre
        orders = {words: self.call(words) for words in ('丁处漏水', '戊处漏水')}
        for words in orders:
            centre.row(words)
        # Within the five seconds of the first: what stands above stays there, and is not looked for again.
        places, card = {words: centre.still(centre.row(words)) for words in orders}, centre.card(EAST).middle
        for words in ('戊处漏水', '丁处漏水'):
            centre.screen.press(places[words], card)
            centre.screen.release()
        centre.key('ctrl+z', 'ctrl+z')
        for words in orders:
            centre.row(words, '待派单')
        time.sleep(6)
        self.assertEqual([self.verbs(order) for order in orders.values()], [['receive']] * 2)
        # And given again, the one taken back last first.
        centre.key('ctrl+shift+z')
        self.wait_verbs(orders['戊处漏水'], 'receive', 'dispatch')
        self.assertEqual(self.verbs(orders['丁处漏水']), ['receive'])
        centre.key('ctrl+shift+z', 'ctrl+shift+z')
        self.wait_verbs(orders['丁处漏水'], 'receive', 'dispatch')

    def nothing_by_half(self):
        """Of an act of two orders one is gone by then: neither is given again.  Nor is a redirect away from where another put it."""
        centre = self.centre
        orders = {words: self.call(words) for words in ('己处漏水', '庚处漏水')}
        centre.click(centre.row('己处漏水'))
        centre.screen.do('keydown', 'Control_L')
        centre.click(centre.row('庚处漏水'))
        centre.screen.do('keyup', 'Control_L')
        self.dispatch_by_key('^派出 2 单')
        centre.key('ctrl+z')
        centre.row('己处漏水', '待派单')
        self.clerk.must('dispatch', order=orders['庚处漏水'], unit='west')
        centre.row('庚处漏水', '西区')
        centre.key('ctrl+shift+z')
        centre.find('label', re.compile(f'^没有重做：.*（{WEST}）：别人先改了'))
        centre.picture('board-19-not-given-again')
        centre.row('己处漏水', '待派单')
        order = orders['庚处漏水']
        centre.click(centre.row('庚处漏水', '西区'))
        self.dispatch_by_key(f'^已改派至{EAST}')
        centre.key('ctrl+z')
        centre.row('庚处漏水', '西区')
        self.clerk.must('recall', order=order)
        self.clerk.must('dispatch', order=order, unit='south')
        centre.row('庚处漏水', '南区')
        centre.key('ctrl+shift+z')
        centre.find('label', re.compile('^没有重做：.*（南区供水公司）：'))
        time.sleep(6)
        self.assertEqual([self.verbs(each) for each in orders.values()], [['receive'], ['receive', 'dispatch', 'recall', 'dispatch']])

    def test_lasso_counts_and_is_dragged(self):
        centre = self.board()
        near = [self.call(f'{name}处漏水', [120.2335 + 0.003 * i, 30.1875]) for i, name in enumerate('甲乙')]
        near.append(self.call('丙处水黄', [120.2335, 30.19], category='quality'))
        far = self.call('丁处漏水', [120.15, 30.22])
        for words in ('甲处', '乙处', '丙处', '丁处'):
            centre.symbol(words)
        tool = centre.find('push button', '圈选')
        centre.click(tool)
        places = [centre.symbol(words).middle for words in ('甲处', '乙处', '丙处')]
        left, right = min(x for x, _ in places) - 40, max(x for x, _ in places) + 40
        top, bottom = min(y for _, y in places) - 40, max(y for _, y in places) + 40
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top + 6)]
        centre.screen.move(corners[0])
        centre.screen.do('mousedown', 1)
        for (x0, y0), (x1, y1) in zip(corners, corners[1:]):
            for step in range(1, 7):
                centre.screen.move((round(x0 + (x1 - x0) * step / 6), round(y0 + (y1 - y0) * step / 6)))
                time.sleep(0.03)
        centre.screen.release()
        card = centre.find('label', re.compile('^圈内 3 单 · 漏水 2 · 水质 1'))
        centre.picture('board-4-lasso')
        centre.key('Escape')
        centre.gone('label', re.compile('^圈内'))

        centre.click(tool)
        centre.screen.move(corners[0])
        centre.screen.do('mousedown', 1)
        for corner in corners[1:]:
            for _ in range(3):
                centre.screen.move(corner)
                time.sleep(0.05)
        centre.screen.release()
        card = centre.find('label', re.compile('^圈内 3 单'))
        centre.drag(card, centre.card(EAST), over=lambda: centre.picture('board-5-lasso-dragged'))
        centre.find('label', re.compile('^派出 3 单'))
        for order in near:
            self.wait_verbs(order, 'receive', 'dispatch')
        self.assertEqual(self.verbs(far), ['receive'])
        self.menu_of_a_symbol(far)
        self.list_of_one_place()
        self.drop_on_a_label()

    def list_of_one_place(self):
        """Orders that no zoom parts open as a list, by a click; from there one of them by key."""
        centre = self.centre
        names = [f'{name}处无水' for name in '子丑寅卯']
        orders = [self.call(name, [120.1702, 30.2115]) for name in names]
        centre.click(self.show_alone(names[0]))
        layer = centre.find('image', '图上工单')
        here = centre.find('list', '同一地点的工单', layer)
        rows = wait_for(lambda: len(here.children) == len(orders) and here.children, 'all that are there')
        for name in names:
            self.assertTrue([row for row in rows if name in row.name], name)
        centre.picture('board-13-in-one-place')
        centre.screen.key('Down', 'Return')
        centre.find('label', '经过')
        centre.key('Escape')
        centre.find('label', '待办队列')
        centre.gone('list', '同一地点的工单', centre.find('image', '图上工单'))

        centre.drag(centre.symbol(names[0]), centre.card(EAST), over=lambda: centre.picture('board-14-cluster-dragged'))
        centre.find('label', re.compile('^派出 4 单'))
        for order in orders:
            self.wait_verbs(order, 'receive', 'dispatch')
            self.assertEqual(self.clerk.order(order)['unit'], 'east')

    def drop_on_a_label(self):
        """A unit's label on the map takes what its card takes.  It stands in the middle between two orders."""
        centre = self.centre
        lon, lat = next(change['body']['desk'] for change in self.clerk.changes()[0] if change['kind'] == 'unit' and change['body']['code'] == 'west')
        orders = [self.call(words, [lon + aside, lat]) for words, aside in (('辰处无水', -0.004), ('巳处无水', 0.004))]
        self.show_alone('辰处无水')
        (left, y), (right, _) = (centre.still(centre.symbol(words)) for words in ('辰处无水', '巳处无水'))
        centre.screen.press((left, y), ((left + right) // 2, y - LABEL_ABOVE))
        centre.picture('board-15-held-over-a-label')
        centre.screen.release()
        centre.find('label', re.compile(f'^已派往{WEST}'))
        self.wait_verbs(orders[0], 'receive', 'dispatch')
        self.assertEqual(self.clerk.order(orders[0])['unit'], 'west')
        self.assertEqual(self.verbs(orders[1]), ['receive'])

    def show_alone(self, words):
        """Brings the map to the order; returns its symbol."""
        self.centre.choose(self.centre.row(words), '在图上显示')
        x, y = self.centre.find('image', '图上工单').middle
        wait_for(lambda: all(abs(a - b) < 40 for a, b in zip(self.centre.symbol(words).middle, (x, y))), 'the map to show it')
        return self.centre.symbol(words)

    def menu_of_a_symbol(self, order):
        """By the right button, and by the Menu key."""
        centre = self.centre
        centre.choose(self.show_alone('丁处漏水'), '派单')
        centre.find('dialog', '派单')
        centre.key('Return', window=centre.window_called('派单'))
        self.wait_verbs(order, 'receive', 'dispatch')
        centre.row('丁处漏水', '离线')
        centre.gone('label', re.compile('^已派往'))

        centre.click(centre.symbol('丁处漏水'))
        centre.key('Menu')
        words = [item.name for item in wait_for(lambda: centre.seek('menu item'), 'the menu')]
        recall = next(index for index, word in enumerate(words) if '收回' in word)
        centre.picture('board-10-menu-on-the-map')
        for _ in range(recall):
            centre.screen.key('Down')
        wait_for(lambda: centre.seek('menu item', '收回', state='focused'), 'the arrow keys to reach it')
        centre.screen.key('Return')
        self.wait_verbs(order, 'receive', 'dispatch', 'recall')


if __name__ == '__main__':
    sys.exit('run by tap.py')
