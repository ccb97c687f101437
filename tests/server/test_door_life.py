"""test_door_life.py — WebSockets, TLS, the local socket, and how the door is shut

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import signal
import socket
import ssl
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from door import GET, DoorCase, DoorServer, read_all, read_answer  # noqa: E402
from live import PING, PONG, Closed, Refused  # noqa: E402
from server import wait_for  # noqa: E402


class Sockets(DoorCase):
    args = ('--silence-ms=3000', '--stall-ms=60000', '--ping-s=1', '--idle-ms=1000', '--head-ms=1000')

    def test_messages_go_both_ways(self):
        with self.server.live() as live:
            for text in ('水', '', 'x' * 125, 'x' * 126, 'y' * 60000):
                live.frame(text)
                self.assertEqual(live.receive_text(), text)
            live.frame('in ', final=False)
            live.frame('two ', opcode=0, final=False)
            live.frame('', opcode=PING)
            live.frame('pieces', opcode=0)
            self.assertEqual(live.receive_text(), 'in two pieces')
            self.assertNotIn('permessage-deflate', live.head)
            live.close()
        self.server.wait_until_empty()

    def test_frames_behind_the_upgrade_are_not_lost(self):
        with self.server.connect() as sock:
            sock.sendall(b'GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                         b'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n'
                         b'Sec-WebSocket-Protocol: other, waterdesk.v1\r\n\r\n\x81\x82\0\0\0\0hi')
            status, head, _ = read_answer(sock)
            self.assertEqual(status, 101)
            self.assertIn('Sec-WebSocket-Protocol: waterdesk.v1', head)
            self.assertEqual(sock.recv(4), b'\x81\x02hi')

    def test_what_is_no_upgrade_is_refused(self):
        for protocol in (None, 'other.v1'):
            with self.assertRaises(Refused) as refused:
                self.server.live(protocol=protocol)
            self.assertEqual(refused.exception.status, 400)
            self.assertIn(b'"bad-request"', refused.exception.body)
        self.assertProblem(self.server.get('/v1/live'), 400, 'bad-request')
        self.assertProblem(self.server.get('/v1/live/x'), 404, 'not-found')

    def assertCut(self, live):
        with self.assertRaises(Closed):
            while True:
                live.receive_text()
        self.assertServed()

    def test_pieces_never_finished_are_cut(self):
        for pong in (False, True):
            before = self.server.stats()['bytes_in']
            with self.server.live() as live:
                try:
                    live.frame('x' * 1000, final=False)
                    for _ in range(1000):
                        live.frame('x' * 1000, opcode=0, final=False)
                        if pong:
                            live.frame('', opcode=PONG)
                except OSError:
                    pass
                self.assertCut(live)
            self.assertLess(self.server.stats()['bytes_in'] - before, 200000)
        self.server.wait_until_empty()

    def test_a_message_too_large_is_cut(self):
        with self.server.live() as live:
            live.raw(struct.pack('>BBQ', 0x81, 0xff, 1 << 40) + b'mask')
            self.assertCut(live)
        with self.server.live() as live:
            live.frame('x' * 65000)
            self.assertEqual(len(live.receive_text()), 65000)
        self.server.wait_until_empty()

    def test_frames_that_are_none_end_it(self):
        for data in (b'\x81\x02hi', b'\xf1\x80mask', b'\x83\x80mask', b'\x09\x80mask', b'\x81\xfe\0\x01maskx',
                     b'\x81\x82\0\0\0\0\xff\xff', b'\x80\x80mask', b'\x88\x81\0\0\0\0x', os.urandom(2000)):
            with self.server.live() as live:
                live.raw(data)
                self.assertCut(live)
        self.server.wait_until_empty()

    def test_a_silent_peer_is_cut_and_a_quiet_one_lives(self):
        with self.server.live() as silent, self.server.live() as quiet:
            got = []            # the quiet one answers pings, and says nothing else
            reader = threading.Thread(target=lambda: got.append(quiet.receive_text()))
            reader.start()
            with self.assertRaises(Closed):
                while True:
                    silent.take(1)
            quiet.frame('still here')
            reader.join()
            self.assertEqual(got, ['still here'])

    def test_a_slow_reader_is_cut_and_others_get_all(self):
        with self.server.live() as slow, self.server.live() as quick:
            got = []

            def read():
                while len(got) < 300:
                    got.append(len(quick.receive_text()))
            reader = threading.Thread(target=read)
            reader.start()
            with self.server.live() as sender:
                for i in range(300):
                    sender.frame('flood')
                    sender.receive_text()
                    wait_for(lambda i=i: len(got) >= i - 5, 'the quick reader')
                reader.join()
                self.assertEqual(got, [100000] * 300)
                self.assertEqual(self.server.stats()['sockets'], 2)
            with self.assertRaises(Closed):
                while True:
                    slow.receive_text()
        self.server.wait_until_empty()

    def test_ends_of_all_kinds_leave_nothing(self):
        for i in range(60):
            live = self.server.live()
            if i % 3 == 0:
                live.close()
            elif i % 3 == 1:
                live.frame('flood')
                live.sock.close()
            else:
                live.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
                live.frame('x')
                live.sock.close()
        self.server.wait_until_empty()
        self.assertEqual(self.server.stats()['sockets'], 0)


class Local(DoorCase):
    def ask(self, path):
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(60)
            sock.connect(self.server.local)
            sock.sendall(f'GET {path} HTTP/1.0\r\n\r\n'.encode())
            return read_answer(sock)

    def test_who_comes_by_the_file_is_local(self):
        self.assertEqual(self.ask('/local')[2], b'{"address":"local","local":true}')
        self.assertProblem(self.server.get('/local'), 404, 'not-found')
        self.assertEqual(stat.S_IMODE(os.stat(self.server.local).st_mode), 0o600)

    def test_a_file_in_use_is_left_and_a_stale_one_replaced(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'control')
            stale = socket.socket(socket.AF_UNIX)
            stale.bind(path)
            stale.listen()
            with self.assertRaises(AssertionError):
                DoorServer('--local', path)
            stale.close()
            server = self.start('--local', path)
            self.assertTrue(stat.S_ISSOCK(os.stat(path).st_mode))
            self.assertEqual(server.stop(), 'drained')
            self.assertFalse(os.path.exists(path))


class Drain(DoorCase):
    args = ()

    def test_what_is_in_flight_is_answered(self):
        server = self.start()
        idle = server.connect()
        idle.sendall(GET)
        read_answer(idle)
        fresh = server.connect()
        working = [server.connect() for _ in range(4)]
        for sock in working:
            sock.sendall(b'GET /slow?ms=700 HTTP/1.1\r\nHost: x\r\n\r\n')
        half = server.connect()
        half.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nha')
        streaming = server.connect()
        streaming.sendall(b'GET /stream?pieces=9000 HTTP/1.1\r\nHost: x\r\n\r\n')
        self.assertEqual(read_answer(streaming)[0], 200)
        live = server.live()
        server.process.send_signal(signal.SIGTERM)

        self.assertEqual(read_all(idle), b'')
        self.assertEqual(read_all(fresh), b'')
        with self.assertRaises(ConnectionRefusedError):
            server.connect()
        with self.assertRaises(Closed) as closed:
            live.receive_text()
        self.assertEqual(closed.exception.code, 1001)
        half.sendall(b'lf')
        for sock, wanted in [(sock, b'{"slow":true}') for sock in working] + [(half, b'half')]:
            status, head, body = read_answer(sock)
            self.assertEqual((status, body), (200, wanted))
            self.assertIn('Connection: close', head)
            self.assertEqual(read_all(sock), b'')
        self.assertTrue(read_all(streaming).endswith(b'0\r\n\r\n'))
        self.assertEqual(server.process.wait(60), 0)
        for sock in (idle, fresh, half, streaming, *working):
            sock.close()

    def test_what_takes_too_long_is_cut(self):
        server = self.start('--drain-ms=500')
        late = server.connect()
        late.sendall(b'GET /slow?ms=2000 HTTP/1.1\r\nHost: x\r\n\r\n')
        half = server.connect()
        half.sendall(b'GET /echo')
        deaf = server.live()
        wait_for(lambda: server.stats()['sockets'] == 1, 'the socket')
        self.assertEqual(server.stop(), 'cut')
        self.assertEqual(server.process.returncode, 3)
        for sock in (late, half, deaf.sock):
            sock.close()

    def test_who_hangs_up_meanwhile_upsets_nothing(self):
        for _ in range(10):
            server = self.start()
            sockets = [server.live().sock for _ in range(60)]

            def reset():
                for sock in sockets:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                    sock.close()
            resetting = threading.Thread(target=reset)
            resetting.start()
            self.assertEqual(server.stop(), 'drained')
            resetting.join()

    def test_an_empty_house_ends_at_once(self):
        self.assertEqual(self.start().stop(), 'drained')


class Tls(DoorCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix='door-')
        cls.addClassCleanup(cls.folder.cleanup)
        cls.cert, cls.key = (os.path.join(cls.folder.name, name) for name in ('cert', 'key'))
        cls.make_certificate('one')
        cls.args = ('--cert', cls.cert, '--key', cls.key, '--handshake-ms=1500', '--head-ms=1500', '--stall-ms=1500')
        super().setUpClass()

    @classmethod
    def make_certificate(cls, name):
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                        '-keyout', cls.key, '-out', cls.cert, '-days', '2', '-subj', '/CN=' + name,
                        '-addext', 'subjectAltName=IP:127.0.0.1'], check=True, capture_output=True)

    def shake(self):
        context = ssl.create_default_context(cafile=self.cert)
        return context.wrap_socket(self.server.connect(), server_hostname='127.0.0.1')

    def assertServed(self, server=None):
        with self.shake() as sock:
            for _ in range(3):
                sock.sendall(GET)
                self.assertEqual(read_answer(sock)[0], 200)

    def test_requests_and_refusals(self):
        self.assertServed()
        with self.shake() as sock:
            sock.sendall(GET + b'GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc')
            self.assertEqual(read_answer(sock)[0], 200)
            self.assertProblem(read_answer(sock), 400, 'bad-request')
        with self.shake() as sock:
            sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n')
            for _ in range(10):
                sock.sendall(b'x' * 100000)
            self.assertEqual(len(read_answer(sock)[2]), 1000000)
        with self.shake() as sock:
            sock.sendall(b'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n')
            self.assertProblem(read_answer(sock), 413, 'too-large')
        self.server.wait_until_empty()

    def test_who_does_not_shake_hands_is_cut(self):
        for data in (b'', b'\x16\x03\x01\x02\x00\x01', GET):
            with self.server.connect() as sock:
                sock.sendall(data)
                self.assertNotIn(b'HTTP', read_all(sock))
        self.assertServed()
        self.server.wait_until_empty()

    def test_who_does_not_read_is_cut(self):
        with self.shake() as sock:
            sock.sendall(b'GET /big?bytes=30000000 HTTP/1.1\r\nHost: x\r\n\r\n')
            self.server.wait_until_empty()
        self.assertServed()

    def test_a_new_certificate_is_taken_and_a_broken_one_is_not(self):
        with self.shake() as old:
            self.make_certificate('two')
            self.server.process.send_signal(signal.SIGHUP)
            self.assertEqual(self.server.process.stdout.readline(), 'reloaded\n')
            self.assertServed()         # trusts the new one only
            old.sendall(GET)
            self.assertEqual(read_answer(old)[0], 200)
        with open(self.cert, encoding='ascii') as file:
            good = file.read()
        with open(self.cert, 'w', encoding='ascii') as file:
            file.write('nonsense')
        self.server.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.server.process.stdout.readline(), 'kept\n')
        with open(self.cert, 'w', encoding='ascii') as file:
            file.write(good)
        self.assertServed()


if __name__ == '__main__':
    unittest.main()
