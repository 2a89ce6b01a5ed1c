"""The numbering ladder of official writing: 一、 （一） 1. （1） ① (GB/T 9704-2012, 7.3.3).

The standard gives the first four; ① and 第一章, 第一阶段, 一是 are common practice beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab.numerals import whole

chinese_number = whole
"""The value of an Arabic or Chinese whole number below 1,000 (``三十五`` is 35), else None."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that opens an item: its family, value, printed form and length in characters."""

    family: str
    number: int
    printed: str
    length: int


BULLETS = ("bullet", "bullet_in")
"""Families of items that have a bullet, outer and inner: they are counted, and print no number."""

FAMILIES = (
    "chapter",
    "part",
    "article",
    "cn",
    "cn_paren",
    "stage",
    "ar",
    "ar_paren",
    "ar_half",
    "circled",
    *BULLETS,
)
"""Families of numbers in the order of the ladder, highest first: 章 节 条 (立法法, article 65), then GB/T 9704."""

_FORMAL = {"章": "chapter", "节": "part", "条": "article"}

_CN = "[一二三四五六七八九十百]{1,4}"
_MARKER = regex.compile(
    rf"""\s*(?:
      (?P<chapter>第(?P<chapter_n>{_CN}|\d{{1,2}})[章节条])(?=[\s：])[\s：]*
    | (?P<stage>第(?P<stage_n>{_CN}|\d{{1,2}})(?:阶段|期|周|部分|板块|环节|篇章|站|场|天)(?=[\s：，。（、])
        |(?:活动|项目|专题|板块|模块|单元|篇章)(?P<stage_n>{_CN}|\d{{1,2}})(?=\s*：|\s+\S))[\s：]*
    | (?P<cn>(?P<cn_n>{_CN})\s?[、.，])
    | (?P<cn_paren>（\s?(?P<cn_paren_n>{_CN})\s?）)[、.：]?
    | (?P<ar>(?P<ar_n>\d{{1,3}})\s?(?:[、，]|\.(?=\D|\d{{1,2}}：\d\d|\d{{1,2}}月|\d{{4}}年?)))
    | (?P<ar_paren>（\s?(?P<ar_paren_n>\d{{1,2}})\s?）)[、.：]?
    | (?P<ar_half>(?P<ar_half_n>\d{{1,2}})\s?）)
    | (?P<circled>[①-⑳])
    )\s*""",
    regex.VERBOSE,
)


def marker_at(norm: str) -> Marker | None:
    """The marker that a folded line opens with, or None."""
    if not norm:
        return None
    match = _MARKER.match(norm)
    if match is None:
        return None
    family = match.lastgroup or ""
    if family.endswith("_n"):
        family = family[:-2]
    printed = match[family].strip()
    value = match[family + "_n"] if family != "circled" else ""
    family = _FORMAL.get(printed[-1], family) if family == "chapter" else family
    if family == "circled":
        number: int | None = ord(printed) - ord("①") + 1
    else:
        number = chinese_number(value)
    if number is None or number > 999:
        return None
    return Marker(family, number, printed, match.end())


_LISTED = regex.compile(r"(?:^|(?<=[：；。，、]))(?P<n>[一二三四五六七八九十])是(?=[^否\s])")


def spoken_items(norm: str) -> list[tuple[int, int, int]]:
    """Items of an 一是…二是… enumeration inside a paragraph: (number, start, end) of each.

    The numbers must run 一, 二, … from one; else there is no enumeration.
    """
    hits = [(chinese_number(m["n"]) or 0, m.start("n"), m.end()) for m in _LISTED.finditer(norm)]
    if len(hits) < 2 or [h[0] for h in hits] != list(range(1, len(hits) + 1)):
        return []
    starts = [h[1] for h in hits] + [len(norm)]
    return [(hits[i][0], hits[i][2], starts[i + 1]) for i in range(len(hits))]
