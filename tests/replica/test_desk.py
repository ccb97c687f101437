"""test_desk.py — desks beside a real server: links cut, processes killed, files spoilt

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import json
import os
import random
import signal
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone

from probe import Desk
from server import Server, ServerCase, new_id, rounds, wait_for

CALL = {'channel': 'hotline', 'category': 'leak', 'text': '水管漏水', 'point': [120.2, 30.2]}


def time_at(minutes):
    return (datetime.now(timezone.utc) + timedelta(minutes=minutes)).strftime('%Y-%m-%dT%H:%M:%SZ')


def moment(text):
    return datetime.fromisoformat(text.replace('Z', '+00:00'))


class DeskCase(ServerCase):
    """Desks of `city`, a demo server that `dispatcher` is signed in to."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix='waterdesk-desks-')
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def desk(self, user='dispatcher', name=None, sign_in=True):
        desk = Desk(self.city, user, os.path.join(self.folder, name or user)).start()
        self.addCleanup(desk.end)
        return desk.sign_in() if sign_in else desk

    def restart(self, kill=True):
        """On the port that it had."""
        port = self.city.port
        if self.city.process:
            self.city.kill() if kill else self.city.stop()
        self.city.start('--listen', f'127.0.0.1:{port}')

    def receive(self, **members):
        return self.dispatcher.must('receive', **dict(CALL, **members))['object']['id']

    def assertSame(self, desk):
        """The desk shows what the server has, of all orders."""
        def same():
            bodies = {change['id']: change['body'] for change in self.dispatcher.changes()[0] if change['kind'] == 'order'}
            shown = desk.dump()['orders']
            return bodies.keys() == shown.keys() and \
                all((shown[id]['state'], shown[id]['version'], shown[id]['number']) == (body['state'], body['version'], body['number'])
                    for id, body in bodies.items())
        wait_for(same, 'desk and server to be the same')


class OneCity(DeskCase):
    """What leaves the server as it is."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.city = Server('--demo')
        cls.addClassCleanup(cls.city.close)
        cls.city.start()
        cls.dispatcher = cls.city.sign_in('dispatcher')

    def test_first_copy_then_live(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order, state='received')
        later = self.receive(text='路面冒水')
        desk.wait_order(later, text='路面冒水')
        self.dispatcher.must('dispatch', order=order, unit='east')
        desk.wait_order(order, state='dispatched', unit='east')
        self.assertSame(desk)

    def test_unit_accepts(self):
        order = self.receive()
        centre, east = self.desk(), self.desk('east')
        self.assertIsNone(east.order(order))
        centre.give('dispatch', order=order, unit='east')
        east.wait_order(order, state='dispatched')
        centre.wait_order(order, delivered=True)        # the unit's desk says so by itself
        wait_for(lambda: centre.dump()['units']['east'][2] == 1, 'the east desk to be seen there')
        east.give('accept', order=order)
        centre.wait_order(order, state='accepted')
        east.give('return', order=order, **{'class': 'not-ours', 'reason': '属于西区'})
        centre.wait_order(order, state='received')
        self.assertSame(centre)

    def test_shown_at_once_and_undone(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        before = desk.order(order)
        waiting = desk.dump()['units']['east'][0]
        command = desk.give('dispatch', hold=600000, order=order, unit='east')
        shown = desk.order(order)
        self.assertEqual((shown['state'], shown['unit'], shown['unconfirmed']), ('dispatched', 'east', True))
        self.assertEqual(desk.dump()['units']['east'][0], waiting + 1)
        desk.wait_kept(command)
        desk.tell(undo=command)
        desk.wait('undone')
        self.assertEqual(desk.order(order), before)
        self.assertEqual(desk.dump()['units']['east'][0], waiting)
        wait_for(lambda: desk.kept() == [], 'the outbox to be empty')
        self.assertEqual(self.dispatcher.order(order)['state'], 'received')
        desk.tell(undo=command)
        desk.wait('not-undone')

    def test_held_goes_when_its_time_is_over(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        command = desk.give('dispatch', hold=300, order=order, unit='east')
        desk.wait('answered', command)
        desk.wait_order(order, state='dispatched', unconfirmed=False)
        self.assertEqual(self.dispatcher.order(order)['unit'], 'east')

    def test_closing_sends_what_is_held(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        desk.give('dispatch', hold=600000, order=order, unit='east')
        desk.close()
        self.assertEqual(self.dispatcher.order(order)['unit'], 'east')

    def test_killed_while_held(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        command = desk.give('dispatch', hold=600000, order=order, unit='east')
        desk.wait_kept(command)
        desk.kill()
        self.assertEqual(self.dispatcher.order(order)['state'], 'received')
        desk.start()
        desk.wait('loaded')
        desk.wait('answered', command)
        desk.wait_order(order, state='dispatched', unconfirmed=False)
        self.assertEqual(self.dispatcher.order(order)['unit'], 'east')

    def test_refused_and_settled(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        first = desk.give('dispatch', hold=1500, order=order, unit='east')
        second = desk.give('note', order=order, text='跟在后面')
        desk.wait_kept(second)
        self.dispatcher.must('classify', order=order, category='burst')     # somebody else was first
        refused = desk.wait('refused')['refused']
        self.assertEqual(refused, f'{first} conflict current')
        shown = desk.order(order)
        self.assertEqual((shown['state'], shown['unit'], shown['stopped']), ('received', None, True))
        self.assertEqual(desk.dump()['stopped'], 1)
        self.assertIn('has to be seen to', desk.refused_here('answer', order=order, text='好了'))
        self.assertEqual(desk.kept(), [first, second])                      # the chain stands still
        desk.kill()
        desk.start()
        desk.wait_state('live')
        self.assertEqual(desk.dump()['stopped'], 1)                         # and is not forgotten
        desk.tell(settle=first, go_on=True)
        desk.wait('answered', second)
        wait_for(lambda: desk.kept() == [] and desk.dump()['stopped'] == 0, 'the chain to go on')
        desk.wait_order(order, state='received', stopped=False, unconfirmed=False)
        self.assertSame(desk)

    def test_settled_with_all_behind_it(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        first = desk.give('dispatch', hold=1000, order=order, unit='east')
        second = desk.give('note', order=order, text='跟在后面')
        desk.wait_kept(second)
        self.dispatcher.must('dispatch', order=order, unit='west')
        desk.wait('refused', f'{first} conflict current')
        desk.wait_order(order, unit='west')
        desk.tell(settle=first, go_on=False)
        wait_for(lambda: desk.kept() == [], 'the outbox to be empty')
        self.assertSame(desk)

    def test_refused_redirect_is_given_anew(self):
        """Both of its commands were on their way and came to nothing: neither comes back."""
        order = self.receive()
        self.dispatcher.must('dispatch', order=order, unit='east')
        desk = self.desk()
        desk.wait_order(order, unit='east')
        recall = desk.give('recall', hold=1500, order=order)
        dispatch = desk.give('dispatch', hold=1500, order=order, unit='west')
        desk.wait_kept(dispatch)
        self.dispatcher.must('classify', order=order, category='burst')
        desk.wait('refused', f'{recall} conflict current')
        desk.wait_order(order, unit='east', stopped=True)
        desk.tell(replace=recall, by=[{'do': 'recall', 'order': order}, {'do': 'dispatch', 'order': order, 'unit': 'west'}])
        desk.wait('replaced', recall)
        wait_for(lambda: desk.kept() == [], 'the outbox to be empty')
        desk.wait_order(order, unit='west', stopped=False, unconfirmed=False)
        self.assertIsNone(desk.seen('undo-missed'))
        self.assertEqual(self.dispatcher.order(order)['unit'], 'west')
        self.assertSame(desk)

    def test_redirect_of_what_was_returned_meanwhile(self):
        """Number and state fit the dispatch again then: its return waits for a ruling all the same."""
        order = self.receive()
        self.dispatcher.must('dispatch', order=order, unit='east')
        desk = self.desk()
        desk.wait_order(order, unit='east')
        recall = desk.give('recall', hold=1500, order=order)
        desk.wait_kept(desk.give('dispatch', hold=1500, order=order, unit='west'))
        self.city.sign_in('east').must('return', order=order, **{'class': 'not-ours', 'reason': '不在辖区'})
        desk.wait('refused', f'{recall} conflict current')
        self.assertEqual(self.dispatcher.order(order)['state'], 'received')
        self.assertEqual(self.dispatcher.order(order)['returned']['class'], 'not-ours')
        desk.tell(settle=recall, go_on=False)
        wait_for(lambda: desk.kept() == [], 'the outbox to be empty')
        desk.wait_order(order, state='received', stopped=False, unconfirmed=False)
        self.assertSame(desk)

    def test_a_call_meanwhile_is_no_conflict(self):
        desk = self.desk()
        area = {'type': 'Polygon', 'coordinates': [[[120.23, 30.19], [120.24, 30.19], [120.24, 30.2], [120.23, 30.2], [120.23, 30.19]]]}
        outage = self.dispatcher.must('declare-outage', nature='emergency', reason='爆管', starts=time_at(-60), area=area)['object']['id']

        def reason():
            return next(change['body'] for change in reversed(self.dispatcher.changes()[0]) if change['id'] == outage)['reason']
        wait_for(lambda: any(each['id'] == outage for each in desk.dump()['areas']), 'the outage')
        desk.give('revise-outage', hold=1500, outage=outage, reason='阀门', because='看错了')
        self.dispatcher.must('attach-call', to=outage, channel='hotline', text='我家也没水')
        wait_for(lambda: reason() == '阀门', 'the revision, which nobody was before')
        wait_for(lambda: desk.kept() == [], 'the outbox to be empty')
        self.assertIsNone(desk.seen('refused'))

        # Another one's revision is.
        second = desk.give('revise-outage', hold=1500, outage=outage, reason='水泵', because='又看错了')
        self.dispatcher.must('revise-outage', outage=outage, expected=time_at(90), because='久些')
        desk.wait('refused', f'{second} conflict current')
        self.assertEqual(reason(), '阀门')
        desk.tell(settle=second, go_on=True)
        wait_for(lambda: desk.kept() == [], 'the outbox to be empty')

    def test_outages_by_what_is_due_next(self):
        area = {'type': 'Polygon', 'coordinates': [[[120.23, 30.19], [120.24, 30.19], [120.24, 30.2], [120.23, 30.2], [120.23, 30.19]]]}
        desk = self.desk()
        self.receive(point=[120.235, 30.195])
        ids = [desk.give('declare-outage', nature='emergency', reason='爆管', starts=time_at(-60), expected=time_at(minutes), area=area)
               for minutes in (180, 60)]

        def settled():
            areas = {each['id']: each for each in desk.dump()['areas']}
            return all(id in areas and areas[id]['number'] and not areas[id]['unconfirmed'] for id in ids)
        wait_for(settled, 'both outages to be numbered')
        areas = [each for each in desk.dump()['areas'] if each['id'] in ids]
        self.assertEqual([each['id'] for each in areas], ids[::-1], 'the one that is expected back first')
        self.assertTrue(all(each['inside'] >= 1 for each in areas))
        self.assertEqual({each['begins'] for each in areas}, {0}, 'both have begun')

        # Announced, what comes next is its start.
        starts = time_at(70 * 60)
        planned = desk.give('declare-outage', nature='planned', reason='检修', starts=starts, expected=time_at(80 * 60), area=area)
        begins = int(moment(starts).timestamp() * 1000)
        wait_for(lambda: {each['id']: each['begins'] for each in desk.dump()['areas']}.get(planned) == begins, 'its start to come next')
        self.dispatcher.must('restore-outage', outage=ids[1])
        wait_for(lambda: [each['id'] for each in desk.dump()['areas'] if each['id'] in ids] == ids, 'what is over to come last')
        outside = {'type': 'Polygon', 'coordinates': [[[10, 50], [11, 50], [11, 51], [10, 50]]]}
        self.assertIn('outside', desk.refused_here('declare-outage', nature='emergency', reason='爆管', starts=time_at(0), area=outside))

    def test_refused_here(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        self.assertTrue(desk.refused_here('accept', order=order))
        self.assertTrue(desk.refused_here('dispatch', order=order, unit='nowhere').startswith('unit: '))
        self.assertTrue(desk.refused_here('dispatch', order=new_id(), unit='east'))
        self.assertEqual(desk.kept(), [])


class RoughDays(DeskCase):
    """What kills the server, or changes who may do what."""

    def setUp(self):
        super().setUp()
        self.city = self.start('--demo')
        self.dispatcher = self.city.sign_in('dispatcher')

    def test_signing_out_gives_the_token_back(self):
        desk = self.desk()
        desk.close(sign_out=True)
        self.assertEqual(self.city.get('/v1/session', token=desk.token).status, 401)

    def test_on_the_screen_before_the_network(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        desk.close()
        self.city.kill()
        desk.start()
        desk.wait('loaded')
        self.assertEqual(desk.order(order)['state'], 'received')
        desk.wait_state('offline')

    def test_opened_without_a_server(self):
        """By the password that a server last took; and what is done then goes out when it is back and takes it too."""
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        desk.kill()
        desk.token = None
        self.city.kill()
        desk.start()
        desk.wait('loaded')
        desk.wait_state('signed-out')
        self.assertIn('not the password', desk.open_offline('watersedk'))
        self.assertIsNone(desk.open_offline())
        desk.wait_state('offline')
        command = desk.give('dispatch', order=order, unit='east')
        self.assertEqual(desk.order(order)['unit'], 'east')
        desk.wait_kept(command)
        body = next(each for each in map(json.loads, desk.kept('body')) if each['id'] == command)
        self.assertTrue(body['at'] and body['anchor'] and body['elapsed'], 'a program that never heard the server knows its time')
        self.restart(kill=False)
        desk.wait('answered', command)
        desk.wait_order(order, state='dispatched', unit='east', unconfirmed=False)

        desk.kill()
        self.city.stop()
        self.city.ctl('user', 'add', 'dispatcher', '--role', 'dispatcher', text='another one\n')
        desk.start()
        desk.wait('loaded')
        self.assertIsNone(desk.open_offline())
        desk.wait_state('offline')
        self.restart()
        desk.wait_state('signed-out')                  # the server no longer takes it, and so it opens nothing here either
        self.city.kill()
        self.assertIsNotNone(desk.open_offline())
        self.restart()
        desk.sign_in('another one')

    def test_cut_off(self):
        """What is done while the server is away arrives in its order when it is back."""
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        self.city.kill()
        desk.wait_state('offline')
        new = desk.give('receive', **dict(CALL, text='断网时受理'))
        desk.give('dispatch', order=new, unit='west')
        desk.give('dispatch', order=order, unit='east')
        last = desk.give('note', order=new, text='先电话通知')
        shown = desk.order(new)
        self.assertEqual((shown['state'], shown['unit'], shown['number'], shown['unconfirmed']), ('dispatched', 'west', None, True))
        self.assertEqual(desk.dump()['waiting'], 4)
        self.restart(kill=False)
        desk.wait('answered', last)
        desk.wait_order(new, state='dispatched', unit='west', unconfirmed=False)
        desk.wait_order(order, state='dispatched', unit='east', unconfirmed=False)
        self.assertSame(desk)
        answer = self.dispatcher.get(f'/v1/orders/{new}/events').json()['events']
        self.assertEqual([event['do'] for event in answer if event['do'] != 'receipt'], ['receive', 'dispatch', 'note'])
        for event in answer:
            self.assertLess(event['at'], event['entered_at'])       # each step with the time that it really had

    def test_caller_without_a_link(self):
        """A unit that is cut off can telephone: whom it has accepted an order of is kept, sealed, for as long as it has the order."""
        who = {'name': '欧阳采薇', 'phone': '13900002056'}
        order, other = self.receive(caller=who), self.receive(caller=who)
        east = self.desk('east')
        self.dispatcher.must('dispatch', order=order, unit='east')
        self.dispatcher.must('dispatch', order=other, unit='west')
        east.wait_order(order, state='dispatched')
        self.assertEqual(east.callers(), [])
        east.give('accept', order=order)
        wait_for(lambda: east.callers() == [order], 'the caller to be kept')

        def looks():
            return [event['data']['reason'] for event in self.dispatcher.get(f'/v1/orders/{order}/events').json()['events'] if event['do'] == 'looked']
        self.assertEqual(looks(), ['接单时留存，供断网时联系反映人'])
        self.city.kill()
        east.wait_state('offline')
        self.assertEqual(east.caller(order), who)
        self.assertIsNone(east.caller(other))
        for restarted in (False, True):
            if restarted:
                east.kill()
                east.start().wait('loaded')
                east.wait_state('offline')
                self.assertEqual(east.caller(order), who)
            for path in glob.glob(os.path.join(east.folder, '*')):
                with open(path, 'rb') as file:
                    held = file.read()
                for clear in who.values():
                    self.assertNotIn(clear.encode(), held, path)

        # Without its token a program can't open them: it leaves them alone until somebody signs in, and then fetches them anew.
        east.kill()
        east.token = None
        self.restart()
        self.dispatcher = self.city.sign_in('dispatcher')
        east.start().wait('loaded')
        self.assertEqual(east.callers(), [order])
        self.assertIsNone(east.caller(order))
        east.sign_in()
        wait_for(lambda: len(looks()) == 2, 'the caller to be fetched anew')
        wait_for(lambda: east.callers() == [order] and east.caller(order) == who, 'the caller to be kept again')
        self.dispatcher.must('recall', order=order, reason='误派')
        wait_for(lambda: east.callers() == [], 'the caller of an order that has left to be dropped')
        self.city.kill()
        east.wait_state('offline')
        self.assertIsNone(east.caller(order))
        self.restart()
        self.dispatcher = self.city.sign_in('dispatcher')
        east.wait_state('live')
        self.dispatcher.must('dispatch', order=order, unit='east')
        east.wait_order(order, state='dispatched')
        east.give('accept', order=order)
        wait_for(lambda: east.callers() == [order], 'the caller to be kept')
        east.close(sign_out=True)
        self.assertEqual(east.callers(), [])

    def test_deaf_line(self):
        """A server that neither answers nor hangs up is as good as none, and the desk says so; what is done before it is noticed
        has its time all the same."""
        order, early = self.receive(), self.receive()
        desk = self.desk()
        desk.wait_order(early)
        os.kill(self.city.pid, signal.SIGSTOP)
        try:
            time.sleep(1)
            first = desk.give('dispatch', order=early, unit='east')
            time.sleep(1)       # while the first is still held back for a sign of the server
            beside = desk.give('note', order=order, text='也趁还没断')
            second = desk.give('note', order=early, text='趁还没断')
            self.assertEqual(desk.state(), 'live')
            desk.wait_state('offline', 120)
            command = desk.give('dispatch', order=order, unit='east')
            self.assertEqual(desk.order(order)['state'], 'dispatched')
            desk.wait_kept(command)
        finally:
            os.kill(self.city.pid, signal.SIGCONT)
        for each in (first, beside, second, command):
            desk.wait('answered', each, timeout=120)
        desk.wait_order(order, state='dispatched', unconfirmed=False)
        events = [(id, event) for id in (early, order) for event in self.dispatcher.get(f'/v1/orders/{id}/events').json()['events']]
        for id, event in events:
            if event['do'] == 'note' or (id, event['do']) == (early, 'dispatch'):
                self.assertGreater((moment(event['entered_at']) - moment(event['at'])).total_seconds(), 5, event)

    def test_rights_change(self):
        """Another role is another view: the copy begins anew, what waits is kept."""
        order = self.receive()
        east = self.desk('east')
        self.dispatcher.must('dispatch', order=order, unit='east')
        east.wait_order(order)
        area = {'type': 'Polygon', 'coordinates': [[[120.23, 30.19], [120.24, 30.19], [120.24, 30.2], [120.23, 30.19]]]}
        waiting = east.give('declare-outage', hold=600000, nature='emergency', reason='爆管', starts=time_at(0), area=area)
        east.wait_kept(waiting)
        admin = self.city.sign_in('admin')
        admin.must('put-staff', name='east', role='unit', unit='west')
        wait_for(lambda: east.order(order) is None, 'the order to be gone')
        east.wait_state('live')
        self.assertEqual([each['unconfirmed'] for each in east.dump()['areas'] if each['id'] == waiting], [True])
        other = self.receive()
        self.dispatcher.must('dispatch', order=other, unit='west')
        east.wait_order(other, state='dispatched')

    def test_token_over(self):
        order = self.receive()
        desk = self.desk()
        desk.wait_order(order)
        self.assertEqual(self.dispatcher.request('DELETE', '/v1/session?all=1').status, 204)
        desk.wait_state('signed-out')
        command = desk.give('dispatch', order=order, unit='east')
        desk.wait_kept(command)
        self.assertEqual(desk.order(order)['state'], 'dispatched')
        desk.sign_in()
        desk.wait('answered', command)

    def test_spoilt_copy(self):
        orders = [self.receive(text=f'第{n}单') for n in range(20)]
        desk = self.desk()
        desk.wait_order(orders[-1])
        self.city.kill()
        desk.wait_state('offline')
        command = desk.give('dispatch', order=orders[0], unit='east')
        desk.wait_kept(command)
        desk.kill()
        for path in glob.glob(os.path.join(desk.folder, 'replica.sqlite-*')):
            os.remove(path)                         # or what SQLite keeps there would heal it
        with open(os.path.join(desk.folder, 'replica.sqlite'), 'r+b') as file:
            file.write(os.urandom(8192))
        self.restart()
        desk.start()
        desk.wait('set-aside', 'replica.sqlite')
        desk.wait('answered', command)
        desk.wait_order(orders[0], state='dispatched', unconfirmed=False)
        self.assertSame(desk)
        self.assertTrue(os.path.exists(os.path.join(desk.folder, 'replica.sqlite.damaged-1')))

    def test_place_where_a_shape_is_wrong(self):
        """The territories became others before what was given got out: the desk has the place that the server names."""
        desk = self.desk()
        area = {'type': 'Polygon', 'coordinates': [[[120.23, 30.19], [120.24, 30.19], [120.24, 30.2], [120.23, 30.19]]]}
        command = desk.give('declare-outage', hold=600000, nature='emergency', reason='爆管', starts=time_at(0), area=area)
        desk.wait_kept(command)
        desk.kill()
        admin = self.city.sign_in('admin')
        far = {'type': 'Polygon', 'coordinates': [[[10, 50], [11, 50], [11, 51], [10, 50]]]}
        for unit in [change['body'] for change in admin.changes()[0] if change['kind'] == 'unit']:
            admin.must('put-unit', code=unit['code'], name=unit['name'], kind=unit['kind'], territory=unit['territory'] and far)
        desk.start().wait('refused', f'{command} invalid - at 120.23000 30.19000')

    def test_ten_thousand(self):
        desk = self.desk()
        for page in range(10):
            self.dispatcher.commands([dict(CALL, id=new_id(), do='receive', text=f'{page}-{n}') for n in range(1000)])
            if page == 4:
                self.restart()
                self.dispatcher = self.city.sign_in('dispatcher')
        wait_for(lambda: len(desk.dump()['orders']) >= 10000, 'ten thousand orders', 120)
        self.assertSame(desk)
        late = self.desk(name='late')
        wait_for(lambda: len(late.dump()['orders']) >= 10000, 'ten thousand orders at once', 120)
        self.assertSame(late)
        late.close()
        late.start()
        late.wait('loaded')
        self.assertGreaterEqual(int(late.seen('loaded')['loaded']), 10000)

    def test_kills(self):
        """Server and desk are killed at any moment: what is on the desk's disk arrives, once."""
        orders = [self.receive(text=f'第{n}单') for n in range(8)]
        desk = self.desk()
        given = {}
        for _ in range(rounds(12, 60)):
            desk.wait('loaded')
            wait_for(lambda: all(id in desk.dump()['orders'] for id in orders), 'the orders')
            for _ in range(random.randint(1, 6)):
                id = random.choice(orders)
                text = new_id()
                given[desk.give('note', order=id, text=text, hold=random.choice([0, 0, 20, 60000]))] = (id, text)
            last = list(given)[-1]
            wait_for(lambda: last in desk.kept() or desk.seen('answered', last), 'the last to be on disk')
            which = random.random()
            if which < 0.7:
                desk.kill()
            if which > 0.4:
                self.restart()
            if desk.process is None:
                desk.start()
        self.dispatcher = self.city.sign_in('dispatcher')
        desk.wait_state('live')
        desk.close()
        self.assertEqual(desk.kept(), [])
        for id in orders:
            events = self.dispatcher.get(f'/v1/orders/{id}/events').json()['events']
            notes = [event['data']['text'] for event in events if event['do'] == 'note']
            self.assertEqual(sorted(notes), sorted(text for order, text in given.values() if order == id))
            self.assertEqual(notes, [text for order, text in given.values() if order == id])    # in their order


if __name__ == '__main__':
    unittest.main()
