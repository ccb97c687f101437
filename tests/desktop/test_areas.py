"""test_areas.py — outages and quality areas at the desk, by pointer and by keyboard

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
import time
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import LARGE, DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

LON, LAT = 120.2335, 30.1875        # in the east company's territory


def square(lon=LON, lat=LAT, size=0.012):
    return {'type': 'Polygon', 'coordinates': [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]]}


def at(hours):
    return (datetime.now(timezone.utc) + timedelta(hours=hours)).strftime('%Y-%m-%dT%H:%M:%S.000Z')


class Areas(DeskCase):
    def city(self, *users, **more):
        """A demo server with a few areas, and windows of these users."""
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        self.lab = self.house.sign_in('quality')
        return [self.open(self.house, user, **more) for user in users]

    def outage(self, **members):
        return self.clerk.must('declare-outage', **{'nature': 'emergency', 'reason': '人民路 DN300 爆管', 'starts': at(-1), 'expected': at(3),
                                                    'area': square(), **members})['object']['id']

    def call(self, text, point=(LON + 0.006, LAT + 0.006), **members):
        return self.clerk.must('receive', new_id(), channel='hotline', category='leak', text=text, address='东渡大道 9 号',
                               point=list(point), **members)['object']['id']

    def body(self, kind, id):
        return next((change['body'] for change in reversed(self.clerk.changes()[0]) if (change['kind'], change['id']) == (kind, id)), None)

    def bodies(self, kind):
        return [change['body'] for change in self.clerk.changes()[0] if change['kind'] == kind]

    def area(self, desk, words):
        """Where the label of an area is on the map."""
        return desk.find('list item', words, desk.find('list', re.compile('^区域 [1-9]')))

    # --- the map --------------------------------------------------------------------

    def test_map_shows_areas_as_they_stand(self):
        desk, = self.city('dispatcher', size=LARGE)
        outage = self.outage()
        self.outage(nature='planned', reason='南苑路管道检修', starts=at(60), expected=at(70), area=square(LON - 0.03, LAT - 0.01, 0.008))
        quality = self.lab.must('report-quality', new_id(), point=[LON + 0.02, LAT - 0.01], text='五户反映自来水发黄')['object']['id']
        desk.find('list', '区域 2 片')
        self.lab.must('draft-quality', quality=quality, area=square(LON + 0.018, LAT - 0.015, 0.008))
        desk.find('list', '区域 3 片')
        label = self.area(desk, re.compile('^突发停水 · 人民路 DN300 爆管，停水中，预计 .* 恢复'))
        self.area(desk, re.compile('^计划停水 · 南苑路管道检修，已预告'))
        draft = self.area(desk, re.compile('^水质异常 · 调查中（不公布）'))
        self.assertGreater(label.extents[2], 100, 'the label has its place beside the area')
        self.assertGreater(draft.extents[2], 100)
        self.call('二楼没有水')
        desk.row('二楼没有水')
        desk.picture('areas-1-board')
        self.clerk.must('restore-outage', outage=outage)
        desk.find('list', '区域 2 片')

    # --- the list, and orders hung on an area ---------------------------------------------

    def page(self, desk):
        """The page of areas, by its key."""
        desk.find('label', '派单台') if desk.user == 'dispatcher' else desk.find(name='值班台')
        desk.key('alt+3')
        return desk.find('list', '停水与水质个案')

    def entry(self, desk, words):
        return desk.find('list item', words, desk.find('list', '停水与水质个案'))

    def links(self, order):
        return [link['id'] for link in self.clerk.order(order)['links']]

    def test_list_says_what_is_due_next_and_links_all(self):
        desk, = self.city('dispatcher', size=LARGE)
        later = self.outage(reason='会展路阀门抢修', expected=at(5), area=square(LON - 0.05))
        sooner = self.outage()
        orders = [self.call(f'{name}户没有水') for name in '甲乙丙']
        items = self.page(desk)
        wait_for(lambda: [re.search('· ([^，,]+)', row.name).group(1) for row in desk.seek('list item', under=items)] == ['人民路 DN300 爆管', '会展路阀门抢修'],
                 'the one that is expected back first to stand first')
        desk.find('list item', re.compile('人民路.*范围内在办 [3-9].*未挂接 [3-9]'), items)
        desk.click(self.entry(desk, '人民路 DN300 爆管'))
        desk.find('label', re.compile('^范围内在办工单 [3-9]'))
        desk.picture('areas-3-list')
        desk.key('ctrl+l')
        wait_for(lambda: all(self.links(order) == [sooner] for order in orders), 'all orders inside to be linked')
        desk.find('list item', re.compile('人民路.*未挂接 0'), items)
        desk.find('push button', '恢复供水…').act()
        desk.find('dialog', '恢复供水')
        desk.key('Return', window=desk.window_called('恢复供水'))
        wait_for(lambda: self.body('outage', sooner)['state'] == 'restored', 'the water to be back')
        desk.find('list item', re.compile('人民路.*已恢复'), items)
        desk.click(self.entry(desk, '会展路阀门抢修'))
        desk.find('push button', '取消停水…').act()
        desk.find('dialog', '取消停水')
        window = desk.window_called('取消停水')
        desk.screen.do('windowfocus', '--sync', window)
        desk.screen.do('type', '--delay', 40, 'not needed')
        desk.key('Return', window=window)
        wait_for(lambda: self.body('outage', later)['state'] == 'cancelled', 'the outage to be cancelled')

    # --- drawing ----------------------------------------------------------------------------

    def layer(self, desk):
        return desk.find(name=re.compile('^正在画的区域$|^第 \\d+ 点'))

    def spot(self, desk, across, down):
        """A place of the map, as shares of its width and height from its middle."""
        layer = self.layer(desk)
        (x, y), (_, _, width, height) = layer.middle, layer.extents
        return round(x + across * width), round(y + down * height)

    def draw(self, desk, *places):
        """Clicks on each, and on the first again."""
        for place in [*places, places[0]]:
            desk.screen.click(self.spot(desk, *place))
            time.sleep(0.3)     # two clicks are not to be one double click

    def fill(self, desk, name, text):
        desk.click(desk.find('text', name))
        desk.key('ctrl+a')
        desk.type(text)

    def counted(self, desk):
        """Who is inside by the editor's own figure."""
        grid = desk.find('label', '受影响（实时）').parent
        figure = next((each for each in desk.seek('label', re.compile('^[0-9,]+$'), grid)), None)
        return int(figure.name.replace(',', '')) if figure else None

    def corners(self, outage):
        return [point for part in outage['area']['coordinates'] for ring in part for point in ring]

    SQUARE = ((-0.06, -0.06), (0.06, -0.06), (0.06, 0.06), (-0.06, 0.06))

    def test_outage_is_drawn_with_the_pointer(self):
        desk, = self.city('dispatcher', size=LARGE)
        self.page(desk)
        desk.find('push button', '申报停水…').act()
        self.draw(desk, *self.SQUARE)
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        wait_for(lambda: self.counted(desk), 'the count to stand beside it')
        desk.find('label', re.compile('^重点用户'))

        # A corner dragged over the edge across from it.
        desk.screen.drag(self.spot(desk, -0.06, -0.06), self.spot(desk, 0.02, 0.1))
        desk.find(name=re.compile('^第 [1-4] 与第 [1-4] 边相交'))
        desk.picture('areas-4-crossing')
        self.assertFalse(desk.find('push button', re.compile('^申报停水$')).has('sensitive'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))

        # The middle of an edge becomes a corner.
        desk.screen.drag(self.spot(desk, 0.06, 0), self.spot(desk, 0.09, 0.01))
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        desk.key('ctrl+shift+z')
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
        desk.key('ctrl+Return')
        desk.find('label', '停水已申报')
        outage = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]
        self.assertEqual((outage['reason'], outage['state'], outage['pipe_mm'], outage['nature']), ('burst main', 'active', 300, 'emergency'))
        self.assertEqual([[len(ring) for ring in part] for part in outage['area']['coordinates']], [[6, 5], [4]])
        answer = self.clerk.post('/v1/affected', {'area': outage['area']}).json()
        self.assertEqual(counted, answer['customers'])
        self.area(desk, re.compile('^突发停水 · burst main'))
        desk.picture('areas-6-declared')


if __name__ == '__main__':
    sys.exit('run by tap.py')
