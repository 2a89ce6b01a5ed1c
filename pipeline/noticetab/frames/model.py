"""The grammar of frames: a dozen keys, words and no patterns."""

from __future__ import annotations

from typing import Literal

from noticetab import rules

Where = Literal["label", "before", "after", "clause", "sentence", "heading"]
"""Where the words of a cue stand: in the label that introduces the mention (``报名时间：``, ``初赛（``),
before or behind it in its clause, anywhere in its clause or sentence, or in the headings above it."""

Shape = Literal["day", "period", "open"]
"""A mention of one day, of a span of days, or one without an end (``起``)."""


class Cue(rules.Rules):
    """Words that speak for a frame where they stand; ``reach`` is how far off they may be, in characters."""

    where: Where
    words: list[str]
    weight: float = 1.0
    reach: int = 40


class Frame(rules.Rules):
    """A meaning, what speaks for it, and what rules it out."""

    gives: str
    cues: list[Cue]
    unless: list[Cue] = []
    shapes: list[Shape] = []
    """The shapes of mention it can be said of; any if empty."""


class FrameRules(rules.Rules):
    """A file of rules/frames/: ``least`` is the score below which no frame is chosen."""

    least: float
    frames: list[Frame]


def frames(name: str) -> FrameRules:
    """The frames of ``rules/frames/<name>.toml``. Raises :class:`noticetab.rules.RulesError` for bad data."""
    return rules.load(f"frames/{name}", FrameRules)
