"""Lines that a copy lost come back; a text that has its lines stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import noticetab
from noticetab.read import read
from noticetab.segment import ladder
from noticetab.segment.lines import split_lines
from noticetab.segment.restore import restore

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "corpus").glob("*/texts/*.txt")) + sorted((ROOT / "corpus" / "notices").glob("*.txt"))

PARAGRAPHS = (
    "云溪县科学技术局关于举办2031年云溪县科技活动周的通知",
    "云科发〔2031〕7号",
    "各乡镇人民政府，县直各有关单位：",
    "为弘扬科学精神，营造爱科学、学科学的浓厚氛围，经研究，定于20"
    "31年5月20日至26日举办科技活动周。现将有关事项通知如下：",
    "一、活动主题",
    "走近科学 共建云溪",
    "二、重点活动",
    "（一）科普集市",
    "活动时间：5月21日",
    "活动地点：县人民广场",
    "主办单位：县科协、县教育局",
    "组织志愿者向群众讲解科学知识，发放科普读物。",
    "（二）科学讲座",
    "活动时间：5月22日",
    "邀请专家到中小学校作科普报告，与学生交流。",
    "三、工作要求",
    "1.加强领导。各单位要明确专人负责，落实安全措施。",
    "2.及时总结。请于2031年6月3日前将工作总结报送县科学技术局。",
    "联系人：王旭",
    "联系电话：0570-6000000",
    "附件：1.活动情况汇总表",
    "2.活动报名表",
    "云溪县科学技术局",
    "2031年4月8日",
)
"""An invented notice, a paragraph each."""


def lines_of(text: str) -> list[str]:
    return [x.text for x in restore(split_lines(text), text)[0]]


@pytest.mark.parametrize("path", TEXTS, ids=lambda x: x.stem)
def test_a_text_that_has_its_lines_stays_as_it_is(path: Path) -> None:
    text = read(path).text
    before = split_lines(text)
    after, done = restore(before, text)
    assert not done.breaks
    assert after == before


@pytest.mark.parametrize("glue", [" ", "\u3000", " / ", " | ", "\u3000\u3000"])
def test_paragraphs_with_something_between_them_come_back(glue: str) -> None:
    assert lines_of(glue.join(PARAGRAPHS)) == list(PARAGRAPHS)


def test_paragraphs_with_nothing_between_them_come_back() -> None:
    assert lines_of("".join(PARAGRAPHS)) == list(PARAGRAPHS)


@pytest.mark.parametrize("half", [10, 15, 18])
def test_half_a_text_comes_back(half: int) -> None:
    text = "\n".join(PARAGRAPHS[:half]) + "\n" + " ".join(PARAGRAPHS[half:])
    assert lines_of(text) == list(PARAGRAPHS)


def test_offsets_stay() -> None:
    text = " ".join(PARAGRAPHS)
    for line in restore(split_lines(text), text)[0]:
        start, end = line.span()
        assert text[start:end] == line.text


@pytest.mark.parametrize(
    "text",
    [
        "各单位要做到：1.组织到位；2.措施到位；3.责任到位，确保活动安全有序，取得实效，不走过场，让群众满意。",
        "设一等奖、二等奖、三等奖各一名，对获得一、二、三等奖的作品颁发证书，并在全县范围内组织优秀作品巡回展览。",
        "请将报名表（附件1）、汇总表（附件2）于2031年6月3日前报送县科学技术局，联系人：王旭，电话：0570-6000000。",
    ],
)
def test_a_sentence_with_numbers_is_one_line(text: str) -> None:
    assert lines_of(f"关于做好有关工作的通知\n各单位：\n{text}\n云溪县教育局\n2031年4月8日\n") == [
        "关于做好有关工作的通知", "各单位：", text, "云溪县教育局", "2031年4月8日"
    ]  # fmt: skip


def test_a_ladder_begins_with_one_and_counts_up() -> None:
    norm = "一、甲事。三、乙事。二、丙事。三、丁事。1.5倍"
    found = ladder.rungs(norm, 0)
    assert [[found[i].number for i in x] for x in ladder.chained(found)] == [[1, 2, 3]]


def test_what_was_done_is_said() -> None:
    record = noticetab.extract_text(" ".join(PARAGRAPHS))
    codes = [(x.code, x.severity) for x in record.findings if x.code == "LINES_LOST"]
    assert codes == [("LINES_LOST", "info")]
    assert record.notice.issuers == ["云溪县科学技术局"]
    assert record.notice.doc_number == "云科发〔2031〕7号"


def test_what_could_not_be_done_is_said_and_its_rows_lose_trust() -> None:
    sentence = "各单位要加强领导精心组织确保活动安全有序，于2031年6月3日前将工作总结报送县科学技术局。"
    text = "关于做好云溪县科技活动周有关工作的通知\n各单位：" + sentence * 12
    record = noticetab.extract_text(text)
    assert ("LINES_LOST", "warning") in [(x.code, x.severity) for x in record.findings]
    assert record.deadlines
    assert all(row.confidence <= 0.6 for row in record.deadlines)


def test_growth_is_linear() -> None:
    part = " ".join(PARAGRAPHS[4:18])
    sizes = []
    for times in (1, 8):
        text = part * times
        sizes.append(len(restore(split_lines(text), text)[0]))
    assert sizes[1] > 4 * sizes[0]


@pytest.mark.parametrize("stop", ["", "。", "：", "（2项）"])
def test_items_behind_the_heading_of_their_section_come_back(stop: str) -> None:
    first, second = (
        "1.科普集市。组织志愿者向群众讲解科学知识，发放科普读物。",
        "2.科学讲座。邀请专家到中小学校作科普报告，与学生交流。",
    )
    text = (
        f"{PARAGRAPHS[0]}\n各有关单位：\n二、重点活动{stop}{first}{second}\n云溪县科学技术局\n2031年4月8日\n"
    )
    assert lines_of(text)[2:5] == [f"二、重点活动{stop}", first, second]


def weak_in(text: str) -> list[str]:
    return [text[a:b] for a, b in restore(split_lines(text), text)[1].weak]


@pytest.mark.parametrize("glue", ["", " "])
def test_paragraphs_whose_bounds_are_plain_are_not_in_doubt(glue: str) -> None:
    assert weak_in(glue.join(PARAGRAPHS).replace("科学 共建", "科学，共建")) == []


def test_rows_of_a_paragraph_whose_end_is_in_doubt_are_not_trusted() -> None:
    text = "".join(x.replace("县科协、县教育局", "县科协、县教育局大家一起来看看。") for x in PARAGRAPHS)
    assert any("大家一起来看看" in x for x in weak_in(text))
    record = noticetab.extract_text(text)
    doubted = [x for a in record.activities for x in a.organizers] + record.organizers
    assert doubted and all(x.confidence < 0.7 for x in doubted)


@pytest.mark.parametrize("glue", ["", " ", "\u3000\u3000"])
def test_most_right_rows_of_restored_lines_stay_trusted(glue: str) -> None:
    record = noticetab.extract_text(glue.join(PARAGRAPHS))
    rows = [x for name, x in record.rows() if name != "findings"]
    assert sum(x.confidence < 0.7 for x in rows) <= len(rows) // 6
