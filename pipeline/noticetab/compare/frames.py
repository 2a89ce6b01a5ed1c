"""The tables of a comparison. Every row says which notice it is from and where it stands there.

Columns ``start`` and ``end`` are characters of that notice's canonical text; both are empty for
what is counted rather than read.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import regex

from noticetab.record import Activity, Evidence, Organizer

from .alignment import Aligned, Alignment, Step
from .collection import PREFIX, Compared, shown_name
from .facts import FACTS, OPENING, date_text, days, facts, lead, main_event, path, shown_date

if TYPE_CHECKING:
    import pandas as pd

DIMENSIONS = ("group", "activity_type", "topic", "form", "setting", "audience")
"""What activities are counted by."""
HOST_ROLES = frozenset({"主办", "联合主办", "牵头", "组织"})
COUNTY = regex.compile(r"(?:(?<=市|^)\p{Han}{1,5}?(?:区|县|市|旗))")
LED = ("中共", "共青团")


def frame(rows: Iterable[dict[str, Any]], columns: Sequence[str], dates: Sequence[str] = ()) -> pd.DataFrame:
    """A DataFrame with all ``columns`` even without rows; ``dates`` become datetime64, offsets Int64."""
    import pandas as pd

    table = pd.DataFrame(list(rows), columns=list(columns))
    for name in dates:
        table[name] = pd.to_datetime(table[name])
    for name in ("start", "end", "page", "days", "lead_days", "before_event", "number_printed"):
        if name in table.columns:
            table[name] = table[name].astype("Int64")
    return table


def place(evidence: Evidence | None) -> dict[str, int | None]:
    """Columns start, end and page of a row."""
    if evidence is None:
        return {"start": None, "end": None, "page": None}
    return {"start": evidence.start, "end": evidence.end, "page": evidence.page}


def notices_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """One row per notice: what it is called here, its column, event and size."""
    rows = []
    for one in notices:
        event = main_event(one.record)
        kinds = Counter(row.kind for row in one.record.activities)
        rows.append(
            {
                "notice": one.label,
                "group": one.group,
                "notice_id": one.record.source.notice_id,
                "path": one.record.source.path,
                "title": one.record.notice.title,
                "region": one.region,
                "year": one.year,
                "series": one.series,
                "issued_on": one.record.notice.issued_on,
                "starts_on": event.starts_on if event else None,
                "ends_on": event.ends_on if event else None,
                "days": days(event.starts_on, event.ends_on) if event else None,
                "activities": kinds["activity"],
                "groups": kinds["group"],
                "focus_points": kinds["focus"],
            }
        )
    columns = (
        "notice", "group", "notice_id", "path", "title", "region", "year", "series", "issued_on",
        "starts_on", "ends_on", "days", "activities", "groups", "focus_points",
    )  # fmt: skip
    table = frame(rows, columns, ("issued_on", "starts_on", "ends_on"))
    table["year"] = table["year"].astype("Int64")
    return table


def facts_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """One row per value of a fact: fact, notice, value, number, note, place."""
    import pandas as pd

    rows = [
        {
            "fact": fact.fact,
            "notice": one.label,
            "value": fact.value,
            "number": fact.number,
            "note": fact.note,
            **place(fact.evidence),
        }
        for one in notices
        for fact in facts(one)
    ]
    table = frame(rows, ("fact", "notice", "value", "number", "note", "start", "end", "page"))
    table["fact"] = pd.Categorical(table["fact"], categories=list(FACTS), ordered=True)
    return table


def counts_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """How many activities of each column have each value of each of :data:`DIMENSIONS`.

    An activity with two topics counts in both.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    for one in notices:
        for activity in one.record.activities:
            if activity.kind == "activity":
                for dimension, value in _values(activity):
                    counted[dimension, value, one.group] += 1
    order = {name: i for i, name in enumerate(DIMENSIONS)}
    total: Counter[tuple[str, str]] = Counter()
    for (dimension, value, _), count in counted.items():
        total[dimension, value] += count
    rows = [
        {"dimension": dimension, "value": value, "group": group, "activities": count}
        for (dimension, value, group), count in sorted(
            counted.items(), key=lambda pair: (order[pair[0][0]], -total[pair[0][:2]], pair[0][1:])
        )
    ]
    return frame(rows, ("dimension", "value", "group", "activities"))


def _values(activity: Activity) -> Iterable[tuple[str, str]]:
    yield "group", path(activity)
    for dimension, values in (
        ("activity_type", activity.activity_types),
        ("topic", activity.topics),
        ("form", activity.forms),
        ("setting", activity.settings),
        ("audience", activity.audience),
    ):
        for value in dict.fromkeys(values):
            yield dimension, value


def aligned_frame(alignment: Alignment, rows: Sequence[Aligned]) -> pd.DataFrame:
    """One row per item; items of one ``row`` are aligned with each other.

    ``status`` is ``same``, ``similar`` or ``only`` (nothing like it in another notice),
    ``similarity`` the mean within the row, ``words`` the shared words that weigh most.
    """
    table = []
    for number, aligned in enumerate(rows):
        for position in aligned.members:
            item = alignment.items[position]
            notice = alignment.notices[item.notice]
            activity = notice.record.activities[item.row]
            table.append(
                {
                    "row": number,
                    "status": aligned.status,
                    "similarity": round(aligned.similarity, 3) if aligned.status != "only" else None,
                    "words": "、".join(aligned.words),
                    "notice": notice.label,
                    "group": notice.group,
                    "kind": item.kind,
                    "section": item.section,
                    "parent": item.parent,
                    "number_printed": item.number,
                    "name": item.name,
                    "headed": item.headed,
                    "description": item.body,
                    "starts_on": activity.starts_on,
                    "ends_on": activity.ends_on,
                    "hosts": "、".join(dict.fromkeys(row.name for row in activity.organizers)),
                    "activity_types": "、".join(activity.activity_types),
                    "topics": "、".join(activity.topics),
                    "forms": "、".join(activity.forms),
                    "settings": "、".join(activity.settings),
                    "audience": "、".join(activity.audience),
                    **place(item.evidence),
                }
            )
    columns = (
        "row", "status", "similarity", "words", "notice", "group", "kind", "section", "parent",
        "number_printed", "name", "headed", "description", "starts_on", "ends_on", "hosts",
        "activity_types", "topics", "forms", "settings", "audience", "start", "end", "page",
    )  # fmt: skip
    return frame(table, columns, ("starts_on", "ends_on"))


def pairs_frame(alignment: Alignment) -> pd.DataFrame:
    """One row per aligned pair of items of two notices, with the similarity and its parts."""
    rows = []
    for pair in alignment.pairs():
        left, right = alignment.items[pair.left], alignment.items[pair.right]
        rows.append(
            {
                "notice_a": alignment.notices[left.notice].label,
                "name_a": left.name,
                "notice_b": alignment.notices[right.notice].label,
                "name_b": right.name,
                "status": pair.status,
                "similarity": round(pair.similarity, 3),
                "name_similarity": round(pair.name, 3),
                "text_similarity": round(pair.body, 3),
                "words": "、".join(pair.words),
            }
        )
    columns = (
        "notice_a", "name_a", "notice_b", "name_b", "status", "similarity", "name_similarity",
        "text_similarity", "words",
    )  # fmt: skip
    return frame(rows, columns)


def changes_frame(alignments: Sequence[tuple[Alignment, Sequence[Step]]]) -> pd.DataFrame:
    """Year over year: one row per item that was kept, renamed, is similar, new or dropped.

    In the order of the later notices.
    """
    rows = []
    for alignment, steps in alignments:
        for step in steps:
            before = alignment.items[step.before] if step.before is not None else None
            after = alignment.items[step.after] if step.after is not None else None
            either = after or before
            rows.append(
                {
                    "region": alignment.notices[step.later].region,
                    "earlier": alignment.notices[step.earlier].label,
                    "later": alignment.notices[step.later].label,
                    "kind": either.kind if either else None,
                    "change": step.change,
                    "before": before.name if before else None,
                    "after": after.name if after else None,
                    "before_text": before.body if before else None,
                    "after_text": after.body if after else None,
                    "headed": bool(either and either.headed),
                    "similarity": round(step.pair.similarity, 3) if step.pair else None,
                    "words": "、".join(step.pair.words) if step.pair else "",
                    "before_start": before.evidence.start if before else None,
                    "before_end": before.evidence.end if before else None,
                    "after_start": after.evidence.start if after else None,
                    "after_end": after.evidence.end if after else None,
                }
            )
    columns = (
        "region", "earlier", "later", "kind", "change", "before", "after", "similarity", "words",
        "before_text", "after_text", "headed",
        "before_start", "before_end", "after_start", "after_end",
    )  # fmt: skip
    order = {one.label: one.index for alignment, _ in alignments[:1] for one in alignment.notices}
    rows.sort(key=lambda row: (order[str(row["later"])], order[str(row["earlier"])]))
    table = frame(rows, columns)
    offsets = ["before_start", "before_end", "after_start", "after_end"]
    table[offsets] = table[offsets].astype("Int64")
    return table


def counterpart(name: str, places: Iterable[str]) -> str:
    """What a body is called without its place, to set like beside like: 市科协 of any city.

    >>> counterpart("中共唐山市委宣传部", ["唐山市"])
    '中共…委宣传部'
    """
    rest, led = name, ""
    for word in LED:
        if rest.startswith(word):
            led, rest = word, rest.removeprefix(word)
    known = sorted(places, key=len, reverse=True)
    shortened = True
    while shortened:
        before = rest
        for one in known:
            rest = rest.removeprefix(one)
        match = PREFIX.match(rest)
        if match and len(rest) > match.end() + 1 and match.group() in known:
            rest = rest[match.end() :]
        shortened = rest != before
    if before_district := COUNTY.match(rest) if rest != name.removeprefix(led) else None:
        rest = rest[before_district.end() :] or rest
    if not rest or rest == name.removeprefix(led):
        return name
    return f"{led}…{rest}" if led else rest


def hosts_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """One row per organization in a role: of the event (activity empty) or of an activity."""
    known = {name for one in notices for name in one.places}
    memo: dict[str, str] = {}
    rows = []
    for one in notices:
        for activity, organizer in _organizers(one):
            if organizer.name not in memo:
                memo[organizer.name] = counterpart(organizer.name, known)
            rows.append(
                {
                    "notice": one.label,
                    "group": one.group,
                    "name": organizer.name,
                    "counterpart": memo[organizer.name],
                    "kind": "、".join(organizer.org_kind),
                    "role": organizer.role,
                    "activity": shown_name(activity) if activity else None,
                    **place(organizer.evidence),
                }
            )
    columns = ("notice", "group", "name", "counterpart", "kind", "role", "activity", "start", "end", "page")
    return frame(rows, columns)


def _organizers(one: Compared) -> Iterable[tuple[Activity | None, Organizer]]:
    for organizer in one.record.organizers:
        yield None, organizer
    for activity in one.record.activities:
        for organizer in activity.organizers:
            yield activity, organizer


def organizations_frame(hosts: pd.DataFrame) -> pd.DataFrame:
    """One row per organization: notices it appears in, roles, number of activities."""
    gathered: dict[str, dict[str, Any]] = {}
    for row in hosts.to_dict("records"):
        entry = gathered.setdefault(
            row["name"],
            {"name": row["name"], "counterpart": row["counterpart"], "kind": row["kind"],
             "found": {}, "roles": Counter(), "activities": 0},
        )  # fmt: skip
        entry["found"][row["notice"]] = None
        entry["roles"][row["role"]] += 1
        entry["activities"] += isinstance(row["activity"], str)
    rows = [
        {
            **entry,
            "notices": "、".join(entry["found"]),
            "notice_count": len(entry["found"]),
            "roles": "、".join(f"{role} {count}" for role, count in entry["roles"].most_common()),
        }
        for entry in gathered.values()
    ]
    rows.sort(key=lambda row: (-row["notice_count"], -row["activities"], row["name"]))
    return frame(rows, ("name", "counterpart", "kind", "notice_count", "notices", "roles", "activities"))


def network_frames(hosts: pd.DataFrame, notices: Sequence[Compared]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes (organizations and events) and edges of who holds something together.

    An edge joins each host (主办) of an activity with each of its other organizers, and each
    organization of an event with the event. ``weight`` counts activities.
    """
    events = {one.label: event.name if (event := main_event(one.record)) else one.label for one in notices}
    weight: Counter[tuple[str, str, str, str]] = Counter()
    by_activity: dict[tuple[str, str, int], list[dict[Hashable, Any]]] = defaultdict(list)
    run = -1
    previous: tuple[str, str] | None = None
    for row in hosts.to_dict("records"):
        if row["role"] == "成员":
            continue
        if not isinstance(row["activity"], str):
            weight[row["name"], events[row["notice"]], row["role"], row["notice"]] += 1
            continue
        current = (row["notice"], row["activity"])
        run += current != previous
        previous = current
        by_activity[(*current, run)].append(row)
    for (notice, _, _), rows in by_activity.items():
        leading = list(dict.fromkeys(row["name"] for row in rows if row["role"] in HOST_ROLES))
        others = {row["name"]: row["role"] for row in rows if row["name"] not in leading}
        for i, host in enumerate(leading):
            for name in leading[i + 1 :]:
                weight[host, name, "主办", notice] += 1
            for name, role in others.items():
                weight[host, name, role, notice] += 1
    edges = frame(
        (
            {"source": source, "target": target, "role": role, "notice": notice, "weight": count}
            for (source, target, role, notice), count in weight.items()
        ),
        ("source", "target", "role", "notice", "weight"),
    )
    return _nodes(edges, hosts, set(events.values())), edges


def _nodes(edges: pd.DataFrame, hosts: pd.DataFrame, events: set[str]) -> pd.DataFrame:
    degree: Counter[str] = Counter()
    found: dict[str, dict[str, None]] = {}
    for row in edges.to_dict("records"):
        for name in (row["source"], row["target"]):
            degree[name] += row["weight"]
            found.setdefault(name, {})[row["notice"]] = None
    kinds = dict(zip(hosts["name"], hosts["kind"], strict=True))
    rows = [
        {
            "name": name,
            "kind": "event" if name in events and name not in kinds else kinds.get(name, ""),
            "degree": degree[name],
            "notices": "、".join(found[name]),
        }
        for name in sorted(degree, key=lambda name: (-degree[name], name))
    ]
    return frame(rows, ("name", "kind", "degree", "notices"))


def timeline_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """Everything with a date: issue, event, opening, other dates, activities, deadlines."""
    rows: list[dict[str, Any]] = []

    def add(one: Compared, kind: str, label: str, start: dt.date | None, end: dt.date | None,
            time: str | None, evidence: Evidence | None) -> None:  # fmt: skip
        if start or end:
            rows.append(
                {"notice": one.label, "group": one.group, "kind": kind, "label": label,
                 "starts_on": start or end, "ends_on": end, "time": time, **place(evidence)}
            )  # fmt: skip

    for one in notices:
        record = one.record
        issued = record.notice.issued_on
        add(one, "issued", "", issued, None, None, record.notice.evidence.get("issued_on"))
        for event in record.events:
            add(one, "event", event.name, event.starts_on, event.ends_on, None, event.evidence)
        for row in record.dates:
            if shown_date(row) and not _repeats(row, record.deadlines):
                kind = "opening" if row.role == OPENING else "date"
                label = row.role if kind == "date" else date_text(row)
                add(one, kind, label, row.starts_on, row.ends_on, row.start_time, row.evidence)
        for activity in record.activities:
            add(one, "activity", shown_name(activity), activity.starts_on, activity.ends_on,
                activity.start_time, activity.evidence)  # fmt: skip
        for due in record.deadlines:
            add(one, "deadline", due.what or due.raw, due.due_on, None, due.due_time, due.evidence)
    columns = ("notice", "group", "kind", "label", "starts_on", "ends_on", "time", "start", "end", "page")
    return frame(rows, columns, ("starts_on", "ends_on"))


def _repeats(row: Any, deadlines: Iterable[Any]) -> bool:
    """Whether a row of dates is only the date of a deadline."""
    return any(
        row.evidence.start >= due.evidence.start and row.evidence.end <= due.evidence.end for due in deadlines
    )


def deadlines_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """One row per thing due; ``lead_days`` from issue to due, ``before_event`` from due to the end of
    the event (negative: after it)."""
    rows = []
    for one in notices:
        event = main_event(one.record)
        closes = (event.ends_on or event.starts_on) if event else None
        rows += [
            {
                "notice": one.label,
                "due_on": due.due_on,
                "due_time": due.due_time,
                "who": due.who,
                "what": due.what,
                "channel": due.channel,
                "lead_days": lead(one.record, due.due_on),
                "before_event": (closes - due.due_on).days if closes else None,
                **place(due.evidence),
            }
            for due in one.record.deadlines
        ]
    columns = ("notice", "due_on", "due_time", "who", "what", "channel", "lead_days", "before_event",
               "start", "end", "page")  # fmt: skip
    return frame(rows, columns, ("due_on",))


def findings_frame(notices: Sequence[Compared]) -> pd.DataFrame:
    """One row per finding of each notice."""
    rows = [
        {
            "notice": one.label,
            "severity": finding.severity,
            "code": finding.code,
            "message": finding.message,
            "message_en": finding.message_en,
            **place(finding.evidence),
        }
        for one in notices
        for finding in one.record.findings
    ]
    return frame(rows, ("notice", "severity", "code", "message", "message_en", "start", "end", "page"))
