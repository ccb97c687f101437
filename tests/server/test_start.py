"""test_start.py — how the server starts, is refused, drains, fills its disk and keeps its time

SPDX-License-Identifier: GPL-3.0-or-later
"""
import datetime
import os
import re
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from house import HouseCase, OwnHouseCase, ServerCase, furnish, new_id, receive_members, wait_for  # noqa: E402
from live import Closed  # noqa: E402
from server import BUILD, program  # noqa: E402


def run(*args, env=None):
    """waterdeskd that must not come to listen: (status, what it said)."""
    done = subprocess.run([program('waterdeskd'), *args], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, **(env or {})))
    return done.returncode, done.stdout + done.stderr


class Refused(HouseCase):
    def assertRefused(self, said, *args):
        status, output = run(*args)
        self.assertEqual(status, 1, output)
        self.assertNotIn('listening', output)
        self.assertRegex(output, said)

    def test_a_second_server(self):
        for args in ((), ('--demo',)):
            self.assertRefused('holds this store|not a demo', '--data-dir', self.server.data_dir, '--listen', '127.0.0.1:0', *args)
        other = os.path.join(self.server.work, 'other')
        self.assertRefused('holds this store', '--data-dir', other, '--store', 'sqlite:' + os.path.join(self.server.data_dir, 'store.db'),
                           '--key-file', os.path.join(self.server.data_dir, 'key'), '--listen', '127.0.0.1:0')
        self.receive()      # the first goes on, its socket too
        self.assertIn('dispatcher', self.server.ctl('user', 'list').stdout)

    def test_a_port_that_is_taken(self):
        other = os.path.join(self.server.work, 'taken')
        self.assertRefused('in use', '--data-dir', other, '--listen', f'127.0.0.1:{self.server.port}')

    def test_command_lines(self):
        folder = os.path.join(self.server.work, 'lines')
        for said, args in (('numeric', ('--listen', 'localhost:0')), ('.', ('--listen', '127.0.0.1:99999')), ('together', ('--tls-cert', 'x')),
                           ('speed', ('--speed', '5')), ('speed', ('--demo', '--speed', '-1')), ('speed', ('--demo', '--speed', '0')), ('speed', ('--demo', '--speed', 'nan')),
                           ('this computer only', ('--demo', '--listen', '0.0.0.0:0')), ('no --store', ('--demo', '--store', 'sqlite:/x')),
                           ('driver', ('--store', 'oracle:x')), ('wish', ('--wish',)), ('wish', ('wish',)), ('below 0', ('--batch', '-1'))):
            with self.subTest(args):
                self.assertRefused(said, '--data-dir', folder, *args)
                shutil.rmtree(folder, ignore_errors=True)

    def test_a_folder_that_cannot_be(self):
        self.assertRefused('log', '--data-dir', os.path.join(self.server.log_path, 'x'), '--listen', '127.0.0.1:0')


class Folder(OwnHouseCase):
    def test_who_may_read_it(self):
        server = self.furnished()
        modes = {name: os.stat(os.path.join(server.data_dir, name)).st_mode & 0o777 for name in os.listdir(server.data_dir)}
        self.assertEqual(os.stat(server.data_dir).st_mode & 0o777, 0o700)
        self.assertEqual(set(modes.values()), {0o600}, modes)
        self.assertLessEqual({'store.db', 'key', 'control'}, set(modes))

    def test_a_store_without_its_keys_is_not_opened(self):
        server = self.furnished()
        key = os.path.join(server.data_dir, 'key')
        order = self.receive()
        server.stop()
        os.rename(key, key + '.safe')
        status, output = run('--data-dir', server.data_dir, '--listen', '127.0.0.1:0')
        self.assertEqual(status, 1)
        self.assertIn('key', output)
        self.assertFalse(os.path.exists(key))
        server.start('--key-file', key + '.safe')
        self.assertEqual(self.dispatcher.get(f'/v1/orders/{order}/caller?reason=x').json()['name'], '张三丰')

    def test_store_and_keys_elsewhere(self):
        server = self.make()
        store = os.path.join(server.work, 'elsewhere.db')
        server.start('--store', 'sqlite:' + store, '--key-file', os.path.join(server.work, 'keys'))
        self.assertEqual(server.sign_in_first().user['name'], 'admin')
        self.assertTrue(os.path.exists(store))
        self.assertEqual(sorted(os.listdir(server.data_dir)), ['control'])


class Drain(OwnHouseCase):
    def test_what_was_asked_is_answered(self):
        server = self.furnished()
        answers, lost = [], []
        ready = threading.Barrier(9)

        def post():
            commands = [dict(receive_members(), id=new_id(), do='receive') for _ in range(200)]
            ready.wait()
            try:
                answer = self.dispatcher.post('/v1/commands', {'commands': commands})
                answers.append((commands, answer.json()['results'], answer.headers['Connection']))
            except OSError:
                lost.append(commands)       # refused at the door: nothing of it was taken
        crowd = [threading.Thread(target=post) for _ in range(8)]
        for one in crowd:
            one.start()
        live = self.dispatcher.live()
        ready.wait()
        server.process.send_signal(signal.SIGTERM)
        for one in crowd:
            one.join()
        with self.assertRaises(Closed) as closed:
            live.until(lambda message: False)
        self.assertEqual(closed.exception.code, 1001)
        self.assertEqual(server.wait(), 0)
        with self.assertRaises(OSError):
            server.get('/healthz')

        server.start()
        orders = {change['id'] for change in self.dispatcher.changes()[0] if change['kind'] == 'order'}
        for commands, results, _ in answers:
            self.assertTrue(all(result['ok'] for result in results))
            self.assertLessEqual({command['id'] for command in commands}, orders)
        self.assertEqual(len(answers) + len(lost), 8)

    def test_an_idle_server_ends_at_once(self):
        server = self.start()
        idle = server.connect()
        self.assertEqual(server.get('/healthz').status, 200)
        self.assertEqual(server.stop(timeout=30), 0)
        idle.close()


class Disk(OwnHouseCase):
    def test_a_full_disk_keeps_what_was_acknowledged(self):
        server = self.furnished()
        kept = [self.receive() for _ in range(5)]
        size = max(os.stat(os.path.join(server.data_dir, name)).st_size for name in os.listdir(server.data_dir))
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size + 65536, resource.RLIM_INFINITY))

        def fill(n):
            answer = self.dispatcher.post('/v1/commands', {'commands': [dict(receive_members(text='水' * 4000), id=new_id(), do='receive')
                                                                       for _ in range(n)]})
            if answer.status == 200:
                kept.extend(result['id'] for result in answer.json()['results'] if result['ok'])
            return answer if answer.status != 200 else None

        def look():
            answer = self.dispatcher.get(f'/v1/orders/{kept[0]}/caller?reason=x')
            return answer if answer.status != 200 else None
        self.assertProblem(wait_for(lambda: fill(20), 'the disk to be full'), 507, 'storage')
        self.assertProblem(wait_for(lambda: fill(1), 'the disk to be quite full'), 507, 'storage')
        self.assertProblem(wait_for(look, 'no room for an event'), 507, 'storage')     # and no caller without one
        self.assertEqual(server.get('/healthz').status, 200)
        self.assertEqual(len([change for change in self.dispatcher.changes()[0] if change['kind'] == 'order']), len(kept))
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        kept.append(self.receive())         # with room again it goes on
        self.assertEqual(server.log().count('nothing can be kept'), 1)
        server.restart(kill=True)
        self.assertEqual({change['id'] for change in self.dispatcher.changes()[0] if change['kind'] == 'order'}, set(kept))
        server.ctl('verify', '--state')


class Tls(ServerCase):
    def certificate(self, folder, name):
        cert, key = (os.path.join(folder, 'server.' + suffix) for suffix in ('pem', 'key'))
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
                        f'/CN={name}', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], check=True, capture_output=True)
        return cert, key

    def ask(self, server, cert):
        """Over TLS, trusting only this certificate: (the answer's first line, whose certificate it was)."""
        context = ssl.create_default_context(cafile=cert)
        with context.wrap_socket(server.connect(), server_hostname='127.0.0.1') as sock:
            sock.sendall(b'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
            return sock.recv(100).split(b'\r\n')[0], dict(part[0] for part in sock.getpeercert()['subject'])['commonName']

    def test_certificates_are_taken_anew(self):
        if not shutil.which('openssl'):
            self.skipTest('there is no openssl to make certificates with')
        # LeakSanitizer itself crashes on the thread-local data of what GIO loads for TLS.
        server = self.make(env={'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'})
        cert, key = self.certificate(server.work, 'one')
        server.start('--tls-cert', cert, '--tls-key', key)
        self.assertIn(f'listening on https://127.0.0.1:{server.port}', server.log())
        self.assertEqual(self.ask(server, cert), (b'HTTP/1.1 200 OK', 'one'))
        self.assertNotIn(b'200', server.raw(b'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'))
        self.certificate(server.work, 'two')
        server.process.send_signal(signal.SIGHUP)

        def is_new():
            try:
                return self.ask(server, cert)[1] == 'two'
            except ssl.SSLError:
                return False            # still the first, which nobody trusts any more
        wait_for(is_new, 'the new certificate')
        with open(cert, 'w', encoding='utf-8') as file:
            file.write('spoilt')
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: 'certificate stays' in server.log(), 'the spoilt one to be reported')
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(server.connect()) as sock:
            self.assertTrue(sock.getpeercert(True))


SHIM = {'LD_PRELOAD': os.path.join(BUILD, 'tests', 'server', 'wall-shim.so'),
        'ASAN_OPTIONS': 'verify_asan_link_order=0:' + os.environ.get('ASAN_OPTIONS', '')}


class BootClock(OwnHouseCase):
    def setUp(self):
        super().setUp()
        self.server = self.make(env=SHIM)
        self.boot = self.server.env['WATERDESK_BOOT'] = os.path.join(self.server.work, 'boot')
        self.server.start()
        self.people, self.crew = furnish(self.server)

    def go_on_by(self, seconds):
        with open(self.boot + '.new', 'w', encoding='ascii') as file:
            file.write(str(seconds))
        os.rename(self.boot + '.new', self.boot)

    def test_the_head_of_the_chain_is_written_out_hourly(self):
        heads = os.path.join(self.server.data_dir, 'heads')
        seq = self.dispatcher.get('/v1/changes').json()['seq']
        self.assertFalse(os.path.exists(heads))
        self.go_on_by(3601)
        wait_for(lambda: os.path.exists(heads), 'the head to be written out')
        with open(heads, encoding='ascii') as file:
            self.assertEqual(int(file.read().split()[1]), seq)

    def test_a_token_lives_for_twelve_hours_after_its_last_use(self):
        hours = 0
        for _ in range(3):              # each use begins them anew
            hours += 11
            self.go_on_by(hours * 3600)
            self.assertEqual(self.dispatcher.get('/v1/session').status, 200)
        self.go_on_by((hours + 12) * 3600 + 60)
        self.assertProblem(self.dispatcher.get('/v1/session'), 401, 'unauthorized')
        self.assertProblem(self.dispatcher.get('/v1/changes'), 401, 'unauthorized')
        self.server.restart()
        self.assertProblem(self.dispatcher.get('/v1/session'), 401, 'unauthorized')

    def test_a_token_that_asks_too_often_waits(self):
        self.assertEqual(self.auditor.get('/v1/session').status, 200)
        self.go_on_by(-3600)            # a second that does not end: no reader here is quick enough for a real one
        answers = [self.auditor.get('/v1/session') for _ in range(5010)]
        statuses = [answer.status for answer in answers]
        self.assertEqual(statuses, sorted(statuses))
        self.assertEqual(set(statuses), {200, 429})
        self.assertProblem(answers[-1], 429, 'too-many')
        self.assertGreaterEqual(int(answers[-1].headers['Retry-After']), 1)
        self.assertEqual(self.dispatcher.get('/v1/session').status, 200)
        self.go_on_by(2)
        self.assertEqual(self.auditor.get('/v1/session').status, 200)

    def test_who_follows_live_stays_signed_in(self):
        with self.dispatcher.live() as live:
            live.receive()
            self.go_on_by(13 * 3600)
            self.assertEqual(self.dispatcher.get('/v1/session').status, 200)
            self.assertProblem(self.auditor.get('/v1/session'), 401, 'unauthorized')


class WallClock(OwnHouseCase):
    def off_by(self, seconds):
        with open(self.path + '.new', 'w', encoding='utf-8') as file:
            file.write(str(seconds))
        os.rename(self.path + '.new', self.path)

    def metric(self, name):
        return float(re.search(rf'^waterdesk_{name} (\S+)$', self.server.get('/metrics').body.decode(), re.M)[1])

    def now(self):
        with self.dispatcher.live() as live:
            return datetime.datetime.fromisoformat(live.receive()['hello']['time'])

    def test_steps_are_reported_and_not_followed(self):
        server = self.make(env=SHIM)
        self.path = server.env['WATERDESK_WALL'] = os.path.join(server.work, 'wall')
        self.off_by(7200)
        server.start()
        self.server = server
        self.people, self.crew = furnish(server)
        self.assertEqual((round(self.metric('clock_ahead_seconds')), round(self.metric('wall_clock_stepped_seconds'))), (0, 0))
        order, before = self.receive(), self.now()

        self.off_by(7200 + 50000)       # forward by more than a token lives
        wait_for(lambda: 'the wall clock has stepped by 50000' in server.log(), 'the step to be reported')
        self.assertEqual(round(self.metric('wall_clock_stepped_seconds'), -1), 50000)
        self.assertEqual(self.dispatcher.get('/v1/session').status, 200)
        self.assertLess(self.now() - before, datetime.timedelta(seconds=25000))

        server.restart()                # now the wall says that half a day went by
        self.assertProblem(self.dispatcher.get('/v1/session'), 401, 'unauthorized')
        self.people['dispatcher'] = server.sign_in('dispatcher')
        self.dispatcher.must('note', order=order, text='x')
        before = self.now()

        self.off_by(0)                  # behind the last event
        server.restart()
        self.assertIn('behind the last event', server.log())
        self.assertGreater(self.metric('clock_ahead_seconds'), 7000)
        self.assertGreater(self.now(), before)
        self.dispatcher.must('note', order=order, text='x')
        ats = [event['at'] for event in self.events(order)]
        self.assertEqual(ats, sorted(ats))


if __name__ == '__main__':
    unittest.main()
