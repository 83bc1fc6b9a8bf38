"""Reads what apparmor_parser hands to the kernel, and answers as the kernel would.

Formats as in Linux: security/apparmor/policy_unpack.c (stream), match.c and include/match.h (automaton),
file.c, mount.c, ipc.c and net.c (what is looked up). Read for the AppArmor ABI 3.0, whose permissions lie in the automaton itself.
"""

import struct

READ, WRITE, EXECUTE, APPEND, LINK = 4, 2, 1, 8, 16
CLASS_MOUNT, CLASS_SIGNAL, CLASS_NETWORK = 7, 10, 14
CHANGE_PROFILE = 0x80000000
OTHER_SHIFT = 14
UNCONFINED_TRANSITION = 1
MODES = {0: "enforce", 1: "complain", 2: "kill", 3: "unconfined"}


class Automaton:
    """A table-driven automaton: `accept[state]` holds what is allowed when the input ends there."""

    def __init__(self, blob):
        header = struct.unpack_from(">I", blob, 4)[0]
        at, tables = header, {}
        while at + 12 <= len(blob):
            kind, flags, _high, low = struct.unpack_from(">HHII", blob, at)
            if kind == 0:
                break
            letter = {1: "B", 2: "H", 4: "I", 8: "Q"}[flags & 15]
            tables[kind] = struct.unpack_from(f">{low}{letter}", blob, at + 12)
            size = 12 + low * (flags & 15)
            at += size + -size % 8
        self.accept, self.base, self.check, self.default = tables[1], tables[2], tables[3], tables[4]
        self.classes, self.next = tables.get(5), tables[8]

    def walk(self, state, text):
        for byte in text:
            if self.classes is not None:
                byte = self.classes[byte]
            while True:
                base = self.base[state]
                position = (base & 0xFFFFFF) + byte
                if self.check[position] == state:
                    state = self.next[position]
                    break
                state = self.default[state]
                # Differential encoding: the default state is asked about the same byte once more.
                if not base & 0x80000000:
                    break
        return state


class Stream:
    """The nested, typed values of a policy stream, as lists; a value that has a name comes as a pair."""

    def __init__(self, data):
        self.data, self.at, self.start = data, 0, 0

    def number(self, letter):
        value = struct.unpack_from("<" + letter, self.data, self.at)[0]
        self.at += struct.calcsize(letter)
        return value

    def value(self):
        kind = self.number("B")
        if kind == 4:
            name = self.take(self.number("H"))[:-1].decode()
            return (name, self.value())
        if kind < 4:
            return self.number("BHIQ"[kind])
        if kind == 5:
            return self.take(self.number("H"))[:-1].decode()
        if kind == 6:
            size = self.number("I")
            padding = (self.start - self.at) % 8
            blob = self.take(size)
            return blob[padding:]
        if kind in (7, 9):
            return self.until(kind + 1)
        if kind == 11:
            self.number("H")
            return self.until(12)
        raise ValueError(f"unknown element {kind} at {self.at}")

    def until(self, end):
        values = []
        while self.data[self.at] != end:
            values.append(self.value())
        self.at += 1
        return values

    def take(self, size):
        self.at += size
        return self.data[self.at - size : self.at]


class Profile:
    def __init__(self, values):
        named = dict(value for value in values if isinstance(value, tuple))
        self.name = values[0]
        self.mode = MODES.get(named["flags"][1], "unknown")
        plain = [value for value in values if isinstance(value, int)]
        upper = named.get("caps64", [0])
        self.capabilities = plain[0] | upper[0] << 32
        self.rules, self.rules_start = automaton_of(dict(v for v in named.get("policydb", []) if isinstance(v, tuple)), "start")
        self.files, self.files_start = automaton_of(named, "dfa_start")

    def file(self, path):
        """What the profile lets a process do with a file of its own, and with one of somebody else's: two bit masks, and where an exec leads."""
        if self.files is None:
            return 0, 0, 0
        state = self.files.walk(self.files_start, path.encode())
        # A link is looked up twice: its own name, and then the pair of it and what it shall lead to.
        pair = self.files.accept[self.files.walk(state, b"\0/tmp/file")]
        links = LINK | LINK << OTHER_SHIFT
        accepted = self.files.accept[state] & (~links | pair)
        return accepted & 0x7F, accepted >> OTHER_SHIFT & 0x7F, accepted >> 10 & 15

    def may_change_to(self, profile):
        if self.files is None:
            return False
        return bool(self.files.accept[self.files.walk(self.files_start, profile.encode())] & CHANGE_PROFILE)

    def capability(self, number):
        return bool(self.capabilities >> number & 1)

    def network(self, family, kind):
        return self.accepted(CLASS_NETWORK, struct.pack(">HH", family, kind)) != 0

    def signal_from(self, number, peer):
        return bool(self.accepted(CLASS_SIGNAL, bytes([number]) + peer.encode()) & READ)

    def mount(self, target, source, kind, flags):
        bits = bytes(bit + 1 for bit in range(32) if flags >> bit & 1)
        return bool(self.accepted(CLASS_MOUNT, b"\0".join([target.encode(), source.encode(), kind.encode(), bits])) & WRITE)

    def accepted(self, rule_class, text):
        if self.rules is None:
            return 0
        start = self.rules.walk(self.rules_start, bytes([rule_class]))
        return self.rules.accept[self.rules.walk(start, text)] if start else ~0


def automaton_of(named, start):
    blob = named.get("aadfa")
    return (None, 0) if blob is None else (Automaton(blob), named.get(start, 1))


def profiles_in(data):
    """Every profile of a compiled policy, in order."""
    stream, found = Stream(data), []
    while stream.at < len(data):
        at, value = stream.at, stream.value()
        # Each profile is a stream of its own, with a head, and automata are aligned within it.
        if isinstance(value, tuple) and value[0] == "version":
            stream.start = at
        if isinstance(value, tuple) and value[0] == "profile":
            found.append(Profile(value[1]))
    return found
