"""peers.py — what the server's benchmarks share: servers, their peers, medians, the table

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from display import without_gl
from server import BUILD, PASSWORD, READY, Server

# Each sync takes 5 ms more.
SLOW = {'LD_PRELOAD': os.path.join(BUILD, 'tests', 'bench', 'slow-sync.so'), 'WATERDESK_SYNC_DELAY_US': '5000'}


def tool(name):
    return os.path.join(BUILD, 'tests', 'bench', name)


def run(name, *args):
    """The numbers that a load program prints."""
    done = subprocess.run([tool(name), *map(str, args)], stdout=subprocess.PIPE, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def frames(screen, renderer, kind, n, frames=150):
    """(pan median, pan p95, zoom median, zoom p95, pan and zoom median of the main thread's own time) in ms, what painted,
    and how many pictures of areas were painted while panning."""
    env = dict(screen.env, GSK_RENDERER=renderer, **({} if renderer == 'cairo' else dict.fromkeys(without_gl(), '')))
    done = subprocess.run([tool('bench-map'), kind, str(n), str(frames)], env=env, stdout=subprocess.PIPE, text=True, check=True)
    words = done.stdout.split()
    return [float(word) for word in words[:4] + words[6:]], words[4], int(words[5])


class Bare:
    """A bare SoupServer of bench-bare."""

    def __init__(self, *args, store=False, env=None):
        self.work = tempfile.mkdtemp(prefix='waterdesk-bare-')
        command = [tool('bench-bare'), *args, *([self.work] if store else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ, **(env or {})))
        line = self.process.stdout.readline()
        assert line.startswith(READY), line
        self.port = int(line.rsplit(':', 1)[1])

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.work)


def staffed(*args, users=(('dispatcher', 'dispatcher', None),), **more):
    """A server that runs with these users."""
    server = Server(*args, **more).start()
    for name, role, unit in users:
        server.ctl('user', 'add', name, '--role', role, *(['--unit', unit] if unit else []), text=PASSWORD)
    return server


def tokens(server, user, n):
    return [server.sign_in(user).token for _ in range(n)]


def medians(rounds):
    """Of a list of rows of numbers: the median of each column."""
    return [statistics.median(column) for column in zip(*rounds)]



def table(title, head, rows):
    print(f'\n{title}   (load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)')
    cells = [head, *([cell if isinstance(cell, str) else f'{cell:,.4g}' if cell < 100 else f'{cell:,.0f}' for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print('  ' + '  '.join(cell.rjust(widths[i]) if i else cell.ljust(widths[i]) for i, cell in enumerate(row)))


missed = []


def target(what, ratio, bound, at_least=False):
    holds = ratio >= bound if at_least else ratio <= bound
    print(f'  {what}: {ratio:.3g} times; wanted at {"least" if at_least else "most"} {bound}: {"holds" if holds else "MISSED"}', flush=True)
    if not holds:
        missed.append(what)


def finish(*others):
    """Ends the program: with 1 where a target was missed, or one of `others`, which are named."""
    missed.extend(others)
    for what in missed:
        print(f'MISSED: {what}', flush=True)
    sys.exit(1 if missed else 0)
