"""door.py — door-server as a process of its own, and raw bytes for it

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from live import Live  # noqa: E402
from server import BUILD, wait_for  # noqa: E402

PROGRAM = os.path.join(BUILD, 'tests', 'server', 'door-server')
GET = b'GET /echo HTTP/1.1\r\nHost: x\r\n\r\n'


def read_all(sock):
    """All that comes until the other side closes; a reset ends it too."""
    got = b''
    try:
        while part := sock.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    return got


def read_answer(sock, head_only=False):
    """One response with Content-Length: (status, head, body)."""
    got = b''
    while b'\r\n\r\n' not in got:
        part = sock.recv(1)
        if not part:
            raise EOFError(got)
        got += part
    head = got.decode('latin-1')
    status = int(head.split(' ')[1])
    length = 0
    for line in head.split('\r\n'):
        if line.lower().startswith('content-length:'):
            length = int(line.split(':')[1])
    body = b''
    while not head_only and len(body) < length:
        part = sock.recv(length - len(body))
        if not part:
            raise EOFError(got + body)
        body += part
    return status, head, body


class DoorServer:
    def __init__(self, *args):
        self.work = tempfile.TemporaryDirectory(prefix='door-')
        self.local = os.path.join(self.work.name, 'control')
        self.log = tempfile.TemporaryFile(dir=self.work.name)
        self.process = subprocess.Popen([PROGRAM, '--local', self.local, *args], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        assert line.startswith('listening on '), self.errors()
        self.port = int(line.rsplit(':', 1)[1])

    def errors(self):
        self.log.seek(0)
        return self.log.read().decode('utf-8', 'replace')

    def connect(self, timeout=60):
        sock = socket.create_connection(('127.0.0.1', self.port), timeout)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock

    def raw(self, data):
        """Sends bytes, and reads to the end that the server makes."""
        with self.connect() as sock:
            try:
                sock.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return read_all(sock)

    def ask(self, data):
        with self.connect() as sock:
            sock.sendall(data)
            return read_answer(sock)

    def get(self, path, *fields):
        return self.ask('\r\n'.join([f'GET {path} HTTP/1.1', 'Host: x', *fields, '', '']).encode())

    def stats(self):
        """Over the local socket, which no limit of addresses closes."""
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(60)
            sock.connect(self.local)
            sock.sendall(b'GET /stats HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
            return json.loads(read_answer(sock)[2])

    def sockets(self):
        folder = f'/proc/{self.process.pid}/fd'
        found = 0
        for fd in os.listdir(folder):
            try:
                found += os.readlink(os.path.join(folder, fd)).startswith('socket:')
            except FileNotFoundError:       # closed since it was listed
                pass
        return found

    def wait_until_empty(self):
        """Only the connection that asks is left, and no socket is lost."""
        wait_for(lambda: self.stats()['open'] == 1, 'all connections to be gone')
        wait_for(lambda: self.sockets() <= 4, 'all sockets to be closed')

    def live(self, **more):
        return Live(self.port, **more)

    def stop(self):
        """SIGTERM; what it says in the end."""
        self.process.terminate()
        said = self.process.stdout.read().split()
        self.process.wait(60)
        return said[-1]

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.stdout.read()
            self.process.wait(60)
        self.process.stdout.close()
        errors = self.errors()
        self.log.close()
        self.work.cleanup()
        if self.process.returncode not in (0, 3) or errors:
            raise AssertionError(f'door-server ended with {self.process.returncode}:\n{errors}')


class DoorCase(unittest.TestCase):
    """One server for each class, with the options in `args`; more with start()."""
    args = ()

    @classmethod
    def setUpClass(cls):
        cls.server = DoorServer(*cls.args)
        cls.addClassCleanup(cls.server.close)

    def start(self, *args):
        server = DoorServer(*args)
        self.addCleanup(server.close)
        return server

    def assertProblem(self, answer, status, code):
        self.assertEqual(answer[0], status, answer)
        self.assertIn('application/problem+json', answer[1])
        problem = json.loads(answer[2])
        self.assertEqual((problem['status'], problem['code']), (status, code))

    def assertServed(self, server=None):
        self.assertEqual((server or self.server).ask(GET)[0], 200)
