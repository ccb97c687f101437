"""test_conflict.py — what the server refuses is shown with both sides, and a person decides

Two desks change the same order, one of them while the server is away from it: when it is back, the
later one is refused.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import LARGE, DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

EAST, WEST = '东区供水公司', '西区供水公司'
PLACE = [120.2335, 30.1875]


class Conflicts(DeskCase):
    def setUp(self):
        super().setUp()
        self.house = self.start('--demo')
        self.port = self.house.port
        self.clerk = self.house.sign_in('supervisor')
        self.centre = self.open(self.house, 'dispatcher')
        self.centre.find('panel', re.compile(f'^{EAST}'))

    def call(self, text):
        order = new_id()
        self.clerk.must('receive', order, channel='hotline', category='leak', text=text, address='望岭路与北环路口', point=PLACE)
        self.centre.row(text)
        return order

    def order(self, order):
        return self.clerk.order(order)

    def verbs(self, order):
        return [event['do'] for event in self.clerk.get(f'/v1/orders/{order}/events').json()['events']]

    def dispatch(self, text, unit=EAST):
        """By keyboard, while there is no link."""
        desk = self.centre
        desk.click(desk.row(text))
        desk.key('ctrl+d')
        dialog = desk.find('dialog', '派单')
        units = desk.find('list', '责任单位', dialog)
        row = next(item for item in units.children if unit in item.name)
        while not row.has('selected'):
            desk.key('Down', window=desk.window_called('派单'))
        desk.key('Return', window=desk.window_called('派单'))
        desk.gone('dialog', '派单')

    def cut_off(self, *texts):
        """The desk hears nothing, what it does waits, and meanwhile west has got the orders."""
        orders = [self.call(text) for text in texts]
        desk = self.centre
        self.house.kill()
        desk.find('alert', '起与服务器断开')
        for text in texts:
            self.dispatch(text)
            desk.row(text, '未同步')
        desk.kill()         # what is held is held no longer at the next start
        self.house.start('--listen', f'127.0.0.1:{self.port}')
        self.clerk = self.house.sign_in('supervisor')
        for order in orders:
            self.clerk.must('dispatch', order=order, unit='west')
        desk.start().sign_in()
        desk.find('alert', '没有办成')
        return orders

    def open_page(self):
        desk = self.centre
        desk.click(desk.find('push button', '看双方'))
        desk.find('heading', '派给了两个单位')

    def test_theirs_is_kept(self):
        order, = self.cut_off('路口漏水')
        desk = self.centre
        desk.row('路口漏水', '西区')         # as it was, and as it is
        self.assertEqual(desk.seek('list item', re.compile('路口漏水.*未同步')), [])
        self.open_page()
        for text in ('我的', '对方（已生效）', '此前', '不同', EAST, WEST, '客户服务中心'):
            desk.find('label', text)
        desk.find('label', re.compile(r'\d\d:\d\d:\d\d · 派单'))      # who was first, and when
        self.check_words(desk)
        desk.picture('conflict-1366')
        desk.resize(LARGE)
        desk.picture('conflict-1920')
        desk.click(desk.find('push button', '保留对方：仍由西区办'))
        desk.gone('heading', '派给了两个单位')
        desk.gone('alert', '没有办成')
        desk.find('label', '待办队列')
        self.assertEqual(self.verbs(order).count('dispatch'), 1)
        self.assertEqual(self.order(order)['unit'], 'west')

    def test_mine_is_used(self):
        order, = self.cut_off('路口漏水')
        desk = self.centre
        self.open_page()
        desk.click(desk.find('push button', '改用我的：改派东区'))
        wait_for(lambda: self.order(order)['unit'] == 'east', 'the order to be with the east company')
        verbs = [verb for verb in self.verbs(order) if verb in ('dispatch', 'recall')]
        self.assertEqual(verbs, ['dispatch', 'recall', 'dispatch'])
        desk.gone('alert', '没有办成')
        desk.row('路口漏水', '东区')
        desk.find('label', '待同步 0')

    def test_several_one_after_another(self):
        first, second = self.cut_off('路口漏水', '整幢楼无水')
        desk = self.centre
        desk.find('alert', '有 2 项没有办成')
        self.open_page()
        desk.find('label', '2 项冲突')
        desk.click(desk.find('push button', '两者都记录'))
        desk.find('label', '1 项冲突')
        wait_for(lambda: 'note' in self.verbs(first), 'mine to be noted')
        self.assertEqual((self.order(first)['unit'], self.order(first)['state']), ('west', 'dispatched'))
        note = next(event for event in self.clerk.get(f'/v1/orders/{first}/events').json()['events'] if event['do'] == 'note')
        self.assertIn(EAST, note['data']['text'])
        # The other one is asked for again after a restart: nothing was decided.
        desk.kill()
        desk.start().sign_in()
        self.open_page()
        desk.find('label', '1 项冲突')
        desk.click(desk.find('push button', '保留对方：仍由西区办'))
        desk.gone('alert', '没有办成')
        self.assertNotIn('note', self.verbs(second))


if __name__ == '__main__':
    sys.exit('run by tap.py')
