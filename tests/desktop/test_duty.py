"""test_duty.py — the duty desk of a unit, by pointer and by keyboard, from acceptance to the finish

What is done at the desk is read back from the server.  Pictures stay in desktop-pictures/ of the build.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

PLACE = [120.2335, 30.1875]     # in the east company's territory


class Duty(DeskCase):
    def open_duty(self, **more):
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')
        self.east = self.open(self.house, 'east', **more)
        self.east.find('label', '新派单')

    def dispatch(self, text, category='leak', **members):
        order = new_id()
        self.clerk.must('receive', order, channel='hotline', category=category, text=text, address='东渡大道 9 号', point=PLACE, **members)
        self.clerk.must('dispatch', order=order, unit='east')
        self.east.row(text)
        return order

    def wait(self, order, what, condition):
        wait_for(lambda: condition(self.clerk.order(order)), f'the server to have {what}')
        return self.clerk.order(order)

    def wait_state(self, order, state):
        return self.wait(order, f'the order {state}', lambda body: body['state'] == state)

    def last(self, order, verb):
        """What was given with the verb."""
        events = self.clerk.get(f'/v1/orders/{order}/events').json()['events']
        return [event['data'] for event in events if event['do'] == verb][-1]

    def dialog(self, title):
        dialog = self.east.find('dialog', title)
        return dialog, self.east.window_called(title)

    def type_into(self, window, text):
        self.east.screen.do('windowfocus', '--sync', window)
        self.east.screen.do('type', '--delay', 40, text)

    CREW = re.compile('^东区?[0-9一二三四五].*(空闲|途中|现场)')

    def crews(self):
        return self.east.seek('panel', self.CREW)

    def is_crew(self, control):
        return control.role == 'panel' and self.CREW.search(control.name) is not None

    def test_new_orders_by_keyboard(self):
        self.open_duty()
        east = self.east
        orders = [self.dispatch(text) for text in ('路面冒水', '表前阀门滴漏', '绿化带渗水')]
        east.picture('duty-1-new')
        self.assertEqual(len(east.seek('push button', '接单并派班组…')), 3)
        east.key('Return')
        wait_for(lambda: sum(self.clerk.order(order)['state'] == 'accepted' for order in orders) == 1, 'Enter to accept one')
        # The others from whichever page: the alarm's key is that of the window.
        east.click(east.find('push button', '查看'))
        east.click(east.row('', '已接单'), times=2)
        east.find('label', '经过')
        behind = self.shown_once_in_front()
        east.key('ctrl+shift+Return')
        for order in orders:
            self.wait_state(order, 'accepted')
        east.find('label', re.compile('没有新派单'))
        self.wait_state(behind, 'accepted')

    def shown_once_in_front(self):
        """What comes behind another page is delivered, and not shown until the duty desk is in front."""
        order = new_id()
        self.clerk.must('receive', order, channel='hotline', category='leak', text='渗水己', address='东渡大道 9 号', point=PLACE)
        self.clerk.must('dispatch', order=order, unit='east')
        self.wait(order, 'it delivered', lambda body: body['delivery']['delivered'])
        self.east.find(name='件新派单待接')
        time.sleep(1)
        self.assertFalse(self.clerk.order(order)['delivery'].get('shown'), 'nobody could see it')
        self.east.key('Escape')
        shown = self.wait(order, 'it shown', lambda body: body['delivery'].get('shown'))['delivery']
        # Taken away and sent again in one go it never left the list, and is told of anew.
        results = self.clerk.commands([{'id': new_id(), 'do': 'recall', 'order': order}, {'id': new_id(), 'do': 'dispatch', 'order': order, 'unit': 'east'}])
        self.assertTrue(all(result['ok'] for result in results))
        self.wait(order, 'it shown again', lambda body: (body['delivery'].get('shown') or '') > shown['shown'])
        return order

    def test_return_with_class_and_reason(self):
        self.open_duty()
        east = self.east
        order = self.dispatch('小区内部管道漏水')
        east.key('ctrl+g')
        east.find('label', '没有办成：到场。工单现为“待接单”，不能到场。')     # nobody goes before it is accepted
        east.key('ctrl+r')
        dialog, window = self.dialog('退回中心')
        act = east.find('push button', '回退工单', dialog)
        self.assertFalse(act.has('sensitive'), 'a return needs its evidence')
        self.check_words(east)
        east.picture('duty-2-return')
        east.key('Down', window=window)
        wait_for(lambda: east.find(name='地址有误', under=dialog).has('checked'), 'the arrow key to choose')
        east.key('Tab', 'Tab', window=window)
        self.type_into(window, 'property line, see the plan')
        wait_for(lambda: act.has('sensitive'), 'the button to follow the text')
        # Closed to look something up, and opened again: all of it is there.
        east.key('Escape', window=window)
        east.gone('dialog', '退回中心')
        east.key('ctrl+r')
        dialog, window = self.dialog('退回中心')
        wait_for(lambda: east.find('push button', '回退工单', dialog).has('sensitive'), 'the evidence to be there again')
        east.key('ctrl+Return', window=window)
        self.wait_state(order, 'received')
        given = self.last(order, 'return')
        self.assertEqual((given['class'], given['reason']), ('wrong-place', 'property line, see the plan'))
        east.gone('dialog', '退回中心')

        # In hand the window of two hours runs beside the order, and a unit can be named.
        order = self.dispatch('井盖缺失', category='cover')
        east.key('Return')
        self.wait_state(order, 'accepted')
        east.click(east.row('井盖缺失', '已接单'))
        east.key('ctrl+r')
        dialog, window = self.dialog('退回中心')
        east.find('label', '回退', dialog)
        east.key('Tab', 'space', window=window)
        time.sleep(1.5)         # the list is a window of its own, and names nothing
        east.key('Down', 'Return', 'Tab', window=window)
        self.type_into(window, 'belongs to the road')
        east.key('ctrl+Return', window=window)
        self.wait_state(order, 'received')
        given = self.last(order, 'return')
        self.assertEqual(given['class'], 'not-ours')
        self.assertTrue(given['suggested_unit'])

    def test_crew_by_drag_and_by_key(self):
        self.open_duty()
        east = self.east
        order = self.dispatch('整幢楼无水', category='no-water')
        cards = wait_for(self.crews, 'the cards of the crews')
        # A new one is accepted by it.
        east.drag(east.row('整幢楼无水'), cards[0])
        body = self.wait(order, 'it accepted', lambda body: body['state'] == 'accepted')
        self.assertIsNone(body['crew'], 'the crew can be undone for five seconds')
        east.key('ctrl+z')
        east.find('label', '已撤销')
        east.row('整幢楼无水', '待派班组')
        east.picture('duty-3-in-hand')
        self.assertIsNone(self.clerk.order(order)['crew'])

        east.drag(east.row('整幢楼无水', '待派班组'), self.crews()[1])
        first = self.wait(order, 'the crew', lambda body: body['crew'])['crew']
        east.row('整幢楼无水', '途中')
        wait_for(lambda: '途中' in self.crews()[1].name, 'the card to say where the crew is')
        east.click(east.row('整幢楼无水', '途中'))
        east.key('ctrl+b')
        dialog, window = self.dialog('派班组')
        self.assertIn('空闲', east.find('list', '班组', dialog).children[0].name)
        self.check_words(east)
        east.picture('duty-4-crews')
        east.key('Return', window=window)
        self.wait(order, 'another crew', lambda body: body['crew'] not in (None, first))

        # Both at once: accepted and sent.
        order = self.dispatch('消火栓漏水')
        east.click(east.find('push button', '接单并派班组…', east.row('消火栓漏水')))
        _, window = self.dialog('派班组')
        east.key('Return', window=window)
        self.wait(order, 'it accepted, with a crew', lambda body: body['state'] == 'accepted' and body['crew'])
        self.crew_by_acts_alone()

    def go_to_crews(self):
        if any(self.is_crew(control) and control.has('focused') for control in self.east.seek('panel')):
            return True
        self.east.key('F6')
        time.sleep(0.3)
        return False

    def crew_by_acts_alone(self):
        """As a screen reader's user does it, who has neither the keys nor a pointer at hand; and by Enter on the crew."""
        east = self.east
        order = self.dispatch('阀门井盖缺失')
        self.assertEqual(set(east.row('阀门井盖缺失').acts), {'order.accept', 'order.assign', 'order.return'})
        self.assertTrue(east.row('阀门井盖缺失').act('order.return'))
        east.find('dialog', '退回中心')
        east.key('Escape', window=east.window_called('退回中心'))
        east.gone('dialog', '退回中心')
        self.assertTrue(east.row('阀门井盖缺失').act('order.accept'))
        self.wait_state(order, 'accepted')
        row = east.row('阀门井盖缺失', '待派班组')
        self.assertLessEqual({'order.open', 'order.arrive', 'order.assign', 'order.contact', 'order.note', 'order.return'}, set(row.acts))
        self.assertNotIn('order.finish', row.acts, 'only what the state allows')
        self.assertTrue(row.act('order.note'))
        east.find('dialog', '工单记录')
        east.key('Escape', window=east.window_called('工单记录'))
        east.gone('dialog', '工单记录')
        last = self.crews()[-1]
        self.assertTrue(last.act('crew.assign'))
        wait_for(lambda: '途中' in last.name, 'the crew to be sent')
        east.key('ctrl+z')
        wait_for(lambda: '空闲' in last.name, 'it to be taken back')
        east.key('ctrl+shift+z')
        wait_for(lambda: '途中' in last.name, 'it to be given again')
        east.key('ctrl+z')
        wait_for(lambda: '空闲' in last.name, 'it to be taken back again')
        other = self.two_crews_taken_back()
        self.assertTrue(east.row('阀门井盖缺失', '待派班组').act('order.assign'))
        dialog, _ = self.dialog('派班组')
        self.assertTrue(east.find('list', '班组', dialog).children[0].act('crew.assign'))
        first = self.wait(order, 'the crew', lambda body: body['crew'])['crew']
        wait_for(self.go_to_crews, 'F6 to lead to the crews')
        east.key('Return')
        self.wait(order, 'another crew', lambda body: body['crew'] not in (None, first))
        self.assertIsNone(self.clerk.order(other)['crew'], 'what was taken back was sent')
        self.nothing_moves_under_a_drag()

    def two_crews_taken_back(self):
        """Each of two acts, the last one first, and given again in turn; acceptance with one of them stays."""
        east = self.east
        other = self.dispatch('水表井积水')
        idle = lambda: [card for card in self.crews() if '空闲' in card.name]  # noqa: E731
        crews, rows = idle(), [east.row(words) for words in ('阀门井盖缺失', '水表井积水')]
        for row, crew in zip(rows, crews):
            east.click(row)
            crew.act('crew.assign')
        for key, left in (('ctrl+z', len(crews)), ('ctrl+shift+z', len(crews) - 2), ('ctrl+z', len(crews))):
            east.key(key, key)
            wait_for(lambda: len(idle()) == left, f'{key} to leave {left} crews')
        self.wait_state(other, 'accepted')
        self.still_taken_back(rows[0], crews[0])
        return other

    def still_taken_back(self, row, crew):
        """What is done to another order ends no act that is still held."""
        east = self.east
        another = self.dispatch('水表井盖破')
        new = east.row('水表井盖破')
        east.click(row)
        crew.act('crew.assign')
        new.act('order.accept')
        east.key('ctrl+z')
        east.find('label', '已撤销')
        wait_for(lambda: '空闲' in crew.name, 'the crew to be taken back')
        self.wait_state(another, 'accepted')

    def nothing_moves_under_a_drag(self):
        """What is said above the page waits until a crew has its order."""
        east = self.east
        crew = self.crews()[2]

        def kill():
            place = crew.extents
            self.house.kill()
            east.find('label', re.compile('^断线$'))
            time.sleep(1)
            self.assertEqual(crew.extents, place)
            self.assertEqual(east.seek('alert', '起与服务器断开'), [])

        east.drag(east.row('阀门井盖缺失', '途中'), crew, over=kill)
        east.find('alert', '起与服务器断开')
        east.row('阀门井盖缺失', '途中.*未同步')

    def at_row(self, text):
        def focused():
            row = self.east.focused()
            return row is not None and row.role == 'list item' and text in row.name
        return focused

    def accepted_by_a_colleague(self):
        """Nobody's hand is led on; the keys say that nothing is selected, until F6 has led to it."""
        east = self.east
        order = self.dispatch('管道爆裂')
        wait_for(self.at_row('管道爆裂'), 'the new one to stand ready')
        colleague = self.house.sign_in('east')
        colleague.must('accept', order=order)
        row = east.row('管道爆裂', '已接单')
        self.assertFalse(row.has('selected') or row.has('focused'))
        east.key('ctrl+b')
        east.find('label', re.compile('^请先选中工单'))
        east.key('F6')
        wait_for(self.at_row('管道爆裂'), 'F6 to lead to it')
        self.assertTrue(row.has('selected'))
        east.key('ctrl+j')
        _, window = self.dialog('工单记录')
        east.key('Escape', window=window)
        east.gone('dialog', '工单记录')

    def another_comes(self):
        """The hand at an order in hand keeps the focus; F2 leads it to the new one, for Enter; and one key accepts from everywhere."""
        east = self.east
        order = self.dispatch('渗水丁')
        time.sleep(1)
        self.assertTrue(self.at_row('三楼以上水压低')(), 'the focus was stolen')
        east.key('F2')
        wait_for(self.at_row('渗水丁'), 'F2 to lead to the new one')
        east.key('ctrl+Return')     # its filled button, not that of the order in hand
        self.wait_state(order, 'accepted')
        wait_for(self.at_row('渗水丁'), 'the focus to go on with it')
        order = self.dispatch('渗水戊')
        east.find('push button', re.compile('^接单$'), east.find(name='件新派单待接').parent.parent)
        east.key('ctrl+shift+Return')
        self.wait_state(order, 'accepted')
        east.click(east.row('三楼以上水压低', '已接单'))

    def test_from_telephone_to_finish_by_keyboard(self):
        self.open_duty()
        east = self.east
        self.accepted_by_a_colleague()
        order = self.dispatch('三楼以上水压低', category='low-pressure', points=['何时修好', '是否收费'])
        east.key('shift+F6')
        wait_for(self.at_row('三楼以上水压低'), 'shift+F6 to lead to the new one')
        east.key('Return')
        self.wait_state(order, 'accepted')
        wait_for(self.at_row('三楼以上水压低'), 'the focus to go on with it')
        self.assertTrue(east.row('三楼以上水压低', '已接单').has('selected'))
        self.another_comes()
        for absent in ('办结…',):
            self.assertEqual(east.seek('push button', absent), [], 'only what the state allows')

        east.key('ctrl+t')
        dialog, window = self.dialog('电话联系反映人')
        self.type_into(window, 'comes home later')
        east.key('Tab', window=window)
        act = east.find('push button', '记下通话', dialog)
        self.check_words(east)
        self.type_into(window, 'soon')
        east.find('label', '看不懂这个时间', dialog)
        self.assertFalse(act.has('sensitive'))
        east.key('ctrl+a', window=window)
        self.type_into(window, '+2h')
        east.find('label', re.compile('^约定 .*到场时限改为此时'), dialog)
        east.picture('duty-5-telephone')
        east.key('ctrl+Return', window=window)
        body = self.wait(order, 'the appointment', lambda body: any(clock['rule'] == 'appointment' for clock in body['clocks']))
        self.assertEqual(self.last(order, 'contact')['text'], 'comes home later')
        self.assertTrue(next(clock for clock in body['clocks'] if clock['rule'] == 'arrive')['stopped_at'])
        east.gone('dialog', '电话联系反映人')

        east.key('ctrl+j')
        _, window = self.dialog('工单记录')
        self.type_into(window, 'valve 12 shut')
        east.key('ctrl+Return', window=window)
        wait_for(lambda: any(event['do'] == 'note' for event in self.clerk.get(f'/v1/orders/{order}/events').json()['events']), 'the note')
        east.gone('dialog', '工单记录')

        east.key('ctrl+g')
        self.wait_state(order, 'on-site')
        east.row('三楼以上水压低', '现场')
        east.key('ctrl+Return')         # the bar's filled one is another now
        dialog, window = self.dialog('办结工单')
        act = east.find('push button', '办结', dialog)
        self.check_words(east)
        east.picture('duty-6-finish')
        for text in ('this evening', 'no'):
            self.type_into(window, text)
            east.key('Tab', window=window)
        self.assertFalse(act.has('sensitive'), 'a finish needs its result')
        wait_for(lambda: act.refresh().description == '还需填写：\n原因与处理结果\n没有照片的原因', 'the button to say what is missing')
        self.type_into(window, 'pump restarted')
        east.key('Tab', 'space', 'Tab', window=window)
        self.type_into(window, 'camera broken')
        wait_for(lambda: act.has('sensitive'), 'all fields')
        east.key('ctrl+Return', window=window)
        self.wait_state(order, 'finished')
        given = self.last(order, 'finish')
        self.assertEqual((given['answers'], given['result'], given['repaired'], given['no_evidence']),
                         (['this evening', 'no'], 'pump restarted', True, 'camera broken'))
        east.gone('list item', '三楼以上水压低')
        self.assertEqual(east.quit(), 0)
        self.assertEqual(east.log(), '')

    def walk_panes(self):
        """F6: the new ones, those in hand, what may be done to the one selected, the crews; and back."""
        east = self.east
        self.dispatch('渗水丙')
        east.click(east.row('渗水甲'))
        wait_for(lambda: east.seek('push button', '记录…'), 'the bar of the selected order')

        def pane():
            focused = east.focused()
            if focused is None:
                return None
            if focused.above('list', 'frame').role == 'list':
                return focused.above('list').name.split('，')[0]
            return 'crews' if self.is_crew(focused) else 'bar'

        self.assertEqual(pane(), '工单')
        for key, wanted in (('F6', 'bar'), ('F6', 'crews'), ('F6', '新派单'), ('F6', '工单'), ('shift+F6', '新派单'), ('shift+F6', 'crews')):
            east.key(key)
            wait_for(lambda: pane() == wanted, f'{key} to lead to {wanted}')
            if wanted == 'bar':
                time.sleep(4)       # after three seconds GTK hides the ring
                first = east.focused()
                self.assertTrue(east.has_ring(first, 'duty-8-ring'))
                east.step('Tab')
                wait_for(lambda: east.has_ring(east.focused(), 'duty-9-ring', filled=True), 'the ring to go on')
                self.assertFalse(east.has_ring(first, 'duty-9-ring'))
        east.key('ctrl+shift+Return')
        east.row('渗水丙', '已接单')
        east.key('F6')
        wait_for(lambda: pane() == '工单', 'F6 to pass over the empty list')

    def stays_under_the_hand(self, order):
        """What is done to an order gives it another limit, and another place: not while the hand is at it."""
        east = self.east

        def texts():
            return [re.search('渗水[甲乙丙]', item.name).group() for item in east.find('list', '工单').children]

        before = texts()
        self.assertEqual(before[0], '渗水乙')
        east.click(east.row('渗水乙'))
        east.key('ctrl+g')
        self.wait_state(order, 'on-site')
        east.find('list item', re.compile('渗水乙.*现场'))
        east.find('push button', '排序有变')
        self.assertEqual(texts(), before)
        east.picture('duty-7-held')
        east.key('Home')
        wait_for(lambda: texts() != before, 'Home to sort')
        east.gone('push button', '排序有变')

    def test_filters_count(self):
        self.open_duty()
        east = self.east
        orders = [self.dispatch(text) for text in ('渗水甲', '渗水乙')]
        east.key('ctrl+shift+Return')
        for order in orders:
            self.wait_state(order, 'accepted')
        wait_for(self.at_row('渗水'), 'the focus to go on with the last of them')
        self.clerk_of_unit = self.house.sign_in('east')
        crew = next(change['body']['id'] for change in self.clerk_of_unit.changes()[0] if change['kind'] == 'crew' and change['body']['unit'] == 'east')
        self.clerk_of_unit.must('assign', order=orders[0], crew=crew)
        self.clerk_of_unit.must('arrive', order=orders[0])
        self.walk_panes()
        self.stays_under_the_hand(orders[1])
        without, on_site = east.find(name='待派班组 2'), east.find(name='现场 2')
        east.click(on_site)
        east.gone('list item', '渗水丙')
        east.row('渗水甲', '现场')
        east.click(without)
        east.row('渗水丙', '待派班组')
        east.gone('list item', '渗水甲')


if __name__ == '__main__':
    sys.exit('run by tap.py')
