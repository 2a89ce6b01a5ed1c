"""The document itself: title, number, head, signature, addressees, dates, place."""

from __future__ import annotations

import datetime as dt

import pytest

import noticetab

from .builder import TITLE, read, squeeze, text

BODY = "一、工作要求", "各单位要精心组织，确保实效。"
PLAN = "2024年泰安市科技活动周实施方案"


@pytest.mark.parametrize(
    ("above", "title", "expected"),
    [
        pytest.param([], TITLE, TITLE, id="one line"),
        pytest.param(
            [], ["关于举办2024年泰安市科技", "活动周的通知"], TITLE, id="two lines, parted inside a word"
        ),
        pytest.param(
            [],
            ["　　　关于举办2024年泰安市", "　　　　科技活动周的通知"],
            TITLE,
            id="two lines, centred by blanks",
        ),
        pytest.param([], "关于举办2024年泰安市科技活动周的 通 知", TITLE, id="padded word"),
        pytest.param(["泰安市科学技术局"], TITLE, TITLE, id="issuer stacked above"),
        pytest.param(
            ["泰安市科学技术局", "泰安市教育局", "泰安市科学技术协会"],
            TITLE,
            TITLE,
            id="three issuers stacked above",
        ),
        pytest.param([], f"泰安市科学技术局{TITLE}", f"泰安市科学技术局{TITLE}", id="issuer in the title"),
        pytest.param(
            [], f"关于印发《{PLAN}》的通知", f"关于印发《{PLAN}》的通知", id="book-title marks stay"
        ),
        pytest.param(
            [],
            "关于转发《山东省科技厅关于印发〈2024年山东省科技活动周方案〉的通知》的通知",
            "关于转发《山东省科技厅关于印发〈2024年山东省科技活动周方案〉的通知》的通知",
            id="marks within marks",
        ),
        pytest.param(["当前位置：首页 > 政务公开 > 通知公告", ""], TITLE, TITLE, id="breadcrumb above"),
        pytest.param(
            ["泰安市科学技术局文件", "", "泰科发〔2024〕12号", ""], TITLE, TITLE, id="red head above"
        ),
    ],
)
def test_title_is_the_documents_own(above: list[str], title: str | list[str], expected: str) -> None:
    record = read(*BODY, above=above, title=title)
    assert squeeze(record.notice.title) == squeeze(expected), record.text


@pytest.mark.parametrize(
    ("printed", "agency", "serial"),
    [
        ("泰科发〔2024〕12号", "泰科发", 12),
        ("泰科发[2024]12号", "泰科发", 12),
        ("泰科发【2024】12号", "泰科发", 12),
        ("泰科发（2024）12号", "泰科发", 12),
        ("泰科发﹝2024﹞12号", "泰科发", 12),
        ("泰科发 〔2024〕 12 号", "泰科发", 12),
        ("泰科发〔2024〕012号", "泰科发", 12),
        ("（泰科函字〔2024〕7号）", "泰科函字", 7),
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_document_number_and_its_parts(printed: str, agency: str, serial: int, place: str) -> None:
    record = read(*BODY, above=[printed, ""]) if place == "above" else read(*BODY, number=printed)
    notice = record.notice
    assert squeeze(notice.doc_number).strip("（）") == squeeze(printed).strip("（）")
    assert (notice.doc_number_agency, notice.doc_number_year, notice.doc_number_serial) == (
        agency,
        2024,
        serial,
    )


@pytest.mark.parametrize(
    "preamble",
    [
        "根据《科技部关于举办2024年全国科技活动周的通知》（国科函才〔2024〕76号）要求，现将有关事项通知如下：",
        "按照市政府《科普工作规划》(泰政发[2021]5号)部署，现就有关事项通知如下：",
    ],
)
def test_a_number_cited_in_the_body_is_not_the_documents_own(preamble: str) -> None:
    assert read(*BODY, preamble=preamble).notice.doc_number is None


def test_an_empty_label_gives_no_number() -> None:
    record = read(*BODY, above=["索引号：1137/2024-00012", "文号：", "发布机构：泰安市科学技术局", ""])
    assert record.notice.doc_number is None


def test_header_mark_keeps_its_last_word() -> None:
    record = read(*BODY, above=["泰安市科学技术局文件", "", "泰科发〔2024〕12号", ""])
    assert record.notice.header_mark == "泰安市科学技术局文件"
    assert record.notice.issuers == ["泰安市科学技术局"]


def test_issuers_above_a_title_are_no_header_mark() -> None:
    record = read(
        *BODY, above=["泰安市科学技术局", "泰安市教育局"], signed=["泰安市科学技术局", "泰安市教育局"]
    )
    assert record.notice.header_mark is None


@pytest.mark.parametrize(
    ("above", "signed", "expected"),
    [
        pytest.param([], "泰安市科学技术局", ["泰安市科学技术局"], id="one"),
        pytest.param(
            [], ["泰安市科学技术局", "泰安市教育局"], ["泰安市科学技术局", "泰安市教育局"], id="one to a line"
        ),
        pytest.param(
            [],
            "泰安市科学技术局　　泰安市教育局",
            ["泰安市科学技术局", "泰安市教育局"],
            id="parted by blanks",
        ),
        pytest.param([], "共青团泰安市委", ["共青团泰安市委"], id="stays as signed"),
        pytest.param([], "泰 安 市 科 学 技 术 局", ["泰安市科学技术局"], id="padded"),
        pytest.param(
            ["泰安市科学技术局文件", "", "泰科发〔2024〕12号", ""],
            None,
            ["泰安市科学技术局"],
            id="from the head",
        ),
        pytest.param([], "泰安市科学技术局（代章）", ["泰安市科学技术局"], id="proxy seal"),
        pytest.param(
            [],
            [
                "泰安市教育局　　　　　　泰安市科学技术局",
                "泰安市国有资产　　　　　泰安市科学技术协会",
                "监督管理委员会",
            ],
            ["泰安市教育局", "泰安市科学技术局", "泰安市国有资产监督管理委员会", "泰安市科学技术协会"],
            id="grid with a wrapped cell",
        ),
        pytest.param([], None, [], id="none is invented"),
    ],
)
def test_issuers_are_the_signatures(above: list[str], signed: str | None, expected: list[str]) -> None:
    assert read(*BODY, above=above, signed=signed).notice.issuers == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("各有关单位：", ["各有关单位"]),
        ("各有关单位:", ["各有关单位"]),
        ("各县（市、区）科技局，市直各部门：", ["各县（市、区）科技局", "市直各部门"]),
        ("各县(市、区)科技局,市直各部门:", ["各县（市、区）科技局", "市直各部门"]),
        ("各县（市、区）科技局；市直各部门，各高校：", ["各县（市、区）科技局", "市直各部门", "各高校"]),
        ("各学会、协会、研究会，各企业科协：", ["各学会、协会、研究会", "各企业科协"]),
        ("各高校（含民办，独立学院），各中学：", ["各高校（含民办，独立学院）", "各中学"]),
        (
            "各县（市、区）科技局，市直各部门，\n各高等院校：",
            ["各县（市、区）科技局", "市直各部门", "各高等院校"],
        ),
        ("全校师生：", ["全校师生"]),
    ],
)
def test_addressees_part_at_commas_and_semicolons_outside_brackets(printed: str, expected: list[str]) -> None:
    record = read(*BODY, addressees=printed)
    assert [squeeze(one) for one in record.notice.addressees] == expected


def test_a_notice_to_nobody_has_no_addressees() -> None:
    assert read(*BODY, addressees=None).notice.addressees == []


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2024年5月6日", 2024),
        ("2024 年 5 月 6 日", 2024),
        ("2024年05月06日", 2024),
        ("二〇二四年五月六日", 2024),
        ("二○二四年五月六日", 2024),
        ("二OO四年五月六日", 2004),
        ("二00四年五月六日", 2004),
    ],
)
def test_date_of_issue(printed: str, year: int) -> None:
    record = read(*BODY, title=TITLE.replace("2024年", ""), preamble="现将有关事项通知如下：", issued=printed)
    assert record.notice.issued_on == dt.date(year, 5, 6)


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-05-22 09:40　　来源：本站　　浏览次数：12",
        "发布日期:2024-05-22 09:40 字号:[大 中 小]",
        "时间：2024-05-22 09:40:00　点击：55",
    ],
)
def test_the_pages_own_time_is_not_the_date_of_issue(line: str) -> None:
    made = text(*BODY).replace(TITLE + "\n", f"{TITLE}\n{line}\n")
    notice = noticetab.extract_text(made).notice
    assert notice.published_at == dt.datetime(2024, 5, 22, 9, 40)
    assert notice.issued_on == dt.date(2024, 5, 6)
    without = noticetab.extract_text(made.replace("　　　　　　　　2024年5月6日\n", "")).notice
    assert without.issued_on is None


def test_the_foot_names_copies_printer_and_day_of_printing() -> None:
    foot = [
        "抄送：市委办公室，市政府办公室。",
        "泰安市科学技术局办公室　　　　　　2024年5月7日印发",
    ]
    notice = read(*BODY, after=foot).notice
    assert notice.cc == ["市委办公室", "市政府办公室"]
    assert notice.printed_by == "泰安市科学技术局办公室"
    assert notice.printed_on == dt.date(2024, 5, 7)
    assert notice.issued_on == dt.date(2024, 5, 6)


@pytest.mark.parametrize(
    "blank",
    [
        "",
        " ",
        "　",
    ],
)
def test_urgency_and_signer_of_the_head(blank: str) -> None:
    above = [
        blank.join("特急"),
        "泰安市科学技术局文件",
        f"泰科发〔2024〕12号　　　　　　　签发人：王{blank}旭",
        "",
    ]
    notice = read(*BODY, above=above).notice
    assert (notice.urgency, notice.signer, notice.doc_number) == ("特急", "王旭", "泰科发〔2024〕12号")


def test_annotation() -> None:
    annotation = read(*BODY, after=["（此件公开发布）"]).notice.annotation
    assert (annotation or "").strip("（）") == "此件公开发布"


@pytest.mark.parametrize(
    ("signed", "adcode"),
    [
        ("泰安市科学技术局", "370900"),
        ("中共泰安市委宣传部", "370900"),
        ("共青团泰安市委", "370900"),
        ("德清县科学技术协会", "330521"),
        ("天津市河北区科学技术局", "120105"),
        ("泰安市岱岳区教育局", "370911"),
        ("山东省科学技术厅", "370000"),
        ("德清县新市镇人民政府", "330521"),
        ("科学技术部办公厅", None),
        ("中国科学技术协会", None),
        ("山东农业大学", None),
        ("泰安市第一中学", None),
        ("泰山玻璃纤维有限公司", None),
    ],
)
def test_region_is_the_place_that_the_issuer_governs(signed: str, adcode: str | None) -> None:
    record = read(
        *BODY, signed=signed, title="关于举办2024年科技活动周的通知", addressees="各有关单位：", preamble=None
    )
    assert record.notice.issuers == [signed]
    assert record.notice.region_adcode == adcode


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于举办2024年泰安市科技活动周的通知", "通知"),
        ("2024年泰安市科技活动周实施方案", "方案"),
        ("关于公开征集科普作品的公告", "公告"),
        ("关于2024年科技活动周开展情况的通报", "通报"),
        ("关于商请协办2024年泰安市科技活动周的函", "函"),
        ("关于加强新时代科学技术普及工作的意见", "意见"),
        ("关于同意设立泰安市科技馆的批复", "批复"),
        (f"关于印发《{PLAN}》的通知", "通知"),
    ],
)
def test_kind_of_document_is_the_titles_last_word(title: str, expected: str) -> None:
    record = read(*BODY, title=title, preamble=None)
    assert record.notice.is_notice
    assert record.notice.doc_type == expected


NEWS = """某市圆满举办2024年科技活动周

本报讯（记者 王旭）5月25日上午，2024年某市科技活动周启动仪式在人民广场圆满举行。据悉，
活动以“弘扬科学精神”为主题，由市科技局主办，共发放宣传资料3000余份，接待群众5000余人次。市领导出席活动并致辞，对活动取得的成效给予充分肯定。
近日，各县区也陆续开展了形式多样的科普活动，受到广大群众的热烈欢迎。
"""


def test_a_news_report_is_no_notice_and_has_no_rows() -> None:
    record = noticetab.extract_text(NEWS)
    assert not record.notice.is_notice
    assert [(key, row.code) for key, row in record.rows()] == [("findings", "NOT_A_NOTICE")]
