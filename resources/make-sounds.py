#!/usr/bin/env python3
"""make-sounds.py — the three sounds of alarms, told apart by rhythm alone

    make-sounds.py FOLDER       writes order.wav, urge.wav and cut.wav there

Between 400 and 1500 Hz, which small loudspeakers give and old ears hear; none longer than a second.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import array
import math
import os
import sys
import wave

RATE = 22050
LOUD = 0.7
SOFT_SECONDS = 0.012        # to swell and to fade: else it clicks

# Notes: seconds, Hz at its begin and at its end; 0 Hz is a rest.
SOUNDS = {
    'order': [(0.20, 660, 660), (0.06, 0, 0), (0.34, 990, 990)],                                        # two rising notes
    'urge': [(0.12, 780, 780), (0.14, 0, 0), (0.12, 780, 780), (0.14, 0, 0), (0.12, 780, 780)],         # three even beats
    'cut': [(0.95, 880, 440)],                                                                          # one long falling note
}


def samples(notes):
    phase = 0.0
    for seconds, begin, end in notes:
        count = round(seconds * RATE)
        for i in range(count):
            phase += 2 * math.pi * (begin + (end - begin) * i / count) / RATE
            edge = min(1, i / (SOFT_SECONDS * RATE), (count - i) / (SOFT_SECONDS * RATE))
            tone = math.sin(phase) if begin else 0
            yield round(32767 * LOUD * edge * tone)


def main():
    for name, notes in SOUNDS.items():
        with wave.open(os.path.join(sys.argv[1], name + '.wav'), 'wb') as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            data = array.array('h', samples(notes))
            if sys.byteorder == 'big':
                data.byteswap()
            file.writeframes(data.tobytes())


if __name__ == '__main__':
    main()
