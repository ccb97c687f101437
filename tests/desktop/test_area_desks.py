"""test_area_desks.py — a burst, and brown water, at the desks of all who have to do with them

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from areas import LAT, LON, AreaCase  # noqa: E402
from desk import LARGE  # noqa: E402
from server import wait_for  # noqa: E402


class AreaDesks(AreaCase):
    def test_burst_is_told_by_one_desk_and_moved_by_another(self):
        desk, east = self.city('dispatcher', 'east', size=LARGE)
        self.page(desk)
        self.page(east)
        desk.click(desk.find('push button', '申报停水…'))
        self.draw(desk, (0.1, 0), (0.2, 0), (0.2, 0.1), (0.1, 0.1))     # the east company answers for it there
        desk.find(name=re.compile('^形状有效 · 4 个顶点'))
        self.fill(desk, '原因', 'burst main')
        self.fill(desk, '预计恢复', '+3h')
        desk.picture('areas-20-draw')
        desk.click(desk.find('push button', re.compile('^申报停水$')))
        page = desk.find('dialog', '申报停水')
        desk.screen.click(desk.find('push button', re.compile('^申报停水'), page).middle)
        before = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]

        # At the unit's desk by keyboard alone: the list, the button, the corner, the reason.
        self.entry(east, 'burst main')
        self.to_list(east)
        east.find('label', re.compile('^突发停水 · burst main'))
        self.press(east, '修订…')
        east.find(name=re.compile('^形状有效 · 4 个顶点'))
        wait_for(lambda: self.counted(east) is not None, 'what is inside to be counted')
        east.key('Tab', *['shift+Left'] * 20)
        east.find(name=re.compile('^第 1 点，共 4'))
        east.key('alt+w')
        wait_for(lambda: east.find('text', '变更原因').has('focused'), 'the reason to have the focus')
        east.type('a valve does not hold')
        east.picture('areas-21-move')
        self.give(east, '修订停水')
        after = wait_for(lambda: (lambda body: body if body['version'] > before['version'] else None)(self.body('outage', before['id'])), 'the revision')
        self.assertLess(min(x for x, _ in self.corners_of(after)), min(x for x, _ in self.corners_of(before)) - 0.001)
        desk.find('list item', re.compile('burst main'), desk.find('list', re.compile('^区域 1 片')))
        desk.picture('areas-22-moved')

    def test_quality_centre_alone_determines_the_area(self):
        desk, lab, east = self.city('dispatcher', 'quality', 'east', size=LARGE)
        names = '甲乙丙丁戊'
        orders = [self.call(f'{name}户水黄', (LON - 0.008 * (i % 3), LAT - 0.008 * (i // 3)), category='quality') for i, name in enumerate(names)]
        self.page(desk)

        desk.click(desk.find('push button', '放大'))      # so that each is a symbol of its own

        # Five calls, marked on the map, are one case at the place of the first.
        for i, name in enumerate(names):
            place = desk.symbol(f'{name}户水黄').middle
            desk.screen.do('keydown', 'ctrl') if i > 0 else None
            desk.screen.click(place)
            desk.screen.do('keyup', 'ctrl')
        desk.click(desk.find('push button', '水质立案…'))
        page = desk.find('dialog', '水质立案')
        self.assertFalse(desk.find('push button', re.compile('^立案'), page).has('sensitive'), 'nothing is reported without words')
        desk.find('label', re.compile('选中的 5 单'), page)
        desk.screen.click(desk.find('text', '水质情况', page).middle)
        desk.screen.do('type', '--delay', 40, 'brown water')
        desk.picture('areas-16-report')
        desk.screen.click(desk.find('push button', re.compile('^立案'), page).middle)
        made = wait_for(lambda: self.bodies('quality'), 'the case that was reported')[0]
        case = made['id']
        self.assertEqual((sorted(made['orders']), made['units'], made['text'], made['state']), (sorted(orders), ['east'], 'brown water', 'reported'))
        desk.click(self.entry(desk, '水质异常'))
        desk.find('label', '0/2')
        desk.find('label', re.compile('未到：水质检测中心、东区供水公司'))
        self.assertFalse(desk.find('push button', '划定异常区域…').has('sensitive'))
        desk.find('label', re.compile('由水质检测中心办理'))
        desk.find('label', '并案工单 5')

        # One arrives by pointer, the other by keyboard: both or none (R69).
        self.page(lab)
        lab.click(self.entry(lab, '水质异常'))
        lab.find('label', re.compile('^其中 5 单在客服中心或其他单位'))
        self.area(lab, re.compile('^水质异常'))        # at its point: nothing is drawn yet
        lab.click(lab.find('push button', '我方到场'))
        desk.find('label', '1/2')
        desk.find('label', re.compile('未到：东区供水公司'))
        self.page(east)
        self.to_list(east)
        self.press(east, '我方到场')
        desk.find('label', '2/2')
        east.gone('push button', '我方到场')
        self.assertFalse(east.find('push button', '划定异常区域…').has('sensitive'), 'the quality centre alone')

        # Its area, with the pointer; under investigation until the conclusion, which is given by keyboard.
        lab.click(lab.find('push button', '划定异常区域…'))
        self.draw(lab, (-0.42, -0.05), (0.04, -0.05), (0.04, 0.3), (-0.42, 0.3))
        lab.find(name=re.compile('^形状有效 · 4 个顶点'))
        lab.picture('areas-9-determine')
        lab.key('ctrl+Return')
        draft = wait_for(lambda: self.body('quality', case)['draft_area'], 'the area under investigation')
        self.assertLessEqual(set(orders), set(self.clerk.post('/v1/affected', {'area': draft}).json()['orders']), 'all five calls lie inside')
        desk.find('label', re.compile('^已划定，调查中，不公布'))
        desk.picture('areas-10-quality')
        self.assertEqual(self.bodies('outage'), [])
        self.to_list(lab)
        self.press(lab, re.compile('^提交结论…'))
        self.ask(lab, '提交结论', 'sediment')
        outage = wait_for(lambda: self.bodies('outage'), 'the outage that comes of it')[0]
        self.assertEqual((outage['quality'], outage['reason'], outage['unit']), (case, 'sediment', 'east'))
        for each in (desk, east):
            self.entry(each, re.compile('^突发停水 · sediment'))
        desk.click(self.entry(desk, '突发停水 · sediment'))
        desk.find('label', re.compile('^水质个案：范围仅由'))
        east.picture('areas-23-outage-of-case')

        # By keyboard, about the middle of the map.
        self.to_list(desk)
        desk.key('shift+Tab')       # from the list to the button above it
        wait_for(lambda: desk.find('push button', '水质立案…').has('focused'), 'the button to have the focus')
        desk.key('Return')
        self.ask(desk, '水质立案', 'smells of chlorine')
        other = wait_for(lambda: next((body for body in self.bodies('quality') if body['id'] != case), None), 'the case by keyboard')
        self.assertEqual((other['text'], other['state'], other['units']), ('smells of chlorine', 'reported', ['east']))


if __name__ == '__main__':
    sys.exit('run by tap.py')
