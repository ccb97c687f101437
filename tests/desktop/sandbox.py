"""sandbox.py — the installed Flatpak on a virtual display: its window, its demo server, its sounds, and what it may do

    sandbox.py PICTURES

Shown by `./dev flatpak`; leaves a picture.  The window is read through the accessible tree, as everywhere; what the sandbox is like, from outside: of
the processes that run in it, through /proc.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import configparser
import glob
import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request

os.environ['WATERDESK_PICTURES'] = PICTURES = sys.argv[1]

from accessible import Control        # noqa: E402
from desk import Desk, Stage        # noqa: E402: it reads where pictures go
from server import wait_for        # noqa: E402

APPLICATION = 'org.waterdesk.Waterdesk'
README = os.path.join(os.path.dirname(__file__), '..', '..', 'flatpak', 'README.md')
GROUPS = {'share': ('Context', 'shared'), 'socket': ('Context', 'sockets'), 'device': ('Context', 'devices'), 'filesystem': ('Context', 'filesystems')}


class Sandboxed(Desk):
    """A desk whose process ids are others than ours: it is alone on the screen and on the bus."""

    def windows(self):
        return [int(line) for line in self.stage.ask('search', '--all', '--onlyvisible', '--class', 'waterdesk').split()]

    def root(self):
        return next((Control(self, owner) for owner, _ in self.stage.accessibility.applications()), None)


def say(words):
    print('-', words, flush=True)


# --- what it may do -------------------------------------------------------------------

def documented():
    """Each permission that the README gives a reason for, as Flatpak keeps it: (group, key, value)."""
    with open(README, encoding='utf-8') as file:
        rows = re.findall(r'^\| `--([a-z-]+)=([^`]+)` \| (.+) \|$', file.read(), re.M)
    assert rows and all(reason.strip() for _, _, reason in rows), rows
    found = {('Session Bus Policy', value, 'talk') if word == 'talk-name' else (*GROUPS[word], value) for word, value, _ in rows}
    if ('Context', 'sockets', 'fallback-x11') in found:
        found.add(('Context', 'sockets', 'x11'))        # what it falls back to
    return found


def permitted(env):
    text = subprocess.run(['flatpak', 'info', '--user', '--show-permissions', APPLICATION], env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    keys = configparser.ConfigParser(delimiters='=', interpolation=None)
    keys.optionxform = str
    keys.read_string(text)
    return {(group, key, each) for group in keys.sections() for key, value in keys[group].items() for each in value.split(';') if each}


def check_permissions(env):
    have, want = permitted(env), documented()
    assert have == want, f'without a reason: {sorted(have - want)}; not there: {sorted(want - have)}'
    say('it may do what flatpak/README.md gives a reason for, and nothing else: ' + ', '.join(' '.join(each) for each in sorted(have)))


# --- what runs in it ------------------------------------------------------------------

def sandboxed(name):
    """The process of that program that runs in the sandbox of the application; None before it does."""
    for path in glob.glob('/proc/[0-9]*'):
        try:
            program = os.readlink(f'{path}/exe')
            with open(os.path.join(path, 'root', '.flatpak-info'), encoding='utf-8') as file:
                inside = f'name={APPLICATION}\n' in file.read()
        except OSError:         # it has ended, or has no such file: it runs outside
            continue
        if inside and os.path.basename(program) == name:
            return path, program
    return None


def port_of(path):
    """Where a process listens on the loopback."""
    sockets = set()
    for each in glob.glob(f'{path}/fd/*'):
        try:
            sockets.update(re.findall(r'^socket:\[(\d+)\]$', os.readlink(each)))
        except OSError:
            continue
    with open(f'{path}/net/tcp', encoding='ascii') as file:
        rows = [line.split() for line in file][1:]
    loopback = socket.inet_aton('127.0.0.1')[::-1].hex().upper()
    return next((int(row[1].split(':')[1], 16) for row in rows if row[9] in sockets and row[3] == '0A' and row[1].startswith(loopback)), None)


def check_server():
    path, program = wait_for(lambda: sandboxed('waterdeskd'), 'the demo server in the sandbox')
    assert program == '/app/bin/waterdeskd', program
    port = wait_for(lambda: port_of(path), 'the demo server to listen')
    with urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz', timeout=30) as answer:
        body = answer.read().decode()
    assert answer.status == 200 and '"ok"' in body, body
    say(f'{program} runs inside and answers: {body.strip()}')


def check_isolation(env):
    """No folder of the user's can be seen from inside."""
    path, program = sandboxed('waterdesk')
    with tempfile.NamedTemporaryFile(dir=env['HOME'], prefix='waterdesk-outside-') as file:
        assert not os.path.exists(f'{path}/root{file.name}'), f'{program} sees {file.name}'
    assert os.readlink(f'{path}/ns/mnt') != os.readlink('/proc/self/ns/mnt')
    say('it sees no file of the user')


def check_sound(desk, stage):
    """The sounds are tried from the program's settings, and heard outside."""
    assert stage.sound, 'pulseaudio is not installed'
    with stage.sound.listen() as ear:
        desk.key('ctrl+comma')
        buttons = wait_for(lambda: (lambda found: found if len(found) == 3 else None)(desk.seek('push button', re.compile('^试听'))), 'the sounds to be tried')
        for button, sound in zip(buttons, ('order', 'urge', 'cut')):
            button.act()
            wait_for(lambda sound=sound: sound in ear.sounds(), f'the sound {sound}, heard outside of the sandbox')
    say('its three sounds are heard')


def main():
    stage = Stage.get()
    # As an office has it: the user's own folders, a Chinese locale, the display and the sound server that there are.
    env = {name: os.environ[name] for name in ('HOME', 'PATH')}
    env.update({name: stage.env[name] for name in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'PULSE_SERVER')}, LANG='zh_CN.UTF-8')
    check_permissions(env)
    desk = Sandboxed(None, 'dispatcher', PICTURES, command=['flatpak', 'run', '--user', APPLICATION, '--demo'])
    desk.env = env
    try:
        desk.start()
        desk.find('label', '待办队列')
        desk.find('list item', under=desk.find('list', '工单'))
        say('the desk is open in Chinese, with orders of the demo server  [' + desk.picture('flatpak') + ']')
        check_server()
        check_isolation(env)
        check_sound(desk, stage)
    finally:
        subprocess.run(['flatpak', 'kill', APPLICATION], env=env, stderr=subprocess.DEVNULL)
        desk.close()
        Stage.close()


if __name__ == '__main__':
    main()
