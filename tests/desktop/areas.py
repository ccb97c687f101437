"""areas.py — a city with areas, and what people at a desk do with them

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import math
import os
import re
import sys
import time
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

def mercator(lat):
    """How far south on the square world of web maps."""
    return 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)


LON, LAT = 120.2335, 30.1875        # in the east company's territory


def square(lon=LON, lat=LAT, size=0.012):
    return {'type': 'Polygon', 'coordinates': [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]]}


def at(hours):
    return (datetime.now(timezone.utc) + timedelta(hours=hours)).strftime('%Y-%m-%dT%H:%M:%S.000Z')


class AreaCase(DeskCase):
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
        return self.clerk.must('receive', new_id(), **{'channel': 'hotline', 'category': 'leak', 'text': text, 'address': '东渡大道 9 号',
                                                       'point': list(point), **members})['object']['id']

    def body(self, kind, id):
        return next((change['body'] for change in reversed(self.clerk.changes()[0]) if (change['kind'], change['id']) == (kind, id)), None)

    def bodies(self, kind):
        return [change['body'] for change in self.clerk.changes()[0] if change['kind'] == kind]

    def area(self, desk, words):
        """Where the label of an area is on the map."""
        return desk.find('list item', words, desk.find('list', re.compile('^区域 [1-9]')))

    def page(self, desk):
        """The page of areas, by its key."""
        def opened():
            desk.key('alt+3')
            return desk.seek('list', '停水与水质个案')

        return wait_for(opened, 'the page of areas')[0]

    def entry(self, desk, words):
        return desk.find('list item', words, desk.find('list', '停水与水质个案'))

    def links(self, order):
        return [link['id'] for link in self.clerk.order(order)['links']]

    def lasso(self, desk, *words):
        places = [desk.symbol(each).middle for each in words]
        left, right = min(x for x, _ in places) - 30, max(x for x, _ in places) + 30
        top, bottom = min(y for _, y in places) - 30, max(y for _, y in places) + 30
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top + 6)]
        desk.click(desk.find('push button', '圈选'))
        desk.screen.move(corners[0])
        desk.screen.do('mousedown', 1)
        for start, end in zip(corners, corners[1:]):
            desk.screen.go(start, end)
        desk.screen.release()

    def layer(self, desk):
        return desk.find(name=re.compile('^正在画的区域$|^第 \\d+ 点'))

    def spot(self, desk, across, down):
        """A place of the map, as shares of its width and height from its middle."""
        layer = self.layer(desk)
        (x, y), (_, _, width, height) = layer.middle, layer.extents
        return round(x + across * width), round(y + down * height)

    def offset(self, desk, words):
        """Of an order from the middle of the map, as shares of its width and height."""
        (_, _, width, height), middle = self.layer(desk).extents, self.layer(desk).middle
        return tuple((a - b) / size for a, b, size in zip(desk.symbol(words).middle, middle, (width, height)))

    def seen(self, layer, corners, place, size=None):
        """Where a place is on the map that was shown all of these corners while it had that size: four fifths of it at a whole zoom, in its middle."""
        (x, y), (width, height) = layer.middle, size or layer.extents[2:]
        (west, east), (south, north) = ((min(side), max(side)) for side in zip(*corners))
        scale = 256 * 2 ** math.floor(math.log2(min(0.8 * width * 360 / (east - west), 0.8 * height / (mercator(south) - mercator(north))) / 256))
        return (round(x + (place[0] - (west + east) / 2) / 360 * scale), round(y + (mercator(place[1]) - (mercator(south) + mercator(north)) / 2) * scale))

    def draw(self, desk, *places):
        """Clicks on each, and on the first again."""
        for place in [*places, places[0]]:
            desk.screen.click(self.spot(desk, *place))
            time.sleep(0.3)     # two clicks are not to be one double click

    def hole_in_nothing(self, desk):
        """Said as what it is, not passed over; and taken back."""
        desk.click(desk.find(name='挖洞'))
        self.draw(desk, (-0.02, -0.02), (0.02, -0.02), (0.02, 0.02))
        desk.find(name=re.compile('^洞在多边形之外'))
        desk.key('ctrl+z')
        desk.find(name=re.compile('^边界还没有闭合'))
        desk.key('ctrl+z', 'ctrl+z', 'ctrl+z')
        desk.find(name=re.compile('^没有图形'))
        desk.click(desk.find(name='画多边形'))

    def fill(self, desk, name, text):
        """Where a field stands may change until its page has all that it shows.  Newer toolkits say what has the focus while the window
        has the keyboard, which nobody gives it where there is no window manager."""
        field = desk.find('text', name)
        desk.screen.do('windowfocus', '--sync', desk.window)
        wait_for(lambda: field.has('focused') or desk.click(field) or field.has('focused'), f'{name} to have the focus')
        desk.key('ctrl+a')
        desk.type(text)
        wait_for(lambda: field.text == text, f'{name} to hold {text}')

    def counted(self, desk):
        """Who is inside by the editor's own figure."""
        grid = desk.find('label', '受影响（实时）').parent
        figures = [label.name.replace(',', '') for label in desk.seek('label', under=grid)]
        return next((int(figure) for figure in figures if figure.isdigit()), None)

    def check_gain(self, desk, before):
        """More are inside than before, and who is new, out and inside as before adds up."""
        def adds_up():
            figures = [label.name.replace(',', '') for label in desk.find('label', '新增').parent.children][1::2]
            new, out, same = [int(figure) if figure.isdigit() else -1 for figure in figures]
            return new > 0 <= out and new + same == self.counted(desk) and out + same == before

        wait_for(adds_up, 'the figures of the revision to follow')

    def press_main(self, desk, act):
        """Ctrl+Enter, once that is open: an editor that comes back has to be there first."""
        wait_for(lambda: [each for each in desk.seek('push button', re.compile(f'^{act}$')) if each.has('sensitive')], f'{act} to be open')
        desk.key('ctrl+Return')

    def give(self, desk, act, look=None):
        """Ctrl+Enter, then Enter on the page that asks to confirm; `look` is called with it."""
        self.press_main(desk, act)
        page = desk.find('dialog', act)
        if look:
            look(page)
        desk.key('Return', window=wait_for(lambda: next((each for each in [desk.window_called(act)] if each != desk.window), None), 'the page to confirm'))

    def corners_of(self, outage):
        area = outage['area']
        parts = area['coordinates'] if area['type'] == 'MultiPolygon' else [area['coordinates']]
        return [point for part in parts for ring in part for point in ring]

    def ask(self, desk, title, words):
        """Types into the dialog of that title, and gives it by Enter."""
        desk.find('dialog', title)
        window = wait_for(lambda: next((each for each in [desk.window_called(title)] if each != desk.window), None), 'the dialog')
        desk.screen.do('windowfocus', '--sync', window)
        desk.screen.do('type', '--delay', 40, words)
        desk.key('Return', window=window)

    def to_list(self, desk):
        """By F6 to its pane, by Tab past the buttons above it; the first of the list is selected."""
        items = desk.find('list', '停水与水质个案')
        buttons = [desk.find('push button', words) for words in ('申报停水…', '水质立案…')]
        for _ in range(12):
            if desk.seek('list item', under=items, state='focused'):
                break
            desk.step('Tab' if desk.focused() in buttons else 'F6')
        desk.step('End', 'Home')

    def press(self, desk, words):
        """From the list to the pane at the other side, and by Space on the button, once Tab has come to it."""
        desk.step('F6', 'F6')
        button = desk.find('push button', words)
        for _ in range(20):
            if desk.focused() == button:
                break
            desk.step('Tab')
        desk.key('space')

    def both_sides(self, desk, outage):
        """Another desk revises while this one's revision may still be taken back: it is refused, and a person decides."""
        before = self.body('outage', outage)
        desk.gone('label', '未同步')          # the desk has heard of the revision before it, too
        desk.find('push button', '修订…').act()
        desk.find(name=re.compile('^形状有效'))
        desk.key('Tab', *['shift+Left'] * 20)
        self.fill(desk, '预计恢复', '+6h')
        self.fill(desk, '变更原因', 'one more valve')
        later = '比上次晚 [23]:[0-5][0-9]$'         # from now, which the minutes go on from
        desk.find('label', re.compile('^' + later))
        mine = self.counted(desk)
        self.give(desk, '修订停水', lambda page: desk.find('label', re.compile(f'→ .* · {later}'), page))
        theirs = square(LON, LAT - 0.004, 0.011)
        self.clerk.must('revise-outage', outage=outage, expected=at(9), area=theirs, because='the pump is broken')
        desk.find('alert', re.compile('没有办成：修订停水 停水 .* · 人民路 DN300 爆管'))
        desk.click(desk.find('push button', '看双方'))
        desk.find('heading', re.compile('^停水 O.* · 人民路 DN300 爆管：修订停水没有办成'))

        # Each shape with who is inside, in words too; on the map told apart by edge and ground.
        inside = [f'{self.clerk.post("/v1/affected", {"area": area}).json()["customers"]:,} 户' for area in (theirs, before['area'])]
        for words in (f'^已改 · 4 个顶点 · .*{inside[0]}', f'^已划定 · 4 个顶点 · .*{inside[1]}', f'^已改 · 4 个顶点 · .*{mine:,} 户' if mine else '^已改 · 4 个顶点'):
            desk.find('label', re.compile(words))
        desk.find('label', '蓝色点线：我的 · 带纹理：对方（已生效） · 细虚线：此前')
        time.sleep(2)           # the basemap
        desk.picture('areas-27-both-sides')
        desk.click(desk.find('push button', re.compile('^保留对方')))

    def place_at_fault(self, desk):
        """The territories became others before what was told got out: where the server finds it wrong is marked."""
        self.page(desk)
        desk.find('push button', '申报停水…').act()
        self.layer(desk)
        desk.key('Insert', 'Insert', 'Insert', 'Return')
        desk.find(name=re.compile('^形状有效 · 3 个顶点'))
        self.fill(desk, '原因', 'burst main')
        admin = self.house.sign_in('admin')
        units = [unit for unit in self.bodies('unit') if unit['territory']]
        self.give(desk, '申报停水')
        for unit in units:
            admin.must('put-unit', code=unit['code'], name=unit['name'], kind=unit['kind'], territory=square(10, 50, 1))
        desk.find('alert', re.compile('没有办成：申报停水'))
        desk.click(desk.find('push button', '看双方'))
        desk.find('heading', re.compile('申报停水没有办成'))
        desk.find('label', re.compile('^已划定 · 3 个顶点'))
        desk.find('label', re.compile('^120[.][0-9]{5}，30[.][0-9]{5}（图上已标出）'))
        desk.find('label', '蓝色点线：我的')
        time.sleep(2)
        desk.picture('areas-34-fault')

    def open_file(self, desk, name, content, press=lambda desk, words: desk.find('push button', words).act()):
        path = os.path.join(self.homes, f'{name}.geojson')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(content, file)
        press(desk, '导入 GeoJSON…')
        window = wait_for(lambda: next((each for each in [desk.window_called('导入 GeoJSON')] if each != desk.window), None), 'the file dialog')
        desk.screen.do('windowfocus', '--sync', window)
        desk.screen.key('ctrl+l')
        time.sleep(0.5)
        desk.screen.do('type', '--delay', 40, path)
        desk.key('shift+End', 'Delete', window=window)     # what it guessed meanwhile

        def gone():         # the first Enter may be for what it guesses
            if window in desk.windows():
                desk.key('Return', window=window)
                time.sleep(1)
            return window not in desk.windows()

        wait_for(gone, 'the file dialog to close')

    def large_files(self, desk):
        """Too many corners, or too much: said in words, and what is drawn stays; as many as a shape may have are judged and told."""
        def star(n):
            return {'type': 'Polygon', 'coordinates': [[[LON + (0.01 + 0.002 * math.sin(40 * a)) * math.cos(a), LAT + (0.01 + 0.002 * math.sin(40 * a)) * math.sin(a)]
                                                        for a in (2 * math.pi * (i % n) / n for i in range(n + 1))]]}

        for name, content, words in (('endless', star(100000), '图形最多 10,000 个顶点'), ('huge', {**star(4), 'more': 'x' * (9 << 20)}, '超过 8 MB')):
            self.open_file(desk, name, content)
            desk.find('label', re.compile(f'^文件没有导入：.*{words}.*已画的图形不变'))
            desk.find(name=re.compile('^形状有效 · 12 个顶点'))
        self.open_file(desk, 'fine', star(9999))
        desk.find(name=re.compile('^形状有效 · 9,999 个顶点'))
        wait_for(lambda: self.counted(desk), 'who is inside')
        desk.picture('areas-35-fine')

        # Two edges that cross: marked as in a small one, and with one corner back it is good again.
        desk.key('Tab', *['shift+Up'] * 20)
        desk.find(name=re.compile('^第 [0-9]+ 与第 [0-9]+ 边相交'))
        self.assertFalse(desk.find('push button', re.compile('^申报停水$')).has('sensitive'))
        desk.key(*['ctrl+z'] * 20)
        desk.find(name=re.compile('^形状有效 · 9,999 个顶点'))
        self.fill(desk, '原因', 'a large one')
        self.give(desk, '申报停水')
        told = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]
        self.assertEqual(len(self.corners_of(told)), 10000)
