"""The document itself: the parts of GB/T 9704-2012 section 7 as fields."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import regex

from noticetab import dates
from noticetab.extraction.context import Context
from noticetab.normalize import places
from noticetab.patterns import pattern
from noticetab.record import Notice
from noticetab.segment import foot
from noticetab.segment.head.number import fields_of as number_fields
from noticetab.segment.headings import outer
from noticetab.segment.parts import patterns
from noticetab.segment.strand import Strand, drop_blanks, is_cjk


def extract(context: Context) -> Notice:
    """The fields of the document, each with its evidence and rule."""
    parts = context.doc.parts
    notice = Notice()

    def put(field: str, value: Any, strand: Strand | None, rule: str) -> None:
        if value is None or value == []:
            return
        setattr(notice, field, value)
        notice.rule[field] = rule
        if strand is not None and strand:
            notice.evidence[field] = context.evidence(strand)

    if parts.title is not None:
        put("title", _title(parts.title), parts.title, "title.type-word")
    elif "title" in parts.given:
        put("title", _title(parts.given["title"]), parts.given["title"], "title.metadata")
    kind, strand = _doc_type(context)
    put("doc_type", kind, strand, "doc_type.title" if parts.title is not None else "doc_type.body")
    number, rule = parts.doc_number, "doc_number.head"
    if number is None:
        number, rule = parts.given.get("doc_number"), "doc_number.metadata"
    if number is not None:
        put("doc_number", drop_blanks(number.text), number, rule)
        agency, year, serial = number_fields(number.compact.norm)
        put("doc_number_agency", agency, number, rule)
        put("doc_number_year", year, number, rule)
        put("doc_number_serial", serial, number, rule)
    if parts.header_mark is not None:
        put(
            "header_mark",
            parts.header_mark.value
            if len(parts.header_mark.text.split()) > 1
            else drop_blanks(parts.header_mark.text),
            parts.header_mark,
            "header_mark.line",
        )
    signature = context.doc.main.signature
    if signature:
        put("issuers", [drop_blanks(s.text) for s in signature], _cover(signature), "issuers.signature")
    elif parts.header_mark is not None:
        names = [pattern(r"文件$").sub("", x) for x in parts.header_mark.value.split(" ")]
        put("issuers", [x for x in names if x], parts.header_mark, "issuers.header-mark")
    elif parts.stacked:
        put(
            "issuers",
            [drop_blanks(s.text) for s in parts.stacked],
            _cover(parts.stacked),
            "issuers.above-title",
        )
    elif "issuers" in parts.given:
        given = split_outer(parts.given["issuers"], "，；、 ")
        put("issuers", [drop_blanks(s.text) for s in given], parts.given["issuers"], "issuers.metadata")
    if parts.addressees is not None:
        put(
            "addressees",
            [drop_blanks(x.text) for x in split_outer(parts.addressees, "，；")],
            parts.addressees,
            "addressees.colon",
        )
    if parts.cc is not None:
        cc = parts.cc.sub(0, len(parts.cc) - 1) if parts.cc.norm.endswith("。") else parts.cc
        put("cc", [drop_blanks(x.text) for x in split_outer(cc, "，；")], parts.cc, "cc.label")
    dated = context.doc.main.dated
    if dated is not None:
        day = foot.day_of(dated.norm)
        found = dates.parse(dated.text) if day is None else None
        issued = _date(day) if day else found.starts_on if found else None
        put("issued_on", issued, dated, "issued_on.signature")
    elif "issued_on" in parts.given and context.doc.main.date_damaged is None:
        moment = _moment(parts.given["issued_on"])
        put("issued_on", moment.date() if moment else None, parts.given["issued_on"], "issued_on.metadata")
    if parts.printed_by is not None and parts.printed_on is not None:
        put("printed_by", drop_blanks(parts.printed_by.text), parts.printed_by, "printed.imprint")
        found = dates.parse(parts.printed_on.text)
        put("printed_on", found.starts_on if found else None, parts.printed_on, "printed.imprint")
    for field in ("classification", "urgency", "copy_number", "signer", "annotation"):
        part = getattr(parts, field)
        if part is not None:
            put(
                field,
                drop_blanks(part.text),
                part,
                f"{field}.head" if field != "annotation" else "annotation.brackets",
            )
    _published(context, put)
    return notice


def _title(strand: Strand) -> str:
    """The title as a value: a line end inside goes, a printed blank stays one blank.

    A blank beside a character that stands alone between blanks only spreads a word (``通  知``).
    """
    pieces = strand.text.split()
    value = "".join(pieces[:1])
    for before, piece in pairwise(pieces):
        spread = any(len(one) == 1 and is_cjk(one) for one in (before, piece))
        value += ("" if spread else " ") + piece
    return value


def _cover(strands: list[Strand]) -> Strand:
    first, last = strands[0], strands[-1]
    start, end = first.span()[0], last.span()[1]
    return Strand("x" * (end - start), range(start, end))


def split_outer(strand: Strand, stops: str) -> list[Strand]:
    """A strand cut at ``stops`` outside brackets."""
    cuts = [-1, *outer(strand.norm, stops), len(strand)]
    pieces = [strand.sub(cuts[i] + 1, cuts[i + 1]) for i in range(len(cuts) - 1)]
    return [p for p in pieces if p]


_BODY_TYPE = regex.compile(
    r"(?:现|将|特此|予以)[^。]{0,40}?(?P<type>通知|通告|公告|通报|函告|批复|复函)(?:如下)?[：。]|(?P<type2>通知|通告|公告|通报|批复|函复)如下"
)
_PLAN_TYPE = regex.compile(
    r"(?:制定|提出|形成)(?:如下|本)(?:工作|实施|活动)?(?P<type>方案|计划|意见|办法|细则)"
)


def _doc_type(context: Context) -> tuple[str | None, Strand | None]:
    """文种: the last type word of the title, else what the preamble says the document does."""
    parts = context.doc.parts
    if parts.title is not None:
        norm = parts.title.compact.norm
        match = patterns().title_end.search(norm)
        if match:
            kind = match["outer"] or match["type"]
            for short in ("通知", "方案", "计划", "安排", "意见", "倡议", "通报", "公告", "复函"):
                if kind.endswith(short):
                    kind = short
            return ("函" if kind in ("复函", "邀请函") else kind), parts.title
    for line in context.doc.main.lines[:8]:
        match = _BODY_TYPE.search(line.compact.norm)
        if match:
            kind = match["type"] or match["type2"]
            return {"函告": "函", "函复": "函", "复函": "函"}.get(kind, kind), line.compact.sub(
                match.start(), match.end()
            )
    for line in context.doc.main.lines[:8]:
        match = _PLAN_TYPE.search(line.compact.norm)
        if match:
            return match["type"], line.compact.sub(match.start(), match.end())
    told = foot.type_of(context.doc.main.lines)
    if told is not None:
        return told
    subject = parts.subject.compact if parts.subject is not None else None
    if subject is not None and (match := patterns().title_end.search(subject.norm)) is not None:
        return match["type"], subject.sub(match.start("type"), match.end("type"))
    return None, None


def _date(day: tuple[int, int, int]) -> dt.date | None:
    """A day of the calendar, None if it does not exist."""
    try:
        return dt.date(*day)
    except ValueError:
        return None


_MOMENT = regex.compile(
    r"(?:(?P<y>\d{4})\D{1,3}(?P<m>\d{1,2})\D{1,3}(?P<d>\d{1,2})|(?P<d>\d{1,2})[./—-](?P<m>\d{1,2})[./—-](?P<y>\d{4}))"
    r"(?:\D{1,8}(?P<hour>\d{1,2})\D(?P<minute>\d{2})(?:\D(?P<second>\d{2}))?)?"
)


def _moment(strand: Strand) -> dt.datetime | None:
    """A site's date, year or day first, with or without the hour; None for one that does not exist."""
    match = _MOMENT.match(strand.norm)
    if match is None:
        return None
    hour, minute, second = (int(match[k] or 0) for k in ("hour", "minute", "second"))
    try:
        return dt.datetime(int(match["y"]), int(match["m"]), int(match["d"]), hour, minute, second)
    except ValueError:
        return None


def _published(context: Context, put: Any) -> None:
    """The page's own time: of the page's markup, else of a label, else of the date that stands by the title."""
    if context.doc.reading.published_at is not None:
        put("published_at", context.doc.reading.published_at, None, "published.metadata")
        return
    given = context.doc.parts.given
    for field in ("published_at", "published_bare"):
        if field in given and (moment := _moment(given[field])) is not None:
            put("published_at", moment, given[field], "published.bar")
            return


_SCHOOL = regex.compile(
    r"^(?P<school>[\u4e00-\u9fff（）]{2,20}?(?:大学|学院|学校|中学|小学|幼儿园|专科学校))"
)
_LEAGUE_SCHOOL = regex.compile(
    r"^(?:中国)?(?:共产主义青年团|共青团|中共)(?P<school>[\u4e00-\u9fff（）]{2,20}?(?:大学|学院|学校|中学))(?:委员会|党委|党委.*)?$"
)


def school_of(issuer: str) -> str | None:
    """The school that an issuing body is or belongs to, None for other bodies."""
    for kind in (_LEAGUE_SCHOOL, _SCHOOL):
        match = kind.match(issuer)
        if (
            match
            and not pattern(r"^(?:中共|共青团)").search(match["school"])
            and not pattern(r"(?:市|区|县|省)委").search(match["school"])
        ):
            return match["school"]
    return None


def _school_of_text(context: Context, notice: Notice) -> str | None:
    """The school whose own notice this is, though its units sign without its name.

    兰州交通大学关于… names it in the title; 我校 and 各学院 say that it is a school's, and the
    rules that it cites (《武汉纺织大学…办法》) say whose.
    """
    if any(places.find_all(x) for x in notice.issuers):
        return None
    before = (notice.title or "").partition("关于")[0]
    if school := school_of(before):
        return school
    for mention in places.find_all(notice.title or "")[:3]:
        if notice.issuers and (school := school_of((notice.title or "")[mention.start :])):
            return school  # 关于举办某某大学2019年全国科普日活动的通知, signed by its units
    text = context.doc.text[:6000]
    if not notice.issuers or not pattern(r"我校|全校|校内|校属|校直|各学院|各院系").search(text):
        return None
    cited = {school_of(m[1]) for m in pattern(r"《([\u4e00-\u9fff]{4,40})").finditer(text)} - {None}
    return cited.pop() if len(cited) == 1 else None


_TOWN = regex.compile(r"^(?P<town>[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡))")


def place(context: Context, notice: Notice) -> None:
    """Region and school of the issuing body (docs/record.md, rule 3).

    The place is the one that the issuer governs or serves; without any issuer it is that of
    the title, because a plan that is sent as an attachment bears its place only there.
    """
    hint = context.doc.text[:6000]
    if len(notice.issuers) == 1:
        context.issuer = notice.issuers[0]
    for issuer in notice.issuers:
        school = school_of(issuer)
        if school is not None:
            context.school = school
            return
    if (school := _school_of_text(context, notice)) is not None:
        context.school = school
        return
    found = None
    rule = "region.issuer"
    for issuer in notice.issuers:
        found = places.of_body(issuer) or places.of_body(issuer, hint)  # the text settles homonyms
        if found is not None:
            break
    if found is None and not notice.issuers and notice.title:
        # The body that the title opens with issued the document; its place comes before any that it is about.
        body, about, _ = notice.title.partition("关于")
        found = places.of_body(body) or places.of_body(body, hint) if about and body else None
        rule = "region.title"
    if found is None and not notice.issuers and notice.title:
        mentions = places.find_all(pattern(r"^.*?关于").sub("", notice.title))
        found = next((m.place for m in mentions if m.place is not None), None)
        rule = "region.title"
    if found is None and not notice.issuers and notice.title:
        town = _TOWN.match(pattern(r"^.*?关于(?:印发|下发)?《?|^《").sub("", notice.title))
        if town and (found := places.of_town(town["town"], hint)) is not None:
            context.town = town["town"]
    for issuer in notice.issuers:
        rest = issuer
        for mention in places.find_all(issuer):
            rest = issuer[mention.end :]
        town = pattern(_TOWN.pattern + r"(?=办事处|人民政府|党|科)").match(rest)
        if town:
            context.town = town["town"]
            break
    if found is not None:
        context.region = found
        notice.region = found.name
        notice.region_adcode = found.adcode
        notice.rule["region"] = notice.rule["region_adcode"] = rule
        source = notice.evidence.get("issuers") or notice.evidence.get("title")
        if source is not None:
            notice.evidence["region"] = notice.evidence["region_adcode"] = source
