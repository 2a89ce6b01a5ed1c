"""Running the command in this process, and a stand-in for extraction where only the command counts."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import noticetab
from noticetab import cli
from noticetab.read import ReadError
from noticetab.record import (
    Attachment,
    Contact,
    Evidence,
    Finding,
    FormField,
    Notice,
    Record,
    Section,
    Source,
)


class Result(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """``noticetab ARGUMENTS`` as from a shell: exit status and what was printed."""

    def run(*arguments: str | Path) -> Result:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["noticetab", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        return Result(int(ended.value.code or 0), out, err)

    return run


def read(path: str | Path, limits: object = None) -> Record:
    """A record made of a file's text without any understanding: line 1 is the title.

    ``!`` as the first character is a file that cannot be read, ``?`` a defect of the program,
    a line 错 brings a finding of severity error, and what begins with 新闻 is no notice.
    """
    path = Path(path)
    if not path.exists():
        raise ReadError(f"{path}: No such file or directory")
    text = path.read_text("utf-8")
    if text.startswith("!"):
        raise ReadError(f"{path}: damaged; get the file again")
    if text.startswith("?"):
        raise ZeroDivisionError("division by zero")
    title = text.split("\n")[0]
    whole = Evidence(start=0, end=len(title))
    record = Record(
        source=Source(path=str(path), sha256=hashlib.sha256(text.encode()).hexdigest(), chars=len(text)),
        text=text,
        notice=Notice(
            is_notice=not title.startswith("新闻"),
            title=title,
            evidence={"title": whole},
            rule={"title": "title.line"},
        ),
        sections=[Section(evidence=whole, rule="outline.heading", level=1, marker="一、", heading=title)],
    )
    if "\n错\n" in text:
        at = text.index("\n错\n") + 1
        message = {"message": "日期颠倒", "message_en": "dates in the wrong order"}
        place = Evidence(start=at, end=at + 1)
        record.findings.append(Finding(evidence=place, code="DATE_ORDER", severity="error", **message))
    if "电话：" in text:
        at = text.index("电话：")
        phone = text[at + 3 :].split("\n")[0]
        place = Evidence(start=at, end=at + 3 + len(phone))
        record.contacts.append(Contact(evidence=place, phones=[phone]))
    if "\n表\n" in text:
        record.attachments.append(_form(text))
    return record


def _form(text: str) -> Attachment:
    def field(label: str, **kinds: object) -> FormField:
        at = text.index(label)
        return FormField(label=label, evidence=Evidence(start=at, end=at + len(label)), **kinds)

    fields = [
        field("活动名称"),
        field("活动类别", kind="choice", options=["讲座", "展览"]),
        field("举办地点"),
        field("参加人数", kind="number", unit="人次"),
    ]
    return Attachment(evidence=fields[0].evidence, title="统计表", embedded=True, fields=fields)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction replaced by :func:`read`."""
    monkeypatch.setattr(noticetab, "extract", read)
    monkeypatch.setattr(noticetab, "extract_all", lambda path, **_: [read(path)])
