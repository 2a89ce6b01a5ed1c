"""UNCLAIMED: a row that goes astray leaves a mention that somebody is told of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from noticetab.check import ledger
from noticetab.check.report import Report
from noticetab.check.unclaimed import check
from noticetab.extraction import extract
from noticetab.extraction.context import Context
from noticetab.read import read_text
from noticetab.record import Finding, Record, Row
from noticetab.segment import segment

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "corpus").glob("*/texts/*.txt")) + sorted((ROOT / "corpus" / "notices").glob("*.txt"))
SAMPLE = TEXTS[::4]


def rows_of(text: str) -> tuple[Record, Context]:
    return extract(segment(read_text(text)))


def told(record: Record, context: Context) -> list[Finding]:
    report = Report(record, context)
    check(report)
    return report.findings


def lost(table: str, has: Callable[[Row], bool]) -> tuple[int, int]:
    """How many rows of a table are there and, taken away, missed by the ledger: (planted, told)."""
    planted = found = 0
    for path in SAMPLE:
        record, context = rows_of(path.read_text("utf-8"))
        if not record.notice.is_notice:
            continue
        before = {x.evidence.start for x in told(record, context)}
        kept = getattr(record, table)
        for row in [row for row in kept if has(row)]:
            setattr(record, table, [x for x in kept if x is not row])
            new = [x for x in told(record, context) if x.evidence.start not in before]
            planted += 1
            found += any(row.evidence.start - 40 <= x.evidence.start <= row.evidence.end for x in new)
        setattr(record, table, kept)
    return planted, found


def test_a_lost_contact_is_told() -> None:
    planted, found = lost("contacts", lambda row: bool(row.phones) and row.persons != [])
    assert planted >= 20
    assert found >= 0.9 * planted


def test_a_lost_deadline_is_told() -> None:
    planted, found = lost("deadlines", lambda row: True)
    assert planted >= 20
    assert found >= 0.8 * planted


def test_a_quota_with_a_bound_is_told() -> None:
    planted, found = lost("quotas", lambda row: row.unit in ("项", "件", "篇", "名") and bool(row.max))
    assert planted >= 8
    assert found >= 0.4 * planted, "two of one number close to each other hide one another"


def test_hosts_in_their_section_are_told() -> None:
    planted, found = lost("organizers", lambda row: row.rule == "organizer.label" and row.role == "主办")
    assert planted >= 10
    assert found >= 0.3 * planted, "hosts under a heading of their own; those of a label in prose are not"


def test_the_ledger_is_quiet() -> None:
    """Of what is read rightly little is told: at most one in two notices has an entry that nobody took."""
    notices = findings = 0
    for path in SAMPLE:
        record, context = rows_of(path.read_text("utf-8"))
        if record.notice.is_notice:
            notices += 1
            findings += len(told(record, context))
    assert notices >= 25
    assert findings <= 0.5 * notices


HEAD = "关于举办云山市科技周的通知\n\n各有关单位：\n定于2031年5月20日至26日举办2031年云山市科技周。\n"
TAIL = "\n\n云山市科学技术局\n2031年4月1日\n"


@pytest.mark.parametrize(
    "line",
    [
        "入住请联系云山宾馆前台，电话0579-81234567。",
        "监督举报电话：0579-81234567。",
        "工作交流QQ群：812345678。",
        "本标准自2031年6月1日起施行。",
        "作品时长不超过5分钟，字数不少于800字。",
    ],
)
def test_what_is_nobody_s_is_not_told(line: str) -> None:
    record, context = rows_of(HEAD + line + TAIL)
    assert told(record, context) == []


def test_every_entry_stands_in_the_text() -> None:
    for path in SAMPLE[:10]:
        record, context = rows_of(path.read_text("utf-8"))
        for entry in ledger.entries(Report(record, context)):
            assert 0 <= entry.span[0] < entry.span[1] <= len(record.text)


@pytest.mark.parametrize("printed", ["67日前", "412日中午12:00前", "930日截止"])
def test_a_limit_on_a_day_that_no_month_has_is_told(printed: str) -> None:
    record, context = rows_of(HEAD + f"请于{printed}将名单报送市科技局。" + TAIL)
    assert record.deadlines == []
    assert [(x.code, x.severity) for x in told(record, context)] == [("UNCLAIMED", "warning")]
