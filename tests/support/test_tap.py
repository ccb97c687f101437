"""test_tap.py — what tap.py prints for each way in which a test can end

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import subprocess
import sys
import tempfile
import unittest

TAP = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'tap.py')
HEAD = 'import unittest\nclass A(unittest.TestCase):\n'


def run(text, *names):
    with tempfile.NamedTemporaryFile('w', suffix='.py', prefix='test_', encoding='utf-8') as file:
        file.write(text)
        file.flush()
        done = subprocess.run([sys.executable, TAP, file.name, *names], capture_output=True, text=True)
        module = os.path.basename(file.name)[:-3]
        return done.returncode, done.stdout.replace(module, 'm').splitlines()


class Tap(unittest.TestCase):
    def check(self, text, status, *wanted):
        got_status, lines = run(text)
        self.assertEqual([line for line in lines if not line.startswith('#')], list(wanted), lines)
        self.assertEqual(got_status, status)
        return lines

    def test_pass_fail_and_skip_have_a_line_each(self):
        lines = self.check(HEAD + '    def test_a(self): pass\n    def test_b(self): self.fail("because")\n'
                           '    def test_c(self): self.skipTest("no # reason")\n', 1,
                           'ok 1 - m.A.test_a', 'not ok 2 - m.A.test_b', 'ok 3 - m.A.test_c # SKIP no # reason', '1..3')
        self.assertTrue(any('because' in line for line in lines))

    def test_failing_subtests_are_one_failure(self):
        self.check(HEAD + '    def test_a(self):\n        for i in 1, 2:\n'
                   '            with self.subTest(i=i): self.fail()\n', 1, 'not ok 1 - m.A.test_a', '1..1')

    def test_second_try_is_named(self):
        lines = self.check(HEAD + '    tries, left = 2, [3, 1]\n    def test_a(self): self.left[0] -= 1; self.assertEqual(self.left[0] < 2, True)\n'
                           '    def test_b(self): pass\n    def test_c(self): self.fail("because")\n', 1,
                           'ok 1 - m.A.test_b', 'ok 2 - m.A.test_a (second try)', 'not ok 3 - m.A.test_c', '1..3')
        self.assertEqual(lines.count('# m.A.test_a failed at its first try:'), 1)
        self.assertEqual(sum('because' in line for line in lines), 2 * 2)

    def test_failing_cleanup_fails_the_test(self):
        self.check(HEAD + '    def test_a(self): self.addCleanup(lambda: 1 / 0)\n', 1, 'not ok 1 - m.A.test_a', '1..1')

    def test_class_that_skips_skips_each_of_its_tests(self):
        self.check(HEAD + '    @classmethod\n    def setUpClass(cls): raise unittest.SkipTest("no data")\n'
                   '    def test_a(self): pass\n    def test_b(self): pass\n', 0,
                   'ok 1 - m.A.test_a # SKIP no data', 'ok 2 - m.A.test_b # SKIP no data', '1..2')

    def test_class_that_cannot_be_set_up_fails_each_of_its_tests(self):
        self.check(HEAD + '    @classmethod\n    def setUpClass(cls): 1 / 0\n'
                   '    def test_a(self): pass\n    def test_b(self): pass\n', 1,
                   'not ok 1 - m.A.test_a', 'not ok 2 - m.A.test_b', '1..2')

    def test_failing_class_end_is_a_failure_more(self):
        self.check(HEAD + '    @classmethod\n    def tearDownClass(cls): 1 / 0\n    def test_a(self): pass\n', 1,
                   'ok 1 - m.A.test_a', 'not ok 2 - tearDown m.A', '1..2')

    def test_file_that_cannot_be_loaded_fails(self):
        status, lines = run('import nothing_of_that_name\n')
        self.assertEqual(status, 1)
        self.assertTrue(any(line.startswith('not ok 1') for line in lines), lines)

    def test_file_without_tests_fails(self):
        self.check('', 1, '1..0')

    def test_names_choose_tests(self):
        self.assertEqual(run(HEAD + '    def test_a(self): pass\n    def test_b(self): self.fail()\n', 'A.test_a'),
                         (0, ['ok 1 - m.A.test_a', '1..1']))
