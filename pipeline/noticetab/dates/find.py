"""Finds every date in running text, or reads a phrase as one: the same grammar for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from noticetab.dates.found import Found, resolve
from noticetab.dates.grammar import read
from noticetab.dates.model import Anchor, AnchorLike, PartialDate, Printed
from noticetab.dates.patterns import patterns

_LIST_SIGNS = frozenset(("、", "和", "及", "与", "以及"))
_OPENING = " \t\r\n\u3000\u00a0于在自从由定"
_CLOSING = " \t\r\n\u3000\u00a0，。；、：,;:.!！?？"


def find(text: str, anchor: AnchorLike = None) -> list[Found]:
    """Every date and period of ``text``, in order, none overlapping another.

    ``anchor`` (a year, the day of the document, or an :class:`Anchor`) gives parts that are not
    printed; without it they stay missing and :meth:`Found.resolve` can give them later. Text that
    only looks like a date (document and telephone numbers, plan periods, editions, templates) is
    passed over. Never raises, whatever the text; the time taken grows with its length only.

    >>> [str(d.first) for d in find("定于5月20日至31日举行，6月16日前报送总结。")]
    ['????-05-20', '????-06-16']
    """
    known = Anchor.of(anchor)
    return [resolve(item, text[item.start : item.end], known) for item in _scan(text)]


def parse(phrase: str, anchor: AnchorLike = None) -> Found | None:
    """The date or period that the whole ``phrase`` is, or None.

    White space, 于, 在, 自, 从 before it and closing punctuation behind it do not count. Offsets
    are into ``phrase``.

    >>> parse("5月27—6月3日", 2023).ends_on
    datetime.date(2023, 6, 3)
    """
    items = list(_scan(phrase))
    if len(items) != 1:
        return None
    item = items[0]
    if phrase[: item.start].strip(_OPENING) or phrase[item.end :].strip(_CLOSING):
        return None
    return resolve(item, phrase[item.start : item.end], Anchor.of(anchor))


def _scan(text: str) -> Iterator[Printed]:
    """All expressions, left to right; an item behind 、 or 和 may take its month from the one before."""
    pieces = patterns()
    search, comma = pieces.trigger.search, pieces.comma.match
    pos = 0
    while (trigger := search(text, pos)) is not None:
        pos = trigger.start()
        reading = read(text, pos)
        if reading is None:
            pos += 1
            continue
        while True:
            if reading.printed is not None:
                yield reading.printed
            pos = max(reading.end, pos + 1)
            before = _list_item(reading.printed)
            sign = comma(text, pos) if before is not None else None
            if sign is None or sign["sign"] not in _LIST_SIGNS:
                break
            following = read(text, sign.end(), before)
            if following is None:
                break
            reading, pos = following, sign.end()


def _list_item(printed: Printed | None) -> PartialDate | None:
    """What the next item of a list may leave out: year and month of this one."""
    if printed is None or printed.bound is not None or printed.first is None:
        return None
    first, last = printed.first, printed.last
    if last is None:
        return first
    if last.year is None and (last.month or 0) >= (first.month or 0):
        return replace(last, year=first.year)
    return last
