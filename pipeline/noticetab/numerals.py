"""Whole numbers as they are printed: 12, １２, 三十五, ①, ⒈, ㈠; the one place that reads them."""

from __future__ import annotations

import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "○": 0, "〇": 0}
_LONGEST = 18
"""Digits of a number at most; what is longer counts nothing (and ``int`` refuses 4,300)."""


def whole(text: str) -> int | None:
    """The value of a whole number in digits of any script, Chinese below 1,000, or enclosed; else None.

    ``str.isdigit`` lets ① and ² through, which ``int`` refuses: numbers are read here and nowhere else.

    >>> [whole(text) for text in ("12", "１２", "三十五", "①", "㉑", "⒈", "㈠", "²", "½", "")]
    [12, 12, 35, 1, 21, 1, 1, None, None, None]
    """
    if text.isdecimal():
        return int(text) if len(text) <= _LONGEST else None
    if len(text) == 1 and unicodedata.category(text) in ("No", "Nl"):
        return _enclosed(text)
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        elif char == "百":
            total += (digit or 1) * 100
            digit = 0
        else:
            return None
    return total + digit if text else None


def _enclosed(char: str) -> int | None:
    """The number in a circle, in brackets, before a stop, or Roman; an exponent or a fraction is none."""
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<fraction>")):
        return None
    value = unicodedata.numeric(char)
    return int(value) if value.is_integer() else None


def signed(text: str | None, otherwise: int) -> int:
    """An attribute of a file that should hold an integer (``-1``, ``12``), else ``otherwise``."""
    stripped = (text or "").strip()
    value = whole(stripped.removeprefix("-")) if stripped.isascii() else None
    if value is None:
        return otherwise
    return -value if stripped.startswith("-") else value
