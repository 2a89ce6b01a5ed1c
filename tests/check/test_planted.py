"""A clean notice with one fault planted has the finding that is due, and only that one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from faults import KINDS, Notice

import noticetab

CORPUS = Path(__file__).parents[2] / "corpus"
NOTICES = sorted([*(CORPUS / "notices").glob("*.txt"), *(CORPUS / "dev" / "texts").glob("*.txt")])
EACH = 3
"""Planted texts of a kind that are tried in one notice."""


def codes(record: noticetab.Record) -> Counter[str]:
    return Counter(finding.code for finding in record.findings if finding.severity != "info")


@cache
def notices() -> dict[str, tuple[Notice, Counter[str]]]:
    """The notices of the corpus, with the faults that they have already (most have none)."""
    records = {path.stem: noticetab.extract(path) for path in NOTICES}
    return {name: (Notice(r.text), codes(r)) for name, r in records.items() if r.notice.is_notice}


def planted(kind: str) -> Iterator[tuple[str, str]]:
    plant, expected = KINDS[kind]
    for name, (notice, faults) in notices().items():
        if expected not in faults:
            for text in islice(plant(notice), EACH):
                yield name, text


def test_most_notices_of_the_corpus_are_clean() -> None:
    assert sum(not faults for _, faults in notices().values()) >= 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_fault_is_found_and_nothing_else(kind: str) -> None:
    expected = KINDS[kind][1]
    wrong = []
    bearing = set()
    for name, text in planted(kind):
        bearing.add(name)
        notice, faults = notices()[name]
        found = codes(noticetab.extract_text(text)) - faults
        if set(found) != {expected}:
            wrong.append((name, dict(found), _changed(notice.text, text)))
    assert not wrong
    assert bearing


def _changed(before: str, after: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return after[max(0, at - 15) : at + 15]


REPAIRS = [
    ("tianjin-2023-science-week-37", "第36届科技周主场活动", "第37届科技周主场活动", "EDITION_MISMATCH"),
    ("tianjin-2023-science-week-37", "科普走近校园", "科普走进校园", "NAME_MISMATCH"),
    ("tianjin-2023-science-week-37", "\n主场活动\n", "\n（二）主场活动\n", "UNNUMBERED_HEADING"),
    ("tianjin-2022-science-week-36", "第36届天津市科技周", "天津市第36届科技周", "ATTACHMENT_TITLE_MISMATCH"),
    ("jinan-licheng-2023-science-week", "5月27—6月3日", "5月27日—6月3日", "MALFORMED_DATE"),
    ("d1-baoji-2011-safety-month", "6月12日（星期六）", "6月12日（星期日）", "WEEKDAY_MISMATCH"),
    ("d1-yantai-laishan-2024-science-day", "(10项)", "(9项)", "COUNT_MISMATCH"),
    ("d2-huzhou-2024-science-week", "（22项）", "（23项）", "COUNT_MISMATCH"),
    ("d2-dalian-2016-model-contest", "大连市第十二届", "大连市第十三届", "EDITION_MISMATCH"),
    ("d2-shuimogou-2020-disaster-week", "5月12日(星期三)", "5月12日(星期二)", "WEEKDAY_MISMATCH"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code"), REPAIRS, ids=lambda value: value[:24])
def test_a_repaired_fault_is_gone_and_nothing_else(name: str, old: str, new: str, code: str) -> None:
    path = next(path for path in NOTICES if path.stem == name)
    before = noticetab.extract(path)
    assert old in before.text
    after = noticetab.extract_text(before.text.replace(old, new))
    assert codes(before) - codes(after) == Counter([code])
    assert not codes(after) - codes(before)
