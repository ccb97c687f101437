"""test_intake.py — a call becomes an order: by keyboard alone, with candidates, with drafts that outlive the program, without a link

SPDX-License-Identifier: GPL-3.0-or-later
"""
import contextlib
import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import LARGE, DeskCase  # noqa: E402
from server import wait_for  # noqa: E402

POINT = re.compile(r'^120\.\d{4}, 30\.\d{4}$')
PADDING = 4     # of a field, which its extents leave out


class Intake(DeskCase):
    def begin(self, size=LARGE):
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        self.centre = self.open(self.house, 'dispatcher', size=size)
        self.centre.find('push button', '新建工单')
        self.centre.find('label', '实时')

    def new(self):
        """Ctrl+N: the number has the focus."""
        self.centre.key('ctrl+n')
        self.wait_focus('来电号码')

    def wait_focus(self, name, role='text'):
        wait_for(lambda: self.centre.seek(role, name, state='focused'), f'{name} to have the focus')

    def value(self, name):
        """What stands in a field: in the one with the focus, where several forms are open."""
        fields = self.centre.seek('text', name, state='focused') or self.centre.seek('text', name)
        return fields[0].text if fields else None

    def type(self, text, name):
        """Han characters have no keys of their own: xdotool lends them some, which a busy machine may learn of too late."""
        def holds():
            return text in (self.value(name) or '')

        self.centre.type(text)
        end = time.monotonic() + 10
        while not holds() and time.monotonic() < end:
            time.sleep(0.05)
        if not holds() and not text.isascii():
            self.centre.key('ctrl+a')
            self.centre.type(text)
        wait_for(holds, f'{name} to hold {text}')

    def found(self, text):
        orders = self.clerk.get(f'/v1/orders?q={text}').json()['orders']
        return orders[0] if orders else None

    def test_a_call_by_keyboard_alone(self):
        self.begin()
        centre, keys = self.centre, self.centre.screen
        place = self.clerk.get('/v1/places?q=竹园街 329 号').json()['places']
        place = next(each for each in place if each['address'])

        began = time.monotonic()
        self.new()
        self.type('13912345678', '来电号码')
        keys.key('Tab')
        self.wait_focus('地址')
        self.type(place['address'][:10], '地址')
        centre.find('list item', place['address'][:10], centre.find('list', '候选地址'))
        rows = [row.name for row in centre.find('list', '候选地址').children]
        centre.picture('intake-candidates')
        self.check_words(centre)
        keys.key(*['Down'] * (1 + next(i for i, row in enumerate(rows) if place['address'][:10] in row)), 'Return')
        wait_for(lambda: centre.seek('label', re.compile(r'120\.\d{4}, 30\.\d{4}')), 'the point of the candidate')
        chosen = self.value('地址')
        keys.key('w')
        wait_for(lambda: any(each.has('checked') or each.has('pressed') for each in centre.seek(name=re.compile('^无水$'))), 'the category')
        keys.key('Tab', 'Right', 'Right')       # 报修 -> 投诉
        keys.key('Tab')
        self.wait_focus('诉求内容')
        centre.type('no water since eight')
        keys.key('Return')
        centre.type('when will it be back')
        keys.key('Tab')
        self.wait_focus('联系人')
        self.type('Song', '联系人')
        centre.picture('intake-1920')
        keys.key('ctrl+Return')
        centre.find('alert', re.compile(r'已建单：\d{4}-\d{4} · 无水'))
        print(f'# a call, typed at 25 keys a second, was an order after {time.monotonic() - began:.1f} s')

        order = wait_for(lambda: self.found('no water since eight'), 'the order at the server')
        self.assertEqual((order['channel'], order['category'], order['nature'], order['state']), ('hotline', 'no-water', 'complaint', 'received'))
        self.assertEqual(order['points'], ['no water since eight', 'when will it be back'])
        self.assertEqual(order['address'], chosen)
        self.assertTrue(order['point'])
        self.assertEqual(order['caller'], {'name': 'S**', 'phone': '139****5678'})
        self.wait_focus('来电号码')
        self.assertEqual(self.value('来电号码'), '', 'an empty form for the next call')

        # What is missing is said at its field, which has the focus then.
        self.type('13900000001', '来电号码')
        centre.key('ctrl+Return')
        centre.find('label', '请选类别')
        centre.find('label', '请填写诉求内容')
        keys.key('q')
        self.assertTrue(wait_for(lambda: [each for each in centre.seek(name=re.compile('^其他$')) if each.has('checked') or each.has('pressed')], 'the category'))
        centre.key('alt+t')
        self.wait_focus('诉求内容')
        self.type('asks for the office hours', '诉求内容')
        centre.key('ctrl+shift+Return')
        centre.find('label', '请填写答复内容')
        self.wait_focus('答复内容')
        self.type('from eight to five', '答复内容')
        centre.key('ctrl+shift+Return')
        order = wait_for(lambda: self.found('asks for the office hours'), 'the second order')
        wait_for(lambda: self.clerk.order(order['id'])['state'] == 'closed', 'it to be answered')

        # ↓ stays with the address: it says where there is no candidate, and waits for those that are not there yet.
        self.wait_focus('来电号码')
        keys.key('Tab')
        self.wait_focus('地址')
        self.type('no such place', '地址')
        keys.key('Down')
        box = centre.find('label', '没有候选').above('scroll pane')
        self.assertLessEqual(box.extents[3], 36, 'one line')
        self.wait_focus('地址')
        centre.picture('intake-no-candidates')
        keys.key('ctrl+a')
        keys.type(place['address'][:10])
        keys.key('Down', 'Down')
        wait_for(lambda: centre.seek('list item', place['address'][:10], state='selected'), 'the candidate below the street to be marked')
        keys.key('Return')
        wait_for(lambda: centre.seek('label', '户号'), 'the candidate')
        self.assertFalse([each for each in centre.seek('toggle button') if each.name == '无水' and (each.has('checked') or each.has('pressed'))], 'no category was chosen')

        # Candidates for who types elsewhere already stay away.
        centre.key('alt+d')
        self.wait_focus('地址')
        keys.key('ctrl+a')
        keys.type('竹园街')
        keys.key('Tab')
        centre.key('alt+t')
        self.wait_focus('诉求内容')
        self.type('went on at once', '诉求内容')
        self.assertFalse(centre.seek('list', '候选地址'), 'nothing pops up')

    def test_drafts_outlive_the_program(self):
        self.begin(size=(1366, 768))
        centre = self.centre
        self.new()
        self.type('13911110001', '来电号码')
        centre.key('alt+c')
        centre.key('l')
        centre.key('alt+t')
        self.type('first call', '诉求内容')
        centre.find('label', '草稿已保存')
        centre.key('Escape')                    # leaving asks nothing
        wait_for(lambda: not centre.seek('text', '诉求内容', state='focused'), 'the board')
        self.new()                              # a second call beside the first
        self.type('13911110002', '来电号码')
        self.check_in_view()
        natures = [centre.find('push button', re.compile(f'^{name}')).extents for name in ('报修', '咨询', '投诉', '建议', '求助')]
        gaps = {after[0] - before[0] - before[2] for before, after in zip(natures, natures[1:])}
        self.assertTrue(len(gaps) == 1 and max(gaps) <= 17, f'the natures are joined, with nothing between them but their padding: {gaps}')
        centre.picture('intake-1366')
        centre.find('label', '草稿已保存')
        time.sleep(0.3)                         # the thread of the disk; what is shown was given to it
        centre.kill()
        centre.start().sign_in()
        centre.find('push button', '新建工单')
        centre.key('ctrl+n')
        self.wait_focus('来电号码')
        self.assertEqual(self.value('来电号码'), '')
        self.assertEqual(self.numbers(), ['', '13911110001', '13911110002'])

        # The empty one goes at once; a filled one can be had again.
        centre.key('ctrl+w')
        self.assertEqual(self.numbers(), ['13911110001', '13911110002'])
        shown = wait_for(lambda: self.value('来电号码'), 'a draft in front')
        centre.key('ctrl+w')
        wait_for(lambda: self.value('来电号码') not in ('', shown), 'the draft to go')
        centre.click(centre.find('push button', '恢复草稿'))
        wait_for(lambda: self.value('来电号码') == shown, 'the draft to be there again')

    def numbers(self):
        """Of the callers, by going through the tabs once: what is behind the one in front is not in the tree of newer GTK."""
        numbers = []
        while (number := self.value('来电号码')) not in numbers:
            numbers.append(number)
            self.centre.key('ctrl+Tab')
            time.sleep(0.5)
        return sorted(numbers)

    def check_in_view(self):
        """All up to the contact can be seen without scrolling: it stands in the part of the form that is in view, above the foot."""
        centre = self.centre
        form = centre.seek('text', '来电号码', state='focused')[0].above('scroll pane')
        _, top, _, height = form.extents
        self.assertLess(top + height, centre.find('push button', '建单').extents[1])
        for role, name in (('text', '来电号码'), ('text', '地址'), (None, '无水'), (None, '其他'), (None, '报修'), ('text', '诉求内容'),
                           ('text', '联系人'), ('combo box', '渠道')):
            field = centre.find(role, name, form)
            _, y, _, own = field.extents
            self.assertTrue(top <= y and y + own + PADDING <= top + height, f'{field} is cut off by the foot at {top + height}')

    def test_without_a_link(self):
        self.begin()
        centre, house = self.centre, self.house
        port = house.port
        house.kill()
        centre.find('alert', '起与服务器断开')
        self.new()
        self.type('13922220001', '来电号码')
        centre.key('alt+d')
        self.type('some street 5', '地址')
        centre.key('alt+c')
        centre.key('l')
        centre.key('alt+t')
        self.type('leak while cut off', '诉求内容')
        centre.key('ctrl+Return')
        centre.find('alert', '已建单：未编号')
        centre.picture('intake-offline')
        house.start('--listen', f'127.0.0.1:{port}')
        self.clerk = house.sign_in('dispatcher')
        order = wait_for(lambda: self.found('leak while cut off'), 'the order at the server')
        self.assertEqual((order['category'], order['address'], order['caller']['phone']), ('leak', 'some street 5', '139****0001'))
        centre.find('alert', re.compile(r'已建单：\d{4}-\d{4}'))

        # What this computer cannot keep is no order: all that was typed comes back, and outlives the program.
        self.change_outbox("CREATE TRIGGER full BEFORE INSERT ON commands WHEN NEW.body LIKE '%disk is full%' BEGIN SELECT RAISE (ABORT, 'the disk is full'); END")
        self.new()
        self.type('13922220002', '来电号码')
        centre.key('alt+c')
        centre.key('l')
        centre.key('alt+t')
        self.type('leak while the disk is full', '诉求内容')
        centre.key('ctrl+Return')
        centre.find('label', '所录内容都在这里')
        self.assertNotRegex(centre.find('alert', '本机无法保存').name, '[A-Za-z]', 'what the store says is no Chinese')
        self.assertEqual(centre.seek('alert', '已建单'), [])
        self.assertEqual(self.value('来电号码'), '13922220002', 'the focus is there')
        self.assertIn('leak while the disk is full', [field.text for field in centre.seek('text', '诉求内容')])
        centre.picture('intake-not-kept')
        self.type('3', '来电号码')               # a draft, which is written
        centre.gone('alert', '本机无法保存')
        self.change_outbox('DROP TRIGGER full')
        centre.key('ctrl+n')
        wait_for(lambda: '13922220002' in (self.value('来电号码') or '') or centre.key('ctrl+Page_Up'), 'the draft in front')
        wait_for(lambda: any(field.text == 'leak while the disk is full' for field in centre.seek('text', '诉求内容')), 'the draft')
        centre.key('ctrl+Return')
        wait_for(lambda: self.found('leak while the disk is full'), 'the order at the server')

    def change_outbox(self, statement):
        """The desk is ended for it, as the file is its own."""
        self.centre.kill()
        path = next(os.path.join(folder, 'outbox.sqlite') for folder, _, files in os.walk(self.centre.home) if 'outbox.sqlite' in files)
        with contextlib.closing(sqlite3.connect(path)) as outbox:
            outbox.execute(statement)
            outbox.commit()
        self.centre.start().sign_in().find('push button', '新建工单')

    def see(self, kind, what):
        """The newest body of a kind at the server for which that holds."""
        changes, _ = self.clerk.changes()
        return next((change['body'] for change in reversed(changes) if change['kind'] == kind and what(change['body'])), None)

    def choose(self, address, account='K1'):
        """An address is typed, and its candidate taken."""
        self.centre.key('alt+d')
        self.wait_focus('地址')
        self.type(address[:-1], '地址')
        self.centre.find('list item', address, self.centre.find('list', '候选地址'))
        rows = [row.name for row in self.centre.find('list', '候选地址').children]
        self.centre.screen.key(*['Down'] * (1 + next(i for i, row in enumerate(rows) if address in row)), 'Return')
        wait_for(lambda: self.centre.seek('label', f'户号 {account}'), 'the candidate')

    def cards(self):
        return {row.name: row for row in self.centre.seek('list item', under=self.centre.find('list', '此处已知'))}

    def selected(self):
        return next((name for name, row in self.cards().items() if row.has('selected')), '')

    def test_what_is_known_there(self):
        """One key attaches the call to the outage, the sentence to read out is there, and nothing takes the focus."""
        self.begin()
        centre = self.centre
        address, (lon, lat), half = 'Elm Road 118', (120.213, 30.204), 0.004
        path = os.path.join(self.house.work, 'customers.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'account,name,phone,address,lon,lat,class\nK1,宋某,,{address},{lon},{lat},hospital\n')
        self.house.ctl('import', 'customers', path)
        ring = [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half], [lon - half, lat - half]]
        outage = self.clerk.must('declare-outage', nature='emergency', reason='主管爆裂', pipe_mm=300, starts='2026-01-01T00:00:00Z',
                                 area={'type': 'Polygon', 'coordinates': [ring]})['object']['id']
        order = self.clerk.must('receive', channel='hotline', category='no-water', text='whole house without water', point=[lon, lat])['object']['id']

        self.new()
        centre.find('label', '地址确定后')
        self.type('13933330001', '来电号码')
        self.choose(address)
        centre.find('label', '您所在区域因主管爆裂停水，恢复时间确定后会尽快告知。')
        self.assertIn('主管爆裂 DN300', self.selected())
        self.assertFalse(centre.seek(under=centre.find('list', '此处已知'), state='focused'), 'the focus stays where one types')
        centre.key('w')
        wait_for(lambda: any(each.has('checked') or each.has('pressed') for each in centre.seek(name=re.compile('^无水$'))), 'the category has the focus')
        centre.key('alt+Down')
        wait_for(lambda: 'whole house' in self.selected(), 'the order to be the active one')
        self.assertIn('距 0 米', self.selected())
        centre.key('alt+Down')          # the last one
        centre.key('alt+Up')
        wait_for(lambda: '主管爆裂' in self.selected(), 'the outage to be the active one')
        # It moves its time: what is read out follows, and what a person chose stays chosen.
        centre.key('alt+Down')
        wait_for(lambda: 'whole house' in self.selected(), 'the order to be the active one again')
        self.clerk.must('revise-outage', outage=outage, expected='2099-01-01T03:30:00Z', because='x')
        centre.find('label', '您所在区域因主管爆裂停水，预计2099年1月1日 11:30 恢复。')
        self.assertIn('whole house', self.selected())
        centre.key('alt+Up')
        wait_for(lambda: '主管爆裂' in self.selected(), 'the outage to be the active one')
        centre.picture('intake-known-1920')
        centre.key('alt+t')
        self.type('no water on the third floor', '诉求内容')
        centre.key('ctrl+l')
        centre.find('alert', re.compile('已并入：突发停水 主管爆裂 DN300 O'))
        call = wait_for(lambda: self.see('call', lambda body: body['to'] == outage), 'the call at the server')
        self.assertEqual((call['channel'], call['text'], call['address'], call['caller']['phone']), ('hotline', 'no water on the third floor', address, '139****0001'))
        self.assertEqual(wait_for(lambda: self.see('outage', lambda body: body['id'] == outage and body['calls']), 'the outage to count it')['calls'], 1)
        self.assertIsNone(self.found('no water on the third floor'), 'no order was made')
        self.wait_focus('来电号码')
        self.assertEqual(self.value('来电号码'), '', 'an empty form for the next call')
        wait_for(lambda: not self.cards(), 'nothing to be known of an address that is not there yet')

        # By pointer, to the order that was made already.
        self.choose(address)
        row = wait_for(lambda: next((row for name, row in self.cards().items() if 'whole house' in name), None), 'the order')
        centre.click(centre.find('push button', '是同一件', row))
        centre.find('alert', re.compile('已并入：.*whole house'))
        self.assertEqual(wait_for(lambda: self.see('order', lambda body: body['id'] == order and body['calls'] == 2), 'the order to count it')['state'], 'received')

        # What is chosen comes to its end: no other one takes its place under the hand.
        self.choose(address)
        wait_for(lambda: '主管爆裂' in self.selected(), 'the outage to be the active one')
        self.clerk.must('restore-outage', outage=outage)
        centre.find('label', '选中的事项已不在此处')
        self.assertEqual((len(self.cards()), self.selected()), (1, ''))
        centre.key('alt+Down')
        wait_for(lambda: 'whole house' in self.selected(), 'the one that is left to be chosen')
        centre.gone('label', '选中的事项已不在此处')

        # What is so now goes before what will be, and the sentence is of it.
        self.clerk.must('declare-outage', nature='planned', reason='换阀', starts='2099-01-01T00:00:00Z', area={'type': 'Polygon', 'coordinates': [ring]})
        self.clerk.must('report-quality', point=[lon, lat], text='brown water')
        self.new()
        self.choose(address)
        wait_for(lambda: 'brown water' in self.selected(), 'the case to be the active one')
        self.assertIn('正在调查', self.selected())
        self.assertTrue(any('换阀' in name for name in self.cards()))

    def retype(self, address):
        """Another address by hand, in the place of what is there."""
        self.centre.key('alt+d')
        self.wait_focus('地址')
        self.centre.key('ctrl+a')
        self.type(address, '地址')

    def make_leak(self, text):
        """The form becomes an order: a leak."""
        self.centre.key('alt+c')
        self.centre.key('l')
        self.centre.key('alt+t')
        self.wait_focus('诉求内容')
        self.type(text, '诉求内容')
        self.centre.key('ctrl+Return')
        return wait_for(lambda: self.found(text), f'the order {text} at the server')

    def place_by_key(self):
        """At the middle of the map, which a cross shows while the map has the focus, and where the arrows bring what is meant."""
        centre = self.centre
        layer = centre.find('image', '图上工单')
        hint = '方向键移图'

        def placed(act):
            """The place after an act that sets another one."""
            before = [label.name for label in centre.seek('label', POINT)]
            act()
            words = wait_for(lambda: [label.name for label in centre.seek('label', POINT) if label.name not in before], 'another place')[0]
            return [float(number) for number in words.split(', ')]

        self.assertFalse(centre.seek('label', hint))
        centre.key('F6')
        wait_for(lambda: layer.has('focused'), 'F6 to lead to the map')
        centre.find('label', hint)
        x, y = layer.middle
        ink = lambda: centre.colours('intake-aim', [(x + 10, y), (x - 10, y), (x, y + 10), (x, y - 10)])  # noqa: E731
        wait_for(lambda: set(ink()) == {'1C2126'}, 'the cross')
        first = placed(lambda: centre.key('Insert'))
        east = placed(lambda: centre.key('Right', 'Insert'))
        self.assertGreater(east[0], first[0])
        self.assertEqual(east[1], first[1])
        # By the accessible tree, after other keys.
        centre.key('plus', 'Up')
        north = placed(lambda: centre.find('push button', '以图中心定点').act())
        self.assertGreater(north[1], east[1])
        centre.key('F6')
        self.wait_focus('来电号码')
        centre.gone('label', hint)
        self.assertNotEqual(set(ink()), {'1C2126'}, 'the cross goes with the focus')

    def test_a_point_on_the_map(self):
        self.begin()
        centre = self.centre
        self.new()
        self.place_by_key()
        x, y, width, height = centre.geometry(centre.window)
        centre.screen.click((x + width * 3 // 4, y + height // 2))
        wait_for(lambda: centre.seek('label', re.compile(r'120\.\d{4}, 30\.\d{4}')), 'the point')
        centre.key('alt+c')
        centre.key('b')
        centre.key('alt+t')
        self.type('burst at the corner', '诉求内容')
        centre.key('ctrl+Return')
        order = wait_for(lambda: self.found('burst at the corner'), 'the order at the server')
        self.assertTrue(120 < order['point'][0] < 121 and 30 < order['point'][1] < 31, order['point'])
        self.assertIsNotNone(order['district'])

        # What a candidate brought goes with its address.
        place = next(each for each in self.clerk.get('/v1/places?q=竹园街 329 号').json()['places'] if each['address'] and each['point'])
        self.wait_focus('来电号码')
        self.choose(place['address'], place['account'])
        self.retype('Hill Road 999')
        centre.find('label', '↓ 选候选')
        order = self.make_leak('leak on the hill')
        self.assertEqual((order['address'], order.get('account'), order.get('point')), ('Hill Road 999', None, None))

        # What was clicked stays.
        self.wait_focus('来电号码')
        self.choose(place['address'], place['account'])
        shown = centre.find('label', f'户号 {place["account"]}').name
        centre.screen.click((x + width * 3 // 4, y + height // 3))
        wait_for(lambda: not centre.seek('label', shown), 'the point of the click')
        clicked = centre.find('label', f'户号 {place["account"]}').name.split(' · ')[1]
        self.retype('Hill Road 1000')
        wait_for(lambda: [label for label in centre.seek('label', clicked) if label.name == clicked], 'only the account to go')
        order = self.make_leak('leak behind the hill')
        self.assertEqual(('{:.4f}, {:.4f}'.format(*order['point']), order.get('account')), (clicked, None))

        # A number after a street is typed at the street's place.
        self.wait_focus('来电号码')
        centre.key('alt+d')
        self.wait_focus('地址')
        self.type('竹园街', '地址')
        rows = [row.name for row in centre.find('list', '候选地址').children]
        centre.screen.key(*['Down'] * (1 + next(i for i, row in enumerate(rows) if '道路' in row)), 'Return')
        wait_for(lambda: centre.seek('label', re.compile(r'120\.\d{4}, 30\.\d{4}')), 'the point of the street')
        self.type(' 999 号', '地址')
        order = self.make_leak('leak in the street')
        self.assertTrue(order['point'])


if __name__ == '__main__':
    import unittest
    unittest.main()
