"""test_door.py — bad heads, bad bodies and slow clients end where they should, and others are served

SPDX-License-Identifier: GPL-3.0-or-later
"""
import hashlib
import http.client
import json
import os
import socket
import sys
import threading
import time
import unittest
import zlib

sys.path.insert(0, os.path.dirname(__file__))
from door import GET, DoorCase, DoorServer, read_all, read_answer  # noqa: E402
from server import wait_for  # noqa: E402

HOST = b'Host: x\r\n'
BAD_HEADS = {
    'two Hosts': b'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'two equal Hosts': b'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n',
    'no Host': b'GET / HTTP/1.1\r\nAccept: */*\r\n\r\n',
    'Host with a path': b'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n',
    'Host with a user': b'GET / HTTP/1.1\r\nHost: a@b\r\n\r\n',
    'Host with a great port': b'GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n',
    'two lengths': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'two equal lengths': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc',
    'list of lengths': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: 3, 3\r\n\r\nabc',
    'negative length': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: -1\r\n\r\n',
    'length with sign': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: +3\r\n\r\nabc',
    'hexadecimal length': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: 0x3\r\n\r\nabc',
    'empty length': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length:\r\n\r\nabc',
    'length of 23 digits': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length: 99999999999999999999999\r\n\r\n',
    'length with a blank before the colon': b'POST /echo HTTP/1.1\r\n' + HOST + b'Content-Length : 3\r\n\r\nabc',
    'length and coding': b'POST /echo HTTP/1.1\r\n' + HOST +
                         b'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'two codings': b'POST /echo HTTP/1.1\r\n' + HOST +
                   b'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n',
    'list of codings': b'POST /echo HTTP/1.1\r\n' + HOST + b'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    'unknown coding': b'POST /echo HTTP/1.1\r\n' + HOST + b'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
    'coding in HTTP/1.0': b'POST /echo HTTP/1.0\r\n' + HOST + b'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'line without colon': b'GET / HTTP/1.1\r\n' + HOST + b'nothing\r\n\r\n',
    'empty name': b'GET / HTTP/1.1\r\n' + HOST + b': x\r\n\r\n',
    'blank in a name': b'GET / HTTP/1.1\r\n' + HOST + b'X Y: z\r\n\r\n',
    'folded line': b'GET / HTTP/1.1\r\n' + HOST + b'X: a\r\n b\r\n\r\n',
    'fold before all fields': b'GET / HTTP/1.1\r\n Host: x\r\n\r\n',
    'NUL in a value': b'GET / HTTP/1.1\r\n' + HOST + b'X: a\0b\r\n\r\n',
    'control character in a value': b'GET / HTTP/1.1\r\n' + HOST + b'X: a\x01b\r\n\r\n',
    'delete in a value': b'GET / HTTP/1.1\r\n' + HOST + b'X: a\x7fb\r\n\r\n',
    'bare CR in a value': b'GET / HTTP/1.1\r\n' + HOST + b'X: a\rb\r\n\r\n',
    'bare LF': b'GET / HTTP/1.1\nHost: x\n\n',
    'one bare LF': b'GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n',
    'no version': b'GET /\r\n' + HOST + b'\r\n',
    'HTTP/2.0': b'GET / HTTP/2.0\r\n' + HOST + b'\r\n',
    'HTTP/1.2': b'GET / HTTP/1.2\r\n' + HOST + b'\r\n',
    'two blanks': b'GET  / HTTP/1.1\r\n' + HOST + b'\r\n',
    'blank in the path': b'GET /a b HTTP/1.1\r\n' + HOST + b'\r\n',
    'NUL in the path': b'GET /\0 HTTP/1.1\r\n' + HOST + b'\r\n',
    'half an escape': b'GET /%4 HTTP/1.1\r\n' + HOST + b'\r\n',
    'fragment': b'GET /#x HTTP/1.1\r\n' + HOST + b'\r\n',
    'CONNECT': b'CONNECT x:80 HTTP/1.1\r\n' + HOST + b'\r\n',
    'method of nonsense': b'G(T / HTTP/1.1\r\n' + HOST + b'\r\n',
    'another scheme': b'GET ftp://x/ HTTP/1.1\r\n' + HOST + b'\r\n',
    'TLS to a plain port': b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n\n',
    'binary': bytes(range(256)) + b'\r\n\r\n',
    'too many fields': b'GET / HTTP/1.1\r\n' + HOST + b'X: y\r\n' * 101 + b'\r\n',
    '100,000 fields': b'GET / HTTP/1.1\r\n' + HOST + b'X: y\r\n' * 100000 + b'\r\n',
    'head too long': b'GET / HTTP/1.1\r\n' + HOST + b'X: ' + b'y' * 40000 + b'\r\n\r\n',
    'endless line': b'G' * 1000000,
}
GOOD_HEADS = {
    'plain': GET,
    'empty lines first': b'\r\n\r\n' + GET,
    'absolute target': b'GET http://y/echo HTTP/1.1\r\n' + HOST + b'\r\n',
    'odd case': b'GET /echo HTTP/1.1\r\nhOST:x\r\nCONTENT-length: 0\r\n\r\n',
    'blanks around a value': b'GET /echo HTTP/1.1\r\nHost: \t x \t\r\n\r\n',
    'IPv6': b'GET /echo HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n',
    'Latin-1 and tab in a value': b'GET /echo HTTP/1.1\r\n' + HOST + b'X: \xe9\t.\r\n\r\n',
    'empty value': b'GET /echo HTTP/1.1\r\n' + HOST + b'X:\r\n\r\n',
    'raw UTF-8 in the query': 'GET /echo?q=水 HTTP/1.1\r\nHost: x\r\n\r\n'.encode(),
    '99 fields': b'GET /echo HTTP/1.1\r\n' + HOST + b'X: y\r\n' * 99 + b'\r\n',
}


class Heads(DoorCase):
    def test_bad_heads_are_answered_400_and_closed(self):
        for name, data in BAD_HEADS.items():
            with self.subTest(name):
                got = self.server.raw(data + GET)
                self.assertEqual(got.count(b'HTTP/1.1 '), 1, got[:2000])
                head, body = got.split(b'\r\n\r\n', 1)
                self.assertTrue(head.startswith(b'HTTP/1.1 400 '), head)
                self.assertIn(b'Connection: close', head)
                problem = json.loads(body)
                self.assertEqual(problem['code'], 'bad-request')
                self.assertServed()
        self.server.wait_until_empty()

    def test_what_cannot_become_a_head_is_not_waited_for(self):
        for data in (b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + b'\x80' * 100, b'\r\n\x80', b' GET'):
            with self.server.connect() as sock:
                sock.sendall(data)
                self.assertProblem(read_answer(sock), 400, 'bad-request')
        self.server.wait_until_empty()

    def test_a_bad_head_is_found_after_a_good_one(self):
        got = self.server.raw(GET + BAD_HEADS['length with a blank before the colon'] + GET)
        self.assertEqual([line.split(b' ')[1] for line in got.split(b'\r\n') if line.startswith(b'HTTP/')],
                         [b'200', b'400'])

    def test_good_heads_are_served(self):
        for name, data in GOOD_HEADS.items():
            with self.subTest(name):
                self.assertEqual(self.server.ask(data)[0], 200)
                got = b''
                with self.server.connect() as sock:
                    for byte in data:               # a byte at a time
                        sock.sendall(bytes([byte]))
                    self.assertEqual(read_answer(sock)[0], 200)

    def test_http_1_0_ends_with_its_answer(self):
        got = self.server.raw(b'GET /echo HTTP/1.0\r\n\r\n')
        self.assertTrue(got.startswith(b'HTTP/1.0 200 '), got)

    def test_pipelined_requests_are_answered_in_order(self):
        with self.server.connect() as sock:
            wanted = [f'body {i}'.encode() * (i + 1) for i in range(60)]
            for body in wanted:
                sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n' % len(body) + body)
            self.assertEqual([read_answer(sock)[2] for _ in wanted], wanted)
            sock.sendall(b'GET /slow?ms=50 HTTP/1.1\r\nHost: x\r\n\r\n' + GET * 3)
            self.assertIn(b'slow', read_answer(sock)[2])
            self.assertEqual([read_answer(sock)[0] for _ in range(3)], [200] * 3)


class Bodies(DoorCase):
    def test_a_gigabyte_is_refused_before_it_is_read(self):
        before = self.server.stats()['bytes_in']
        for fields in (b'', b'Expect: 100-continue\r\n'):
            got = self.server.raw(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n' + fields + b'\r\n')
            self.assertTrue(got.startswith(b'HTTP/1.1 413 '), got)
            self.assertIn(b'"too-large"', got)
        for _ in range(5):              # those who send all that they can, and only then read
            with self.server.connect() as sock:
                sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n')
                sent = 0
                try:
                    while sent < 1 << 30:
                        sent += sock.send(b'x' * (1 << 20))
                except (BrokenPipeError, ConnectionResetError):
                    pass
                self.assertLess(sent, 1 << 28)
                self.assertIn(b'"too-large"', read_all(sock))
            self.assertServed()
        self.assertLess(self.server.stats()['bytes_in'] - before, 1 << 20)
        self.server.wait_until_empty()

    def test_chunks_are_taken_up_to_the_cap(self):
        with self.server.connect() as sock:
            sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
                         b'5\r\nhello\r\n6; some=thing\r\n world\r\n0\r\n\r\n' + GET)
            status, head, body = read_answer(sock)
            self.assertEqual((status, body), (200, b'hello world'))
            self.assertEqual(read_all(sock), b'')       # what follows chunks is never a request
        with self.server.connect() as sock:
            sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
            sent = 0
            try:
                while sent < 1 << 28:
                    sock.sendall(b'10000\r\n' + b'x' * 65536 + b'\r\n')
                    sent += 65536
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.assertLess(sent, 1 << 28)
            self.assertIn(b'"too-large"', read_all(sock))
        self.server.wait_until_empty()

    def test_expected_bodies_are_asked_for(self):
        with self.server.connect() as sock:
            sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n')
            self.assertEqual(read_answer(sock)[0], 100)
            sock.sendall(b'ok')
            self.assertEqual(read_answer(sock)[2], b'ok')
            sock.sendall(GET)
            self.assertEqual(read_answer(sock)[0], 200)

    def test_a_token_is_checked_before_the_body(self):
        for path, token, status, code in (('/private', 'none', 401, 'unauthorized'), ('/admin', 'user', 403, 'forbidden'),
                                          ('/private', 'many', 429, 'too-many')):
            head = f'POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n'
            with self.server.connect() as sock:         # not a byte of the body is sent
                sock.sendall(head.encode() + b'Content-Length: 1000000\r\n\r\n')
                answer = read_answer(sock)
                self.assertProblem(answer, status, code)
                self.assertIn('Connection: close', answer[1])
                self.assertEqual('Retry-After: 7' in answer[1], status == 429)
                self.assertEqual('WWW-Authenticate: Bearer' in answer[1], status == 401)
            with self.server.connect() as sock:         # a small one is read, and the connection lives
                sock.sendall(head.encode() + b'Content-Length: 5\r\n\r\nhello' + GET)
                self.assertProblem(read_answer(sock), status, code)
                self.assertEqual(read_answer(sock)[0], 200)
        self.assertEqual(self.server.ask(b'POST /admin HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer admin\r\n'
                                         b'Content-Length: 2\r\n\r\nhi')[2], b'hi')

    def test_large_bodies_are_spooled(self):
        data = os.urandom(1 << 20) * 40
        for chunked in (False, True):
            client = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60)
            body = iter([data[i:i + 100000] for i in range(0, len(data), 100000)]) if chunked else data
            client.request('POST', '/spool', body, encode_chunked=chunked)
            self.assertEqual(json.load(client.getresponse())['sha256'], hashlib.sha256(data).hexdigest())
            client.close()


class Slow(DoorCase):
    args = ('--head-ms=1500', '--body-ms=1500', '--idle-ms=1500', '--stall-ms=1500')

    def assertCut(self, sock):
        self.assertEqual(read_all(sock), b'')
        self.assertServed()

    def test_silence_is_ended(self):
        for data in (b'', b'GET /echo HTTP/1.1\r\nHo', b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf',
                     b'POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx'):
            with self.server.connect() as sock:
                sock.sendall(data)
                self.assertServed()
                self.assertCut(sock)
        self.server.wait_until_empty()

    def test_an_idle_connection_is_ended(self):
        with self.server.connect() as sock:
            sock.sendall(GET)
            self.assertEqual(read_answer(sock)[0], 200)
            self.assertCut(sock)
        self.server.wait_until_empty()

    def drip(self, begin):
        with self.server.connect() as sock:
            sock.sendall(begin)
            try:
                for _ in range(600):
                    sock.sendall(b'x')
                    time.sleep(0.1)
            except (BrokenPipeError, ConnectionResetError):
                return
            self.fail('a minute of single bytes was borne')

    def test_one_byte_now_and_then_is_ended(self):
        self.drip(b'GET /')
        self.drip(GET + b'GET /')
        self.drip(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n')
        self.server.wait_until_empty()

    def test_work_may_take_longer_than_any_limit(self):
        self.assertEqual(self.server.get('/slow?ms=4000')[0], 200)

    def test_who_does_not_read_is_cut(self):
        for path in ('/big?bytes=30000000', '/stream?pieces=30000'):
            with self.server.connect() as sock:
                sock.sendall(f'GET {path} HTTP/1.1\r\nHost: x\r\n\r\n'.encode())
                self.assertServed()
                self.server.wait_until_empty()

    def test_a_large_answer_reaches_a_slow_reader(self):
        with socket.socket() as sock:
            sock.settimeout(60)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            sock.connect(('127.0.0.1', self.server.port))
            sock.sendall(b'GET /big?bytes=20000000 HTTP/1.1\r\nHost: x\r\n\r\n')
            self.assertEqual(read_answer(sock, head_only=True)[0], 200)
            left = 20000000
            for _ in range(30):         # so slowly that the kernel has no room for a write all the while
                left -= len(sock.recv(20000))
                time.sleep(0.15)
            while left:
                left -= len(sock.recv(1 << 20))


class Ends(DoorCase):
    def test_closed_idle_connections_leave_nothing(self):
        socks = [self.server.connect() for _ in range(200)]
        for sock in socks:
            sock.sendall(GET)
        for sock in socks:
            self.assertEqual(read_answer(sock)[0], 200)
        self.assertEqual(self.server.stats()['open'], 201)
        for sock in socks:
            sock.close()
        self.server.wait_until_empty()

    def test_clients_that_leave_early_leave_nothing(self):
        requests = (b'', b'GET /ec', GET, b'GET /slow?ms=30 HTTP/1.1\r\nHost: x\r\n\r\n',
                    b'GET /stream?pieces=20000 HTTP/1.1\r\nHost: x\r\n\r\n', b'GET /later HTTP/1.1\r\nHost: x\r\n\r\n',
                    b'GET /big?bytes=9000000 HTTP/1.1\r\nHost: x\r\n\r\n',
                    b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf',
                    b'POST /spool HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n' + b'h' * 3000000,
                    b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\nhalf', GET * 50)
        for i in range(20):
            for data in requests:
                sock = self.server.connect()
                sock.sendall(data)
                if i % 2:                       # a reset instead of a polite end
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
                if i % 4 > 1:
                    time.sleep(0.01)
                sock.close()
        self.assertServed()
        self.server.wait_until_empty()

    def test_too_many_from_one_address_are_turned_away(self):
        server = self.start('--max-per-address=20')
        socks = [server.connect() for _ in range(20)]
        for sock in socks:
            sock.sendall(GET)
            self.assertEqual(read_answer(sock)[0], 200)
        self.assertProblem(server.ask(GET), 503, 'busy')
        self.assertEqual(server.stats()['turned_away'], 1)
        socks.pop().close()
        wait_for(lambda: server.ask(GET)[0] == 200, 'a place to be free again')
        for sock in socks:
            sock.close()

    def test_too_many_at_all_are_turned_away(self):
        server = self.start('--max-connections=10')
        socks = [server.connect() for _ in range(10)]
        for sock in socks:
            sock.sendall(GET)
            self.assertEqual(read_answer(sock)[0], 200)
        self.assertProblem(server.ask(GET), 503, 'busy')
        for sock in socks:
            sock.close()


class Addresses(unittest.TestCase):
    def test_both_kinds_of_addresses_on_one_socket(self):
        try:
            socket.create_server(('::1', 0), family=socket.AF_INET6).close()
        except OSError as error:
            self.skipTest(f'no IPv6 here: {error}')
        server = DoorServer('--listen=[::]:0')
        self.addCleanup(server.close)
        self.assertIn(b'"address":"127.0.0.1"', server.get('/whoami')[2])
        with socket.create_connection(('::1', server.port), 60) as sock:
            sock.sendall(b'GET /whoami HTTP/1.1\r\nHost: x\r\n\r\n')
            self.assertIn(b'"address":"::1"', read_answer(sock)[2])


class Routes(DoorCase):
    def test_what_is_not_there(self):
        for path in ('/nope', '/orders', '/orders/1', '/orders//x', '/orders/1/x/', '/echo/', '//echo',
                     '/orders/%2e%2e/x', '/orders/%ff/x', '/local'):
            self.assertProblem(self.server.get(path), 404, 'not-found')
        answer = self.server.ask(b'DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n')
        self.assertProblem(answer, 405, 'method')
        self.assertIn('Allow: GET, HEAD, POST\r\n', answer[1])

    def test_paths_and_queries_are_decoded(self):
        self.assertEqual(self.server.get('/orders/a%2Fb%20%E6%B0%B4/x?q=%e6%bc%8f+a%26&p')[2].decode(), 'a/b 水|漏 a&')
        self.assertProblem(self.server.get('/orders/1/x?q=%ff'), 400, 'bad-request')

    def test_answers_in_every_way(self):
        self.assertEqual(self.server.get('/later')[2], b'{"late":true}')
        self.assertProblem(self.server.get('/lost'), 500, 'internal')
        self.assertEqual(self.server.get('/')[2], b'{"address":"127.0.0.1","local":false}')
        self.assertEqual(self.server.get('/big?bytes=20', 'Range: bytes=0-3')[2], b'x' * 20)
        client = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60)
        for _ in range(2):              # chunks, on one connection
            client.request('GET', '/stream?pieces=2000')
            lines = client.getresponse().read().splitlines()
            self.assertEqual([json.loads(line)['line'] for line in lines], list(range(2000)))
        client.request('HEAD', '/big?bytes=7000')
        answer = client.getresponse()
        self.assertEqual((answer.read(), answer.headers['Content-Length']), (b'', '7000'))
        client.request('HEAD', '/stream?pieces=2000')
        self.assertEqual(client.getresponse().read(), b'')
        client.request('GET', '/echo')
        self.assertEqual(client.getresponse().read(), b'')
        client.close()

    def test_compressed_where_asked_for(self):
        for asked, is_gzip in (('gzip', True), ('deflate, gzip;q=0.5', True), ('gzip;q=0', False), ('identity', False)):
            status, head, body = self.server.get('/big?bytes=100000', 'Accept-Encoding: ' + asked)
            self.assertEqual('Content-Encoding: gzip' in head, is_gzip, asked)
            self.assertEqual(zlib.decompress(body, 31) if is_gzip else body, b'x' * 100000)

    def test_a_full_queue_says_busy(self):
        server = self.start('--threads=1', '--queue=2')
        codes = []

        def ask():
            codes.append(server.get('/slow?ms=300')[0])
        threads = [threading.Thread(target=ask) for _ in range(12)]
        for thread in threads:
            thread.start()
        self.assertIn(b'address', server.get('/')[2])   # what needs no thread is answered meanwhile
        for thread in threads:
            thread.join()
        self.assertEqual(set(codes), {200, 503})
        self.assertGreaterEqual(codes.count(200), 3)


if __name__ == '__main__':
    unittest.main()
