"""The title (GB/T 9704-2012, 7.3.1): over one line or several, printed once, several times or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from noticetab.patterns import pattern
from noticetab.segment.head.number import split
from noticetab.segment.head.rules import TitleRules, head_rules
from noticetab.segment.head.scan import Scan
from noticetab.segment.lines import Line, unclosed
from noticetab.segment.parts import is_org, patterns
from noticetab.segment.strand import Strand, join

_LINES = 4
"""The most lines of one title."""


def title_at(body: Sequence[Line], i: int) -> tuple[Strand | None, int]:
    """The title that begins at line ``i`` and its line count, (None, 0) if none does."""
    r = head_rules().title
    strands: list[Strand] = []
    for used in range(1, min(_LINES, len(body) - i) + 1):
        line = body[i + used - 1]
        if line.marker is not None or line.tabular or not _may_belong(line, r):
            break
        strands.append(line.sub(0))
        whole = _bare("".join(s.compact.norm for s in strands))
        opened = r.opens.search(whole) is not None
        ended = patterns().title_end.search(whole)
        if ended and not unclosed(whole) and _complete(whole, opened, ended.start()):
            return join(strands), used
        if ended and not opened and not unclosed(whole) and len(whole) >= 6:
            break
        if not opened and not (used == 1 and _goes_on(body, i, r)):
            break
        if len(whole) > 120:
            break
    return None, 0


def _bare(norm: str) -> str:
    """A line's text without a document number in brackets behind it."""
    return pattern(rf"（{patterns().rules.doc_number}）$").sub("", norm)


def _may_belong(line: Line, r: TitleRules) -> bool:
    bare = _bare(line.compact.norm)
    if not r.never.search(bare):
        return True
    return "《" in bare and "：" not in bare.split("《")[0] and "。" not in bare


def _complete(whole: str, opened: bool, kind: int) -> bool:
    """Whether words that end in a kind of document are a whole title; ``kind`` is where that word begins."""
    r = head_rules().title
    if not 6 <= len(whole) <= 160:
        return False
    if opened:
        return True
    if len(whole) >= 8 and r.subject.search(whole):
        return True
    return whole[kind:] in r.bare and is_org(whole[:kind])


def _goes_on(body: Sequence[Line], i: int, r: TitleRules) -> bool:
    """Whether a title without 关于 has its kind in the next line: 某县2022年科技下乡活动 / 实施方案."""
    if i + 1 >= len(body) or body[i + 1].gap or body[i + 1].marker is not None:
        return False
    first, second = body[i].compact.norm, body[i + 1].compact.norm
    return len(first) <= 34 and bool(r.dated.search(first)) and r.rest.fullmatch(second) is not None


def title(scan: Scan, i: int) -> int:
    """A title, with the number that may stand behind it; of several copies the document's own is the last."""
    found, used = title_at(scan.body, i)
    if found is None:
        return 0
    parted = split(found)
    if parted is not None:
        found, number = parted
        scan.parts.doc_number = scan.parts.doc_number or number
    if not scan.titles and _again(scan.body, i + used, found) is not None:
        scan.parts.metadata += scan.body[
            i : i + used
        ]  # the page's own head stands between its title and this
        return used
    scan.below = True
    scan.titles.append(found)
    return used


def repeated(scan: Scan, i: int) -> int:
    """A line that says the title once more."""
    plain = scan.body[i].compact.norm
    return int(bool(i) and any(plain == t.compact.norm for t in scan.titles))


def bare_title(scan: Scan, i: int) -> int:
    """A title of one word (公 示): only where no other title follows it in the head."""
    line, r = scan.body[i], head_rules().title
    norm = line.compact.norm
    if scan.titles or i + 1 >= len(scan.body) or not (norm in r.bare or r.short.fullmatch(norm)):
        return 0
    if any(title_at(scan.body, k)[0] for k in range(i + 1, min(len(scan.body), i + 7))):
        return 0
    scan.titles.append(line.compact)
    scan.below = True
    return 1


def choose(titles: Sequence[Strand]) -> Strand | None:
    """The document's own of several copies: the last, unless it is a shortened one."""
    if not titles:
        return None
    own = titles[-1] if len(titles[-1].compact) >= 0.6 * len(titles[0].compact) else titles[0]
    return _unquoted(own)


def _unquoted(title: Strand) -> Strand:
    """A title without the book-title marks that a site sets around the whole."""
    norm = title.norm
    whole = norm.startswith("《") and norm.endswith("》") and norm.count("《") == norm.count("》") == 1
    return title.sub(1, len(title) - 1) if whole else title


def _again(body: Sequence[Line], i: int, found: Strand) -> int | None:
    """The index of a repetition of the title within the next lines but one, None if there is none."""
    plain = found.compact.norm
    for k in range(i + 1, min(len(body), i + 9)):
        if body[k].compact.norm == plain:
            return k
        other = title_at(body, k)[0] if plain.startswith(body[k].compact.norm) else None
        if other is not None and other.compact.norm == plain:
            return k
        if body[k].marker is not None or "。" in body[k].norm:
            return None
    return None
