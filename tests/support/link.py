"""link.py — the line between a desk and its server, to be cut and mended

    link = Link(server.port)
    desk = self.open(link.url, 'east')
    link.cut()          # not a byte passes any more, and nobody is told: as if the cable were out
    link.mend()         # what was under way goes on

New connections are taken while it is cut, and get no answer until it is mended.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import socket
import threading


class Link:
    def __init__(self, port):
        self.port = port        # of the server
        self.whole = threading.Event()
        self.whole.set()
        self.ends = set()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        self.start(self.take)

    def cut(self):
        self.whole.clear()

    def mend(self):
        self.whole.set()

    def close(self):
        self.drop(self.listener, *self.ends)
        self.mend()

    def drop(self, *ends):
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass        # its other side has gone already
            end.close()

    def start(self, work, *args):
        threading.Thread(target=work, args=args, daemon=True).start()

    def take(self):
        while True:
            try:
                near = self.listener.accept()[0]
            except OSError:
                return
            self.ends.add(near)
            self.start(self.join, near)

    def join(self, near):
        self.whole.wait()
        try:
            far = socket.create_connection(('127.0.0.1', self.port))
        except OSError:
            self.drop(near)
            return
        self.ends.add(far)
        self.start(self.carry, far, near)
        self.carry(near, far)

    def carry(self, source, target):
        """One direction, to its end."""
        try:
            data = True
            while data:
                data = source.recv(65536)
                self.whole.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            self.drop(source, target)
