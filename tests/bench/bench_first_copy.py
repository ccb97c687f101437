"""bench_first_copy.py — the first copy of 100,000 open orders, beside a file of the same size

`changes` from 0, 5,000 at a time, as a desk asks for it; plain and with gzip (what comes is counted,
not unpacked).  Beside it a file of as many bytes through the same server, door and session: a basemap
whose tiles are as large as tiles may be.  Then the server's memory: before, at its peak, after.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import socket
import sqlite3
import time

from peers import finish, medians, staffed, table, target

ORDERS, PAGE, ROUNDS, TILE = 100_000, 5000, 3, 2_000_000
END = re.compile(rb'\],"seq":(\d+),"more":(true|false),')
buffer = memoryview(bytearray(1 << 26))


class Reader:
    """One connection that keeps nothing but the last answer."""

    def __init__(self, port, token):
        self.socket = socket.create_connection(('127.0.0.1', port))
        self.token = token

    def get(self, path, more=''):
        """The answer's body, in the buffer until the next one."""
        self.socket.sendall(f'GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.token}\r\n{more}\r\n'.encode())
        have, end = 0, -1
        while end < 0:
            have += self.socket.recv_into(buffer[have:])
            end = bytes(buffer[:min(have, 4096)]).find(b'\r\n\r\n')
        head = bytes(buffer[:end])
        assert head.startswith(b'HTTP/1.1 200'), head
        whole = end + 4 + int(re.search(rb'(?i)content-length: (\d+)', head)[1])
        while have < whole:
            have += self.socket.recv_into(buffer[have:])
        return buffer[end + 4:whole]


def first_copy(reader, ends=None):
    """(seconds, bytes, where the pages end); with those ends given it asks for gzip."""
    start, size, since, seen = time.monotonic(), 0, 0, []
    while ends is None or len(seen) < len(ends):
        body = reader.get(f'/v1/changes?since={since}&limit={PAGE}', 'Accept-Encoding: gzip\r\n' if ends else '')
        size += len(body)
        if ends:
            since = ends[len(seen)]
            seen.append(since)
            continue
        seq, more = END.search(bytes(body[-300:])).groups()
        since = int(seq)
        seen.append(since)
        if more == b'false':
            break
    return time.monotonic() - start, size, seen


def send_file(reader, tiles):
    start, size = time.monotonic(), 0
    for tile in range(tiles):
        size += len(reader.get(f'/v1/tiles/10/{tile}/0'))
    return time.monotonic() - start, size


def write_orders(path):
    with open(path, 'w', encoding='utf-8') as file:
        file.write('reference,channel,category,text,caller_name,caller_phone,address,lon,lat,received_at,due\n')
        for i in range(ORDERS):
            file.write(f'R{i},hotline,leak,人民路与中山路路口水管漏水，路面已经积水，影响行人通行，第{i}次来电,张三丰,1381{i % 10**7:07},人民路{i % 900}号,'
                       f'{120 + i % 997 / 2000:.4f},{30 + i % 991 / 2000:.4f},2026-11-24T08:{i // 60 % 60:02}:{i % 60:02}Z,\n')


def write_tiles(path, size):
    """MBTiles of this many bytes; returns how many tiles."""
    tiles = size // TILE
    with sqlite3.connect(path) as db:
        db.execute('CREATE TABLE metadata (name TEXT, value TEXT)')
        db.execute('CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)')
        db.execute('CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)')
        db.executemany('INSERT INTO metadata VALUES (?, ?)', [('name', 'as large'), ('format', 'png')])
        for i in range(tiles):
            db.execute('INSERT INTO tiles VALUES (10, ?, 1023, ?)', (i, b'\x89PNG\r\n\x1a\n' + os.urandom(TILE - 8)))
    db.close()
    return tiles


def memory(server):
    """(resident, peak) in MB."""
    with open(f'/proc/{server.pid}/status', encoding='ascii') as file:
        status = dict(line.split(':', 1) for line in file if line.startswith('Vm'))
    return [int(status[name].split()[0]) / 1024 for name in ('VmRSS', 'VmHWM')]


server = staffed()
try:
    orders, tiles = os.path.join(server.work, 'orders.csv'), os.path.join(server.work, 'tiles.mbtiles')
    write_orders(orders)
    start = time.monotonic()
    server.ctl('import', 'orders', orders)
    imported = time.monotonic() - start

    server.restart()        # as after a night: nothing of the import in its memory
    reader = Reader(server.port, server.sign_in('dispatcher').token)
    before = memory(server)
    _, size, ends = first_copy(reader)
    after = memory(server)
    n = write_tiles(tiles, size)
    server.ctl('import', 'tiles', tiles)
    rounds = {'copy': [], 'gzip': [], 'file': []}
    for _ in range(ROUNDS):
        rounds['file'].append(send_file(reader, n))
        rounds['copy'].append(first_copy(reader)[:2])
        rounds['gzip'].append(first_copy(reader, ends)[:2])
    found = {name: medians(rows) for name, rows in rounds.items()}
    end = memory(server)
finally:
    server.close()


def row(name, numbers):
    return [name, numbers[0], numbers[1] / 1e6, numbers[1] / 1e6 / numbers[0]]


table(f'The first copy of {ORDERS:,} open orders ({len(ends)} pages; their import took {imported:.1f} s)', ['what', 'seconds', 'MB', 'MB/s'],
      [row('changes from 0', found['copy']), row('... with gzip', found['gzip']), row(f'a file of the size ({n} tiles)', found['file'])])
target('beside the file', found['copy'][0] / found['file'][0], 3)
print(f'  with gzip: {found["gzip"][0] / found["file"][0]:.2f} times, for {found["copy"][1] / found["gzip"][1]:.0f} times fewer bytes')
table('Memory of the server', ['when', 'MB', 'peak MB'],
      [['started again', *before], ['after one first copy', *after], [f'after {ROUNDS} more of each', *end]])
finish()
