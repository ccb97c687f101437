#!/usr/bin/python3
"""summary.py — what the tests of a build said: failures with their logs, skips with their reasons, the count

    summary.py [--allowed FILE] BUILD…

Single cases are counted, from the log that `meson test` leaves.  A program that crashes, runs out of
time or stops before its plan counts as a failed case of its own.  What passed only at its second try is
named.  The last line is always

    N passed, N failed, N skipped

and the status is 0 only where something passed and nothing failed.  With --allowed a skip whose reason
matches none of the file's regular expressions counts as failed; only those are told then.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import os
import re
import sys

CASE = re.compile(r'(not )?ok\b(?: +\d+)?(?: +-)? *(.*?)(?: *# *(SKIP)\b *(.*))?$', re.I)
GOOD = ('OK', 'SKIP', 'EXPECTEDFAIL')


class Case:
    def __init__(self, program, name, outcome, reason=''):
        self.program = program
        self.name = name
        self.outcome = outcome      # 'passed', 'failed' or 'skipped'
        self.reason = reason


def read_cases(test):
    """The cases of one test program, from its TAP."""
    cases = []
    for line in test.get('stdout', '').splitlines():
        whole = re.match(r'1\.\.0 *# *SKIP\b *(.*)', line, re.I)
        found = CASE.match(line)
        if whole:
            cases.append(Case(test['name'], 'all', 'skipped', whole[1]))
        elif found:
            outcome = 'failed' if found[1] else 'skipped' if (found[3] or '').upper() == 'SKIP' else 'passed'
            cases.append(Case(test['name'], found[2], outcome, found[4] or ''))
    if test['result'] not in GOOD and not any(case.outcome == 'failed' for case in cases):
        cases.append(Case(test['name'], f'ended with {test["result"]}, status {test["returncode"]}', 'failed'))
    elif not cases:
        cases.append(Case(test['name'], 'all', 'failed' if test['result'] not in GOOD else 'passed'))
    return cases


def read_build(folder):
    with open(os.path.join(folder, 'meson-logs', 'testlog.json'), encoding='utf-8') as log:
        return [json.loads(line) for line in log]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--allowed')
    parser.add_argument('build', nargs='+')
    options = parser.parse_args()
    allowed = None
    if options.allowed:
        with open(options.allowed, encoding='utf-8') as file:
            allowed = [re.compile(line.strip()) for line in file if line.strip() and not line.startswith('#')]

    cases = []
    for test in [test for folder in options.build for test in read_build(folder)]:
        found = read_cases(test)
        cases += found
        failed = [case for case in found if case.outcome == 'failed']
        if failed and allowed is None:
            print(f'\n=== {test["name"]} ===')
            for part in ('stdout', 'stderr'):
                if test.get(part):
                    print(test[part].rstrip())
        for case in failed:
            print(f'FAILED {case.program}: {case.name}')

    for case in cases:
        if case.name.endswith('(second try)'):
            print(f'SECOND TRY {case.program}: {case.name}')
        if case.outcome == 'skipped':
            if allowed is None:
                print(f'SKIPPED {case.program}: {case.name}: {case.reason}')
            elif not any(pattern.search(case.reason) for pattern in allowed):
                case.outcome = 'failed'
                print(f'SKIPPED WITHOUT LEAVE {case.program}: {case.name}: {case.reason}')

    passed, failed, skipped = (sum(case.outcome == outcome for case in cases)
                               for outcome in ('passed', 'failed', 'skipped'))
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
