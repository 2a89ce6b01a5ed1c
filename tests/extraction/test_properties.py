"""What holds for every text: rows stand where they say, same bytes same record, nothing raises."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import noticetab
from generators import Made, notices
from noticetab.evaluate import score
from noticetab.record import Evidence, Record

ROOT = Path(__file__).parents[2]
NOTICES = sorted((ROOT / "corpus" / "notices").glob("*.txt"))
TEXTS = NOTICES + sorted((ROOT / "corpus" / "dev" / "texts").glob("*.txt"))
READ = {path.stem: noticetab.extract(path).text for path in TEXTS}

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def pieces(record: Record) -> Iterator[tuple[str, Evidence, str]]:
    """Every evidence of a record: what it is of, and the words that must stand there."""
    for key, row in record.rows():
        yield key, row.evidence, getattr(row, "raw", "") or ""
    for name, evidence in record.notice.evidence.items():
        yield f"notice.{name}", evidence, ""
    for activity in record.activities:
        for label, evidence in activity.labels.items():
            yield label, evidence, ""
    for attachment in record.attachments:
        for field in attachment.fields:
            if field.evidence is not None:
                yield "fields", field.evidence, ""
    for finding in record.findings:
        for evidence in finding.related:
            yield "related", evidence, ""


def assert_grounded(record: Record) -> None:
    for what, evidence, raw in pieces(record):
        # An empty text has no character to point at.
        least = min(1, len(record.text))
        assert 0 <= evidence.start <= evidence.end - least <= len(record.text) - least, (what, evidence)
        there = "".join(record.text[evidence.start : evidence.end].split())
        assert there or not record.text.strip(), (what, evidence)
        assert "".join(raw.split()) in there, (what, raw, there)


@pytest.mark.parametrize("name", READ)
def test_rows_of_the_corpus_stand_where_they_say(name: str) -> None:
    record = noticetab.extract_text(READ[name])
    assert_grounded(record)
    for activity in record.activities:
        if activity.name:
            assert "".join(activity.name.split()) in "".join(record.text.split())


@MANY
@given(notices())
def test_a_made_notice_is_read_right(made: Made) -> None:
    record = noticetab.extract_text(made.text)
    assert_grounded(record)
    result = score(made.gold, record.model_dump(mode="json"))
    wrong = {k: (v.missing, v.extra) for k, v in result.fields.items() if v.missing or v.extra}
    assert not wrong


DAY_ALONE = """关于举办2026年滕州市安全生产月的通知

各有关单位：
现将有关事项通知如下：
一、活动时间
2026年4月2日
二、重点活动
1.启动仪式
主办单位：滕州市应急管理局
2.应急疏散演练
主办单位：滕州市应急管理局

附件：活动安排表

滕州市应急管理局
2026年2月6日
"""


def test_a_date_under_a_heading_is_not_the_date_of_issue() -> None:
    assert str(noticetab.extract_text(DAY_ALONE).notice.issued_on) == "2026-02-06"


def test_the_series_leaves_out_a_short_county() -> None:
    text = DAY_ALONE.replace("滕州市", "温县").replace("2026年4月2日", "4月2日")
    assert noticetab.extract_text(text).events[0].series == "安全生产月"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(notices())
def test_the_same_text_gives_the_same_record(made: Made) -> None:
    first, second = (noticetab.extract_text(made.text).model_dump_json() for _ in range(2))
    assert first == second


def test_the_same_bytes_give_the_same_record_in_another_process() -> None:
    program = "import noticetab, sys; [print(noticetab.extract(p).model_dump_json()) for p in sys.argv[1:]]"
    arguments = [sys.executable, "-c", program, *map(str, NOTICES)]
    outputs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        outputs.append(subprocess.run(arguments, capture_output=True, check=True, env=environment))
    assert outputs[0].stdout == outputs[1].stdout
    here = [noticetab.extract(path).model_dump(mode="json") for path in NOTICES]
    assert [json.loads(line) for line in outputs[0].stdout.decode().splitlines()] == here


# --- texts that are no notices, or no longer ---------------------------------------------------------

WORDS = [
    *("关于", "举办", "通知", "一、", "（一）", "1.", "1、", "①", "一是", "附件：", "附件1", "主题"),
    *("主办单位：", "时间：", "地点：", "联系人：", "市科协", "天津市", "将", "请", "各单位", "报送", "前"),
    *("2023年", "5月", "31日", "2月30日", "13月", "至", "—", "9:30", "25:99", "〔2023〕", "号", "10086"),
    *("《", "》", "“", "”", "（", "）", "、", "，", "。", "；", "：", "|", "□", "第", "届", "项", "○", "〇"),
    *("科技周", "a@b.cn", "𠮷", "\n", "\n\n", "\t", " ", "\u3000", "\ufeff", "\x00"),
]


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=60).map("".join))
@example("《主办单位：")
@example("\ud800")
@example("通知")
def test_any_text_gives_a_record(text: str) -> None:
    record = noticetab.extract_text(text)
    assert_grounded(record)


def test_an_empty_text_gives_a_record() -> None:
    assert_grounded(noticetab.extract_text(""))


@MANY
@given(st.sampled_from(sorted(READ)), st.floats(0, 1), st.floats(0, 1))
def test_a_piece_of_a_notice_gives_a_record(name: str, one: float, other: float) -> None:
    text = READ[name]
    first, last = sorted((int(one * len(text)), int(other * len(text))))
    assert_grounded(noticetab.extract_text(text[first : last + 1] or text[-1]))


@MANY
@given(
    st.sampled_from(sorted(READ)), st.integers(0, 2**32), st.sampled_from(["lines", "characters", "words"])
)
def test_a_shuffled_notice_gives_a_record(name: str, seed: int, what: str) -> None:
    text = READ[name][:3000]
    units = {"lines": text.splitlines(True), "characters": list(text)}.get(what) or text.split("，")
    random.Random(seed).shuffle(units)
    assert_grounded(noticetab.extract_text(("，" if what == "，" else "").join(units)))


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(
    ("written", "misread"),
    [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "latin-1"), ("gb18030", "big5")],
)
def test_mojibake_gives_a_record(name: str, written: str, misread: str) -> None:
    text = READ[name][:2500].encode(written, "ignore").decode(misread, "replace")
    assert_grounded(noticetab.extract_text(text))
