"""The same notice has the same id whatever it was copied through; other notices have others."""

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from noticetab.record import Notice, Record, Source
from noticetab.tables import identity


def notice(**changes):
    fields = {
        "title": "关于举办2023年海滨市科技活动周的通知",
        "issuers": ["海滨市科学技术局", "海滨市科学技术协会"],
        "issued_on": dt.date(2023, 5, 8),
        "doc_number": "海科发〔2023〕7号",
    } | changes
    return Record(text="正文" + str(sorted(fields)), notice=Notice(**fields))


def test_id_ignores_how_a_copy_is_typed():
    typed = notice(
        title="关于举办２０２３年 海滨市科技活动周的通知\n",
        issuers=["海滨市科学技术协会", "海滨市科学技术局"],
    )
    assert identity.notice_id(notice()) == identity.notice_id(typed)


def test_id_survives_a_lost_document_number():
    assert identity.notice_id(notice()) == identity.notice_id(notice(doc_number=None))


def test_other_notices_have_other_ids():
    others = [
        notice(),
        notice(title="关于举办2024年海滨市科技活动周的通知"),
        notice(issuers=["海滨市科学技术局"]),
        notice(issued_on=dt.date(2023, 5, 9)),
    ]
    assert len({identity.notice_id(r) for r in others}) == len(others)


def test_without_a_date_the_number_decides_and_without_both_the_body():
    undated = notice(issued_on=None)
    assert identity.notice_id(undated) == identity.notice_id(notice(issued_on=None, issuers=[]))
    bare = Record(text="一、时间\n二、地点")
    assert identity.notice_id(bare) == identity.notice_id(Record(text="一、时间 二、地点"))
    assert identity.notice_id(bare) != identity.notice_id(Record(text="一、时间 三、地点"))


def test_empty_files_are_told_apart_by_their_bytes():
    first, second = (Record(source=Source(sha256=digit * 64)) for digit in "ab")
    assert identity.notice_id(first) != identity.notice_id(second)


def test_conflicting_numbers_are_two_notices():
    assert identity.conflict(notice(), notice(doc_number="海科发〔2023〕8号"))
    assert not identity.conflict(notice(), notice(doc_number=None))
    assert not identity.conflict(notice(), notice(doc_number="海科发[2023]7号"))
    assert identity.numbered_id(notice()) != identity.numbered_id(notice(doc_number="海科发〔2023〕8号"))


def test_an_undated_copy_shares_a_key_with_the_full_one():
    full = set(identity.notice_keys(notice()))
    assert full & set(identity.notice_keys(notice(issued_on=None)))
    assert full & set(identity.notice_keys(notice(title=None, issued_on=None)))


def test_a_title_without_year_or_edition_names_no_occasion():
    kinds = {k.kind for k in identity.notice_keys(notice(title="关于举办科普讲座的通知"))}
    assert "occasion" not in kinds
    assert "occasion" in {k.kind for k in identity.notice_keys(notice(title="关于举办第37届科技周的通知"))}


@given(st.text(alphabet="甲乙丙丁abc12", min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_squeeze_drops_only_what_copies_change(text, rng: random.Random):
    noisy = "".join(c + rng.choice(["", " ", "\n", "　", "，", "（", "\u200b"]) for c in text)
    assert identity.squeeze(noisy) == identity.squeeze(text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_similarity_is_symmetric_and_bounded(one, other):
    value = identity.similarity(one, other)
    assert 0 <= value <= 1
    assert value == identity.similarity(other, one)
    assert identity.similarity(one, one) == 1
