"""Site furniture apart, the document's own logical lines remain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from noticetab import rules
from noticetab.segment import bullets
from noticetab.segment.lines import Line, split_lines
from noticetab.segment.markers import Marker
from noticetab.segment.restore import restore
from noticetab.segment.run import Restored
from noticetab.segment.strand import Strand
from noticetab.segment.wraps import unwrap


class ChromeRules(rules.Rules):
    """rules/chrome.toml."""

    tail: list[rules.Regex]


@dataclass(slots=True)
class Lines:
    """The logical lines of a text; ``tail`` is site chrome below the document."""

    body: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    restored: Restored = field(default_factory=Restored)


def is_tail_chrome(line: Strand) -> bool:
    """Whether a line below the signature opens site furniture."""
    return _tail().search(line.norm.strip()) is not None


@rules.cached
def _tail() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{p.pattern})" for p in rules.load("chrome", ChromeRules).tail))


def cut(text: str, *, joined: bool = False) -> Lines:
    """The logical lines of a canonical text, chrome apart.

    ``joined`` says that the reader has undone wraps already.
    """
    lines, restored = restore(split_lines(text), text)
    last = _tail_start(lines)
    body = lines[:last]
    _bare_numbers(body)
    if not joined:
        body = unwrap(body)
        _bare_numbers(body)
    bullets.count(body)
    for index, line in enumerate(body):
        line.index = index
    return Lines(body, lines[last:], restored)


_BARE = regex.compile(r"(?P<n>\d{1,2})\s(?=[\u4e00-\u9fff“《])(?!.*(?:\s{2}|\t|\|))")


def _bare_numbers(lines: Sequence[Line]) -> None:
    """Numbers that lost their point (1 启动仪式。…) mark items if they count up from one, line by line."""
    run: list[tuple[Line, Marker]] = []
    for line in (*lines, None):
        match = _BARE.match(line.norm) if line is not None and line.text[0].isdecimal() else None
        number = int(match["n"]) if match else 0
        if match and line is not None and number == len(run) + 1:
            run.append((line, Marker("ar", number, match["n"], match.end())))
            continue
        if line is not None and not match and (line.marker is None or line.marker.family not in ("ar", "cn")):
            continue
        if len(run) >= 2 and any(c in x.text for x, _ in run for c in "。：；"):
            for item, marker in run:
                item._marker = marker
        run = [(line, Marker("ar", 1, match["n"], match.end()))] if match and line and number == 1 else []


def _tail_start(lines: Sequence[Line]) -> int:
    """The index of the first line of the site's furniture below the document.

    A line that reads as furniture (扫码…, 技术支持：…公司) is none while the document's own
    numbering goes on below it.
    """
    begin = max(1, int(len(lines) * 0.4))
    found = [i for i in range(begin, len(lines)) if is_tail_chrome(lines[i])]
    if not found:
        return len(lines)
    last: dict[str, int] = {}
    for i in range(len(lines)):
        marker = lines[i].marker
        if marker is None:
            continue
        if i > found[0] and (marker.number > 1 and last.get(marker.family) == marker.number - 1):
            found = [k for k in found if k > i]
            if not found:
                return len(lines)
        last[marker.family] = marker.number
    return found[0]
