"""test_known.py — who is in an area, what is known at a place, and streets to draw along

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, OwnHouseCase  # noqa: E402
from test_areas import WRONG, polygon, square  # noqa: E402

HEAD = 'account,name,phone,address,lon,lat,class\n'
CUSTOMERS = (   # account, address, lon, lat, class
    ('A1', '解放路1号', 120.211, 30.211, 'domestic'),
    ('A2', '解放路2号', 120.212, 30.212, 'domestic'),
    ('A3', '解放路3号', 120.213, 30.213, 'industry'),
    ('B1', '人民路1号', 120.218, 30.218, 'school'),
    ('B2', '人民路2号', 120.217, 30.217, 'hospital'),
    ('B3', '人民路3号', 120.216, 30.216, 'highrise'),
    ('B0', '人民路0号', 120.215, 30.215, 'hospital'),
    ('C1', '城外路1号', 120.311, 30.311, 'dialysis'),
    ('D1', '无名路', '', '', 'fire'),
)
INSIDE = square(120.21, 30.21, 0.01)


def backwards(shape):
    return {'type': 'Polygon', 'coordinates': [list(reversed(ring)) for ring in shape['coordinates']]}


def put_customers(server, customers):
    path = os.path.join(server.work, 'customers.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(HEAD)
        for account, address, lon, lat, kind in customers:
            file.write(f'{account},某某,,{address},{lon},{lat},{kind}\n')
    server.ctl('import', 'customers', path)


class Asking:
    def ask(self, area, who=None):
        answer = (who or self.dispatcher).post('/v1/affected', {'area': area})
        self.assertEqual(answer.status, 200, answer)
        body = answer.json()
        self.assertEqual(list(body), ['customers', 'orders', 'critical'])
        return body

    def see(self, object_id, who=None):
        since, found = 0, None
        while True:
            page = (who or self.dispatcher).get(f'/v1/changes?since={since}&limit=5000').json()
            found = next((change['body'] for change in page['changes'] if change['id'] == object_id), found)
            since = page['seq']
            if not page['more']:
                return found


class Affected(Asking, HouseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put_customers(cls.server, CUSTOMERS)

    def test_who_is_inside(self):
        inside, outside = self.receive(point=[120.215, 30.215]), self.receive(point=[120.235, 30.215])
        nowhere = self.receive(point=None)
        merged = self.receive(point=[120.216, 30.216])
        self.dispatcher.must('link', order=merged, to=inside)
        closed = self.order('closed', point=[120.217, 30.217])
        for area in INSIDE, backwards(INSIDE), {'type': 'MultiPolygon', 'coordinates': [INSIDE['coordinates']]}:
            body = self.ask(area)
            self.assertEqual(body['customers'], 7)
            self.assertIn(inside, body['orders'])
            for order in outside, nowhere, merged, closed:
                self.assertNotIn(order, body['orders'])
            self.assertEqual([(one['account'], one['class']) for one in body['critical']],
                             [('B0', 'hospital'), ('B2', 'hospital'), ('B1', 'school'), ('B3', 'highrise')])
            self.assertEqual(body['critical'][0], {'account': 'B0', 'class': 'hospital', 'address': '人民路0号', 'point': [120.215, 30.215]})
        self.assertEqual(self.ask(square(121, 31)), {'customers': 0, 'orders': [], 'critical': []})

    def test_the_border_is_inside(self):
        """Edge, corner and a hole's edge; not what lies in the hole."""
        self.assertEqual(self.ask(square(120.211, 30.205, 0.01))['customers'], 4)       # A1 on its edge; A2 A3 B0 within
        self.assertEqual(self.ask(polygon((120.211, 30.211), (120.212, 30.211), (120.212, 30.212), (120.211, 30.212), (120.211, 30.211)))['customers'], 2)
        slanting = polygon((120.210, 30.210), (120.220, 30.220), (120.210, 30.220), (120.210, 30.210))
        self.assertEqual(self.ask(slanting)['customers'], 7)    # all lie on its long edge
        holed = dict(INSIDE, coordinates=INSIDE['coordinates'] + square(120.215, 30.215, 0.002)['coordinates'])
        for area in holed, backwards(holed):
            body = self.ask(area)
            self.assertEqual((body['customers'], [one['account'] for one in body['critical']]), (6, ['B0', 'B2', 'B1']))

    def test_orders_of_others(self):
        ours, theirs, unsent = (self.receive(point=[120.2155, 30.2155]) for _ in range(3))
        self.dispatcher.must('dispatch', order=ours, unit='east')
        self.dispatcher.must('dispatch', order=theirs, unit='west')
        for who, seen in ((self.dispatcher, {ours, theirs, unsent}), (self.supervisor, {ours, theirs, unsent}), (self.east, {ours}),
                          (self.west, {theirs}), (self.lab, set())):
            body = self.ask(square(120.2153, 30.2153, 0.0004), who)
            self.assertEqual(set(body['orders']), seen)
            self.assertEqual(self.ask(INSIDE, who)['customers'], 7)
        for who in self.auditor, self.admin:
            self.assertProblem(who.post('/v1/affected', {'area': INSIDE}), 403, 'forbidden')

    def test_orders_that_move_and_close(self):
        area, other = square(120.25, 30.25, 0.001), square(120.26, 30.26, 0.001)
        order = self.receive(point=[120.2505, 30.2505])
        self.assertEqual((self.ask(area)['orders'], self.ask(other)['orders']), ([order], []))
        self.dispatcher.must('classify', order=order, point=[120.2605, 30.2605])
        self.assertEqual((self.ask(area)['orders'], self.ask(other)['orders']), ([], [order]))
        self.dispatcher.must('classify', order=order, point=None)
        self.assertEqual(self.ask(other)['orders'], [])
        self.dispatcher.must('classify', order=order, point=[120.2505, 30.2505])
        self.dispatcher.must('answer', order=order, text='已答复')
        self.assertEqual(self.ask(area)['orders'], [])

    def streets(self, box, who=None):
        answer = (who or self.dispatcher).get(f'/v1/streets?box={box}')
        self.assertEqual(answer.status, 200, answer)
        return answer.json()

    def test_streets_to_draw_along(self):
        path = os.path.join(self.server.work, 'streets.geojson')
        lines = [['人民路', [[120.21, 30.21], [120.22, 30.21], [120.23, 30.22]]], ['解放路', [[120.25, 30.2], [120.25, 30.25]]]]
        lines += [[f'支路 {n}', [[121 + n / 1e5, 30], [121 + n / 1e5, 30.1]]] for n in range(2001)]

        def write(*features):
            with open(path, 'w', encoding='utf-8') as file:
                json.dump({'type': 'FeatureCollection', 'features': [
                    {'type': 'Feature', 'properties': {'name': name}, 'geometry': {'type': 'LineString', 'coordinates': line}} for name, line in features]}, file, indent=1)

        self.assertEqual(self.streets('120.2,30.2,120.3,30.3'), {'streets': [], 'more': False})
        write(*lines)
        self.server.ctl('import', 'streets', path)
        for who in self.dispatcher, self.supervisor, self.east, self.lab:
            self.assertEqual(self.streets('120.2,30.2,120.24,30.3', who), {'streets': [{'name': '人民路', 'line': lines[0][1]}], 'more': False})
        self.assertEqual({street['name'] for street in self.streets('120.2,30.2,120.3,30.3')['streets']}, {'人民路', '解放路'})
        self.assertEqual(self.streets('120.22,30.21,120.22,30.21')['streets'][0]['name'], '人民路')       # the border of its box
        full = self.streets('121,30,122,31')
        self.assertEqual((len(full['streets']), full['more']), (2000, True))
        self.assertEqual((len(self.streets('121,30,121.01999,31')['streets']), self.streets('121,30,121.01999,31')['more']), (2000, False))

        # A file with a bad line changes nothing, and says where.
        write(*lines[:1], ['反的', [[30.2, 120.2], [30.3, 120.2]]])
        with open(path, encoding='utf-8') as file:
            begins = [n for n, line in enumerate(file, 1) if line == '  {\n']
        done = self.server.ctl('import', 'streets', path, check=False)
        self.assertEqual(done.returncode, 1)
        for word in ('streets.geojson', f'line {begins[1]}, column geometry', 'line 1, position 1', 'longitude comes first'):
            self.assertIn(word, done.stderr)
        self.assertTrue(self.streets('121,30,122,31')['more'])

        for who in self.auditor, self.admin:
            self.assertProblem(who.get('/v1/streets?box=120,30,121,31'), 403, 'forbidden')
        for box in '', '1,2,3', '1,2,3,4,5', '120,30,119,31', '120,31,121,30', '120,30,181,31', '120,-91,121,31', 'nan,30,121,31', '120,30,,31', '0x1,0,1,1':
            self.assertProblem(self.dispatcher.get(f'/v1/streets?box={box}'), 422, 'invalid', 'box')
        self.assertProblem(self.dispatcher.get('/v1/streets'), 422, 'invalid', 'box')

    def test_wrong_shapes(self):
        for shape, at, word in WRONG:
            with self.subTest(word=word):
                body = json.dumps({'area': shape}, separators=(',', ':'))
                self.assertLess(len(body), 1 << 20)
                answer = self.dispatcher.post('/v1/affected', body=body)
                self.assertProblem(answer, 422, 'invalid', 'area')
                self.assertIn(word, answer.json()['detail'])
                if at is not ...:
                    self.assertEqual(answer.json().get('at'), at and [float(x) for x in at])
        for body in {}, {'area': None}, {'area': 'x'}, {'area': {'type': 'Point', 'coordinates': [120, 30]}}:
            self.assertProblem(self.dispatcher.post('/v1/affected', body), 422, 'invalid', 'area')
        self.assertProblem(self.dispatcher.post('/v1/affected', body=b'{'), 400, 'bad-request')
        self.assertProblem(self.dispatcher.post('/v1/affected', body=b'[]'), 400, 'bad-request')
        self.assertEqual(self.ask(dict(INSIDE, crs={'type': 'name', 'properties': {'name': 'urn:ogc:def:crs:OGC:1.3:CRS84'}}))['customers'], 7)

    def test_random_shapes(self):
        """Beside a plain ray to the east for each customer."""
        numbers = random.Random(14)
        people = [(f'R{i}', f'随机路{i}号', numbers.uniform(122, 122.1), numbers.uniform(30, 30.1), 'domestic') for i in range(500)]
        put_customers(self.server, people)
        for _ in range(40):
            ring = [(numbers.uniform(122, 122.1), numbers.uniform(30, 30.1)) for _ in range(3)]
            expected = 0
            for _, _, lon, lat, _ in people:
                crossings = sum((a[1] > lat) != (b[1] > lat) and lon < (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0]
                                for a, b in zip(ring, ring[1:] + ring[:1]))
                expected += crossings % 2
            self.assertEqual(self.ask(polygon(*ring, ring[0]))['customers'], expected)


class Counted(Asking, OwnHouseCase):
    """Customers come, move and change, and outages keep who was inside when their area was given."""

    def setUp(self):
        super().setUp()
        self.furnished()
        put_customers(self.server, CUSTOMERS)

    def test_customers_move(self):
        put_customers(self.server, [('A1', '解放路1号', 120.311, 30.311, 'domestic'), ('B2', '人民路2号', 120.217, 30.217, 'domestic'), ('A2', '解放路2号', '', '', 'hospital'),
                   ('D1', '有名路', 120.214, 30.214, 'fire'), ('E1', '新村', 120.211, 30.211, 'dialysis')])
        body = self.ask(INSIDE)
        self.assertEqual(body['customers'], 7)
        self.assertEqual([(one['account'], one['class']) for one in body['critical']],
                         [('B0', 'hospital'), ('E1', 'dialysis'), ('B1', 'school'), ('D1', 'fire'), ('B3', 'highrise')])
        put_customers(self.server, [('E1', '新村', 120.311, 30.311, 'dialysis')])
        self.assertEqual(self.ask(INSIDE)['customers'], 6)
        before = self.ask(INSIDE)
        self.server.restart()
        self.people = {name: self.server.sign_in(name) for name in ('dispatcher', 'east', 'lab')}
        self.assertEqual(self.ask(INSIDE), before)

    def test_outages_know_who_is_inside(self):
        def affected(outage):
            body = self.see(outage)['affected']
            return body and (body['customers'], [one['account'] for one in body['critical']])

        outage = self.east.must('declare-outage', nature='emergency', reason='主管爆裂', starts='2026-01-01T00:00:00Z', area=INSIDE)['object']['id']
        self.assertEqual(affected(outage), (7, ['B0', 'B2', 'B1', 'B3']))
        self.assertEqual(list(self.see(outage)['affected']), ['customers', 'critical'])
        put_customers(self.server, [('A9', '解放路9号', 120.219, 30.219, 'domestic')])
        self.east.must('revise-outage', outage=outage, reason='主管爆裂，抢修中', because='x')
        self.assertEqual(affected(outage)[0], 7)        # as it was counted
        self.east.must('revise-outage', outage=outage, area=square(120.2145, 30.2145, 0.006), because='关了另一只阀门')
        self.assertEqual(affected(outage), (5, ['B0', 'B2', 'B1', 'B3']))
        text = self.east.must('declare-outage', nature='emergency', reason='x', starts='2026-01-01T00:00:00Z', extent='解放路全段')['object']['id']
        self.assertIsNone(affected(text))

        quality = self.dispatcher.must('report-quality', point=[120.215, 30.215], text='水发黄', units=['east'])['object']['id']
        self.lab.must('conclude-quality', quality=quality, cause='管道施工', area=INSIDE)
        born = self.see(quality)['outage']
        self.assertEqual(affected(born)[0], 8)
        self.lab.must('conclude-quality', quality=quality, cause='管道施工', area=square(120.31, 30.31, 0.01))
        self.assertEqual(affected(born), (1, ['C1']))
        bodies = [self.see(one) for one in (outage, text, born)]
        done = self.server.ctl('verify', '--state', check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.server.ctl('rebuild')
        self.assertEqual([self.see(one) for one in (outage, text, born)], bodies)


class Known(Asking, HouseCase):
    """What is known at a point; each test has a place of its own."""
    place = 120.0

    def setUp(self):
        super().setUp()
        Known.place += 0.05
        self.lon, self.lat = round(Known.place, 2), 30.5
        self.area = square(self.lon, self.lat, 0.01)

    def known(self, who=None, lon=None, lat=None):
        lon, lat = self.lon + 0.005 if lon is None else lon, self.lat + 0.005 if lat is None else lat
        answer = (who or self.dispatcher).get(f'/v1/known?point={lon},{lat}')
        self.assertEqual(answer.status, 200, answer)
        body = answer.json()
        self.assertEqual(list(body), ['sentence', 'outages', 'quality', 'hydrants', 'repairs', 'orders'])
        self.assertEqual((body['hydrants'], body['repairs']), ([], []))
        return body

    def ids(self, what, who=None, **at):
        return [one['id'] for one in self.known(who, **at)[what]]

    def declare(self, **members):
        members = dict({'nature': 'emergency', 'reason': '主管爆裂', 'starts': '2026-01-01T00:00:00Z', 'area': self.area}, **members)
        return self.east.must('declare-outage', **members)['object']['id']

    def test_nothing(self):
        self.assertEqual(self.known(), {'sentence': None, 'outages': [], 'quality': [], 'hydrants': [], 'repairs': [], 'orders': []})

    def test_an_outage(self):
        text_only = self.declare(area=None, extent='人民路全段')
        outage = self.declare(expected='2099-01-01T03:30:00Z')
        for who in self.dispatcher, self.east, self.west, self.lab, self.auditor:
            body = self.known(who)
            self.assertEqual(body['outages'], [self.see(outage)])
            self.assertEqual(body['sentence'], '您所在区域因主管爆裂停水，预计2099年1月1日 11:30 恢复。')
        self.assertEqual((self.ids('outages', self.admin), self.known(self.admin)['sentence']), ([], None))
        self.assertNotIn(text_only, self.ids('outages'))
        for lon, lat, inside in ((self.lon, self.lat, True), (self.lon, self.lat + 0.004, True), (self.lon - 1e-6, self.lat, False)):
            self.assertEqual(self.ids('outages', lon=lon, lat=lat), [outage] if inside else [])
        moved = square(self.lon + 0.02, self.lat, 0.01)
        self.east.must('revise-outage', outage=outage, area=moved, because='x')
        self.assertEqual((self.ids('outages'), self.ids('outages', lon=self.lon + 0.025)), ([], [outage]))
        self.east.must('restore-outage', outage=outage)
        self.assertEqual(self.ids('outages', lon=self.lon + 0.025), [])

    def test_the_most_pressing_first(self):
        later = self.declare(nature='planned', reason='检修', starts='2099-02-01T00:00:00Z')
        sooner = self.declare(nature='planned', reason='换阀', starts='2099-01-01T00:00:00Z')
        planned = self.declare(nature='planned', reason='换表')
        older, newest = self.declare(reason='爆管'), self.declare(reason='塌方', starts='2026-02-01T00:00:00Z')
        self.assertEqual(self.ids('outages'), [newest, older, planned, sooner, later])
        self.assertIn('塌方', self.known()['sentence'])
        self.dispatcher.must('cancel-outage', outage=newest, because='x')
        for outage in older, planned:
            self.east.must('restore-outage', outage=outage)
        self.assertEqual(self.known()['sentence'], '您所在区域因换阀将停水，从2099年1月1日 8:00 开始，恢复时间确定后会尽快告知。')
        self.dispatcher.must('report-quality', point=[self.lon + 0.005, self.lat + 0.005], text='水发黄')
        self.assertIn('正在调查', self.known()['sentence'], 'what is so now before what will be')

    def test_a_quality_case(self):
        point = [self.lon + 0.005, self.lat + 0.005]
        quality = self.dispatcher.must('report-quality', point=point, text='水发黄', units=['east'])['object']['id']
        for who, seen in ((self.dispatcher, [quality]), (self.lab, [quality]), (self.auditor, [quality]), (self.east, [quality]), (self.west, []), (self.admin, [])):
            self.assertEqual(self.ids('quality', who), seen)
        self.assertEqual(self.ids('quality', lat=self.lat + 0.0085), [quality])       # 390 m
        self.assertEqual(self.ids('quality', lat=self.lat + 0.0095), [])
        self.assertIn('正在调查', self.known()['sentence'])
        self.assertIsNone(self.known(self.west)['sentence'])
        self.lab.must('draft-quality', quality=quality, area=square(self.lon + 0.005, self.lat, 0.01))
        self.assertEqual((self.ids('quality', lon=self.lon + 0.014), self.ids('quality', lon=self.lon + 0.004)), ([quality], []))
        self.lab.must('conclude-quality', quality=quality, cause='管道施工', area=self.area)
        body = self.known()
        self.assertEqual(([one['id'] for one in body['quality']], [one['quality'] for one in body['outages']]), ([quality], [quality]))
        self.assertEqual(body['sentence'], '您所在区域因管道施工水质异常，已停水处理，恢复时间确定后会尽快告知。')
        self.east.must('restore-outage', outage=body['outages'][0]['id'])
        self.assertEqual(self.known()['sentence'], '您所在区域因管道施工水质异常，正在处理，恢复正常会尽快告知。')

    def test_orders_there(self):
        point = [self.lon + 0.005, self.lat + 0.005]
        far, near, at = (self.receive(point=[point[0], point[1] + north]) for north in (0.0008, 0.0003, 0))
        self.assertEqual(self.ids('orders'), [at, near])
        self.assertEqual(self.known()['orders'], [self.body(at), self.body(near)])
        self.dispatcher.must('dispatch', order=near, unit='west')
        self.assertEqual((self.ids('orders', self.west), self.ids('orders', self.east)), ([near], []))
        self.dispatcher.must('answer', order=at, text='已答复')
        self.assertEqual(self.ids('orders'), [near])
        self.assertIsNone(self.known()['sentence'])
        self.assertEqual(self.ids('orders', lat=point[1] + 0.0012), [far])

    def test_what_is_no_point(self):
        for query in '', '?point=', '?point=120', '?point=120,30,1', '?point=181,30', '?point=120,91', '?point=x,y', '?point=nan,30', '?point=0x10,30', '?point=120,%2030':
            self.assertProblem(self.dispatcher.get('/v1/known' + query), 422, 'invalid', 'point')
        self.assertEqual(self.known(lon=-180, lat=90)['outages'], [])
        self.assertEqual(self.server.get('/v1/known?point=120,30').status, 401)


if __name__ == '__main__':
    unittest.main()
