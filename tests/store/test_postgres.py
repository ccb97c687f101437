"""test_postgres.py — the SQL is that of PostgreSQL too: all migrations run there, all statements prepare

A real PostgreSQL from Debian, in a folder of its own, on a UNIX socket.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from server import SOURCE, wait_for
from statements import statements

ROOMS = ('ledger', 'server', 'admin', 'store')
# Map files and backups are files of SQLite, whatever the store is.
ELSEWHERE = ('src/ledger/wd-import-tiles.c', 'src/ledger/wd-backup.c')
PROGRAMS = sorted(glob.glob('/usr/lib/postgresql/*/bin'))
ACCOUNT = 'postgres'        # PostgreSQL refuses to run as root


def of_the_store():
    return [(path, name, sql) for path, name, sql in statements(*ROOMS) if path not in ELSEWHERE]


def migrations():
    return sorted(glob.glob(os.path.join(SOURCE, 'src', 'ledger', '[0-9]*.sql')))


class PostgreSQL(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not PROGRAMS:
            raise unittest.SkipTest('PostgreSQL is not installed')
        cls.account = {'user': ACCOUNT, 'group': ACCOUNT, 'extra_groups': []} if os.geteuid() == 0 else {}
        cls.folder = tempfile.mkdtemp(prefix='waterdesk-')
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        if cls.account:
            shutil.chown(cls.folder, ACCOUNT, ACCOUNT)
        data = os.path.join(cls.folder, 'data')
        cls.run_program('initdb', '-D', data, '-U', ACCOUNT, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync')
        cls.server = subprocess.Popen([os.path.join(PROGRAMS[-1], 'postgres'), '-D', data, '-k', cls.folder, '-h', '', '-F'],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cls.folder, **cls.account)
        cls.addClassCleanup(cls.stop)
        wait_for(lambda: subprocess.run([os.path.join(PROGRAMS[-1], 'pg_isready'), '-q', '-h', cls.folder], check=False).returncode == 0,
                 'PostgreSQL')
        for script in migrations():
            with open(script, encoding='utf-8') as file:
                cls.psql('BEGIN;' + file.read() + 'COMMIT;')

    @classmethod
    def stop(cls):
        cls.server.terminate()
        cls.server.wait(30)

    @classmethod
    def run_program(cls, name, *args, **more):
        done = subprocess.run([os.path.join(PROGRAMS[-1], name), *args], cwd=cls.folder, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False, **cls.account, **more)
        if done.returncode != 0:
            raise AssertionError(f'{name}: {done.stdout}')
        return done.stdout

    @classmethod
    def psql(cls, sql, *args):
        return cls.run_program('psql', '-h', cls.folder, '-U', ACCOUNT, '-d', 'postgres', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', *args,
                               input=sql)

    def test_every_migration_made_its_tables(self):
        made = set(self.psql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'").split())
        named = set()
        for script in migrations():
            with open(script, encoding='utf-8') as file:
                named |= set(re.findall(r'^CREATE TABLE (\w+)', file.read(), re.M))
        self.assertLessEqual({'events', 'boxes', 'objects', 'audience', 'schedule', 'answers'}, named)
        self.assertEqual(made, named)

    def test_every_statement_prepares(self):
        # The one row of the version is made by the migration itself.
        self.psql('CREATE TABLE IF NOT EXISTS schema (version BIGINT NOT NULL)')
        self.addCleanup(self.psql, 'DROP TABLE schema')
        for path, name, sql in of_the_store():
            with self.subTest(f'{path}: {name}'):
                self.psql(f'PREPARE "{name}" AS {sql};')

    def test_what_makes_the_version_runs_twice(self):
        with open(os.path.join(SOURCE, 'src', 'store', 'wd-migrate.c'), encoding='utf-8') as file:
            scripts = re.findall(r'script \(store, "([^"]+)"', file.read())
        self.addCleanup(self.psql, 'DROP TABLE IF EXISTS schema')
        self.assertEqual(len(scripts), 2)
        self.psql(';'.join(scripts + scripts))
        self.assertEqual(self.psql('SELECT version FROM schema'), '0\n')

    def test_values_are_numbered_from_one_without_a_gap(self):
        for path, name, sql in of_the_store():
            with self.subTest(f'{path}: {name}'):
                numbers = sorted({int(number) for number in re.findall(r'\$(\d+)', sql)})
                self.assertEqual(numbers, list(range(1, len(numbers) + 1)))

    def test_names_are_given_once(self):
        names = collections.Counter(name for _, name, _ in of_the_store())
        self.assertGreater(len(names), 20)
        self.assertEqual([name for name, count in names.items() if count > 1], [])
