"""accessible.py — what programs say of their windows on the accessibility bus (AT-SPI 2), and what can be done with it there

A whole window is read with one call, as a screen reader reads it first (org.a11y.atspi.Cache);
what one control says is asked of it anew each time.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib      # noqa: E402

from server import NotYet       # noqa: E402

BUS, ACCESSIBLE, ROOT = 'org.freedesktop.DBus', 'org.a11y.atspi.Accessible', '/org/a11y/atspi/accessible/root'
LEAVES = {'label', 'image', 'push button', 'text', 'progress bar', 'separator', 'scroll bar'}     # nothing to find in these
CALL_MS = 30000
WINDOW = int(Atspi.CoordType.WINDOW)
LABELLED_BY = int(Atspi.RelationType.LABELLED_BY)


class Bus:
    """The accessibility bus of the session bus at an address."""

    def __init__(self, session):
        answer = self.connect(session).call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                                 Gio.DBusCallFlags.NONE, CALL_MS, None)
        self.connection = self.connect(answer.unpack()[0])

    @staticmethod
    def connect(address):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, owner, path, interface, method, kinds='', *values):
        arguments = GLib.Variant(f'({kinds})', values) if kinds else None
        answer = self.connection.call_sync(owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()
        return answer[0] if answer else None

    def get(self, owner, path, interface, name):
        return self.call(owner, path, BUS + '.Properties', 'Get', 'ss', interface, name)

    def applications(self):
        """The names on the bus of all that have windows to tell of, and the process of each."""
        owners = [owner for owner, _ in self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')]
        return [(owner, self.call(BUS, '/', BUS, 'GetConnectionUnixProcessID', 's', owner)) for owner in owners]


def has(states, name):
    bit = int(getattr(Atspi.StateType, name.upper()))
    return bool(states[bit // 32] >> bit % 32 & 1)


NEWER = {'button': 'push button', 'grouping': 'panel'}      # what newer libraries call them
BUTTONS = {'push button', 'toggle button'}                  # what is either, by the library's age
LABELLED = {'menu item'}                                    # what newer ones give no name, but a label


def role_name(role):
    name = Atspi.role_get_name(Atspi.Role(role))
    return NEWER.get(name, name)


class Control:
    """One accessible object of a desk, by the names that it gives itself."""

    def __init__(self, desk, owner, path=ROOT):
        self.desk, self.owner, self.path = desk, owner, path
        self.bus = desk.stage.accessibility
        self.sought = lambda: []        # all that fit what it was found by, now

    def refresh(self):
        """Its widget may have been made anew since it was found, or a row given to another order: the first that fits now."""
        fits = self.sought()
        if fits and self not in fits:
            self.owner, self.path = fits[0].owner, fits[0].path
        return self

    def ask(self, method, kinds='', *values, interface=ACCESSIBLE):
        """A widget may be gone by the time that it is asked: that is an answer too."""
        try:
            return self.bus.call(self.owner, self.path, interface, method, kinds, *values)
        except GLib.Error:      # no object at that path, or no answer
            return None

    def get(self, name, interface=ACCESSIBLE):
        return self.ask('Get', 'ss', interface, name, interface=BUS + '.Properties')

    name = property(lambda self: self.get('Name') or (self.label if self.role in LABELLED else ''))
    description = property(lambda self: self.get('Description') or '')
    text = property(lambda self: self.ask('GetText', 'ii', 0, self.length, interface='org.a11y.atspi.Text'), doc='what is typed into it')
    length = property(lambda self: self.get('CharacterCount', 'org.a11y.atspi.Text'))

    @property
    def label(self):
        """The words that it says are its label, as a screen reader takes them where there is no name."""
        labels = [Control(self.desk, *each) for kind, those in self.ask('GetRelationSet') or [] if kind == LABELLED_BY for each in those]
        return ' '.join(label.text or '' for label in labels)

    @property
    def role(self):
        role = self.ask('GetRole')
        return '' if role is None else role_name(role)

    @property
    def children(self):
        return [Control(self.desk, owner, path) for owner, path in self.ask('GetChildren') or []]

    @property
    def parent(self):
        return Control(self.desk, *(self.get('Parent') or (self.owner, '/')))

    states = property(lambda self: self.ask('GetState') or (0, 0))

    def has(self, state):
        return has(self.states, state)

    @property
    def extents(self):
        """x, y, width, height inside the border of its window."""
        answer = self.place() or self.refresh().place()
        if not answer:
            raise NotYet(f'{self} is there no more')
        return answer

    def place(self):
        return self.ask('GetExtents', 'u', WINDOW, interface='org.a11y.atspi.Component')

    def above(self, *roles):
        """The nearest around it that has one of these roles."""
        control = self
        while control.role not in (*roles, ''):
            control = control.parent
        return control

    @property
    def middle(self):
        """Its middle on the screen."""
        toplevel = self.above('frame', 'dialog')
        left, top, wide, _ = self.desk.geometry(self.desk.window_called(toplevel.name))
        inner_x, inner_y, inner_wide, _ = toplevel.extents
        border = (wide - inner_wide) // 2
        x, y, width, height = self.extents
        return left + border + x - inner_x + width // 2, top + border + y - inner_y + height // 2

    def is_whole(self, size=12, line=18):
        """Whether a label has room for all of its words, on one line or several: by what its characters need at least.
        `size`: of a Han character in pixels; `line`: the height of a line."""
        _, _, width, height = self.extents
        needed = sum(size if ord(character) > 0x2e80 else size * 0.4 for character in self.name)
        return width * max(round(height / line), 1) >= needed

    @property
    def acts(self):
        """What a screen reader is offered to do with it, by name."""
        action = 'org.a11y.atspi.Action'
        return [self.ask('GetName', 'i', which, interface=action) for which in range(self.get('NActions', action) or 0)]

    def act(self, name=None):
        """What a screen reader does to press it, or another of its acts."""
        self.refresh()
        return self.ask('DoAction', 'i', self.acts.index(name) if name else 0, interface='org.a11y.atspi.Action')

    def tree(self):
        """Depth and control of all that can be seen in it, itself first."""
        snapshot = Snapshot(self.desk, self.owner, thorough=True)
        return [(depth, Control(self.desk, self.owner, path)) for depth, path in snapshot.walk(self.path)]

    def seek(self, fits):
        """All that can be seen in it, by levels, that fits what it is asked with: role, name and states; a leaf has nothing in it, but for
        this one, as in the list that opens on the map."""
        return self.seek_in(Snapshot(self.desk, self.owner), fits) or self.seek_in(Snapshot(self.desk, self.owner, thorough=True), fits)

    def seek_in(self, snapshot, fits):
        level, found = [self.path], []
        while level:
            below = []
            for path in level:
                role, name, states = snapshot.item(path)
                if role != 'application' and not has(states, 'visible'):
                    continue
                if fits(role, name, states):
                    found.append(Control(self.desk, self.owner, path))
                if role not in LEAVES or path == self.path:
                    below += snapshot.children(path)
            level = below
        return found

    def __eq__(self, other):
        return isinstance(other, Control) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def __repr__(self):
        return f'{self.role} “{self.name}” {self.place()}'


class Snapshot:
    """All that a program shows now: role, name and states by path.

    What was never asked for is not in the cache, and what is hidden is, with the index of the next that is not: where both come
    together, one that can be seen is missed.  The thorough one asks each for its children."""

    def __init__(self, desk, owner, thorough=False):
        self.desk, self.owner, self.thorough = desk, owner, thorough
        # There is none before somebody first asked for anything.
        items = Control(desk, owner, '/org/a11y/atspi/cache').ask('GetItems', interface='org.a11y.atspi.Cache') or []
        self.items = {path: (role_name(role), name, states) for (_, path), _, _, _, _, _, name, role, _, states in items}
        self.counts = {path: count for (_, path), _, _, _, count, *_ in items}
        self.known = {}
        for (_, path), _, (_, parent), index, *_ in items:
            self.known.setdefault(parent, []).append((index, path))

    def children(self, path):
        """Paths in their order."""
        known = sorted(self.known.get(path, []))
        if not self.thorough and path in self.counts and [index for index, _ in known] == list(range(self.counts[path])):
            return [child for _, child in known]
        return [child.path for child in Control(self.desk, self.owner, path).children]

    def item(self, path):
        role, name, _ = self.items.get(path, ('', '', None))
        if path not in self.items or (role in LABELLED and not name):
            control = Control(self.desk, self.owner, path)
            self.items[path] = (control.role, control.name, control.states)
        return self.items[path]

    def walk(self, path, depth=0):
        """Depth and path of all that can be seen from there, each before what is in it."""
        yield depth, path
        for child in self.children(path):
            if has(self.item(child)[2], 'visible'):
                yield from self.walk(child, depth + 1)
