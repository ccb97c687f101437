"""bench_map.py — a frame of the map while it is panned and zoomed, beside widgets for markers

The product's layer with 100,000 orders and their symbols, beside a ShumateMarkerLayer with 1,000 and
with 10,000 markers of one GtkImage each, all of them in view, in a window of 1280x800 on a virtual
screen; painted by cairo, and by GL where there is any.  And the product's layer of areas with 500
of 200 corners, beside 500 ShumatePathLayers, by cairo alone: with GL these take seconds a frame and
gigabytes.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import statistics
import subprocess

from display import Display, without_gl
from peers import table, target, tool

ROUNDS = 3
AREAS = 500
RUNS = (('layer', 100_000), ('markers', 1000), ('markers', 10_000))


def measure(screen, renderer, kind, n, frames=150):
    """(pan median, pan p95, zoom median, zoom p95) in ms, and what painted."""
    env = dict(screen.env, GSK_RENDERER=renderer, **({} if renderer == 'cairo' else dict.fromkeys(without_gl(), '')))
    done = subprocess.run([tool('bench-map'), kind, str(n), str(frames)], env=env, stdout=subprocess.PIPE, text=True, check=True)
    words = done.stdout.split()
    return [float(word) for word in words[:4]], words[4]


screen = Display('1280x800')
try:
    for renderer in ('cairo', 'gl'):
        rounds, painted = {run: [] for run in RUNS}, None
        for _ in range(ROUNDS):
            for run in RUNS:
                numbers, painted = measure(screen, renderer, *run)
                rounds[run].append(numbers)
        found = {run: [statistics.median(column) for column in zip(*rows)] for run, rows in rounds.items()}
        table(f'A frame of the map, {painted}', ['what', 'pan ms', 'p95', 'zoom ms', 'p95'],
              [[f'{n:,} orders, our layer' if kind == 'layer' else f'{n:,} markers of a GtkImage', *found[kind, n]] for kind, n in RUNS])
        for column, motion in ((0, 'panning'), (2, 'zooming')):
            own = found[RUNS[0]][column]
            target(f'{motion}, beside 1,000 markers', own / found[RUNS[1]][column], 1.5)
            target(f'{motion}, beside 10,000 markers', own / found[RUNS[2]][column], 1 / 3)

    areas, paths = [statistics.median(column) for column in zip(*(measure(screen, 'cairo', 'areas', AREAS)[0] for _ in range(ROUNDS)))], \
        measure(screen, 'cairo', 'paths', AREAS, 30)[0]
    table('A frame of the map with 500 areas of 200 corners, cairo', ['what', 'pan ms', 'p95', 'zoom ms', 'p95'],
          [['our layer of areas', *areas], ['500 ShumatePathLayers', *paths]])
    for column, motion in ((0, 'panning'), (2, 'zooming')):
        target(f'{motion}, beside ShumatePathLayers', areas[column] / paths[column], 1 / 10)
finally:
    screen.close()
