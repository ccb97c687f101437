"""test_frame.py — what stands around each page: the rail, the header, the status bar, the keys from pane to pane

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import time
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import DeskCase  # noqa: E402
from server import new_id, wait_for  # noqa: E402

PLACE = [120.2335, 30.1875]     # in the east company's territory


class Frame(DeskCase):
    def setUp(self):
        super().setUp()
        self.house = self.start('--demo')
        self.clerk = self.house.sign_in('dispatcher')

    def call(self, text):
        order = new_id()
        self.clerk.must('receive', order, channel='hotline', category='leak', text=text, address='东渡大道 9 号', point=PLACE)
        return order

    def centre(self):
        desk = self.open(self.house, 'dispatcher')
        desk.find('push button', re.compile('^派单，'), timeout=120)
        return desk

    def wait_title(self, desk, title):
        wait_for(lambda: desk.stage.ask('getwindowname', desk.window).strip() == title, f'the window to be called {title}')
        desk.find('label', title)

    def is_in(self, desk, name):
        """Whether the focus is inside of what is called so."""
        control = desk.focused()
        while control is not None and control.role not in ('frame', ''):
            if name in control.name:
                return True
            control = control.parent
        return False

    def wait_pane(self, desk, key, name):
        desk.key(key)
        wait_for(lambda: self.is_in(desk, name), f'{key} to lead to {name}')

    def test_the_rail_leads_to_each_desk(self):
        centre = self.centre()
        self.call('路面冒水')
        centre.row('路面冒水')
        mine = re.compile('需要我处理')
        waiting = wait_for(lambda: re.search(r'待办 (\d+)', centre.find('push button', re.compile('^派单，')).name), 'orders to wait')
        self.assertGreaterEqual(int(waiting[1]), 1)
        centre.find(name=mine)
        self.wait_title(centre, '派单台')
        self.assertEqual(centre.seek('push button', re.compile('^冲突')), [])

        centre.click(centre.find('push button', '受理，无待办'))
        self.wait_title(centre, '受理')
        centre.find('text', '来电号码')
        centre.type('13800138000')
        centre.find('push button', '受理，待办 1')
        centre.key('alt+1')
        self.wait_title(centre, '派单台')
        centre.row('路面冒水')
        centre.key('alt+4')     # nothing was refused: there is no such desk
        self.wait_title(centre, '派单台')
        # An order belongs to the desk that it was opened from.
        centre.click(centre.row('路面冒水'))
        centre.key('Return')
        centre.find(name='经过')
        self.wait_title(centre, '派单台')
        centre.key('alt+2')
        self.wait_title(centre, '受理')
        centre.key('Escape')
        centre.find(name='经过')
        centre.picture('frame-rail')
        self.end_session(centre)

    def end_session(self, centre):
        """The server ends it: somebody has to sign in again, and finds what was typed."""
        centre.key('ctrl+shift+Return')
        answer = centre.find('dialog', '直接答复')
        centre.screen.type('half an answer')
        wait_for(lambda: centre.seek('text', None, answer)[0].text == 'half an answer', 'the words')
        self.assertEqual(self.clerk.request('DELETE', '/v1/session?all=1').status, 204)
        alert = centre.find('alert', '登录已结束')
        self.assertIn('请重新登录', alert.name)
        self.assertEqual(centre.seek('text', '来电号码'), [])
        centre.gone('dialog', '直接答复')
        centre.picture('frame-session-ended')
        centre.sign_in()
        answer = centre.find('dialog', '直接答复')
        self.assertEqual(centre.seek('text', None, answer)[0].text, 'half an answer')
        centre.key('Escape', window=centre.window_called('直接答复'))
        centre.gone('dialog', '直接答复')
        centre.find(name='经过')
        centre.key('alt+2')
        number = centre.find('text', '来电号码')
        self.assertEqual(number.text, '13800138000')

    def test_a_unit_has_no_rail(self):
        east = self.open(self.house, 'east')
        east.find('label', '新派单')
        self.wait_title(east, '东区供水公司 值班台')
        self.assertEqual(east.seek('panel', '工作台'), [])
        east.find('label', re.compile('^今日接单 0 · 办结 0 · 超时 0$'))
        order = self.call('路面冒水')
        self.clerk.must('dispatch', order=order, unit='east')
        self.house.sign_in('east').must('accept', order=order)
        east.find('label', re.compile('^今日接单 1 · 办结 0 · 超时 0$'))

    def test_the_status_bar_says_what_is_so(self):
        centre = self.centre()
        centre.find('label', '实时')
        centre.find('label', '待同步 0')
        day = centre.find('label', re.compile('^今日来单'))
        before = int(re.search(r'今日来单 (\d+)', day.name)[1])
        order = self.call('路面冒水')
        wait_for(lambda: int(re.search(r'今日来单 (\d+)', day.name)[1]) > before, 'the day to count the order')
        done = int(re.search(r'办结 (\d+)', day.name)[1])
        self.clerk.must('answer', order=order, text='已答复')
        wait_for(lambda: int(re.search(r'办结 (\d+)', day.name)[1]) > done, 'the day to count the answer')
        self.assertEqual(centre.seek('label', re.compile('^另有')), [])

        other = self.open(self.house, 'supervisor')
        centre.find('label', re.compile('^另有 1 人在线：方可$'))
        other.find('label', re.compile('^另有 1 人在线：周敏$'))
        self.call('水管漏水')
        centre.click(centre.row('水管漏水'))
        centre.key('Return')
        centre.find(name='经过')
        other.click(other.row('水管漏水'))
        other.key('Return')
        other.find('alert', '周敏 也在看此单')
        centre.find('alert', '方可 也在看此单')
        self.assertEqual(len(centre.seek(name='也在看此单')), 1, 'said once')
        other.close()

    def test_panes_of_each_page(self):
        centre = self.centre()
        self.call('路面冒水')
        centre.click(centre.row('路面冒水'))
        centre.key('Return')
        centre.find(name='经过')
        # From the verbs by way of the people and the timeline.
        for _ in range(3):
            if not self.is_in(centre, '记录'):
                centre.step('F6')
        self.assertTrue(self.is_in(centre, '记录'))
        self.wait_pane(centre, 'shift+F6', '全部')
        centre.key('alt+2')
        self.wait_title(centre, '受理')
        for key, name in (('F6', '图上工单'), ('F6', '来电号码'), ('shift+F6', '图上工单')):
            self.wait_pane(centre, key, name)

    def test_another_user_sees_nothing_of_the_first(self):
        """Whose token is over may be followed by somebody else in the same window."""
        desk = self.centre()
        self.call('路面冒水')
        desk.click(desk.row('路面冒水'))
        desk.key('ctrl+d')
        desk.find('dialog', '派单')
        self.assertEqual(self.clerk.request('DELETE', '/v1/session?all=1').status, 204)
        desk.gone('dialog', '派单')
        self.sign_in_as(desk, 'east')
        desk.find('label', '新派单')
        time.sleep(0.5)
        self.assertEqual(desk.seek('dialog'), [], 'what was asked of the first')
        self.wait_title(desk, '东区供水公司 值班台')
        for name in ('路面冒水', '待办队列', '工作台'):
            self.assertEqual(desk.seek(name=name), [])
        desk.key('Escape')      # nor does any way back lead there
        self.wait_title(desk, '东区供水公司 值班台')

        # The first comes back, and can work: nothing holds what it had open.
        self.assertEqual(self.house.sign_in('east').request('DELETE', '/v1/session?all=1').status, 204)
        self.sign_in_as(desk, 'dispatcher')
        desk.click(desk.row('路面冒水'))
        desk.key('ctrl+d')
        desk.find('dialog', '派单')
        desk.key('Return', window=desk.window_called('派单'))
        desk.row('路面冒水', '已派出')
        self.assertEqual(desk.seek('label', '本机无法保存'), [])

    def sign_in_as(self, desk, name):
        desk.click(desk.find('text', '用户名'))
        desk.screen.key('ctrl+a')
        desk.type(name)
        desk.sign_in()


if __name__ == '__main__':
    sys.exit('run by tap.py')
