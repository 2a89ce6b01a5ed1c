"""JSON Lines: one whole record a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from noticetab.aside import aside

if TYPE_CHECKING:
    from noticetab.record import Record


def write_jsonl(records: Iterable[Record], path: str | Path) -> Path:
    """Write one record a line, UTF-8, every key present. Raises OSError."""
    path = Path(path)
    with aside(path) as file:
        for record in records:
            file.write(json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + "\n")
    return path


def read_jsonl(path: str | Path) -> Iterator[Record]:
    """The records of a file that :func:`write_jsonl` wrote. Raises OSError and pydantic's ValidationError."""
    from noticetab.record import Record

    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            yield Record.model_validate_json(line)
