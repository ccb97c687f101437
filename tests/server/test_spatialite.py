"""test_spatialite.py — who is in an area: the answer of another program with an index of its own

The areas and the accounts are those of the benchmark, fewer of both.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import subprocess
import sys
import unittest

TESTS = os.path.join(os.path.dirname(__file__), '..')
BENCH = os.path.join(TESTS, 'bench', 'bench_affected.py')


class SpatiaLite(unittest.TestCase):
    def test_same_answers(self):
        done = subprocess.run([sys.executable, BENCH, '--accounts', '20000', '--shapes', '300'], capture_output=True, text=True, timeout=280,
                              env=dict(os.environ, PYTHONPATH=os.path.join(TESTS, 'support')))
        self.assertIn('the same answer on 300 of 300 areas', done.stdout, done.stdout + done.stderr)
        self.assertIn('the right one, on 40 of 40 areas', done.stdout)
        self.assertEqual(done.returncode, 0)


if __name__ == '__main__':
    sys.exit('run by tap.py')
