"""test_signin.py — the token in a keyring, signing out, and a server that nobody here trusts

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase, Stage  # noqa: E402
from server import PASSWORD, program, wait_for  # noqa: E402

KEYRING = os.path.join(os.path.dirname(__file__), '..', 'support', 'fake_keyring.py')
TRUSTED = '/etc/ssl/certs/ca-certificates.crt'


class SignIn(DeskCase):
    def keyring(self):
        process = subprocess.Popen([sys.executable, KEYRING], env=Stage.get().env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), 'ready\n')
        return process

    def test_token_is_kept_until_sign_out(self):
        keyring = self.keyring()
        server = self.start('--demo')
        desk = self.open(server, 'dispatcher')
        desk.find('label', '待办队列')
        desk.find('label', '实时')
        self.assertEqual(desk.seek('label', '本机没有密钥环'), [])
        desk.kill()
        port = server.port
        server.kill()

        # Without a server, and without a word typed: from the copy.
        desk.start()
        desk.find('label', '待办队列')
        desk.find('alert', '起与服务器断开')
        desk.picture('signin-from-the-copy')
        server.start('--listen', f'127.0.0.1:{port}')
        desk.find('label', '实时')

        desk.key('F10')
        desk.picture('menu')
        desk.key('Down', 'Down', 'Down', 'Return')         # the fourth of the menu: sign out
        desk.window = wait_for(lambda: [window for window in desk.windows() if window != desk.window], 'a new window')[0]
        desk.find('text', '密码')
        self.assertEqual(desk.seek('label', '待办队列'), [])
        desk.kill()
        desk.start()
        desk.find('text', '密码')
        self.assertEqual(desk.seek('label', '待办队列'), [])

        # A keyring that never answers keeps nobody out.
        desk.kill()
        keyring.send_signal(signal.SIGSTOP)
        desk.start()
        wait_for(lambda: desk.seek('text', '密码', state='sensitive'), 'the page to be free')
        desk.sign_in()
        desk.find('label', '待办队列')

    def test_without_a_keyring(self):
        server = self.start('--demo')
        desk = self.open(server, 'dispatcher')
        desk.find('label', '待办队列')
        desk.find('label', '本机没有密钥环')
        self.assertEqual(desk.quit(), 0)
        self.assertEqual(desk.log(), '')

        # The next start without a server: by the password of this one, from the copy.
        port = server.port
        server.kill()
        desk.start()
        desk.sign_in(PASSWORD.swapcase())
        desk.find('alert', '不是上次在本机登录的密码')
        desk.picture('signin-not-the-last-password')
        desk.sign_in()
        desk.find('label', '待办队列')
        desk.find('alert', '起与服务器断开')
        server.start('--listen', f'127.0.0.1:{port}')
        desk.find('label', '实时')

    def certify(self):
        """A certificate of nobody known here, anew at each call, in the files that the server is told."""
        folder = self.homes
        self.key, self.certificate = os.path.join(folder, 'key.pem'), os.path.join(folder, 'cert.pem')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=desk.example',
                        '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', self.key, '-out', self.certificate],
                       check=True, stderr=subprocess.DEVNULL)

    def start_certified(self):
        self.certify()
        return self.start('--demo', '--tls-cert', self.certificate, '--tls-key', self.key)

    def test_untrusted_certificate_is_shown(self):
        server = self.start_certified()
        answer = subprocess.run(['openssl', 'x509', '-in', self.certificate, '-noout', '-fingerprint', '-sha256'], check=True,
                                capture_output=True, text=True).stdout
        fingerprint = answer.split('=')[1].strip().replace(':', '')
        desk = self.open(f'https://127.0.0.1:{server.port}', 'dispatcher')
        alert = desk.find('alert', '本机不信任服务器的证书')
        self.assertIn('根证书', alert.name)
        self.assertIn('CN=desk.example', alert.name)
        self.assertIn(fingerprint, alert.name)
        self.assertEqual(desk.find('text', '密码').length, len(PASSWORD))
        desk.picture('signin-untrusted')

    def test_certificate_that_is_trusted_no_more(self):
        """Said as what it is; nothing more is sent."""
        if subprocess.run(['unshare', '--mount', 'true'], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest('nothing may be mounted here, so no program can be made to trust a certificate')
        server = self.start_certified()
        store, url = os.path.join(self.homes, 'trusted.pem'), f'https://127.0.0.1:{server.port}'
        shutil.copy(self.certificate, store)
        trusting = f'mount --bind {store} {TRUSTED} && exec {program("waterdesk")} --server {url} --user dispatcher'
        desk = self.open(url, 'dispatcher', command=['unshare', '--mount', 'sh', '-c', trusting])
        desk.find('label', '实时')
        server.kill()
        self.certify()
        server.start('--listen', url.removeprefix('https://'))
        desk.find('alert', '不再信任服务器证书')
        desk.picture('board-untrusted')


if __name__ == '__main__':
    sys.exit('run by tap.py')
