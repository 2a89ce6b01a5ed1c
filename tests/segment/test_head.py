"""The head of a document: what sites print above a notice is told from what the notice prints itself."""

from __future__ import annotations

import datetime as dt

import pytest

import noticetab
from noticetab.record import Record

TITLE = "青塘市科学技术局关于举办2031年科普讲解大赛的通知"
TO = "各县（区）科技局、各有关单位："
BODY = "为普及科学知识，定于2031年6月10日在市科技馆举办科普讲解大赛。"
FOOT = "青塘市科学技术局\n2031年5月8日"


def read(*head: str, body: str = BODY, foot: str = FOOT) -> Record:
    return noticetab.extract_text("\n".join((*head, body, foot)) + "\n")


BARS = [
    ("share", ["分享"]),
    ("sort", ["排序：", ""]),
    ("size", ["【字号：大 中 小】  【打印】  【关闭】"]),
    ("views", ["浏览量：", "297"]),
    ("crumbs", ["您当前的位置：首页 > 政务公开 > 通知公告"]),
    ("site", ["青塘市科技信息网"]),
    ("column", ["通知公告"]),
    ("greeting", ["好消息！"]),
    ("summary", ["摘要：市里将举办一场大赛，各地可以报名。"]),
    ("source", ["来源：科普处", "作者：", "发布时间：2031-05-09 08:30"]),
]


@pytest.mark.parametrize(
    ("bar", "place"),
    [
        pytest.param(bar, place, id=f"{name} {place}")
        for name, bar in BARS
        for place in ("above", "below", "alone")
        if (name, place) != ("greeting", "below")
    ],
)
def test_what_a_site_prints_hides_neither_title_nor_addressees(bar: list[str], place: str) -> None:
    title = [] if place == "alone" else [TITLE]
    record = read(*(bar + title if place != "below" else title + bar), TO)
    assert record.notice.title == (None if place == "alone" else TITLE)
    assert record.notice.addressees == ["各县（区）科技局、各有关单位"]
    assert record.notice.issuers == ["青塘市科学技术局"]


def test_bars_stack() -> None:
    record = read(*(line for name, bar in BARS if name != "greeting" for line in bar), TITLE, TO)
    assert (record.notice.title, record.notice.addressees) == (TITLE, ["各县（区）科技局、各有关单位"])
    assert record.notice.published_at == dt.datetime(2031, 5, 9, 8, 30)


BOXES = [
    "索引号：0123-2031-5\n主题分类：科技\n发文机关：青塘市科学技术局\n成文日期：2031-05-08\n标题：\n发文字号：青科发〔2031〕9号",
    "【发布文号】\n青科发〔2031〕9号\n【发文日期】\n2031-05-08\n【发文单位】\n青塘市科学技术局",
    "• 索引号:\n\n  0123-2031\n• 主题分类:\n\n• 发文机构:\n\n  青塘市科学技术局\n"
    "• 发文字号:\n\n  青科发〔2031〕9号\n• 发文日期:\n\n  2031年05月08日 16:40\n• 有效性:\n",
    "【发布部门】青塘市科学技术局【发文字号】青科发〔2031〕9号【成文日期】2031.05.08",
    "| 索 引 号 | 0123 | 成文日期 | 2031年5月8日 |\n"
    "| 发文机关 | 青塘市科学技术局 | 文    号 | 青科发〔2031〕9号 |",
    "索引号\t0123\t发文机关\t青塘市科学技术局\n发文字号\t青科发〔2031〕9号\t成文日期\t2031年5月8日",
    "名    称 : "
    + TITLE
    + "\n文    号 : 青科发〔2031〕9号\n发文机关 : 青塘市科学技术局"
    + "\n发文日期 : 2031年05月08日\n有 效 性 : 有效",
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_gives_what_the_document_lacks(box: str) -> None:
    notice = read(box, TITLE, TO, foot="").notice
    assert notice.doc_number == "青科发〔2031〕9号"
    assert (notice.doc_number_agency, notice.doc_number_year, notice.doc_number_serial) == ("青科发", 2031, 9)
    assert notice.issuers == ["青塘市科学技术局"]
    assert notice.issued_on == dt.date(2031, 5, 8)
    assert notice.title == TITLE


@pytest.mark.parametrize("box", BOXES)
def test_a_box_never_replaces_what_is_printed(box: str) -> None:
    foot = "青塘市科学技术局办公室\n2031年5月7日"
    notice = read(box, TITLE, "青科办〔2031〕3号", TO, foot=foot).notice
    assert notice.doc_number == "青科办〔2031〕3号"
    assert notice.issuers == ["青塘市科学技术局办公室"]
    assert notice.issued_on == dt.date(2031, 5, 7)


PUBLISHED = [
    ("发布时间：2031-05-09 08:30", (8, 30)),
    ("发布时间：\n2031年05月09日", (0, 0)),
    ("来源：科普处  时间：2031年5月9日  作者：", (0, 0)),
    ("日期：2031/05/09 08:30:00", (8, 30)),
    ("09.05.2031  08:30", (8, 30)),
    ("2031-05-09", (0, 0)),
    ("青塘发布 2031-05-09 08:30 阅读 12 次", (8, 30)),
    ("〔发布日期〕2031.05.09〔浏览次数〕12", (0, 0)),
]


@pytest.mark.parametrize(("bar", "clock"), PUBLISHED)
def test_when_the_page_was_put_up(bar: str, clock: tuple[int, int]) -> None:
    notice = read(TITLE, bar, TO).notice
    assert notice.published_at == dt.datetime(2031, 5, 9, *clock)
    assert (notice.addressees, notice.issued_on) == (["各县（区）科技局、各有关单位"], dt.date(2031, 5, 8))


NUMBERS = [
    ("青科发〔2031〕9号", ("青科发", 2031, 9)),
    ("（青科发[2031]09号）", ("青科发", 2031, 9)),
    ("2031年第3号", (None, 2031, 3)),
    ("第12号", (None, None, 12)),
    ("青科发2031〕9号", ("青科发", 2031, 9)),
    ("〔2031〕9号", (None, 2031, 9)),
    ("青科发(2031)第009", ("青科发", 2031, 9)),
]


@pytest.mark.parametrize(("number", "parts"), NUMBERS)
@pytest.mark.parametrize("place", ["above", "below"])
def test_forms_of_a_document_number(
    number: str, parts: tuple[str | None, int | None, int], place: str
) -> None:
    head = (number, TITLE) if place == "above" else (TITLE, number)
    notice = read(*head, TO).notice
    assert notice.doc_number == number.strip("（）")
    assert (notice.doc_number_agency, notice.doc_number_year, notice.doc_number_serial) == parts
    assert (notice.title, notice.addressees) == (TITLE, ["各县（区）科技局、各有关单位"])


@pytest.mark.parametrize("printed", ["青科发20319号", "青科发〔20319", "青科发〔〕号"])
def test_a_number_that_nobody_can_read_is_null_and_told(printed: str) -> None:
    record = read(TITLE, printed, TO)
    notice = record.notice
    assert notice.doc_number is None
    assert any(f.rule == "check.element.number-damaged" for f in record.findings)
    assert notice.addressees == ["各县（区）科技局、各有关单位"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_title_printed_several_times_is_one(times: int) -> None:
    notice = read(*[TITLE, "来源：科普处"] * times, TO).notice
    assert (notice.title, notice.addressees) == (TITLE, ["各县（区）科技局、各有关单位"])


def test_the_documents_own_copy_of_the_title_counts() -> None:
    shortened = TITLE.removeprefix("青塘市科学技术局")
    assert read(shortened, "来源：科普处", TITLE, TO).notice.title == TITLE


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("各县（区）科技局。", ["各县（区）科技局"]),
        ("各县（区）科技局，市直各有关单位", ["各县（区）科技局", "市直各有关单位"]),
        ("全体教职员工", ["全体教职员工"]),
        ("各位同学：", ["各位同学"]),
    ],
)
def test_addressees_without_a_colon(printed: str, expected: list[str]) -> None:
    assert read(TITLE, printed).notice.addressees == expected


def test_a_body_without_addressees_has_none() -> None:
    notice = read("关于启用新印章的公告", body="根据工作需要，自2031年6月1日起启用新印章。特此公告。").notice
    assert (notice.title, notice.addressees, notice.doc_type) == ("关于启用新印章的公告", [], "公告")


@pytest.mark.parametrize("title", ["公  告", "青塘市公安局通告"])
def test_titles_without_a_subject(title: str) -> None:
    notice = read(
        title,
        body="为保障大赛安全，2031年6月10日对东湖路实行交通管制。特此公告。",
        foot="青塘市公安局\n2031年6月1日",
    ).notice
    assert notice.title == "".join(title.split())


def test_a_site_is_no_issuer() -> None:
    box = "索引号：0123\n发文机构：青塘市政府网站\n发文字号：青科发〔2031〕9号"
    assert read(box, TITLE, TO, foot="").notice.issuers == []


def test_a_page_title_of_other_words_gives_way_to_the_documents_own() -> None:
    notice = read("科普讲解大赛的通知(2031年)", "合集下载", TITLE, TITLE, TO).notice
    assert (notice.title, notice.addressees) == (TITLE, ["各县（区）科技局、各有关单位"])


def test_a_number_behind_the_pages_date() -> None:
    notice = read("关于启用新印章的公告", "2031-05-09 青塘市科学技术局公告2031年第4号", TO).notice
    assert notice.doc_number == "青塘市科学技术局公告2031年第4号"
    assert notice.published_at == dt.datetime(2031, 5, 9)


def test_a_damaged_date_is_not_repaired_from_a_box() -> None:
    record = read("成文日期：2031-06-01", TITLE, TO, foot="青塘市科学技术局\n203158")
    assert record.notice.issued_on is None
    assert any(f.code == "MALFORMED_DATE" for f in record.findings)


def test_a_title_of_subject_and_kind() -> None:
    notice = read("停水公告", "发布时间：2031-05-09", "尊敬的用户：").notice
    assert (notice.title, notice.doc_type, notice.addressees) == ("停水公告", "公告", ["尊敬的用户"])


def test_the_place_is_that_of_the_body_that_the_title_opens_with() -> None:
    title = "东莞市人民政府关于贯彻落实《广东省科普条例》的实施意见"
    assert read(title, "各镇人民政府：", foot="").notice.region == "东莞市"
