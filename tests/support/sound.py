"""sound.py — a sound server of a test's own that nobody hears, and an ear that says which sounds came out of it

    server = SoundServer(folder)            # or raises FileNotFoundError: no pulseaudio
    with server.listen() as ear:
        …
        wait_for(lambda: 'order' in ear.sounds(), 'two rising notes')

The sink is a null sink; its monitor is recorded, and each sound told by its notes, as the ear tells them.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import array
import math
import os
import subprocess
import threading
import time

RATE = 22050
WINDOW = RATE // 50         # 20 ms
LOUD = 600                  # of 32767, as the mean of a window
GAP_SECONDS = 0.35          # what is further apart is another sound
NOTES = (440, 550, 660, 780, 880, 990)


def energy(samples, frequency):
    """How much of a frequency there is (Goertzel)."""
    factor = 2 * math.cos(2 * math.pi * frequency / RATE)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + factor * last - before
    return last * last + before * before - factor * last * before


def note_of(samples):
    """The nearest note; None for silence."""
    if sum(map(abs, samples)) < LOUD * len(samples):
        return None
    return max(NOTES, key=lambda note: energy(samples, note))


def name_of(notes):
    """What a run of notes is, window by window; None between them.  A window alone is none: a note's edge sounds like any."""
    heard = [note for before, note, after in zip([None] + notes, notes, notes[1:] + [None]) if note and note in (before, after)]
    if not heard:
        return f'unknown {notes}'
    bursts = sum(1 for note, last in zip(notes, [None] + notes) if note and not last)
    if heard[0] == 660 and heard[-1] == 990:
        return 'order'
    if set(heard) == {780} and bursts == 3:
        return 'urge'
    if heard[0] == 880 and heard[-1] == 440 and bursts == 1:
        return 'cut'
    return f'unknown {heard}'


class Ear:
    """Records from now on."""

    def __init__(self, command, env):
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.notes = []         # one a window
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        while data := self.process.stdout.read(2 * WINDOW):
            samples = array.array('h', data[:len(data) & ~1])
            self.notes.append(note_of(samples))

    def times(self):
        """(name, second at which it began) of each sound that has ended."""
        found, run, silence = [], [], 0
        for index, note in enumerate(list(self.notes)):
            silence = 0 if note else silence + 1
            if note or run:
                run.append(note)
            if run and silence * WINDOW > GAP_SECONDS * RATE:
                found.append((name_of(run[:-silence]), (index + 1 - len(run)) * WINDOW / RATE))
                run = []
        return found

    def sounds(self):
        return [name for name, _ in self.times()]

    @property
    def seconds(self):
        """How long it has listened."""
        return len(self.notes) * WINDOW / RATE

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()


class SoundServer:
    def __init__(self, folder, sink=True):
        self.address = 'unix:' + os.path.join(folder, 'pulse')
        self.env = dict(os.environ, HOME=folder, XDG_RUNTIME_DIR=folder, PULSE_RUNTIME_PATH=folder, PULSE_SERVER=self.address)
        self.env.pop('DISPLAY', None)
        modules = [f'module-native-protocol-unix socket={os.path.join(folder, "pulse")} auth-anonymous=1']
        modules += ['module-null-sink sink_name=nobody'] if sink else []
        self.process = subprocess.Popen(
            ['pulseaudio', '-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disable-shm=yes',
             *(word for module in modules for word in ('-L', module))],
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while self.ask('info').returncode != 0:
            if time.monotonic() > end or self.process.poll() is not None:
                self.close()
                raise RuntimeError('pulseaudio does not start here')
            time.sleep(0.05)

    def ask(self, *words):
        return subprocess.run(['pactl', *words], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def listen(self):
        ear = Ear(['parec', '--device=nobody.monitor', '--format=s16le', f'--rate={RATE}', '--channels=1', '--raw', '--latency-msec=50'], self.env)
        end = time.monotonic() + 30
        while not ear.notes:
            assert time.monotonic() < end and ear.process.poll() is None, 'parec does not hear anything'
            time.sleep(0.02)
        return ear

    def close(self):
        self.process.terminate()
        self.process.wait()
