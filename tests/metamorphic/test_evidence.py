"""What a row was read from holds what the row says, however the copy lays its text out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import noticetab
from generators import Made, notices
from noticetab.record import Record

BETWEEN = regex.compile(r"(?<=\d)(?=[年月日])|(?<=[年月日至—于在])(?=[\d\p{Han}])|(?<=\p{Han})(?=\d)")
"""Where copies spread a line with blanks: about numbers and signs of time."""
LABEL = regex.compile(r"(?m)^(\p{Han}{2,4})(?=：)")
MARKS = dict(zip("，：；（）", ",:;()", strict=True))


def padded(text: str) -> str:
    """Every line opens with two blanks and ends with one, as sites indent paragraphs."""
    return regex.sub(r"(?m)^(?=\S)", "\u3000\u3000", regex.sub(r"(?m)(?<=\S)$", " ", text))


def spread(text: str) -> str:
    """5 月 20 日 至 26 日 在 …: justified lines, and labels of one width (时 间：)."""
    return LABEL.sub(lambda m: " ".join(m[1]), BETWEEN.sub(" ", text))


def folded(text: str) -> str:
    """Full-width digits and half-width marks."""
    digits = {ord("0") + i: chr(0xFF10 + i) for i in range(10)}
    return text.translate(str.maketrans(MARKS) | digits)


def wrapped(text: str) -> str:
    """Lines broken by hand at 28 characters (GB/T 9704-2012, 5.2.3)."""
    return "\n".join(
        "\n".join(line[i : i + 28] for i in range(0, len(line) or 1, 28)) for line in text.split("\n")
    )


PROSE = ("", "于5月20日至26日在泉城广场举办。", "参照《云山市科普条例》执行。")
CHANGES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "padded": padded,
    "spread": spread,
    "folded": folded,
    "wrapped": wrapped,
    "spread and wrapped": lambda text: wrapped(spread(text)),
    "padded and folded": lambda text: padded(folded(text)),
}


def values(record: Record) -> Iterator[tuple[str, str, int, int]]:
    """(what, value, start, end) of the fields that stand in their row's evidence as they are printed."""
    organizers = [*record.organizers, *(o for a in record.activities for o in a.organizers)]
    for name, field, rows in (
        ("dates", "raw", record.dates),
        ("organizers", "raw", organizers),
        ("themes", "text", record.themes),
        ("sections", "heading", record.sections),
        ("references", "title", record.references),
    ):
        for row in rows:
            yield f"{name}.{field}", getattr(row, field), row.evidence.start, row.evidence.end


def misplaced(text: str) -> list[tuple[str, str, str]]:
    """The values that the text at their row's evidence does not contain, blanks aside."""
    record = noticetab.extract_text(text)
    found = []
    for what, value, start, end in values(record):
        there = record.text[start:end]
        if "".join(value.split()) not in "".join(there.split()):
            found.append((what, value, there))
    return found


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=12, derandomize=True, deadline=None)
@given(
    made=notices(),
    prose=st.sampled_from(["", "于5月20日至26日在泉城广场举办。", "参照《云山市科普条例》执行。"]),
)
def test_values_stand_in_their_evidence(change: str, made: Made, prose: str) -> None:
    assert not misplaced(CHANGES[change](made.text.replace("：\n一、", f"：\n{prose}\n一、", 1)))


def test_blanks_within_a_date_do_not_move_its_evidence() -> None:
    text = (
        "云山市科学技术局关于举办2031年云山市科技周的通知\n\n各县科技局：\n"
        "2031年云山市科技周 于 5 月 20 日 至 26 日 在 泉城广场 举办。现将有关事项通知如下：\n"
        "一、工作要求\n各单位要精心组织。\n\n云山市科学技术局\n2031年4月8日\n"
    )
    record = noticetab.extract_text(text)
    places = [record.text[d.evidence.start : d.evidence.end] for d in record.dates]
    assert "5 月 20 日 至 26 日" in places
