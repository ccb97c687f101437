"""test_pictures.py — the pages as people see them, kept in desktop-pictures/ of the build to be looked at

Each is checked for what must be readable there: that no label of a control is cut off, and nothing stands outside
of the window.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from areas import at, square  # noqa: E402
from desk import LARGE, SMALL, DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

EAST = '东区供水公司'
CALLS = [       # text, category, address, place, unit, what the unit did, in what time it is to accept
    ('井口冒溢，漫到人行道', 'sewage-overflow', '滨江南路 62 号门前', [120.206, 30.196], 'drainage', 'return', None),
    ('路面冒水，已影响通行', 'leak', '望岭路与北环路口', [120.222, 30.222], None, None, None),
    ('自来水发黄有异味', 'quality', '人民路 118 号青禾花园 3 幢', [120.213, 30.206], None, None, None),
    ('水有铁锈色', 'quality', '青禾花园 5 幢 602', [120.2335, 30.1875], 'east', None, None),
    ('整幢楼无水', 'no-water', '东渡大道 9 号 2 单元', [120.236, 30.189], 'east', None, 'PT1S'),
    ('水表前阀门滴漏', 'leak', '文昌路 240 弄 5 号', [120.238, 30.191], 'east', 'accept', None),
    ('绿化带渗水', 'leak', '南苑路 77 号', [120.19, 30.18], 'south', None, 'PT1S'),
    ('水表停走', 'meter', '青禾大道 301 号', [120.17, 30.205], 'west', None, 'PT90S'),
]


class Pictures(DeskCase):
    def setUp(self):
        super().setUp()
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        for text, category, address, point, unit, done, limit in CALLS:
            order = new_id()
            self.clerk.must('receive', order, channel='hotline', category=category, text=text, address=address, point=point,
                            caller={'name': '陆先生', 'phone': '13900002056'})
            if unit:
                self.clerk.must('dispatch', order=order, unit=unit, **({'limits': {'accept': limit}} if limit else {}))
            if done == 'accept':
                self.house.sign_in(unit).must('accept', order=order)
            elif done == 'return':
                self.house.sign_in(unit).must('return', order=order, **{'class': 'not-ours'}, reason='疑为供水管漏水倒灌')

        self.clerk.must('declare-outage', nature='emergency', reason='滨江南路 DN300 爆管', starts=at(-1), expected=at(2), area=square(120.215, 30.172, 0.008))
        self.clerk.must('declare-outage', nature='planned', reason='绕城北路管道检修', starts=at(60), expected=at(67), area=square(120.17, 30.23, 0.008))

    def is_scrolled(self, control):
        """In a list or a pane that scrolls; the page as a whole is in one, and has to fit."""
        above, panes = control.above('scroll pane', 'list', 'frame'), 0
        while above.role not in ('list', 'frame', ''):
            above, panes = above.parent.above('scroll pane', 'list', 'frame'), panes + 1
        return above.role == 'list' or panes > 1

    def check(self, desk):
        """All that can be pressed lies inside of the window; what is on a page behind has no place."""
        _, _, width, height = desk.geometry(desk.window)
        for control in desk.seek('push button') + desk.seek('toggle button'):
            box = control.extents
            if box is None or box[2] * box[3] == 0 or self.is_scrolled(control):
                continue
            x, y, own, high = box
            self.assertTrue(-1 <= x and x + own <= width and -1 <= y and y + high <= height, f'{control} stands outside of {width}x{height}')

    def large_text(self):
        """What makes the text twice as large: GTK asks the X resources for it where no desktop says."""
        path = os.path.join(self.homes, 'resources')
        with open(path, 'w', encoding='ascii') as file:
            file.write('Xft.dpi: 192\n')
        return {'XENVIRONMENT': path}

    def keep(self, desk, name):
        desk.screen.move((desk.at[0] + desk.size[0] // 2, desk.at[1] + desk.size[1] - 8))     # nothing is hovered
        self.check(desk)
        desk.picture(name)

    def board(self, user='dispatcher', **more):
        desk = self.open(self.house, user, **more)
        desk.row('路面冒水')
        desk.find('list item', '水表停走')
        desk.find('label', '实时')
        wait_for(lambda: not desk.seek('label', re.compile('^· [0-9]+ 秒前')), 'the bar')
        return desk

    def sizes(self):
        return ((LARGE, '1920'), (SMALL, '1366'))

    def test_board(self):
        for size, name in self.sizes():
            desk = self.board(size=size)
            desk.click(desk.row('自来水发黄'))
            desk.find('alert', '接单超时')
            self.keep(desk, f'board-{name}')
            for label in desk.seek('label', re.compile('^井口冒溢，漫到人行道$|^滨江南路 62 号门前$')):
                self.assertLess(label.extents[3], 30, f'{label} takes more than its line')
            card = desk.card(EAST)
            self.check_crews(desk, card)
            desk.drag(desk.row('自来水发黄'), card, over=lambda: (desk.find('label', f'松开即派往{EAST}'), desk.picture(f'board-drag-{name}')))
            desk.find('label', re.compile('已派往'))
            desk.close()

    def check_crews(self, desk, card):
        """How many crews are free stands inside of the card, whose width is the pane's."""
        x, y, width, height = card.extents
        free = desk.find('label', re.compile('^[0-9]+/[0-9]+$'), card).extents
        self.assertTrue(x < free[0] and free[0] + free[2] <= x + width and y < free[1] and free[1] + free[3] <= y + height)
        self.assertLessEqual(width, 384 if desk.size == LARGE else 292)

    def test_large_text(self):
        for size, name in self.sizes():
            desk = self.board(size=size, env=self.large_text())
            self.assertGreater(desk.find('label', '待办队列').extents[3], 36, 'the text is large')
            self.keep(desk, f'board-200-{name}')
            desk.click(desk.row('井口冒溢'))
            desk.key('Return')
            desk.find('label', '经过')
            desk.find('list item', re.compile('回退'))
            self.keep(desk, f'order-200-{name}')
            title = desk.find('label', re.compile('^污水冒溢 · '))
            self.assertTrue(title.is_whole(40, 60), f'{title} is cut off')
            if size == SMALL:
                desk.click(desk.find('page tab', '时限'))
            due = wait_for(lambda: [label for label in desk.seek('label', re.compile('到期$')) if label.extents[2] > 0], 'the limits')
            for label in due + desk.seek('label', re.compile('^陆')):
                self.assertTrue(label.extents[2] == 0 or label.is_whole(24, 36), f'{label} is cut off')
            desk.key('ctrl+d')
            desk.find('dialog', '派单')
            desk.picture(f'dispatch-200-{name}')
            desk.key('Escape', window=desk.window_called('派单'))
            desk.key('ctrl+n')
            desk.find('text', '来电号码')
            desk.type('13800138000')
            self.keep(desk, f'intake-200-{name}')
            desk.close()

            unit = self.open(self.house, 'east', size=size, env=self.large_text())
            unit.click(unit.row('水表前阀门滴漏'))
            unit.find('label', '实时')
            self.keep(unit, f'duty-200-{name}')
            # No pane is to be scrolled sideways for its verbs or its crews.
            verbs = [unit.find('push button', re.compile(f'^{words}')) for words in ('到场', '派班组…', '电话改约…', '记录…')]
            for control in verbs + wait_for(lambda: unit.seek('panel', '空闲'), 'the crews'):
                x, _, own, _ = control.extents
                self.assertTrue(x >= 0 and x + own <= size[0], f'{control} is cut off')
            # Nothing that is to be known is left out: the new ones with where and when they came from.
            for words in '^整幢楼无水$|· 整幢楼无水$', '^东渡大道 9 号 2 单元$', '派出$', '^限 00:01$':
                label = unit.find('label', re.compile(words))
                self.assertTrue(label.is_whole(20, 36), f'{label} is cut off')
            unit.close()

    def test_board_dark(self):
        for size, name in self.sizes():
            desk = self.board(size=size, env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})
            desk.click(desk.row('自来水发黄'))
            self.keep(desk, f'board-dark-{name}')
            desk.close()

    def test_board_offline(self):
        users = ('dispatcher', 'supervisor')
        desks = [(self.board(user, size=size), name) for user, (size, name) in zip(users, self.sizes())]
        self.house.kill()
        for desk, name in desks:
            desk.find('alert', '起与服务器断开')
            self.keep(desk, f'board-offline-{name}')

    def test_sign_in(self):
        for size, name in self.sizes():
            desk = self.desk(self.house, 'dispatcher', size=size)
            desk.find('push button', '登录')
            self.keep(desk, f'sign-in-{name}')
            desk.close()

    def test_order(self):
        for size, name in self.sizes():
            desk = self.board(size=size)
            desk.click(desk.row('井口冒溢'))
            desk.key('Return')
            desk.find('label', '经过')
            desk.find('list item', re.compile('回退'))
            self.keep(desk, f'order-{name}')
            desk.close()

    def test_intake(self):
        for size, name in self.sizes():
            desk = self.board(size=size)
            desk.key('ctrl+n')
            desk.find('text', '来电号码')
            desk.type('13800138000')
            self.keep(desk, f'intake-{name}')
            desk.close()

    def test_duty(self):
        for size, name in self.sizes():
            desk = self.open(self.house, 'east', size=size)
            desk.row('整幢楼无水')
            desk.find('label', '实时')
            self.keep(desk, f'duty-{name}')
            desk.close()


if __name__ == '__main__':
    sys.exit('run by tap.py')
