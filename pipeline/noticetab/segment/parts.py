"""The parts of an official document (GB/T 9704-2012, 7): head, addressees, body, signature, imprint.

The lines of a document are dealt out to units: the document itself and each text that is
printed behind it as an attachment. Of each unit the head and tail are set apart; what remains
is its body, which :mod:`noticetab.segment.outline` makes a tree of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from noticetab import rules
from noticetab.segment.lines import Line
from noticetab.segment.markers import chinese_number
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


class PartRules(rules.Rules):
    """rules/parts.toml."""

    doc_types: list[str]
    type_tail: str
    doc_number: str
    addressee_start: str
    addressee_not: rules.Regex
    classification: rules.Regex
    urgency: rules.Regex
    copy_number: rules.Regex
    signer: rules.Regex
    attachment_note: rules.Regex
    attachment_furniture: rules.Regex
    attachment_file: rules.Regex
    attachment_page: rules.Regex
    annotation: rules.Regex
    cc: rules.Regex
    cc_more: rules.Regex
    printing: rules.Regex
    subject_words: rules.Regex
    copies_printed: rules.Regex
    org_tail: str
    proxy_seal: rules.Regex


@dataclass(frozen=True)
class PartPatterns:
    """What is composed of rules/parts.toml."""

    rules: PartRules
    title_end: regex.Pattern[str]
    doc_number: regex.Pattern[str]
    doc_number_line: regex.Pattern[str]
    addressee: regex.Pattern[str]
    org_end: regex.Pattern[str]


@rules.cached
def patterns() -> PartPatterns:
    """The compiled patterns of the parts."""
    r = rules.load("parts", PartRules)
    types = "|".join(sorted(map(regex.escape, r.doc_types), key=len, reverse=True))
    return PartPatterns(
        r,
        regex.compile(
            rf"(?P<type>{types})(?P<tail>{r.type_tail})?[》]?(?:的(?P<outer>通知|函|公告|通报|批复|意见))?$"
        ),
        regex.compile(r.doc_number),
        regex.compile(rf"^[（]?\s*{r.doc_number}\s*[）]?$"),
        regex.compile(rf"^{r.addressee_start}"),
        regex.compile(rf"{r.org_tail}$"),
    )


@dataclass(slots=True)
class Unit:
    """The document itself (``number`` and ``label`` None) or a text attached to it."""

    lines: list[Line]
    main: bool = False
    label: Line | None = None
    number: int | None = None
    title: Strand | None = None
    listed: list[tuple[int | None, Strand]] = field(default_factory=list)
    form: bool = False
    """A blank form, to be filled in."""
    signature: list[Strand] = field(default_factory=list)
    dated: Strand | None = None
    tables: list[Table] = field(default_factory=list)
    """The tables among the lines that are read as such."""
    date_damaged: Strand | None = None
    """A date below the signature that does not say the day."""


@dataclass(slots=True)
class Parts:
    """What stands where in the document."""

    units: list[Unit]
    attached: bool = False
    """The file is itself an attachment (it opens with 附件)."""
    header_mark: Strand | None = None
    stacked: list[Strand] = field(default_factory=list)
    title: Strand | None = None
    doc_number: Strand | None = None
    addressees: Strand | None = None
    classification: Strand | None = None
    urgency: Strand | None = None
    copy_number: Strand | None = None
    signer: Strand | None = None
    annotation: Strand | None = None
    subject: Strand | None = None
    """主题词 (GB/T 9704-1999)."""
    cc: Strand | None = None
    printed_by: Strand | None = None
    printed_on: Strand | None = None
    metadata: list[Line] = field(default_factory=list)
    """Lines of the site above the document: boxes, bars, buttons."""
    given: dict[str, Strand] = field(default_factory=dict)
    """What labels of the site say of the document, by field (rules/head.toml)."""
    second: Strand | None = None
    """The title of another document that stands behind this one, without a cover that forwards it."""
    number_damaged: Strand | None = None
    """A document number that cannot be read."""


def is_org(norm: str) -> bool:
    """Whether a short text ends as the name of an office does."""
    if norm.endswith("）") and "（" in norm:
        norm = norm[: norm.rfind("（")].rstrip()
    return bool(patterns().org_end.search(norm))


_HOST_LINE = regex.compile(
    r"(?:主办|承办|协办|支持|指导|参与|牵头|组织|责任|联办)(?:(?:单位|部门|机构|方)(?:：|$)|：)"
)


_LONGEST_NAME = 60


def host_lists(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that go on with a list of hosts: 主办单位：甲 / 乙 / 丙, an office a line."""
    found: set[int] = set()
    for i in range(1, len(lines)):
        norm = lines[i].compact.norm
        if lines[i].marker is not None or len(norm) > _LONGEST_NAME:
            continue
        below = i - 1 in found or _HOST_LINE.match(lines[i - 1].compact.norm)
        if below and is_org(norm.rstrip("、；，。")):
            found.add(i)
    return frozenset(found)


RULE_LINE = regex.compile(r"^[\s—_=＝*＊·.…★☆-]{3,}$")
SENTENCE_END = regex.compile(r"[。；！？]")
DATE_LINE = regex.compile(
    r"^[（]?(?P<date>(?:(?:19|20)\s*\d\s*\d|[一二][一二三四五六七八九○O0零〇]{3})\s*年\s*"
    r"(?:\d\s*\d?|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d\s*\d?|[一二三四五六七八九十]{1,3})\s*日)[）]?$"
)
_OF_TIME = regex.compile(r"(?:时间|日期)：?$")


def is_value(lines: Sequence[Line], i: int) -> bool:
    """Whether a date alone in line ``i`` is the value of the heading above (二、活动时间), so no date of issue."""
    return i > 0 and _OF_TIME.search(lines[i - 1].compact.norm) is not None


DATE_TAIL = regex.compile(r"\s{1,60}(?P<date>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)$")


def rebuild(line: Line, rest: Strand) -> Line:
    """A line cut down to a part of itself."""
    new = Line(rest.text, rest.offsets, line.indent, line.gap)
    new.index = line.index
    return new


def number_of(text: str | None) -> int | None:
    """A printed attachment number as an integer."""
    return chinese_number(text) if text else None
