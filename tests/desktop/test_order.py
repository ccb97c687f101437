"""test_order.py — the page of one order, opened from the queue: what happened, what is due and why, and what the centre does there

SPDX-License-Identifier: GPL-3.0-or-later
"""
import contextlib
import glob
import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from areas import at, square  # noqa: E402
from desk import LARGE, DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

PLACE = [120.2335, 30.1875]     # in the east company's territory
EAST, SOUTH = '东区供水公司', '排水公司'


class Orders(DeskCase):
    def begin(self, size=LARGE, **members):
        """A server, an order and the dispatcher's desk that has it in the queue."""
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        self.unit = self.house.sign_in('east')
        self.order = new_id()
        self.clerk.must('receive', self.order, channel='platform-12345', category='sewage-overflow', text='井口冒溢', nature='complaint',
                        reference='SZ2611240913', address='滨江南路 62 号门前', point=PLACE,
                        caller={'name': '陆先生', 'phone': '13900002056'},
                        points=['门口污水井往外冒', '要求尽快清洗路面'], **members)
        self.desk_ = self.open(self.house, 'dispatcher', size=size)
        self.desk_.row('井口冒溢')

    def open_order(self):
        """Enter in the queue; the page is there when its timeline is."""
        self.desk_.click(self.desk_.row('井口冒溢'))
        self.desk_.key('Return')
        self.story('受理，')

    def timeline(self):
        return [item.name for item in self.desk_.find('list', '经过，新的在上').children]

    def story(self, words):
        """An entry of the timeline, waited for."""
        return self.desk_.find('list item', words, self.desk_.find('list', '经过，新的在上'))

    def events(self):
        return self.clerk.get(f'/v1/orders/{self.order}/events').json()['events']

    def do(self, verb, who=None, **members):
        return (who or self.clerk).must(verb, order=self.order, **members)

    def check_due_times(self):
        """Each limit that runs says until when, and all of it."""
        due = self.desk_.seek('label', re.compile('到期$'))
        running = [each for each in self.clerk.order(self.order)['clocks'] if not each['stopped_at']]
        self.assertEqual(len(due), len(running))
        for label in due:
            self.assertTrue(label.is_whole(), f'{label} is cut off')

    def test_what_happened_and_what_is_due(self):
        self.begin()
        self.do('dispatch', unit='east')
        self.open_order()
        desk = self.desk_
        # How far it came at the unit's desk, and how long each step took.
        self.story(re.compile('派单 → .*用时 00:[0-9]+，限 05:00 · 尚未送达'))
        self.do('receipt', self.unit, what='delivered')
        self.story(re.compile('派单 → .*送达 [0-9:]{8} · 尚未显示'))
        self.do('receipt', self.unit, what='shown')
        self.do('accept', self.unit)
        self.story(re.compile('接单，.*用时 0[0-9]:[0-9]+，限 03:00 · 送达 [0-9:]{8} · 显示 [0-9:]{8}$'))
        self.assertFalse([name for name in self.timeline() if '值班台' in name.split('，')[1]], 'receipts are told there alone')
        self.do('contact', self.unit, text='反映人不在家')
        self.story('电话联系')
        acts = [name.split('，')[1] for name in self.timeline()]
        wanted = ['电话联系', '接单', f'派单 → {EAST}', '受理']
        self.assertEqual([act for act in acts if act in wanted], wanted, 'newest on top')
        for name in self.timeline():
            self.assertRegex(name, r'^\d\d:\d\d:\d\d，')
        self.assertTrue(any('反映人不在家' in name for name in self.timeline()))

        # Masked, with the points; the six steps.
        desk.find('label', '139 **** 2056')
        self.assertFalse(desk.seek(name='13900002056'))
        desk.find('label', '要求尽快清洗路面')
        self.assertEqual(len(desk.seek('label', re.compile('^未答复$'))), 2)
        for step in ('受理', '派单', '接单', '到场', '办结', '归档'):
            desk.find('label', re.compile(f'^{step}$'))

        # The clock that ends first says why; the others on demand.
        clocks = {each['rule']: each for each in self.clerk.order(self.order)['clocks'] if not each['stopped_at']}
        self.assertIn('arrive', clocks)
        desk.find('label', '条款')
        desk.find('label', re.compile('^二\.二\.1 到场'))
        desk.find('label', re.compile('制度第 1 版'))
        desk.find('label', re.compile('到场、.*约定到场'))
        desk.find('label', re.compile('^[0-9:]{8} 接单后 10 分钟$'))     # P3, or as soon as a crew has it
        self.check_due_times()
        self.check_filled()
        desk.picture('order-1920')

        crew = next(change['body']['id'] for change in self.unit.changes()[0] if change['kind'] == 'crew' and change['body']['unit'] == 'east')
        self.do('assign', self.unit, crew=crew)
        desk.find('label', re.compile('^[0-9:]{8} 派班组$'))

        # The wheel of change: what comes from elsewhere appears.
        self.do('arrive', self.unit)
        self.story('到场')

    def test_a_note_stands_in_the_timeline(self):
        self.begin()
        self.open_order()
        desk = self.desk_
        self.keep_half_a_note()
        desk.key('ctrl+j')
        desk.type('already told the caller')
        desk.key('ctrl+Return')
        self.story('already told the caller')
        wait_for(lambda: [event['data'].get('text') for event in self.events() if event['do'] == 'note'] == ['already told the caller'],
                 'the note at the server')
        # What was typed and not given stays when the link is gone; what is given then is marked.
        port = self.house.port
        self.house.kill()
        desk.find('alert', '起与服务器断开')
        desk.key('ctrl+j')
        desk.type('while away')
        desk.key('ctrl+Return')
        self.story(re.compile('未同步.*while away'))
        desk.picture('order-offline')
        self.house.start('--listen', f'127.0.0.1:{port}')
        self.clerk = self.house.sign_in('dispatcher')
        wait_for(lambda: 'while away' in [event['data'].get('text') for event in self.events()], 'the note to be sent')
        wait_for(lambda: any('while away' in name and '未同步' not in name for name in self.timeline()), 'the note to be confirmed')
        # With other rights all orders come anew: the one that is open goes on.
        self.house.sign_in('admin').must('put-staff', name='dispatcher', role='supervisor')
        desk.find('label', '待同步 0')
        self.do('dispatch', unit='east')
        self.story(f'派单 → {EAST}')
        self.assertEqual(desk.seek('alert', '已不在本台'), [])
        desk.find('push button', '收回…')
        # As a unit's user there is its duty desk, and nothing of the centre's.
        self.house.sign_in('admin').must('put-staff', name='dispatcher', role='unit', unit='east')
        desk.find('label', '新派单')
        desk.row('井口冒溢')
        for role, name in ('label', '待办队列'), ('label', '经过'), ('panel', '工作台'), ('push button', '收回…'):
            self.assertEqual(desk.seek(role, name), [])
        desk.picture('order-another-role')

    def drafts(self):
        path, = glob.glob(os.path.join(self.desk_.home, 'data', 'waterdesk', '*', 'outbox.sqlite'))
        with contextlib.closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True)) as connection:
            return [body for body, in connection.execute('SELECT body FROM drafts')]

    def keep_half_a_note(self):
        """What was typed about one order is not another's, and is there again with its own."""
        desk = self.desk_
        self.clerk.must('receive', new_id(), channel='hotline', category='leak', text='绿化带渗水', address='东渡大道 9 号', point=PLACE)
        desk.key('ctrl+j')
        desk.type('half a note')
        note = lambda: desk.find('text', '记录').text  # noqa: E731
        wait_for(lambda: note() == 'half a note', 'the note to be typed')
        wait_for(lambda: 'half a note' in self.drafts(), 'it to be on disk')
        desk.kill()
        desk.start().sign_in()
        self.open_order()
        self.assertEqual(note(), 'half a note')
        desk.key('Escape')
        desk.click(desk.row('绿化带渗水'), times=2)
        desk.find('label', re.compile('绿化带渗水$'))
        self.assertEqual(note(), '')
        desk.key('Escape')
        self.open_order()
        self.assertEqual(note(), 'half a note')
        desk.key('ctrl+j', 'ctrl+a', 'Delete')

    def test_number_is_shown_for_a_reason(self):
        self.begin()
        self.open_order()
        desk = self.desk_
        desk.click(desk.find('push button', '显示号码'))
        show = desk.find('push button', re.compile('^显示'), desk.find('dialog', '显示号码'))
        self.assertFalse(show.has('sensitive'), 'a reason is asked for')
        self.check_words(desk)
        desk.screen.do('type', '--delay', 40, 'to ask for the floor')
        wait_for(lambda: show.has('sensitive'), 'the reason to be there')
        desk.screen.key('Return')
        desk.find('label', '13900002056')
        self.story(re.compile('查看号码.*to ask for the floor'))
        looks = [event for event in self.events() if event['do'] == 'looked']
        self.assertEqual([look['data']['reason'] for look in looks], ['to ask for the floor'])
        desk.gone('label', '13900002056', timeout=45)
        desk.find('label', '139 **** 2056')

    def test_kept_number_is_shown_without_a_link(self):
        """A unit that is cut off has the callers of what it accepted (api §5), and the look stands in the history afterwards."""
        self.begin()
        self.do('dispatch', unit='east')
        desk = self.desk_ = self.open(self.house, 'east')
        desk.row('井口冒溢')
        self.do('accept', self.unit)
        wait_for(lambda: [event for event in self.events() if event['do'] == 'looked'], 'the caller to be fetched')
        time.sleep(1)           # and to be kept
        port = self.house.port
        self.house.kill()
        desk.find('alert', '起与服务器断开')
        desk.click(desk.row('井口冒溢'))
        desk.key('Return')
        show = desk.find('push button', '显示号码')
        self.assertEqual(desk.seek('label', '13900002056'), [])
        desk.click(show)
        asked = desk.find('dialog', '显示号码')
        desk.find('label', '本单位接单时留存的号码', asked)
        desk.screen.do('type', '--delay', 40, 'to find the gate')
        show = desk.find('push button', re.compile('^显示'), asked)
        wait_for(lambda: show.has('sensitive'), 'the reason to be there')
        desk.screen.key('Return')
        desk.find('label', '13900002056')
        self.story('离线时查看了反映人号码：to find the gate')
        self.house.start('--listen', f'127.0.0.1:{port}')
        self.clerk = self.house.sign_in('dispatcher')
        wait_for(lambda: '离线时查看了反映人号码：to find the gate' in [event['data'].get('text') for event in self.events()], 'the look to be told')

    def test_return_is_ruled_on(self):
        self.begin()
        self.do('dispatch', unit='east')
        self.do('accept', self.unit)
        self.do('return', self.unit, reason='not our well', suggested_unit='drainage', **{'class': 'not-ours'})
        self.open_order()
        desk = self.desk_
        desk.find('label', '回退裁定')
        desk.find('label', re.compile('东区供水公司：不属本单位'))
        grant = desk.find('push button', re.compile(f'^同意转.*{SOUTH}'))
        self.assertTrue(desk.filled([grant], 'order-ruling'))
        desk.key('ctrl+Return')
        desk.find('label', '裁定须写明理由')
        self.assertEqual(self.clerk.order(self.order)['state'], 'received')
        desk.type('it is a drain')
        desk.gone('label', '裁定须写明理由')
        self.watch_precedents()
        desk.key('ctrl+Return')
        desk.gone('label', re.compile('^回退裁定$'))
        self.story(f'同意回退 → ')
        wait_for(lambda: self.clerk.order(self.order)['state'] == 'dispatched', 'the ruling at the server')
        order = self.clerk.order(self.order)
        self.assertEqual((order['unit'], order['returned'], order['rulings'][0]['reason']), ('drainage', None, 'it is a drain'))

    def rule_on(self, returner, text, reason, category='sewage-overflow', **ruling):
        """Another order, which the unit returned and the centre ruled on; its short number."""
        order = new_id()
        self.clerk.must('receive', order, channel='hotline', category=category, text=text, point=PLACE)
        self.clerk.must('dispatch', order=order, unit=returner)
        self.house.sign_in(returner).must('return', order=order, reason='no', **{'class': 'not-ours'})
        self.clerk.must('rule-return', order=order, reason=reason, **ruling)
        return self.clerk.order(order)['number'][4:]

    def watch_precedents(self):
        """They come beside the ruling while its reason is typed: those of the same unit first; each opens its order."""
        desk = self.desk_
        desk.find('label', '近 30 天没有同类回退的裁定')
        old = self.rule_on('east', 'an old one', 'the well is ours', granted=False)
        self.rule_on('east', 'a leak', 'quite another matter', category='leak', granted=False)
        new = self.rule_on('drainage', 'a new one', 'pipe of the east', granted=True, unit='east')
        wait_for(lambda: len(self.precedents()) == 2, 'the precedents')
        first, second = self.precedents()
        self.assertRegex(first, f'^{old}，{EAST}：驳回回退，the well is ours，今天 ')
        self.assertRegex(second, f'^{new}，{SOUTH}：同意回退 → {EAST}，pipe of the east，今天 ')
        desk.gone('label', '近 30 天没有同类回退的裁定')
        desk.picture('order-ruling')
        entry = desk.find('text', '裁定理由')
        self.assertTrue(entry.has('focused'), 'what is typed goes on')
        self.assertEqual(entry.text, 'it is a drain')
        desk.click(desk.find('push button', f'打开 {new}'))
        desk.find('label', re.compile('a new one'))
        desk.key('Escape')
        self.open_order()
        self.assertEqual(desk.find('text', '裁定理由').text, 'it is a drain', 'what was typed is there again')

    def precedents(self):
        return [row.name for row in self.desk_.find('list', '同类先例').children]

    def test_back_to_where_one_was(self):
        self.begin(size=(1366, 768))
        self.open_order()
        desk = self.desk_
        # In a narrow window the clocks are the second tab on the left.
        clocks = lambda: [label for label in desk.seek('label', '条款') if label.extents[2] > 0]  # noqa: E731
        self.assertEqual(clocks(), [])
        desk.click(desk.find('page tab', '时限'))
        wait_for(clocks, 'the clocks')
        self.check_due_times()
        desk.picture('order-1366')
        desk.key('Escape')
        wait_for(lambda: desk.row('井口冒溢').has('focused'), 'the focus to be on the row again')
        # Dispatched from the page by keyboard, and taken back.
        desk.key('Return')
        self.story('受理，')
        wait_for(lambda: desk.find('push button', '派单…').has('focused'), 'the page to begin at its first verb')
        self.assertTrue(desk.has_ring(desk.focused(), 'order-ring', filled=True))
        self.check_filled('派单…')
        desk.key('ctrl+j')
        wait_for(lambda: desk.seek('text', '记录', state='focused'), 'the note to have the focus')
        self.check_filled('记录')
        desk.key('shift+F6', 'shift+F6', 'shift+F6')
        wait_for(lambda: desk.find('push button', '派单…').has('focused'), 'the verbs to have the focus')
        desk.key('ctrl+Return')
        desk.find('list', '最合适的在前')
        desk.screen.key('Return')
        self.story(re.compile('派单 → .*未同步'))
        desk.key('ctrl+z')
        wait_for(lambda: not any('派单 →' in name for name in self.timeline()), 'the dispatch to be taken back')
        self.assertEqual(self.clerk.order(self.order)['state'], 'received')
        wait_for(lambda: desk.find('push button', '派单…').has('focused'), 'the focus to stay at the verbs')
        desk.key('ctrl+shift+Return')
        answer = desk.find('dialog', '直接答复')
        desk.find('push button', '答复并归档', answer)
        self.check_words(desk)
        desk.key('Escape', window=desk.window_called('直接答复'))
        desk.gone('dialog', '直接答复')
        self.given_again()
        self.link_and_show_on_map()

    def check_filled(self, *words):
        """What Ctrl+Enter does, where it does anything, and nothing else."""
        buttons = [button for name in ('派单…', '改派…', '收回…', '直接答复…', '改类别…', '挂接…', '记录') for button in self.desk_.seek('push button', name)]
        self.assertGreater(len(buttons), 3)
        words = list(words)
        wait_for(lambda: [button.name for button in self.desk_.filled(buttons, 'order-filled')] == words, f'{words} to be filled')

    def given_again(self):
        """What was taken back, by Ctrl+Shift+Z; but in a text the keys are the text's own."""
        desk = self.desk_
        desk.key('ctrl+j')
        note = wait_for(lambda: desk.seek('text', '记录', state='focused'), 'the note to have the focus')[0]
        desk.type('word')
        wait_for(lambda: note.text == 'word', 'the text')
        for keys, text in ((('ctrl+z', 'ctrl+z'), ''), (('ctrl+shift+z', 'ctrl+shift+z'), 'word')):
            desk.key(*keys)
            wait_for(lambda: note.text == text, f'{keys[0]} to lead to “{text}”')
        self.assertFalse(any('派单 →' in name for name in self.timeline()))
        desk.key('ctrl+a', 'Delete', 'F6')
        wait_for(lambda: not note.has('focused'), 'F6 to lead on')
        desk.key('ctrl+shift+z')
        self.story(re.compile('派单 → .*未同步'))
        desk.find('label', re.compile('^已派往'))
        desk.key('ctrl+z')
        wait_for(lambda: not any('派单 →' in name for name in self.timeline()), 'it to be taken back as well')
        self.assertEqual(self.clerk.order(self.order)['state'], 'received')

    def reclassify_begins_at_its_own(self):
        desk = self.desk_
        desk.click(desk.find('push button', '改类别…'))
        dialog = desk.find('dialog', '改类别')
        act = desk.find('push button', '改类别', dialog)
        self.assertFalse(act.has('sensitive'), 'it has that category already')
        self.check_words(desk)
        window = desk.window_called('改类别')
        desk.key('space', window=window)
        time.sleep(0.5)     # the list is a window of its own, and names nothing
        desk.key('Down', 'Return', window=window)
        wait_for(lambda: act.has('sensitive'), 'another category to be chosen')
        desk.key('Escape', window=window)
        desk.gone('dialog', '改类别')

    def link_and_show_on_map(self):
        desk = self.desk_
        self.reclassify_begins_at_its_own()
        outage = self.clerk.must('declare-outage', nature='emergency', reason='爆管', starts=at(-1), expected=at(3), area=square())['object']['id']
        desk.click(desk.find('push button', '挂接…'))
        dialog = desk.find('dialog', '挂接')
        desk.picture('order-link')
        self.check_words(desk)
        desk.click(desk.find('push button', re.compile('^挂接'), dialog))
        wait_for(lambda: [link['id'] for link in self.clerk.order(self.order)['links']] == [outage], 'the link at the server')
        desk.click(desk.find('push button', '在图上显示'))
        desk.find('label', '待办队列')
        x, y = max(desk.seek('image', '图上工单'), key=lambda image: image.extents[2]).middle
        wait_for(lambda: all(abs(a - b) < 40 for a, b in zip(desk.symbol('井口冒溢').middle, (x, y))), 'the map to show it')
        self.assertTrue(desk.row('井口冒溢').has('selected'))
        self.switch_layers()
        self.arrange_units()

    def units(self):
        """The cards from above."""
        cards = [card for card in self.desk_.seek('panel', re.compile('，在办|在办')) if '班组' in card.name]
        return [card.name.split('，')[0] for card in sorted(cards, key=lambda card: card.extents[1])]

    def arrange_units(self):
        """按属地: who the selected order fits is first among the cards, until nothing is selected."""
        desk = self.desk_
        usual = self.units()
        self.assertNotEqual(usual[0], SOUTH)
        desk.click(desk.find('push button', '按属地'))
        wait_for(lambda: self.units()[0] == SOUTH, 'the drainage company, whose place and kind it is, to be first')
        desk.picture('board-by-territory')
        desk.key('Escape')
        wait_for(lambda: self.units() == usual, 'the cards to stand as before, since nothing is selected')

    def switch_layers(self):
        """Areas go from the board's map and come back by its switches, with the pointer and by key; the legend says what signs mean."""
        desk = self.desk_
        outages = desk.find('push button', re.compile('^停水 1$'))
        quality = desk.find('push button', re.compile('^水质$'))
        self.assertTrue(outages.has('pressed') and quality.has('pressed'))
        areas = desk.find('list', re.compile('^区域 1 片$'))
        desk.click(outages)
        wait_for(lambda: areas.name == '区域 0 片', 'the outage to go from the map')
        self.assertEqual((outages.name, outages.has('pressed')), ('停水 1', False), 'how many are open is said all the same')
        desk.step('Tab')
        desk.key('space')
        wait_for(lambda: not quality.has('pressed'), 'the switch beside it to be pressed by key')
        legend = desk.find(name=re.compile('^图例$'))
        desk.click(legend)
        for words in ('已派出，尚未接单', '计划停水', '污水冒溢'):
            desk.find('label', re.compile(f'^{words}$'), legend)
        desk.picture('board-legend')
        desk.screen.key('Escape')
        desk.gone('label', '已派出，尚未接单', legend)
        desk.step('shift+Tab', 'shift+Tab')     # from the legend back past the crews
        desk.key('space')
        wait_for(lambda: quality.has('pressed'), 'the cases to be shown again')
        desk.step('shift+Tab')
        desk.key('space')
        wait_for(lambda: areas.name == '区域 1 片', 'the outage to be there again')


if __name__ == '__main__':
    import unittest
    unittest.main()
