"""What the reader could not be sure of reaches the record: findings, and trust in the rows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import noticetab
from noticetab.batch import Options, extract_one
from noticetab.pipeline import extract_reading
from noticetab.read import Box, Note, Reading
from noticetab.read.scan import unread, weak_lines
from noticetab.record import Finding, Record

NOTICE = """关于举办2023年天津市科技周的通知

各区科协：
现将有关事项通知如下：
一、活动主题
热爱科学 崇尚科学
二、重点活动
（一）主场活动启动仪式
主办单位：天津市科学技术局
（二）科普进校园活动
主办单位：天津市科学技术协会
四、工作要求
请各区于2023年5月10日前将总结报送市科协。

天津市科学技术局
2023年4月20日
"""


def doubts(record: Record) -> list[Finding]:
    return [finding for finding in record.findings if finding.rule.startswith("check.reading.")]


def scanned(weak: dict[str, float], sound: float = 1.0) -> Reading:
    """The notice as if it were read from a scan, a box for each line; ``weak`` by what it holds."""
    reading = Reading(NOTICE, media_type="image/png", joined=True, pages=1)
    starts = [0, *(at + 1 for at, char in enumerate(NOTICE) if char == "\n")]
    for number, (start, after) in enumerate(pairwise(starts)):
        line = NOTICE[start : after - 1]
        if line:
            trust = next((value for part, value in weak.items() if part in line), sound)
            bbox = (80.0, 60.0 + 20 * number, 500.0, 75.0 + 20 * number)
            reading.boxes.append(Box(start, after - 1, 1, bbox, trust))
    reading.warnings = weak_lines(reading)
    return reading


DAMAGED = NOTICE.replace("请各区于", "请各�于")
PLACE = DAMAGED.index("�")


def test_destroyed_characters_are_a_finding_of_a_text() -> None:
    (finding,) = doubts(noticetab.extract_text(DAMAGED))
    assert (finding.code, finding.severity) == ("LOW_CONFIDENCE", "warning")
    assert (finding.evidence.start, finding.evidence.end) == (PLACE, PLACE + 1)
    assert "已损坏" in finding.message and "第13行" in finding.message
    assert "destroyed" in finding.message_en and "line 13" in finding.message_en


def test_and_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(NOTICE.encode().replace("区于".encode(), b"\xff" + "于".encode()))
    alone = doubts(noticetab.extract(path))
    assert [finding.code for finding in alone] == ["LOW_CONFIDENCE"]
    outcome = extract_one(path, Options())
    assert outcome.record is not None
    assert doubts(outcome.record) == alone


def test_and_of_a_doc() -> None:
    nlp = noticetab.load(stages=["check"])
    assert doubts(nlp(DAMAGED)._.noticetab) == doubts(noticetab.extract_text(DAMAGED))


def test_garbled_text_that_is_no_notice_says_why() -> None:
    text = "å…³äºŽä¸¾åŠžç§‘æŠ€å‘¨ 锟斤拷"
    for record in (noticetab.extract_text(text), noticetab.load(stages=["check"])(text)._.noticetab):
        assert [finding.code for finding in record.findings] == ["NOT_A_NOTICE", "LOW_CONFIDENCE"]
        assert "乱码" in record.findings[1].message


def test_a_weak_line_is_a_finding_and_its_rows_are_trusted_no_more() -> None:
    sound = extract_reading(scanned({}))
    record = extract_reading(scanned({"科学技术协会": 0.61}, sound=0.97))
    (finding,) = doubts(record)
    line = NOTICE.index("主办单位：天津市科学技术协会")
    assert (finding.evidence.start, finding.evidence.end) == (line, line + 14)
    assert (finding.evidence.page, finding.evidence.bbox) == (1, (80.0, 260.0, 500.0, 275.0))
    assert "第1页" in finding.message and "0.61" in finding.message_en
    rows = [row for key, row in record.rows() if key != "findings"]
    before = [row for key, row in sound.rows() if key != "findings"]
    assert len(rows) == len(before)
    touched = 0
    for row, other in zip(rows, before, strict=True):
        weak = any(place.start < line + 14 and line < place.end for place in row.places())
        touched += weak
        assert row.confidence == min(other.confidence, 0.61 if weak else 0.97)
    assert touched
    flagged = [f for f in record.findings if f.rule == "check.confidence.low"]
    assert any(f.evidence.start >= line and f.evidence.end <= line + 14 for f in flagged)


def test_a_theme_broken_at_a_lines_end_is_a_finding() -> None:
    reading = scanned({})
    start = NOTICE.index("热爱科学 崇尚科学")
    index = next(at for at, box in enumerate(reading.boxes) if box.start == start)
    box = reading.boxes[index]
    text = NOTICE.replace("热爱科学 崇尚科学", "主题：热爱科学崇尚科学。")
    half = start + 3 + 4
    reading.text = text
    longer = len(text) - len(NOTICE)
    reading.boxes = [
        *reading.boxes[:index],
        Box(start, half, 1, box.bbox, 0.99),
        Box(half, box.end + longer, 1, box.bbox, 0.99),
        *(Box(one.start + longer, one.end + longer, 1, one.bbox, 0.99) for one in reading.boxes[index + 1 :]),
    ]
    reading.warnings = weak_lines(reading)
    (finding,) = doubts(extract_reading(reading))
    assert "主题在行末断开" in finding.message and "theme" in finding.message_en
    assert (finding.evidence.start, finding.evidence.end) == (half - 1, half + 1)


def test_a_page_that_could_not_be_read_is_a_finding() -> None:
    reading = scanned({})
    reading.warnings = unread([2, 3])
    (finding,) = doubts(extract_reading(reading))
    assert "第2、3页" in finding.message and "page 2、3" in finding.message_en
    assert (finding.evidence.start, finding.evidence.end) == (0, 1)


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"])
def test_evidence_of_an_empty_text_stays_within_it(text: str) -> None:
    record = noticetab.extract_text(text)
    assert [finding.code for finding in record.findings] == ["NOT_A_NOTICE"]
    assert 0 <= record.findings[0].evidence.start <= record.findings[0].evidence.end <= len(record.text)


def test_the_other_places_of_a_finding_are_on_the_page() -> None:
    record = extract_reading(scanned({}))
    gap = next(finding for finding in record.findings if finding.code == "NUMBERING_GAP")
    assert gap.related
    for place in (gap.evidence, *gap.related):
        assert place.page == 1 and place.bbox is not None
    assert gap.related[0].bbox != gap.evidence.bbox
    for _, row in record.rows():
        assert all(place.page == 1 for place in row.places())


@pytest.mark.parametrize("code", ["TEXT_HIDDEN", "PART_UNREAD", "SEVERAL_DOCUMENTS"])
def test_what_a_reader_did_not_read_is_a_finding_of_its_own(code: str) -> None:
    reading = Reading(NOTICE, joined=True)
    place = NOTICE.index("二、")
    reading.notes = [Note(code, "某处另有内容", "there is more", place, place + 2)]
    (finding,) = [one for one in extract_reading(reading).findings if one.code == code]
    assert (finding.message, finding.message_en) == ("某处另有内容", "there is more")
    assert (finding.evidence.start, finding.evidence.end) == (place, place + 2)
