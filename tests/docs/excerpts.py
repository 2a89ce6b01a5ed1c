"""The real excerpts that the READMEs show: ``python tests/docs/excerpts.py`` writes them anew.

They are taken from ``outputs/`` and stand between ``<!-- excerpt: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "README.zh-CN.md")
RECORD = ROOT / "outputs" / "records" / "tianjin-2023-science-week-37.json"
ACTIVITY = "开幕式"
HOSTED = "2023年济南市暨历城区科技活动周启动仪式"
COLUMNS = ("role", "raw", "name", "org_kind", "region_adcode", "start", "end")
MARKS = re.compile(r"(<!-- excerpt: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "outputs" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table() -> str:
    """The organizations of one activity, as outputs/organizers.csv has them."""
    (activity,) = {row["activity_id"] for row in _rows("activities") if row["name"] == HOSTED}
    rows = [row for row in _rows("organizers") if row["activity_id"] == activity]
    cells = [COLUMNS, ["---"] * len(COLUMNS), *([row[column] for column in COLUMNS] for row in rows)]
    return "".join(f"| {' | '.join(map(_plain, line))} |\n" for line in cells)


def _plain(cell: str) -> str:
    return "、".join(json.loads(cell)) if cell.startswith("[") else cell


def activity() -> str:
    """One activity of a record, its own evidence and rule included; a line a field."""
    record = json.loads(RECORD.read_text("utf-8"))
    row = next(row for row in record["activities"] if row["name"] == ACTIVITY)
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    return "```json\n{\n" + ",\n".join(lines) + "\n}\n```\n"


EXCERPTS: dict[str, Callable[[], str]] = {"table": table, "activity": activity}


def render(document: str) -> str:
    """``document`` with its excerpts as they are now."""
    return MARKS.sub(lambda match: match[1] + EXCERPTS[match[2]]() + match[3], document)


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(render(path.read_text("utf-8")), "utf-8")
