"""test_folder.py — which data directory and which key file the programs work on, and which they leave alone

SPDX-License-Identifier: GPL-3.0-or-later
"""
import contextlib
import os
import shutil
import sqlite3
import unittest

from server import ServerCase, run_ctl


class Keys(ServerCase):
    """A store without its own key file is opened by neither program, and nothing is written."""

    def setUp(self):
        super().setUp()
        self.server = self.make()
        self.add_user(self.server)
        self.key = self.path('key')

    def add_user(self, server):
        server.ctl('user', 'add', 'root', '--role', 'admin', text='waterdesk\n')

    def path(self, name):
        return os.path.join(self.server.data_dir, name)

    def bytes_of(self, name):
        with open(self.path(name), 'rb') as file:
            return file.read()

    def assertRefused(self, said):
        before = sorted(os.listdir(self.server.data_dir)), self.bytes_of('store.db')
        done = self.server.ctl('verify', check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(said, done.stderr)
        with self.assertRaisesRegex(AssertionError, f'ended with 1 (.|\n)*{said}'):
            self.server.start()
        self.assertEqual((sorted(os.listdir(self.server.data_dir)), self.bytes_of('store.db')), before)

    def take_another_key(self):
        other = self.make()
        self.add_user(other)
        shutil.copy(os.path.join(other.data_dir, 'key'), self.key)

    def test_missing(self):
        os.rename(self.key, self.key + '.away')
        self.assertRefused(f'the key file of the store {self.path("store.db")} is missing')
        os.rename(self.key + '.away', self.key)
        self.server.ctl('verify', '--state')

    def test_another_stores(self):
        shutil.copy(self.key, self.key + '.own')
        self.take_another_key()
        self.assertRefused("this key file is not this store's")
        shutil.copy(self.key + '.own', self.key)
        self.server.ctl('verify', '--state')

    def test_another_stores_before_the_tables_change(self):
        with contextlib.closing(sqlite3.connect(self.path('store.db'))) as db, db:
            db.execute('UPDATE schema SET version = version - 1')       # what comes next would fail: it is there
        self.take_another_key()
        self.assertRefused("this key file is not this store's")

    def test_another_stores_backup(self):
        copy = os.path.join(self.server.work, 'copy.db')
        self.server.ctl('backup', copy)
        os.unlink(self.path('store.db'))
        shutil.copy(self.key, self.key + '.own')
        self.take_another_key()
        done = self.server.ctl('restore', copy, check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("copy.db: this key file is not this store's", done.stderr)
        self.assertFalse([name for name in os.listdir(self.server.data_dir) if name.startswith('store.db.restore')])
        self.assertFalse(os.path.exists(self.path('store.db')))
        shutil.copy(self.key + '.own', self.key)
        self.assertIn('all is well', self.server.ctl('restore', copy).stdout)


class NoStore(ServerCase):
    """What only looks at a store makes none where there is none."""

    def test_nothing_is_made(self):
        server = self.make()
        out = os.path.join(server.work, 'out')
        for words in (('verify',), ('rebuild',), ('export', 'orders', out), ('backup', out), ('user', 'list'), ('user', 'disable', 'x')):
            with self.subTest(words):
                done = server.ctl(*words, check=False)
                self.assertEqual(done.returncode, 1, done)
                self.assertIn(f'there is no store in {server.data_dir}: store.db is missing', done.stderr)
                self.assertEqual(os.listdir(server.work), [])
        path = os.path.join(server.work, 'other.db')
        self.assertIn(f'no store in {server.work}: other.db', run_ctl('--store', 'sqlite:' + path, 'verify', check=False).stderr)
        self.assertEqual(os.listdir(server.work), [])

    def test_a_folder_that_is_there_stays_as_it_is(self):
        server = self.make()
        os.mkdir(server.data_dir)
        self.assertIn('no store', server.ctl('verify', check=False).stderr)
        self.assertEqual(os.listdir(server.data_dir), [])


class FirstStart(ServerCase):
    def test_the_administrator_comes_with_his_password_or_not_at_all(self):
        server = self.make()
        units = os.path.join(server.work, 'units.geojson')
        with open(units, 'w', encoding='utf-8') as file:
            file.write('{"type":"FeatureCollection","features":[]}')
        server.ctl('import', 'units', units)
        store = os.path.join(server.data_dir, 'store.db')
        with contextlib.closing(sqlite3.connect(store)) as db, db:
            db.execute("CREATE TRIGGER full BEFORE INSERT ON credentials BEGIN SELECT RAISE(FAIL, 'no room'); END")
        with self.assertRaisesRegex(AssertionError, 'no room'):
            server.start()
        with contextlib.closing(sqlite3.connect(store)) as db, db:
            self.assertEqual(db.execute("SELECT count(*) FROM objects WHERE kind = 'staff'").fetchone(), (0,))
            db.execute('DROP TRIGGER full')
        server.start()
        self.assertEqual(server.sign_in_first().user['role'], 'admin')


class Heads(ServerCase):
    """The chain's head is written out, so that events which are cut off its end are missed."""

    def setUp(self):
        super().setUp()
        self.server = self.make()
        self.server.ctl('user', 'add', 'chief', '--role', 'supervisor', text='waterdesk\n')
        self.store, self.heads = (os.path.join(self.server.data_dir, name) for name in ('store.db', 'heads'))

    def play(self, *texts):
        self.server.start()
        chief = self.server.sign_in('chief')
        for text in texts:
            chief.must('receive', channel='hotline', category='leak', text=text)
        self.assertEqual(self.server.stop(), 0)
        return self.last_event()

    def last_event(self):
        with contextlib.closing(sqlite3.connect(self.store)) as db:
            seq, value = db.execute('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1').fetchone()
            return seq, value.hex()

    def written(self):
        with open(self.heads, encoding='ascii') as file:
            return file.read().splitlines()

    def test_written_at_a_clean_end(self):
        ends = [self.play('one'), self.play('two', 'three')]
        self.assertEqual(os.stat(self.heads).st_mode & 0o777, 0o600)
        for line, (seq, value) in zip(self.written(), ends, strict=True):
            self.assertRegex(line, rf'^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ {seq} {value}$')
        with open(self.heads, 'a', encoding='ascii') as file:
            file.write('2026-11-24T08:0')       # a crash in the middle of a line
        self.assertIn('all is well', self.server.ctl('verify').stdout)
        self.server.start()
        self.assertIn('all is well', self.server.ctl('verify').stdout)

    def test_what_was_cut_off_or_made_again_is_named(self):
        first, _ = self.play('one')
        copy = self.store + '.copy'
        shutil.copy(self.store, copy)
        last, _ = self.play('two', 'three')
        time = self.written()[-1].split()[0]
        shutil.copy(copy, self.store)           # whole in itself, and two events short
        said = self.server.ctl('verify', check=False)
        self.assertEqual(said.returncode, 1, said)
        self.assertIn(f"Event {first + 1} is missing, and all after it: event {last} was the chain's head at {time}.", said.stderr)

        before = self.written()
        self.play('another', 'story', 'of three')
        said = self.server.ctl('verify', check=False)
        self.assertEqual(said.returncode, 1, said)
        self.assertIn(f"Event {last} is not the one that was the chain's head at {time}.", said.stderr)
        self.assertEqual(self.written()[:-1], before)

        os.rename(copy, copy + '.backup')
        os.unlink(self.store)
        self.assertIn('all is well', self.server.ctl('restore', copy + '.backup').stdout)
        self.assertEqual([name for name in os.listdir(self.server.data_dir) if name == 'heads'], [])
        self.assertEqual(len([name for name in os.listdir(self.server.data_dir) if name.startswith('heads.')]), 1)


if __name__ == '__main__':
    unittest.main()
