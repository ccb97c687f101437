"""test_ids.py — the same command again changes nothing, whoever was down in between

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, OwnHouseCase, new_id, receive_members  # noqa: E402


class Ids(HouseCase):
    def give(self, who, command):
        return who.commands([command])[0]

    def test_the_same_again_is_the_same_answer(self):
        command = dict(receive_members(), id=new_id(), do='receive')
        first = self.give(self.dispatcher, command)
        self.assertTrue(first['ok'])
        self.dispatcher.must('dispatch', order=first['object']['id'], unit='east')
        for again in (command, dict(reversed(list(command.items()))), dict(command, id=command['id'].upper())):
            self.assertEqual(self.give(self.dispatcher, again), first)
        self.assertProblem(self.give(self.dispatcher, dict(command, id=command['id'].upper(), text='x')), 409, 'id-reused')
        self.assertEqual([event['do'] for event in self.events(command['id'])], ['receive', 'dispatch'])

    def test_a_refusal_is_kept_too(self):
        order = self.receive()
        command = {'id': new_id(), 'do': 'accept', 'order': order}
        self.dispatcher.must('dispatch', order=order, unit='west')
        refused = self.give(self.east, command)
        self.assertProblem(refused, 404, 'not-found')
        self.dispatcher.commands([{'id': new_id(), 'do': 'recall', 'order': order}, {'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'east'}])
        self.assertEqual(self.give(self.east, command), refused)
        self.east.must('accept', order=order)
        bad = dict(receive_members(), id=new_id(), do='receive', colour='red')
        self.assertEqual(self.give(self.dispatcher, bad), self.give(self.dispatcher, bad))

    def test_an_id_belongs_to_one_content(self):
        command = dict(receive_members(), id=new_id(), do='receive')
        self.assertTrue(self.give(self.dispatcher, command)['ok'])
        for change in ({'text': '另一件事'}, {'do': 'note', 'order': command['id']}, {'expect': 1}, {'point': [120.2, 30.20001]}):
            self.assertProblem(self.give(self.dispatcher, dict(command, **change)), 409, 'id-reused')
        self.assertEqual(len(self.events(command['id'])), 1)
        self.assertTrue(self.give(self.dispatcher, command)['ok'])

    def test_an_id_belongs_to_one_user(self):
        command = dict(receive_members(), id=new_id(), do='receive')
        first = self.give(self.dispatcher, command)
        self.assertProblem(self.give(self.supervisor, command), 409, 'id-reused')
        self.assertEqual(self.give(self.dispatcher, command), first)
        self.assertEqual(self.give(self.server.sign_in('dispatcher'), command), first)      # in another session

    def test_twice_in_one_request(self):
        command = dict(receive_members(), id=new_id(), do='receive')
        results = self.dispatcher.commands([command, command, dict(command, text='x')])
        self.assertEqual(results[0], results[1])
        self.assertProblem(results[2], 409, 'id-reused')

    def test_twice_at_the_same_time(self):
        for _ in range(10):
            command = dict(receive_members(), id=new_id(), do='receive')
            results = []

            def post():
                results.append(self.give(self.dispatcher, command))
            crowd = [threading.Thread(target=post) for _ in range(8)]
            for one in crowd:
                one.start()
            for one in crowd:
                one.join()
            self.assertEqual(results, [results[0]] * 8)
            self.assertEqual(len(self.events(command['id'])), 1)

    def test_what_is_created_has_the_commands_id(self):
        order, unit, crew, user = (new_id() for _ in range(4))
        self.assertEqual(self.dispatcher.must('receive', id=order, **receive_members())['object']['id'], order)
        self.assertEqual(self.admin.must('put-unit', id=unit, code='new', name='新', kind='other')['object']['id'], unit)
        self.assertEqual(self.admin.must('put-crew', id=crew, unit='new', name='班')['object']['id'], crew)
        self.assertEqual(self.admin.must('put-staff', id=user, name='newcomer', role='auditor')['object']['id'], user)
        self.assertProblem(self.dispatcher.do('receive', id=unit, **receive_members()), 409, 'id-reused')
        self.assertProblem(self.dispatcher.do('receive', id=self.east.user['id'], **receive_members()), 422, 'invalid', 'id')


class Restarts(OwnHouseCase):
    def test_answers_outlive_the_server(self):
        server = self.furnished()
        taken = dict(receive_members(), id=new_id(), do='receive')
        refused = {'id': new_id(), 'do': 'note', 'order': new_id(), 'text': 'x'}
        first = self.dispatcher.commands([taken, refused])
        for kill in (True, False):
            server.restart(kill=kill)
            self.assertEqual(self.dispatcher.commands([taken, refused]), first)
            self.assertProblem(self.dispatcher.commands([dict(taken, text='x')])[0], 409, 'id-reused')
            self.assertProblem(self.supervisor.commands([taken])[0], 409, 'id-reused')
        self.assertEqual(len(self.events(taken['id'])), 1)


if __name__ == '__main__':
    unittest.main()
