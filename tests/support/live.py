"""live.py — a reader of /v1/live: a small WebSocket client that can also misbehave

Blocking, one thread.  It answers pings, joins fragments and keeps the code of the closing frame;
frame() and raw() send what no honest client would.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import base64
import json
import os
import re
import socket
import struct
import time

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Refused(Exception):
    """The upgrade was answered with something else than 101."""

    def __init__(self, head, body):
        super().__init__(head.split('\r\n')[0])
        self.status = int(head.split(' ')[1])
        self.head = head
        self.body = body


class Closed(Exception):
    """The server closed: with the code of its closing frame, or None where it just hung up."""

    def __init__(self, code):
        super().__init__(f'closed with {code}')
        self.code = code


class Live:
    def __init__(self, port, token=None, since=None, protocol='waterdesk.v1', headers=(), timeout=60):
        self.sock = socket.create_connection(('127.0.0.1', port), timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.timeout = timeout
        self.pending = b''
        path = '/v1/live' + (f'?since={since}' if since is not None else '')
        lines = [f'GET {path} HTTP/1.1', f'Host: 127.0.0.1:{port}', 'Upgrade: websocket', 'Connection: Upgrade',
                 'Sec-WebSocket-Key: ' + base64.b64encode(os.urandom(16)).decode(), 'Sec-WebSocket-Version: 13']
        if protocol:
            lines.append(f'Sec-WebSocket-Protocol: {protocol}')
        if token:
            lines.append(f'Authorization: Bearer {token}')
        self.raw('\r\n'.join([*lines, *headers, '', '']).encode())
        while b'\r\n\r\n' not in self.pending:
            self.fill()
        head, self.pending = self.pending.split(b'\r\n\r\n', 1)
        self.head = head.decode('latin-1')
        if ' 101 ' not in self.head.split('\r\n')[0]:
            length = re.search(r'(?im)^content-length: (\d+)', self.head)
            body = self.take(int(length[1])) if length else b''
            self.sock.close()
            raise Refused(self.head, body)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.sock.close()

    def fill(self):
        try:
            part = self.sock.recv(1 << 16)
        except ConnectionResetError:
            part = b''
        if not part:
            raise Closed(None)
        self.pending += part

    def take(self, size):
        while len(self.pending) < size:
            self.fill()
        got, self.pending = self.pending[:size], self.pending[size:]
        return got

    def raw(self, data):
        self.sock.sendall(data)

    def frame(self, payload, opcode=TEXT, final=True, masked=True):
        if isinstance(payload, str):
            payload = payload.encode()
        size, bit = len(payload), 0x80 if masked else 0
        if size < 126:
            head = struct.pack('>BB', final << 7 | opcode, bit | size)
        elif size < 1 << 16:
            head = struct.pack('>BBH', final << 7 | opcode, bit | 126, size)
        else:
            head = struct.pack('>BBQ', final << 7 | opcode, bit | 127, size)
        if masked:
            key = os.urandom(4)
            mask = (key * (size // 4 + 1))[:size]
            payload = (int.from_bytes(payload, 'big') ^ int.from_bytes(mask, 'big')).to_bytes(size, 'big')
            head += key
        self.raw(head + payload)

    def send(self, message):
        self.frame(json.dumps(message, ensure_ascii=False))

    def receive_text(self, timeout=None):
        """The next whole message as text; raises Closed at the end and TimeoutError in silence."""
        self.sock.settimeout(timeout or self.timeout)
        message = b''
        while True:
            first, second = self.take(2)
            size = second & 0x7f
            if size == 126:
                size, = struct.unpack('>H', self.take(2))
            elif size == 127:
                size, = struct.unpack('>Q', self.take(8))
            payload = self.take(size)
            opcode = first & 0x0f
            if opcode == CLOSE:
                self.sock.close()
                raise Closed(struct.unpack('>H', payload[:2])[0] if len(payload) >= 2 else None)
            if opcode == PING:
                self.frame(payload, PONG)
            elif opcode != PONG:
                message += payload
                if first & 0x80:
                    return message.decode()

    def receive(self, timeout=None):
        return json.loads(self.receive_text(timeout))

    def until(self, wanted, timeout=None):
        """Reads on until wanted(message) gives something true, and returns that."""
        end = time.monotonic() + (timeout or self.timeout)
        while True:
            found = wanted(self.receive(max(end - time.monotonic(), 0.01)))
            if found:
                return found

    def change(self, object_id, timeout=None):
        """The next change of this object."""
        return self.until(lambda message: next(
            (change for change in message.get('changes', ()) if change['id'] == object_id), None), timeout)

    def close(self, code=1000):
        try:
            self.frame(struct.pack('>H', code), CLOSE)
        except OSError:
            pass
        self.sock.close()
