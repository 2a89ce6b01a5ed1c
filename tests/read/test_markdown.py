"""Markdown: what a reader of the page sees, as the same notice typed plainly would have it."""

from __future__ import annotations

import datetime as dt

import pytest

from noticetab.pipeline import extract_reading
from noticetab.read import read_bytes

HEAD = "# 云山市科学技术局关于举办2031年云山市科技周的通知\n\n各区科技局：\n\n"


def text_of(source: str, name: str = "notice.txt") -> str:
    return read_bytes(source.encode(), name=name).text


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("## 一、活动时间\n", "一、活动时间"),
        ("**（一）启动仪式。**5月20日举办。", "（一）启动仪式。5月20日举办。"),
        ("定于5月20日**（周二）**举办", "定于5月20日（周二）举办"),
        ("3\\. 丙 \\* 丁", "3. 丙 * 丁"),
        ("见[登记表](/files/12.docx)和<http://example.com/>", "见登记表和http://example.com/"),
        ("甲![图](a.png)乙", "甲乙"),
        ("上午<br>下午", "上午\n下午"),
        ("- 甲类\n- 乙类", "• 甲类\n• 乙类"),
        ("- 一、甲类\n- 二、乙类", "一、甲类\n二、乙类"),
        ("1. 甲\n1. 乙\n1. 丙", "1.甲\n2.乙\n3.丙"),
        ("1. 甲\n3. 乙", "1.甲\n3.乙"),
        ("    定于五月举办。", "定于五月举办。"),
        ("联系人：李明\n电话：0571-12345678", "联系人：李明\n电话：0571-12345678"),
        ("[^1]: 报名电话另行通知", "[^1]: 报名电话另行通知"),
        ("标题\n====\n", "标题"),
        ("> 摘要一句。", "摘要一句。"),
    ],
)
def test_marks_go_and_the_text_stays(source: str, seen: str) -> None:
    assert text_of(HEAD + source).split("\n", 2)[2].strip() == seen


def test_a_line_that_the_width_broke_goes_on() -> None:
    long = "为深入贯彻落实科学技术普及法，营造全社会讲科学、爱科学、学科学、用科学的良好氛围，" * 3
    wrapped = "\n".join(long[at : at + 40] for at in range(0, len(long), 40))
    assert long in text_of(HEAD + wrapped)


@pytest.mark.parametrize(
    "bars", ["| 序号 | 名称 |\n|---|---|\n| 1 | 甲<br>乙 |", "序号 | 名称\n:--|:-:\n1 | 甲<br>乙"]
)
def test_bar_tables_are_tables(bars: str) -> None:
    reading = read_bytes((HEAD + bars + "\n").encode())
    (table,) = reading.tables
    assert [[reading.text[c.start : c.end] for c in row] for row in table.rows] == [
        ["序号", "名称"],
        ["1", "甲 乙"],
    ]
    assert "1\t甲 乙\n" in reading.text


def test_a_blank_head_is_no_row_and_tables_in_html_keep_their_spans() -> None:
    reading = read_bytes(
        (HEAD + "|  |  |\n|---|---|\n| 时间 | 5月\\|6月 |\n\n"
         "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>\n").encode()
    )  # fmt: skip
    first, second = reading.tables
    assert len(first.rows) == 1
    assert reading.text[first.rows[0][1].start : first.rows[0][1].end] == "5月|6月"
    assert second.rows[0][0].row_span == 2


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_metadata_at_the_top_is_no_text(fence: str) -> None:
    entry = "=" if fence == "+++" else ":"
    source = f'{fence}\ntitle{entry} "科技周"\ndate{entry} 2031-04-09 08:30\n{fence}\n\n{HEAD}'
    reading = read_bytes(source.encode())
    assert reading.text.startswith("云山市科学技术局关于")
    assert reading.published_at == dt.datetime(2031, 4, 9, 8, 30)
    assert reading.site_title == "科技周"


@pytest.mark.parametrize(
    "text",
    [
        "# 备注\n各单位：\n请于五月底前报送。\n",
        "各单位：\n*注：请于五月底前报送*\n电话 0571-12345678 # 8012\n",
        "各单位：\n- 请于五月底前报送\n- 电话另告\n",
        "甲 | 乙\n丙 | 丁\n",
        "------\n通知\n------\n",
        "#科技周# 各单位：\n请报送____年__月\n",
    ],
)
def test_a_mark_or_two_make_no_markdown(text: str) -> None:
    reading = read_bytes(text.encode())
    assert (reading.text, reading.media_type) == (text, "text/plain")


def test_a_file_named_so_needs_fewer_marks() -> None:
    source = "## 通知\n各单位：\n请于五月底前报送。\n"
    assert text_of(source, "notice.md").startswith("通知")
    assert text_of(source, "notice.txt").startswith("## 通知")


def test_the_record_is_that_of_the_plain_text() -> None:
    plain = (
        "云山市科学技术局关于举办2031年云山市科技周的通知\n\n各区科技局：\n定于2031年5月20日至26日举办2031年云山市科技周。"
        "现将有关事项通知如下：\n一、主要活动\n（一）启动仪式。5月20日在市科技馆举办，由市科技局主办。\n"
        "（二）星空讲堂。5月21日在市图书馆举办，由市科协主办。\n二、工作要求\n请于2031年4月30日前将总结报送市科技局。\n\n"
        "云山市科学技术局\n2031年4月8日\n"
    )
    marked = plain.replace("\n", "\n\n").replace("云山", "# 云山", 1)
    for number in ("一、", "二、"):
        marked = marked.replace(f"\n{number}", f"\n## {number}")
    for number in ("（一）启动仪式。", "（二）星空讲堂。"):
        marked = marked.replace(number, f"**{number}**")
    one, two = (extract_reading(read_bytes(source.encode())) for source in (plain, marked))
    assert two.source.media_type == "text/markdown"

    def values(record: object) -> str:
        rows = [
            row for key in ("events", "activities", "deadlines", "sections") for row in getattr(record, key)
        ]
        return repr(
            [
                row.model_dump(include={"name", "starts_on", "due_on", "what", "heading", "number", "venues"})
                for row in rows
            ]
        )

    assert values(one) == values(two)
    assert one.notice.title == two.notice.title
