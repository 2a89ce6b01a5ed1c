"""Records in which every text holds what would do harm if it were not escaped."""

from __future__ import annotations

import datetime as dt

from noticetab.record import Activity, Deadline, Event, Evidence, Finding, Notice, Organizer, Record, Source

HOSTILE = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">"\'&'
FORMULA = '=HYPERLINK("http://example.org","x")'


def hostile(region: str, value: str) -> Record:
    """A record in which every text that can hold anything holds ``value``."""
    text = f"前言\n{value}\n正文𠮷{value}"
    here = Evidence(start=3, end=3 + len(value))
    return Record(
        source=Source(path=f"private/{value}/{region}.txt", notice_id=region),
        text=text,
        notice=Notice(
            title=value, region=region, doc_number=value, issuers=[value], issued_on=dt.date(2023, 1, 2),
            evidence={"title": here},
        ),
        events=[Event(name=value, series=value, year=2023, starts_on=dt.date(2023, 5, 1), evidence=here)],
        organizers=[Organizer(role="主办", raw=value, name=value, evidence=here)],
        activities=[
            Activity(
                name=value, section=value, description=value, evidence=here, topics=[value], forms=[value],
                organizers=[
                    Organizer(role="主办", raw=value, name=value, org_kind=[value], evidence=here),
                    Organizer(role="承办", raw=value, name="乙" + value, evidence=here),
                ],
            ),
            Activity(name=value, kind="focus", evidence=here),
        ],
        deadlines=[
            Deadline(
                due_on=dt.date(2023, 6, 1), what=value, who=value, channel=value, raw=value, evidence=here
            )
        ],
        findings=[Finding(code="X", severity="error", message=value, message_en=value, evidence=here)],
    )  # fmt: skip
