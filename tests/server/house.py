"""house.py — a small house of staff, units and crews on a server of its own, for the server's tests

    class Orders(HouseCase):                    # one server for all tests of the class
        def test_accept(self):
            order = self.order('dispatched')
            self.east.must('accept', order=order)

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from server import PASSWORD, Server, ServerCase, new_id, wait_for  # noqa: E402,F401

STAFF = {       # name: (role, unit)
    'dispatcher': ('dispatcher', None), 'supervisor': ('supervisor', None), 'auditor': ('auditor', None),
    'east': ('unit', 'east'), 'west': ('unit', 'west'), 'lab': ('quality', 'lab'),
}
UNITS = {'east': 'supply', 'west': 'supply', 'lab': 'quality'}


def furnish(server):
    """Units, a crew, staff; everyone signed in, by name.  On a server's first start."""
    admin = server.sign_in_first()
    people = {'admin': admin}
    for code, kind in UNITS.items():
        admin.must('put-unit', code=code, name=f'{code} 供水公司', kind=kind)
    crew = admin.must('put-crew', unit='east', name='抢修一班')['object']['id']
    for name, (role, unit) in STAFF.items():
        server.ctl('user', 'add', name, '--role', role, *(['--unit', unit] if unit else []), text=PASSWORD)
        people[name] = server.sign_in(name)
    return people, crew


def receive_members(**members):
    return dict({'channel': 'hotline', 'category': 'leak', 'text': '路面冒水，水已漫到人行道',
                 'caller': {'name': '张三丰', 'phone': '13812345678'}, 'address': '人民路12号', 'point': [120.2, 30.2]}, **members)


class Desks:
    """What one can do with signed-in people in `people` and a crew in `crew`."""

    def __getattr__(self, name):
        people = self.__dict__.get('people') or type(self).__dict__.get('people') or {}
        if name in people:
            return people[name]
        raise AttributeError(name)

    def receive(self, **members):
        """A new order; returns its id."""
        return self.dispatcher.must('receive', **receive_members(**members))['object']['id']

    def order(self, state, **members):
        """A new order brought to this state at unit east; returns its id."""
        order = self.receive(**members)
        for verb, who, more, reached in (('dispatch', self.dispatcher, {'unit': 'east'}, 'dispatched'),
                                         ('accept', self.east, {}, 'accepted'), ('arrive', self.east, {}, 'on-site'),
                                         ('finish', self.east, {'result': '换了阀门', 'no_evidence': '夜里'}, 'finished'),
                                         ('visit', self.dispatcher, {'outcome': 'satisfied'}, 'closed')):
            if self.body(order)['state'] == state:
                break
            who.must(verb, order=order, **more)
            self.assertEqual(self.body(order)['state'], reached)
        return order

    def body(self, order, who=None):
        """The order as somebody sees it now, None where they don't."""
        answer = (who or self.dispatcher).get(f'/v1/orders/{order}/events')
        if answer.status == 404:
            return None
        self.assertEqual(answer.status, 200, answer)
        seq = answer.json()['events'][-1]['seq']
        changes, _ = (who or self.dispatcher).changes(since=seq - 1)
        return next(change['body'] for change in changes if change['id'] == order)

    def events(self, order, who=None):
        answer = (who or self.dispatcher).get(f'/v1/orders/{order}/events')
        self.assertEqual(answer.status, 200, answer)
        return answer.json()['events']

    def clocks(self, order, rule):
        return [clock for clock in self.body(order)['clocks'] if clock['rule'] == rule]


class HouseCase(Desks, ServerCase):
    """One furnished server for the tests of a class: `server`, `dispatcher`, `east`, …"""
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options)
        cls.server.start()
        try:
            cls.people, cls.crew = furnish(cls.server)
        except BaseException:
            cls.server.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.server.close()


class OwnHouseCase(Desks, ServerCase):
    """A furnished server for each test, which may kill and restart it."""

    def furnished(self, *args, **more):
        self.server = self.start(*args, **more)
        self.people, self.crew = furnish(self.server)
        return self.server
