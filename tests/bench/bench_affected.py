"""bench_affected.py — who is in an area of 200 corners among 1,000,000 accounts, beside SpatiaLite

    bench_affected.py [--accounts N] [--shapes N]

Both have the same accounts, half of them crowded into towns, and are asked the same 1,000 jagged
areas, some with a hole and some of two parts, one after another: ours over HTTP with all that
POST /v1/affected answers, SpatiaLite in this process with its own R*Tree, for the number and the
critical accounts.  Then 40 areas with accounts exactly on their borders, which belong to them.  The accounts are put into the store of a server that does not run, as an import
leaves them, without names and places: how long an import takes is not the question here.
Ends with 1 where the answers differ or a target is missed.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import http.client
import json
import math
import os
import random
import sqlite3
import time

from peers import finish, staffed, table, target

parser = argparse.ArgumentParser()
parser.add_argument('--accounts', type=int, default=1_000_000)
parser.add_argument('--shapes', type=int, default=1_000)
options = parser.parse_args()
ACCOUNTS, SHAPES, CORNERS = options.accounts, options.shapes, 200
BORDERS = 40
WEST, SOUTH, SIZE = 120.0, 30.0, 0.4
CRITICAL = ('hospital', 'dialysis', 'school', 'fire', 'highrise')
numbers = random.Random(14)


def accounts():
    towns = [(numbers.uniform(WEST, WEST + SIZE), numbers.uniform(SOUTH, SOUTH + SIZE), numbers.uniform(0.005, 0.03)) for _ in range(12)]
    for i in range(ACCOUNTS):
        if i % 2:
            lon, lat, spread = numbers.choice(towns)
            lon, lat = numbers.gauss(lon, spread), numbers.gauss(lat, spread)
        else:
            lon, lat = numbers.uniform(WEST, WEST + SIZE), numbers.uniform(SOUTH, SOUTH + SIZE)
        kind = CRITICAL[i // 400 % len(CRITICAL)] if i % 400 == 0 else 'industry' if i % 50 == 0 else 'domestic'
        yield f'{88_000_000_00 + i}', lon, lat, kind


def ring(lon, lat, reach, corners):
    """Jagged, closed, does not cross itself, and runs either way."""
    points = []
    for i in range(corners):
        angle, far = 2 * math.pi * i / corners, reach * numbers.uniform(0.6, 1)
        points.append([lon + far * math.cos(angle), lat + far * math.sin(angle)])
    points.append(points[0])
    return points if numbers.random() < 0.5 else points[::-1]


def shape():
    """Of CORNERS in all: a ring, a ring with a hole, or two parts."""
    lon, lat, reach = numbers.uniform(WEST, WEST + SIZE), numbers.uniform(SOUTH, SOUTH + SIZE), numbers.uniform(0.003, 0.05)
    kind, half = numbers.randrange(3), CORNERS // 2
    if kind == 0:
        return {'type': 'Polygon', 'coordinates': [ring(lon, lat, reach, CORNERS)]}
    if kind == 1:
        return {'type': 'Polygon', 'coordinates': [ring(lon, lat, reach, half), ring(lon, lat, reach / 2, half)]}
    return {'type': 'MultiPolygon', 'coordinates': [[ring(lon, lat, reach, half)], [ring(lon + 2.1 * reach, lat, reach, half)]]}


def bordered(i):
    """A square with a hole, with a hospital on each corner and each edge, which the border has (wd-area.h), and one a hair
    beyond each edge: (the area, all of them, the accounts of those on the border)."""
    lon, lat = WEST + 0.01 + 0.38 * numbers.random(), SOUTH + 0.01 + 0.38 * numbers.random()
    rings, people, inside = [], [], set()
    for reach, hair in ((0.004, 1e-6), (0.002, -1e-6)):
        west, south, east, north = lon - reach, lat - reach, lon + reach, lat + reach
        rings.append([[west, south], [east, south], [east, north], [west, north], [west, south]])
        on = [*rings[-1][:4], [lon, south], [east, lat], [lon, north], [west, lat]]
        beyond = [[lon, south - hair], [east + hair, lat], [lon, north + hair], [west - hair, lat]]
        for place in on + beyond:
            people.append((f'{99_000_000_00 + 100 * i + len(people)}', *place, 'hospital'))
            if place in on:
                inside.add(people[-1][0])
    return {'type': 'Polygon', 'coordinates': rings}, people, inside


def territory():
    """Of a supply company that is responsible for all of it, with as many corners as a district has."""
    middle, lat, reach = WEST + SIZE / 2, SOUTH + SIZE / 2, SIZE
    places = [[middle + reach * math.cos(2 * math.pi * i / 2000), lat + reach * math.sin(2 * math.pi * i / 2000)] for i in range(2000)]
    return {'type': 'FeatureCollection', 'features': [
        {'type': 'Feature', 'properties': {'code': 'east', 'name': '东区', 'kind': 'supply'},
         'geometry': {'type': 'Polygon', 'coordinates': [[*places, places[0]]]}}]}


def resident(server):
    with open(f'/proc/{server.pid}/status', encoding='ascii') as file:
        return next(int(line.split()[1]) for line in file if line.startswith('VmRSS')) / 1024


class Ours:
    def __init__(self, people):
        self.server = staffed()
        path = os.path.join(self.server.work, 'units.geojson')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(territory(), file)
        self.server.ctl('import', 'units', path)
        self.connect()
        self.ask(shape())                   # all is read
        self.empty = resident(self.server)
        self.server.stop()
        with sqlite3.connect(os.path.join(self.server.data_dir, 'store.db')) as db:
            db.executemany("INSERT INTO customers (account, wrapped, lon, lat, class) VALUES (?, x'', ?, ?, ?)", people)
        db.close()
        self.server.start()
        self.connect()
        start = time.monotonic()
        self.ask(shape())
        self.reading = time.monotonic() - start
        self.full = resident(self.server)

    def connect(self):
        self.token = self.server.sign_in('dispatcher').token
        self.connection = http.client.HTTPConnection('127.0.0.1', self.server.port)

    def ask(self, area):
        self.connection.request('POST', '/v1/affected', json.dumps({'area': area}), {'Authorization': f'Bearer {self.token}'})
        answer = self.connection.getresponse()
        body = json.loads(answer.read())
        assert answer.status == 200, body
        return body['customers'], {one['account'] for one in body['critical']}


class SpatiaLite:
    def __init__(self, people, path):
        self.db = sqlite3.connect(path)
        self.db.enable_load_extension(True)
        self.db.load_extension('mod_spatialite')
        self.db.execute('SELECT InitSpatialMetaData(1)')
        self.db.execute('CREATE TABLE customers (id INTEGER PRIMARY KEY, account TEXT NOT NULL, class TEXT NOT NULL)')
        self.db.execute("SELECT AddGeometryColumn('customers', 'place', 4326, 'POINT', 'XY')")
        self.db.executemany('INSERT INTO customers (account, place, class) VALUES (?, MakePoint(?, ?, 4326), ?)', people)
        self.db.execute("SELECT CreateSpatialIndex('customers', 'place')")
        self.db.commit()
        self.db.execute('ANALYZE')

    def ask(self, area):
        parts = area['coordinates'] if area['type'] == 'MultiPolygon' else [area['coordinates']]
        text = 'MULTIPOLYGON(' + ','.join('(' + ','.join('(' + ','.join(f'{lon!r} {lat!r}' for lon, lat in ring) + ')' for ring in part) + ')'
                                          for part in parts) + ')'
        frame, = self.db.execute('SELECT GeomFromText(?, 4326)', (text,)).fetchone()
        count, critical = self.db.execute(
            "SELECT COUNT(*), group_concat(CASE WHEN class NOT IN ('domestic', 'industry') THEN account END) FROM customers "
            "WHERE id IN (SELECT ROWID FROM SpatialIndex WHERE f_table_name = 'customers' AND search_frame = ?1) "
            "AND ST_Intersects(?1, place)", (frame,)).fetchone()
        return count, set(critical.split(',')) if critical else set()


def timed(ask, areas):
    answers, times = [], []
    for area in areas:
        start = time.perf_counter()
        answers.append(ask(area))
        times.append(time.perf_counter() - start)
    times.sort()
    return answers, [sum(times) / len(times) * 1000, times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000]


people = list(accounts())
borders = [bordered(i) for i in range(BORDERS)]
people += [one for _, some, _ in borders for one in some]
ours = Ours(people)
try:
    theirs = SpatiaLite(people, os.path.join(ours.server.work, 'spatialite.db'))
    areas = [shape() for _ in range(SHAPES)]
    ours.connect()
    answers, our_times = timed(ours.ask, areas)
    other_answers, their_times = timed(theirs.ask, areas)
    ours.connect()                      # a connection that was idle so long is closed
    on_borders = [(ours.ask(area), theirs.ask(area), {account for account, *_ in some}, inside) for area, some, inside in borders]
    theirs.db.close()
finally:
    ours.server.close()

inside = sorted(count for count, _ in answers)
table(f'{SHAPES:,} areas of {CORNERS} corners among {ACCOUNTS:,} accounts, {inside[len(inside) // 2]:,} inside at the median, {inside[-1]:,} at most',
      ['who answers', 'mean ms', 'median ms', 'p99 ms'], [['waterdeskd, over HTTP', *our_times], ['SpatiaLite, in the process', *their_times]])
if ACCOUNTS >= 1_000_000:               # among few, what HTTP costs is most of it
    target('SpatiaLite beside it, mean', their_times[0] / our_times[0], 5, at_least=True)
    target('SpatiaLite beside it, p99', their_times[2] / our_times[2], 5, at_least=True)
same = sum(one == other for one, other in zip(answers, other_answers))
print(f'  the same answer on {same:,} of {SHAPES:,} areas{"" if same == SHAPES else ": DIFFERENT"}')
right = sum(one == other and one[1] & near == inside for one, other, near, inside in on_borders)
print(f'  the same answer, and the right one, on {right} of {BORDERS} areas with accounts on their borders and corners')
table(f"The server's memory with {ACCOUNTS:,} accounts", ['when', 'MB'], [['without', ours.empty], ['with', ours.full]])
print(f'  {(ours.full - ours.empty) * 1e6 / ACCOUNTS:,.0f} bytes for each account; read within {ours.reading:.1f} s of the start')
finish(*([] if same == SHAPES and right == BORDERS else ['the same answers']))
