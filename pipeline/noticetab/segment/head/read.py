"""Goes down the head of a document and asks the recognizers in turn what each line is."""

from __future__ import annotations

from collections.abc import Callable

import regex

from noticetab.segment.head import addressees, fields, furniture, marks, number, title
from noticetab.segment.head.rules import head_rules
from noticetab.segment.head.scan import Scan
from noticetab.segment.lines import Line
from noticetab.segment.parts import SENTENCE_END, Parts, patterns, rebuild

_DEPTH = 60
"""Lines down to which a head is looked for."""
_AHEAD = 25
"""Lines down to which a title is looked for behind what is not understood."""

Recognizer = Callable[[Scan, int], int]
"""Takes the scan and the index of a line; gives how many lines it has understood (0: none)."""

RECOGNIZERS: tuple[Recognizer, ...] = (
    marks.rule_line,
    marks.signer,
    number.doc_number,
    fields.labelled,
    fields.bare_date,
    furniture.furniture,
    marks.classified,
    title.repeated,
    title.title,
    title.bare_title,
    furniture.preface,
)
"""What may stand above the body, in the order in which it is asked for."""


def read(parts: Parts, body: list[Line]) -> int:
    """Reads the head of the document; the index of the first line below it."""
    unglue(body)
    scan = Scan(parts, body)
    i = 0
    if body and patterns().rules.attachment_page.match(body[0].compact.norm):
        parts.attached = True
        i = 1
    while i < min(len(body), _DEPTH):
        before = len(parts.metadata)
        used = next((n for recognize in RECOGNIZERS if (n := recognize(scan, i))), 0)
        if not used:
            if _is_body(scan, i):
                break
            used = marks.office(scan, i) or _skipped(scan, i)
            if not used:
                break
        scan.site += used if len(parts.metadata) > before else 0
        i += used
    i = marks.settle(scan, i)
    parts.title = title.choose(scan.titles)
    return addressees.read(parts, body, i, scan.below)


def _is_body(scan: Scan, i: int) -> bool:
    """Whether the receivers, or where there are none the body, begin at line ``i``."""
    if addressees.stands_at(scan.body, i, scan.below or i == scan.site):
        return True
    if scan.below and addressees.unmarked(scan.body, i):
        return True
    return scan.body[i].marker is not None


def _skipped(scan: Scan, i: int) -> int:
    """One line that nobody understands is passed over if what it hides is certain: a title, or receivers.

    Above a title that is a column's name, a file name, the words of a page; below it the name of an
    author. A sentence is passed over only if it does not read as the document's own body.
    """
    line = scan.body[i]
    norm = line.norm.strip()
    sentence = SENTENCE_END.search(norm) is not None or len(norm) > 60
    if scan.titles:
        return int(not sentence and (_receivers_below(scan, i) or _another_title(scan, i)))
    if _title_below(scan, i, sentence):
        scan.parts.metadata.append(line)
        return 1
    return int(not sentence and (bool(scan.pending) or i < 3))


def _receivers_below(scan: Scan, i: int) -> bool:
    """Whether receivers stand a few short lines below, with nothing between that a body has."""
    for k in range(i + 1, min(len(scan.body), i + 5)):
        if addressees.stands_at(scan.body, k, True) and scan.body[k].compact.norm.startswith(
            ("各", "全", "有关")
        ):
            return True
        line = scan.body[k]
        if line.marker is not None or SENTENCE_END.search(line.norm) or len(line) > 40:
            return False
    return False


def _another_title(scan: Scan, i: int) -> bool:
    """Whether the next lines, short ones, lead to a title again: what stands above was the page's."""
    for k in range(i + 1, min(len(scan.body), i + 4)):
        found = title.title_at(scan.body, k)[0]
        if found is not None:
            return head_rules().title.opens.search(found.compact.norm) is not None
        line = scan.body[k]
        if line.marker is not None or SENTENCE_END.search(line.norm) or len(line) > 30:
            return False
    return False


def _title_below(scan: Scan, i: int, sentence: bool) -> bool:
    """Whether a title stands below, before anything that a body has."""
    if sentence and _SPEAKS.search(scan.body[i].compact.norm):
        return False
    body = scan.body
    for k in range(i + 1, min(len(body), i + _AHEAD)):
        if title.title_at(body, k)[0] is not None:
            return True
        norm = body[k].compact.norm
        if body[k].marker is not None or norm.startswith("附") or _SPEAKS.search(norm):
            return False
        if addressees.stands_at(body, k, True):
            return False
    return False


_SPEAKS = regex.compile(r"如下|给你们|特此|现将|决定")
"""Words of a document's own body."""

_GLUED = regex.compile(
    r"^(?P<title>(?:[^，。：；]{0,30}关于)[^。：；]{4,80}?的(?:通知|函|公告|通告))(?=[^，。：；的]{1,60}[^：。]{0,60}：)"
)


def unglue(body: list[Line]) -> None:
    """Cuts a first line that lost its line end between title and addressees."""
    for i, line in enumerate(body[:6]):
        match = _GLUED.match(line.norm)
        if match and len(line.text) > match.end() + 3 and "《" not in match["title"]:
            body[i : i + 1] = [rebuild(line, line.sub(0, match.end())), rebuild(line, line.sub(match.end()))]
            return
