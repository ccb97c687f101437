"""bench_live.py — from a dispatch acknowledged to its change read by each of 200 live readers

Dispatches one after another; half of the readers are of the centre, half of the unit.  Beside it a
bare libsoup server that sends as many bytes to as many WebSockets when it has answered a post.

SPDX-License-Identifier: GPL-3.0-or-later
"""
from peers import Bare, finish, medians, run, staffed, table, target, tokens

READERS, DISPATCHES, ROUNDS = 200, 100, 5

ours = staffed()     # with a dispatcher
bare = Bare('broadcast')
try:
    admin = ours.sign_in_first()
    admin.must('put-unit', code='east', name='城东供水公司', kind='supply')
    ours.ctl('user', 'add', 'east', '--role', 'unit', '--unit', 'east', text='waterdesk')
    keys = tokens(ours, 'dispatcher', 1) + tokens(ours, 'east', 1)
    rounds = {'waterdeskd': [], 'bare SoupServer': []}
    for _ in range(ROUNDS):
        rounds['waterdeskd'].append(run('bench-readers', ours.port, 'ours', READERS, DISPATCHES, 'east', *keys))
        size = int(rounds['waterdeskd'][-1][-1])
        rounds['bare SoupServer'].append(run('bench-readers', bare.port, 'bare', READERS, DISPATCHES, size))
    found = {name: medians(rows) for name, rows in rounds.items()}
finally:
    bare.close()
    ours.close()

table(f'A dispatch read by each of {READERS} live readers, {ROUNDS} times {DISPATCHES} dispatches',
      ['server', 'median ms', 'p99 ms', 'median ms from the post', 'p99 ms', 'bytes'], [[name, *row] for name, row in found.items()])
target('p99 beside the bare broadcast', found['waterdeskd'][1] / found['bare SoupServer'][1], 2)
finish()
