"""Splitting a printed list of organizations into its names.

Names are parted by 、 ， ； or blanks outside brackets and quotes; a body whose own name holds a 、
stays whole, 等 is taken off, bodies that are nobody in particular (有关部门) are dropped.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from noticetab.normalize import places
from noticetab.normalize.vocabulary import Vocabulary, vocabulary


class NameSpan(NamedTuple):
    """A name in a list: ``text[start:end]`` is where it stands.

    ``raw`` is it as printed, without white space that the layout put there, without 等 (then
    ``et_al`` is true) and without remarks such as （代章）. ``alias`` is a second name in closing brackets.
    """

    start: int
    end: int
    raw: str
    et_al: bool = False
    alias: str | None = None


_PAIRS = dict(zip("(（[【〔《<“「{", ")）]】〕》>”」}", strict=True))
_HALF = {ord("､"): "、", ord("﹑"): "、", ord("｡"): "。"}
_HARD = "，,；;\n\r。|｜"
_BRACKETED = regex.compile(r"[（(](?P<inside>[^（()）]{1,40})[)）]$")
_LEVELS = ("自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "区", "县", "州", "盟", "旗")
_LEVEL_OPENINGS = frozenset(char for word in _LEVELS for char in (word[0], word[-1]))
"""What the second of two glued names opens with, if not with the first's own place."""
_UNIVERSITY = regex.compile(r".{2,12}?大学(?![城路街]|生(?![命物态理化殖]))")
_AND = regex.compile(r"以及|会同|联合|和|及|与|暨")


# No name is longer; beyond that nothing is joined, parted or looked up, so that time stays linear.
_LONGEST = 100


_MARK = regex.compile(r"[\s、" + regex.escape(_HARD + "".join(_PAIRS) + "".join(_PAIRS.values())) + "]")


class _Piece(NamedTuple):
    """A stretch of the text and what divides it from the next: 、 hard, blank or none."""

    start: int
    end: int
    after: str


def split(text: str, *, generic: bool = False, school: str | None = None) -> list[NameSpan]:
    """The names of a printed list, in order; spans are offsets into ``text``.

    ``generic`` keeps bodies that are nobody in particular (各区人民政府 among the members of a
    committee). ``school`` is the issuing school, whose units may stand glued (图书馆院团委).
    """
    words = vocabulary()
    text = text.translate(_HALF)
    pieces = _together(text, _pieces(text), words)
    spans: list[NameSpan] = []
    for piece in pieces:
        for start, end in _apart(text, piece.start, piece.end, words, school is not None):
            span = _span(text, start, end, words)
            if span is None:
                continue
            if not span.raw:
                # 等单位 alone after a separator belongs to the name before it.
                if spans:
                    spans[-1] = spans[-1]._replace(et_al=True)
            elif generic or not is_generic(span.raw):
                spans.append(span)
            elif span.et_al and spans:
                spans[-1] = spans[-1]._replace(et_al=True)
    return spans


def is_generic(name: str) -> bool:
    """Whether a name is nobody in particular: 有关部门, 各单位, 我区, 市直各部门."""
    return len(name) <= _LONGEST and vocabulary().generic.search(_bare(name)) is not None


def _closing(name: str) -> regex.Match[str] | None:
    """The bracket that a name ends with."""
    return _BRACKETED.search(name) if "）" in name or ")" in name else None


def without_alias(name: str) -> tuple[str, str | None]:
    """A name without a second name or remark in closing brackets, and that second name.

    A bracket that belongs to the name stays: 中国石油大学（北京）, 某某公司（天津）.
    """
    match = _closing(name)
    if match is None or match.start() == 0:
        return name, None
    inside, base = match["inside"], name[: match.start()]
    # 学生工作部（处） is one name in two forms.
    if inside.startswith(tuple(vocabulary().data.lists.short_for)):
        return base, None
    if len(inside) < 3 or places.resolve(inside) is not None or places.is_company(base):
        return name, None
    return base, inside


def without_bracket(name: str) -> str:
    """A name without any closing bracket: 中国石油大学 of 中国石油大学（北京）."""
    match = _closing(name)
    return name if match is None else name[: match.start()] + name[match.end() :]


def _bare(name: str) -> str:
    return "".join(name.split())


def _pieces(text: str) -> list[_Piece]:
    """Cut at separators outside brackets and quotes; blanks are candidates, judged later."""
    pieces: list[_Piece] = []
    closing: list[str] = []
    start, at, size = 0, 0, len(text)
    while at < size:
        mark = _MARK.search(text, at)
        if mark is None:
            break
        at = mark.start()
        char = text[at]
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _PAIRS and text.find(_PAIRS[char], at, at + _LONGEST) > 0:
            closing.append(_PAIRS[char])
        elif not closing and (char in _HARD or char == "、" or char.isspace()):
            end = at
            while at < size and (text[at].isspace() or text[at] in _HARD or text[at] == "、"):
                at += 1
            marks = text[end:at]
            after = "hard" if any(mark in _HARD and mark not in "\n\r" for mark in marks) else ""
            after = after or ("、" if "、" in marks else "blank" if marks == " " else "gap")
            if end > start:
                pieces.append(_Piece(start, end, after))
            start = at
            continue
        at += 1
    if start < size:
        pieces.append(_Piece(start, size, ""))
    return pieces


def _together(text: str, pieces: list[_Piece], words: Vocabulary) -> list[_Piece]:
    """Join pieces again that are one name: 江苏省长江、淮河流域水情教育中心, 中国 科学院."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined:
            before = joined[-1]
            if piece.end - before.start > _LONGEST:
                joined.append(piece)
                continue
            left, right = _bare(text[before.start : before.end]), _bare(text[piece.start : piece.end])
            if _belongs(left, right, before.after, words):
                joined[-1] = _Piece(before.start, piece.end, piece.after)
                continue
        joined.append(piece)
    return joined


def _belongs(left: str, right: str, mark: str, words: Vocabulary) -> bool:
    if mark == "、":
        plain = without_alias(words.data.lists.et_al.sub("", right))[0]
        if f"{left}、{plain}" in words.joint:
            return True
        # The head of the name is still to come, and what follows begins no name of its own.
        return not is_complete(left) and _owned(left) and not has_own_start(right) and is_complete(plain)
    if mark in ("blank", "gap"):
        if right[0] in "（(" or words.data.lists.et_al.match(right):
            return True
        if len(right) == 1 or not is_complete(left) or (left.endswith("委") and right in words.party_known):
            return True
        if mark == "blank" and left.endswith(("大学", "学院")) and _is_unit(right, words):
            return True
        return mark == "blank" and not has_own_start(right) and not is_complete(right)
    return False


def _is_unit(name: str, words: Vocabulary) -> bool:
    return name.endswith(words.elided_units) and not has_own_start(name) and places.of_owner(name) is None


def _owned(name: str) -> bool:
    """Whether a name begins with a place or a school, so that something must follow."""
    found = places.prefix(name)
    return 0 < found.end < len(name) or _UNIVERSITY.match(name[:-1]) is not None


def is_complete(name: str) -> bool:
    """Whether a name ends as an organization's does (局, 委, 中心, 大学 …), brackets apart."""
    plain = without_bracket(name)
    words = vocabulary()
    plain = words.data.lists.et_al.sub("", plain) or plain
    return words.has_head(plain) and plain not in ("共青团", "中国共青团") and places.resolve(plain) is None


def has_own_start(name: str) -> bool:
    """Whether a name says by itself whose it is: a place's, a level's (市科协), the Party's, a school's."""
    if name.startswith(("中共", "共青团", "团省委", "团市委", "团区委", "团县委", "校", "国家")):
        return True
    if name.startswith(_LEVELS) and not name.startswith(vocabulary().not_levels):
        return True
    if places.is_national(name) or places.prefix(name).end:
        return True
    return _UNIVERSITY.match(name) is not None


def _apart(text: str, start: int, end: int, words: Vocabulary, school: bool) -> list[tuple[int, int]]:
    """Cut a piece at 和, 及 between two complete names, and where names were glued."""
    if end - start > _LONGEST:
        return [(start, end)]
    name = text[start:end]
    for match in _AND.finditer(name):
        left, right = _bare(name[: match.start()]), _bare(name[match.end() :])
        if not left or not right or not _stands_alone(left, words) or not is_complete(right):
            continue
        if has_own_start(right) or words.body(words.data.lists.et_al.sub("", right)).known:
            return [(start, start + match.start()), *_apart(text, start + match.end(), end, words, school)]
    openings = {*_LEVEL_OPENINGS, name[0], name.removeprefix("中共")[:1]}
    for cut in range(2, len(name) - 2):
        if (school or name[cut] in openings) and _is_seam(name[:cut], name[cut:], words, school):
            return [(start, start + cut), *_apart(text, start + cut, end, words, school)]
    return [(start, end)]


def _stands_alone(name: str, words: Vocabulary) -> bool:
    """Whether a text before 和 is a name: 市教育 of 市教育和体育局 is none."""
    if any(words.body(name[cut:] + "局").known for cut in range(min(len(name) - 1, 8))):
        return False  # 县农业农村和科技局 is one
    return is_complete(name) and (has_own_start(name) or words.body(name).known)


def _is_seam(left: str, right: str, words: Vocabulary, school: bool) -> bool:
    """Whether two names were glued here: 天津市地震局天津市教育委员会, 市科协市教育局, 图书馆院团委."""
    if left[-1] in "（(《“" or not words.has_head(left):
        return False
    if school and left in words.data.school.units:
        return any(right.startswith(unit) for unit in words.data.school.units)
    level = next((word for word in _LEVELS if left.startswith(word)), None)
    if level and not left.startswith(words.not_levels):
        body = left[len(level) :]
        if not right.startswith(level) or right.startswith(words.not_levels):
            return False
        return (body in words.known or body in ("委", "政协")) and _known_body(right[len(level) :], words)
    party = left.startswith("中共")
    plain = left.removeprefix("中共")
    found = places.prefix(plain)
    if not found.end or found.short:
        return False
    # 天津市地震局天津市教育委员会, or the level alone: 海淀区委区政府.
    again = plain[: found.end] if right.startswith(plain[: found.end]) else plain[found.end - 1]
    if not right.startswith(again):
        return False
    body, other = plain[found.end :], right[len(again) :]
    if len(again) == 1:
        return body == "委" and other in words.known
    known = body == "委" if party else body in words.known
    return known and is_complete(other)


def _known_body(text: str, words: Vocabulary) -> bool:
    return text in words.known or text in ("委", "政协") or words.has_head(text)


def _is_joined(name: str, word: str) -> bool:
    """Whether a name begins with 和 or the like that only joins it to the list; 和县, 会同县 are places."""
    return has_own_start(name.removeprefix(word)) and not places.prefix(name).end


def _span(text: str, start: int, end: int, words: Vocabulary) -> NameSpan | None:
    while start < end and (text[start].isspace() or text[start] in "、:："):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "、。.:："):
        end -= 1
    if start == end:
        return None
    et_al = False
    alias = None
    for _ in range(4):  # 等单位（排名不分先后）: each may follow the other
        tail = max(start, end - _LONGEST)
        name = text[tail:end]
        if (match := words.data.lists.et_al.search(name)) is not None:
            et_al, end = True, tail + match.start()
        elif (bracket := _closing(name)) is not None and bracket["inside"] in words.data.lists.remarks:
            end = tail + bracket.start()
        else:
            break
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            return NameSpan(start, end, "", et_al)
    if (match := _AND.match(text, start, end)) and _is_joined(_bare(text[start:end])[:_LONGEST], match[0]):
        start = match.end()  # 、和市教育局
        while text[start].isspace():
            start += 1
    raw = _bare(text[start:end])
    alias = without_alias(raw)[1] if len(raw) <= _LONGEST else None
    return NameSpan(start, end, raw, et_al, alias)
