"""A run: a line that may hold several paragraphs; which of those cut from it have bounds in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from noticetab.segment import ladder
from noticetab.segment.lines import Line
from noticetab.segment.run_parts import GAP


@dataclass(slots=True)
class Restored:
    """What was done: the canonical offsets at which lines were opened, and lines that should have been cut.

    ``weak`` are lines whose bounds are in doubt, from where to where in the canonical text.
    """

    breaks: list[int] = field(default_factory=list)
    whole: list[tuple[int, int]] = field(default_factory=list)
    weak: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A printed line that may hold several paragraphs, and what tells them apart."""

    index: int
    norm: str
    opened: ladder.Rung | None = None
    rungs: list[ladder.Rung] = field(default_factory=list)
    listed: bool = False
    """A list goes on through several lines, or begins right behind the heading that the line opens with."""
    labels: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    attached: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    @property
    def kinds(self) -> int:
        """How many kinds of reasons speak for breaks within the line."""
        families = {x.family for x in self.rungs}
        high = {"cn", "chapter"}
        return sum(
            map(
                bool,
                (
                    families & high,
                    families - high,
                    len(self.labels) > 1,
                    self.head,
                    self.tail,
                    self.attached,
                    self.closed,
                    len(self.head) > 2,
                ),
            )
        )

    @property
    def loose(self) -> bool:
        """Whether it has labels alone, and no sentence ends among them: such a line may be printed so."""
        return self.kinds == 1 and bool(self.labels) and "。" not in self.norm[: self.labels[-1]]


def weak(
    lines: Sequence[Line], runs: Sequence[Run], cut: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Where in the canonical text the lines stand whose bounds are in doubt."""
    for run in runs:
        found = cut.get(run.index, [])
        line = lines[run.index]
        if len(found) > 1:
            for a, b in doubtful(run, found):
                yield line.offsets[a], line.offsets[b - 1] + 1
        elif _holds_sentence(run):
            yield line.span()


def doubtful(run: Run, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the paragraphs ``found`` in a run (:func:`pieces`) whose bounds rest on little.

    A blank left within a paragraph may have been a line end; an office, time or place is no sentence,
    so that one behind such a label is the next paragraph's; words without number, label or stop that
    a label ends are the rest of another paragraph. Where blanks part the numbers of a list, one that
    neither stop nor blank parts from the words before it may belong to them.
    """
    norm = run.norm
    labels = set(run.labels)
    numbers = {x.start: x.clear for x in run.rungs}
    unclear = {x for x, clear in numbers.items() if not clear}
    if 2 * len(unclear) > len(numbers) or is_tight(norm, set(numbers) | labels):
        unclear = set()
    starts = [a for a, _ in found[1:]] + [len(norm)]
    return [
        (a, b)
        for (a, b), following in zip(found, starts, strict=True)
        if a in unclear
        or following in unclear
        or _LEFT.search(norm, a, b)
        or (a in labels and NAMED.search(norm[a : a + 8]) and "。" in norm[a:b])
        or (
            following in labels and a and a not in labels and a not in numbers and norm[b - 1] not in "。；："
        )
    ]


_LEFT = regex.compile(r"(?<=[\u4e00-\u9fff，。；）”》]{2})\s+(?=[\u4e00-\u9fff（“《]{2})")
"""A blank between words: one within a word of two characters (姓 名) or behind a number parts nothing."""
NAMED = regex.compile(r"单位|时间|地点|日期")


def _holds_sentence(run: Run) -> bool:
    """Whether labels run together in a line that stayed whole, with a sentence behind the last."""
    return len(run.labels) > 1 and "。" in run.norm[run.labels[-1] :]


def is_tight(norm: str, places: set[int]) -> bool:
    """Whether nothing stands between the paragraphs: at most places that a reason parts there is no blank."""
    if not places:
        return " " not in norm and "\u3000" not in norm
    return 2 * sum(norm[x - 1] in GAP for x in places) < len(places)
