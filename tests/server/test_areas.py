"""test_areas.py — shapes that come in: territories and areas, good and bad

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import sys
import unittest

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
    ({'type': 'Polygon', 'coordinates': []}, None, 'rings'),
    ({'type': 'Polygon', 'coordinates': [[]]}, None, 'positions'),
    (polygon((179.9, 30), (-179.9, 30), (-179.9, 31), (179.9, 30)), [-179.9, 30], '180th'),
    (polygon((30.2, 120.2), (30.3, 120.2), (30.3, 120.3), (30.2, 120.2)), None, 'longitude comes first'),
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


if __name__ == '__main__':
    unittest.main()
