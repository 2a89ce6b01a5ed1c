"""Which words of one wording are not in the others."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from .similarity import EDITION, YEAR, cut

Piece = tuple[str, bool]
"""A piece of a text, and whether it is worded differently elsewhere."""


def mark(texts: Sequence[str], places: Sequence[Sequence[str]] = ()) -> list[list[Piece]]:
    """Cut each text into pieces and mark the words that no other text has at that point.

    Words are compared in order (longest common runs). Year, edition and a notice's own ``places``
    (one list per text) differ as a matter of course and are not marked. The pieces of a text,
    joined, are the text.

    >>> mark(["弘扬科学家精神", "大力弘扬科学家精神"])
    [[('弘扬科学家精神', False)], [('大力', True), ('弘扬科学家精神', False)]]
    """
    tokens = [cut(text) for text in texts]
    pieces = []
    for i, own in enumerate(tokens):
        shared = [False] * len(own)
        for j, other in enumerate(tokens):
            if i != j:
                for block in SequenceMatcher(None, own, other, autojunk=False).get_matching_blocks():
                    shared[block.a : block.a + block.size] = [True] * block.size
        expected = _expected(texts[i], places[i] if places else ())
        at = 0
        for k, token in enumerate(own):
            shared[k] = shared[k] or all(at + offset in expected for offset in range(len(token)))
            at += len(token)
        pieces.append(_joined(own, shared))
    return pieces


def _expected(text: str, places: Sequence[str]) -> set[int]:
    """Characters of years, editions and own places."""
    spans = [match.span() for expression in (YEAR, EDITION) for match in expression.finditer(text)]
    for name in filter(None, places):
        start = text.find(name)
        while start >= 0:
            spans.append((start, start + len(name)))
            start = text.find(name, start + 1)
    return {position for start, end in spans for position in range(start, end)}


def _joined(tokens: Sequence[str], common: Sequence[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    for token, shared in zip(tokens, common, strict=True):
        changed = not shared and any(character.isalnum() for character in token)
        if pieces and pieces[-1][1] == changed:
            pieces[-1] = (pieces[-1][0] + token, changed)
        else:
            pieces.append((token, changed))
    return pieces
