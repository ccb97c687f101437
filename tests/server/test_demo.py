"""test_demo.py — the made-up city is the same every time, lives, and leaves other people's orders alone

SPDX-License-Identifier: GPL-3.0-or-later
"""
import datetime
import os
import subprocess
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(__file__))
from house import PASSWORD, ServerCase, new_id, receive_members, wait_for  # noqa: E402
from server import program  # noqa: E402

ACCOUNTS = {'dispatcher': 'dispatcher', 'supervisor': 'supervisor', 'east': 'unit', 'drainage': 'unit', 'quality': 'quality',
            'inspection': 'inspection', 'auditor': 'auditor', 'admin': 'admin'}


class DemoCase(ServerCase):
    def demo(self, *args, **more):
        server = self.start('--demo', *args, **more)
        self.dispatcher = server.sign_in('dispatcher')
        return server

    def bodies(self, kind, who=None):
        return {change['id']: change['body'] for change in (who or self.dispatcher).changes()[0]
                if change['kind'] == kind and change['body'] is not None}

    def orders(self, state=None):
        return {id: body for id, body in self.bodies('order').items() if state in (None, body['state'])}


class City(DemoCase):
    def look_at(self, server):
        who = self.dispatcher
        asked = ['/v1/tiles', '/v1/streets?box=120.19,30.18,120.21,30.2', *(f'/v1/places?q={urllib.parse.quote(q)}' for q in ('人民路', '公园', '12号')),
                 '/v1/customers?phone=' + urllib.parse.quote('13800000000')]
        info = who.get('/v1/tiles').json()
        west, south, east, north = info['bounds']
        self.assertTrue(west < 120.2 < east and south < 30.2 < north)
        self.assertEqual((info['datum'], info['themes']), ('WGS-84', ['light', 'dark']))
        self.assertTrue(info['attribution'])
        asked += [f'/v1/tiles/{z}/{x}/{y}?theme={theme}' for z, x, y in ((12, 3415, 1687), (14, 13662, 6749)) for theme in ('light', 'dark')]
        answers = {path: who.get(path) for path in asked}
        self.assertEqual({answer.status for answer in answers.values()}, {200})
        return ({path: answer.body for path, answer in answers.items()},
                {kind: self.bodies(kind) for kind in ('unit', 'crew', 'staff')})

    def test_it_is_the_same_every_time(self):
        seen = []
        for _ in range(2):
            server = self.demo()
            wait_for(self.orders, 'an order')
            seen.append(self.look_at(server))
            first = min(self.orders().values(), key=lambda body: body['number'])
            seen[-1] += ({name: first[name] for name in ('id', 'text', 'caller', 'address', 'point', 'category', 'channel')},)
        for one, other in zip(*seen):
            self.assertEqual(one, other)
        files, house, _ = seen[0]
        self.assertTrue(files['/v1/tiles/14/13662/6749?theme=light'].startswith(b'\x89PNG'))
        self.assertNotEqual(files['/v1/tiles/14/13662/6749?theme=light'], files['/v1/tiles/14/13662/6749?theme=dark'])
        self.assertGreaterEqual(len(house['unit']), 4)
        self.assertGreaterEqual(len(house['crew']), 4)

    def test_its_accounts_and_streets(self):
        server = self.demo()
        clerk = server.sign_in('dispatcher')
        for street in ('人民路', '望岭路', '北环路'):         # a street alone is found among its houses
            places = clerk.get(f'/v1/places?q={urllib.parse.quote(street)}').json()['places']
            alone = next(place for place in places if place['street'] == street and place['address'] is None)
            houses = [place['point'] for place in places if place['street'] == street and place['address'] is not None]
            self.assertTrue(houses, street)
            far = min(max(abs(a - b) for a, b in zip(alone['point'], house)) for house in houses)
            self.assertLess(far, 0.03, f'{street}: {alone} beside {houses[:5]}')
        for name, role in ACCOUNTS.items():
            self.assertEqual(server.sign_in(name, PASSWORD).user['role'], role)
        self.assertEqual(server.sign_in('east').user['unit'], 'east')

    def test_a_folder_stays_what_it_is(self):
        server = self.demo('--speed', '7')
        self.assertRegex(self.hello(server), r'7')
        server.args = ()                # without --demo: it is one all the same, and as fast
        server.restart()
        self.assertRegex(self.hello(server), r'7')
        server.restart('--demo', '--speed', '3')
        self.assertRegex(self.hello(server), r'3')
        server.stop()
        for said, args in (('this computer only', ('--listen', '0.0.0.0:0')), ('this computer only', ('--demo', '--listen', '[::]:0')),
                           ('no --store', ('--store', 'sqlite:/tmp/x'))):
            done = subprocess.run([program('waterdeskd'), '--data-dir', server.data_dir, *args], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 1)
            self.assertIn(said, done.stderr)
        other = self.start()
        other.stop()
        done = subprocess.run([program('waterdeskd'), '--demo', '--data-dir', other.data_dir], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn('--demo takes an empty folder', done.stderr)

    def hello(self, server):
        with self.dispatcher.live() as live:
            return str(live.receive()['hello']['speed'])


class Play(DemoCase):
    def waiting(self):
        return len(self.orders('received'))

    def test_at_most_sixty_wait(self):
        self.demo('--speed', '2000')
        with self.dispatcher.live() as live:
            wait_for(lambda: self.waiting() >= 60, 'sixty orders to wait')
            before = live.receive()['hello']['time']
        for _ in range(10):
            self.assertLessEqual(self.waiting(), 60)
        with self.dispatcher.live() as live:
            self.assertGreater(live.receive()['hello']['time'], before)
        # One that is sent out makes room for another.
        order = next(iter(self.orders('received')))
        numbers = {body['number'] for body in self.orders().values()}
        self.dispatcher.must('dispatch', order=order, unit='east')
        wait_for(lambda: {body['number'] for body in self.orders().values()} - numbers, 'a new order')
        self.assertLessEqual(self.waiting(), 60)

    def test_units_without_a_desk_act_and_others_orders_are_left_alone(self):
        server = self.demo('--speed', '3000')
        mine = self.dispatcher.must('receive', **receive_members())['object']['id']
        self.dispatcher.must('dispatch', order=mine, unit='east')
        wait_for(lambda: len(self.orders('received')) >= 30, 'orders')
        theirs = [order for order, body in self.orders('received').items()][:30]
        self.dispatcher.commands([{'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'east'} for order in theirs])

        def settled():
            orders = self.orders()
            # Finished, or returned to the centre and with it.
            return all(orders[order]['state'] in ('finished', 'received') for order in theirs)
        wait_for(settled, 'the unit to act on all', 240)
        orders = self.orders()
        self.assertGreater(sum(orders[order]['state'] == 'finished' for order in theirs), 15)
        self.assertGreater(sum(orders[order]['crew'] is not None for order in theirs), 10)
        self.assertEqual((orders[mine]['state'], orders[mine]['version']), ('dispatched', 2))
        events = self.dispatcher.get(f'/v1/orders/{mine}/events').json()['events']
        self.assertLessEqual({event['do'] for event in events}, {'receive', 'dispatch', 'breached'})
        self.assertEqual(server.stop(), 0)

    def test_a_unit_with_a_desk_is_left_to_its_people(self):
        server = self.demo('--speed', '2000')
        east = server.sign_in('east')
        with east.live() as live:
            live.receive()
            wait_for(lambda: len(self.orders('received')) >= 20, 'orders')
            received = list(self.orders('received'))
            self.dispatcher.commands([{'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'east'} for order in received[:8]] +
                                     [{'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'drainage'} for order in received[8:16]])
            wait_for(lambda: all(self.orders()[order]['state'] != 'dispatched' for order in received[8:16]), 'the other unit to act', 120)
            self.assertEqual({self.orders()[order]['state'] for order in received[:8]}, {'dispatched'})
            order = received[0]
            east.must('accept', order=order)
        wait_for(lambda: all(self.orders()[order]['state'] != 'dispatched' for order in received[:8]), 'nobody to sit there any more', 120)

    def test_its_time_goes_on_from_where_it_stood(self):
        server = self.demo('--speed', '5000')
        wait_for(lambda: self.waiting() >= 60, 'it to make no more orders')
        since = list(self.stand())

        def quiet():
            seq, now = self.stand()
            if seq != since[0]:
                since[:] = seq, now
            return now - since[1] > datetime.timedelta(hours=2)
        wait_for(quiet, 'two hours of its time that no event holds')
        _, before = self.stand()
        self.assertEqual(server.stop(), 0)
        server.start()
        self.assertGreater(self.stand()[1], before)

    def stand(self):
        with self.dispatcher.live() as live:
            hello = live.receive()['hello']
        return hello['seq'], datetime.datetime.fromisoformat(hello['time'])

    def test_it_takes_up_where_it_stood(self):
        server = self.demo('--speed', '1000')
        wait_for(lambda: len(self.orders()) >= 5, 'orders')
        server.kill()
        server.start()
        before = set(self.orders())
        wait_for(lambda: len(set(self.orders()) - before) >= 5, 'more orders')
        numbers = sorted(body['number'] for body in self.orders().values())
        self.assertEqual(len(numbers), len(set(numbers)))


if __name__ == '__main__':
    unittest.main()
