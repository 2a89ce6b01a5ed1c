"""The same notice gives the same record, whatever file it came in."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import noticetab
from layouts.blocks import CORPUS, NAMES, load
from layouts.ofd import write_ofd
from layouts.page import write_page
from layouts.scan import scan_pdf
from layouts.word import write_docx
from noticetab.evaluate.score import score
from noticetab.record import Record

from .conftest import Office

# Where in the file it stands and how it was read differ by nature; a page has a time of its own.
BESIDE = {"source", "text", "evidence", "spans", "rule", "confidence", "labels", "related", "published_at"}


def essence(value: Any) -> Any:
    """The values of a record: no places, no white space, one width of characters."""
    if isinstance(value, dict):
        return {key: essence(one) for key, one in value.items() if key not in BESIDE}
    if isinstance(value, list):
        return [essence(one) for one in value]
    if isinstance(value, str):
        value = re.sub(r"第\s*\d+\s*行|line \d+", "", value)  # a title over two lines is one in another
        return "".join(unicodedata.normalize("NFKC", value).split())
    return value


def rows(record: Record) -> dict[str, Any]:
    return json.loads(record.model_dump_json())


@cache
def from_text(name: str) -> str:
    return noticetab.extract_text(load(name).text).model_dump_json()


def same(name: str, record: Record) -> None:
    """The record is that of the text, and scores against gold as that one does."""
    gold = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    gold["notice"].pop("published_at", None)
    text = json.loads(from_text(name))
    one, two = score(gold, text).total, score(gold, rows(record)).total
    assert (one.right, one.missing, one.extra) == (two.right, two.missing, two.extra)
    assert essence(rows(record)) == essence(text)


FORMATS = ["text", "gb18030", "docx", "numbered docx", "doc", "pdf", "ofd", "html", "old html"]


@pytest.mark.office
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_the_record_of_the_text(
    office: Office, tmp_path: Path, name: str, kind: str
) -> None:
    layout = load(name)
    path = tmp_path / "notice"
    if kind in ("doc", "docx", "pdf"):
        path = office.file(name, kind)
    elif kind == "numbered docx":
        write_docx(layout, path, numbered=True)
    else:
        data = {
            "text": lambda: layout.text.encode("utf-8"),
            "gb18030": lambda: layout.text.replace("\n", "\r\n").encode("gb18030"),
            "ofd": lambda: write_ofd(office.file(name, "pdf").read_bytes()),
            "html": lambda: write_page(layout),
            "old html": lambda: write_page(layout, charset="gb18030", label="gb2312", old=True),
        }[kind]()
        path.write_bytes(data)
    same(name, noticetab.extract(path))


@pytest.mark.office
@pytest.mark.ocr
def test_a_scanned_form_gives_its_fields_and_flags_what_is_weak(office: Office, tmp_path: Path) -> None:
    """One page of the five notices' scans; the whole ones are scored by benchmarks/read.py --scan."""
    name = "tianjin-2022-science-week-36"
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan_pdf(office.file(name, "pdf").read_bytes(), pages=[0, 5]))
    record = noticetab.extract(path)
    text = Record.model_validate_json(from_text(name))
    assert record.notice.title == text.notice.title
    assert record.notice.doc_number == text.notice.doc_number
    first = [theme.text for theme in text.themes if theme.role != "系列"]  # the rest is on other pages
    assert [theme.text for theme in record.themes] == first
    fields = {field.label for one in text.attachments for field in one.fields if "统计表" in one.title}
    found = {field.label for one in record.attachments for field in one.fields}
    assert len(found & fields) >= 0.97 * len(fields)
    for _, row in record.rows():
        if row.evidence.end:
            assert row.evidence.page in (1, 2)
            assert row.evidence.bbox is not None
