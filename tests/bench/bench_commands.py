"""bench_commands.py — durable commands per second with 32 clients, each sync made 5 ms slower

Each client keeps one connection and posts one `receive` at a time, the next when it has the answer.
Beside the server with default settings: itself with batches of one, and a bare SoupServer that
parses the same bodies and commits one row for each, all that wait together.

SPDX-License-Identifier: GPL-3.0-or-later
"""
from peers import Bare, SLOW, finish, medians, run, staffed, table, target, tokens

CLIENTS, SECONDS, ROUNDS, TOKENS = 32, 3, 3, 4

ours = staffed(env=SLOW)
single = staffed('--batch', '1', env=SLOW)
bare = Bare('commit', store=True, env=SLOW)
try:
    targets = [('waterdeskd', ours.port, tokens(ours, 'dispatcher', TOKENS)),
               ('waterdeskd --batch 1', single.port, tokens(single, 'dispatcher', TOKENS)),
               ('bare SoupServer', bare.port, ['none'])]
    rounds = {name: [] for name, _, _ in targets}
    for _ in range(ROUNDS):
        for name, port, keys in targets:
            rounds[name].append(run('bench-load', port, CLIENTS, SECONDS, *keys))
    found = {name: medians(rows) for name, rows in rounds.items()}
finally:
    bare.close()
    single.close()
    ours.close()

table(f'Durable commands with {CLIENTS} clients, each sync 5 ms slower',
      ['server', 'commands/s', 'median ms', 'p99 ms', 'CPU s of the load'], [[name, *row] for name, row in found.items()])
target('beside batches of one', found['waterdeskd'][0] / found['waterdeskd --batch 1'][0], 5, at_least=True)
target('the bare server beside it', found['bare SoupServer'][0] / found['waterdeskd'][0], 2)
finish()
