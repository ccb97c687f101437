"""test_session.py — signing in and out, whose tokens hold how long, who is turned away

SPDX-License-Identifier: GPL-3.0-or-later
"""
import datetime
import os
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import PASSWORD, HouseCase, OwnHouseCase, ServerCase, wait_for  # noqa: E402
from live import Closed, Live, Refused  # noqa: E402

TOKEN_PATHS = (('GET', '/v1/session'), ('DELETE', '/v1/session'), ('POST', '/v1/commands'), ('GET', '/v1/changes'),
               ('GET', '/v1/orders'), ('GET', '/v1/orders/x/events'), ('GET', '/v1/orders/x/caller'), ('GET', '/v1/places'),
               ('GET', '/v1/customers'), ('GET', '/v1/tiles'), ('GET', '/v1/tiles/1/0/0'), ('POST', '/v1/imports/orders'))


class SignIn(HouseCase):
    def sign_in(self, user, password=PASSWORD, **more):
        return self.server.post('/v1/session', dict({'user': user, 'password': password}, **more))

    def test_who_signs_in_gets_a_token_and_themselves(self):
        answer = self.sign_in('east', remark='unknown members are ignored')
        self.assertEqual(answer.status, 201)
        body = answer.json()
        self.assertEqual(set(body), {'token', 'user', 'expires'})
        self.assertEqual(set(body['user']), {'id', 'name', 'role', 'unit'})
        self.assertEqual((body['user']['name'], body['user']['role'], body['user']['unit']), ('east', 'unit', 'east'))
        left = datetime.datetime.fromisoformat(body['expires'][:-1] + '+00:00') - datetime.datetime.now(datetime.timezone.utc)
        self.assertAlmostEqual(left.total_seconds(), 12 * 3600, delta=600)

        asked = self.server.get('/v1/session', token=body['token']).json()
        self.assertEqual({name: asked[name] for name in body['user']}, body['user'])
        self.assertEqual(asked['user'], body['user'])
        self.assertEqual(self.dispatcher.get('/v1/session').json()['unit'], None)

    def test_a_wrong_pair_is_one_answer(self):
        wrong = self.sign_in('east', 'something else')
        unknown = self.sign_in('nobody')
        self.assertProblem(wrong, 401, 'unauthorized')
        self.assertEqual(wrong.body, unknown.body)

    def test_what_is_missing_is_named(self):
        for body, field in (({}, 'user'), ({'user': 'east'}, 'password'), ({'user': 3, 'password': 'x'}, 'user'),
                            ({'user': 'east', 'password': None}, 'password'), ({'user': 'x' * 2000, 'password': 'x'}, 'user')):
            self.assertProblem(self.server.post('/v1/session', body), 422, 'invalid', field)
        self.assertProblem(self.server.post('/v1/session', body=b'[]'), 400, 'bad-request')

    def test_an_unreadable_body_is_no_failed_sign_in(self):
        for _ in range(20):
            self.assertProblem(self.server.post('/v1/session', body=b'{"user":"west","password":'), 400, 'bad-request')
        self.assertEqual(self.sign_in('west').status, 201)

    def test_who_fails_again_and_again_waits_and_colleagues_do_not(self):
        answers = [self.sign_in('lab', 'wrong password') for _ in range(8)]
        self.assertEqual([answer.status for answer in answers[:5]], [401] * 5)
        self.assertProblem(answers[-1], 429, 'too-many')
        self.assertGreaterEqual(int(answers[-1].headers['Retry-After']), 1)
        self.assertProblem(self.sign_in('lab'), 429, 'too-many')        # the right password too
        self.assertEqual(self.sign_in('supervisor').status, 201)
        wait_for(lambda: self.sign_in('lab').status == 201, 'the wait to be over')

    def test_without_a_token_nothing_is_answered(self):
        for token in (None, 'x', 'A' * 43, self.dispatcher.token[:-1], self.dispatcher.token + 'A', 'ä' * 9):
            for method, path in TOKEN_PATHS:
                answer = self.server.request(method, path, token=token, headers={'Content-Length': '0'} if method == 'POST' else None)
                self.assertProblem(answer, 401, 'unauthorized')
                self.assertEqual(answer.headers['WWW-Authenticate'], 'Bearer')
        for header in ('Basic ' + self.dispatcher.token, self.dispatcher.token, 'Bearer'):
            self.assertProblem(self.server.get('/v1/session', headers={'Authorization': header}), 401, 'unauthorized')
        with self.assertRaises(Refused) as refused:
            Live(self.server.port, 'x')
        self.assertEqual(refused.exception.status, 401)

    def test_what_is_public_needs_no_token(self):
        self.assertEqual(self.server.get('/healthz').json(), {'status': 'ok'})
        self.assertIn(b'waterdesk_sessions ', self.server.get('/metrics').body)     # from loopback
        self.assertEqual(self.server.get('/healthz', token='over').status, 200)

    def test_a_token_that_was_signed_out_is_over(self):
        one, other = self.server.sign_in('auditor'), self.server.sign_in('auditor')
        live = one.live()
        self.assertEqual(one.request('DELETE', '/v1/session').status, 204)
        self.assertProblem(one.get('/v1/session'), 401, 'unauthorized')
        self.assertEqual(other.get('/v1/session').status, 200)
        with self.assertRaises(Closed) as closed:
            live.until(lambda message: False)
        self.assertEqual(closed.exception.code, 4401)

    def test_all_of_a_user_can_be_signed_out(self):
        one, other = self.server.sign_in('auditor'), self.server.sign_in('auditor')
        self.assertEqual(one.request('DELETE', '/v1/session?all=1').status, 204)
        for client in one, other, self.auditor:
            self.assertProblem(client.get('/v1/session'), 401, 'unauthorized')
        self.assertEqual(self.supervisor.get('/v1/session').status, 200)
        self.people['auditor'] = self.server.sign_in('auditor')

    def test_hundreds_of_requests_a_second_are_no_matter(self):
        self.assertEqual({self.dispatcher.get('/v1/session').status for _ in range(400)}, {200})

    def test_a_crowd_is_checked_bit_by_bit(self):
        statuses = []

        def try_it():
            statuses.append(self.sign_in('east', 'waterdesk').status)
        crowd = [threading.Thread(target=try_it) for _ in range(120)]
        for one in crowd:
            one.start()
        self.assertEqual(self.server.get('/healthz').status, 200)
        for one in crowd:
            one.join()
        self.assertLessEqual(set(statuses), {201, 429})
        self.assertGreaterEqual(statuses.count(201), 64)


class Rights(OwnHouseCase):
    def test_who_is_disabled_is_out_at_once(self):
        self.furnished()
        live = self.west.live()
        self.admin.must('put-staff', name='west', role='unit', unit='west', disabled=True)
        self.assertProblem(self.west.get('/v1/changes'), 401, 'unauthorized')
        with self.assertRaises(Closed) as closed:
            live.until(lambda message: False)
        self.assertEqual(closed.exception.code, 4401)
        self.assertProblem(self.server.post('/v1/session', {'user': 'west', 'password': PASSWORD}), 401, 'unauthorized')

    def test_other_rights_are_another_view(self):
        self.furnished()
        order = self.order('dispatched')
        before = self.east.get('/v1/changes').json()
        self.assertIn(order, [change['id'] for change in before['changes']])
        live = self.east.live()
        self.admin.must('put-staff', name='east', role='unit', unit='west')
        with self.assertRaises(Closed) as closed:
            live.until(lambda message: False)
        self.assertEqual(closed.exception.code, 4002)
        self.assertProblem(self.east.get(f'/v1/changes?since={before["seq"]}&view={before["view"]}'), 410, 'resync')
        after = self.east.get('/v1/changes').json()         # the same token, the rights of now
        self.assertNotEqual(after['view'], before['view'])
        self.assertNotIn(order, [change['id'] for change in after['changes']])
        self.assertProblem(self.east.do('accept', order=order), 404, 'not-found')
        self.assertEqual(self.east.get('/v1/session').json()['unit'], 'west')


class Keeping(OwnHouseCase):
    def test_tokens_outlive_the_server_and_sign_outs_too(self):
        server = self.furnished()
        gone = self.server.sign_in('west')
        for kill in (False, True):
            server.restart(kill=kill)
            self.assertEqual(self.east.get('/v1/session').status, 200)
        self.assertEqual(gone.request('DELETE', '/v1/session').status, 204)
        server.restart(kill=True)
        self.assertProblem(gone.get('/v1/session'), 401, 'unauthorized')
        self.assertEqual(self.west.get('/v1/session').status, 200)

    def test_tokens_are_not_in_the_store(self):
        server = self.furnished()
        server.stop()
        with open(os.path.join(server.data_dir, 'store.db'), 'rb') as file:
            store = file.read()
        for client in self.people.values():
            self.assertNotIn(client.token.encode(), store)
        self.assertNotIn(PASSWORD.encode(), store)


class FirstPassword(ServerCase):
    def test_it_is_there_until_the_first_sign_in(self):
        server = self.start()
        path = os.path.join(server.data_dir, 'first-password')
        with open(path, encoding='utf-8') as file:
            password = file.read().strip()
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        self.assertProblem(server.post('/v1/session', {'user': 'admin', 'password': 'guess'}), 401, 'unauthorized')
        server.restart(kill=True)
        with open(path, encoding='utf-8') as file:
            self.assertEqual(file.read().strip(), password)
        self.assertEqual(server.sign_in('admin', password).user['role'], 'admin')
        self.assertFalse(os.path.exists(path))
        server.restart()
        self.assertFalse(os.path.exists(path))

    def test_other_accounts_made_before_do_not_lock_it_out(self):
        server = self.make()
        server.ctl('user', 'add', 'first', '--role', 'dispatcher', text=PASSWORD)
        server.start()
        self.assertEqual(server.sign_in_first().user['name'], 'admin')

    def test_an_administrator_made_before_is_enough(self):
        for role, name in (('admin', 'chief'), ('dispatcher', 'admin')):
            server = self.make()
            server.ctl('user', 'add', name, '--role', role, text=PASSWORD)
            server.start()
            self.assertFalse(os.path.exists(os.path.join(server.data_dir, 'first-password')))
            self.assertEqual(server.sign_in(name).user['role'], role)


if __name__ == '__main__':
    unittest.main()
