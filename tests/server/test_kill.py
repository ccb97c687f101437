"""test_kill.py — SIGKILL at random instants under load: all that was acknowledged is there, and each feed joins on

32 clients give commands and, when the server is gone, give the same ones again; desks follow the feed
and take it up where they stood.  Then all is counted.  Few kills here, many under ./dev soak.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import http.client
import json
import os
import random
import socket
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import OwnHouseCase, new_id, receive_members  # noqa: E402
from live import Closed, Refused  # noqa: E402
from server import rounds  # noqa: E402

CLIENTS = 32
KILLS = rounds(4, 60)
GONE = (OSError, http.client.HTTPException, Closed, EOFError)


def free_port():
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


class Sender(threading.Thread):
    """Orders from call to finish, a few commands at a time, each given until it is answered."""

    def __init__(self, test):
        super().__init__()
        self.test = test
        self.acknowledged = {}          # id of a command -> (command, who, result)
        self.again = 0
        self.faults = []
        self.connection = None

    def run(self):
        while not self.test.over.is_set():
            order = new_id()
            steps = [(self.test.dispatcher, [dict(receive_members(), do='receive', id=order), {'do': 'dispatch', 'unit': 'east'}]),
                     (self.test.east, [{'do': 'receipt', 'what': 'shown'}, {'do': 'accept'}, {'do': 'note', 'text': '在路上'}]),
                     (self.test.east, [{'do': 'arrive'}]),
                     (self.test.east, [{'do': 'finish', 'result': '好了', 'no_evidence': '夜里'}])]
            for who, commands in steps[:random.randrange(1, 5)]:
                for command in commands:
                    command.setdefault('id', new_id())
                    if command['do'] != 'receive':
                        command['order'] = order
                self.give(who, commands)

    def give(self, who, commands):
        body = json.dumps({'commands': commands}, ensure_ascii=False).encode()
        while not self.test.over.is_set():
            results = self.post(who, body)
            if results is None:
                self.again += 1
                time.sleep(0.02)
                continue
            for command, result in zip(commands, results):
                if not result['ok']:
                    self.faults.append((command, result))
                self.acknowledged[command['id']] = (command, who, result)
            return

    def post(self, who, body):
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.test.port, timeout=30)
            self.connection.request('POST', '/v1/commands', body, {'Authorization': 'Bearer ' + who.token})
            answer = self.connection.getresponse()
            read = answer.read()
            if answer.status == 200:
                return json.loads(read)['results']
            if answer.status != 503:
                self.faults.append((answer.status, read))
        except GONE:
            self.connection.close()
            self.connection = None
        return None


class Desk(threading.Thread):
    """Follows the feed over all that happens; what comes twice or is missing is a fault."""

    def __init__(self, test, who):
        super().__init__()
        self.test = test
        self.who = who
        self.seq = 0
        self.copy = {}
        self.faults = []
        self.batches = 0
        self.links = 0
        self.end = None

    def run(self):
        while self.end is None or self.seq < self.end:
            try:
                self.follow()
            except (*GONE, Refused):
                time.sleep(0.02)

    def follow(self):
        more = True
        while more:
            page = self.who.get(f'/v1/changes?since={self.seq}&limit=2000').json()
            more = page['more']
            self.take(page['changes'], self.seq, page['seq'])
        with self.who.live(self.seq, timeout=30) as live:
            self.links += 1
            while self.end is None or self.seq < self.end:
                try:
                    message = live.receive(1)
                except TimeoutError:
                    continue
                if 'changes' in message:
                    self.take(message['changes'], message['since'], message['seq'])

    def take(self, changes, since, upto):
        if since > self.seq:
            self.faults.append(f'a gap from {self.seq} to {since}')
        if upto < self.seq:
            self.faults.append(f'a step back from {self.seq} to {upto}')
        for change in changes:
            if not self.seq < change['seq'] <= upto:
                self.faults.append(f'{change["seq"]} of {change["id"]} in a batch from {self.seq} to {upto}')
            self.copy[change['id']] = change
        self.seq = upto
        self.batches += 1


class Kill(OwnHouseCase):
    def kill_and_start(self):
        time.sleep(random.uniform(0.05, 1.0))
        self.server.kill()
        self.server.start()
        self.kills += 1

    def test_what_was_acknowledged_is_there(self):
        self.port = free_port()
        self.furnished('--listen', f'127.0.0.1:{self.port}')
        self.over = threading.Event()
        self.kills = 0
        senders = [Sender(self) for _ in range(CLIENTS)]
        desks = [Desk(self, self.people[name]) for name in ('dispatcher', 'east', 'auditor', 'supervisor')]
        for one in (*senders, *desks):
            one.start()
        try:
            for _ in range(KILLS):
                self.kill_and_start()
        finally:
            self.over.set()
            for sender in senders:
                sender.join()
            last = self.admin.must('put-unit', code='sign', name='完', kind='other')['seq']
            for desk in desks:
                desk.end = last
        for desk in desks:
            desk.join()
        self.compare(senders, desks)

    def compare(self, senders, desks):
        acknowledged = {}
        for sender in senders:
            self.assertEqual(sender.faults, [])
            acknowledged.update(sender.acknowledged)
        orders = {change['id'] for change in self.dispatcher.changes(limit=5000)[0] if change['kind'] == 'order'}
        found = {(order, event['seq'], event['do']) for order in orders for event in self.events(order)}
        missing = [command for command, _, result in acknowledged.values()
                   if (command.get('order', command['id']), result['seq'], command['do']) not in found]
        print(f'# {self.kills} kills, {CLIENTS} clients: {len(acknowledged)} commands acknowledged, {len(acknowledged) - len(missing)} found, '
              f'{sum(sender.again for sender in senders)} requests given again', flush=True)
        self.assertEqual(missing, [])
        self.assertGreater(len(acknowledged), self.kills * 10)

        # Each command happened once, and still has its first answer.
        self.assertEqual(len({(order, do) for order, _, do in found if do in ('receive', 'accept', 'finish')}),
                         len([1 for _, _, do in found if do in ('receive', 'accept', 'finish')]))
        for command, who, result in random.sample(list(acknowledged.values()), 100):
            self.assertEqual(who.commands([command])[0], result)

        for desk in desks:
            self.assertEqual(desk.faults, [])
            whole = {change['id']: change for change in desk.who.changes(limit=5000)[0]}
            self.assertEqual({id: change for id, change in desk.copy.items() if change['body'] is not None}, whole)
            print(f'# {desk.who.user["name"]}: {desk.batches} batches over {desk.links} connections, no gap, nothing twice, '
                  f'{len(whole)} objects equal', flush=True)
        self.server.ctl('verify', '--state')


if __name__ == '__main__':
    unittest.main()
