"""bench_ledger.py — what a command costs the writer, disk apart, beside one row in one table

In a folder in memory: syncs cost nothing there.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import subprocess

MEMORY = '/dev/shm'
program = os.path.join(os.environ['WATERDESK_BUILD'], 'tests', 'bench', 'bench-ledger')
env = dict(os.environ, **({'TMPDIR': MEMORY} if os.access(MEMORY, os.W_OK) else {}))
print('The writer, microseconds of one thread for each command (reading it: in us)', flush=True)
subprocess.run([program], env=env, check=True)
