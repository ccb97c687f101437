"""test_live.py — the WebSocket client of the tests against a server of fixed bytes

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import socket
import struct
import threading
import unittest

from live import Closed, Live, Refused


def frame(payload, opcode=1, final=True):
    if len(payload) < 126:
        return struct.pack('>BB', final << 7 | opcode, len(payload)) + payload
    if len(payload) < 1 << 16:
        return struct.pack('>BBH', final << 7 | opcode, 126, len(payload)) + payload
    return struct.pack('>BBQ', final << 7 | opcode, 127, len(payload)) + payload


class Reader(unittest.TestCase):
    def serve(self, answer, head=b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'):
        """Listens for one client, answers with these bytes and keeps what it says."""
        listener = socket.create_server(('127.0.0.1', 0))
        self.heard = b''

        def run():
            client, _ = listener.accept()
            with listener, client:
                request = b''
                while b'\r\n\r\n' not in request:
                    request += client.recv(65536)
                self.heard = request
                client.sendall(head + answer)
                client.shutdown(socket.SHUT_WR)
                while part := client.recv(65536):
                    self.heard += part

        self.thread = threading.Thread(target=run)
        self.thread.start()
        self.addCleanup(self.thread.join)
        return listener.getsockname()[1]

    def test_messages_of_every_size_arrive(self):
        texts = ['短', 'x' * 125, 'x' * 126, 'x' * 65535, 'x' * 65536]
        with Live(self.serve(b''.join(frame(text.encode()) for text in texts))) as live:
            self.assertEqual([live.receive_text() for _ in texts], texts)

    def test_fragments_are_joined_around_a_ping_that_is_answered(self):
        with Live(self.serve(frame(b'{"a"', 1, False) + frame(b'still there?', 9) + frame(b':1}', 0))) as live:
            self.assertEqual(live.receive(), {'a': 1})
        self.thread.join()
        self.assertEqual(self.heard.split(b'\r\n\r\n', 1)[1][0], 0x80 | 10)

    def test_closing_code_is_told(self):
        with Live(self.serve(frame(struct.pack('>H', 4002), 8))) as live:
            with self.assertRaises(Closed) as closed:
                live.receive()
        self.assertEqual(closed.exception.code, 4002)

    def test_end_without_closing_frame_has_no_code(self):
        with Live(self.serve(b'')) as live:
            with self.assertRaises(Closed) as closed:
                live.receive()
        self.assertIsNone(closed.exception.code)

    def test_refused_upgrade_keeps_status_and_body(self):
        port = self.serve(b'{"code":"unauthorized"}', b'HTTP/1.1 401 Unauthorized\r\nContent-Length: 23\r\n\r\n')
        with self.assertRaises(Refused) as refused:
            Live(port, token='no')
        self.assertEqual((refused.exception.status, json.loads(refused.exception.body)), (401, {'code': 'unauthorized'}))
        self.thread.join()
        self.assertIn(b'Authorization: Bearer no', self.heard)

    def test_what_is_sent_is_masked(self):
        with Live(self.serve(b'')) as live:
            live.send({'presence': {'desk': '东区'}})
        self.thread.join()
        sent = self.heard.split(b'\r\n\r\n', 1)[1]
        size, key = sent[1] & 0x7f, sent[2:6]
        self.assertTrue(sent[1] & 0x80)
        text = bytes(byte ^ key[i % 4] for i, byte in enumerate(sent[6:6 + size]))
        self.assertEqual(json.loads(text), {'presence': {'desk': '东区'}})
