"""Contact points kept, masked or dropped: nothing of them is left over, and offsets still hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab import privacy
from noticetab.privacy import Contacts
from noticetab.record import Contact, Deadline, Evidence, Person, Record

TEXT = (
    "领导小组组长：王旭。\n"
    "请于6月16日前将材料报送王  旭，电话：０22—2712 1418，13800001111，邮箱：keji@example.com。\n"
    "再次提醒：有问题请拨打022-27121418，编号0227121418899不是电话。\n"
)


def span(part: str) -> Evidence:
    start = TEXT.index(part)
    return Evidence(start=start, end=start + len(part))


@pytest.fixture
def record() -> Record:
    line = TEXT.split("\n")[1]
    return Record(
        text=TEXT,
        contacts=[
            Contact(
                evidence=span(line),
                persons=["王旭"],
                phones=["022-27121418", "13800001111"],
                emails=["keji@example.com"],
            )
        ],
        deadlines=[Deadline(evidence=span(line), due_on="2023-06-16", what="将材料报送王旭", raw=line)],
        people=[Person(evidence=span("组长：王旭"), role="组长", name="王旭")],
    )


def test_kept_record_is_the_record(record: Record) -> None:
    assert privacy.apply(record, Contacts.KEEP) == record


def test_mask_hides_the_same_everywhere_and_keeps_offsets(record: Record) -> None:
    masked = privacy.apply(record, Contacts.MASK)
    (contact,) = masked.contacts
    assert contact.persons == ["王*"]
    assert contact.phones == ["022-2712****", "138****1111"]
    assert contact.emails == ["k***@example.com"]
    assert len(masked.text) == len(TEXT)
    assert masked.deadlines[0].raw == masked.text[contact.evidence.start : contact.evidence.end]
    assert masked.deadlines[0].what == "将材料报送王*"
    assert "王  *" in masked.text and "-27121418" not in masked.text and "2712 ****" in masked.text
    assert "编号0227121418899" in masked.text, "a longer number is not the phone number"


def test_a_leader_of_the_same_name_is_not_the_contact(record: Record) -> None:
    masked = privacy.apply(record, Contacts.MASK)
    assert masked.people[0].name == "王旭"
    assert masked.text.startswith("领导小组组长：王旭。")


def test_drop_leaves_nothing(record: Record) -> None:
    dropped = privacy.apply(record, Contacts.DROP)
    assert dropped.contacts == []
    assert len(dropped.text) == len(TEXT)
    for secret in ("keji", "1380", "2712 ", "王  旭"):
        assert secret not in dropped.text
        assert secret not in dropped.model_dump_json(exclude={"people"})


@given(
    st.text("0123456789-－— ０１２３", min_size=1, max_size=20), st.text(max_size=20), st.text(max_size=20)
)
def test_masked_text_has_the_length_of_the_text(phone: str, before: str, after: str) -> None:
    text = before + phone + after + "\n"
    record = Record(text=text, contacts=[Contact(evidence=Evidence(start=0, end=len(text)), phones=[phone])])
    for contacts in Contacts:
        changed = privacy.apply(record, contacts)
        assert len(changed.text) == len(text)
        assert all(new in (old, "*") for new, old in zip(changed.text, text, strict=True))
