"""test_questions.py — what may be asked beside the feed, and by whom

SPDX-License-Identifier: GPL-3.0-or-later
"""
import http.client
import os
import re
import socket
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(__file__))
from house import PASSWORD, HouseCase, new_id, receive_members  # noqa: E402

CUSTOMERS = """account,name,phone,address,lon,lat,class
A100,李四,13900000001,解放路1号,120.21,30.21,domestic
A101,市第一医院,0571-88880000,解放路3号,120.22,30.22,hospital
"""


class Questions(HouseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = os.path.join(cls.server.work, 'customers.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(CUSTOMERS)
        cls.server.ctl('import', 'customers', path)

    def ask(self, path, who=None, **query):
        answer = (who or self.dispatcher).get(path + '?' + urllib.parse.urlencode(query))
        self.assertEqual(answer.status, 200, answer)
        body = answer.json()
        self.assertEqual(set(body), {path[len('/v1/'):]} | ({'more'} if path == '/v1/orders' else set()))
        return body[path[len('/v1/'):]]

    def orders(self, who=None, **query):
        return [order['id'] for order in self.ask('/v1/orders', who, **query)]

    def test_orders(self):
        order = self.dispatcher.must('receive', **receive_members(text='井盖丢失在学院路', account='A100'))['object']['id']
        self.receive(text='别的事')
        body = self.body(order)
        for query in ({'number': body['number']}, {'q': '井盖丢失'}, {'account': 'A100'}, {'q': '井盖', 'phone': '13812345678'},
                      {'q': '井盖', 'from': body['received_at']}):
            self.assertEqual(self.orders(**query), [order], query)
        self.assertIn(order, self.orders(phone='138 1234 5678'))
        self.assertEqual(self.orders(q='井盖', to='2020-01-01T00:00:00Z'), [])
        self.assertEqual(self.orders(phone='1381234567'), [])
        self.assertEqual(self.ask('/v1/orders', number=body['number']), [body])

    def test_texts_are_found_in_the_letters_of_the_field(self):
        order = self.receive(text='管径Φ100，ＤＮ３００ 阀门，PVC 管', address='Ａ座3楼')
        for q in ('Φ100', 'ＤＮ３００', 'Ａ座', 'pvc', 'PVC 管'):
            self.assertEqual(self.orders(q=q), [order], q)

    def test_everybody_finds_what_they_may_see(self):
        order = self.order('dispatched', text='学校停水')
        for who, found in ((self.dispatcher, [order]), (self.auditor, [order]), (self.east, [order]), (self.west, []), (self.admin, [])):
            self.assertEqual(self.orders(who, q='学校停水'), found)

    def test_a_list_of_orders_has_an_end(self):
        """The newest 500, and whether that is all."""
        ids = [result['id'] for _ in range(5) for result in self.dispatcher.commands(
            [dict(receive_members(text='老城区爆管', account='M1'), id=new_id(), do='receive') for _ in range(100)])]
        answer = self.dispatcher.get('/v1/orders?account=M1').json()
        self.assertEqual(({order['id'] for order in answer['orders']}, answer['more']), (set(ids), False))
        newest = self.receive(account='M1')
        answer = self.dispatcher.get('/v1/orders?account=M1').json()
        self.assertEqual((len(answer['orders']), answer['orders'][0]['id'], answer['more']), (500, newest, True))
        self.assertIs(self.dispatcher.get('/v1/orders?phone=x').json()['more'], False)

    def test_customers(self):
        customer, = self.ask('/v1/customers', phone='13900000001')
        self.assertEqual((customer['account'], customer['address'], customer['class']), ('A100', '解放路1号', 'domestic'))
        self.assertEqual(self.ask('/v1/customers', phone='1390000000'), [])
        for who in self.east, self.auditor, self.admin, self.lab:
            self.assertProblem(who.get('/v1/customers?phone=13900000001'), 403, 'forbidden')

    def test_places(self):
        found = self.ask('/v1/places', q='解放路')
        self.assertLessEqual({'A100', 'A101'}, {place['account'] for place in found})
        self.assertTrue(all({'address', 'street', 'point', 'account'} <= set(place) for place in found))
        self.assertEqual(self.ask('/v1/places', q='没有这条路'), [])

    def test_there_is_no_basemap_before_one_is_imported(self):
        for path in ('/v1/tiles', '/v1/tiles/0/0/0'):
            self.assertProblem(self.dispatcher.get(path), 404, 'not-found')

    def test_metrics(self):
        text = self.server.get('/metrics')
        self.assertTrue(text.headers['Content-Type'].startswith('text/plain'))
        names = re.findall(r'^(waterdesk_\w+) [-+.e0-9]+$', text.body.decode(), re.M)
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual({'waterdesk_live_readers', 'waterdesk_writer_batches_total', 'waterdesk_wall_clock_stepped_seconds'}, set(names))

    def test_metrics_are_not_for_everyone(self):
        """From another address than loopback only an administrator reads them."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                sock.connect(('192.0.2.1', 9))      # nothing is sent: it only names our own address
            except OSError:
                self.skipTest('the machine has no address but loopback')
            address = sock.getsockname()[0]
        server = self.start('--listen', '0.0.0.0:0')
        admin = server.sign_in_first()
        server.ctl('user', 'add', 'chief', '--role', 'supervisor', text=PASSWORD)
        chief = server.sign_in('chief')

        def ask(host, token=None):
            connection = http.client.HTTPConnection(host, server.port, timeout=30)
            try:
                connection.request('GET', '/metrics', headers={'Authorization': f'Bearer {token}'} if token else {})
                return connection.getresponse().status
            finally:
                connection.close()
        self.assertEqual([ask(address, token) for token in (None, 'x', chief.token, admin.token)], [401, 401, 403, 200])
        self.assertEqual(ask('127.0.0.1'), 200)

    def test_pages_are_bounded_by_bytes_too(self):
        text, points = '水' * 4000, ['漏' * 400] * 60
        orders = [self.dispatcher.commands([dict(receive_members(text=text, points=points), id=new_id(), do='receive') for _ in range(8)])
                  for _ in range(30)]
        since = orders[0][0]['seq'] - 1
        seen = set()
        pages = 0
        while True:
            page = self.dispatcher.get(f'/v1/changes?since={since}&limit=5000')
            self.assertLess(len(page.body), 20 << 20)
            body = page.json()
            seen |= {change['id'] for change in body['changes']}
            since = body['seq']
            pages += 1
            if not body['more']:
                break
        self.assertGreater(pages, 1)
        self.assertLessEqual({result['object']['id'] for results in orders for result in results}, seen)


if __name__ == '__main__':
    unittest.main()
