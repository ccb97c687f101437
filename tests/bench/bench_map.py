"""bench_map.py — a frame of the map while it is panned and zoomed, beside widgets for markers

The product's layer with 100,000 orders and their symbols, beside a ShumateMarkerLayer with 1,000 and
with 10,000 markers of one GtkImage each, all of them in view, in a window of 1280x800 on a virtual
screen; painted by cairo, and by GL where there is any.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import statistics

from display import Display
from peers import finish, frames, table, target

ROUNDS = 3
RUNS = (('layer', 100_000), ('markers', 1000), ('markers', 10_000))

screen = Display('1280x800')
try:
    for renderer in ('cairo', 'gl'):
        rounds, painted = {run: [] for run in RUNS}, None
        for _ in range(ROUNDS):
            for run in RUNS:
                numbers, painted, _ = frames(screen, renderer, *run)
                rounds[run].append(numbers)
        found = {run: [statistics.median(column) for column in zip(*rows)] for run, rows in rounds.items()}
        table(f'A frame of the map, {painted}', ['what', 'pan ms', 'p95', 'zoom ms', 'p95', 'pan CPU ms', 'zoom CPU ms'],
              [[f'{n:,} orders, our layer' if kind == 'layer' else f'{n:,} markers of a GtkImage', *found[kind, n]] for kind, n in RUNS])
        for column, motion in ((0, 'panning'), (2, 'zooming')):
            own = found[RUNS[0]][column]
            target(f'{motion}, beside 1,000 markers', own / found[RUNS[1]][column], 1.5)
            target(f'{motion}, beside 10,000 markers', own / found[RUNS[2]][column], 1 / 3)
finally:
    screen.close()
finish()
