#!/usr/bin/python3
"""tap.py — runs one Python unittest file and prints TAP, a line for each test method

    tap.py tests/server/test_session.py [NAME…]     NAME picks the methods whose name contains it

What a failing test has to say follows its line as # lines; a skip carries its reason.  A case whose class
says `tries = 2` is run once more when it fails, by itself and after all others; what it said at first comes
before its line, and the line of one that passes then ends in "(second try)".  A class or
module whose set-up fails or skips gives that answer for each of its methods, so that the number of
tests is the same on every machine.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import faulthandler
import importlib.util
import os
import signal
import sys
import traceback
import unittest


def leaves(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from leaves(test)
        else:
            yield test


class TapResult(unittest.TestResult):
    def __init__(self, tests):
        super().__init__()
        self.count = 0
        self.failed = 0
        self.waiting = {test.id(): test for test in tests}
        self.again = {}         # what is to be tried once more
        self.second = False
        self.fixtures = []      # (prefix of ids, "failed" or "skipped", text) of a class or module set-up

    def line(self, test_id, ok, skip=None):
        self.waiting.pop(test_id, None)
        self.count += 1
        self.failed += not ok
        name = test_id.replace('#', ' ').replace('\n', ' ') + (' (second try)' if ok and test_id in self.again else '')
        tail = '' if skip is None else ' # SKIP ' + ' '.join(skip.split())
        print(f'{"ok" if ok else "not ok"} {self.count} - {name}{tail}', flush=True)

    @staticmethod
    def note(text):
        for row in text.rstrip().splitlines():
            print('# ' + row, flush=True)

    @staticmethod
    def story(error):
        return ''.join(traceback.format_exception(*error))

    def addSuccess(self, test):
        self.line(test.id(), True)

    def addFailure(self, test, error):
        self.addError(test, error)

    def addError(self, test, error):
        if not isinstance(test, unittest.TestCase):
            self.fixtures.append((fixture(test), False, self.story(error)))
            self.note(self.story(error))
            return
        self.failure(test)
        self.note(self.story(error))
        if hasattr(test, 'last_words'):
            self.note(test.last_words())

    def failure(self, test):
        if getattr(test, 'tries', 1) > 1 and not self.second:
            self.again[test.id()] = test
            self.note(f'{test.id()} failed at its first try:')
        elif test.id() in self.waiting:
            self.line(test.id(), False)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.failure(test)
            self.note(f'in {subtest.id()}\n{self.story(error)}')

    def addSkip(self, test, reason):
        if not isinstance(test, unittest.TestCase):
            self.fixtures.append((fixture(test), True, reason))
        elif test.id() in self.waiting:
            self.line(test.id(), True, reason)

    def addExpectedFailure(self, test, error):
        self.line(test.id(), True)

    def addUnexpectedSuccess(self, test):
        self.line(test.id(), False)
        self.note('it was expected to fail and passed')

    def finish(self):
        """Answers for the tests that a class's or module's set-up kept from running."""
        for test_id in list(self.waiting):
            for prefix, skipped, text in self.fixtures:
                if test_id.startswith(prefix + '.'):
                    self.line(test_id, skipped, text if skipped else None)
                    break
            else:
                self.line(test_id, False)
                self.note('it did not run')
        for prefix, skipped, text in self.fixtures:
            if not skipped and prefix.startswith('tearDown '):
                self.line(prefix, False)
        print(f'1..{self.count}', flush=True)


def fixture(holder):
    """unittest's stand-in for a set-up is described as "setUpClass (module.Class)"."""
    stage, _, where = holder.id().partition(' (')
    where = where.rstrip(')')
    return where if stage.startswith('setUp') else f'tearDown {where}'


def load(path):
    sys.path[:0] = [os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.abspath(__file__))]
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return unittest.defaultTestLoader.loadTestsFromModule(module)


def main(path, *names):
    faulthandler.enable()
    faulthandler.register(signal.SIGTERM, chain=True)   # a test that hangs says where
    try:
        suite = load(path)
    except unittest.SkipTest as skip:
        print(f'1..0 # SKIP {skip}')
        return 0
    except Exception:
        TapResult.note(traceback.format_exc())
        print(f'not ok 1 - {os.path.basename(path)} can be loaded\n1..1')
        return 1
    tests = [test for test in leaves(suite) if not names or any(name in test.id() for name in names)]
    result = TapResult(tests)
    unittest.TestSuite(tests).run(result)
    if result.again:
        result.second = True
        unittest.TestSuite(type(test)(test._testMethodName) for test in result.again.values()).run(result)
    result.finish()
    return 1 if result.failed or not result.count else 0


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
