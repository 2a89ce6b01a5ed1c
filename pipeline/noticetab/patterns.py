"""Patterns compiled once each, however often and wherever they are asked for."""

from __future__ import annotations

from functools import cache

import regex


@cache
def pattern(text: str) -> regex.Pattern[str]:
    """The compiled form of a pattern; asking again costs a dictionary look-up.

    (The module's own cache is slower by an order of magnitude, because it looks at flags and locale.)
    """
    return regex.compile(text)
