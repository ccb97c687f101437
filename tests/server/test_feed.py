"""test_feed.py — what changed, by pages and live: never a gap, never a doubling, nothing for the wrong eyes

SPDX-License-Identifier: GPL-3.0-or-later
"""
import gzip
import os
import random
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, OwnHouseCase, new_id, receive_members, wait_for  # noqa: E402
from live import Closed  # noqa: E402


def ids(changes):
    return [change['id'] for change in changes]


class Pages(HouseCase):
    def get(self, who=None, **query):
        answer = (who or self.dispatcher).get('/v1/changes?' + '&'.join(f'{name}={value}' for name, value in query.items()))
        self.assertEqual(answer.status, 200, answer)
        return answer.json()

    def test_the_first_copy_in_pages(self):
        orders = [self.receive() for _ in range(7)]
        whole = self.get(since=0, limit=5000)
        self.assertEqual(set(whole), {'changes', 'seq', 'more', 'store', 'view'})
        self.assertIs(whole['more'], False)
        found, since = [], 0
        while True:
            page = self.get(since=since, limit=3)
            self.assertLessEqual(len(page['changes']), 3)
            self.assertTrue(all(since < change['seq'] <= page['seq'] for change in page['changes']))
            found += page['changes']
            since = page['seq']
            if not page['more']:
                break
        self.assertEqual(found, whole['changes'])
        self.assertEqual(since, whole['seq'])
        self.assertLessEqual(set(orders), set(ids(found)))
        self.assertEqual(sorted(change['seq'] for change in found), [change['seq'] for change in found])
        for change in found:
            self.assertEqual(set(change), {'seq', 'kind', 'id', 'version', 'body', 'why'})
            self.assertIsNone(change['why'])
            self.assertEqual((change['body']['id'], change['body']['version']), (change['id'], change['version']))
        self.assertEqual({change['kind'] for change in found}, {'order', 'unit', 'crew', 'staff', 'category', 'policy'})
        self.assertEqual(self.get(since=since)['changes'], [])

    def test_an_object_stands_at_its_last_event(self):
        order = self.receive()
        since = self.get()['seq']
        last = [self.dispatcher.must('note', order=order, text=str(i))['seq'] for i in range(4)][-1]
        changes = self.get(since=since)['changes']
        self.assertEqual([(change['id'], change['seq']) for change in changes], [(order, last)])

    def test_what_left(self):
        order = self.order('dispatched')
        since = self.get(self.east)['seq']
        other = self.get(self.west)['seq']
        self.dispatcher.must('recall', order=order)
        self.assertEqual([(change['id'], change['body'], change['why']) for change in self.get(self.east, since=since)['changes']],
                         [(order, None, 'left')])
        self.assertEqual(self.get(self.west, since=other)['changes'], [])       # who never saw it hears nothing
        self.assertNotIn(order, ids(self.get(self.east, since=0)['changes']))
        since = self.get(self.east)['seq']
        self.dispatcher.must('dispatch', order=order, unit='east')
        self.dispatcher.must('recall', order=order)
        self.assertEqual(self.get(self.east, since=since)['changes'], [])       # came and left between two questions

    def test_who_sees_what(self):
        order = self.order('accepted')
        kinds = {name: {change['kind'] for change in self.get(who)['changes']} for name, who in self.people.items()}
        everybody = {'unit', 'category', 'policy'}
        self.assertEqual(kinds['dispatcher'], everybody | {'order', 'crew', 'staff'})
        self.assertEqual(kinds['auditor'], everybody | {'order', 'crew', 'staff'})
        self.assertEqual(kinds['admin'], everybody | {'crew', 'staff'})
        self.assertEqual(kinds['west'], everybody)
        self.assertIn(order, ids(self.get(self.east)['changes']))

    def test_an_old_date_archives_nothing(self):
        order = self.dispatcher.must('receive', **receive_members(), at='2020-01-01T00:00:00Z')['object']['id']
        self.dispatcher.must('answer', order=order, text='x', at='2020-01-02T00:00:00Z')
        self.assertEqual([change['body']['state'] for change in self.dispatcher.changes()[0] if change['id'] == order], ['closed'])

    def test_copies_of_something_else(self):
        now = self.get()
        self.assertEqual(self.get(since=0, store=now['store'], view=now['view'])['seq'], now['seq'])
        for query in (f'since={now["seq"] + 1}', f'since=0&store={new_id()}', 'since=0&store=x', 'since=0&view=other',
                      f'since=0&view={self.get(self.east)["view"]}'):
            self.assertProblem(self.dispatcher.get('/v1/changes?' + query), 410, 'resync')
        self.assertEqual(self.get(self.supervisor)['store'], now['store'])

    def test_packed_where_asked_for(self):
        plain = self.dispatcher.get('/v1/changes')
        packed = self.dispatcher.get('/v1/changes', headers={'Accept-Encoding': 'gzip'})
        self.assertIsNone(plain.headers['Content-Encoding'])
        self.assertEqual(packed.headers['Content-Encoding'], 'gzip')
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertLess(len(packed.body), len(plain.body) / 2)

    def test_an_event_without_object_moves_the_feed_on(self):
        path = os.path.join(self.server.work, 'customers.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('account,name,phone,address,lon,lat,class\nA1,李四,13800000000,人民路1号,120.2,30.2,domestic\n')
        self.server.ctl('import', 'customers', path)
        with self.dispatcher.live(self.get()['seq']) as live:
            order = self.receive()
            self.assertEqual(live.change(order)['id'], order)


class Live(HouseCase):
    def test_hello(self):
        page = self.east.get('/v1/changes').json()
        with self.east.live() as live:
            message = live.receive()
            hello = message['hello']
            self.assertEqual(list(message), ['hello'])
            self.assertEqual(set(hello), {'time', 'anchor', 'speed', 'seq', 'store', 'view', 'user', 'unmanned', 'api'})
            self.assertRegex(hello['time'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$')
            self.assertEqual((hello['speed'], hello['seq'], hello['store'], hello['view'], hello['user']),
                             (1, page['seq'], page['store'], page['view'], self.east.user))
        self.assertIn('Sec-WebSocket-Protocol: waterdesk.v1', live.head)
        self.assertNotIn('Sec-WebSocket-Extensions', live.head)

    def test_batches_join_without_seam(self):
        with self.dispatcher.live() as live:
            seq = live.receive()['hello']['seq']
            for i in range(20):
                given = self.dispatcher.must('receive', **receive_members())
                batch = live.until(lambda message: 'changes' in message and message)
                self.assertEqual(set(batch), {'changes', 'since', 'seq'})
                self.assertEqual((batch['since'], batch['seq'], ids(batch['changes'])), (seq, given['seq'], [given['object']['id']]))
                seq = batch['seq']

    def test_it_catches_up_first(self):
        since = self.dispatcher.get('/v1/changes').json()['seq']
        orders = [self.receive() for _ in range(5)]
        with self.dispatcher.live(since) as live:
            self.assertIn('hello', live.receive())
            batch = live.until(lambda message: 'changes' in message and message)
            self.assertEqual((batch['since'], ids(batch['changes'])), (since, orders))
            order = self.receive()
            self.assertEqual(live.until(lambda message: 'changes' in message and message)['since'], batch['seq'])
        with self.dispatcher.live(0) as live:
            self.assertIn(order, ids(live.until(lambda message: message.get('changes'))))

    def test_past_the_end(self):
        end = self.dispatcher.get('/v1/changes').json()['seq']
        for since in (end + 1, end + 1000, 2 ** 63 - 1):
            with self.dispatcher.live(since) as live:
                with self.assertRaises(Closed) as closed:
                    live.until(lambda message: False)
                self.assertEqual(closed.exception.code, 4001)

    def test_only_what_one_may_see(self):
        with self.east.live() as east, self.west.live() as west, self.lab.live() as lab:
            order = self.order('accepted')
            self.dispatcher.must('recall', order=order, reason='x')
            self.dispatcher.must('dispatch', order=order, unit='west')
            self.west.must('accept', order=order)
            marker = self.admin.must('put-unit', code='sign', name='完', kind='other')['object']['id']
            heard = {}
            for name, live in (('east', east), ('west', west), ('lab', lab)):
                heard[name] = []
                live.until(lambda message: heard[name].extend(message.get('changes', ())) or marker in ids(heard[name]))
            mine = {name: [change for change in changes if change['id'] == order] for name, changes in heard.items()}
            self.assertEqual(mine['lab'], [])
            self.assertIsNone(mine['east'][-1]['body'])
            self.assertEqual(mine['east'][0]['body']['state'], 'dispatched')
            self.assertEqual([change['body']['state'] for change in mine['west']], ['dispatched', 'accepted'])

    def test_who_does_not_read_is_cut_and_others_go_on(self):
        deaf, other = self.dispatcher.live(), self.supervisor.live()
        text = '水' * 4000

        def is_cut():
            results = self.dispatcher.commands([dict(receive_members(text=text), id=new_id(), do='receive') for _ in range(50)])
            last = results[-1]['object']['id']
            other.change(last)
            return b'waterdesk_live_readers 1\n' in self.server.get('/metrics').body
        wait_for(is_cut, 'the deaf one to be cut')
        with self.assertRaises(Closed):
            deaf.until(lambda message: False)
        other.close()

    def test_who_is_too_far_behind_is_sent_to_the_pages(self):
        for _ in range(3):
            self.dispatcher.commands([dict(receive_members(), id=new_id(), do='receive') for _ in range(700)])
        with self.dispatcher.live(1) as live:
            with self.assertRaises(Closed) as closed:
                live.until(lambda message: False)
            self.assertEqual(closed.exception.code, 4001)
        changes, seq = self.dispatcher.changes()
        self.assertGreater(len(changes), 2000)
        with self.dispatcher.live(seq) as live:
            order = self.receive()
            live.change(order)


class Reader:
    """A desk's copy: the first copy by pages, then live; whatever doubles or leaves a gap is written down."""

    def __init__(self, client):
        self.client = client
        self.seq = 0
        self.copy = {}
        self.is_whole = False       # holds all that its user could see at `seq`
        self.faults = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def take(self, changes, upto):
        before = self.seq
        for change in changes:
            if not before < change['seq'] <= upto:
                self.faults.append(f'{change["seq"]} came in a batch from {before} to {upto}')
            kept = self.copy.get(change['id'])
            if kept and kept['seq'] >= change['seq']:
                self.faults.append(f'{change["id"]} came twice: {kept["seq"]}, {change["seq"]}')
            if change['body'] is None and not kept and self.is_whole:
                self.faults.append(f'{change["id"]} left, and was never there')
            self.copy[change['id']] = change
        self.seq = upto

    def run(self):
        more = True
        while more:
            page = self.client.get(f'/v1/changes?since={self.seq}&limit=50').json()
            more = page['more']
            self.take(page['changes'], page['seq'])
        self.is_whole = True
        while not self.stop.is_set():
            with self.client.live(self.seq) as live:
                self.follow(live, random.randrange(2, 30))

    def follow(self, live, batches):
        for _ in range(batches):
            try:
                message = live.receive(0.3)
            except TimeoutError:
                return
            if 'changes' in message:
                if message['since'] > self.seq:
                    self.faults.append(f'a gap: {self.seq} to {message["since"]}')
                self.take(message['changes'], message['seq'])

    def end(self, upto):
        wait_for(lambda: self.seq >= upto or not self.thread.is_alive(), 'a reader to hear the last')
        self.stop.set()
        self.thread.join()
        return {id: change['body'] for id, change in self.copy.items() if change['body'] is not None}


class Load(OwnHouseCase):
    def work(self, writer, n):
        """Orders that go back and forth between two units, so that they come into and leave each feed."""
        for _ in range(n):
            order = new_id()
            commands = [dict(receive_members(), id=order, do='receive')]
            for unit in random.sample(['east', 'west', 'east', 'west'], 3):
                commands += [{'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': unit},
                             {'id': new_id(), 'do': 'note', 'order': order, 'text': unit},
                             {'id': new_id(), 'do': 'recall', 'order': order}]
            commands.append({'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': random.choice(['east', 'west'])})
            while commands:
                size = random.randrange(1, 5)
                for result in writer.commands(commands[:size]):
                    assert result['ok'], result
                commands = commands[size:]

    def test_readers_that_join_in_the_midst(self):
        self.furnished()
        writers = [threading.Thread(target=self.work, args=(who, 40)) for who in (self.dispatcher, self.supervisor) * 2]
        readers = []
        for one in writers:
            one.start()
        while any(one.is_alive() for one in writers):
            if len(readers) < 12:
                readers.append(Reader(self.people[('east', 'west', 'dispatcher', 'auditor')[len(readers) % 4]]))
            writers[0].join(0.2)
        end = self.dispatcher.must('note', order=self.receive(), text='完')['seq']
        # One more event that everybody may see, so that each reader reaches the end.
        end = max(end, self.admin.must('put-unit', code='sign', name='完', kind='other')['seq'])
        for reader in readers:
            copy = reader.end(end)
            self.assertEqual(reader.faults, [])
            whole = {change['id']: change['body'] for change in reader.client.changes()[0]}
            self.assertEqual(copy, whole)
            self.assertGreater(len(copy), 30)


if __name__ == '__main__':
    unittest.main()
