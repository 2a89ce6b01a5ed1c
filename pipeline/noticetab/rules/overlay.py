"""One rules file laid over another: tables merge, lists grow, single values are replaced.

The overlay says only what differs. Its words stand behind the shipped ones of a list, its tables
(``[[columns]]``) before them, because of tables the first that fits decides. ``replace`` and
``remove`` at its top take out what is shipped::

    remove = ["government.short.林草局"]       # these keys are no longer there
    replace = ["stops", "roles.same"]         # what this file says of them stands alone
    replace = ["*"]                           # nothing of the shipped file is left
"""

from __future__ import annotations

from typing import Any, NamedTuple

from noticetab.rules.lines import Key, Lines, names
from noticetab.rules.patterns import RulesError

REPLACE, REMOVE = "replace", "remove"
WHOLE = "*"

CSV_REPLACE = "#!replace"
"""The first line of a CSV file that stands in for the shipped one as a whole."""


class Source(NamedTuple):
    """A rules file: how messages call it, and its text."""

    name: str
    text: str


class Merged(NamedTuple):
    """What two files say together, and where a key of it stands.

    ``own`` has the keys that the overlay says something of and where they stand there, ``whole`` those
    of which the shipped file says nothing any more, ``before`` the lists and how many items of the
    overlay stand before the shipped ones.
    """

    data: dict[str, Any]
    own: dict[Key, Key]
    whole: set[Key]
    before: dict[Key, int]

    def place(self, key: Key) -> tuple[bool, Key]:
        """Whether ``key`` stands in the overlay, and where in that file or in the shipped one."""
        at = key
        while at and at not in self.own:
            at = at[:-1]
        if at and (at == key or at in self.whole):
            return True, self.own[at] + key[len(at) :]
        shipped: Key = ()
        for i, part in enumerate(key):
            shipped += (part - self.before.get(key[:i], 0) if isinstance(part, int) else part,)
        return False, shipped


def merged(shipped: dict[str, Any], own: dict[str, Any], source: Source) -> Merged:
    """``own``, the data of the file ``source``, laid over ``shipped``; neither is changed.

    Raises :class:`RulesError` naming file and line for a ``replace`` or ``remove`` that means nothing.
    """
    said = {key: value for key, value in own.items() if key not in (REPLACE, REMOVE)}
    base: dict[str, Any] = shipped
    for directive in (REPLACE, REMOVE):
        for dotted in _dotted(own, directive, source):
            if directive == REPLACE and dotted == WHOLE:
                base = {}
                continue
            path = names(dotted)
            if directive == REPLACE and _get(said, path) is None:
                raise _error(source, directive, f"this file does not say what {dotted!r} is; use remove")
            if _get(base, path) is None and base:
                raise _error(source, directive, f"the shipped file has no key {dotted!r}")
            base = _without(base, path)
    result = Merged({}, {}, set(), {})
    result.data.update(_laid(base, said, (), (), result))
    return result


def _dotted(own: dict[str, Any], directive: str, source: Source) -> list[str]:
    value = own.get(directive, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _error(source, directive, f'a list of dotted keys is due, such as {directive} = ["table.key"]')
    return value


def _error(source: Source, directive: str, what: str) -> RulesError:
    return RulesError(f"{source.name}:{Lines(source.text).of((directive,))}: {directive}: {what}")


def taken_out(source: Source) -> str:
    """``file:line`` where an overlay begins to take out what is shipped, for messages."""
    lines = Lines(source.text)
    return f"{source.name}:{min(lines.found.get((key,), len(lines.lines)) for key in (REMOVE, REPLACE))}"


def _get(data: Any, path: list[str]) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _without(data: dict[str, Any], path: list[str]) -> dict[str, Any]:
    first, *rest = path
    if not rest:
        return {key: value for key, value in data.items() if key != first}
    inner = data.get(first)
    return data | {first: _without(inner, rest)} if isinstance(inner, dict) else data


def _laid(base: dict[str, Any], own: dict[str, Any], at: Key, own_at: Key, to: Merged) -> dict[str, Any]:
    """``own``, which stands at ``own_at`` of the overlay, laid over ``base`` at ``at``."""
    result = dict(base)
    for name, value in own.items():
        here, there = (*at, name), (*own_at, name)
        to.own[here] = there
        shipped = base.get(name)
        if isinstance(value, dict) and isinstance(shipped, dict):
            result[name] = _laid(shipped, value, here, there, to)
        elif isinstance(value, list) and isinstance(shipped, list):
            added = [number for number, item in enumerate(value) if item not in shipped]
            # Words may stand in any order; of tables the first that fits decides, and that is the overlay's.
            first = any(isinstance(value[number], dict) for number in added)
            to.before[here] = len(added) if first else 0
            for i, number in enumerate(added, 0 if first else len(shipped)):
                to.own[(*here, i)] = (*there, number)
                to.whole.add((*here, i))
            own_items = [value[number] for number in added]
            result[name] = own_items + shipped if first else shipped + own_items
        else:
            to.whole.add(here)
            result[name] = value
    return result


class Line(NamedTuple):
    """A line of a CSV file, and where it stands."""

    source: Source
    number: int
    text: str


def lines_of(shipped: Source, own: Source | None) -> list[Line]:
    """The lines of a CSV file: those of the shipped one whose key (the first cell) the overlay does not
    have, then those of the overlay; no comments and no blank lines, one line with the columns.

    Raises :class:`RulesError` if the columns of the two differ.
    """
    if own is None:
        return _data(shipped)
    added = _data(own)
    if own.text.split("\n", 1)[0].strip() == CSV_REPLACE:
        return added
    kept = _data(shipped)
    if not added:
        return kept
    due, found = kept[0].text.strip(), added[0].text.strip()
    if due != found:
        raise RulesError(f"{own.name}:{added[0].number}: columns must be {due}, not {found}")
    keys = {_key(line) for line in added[1:]}
    return [kept[0], *(line for line in kept[1:] if _key(line) not in keys), *added[1:]]


def _data(source: Source) -> list[Line]:
    return [
        Line(source, number, line)
        for number, line in enumerate(source.text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def _key(line: Line) -> str:
    return line.text.partition(",")[0].strip().strip('"')
