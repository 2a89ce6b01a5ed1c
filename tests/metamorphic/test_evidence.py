"""What a row was read from holds what the row says, however the copy lays its text out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import noticetab
from generators import Made, notices
from noticetab.record import Record

NOTICES = sorted((Path(__file__).parents[2] / "corpus" / "notices").glob("*.txt"))
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


VERBATIM = {
    "events": ("name",), "themes": ("text",), "sections": ("marker", "heading", "parent"),
    "organizers": ("raw",), "activities": ("section", "name", "parent", "description", "venues"),
    "dates": ("raw",), "deadlines": ("raw", "who", "what", "channel"),
    "contacts": ("unit", "persons", "phones", "fax", "emails", "address"),
    "people": ("name", "title", "body"), "attachments": ("title",), "references": ("title", "doc_number"),
}  # fmt: skip
OF_NOTICE = ("title", "doc_number", "header_mark", "issuers", "addressees", "cc", "printed_by", "annotation")


def unplaced(record: Record) -> Iterator[tuple[str, str, str]]:
    """(field, value, what its spans hold) of the verbatim values that their joined spans do not equal."""
    fields = [("notice", name, record.notice) for name in OF_NOTICE]
    fields += [(key, name, row) for key, row in record.rows() for name in VERBATIM.get(key, ())]
    for key, name, row in fields:
        value = getattr(row, name)
        spans = row.spans.get(name, [])
        pairs = (
            zip(value, spans or [[]] * len(value), strict=True)
            if isinstance(value, list)
            else [(value, spans)]
        )
        for one, pieces in pairs:
            there = "".join(record.text[piece.start : piece.end] for piece in pieces)
            if one and plain(one) != plain(there):
                yield f"{key}.{name}", one, there


def plain(text: str) -> str:
    """A text without white space, in one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


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


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=12, derandomize=True, deadline=None)
@given(made=notices(), prose=st.sampled_from(PROSE))
def test_values_equal_their_spans(change: str, made: Made, prose: str) -> None:
    text = CHANGES[change](made.text.replace("：\n一、", f"：\n{prose}\n一、", 1))
    assert not list(unplaced(noticetab.extract_text(text)))


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_values_of_the_samples_equal_their_spans(path: Path) -> None:
    record = noticetab.extract(path)
    assert not list(unplaced(record))
    assert record.model_validate_json(record.model_dump_json()) == record


SPLIT = """云山市科学技术局关于举办2031年云山市科技周的通知

各县科技局：
定于5月20日至26日举办2031年云山市科技周。现将有关事项通知如下：
一、活动安排
（一）科普大集
面向市民设置展台三十个。
时间：5月21日
地点：云山广场
现场发放科普读物。
（二）科学讲座
请专家作报告。
地点：云山会堂

云山市科学技术局
2031年4月8日
"""


def test_each_value_has_its_own_place_and_labelled_lines_are_no_part_of_a_description() -> None:
    record = noticetab.extract_text(SPLIT)
    first, second = record.activities

    def there(pieces: Any) -> list[str]:
        return [record.text[piece.start : piece.end] for piece in pieces]

    assert there(first.spans["description"]) == ["面向市民设置展台三十个。", "现场发放科普读物。"]
    assert there(first.spans["venues"][0]) == ["云山广场"]
    assert there(second.spans["venues"][0]) == ["云山会堂"]
    assert there(first.spans["starts_on"]) == ["5月21日"]
    assert there(second.spans["section"]) == ["活动安排"]
    assert there(record.events[0].spans["year"]) == ["2031"]
    assert there(record.notice.spans["issued_on"]) == ["2031年4月8日"]


def test_blanks_within_a_date_do_not_move_its_evidence() -> None:
    text = (
        "云山市科学技术局关于举办2031年云山市科技周的通知\n\n各县科技局：\n"
        "2031年云山市科技周 于 5 月 20 日 至 26 日 在 泉城广场 举办。现将有关事项通知如下：\n"
        "一、工作要求\n各单位要精心组织。\n\n云山市科学技术局\n2031年4月8日\n"
    )
    record = noticetab.extract_text(text)
    places = [record.text[d.evidence.start : d.evidence.end] for d in record.dates]
    assert "5 月 20 日 至 26 日" in places
