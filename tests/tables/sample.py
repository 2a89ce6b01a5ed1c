"""Records for tests: one that fills every table, and generated ones."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from noticetab import record as r

TEXT = (
    "海滨市科学技术局文件\n海科发〔2023〕7号\n关于举办2023年海滨市科技活动周的通知\n各区县科技局：\n"
    "一、时间与主题\n5月20日至27日，主题为“热爱科学 崇尚科学”。\n二、主要活动\n（一）启动仪式\n"
    "主办单位：市科技局、市科协\n时间：5月20日9:00\n地点：市民广场\n（二）专题活动\n1.科普报告\n"
    "联系人：王  旭\n"
    "附件：1.活动汇总表\n请于5月10日24时前报送方案，每区至少1—2项。\n海滨市科学技术局\n2023年5月8日\n"
)


def place(words: str = "") -> r.Evidence:
    start = TEXT.index(words)
    return r.Evidence(start=start, end=start + len(words))


def full_record(**source) -> r.Record:
    """A record with at least one row in every table."""
    at = {"evidence": place("二、主要活动"), "rule": "test.rule", "confidence": 0.9}
    organizers = [
        r.Organizer(role="主办", raw="市科技局", name="海滨市科学技术局", org_kind=["科技"], **at),
        r.Organizer(role="主办", raw="市科协", name="海滨市科学技术协会", region_adcode="379900", **at),
    ]
    return r.Record(
        source=r.Source(**({"path": "a.txt", "sha256": "a" * 64, "chars": len(TEXT)} | source)),
        text=TEXT,
        notice=r.Notice(
            doc_type="通知",
            title="关于举办2023年海滨市科技活动周的通知",
            doc_number="海科发〔2023〕7号",
            doc_number_year=2023,
            issuers=["海滨市科学技术局"],
            addressees=["各区县科技局"],
            issued_on=dt.date(2023, 5, 8),
            published_at=dt.datetime(2023, 5, 9, 8, 30),
            evidence={"title": place("关于举办2023年海滨市科技活动周的通知")},
            rule={"title": "title.after_number"},
            spans={"title": [place("关于举办2023年海滨市科技活动周的通知")]},
        ),
        events=[
            r.Event(
                name="2023年海滨市科技活动周",
                series="科技活动周",
                year=2023,
                starts_on=dt.date(2023, 5, 20),
                ends_on=dt.date(2023, 5, 27),
                **at,
            )
        ],
        themes=[r.Theme(role="主题", text="热爱科学 崇尚科学", **at)],
        sections=[
            r.Section(level=1, marker="一、", number=1, heading="时间与主题", **at),
            r.Section(level=1, marker="二、", number=2, heading="主要活动", declared_count=2, **at),
            r.Section(level=2, marker="（二）", number=2, heading="专题活动", parent="主要活动", **at),
        ],
        organizers=[organizers[0]],
        activities=[
            r.Activity(
                section="主要活动",
                number=1,
                name="启动仪式",
                organizers=organizers,
                starts_on=dt.date(2023, 5, 20),
                start_time="09:00",
                venues=["市民广场"],
                forms=["线下"],
                labels={"forms:线下": place("市民广场")},
                **at,
            ),
            r.Activity(section="主要活动", number=2, name="专题活动", kind="group", **at),
            r.Activity(section="专题活动", number=1, name="科普报告", parent="专题活动", **at),
        ],
        dates=[
            r.DateRow(
                role="event",
                starts_on=dt.date(2023, 5, 20),
                ends_on=dt.date(2023, 5, 27),
                raw="5月20日至27日",
                inferred={"year": "title"},
                **at,
            )
        ],
        deadlines=[
            r.Deadline(due_on=dt.date(2023, 5, 10), due_time="24:00", what="方案", raw="5月10日24时前", **at)
        ],
        contacts=[r.Contact(unit="市科技局", persons=["王旭"], phones=["+86-532-1234567"], **at)],
        people=[r.Person(role="主任", name="李明", title="副市长", body="组织委员会", **at)],
        attachments=[
            r.Attachment(
                number=1,
                title="活动汇总表",
                embedded=True,
                fields=[
                    r.FormField(label="单位", evidence=place("王  旭")),
                    r.FormField(label="形式", kind="choice", options=["线上", "线下"]),
                ],
                **at,
            )
        ],
        quotas=[r.Quota(who="每区", what="活动", min=1, max=2, unit="项", **at)],
        references=[r.Reference(title="=cmd|calc", doc_number="国科函〔2023〕1号", kind="通知", **at)],
        findings=[
            r.Finding(
                code="COUNT_MISMATCH",
                severity="warning",
                message="数目不符",
                message_en="count",
                related=[place("附件")],
                **at,
            )
        ],
    )


_words = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1, max_size=12
)
_dates = st.dates(dt.date(1949, 10, 1), dt.date(2099, 12, 31))
_place = st.builds(
    lambda start, length: r.Evidence(start=start, end=start + length), st.integers(0, 99), st.integers(0, 9)
)
_row = {"evidence": _place, "rule": _words, "confidence": st.floats(0, 1)}
_organizer = st.builds(r.Organizer, role=_words, raw=_words, name=_words, org_id=st.none(),
                       region_adcode=st.none(),
                       org_kind=st.lists(_words, max_size=2), et_al=st.booleans(), **_row)  # fmt: skip


def records() -> st.SearchStrategy[r.Record]:
    """Records with any words in them, several rows of equal names among them."""
    return st.builds(
        r.Record,
        text=st.text(max_size=100).map(lambda text: text.encode("utf-8", "ignore").decode()),
        source=st.builds(r.Source, path=_words, sha256=_words),
        notice=st.builds(
            r.Notice,
            title=st.none() | _words,
            issuers=st.lists(_words, max_size=2),
            issued_on=st.none() | _dates,
            region_adcode=st.none(),
            evidence=st.just({}),
            rule=st.just({}),
        ),
        themes=st.lists(
            st.builds(r.Theme, role=st.sampled_from(["主题", "系列"]), text=_words, **_row), max_size=3
        ),
        organizers=st.lists(_organizer, max_size=3),
        activities=st.lists(
            st.builds(
                r.Activity,
                section=st.none() | _words,
                number=st.none() | st.integers(1, 9),
                name=st.none() | _words,
                parent=st.none(),
                description=st.none() | _words,
                organizers=st.lists(_organizer, max_size=2),
                starts_on=st.none() | _dates,
                venues=st.lists(_words, max_size=2),
                labels=st.just({}),
                **_row,
            ),
            max_size=4,
        ),
        quotas=st.lists(
            st.builds(r.Quota, what=_words, min=st.none() | st.integers(0, 99), **_row), max_size=3
        ),
    )
