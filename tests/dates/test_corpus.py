"""Every date that a reader wrote down for the corpus can be found in its notice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from noticetab.dates import Found, find

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted([*(CORPUS / "gold").glob("*.json"), *(CORPUS / "dev" / "gold").glob("*.json")])


def text_of(gold: Path) -> str:
    folder = CORPUS / "dev" / "texts" if "dev" in gold.parts else CORPUS / "notices"
    return (folder / f"{gold.stem}.txt").read_text(encoding="utf-8")


def read(gold: Path) -> tuple[dict[str, Any], list[Found]]:
    record = json.loads(gold.read_text(encoding="utf-8"))
    years = {event["year"] for event in record.get("events", []) if event.get("year")}
    return record, [found for year in years for found in find(text_of(gold), year)]


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_date_of_the_gold_is_found(gold: Path) -> None:
    record, dates = read(gold)
    days = {(str(d.starts_on), d.ends_on and str(d.ends_on), d.start_time) for d in dates}
    wanted = [
        (row["starts_on"], row.get("ends_on"), row.get("start_time"))
        for key in ("dates", "activities")
        for row in record.get(key, [])
        if row.get("starts_on")
    ]
    assert [row for row in wanted if row not in days] == []

    due = {(str(d.due_on), d.due_time) for d in dates}
    wanted_due = [(row["due_on"], row.get("due_time")) for row in record.get("deadlines", [])]
    assert [row for row in wanted_due if row not in due] == []

    events = [
        (row["starts_on"], row.get("ends_on")) for row in record.get("events", []) if row.get("starts_on")
    ]
    spans = {(str(d.starts_on), d.ends_on and str(d.ends_on)) for d in dates}
    assert [row for row in events if row not in spans] == []


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_a_found_date_of_the_corpus_stands_where_it_says(gold: Path) -> None:
    text = text_of(gold)
    for found in find(text, 2023):
        assert text[found.start : found.end] == found.raw
        assert found.starts_on is not None or found.printed.at_once
        # No notice of the corpus has a date beyond 1989 (a birth limit) and 2026.
        assert found.starts_on is None or 1989 <= found.starts_on.year <= 2026


def test_the_corpus_is_there() -> None:
    assert len(GOLD) >= 20
