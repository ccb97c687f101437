"""test_bad_input.py — whatever is sent: the right refusal, nothing kept, and others served meanwhile

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import PASSWORD, HouseCase, new_id, receive_members, wait_for  # noqa: E402
from live import Refused  # noqa: E402

MIB = 1 << 20


class Refusals(HouseCase):
    def setUp(self):
        super().setUp()
        self.before = self.seq()

    def seq(self):
        return self.dispatcher.get('/v1/changes').json()['seq']

    def tearDown(self):
        """Whatever a test sends, nothing of it is kept, and the server goes on."""
        self.assertEqual(self.seq(), self.before)
        super().tearDown()

    def commands(self, *commands, who=None):
        return (who or self.dispatcher).commands(list(commands))

    def one(self, verb='receive', who=None, **members):
        given = receive_members() if verb == 'receive' else {}
        return (who or self.dispatcher).do(verb, **{**given, **members})

    def raw_commands(self, body):
        return self.dispatcher.post('/v1/commands', body=body)

    def raw_command(self, value, verb='receive', **members):
        """The result of one command in which a member "§" is this text, whatever JSON makes of it."""
        command = {**(receive_members() if verb == 'receive' else {}), 'id': new_id(), 'do': verb, **members}
        answer = self.raw_commands(json.dumps({'commands': [command]}).replace('"\\u00a7"', value).encode())
        self.assertEqual(answer.status, 200, answer)
        return answer.json()['results'][0]

    # --- the envelope ---

    def test_what_is_no_json(self):
        for body in (b'', b'{', b'[]', b'null', b'3', b'"x"', b'{"commands":[}', b'{"commands":[]}x', b"{'commands':[]}", b'{"commands":[],}',
                     b'{"commands":[01]}', b'{"commands":["\n"]}', b'\xef\xbb\xbf{"commands":[]}', b'{"commands":[]}\0',
                     b'{"commands":[],"commands":[]}', b'{"x":"\\u0000","commands":[]}'):
            with self.subTest(body):
                self.assertProblem(self.raw_commands(body), 400, 'bad-request')

    def test_what_is_no_utf_8(self):
        command = json.dumps(dict(receive_members(text='§'), id=new_id(), do='receive'), ensure_ascii=False).encode()
        for bytes_ in (b'\xff', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf5\x80\x80\x80', b'\xe6\xb0', '管'.encode('gbk')):
            with self.subTest(bytes_):
                self.assertProblem(self.raw_commands(b'{"commands":[' + command.replace('§'.encode(), bytes_) + b']}'), 400, 'bad-request')

    def test_nesting_has_an_end(self):
        for body in (b'[' * 100000, b'{"a":' * 100000, b'{"commands":' + b'[' * 100000 + b']' * 100000 + b'}',
                     b'{"x":' + b'[' * 64 + b']' * 64 + b',"commands":[]}'):
            self.assertProblem(self.raw_commands(body), 400, 'bad-request')
        self.assertEqual(self.raw_commands(b'{"x":' + b'[' * 60 + b']' * 60 + b',"commands":[]}').status, 200)

    def test_envelopes_that_are_wrong(self):
        for body in ({}, {'commands': None}, {'commands': {}}, {'commands': 'x'}, {'command': []}, {'commands': [{}] * 1001}):
            self.assertProblem(self.dispatcher.post('/v1/commands', body), 400, 'bad-request')
        self.assertEqual(self.dispatcher.post('/v1/commands', {'commands': [], 'more': 1}).json(), {'results': []})
        self.assertEqual(len(self.dispatcher.post('/v1/commands', {'commands': [{}] * 1000}).json()['results']), 1000)

    def test_a_body_has_a_limit(self):
        for path in ('/v1/commands', '/v1/session'):
            answer = self.dispatcher.post(path, body=b' ' * (MIB + 1))
            self.assertProblem(answer, 413, 'too-large')
        self.assertProblem(self.raw_commands(b'{"commands":[' + b' ' * (MIB - 14) + b']}'), 413, 'too-large')
        names = json.dumps({'user': 'west', 'password': PASSWORD, 'more': ['x' * 500] * 1000}).encode()
        self.assertEqual(self.server.post('/v1/session', body=names + b' ' * (MIB - len(names))).status, 201)
        self.assertEqual(self.raw_commands(b'{"commands":[' + b' ' * (MIB - 100) + b']}').status, 200)
        self.assertProblem(self.dispatcher.request('GET', '/v1/changes', body=b'{}'), 413, 'too-large')

    # --- a command ---

    def test_ids(self):
        for id_ in (None, 3, '', 'x', new_id()[:-1], new_id() + '0', '{' + new_id() + '}'):
            result = self.commands(dict(receive_members(), id=id_, do='receive'))[0]
            self.assertProblem(result, 422, 'invalid', 'id')
        result = self.commands(dict(receive_members(), do='receive'))[0]
        self.assertProblem(result, 422, 'invalid', 'id')
        self.assertIsNone(result['id'])
        for command in (3, None, 'receive', []):
            self.assertProblem(self.commands(command)[0], 422, 'invalid', 'id')

    def test_verbs(self):
        for verb in ('', 'x', 'Receive', 'breached', 'looked', 'begun', 'publish-notice', 3, None):
            self.assertProblem(self.commands(dict(receive_members(), id=new_id(), do=verb))[0], 422, 'invalid', 'do')

    def test_members(self):
        order = {'order': new_id()}
        for verb, members, field in (
                ('receive', {'colour': 'red'}, 'colour'),
                ('receive', {'number': '20260101-0001'}, 'number'),
                ('receive', {'policy': 1}, 'policy'),
                ('receive', {'order': new_id()}, 'order'),
                ('receive', {'channel': 'telepathy'}, 'channel'),
                ('receive', {'channel': None}, 'channel'),
                ('receive', {'text': None}, 'text'),
                ('receive', {'text': 7}, 'text'),
                ('receive', {'text': '  \n '}, 'text'),
                ('receive', {'text': '水' * 4001}, 'text'),
                ('receive', {'text': 'x' * 1000000}, 'text'),
                ('receive', {'reference': 'x' * 101}, 'reference'),
                ('receive', {'nature': 'anger'}, 'nature'),
                ('receive', {'category': 'fire'}, 'category'),
                ('receive', {'caller': 'me'}, 'caller'),
                ('receive', {'due': 'tomorrow'}, 'due'),
                ('receive', {'due': '2026-02-30T00:00:00Z'}, 'due'),
                ('receive', {'limits': {'accept': '5 minutes'}}, 'limits'),
                ('receive', {'limits': {'beer': 'PT5M'}}, 'limits'),
                ('receive', {'expect': 'x'}, 'expect'),
                ('receive', {'at': 'now'}, 'at'),
                ('dispatch', {'unit': 'east'}, 'order'),
                ('dispatch', {**order, 'unit': 3}, 'unit'),
                ('dispatch', order, 'unit'),
                ('visit', {**order, 'outcome': 'fine'}, 'outcome'),
                ('rule-return', {**order, 'granted': 'yes', 'reason': 'x'}, 'granted'),
                ('assign', {**order, 'crew': 'first'}, 'crew')):
            with self.subTest(verb=verb, field=field, members=str(members)[:60]):
                problem = self.assertProblem(self.one(verb, **members), 422, 'invalid')
                self.assertEqual(problem['field'].split('.')[0], field)
                self.assertNotIn('beer', problem['detail'])

    def test_points_off_the_earth(self):
        for point in ([181, 30], [-181, 30], [120, 91], [120, -91], [1e308, 1e308], [120], [120, 30, 5, 5], ['120', '30'], {'lon': 120}, 'x'):
            self.assertProblem(self.one(point=point), 422, 'invalid', 'point')
        self.assertProblem(self.raw_command('[1e999,30]', point='§'), 422, 'invalid', 'point')

    def test_times_ahead(self):
        self.assertProblem(self.one(at='2126-01-01T00:00:00Z'), 422, 'invalid', 'at')
        # The end of all times, as others write what is not known: no desk could show it.
        for name in ('starts', 'expected'):
            self.assertProblem(self.one('declare-outage', nature='planned', reason='x', extent='x', **{'starts': '2099-01-01T00:00:00Z', name: '9999-12-31T23:59:59Z'}),
                               422, 'invalid', name)

    def test_one_bad_command_is_one_bad_result(self):
        results = self.commands(dict(receive_members(), id=new_id(), do='receive', colour=1), 7, {'id': new_id(), 'do': 'x'})
        self.assertEqual([result['error']['code'] for result in results], ['invalid'] * 3)

    def test_what_json_can_say_and_we_cannot_keep(self):
        order = new_id()
        for value, verb, members, field in (
                ('9223372036854775808', 'note', {'order': order, 'text': 'x', 'expect': '§'}, 'expect'),
                ('-99999999999999999999999', 'note', {'order': order, 'text': 'x', 'expect': '§'}, 'expect'),
                ('"a\\u0000b"', 'receive', {'text': '§'}, 'text'),
                ('"a\\u0000b"', 'receive', {'caller': {'name': '§'}}, 'caller.name'),
                ('"PT5M\\u0000"', 'receive', {'limits': {'accept': '§'}}, 'limits.accept'),
                ('"hotline","channel":"hotline"', 'receive', {'channel': '§'}, 'channel'),
                ('1e999', 'receive', {'colour': '§'}, 'colour'),
                ('{"type":"Polygon","coordinates":[[[1e999,30],[120,30],[120,31],[1e999,30]]]}', 'declare-outage', {'area': '§'}, 'area'),
                ('1' * 129, 'note', {'order': order, 'text': 'x', 'expect': '§'}, 'expect'),
                (f'"{order}","id":"{order}"', 'receive', {'id': '§'}, 'id'),
                (f'"{order}\\u0000"', 'receive', {'id': '§'}, 'id')):
            with self.subTest(value=value[:30], field=field):
                result = self.raw_command(value, verb, **members)
                self.assertProblem(result, 422, 'invalid', field)
                self.assertEqual(result['id'] is None, field == 'id')
        for value in ('"\\ud800"', '01', '"\n"', '[' * 62 + ']' * 62):
            command = json.dumps(dict(receive_members(text='§'), id=order, do='receive')).replace('"\\u00a7"', value)
            self.assertProblem(self.raw_commands(b'{"commands":[' + command.encode() + b']}'), 400, 'bad-request')

    # --- who, what, when ---

    def test_the_wrong_role(self):
        for who in self.auditor, self.admin, self.lab:
            self.assertProblem(self.one(who=who), 403, 'forbidden')
        self.assertProblem(self.one('put-unit', code='x', name='x', kind='supply'), 403, 'forbidden')
        self.assertProblem(self.one('put-staff', who=self.supervisor, name='x', role='admin'), 403, 'forbidden')
        for path in ('/v1/places?q=x', '/v1/customers?phone=1'):
            self.assertProblem(self.east.get(path), 403, 'forbidden')
        for kind in ('orders', 'units'):
            self.assertProblem(self.supervisor.post(f'/v1/imports/{kind}', body=b'x'), 403, 'forbidden')
        self.assertProblem(self.admin.post('/v1/imports/wishes', body=b'x'), 404, 'not-found')
        for what in ('verify', 'backup', 'user-list'):
            self.assertProblem(self.admin.post(f'/v1/admin/{what}', body=b''), 404, 'not-found')

    def test_what_is_not_there_for_one(self):
        for path in (f'/v1/orders/{new_id()}/events', '/v1/orders/x/events', f'/v1/orders/{self.east.user["id"]}/events',
                     f'/v1/orders/{new_id()}/caller?reason=x', '/v1/nothing', '/', '/v1', '/v1/tiles/1/2', '/v1/tiles/x/0/0'):
            self.assertProblem(self.dispatcher.get(path), 404, 'not-found')
        self.assertProblem(self.one('note', order=new_id(), text='x'), 404, 'not-found')

    def test_methods(self):
        for method, path, allowed in (('GET', '/v1/commands', 'POST'), ('PUT', '/v1/changes', 'GET, HEAD'),
                                      ('PATCH', '/v1/session', 'POST, GET, HEAD, DELETE'), ('OPTIONS', '/healthz', 'GET, HEAD')):
            answer = self.dispatcher.request(method, path)
            self.assertEqual((answer.status, answer.headers['Allow']), (405, allowed))
            self.assertEqual(answer.json()['code'], 'method')
        answer = self.dispatcher.request('HEAD', '/v1/changes')
        self.assertEqual((answer.status, answer.body), (200, b''))
        self.assertGreater(int(answer.headers['Content-Length']), 100)

    def test_queries(self):
        for query, field in (('since=x', 'since'), ('since=-1', 'since'), ('since=1.5', 'since'), ('limit=0', 'limit'), ('limit=many', 'limit'),
                             ('since=99999999999999999999', 'since')):
            self.assertProblem(self.dispatcher.get('/v1/changes?' + query), 422, 'invalid', field)
        self.assertProblem(self.dispatcher.get('/v1/changes?since=%ff'), 400, 'bad-request')
        for query in ('orders?q=a%00b', 'orders?q=%00', 'places?q=a%00', 'changes?since=1%00', 'customers?phone=1%00&x=1', 'orders?%00q=a', 'live?since=1%00'):
            self.assertProblem(self.dispatcher.get('/v1/' + query), 400, 'bad-request')
        self.assertEqual(self.dispatcher.get('/v1/orders?q=%2500').status, 200)
        for name in ('q', 'number', 'phone', 'account'):
            for value in '', '水' * 101:
                self.assertProblem(self.dispatcher.get(f'/v1/orders?{name}={value}'), 422, 'invalid', name)
            self.assertEqual(self.dispatcher.get(f'/v1/orders?{name}=' + '水' * 100).status, 200)
        self.assertEqual(self.dispatcher.get('/v1/changes?limit=999999&unknown=1').status, 200)
        for query, field in (('/v1/orders?from=x', 'from'), ('/v1/places', 'q'), ('/v1/places?q=', 'q'), ('/v1/places?q=' + 'x' * 101, 'q'),
                             ('/v1/customers', 'phone')):
            self.assertProblem(self.dispatcher.get(query), 422, 'invalid', field)
        for since in ('x', '-1', '1.5', ''):
            with self.assertRaises(Refused) as refused:
                self.dispatcher.live(since=since)
            self.assertEqual(refused.exception.status, 422)
            self.assertEqual(json.loads(refused.exception.body)['field'], 'since')


class Neighbours(HouseCase):
    def test_the_others_are_done(self):
        """A command that is refused unread is answered by its id, and those around it are carried out."""
        ids = [new_id() for _ in range(3)]
        commands = [json.dumps(dict(receive_members(), id=id_, do='receive')) for id_ in ids]
        commands[1] = commands[1].replace('"point": [120.2', '"point": [1e999')
        body = ('{"commands":[' + ','.join(commands) + ']}').encode()
        results = self.dispatcher.post('/v1/commands', body=body).json()['results']
        self.assertEqual([result['ok'] for result in results], [True, False, True])
        self.assertEqual([result['id'] for result in results], ids)
        self.assertProblem(results[1], 422, 'invalid', 'point')
        self.assertEqual(self.dispatcher.post('/v1/commands', body=body).json()['results'], results)
        self.assertProblem(self.dispatcher.do('receive', id=ids[1], **receive_members()), 409, 'id-reused')


class States(HouseCase):
    def test_a_verb_out_of_its_state(self):
        order = self.order('dispatched')
        before = self.body(order)
        for verb, who, members in (('dispatch', self.dispatcher, {'unit': 'west'}), ('arrive', self.east, {}), ('assign', self.east, {'crew': self.crew}),
                                   ('finish', self.east, {'result': 'x', 'no_evidence': 'x'}), ('visit', self.dispatcher, {'outcome': 'satisfied'}),
                                   ('answer', self.dispatcher, {'text': 'x'}), ('unlink', self.dispatcher, {'to': self.receive()})):
            self.assertProblem(who.do(verb, order=order, **members), 409, 'state')
        self.assertProblem(self.west.do('accept', order=order), 404, 'not-found')
        self.assertProblem(self.dispatcher.do('accept', order=order), 403, 'forbidden')
        self.assertEqual(self.body(order), before)

    def test_somebody_was_first(self):
        order = self.order('dispatched')
        self.dispatcher.must('note', order=order, text='先到')
        problem = self.assertProblem(self.dispatcher.do('recall', order=order, expect=2), 409, 'conflict')
        self.assertEqual(problem['current'], self.body(order))
        self.assertEqual(problem['current']['version'], 3)
        self.dispatcher.must('recall', order=order, expect=3)

    def test_units_that_cannot_take_it(self):
        order = self.receive()
        self.assertProblem(self.dispatcher.do('dispatch', order=order, unit='nowhere'), 422, 'invalid', 'unit')
        self.admin.must('put-unit', code='gone', name='撤了', kind='other', closed=True)
        self.assertProblem(self.dispatcher.do('dispatch', order=order, unit='gone'), 422, 'invalid', 'unit')
        self.dispatcher.must('dispatch', order=order, unit='lab')           # the category is advice


class Wire(HouseCase):
    """Bytes that no HTTP library sends.  More of them in test_door.py."""

    def ask(self, who):
        head = f'POST /v1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {who.token}\r\n'
        return head.encode()

    def test_two_lengths(self):
        body = json.dumps({'commands': [dict(receive_members(), id=new_id(), do='receive')]}).encode()
        before = self.dispatcher.get('/v1/changes').json()['seq']
        for lengths in ((len(body), len(body)), (len(body), 3), (3, len(body))):
            fields = b''.join(b'Content-Length: %d\r\n' % length for length in lengths)
            got = self.server.raw(self.ask(self.dispatcher) + fields + b'\r\n' + body)
            self.assertTrue(got.startswith(b'HTTP/1.1 400 '), got)
            self.assertEqual(got.count(b'HTTP/1.1 '), 1)
            self.assertEqual(json.loads(got.split(b'\r\n\r\n', 1)[1])['code'], 'bad-request')
        self.assertEqual(self.dispatcher.get('/v1/changes').json()['seq'], before)

    def test_half_a_request_and_silence(self):
        body = json.dumps({'commands': [dict(receive_members(), id=new_id(), do='receive')]}).encode()
        before = self.dispatcher.get('/v1/changes').json()['seq']
        ends = []

        def half(data):
            with self.server.connect(90) as sock:
                sock.sendall(data)
                got = b''
                try:
                    while part := sock.recv(4096):
                        got += part
                except ConnectionResetError:
                    pass
            ends.append(got)
        whole = self.ask(self.dispatcher) + b'Content-Length: %d\r\n\r\n' % len(body) + body
        silent = [threading.Thread(target=half, args=(data,)) for data in (b'', whole[:30], whole[:len(whole) - len(body)], whole[:-1])]
        for one in silent:
            one.start()
        orders = 0
        while any(one.is_alive() for one in silent):
            self.receive()          # others are served meanwhile
            orders += 1
            silent[-1].join(0.5)
        self.assertEqual(ends, [b''] * 4)
        self.assertEqual(self.dispatcher.get('/v1/changes').json()['seq'], before + orders)

    def test_large_bodies_of_nobody(self):
        """They are taken, but not any number at a time; who is somebody, or brief, is served beside them."""
        head = b'POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n{'
        held = []
        try:
            def is_full():
                # The question takes a place too, for a moment: one that is held may have been turned away for it.
                held.append(self.server.connect())
                held[-1].sendall(head % MIB)
                answer = self.server.post('/v1/session', body=b' ' * 70000)
                return answer.status == 429 and answer
            answer = wait_for(is_full, 'the last one to be turned away')
            self.assertProblem(answer, 429, 'too-many')
            self.assertEqual(answer.headers['Retry-After'], '1')
            self.server.sign_in('west')
            self.assertEqual(self.dispatcher.post('/v1/commands', body=b'{"commands":[' + b' ' * 70000 + b']}').status, 200)
        finally:
            for sock in held:
                sock.close()
        wait_for(lambda: self.server.post('/v1/session', body=b' ' * 70000).status == 400, 'room for others')

    def test_half_a_request_and_the_end(self):
        body = json.dumps({'commands': [dict(receive_members(), id=new_id(), do='receive')]}).encode()
        before = self.dispatcher.get('/v1/changes').json()['seq']
        whole = self.ask(self.dispatcher) + b'Content-Length: %d\r\n\r\n' % len(body) + body
        for length in (1, 40, len(whole) - len(body), len(whole) - 1):
            with self.server.connect() as sock:
                sock.sendall(whole[:length])
        self.assertEqual(self.dispatcher.get('/v1/changes').json()['seq'], before)

    def test_the_socket_of_the_feed(self):
        from live import Closed, Live
        for more, status in (({'protocol': None}, 400), ({'protocol': 'chat'}, 400), ({'token': None}, 401)):
            with self.assertRaises(Refused) as refused:
                Live(self.server.port, **{'token': self.dispatcher.token, **more})
            self.assertEqual(refused.exception.status, status)
        self.assertProblem(self.dispatcher.get('/v1/live'), 400, 'bad-request')
        for frame in ('{', '[' * 60000, '{"commands":[]}', '{"presence":3}', '{"presence":{"desk":3}}', '"x"', ''):
            with self.dispatcher.live() as live:
                live.frame(frame)
                self.assertEqual(live.receive()['hello']['user'], self.dispatcher.user)
                order = self.receive()
                self.assertEqual(live.change(order)['id'], order)
        with self.dispatcher.live() as live:
            with self.assertRaises(Closed):
                live.frame('x' * 200000)
                live.until(lambda message: False)
        with self.dispatcher.live() as live:
            with self.assertRaises(Closed):
                live.frame('{}', masked=False)
                live.until(lambda message: False)


if __name__ == '__main__':
    unittest.main()
