"""Lines that a copy lost: paragraphs that run together are told apart before the parts are read.

A copy may part its paragraphs by single blanks, by bars, or by nothing, wholly or in a half of it. What a
break rests on is looked at as a whole: numbers that go on with a ladder, the head (title, number,
addressees with their colon), labels, the list of attachments, the signature with its date. Where only one
of these is seen in a text, it stays as it is: an enumeration within a sentence is no list of lines.
The canonical text and its offsets stay; only lines are cut.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import regex

from noticetab.segment import ladder
from noticetab.segment.lines import LABEL, Line, unclosed
from noticetab.segment.run import NAMED, Restored, Run, is_tight, weak
from noticetab.segment.run_parts import GAP, RunPatterns, head, run_patterns, tail


def restore(lines: list[Line], text: str) -> tuple[list[Line], Restored]:
    """The lines with those cut that hold several paragraphs, and what was done.

    ``lines`` are those of the canonical ``text``, in order; some may have been cut from one printed line.
    """
    p = run_patterns()
    done = Restored()
    runs = [Run(i, x.norm) for i, x in enumerate(lines) if len(x.text) > 12 and not _is_row(x)]
    wide = [x for x in runs if len(x.norm) >= p.rules.short]
    if not wide:
        return lines, done
    _numbered(lines, runs)
    for run in wide:
        _look(run, p, run is wide[0])
    lost = any(x.listed for x in runs) or any(x.kinds >= 2 for x in wide) or _was_cut(lines, text)
    cut = _cuts(runs, p) if lost else {}
    if not any(len(x) > 1 for x in cut.values()):
        few = len(lines) <= p.rules.few
        done.whole = [x.span() for x in lines if not _is_row(x) and _is_long(x.norm, p, few)]
        return lines, done
    done.weak = list(weak(lines, runs, cut))
    return list(_cut(lines, cut, done, p)), done


def _cuts(runs: Sequence[Run], p: RunPatterns) -> dict[int, list[tuple[int, int]]]:
    """The paragraphs of each run of a text that lost lines, by the index of the run."""
    cut = {}
    for run in runs:
        if len(run.norm) < p.rules.short:
            _look(run, p, False)
        if run.opened or (run.kinds and not run.loose):
            cut[run.index] = pieces(run, p)
    return cut


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table."""
    return "\t" in line.text or (line.norm.count("|") >= 2 and "。" not in line.norm)


def _is_long(norm: str, p: RunPatterns, alone: bool = False) -> bool:
    """Whether a line is longer than paragraphs of notices are, with sentences enough for several.

    ``alone`` says that the text has hardly another line.
    """
    return len(norm) >= (p.rules.long_alone if alone else p.rules.long) and norm.count("。") > (
        3 if alone else 8
    )


def _was_cut(lines: Sequence[Line], text: str) -> bool:
    """Whether lines were cut from one printed line already."""
    for before, line in itertools.pairwise(lines):
        if "\n" not in text[before.offsets[-1] : line.offsets[0]]:
            return True
    return False


def _cut(
    lines: Sequence[Line],
    cut: dict[int, list[tuple[int, int]]],
    done: Restored,
    p: RunPatterns,
) -> Iterator[Line]:
    for index, line in enumerate(lines):
        for start, end in cut.get(index, [(0, len(line.text))]):
            new = line
            if (start, end) != (0, len(line.text)):
                new = Line(
                    line.text[start:end],
                    line.offsets[start:end],
                    line.indent,
                    line.gap and not start,
                )
            if start:
                done.breaks.append(line.offsets[start])
            if _is_long(new.norm, p):
                done.whole.append(new.span())
            yield new


def _numbered(lines: Sequence[Line], runs: Sequence[Run]) -> None:
    """Deals out to the runs the numbers within them that go on with a ladder."""
    by_index = {run.index: run for run in runs}
    found: list[ladder.Rung] = []
    for index, line in enumerate(lines):
        run = by_index.get(index)
        if run is None:
            found += [x for x in ladder.rungs(line.norm[:12], index) if x.first]
            continue
        here = ladder.rungs(run.norm, index)
        if here and here[0].first:
            run.opened = here[0]
        found += here
    for chain in ladder.chained(found):
        members = [found[i] for i in chain]
        inside = [x for x in members if not x.first]
        # An enumeration within a sentence stays in its paragraph: numbers in several lines are a list.
        listed = len({x.line for x in members}) > 1 and all(x.clear for x in inside)
        # So are numbers that a blank parts from the sentence before, each of them.
        blanks = [by_index[x.line].norm[x.start - 1].isspace() for x in inside]
        listed |= len(blanks) > 1 and all(blanks)
        for rung in inside:
            run = by_index[rung.line]
            run.rungs.append(rung)
            run.listed |= listed or _opens_list(run, rung)


def _opens_list(run: Run, rung: ladder.Rung) -> bool:
    """Whether a number stands right behind the heading that the line opens with: 三、重点活动（一）…"""
    opened = run.opened
    if opened is None or opened.family == rung.family or rung.number != 1 or len(run.norm) < 60:
        return False
    between = run.norm[opened.end : rung.start].rstrip(GAP + "。：")
    return 2 <= len(between) <= 24 and not regex.search(r"[，。；：]", between)


def _look(run: Run, p: RunPatterns, top: bool) -> None:
    """Looks for what else parts the line: labels, head, attachments, signature."""
    norm = run.norm
    numbers = {x.end for x in run.rungs} | ({run.opened.end} if run.opened else set())
    for match in p.label.finditer(norm) if "：" in norm else ():
        at = match.start()
        if not at or at in numbers or norm[at - 1] in "，（“" or unclosed(norm[max(0, at - 40) : at]):
            continue
        if not p.label_not.search(norm[max(0, at - 4) : at]):
            run.labels.append(at)
    if "附" in norm:
        for match in p.attached.finditer(norm, 1):
            at = match.start()
            if norm[at - 1] in "。；：！）" + GAP or norm[at - 1].isascii() or _closed(norm, at, p):
                run.attached.append(at)
    run.closed = [m.start() for m in p.closing.finditer(norm, 1) if norm[m.start() - 1] in "。；" + GAP]
    if top:
        run.head = head(norm, p)
    if "日" in norm:
        run.tail = tail(norm, p)


def _closed(norm: str, at: int, p: RunPatterns) -> bool:
    """Whether closing words stand right before a place."""
    return any(m.end() == at for m in p.closing.finditer(norm, max(0, at - 12), at))


_BLANKS = regex.compile(r"[\s\u3000\xa0]+")


def pieces(run: Run, p: RunPatterns) -> list[tuple[int, int]]:
    """The paragraphs of a run: (start, end) of each, gaps left out."""
    norm = run.norm
    numbered = {x.start for x in run.rungs}
    tight = is_tight(norm, numbered | set(run.labels))
    labels = [x for x in run.labels if tight or norm[x - 1] in "。；！？）" + GAP]
    strong = {*numbered, *labels, *run.head, *run.tail, *run.attached, *run.closed}
    strong |= _pages(run, p)
    if tight:
        strong |= set(_behind_headings(run, p)) | set(_behind_values(norm, labels, p))
    strong = {x for x in strong if not _is_first_listed(norm, x)}
    bars = _barred(norm, strong)
    gaps = {m.end(): m.start() for m in (p.bar if bars else _BLANKS).finditer(norm, 1) if m.end() < len(norm)}
    starts = {_skip(norm, x) for x in strong}
    starts |= set(_ended(run, gaps, starts, p, bars))
    bounds = [0, *sorted(x for x in starts if 0 < x < len(norm)), len(norm)]
    marks = GAP if bars else GAP.rstrip("|/")
    found = (_trim(norm, bounds[k], bounds[k + 1], marks) for k in range(len(bounds) - 1))
    return [(a, b) for a, b in found if a < b]


def _pages(run: Run, p: RunPatterns) -> set[int]:
    """Where 附件1 above an attached text ends: behind the signature, or at the beginning of a short line."""
    norm = run.norm
    places = [_skip(norm, run.tail[-1])] if run.tail else []
    if len(norm) <= 80:
        places.append(0)
    found = (p.attached_page.match(norm, at) for at in places)
    return {
        m.end()
        for m in found
        if m and norm[m.end() : m.end() + 1] not in ("：", "、", ".", "（", "的", "等", "")
    }


def _behind_headings(run: Run, p: RunPatterns) -> Iterator[int]:
    """Where the headings of sections end that nothing parts from what follows them."""
    opened = [run.opened] if run.opened is not None else []
    for rung in (*opened, *run.rungs):
        heading = p.heading.match(run.norm, rung.end)
        if heading and heading.end() < len(run.norm):
            yield heading.end()


def _behind_values(norm: str, labels: Sequence[int], p: RunPatterns) -> Iterator[int]:
    """Where a sentence begins behind the offices, the time or the place of a label."""
    bounds = [*labels, len(norm)]
    for start, end in itertools.pairwise(bounds):
        if NAMED.search(norm[start : start + 8]):
            stop = regex.compile(r"[。；]").search(norm, start, end)
            first = p.value_end.search(norm, norm.index("：", start) + 2, stop.start() if stop else end)
            if first is not None:
                yield first.end()


def _is_first_listed(norm: str, at: int) -> bool:
    """Whether a place is that of the first item behind 附件：, which stays in its line."""
    return (
        regex.search(
            r"附\s?件\s?[\d一二三四五六七八九十]{0,2}\s?：\s?$",
            norm[max(0, at - 12) : at],
        )
        is not None
    )


def _barred(norm: str, strong: set[int]) -> bool:
    """Whether bars part the paragraphs: half the places that something else parts have one before them."""
    if "|" not in norm and "/" not in norm:
        return False
    hits = sum(
        norm[:x].rstrip()[-1:] in ("|", "/") or norm[x : x + 3].strip()[:1] in ("|", "/") for x in strong
    )
    return hits >= 2 and 2 * hits >= len(strong)


def _skip(norm: str, at: int) -> int:
    """A place moved behind the gap that begins there."""
    while at < len(norm) and norm[at] in GAP:
        at += 1
    return at


def _trim(norm: str, start: int, end: int, marks: str) -> tuple[int, int]:
    while start < end and norm[start] in marks:
        start += 1
    while end > start and norm[end - 1] in marks:
        end -= 1
    return start, end


_DEEP = dict.fromkeys("（《“〔", 1) | dict.fromkeys("）》”〕", -1)
_PROSE = regex.compile(r"[，。；]")


def _ended(run: Run, gaps: dict[int, int], strong: set[int], p: RunPatterns, bars: bool) -> Iterator[int]:
    """The gaps at which a paragraph ends, by what stands before and behind each."""
    norm = run.norm
    depth = at = begin = 0
    bounds = sorted(strong | set(gaps))
    following = dict(zip(bounds, [*bounds[1:], len(norm)], strict=False))
    parted = iter(sorted(strong))
    next_strong = next(parted, len(norm))
    for end, start in sorted(gaps.items()):
        for char in norm[at:start]:
            depth = max(0, depth + _DEEP.get(char, 0))
        at = end
        while next_strong <= end:
            begin, depth = next_strong, 0 if next_strong == end else depth
            next_strong = next(parted, len(norm))
        if begin == end:
            continue
        if bars or (depth == 0 and _parts(norm[begin:start], norm[end : following[end]], p, bool(run.kinds))):
            begin, depth = end, 0
            yield end


def _parts(before: str, after: str, p: RunPatterns, sure: bool) -> bool:
    """Whether a blank between a paragraph so far and what follows up to the next blank ends the paragraph.

    ``sure`` says that something else parts the line too.
    """
    before = before.strip()
    last = before[-1:]
    if last in "。！？；":
        return True
    if last == "：":
        return not p.label.fullmatch(before) and len(before) > 4
    number = ladder.NUMBER.match(before)
    if number is not None and len(before) > number.end() + 1 and not _PROSE.search(before):
        prose = len(after) > 12 and _PROSE.search(after) is not None
        return prose or (sure and "：" not in before)
    if p.number.fullmatch(before) or p.attached_page.fullmatch(before) or LABEL.match(after):
        return True
    return p.label.match(before) is not None and len(after) >= 12 and _PROSE.search(after) is not None
