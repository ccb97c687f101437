"""scene.py — a short scene on a virtual display: a call becomes an order, is dragged onto a unit and accepted

Played by `./dev run` where there is no display.  A demo server and two real desks, the dispatcher's
and that of the east water supply company, driven with pointer and keyboard; says what happened, and leaves pictures in
the folder that it is given.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import shutil
import sys
import tempfile
import time

os.environ['WATERDESK_PICTURES'] = PICTURES = sys.argv[1]

from desk import Desk, Stage        # noqa: E402: it reads where pictures go
from server import Server, wait_for  # noqa: E402

TEXT = '路面冒水，已影响通行'


def say(words, picture=None):
    print(f'- {words}' + (f'  [{os.path.basename(picture)}]' if picture else ''), flush=True)


def play(server, homes):
    caller = server.sign_in('dispatcher')
    dispatcher = Desk(server.url, 'dispatcher', os.path.join(homes, 'dispatcher'), at=(0, 0)).start()
    say('the dispatcher signs in', dispatcher.picture('1-sign-in'))
    dispatcher.sign_in()
    east = Desk(server.url, 'east', os.path.join(homes, 'east'), at=(1400, 0)).start().sign_in()
    card = dispatcher.find(name='东区供水公司，')
    east.find(name='东区供水公司 值班台')

    order = caller.must('receive', channel='hotline', category='leak', text=TEXT, address='人民路 118 号',
                        point=[120.231, 30.2035], caller={'name': '张三', 'phone': '14012345678'})['object']['id']
    begin = time.monotonic()
    row = dispatcher.find(name=TEXT)
    say(f'a call about a leak is on the board {time.monotonic() - begin:.1f} s later', dispatcher.picture('2-board'))

    dispatcher.drag(row, card, over=lambda: say('it is dragged onto the east company, whose card says what that means',
                                                dispatcher.picture('3-drag')))
    dispatcher.find('push button', re.compile('^撤销'))
    say('it is let go: five seconds to undo', dispatcher.picture('4-undo'))
    east.find(name=TEXT)
    say("the east company's desk shows it", east.picture('5-duty'))
    east.click(east.find(role='push button', name='接单'))
    wait_for(lambda: caller.order(order)['state'] == 'accepted', 'the acceptance')
    dispatcher.find(name='已接单')
    say('it is accepted, and the dispatcher sees it', dispatcher.picture('6-accepted'))
    return [dispatcher, east]


def main():
    os.makedirs(PICTURES, exist_ok=True)
    homes = tempfile.mkdtemp(prefix='waterdesk-scene-')
    server = Server('--demo').start()
    desks = []
    try:
        desks = play(server, homes)
    finally:
        for desk in desks:
            desk.close()
        server.stop()
        Stage.close()
        shutil.rmtree(homes, ignore_errors=True)


if __name__ == '__main__':
    main()
