"""JSON-LD: events and activities as schema.org/Event, organizations as schema.org/Organization."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.tables.frames import plain_rows

if TYPE_CHECKING:
    import pandas as pd

ROLES = {"主办": "organizer", "协办": "contributor", "支持": "sponsor", "赞助": "sponsor"}
"""schema.org's property of a role; others are contributors as well."""
MODES = {
    frozenset({"线上"}): "OnlineEventAttendanceMode",
    frozenset({"线下"}): "OfflineEventAttendanceMode",
    frozenset({"线上", "线下"}): "MixedEventAttendanceMode",
}
"""schema.org/EventAttendanceModeEnumeration."""
BASE = "urn:noticetab:"


def write_jsonld(tables: Mapping[str, pd.DataFrame], path: str | Path) -> Path:
    """Write one JSON-LD document with all notices, events and activities. Raises OSError."""
    path = Path(path)
    with aside(path) as file:
        json.dump(linked(tables), file, ensure_ascii=False, indent=1)
        file.write("\n")
    return path


def linked(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The document: a ``@graph`` of notices (DigitalDocument), Events and Organizations.

    Activities are ``subEvent`` of the event where a notice has one event, and point to it by
    ``superEvent``. Clock times carry China's offset, +08:00.
    """
    rows = {name: plain_rows(name, frame) for name, frame in tables.items()}
    organizers: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for row in rows["organizers"]:
        organizers.setdefault((row["notice_id"], row["activity_id"]), []).append(row)
    events: dict[str, list[dict[str, Any]]] = {}
    for row in rows["events"]:
        events.setdefault(row["notice_id"], []).append(row)
    graph = [_clean(_notice(row, events.get(row["notice_id"], []))) for row in rows["notices"]]
    for row in rows["events"]:
        own = organizers.get((row["notice_id"], None), [])
        graph.append(_clean(_event(row["event_id"], row["name"], row, own)))
    for row in rows["activities"]:
        if row["kind"] != "activity":
            continue
        own = organizers.get((row["notice_id"], row["activity_id"]), [])
        made = _event(row["activity_id"], row["name"] or (row["description"] or "")[:40], row, own)
        made["description"] = row["description"]
        made["location"] = [{"@type": "Place", "name": venue} for venue in row["venues"]]
        made["audience"] = [{"@type": "Audience", "audienceType": who} for who in row["audience"]]
        made["keywords"] = [*row["activity_types"], *row["topics"], *row["settings"]]
        if mode := MODES.get(frozenset(row["forms"])):
            made["eventAttendanceMode"] = f"https://schema.org/{mode}"
        above = events.get(row["notice_id"], [])
        made["superEvent"] = {"@id": BASE + above[0]["event_id"]} if len(above) == 1 else None
        graph.append(_clean(made))
    graph.extend(_clean(_organization(row)) for row in rows["organizations"])
    return {"@context": "https://schema.org", "@graph": graph}


def _notice(row: dict[str, Any], events: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": BASE + row["notice_id"],
        "@type": "DigitalDocument",
        "name": row["title"],
        "identifier": row["doc_number"],
        "genre": row["doc_type"],
        "author": [{"@type": "Organization", "name": name} for name in row["issuers"]],
        "dateCreated": _day(row["issued_on"]),
        "inLanguage": "zh-CN",
        "spatialCoverage": row["region"],
        "about": [{"@id": BASE + event["event_id"]} for event in events],
    }


def _organization(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": BASE + row["org_id"],
        "@type": "Organization",
        "name": row["name"],
        "alternateName": row["aliases"],
        "additionalType": row["org_kind"],
        "areaServed": row["region_adcode"],
    }


def _event(row_id: str, name: str, row: dict[str, Any], organizers: list[dict[str, Any]]) -> dict[str, Any]:
    first, last = row["starts_on"], row["ends_on"] or row["starts_on"]
    made: dict[str, Any] = {
        "@id": BASE + row_id,
        "@type": "Event",
        "name": name,
        "startDate": _moment(first, row.get("start_time")),
        "endDate": _moment(last, row.get("end_time")),
        "subjectOf": {"@id": BASE + row["notice_id"]},
    }
    for organizer in organizers:
        role = ROLES.get(organizer["role"], "contributor")
        made.setdefault(role, []).append({"@id": BASE + organizer["org_id"], "name": organizer["name"]})
    return made


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _moment(day: Any, time: str | None) -> str | None:
    if day is None or not time or time == "24:00":  # ISO 8601-1:2019 has no 24:00
        return _day(day)
    return f"{day.isoformat()}T{time}:00+08:00"


def _clean(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in (None, "", [])}
