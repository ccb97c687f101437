"""test_summary.py — how summary.py counts what `meson test` leaves in its log

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

SUMMARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'summary.py')


class Summary(unittest.TestCase):
    def run_on(self, *tests, allowed=None):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'meson-logs'))
            with open(os.path.join(folder, 'meson-logs', 'testlog.json'), 'w', encoding='utf-8') as log:
                for number, (result, stdout) in enumerate(tests):
                    print(json.dumps({'name': f't{number}', 'result': result, 'returncode': 0, 'stdout': stdout}), file=log)
            command = [sys.executable, SUMMARY, folder]
            if allowed is not None:
                with open(os.path.join(folder, 'allowed'), 'w', encoding='utf-8') as file:
                    file.write(allowed)
                command[2:2] = ['--allowed', os.path.join(folder, 'allowed')]
            done = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(done.stderr, '')
            lines = done.stdout.splitlines()
            return done.returncode, lines[-1], lines[:-1]

    def test_cases_are_counted_not_programs(self):
        status, last, _ = self.run_on(('OK', 'ok 1 - a\nok 2 - b\n1..2'), ('OK', '1..1\nok 1 /a/b\n'))
        self.assertEqual((status, last), (0, '3 passed, 0 failed, 0 skipped'))

    def test_failure_is_shown_with_its_log(self):
        status, last, lines = self.run_on(('FAIL', 'ok 1 - a\nnot ok 2 - b\n# the reason\n1..2'))
        self.assertEqual((status, last), (1, '1 passed, 1 failed, 0 skipped'))
        self.assertIn('# the reason', lines)
        self.assertIn('FAILED t0: b', lines)

    def test_crash_after_passed_cases_is_a_failure(self):
        self.assertEqual(self.run_on(('ERROR', '1..3\nok 1 /a\nok 2 /b'))[:2], (1, '2 passed, 1 failed, 0 skipped'))

    def test_timeout_without_a_word_is_a_failure(self):
        self.assertEqual(self.run_on(('TIMEOUT', ''))[:2], (1, '0 passed, 1 failed, 0 skipped'))

    def test_skips_are_told_with_their_reasons(self):
        status, last, lines = self.run_on(('OK', 'ok 1 - a # SKIP no data\nok 2 /b\n1..2'), ('SKIP', '1..0 # SKIP no server'))
        self.assertEqual((status, last), (0, '1 passed, 0 failed, 2 skipped'))
        self.assertEqual(lines, ['SKIPPED t0: a: no data', 'SKIPPED t1: all: no server'])

    def test_second_try_is_told_and_counts_once(self):
        status, last, lines = self.run_on(('OK', '# a failed at its first try:\nok 1 - a (second try)\nok 2 - b\n1..2'))
        self.assertEqual((status, last), (0, '2 passed, 0 failed, 0 skipped'))
        self.assertEqual(lines, ['SECOND TRY t0: a (second try)'])

    def test_skip_that_is_not_allowed_fails(self):
        log = ('OK', 'ok 1 - a # SKIP no data\nok 2 - b # SKIP just so\nok 3 - c\n1..3')
        self.assertEqual(self.run_on(log, allowed='# a list\n^no data$\n')[:2], (1, '1 passed, 1 failed, 1 skipped'))
        self.assertEqual(self.run_on(log, allowed='no data\njust so\n')[:2], (0, '1 passed, 0 failed, 2 skipped'))

    def test_nothing_passed_is_no_success(self):
        self.assertEqual(self.run_on(('OK', 'ok 1 - a # SKIP no data\n1..1'))[0], 1)
