"""Weighs the frames of a mention and chooses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from noticetab.frames.model import Cue, Shape, frames
from noticetab.frames.words import Hit, hits

_SENTENCE, _CLAUSE = "。；！？\n", "。；！？\n，"
_LINK = re.compile(r"(?:[：（]|定?[为在于]|是)\s*$")
"""What ties a mention to the label before it: 报名时间：, 初赛（, 开幕式定于."""

_FARTHEST = 400
"""Characters on either side of a mention within which its sentence is looked through: time stays linear."""


@dataclass(frozen=True)
class Setting:
    """A mention in its text: the folded text, where it stands, its shape, and the headings above it."""

    norm: str
    start: int
    end: int
    shape: Shape
    headings: Sequence[str] = ()
    """Nearest first."""

    def bounds(self, stops: str) -> tuple[int, int]:
        """The stretch around the mention that none of ``stops`` parts from it."""
        first = max(0, self.start - _FARTHEST)
        begin = max((self.norm.rfind(stop, first, self.start) for stop in stops), default=-1) + 1
        last = min(len(self.norm), self.end + _FARTHEST)
        ends = [at for stop in stops if (at := self.norm.find(stop, self.end, last)) >= 0]
        return max(begin, first), min(ends, default=last)

    @cached_property
    def clause(self) -> tuple[int, int]:
        """Where its clause stands."""
        return self.bounds(_CLAUSE)

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence stands."""
        return self.bounds(_SENTENCE)

    @cached_property
    def label(self) -> tuple[int, int]:
        """Where the words stand that introduce it, an empty stretch if nothing does."""
        link = _LINK.search(self.norm, max(0, self.start - 6), self.start)
        if link is None:
            return self.start, self.start
        first = max(0, link.start() - 24)
        stops = (self.norm.rfind(stop, first, link.start()) for stop in _CLAUSE + "：（）、")
        return max(first, *(at + 1 for at in stops)), link.start()


@dataclass(frozen=True)
class Choice:
    """The meaning chosen, its score and how far the next one is below it."""

    gives: str
    score: float
    margin: float


def choose(name: str, setting: Setting) -> Choice | None:
    """The best frame of ``rules/frames/<name>.toml`` for a mention, None if none speaks loud enough."""
    rules = frames(name)
    begin, end = setting.sentence
    near = [Hit(hit.word, hit.start + begin, hit.end + begin) for hit in hits(name, setting.norm[begin:end])]
    above = [hits(name, heading) for heading in setting.headings]
    scores: dict[str, float] = {}
    for frame in rules.frames:
        if frame.shapes and setting.shape not in frame.shapes:
            continue
        if any(_weight(cue, setting, near, above) > 0 for cue in frame.unless):
            continue
        score = sum(_weight(cue, setting, near, above) for cue in frame.cues)
        scores[frame.gives] = max(score, scores.get(frame.gives, 0.0))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < rules.least:
        return None
    following = ranked[1][1] if len(ranked) > 1 else 0.0
    return Choice(ranked[0][0], ranked[0][1], ranked[0][1] - following)


def _weight(cue: Cue, setting: Setting, near: Sequence[Hit], above: Sequence[Sequence[Hit]]) -> float:
    """What a cue says of a mention: its weight, less the further off its nearest word is."""
    words = set(cue.words)
    if cue.where == "heading":
        for up, found in enumerate(above):
            if any(hit.word in words for hit in found):
                return cue.weight / (1 + up)
        return 0.0
    best = 0.0
    for hit in near:
        if hit.word in words and (off := _distance(cue, hit, setting)) is not None and off <= cue.reach:
            best = max(best, cue.weight * (1 - off / (2 * cue.reach)))
    return best


def _distance(cue: Cue, hit: Hit, setting: Setting) -> int | None:
    """Characters between a word and the mention; None where the cue does not look."""
    if hit.end <= setting.start:
        off, ahead = setting.start - hit.end, True
    elif hit.start >= setting.end:
        off, ahead = hit.start - setting.end, False
    else:
        return None
    match cue.where:
        case "label":
            begin, end = setting.label
            return 0 if begin <= hit.start and hit.end <= end else None
        case "before":
            return off if ahead and hit.start >= setting.clause[0] else None
        case "after":
            return off if not ahead and hit.end <= setting.clause[1] else None
        case "clause":
            return off if setting.clause[0] <= hit.start and hit.end <= setting.clause[1] else None
        case _:
            return off
