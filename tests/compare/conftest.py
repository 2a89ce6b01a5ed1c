from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from noticetab.record import (
    Activity,
    Attachment,
    Contact,
    DateRow,
    Deadline,
    Event,
    Evidence,
    Finding,
    Notice,
    Organizer,
    Quota,
    Record,
    Reference,
    Section,
    Source,
    Theme,
)

CORPUS = Path(__file__).parents[2] / "corpus"


def _date(value):
    return dt.date.fromisoformat(value) if value else None


def from_gold(path: Path) -> Record:
    """A record made of a gold file and its text; evidence is where the words stand first."""
    gold = json.loads(path.read_text("utf-8"))
    text = (CORPUS / "notices" / f"{path.stem}.txt").read_text("utf-8")

    def at(*values, after=0):
        for value in filter(None, values):
            start = text.find(value, after)
            if start >= 0:
                return Evidence(start=start, end=start + len(value))
        return Evidence(start=0, end=0)

    def organizers(rows, after=0):
        return [
            Organizer(role=row["role"], raw=raw, name=name, evidence=at(raw, name, after=after))
            for row in rows
            for raw, name in zip(row["names"], row["canonical"], strict=True)
        ]

    head = {k: v for k, v in gold["notice"].items() if k in Notice.model_fields}
    notice = Notice(**head)
    notice.evidence = {k: at(v) for k, v in (("title", notice.title), ("doc_number", notice.doc_number)) if v}
    activities = []
    after = 0
    for row in gold["activities"]:
        where = at(row["name"], row.get("description_head"), after=after)
        after = where.end or after
        body = ""
        if row.get("description_head"):
            start = text.find(row["description_head"], after)
            end = text.find(row.get("description_tail") or "\n", max(start, 0))
            body = text[start : end + len(row.get("description_tail") or "")] if start >= 0 else ""
        activities.append(
            Activity(
                section=row["section"],
                number=row.get("number"),
                name=row["name"],
                kind=row["kind"],
                parent=row.get("parent"),
                description=body or None,
                organizers=organizers(row["organizers"], after),
                starts_on=_date(row.get("starts_on")),
                ends_on=_date(row.get("ends_on")),
                evidence=where,
            )  # fmt: skip
        )
    counts = {row["section"]: row["declared"] for row in gold["declared_counts"]}
    return Record(
        source=Source(path=f"{path.stem}.txt", notice_id=path.stem),
        text=text,
        notice=notice,
        events=[Event(**row, evidence=at(row["name"], notice.title)) for row in gold["events"]],
        themes=[Theme(**row, evidence=at(row["text"])) for row in gold["themes"]],
        sections=[
            Section(level=1, heading=name, declared_count=counts.get(name), evidence=at(name))
            for name in gold["sections"]
        ],
        organizers=organizers(gold["event_organizers"]),
        activities=activities,
        dates=[DateRow(raw=row["starts_on"], **row, evidence=at("月")) for row in gold["dates"]],
        deadlines=[Deadline(**row, raw=row["what"], evidence=at(row["what"])) for row in gold["deadlines"]],
        contacts=[Contact(**row, evidence=at(*row["phones"])) for row in gold["contacts"]],
        quotas=[Quota(**row, evidence=at(row["who"])) for row in gold["quotas"]],
        attachments=[
            Attachment(number=row["number"], title=row["title"], evidence=at(row["title"]))
            for row in gold["attachments"]
        ],
        references=[Reference(**row, evidence=at(row["title"])) for row in gold["references"]],
        findings=[
            Finding(code=code, severity="warning", message=code, evidence=Evidence(start=0, end=1))
            for code in gold["findings"]
        ],
    )


@pytest.fixture(scope="session")
def records() -> list[Record]:
    return [from_gold(path) for path in sorted((CORPUS / "gold").glob("*.json"))]
