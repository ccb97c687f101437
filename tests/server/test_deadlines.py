"""test_deadlines.py — what runs out is said once, also what ran out while the server was down

SPDX-License-Identifier: GPL-3.0-or-later
"""
import datetime
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, OwnHouseCase, new_id, receive_members, wait_for  # noqa: E402


def parse(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))


def show(when):
    return when.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%f')[:-3] + 'Z'


class Breaches:
    def sent(self, limit):
        """An order that east has to accept within this limit."""
        order = self.receive()
        self.dispatcher.must('dispatch', order=order, unit='east', limits={'accept': limit})
        return order

    def breaches(self, order):
        return [event['data']['rule'] for event in self.events(order) if event['do'] == 'breached']

    def until_breached(self, order):
        wait_for(lambda: self.breaches(order), 'the clock to run out')


class Running(Breaches, HouseCase):
    def test_it_is_told_once(self):
        with self.dispatcher.live() as live:
            order = self.sent('PT1S')
            change = live.until(lambda message: next((change for change in message.get('changes', ()) if change['id'] == order and
                                                      any(clock['breached'] for clock in change['body']['clocks'])), None))
        self.assertEqual(change['version'], 2)      # a person's next command is not refused for it
        clock = self.clocks(order, 'accept')[0]
        self.assertEqual((clock['breached'], clock['stopped_at'], clock['rule']), (True, None, 'accept'))
        self.assertEqual(parse(clock['due_at']) - parse(clock['started_at']), datetime.timedelta(seconds=1))
        self.dispatcher.must('note', order=order, text='催办', expect=2)
        self.east.must('accept', order=order)
        self.assertEqual(self.breaches(order), ['accept'])
        breach = next(event for event in self.events(order) if event['do'] == 'breached')
        self.assertIsNone(breach['by'])

    def test_what_was_done_in_time_is_not(self):
        late, in_time = self.sent('PT2S'), self.sent('PT2S')
        self.east.must('accept', order=in_time)
        self.until_breached(late)
        self.assertEqual(self.breaches(in_time), [])
        self.assertFalse(self.clocks(in_time, 'accept')[0]['breached'])

    def test_many_at_once(self):
        orders = [new_id() for _ in range(500)]
        self.dispatcher.commands([dict(receive_members(), id=order, do='receive') for order in orders])
        self.dispatcher.commands([{'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'east', 'limits': {'accept': 'PT1S'}} for order in orders])

        def all_breached():
            found = {change['id']: change['body'] for change in self.dispatcher.changes()[0] if change['id'] in set(orders)}
            return all(any(clock['breached'] for clock in found[order]['clocks']) for order in orders)
        wait_for(all_breached, 'all clocks to run out')
        for order in orders[::50]:
            self.assertEqual(self.breaches(order), ['accept'])


class Offline(Breaches, HouseCase):
    """What was entered while the desk was cut off, and proves when (api §4)."""

    def accept_late(self, order, at, anchor, anchor_time, skew=0):
        elapsed = (at - anchor_time).total_seconds() + skew
        return self.east.must('accept', order=order, at=show(at), anchor=anchor, elapsed=f'PT{elapsed:.3f}S')

    def late_entry(self, skew=0, socket_open=False, proof=True):
        """Accepted in time at a desk that was cut off, entered when the limit was over."""
        live = self.east.live()
        hello = live.receive()['hello']
        if not socket_open:
            live.close()
            wait_for(lambda: b'waterdesk_live_readers 0\n' in self.server.get('/metrics').body, 'the socket to be gone')
        order = self.sent('PT2S')
        at = parse(self.clocks(order, 'accept')[0]['started_at']) + datetime.timedelta(seconds=1)
        self.until_breached(order)
        if proof:
            self.accept_late(order, at, hello['anchor'], parse(hello['time']), skew)
        else:
            self.east.must('accept', order=order, at=show(at))
        live.close()
        return order, at

    def test_a_breach_that_was_disproved_is_lifted(self):
        order, at = self.late_entry()
        clock = self.clocks(order, 'accept')[0]
        self.assertEqual((clock['breached'], parse(clock['stopped_at'])), (False, at))
        self.assertEqual([event['do'] for event in self.events(order)], ['receive', 'dispatch', 'breached', 'lifted', 'accept'])
        accept = self.events(order)[-1]
        self.assertEqual(parse(accept['at']), at)
        self.assertGreater(parse(accept['entered_at']), at)

    def test_without_proof_it_stands(self):
        for arguments in ({'proof': False}, {'skew': 7}, {'socket_open': True}):
            with self.subTest(arguments):
                order, at = self.late_entry(**arguments)
                clock = self.clocks(order, 'accept')[0]
                self.assertTrue(clock['breached'])
                self.assertGreater(parse(clock['stopped_at']), at)
                self.assertEqual(self.breaches(order), ['accept'])

    def test_another_servers_anchor_proves_nothing(self):
        order = self.sent('PT2S')
        at = parse(self.clocks(order, 'accept')[0]['started_at']) + datetime.timedelta(seconds=1)
        self.until_breached(order)
        self.accept_late(order, at, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', at - datetime.timedelta(seconds=1))
        self.assertTrue(self.clocks(order, 'accept')[0]['breached'])

    def test_a_little_ahead_is_now_and_more_is_wrong(self):
        order = self.sent('PT1H')
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertProblem(self.east.do('accept', order=order, at=show(now + datetime.timedelta(seconds=60))), 422, 'invalid', 'at')
        self.east.must('accept', order=order, at=show(now + datetime.timedelta(seconds=2)))
        accept = self.events(order)[-1]
        self.assertLessEqual(parse(accept['at']), parse(accept['entered_at']))


class Down(Breaches, OwnHouseCase):
    def test_what_fell_due_while_nobody_ran_fires_once(self):
        server = self.furnished()
        order, other = self.sent('PT3S'), self.sent('PT1H')
        server.kill()
        due = time.monotonic() + 4
        wait_for(lambda: time.monotonic() > due, 'the limit to be over')
        for kill in (True, False, True):
            server.start()
            self.until_breached(order)
            self.assertEqual(self.breaches(order), ['accept'])
            self.assertEqual(self.breaches(other), [])
            if kill:
                server.kill()
            else:
                self.assertEqual(server.stop(), 0)
        server.start()
        self.east.must('accept', order=order)
        self.assertEqual(self.breaches(order), ['accept'])


if __name__ == '__main__':
    unittest.main()
