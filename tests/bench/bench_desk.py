"""bench_desk.py — a desk with 100,000 open orders: its start, its memory, and its main loop while changes pour in

The shipped desktop on a virtual screen, whose picture is read as it stands in memory.  It starts from its copy
until the last large change of the picture; beside it the same desk with a copy of no orders, and the
physical limit, a reading of all the bodies from the copy's file.  Then 10,000 changes come in ten seconds
while the wheel turns over the queue: the longest time that the main loop was busy, beside the same
scrolling without changes, and with each sync of the copy made 200 ms slower.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import itertools
import mmap
import os
import shutil
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

from desk import Desk, Stage
from peers import medians, staffed, table, tool
from server import SOURCE, new_id, wait_for

ORDERS, CHANGES, SECONDS, BATCH, ROUNDS = 100_000, 10_000, 10, 50, 3
SIZE = WIDTH, HEIGHT = (1366, 768)
TILE, CHANGED = 256, 0.03   # of the picture: bytes of a row that are looked at together; the share that is a large change
QUIET = 4                   # seconds without one: it is all there
KEYRING = os.path.join(SOURCE, 'tests', 'support', 'fake_keyring.py')


class Picture:
    """The window's part of the screen, from the file that Xvfb draws in (XWD)."""

    def __init__(self, folder):
        with open(os.path.join(folder, 'Xvfb_screen0'), 'rb') as file:
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack('>25I', self.map[:100])
        self.start, self.stride = head[0] + head[19] * 12, head[12]

    def rows(self):
        return [self.map[at:at + WIDTH * 4] for at in range(self.start, self.start + HEIGHT * self.stride, self.stride)]


def changed(before, after):
    """The share of the picture that differs."""
    tiles = sum(a[i:i + TILE] != b[i:i + TILE] for a, b in zip(before, after) if a != b for i in range(0, WIDTH * 4, TILE))
    return tiles / (HEIGHT * WIDTH * 4 / TILE)


def first_picture(picture, begin):
    """Seconds from then to the last large change of the picture."""
    last, at = picture.rows(), time.monotonic()
    while time.monotonic() - at < QUIET:
        time.sleep(0.01)
        now = picture.rows()
        if changed(last, now) > CHANGED:
            last, at = now, time.monotonic()
    return at - begin


class Gaps:
    """What loop-gap.so counts."""

    def __init__(self, work):
        self.path = os.path.join(work, 'gaps')
        self.reset()

    def reset(self):
        mode = 'r+b' if os.path.exists(self.path) else 'wb'
        with open(self.path, mode) as file:
            file.write(bytes(16))

    def read(self):
        """(longest in ms, how many beyond 100 ms)"""
        with open(self.path, 'rb') as file:
            longest, n = struct.unpack('=2Q', file.read(16))
        return longest / 1e6, n


def memory(desk):
    with open(f'/proc/{desk.process.pid}/status', encoding='ascii') as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith('VmRSS'))


def write_orders(path):
    with open(path, 'w', encoding='utf-8') as file:
        file.write('reference,channel,category,text,caller_name,caller_phone,address,lon,lat,received_at,due\n')
        for i in range(ORDERS):
            file.write(f'R{i},hotline,leak,路口水管漏水，路面已经积水，第{i}次来电,张三丰,1381{i % 10**7:07},人民路{i % 900}号,'
                       f'{120.1 + i % 997 / 5000:.4f},{30.1 + i % 991 / 5000:.4f},2026-11-24T08:{i // 60 % 60:02}:{i % 60:02}Z,\n')


def pour(client, orders, begin):
    """All the changes, at an even pace; half of them alter what the queue shows."""
    for batch in range(CHANGES // BATCH):
        time.sleep(max(0, begin + batch * BATCH * SECONDS / CHANGES - time.monotonic()))
        verbs = [('classify', {'category': next(CATEGORY)}) if i % 2 else ('note', {'text': '已电话核实'}) for i in range(BATCH)]
        client.commands([{'id': new_id(), 'do': verb, 'order': next(orders), **members} for verb, members in verbs])


CATEGORY = itertools.cycle(('burst', 'leak', 'no-water', 'quality'))


def scroll(desk, until):
    """The wheel over the queue."""
    desk.screen.move((200, 500))
    for button in itertools.cycle([5] * 20 + [4] * 20):
        if time.monotonic() >= until:
            return
        desk.screen.do('click', button)
        time.sleep(0.05)


def copy_of(desk):
    """The file of the desk's copy."""
    return glob.glob(os.path.join(desk.home, 'data', 'waterdesk', '*', 'replica.sqlite'))[0]


def ask_copy(desk, sql):
    with sqlite3.connect(f'file:{copy_of(desk)}?mode=ro', uri=True) as db:
        return db.execute(sql).fetchone()[0]


def copy_seq(desk):
    """How far the copy has read the feed; nothing while it is being made."""
    try:
        return ask_copy(desk, 'SELECT seq FROM position')
    except (IndexError, sqlite3.OperationalError):
        return -1


def server_seq(client):
    with client.live() as live:
        return live.receive()['hello']['seq']


def busy(desk, gaps, client=None, orders=None):
    """Scrolls for ten seconds, with or without changes: (longest gap in ms, how many beyond 100 ms, seconds from the
    last change until the copy has them all)"""
    gaps.reset()
    begin = time.monotonic()
    feeder = threading.Thread(target=pour, args=(client, orders, begin)) if client else None
    if feeder:
        feeder.start()
    scroll(desk, begin + SECONDS)
    if not feeder:
        return [*gaps.read(), 0]
    feeder.join()
    end, seq = time.monotonic(), server_seq(client)
    wait_for(lambda: copy_seq(desk) >= seq, 'the copy to have every change')
    return [*gaps.read(), time.monotonic() - end]


def read_bodies(desk):
    """Seconds to read all the bodies of the copy from its file."""
    begin = time.monotonic()
    with sqlite3.connect(f'file:{copy_of(desk)}?mode=ro', uri=True) as db:
        for _ in db.execute('SELECT id, kind, version, body FROM objects'):
            pass
    return time.monotonic() - begin


def start_from_copy(desk, picture):
    """(seconds to the first full picture, memory in MB)"""
    begin = time.monotonic()
    desk.start()
    seconds = first_picture(picture, begin)
    return [seconds, memory(desk)]


class Bench:
    def __init__(self):
        self.work = tempfile.mkdtemp(prefix='waterdesk-bench-desk-')
        self.frames = os.path.join(self.work, 'frames')
        os.mkdir(self.frames)
        Stage.current = Stage('-fbdir', self.frames)
        self.keyring = subprocess.Popen([sys.executable, KEYRING], env=Stage.current.env, stdout=subprocess.PIPE, text=True)
        self.keyring.stdout.readline()
        self.gaps = Gaps(self.work)
        self.picture = Picture(self.frames)
        self.server = staffed()
        self.desks = []

    def desk(self, name):
        """A desk that has its copy.  The first signs in, those after it have its token from the keyring."""
        client = self.server.sign_in('dispatcher')
        shim = {'LD_PRELOAD': tool('loop-gap.so'), 'WATERDESK_LOOP_GAPS': self.gaps.path}
        desk = Desk(self.server.url, 'dispatcher', os.path.join(self.work, name), size=SIZE, env=shim).start()
        if not self.desks:
            desk.sign_in()
        self.desks.append(desk)
        seq = server_seq(client)
        wait_for(lambda: copy_seq(desk) >= seq, 'the first copy', timeout=300)
        return desk

    def run(self):
        empty = self.desk('empty')
        empty.kill()
        bare = []
        for _ in range(ROUNDS):
            bare.append(start_from_copy(empty, self.picture))
            empty.kill()

        path = os.path.join(self.work, 'orders.csv')
        write_orders(path)
        self.server.ctl('import', 'orders', path)
        client = self.server.sign_in('dispatcher')
        desk = self.desk('full')
        assert ask_copy(desk, "SELECT count(*) FROM objects WHERE kind = 'order'") == ORDERS
        desk.kill()
        starts, limits = [], []
        for _ in range(ROUNDS):
            limits.append(read_bodies(desk))
            starts.append(start_from_copy(desk, self.picture))
            desk.kill()
        start, limit = medians(starts), statistics.median(limits)
        bare = medians(bare)
        table(f'A desk with {ORDERS:,} open orders in its copy ({os.path.getsize(copy_of(desk)) / 1e6:.0f} MB)', ['what', 'seconds', 'MB'],
              [['start to the first full picture', *start], ['... with no orders', *bare], ["all bodies read from the copy's file", limit, '-']])
        print(f'  beside the reading alone: {start[0] / limit:.2f} times; beside an empty desk: {start[0] / bare[0]:.2f} times')

        orders = itertools.cycle([change['id'] for change in client.changes()[0] if change['kind'] == 'order'][:CHANGES])
        rows = []
        for what, more, changes in (('scrolling alone', {}, False), (f'{CHANGES:,} changes in {SECONDS} s', {}, True),
                                    ('... each sync 200 ms slower', {'LD_PRELOAD': f'{tool("loop-gap.so")}:{tool("slow-sync.so")}',
                                                                     'WATERDESK_SYNC_DELAY_US': '200000'}, True)):
            desk.env.update(more)
            start_from_copy(desk, self.picture)
            wait_for(lambda: desk.seek('label', '实时'), 'the live link')
            rows.append([what, *(busy(desk, self.gaps, client, orders) if changes else busy(desk, self.gaps)), memory(desk)])
            desk.kill()
        table("The desk's main loop while the queue scrolls", ['what', 'longest gap ms', 'gaps > 100 ms', 'behind s', 'MB'], rows)
        print(f'  with changes beside scrolling alone: {rows[1][1] / rows[0][1]:.2f} times; with slow syncs: {rows[2][1] / rows[0][1]:.2f} times')

    def close(self):
        for desk in self.desks:
            desk.close()
        self.server.close()
        self.keyring.kill()
        self.keyring.wait()
        self.keyring.stdout.close()
        Stage.close()
        shutil.rmtree(self.work, ignore_errors=True)


bench = Bench()
try:
    bench.run()
finally:
    bench.close()
