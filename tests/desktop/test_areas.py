"""test_areas.py — outages and quality areas at the desk, by pointer and by keyboard

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
from areas import LAT, LON, AreaCase, at, mercator, square  # noqa: E402
from desk import LARGE  # noqa: E402
from server import new_id, wait_for  # noqa: E402


class Areas(AreaCase):
    # --- the map --------------------------------------------------------------------

    def test_map_shows_areas_as_they_stand(self):
        desk, = self.city('dispatcher', size=LARGE)
        outage = self.outage()
        self.outage(nature='planned', reason='南苑路管道检修', starts=at(60), expected=at(70), area=square(LON - 0.03, LAT - 0.01, 0.008))
        quality = self.lab.must('report-quality', new_id(), point=[LON - 0.07, LAT + 0.035], text='五户反映自来水发黄')['object']['id']
        self.area(desk, re.compile('^水质异常 · 调查中（不公布）'))       # nobody has drawn its area: at its point
        self.clerk.must('attach-call', new_id(), to=quality, channel='hotline', text='水也黄', point=[LON - 0.066, LAT + 0.039])
        desk.find('list', '区域 3 片')
        desk.picture('areas-24-case')
        self.lab.must('draft-quality', quality=quality, area=square(LON - 0.072, LAT + 0.03, 0.008))
        desk.find('list', '区域 3 片')
        label = self.area(desk, re.compile('^突发停水 · 人民路 DN300 爆管，停水中，预计 .* 恢复'))
        self.area(desk, re.compile('^计划停水 · 南苑路管道检修，已预告'))
        draft = self.area(desk, re.compile('^水质异常 · 调查中（不公布）.* · [1-9][0-9,]* 户'))
        self.assertGreater(label.extents[2], 100, 'the label has its place beside the area')
        self.assertGreater(draft.extents[2], 100)
        self.call('二楼没有水')
        desk.row('二楼没有水')
        desk.picture('areas-1-board')
        self.clerk.must('restore-outage', outage=outage)
        desk.find('list', '区域 2 片')

    # --- the list, and orders hung on an area ---------------------------------------------

    def test_orders_dropped_on_an_area_are_linked(self):
        desk, = self.city('dispatcher', size=LARGE)
        outage = self.outage()
        order = self.call('二楼没有水')
        row = desk.row('二楼没有水')
        self.area(desk, re.compile('^突发停水'))
        place = desk.symbol('二楼没有水')
        desk.drag(row, place, over=lambda: desk.picture('areas-2-dropped'))
        desk.key('ctrl+z')
        desk.find('label', '已撤销')
        self.assertEqual(self.links(order), [])
        desk.drag(desk.row('二楼没有水'), desk.symbol('二楼没有水'))
        wait_for(lambda: self.links(order) == [outage], 'the drop to link the order')

        other = self.call('三楼没有水')
        desk.click(desk.row('三楼没有水'))
        desk.key('ctrl+l')
        desk.find('dialog', '挂接')
        desk.key('Return', window=desk.window_called('挂接'))
        wait_for(lambda: self.links(other) == [outage], 'Ctrl+L to link the order')
        self.surrounded(desk, outage)

    def surrounded(self, desk, outage):
        """Orders inside one line, dropped on the area: one act for all of them."""
        orders = [self.call(f'{name}户没有水', (LON + 0.002 * i, LAT - 0.004)) for i, name in enumerate('甲乙丙')]
        self.lasso(desk, *(f'{name}户没有水' for name in '甲乙丙'))
        desk.drag(desk.find('label', re.compile('^圈内 3 单')), desk.symbol('二楼没有水'), over=lambda: desk.picture('areas-18-lasso'))
        desk.key('ctrl+z')
        desk.find('label', '已撤销')
        desk.gone('label', re.compile('^圈内'))
        self.assertEqual([self.links(order) for order in orders], [[], [], []])
        self.lasso(desk, *(f'{name}户没有水' for name in '甲乙丙'))
        desk.drag(desk.find('label', re.compile('^圈内 3 单')), desk.symbol('二楼没有水'))
        wait_for(lambda: [self.links(order) for order in orders] == [[outage]] * 3, 'all of them to be linked')
        desk.picture('areas-19-lassoed')

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

        # The map's own orders are listed for who does not see it, each with the crew that is on its way.
        self.clerk.must('dispatch', order=orders[0], unit='east')
        east = self.house.sign_in('east')
        crew = next(change['body'] for change in east.changes()[0] if change['kind'] == 'crew' and change['body']['unit'] == 'east')
        east.must('accept', order=orders[0])
        east.must('assign', order=orders[0], crew=crew['id'])
        self.assertGreater(desk.symbol(re.compile(f'甲户没有水.*班组 {crew["name"]}')).extents[2], 20)
        desk.key('ctrl+l')
        self.turned_round(desk)
        wait_for(lambda: all(self.links(order) == [sooner] for order in orders), 'all orders inside to be linked')
        desk.find('list item', re.compile('人民路.*未挂接 0'), items)
        desk.find('push button', '恢复供水…').act()
        desk.find('dialog', '恢复供水')
        given = self.was_back_a_while_ago(desk)
        self.turned_round(desk)
        body = wait_for(lambda: (lambda body: body if body['state'] == 'restored' else None)(self.body('outage', sooner)), 'the water to be back')
        told = datetime.fromisoformat(body['restored_at'].replace('Z', '+00:00'))
        self.assertLessEqual(told, given - timedelta(minutes=20), 'when it was told to have come back, whatever happened since')
        desk.find('list item', re.compile('人民路.*已恢复'), items)
        desk.click(self.entry(desk, '会展路阀门抢修'))
        desk.find('label', re.compile('^范围内在办工单 0'))

        # Whoever has to be telephoned first can be read to the last one.
        n = int(re.search('[0-9]+', desk.find('label', re.compile('^重点用户 [0-9]+')).name).group())
        lines = [customer['address'] for customer in self.clerk.post('/v1/affected', {'area': square(LON - 0.05)}).json()['critical']]
        self.assertEqual(n, len(lines))
        self.assertGreater(n, 8)
        fold = desk.find('push button', f'另有 {n - 8} 户')
        self.assertFalse(desk.seek('label', lines[8], fold))
        desk.click(fold)
        for address in lines:
            desk.find('label', address, fold if address in lines[8:] else None)
        self.press_outlasts_an_order(desk)
        desk.find('dialog', '取消停水')
        window = desk.window_called('取消停水')
        desk.screen.do('windowfocus', '--sync', window)
        desk.screen.do('type', '--delay', 40, 'not needed')
        desk.key('Return', window=window)
        wait_for(lambda: self.body('outage', later)['state'] == 'cancelled', 'the outage to be cancelled')

        # What stands in the dialog is told, not the moment at which it is pressed.
        running = self.outage(reason='滨江路抢修', area=square(LON - 0.05))
        self.assertTrue(self.area(desk, re.compile('滨江路抢修')).act('map-area.open'))
        desk.find('label', '突发停水 · 滨江路抢修')
        desk.find('push button', '恢复供水…').act()
        desk.find('dialog', '恢复供水')
        shown = datetime.now(timezone.utc)
        time.sleep(2)
        desk.key('Return', window=wait_for(lambda: next((each for each in [desk.window_called('恢复供水')] if each != desk.window), None), 'the dialog'))
        body = wait_for(lambda: (lambda body: body if body['state'] == 'restored' else None)(self.body('outage', running)), 'the water to be back')
        self.assertLessEqual(datetime.fromisoformat(body['restored_at'].replace('Z', '+00:00')), shown)

        # Announced, it is its start that comes next.
        self.outage(nature='planned', reason='南苑路管道检修', starts=at(60), expected=at(70))
        planned = desk.find('list item', re.compile('南苑路管道检修'), items)
        desk.find('label', '停水开始', planned)
        desk.picture('areas-25-announced')

    def turned_round(self, desk):
        """What was given is taken back, and given again as it was."""
        desk.find('push button', re.compile('^撤销 .*Ctrl'))
        desk.key('ctrl+z')
        desk.find('label', '已撤销')
        desk.key('ctrl+shift+z')
        desk.find('push button', re.compile('^撤销 .*Ctrl'))

    def was_back_a_while_ago(self, desk):
        """The real time is told (R66): now at first; not before the water went, nor to come."""
        window = wait_for(lambda: next((each for each in [desk.window_called('恢复供水')] if each != desk.window), None), 'the dialog')
        page = desk.find('dialog', '恢复供水')
        entry, button = desk.find('text', '恢复时间', page), desk.find('push button', re.compile('^恢复供水'), page)
        then = datetime.now(timezone.utc) + timedelta(hours=8, minutes=-20)
        desk.screen.do('windowfocus', '--sync', window)
        desk.screen.click(entry.middle)
        for text, known in (((then - timedelta(hours=5)).strftime('%H:%M'), False), ('+2h', False), (then.strftime('%H:%M'), True)):
            desk.screen.key('ctrl+a')
            desk.screen.do('type', '--delay', 40, text)
            wait_for(lambda known=known: button.has('sensitive') == known, f'{text} to be judged')
        desk.picture('areas-28-restored')
        given = datetime.now(timezone.utc)
        desk.key('Return', window=window)
        return given

    def press_outlasts_an_order(self, desk):
        """What is pressed stays while an order comes into the area, and while the mark is on a row of the list."""
        button = desk.find('push button', '取消停水…')
        desk.screen.move(button.middle)
        desk.screen.do('mousedown', 1)
        self.call('一楼没有水', (LON - 0.044, LAT + 0.006))
        desk.find('label', re.compile('^一楼没有水'))
        desk.find('list item', re.compile('会展路.*范围内在办 1'))
        desk.screen.do('mouseup', 1)

    # --- drawing ----------------------------------------------------------------------------

    def test_copied_corners_snap_to_their_neighbour(self):
        desk, = self.city('dispatcher', size=LARGE)
        outage = self.outage()
        self.page(desk)
        self.entry(desk, '人民路 DN300 爆管')
        desk.find('push button', '申报停水…').act()
        desk.find('push button', '复制旧范围…').act()
        desk.find('dialog', '复制旧范围')
        desk.key('Return', window=desk.window_called('复制旧范围'))
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        time.sleep(1)

        # The box fills four fifths of the map at a whole zoom, in its middle.
        layer = self.layer(desk)
        (x, y), (_, _, width, height) = layer.middle, layer.extents
        across, down = 0.012 / 360, mercator(LAT) - mercator(LAT + 0.012)
        scale = 256 * 2 ** math.floor(math.log2(min(0.8 * width / across, 0.8 * height / down) / 256))

        def seen(lon, lat):
            return x + (lon - LON - 0.006) / 360 * scale, y + (mercator(lat) - mercator(LAT) + down / 2) * scale

        def somewhere(lon, lat):
            return tuple(round(value) for value in seen(lon, lat))

        corner = somewhere(LON + 0.012, LAT + 0.012)
        desk.screen.press(corner, (corner[0] + 6, corner[1] - 5))
        desk.picture('areas-12-snap')
        desk.screen.release()
        self.fill(desk, '原因', 'the same')
        self.assertEqual(len(self.nearly(self.saved(desk, 'same'), self.body('outage', outage))), 5)

        # A corner beside a street: with Ctrl it stays there, without it is drawn onto the street.
        name, a, b = self.lonely_street(seen)
        middle = seen((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        (ax, ay), (bx, by) = seen(*a), seen(*b)
        beside = tuple(round(middle[i] + 6 * (ay - by, bx - ax)[i] / math.dist((ax, ay), (bx, by))) for i in (0, 1))

        def apart(area):
            """Of the corner that was moved from the street, in pixels."""
            moved = min((seen(*place) for place in self.corners_of({'area': area})), key=lambda place: math.dist(place, middle))
            return abs((moved[0] - ax) * (by - ay) - (moved[1] - ay) * (bx - ax)) / math.dist((ax, ay), (bx, by))

        desk.screen.do('keydown', 'ctrl')
        desk.screen.drag(corner, beside)
        desk.screen.do('keyup', 'ctrl')
        self.assertGreater(apart(self.saved(desk, 'free')), 3)
        along = tuple(round(beside[i] + 6 * (bx - ax, by - ay)[i] / math.dist((ax, ay), (bx, by))) for i in (0, 1))
        desk.screen.press(beside, along)
        desk.picture('areas-13-street')
        desk.screen.release()
        self.assertLess(apart(self.saved(desk, 'drawn')), 0.05, name)

        # What somebody else draws meanwhile is a neighbour too.
        another = self.outage(reason='另一处', area=square(LON + 0.016, LAT + 0.006, 0.002))
        desk.find('list', '区域 2 片')
        time.sleep(1)
        near = somewhere(LON + 0.016, LAT + 0.006)
        desk.screen.drag(somewhere(LON + 0.012, LAT), (near[0] + 4, near[1] + 4))
        self.assertEqual(len(self.nearly(self.saved(desk, 'beside'), {'area': square(LON + 0.016, LAT + 0.006, 0.002)})), 1)
        self.give(desk, '申报停水')
        copied = wait_for(lambda: next((each for each in self.bodies('outage') if each['id'] not in (outage, another)), None), 'the copy')
        self.assertLess(apart(copied['area']), 0.05)

    def nearly(self, area, outage):
        """The corners that both have, to a decimetre."""
        return [place for place in self.corners_of({'area': area})
                if any(max(abs(place[0] - other[0]), abs(place[1] - other[1])) < 1e-6 for other in self.corners_of(outage))]

    def lonely_street(self, seen):
        """Name and ends of a straight piece of a street, inside what was copied, with no other street near."""
        streets = self.clerk.get(f'/v1/streets?box={LON},{LAT},{LON + 0.012},{LAT + 0.012}').json()['streets']
        edges = [(street['name'], a, b) for street in streets for a, b in zip(street['line'], street['line'][1:])]

        def far(place, edge):
            (px, py), (ax, ay), (bx, by) = place, seen(*edge[1]), seen(*edge[2])
            length = math.dist((ax, ay), (bx, by)) or 1
            along = min(max(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length ** 2, 0), 1)
            return math.dist(place, (ax + along * (bx - ax), ay + along * (by - ay)))

        for edge in edges:
            _, a, b = edge
            middle = seen((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            inside = all(LON + 0.002 < end[0] < LON + 0.010 and LAT + 0.002 < end[1] < LAT + 0.010 for end in (a, b))
            if inside and math.dist(seen(*a), seen(*b)) > 20 and all(a in other or b in other or far(middle, other) > 20 for other in edges):
                return edge
        raise AssertionError('no street that lies alone')

    def saved(self, desk, name):
        """What is drawn, by the file that it is saved to."""
        path = os.path.join(self.homes, f'{name}.geojson')
        desk.find('push button', '导出 GeoJSON…').act()
        window = wait_for(lambda: next((each for each in [desk.window_called('导出 GeoJSON')] if each != desk.window), None), 'the file dialog')
        desk.screen.do('windowfocus', '--sync', window)
        desk.screen.key('ctrl+a')
        desk.screen.do('type', '--delay', 40, path)
        desk.key('Return', window=window)
        desk.find('label', re.compile('^已保存'))

        def whole():        # what an earlier one said may stand there still
            try:
                with open(path, encoding='utf-8') as file:
                    return json.load(file)
            except (FileNotFoundError, ValueError):
                return None
        return wait_for(whole, 'the file')

    FAULTS = (
        ('turned', [[[30.2, 120.2], [30.2, 120.3], [30.3, 120.3], [30.2, 120.2]]], {}, '应先经度、后纬度'),
        ('open', [[[120.2, 30.2], [120.3, 30.2], [120.3, 30.3], [120.2, 30.3]]], {}, '边界没有闭合'),
        ('crs', [[[120.2, 30.2], [120.21, 30.2], [120.21, 30.21], [120.2, 30.2]]], {'crs': {'type': 'name', 'properties': {'name': 'urn:ogc:def:crs:EPSG::3857'}}}, '坐标系（crs）不同'),
        ('meridian', [[[179, 30], [-179, 30], [-179, 31], [179, 31], [179, 30]]], {}, '180 度经线'),
        ('bow', [[[120.2, 30.2], [120.21, 30.21], [120.21, 30.2], [120.2, 30.21], [120.2, 30.2]]], {}, '自相交'),
    )

    # --- a quality case at the desk of the quality centre ----------------------------------------

    def test_case_is_drawn_against_what_was_seen(self):
        desk, = self.city('quality', size=LARGE)
        case = self.clerk.must('report-quality', new_id(), point=[LON + 0.006, LAT + 0.006], text='五户反映自来水发黄')['object']['id']
        self.page(desk)
        desk.click(self.entry(desk, '水质异常'))

        # Its steps, each with whose it is, and the one that is to be done.
        for words in ('立案.*客服中心.*已完成', '联合到场 0/2.*双方.*当前步骤', '划定区域.*水质检测中心.*后续步骤', '结论与停水.*水质检测中心.*后续步骤'):
            desk.find(name=re.compile(words))
        east = self.house.sign_in('east')
        east.must('attend-quality', quality=case)
        desk.find(name=re.compile('联合到场 1/2.*当前步骤'))
        desk.click(desk.find('push button', '我方到场'))
        desk.find(name=re.compile('联合到场 2/2.*已完成'))
        desk.find(name=re.compile('划定区域.*当前步骤'))
        desk.picture('areas-29-steps')

        # Somebody else draws meanwhile: that is looked at first.  A call that is attached changes nothing.
        desk.click(desk.find('push button', '划定异常区域…'))
        self.draw(desk, (-0.04, -0.05), (0.04, -0.05), (0.04, 0.05), (-0.04, 0.05))
        self.clerk.must('attach-call', new_id(), to=case, channel='hotline', text='水也黄', point=[LON + 0.008, LAT + 0.006])
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        self.lab.must('draft-quality', quality=case, area=square(LON, LAT, 0.004))
        desk.find('alert', '他人已改动该个案')
        desk.key('ctrl+Return')
        self.assertEqual(self.body('quality', case)['draft_area'], square(LON, LAT, 0.004))
        desk.click(desk.find('push button', '采纳他人修订'))
        desk.gone('alert', '他人已改动该个案')
        self.press_main(desk, '存为调查区域')
        desk.find('label', '调查区域已保存')

        # Taken back, it is in the editor again.
        self.assertTrue(desk.find('push button', re.compile('^撤销 .*Ctrl')).act())
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        self.press_main(desk, '存为调查区域')
        desk.find('label', '调查区域已保存')

        # While it may still be taken back: refused, with both sides for a person to see.
        self.lab.must('draft-quality', quality=case, area=square(LON, LAT, 0.006))
        desk.find('alert', re.compile('没有办成'))
        desk.click(desk.find('push button', '看双方'))
        desk.find('heading', re.compile('^水质个案 Q'))
        for text in ('我的', '对方（已生效）', '此前', '不同'):
            desk.find('label', text)
        desk.picture('areas-30-case-both-sides')
        self.assertEqual(self.body('quality', case)['draft_area'], square(LON, LAT, 0.006))

    def test_files_of_others(self):
        desk, = self.city('dispatcher', size=LARGE)
        self.page(desk)
        desk.find('push button', '申报停水…').act()
        for name, rings, more, words in self.FAULTS:
            self.open_file(desk, name, {'type': 'FeatureCollection', **more, 'features': [
                {'type': 'Feature', 'properties': {}, 'geometry': {'type': 'Polygon', 'coordinates': rings}}]})
            desk.find('label', re.compile(f'^文件没有导入：.*{re.escape(words)}.*已画的图形不变'))
        self.open_file(desk, 'empty', {'type': 'FeatureCollection', 'features': []})
        desk.find('label', re.compile('^文件没有导入：其中没有多边形。已画的图形不变'))

        # The map has gone to where the border crosses itself: what is drawn by keyboard lies around its middle.
        self.layer(desk)
        desk.key('Insert', 'Insert', 'Insert', 'Return')
        desk.find(name=re.compile('^形状有效 · 3 个顶点'))
        sides = list(zip(*self.corners_of({'area': self.saved(desk, 'there')})))
        self.assertLess(math.dist([(min(side) + max(side)) / 2 for side in sides], (120.205, 30.205)), 1e-3)
        far = square(10, 50)
        self.open_file(desk, 'far', far)
        desk.find(name=re.compile('^在所有属地范围之外'))
        desk.find('label', '已导入 · 4 个顶点')
        desk.gone('label', re.compile('^文件没有导入'))
        desk.picture('areas-11-outside')
        self.assertFalse(desk.find('push button', re.compile('^申报停水$')).has('sensitive'))
        hole = [[x + 0.002 * (x == LON) - 0.002 * (x > LON), y + 0.002 * (y == LAT) - 0.002 * (y > LAT)] for x, y in square()['coordinates'][0]]
        good = {'type': 'MultiPolygon', 'coordinates': [[square()['coordinates'][0], hole], square(LON + 0.02)['coordinates']]}
        self.open_file(desk, 'good', {'type': 'Feature', 'properties': {}, 'geometry': good})
        desk.find(name=re.compile('^形状有效 · 12 个顶点'))
        desk.find('label', '已导入 · 12 个顶点 · 2 块')
        desk.key('ctrl+z')
        desk.find(name=re.compile('^在所有属地范围之外'))
        desk.key('ctrl+shift+z')
        desk.find(name=re.compile('^形状有效 · 12 个顶点'))
        self.large_files(desk)

    def test_revision_of_another_is_not_overwritten(self):
        desk, = self.city('dispatcher', size=LARGE)
        outage = self.outage()
        self.page(desk)
        desk.click(self.entry(desk, '人民路 DN300 爆管'))
        desk.find('push button', '修订…').act()
        self.fill(desk, '管径', '500')
        self.fill(desk, '变更原因', 'a larger one')
        self.clerk.must('attach-call', to=outage, channel='hotline', caller={'name': '王五', 'phone': '13912345678'})

        # While the page to confirm is open.
        desk.key('ctrl+Return')
        desk.find('dialog', '修订停水')
        window = wait_for(lambda: next((each for each in [desk.window_called('修订停水')] if each != desk.window), None), 'the page to confirm')
        theirs = at(7)
        self.clerk.must('revise-outage', outage=outage, expected=theirs, area=square(size=0.009), because='two valves')
        desk.find(name='此停水区域已被他人修订')
        desk.key('Return', window=window)
        desk.find('label', re.compile('^已被他人修订：请先采纳'))
        desk.find('label', '已重新绘制')
        desk.find('label', '点划线 = 他人修订后的范围')
        desk.picture('areas-20-overtaken')
        desk.find('push button', '采纳他人修订').act()
        desk.gone(name='此停水区域已被他人修订')
        desk.gone('label', '点划线 = 他人修订后的范围')
        before = self.body('outage', outage)
        self.assertEqual((before['expected'], before['pipe_mm'], before['calls']), (theirs, None, 1))
        self.give(desk, '修订停水', lambda page: desk.find('label', re.compile('DN500'), page))
        after = wait_for(lambda: (lambda body: body if body['version'] > before['version'] else None)(self.body('outage', outage)), 'the revision')
        self.assertEqual((after['expected'], after['pipe_mm'], after['area']), (theirs, 500, before['area']))

    def test_moved_boundary_is_shown_beside_the_one_before(self):
        desk, = self.city('dispatcher', size=LARGE)
        outage = self.outage()
        self.page(desk)
        desk.click(self.entry(desk, '人民路 DN300 爆管'))
        time.sleep(1)
        desk.find('push button', '修订…').act()
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        same = wait_for(lambda: self.counted(desk), 'what is inside to be counted')

        # Orders inside are linked from here too, and Ctrl+Z is for that while its toast says so.
        order = self.call('二楼没有水')
        desk.find('label', re.compile('^未挂接 [1-9]'))
        desk.find('push button', re.compile('^全部挂接'))
        desk.picture('areas-36-link')
        desk.key('ctrl+l')
        desk.find('label', '未挂接 0')
        desk.gone('push button', re.compile('^全部挂接'))
        desk.key('ctrl+z')
        desk.find('label', re.compile('^未挂接 [1-9]'))
        self.assertEqual(self.links(order), [])
        desk.key('Tab')
        desk.find(name=re.compile('^第 1 点，共 4'))
        desk.key(*['shift+Left'] * 30)
        desk.key('ctrl+Return')
        desk.find(name=re.compile('^请填写变更原因'))
        self.fill(desk, '变更原因', 'a valve does not hold')
        desk.find(name='新增')
        self.check_gain(desk, same)
        desk.picture('areas-8-revised')
        before = self.body('outage', outage)
        self.give(desk, '修订停水')
        self.assertTrue(desk.find('push button', re.compile('^撤销 .*Ctrl')).act())
        wait_for(lambda: desk.find('text', '变更原因').text == 'a valve does not hold', 'the revision to be in the editor again')
        self.assertEqual(self.body('outage', outage)['version'], before['version'])
        wait_for(lambda: self.counted(desk), 'what is inside to be counted again')
        self.give(desk, '修订停水', lambda page: (desk.find('label', '移出', page), desk.find('label', 'a valve does not hold', page), desk.picture('areas-15-replaces')))
        after = wait_for(lambda: (lambda body: body if body['version'] > before['version'] else None)(self.body('outage', outage)), 'the revision')
        self.assertLess(min(x for x, _ in self.corners_of(after)), min(x for x, _ in self.corners_of(before)) - 0.002)
        self.assertEqual((after['reason'], after['starts'], after['expected']), (before['reason'], before['starts'], before['expected']))
        self.both_sides(desk, outage)
        self.place_at_fault(desk)


if __name__ == '__main__':
    sys.exit('run by tap.py')
