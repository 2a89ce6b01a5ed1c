"""Numbers within a run of lines: which of them go on with a ladder, so that each opens a line of its own.

A number is believed for what stands around it: 一、 二、 三、 that count up in order, each behind the one
before, are the headings of a list; a 1. alone, or a 二、 without its 一、, is none (GB/T 9704-2012, 7.3.3).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from noticetab.segment.markers import chinese_number

_CN = "一二三四五六七八九十百"
NUMBER = regex.compile(
    rf"""(?P<chapter>第(?P<chapter_n>[{_CN}]{{1,4}})[章条](?=[\s\u3000]))
    |(?P<stage>第(?P<stage_n>[{_CN}]{{1,3}})阶段(?=[：（\s]))
    |(?<![{_CN}第\d])(?P<cn>(?P<cn_n>[{_CN}]{{1,3}})、)
    |(?P<cn_paren>（(?P<cn_paren_n>[{_CN}]{{1,3}})）)
    |(?<![\d.])(?P<ar>(?P<ar_n>\d{{1,2}})(?:[.、](?!\d)|\.(?=(?:19|20)\d\d年|\d{{1,2}}月)))
    |(?P<ar_paren>（(?P<ar_paren_n>\d{{1,2}})）)
    |(?<![\d（件表图例])(?P<ar_half>(?P<ar_half_n>\d{{1,2}})）)""",
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A number that may open a line: in which ``line``, from where to where in it.

    ``first`` says that it opens its line as printed, ``clear`` that a stop or a blank stands before it.
    """

    line: int
    start: int
    end: int
    family: str
    number: int
    first: bool
    clear: bool


def rungs(norm: str, line: int) -> list[Rung]:
    """The numbers of a folded line, in order."""
    found = []
    for match in NUMBER.finditer(norm):
        family = (match.lastgroup or "").removesuffix("_n")
        number = chinese_number(match[f"{family}_n"])
        if number is None or match.end() == len(norm):
            continue
        before = norm[: match.start()]
        first = not before.strip()
        clear = first or before[-1] in "。；！？：，.;:|/" or before[-1].isspace() or before[-1] in "）"
        found.append(Rung(line, match.start(), match.end(), family, number, first, clear))
    return found


LEAST = 2
"""Characters between two numbers of a list: in 一、二、三等奖 they number nothing."""


def chained(found: Sequence[Rung]) -> list[list[int]]:
    """The ladders among numbers in the order of the text: for each the indices of its numbers.

    A ladder begins with one, or with the number that opens a printed line, and has two numbers at least.
    """
    where: dict[tuple[str, int], list[int]] = {}
    for i, rung in enumerate(found):
        where.setdefault((rung.family, rung.number), []).append(i)
    ladders: list[list[int]] = []
    waiting: list[tuple[int, int, frozenset[str]]] = [(0, len(found), frozenset())]
    while waiting:
        low, high, used = waiting.pop()
        i = low
        while i < high:
            rung = found[i]
            ladder = [i]
            if rung.family not in used and (rung.number == 1 or rung.first):
                ladder = _climb(found, where, i, high)
            if len(ladder) > 1:
                ladders.append(ladder)
                inner = used | {rung.family}
                waiting += [(a + 1, b, inner) for a, b in pairwise(ladder) if b - a > 1]
                waiting.append((ladder[-1] + 1, high, used))  # another list may follow the last item
                break
            i += 1
    return ladders


def _climb(found: Sequence[Rung], where: dict[tuple[str, int], list[int]], i: int, high: int) -> list[int]:
    """The ladder that begins at a number: each time the next number, the nearest that a stop parts off."""
    ladder = [i]
    while True:
        rung = found[ladder[-1]]
        best = _next(found, where, ladder[-1], rung.number + 1, high)
        if best is None and rung.family in SKIPPED:
            best = _next(found, where, ladder[-1], rung.number + 2, high)  # a copy lost one
            if best is not None and not found[best].clear:
                best = None
        if best is None:
            return ladder
        ladder.append(best)


SKIPPED = ("cn", "cn_paren")
"""Families of headings, of which one may be missing."""


def _next(
    found: Sequence[Rung], where: dict[tuple[str, int], list[int]], i: int, number: int, high: int
) -> int | None:
    """The next number of a ladder behind one of it: the nearest that a stop parts off, else the nearest."""
    rung = found[i]
    following = where.get((rung.family, number), [])
    at = bisect_right(following, i)
    best = None
    for k in following[at : at + 6]:
        if k >= high:
            break
        other = found[k]
        if other.line == rung.line and other.start - rung.end < LEAST:
            continue
        if best is None or (other.clear and not found[best].clear):
            best = k
        if other.clear:
            break
    return best
