"""test_area_desks.py — a burst, and brown water, at the desks of all who have to do with them

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from areas import LAT, LON, AreaCase  # noqa: E402
from hands import Keyboard, Pointer  # noqa: E402
from server import wait_for  # noqa: E402


class AreaDesks(AreaCase):
    """Each play twice: with the pointer, and by keyboard alone."""

    def test_burst_with_the_pointer(self):
        self.play_burst(Pointer(self))

    def test_burst_by_keyboard(self):
        self.play_burst(Keyboard(self))

    def test_brown_water_with_the_pointer(self):
        self.play_brown_water(Pointer(self))

    def test_brown_water_by_keyboard(self):
        self.play_brown_water(Keyboard(self))

    def play_burst(self, hand):
        self.city()
        desk, east = hand.open('dispatcher'), hand.open('east')
        order = self.call('路面冒水', category='burst')
        hand.dispatch(desk, '路面冒水', '东区')
        hand.accept(east, '路面冒水')
        wait_for(lambda: self.clerk.order(order)['state'] == 'accepted', 'the acceptance')

        hand.page(desk)
        hand.press(desk, '申报停水…')
        hand.around(desk, '路面冒水')
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        hand.fill(desk, '原因', 'burst main')
        hand.fill(desk, '预计恢复', '+3h')
        desk.find('label', re.compile('^范围内在办工单 [1-9]'))
        desk.picture('areas-20-draw')
        hand.give(desk, '申报停水')
        before = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]
        self.assertIn(order, self.clerk.post('/v1/affected', {'area': before['area']}).json()['orders'])

        # The company whose ground it is moves its boundary.
        hand.page(east)
        hand.choose(east, 'burst main')
        hand.press(east, '修订…')
        east.find(name=re.compile('^形状有效 · 4 个顶点'))
        wait_for(lambda: self.counted(east) is not None, 'what is inside to be counted')
        hand.move_first_corner(east, self.corners_of(before))
        hand.fill(east, '变更原因', 'a valve does not hold')
        east.picture('areas-21-move')
        hand.give(east, '修订停水')
        after = wait_for(lambda: (lambda body: body if body['version'] > before['version'] else None)(self.body('outage', before['id'])), 'the revision')
        self.assertLess(min(x for x, _ in self.corners_of(after)), min(x for x, _ in self.corners_of(before)) - 0.001)
        desk.find('list item', re.compile('burst main'), desk.find('list', re.compile('^区域 1 片')))
        desk.picture('areas-22-moved')

    def play_brown_water(self, hand):
        names = '甲乙丙丁戊'
        self.city()
        desk, lab, east = (hand.open(user) for user in ('dispatcher', 'quality', 'east'))
        orders = [self.call(f'{name}户水黄', (LON - 0.008 * (i % 3), LAT - 0.008 * (i // 3)), category='quality') for i, name in enumerate(names)]

        # Five calls, marked on the map, are one case at the place of the first.
        hand.page(desk)
        hand.nearer(desk)       # so that each is a symbol of its own
        hand.mark(desk, *(f'{name}户水黄' for name in names))
        hand.press(desk, '水质立案…')
        page = desk.find('dialog', '水质立案')
        self.assertFalse(desk.find('push button', re.compile('^立案'), page).has('sensitive'), 'nothing is reported without words')
        desk.find('label', re.compile('选中的 5 单'), page)
        desk.picture('areas-16-report')
        hand.answer(desk, '水质立案', '水质情况', 'brown water', '立案')
        made = wait_for(lambda: self.bodies('quality'), 'the case that was reported')[0]
        case = made['id']
        self.assertEqual((sorted(made['orders']), made['units'], made['text'], made['state']), (sorted(orders), ['east'], 'brown water', 'reported'))
        hand.choose(desk, '水质异常')
        desk.find('label', '0/2')
        desk.find('label', re.compile('未到：水质检测中心、东区供水公司'))
        self.assertFalse(desk.find('push button', '划定异常区域…').has('sensitive'))
        desk.find('label', re.compile('由水质检测中心办理'))
        desk.find('label', '并案工单 5')

        # Both arrive, or none (R69).
        hand.page(lab)
        hand.choose(lab, '水质异常')
        lab.find('label', re.compile('^其中 5 单在客服中心或其他单位'))
        self.area(lab, re.compile('^水质异常'))        # at its point: nothing is drawn yet
        hand.press(lab, '我方到场')
        desk.find('label', '1/2')
        desk.find('label', re.compile('未到：东区供水公司'))
        hand.page(east)
        hand.choose(east, '水质异常')
        hand.press(east, '我方到场')
        desk.find('label', '2/2')
        east.gone('push button', '我方到场')
        self.assertFalse(east.find('push button', '划定异常区域…').has('sensitive'), 'the quality centre alone')

        # Its area: under investigation until the conclusion.  The case's own calls come first of all orders that lie inside.
        for i in range(14):
            self.call(f'第{i}处漏水', (LON - 0.001 * i, LAT - 0.004))
        hand.press(lab, '划定异常区域…')
        hand.surround(lab, -0.42, -0.05, 0.04, 0.3)
        lab.find(name=re.compile('^形状有效 · 4 个顶点'))
        lab.picture('areas-9-determine')
        hand.keep(lab, '存为调查区域')
        draft = wait_for(lambda: self.body('quality', case)['draft_area'], 'the area under investigation')
        self.assertLessEqual(set(orders), set(self.clerk.post('/v1/affected', {'area': draft}).json()['orders']), 'all five calls lie inside')
        desk.find('label', re.compile('^已划定，调查中，不公布'))
        inside = desk.find('label', re.compile('^范围内在办工单')).parent.parent
        for name in names:
            desk.find('label', re.compile(f'^{name}户水黄 · 已挂接'), inside)
        desk.picture('areas-10-quality')
        self.assertEqual(self.bodies('outage'), [])
        hand.press(lab, re.compile('^提交结论…'))
        hand.answer(lab, '提交结论', '原因', 'sediment', '确认区域')
        outage = wait_for(lambda: self.bodies('outage'), 'the outage that comes of it')[0]
        self.assertEqual((outage['quality'], outage['reason'], outage['unit']), (case, 'sediment', 'east'))
        for each in (desk, east):
            self.entry(each, re.compile('^突发停水 · sediment'))
        hand.choose(desk, '突发停水 · sediment')
        desk.find('label', re.compile('^水质个案：范围仅由'))
        east.picture('areas-23-outage-of-case')

        # The company revises all but its area, which stands on its map as on everybody's.
        hand.choose(east, '突发停水 · sediment')
        hand.press(east, '修订…')
        east.find('label', re.compile('^范围仅由水质检测中心在水质个案中划定'))
        self.assertFalse(east.seek('push button', '编辑顶点'))
        hand.fill(east, '预计恢复', '+5h')
        hand.fill(east, '变更原因', 'flushing takes longer')
        east.picture('areas-37-locked')
        hand.give(east, '修订停水')
        after = wait_for(lambda: (lambda body: body if body['version'] > outage['version'] else None)(self.body('outage', outage['id'])), 'the revision')
        self.assertEqual((after['area'], after['reason']), (outage['area'], 'sediment'))
        self.assertIsNotNone(after['expected'])


if __name__ == '__main__':
    sys.exit('run by tap.py')
