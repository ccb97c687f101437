"""test_area_drafts.py — what is drawn and not yet told outlives the program, whatever ends it

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import sys
import time
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'support'))
from areas import AreaCase  # noqa: E402
from desk import LARGE  # noqa: E402
from server import wait_for  # noqa: E402


class AreaDrafts(AreaCase):
    def struck_down(self, desk):
        """SIGKILL once it is kept; what was drawn is offered again."""
        desk.find('label', re.compile('草稿已保存'))
        self.start_again(desk)

    def start_again(self, desk):
        desk.kill()
        desk.start().sign_in()
        desk.find('list', '工单')
        self.page(desk)

    def test_drawing_outlives_the_program(self):
        desk, = self.city('dispatcher', size=LARGE)
        self.page(desk)
        desk.find('push button', '申报停水…').act()
        self.layer(desk)
        desk.key('Insert', 'Insert', 'Insert', 'Insert', 'Return', 'Insert')
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))
        self.fill(desk, '原因', 'burst main')
        self.fill(desk, '预计恢复', '+3h')
        self.fill(desk, '管径', 'DN300')
        self.struck_down(desk)
        desk.find('label', re.compile('^未办完：申报停水 burst main · '))
        desk.picture('areas-31-offered')
        desk.click(desk.find('push button', '继续'))
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))
        wait_for(lambda: self.counted(desk), 'what is inside to be counted')
        self.give(desk, '申报停水')

        # Taken back, all of it is in the editor again.
        self.assertTrue(desk.find('push button', re.compile('^撤销 .*Ctrl')).act())
        desk.find(name=re.compile('^形状有效 · 5 个顶点'))
        self.assertEqual((desk.find('text', '原因').text, desk.find('text', '管径').text), ('burst main', 'DN300'))
        self.assertEqual(self.bodies('outage'), [])
        wait_for(lambda: self.counted(desk), 'what is inside to be counted again')
        self.give(desk, '申报停水')
        made = wait_for(lambda: self.bodies('outage'), 'the outage at the server')[0]
        self.assertEqual((made['reason'], made['pipe_mm'], len(self.corners_of(made))), ('burst main', 300, 6))
        hours = (datetime.fromisoformat(made['expected'].replace('Z', '+00:00')) - datetime.now(timezone.utc)) / timedelta(hours=1)
        self.assertTrue(2 < hours <= 3, 'when it was meant while it was written')

        # A revision, against what was seen: somebody else was first meanwhile.
        desk.click(self.entry(desk, 'burst main'))
        desk.find('push button', '修订…').act()
        self.fill(desk, '变更原因', 'a larger one')
        self.clerk.must('revise-outage', outage=made['id'], reason='two valves', because='two valves')
        self.struck_down(desk)
        desk.click(desk.find('push button', '继续'))
        desk.find(name='此停水区域已被他人修订')
        self.assertEqual(desk.find('text', '变更原因').text, 'a larger one')
        desk.key('Escape')
        desk.key('Tab', 'Return', window=wait_for(lambda: next((each for each in [desk.window_called('放弃所画内容？')] if each != desk.window), None), 'the question'))
        desk.find('list', '停水与水质个案')

        self.case_outside(desk)

        # What was told, and what was thrown away, is offered no more.
        self.start_again(desk)
        self.entry(desk, 'two valves')
        self.assertEqual(desk.seek('label', re.compile('^未办完')), [])

    def case_outside(self, desk):
        """In the territory of no supply company one has to be named, or nobody could ever arrive with the quality centre (R69)."""
        layer = desk.find('image', '图上工单')
        for _ in range(8):
            if layer.has('focused'):
                break
            desk.step('F6')
        desk.key('minus', *['Left'] * 4)
        desk.find('push button', '水质立案…').act()
        page = desk.find('dialog', '水质立案')
        desk.find(name=re.compile('^到场的供水公司'), under=page)
        desk.picture('areas-32-outside')
        self.ask(desk, '水质立案', 'brown water')
        # None of them is likelier than the others: nothing happens before one is chosen.
        window = desk.window_called('水质立案')
        wait_for(lambda: desk.find('text', '水质情况', page).text == 'brown water', 'the words, in a dialog that stays')
        x, y = desk.find('label', '到场的供水公司', page).middle
        desk.screen.click((x, y + 33))
        time.sleep(1.5)         # the list is a window of its own, and names nothing
        desk.screen.key('Down')
        desk.screen.key('Return')
        time.sleep(1)
        desk.picture('areas-33-chosen')
        desk.screen.click(desk.find('text', '水质情况', page).middle)
        desk.key('Return', window=window)
        case = wait_for(lambda: self.bodies('quality'), 'the case')[0]
        kinds = {unit['code']: unit['kind'] for unit in self.bodies('unit')}
        self.assertEqual([kinds[unit] for unit in case['units']], ['supply'])


if __name__ == '__main__':
    sys.exit('run by tap.py')
