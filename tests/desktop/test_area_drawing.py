"""test_area_drawing.py — an outage is drawn, by pointer and by keyboard

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from areas import LON, AreaCase, square  # noqa: E402
from desk import LARGE, SMALL  # noqa: E402
from hands import Keyboard, window_of  # noqa: E402
from server import wait_for  # noqa: E402


class AreaDrawing(AreaCase):
    def runs_left(self, ring):
        return sum((a[0] - ring[0][0]) * (b[1] - ring[0][1]) - (b[0] - ring[0][0]) * (a[1] - ring[0][1]) for a, b in zip(ring, ring[1:])) > 0

    SQUARE = ((-0.06, -0.06), (0.06, -0.06), (0.06, 0.06), (-0.06, 0.06))

    def test_outage_is_drawn_with_the_pointer(self):
        desk, = self.city('dispatcher', size=LARGE)
        self.page(desk)
        desk.find('push button', '申报停水…').act()
        self.hole_in_nothing(desk)
        self.draw(desk, *self.SQUARE)
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        wait_for(lambda: self.counted(desk), 'the count to stand beside it')
        critical = desk.find('label', re.compile('^重点用户')).name
        desk.find('image', re.compile('^图上' + re.search('重点用户 [1-9][0-9]*', critical).group() + '$'))

        # Taken beside its middle, by a hand that is not quite still: nothing moves, so the last step is that which closed the ring.
        x, y = self.spot(desk, -0.06, -0.06)
        desk.screen.press((x + 6, y), (x + 7, y + 1))
        desk.screen.release()
        desk.find(name=re.compile('^第 1 点，共 4'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^边界还没有闭合'))
        desk.key('ctrl+shift+z')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))

        # A corner dragged over the edge across from it.  What is said above the page waits until the hand lets go.
        place, port = self.layer(desk).extents, self.house.port
        desk.screen.press(self.spot(desk, -0.06, -0.06), self.spot(desk, 0.02, 0.1))
        self.house.kill()
        desk.find('label', re.compile('^断线$'))
        time.sleep(1)
        self.assertEqual(self.layer(desk).extents, place)
        desk.screen.release()
        desk.find('alert', '起与服务器断开')
        desk.find(name=re.compile('^第 [1-4] 与第 [1-4] 边相交'))
        self.house.start('--listen', f'127.0.0.1:{port}')
        desk.gone('alert', '起与服务器断开')
        desk.find('label', '户（上一个有效图形）')
        desk.picture('areas-4-crossing')
        self.assertFalse(desk.find('push button', re.compile('^申报停水$')).has('sensitive'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        desk.gone('label', '户（上一个有效图形）')

        # The middle of an edge becomes a corner.
        desk.screen.drag(self.spot(desk, 0.06, 0), self.spot(desk, 0.09, 0.01))
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        desk.key('ctrl+shift+z')
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))

        # That of the edge which closes the ring too; no key takes it from under the hand, and the drag is one step.
        start, half, end = (self.spot(desk, *place) for place in ((-0.06, 0), (-0.08, 0.005), (-0.09, 0.01)))
        desk.screen.press(start, half)
        desk.key('ctrl+z', 'Delete')
        desk.screen.go(half, end)
        desk.screen.release()
        desk.find(name=re.compile('^形状有效 · 6 个顶点'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))

        # A right click takes a corner away.
        desk.screen.click(self.spot(desk, 0.09, 0.01), 3)
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))

        desk.click(desk.find(name='挖洞'))
        self.draw(desk, (-0.02, -0.02), (0.02, -0.02), (0.02, 0.02), (-0.02, 0.02))
        desk.find(name=re.compile('^形状有效 · 9 个顶点'))
        desk.click(desk.find(name='画多边形'))
        self.draw(desk, (-0.2, -0.06), (-0.15, -0.06), (-0.15, 0.02))
        desk.find(name=re.compile('^形状有效 · 12 个顶点'))
        self.fill(desk, '原因', 'burst main')
        self.fill(desk, '预计恢复', '+3h')
        self.fill(desk, '管径', '300')
        wait_for(lambda: self.counted(desk), 'the count to be there again')
        time.sleep(1)
        counted = self.counted(desk)
        desk.picture('areas-5-drawn')
        self.give(desk, '申报停水', lambda page: (desk.find('label', f'{counted:,}', page), desk.find('label', re.compile('^重点用户'), page),
                                                   desk.find('label', '无，新申报', page), desk.picture('areas-14-confirm')))
        desk.find('label', '停水已申报')
        outage = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]
        self.assertEqual((outage['reason'], outage['state'], outage['pipe_mm'], outage['nature']), ('burst main', 'active', 300, 'emergency'))
        self.assertEqual([[len(ring) for ring in part] for part in outage['area']['coordinates']], [[6, 5], [4]])
        self.assertEqual([[self.runs_left(ring) for ring in part] for part in outage['area']['coordinates']], [[True, False], [True]])
        answer = self.clerk.post('/v1/affected', {'area': outage['area']}).json()
        self.assertEqual(counted, answer['customers'])
        self.area(desk, re.compile('^突发停水 · burst main'))
        desk.picture('areas-6-declared')

    def test_outage_is_drawn_by_keyboard(self):
        desk, = self.city('dispatcher', size=LARGE)
        self.page(desk)
        desk.find('push button', '申报停水…').act()
        self.layer(desk)
        desk.key('Insert', 'Insert', 'Insert', 'Insert')
        desk.find(name=re.compile('^边界还没有闭合'))
        desk.find(name=re.compile('^第 4 点，共 4'))
        desk.key('Return')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        desk.key('Insert')
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))
        desk.find(name=re.compile('^第 5 点，共 5'))
        desk.key('Delete')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        desk.key('shift+Tab', 'shift+Tab', 'shift+Tab')
        desk.find(name=re.compile('^第 1 点，共 4'))
        desk.key('shift+Left', 'shift+Left', 'Up')
        self.fill(desk, '原因', 'burst main')
        self.fill(desk, '范围文字', 'both sides of the street')
        self.give(desk, '申报停水')
        first = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]
        ring = first['area']['coordinates'][0][0]
        moved, neighbour = sorted(ring[1:])[:2]
        east = (neighbour[0] - moved[0]) * 111319.5 * 0.8635        # of a square that was: the corner stands 20 m to the west now
        self.assertAlmostEqual(east, 20, delta=0.5)

        # Text alone, for a planned outage that is told late: it is taken and marked.
        desk.find('push button', '申报停水…').act()
        desk.find(name=re.compile('^没有图形'))
        self.assertFalse(desk.find('push button', re.compile('^撤销$')).has('sensitive'), 'nothing was drawn yet')
        desk.click(desk.find(name='计划'))
        self.fill(desk, '开始', '+5h')
        self.fill(desk, '原因', 'valve')
        self.fill(desk, '范围文字', 'the north side')
        desk.find(name=re.compile('^迟报'))
        desk.picture('areas-7-late')
        desk.resize(SMALL)
        button = desk.find('push button', re.compile('^申报停水$'))
        wait_for(lambda: button.extents[1] + button.extents[3] <= SMALL[1], 'what gives it to be in view')
        desk.picture('areas-26-small')
        desk.resize(LARGE)
        self.give(desk, '申报停水')
        outage = wait_for(lambda: next((each for each in self.bodies('outage') if each['id'] != first['id']), None), 'the planned outage')
        self.assertEqual((outage['nature'], outage['late_notice'], outage['area'], outage['extent']), ('planned', True, None, 'the north side'))
        self.assertEqual(outage['reason'], 'valve')
        desk.find(name=re.compile('^迟报'))
        self.more_by_keyboard(desk)
        self.leaves_by_escape(desk)

    def more_by_keyboard(self, desk):
        """A hole, a second part, the copy of an earlier area, and a file."""
        hand = Keyboard(self)

        def press(desk, words):     # the tools stand before the map
            hand.until(desk, 'shift+Tab', lambda: [desk.find('push button', words)], words)
            desk.key('space')

        hand.press(desk, '申报停水…')
        self.layer(desk)
        hand.insert(desk)
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        press(desk, '挖洞')
        hand.insert(desk)
        desk.find(name=re.compile('^形状有效 · 8 个顶点'))
        press(desk, '画多边形')
        desk.key(*['Left'] * 4)
        time.sleep(1)           # the map comes to rest
        hand.insert(desk)
        desk.find(name=re.compile('^形状有效 · 12 个顶点'))
        desk.picture('areas-38-keys')
        press(desk, '复制旧范围…')
        desk.key('Return', window=window_of(desk, '复制旧范围'))
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        self.open_file(desk, 'keys', {'type': 'MultiPolygon', 'coordinates': [square()['coordinates'], square(LON + 0.02)['coordinates']]}, press)
        desk.find(name=re.compile('^形状有效 · 8 个顶点'))
        desk.find('label', '已导入 · 8 个顶点 · 2 块')
        desk.gone('label', '已导入 · 8 个顶点 · 2 块')      # a first Escape would be for what it stands on
        desk.key('Escape')
        desk.key('Tab', 'Return', window=window_of(desk, '放弃所画内容？'))
        desk.find('list', '停水与水质个案')

    def leaves_by_escape(self, desk):
        """The tool, then the editor; with a question where something would be lost."""
        def ask(key='Escape'):
            desk.key(key)
            desk.find('dialog', '放弃所画内容？')
            return wait_for(lambda: next((each for each in [desk.window_called('放弃所画内容？')] if each != desk.window), None), 'the question')

        desk.find('push button', '申报停水…').act()
        self.layer(desk)
        desk.key('Escape', 'Escape')
        desk.find('push button', '申报停水…').act()
        self.layer(desk)
        desk.key('Insert', 'Insert', 'Insert', 'Return')
        desk.find(name=re.compile('^形状有效 · 3 个顶点'))
        desk.key('Return', window=ask())
        desk.gone('dialog', '放弃所画内容？')
        desk.find(name=re.compile('^形状有效 · 3 个顶点'))
        desk.key('Tab', 'Return', window=ask())
        desk.find('list', '停水与水质个案')

        # What is drawn does not go with the program unasked, whichever page is in front.
        desk.find('push button', '申报停水…').act()
        self.layer(desk)
        desk.key('Insert', 'Insert', 'Insert', 'Return')
        desk.find(name=re.compile('^形状有效 · 3 个顶点'))
        desk.key('alt+1')
        desk.gone(name=re.compile('^形状有效 · 3 个顶点'))
        desk.key('Return', window=ask('ctrl+q'))
        desk.gone('dialog', '放弃所画内容？')
        desk.find(name=re.compile('^形状有效 · 3 个顶点'))
        desk.key('Tab', 'Return', window=ask('ctrl+q'))
        self.assertEqual(desk.process.wait(60), 0)


if __name__ == '__main__':
    sys.exit('run by tap.py')
