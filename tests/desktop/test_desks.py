"""test_desks.py — two desks at one server, by pointer and by keyboard: from the call to the unit's acceptance

The server is the demo, whose own orders come and go meanwhile.  Pictures of what was seen stay in
desktop-pictures/ of the build.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import os
import re
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase  # noqa: E402
from link import Link  # noqa: E402
from notices import NoticeCase  # noqa: E402
from server import PASSWORD, new_id, wait_for  # noqa: E402

EAST, SOUTH = '东区供水公司', '南区供水公司'
PLACE = [120.2335, 30.1875]     # in its territory


class Desks(NoticeCase):
    def two_desks(self, lines=False, **more):
        """A server, a dispatcher's desk and the east company's, both with a live link; over `lines` that can be cut if wanted."""
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        self.lines = [Link(self.house.port) for _ in range(2 if lines else 0)]
        for line in self.lines:
            self.addCleanup(line.close)
        centre, east = [line.url for line in self.lines] or [self.house] * 2
        self.centre = self.open(centre, 'dispatcher', **more)
        self.east = self.open(east, 'east')
        self.east.find('label', '新派单')
        self.centre.find('panel', re.compile(f'^{EAST}，在岗'))

    def call(self, text, **members):
        """A call is received elsewhere."""
        order = new_id()
        self.clerk.must('receive', order, **{'channel': 'hotline', 'category': 'leak', 'text': text, 'address': '东渡大道 9 号',
                                             'point': PLACE, **members})
        return order

    def state(self, order):
        return self.clerk.order(order)['state']

    def wait_state(self, order, state):
        wait_for(lambda: self.state(order) == state, f'the order to be {state} at the server')

    def verbs(self, order):
        answer = self.clerk.get(f'/v1/orders/{order}/events')
        return [event['do'] for event in answer.json()['events']]

    def show_alone(self, words):
        """Brings the map to the order, near enough that no other hides in its symbol."""
        self.centre.choose(self.centre.row(words), '在图上显示')
        # The page of a new call has a map as well, which is not in front.
        pane = max(self.centre.seek('image', '图上工单'), key=lambda image: image.extents[2]).middle
        wait_for(lambda: all(abs(a - b) < 40 for a, b in zip(self.centre.symbol(words).middle, pane)),
                 'the map to show the order in its middle')
        return self.centre.symbol(words)

    def test_order_goes_from_the_map_to_the_unit(self):
        self.two_desks()
        centre, east = self.centre, self.east
        queue, in_view = centre.find('list', '工单'), centre.find('list', re.compile('^图中'))

        began = time.monotonic()
        order = self.call('路面冒水，已影响通行')
        took = {}
        for what, where in (('queue', queue), ('map', in_view)):
            wait_for(lambda: any('路面冒水' in item.name for item in where.children), f'the order in the {what}')
            took[what] = time.monotonic() - began
        print(f'# posted over HTTP, in the queue after {took["queue"]:.2f} s, on the map after {took["map"]:.2f} s')
        centre.picture('1-received')

        # Taken back within five seconds: as if it had not been.
        symbol, card = self.show_alone('路面冒水'), centre.card(EAST)
        centre.drag(symbol, card, over=lambda: centre.picture('2-held-over-the-card'))
        # From another page too: what was done last, wherever the hand is by then.
        self.assertTrue(centre.row('路面冒水').act('order.open'))
        centre.find('label', '经过')
        centre.key('ctrl+z')
        centre.find('label', '已撤销')
        centre.key('Escape')    # leads back, and is not spent on the toast
        centre.gone('label', '经过')
        time.sleep(6)           # past the hold
        self.assertEqual(self.verbs(order), ['receive'])
        centre.key('alt+1')
        centre.row('路面冒水', '待派单')
        centre.gone('list item', re.compile('路面冒水.*(未同步|东区)'), queue)
        centre.find('panel', re.compile(f'^{EAST}，在岗，在办 0，待接 0'))

        # And let go: the unit's desk rings and shows it, until it is accepted.
        ear = self.listen()
        wait_for(lambda: ear.seconds > 1, 'the ear to listen')
        self.assertEqual(ear.sounds(), [])
        centre.drag(self.show_alone('路面冒水'), centre.card(EAST))
        centre.picture('3-dropped')
        self.wait_state(order, 'dispatched')
        centre.find('panel', re.compile(f'^{EAST}，在岗，在办 1，待接 1'))
        card = east.row('路面冒水')
        centre.row('路面冒水', '东区 · 已显示')
        wait_for(lambda: self.shown('^1 件新派单待接$'), 'a notification')
        self.hear(ear, 'order', 2)
        east.picture('4-arrived-at-the-unit')
        east.click(east.find('push button', '接单', card))
        self.wait_state(order, 'accepted')
        centre.row('路面冒水', '东区 · 已接单')
        centre.find('panel', re.compile(f'^{EAST}，在岗，在办 1，待接 0'))
        east.row('路面冒水', '已接单')
        wait_for(lambda: not self.shown('待接'), 'the notification to be withdrawn')
        self.quiet_for(ear, 12)

        # Another by Enter.
        other = self.call('阀门井盖缺失', point=[PLACE[0] + 0.01, PLACE[1]])
        self.clerk.must('dispatch', order=other, unit='east')
        east.row('阀门井盖缺失')
        east.key('shift+F6', 'Return')          # from the one in hand to the new one
        self.wait_state(other, 'accepted')
        centre.row('阀门井盖缺失', '东区 · 已接单')
        centre.picture('5-accepted')
        east.picture('6-in-hand')

        # The crew stands on the map at the order that it is sent to.
        unit = self.house.sign_in('east')
        crew = next(change['body'] for change in unit.changes()[0] if change['kind'] == 'crew' and change['body']['unit'] == 'east')
        unit.must('assign', order=order, crew=crew['id'])
        centre.find('list item', re.compile(f'路面冒水.*班组 {crew["name"]}$'), in_view)
        centre.picture('7-crew-on-the-map')

    def check_facts(self, dialog):
        """All that speaks for and against each unit can be read, every word of it."""
        for row in self.centre.find('list', '责任单位', dialog).children:
            facts = [label for label in self.centre.seek('label', under=row) if label.name[:2] in ('属地', '归类', '时限', '在办', '班组', '值班')]
            for name in ('归类', '时限', '在办', '值班', *(['属地'] if '供水' in row.name else [])):
                self.assertTrue(any(label.name.startswith(name) for label in facts), f'{row} says nothing of {name}')
            for label in facts:
                self.assertTrue(label.is_whole(), f'{label} is cut off')

    def test_order_goes_by_keyboard_alone(self):
        self.two_desks()
        centre = self.centre
        order = self.call('水表前阀门滴漏')
        selected = lambda: centre.row('水表前阀门滴漏').has('selected')  # noqa: E731

        def down():
            if not selected():
                centre.key('Down')
                time.sleep(0.2)
            return selected()

        wait_for(down, 'the arrow keys to reach the order')
        for undo in (True, False):
            centre.key('ctrl+d')
            dialog = centre.find('dialog', '派单')
            best = centre.find('list', '责任单位', dialog).children[0]
            self.assertIn(EAST, best.name)
            self.assertIn('辖区', best.name)
            self.check_facts(dialog)
            centre.picture('8-units-by-keyboard')
            centre.key('Return', window=centre.window_called('派单'))
            if undo:
                centre.key('ctrl+z')
                centre.find('label', '已撤销')
                time.sleep(6)   # past the hold
                self.assertEqual(self.verbs(order), ['receive'])
        self.wait_state(order, 'dispatched')
        self.east.row('水表前阀门滴漏')
        self.east.key('Return')
        self.wait_state(order, 'accepted')
        centre.row('水表前阀门滴漏', '东区 · 已接单')
        self.go_by_acts_alone()

    def go_by_acts_alone(self):
        """As a screen reader's user does it, who has neither the keys nor a pointer at hand."""
        centre = self.centre
        order = self.call('消火栓漏水')
        row = centre.row('消火栓漏水')
        self.assertLessEqual({'order.open', 'order.dispatch'}, set(row.acts))
        self.assertNotIn('order.recall', row.acts, 'only what the state allows')
        self.assertNotIn('order.dispatch', centre.find('list item', re.compile('^需要我处理$')).acts)
        for origin, name, undo in ((row, EAST, True), (centre.symbol('消火栓漏水'), EAST, False)):
            self.assertTrue(origin.act('order.dispatch'))
            dialog = centre.find('dialog', '派单')
            unit = next(unit for unit in centre.find('list', '责任单位', dialog).children if name in unit.name)
            self.assertTrue(unit.act('unit.dispatch'))
            centre.gone('dialog', '派单')
            centre.find('label', re.compile(f'已派往{EAST}'))
            if undo:
                self.assertTrue(centre.find('push button', re.compile('^撤销')).act())
                centre.find('label', '已撤销')
                time.sleep(6)   # past the hold
                self.assertEqual(self.verbs(order), ['receive'])
        self.wait_state(order, 'dispatched')
        for origin in (centre.row('消火栓漏水', '东区'), centre.symbol('消火栓漏水')):
            self.assertTrue(origin.act('order.link'))
            centre.find('label', '目前没有停水或水质个案')
            centre.gone('label', '目前没有停水或水质个案')
        self.assertTrue(centre.row('消火栓漏水', '东区').act('order.show-on-map'))
        x, y = max(centre.seek('image', '图上工单'), key=lambda image: image.extents[2]).middle
        wait_for(lambda: all(abs(a - b) < 40 for a, b in zip(centre.symbol('消火栓漏水').middle, (x, y))), 'the map to show it')
        self.assertTrue(centre.symbol('消火栓漏水').act('order.recall'))
        self.wait_state(order, 'received')
        # What is selected, from the unit's own card.
        self.assertTrue(centre.card(SOUTH).act('unit.dispatch'))
        dialog = centre.find('dialog', '派单')
        wait_for(lambda: any(unit.has('focused') and SOUTH in unit.name for unit in centre.find('list', '责任单位', dialog).children), 'that unit to be chosen')
        centre.key('Return', window=centre.window_called('派单'))
        centre.find('label', re.compile(f'已派往{SOUTH}'))
        self.wait_state(order, 'dispatched')
        for origin in (centre.row('消火栓漏水', '南区'), centre.symbol('消火栓漏水')):
            self.assertTrue(origin.act('order.open'))
            centre.find('label', '经过')
            centre.key('Escape')
            centre.find('label', '待办队列')

    def pane(self):
        """Which of the board's panes has the focus."""
        self.centre.take_keyboard()     # which another desk may have, or one that has ended
        control = self.centre.focused()
        if control is None:
            return None
        if control.role == 'image':
            return 'map'
        around = control.above('list', 'panel', 'frame').name
        return 'queue' if around == '工单' else 'units' if '在办' in around else around

    def follow_panes(self):
        """F6 and Shift+F6 lead from the queue around and back."""
        for key, wanted in (('F6', 'map'), ('F6', 'units'), ('F6', 'queue'), ('shift+F6', 'units'), ('shift+F6', 'map')):
            self.centre.key(key)
            wait_for(lambda: self.pane() == wanted, f'{key} to lead to the {wanted}')

    def test_without_a_link_nothing_is_lost(self):
        self.two_desks(lines=True)
        self.cut_the_link_for_a_minute()
        self.kill_the_server()

    def cut_the_link_for_a_minute(self):
        centre, east = self.centre, self.east
        accepted, contested, given = orders = [self.call(text) for text in ('北环路口积水', '绿化带渗水', '整幢楼无水')]
        for order in (accepted, contested):
            self.clerk.must('dispatch', order=order, unit='east')
        for text in ('北环路口积水', '绿化带渗水'):
            east.row(text)
            centre.row(text, '东区 · 已显示')
        began = time.monotonic()
        for line in self.lines:
            line.cut()

        # Both go on, with different orders and with the same one.
        centre.drag(centre.row('整幢楼无水'), centre.card(EAST))
        centre.row('整幢楼无水', '东区.*未同步')
        centre.click(centre.row('绿化带渗水'))
        centre.key('ctrl+e')
        centre.row('绿化带渗水', '待派单.*未同步')
        for text in ('北环路口积水', '绿化带渗水'):
            east.click(east.find('push button', '接单', east.row(text)))
            east.row(text, '已接单.*未同步')
        self.follow_panes()
        for desk in (centre, east):
            desk.find('alert', '起与服务器断开')
            desk.find('label', '待同步 2')
            desk.picture(f'12-cut-off-{desk.user}')
        self.assertEqual([self.verbs(order) for order in orders], [['receive', 'dispatch', 'receipt']] * 2 + [['receive']])
        time.sleep(max(0, began + 60 - time.monotonic()))

        # The unit is heard first; the recall comes too late, and a person at the centre decides.
        centre_line, east_line = self.lines
        east_line.mend()
        for order in (accepted, contested):
            self.wait_state(order, 'accepted')
            accept = next(event for event in self.clerk.get(f'/v1/orders/{order}/events').json()['events'] if event['do'] == 'accept')
            self.assertLess(accept['at'], accept['entered_at'], 'the time that it really had')
        east.find('label', '待同步 0')
        centre_line.mend()
        centre.find('alert', '没有办成')
        east.click(east.find('push button', '接单', east.row('整幢楼无水')))
        self.wait_state(given, 'accepted')
        centre.click(centre.find('push button', '看双方'))
        centre.click(centre.find('push button', re.compile('^保留对方')))
        centre.gone('alert', '没有办成')

        # And both agree, with each other and with the server.
        for text, order in zip(('北环路口积水', '绿化带渗水', '整幢楼无水'), orders):
            centre.row(text, '东区 · 已接单')
            east.row(text, '已接单')
            body = self.clerk.order(order)
            self.assertEqual((body['state'], body['unit']), ('accepted', 'east'))
            self.assertEqual(self.verbs(order), ['receive', 'dispatch', 'receipt', 'accept'])
        for desk in (centre, east):
            desk.find('label', '待同步 0')
            desk.gone('alert', '起与服务器断开')
            self.assertEqual(desk.seek('list item', '未同步'), [])

    def kill_the_server(self):
        """In the middle of a drag from the map, and later of one from the queue."""
        centre, east, house, port = self.centre, self.east, self.house, self.house.port

        def kill():
            place = centre.card(EAST).extents
            house.kill()
            centre.find('label', '断线中，单位现在收不到')
            self.assertEqual(centre.card(EAST).extents, place, 'nothing moves under the hand')

        accepted_offline = self.call('阀门井盖缺失')
        dropped_offline = self.call('三楼以上水压低', point=[PLACE[0] + 0.01, PLACE[1]])
        self.clerk.must('dispatch', order=accepted_offline, unit='east')
        east.row('阀门井盖缺失')
        centre.drag(self.show_alone('三楼以上水压低'), centre.card(EAST), over=kill)
        centre.find('label', re.compile('已派往'))
        centre.key('ctrl+z')
        centre.find('label', '已撤销')
        centre.find('alert', '起与服务器断开。派单只记在本机')
        centre.row('三楼以上水压低', '待派单')
        centre.gone('list item', re.compile('三楼以上水压低.*未同步'))
        self.assertEqual(self.pane(), 'map')
        east.find('alert', '起与服务器断开。收不到新派单')
        centre.find('panel', re.compile(f'^{EAST}，断线中'))

        centre.drag(centre.row('三楼以上水压低'), centre.card(EAST))
        centre.row('三楼以上水压低', '东区.*未同步')
        centre.picture('9-no-link')
        east.click(east.find('push button', '接单', east.row('阀门井盖缺失')))
        east.row('阀门井盖缺失', '已接单.*未同步')
        for desk in (centre, east):
            desk.find('label', '待同步 1')
        # The unit's desk dies too, before what it has accepted is sent.
        east.kill()
        self.bring_back(port, started=east)
        self.wait_state(accepted_offline, 'accepted')
        east.row('阀门井盖缺失', '已接单')
        self.assertEqual(self.verbs(accepted_offline).count('accept'), 1)
        self.wait_state(dropped_offline, 'dispatched')
        centre.row('阀门井盖缺失', '东区 · 已接单')

        last = self.call('消火栓漏水')
        centre.drag(centre.row('消火栓漏水'), centre.card(EAST), over=kill)
        centre.row('消火栓漏水', '东区.*未同步')
        self.assertEqual(self.pane(), 'queue')
        centre.find('label', '待同步 1')
        self.bring_back(port)
        for order, text in ((dropped_offline, '三楼以上水压低'), (last, '消火栓漏水')):
            self.wait_state(order, 'dispatched')
            east.click(east.find('push button', '接单', east.row(text)))
            self.wait_state(order, 'accepted')
            centre.row(text, '东区 · 已接单')
            self.assertEqual(self.verbs(order).count('dispatch'), 1)

    def bring_back(self, port, started=None):
        """The server, and then a desk that was killed meanwhile."""
        self.house.start('--listen', f'127.0.0.1:{port}')
        if started:
            started.start().sign_in()
            started.find('label', '新派单')
        for desk in (self.centre, self.east):
            desk.find('label', '待同步 0')
            desk.gone('alert', '起与服务器断开')

    def widths(self):
        """Of the queue and of the units."""
        return self.centre.find('list', '工单').extents[2], self.centre.card(EAST).extents[2]

    def widen(self, queue_by, units_by):
        """Drags the dividers beside them."""
        for which, by in enumerate((queue_by, -units_by)):
            between = self.centre.find('image', '图上工单')
            (x, y), width, before = between.middle, between.extents[2], self.widths()[which]
            edge = x - width // 2 - 1 if which == 0 else x + width // 2
            self.centre.screen.drag((edge, y), (edge + by, y))
            wait_for(lambda: self.widths()[which] > before + 20, 'the divider to be dragged')
        return self.widths()

    def spoil_copy(self):
        """Random bytes over the start of the dead desk's copy; returns its path."""
        copy, = glob.glob(os.path.join(self.centre.home, 'data', 'waterdesk', '*', 'replica.sqlite'))
        for path in glob.glob(copy + '-*'):
            os.remove(path)         # or what SQLite keeps there would heal it
        with open(copy, 'r+b') as file:
            file.write(os.urandom(8192))
        return copy

    def spoil_outbox(self):
        """Random bytes in the last of what the dead desk had not sent; what was there before can be read.  Returns its path."""
        outbox, = glob.glob(os.path.join(self.centre.home, 'data', 'waterdesk', '*', 'outbox.sqlite'))
        with sqlite3.connect(outbox) as db:
            db.execute("INSERT INTO commands (place, id, chain, body, given_at) SELECT MAX(place) + 1, 'last', 'last', ?, 0 FROM commands", ('x' * 50000,))
        db.close()
        with open(outbox, 'r+b') as file:
            file.seek(-40000, os.SEEK_END)
            file.write(os.urandom(40000))
        return outbox

    def test_killed_desk_sends_at_its_next_start(self):
        self.two_desks(env={'GSETTINGS_BACKEND': 'keyfile'})
        self.call('绿化带渗水', point=[120.19, 30.18])
        order = self.call('三楼以上水压低')
        wide = self.widen(70, 50)
        self.centre.click(self.centre.find('push button', re.compile('^班组$')))
        symbol, card = self.show_alone('三楼以上水压低'), self.centre.card(EAST)
        self.centre.drag(symbol, card)
        wait_for(lambda: '待接 1' in card.name, 'the card to count what was dropped')
        self.centre.kill()
        self.assertEqual(self.verbs(order), ['receive'], 'it was to be killed while the drop is held')
        copy = self.spoil_copy()
        self.centre.start().sign_in()
        self.wait_state(order, 'dispatched')
        self.centre.row('三楼以上水压低', '东区')
        self.assertEqual(self.verbs(order).count('dispatch'), 1)

        # The copy was damaged meanwhile: set aside, said, fetched anew; what was held went out all the same.
        self.centre.find('alert', re.compile('工单副本已损坏.*没有丢失'))
        self.assertTrue(os.path.exists(copy + '.damaged-1'))
        self.centre.row('绿化带渗水')
        self.centre.picture('11-damaged-copy')
        self.centre.click(self.centre.find('push button', '知道了'))
        self.centre.gone('alert', '工单副本已损坏')
        wait_for(lambda: all(abs(now - left) <= 1 for now, left in zip(self.widths(), wide)), 'the dividers to be where they were left')
        self.assertFalse(self.centre.find('push button', re.compile('^班组$')).has('pressed'), 'the map leaves the crews out, as it was left')

        # So is what waits to be sent, as far as it can be read.
        other = self.call('消火栓漏水')
        self.centre.drag(self.centre.row('消火栓漏水'), self.centre.card(EAST))
        self.centre.row('消火栓漏水', '东区.*未同步')
        self.centre.kill()
        outbox = self.spoil_outbox()
        self.centre.start().sign_in()
        self.wait_state(other, 'dispatched')
        self.centre.find('alert', re.compile('待发操作的文件已损坏.*能读出的已保留，照常发出；请核对'))
        self.assertTrue(os.path.exists(outbox + '.damaged-1'))
        self.centre.row('消火栓漏水', '东区')
        self.centre.find('label', '待同步 0')

    def test_quit_sends_what_is_held(self):
        self.two_desks()
        order = self.call('消火栓漏水')
        card = self.centre.card(EAST)
        self.centre.drag(self.show_alone('消火栓漏水'), card)
        wait_for(lambda: '待接 1' in card.name, 'the card to count what was dropped')
        self.assertEqual(self.centre.quit(), 0)
        self.wait_state(order, 'dispatched')
        self.assertEqual(self.east.quit(), 0)
        for desk in (self.centre, self.east):
            self.assertEqual(desk.log(), '')


class Words(DeskCase):
    """What people read, and what a screen reader says."""

    def test_every_control_has_a_chinese_name(self):
        server = self.start('--demo')
        clerk = server.sign_in('dispatcher')
        order = new_id()
        clerk.must('receive', order, channel='platform-12345', category='quality', text='水发黄', address='人民路 118 号', point=PLACE)
        clerk.must('dispatch', order=order, unit='east')
        centre, east = self.desk(server, 'dispatcher'), self.desk(server, 'east')
        centre.find('push button', '登录')
        self.check_words(centre)
        for desk in (centre, east):
            desk.sign_in()
            desk.row('水发黄')
            self.check_words(desk)
        centre.key('ctrl+n')
        centre.find('text', '来电号码')
        self.check_words(centre)
        centre.key('alt+1')
        centre.click(centre.row('水发黄'))
        centre.key('Return')
        centre.find('label', '经过')
        self.check_words(centre)
        self.check_ruling(server, clerk, centre)
        self.check_asked(server, order, centre)
        self.check_windows(centre)
        centre.key('Escape')
        centre.find('label', '待办队列')
        centre.click(centre.row('水发黄'))
        clerk.must('recall', order=order, reason='wrong place')
        centre.row('水发黄', '待派单')
        centre.key('ctrl+d')
        centre.find('dialog', '派单')
        self.check_words(centre)
        centre.key('Escape', window=centre.window_called('派单'))
        centre.gone('dialog', '派单')
        server.kill()
        for desk in (centre, east):
            desk.find('alert', '起与服务器断开')
            self.check_words(desk)


    def check_ruling(self, server, clerk, centre):
        """An order that was returned, with the ruling that it waits for."""
        returned = new_id()
        clerk.must('receive', returned, channel='hotline', category='sewage-overflow', text='井口冒溢', address='人民路 118 号', point=PLACE)
        clerk.must('dispatch', order=returned, unit='drainage')
        unit = server.sign_in('drainage')
        unit.must('accept', order=returned)
        unit.must('return', order=returned, reason='不是排水管', suggested_unit='south', **{'class': 'not-ours'})
        centre.key('Escape')
        centre.click(centre.row('井口冒溢'))
        centre.key('Return')
        ruling = centre.find('label', '回退裁定')
        wait_for(lambda: ruling.extents[2] > 0, 'what waits for a ruling to be in front')
        self.check_words(centre)
        centre.key('Escape')
        centre.click(centre.row('水发黄'))
        centre.key('Return')
        centre.find('label', re.compile('水发黄'))

    def check_asked(self, server, order, centre):
        """What is asked before an accepted order is taken from its unit."""
        server.sign_in('east').must('accept', order=order)
        centre.find('push button', '收回…')
        for key, title in (('ctrl+e', '收回'), ('ctrl+d', '改派')):
            wait_for(lambda: centre.key(key) or centre.seek('dialog', title), f'{key} to ask')
            self.check_words(centre)
            centre.key('Escape', window=centre.window_called(title))
            centre.gone('dialog', title)

    def check_windows(self, centre):
        own = {('page tab', 'GtkLabel'), ('label', 'GtkLabel')}     # of the toolkit's header: pages, and a title that is not shown
        centre.key('ctrl+comma')
        centre.find('frame', '首选项')
        self.check_words(centre, own)
        centre.key('Escape', window=centre.window_called('首选项'))
        centre.gone('frame', '首选项')
        # The window of keys is GTK's, with the names that GTK gives to keys and nothing: the words are ours.
        centre.key('ctrl+question')
        window = centre.find('frame', '快捷键')
        words = [label.name for label in centre.seek('label', under=window)]
        self.assertTrue(any('全部快捷键' in name for name in words), words)     # newer GTK says key and words in one
        for name in words:
            self.assertRegex(name, '[\u4e00-\u9fff]|^([A-Z]|F[0-9]+|[A-Z][a-z]+( [A-Z][a-z]+)?|[^A-Za-z]*|GtkLabel)$', 'neither Chinese nor a key')
        centre.key('Escape', window=centre.window_called(window.name))
        centre.gone('frame', '快捷键')


class SignIn(DeskCase):
    def web_site(self):
        """A server of something else."""
        process = subprocess.Popen([sys.executable, '-c', 'import http.server, socketserver; '
                                    's = socketserver.TCPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler); '
                                    'print(s.server_address[1], flush=True); s.serve_forever()'], cwd=self.homes, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return f'http://127.0.0.1:{process.stdout.readline().strip()}'

    def test_problems_are_said(self):
        server = self.start('--demo')
        desk = self.desk(server, 'dispatcher').sign_in('wrong')
        desk.find('alert', '用户名或密码不对')
        desk.picture('10-wrong-password')
        port = server.port
        server.kill()
        desk.sign_in()
        desk.find('alert', '服务器没有回应')
        server.start('--listen', f'127.0.0.1:{port}')
        desk.sign_in()
        desk.find('label', '待办队列')

        somebody = self.web_site()
        for url, words in ((somebody, '不是水务派单台的服务器'), (server.url.replace('http:', 'https:'), '该地址没有加密')):
            wrong = self.desk(url, 'dispatcher').sign_in()
            print('#', url, wrong.find('alert', words).name)
            self.assertEqual(wrong.find('text', '密码').length, len(PASSWORD), 'what was typed stays')
            wrong.picture('10-wrong-server')
            wrong.close()

        other = self.desk('127.0.0.1:1', 'dispatcher').sign_in()
        other.find('alert', re.compile('http://.*开头'))


if __name__ == '__main__':
    sys.exit('run by tap.py')
