"""The foot of a document as copies have it: closing words, signature and date run together or damaged."""

from __future__ import annotations

import datetime as dt

import pytest

import noticetab
from noticetab.record import Record

HEAD = (
    "青塘市科学技术局关于举办2031年科普讲解大赛的通知\n各县（区）科技局：\n"
    "定于2031年6月10日在市科技馆举办科普讲解大赛，请各单位积极参加。\n"
)
ISSUER = "青塘市科学技术局"
DAY = dt.date(2031, 5, 8)


def read(foot: str, head: str = HEAD) -> Record:
    return noticetab.extract_text(head + foot + "\n")


@pytest.mark.parametrize(
    "foot",
    [
        "特此通知\n青塘市科学技术局\n2031年5月8日",
        "特此通知 青塘市科学技术局 2031年5月8日",
        "特此通知青塘市科学技术局\n2031年5月8日",
        "敬请谅解。特此通知 青塘市科学技术局 2031年5月8日",
        "青塘市科学技术局2031年5月8日",
        "青塘市科学技术局      2031年5月8日（此件公开发布）",
        "青 塘 市 科 学 技 术 局\n2031年5月8日",
        "青塘市科学技术局\n20310508",
        "青塘市科学技术局\n2031.5.8",
        "青塘市科学技术局\n2031-05-08",
    ],
)
def test_signature_and_date_are_told_apart(foot: str) -> None:
    notice = read(foot).notice
    assert (notice.issuers, notice.issued_on) == ([ISSUER], DAY)
    assert notice.region == "青塘市" or notice.region is None


@pytest.mark.parametrize("printed", ["2031年5月", "2031523", "年5月8日", "二○三一年五月"])
def test_a_date_that_does_not_say_the_day_is_null_and_told(printed: str) -> None:
    record = read(f"{ISSUER}\n{printed}")
    assert (record.notice.issuers, record.notice.issued_on) == ([ISSUER], None)
    assert any(f.code == "MALFORMED_DATE" for f in record.findings)


def test_several_sign_in_one_line() -> None:
    notice = read("青塘市科学技术局  青塘市教育局 青塘市科学技术协会\n2031年5月8日").notice
    assert notice.issuers == ["青塘市科学技术局", "青塘市教育局", "青塘市科学技术协会"]


@pytest.mark.parametrize(
    "foot",
    [
        "附件：\n\n2031年科普讲解大赛日程安排\n\n青塘市科学技术局\n2031年5月8日",
        "青塘市科学技术局\n2031年5月8日\n\n附：2031年科普讲解大赛日程安排",
        "青塘市科学技术局\n2031年5月8日\n附件：1.2031年科普讲解大赛日程安排",
    ],
)
def test_attachments_are_listed_above_or_below_the_signature(foot: str) -> None:
    record = read(foot)
    assert (record.notice.issuers, record.notice.issued_on) == ([ISSUER], DAY)
    assert [a.title for a in record.attachments] == ["2031年科普讲解大赛日程安排"]


@pytest.mark.parametrize(
    "last",
    ["上一篇：关于评选的通知", "相关链接：", "分享到：", "【打印本页】【关闭窗口】", "责任编辑：办公室"],
)
def test_what_a_site_prints_below_changes_nothing(last: str) -> None:
    record = read(f"{ISSUER}\n2031年5月8日\n{last}")
    assert (record.notice.issuers, record.notice.issued_on, record.attachments) == ([ISSUER], DAY, [])


@pytest.mark.parametrize(
    ("closing", "kind"),
    [
        ("特此公告", "公告"),
        ("特此通告。", "通告"),
        ("特此公示。", "公示"),
        ("现将方案印发给你们，请认真执行。", "通知"),
    ],
)
def test_the_kind_of_document_is_told_by_its_closing_words(closing: str, kind: str) -> None:
    head = "各有关单位：\n为保障安全，2031年6月10日对东湖路实行交通管制，请各单位做好工作。\n"
    assert read(f"{closing}\n{ISSUER}\n2031年5月8日", head).notice.doc_type == kind


def test_subject_words_tell_the_kind_of_document() -> None:
    head = "各有关单位：\n定于2031年6月10日召开工作会议，请准时参加。\n"
    assert read(f"{ISSUER}\n2031年5月8日\n主题词：科技 会议 通知", head).notice.doc_type == "通知"


COVER = "青塘市科学技术局关于转发《云岭省科学技术厅关于举办2031年云岭科技活动周的通知》的通知"
INNER = (
    "云岭省科学技术厅关于举办2031年云岭科技活动周的通知\n各市科技局：\n"
    "定于2031年5月20日至26日举办2031年云岭科技活动周。\n云岭省科学技术厅\n2031年4月10日\n"
)


@pytest.mark.parametrize("title", [COVER, "青塘市科学技术局关于转发省科技厅通知的通知"])
def test_a_cover_gives_the_documents_facts_and_the_inner_document_its_events(title: str) -> None:
    body = "各县（区）科技局：\n现将通知转发给你们，请于2031年5月6日前报送方案。"
    cover = f"{title}\n{body}\n{ISSUER}\n2031年5月8日\n\n"
    record = noticetab.extract_text(cover + INNER)
    assert (record.notice.title, record.notice.issuers, record.notice.issued_on) == (title, [ISSUER], DAY)
    assert [(a.title, a.embedded) for a in record.attachments] == [(INNER.splitlines()[0], True)]
    event = record.events[0]
    assert (event.name, event.starts_on, event.ends_on) == (
        "2031年云岭科技活动周",
        dt.date(2031, 5, 20),
        dt.date(2031, 5, 26),
    )
    assert not any(f.code == "SEVERAL_DOCUMENTS" for f in record.findings)


def test_two_documents_without_a_cover_are_told_apart() -> None:
    record = read(f"{ISSUER}\n2031年5月8日\n\n{INNER}")
    assert (record.notice.issuers, record.notice.issued_on) == ([ISSUER], DAY)
    found = [f for f in record.findings if f.code == "SEVERAL_DOCUMENTS"]
    assert len(found) == 1
    assert record.text[found[0].evidence.start :].startswith("云岭省科学技术厅关于举办")
    assert not any("云岭" in e.name for e in record.events)


def test_a_name_over_two_lines_that_the_document_prints_whole() -> None:
    name = "青塘市2031年科普讲解大赛组织工作领导小组办公室"
    body = f"联系单位：{name}\n"
    record = read(f"{body}青塘市2031年科普讲解大赛\n组织工作领导小组办公室\n2031年5月8日")
    assert record.notice.issuers == [name]


@pytest.mark.parametrize(
    "text",
    [
        "为接受监督，现将青塘市优秀科技工作者拟表彰对象予以公示。公示期为5个工作日，如有异议请向市科协反映。",
        "关于公开征求《青塘市科普条例》意见的公告\n现面向社会公开征求意见，请于6月1日前反馈。",
        "青塘市城市管理局通告\n为整治店铺占道经营，规范商品现价标示，自5月1日起对东湖路实行管理。特此通告。",
        "各部门：\n经研究，决定5月10日召开工作会议，请准时参加。",
    ],
)
def test_documents_without_head_and_signature_are_documents(text: str) -> None:
    assert noticetab.extract_text(text + "\n").notice.is_notice


@pytest.mark.parametrize(
    "text",
    [
        "本报讯（记者 林某）近日，我市科普讲解大赛圆满落幕，吸引市民2000余人次参加，市民李先生说很有意思。",
        "青塘市科普周工作总结\n现将我市科普周活动开展情况总结如下：共发放资料3000份，举办讲座12场，取得了良好成效。",
        "关于会议的通知范文3篇\n下面是小编整理的通知，供大家参考。篇一：通知\nxx单位：……\n篇二：通知",
        "科普实验箱\n现价199元，包邮，加入购物车立即购买，产品参数见商品详情。",
    ],
)
def test_what_is_no_document_stays_refused(text: str) -> None:
    assert not noticetab.extract_text(text + "\n").notice.is_notice
