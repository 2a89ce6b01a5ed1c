"""The words of the frames, found in one pass over a text (Aho-Corasick)."""

from __future__ import annotations

from typing import NamedTuple

import ahocorasick

from noticetab import rules
from noticetab.frames.model import Cue, Frame, frames


class Hit(NamedTuple):
    """A word of a frame in a text, ``end`` exclusive."""

    word: str
    start: int
    end: int


def hits(name: str, norm: str) -> list[Hit]:
    """The words of the frames ``name`` in a folded text, in the order of their ends.

    A word inside a longer one at the same place is not given: 启动 of 启动仪式 says nothing by itself.
    """
    found = [Hit(word, end + 1 - len(word), end + 1) for end, word in _automata()(name).iter(norm)]
    return [hit for hit in found if not any(_inside(hit, other) for other in found)]


def _inside(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and len(other.word) > len(hit.word)


@rules.cached
def _automata() -> _Automata:
    return _Automata()


class _Automata:
    """One automaton for each file of frames, built when it is first asked for."""

    def __init__(self) -> None:
        self._made: dict[str, ahocorasick.Automaton] = {}

    def __call__(self, name: str) -> ahocorasick.Automaton:
        if name not in self._made:
            automaton = ahocorasick.Automaton()
            for frame in frames(name).frames:
                for word in _words(frame):
                    automaton.add_word(word, word)
            automaton.make_automaton()
            self._made[name] = automaton
        return self._made[name]


def _words(frame: Frame) -> list[str]:
    cues: list[Cue] = [*frame.cues, *frame.unless]
    return [word for cue in cues for word in cue.words]
