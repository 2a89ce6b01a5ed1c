"""Files and readers for tests: small notices written as JSON, read by a function that is no parser."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path

from noticetab import __version__
from noticetab import record as r
from noticetab.rules import rulebook


def write_notice(path: Path, number: int = 1, **changes) -> Path:
    """A file that :func:`extract` reads; ``number`` tells notices apart."""
    fields = {
        "title": f"关于举办2023年第{number}届海滨市科技活动周的通知",
        "doc_number": f"海科发〔2023〕{number}号",
        "issuers": ["海滨市科学技术局"],
        "issued_on": "2023-05-08",
        "event": f"第{number}届海滨市科技活动周",
        "starts_on": "2023-05-20",
        "activities": ["启动仪式", f"第{number}次科普报告会", "实验室开放日"],
        "hosts": ["海滨市科学技术局", f"海滨市第{number}中学"],
        "printed": {},
        "phones": ["0532-1234567"],
        "due_on": "2023-05-10",
        "pad": f"各有关单位要高度重视第{number}届活动，精心组织，确保安全。" * 5,
    } | changes
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fields, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def extract(path: Path) -> r.Record:
    """The record of a file that :func:`write_notice` wrote."""
    fields = json.loads(Path(path).read_text("utf-8"))
    if fields.get("broken"):
        raise ValueError("broken\non purpose")
    if fields.get("kill"):
        os.kill(os.getpid(), 9)
    if fields.get("sleep"):
        time.sleep(fields["sleep"])
    printed = [fields.get("printed", {}).get(name, name) for name in fields["hosts"]]
    parts = [fields["title"] or "", fields["pad"], *fields["activities"], *printed, *fields["phones"]]
    parts += [fields["issued_on"] or "", fields["starts_on"], fields["due_on"]]
    text = fields.get("text") or "\n".join(parts)
    row = {"evidence": r.Evidence(start=0, end=1), "rule": "fake"}
    date = {
        key: fields[key] and dt.date.fromisoformat(fields[key])
        for key in ("issued_on", "starts_on", "due_on")
    }
    hosts = [
        r.Organizer(role="主办", raw=raw, name=name, **row)
        for raw, name in zip(printed, fields["hosts"], strict=True)
    ]
    return r.Record(
        contract_version=1,
        program=f"noticetab {__version__}",
        rules_hash=rulebook(None).hash,
        source=r.Source(chars=len(text)),
        text=text,
        notice=r.Notice(
            doc_type="通知",
            title=fields["title"],
            doc_number=fields["doc_number"],
            issuers=fields["issuers"],
            issued_on=date["issued_on"],
            region_adcode=fields.get("region_adcode"),
        ),
        events=[r.Event(name=fields["event"], starts_on=date["starts_on"], **row)],
        sections=[r.Section(level=1, number=1, heading="主要活动", **row)],
        organizers=hosts[:1],
        activities=[
            r.Activity(
                section="主要活动", number=i, name=name, organizers=hosts, starts_on=date["starts_on"], **row
            )
            for i, name in enumerate(fields["activities"], 1)
        ],
        deadlines=[r.Deadline(due_on=date["due_on"], what="方案", raw="5月10日前", **row)],
        contacts=[r.Contact(unit="市科技局", phones=fields["phones"], **row)],
    )


def slow_extract(path: Path) -> r.Record:
    """Like :func:`extract`, slow enough to be interrupted."""
    time.sleep(0.02)
    return extract(path)
