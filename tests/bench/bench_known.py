"""bench_known.py — what is known at a place among 1,000 areas and 100,000 open orders, while orders come in

wrk asks for random places with 4 connections while 8 clients post orders as fast as they are
answered.  Beside it the same server's empty answers in the same minute: a list in which nobody is found
(the same threads, one look-up in the store), and the place where nothing is known.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import random
import re
import subprocess

from peers import medians, staffed, table, tokens, tool
from server import new_id

AREAS, ORDERS, CONNECTIONS, CLIENTS, SECONDS, ROUNDS = 1_000, 100_000, 4, 8, 6, 3
WEST, SOUTH, SIZE = 120.0, 30.0, 0.4
numbers = random.Random(14)
SCRIPT = '''
math.randomseed (14)
local tokens = { "%s" }
request = function ()
  return wrk.format ("GET", (%s), { Authorization = "Bearer " .. tokens[math.random (#tokens)] })
end
'''
ASKED = {
    'known, at random places': f'string.format ("/v1/known?point=%.6f,%.6f", {WEST} + math.random () * {SIZE}, {SOUTH} + math.random () * {SIZE})',
    'known, where nothing is': '"/v1/known?point=10.5,50.5"',
    'a list with nobody in it': '"/v1/customers?phone=13900000000"',
}
UNITS = {'us': 0.001, 'ms': 1, 's': 1000}


def write_orders(path):
    with open(path, 'w', encoding='utf-8') as file:
        file.write('reference,channel,category,text,caller_name,caller_phone,address,lon,lat,received_at,due\n')
        for i in range(ORDERS):
            file.write(f'R{i},hotline,leak,路面冒水，第{i}次来电,张三丰,1381{i % 10**7:07},人民路{i % 900}号,'
                       f'{numbers.uniform(WEST, WEST + SIZE):.6f},{numbers.uniform(SOUTH, SOUTH + SIZE):.6f},2026-11-24T08:00:00Z,\n')


def square():
    lon, lat, side = numbers.uniform(WEST, WEST + SIZE), numbers.uniform(SOUTH, SOUTH + SIZE), numbers.uniform(0.002, 0.02)
    return {'type': 'Polygon', 'coordinates': [[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]]}


def ask(server, writer, readers, asked):
    """(requests/s, median ms, p99 ms) by wrk, while others write.  Each token has a rate of its own, so the readers share several."""
    script = os.path.join(server.work, 'ask.lua')
    with open(script, 'w', encoding='ascii') as file:
        file.write(SCRIPT % ('", "'.join(readers), asked))
    writing = subprocess.Popen([tool('bench-load'), str(server.port), str(CLIENTS), str(SECONDS), writer], stdout=subprocess.PIPE, text=True)
    done = subprocess.run(['wrk', '-t1', f'-c{CONNECTIONS}', f'-d{SECONDS}s', '--latency', '-s', script, f'http://127.0.0.1:{server.port}'],
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    written = float(writing.communicate()[0].split()[0])
    assert 'Non-2xx' not in done, done
    spread = {share: float(value) * UNITS[unit] for share, value, unit in re.findall(r'^ +(\d+)% +([\d.]+)(us|ms|s)$', done, re.M)}
    return float(re.search(r'Requests/sec: +([\d.]+)', done)[1]), spread['50'], spread['99'], written


server = staffed()
try:
    orders = os.path.join(server.work, 'orders.csv')
    write_orders(orders)
    server.ctl('import', 'orders', orders)
    clerk = server.sign_in('dispatcher')
    for first in range(0, AREAS, 100):
        results = clerk.commands([{'id': new_id(), 'do': 'declare-outage', 'nature': 'emergency', 'reason': '主管爆裂', 'starts': '2026-01-01T00:00:00Z',
                                   'area': square()} for _ in range(100)])
        assert all(result['ok'] for result in results), results
    writer, *readers = tokens(server, 'dispatcher', 1 + CONNECTIONS)
    rounds = {name: [] for name in ASKED}
    for _ in range(ROUNDS):
        for name, asked in ASKED.items():
            rounds[name].append(ask(server, writer, readers, asked))
    found = {name: medians(rows) for name, rows in rounds.items()}
finally:
    server.close()

table(f'Asked by {CONNECTIONS} connections among {AREAS:,} areas and {ORDERS:,} orders, while {CLIENTS} clients post orders',
      ['what', 'answers/s', 'median ms', 'p99 ms', 'orders/s meanwhile'], [[name, *row] for name, row in found.items()])
first, *others = ASKED
for name in others:
    print(f'  p99 beside {name}: {found[first][2] / found[name][2]:.2f} times', flush=True)
