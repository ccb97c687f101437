"""test_areas.py — outages and quality areas at the desk, by pointer and by keyboard

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
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


if __name__ == '__main__':
    sys.exit('run by tap.py')
