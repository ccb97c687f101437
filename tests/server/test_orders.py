"""test_orders.py — orders from the call to the close, by the commands of the API alone

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, new_id, receive_members  # noqa: E402

TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$')


class Path(HouseCase):
    def test_from_the_call_to_the_close(self):
        order = self.receive()
        body = self.body(order)
        self.assertEqual((body['state'], body['unit'], body['lead'], body['version'], body['calls']), ('received', None, None, 1, 1))
        self.assertRegex(body['number'], r'^\d{8}-\d{4}$')
        self.assertEqual(body['caller'], {'name': '张**', 'phone': '138****5678'})
        self.assertIsNone(self.body(order, self.east))

        self.dispatcher.must('classify', order=order, category='burst', major=True, address='人民路14号')
        self.dispatcher.must('dispatch', order=order, unit='east', note='有人在等', expect=2)
        body = self.body(order, self.east)
        self.assertEqual((body['state'], body['unit'], body['lead'], body['category'], body['major'], body['version']),
                         ('dispatched', 'east', None, 'burst', True, 3))
        self.assertRegex(body['delivery']['sent'], TIME)
        self.assertIsNone(body['delivery']['delivered'])

        self.east.must('receipt', order=order, what='delivered')
        self.east.must('receipt', order=order, what='shown')
        self.east.must('accept', order=order)
        self.east.must('assign', order=order, crew=self.crew)
        self.east.must('contact', order=order, text='约好下午', agreed_at='2126-11-24T15:00:00+08:00')
        body = self.body(order)
        self.assertEqual((body['state'], body['lead'], body['crew'], body['version']), ('accepted', 'east', self.crew, 6))
        self.assertEqual([clock['stopped_at'] is None for clock in self.clocks(order, 'appointment')], [True])
        self.assertEqual(self.clocks(order, 'appointment')[0]['due_at'], '2126-11-24T07:00:00.000Z')
        self.assertIsNotNone(self.clocks(order, 'arrive')[0]['stopped_at'])

        self.east.must('arrive', order=order)
        self.east.must('note', order=order, text='挖开了')
        self.east.must('finish', order=order, result='换了一段管', repaired=True, no_evidence='下雨')
        self.assertEqual(self.body(order)['state'], 'finished')
        self.dispatcher.must('visit', order=order, outcome='satisfied', text='很快')
        body = self.body(order)
        self.assertEqual((body['state'], body['lead'], body['version']), ('closed', 'east', 10))
        self.assertEqual([clock['rule'] for clock in body['clocks'] if clock['stopped_at'] is None], [])
        self.assertEqual([visit['outcome'] for visit in body['visits']], ['satisfied'])

        events = self.events(order)
        self.assertEqual([event['do'] for event in events],
                         ['receive', 'classify', 'dispatch', 'receipt', 'receipt', 'accept', 'assign', 'contact', 'arrive',
                          'note', 'finish', 'visit'])
        self.assertEqual(sorted(event['seq'] for event in events), [event['seq'] for event in events])
        self.assertEqual(events[0]['data']['caller'], {'name': '张**', 'phone': '138****5678'})
        self.assertEqual(events[1]['by']['id'], self.dispatcher.user['id'])
        for event in events:
            self.assertLessEqual({'seq', 'do', 'at', 'entered_at', 'by', 'data', 'hash'}, set(event))
            self.assertRegex(event['at'], TIME)

    def test_numbers_count_on(self):
        numbers = [self.body(self.receive())['number'] for _ in range(3)]
        self.assertEqual([int(number[-4:]) for number in numbers], list(range(int(numbers[0][-4:]), int(numbers[0][-4:]) + 3)))

    def test_each_command_sees_what_the_one_before_did(self):
        order = new_id()
        results = self.dispatcher.commands([
            dict(receive_members(), id=order, do='receive'),
            {'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'nowhere'},
            {'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'east', 'expect': 1},
            {'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'west'},
            {'id': new_id(), 'do': 'note', 'order': order, 'text': '催'}])
        self.assertEqual([result['ok'] for result in results], [True, False, True, False, True])
        self.assertProblem(results[1], 422, 'invalid', 'unit')
        self.assertProblem(results[3], 409, 'state')
        self.assertEqual(results[0]['object'], {'kind': 'order', 'id': order, 'version': 1})
        self.assertEqual(self.body(order)['version'], 3)

    def test_an_answer_closes_at_once(self):
        order = self.receive(category='billing', nature='consultation')
        self.dispatcher.must('answer', order=order, text='水价从下月起不变')
        body = self.body(order)
        self.assertEqual((body['state'], body['result']), ('closed', '水价从下月起不变'))
        self.assertEqual([clock for clock in body['clocks'] if clock['stopped_at'] is None], [])

    def test_a_unit_reports_by_itself(self):
        self.assertProblem(self.east.do('receive', **receive_members()), 403, 'forbidden')
        order = self.east.must('receive', **receive_members(channel='unit-report'))['object']['id']
        self.assertEqual(self.body(order)['channel'], 'unit-report')

    def test_what_needs_no_site_is_finished_from_the_desk(self):
        order = self.order('accepted', category='billing')
        self.assertEqual(self.clocks(order, 'arrive'), [])
        self.east.must('finish', order=order, result='已改账单', no_evidence='电话办结')
        self.assertEqual(self.body(order)['state'], 'finished')
        leak = self.order('accepted')
        self.assertProblem(self.east.do('finish', order=leak, result='x', no_evidence='x'), 409, 'state')


class Returns(HouseCase):
    def returned(self):
        order = self.order('accepted')
        self.east.must('return', order=order, **{'class': 'not-ours'}, reason='在西区', suggested_unit='west')
        return order

    def test_a_return_keeps_the_returner_as_lead(self):
        order = self.returned()
        body = self.body(order, self.east)
        self.assertEqual((body['state'], body['unit'], body['lead']), ('received', None, 'east'))
        self.assertEqual({name: body['returned'][name] for name in ('by', 'class', 'suggested_unit')},
                         {'by': 'east', 'class': 'not-ours', 'suggested_unit': 'west'})
        self.assertEqual([clock['rule'] for clock in body['clocks'] if clock['stopped_at'] is None], ['finish', 'dispatch'])

    def test_a_ruling_against_it_sends_it_back(self):
        order = self.returned()
        self.dispatcher.must('rule-return', order=order, granted=False, reason='阀门在东区')
        body = self.body(order)
        self.assertEqual((body['state'], body['unit'], body['lead'], body['returned']), ('dispatched', 'east', 'east', None))
        self.assertEqual([ruling['granted'] for ruling in body['rulings']], [False])
        self.assertEqual([clock['stopped_at'] is None for clock in self.clocks(order, 'accept')], [False, True])

    def test_a_ruling_for_it_names_another_unit(self):
        order = self.returned()
        self.dispatcher.must('rule-return', order=order, granted=True, reason='属西区', unit='west')
        self.assertEqual(self.body(order, self.west)['unit'], 'west')
        self.assertEqual(self.body(order, self.east)['lead'], 'east')       # until the other accepts
        self.west.must('accept', order=order)
        self.assertEqual(self.body(order)['lead'], 'west')
        self.assertIsNone(self.body(order, self.east))

    def test_a_ruling_for_it_may_leave_it_with_the_centre(self):
        order = self.returned()
        self.dispatcher.must('rule-return', order=order, granted=True, reason='再看看')
        self.assertEqual(self.body(order)['state'], 'received')
        self.dispatcher.must('dispatch', order=order, unit='west')
        self.assertEqual(self.body(order, self.west)['state'], 'dispatched')

    def test_nothing_to_rule_on(self):
        order = self.receive()
        self.assertProblem(self.dispatcher.do('rule-return', order=order, granted=True, reason='x'), 409, 'state')
        self.assertProblem(self.east.do('rule-return', order=self.returned(), granted=True, reason='x'), 403, 'forbidden')


class Recalls(HouseCase):
    def test_before_the_acceptance_no_reason_is_asked(self):
        order = self.order('dispatched')
        self.dispatcher.must('recall', order=order)
        self.assertEqual(self.body(order)['state'], 'received')
        self.assertIsNone(self.body(order, self.east))

    def test_after_it_one_is(self):
        order = self.order('on-site')
        self.assertProblem(self.dispatcher.do('recall', order=order), 422, 'invalid', 'reason')
        self.dispatcher.must('recall', order=order, reason='并入抢修')
        body = self.body(order)
        self.assertEqual((body['state'], body['unit'], body['lead']), ('received', None, 'east'))
        running = [clock['rule'] for clock in body['clocks'] if clock['stopped_at'] is None]
        self.assertEqual(running, ['finish', 'dispatch'])

    def test_a_redirect_is_a_recall_and_a_dispatch_in_one_request(self):
        order = self.order('dispatched')
        with self.west.live() as west, self.east.live() as east:
            results = self.dispatcher.commands([
                {'id': new_id(), 'do': 'recall', 'order': order, 'expect': 2, 'note': '改派'},
                {'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'west'}])
            self.assertEqual([result['ok'] for result in results], [True, True])
            self.assertEqual(west.change(order)['body']['unit'], 'west')
            gone = east.change(order)
            self.assertEqual((gone['body'], gone['why']), (None, 'left'))
        self.west.must('accept', order=order)
        self.assertProblem(self.east.do('accept', order=order), 404, 'not-found')


class Visits(HouseCase):
    def test_the_units_fault_sends_it_out_once_more(self):
        order = self.order('finished')
        self.dispatcher.must('visit', order=order, outcome='dissatisfied', cause='unit', text='没修好')
        body = self.body(order)
        self.assertEqual((body['state'], body['unit'], body['rework'], body['supervised']), ('dispatched', 'east', 1, True))
        self.assertEqual([clock['stopped_at'] is None for clock in self.clocks(order, 'finish')], [False, True])

    def test_an_objective_cause_closes(self):
        order = self.order('finished')
        self.dispatcher.must('visit', order=order, outcome='dissatisfied', cause='objective')
        self.assertEqual(self.body(order)['state'], 'closed')

    def test_who_cannot_be_reached_is_tried_three_times(self):
        order = self.order('finished')
        for state in ('finished', 'finished', 'closed'):
            self.dispatcher.must('visit', order=order, outcome='unreachable')
            self.assertEqual(self.body(order)['state'], state)


class Links(HouseCase):
    def test_a_duplicate_is_merged_and_comes_back(self):
        first, second = self.order('accepted'), self.order('accepted')
        self.dispatcher.must('link', order=second, to=first)
        body = self.body(second)
        self.assertEqual((body['state'], body['links']), ('merged', [{'kind': 'order', 'id': first}]))
        self.assertEqual([clock for clock in body['clocks'] if clock['stopped_at'] is None], [])
        self.assertProblem(self.east.do('arrive', order=second), 409, 'state')
        self.dispatcher.must('unlink', order=second, to=first)
        body = self.body(second)
        self.assertEqual((body['state'], body['unit'], body['links']), ('accepted', 'east', []))
        self.east.must('arrive', order=second)

    def test_what_cannot_be_linked(self):
        order = self.receive()
        self.assertProblem(self.dispatcher.do('link', order=order, to=order), 422, 'invalid', 'to')
        self.assertProblem(self.dispatcher.do('link', order=order, to=new_id()), 404, 'not-found')
        self.assertProblem(self.dispatcher.do('unlink', order=order, to=self.receive()), 409, 'state')


class Looks(HouseCase):
    def test_a_look_at_the_caller_is_an_event(self):
        order = self.order('accepted')
        version = self.body(order)['version']
        answer = self.east.get(f'/v1/orders/{order}/caller?reason=call%20back')
        self.assertEqual(answer.json(), {'name': '张三丰', 'phone': '13812345678'})
        look = self.events(order)[-1]
        self.assertEqual((look['do'], look['by']['id'], look['data']['reason']), ('looked', self.east.user['id'], 'call back'))
        self.assertEqual(self.body(order)['version'], version)

    def test_who_may_not_look(self):
        order = self.order('dispatched')
        before = len(self.events(order))
        self.assertProblem(self.west.get(f'/v1/orders/{order}/caller?reason=x'), 404, 'not-found')
        self.assertProblem(self.admin.get(f'/v1/orders/{order}/caller?reason=x'), 404, 'not-found')
        self.assertProblem(self.auditor.get(f'/v1/orders/{order}/caller?reason=x'), 403, 'forbidden')
        for query in ('', '?reason=', '?reason=' + 'x' * 101):
            self.assertProblem(self.dispatcher.get(f'/v1/orders/{order}/caller{query}'), 422, 'invalid', 'reason')
        self.assertEqual(len(self.events(order)), before)

    def test_callers_stand_nowhere_else(self):
        order = self.order('closed')
        for who in self.dispatcher, self.east, self.auditor:
            texts = [who.get('/v1/changes').body, who.get(f'/v1/orders/{order}/events').body, who.get('/v1/orders?q=' + '%E5%86%92').body]
            for text in texts:
                self.assertNotIn('张三丰'.encode(), text)
                self.assertNotIn(b'13812345678', text)


class Duty(HouseCase):
    def test_taking_and_leaving_duty(self):
        self.east.must('take-duty')
        unit = next(change['body'] for change in self.dispatcher.changes()[0]
                    if change['kind'] == 'unit' and change['body']['code'] == 'east')
        self.assertEqual(unit['duty']['user'], self.east.user['id'])
        self.east.must('leave-duty')
        self.assertProblem(self.dispatcher.do('take-duty'), 403, 'forbidden')


if __name__ == '__main__':
    unittest.main()
