"""Work grows with the length of a text: calls are counted, no clock is asked."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

import noticetab

from .repeated import PHRASES, repeated

SIZE = 1_200
MOST = 2.3
"""Twice the length makes at most so many times the calls."""


def calls(text: str) -> int:
    """Calls of functions, in Python and in C, that the extraction of ``text`` makes."""
    count = 0

    def counting(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        noticetab.extract_text(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is built at first use is no work of a text's."""
    noticetab.extract_text("".join(repeated(unit, 60, "\n") for unit in PHRASES))


@pytest.mark.parametrize("glue", ["", "\n"], ids=["line", "lines"])
@pytest.mark.parametrize("unit", PHRASES)
def test_twice_the_length_is_twice_the_work(unit: str, glue: str) -> None:
    nothing = calls(repeated(unit, 1, glue))
    half, whole = (calls(repeated(unit, size, glue)) - nothing for size in (SIZE, 2 * SIZE))
    assert whole <= MOST * max(half, 2_000), (half, whole)
