"""server.py — a real waterdeskd as a process of its own, and those who talk to it

    class Sessions(ServerCase):
        def test_sign_in(self):
            server = self.start('--demo')               # a fresh data directory, a free port
            desk = server.sign_in('dispatcher')
            order = desk.must('receive', channel='hotline', category='leak', text='水管漏水')
            self.assertProblem(desk.post('/v1/commands', body=b'{'), 400, 'bad-request')

The programs come from $WATERDESK_BUILD (else build/ beside the sources), so the same tests run on
any build.  A server that a test leaves running is ended with SIGTERM and must then end with status
0: a leak or undefined behaviour that a sanitizer reports fails the test that saw it.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import uuid

from live import Live

SOURCE = os.environ.get('WATERDESK_SOURCE') or os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
BUILD = os.environ.get('WATERDESK_BUILD') or os.path.join(SOURCE, 'build')
PASSWORD = 'waterdesk'      # of every account of the demo city
READY = 'listening on '


def program(name):
    """The path of waterdeskd, waterdesk or waterdeskctl."""
    return os.path.join(BUILD, 'src', name)


def data_file(*parts):
    """A file of the real data that $WATERDESK_DATA names; without it the test is skipped."""
    folder = os.environ.get('WATERDESK_DATA')
    if not folder:
        raise unittest.SkipTest('WATERDESK_DATA is not set')
    path = os.path.join(folder, *parts)
    if not os.path.exists(path):
        raise unittest.SkipTest(f'{os.path.join(*parts)} is not in WATERDESK_DATA')
    return path


def rounds(usual, long):
    """How often a loop runs: `long` under ./dev soak."""
    return long if os.environ.get('WATERDESK_SOAK') else usual


def new_id():
    """A UUID of version 7, as a sender makes it."""
    value = int(time.time() * 1000) << 80 | secrets.randbits(80)
    value = value & ~(0xf << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return str(uuid.UUID(int=value))


class NotYet(Exception):
    """What a condition asks about is not there now."""


def wait_for(condition, what='the condition', timeout=60):
    """Asks until condition() gives something true, and returns that."""
    end = time.monotonic() + timeout
    while True:
        try:
            value = condition()
        except NotYet:
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f'waited {timeout} s in vain for {what}')
        time.sleep(0.02)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f'{self.status} {self.body[:2000]!r}'


class Server:
    """One data directory and the process that serves it; start, stop, kill and restart at will."""

    def __init__(self, *args, data_dir=None, env=None, wrap=(), ready=120):
        self.args = args
        self.env = dict(os.environ, **(env or {}))
        self.wrap = list(wrap)              # a command to put in front, such as prlimit
        self.ready = ready                  # seconds that it may take to listen
        self.work = tempfile.mkdtemp(prefix='waterdesk-')
        self.data_dir = data_dir or os.path.join(self.work, 'data')
        self.log_path = os.path.join(self.work, 'log')
        self.process = None
        self.port = None

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    @property
    def pid(self):
        return self.process.pid

    def start(self, *more):
        command = [*self.wrap, program('waterdeskd'), '--data-dir', self.data_dir,
                   '--listen', '127.0.0.1:0', *self.args, *more]
        with open(self.log_path, 'ab') as log:
            begin = log.tell()
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.env)
        line = wait_for(lambda: self.find_ready(begin), 'the server to listen', self.ready)
        self.port = int(line.rsplit(':', 1)[1])
        return self

    def find_ready(self, begin):
        for line in self.log(begin).splitlines(keepends=True):
            if line.startswith(READY + 'http') and line.endswith('\n'):
                return line.strip()
        if self.process.poll() is not None:
            status, self.process = self.process.returncode, None
            raise AssertionError(f'waterdeskd ended with {status} before it listened:\n{self.log(begin)}')
        return None

    def log(self, begin=0):
        if not os.path.exists(self.log_path):
            return ''
        with open(self.log_path, 'rb') as log:
            log.seek(begin)
            return log.read().decode('utf-8', 'replace')

    def stop(self, timeout=60):
        """SIGTERM, and the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait(timeout)

    def wait(self, timeout=60):
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f'waterdeskd did not end within {timeout} s:\n{self.log()[-4000:]}') from None
        finally:
            self.process = None

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def restart(self, *more, kill=False):
        if kill:
            self.kill()
        elif self.process:
            status = self.stop()
            assert status == 0, f'waterdeskd ended with {status}:\n{self.log()[-4000:]}'
        return self.start(*more)

    def close(self):
        """Ends what still runs and removes the folder; a server that ends badly is an error."""
        try:
            status = self.stop() if self.process else 0
            if status != 0:
                raise AssertionError(f'waterdeskd ended with {status}:\n{self.log()[-4000:]}')
        finally:
            shutil.rmtree(self.work, ignore_errors=True)

    def connect(self, timeout=30):
        """A bare socket, for bytes that no HTTP library would send."""
        return socket.create_connection(('127.0.0.1', self.port), timeout)

    def raw(self, data, timeout=30):
        """Sends bytes, and reads until the server closes or stays silent for the time-out."""
        with self.connect(timeout) as sock:
            try:
                sock.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass        # refused before its end: the answer may be there all the same
            got = b''
            try:
                while part := sock.recv(65536):
                    got += part
            except (TimeoutError, ConnectionResetError):
                pass
            return got

    def request(self, method, path, json_body=None, body=None, token=None, headers=None, timeout=60):
        """One request on a connection of its own; what is not ASCII in the path is percent-encoded."""
        head = dict(headers or {})
        if token:
            head['Authorization'] = 'Bearer ' + token
        if json_body is not None:
            body = json.dumps(json_body, ensure_ascii=False).encode()
        if body is not None:
            head.setdefault('Content-Type', 'application/json')
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            connection.request(method, urllib.parse.quote(path, safe="/?&=%:,;+@|*!$'()[]"), body, head)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.request('GET', path, **more)

    def post(self, path, json_body=None, **more):
        return self.request('POST', path, json_body, **more)

    def sign_in(self, user, password=PASSWORD):
        answer = self.post('/v1/session', {'user': user, 'password': password})
        assert answer.status == 201, f'{user} cannot sign in: {answer}'
        body = answer.json()
        return Client(self, body['token'], body['user'])

    def sign_in_first(self):
        """The administrator of a store that was made without --demo."""
        with open(os.path.join(self.data_dir, 'first-password'), encoding='utf-8') as file:
            return self.sign_in('admin', file.read().strip())

    def ctl(self, *args, check=True, text=None, timeout=600):
        """waterdeskctl on this data directory, whether the server runs or not."""
        return run_ctl('--data-dir', self.data_dir, *args, check=check, text=text, timeout=timeout, env=self.env)


def run_ctl(*args, check=True, text=None, timeout=600, env=None):
    done = subprocess.run([program('waterdeskctl'), *args], input=text if text is not None else '',
                          capture_output=True, text=True, timeout=timeout, env=env)
    if check and done.returncode != 0:
        raise AssertionError(f'waterdeskctl {" ".join(args)} ended with {done.returncode}:\n{done.stdout}{done.stderr}')
    return done


class Client:
    """One signed-in user."""

    def __init__(self, server, token, user=None):
        self.server = server
        self.token = token
        self.user = user

    def request(self, method, path, json_body=None, **more):
        return self.server.request(method, path, json_body, token=self.token, **more)

    def get(self, path, **more):
        return self.request('GET', path, **more)

    def post(self, path, json_body=None, **more):
        return self.request('POST', path, json_body, **more)

    def commands(self, commands, **more):
        """Gives a list of whole commands; returns their results."""
        answer = self.post('/v1/commands', {'commands': commands}, **more)
        assert answer.status == 200, f'the envelope was refused: {answer}'
        return answer.json()['results']

    def do(self, verb, id=None, **members):
        """Gives one command; returns its result, whether it was taken or refused."""
        return self.commands([dict({'id': id or new_id(), 'do': verb}, **members)])[0]

    def must(self, verb, id=None, **members):
        """Gives one command that has to be taken."""
        result = self.do(verb, id, **members)
        assert result['ok'], f'{verb} was refused: {result["error"]}'
        return result

    def changes(self, since=0, **query):
        """All changes after a seq, page by page: (changes, the seq that they reach)."""
        found = []
        while True:
            more = ''.join(f'&{name}={value}' for name, value in query.items())
            answer = self.get(f'/v1/changes?since={since}{more}')
            assert answer.status == 200, answer
            body = answer.json()
            found += body['changes']
            since = body['seq']
            if not body['more']:
                return found, since

    def order(self, order_id):
        """The present body of an order, from the feed; None where this user does not see it."""
        for change in self.changes()[0]:
            if change['kind'] == 'order' and change['id'] == order_id:
                return change['body']
        return None

    def live(self, since=None, **more):
        return Live(self.server.port, self.token, since, **more)


class ServerCase(unittest.TestCase):
    """A test case whose servers are ended after each test; their last words follow a failure."""

    def setUp(self):
        self.servers = []

    def start(self, *args, **more):
        server = self.make(*args, **more)
        return server.start()

    def make(self, *args, **more):
        server = Server(*args, **more)
        self.servers.append(server)
        self.addCleanup(server.close)
        return server

    def last_words(self):
        """What tap.py prints after a failure.  A class may keep one server for all its tests in `server`."""
        servers = [*self.servers, *filter(None, [getattr(self, 'server', None)])]
        return ''.join(f'the end of what waterdeskd said:\n{server.log()[-3000:]}\n' for server in servers)

    def assertProblem(self, problem, status, code, field=None):
        """An answer, or a result's error, is this problem document."""
        if isinstance(problem, Answer):
            self.assertEqual(problem.status, status, problem)
            self.assertEqual(problem.headers.get_content_type(), 'application/problem+json')
            problem = problem.json()
        elif 'error' in problem:
            self.assertIs(problem['ok'], False, problem)
            problem = problem['error']
        self.assertEqual((problem['status'], problem['code']), (status, code), problem)
        for member in ('type', 'title'):
            self.assertIsInstance(problem[member], str)
        self.assertNotIn('instance', problem)
        if field is not None:
            self.assertEqual(problem.get('field'), field, problem)
        return problem
