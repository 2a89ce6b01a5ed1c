"""What looks like a date and is none: looked at before a date is believed."""

from __future__ import annotations

import re

from noticetab import rules
from noticetab.dates.patterns import D
from noticetab.dates.words import alternation, date_rules

_MASK = "xXｘＸ×_＿*＊"
"""Signs that templates and blank forms put for a number (20xx年6月x日)."""


@rules.cached
def _before() -> re.Pattern[str]:
    """Contexts that end where the expression begins."""
    never = alternation(date_rules().never.before_date)
    return re.compile(rf"(?:{never}的?|[{_MASK}○〇{D[1:-1]}]年)[ \u3000\u00a0]{{0,2}}$")


def refused_before(text: str, pos: int) -> bool:
    """Whether the words before ``pos`` say that no date of this document follows.

    每年5月20日 recurs, 农历五月初五 is of another calendar, 第5月 counts, and the month behind a year
    that could not be read (20xx年6月, 1840年6月) belongs to that year.
    """
    return _before().search(text, max(0, pos - 8), pos) is not None


_LIST_NUMBER = re.compile(r"(?:^|[^0-9A-Za-z.])[0-9]{1,2}[.．]$")


def within_number(text: str, pos: int) -> bool:
    """Whether a numeric date at ``pos`` is a part of something longer: an address, a version, a code.

    A list number glued to it (1.2023-05-20) does not make it one.
    """
    left = text[pos - 1 : pos] if pos else ""
    if not left or not ((left.isalnum() and left.isascii()) or left in "./-_＿"):
        return False
    return left != "." or _LIST_NUMBER.search(text[max(0, pos - 4) : pos]) is None


_BLANK_DAY = re.compile(rf"[ \u3000\u00a0]{{0,2}}[{_MASK} \u3000\u00a0]{{0,12}}日")
_BLANK_MONTH = re.compile(rf"[{_MASK} \u3000\u00a0]{{1,12}}月(?:[{_MASK} \u3000\u00a0]{{0,12}}日)?")


def masked_end(text: str, pos: int, *, after_year: bool = False) -> int | None:
    """Where a blank to be filled in ends (5月__日, 2011年  月  日), if one begins at ``pos``."""
    found = (_BLANK_MONTH if after_year else _BLANK_DAY).match(text, pos)
    return None if found is None else found.end()
