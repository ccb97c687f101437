"""bench_map_areas.py — a frame of the map with 500 areas while it is panned, beside 500 ShumatePathLayers

Areas of 200 corners, nearly all in view, in a window of 1280x800 on a virtual screen.  The map is panned so far around them
that the picture of them has to be painted anew several times, and the frames while a worker paints it are among those that are
measured.  Zooming is measured beside it.  By cairo alone: with GL the 500 layers take seconds a frame and gigabytes; of them
fewer frames are measured, for they are all alike.  Ends with 1 where a target is missed.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import statistics

from display import Display
from peers import finish, frames, table, target

ROUNDS = 3
AREAS = 500
FRAMES, PATH_FRAMES = 100, 20
PICTURES = 3        # at least, once around

screen = Display('1280x800')
try:
    runs = [frames(screen, 'cairo', 'areas', AREAS, FRAMES) for _ in range(ROUNDS)]
    paths = frames(screen, 'cairo', 'paths', AREAS, PATH_FRAMES)[0]
finally:
    screen.close()

areas = [statistics.median(column) for column in zip(*(numbers for numbers, _, _ in runs))]
pictures = [n for _, _, n in runs]
table(f'A frame of the map with {AREAS} areas of 200 corners, cairo', ['what', 'pan ms', 'p95', 'zoom ms', 'p95', 'pan CPU ms', 'zoom CPU ms'],
      [['our layer of areas', *areas], [f'{AREAS} ShumatePathLayers', *paths]])
print(f'  zooming, beside ShumatePathLayers: {areas[2] / paths[2]:.3g} times')
target('pictures of the areas painted anew while panning, the fewest', min(pictures), PICTURES, at_least=True)
target('panning, beside ShumatePathLayers', areas[0] / paths[0], 1 / 10)
finish()
