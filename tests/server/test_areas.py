"""test_areas.py — shapes that come in: territories and areas, good and bad

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import sys
import unittest
import uuid

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, new_id  # noqa: E402


def polygon(*places, **more):
    return dict({'type': 'Polygon', 'coordinates': [[list(place) for place in places]]}, **more)


def square(lon, lat, size=0.02):
    return polygon((lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size), (lon, lat))


BOW_TIE = polygon((120.20, 30.20), (120.22, 30.22), (120.22, 30.20), (120.20, 30.22), (120.20, 30.20))
# What is wrong, its place (None where it has none), and a word of why.
WRONG = (
    (BOW_TIE, [120.21, 30.21], 'crosses itself'),
    (polygon((120.2, 30.2), (120.3, 30.2), (120.3, 30.3), (120.2, 30.3)), [120.2, 30.3], 'ends where it began'),
    (polygon((120.2, 30.2), (120.3, 30.2), (120.3, 30.3)), [120.3, 30.3], 'four positions'),
    ({'type': 'Polygon', 'coordinates': []}, None, 'rings'),
    ({'type': 'Polygon', 'coordinates': [[]]}, None, 'positions'),
    (polygon((179.9, 30), (-179.9, 30), (-179.9, 31), (179.9, 30)), [-179.9, 30], '180th'),
    (polygon((30.2, 120.2), (30.3, 120.2), (30.3, 120.3), (30.2, 120.2)), [30.2, 120.2], 'longitude comes first'),
    (dict(square(120.2, 30.2), crs={'type': 'name', 'properties': {'name': 'urn:ogc:def:crs:EPSG::4549'}}), None, 'crs'),
    ({'type': 'Polygon', 'coordinates': [square(120.2, 30.2)['coordinates'][0], square(120.3, 30.3, 0.01)['coordinates'][0]]},
     [120.3, 30.3], 'outside'),
    ({'type': 'MultiPolygon', 'coordinates': [square(120.2, 30.2)['coordinates'], square(120.21, 30.21)['coordinates']]}, ..., 'overlap'),
    (polygon(*[(100 + i % 100, i % 80) for i in range(100000)]), ..., '10,000 vertices'),
)


class Shapes(HouseCase):
    def test_a_wrong_territory(self):
        for shape, at, word in WRONG:
            text = json.dumps(shape, separators=(',', ':'))
            with self.subTest(word=word):
                problem, = self.admin.post('/v1/commands', body=json.dumps({'commands': [
                    {'id': new_id(), 'do': 'put-unit', 'code': 'bow', 'name': '结', 'kind': 'supply', 'territory': shape}]},
                    separators=(',', ':'))).json()['results']
                self.assertLess(len(text), 1 << 20)
                self.assertProblem(problem, 422, 'invalid', 'territory')
                self.assertIn(word, problem['error']['detail'])
                if at is not ...:
                    self.assertEqual(problem['error'].get('at'), at and [float(x) for x in at])

    def test_a_wrong_territory_in_a_file(self):
        path = os.path.join(self.server.work, 'units.geojson')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'type': 'FeatureCollection', 'features': [
                {'type': 'Feature', 'properties': {'code': code, 'name': code, 'kind': 'supply'}, 'geometry': shape}
                for code, shape in (('good', square(120.2, 30.2)), ('bad', BOW_TIE))]}, file, indent=1)
        with open(path, encoding='utf-8') as file:
            begins = [n for n, line in enumerate(file, 1) if '"Feature"' in line]
        done = self.server.ctl('import', 'units', path, check=False)
        self.assertEqual(done.returncode, 1)
        for word in ('units.geojson', str(begins[1] - 1), 'geometry', 'crosses itself', '120.21', '30.21'):
            self.assertIn(word, done.stderr)



class Areas(HouseCase):
    """Outages, quality cases and calls, through the feed of whoever may see them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people['admin'].must('put-unit', code='east', name='东', kind='supply', territory=square(120, 30, 1))

    def one(self, verb, who=None, **members):
        return (who or self.dispatcher).do(verb, **members)

    def see(self, who, object_id):
        since, found = 0, None
        while True:
            page = who.get(f'/v1/changes?since={since}&limit=5000').json()
            for change in page['changes']:
                if change['id'] == object_id:
                    found = change['body']
            since = page['seq']
            if not page['more']:
                return found

    def declare(self, who=None, **members):
        members = dict({'nature': 'emergency', 'reason': '主管爆裂', 'starts': '2026-01-01T00:00:00Z', 'area': square(120.2, 30.2)}, **members)
        return (who or self.east).must('declare-outage', **members)['object']['id']

    def test_an_outage(self):
        order = self.receive()
        outage = self.declare(self.dispatcher, orders=[order], effect='none', pipe_mm=300, expected='2099-01-01T00:00:00Z')
        body = self.see(self.west, outage)
        self.assertEqual((body['state'], body['nature'], body['late_notice'], body['restored_at']), ('active', 'emergency', False, None))
        self.assertRegex(body['number'], r'^O\d{8}-\d{4}$')
        self.assertEqual(body['area'], square(120.2, 30.2))
        self.assertEqual([clock['rule'] for clock in body['clocks']], ['outage-expected'])
        for name in ('reason', 'extent', 'supply_points', 'steps', 'quality', 'affected', 'unit', 'starts', 'expected', 'pipe_mm', 'effect'):
            self.assertIn(name, body)
        self.assertEqual(self.body(order)['links'], [{'kind': 'outage', 'id': outage}])
        self.assertEqual(self.body(order)['state'], 'received')
        self.assertIsNone(self.see(self.admin, outage))
        moved = square(120.3, 30.2)
        self.west.must('revise-outage', outage=outage, area=moved, because='关了另一只阀门')
        self.assertEqual(self.see(self.auditor, outage)['area'], moved)
        self.dispatcher.must('restore-outage', outage=outage)
        body = self.see(self.east, outage)
        self.assertEqual(body['state'], 'restored')
        self.assertIsNotNone(body['restored_at'])
        self.assertProblem(self.one('cancel-outage', outage=outage, because='x'), 409, 'state')
        self.dispatcher.must('unlink', order=order, to=outage)
        self.assertEqual(self.body(order)['links'], [])

    def test_who(self):
        outage = self.declare(self.east)
        self.assertEqual(self.see(self.dispatcher, outage)['unit'], 'east')
        self.assertProblem(self.one('restore-outage', who=self.west, outage=outage), 403, 'forbidden')
        self.assertProblem(self.one('restore-outage', who=self.admin, outage=outage), 404, 'not-found')
        for who in self.lab, self.auditor, self.admin:
            self.assertProblem(self.one('declare-outage', who=who, nature='planned', reason='x', starts='2099-01-01T00:00:00Z'), 403, 'forbidden')

    def test_late_notice(self):
        import datetime
        now = datetime.datetime.now(datetime.timezone.utc)
        for hours, late in ((47, True), (49, False)):
            starts = (now + datetime.timedelta(hours=hours)).isoformat().replace('+00:00', 'Z')
            body = self.see(self.east, self.declare(nature='planned', starts=starts))
            self.assertEqual((body['state'], body['late_notice']), ('announced', late))
            clock, = body['clocks']
            self.assertEqual((clock['rule'], clock['breached']), ('outage-lead', late))

    def test_bad_areas(self):
        """Each is named in each verb that takes an area, and leaves what stood there."""
        outage = self.declare()
        case = self.dispatcher.must('report-quality', point=[120.25, 30.25], text='水黄')['object']['id']
        before = [self.see(self.dispatcher, each) for each in (outage, case)]
        verbs = (('declare-outage', self.dispatcher, {'nature': 'planned', 'reason': 'x', 'starts': '2099-01-01T00:00:00Z'}),
                 ('revise-outage', self.dispatcher, {'outage': outage, 'because': 'x'}),
                 ('draft-quality', self.lab, {'quality': case}),
                 ('conclude-quality', self.lab, {'quality': case, 'cause': 'x'}))
        for verb, who, members in verbs:
            for shape, at, word in (*WRONG, (square(100, 20), ..., 'territories')):
                with self.subTest(verb=verb, word=word):
                    text = json.dumps({'commands': [{'id': new_id(), 'do': verb, 'area': shape, **members}]}, separators=(',', ':'))
                    problem, = who.post('/v1/commands', body=text).json()['results']
                    self.assertProblem(problem, 422, 'invalid', 'area')
                    self.assertIn(word, problem['error']['detail'])
                    if at is not ...:
                        self.assertEqual(problem['error'].get('at'), at)
        self.assertEqual([self.see(self.dispatcher, each) for each in (outage, case)], before)
        self.assertProblem(self.one('declare-outage', nature='planned', reason='x', starts='2099-01-02T00:00:00Z',
                                    expected='2099-01-01T00:00:00Z'), 422, 'invalid', 'expected')
        self.assertProblem(self.one('declare-outage', nature='planned', reason='x', starts='2099-01-02T00:00:00Z',
                                    orders=[new_id()]), 422, 'invalid', 'orders')

    def test_a_quality_case(self):
        orders = [self.receive(category='quality', text='自来水发黄') for _ in range(2)]
        case = self.dispatcher.must('report-quality', point=[120.25, 30.25], text='五个电话都说水黄', orders=orders)['object']['id']
        body = self.see(self.east, case)
        self.assertEqual((body['state'], body['units'], body['orders'], body['attended']), ('reported', ['east'], orders, {}))
        self.assertIsNone(self.see(self.west, case))
        self.assertProblem(self.one('attend-quality', who=self.west, quality=case), 404, 'not-found')
        self.east.must('attend-quality', quality=case)
        self.assertEqual(self.see(self.lab, case)['state'], 'reported')
        self.assertProblem(self.one('attend-quality', who=self.east, quality=case), 409, 'state')
        self.lab.must('attend-quality', quality=case)
        body = self.see(self.lab, case)
        self.assertEqual((body['state'], sorted(body['attended'])), ('attended', ['east', 'lab']))

        self.lab.must('draft-quality', quality=case, area=square(120.2, 30.2))
        self.assertEqual(self.see(self.east, case)['draft_area'], square(120.2, 30.2))
        for who in self.east, self.dispatcher, self.supervisor:
            self.assertProblem(self.one('conclude-quality', who=who, quality=case, cause='锈', area=square(120.2, 30.2)), 403, 'forbidden')
        self.lab.must('conclude-quality', quality=case, cause='管壁铁锈', area=square(120.2, 30.2))
        body = self.see(self.dispatcher, case)
        self.assertEqual((body['state'], body['draft_area'], body['area']), ('confirmed', None, square(120.2, 30.2)))
        outage = self.see(self.west, body['outage'])
        self.assertEqual((outage['quality'], outage['state'], outage['unit'], outage['area']), (case, 'active', 'east', body['area']))
        for expect in {}, {'expect': 99}:       # who may not is told that, whatever else is wrong
            self.assertProblem(self.one('revise-outage', who=self.east, outage=body['outage'], area=square(120.3, 30.3), because='x', **expect), 403, 'forbidden')
        self.lab.must('conclude-quality', quality=case, cause='施工扰动', area=square(120.3, 30.3))
        outage = self.see(self.west, body['outage'])
        self.assertEqual((outage['area'], outage['reason']), (square(120.3, 30.3), '施工扰动'))

        another = self.receive()
        self.lab_link(another, case)
        self.assertEqual(self.see(self.lab, case)['orders'], [*orders, another])

    def test_an_outage_that_has_no_place(self):
        """What a conclusion makes besides has an id that follows from the command's: somebody else may have taken it."""
        command = new_id()
        taken = str(uuid.uuid5(uuid.UUID(command), 'outage/1'))
        other = self.lab.must('report-quality', taken, point=[120.25, 30.25], text='水黄')['object']['id']
        case = self.dispatcher.must('report-quality', point=[120.25, 30.25], text='也黄')['object']['id']
        before = [self.see(self.lab, each) for each in (other, case)]
        answer, = self.lab.post('/v1/commands', {'commands': [{'id': command, 'do': 'conclude-quality', 'quality': case, 'cause': '锈',
                                                              'area': square(120.2, 30.2)}]}).json()['results']
        self.assertProblem(answer, 422, 'invalid', 'id')
        self.assertEqual([self.see(self.lab, each) for each in (other, case)], before)
        self.lab.must('conclude-quality', quality=case, cause='锈', area=square(120.2, 30.2))

    def test_outside_is_said_to_who_may(self):
        outage = self.declare()
        self.assertProblem(self.one('revise-outage', who=self.auditor, outage=outage, area=square(100, 20), because='x'), 403, 'forbidden')
        for who, answer in ((self.admin, (404, 'not-found')), (self.auditor, (403, 'forbidden')), (self.dispatcher, (422, 'invalid', 'expected'))):
            self.assertProblem(self.one('revise-outage', who=who, outage=outage, expected='2025-01-01T00:00:00Z', because='x'), *answer)

    def lab_link(self, order, case):
        self.dispatcher.must('link', order=order, to=case)
        self.assertProblem(self.one('link', order=order, to=case), 409, 'state')

    def test_calls(self):
        outage, order = self.declare(), self.order('dispatched')
        for to, kind in ((outage, 'outage'), (order, 'order')):
            before = self.see(self.dispatcher, to)['calls']
            call = self.dispatcher.must('attach-call', to=to, channel='hotline', caller={'name': '王五', 'phone': '13912345678'})['object']
            self.assertEqual(call['kind'], 'call')
            self.assertEqual(self.see(self.dispatcher, to)['calls'], before + 1)
            body = self.see(self.dispatcher, call['id'])
            self.assertEqual((body['to'], body['kind'], body['caller']['phone']), (to, kind, '139****5678'))
            self.assertIsNone(self.see(self.east, call['id']))
        self.assertProblem(self.one('attach-call', to=new_id(), channel='hotline'), 404, 'not-found')
        self.assertProblem(self.one('attach-call', who=self.east, to=outage, channel='hotline'), 403, 'forbidden')

    def test_the_store_is_whole(self):
        """What is derived is made again from the events, byte for byte."""
        case = self.dispatcher.must('report-quality', point=[120.25, 30.25], text='水黄', orders=[self.receive()])['object']['id']
        self.lab.must('conclude-quality', quality=case, cause='铁锈', area=square(120.2, 30.2))
        self.dispatcher.must('attach-call', to=case, channel='hotline', caller={'name': '王五', 'phone': '13912345678'})
        self.server.ctl('verify', '--state')


if __name__ == '__main__':
    unittest.main()
