"""The activities of a notice as a real table of a page: cells over rows, heads of two rows, other words."""

from __future__ import annotations

import html
import random
from typing import Any

from noticetab.evaluate.tally import plain
from shapes.notice import Notice, Paragraph, Shaped

NAMES = ("活动名称", "活动项目", "活动内容", "项目名称", "名称")
WHEN = ("活动时间", "时间", "日期", "举办时间", "时间安排")
WHERE = ("活动地点", "地点", "举办地点", "场所", "地点安排")
ABOUT = ("内容简介", "活动说明", "主要内容", "简介", "备注")


def html_table(notice: Notice, rng: random.Random) -> Shaped | None:
    """The items of a section of activities as rows of an HTML table with what gold says of each."""
    activities = notice.gold.get("activities") or []
    rows = [x for x in activities if x["kind"] == "activity"]
    section = rows[0]["section"] if rows else None
    if (
        len(rows) < 3
        or section is None
        or any(x["kind"] != "focus" for x in activities if x not in rows)
        or any(x["section"] != section or x.get("parent") or not x["name"] for x in rows)
        or [x["number"] for x in rows] != list(range(1, len(rows) + 1))
        or any(x.laid for x in notice.paragraphs)
    ):
        return None
    heading = next(
        (i for i, x in enumerate(notice.paragraphs) if x.marker and plain(section) in (plain(x.text) or "")),
        None,
    )
    if heading is None:
        return None
    family = notice.paragraphs[heading].marker.family  # type: ignore[union-attr]
    end = heading + 1
    while end < len(notice.paragraphs):
        paragraph = notice.paragraphs[end]
        marker = paragraph.marker
        if paragraph.part != "body" or (marker is not None and marker.family == family):
            break
        end += 1
    kept = " ".join(x.text for x in (*notice.paragraphs[:heading], *notice.paragraphs[end:]))
    read = {row["number"]: row for row in notice.record["activities"] if row["section"] == section}
    gold = notice.copied()
    found = [(_cells(x, read.get(x["number"], {})), x) for x in rows]
    table = _table([cells for cells, _ in found], rng)
    gold["deadlines"] = [
        x for x in gold.get("deadlines", ()) if plain(x["what"]) in (plain(kept + table) or "")
    ]
    gold.pop("dates", None)
    gold.pop("contacts", None)
    gold.pop("quotas", None)
    gold.pop("themes", None)
    body = [_line(x) for x in notice.paragraphs[: heading + 1]]
    body += [table, *(_line(x) for x in notice.paragraphs[end:])]
    page = "<html><head><meta charset='utf-8'></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    return Shaped(page, gold, ".html")


def _line(paragraph: Paragraph) -> str:
    return f"<p>{html.escape(paragraph.text)}</p>"


def _cells(gold: dict[str, Any], row: dict[str, Any]) -> dict[str, str]:
    """The printed cells of an activity by column."""
    cells = {"number": str(gold["number"]), "name": gold["name"]}
    when = _day(gold.get("starts_on") or row.get("starts_on"))
    end = gold.get("ends_on") or row.get("ends_on")
    if when and end and _day(end) != when:
        when += "至" + _day(end)
    start = gold.get("start_time") or row.get("start_time")
    if start:
        when += start.lstrip("0")
    cells["when"] = when
    cells["where"] = "；".join(gold.get("venues", row.get("venues") or []))
    for group in gold["organizers"]:
        names = group["names"] if "names" in group else [group["raw"]]
        key = f"role:{group['role']}"
        cells[key] = "、".join(x for x in (cells.get(key, ""), *names) if x)
    cells["about"] = row.get("description") or ""
    return cells


def _day(day: str | None) -> str:
    if not day:
        return ""
    year, month, date = map(int, day.split("-"))
    return f"{year}年{month}月{date}日"


def _table(rows: list[dict[str, str]], rng: random.Random) -> str:
    """The rows under a head of one row or two, equal neighbours in one cell over several rows or not."""
    roles = list(dict.fromkeys(key for row in rows for key in row if key.startswith("role:")))
    words = {
        "number": "序号",
        "name": rng.choice(NAMES),
        "when": rng.choice(WHEN),
        "where": rng.choice(WHERE),
        "about": rng.choice(ABOUT),
        **{key: key.removeprefix("role:") + "单位" for key in roles},
    }
    columns = ["number", "name", "when", "where", *roles, "about"]
    columns = [c for c in columns if any(row.get(c) for row in rows)]
    deep = rng.random() < 0.5
    spans = rng.random() < 0.6
    lines = ["<table>", *_head(columns, words, deep)]
    skip: dict[str, int] = {}
    for i, row in enumerate(rows):
        cells = []
        for column in columns:
            if skip.get(column, 0):
                skip[column] -= 1
                continue
            value = row.get(column, "")
            run = 1
            if spans and value and column not in ("number", "name", "about"):
                while i + run < len(rows) and rows[i + run].get(column, "") == value:
                    run += 1
            skip[column] = run - 1
            over = f' rowspan="{run}"' if run > 1 else ""
            cells.append(f"<td{over}>{html.escape(value)}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _head(columns: list[str], words: dict[str, str], deep: bool) -> list[str]:
    roles = [c for c in columns if c.startswith("role:")]
    if not deep or len(roles) < 2:
        return ["<tr>" + "".join(f"<th>{words[c]}</th>" for c in columns) + "</tr>"]
    upper = []
    for column in columns:
        if column == roles[0]:
            upper.append(f'<th colspan="{len(roles)}">组织单位</th>')
        elif column not in roles:
            upper.append(f'<th rowspan="2">{words[column]}</th>')
    lower = "".join(f"<th>{words[c]}</th>" for c in roles)
    return ["<tr>" + "".join(upper) + "</tr>", f"<tr>{lower}</tr>"]
