"""Documents in traditional characters, read as simplified ones, character for character.

Many web copies of mainland notices were run through a converter, some with the reading of a
character behind it: ``科協(xié)``. The table is that of OpenCC (Apache-2.0), without its
phrases, so that the length stays and offsets with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib import resources
from typing import Any

import regex

SHARE = 0.03
"""Least share of traditional forms among Chinese characters for a document to be traditional.

A simplified document that quotes a Taiwanese book or a name has less, a traditional one has
about a third.
"""
GLOSSES = 3
"""Glosses needed for a simplified document to be a converter's work: a single one is a rare
character's reading that the author gave."""

_GLOSS = regex.compile(r"(?<=\p{Han})[(（]([a-zü\u0300-\u036f\u00e0-\u01dc]{1,7})[)）]")
_SYLLABLE = regex.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|"
    r"u|ua|uo|uai|ui|uan|un|uang|ueng|ü|üe|ue|üan|ün)"
)
_FIRST, _LAST = "\u3400", "\u9fff"
"""The Chinese characters that are counted."""
_TONES = {"\u0300", "\u0301", "\u0304", "\u030c"}


@cache
def _table(name: str) -> dict[int, str]:
    """One-character mappings of an OpenCC dictionary whose first choice differs from the key."""
    source = resources.files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    table = {}
    for line in source.splitlines():
        key, _, values = line.partition("\t")
        choices = values.split()
        # A character that is its own first or second choice (乾 of 乾隆) says nothing.
        if len(key) == 1 and choices and len(choices[0]) == 1 and key not in choices:
            table[ord(key)] = choices[0]
    return table


@cache
def _only_simplified() -> frozenset[str]:
    """Characters that exist in simplified writing alone."""
    return frozenset(chr(code) for code in _table("STCharacters.txt"))


@cache
def _only_traditional() -> frozenset[str]:
    """Characters that exist in traditional writing alone."""
    return frozenset(chr(code) for code in _table("TSCharacters.txt"))


@cache
def _any_traditional() -> re.Pattern[str]:
    # None of the rare ones beyond U+FFFF, with which the search would be slow; they are not counted either.
    counted = (char for char in _only_traditional() if _FIRST <= char <= _LAST)
    return re.compile(f"[{''.join(counted)}]")


def is_traditional(text: str) -> bool:
    """Whether ``text`` as a whole is written in traditional characters."""
    if _any_traditional().search(text) is None:
        return False
    counted = traditional = simplified = 0
    for char, times in Counter(text).items():
        if _FIRST <= char <= _LAST:
            counted += times
            traditional += times * (char in _only_traditional())
            simplified += times * (char in _only_simplified())
    return traditional >= max(2, SHARE * counted) and traditional > simplified


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """``text`` in simplified characters; the length is that of ``text``.

    Phrases decide where a character has two simplified forms (關於, 徵集); a line that phrases
    would make longer or shorter is converted character by character.
    """
    table = _table("TSCharacters.txt")
    lines = text.split("\n")
    converted = _converter().convert(text).split("\n")
    if len(converted) != len(lines):
        return text.translate(table)
    return "\n".join(
        new if len(new) == len(old) else old.translate(table)
        for old, new in zip(lines, converted, strict=True)
    )


def glosses(text: str, *, traditional: bool) -> list[tuple[int, int]]:
    """Spans of bracketed pinyin that a converter put behind characters: ``科協(xié)``.

    Only syllables with a tone mark count, or, where some are there, those of neutral tone as
    well. In a text that is not ``traditional``, fewer than three are the author's own and stay.
    """
    found = []
    toned = 0
    for match in _GLOSS.finditer(text):
        marks = unicodedata.normalize("NFD", match[1])
        plain = "".join(char for char in marks if char not in _TONES)
        if _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)):
            has_tone = len(plain) < len(marks)
            toned += has_tone
            found.append((match.start(), match.end(), has_tone))
    if toned < (1 if traditional else GLOSSES):
        return []
    return [(start, end) for start, end, _ in found]
