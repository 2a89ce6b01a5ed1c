"""Web pages: the notice comes out of the site, whole and alone, whatever the charset says."""

from __future__ import annotations

from datetime import datetime

import pytest

from layouts.blocks import NAMES, load, squeeze
from layouts.page import write_page
from noticetab.read import ReadError, read_bytes

SITE = [
    "首页",
    "当前",
    "打印",
    "分享",
    "上一篇",
    "责任编辑",
    "相关文章",
    "2021年",
    "版权",
    "ICP",
    "网站地图",
    "浏览",
]


def lines(text: str) -> list[str]:
    return [squeeze(line) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("old", [False, True], ids=["divisions", "nested tables"])
@pytest.mark.parametrize("name", NAMES)
def test_the_notice_and_nothing_of_the_site(name: str, old: bool) -> None:
    layout = load(name)
    reading = read_bytes(write_page(layout, old=old))
    assert lines(reading.text) == lines(layout.text)
    assert reading.joined
    assert reading.media_type == "text/html"
    assert reading.site_title == layout.title
    assert reading.published_at == datetime.fromisoformat(layout.published or "2023-05-08T10:20:30")


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", ""),
        ("gb18030", "utf-8"),
        ("utf-8", "gbk"),
        ("utf-8", ""),
        ("utf-16", ""),
    ],
)
def test_charset_labels_are_believed_only_if_they_fit(charset: str, label: str) -> None:
    layout = load(NAMES[0])
    reading = read_bytes(write_page(layout, charset=charset, label=label))
    assert lines(reading.text) == lines(layout.text)
    assert reading.encoding == charset


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


TEXT = (
    "<p>各有关单位：</p><p>"
    + "为进一步做好科普工作，经研究决定举办科技周活动，现将有关事项通知如下。" * 4
    + "</p>"
)


def test_tables_keep_their_cells_and_spans() -> None:
    table = (
        "<table><tr><th>序号</th><th>内容</th><th>时间</th></tr>"
        "<tr><td>1</td><td>启动仪式</td><td rowspan=2>5月20日</td></tr>"
        "<tr><td>2</td><td>科普<br>讲座</td></tr><tr><td colspan=2>合计</td><td></td></tr></table>"
    )
    reading = read_bytes(page(TEXT + table).encode())
    assert "1\t启动仪式\t5月20日\n2\t科普 讲座\t\n合计\t\n" in reading.text
    (found,) = reading.tables
    assert [len(row) for row in found.rows] == [3, 3, 2, 2]
    cell = found.rows[1][2]
    assert (reading.text[cell.start : cell.end], cell.row_span) == ("5月20日", 2)
    assert found.rows[3][0].column_span == 2
    assert reading.text[found.start : found.end].startswith("序号\t内容")


def test_numbers_of_ordered_lists_are_marked_as_computed() -> None:
    body = TEXT + "<ol start=3><li>讲座进校园</li><li>展览进社区</li></ol>"
    reading = read_bytes(page(body).encode())
    assert "3.讲座进校园\n4.展览进社区" in reading.text
    assert [reading.text[start:end] for start, end in reading.computed] == ["3.", "4."]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta name="PubDate" content="2023-05-08 09:30">', TEXT, datetime(2023, 5, 8, 9, 30)),
        ('<meta property="article:published_time" content="2023-05-08T09:30:01+08:00">', TEXT,
         datetime(2023, 5, 8, 9, 30, 1)),
        ("", "<h2>关于举办科技周的通知</h2><div>发布日期：2023年5月8日 来源：办公室</div>" + TEXT,
         datetime(2023, 5, 8)),
        ("", TEXT + "<p>云山市科协</p><p>2023年5月8日</p>", None),
        ("", TEXT + "<p>时间：2023-05-20 上午</p>", None),
    ],
)  # fmt: skip
def test_published_is_the_pages_own_time_or_none(head: str, body: str, expected: datetime | None) -> None:
    reading = read_bytes(page(body, head).encode())
    assert reading.published_at == expected
    if expected is None:
        assert "2023" in reading.text


def test_published_is_read_where_an_element_is_named_for_it() -> None:
    """Pages of WeChat accounts: the time stands beside the account's name, without any word for it."""
    text = "".join(
        f"<section><span>{'各有关单位，现将有关事项通知如下。' * 5}</span></section>" for _ in range(3)
    )
    listed = '<ul><li><a href="/1">关于别的通知</a><span class="pub-time">2021-01-02</span></li></ul>'
    own = '<div><span>云山科协</span><em id="publish_time">2023-05-08 10:00</em></div>'
    content = f'<h1 id="activity-name">关于举办科技周的通知</h1>{own}<div id="js_content">{text}</div>'
    reading = read_bytes(page(listed + content).encode())
    assert reading.published_at == datetime(2023, 5, 8, 10)
    assert "2023-05-08" not in reading.text


def test_title_of_the_site_is_put_first_when_the_text_has_none() -> None:
    body = f'<div class="title">关于举办科技周的通知</div><div class="con">{TEXT}</div>'
    assert read_bytes(page(body).encode()).text.startswith("关于举办科技周的通知\n各有关单位：")
    own = TEXT.replace("<p>各有", "<p>云山市科协关于举办2023年科技周的通知</p><p>各有", 1)
    reading = read_bytes(page(f"<h1>关于举办科技周</h1><div>{own}</div>").encode())
    assert reading.text.startswith("云山市科协关于举办2023年科技周的通知\n")
    assert reading.site_title == "关于举办科技周"


def test_attachment_links_stay_and_blanks_of_names_stay() -> None:
    body = (
        TEXT
        + "<p>联 系 人：王&nbsp;&nbsp;旭</p>"
        + '<p>附件：<a href="1.doc">1.备案表</a><br><a href="2.doc">2.统计表</a></p>'
    )
    text = read_bytes(
        page(body + '<ul class="rel"><li><a href="/">关于年会的通知</a></li></ul>').encode()
    ).text
    assert "联 系 人：王  旭\n附件：1.备案表\n2.统计表" in text


def test_source_line_ends_mean_nothing_inside_a_paragraph() -> None:
    text = read_bytes(page(TEXT + "<p>走近\n   科学 Science\n Week</p><pre>甲\n乙</pre>").encode()).text
    assert "走近科学 Science Week\n甲\n乙" in text


def test_web_archive() -> None:
    html = page(TEXT).encode("gb18030")
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + html + b"\r\n--b--\r\n"
    assert read_bytes(head + part).text.startswith("各有关单位：\n")
    with pytest.raises(ReadError, match="web archive"):
        read_bytes(head + b"Content-Type: text/plain\r\n\r\nx\r\n--b--\r\n")


def test_entities_of_a_page_reach_nothing() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(TEXT + "<p>&x;</p>")
    assert "root:" not in read_bytes(bomb.encode()).text
