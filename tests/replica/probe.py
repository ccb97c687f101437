"""probe.py — a desk without a window (desk-probe.c), and what a test asks of it

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import sqlite3
import subprocess
import threading

from server import BUILD, wait_for


class Desk:
    """One process of a desk on one folder; what it tells is kept in `events`."""

    def __init__(self, server, user, folder, token=None):
        self.url = server.url
        self.user = user
        self.folder = folder
        self.token = token
        self.process = None

    def start(self):
        program = os.path.join(BUILD, 'tests', 'replica', 'desk-probe')
        self.events = []
        self.dumps = 0
        self.process = subprocess.Popen([program, self.url, self.user, self.folder, *filter(None, [self.token])],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.reader = threading.Thread(target=self.read, args=(self.process.stdout, self.events), daemon=True)
        self.reader.start()
        return self

    @staticmethod
    def read(stream, events):
        for line in stream:
            events.append(json.loads(line))

    def tell(self, **line):
        self.process.stdin.write(json.dumps(line) + '\n')

    def seen(self, name, value=None, since=0):
        """The last event of that name (and value) after the first `since` ones."""
        for event in reversed(self.events[since:]):
            if name in event and (value is None or event[name] == value):
                return event
        return None

    def wait(self, name, value=None, since=0, timeout=60):
        try:
            return wait_for(lambda: self.seen(name, value, since), f'{name} {value}', timeout)
        except AssertionError as error:
            raise AssertionError(f'{error}; the last events: {self.events[-12:]}') from None

    def state(self):
        event = self.seen('state')
        return event and event['state']

    def wait_state(self, state, timeout=60):
        wait_for(lambda: self.state() == state, f'the state {state} (it is {self.state()})', timeout)

    def sign_in(self, password='waterdesk'):
        since = len(self.events)
        self.tell(sign_in=password)
        self.token = self.wait('token', since=since)['token']
        self.wait_state('live')
        return self

    def open_offline(self, password='waterdesk'):
        """By what is known here, while no server answers; or why not."""
        since = len(self.events)
        self.tell(sign_in=password)
        answer = wait_for(lambda: self.seen('signed-in', since=since) or self.seen('not-signed-in', since=since), 'an answer to a password')
        return answer.get('not-signed-in')

    def dump(self):
        self.dumps += 1
        self.tell(dump=self.dumps)
        return self.wait('dump', self.dumps)

    def order(self, order):
        return self.dump()['orders'].get(order)

    def wait_order(self, order, timeout=60, **members):
        """Until the order is shown so."""
        return wait_for(lambda: is_so(self.order(order), members), f'{order} to be {members}, it is {self.order(order)}', timeout)

    def give(self, do, hold=0, **members):
        """Gives a command that is taken here; returns its id."""
        since = len(self.events)
        self.tell(give=dict({'do': do}, **members), hold=hold)
        event = wait_for(lambda: self.seen('given', since=since) or self.seen('not-given', since=since), 'an answer to a command')
        assert 'given' in event, event
        return event['given']

    def refused_here(self, do, **members):
        since = len(self.events)
        self.tell(give=dict({'do': do}, **members))
        return self.wait('not-given', since=since)['not-given']

    def kept(self, what='id'):
        """The ids in the outbox on disk, or the bodies."""
        path = os.path.join(self.folder, 'outbox.sqlite')
        connection = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
        try:
            return [row[0] for row in connection.execute(f'SELECT {what} FROM commands ORDER BY place')]
        except sqlite3.OperationalError:
            return []
        finally:
            connection.close()

    def callers(self):
        """The orders whose caller is kept on disk."""
        connection = sqlite3.connect(f'file:{os.path.join(self.folder, "replica.sqlite")}?mode=ro', uri=True)
        try:
            return [row[0] for row in connection.execute('SELECT id FROM callers')]
        finally:
            connection.close()

    def caller(self, order):
        """Who called, or None where that can't be told."""
        since = len(self.events)
        self.tell(caller=order)
        answer = wait_for(lambda: self.seen('caller', since=since) or self.seen('no-caller', since=since), 'an answer about the caller')
        return json.loads(answer['caller']) if 'caller' in answer else None

    def wait_kept(self, command):
        wait_for(lambda: command in self.kept(), f'{command} to be on disk')

    def close(self, sign_out=False):
        self.tell(close=sign_out)
        self.wait('closed')
        self.end()

    def kill(self):
        self.process.kill()
        self.end()

    def end(self):
        if not self.process:
            return
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait(60)
        self.reader.join(60)
        self.process.stdout.close()
        self.process = None


def is_so(order, members):
    return order is not None and all(order[name] == value for name, value in members.items()) and order
