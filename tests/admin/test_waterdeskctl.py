"""test_waterdeskctl.py — the administrator's commands, with the server down and with it running

SPDX-License-Identifier: GPL-3.0-or-later
"""
import contextlib
import csv
import io
import json
import os
import shutil
import sqlite3
import stat
import threading
import unittest

from live import Closed
from server import ServerCase, data_file, new_id, run_ctl, wait_for

UNITS = {
    'type': 'FeatureCollection',
    'features': [
        {'type': 'Feature', 'properties': {'code': 'bay', 'name': 'Bay crews', 'kind': 'drainage', 'parent': 'city',
                                           'desk': [-122.42, 37.76]},
         'geometry': {'type': 'Polygon', 'coordinates': [[[-122.43, 37.6], [-122.3, 37.6], [-122.3, 37.9], [-122.43, 37.9], [-122.43, 37.6]]]}},
        {'type': 'Feature', 'properties': {'code': 'ocean', 'name': 'Ocean crews', 'kind': 'drainage', 'parent': 'city',
                                           'desk': [-122.48, 37.75]},
         'geometry': {'type': 'Polygon', 'coordinates': [[[-122.6, 37.6], [-122.43, 37.6], [-122.43, 37.9], [-122.6, 37.9], [-122.6, 37.6]]]}},
        {'type': 'Feature', 'properties': {'code': 'city', 'name': 'City waters', 'kind': 'other'}, 'geometry': None},
    ],
}
ORDERS = 'channel,category,text,caller_name,caller_phone,received_at\n'
DERIVED = ('objects', 'orders', 'audience', 'schedule', 'numbers')


class Ctl(ServerCase):
    def setUp(self):
        super().setUp()
        self.server = self.make()
        self.folder = self.server.work

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, indent=1))
        return path

    def refused(self, *args, text=None):
        done = self.server.ctl(*args, check=False, text=text)
        self.assertEqual(done.returncode, 1, done)
        return done.stderr

    @contextlib.contextmanager
    def store(self, path=None):
        db = sqlite3.connect(path or os.path.join(self.server.data_dir, 'store.db'))
        try:
            yield db
            db.commit()
        finally:
            db.close()

    def count(self, sql):
        with self.store() as db:
            return db.execute(sql).fetchone()[0]

    def add_users(self):
        for name, role, unit in (('chief', 'supervisor', None), ('bay', 'unit', 'bay'), ('root', 'admin', None)):
            self.server.ctl('user', 'add', name, '--role', role, *(['--unit', unit] if unit else []), text='waterdesk\n')


class Users(Ctl):
    def check(self):
        ctl = self.server.ctl
        ctl('user', 'add', 'zhang', '--role', 'dispatcher', '--display', '张三', text='waterdesk\n')
        self.assertIn('role', self.refused('user', 'add', 'li', text='waterdesk\n'))
        self.assertIn('8 characters', self.refused('user', 'add', 'li', '--role', 'dispatcher', text='short\n'))
        self.refused('user', 'add', 'li', '--role', 'captain', text='waterdesk\n')
        self.refused('user', 'add', 'li', '--role', 'unit', '--unit', 'nowhere', text='waterdesk\n')
        self.assertIn('zhang\tdispatcher\t-\tactive\n', ctl('user', 'list').stdout)
        self.assertNotIn('li\t', ctl('user', 'list').stdout)
        ctl('user', 'disable', 'zhang')
        self.assertIn('zhang\tdispatcher\t-\tdisabled\n', ctl('user', 'list').stdout)
        self.refused('user', 'disable', 'nobody')

    def test_server_down(self):
        self.check()

    def test_server_running(self):
        self.server.start()
        self.check()
        self.server.ctl('user', 'add', 'zhang', '--role', 'supervisor', text='another one\n')     # taken in again
        desk = self.server.sign_in('zhang', 'another one')
        self.assertEqual(desk.user['role'], 'supervisor')
        self.server.ctl('user', 'disable', 'zhang')
        wait_for(lambda: desk.get('/v1/session').status == 401, 'the session to end')
        self.assertEqual(self.server.post('/v1/session', {'user': 'zhang', 'password': 'another one'}).status, 401)

    def staff(self, name):
        with self.store() as db:
            return json.loads(db.execute("SELECT body FROM objects WHERE kind = 'staff' AND code = ?", (name,)).fetchone()[0])

    def test_what_is_not_given_stays(self):
        ctl = self.server.ctl
        ctl('import', 'units', self.write('units.json', UNITS))
        ctl('user', 'add', 'bay', '--role', 'unit', '--unit', 'bay', '--display', '湾区值班', text='waterdesk\n')
        before = self.staff('bay')
        ctl('user', 'add', 'bay', '--role', 'unit', text='another one\n')
        after = self.staff('bay')
        self.assertEqual({**after, 'version': before['version']}, before)
        ctl('user', 'add', 'bay', '--role', 'dispatcher', text='another one\n')
        self.assertEqual([self.staff('bay')[member] for member in ('display', 'role', 'unit')], ['湾区值班', 'dispatcher', None])
        ctl('user', 'add', 'new', '--role', 'dispatcher', text='waterdesk\n')
        self.assertEqual(self.staff('new')['display'], 'new')

    def test_a_new_password_ends_what_the_old_one_began(self):
        self.server.ctl('user', 'add', 'zhang', '--role', 'dispatcher', text='waterdesk\n')
        self.server.ctl('user', 'add', 'li', '--role', 'dispatcher', text='waterdesk\n')
        self.server.start()
        old, other = self.server.sign_in('zhang'), self.server.sign_in('li')
        live = old.live()
        live.receive()
        self.server.ctl('user', 'add', 'zhang', '--role', 'supervisor', text='another one\n')
        self.assertEqual(old.get('/v1/session').status, 401)
        with self.assertRaises(Closed) as closed:
            live.until(lambda message: False)
        self.assertEqual(closed.exception.code, 4401)
        new = self.server.sign_in('zhang', 'another one')
        self.server.stop()
        self.server.ctl('user', 'add', 'zhang', '--role', 'supervisor', text='the third one\n')
        self.server.start()
        self.assertEqual([who.get('/v1/session').status for who in (old, new, other)], [401, 401, 200])

    def test_usage(self):
        for words in ((), ('frobnicate',), ('import', 'orders'), ('user', 'add'), ('verify', 'twice'), ('export',)):
            done = self.server.ctl(*words, check=False)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn('--help', done.stderr)
        for words, missing in ((('user', 'add'), 'NAME'), (('user', 'disable'), 'NAME'), (('import', 'units'), 'FILE'), (('import',), 'KIND and FILE'),
                               (('backup',), 'FILE'), (('restore',), 'FILE')):
            self.assertIn(f'{" ".join(words)}: {missing} is missing', self.server.ctl(*words, check=False).stderr)
        self.assertIn('user add NAME', self.server.ctl(check=False).stderr)
        self.assertIn('no such command', self.server.ctl('user', check=False).stderr)


class Imports(Ctl):
    def sign_in_admin(self):
        return self.server.sign_in('root')

    def test_real_orders_down_and_worked(self):
        """Real requests go into an empty store; one of them is worked to finished."""
        real = data_file('orders', 'sf311.csv')
        ctl = self.server.ctl
        ctl('import', 'units', self.write('units.geojson', UNITS))
        self.add_users()
        done = ctl('import', 'orders', real)
        self.assertIn('1510 rows, 1510 of them', done.stdout)
        self.assertIn('1510/1510', done.stderr)
        self.assertIn('1510 rows, 0 of them', ctl('import', 'orders', real).stdout)

        self.server.start()
        chief, bay = self.server.sign_in('chief'), self.server.sign_in('bay')
        orders = [change['body'] for change in chief.changes()[0] if change['kind'] == 'order']
        self.assertEqual(len(orders), 1510)
        self.assertEqual(sum(order['point'] is None for order in orders), 49)
        self.assertEqual({order['category'] for order in orders}, {'drainage', 'sewage-overflow', 'other'})
        self.assertTrue(all(clock['breached'] for order in orders for clock in order['clocks']))
        order = next(order for order in orders if order['district'] == 'bay')
        self.assertEqual(order['number'][:9], orders[0]['number'][:9])
        chief.must('dispatch', order=order['id'], unit='bay')
        for verb, members in (('accept', {}), ('arrive', {}), ('finish', {'result': 'cleaned', 'no_evidence': 'none needed'})):
            bay.must(verb, order=order['id'], **members)
        self.assertEqual(bay.order(order['id'])['state'], 'finished')
        self.server.ctl('verify', '--state')

    def test_real_orders_running(self):
        real = data_file('orders', 'sf311.csv')
        self.add_users_without_unit()
        self.server.start()
        chief = self.server.sign_in('chief')
        with chief.live() as live:
            self.assertIn('hello', live.receive())
            done = self.server.ctl('import', 'orders', real)
            seen = set()
            while len(seen) < 1510:
                seen |= {change['id'] for change in live.receive().get('changes', ()) if change['kind'] == 'order'}
        self.assertIn('1510 rows, 1510 of them', done.stdout)
        self.assertEqual(self.count('SELECT count(*) FROM orders'), 1510)

    def add_users_without_unit(self):
        self.server.ctl('user', 'add', 'chief', '--role', 'supervisor', text='waterdesk\n')
        self.server.ctl('user', 'add', 'root', '--role', 'admin', text='waterdesk\n')

    def check_bad_line(self):
        with open(data_file('orders', 'sf311.csv'), encoding='utf-8', newline='') as file:
            rows = list(csv.reader(file))
        rows[800][7] = 'here'
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        said = self.refused('import', 'orders', self.write('bad.csv', text.getvalue()))
        self.assertIn('bad.csv: line 801, column lon:', said)
        for table in ('orders', 'imports', 'import_rows'):
            self.assertEqual(self.count(f'SELECT count(*) FROM {table}'), 0)
        self.assertEqual(self.count("SELECT count(*) FROM events WHERE verb IN ('receive', 'imported')"), 0)

    def test_bad_line_down(self):
        self.check_bad_line()

    def test_bad_line_running(self):
        self.server.start()
        self.check_bad_line()

    def test_what_is_no_file(self):
        self.add_users_without_unit()
        for name in ('/dev/stdin', self.folder):
            self.assertIn(f'{name}: this has to be a file', self.refused('import', 'orders', name, text=ORDERS))

    def test_bad_units(self):
        wrong = json.loads(json.dumps(UNITS))
        wrong['features'][1]['properties']['kind'] = 'castle'
        path = self.write('units.geojson', wrong)
        with open(path, encoding='utf-8') as file:
            line = next(n for n, text in enumerate(file, 1) if '"ocean"' in text)
        said = self.refused('import', 'units', path)
        named = int(said.split('line ')[1].split(',')[0])
        self.assertLess(0, line - named, said)          # the feature begins a little above its code
        self.assertLess(line - named, 6, said)
        self.assertIn('column kind', said)
        said = self.refused('import', 'units', self.write('units.geojson', '{"type": "FeatureCollection",\n "features": [\n  {"a": 1,}]}\n'))
        self.assertIn('line 3, column 11', said)
        self.assertEqual(self.count("SELECT count(*) FROM objects WHERE kind = 'unit'"), 0)

    def test_customers(self):
        ctl = self.server.ctl
        self.add_users_without_unit()
        path = self.write('customers.csv', 'account,name,phone,address,lon,lat,class\n'
                          'K1,张三,138 1234 8000,上城区人民路118号,120.21,30.21,domestic\n'
                          'K2,市一医院,0571-87000000,上城区人民路120号,120.22,30.22,hospital\n')
        self.assertIn('2 rows, 2 of them', ctl('import', 'customers', path).stdout)
        self.server.start()
        chief = self.server.sign_in('chief')
        found = chief.get('/v1/customers?phone=%2B8613812348000').json()['customers']
        self.assertEqual([(one['account'], one['name'], one['class']) for one in found], [('K1', '张三', 'domestic')])
        self.assertIn('2 rows, 0 of them', ctl('import', 'customers', path).stdout)
        places = chief.get('/v1/places?q=%E4%BA%BA%E6%B0%91%E8%B7%AF118').json()['places']
        self.assertEqual((places[0]['street'], places[0]['account']), ('人民路', None))
        self.assertEqual(places[1]['account'], 'K1')
        admin = self.sign_in_admin()
        self.assertEqual(admin.get('/v1/customers?phone=13812348000').status, 403)
        with self.store() as db:
            stored = b''.join(bytes(value) for row in db.execute('SELECT * FROM customers') for value in row if isinstance(value, bytes))
            texts = [value for row in db.execute('SELECT * FROM customers') for value in row if isinstance(value, str)]
        self.assertNotIn('张三'.encode(), stored)
        self.assertFalse([text for text in texts if '张三' in text or '1234' in text])

    def test_tiles(self):
        tiles = data_file('tiles', 'geography-class-png.mbtiles')
        self.add_users_without_unit()
        self.server.start()
        chief = self.server.sign_in('chief')
        self.assertEqual(chief.get('/v1/tiles/0/0/0').status, 404)
        self.refused('import', 'tiles', self.write('no.mbtiles', 'this is no map'))
        self.server.ctl('import', 'tiles', tiles)
        tile = chief.get('/v1/tiles/0/0/0?theme=dark')
        self.assertEqual((tile.status, tile.headers['Content-Type']), (200, 'image/png'))
        self.assertEqual([name for name in os.listdir(self.server.data_dir) if 'mbtiles' in name], ['tiles-light.mbtiles'])

    def test_over_http(self):
        """POST /v1/imports/KIND is the administrators'; what it says is NDJSON."""
        self.add_users_without_unit()
        self.server.start()
        good = ORDERS + 'hotline,leak,one,赵六,13800000001,2026-11-01T08:00:00+08:00\n'
        chief, admin = self.server.sign_in('chief'), self.sign_in_admin()
        self.assertProblem(chief.post('/v1/imports/orders', body=good.encode()), 403, 'forbidden')
        self.assertEqual(admin.post('/v1/admin/verify', body=b'').status, 404)          # on the socket alone
        lines = [json.loads(line) for line in admin.post('/v1/imports/orders', body=(good + 'hotline,leak,two,,,soon\n').encode()).body.splitlines()]
        self.assertIn('error', lines[-1], lines)
        self.assertEqual((lines[-1]['error']['code'], lines[-1]['error']['line'], lines[-1]['error']['column']), ('invalid', 3, 'received_at'))
        lines = [json.loads(line) for line in admin.post('/v1/imports/orders', body=good.encode()).body.splitlines()]
        self.assertEqual(lines[-1]['done'], {'kind': 'orders', 'rows': 1, 'changed': 1})
        self.assertTrue(all('progress' in line for line in lines[:-1]))
        self.assertProblem(admin.post('/v1/imports/poems', body=good.encode()), 404, 'not-found')

    def test_commands_go_on(self):
        self.add_users_without_unit()
        self.server.start()
        chief = self.server.sign_in('chief')
        rows = ''.join(f'hotline,leak,order {n},,,2026-11-01T00:00:00Z\n' for n in range(4000))
        path = self.write('many.csv', ORDERS + rows)
        work = threading.Thread(target=self.server.ctl, args=('import', 'orders', path))
        work.start()
        wait_for(lambda: self.count('SELECT count(*) FROM import_rows') or not work.is_alive(), 'the import to begin')
        given = 0
        while work.is_alive():
            chief.must('receive', channel='hotline', category='leak', text='meanwhile')
            given += 1
        work.join()
        self.assertGreater(given, 0)
        self.assertEqual(self.count('SELECT count(*) FROM orders'), 4000 + given)

    def test_killed_while_importing(self):
        """SIGKILL at any moment of an import leaves all of it or nothing, after the next start."""
        self.add_users_without_unit()
        rows = ''.join(f'hotline,leak,order {n},,,2026-11-01T00:00:00Z\n' for n in range(3000))
        path = self.write('many.csv', ORDERS + rows)
        for state in ('staging', 'accepted'):
            self.server.start()
            before = self.count('SELECT count(*) FROM orders')
            work = threading.Thread(target=self.server.ctl, args=('import', 'orders', path), kwargs={'check': False})
            work.start()
            wait_for(lambda s=state: self.count(f"SELECT count(*) FROM imports WHERE state = '{s}'") or not work.is_alive(), f'the import to be {state}')
            accepted = self.count("SELECT count(*) FROM imports WHERE state <> 'staging'")
            self.server.kill()
            work.join()
            self.server.start()
            kept = self.count('SELECT count(*) FROM orders') - before
            self.assertIn(kept, (0, 3000) if not accepted else (3000,))
            self.assertEqual(self.count('SELECT count(*) FROM import_rows'), 0)
            self.server.ctl('verify', '--state')
            self.assertEqual(self.server.stop(), 0)
            path = self.write('more.csv', ORDERS + rows.replace('order', 'another'))


    def test_stopped_while_importing(self):
        """SIGTERM does not wait for a long import: what was accepted is finished by the next start."""
        self.add_users_without_unit()
        self.server.start()
        path = self.write('many.csv', ORDERS + ''.join(f'hotline,leak,order {n},,,2026-11-01T00:00:00Z\n' for n in range(6000)))
        work = threading.Thread(target=self.server.ctl, args=('import', 'orders', path), kwargs={'check': False})
        work.start()
        wait_for(lambda: self.count('SELECT count(*) FROM orders') or not work.is_alive(), 'the first orders')
        self.assertEqual(self.server.stop(), 0)
        work.join()
        self.server.start()
        self.assertEqual(self.count('SELECT count(*) FROM orders'), 6000)
        self.assertEqual(self.count('SELECT count(*) FROM import_rows'), 0)


class Exports(Ctl):
    def fill(self):
        self.server.ctl('user', 'add', 'chief', '--role', 'supervisor', text='waterdesk\n')
        self.server.start()
        chief = self.server.sign_in('chief')
        point = [120.2125, 30.2]
        for n in range(3):
            chief.must('receive', channel='wechat', category='leak', text=f'水管漏水，"{n}"\n急', nature='repair', point=point,
                       caller={'name': '王小明', 'phone': f'1381234800{n}'}, address='人民路118号', account='K1', reference=f'R-{n}')
        return chief

    def test_export_comes_in_again(self):
        chief = self.fill()
        out = os.path.join(self.folder, 'out.csv')
        self.server.ctl('export', 'orders', out)
        self.assertEqual(stat.S_IMODE(os.stat(out).st_mode), 0o600)
        with open(out, encoding='utf-8', newline='') as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row['reference'] for row in rows], ['R-0', 'R-1', 'R-2'])
        self.assertEqual((rows[1]['text'], rows[1]['lon'], rows[1]['channel'], rows[1]['caller_phone']), ('水管漏水，"1"\n急', '120.2125', 'wechat', ''))
        self.assertEqual(self.count("SELECT count(*) FROM events WHERE verb = 'looked'"), 0)

        with_callers = self.server.ctl('export', 'orders', '--callers', 'for the archive').stdout
        rows = list(csv.DictReader(io.StringIO(with_callers, newline='')))
        self.assertEqual((rows[2]['caller_name'], rows[2]['caller_phone']), ('王小明', '13812348002'))
        self.assertEqual(self.count("SELECT count(*) FROM events WHERE verb = 'looked'"), 3)

        other = self.make()
        path = self.write('again.csv', with_callers)
        self.assertIn('3 rows, 3 of them', other.ctl('import', 'orders', path).stdout)
        self.assertEqual(list(csv.DictReader(io.StringIO(other.ctl('export', 'orders', '--callers', 'x').stdout, newline=''))), rows)
        self.assertEqual(len(chief.get('/v1/orders?phone=138-1234-8001').json()['orders']), 1)

    def test_nothing_is_left_of_a_failed_export(self):
        self.server.ctl('user', 'add', 'chief', '--role', 'supervisor', text='waterdesk\n')
        os.chmod(os.path.join(self.server.data_dir, 'key'), 0o644)
        before = sorted(os.listdir(self.folder))
        self.assertIn('0600', self.refused('export', 'orders', os.path.join(self.folder, 'x.csv')))
        self.assertEqual(sorted(os.listdir(self.folder)), before)


class Keeping(Ctl):
    """Verify, rebuild, backup and restore, on a store in which something happened."""

    def play(self):
        ctl = self.server.ctl
        ctl('import', 'units', self.write('units.geojson', UNITS))
        self.add_users()
        self.server.start()
        chief, bay = self.server.sign_in('chief'), self.server.sign_in('bay')
        crew = self.server.sign_in('root').must('put-crew', unit='bay', name='Crew 1')['object']['id']
        self.ids = []
        for n in range(4):
            self.ids.append(chief.must('receive', channel='hotline', category='leak', text=f'order {n}', point=[-122.4, 37.7],
                                       caller={'name': '王小明', 'phone': '13812348000'})['object']['id'])
        for order in self.ids[:3]:
            chief.must('dispatch', order=order, unit='bay', note='quick')
        for order in self.ids[:2]:
            bay.must('accept', order=order)
            bay.must('assign', order=order, crew=crew)
        bay.must('return', order=self.ids[1], **{'class': 'not-ours', 'reason': 'not our pipe'})
        chief.must('rule-return', order=self.ids[1], granted=True, reason='right', unit='ocean')
        bay.must('arrive', order=self.ids[0])
        bay.must('finish', order=self.ids[0], result='mended', repaired=True, no_evidence='dark')
        chief.must('visit', order=self.ids[0], outcome='satisfied')
        chief.must('link', order=self.ids[3], to=self.ids[2])
        chief.get(f'/v1/orders/{self.ids[1]}/caller?reason=call+back')
        return chief

    def dump(self, path=None):
        with self.store(path) as db:
            return {table: sorted(map(repr, db.execute(f'SELECT * FROM {table}'))) for table in DERIVED}

    def stop(self):
        self.assertEqual(self.server.stop(), 0)

    def test_rebuild(self):
        self.play()
        before = self.dump()
        self.assertIn('as it was before', self.server.ctl('rebuild').stdout)
        self.assertEqual(self.dump(), before)
        self.stop()
        self.assertIn('as it was before', self.server.ctl('rebuild').stdout)
        self.assertEqual(self.dump(), before)
        with self.store() as db:
            for table in DERIVED:
                db.execute(f'DELETE FROM {table}')
            db.execute("INSERT INTO numbers VALUES ('19990101', 7)")
        self.assertIn('now it is', self.server.ctl('rebuild').stdout)
        self.assertEqual(self.dump(), before)

    def test_state_that_is_not_what_the_events_say(self):
        self.play()
        self.stop()
        self.server.ctl('verify', '--state')
        with self.store() as db:
            db.execute("UPDATE objects SET body = replace(body, '\"order 3\"', '\"order 4\"') WHERE id = ?", (self.ids[3],))
        self.server.ctl('verify')
        self.assertIn('rebuild', self.refused('verify', '--state'))
        self.server.ctl('rebuild')
        self.server.ctl('verify', '--state')

    def tamper(self, *statements):
        """What verify says of a copy of the store in which these ran; rebuild says the same, and leaves it as it is."""
        copy = os.path.join(self.folder, 'copy')
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.server.data_dir, copy)
        with self.store(os.path.join(copy, 'store.db')) as db:
            for sql, *values in statements:
                self.assertGreater(db.execute(sql, values).rowcount, 0, sql)
        done = run_ctl('--data-dir', copy, 'verify', check=False)
        self.assertEqual(done.returncode, 1, done)
        with self.store(os.path.join(copy, 'store.db')) as db:
            before = db.execute('SELECT id, body FROM objects ORDER BY id').fetchall()
        again = run_ctl('--data-dir', copy, 'rebuild', check=False)
        self.assertEqual(again.returncode, 1, again)
        self.assertIn(done.stderr.rstrip('\n'), again.stderr)
        with self.store(os.path.join(copy, 'store.db')) as db:
            self.assertEqual(db.execute('SELECT id, body FROM objects ORDER BY id').fetchall(), before)
        return done.stderr

    def test_verify_names_the_first_fault(self):
        self.play()
        self.stop()
        self.assertIn('all is well', self.server.ctl('verify').stdout)
        with self.store() as db:
            last = db.execute('SELECT max(seq) FROM events').fetchone()[0]
            seq = db.execute("SELECT seq FROM events WHERE verb = 'accept' ORDER BY seq LIMIT 1").fetchone()[0]
            box = db.execute("SELECT id FROM boxes WHERE field = 'text' ORDER BY id LIMIT 1").fetchone()[0]
            other = db.execute("SELECT id FROM boxes WHERE field = 'text' ORDER BY id DESC LIMIT 1").fetchone()[0]
        first = int(box.split('.')[0])
        for column, value in (('data', '{"unit":"west"}'), ('at', 5), ('verb', 'arrive'), ('object', self.ids[3]), ('by_user', new_id()),
                              ('boxes', ''), ('entered_at', 7)):
            with self.subTest(flipped=column):
                where = seq if column != 'boxes' else first
                self.assertIn(f'Event {where} ', self.tamper((f'UPDATE events SET {column} = ? WHERE seq = ?', value, where)))
        with self.subTest('one bit of a hash'):
            self.assertIn(f'Event {seq} ', self.tamper(("UPDATE events SET hash = zeroblob(32) WHERE seq = ?", seq)))
        with self.subTest('dropped'):
            self.assertIn(f'Event {seq} is missing', self.tamper(('DELETE FROM events WHERE seq = ?', seq)))
            self.assertIn('Event 1 is missing', self.tamper(('DELETE FROM events WHERE seq = 1',)))
            self.assertIn(f'Event {last} is missing', self.tamper(('DELETE FROM events WHERE seq = ?', last)))
        with self.subTest('dropped, and the gap closed'):
            self.assertIn(f'Event {seq} ', self.tamper(('DELETE FROM events WHERE seq = ?', seq), ('UPDATE events SET seq = -seq WHERE seq > ?', seq),
                                                       ('UPDATE events SET seq = -seq - 1 WHERE seq < 0',)))
        with self.subTest('swapped'):
            self.assertIn(f'Event {seq} ', self.tamper(('UPDATE events SET seq = -1 WHERE seq = ?', seq), ('UPDATE events SET seq = ? WHERE seq = ?', seq, seq + 1),
                                                       ('UPDATE events SET seq = ? WHERE seq = -1', seq + 1)))
        with self.subTest('a box changed'):
            self.assertIn(f'Event {first}: its box {box}', self.tamper(("UPDATE boxes SET sealed = zeroblob(60) WHERE id = ?", box)))
        with self.subTest('a box dropped'):
            self.assertIn(f'Event {first}: its box {box} is missing', self.tamper(('DELETE FROM boxes WHERE id = ?', box)))
        with self.subTest('two boxes swapped'):
            self.assertIn(f'its box ', self.tamper(("UPDATE boxes SET id = 'x' WHERE id = ?", box), ('UPDATE boxes SET id = ? WHERE id = ?', box, other),
                                                   ("UPDATE boxes SET id = ? WHERE id = 'x'", other)))
        with self.subTest('a box that no event names'):
            self.assertIn('no event names', self.tamper(("INSERT INTO boxes SELECT 'x', object, field, sealed FROM boxes WHERE id = ?", box)))

    def test_erased_boxes_are_no_fault(self):
        """An object's key and boxes go by age: the chain still verifies, and the state has nulls."""
        self.play()
        self.stop()
        with self.store() as db:
            db.execute('DELETE FROM boxes WHERE object = ?', (self.ids[0],))
            db.execute('DELETE FROM object_keys WHERE object = ?', (self.ids[0],))
        self.assertNotIn(', 0 erased', self.server.ctl('verify').stdout)
        self.server.ctl('rebuild')
        with self.store() as db:
            body = json.loads(db.execute('SELECT body FROM objects WHERE id = ?', (self.ids[0],)).fetchone()[0])
        self.assertEqual((body['state'], body['text'], body['caller']), ('closed', None, None))

    def test_backup_while_running_and_restore(self):
        chief = self.play()
        feed = chief.get('/v1/changes?since=0').json()
        copy = os.path.join(self.folder, 'copy.db')
        stop = threading.Event()

        def others():
            while not stop.is_set():
                chief.must('receive', channel='hotline', category='leak', text='meanwhile')

        work = threading.Thread(target=others)
        work.start()
        try:
            self.server.ctl('backup', copy)
        finally:
            stop.set()
            work.join()
        self.assertEqual(stat.S_IMODE(os.stat(copy).st_mode), 0o600)
        with open(os.path.join(self.server.data_dir, 'key'), encoding='utf-8') as file:
            key = file.read().split()[-1]
        with open(copy, 'rb') as file:
            kept = file.read()
        self.assertNotIn(key.encode(), kept)
        self.assertNotIn(bytes.fromhex(key), kept)
        self.assertFalse([name for name in os.listdir(self.server.data_dir) if name.startswith('backup')])

        other = self.make()
        self.assertIn('key file', other.ctl('restore', copy, check=False).stderr)
        os.makedirs(other.data_dir, exist_ok=True)
        shutil.copy(os.path.join(self.server.data_dir, 'key'), os.path.join(other.data_dir, 'key'))
        self.assertIn('no backup', other.ctl('restore', self.write('nonsense', 'x' * 9000), check=False).stderr)
        self.assertIn('all is well', other.ctl('restore', copy).stdout)
        self.assertIn('already', other.ctl('restore', copy, check=False).stderr)
        other.ctl('verify', '--state')
        other.start()
        again = other.sign_in('chief')
        self.assertProblem(again.get(f'/v1/changes?since={feed["seq"]}&store={feed["store"]}&view={feed["view"]}'), 410, 'resync')
        fresh = {change['id']: change['version'] for change in again.changes()[0]}
        self.assertLessEqual({change['id'] for change in feed['changes']}, set(fresh))
        self.assertEqual(other.get('/v1/session', token=chief.token).status, 401)

    def test_second_opener_is_refused(self):
        self.server.start()
        store = 'sqlite:' + os.path.join(self.server.data_dir, 'store.db')
        done = run_ctl('--store', store, '--data-dir', os.path.join(self.folder, 'other'), '--key-file',
                       os.path.join(self.server.data_dir, 'key'), 'verify', check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn('holds this store', done.stderr)
        self.assertIn('all is well', run_ctl('--store', store, 'verify').stdout)        # by the socket beside it
        self.assertEqual(self.server.stop(), 0)
        self.assertIn('all is well', run_ctl('--store', store, 'verify').stdout)


if __name__ == '__main__':
    unittest.main()
