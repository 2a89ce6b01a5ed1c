"""The time taken grows with the length of the text only."""

from __future__ import annotations

import dataclasses
import re

import pytest

from noticetab.dates import find, parse
from noticetab.dates.patterns import patterns

PATTERNS = dataclasses.asdict(patterns())


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_repeats_without_bound(name: str) -> None:
    """With every repeat bounded, a match at a place takes bounded time, so a search is linear."""
    outside_classes = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", PATTERNS[name].pattern)
    assert re.search(r"[*+]|\{\d+,\}", outside_classes) is None


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("1", 0),
        ("月", 0),
        ("、", 0),
        ("一", 0),
        ("二〇", 0),
        ("（", 0),
        (" ", 0),
        ("5 ", 0),
        ("年", 0),
        ("2023.5.", 0),
        ("5-", 0),
        ("每年", 0),
        ("即日起至", None),
        ("5月", None),
        ("5月\n", None),
        ("2023年", None),
        ("5月20、", None),
        ("5月20日、", None),
        ("5月20日（星期六", None),
        ("2023年5-", None),
        ("9:00-", None),
        ("5月20日9:00-11:00，", None),
    ],
)
def test_adversarial_lengths_come_to_an_end(unit: str, found: int | None) -> None:
    text = unit * (100_000 // len(unit))
    dates = find(text, 2023)
    assert found is None or len(dates) == found
    assert len(dates) <= len(text) / 2
    assert parse(text, 2023) is None or len(dates) == 1


def test_each_character_is_looked_at_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is tried at most once for each place of the text."""
    import importlib

    module = importlib.import_module("noticetab.dates.find")
    tried: list[int] = []
    original = module.read

    def counting(text: str, pos: int, before: object = None) -> object:
        tried.append(pos)
        return original(text, pos, before)

    monkeypatch.setattr(module, "read", counting)
    text = "5月20日、21日和5-6月20日、2023—" * 200
    find(text, 2023)
    assert len(tried) <= 2 * len(set(tried)) <= 2 * len(text)
