"""test_alarms.py — alarms as they are seen, heard and told: bar, sounds, notifications, who is at the desk

What sounds is recorded from the monitor of a sink that nobody hears, and told by its notes; what is shown on the
desktop is read from the notification server of the stage.  Pictures stay in desktop-pictures/ of the build.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from desk import Stage  # noqa: E402
from notices import NoticeCase  # noqa: E402
from server import PASSWORD, new_id, wait_for  # noqa: E402
from sound import SoundServer  # noqa: E402

UNITS = {'east': ('东区供水公司', '8201'), 'west': ('西区供水公司', '8202')}
STAFF = {'dispatcher': ('dispatcher', None), 'supervisor': ('supervisor', None), 'east': ('unit', 'east')}


def night():
    """A zone where it is about one in the morning."""
    ahead = (1 - time.gmtime().tm_hour + 12) % 24 - 12
    return f'NIGHT{-ahead:+d}'


def brightness(picture):
    """0 is black, 1 white."""
    answer = subprocess.run(['convert', picture, '-colorspace', 'gray', '-format', '%[fx:mean]', 'info:'], stdout=subprocess.PIPE, check=True, text=True)
    return float(answer.stdout)


class AlarmCase(NoticeCase):
    def house(self, *options):
        """A server where nothing happens but what a test does."""
        self.server = self.start(*options)
        admin = self.server.sign_in_first()
        for code, (name, phone) in UNITS.items():
            admin.must('put-unit', code=code, name=name, kind='supply', phone=phone)
        for name, (role, unit) in STAFF.items():
            self.server.ctl('user', 'add', name, '--role', role, *(['--unit', unit] if unit else []), text=PASSWORD)
        self.clerk = self.server.sign_in('dispatcher')

    def call(self, text, **more):
        order = new_id()
        self.clerk.must('receive', order, channel='hotline', category='leak', text=text, address='东渡大道 9 号', point=[120.2, 30.2], **more)
        return order

    def dispatch(self, text, **more):
        order = self.call(text)
        self.clerk.must('dispatch', order=order, unit='east', **more)
        return order

    def wait_state(self, *orders, state='accepted'):
        wait_for(lambda: all(self.clerk.order(order)['state'] == state for order in orders), f'all to be {state}')

    def alert(self, desk, words, timeout=60):
        return desk.find('alert', words, timeout=timeout)

    def button(self, desk, words):
        return desk.find('push button', words)

    def presence(self, desk, **wanted):
        """Waits until the server tells so of that unit's desk."""
        with self.clerk.live() as live:
            live.until(lambda message: any(told['unit'] == desk and all(told[name] == value for name, value in wanted.items())
                                           for told in message.get('presence', ())))


class Heard(AlarmCase):
    def test_new_order_rings_until_it_is_accepted(self):
        self.house()
        ear = self.listen()
        east = self.open(self.server, 'east')
        self.alert(east, '无待处置告警')
        self.presence('east', state='online', sound=True)
        east.picture('alarms-1-none')
        self.assertEqual(ear.sounds(), [])

        begin = ear.seconds
        order = self.dispatch('路面冒水')
        self.alert(east, re.compile('^1 件新派单待接$'))
        self.hear(ear, 'order')
        print(f'# heard {ear.times()[0][1] - begin:.1f} s after it was dispatched, in the time of the recording')
        wait_for(lambda: self.shown('^1 件新派单待接$'), 'a notification')
        east.find('label', '正在响铃 · 处理即停')
        other = self.dispatch('井盖缺失')
        self.alert(east, re.compile('^2 件新派单待接$'))
        east.picture('alarms-2-ringing')
        self.hear(ear, 'order', 3)
        self.assertFalse({'urge', 'cut'} & set(ear.sounds()))
        wait_for(lambda: self.shown('^2 件新派单待接$'), 'the notification to count up')

        # The session ends: on the sign-in page no key acts, and it rings again when somebody is there.
        self.assertEqual(self.server.sign_in('east').request('DELETE', '/v1/session?all=1').status, 204)
        east.find('alert', '登录已结束')
        wait_for(lambda: not self.shown('待接'), 'the notification to be withdrawn')
        east.key('ctrl+shift+Return')
        self.quiet_for(ear, 13, but=('cut',))
        rung = ear.sounds().count('order')
        east.sign_in()
        self.hear(ear, 'order', rung + 1)
        wait_for(lambda: self.shown('^2 件新派单待接$'), 'the notification to be back')
        self.wait_state(order, other, state='dispatched')

        east.click(self.button(east, '全部接单'))
        self.wait_state(order, other)
        self.alert(east, '无待处置告警')
        wait_for(lambda: not self.shown('待接'), 'the notification to be withdrawn')
        self.quiet_for(ear, 13)
        self.assertEqual(east.quit(), 0)
        self.assertEqual(east.log(), '')

    def test_silence_by_key(self):
        self.house()
        ear = self.listen()
        east = self.open(self.server, 'east', env={'TZ': night()})
        self.dispatch('路面冒水')
        self.hear(ear, 'order')
        self.button(east, '静音 3 分钟')
        east.key('F9')
        self.button(east, '结束静音，还有 3 分钟')
        east.picture('alarms-3-silent')
        self.quiet_for(ear, 12)
        self.alert(east, '1 件新派单待接')
        east.key('F9')
        self.hear(ear, 'order', ear.sounds().count('order') + 1)
        east.key('ctrl+shift+Return')
        self.alert(east, '无待处置告警')
        self.try_sounds(east, ear)
        self.dispatch('井盖缺失')
        more = east.find(name='静音多久')
        east.click(more)
        wait_for(lambda: [item for part in more.children for item in east.seek('menu item', '静音 10 分钟', part)], 'the menu')[0].act()
        self.button(east, '结束静音，还有 10 分钟')
        east.key('ctrl+shift+Return')
        self.alert(east, '无待处置告警')

    def try_sounds(self, east, ear):
        # By key, each by its own button; and the colours at night, for it is night there.
        east.key('ctrl+comma')
        window = east.window_called('首选项')
        for name, row in ('urge', '催办'), ('cut', '断线'), ('order', '来单'):
            before = ear.sounds().count(name)
            button = east.find('push button', re.compile(f'^试听 {row}$'))
            east.click(button) if name == 'urge' else button.act()
            self.hear(ear, name, before + 1)
        light = brightness(east.picture('alarms-16-preferences'))
        night = east.find('check box', re.compile('^夜间$'))
        night.act()
        wait_for(lambda: brightness(east.picture('alarms-17-night')) < light / 2, 'dark colours')
        night.act()
        wait_for(lambda: brightness(east.picture('alarms-16-preferences')) > light - 0.02, 'light colours again')
        east.key('Escape', window=window)
        east.gone('push button', '试听')

    def test_late_acceptance_urges_the_centre_until_it_is_seen(self):
        self.house()
        ear = self.listen()
        centre = self.open(self.server, 'dispatcher')
        self.alert(centre, '无待处置告警')
        self.open(self.server, 'east', env={'PULSE_SERVER': 'unix:/nowhere'})       # which rings too
        self.presence('east', state='online')
        self.dispatch('路面冒水', limits={'accept': 'PT10S'})
        self.alert(centre, re.compile('^接单超时 · 东区供水公司已显示未接 · '))
        self.hear(ear, 'urge')
        wait_for(lambda: self.shown('^接单超时$'), 'a notification')
        centre.find('push button', re.compile('^紧急 1、'))
        centre.picture('alarms-4-late')
        centre.click(self.button(centre, '打电话 8201'))
        centre.find('label', '本机不能拨号')

        # By key to the order, and back; what was seen sounds no more.
        centre.key('F2')
        centre.find('label', re.compile('路面冒水'))
        centre.picture('alarms-5-seen')
        centre.key('Escape')
        centre.find('label', '待办队列')
        self.quiet_for(ear, 17, but=('order',))

        # Another late one makes it new again.
        heard = ear.sounds().count('urge')
        self.dispatch('井盖缺失', limits={'accept': 'PT5S'})
        self.alert(centre, re.compile('^接单超时 · 东区供水公司 · 2 单$'))
        self.hear(ear, 'urge', heard + 1)

    def test_lost_link_is_heard_once(self):
        self.house()
        ear = self.listen()
        centre = self.open(self.server, 'dispatcher')
        self.alert(centre, '无待处置告警')
        port = self.server.port
        self.server.kill()
        centre.find('alert', '起与服务器断开')
        self.alert(centre, '与服务器断开 · 急件请打电话派单', timeout=120)      # an alarm from the sixtieth second on
        self.hear(ear, 'cut')
        wait_for(lambda: self.shown('^与服务器断开$'), 'a notification')
        centre.picture('alarms-6-no-link')
        self.server.start('--listen', f'127.0.0.1:{port}')
        self.alert(centre, '无待处置告警')
        wait_for(lambda: not self.shown('^与服务器断开$'), 'it to be withdrawn')
        self.assertEqual(ear.sounds(), ['cut'])

    def test_no_device(self):
        self.house()
        folder = os.path.join(self.homes, 'no-sink')
        os.mkdir(folder)
        mute = SoundServer(folder, sink=False)
        self.addCleanup(mute.close)
        for server in (f'unix:{folder}/nothing', mute.address):
            east = self.open(self.server, 'east', env={'PULSE_SERVER': server})
            east.find('label', '本机没有声音：听不到告警')
            self.presence('east', sound=False)
            self.dispatch('路面冒水')
            self.alert(east, '新派单待接')
            east.picture('alarms-7-no-sound')
            east.key('ctrl+comma')
            east.find('label', '本机没有声音：听不到告警', east.find('frame', '首选项'))
            east.key('Escape', window=east.window_called('首选项'))
            east.gone('push button', '试听')
            self.assertEqual(east.quit(), 0)
            self.assertEqual(east.log(), '')


class Told(AlarmCase):
    def test_nobody_at_the_desk(self):
        self.house()
        centre = self.open(self.server, 'dispatcher')
        self.alert(centre, '无待处置告警')
        order = self.dispatch('路面冒水')
        self.alert(centre, '值班台无人 · 东区供水公司 · 待接 1 件')
        self.button(centre, '打电话 8201')
        centre.picture('alarms-8-nobody')
        # It is about a unit: to its card, from whichever page.
        for page in ('alt+1', 'alt+2'):
            centre.key(page)
            centre.key('F2')
            wait_for(lambda: centre.card('东区供水公司').has('focused'), f'F2 to lead to the card after {page}')
            self.assertFalse(centre.card('西区供水公司').has('focused'))
        centre.picture('alarms-8-nobody-seen')
        east = self.open(self.server, 'east')
        east.row('路面冒水')
        self.alert(centre, re.compile('^(接单|无待处置告警)'))
        east.key('Return')
        self.wait_state(order)
        self.alert(centre, '无待处置告警')

    def test_is_anybody_there(self):
        self.house('--away', '15', '--unmanned', '32')
        centre = self.open(self.server, 'dispatcher')
        east = self.open(self.server, 'east')
        east.key('shift')
        centre.find('panel', re.compile('^东区供水公司，在岗'))
        centre.find('panel', re.compile('^东区供水公司，离开'))
        self.button(east, '有人吗？')
        self.alert(east, '告诉中心这里无人值守')
        east.picture('alarms-9-anybody')
        centre.find('panel', re.compile('^东区供水公司，无人'))
        self.assertTrue(self.button(east, '有人吗？').act())         # as by a screen reader, which presses no key
        east.gone('push button', '有人吗？')
        centre.find('panel', re.compile('^东区供水公司，在岗'))
        self.button(east, '有人吗？')
        east.key('shift')
        east.gone('push button', '有人吗？')
        self.assertEqual(centre.seek('push button', '有人吗？'), [], 'a unit is asked, not the centre')

    def test_two_look_at_one_order(self):
        self.house()
        self.call('路面冒水')
        first, second = self.open(self.server, 'dispatcher'), self.open(self.server, 'supervisor')
        for desk in (first, second):
            desk.key('Home')
            desk.click(desk.row('路面冒水'), times=2)
            desk.find('label', re.compile('漏水 · 路面冒水'))
        self.alert(first, '也在看此单')
        self.alert(second, '也在看此单')
        second.picture('alarms-10-two')
        second.key('Escape')
        first.gone('alert', '也在看此单')

    def test_by_keyboard_through_all(self):
        self.house()
        centre = self.open(self.server, 'dispatcher')
        self.call('路面冒水', limits={'dispatch': 'PT5S'})
        self.alert(centre, re.compile('^派单已过时限 · '))
        self.button(centre, '派单…')
        self.dispatch('表前漏水', limits={'accept': 'PT5S'})
        self.alert(centre, re.compile('^接单超时 · 东区'))
        centre.key('F3')
        seen = wait_for(lambda: centre.seek('label', re.compile('漏水 · (路面冒水|表前漏水)')), 'an order')[0].name
        other = '表前漏水' if '路面冒水' in seen else '路面冒水'
        centre.key('F3')
        centre.find('label', re.compile(f'漏水 · {other}'))
        self.list_by_keyboard(centre)
        self.list_by_pointer(centre)
        self.many(centre)

    def focus_row(self, centre, row):
        """By arrow from the first: that nobody is at the unit's desk may stand above it."""
        wait_for(lambda: centre.seek('list item', state='focused'), 'a row to have the focus')
        wait_for(lambda: row.has('focused') or centre.step('Down') or row.has('focused'), f'the arrow key to reach {row}')

    def list_by_keyboard(self, centre):
        # All that stands, the most urgent first; Esc leads back.
        centre.key('Escape')
        centre.find('label', '待办队列')
        centre.key('shift+F2')
        late = centre.find('list item', re.compile('^紧急，接单超时 · 东区.*，已查看，.* 起$'))
        centre.find('list item', re.compile('^重要，派单已过时限 · .*，已查看，'))
        self.focus_row(centre, late)
        self.check_words(centre, {('label', 'dispatcher')})     # who sits there
        centre.picture('alarms-11-list')
        centre.key('Return')
        centre.find('label', re.compile('漏水 · 表前漏水'))
        centre.key('Escape')
        wait_for(lambda: centre.seek('list item', re.compile('^紧急，接单超时'), state='focused'), 'the focus to be back on the row')
        # From one order by the list to another: back is one step each time, through the list to the first.
        centre.key('Return')
        centre.find('label', re.compile('漏水 · 表前漏水'))
        centre.key('shift+F2')
        centre.find('list item', re.compile('^重要，派单已过时限'))
        self.focus_row(centre, centre.find('list item', re.compile('^重要，派单已过时限')))
        centre.key('Return')
        centre.find('label', re.compile('漏水 · 路面冒水'))
        centre.key('Escape')
        centre.find('list item', re.compile('^重要，派单已过时限'))
        centre.key('Escape')
        centre.find('label', re.compile('漏水 · 表前漏水'))
        centre.key('Escape')
        centre.find('label', '待办队列')
        centre.key('shift+F2')
        self.focus_row(centre, centre.find('list item', re.compile('^紧急，接单超时')))

        # Hidden for a while, with a reason; neither in the bar nor in the ear.
        for _ in range(3):
            centre.key('Tab')
        wait_for(lambda: centre.find('push button', re.compile('^搁置… 接单超时')).has('focused'), 'the focus on the button')
        centre.key('space')
        dialog = centre.find('dialog', '搁置告警')
        self.check_words(centre, {('label', 'dispatcher')})
        centre.screen.do('windowfocus', '--sync', centre.window_called('搁置告警'))
        self.assertFalse(centre.find('push button', '搁置 30 分钟', dialog).has('sensitive'), 'a reason is asked for')
        reason = centre.find('text', '为什么可以等', dialog)
        wait_for(lambda: reason.has('focused'), 'the focus in the reason')
        centre.screen.type('told them')
        wait_for(lambda: centre.find('push button', '搁置 30 分钟', dialog).has('sensitive'), 'the button to be ready')
        centre.picture('alarms-12-shelve')
        centre.screen.key('Return')
        centre.find('list item', re.compile('^紧急，接单超时 · .*，已搁置，'))
        centre.find('label', re.compile('还剩 29:.*，told them'))
        self.alert(centre, re.compile('^(派单已过时限|值班台无人) · '))      # nobody ever came to the unit's desk
        centre.find('push button', re.compile('^紧急 .*、重要 1、一般 0、搁置 1$'))
        wait_for(lambda: not self.shown('^接单超时$'), 'the notification to be withdrawn')
        centre.picture('alarms-13-shelved')
        centre.key('Escape')
        centre.gone('list item', '已搁置')

    def list_by_pointer(self, centre):
        centre.click(centre.find('push button', re.compile('^紧急')))
        self.assertTrue(centre.find('list item', re.compile('^紧急，接单超时 · .*，已搁置，')).act('alarm.take-back'))
        row = centre.find('list item', re.compile('^紧急，接单超时 · .*，已查看，'))
        self.assertTrue(row.act('alarm.shelve'))
        centre.find('dialog', '搁置告警')
        centre.key('Escape', window=centre.window_called('搁置告警'))
        centre.gone('dialog', '搁置告警')
        self.assertNotIn('alarm.take-back', row.acts)
        centre.find('push button', re.compile('^紧急 .*、重要 1、一般 0$'))

        # What is over leaves by itself into the journal, and leads to its order.
        order = next(change['body']['id'] for change in self.clerk.changes()[0] if change['kind'] == 'order' and change['body'].get('text') == '表前漏水')
        self.clerk.must('recall', order=order)
        over = centre.find('list', '已结束的告警')
        gone = centre.find('list item', re.compile(r'^紧急，接单超时 · 东区供水公司 · .*，已结束，.*\d\d:\d\d–\d\d:\d\d$'), over)
        centre.picture('alarms-14-over')
        centre.click(gone, times=2)
        centre.find('label', re.compile('漏水 · 表前漏水'))
        centre.key('Escape')
        self.assertTrue(centre.find('list item', re.compile('^紧急，接单超时.*已结束')).act('alarm.open'))
        centre.find('label', re.compile('漏水 · 表前漏水'))

    def many(self, centre):
        # More than ten in ten minutes are told as a whole; the urgent one stays single.
        for _ in range(11):
            self.call('水压低', limits={'dispatch': 'PT1S'})
        self.alert(centre, re.compile(r'^大量告警：10 分钟 1\d 条，归为 \d 组$'))
        wait_for(lambda: len(self.shown('^大量告警：')) == 1, 'one notification of all')
        centre.find('push button', re.compile('重要 1[23]、'))
        centre.picture('alarms-15-storm')
        self.dispatch('管道爆裂', limits={'accept': 'PT1S'})
        self.alert(centre, re.compile('^(接单超时|值班台无人) · 东区'))
        wait_for(lambda: self.shown('^接单超时$'), 'a notification of its own')


if __name__ == '__main__':
    sys.exit('run by tap.py')
