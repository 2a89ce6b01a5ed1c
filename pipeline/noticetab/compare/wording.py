"""Which words of one wording are not in the others."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from .similarity import cut

Piece = tuple[str, bool]
"""A piece of a text, and whether it is worded differently elsewhere."""


def mark(texts: Sequence[str]) -> list[list[Piece]]:
    """Cut each text into pieces and mark those that are not common to all texts.

    Words are compared in order (longest common runs), so a word that all texts have but that
    stands elsewhere is marked too. The pieces of a text, joined, are the text.

    >>> mark(["弘扬科学家精神", "大力弘扬科学家精神"])
    [[('弘扬科学家精神', False)], [('大力', True), ('弘扬科学家精神', False)]]
    """
    tokens = [cut(text) for text in texts]
    pieces = []
    for i, own in enumerate(tokens):
        common = [True] * len(own)
        for j, other in enumerate(tokens):
            if i != j:
                shared = [False] * len(own)
                for block in SequenceMatcher(None, own, other, autojunk=False).get_matching_blocks():
                    shared[block.a : block.a + block.size] = [True] * block.size
                common = [one and two for one, two in zip(common, shared, strict=True)]
        pieces.append(_joined(own, common))
    return pieces


def _joined(tokens: Sequence[str], common: Sequence[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    for token, shared in zip(tokens, common, strict=True):
        changed = not shared and any(character.isalnum() for character in token)
        if pieces and pieces[-1][1] == changed:
            pieces[-1] = (pieces[-1][0] + token, changed)
        else:
            pieces.append((token, changed))
    return pieces
