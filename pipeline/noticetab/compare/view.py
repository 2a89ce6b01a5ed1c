"""A comparison as the report's template draws it: plain lists and dicts, nothing to work out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .alignment import successions
from .comparison import Comparison
from .facts import FACTS
from .plots import network, timeline
from .texts import texts
from .wording import mark

if TYPE_CHECKING:
    import pandas as pd

WIDEST = 8
"""Columns side by side that can still be read; with more, notices are rows."""
BARS = frozenset({"days", "lead_days", "activities", "groups", "focus_points", "committee"})
BRIEF = ("event", "theme", "period", "days", "lead_days", "hosts", "activities", "focus_points",
         "deadlines", "findings")  # fmt: skip
"""The facts shown when notices are rows."""

CHANGES = ("kept", "renamed", "similar", "new", "dropped")
Dict = dict[str, Any]


def view(comparison: Comparison) -> Dict:
    """Everything that the page shows, as the template reads it."""
    index = {one.label: one.index for one in comparison.compared}
    many = len(comparison.compared) > WIDEST
    wide = len(comparison.groups) > WIDEST
    organizations = _organizations(comparison, index)
    return {
        "labels": comparison.labels,
        "groups": comparison.groups,
        "colors": comparison.colors,
        "many": many,
        "wide": wide,
        "heads": _heads(comparison),
        "facts": _facts(comparison, index),
        "brief": BRIEF,
        "timeline": timeline(comparison, compact=many),
        "shape": _shape(comparison),
        "activities": _aligned(comparison, comparison.activities, index),
        "focus": _aligned(comparison, comparison.focus_points, index, bodies=True),
        "changes": _changes(comparison, index),
        "organizations": organizations,
        "organization_columns": _columns(row["cells"] for row in organizations),
        "network": network(comparison),
        "deadlines": [
            {**row, "relation": _relation(row["before_event"])} for row in _rows(comparison.deadlines, index)
        ],
        "findings": _rows(comparison.findings, index),
        "sources": [_source(one.label, one.record) for one in comparison.compared],
    }


def reference(notice: int, start: Any, end: Any) -> str | None:
    """The fragment that opens a place of a source text: ``t0.12.34``; None without a place."""
    import pandas as pd

    if pd.isna(start) or pd.isna(end) or int(end) <= int(start):
        return None
    return f"t{notice}.{int(start)}.{int(end)}"


def present(value: Any) -> Any:
    """``value``, or None for every kind of missing value of pandas."""
    import pandas as pd

    return None if not isinstance(value, list) and pd.isna(value) else value


def _heads(comparison: Comparison) -> list[Dict]:
    rows = []
    for group in comparison.groups:
        inside = [one for one in comparison.compared if one.group == group]
        first = inside[0]
        rows.append(
            {
                "label": group,
                "index": first.index,
                "notices": [one.index for one in inside],
                "event": first.record.events[0].name if len(inside) == 1 and first.record.events else None,
                "count": len(inside),
            }
        )
    return rows


def _facts(comparison: Comparison, index: dict[str, int]) -> list[Dict]:
    cells: dict[str, dict[str, list[Dict]]] = defaultdict(lambda: defaultdict(list))
    largest: dict[str, float] = defaultdict(float)
    for row in comparison.facts.to_dict("records"):
        number = present(row["number"])
        note = present(row["note"])
        if row["fact"] in BARS and not note and number:
            largest[row["fact"]] = max(largest[row["fact"]], float(number))
        cells[row["fact"]][row["notice"]].append(
            {
                "value": row["value"],
                "number": number,
                "note": note,
                "ref": reference(index[row["notice"]], row["start"], row["end"]),
            }
        )
    rows = []
    for fact in FACTS:
        if fact not in cells:
            continue
        columns = [cells[fact].get(label, []) for label in comparison.labels]
        said = [tuple(cell["value"] + (cell["note"] or "") for cell in column) for column in columns]
        rows.append(
            {
                "fact": fact,
                "columns": columns,
                "same": bool(said[0]) and len(set(said)) == 1,
                "largest": largest.get(fact) or None,
            }
        )
    return rows


def _shape(comparison: Comparison) -> list[Dict]:
    blocks = []
    table = comparison.counts
    for dimension in table["dimension"].unique():
        if dimension == "group":  # stands among the facts, where each notice has its own sections
            continue
        part = table[table["dimension"] == dimension]
        wide = part.pivot(index="value", columns="group", values="activities")
        wide = wide.reindex(columns=comparison.groups).fillna(0).astype(int)
        order = sorted(wide.index, key=lambda value: (value == "其他", -int(wide.loc[value].sum()), value))
        largest = int(wide.to_numpy().max())
        blocks.append(
            {
                "dimension": dimension,
                "largest": largest,
                "rows": [
                    {
                        "value": value,
                        "counts": [int(count) for count in wide.loc[value]],
                        "total": int(wide.loc[value].sum()),
                    }
                    for value in order
                ],
            }
        )
    return blocks


def _aligned(
    comparison: Comparison, table: pd.DataFrame, index: dict[str, int], bodies: bool = False
) -> Dict:
    """Aligned rows (best first) and, per column, the items that stand alone."""
    together: list[Dict] = []
    alone: dict[str, list[Dict]] = {group: [] for group in comparison.groups}
    for _, part in table.groupby("row", sort=True):
        items = part.to_dict("records")
        if items[0]["status"] == "only":
            alone[items[0]["group"]].append(_item(items[0], index))
            continue
        own = [comparison.compared[index[item["notice"]]].places for item in items]
        marked = mark([item["name"] for item in items], own) if len(items) <= WIDEST else None
        texts = [item["description"] for item in items] if bodies and len(items) <= WIDEST else []
        marked_texts = mark(texts) if texts else None
        cells: dict[str, list[Dict]] = defaultdict(list)
        for i, item in enumerate(items):
            cell = _item(item, index)
            if marked:
                cell["pieces"] = marked[i]
            if marked_texts and any(texts):
                cell["text"] = marked_texts[i]
            cells[item["group"]].append(cell)
        together.append(
            {
                "status": items[0]["status"],
                "similarity": items[0]["similarity"],
                "words": [word for word in items[0]["words"].split("、") if word],
                "cells": [cells.get(group, []) for group in comparison.groups],
                "members": [cell for group in comparison.groups for cell in cells.get(group, [])],
                "name": Counter(item["name"] for item in items).most_common(1)[0][0],
                "also": [name for name, _ in Counter(item["name"] for item in items).most_common(4)[1:]],
                "notices": len({item["notice"] for item in items}),
                "groups": len({item["group"] for item in items}),
            }
        )
    columns = _columns(row["cells"] for row in together)
    together.sort(key=lambda row: (row["status"] != "same", -row["notices"], -row["similarity"]))
    return {
        "rows": together,
        "alone": [{"group": group, "items": items} for group, items in alone.items()],
        "columns": columns,
        "counts": Counter(row["status"] for row in together) + Counter(only=sum(map(len, alone.values()))),
    }


def _item(item: Mapping[Any, Any], index: dict[str, int]) -> Dict:
    notice = index[item["notice"]]
    tags = [item[name] for name in ("activity_types", "topics", "forms", "settings", "audience")]
    return {
        "notice": notice,
        "label": item["notice"],
        "name": item["name"],
        "pieces": [(item["name"], False)],
        "text": None,
        "kind": item["kind"],
        "section": " / ".join(filter(None, map(present, (item["section"], item["parent"])))),
        "number": present(item["number_printed"]),
        "ref": reference(notice, item["start"], item["end"]),
        "hosts": item["hosts"],
        "tags": [tag for joined in tags for tag in joined.split("、") if tag],
    }


def _changes(comparison: Comparison, index: dict[str, int]) -> list[Dict]:
    blocks = []
    for before_index, after_index in successions(comparison.compared):
        earlier, later = comparison.labels[before_index], comparison.labels[after_index]
        table = comparison.changes
        part = table[(table["earlier"] == earlier) & (table["later"] == later)]
        own = [comparison.compared[i].places for i in (before_index, after_index)]
        rows: dict[str, list[Dict]] = defaultdict(list)
        for row in part.to_dict("records"):
            before, after = present(row["before"]), present(row["after"])
            pieces = mark([before, after], own) if before and after else None
            wording = None
            if pieces and not row["headed"] and len(comparison.compared) <= WIDEST:
                wording = mark([present(row["before_text"]) or "", present(row["after_text"]) or ""], own)
            rows[row["change"]].append(
                {
                    "kind": row["kind"],
                    "before": pieces[0] if pieces else before and [(before, False)],
                    "after": pieces[1] if pieces else after and [(after, False)],
                    "texts": wording,
                    "similarity": present(row["similarity"]),
                    "before_ref": reference(index[earlier], row["before_start"], row["before_end"]),
                    "after_ref": reference(index[later], row["after_start"], row["after_end"]),
                }
            )
        counted = dict(zip(comparison.notices["notice"], comparison.notices["activities"], strict=True))
        blocks.append(
            {
                "earlier": earlier,
                "later": later,
                "indexes": (before_index, after_index),
                "series": _series(comparison, before_index, after_index),
                "rows": rows,
                "counts": {name: len(rows.get(name, ())) for name in CHANGES},
                "total": len(part),
                "silent": [label for label in (earlier, later) if not counted[label]],
            }
        )
    return blocks


def _series(comparison: Comparison, before: int, after: int) -> list[str]:
    """The two series, if they are not one (a 科技周 followed by a 全国科普日)."""
    both = [comparison.compared[i].series or "—" for i in (before, after)]
    return both if both[0] != both[1] else []


def _organizations(comparison: Comparison, index: dict[str, int]) -> list[Dict]:
    """Bodies (without their place) that at least two columns have."""
    gathered: dict[str, dict[str, dict[str, Dict]]] = defaultdict(lambda: defaultdict(dict))
    mentions: Counter[str] = Counter()
    for row in comparison.hosts.to_dict("records"):
        cell = gathered[row["counterpart"]][row["group"]].setdefault(
            row["name"],
            {
                "name": row["name"],
                "roles": Counter(),
                "ref": reference(index[row["notice"]], row["start"], row["end"]),
            },
        )
        cell["roles"][row["role"]] += 1
        mentions[row["counterpart"]] += 1
    rows: list[Dict] = [
        {
            "body": body,
            "groups": len(groups),
            "cells": [
                sorted(
                    groups[group].values() if group in groups else (),
                    key=lambda cell: (-cell["roles"].total(), len(cell["name"])),
                )
                for group in comparison.groups
            ],
        }
        for body, groups in gathered.items()
        if len(groups) > 1
    ]
    rows.sort(key=lambda row: (-row["groups"], -mentions[row["body"]], row["body"]))
    return rows


def _columns(rows: Iterable[list[Any]]) -> list[int]:
    """Columns that have something in any row."""
    return sorted({i for cells in rows for i, cell in enumerate(cells) if cell})


def _relation(before: int | None) -> dict[str, str] | None:
    """When something is due, told from the end of the event, in both languages."""
    if before is None:
        return None
    name = "on_end" if before == 0 else "before_event" if before > 0 else "after_event"
    return {one: texts(one)[f"word.{name}"].format(n=abs(before)) for one in ("zh", "en")}


def _rows(table: pd.DataFrame, index: dict[str, int]) -> list[Dict]:
    rows = []
    for row in table.to_dict("records"):
        cleaned: Dict = {str(name): present(value) for name, value in row.items()}
        cleaned["index"] = index[row["notice"]]
        cleaned["ref"] = reference(cleaned["index"], row["start"], row["end"])
        rows.append(cleaned)
    return rows


def _source(label: str, record: Any) -> Dict:
    return {
        "label": label,
        "title": record.notice.title or "",
        "path": _file_name(record.source.path),
        "text": record.text,
    }


def _file_name(path: str | None) -> str:
    """The last part of a path: a report may be passed on, the folders of its maker may not."""
    return (path or "").replace("\\", "/").rsplit("/", 1)[-1]
