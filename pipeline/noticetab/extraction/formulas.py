"""Who hosts, as prose states it: 由甲、乙主办，丙承办; 甲决定举办; 甲会同乙开展 (docs/record.md, rule 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from noticetab import rules
from noticetab.extraction.labels import LabelRules
from noticetab.normalize.lists import is_complete
from noticetab.patterns import pattern
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand

_ROLE_VERB = r"(?P<how>联合|共同|牵头|具体|负责|统一|分别|组织)?(?P<role>主办|承办|协办|举办|支持|指导|牵头|组织实施|组织(?!部|处|科|委|机构|人事))"
_BY = regex.compile(rf"由(?P<who>[^，。；：由]{{2,160}}?){_ROLE_VERB}(?![的人者式方])")
_NEXT = regex.compile(
    r"[，、；和](?:并)?(?:由)?(?P<who>[^，。；：由]{2,160}?)(?P<how>联合|共同|具体|负责)?(?P<role>主办|承办|协办|支持|指导|参与|配合|执行承办)(?![的人者方])"
)
_CLAUSE = regex.compile(
    r"(?:^|(?<=[，。；]))(?P<who>(?!各|有关|相关|谁|本|我)[^，。；：由（）“”]{2,120}?)(?P<how>联合|共同)?(?P<role>主办|承办|协办|牵头)(?=[，。；]|$)"
)
_BARE_BRACKET = regex.compile(
    r"^(?P<who>[^，。；：由]{2,120}?)(?P<how>联合|共同)?(?P<role>主办|承办|协办|牵头)(?=[，、；]|$)"
)
_SUBJECT = regex.compile(
    r"(?:^|[，。；])(?:现|经研究，?|经\S{2,10}同意，?|为此，?|根据安排，?)?(?P<who>[^，。；：]{2,120}?)"
    r"(?:研究)?(?P<how>决定|定于|拟定于|拟于|将于|将|拟|计划|共同|联合|自[^，。；自]{2,12}?起)(?P<more>(?:于|在)?[^，。；]{0,40}?)"
    r"(?P<role>举办|主办|联合举办|组织开展|开展|举行|召开)(?P<what>[^。；]{0,60})"
)
_WITH = regex.compile(
    r"(?:^|[，。；])(?P<who>[^，。；：]{2,60}?)(?:联合|会同|携手)(?P<more>[^，。；：]{2,120}?)(?:将|拟|决定|共同|联合|[于在][^，。；]{2,30}|，)*(?P<role>主办|举办|共同举办|组织开展|开展)(?P<what>[^。；]{0,60})"
)


@rules.cached
def _gives() -> regex.Pattern[str]:
    """甲提供媒体支持, 乙给予场地支持: support that a clause says is given."""
    given = "|".join(map(regex.escape, rules.load("labels", LabelRules).roles.given))
    return regex.compile(
        rf"(?:^|(?<=[，、；。：]))(?:并|由)?(?P<who>[^，。；：由]{{2,120}}?)(?:{given})[^，。；]{{0,12}}支持(?=[，。；）]|$)"
    )


_VERBY = regex.compile(
    r"(?:根据|按照|为了?|结合|围绕|通过|组织|开展|要求|要|应|以|请|在|从|对|把|将|等\S{0,4}(?:和|与)|有关|相关)"
)


def prose(strand: Strand) -> list[tuple[str, Strand]]:
    """(role, names) of 由甲、乙主办，丙承办，丁协办 in a strand."""
    norm = strand.norm
    found: list[tuple[str, Strand]] = []
    for match in _BY.finditer(norm):
        who = _named(strand, match)
        role = _role(match["role"], match["how"])
        if role is None or not all_orgs(who):
            continue
        if match["role"] in ("指导", "支持", "组织") and norm[match.end() : match.end() + 1] not in (
            "",
            *"，。；、）",
        ):
            continue  # 由甲指导乙录制: no host of this
        found.append((role, who))
        found += _chain(strand, match.end())
    if not found:
        # 甲、乙主办，丙协办 without 由, each a clause of its own.
        for match in _CLAUSE.finditer(norm):
            who = _named(strand, match)
            role = _role(match["role"], match["how"])
            if role is not None and all_orgs(who):
                found.append((role, who))
    for match in _gives().finditer(norm):
        who = strand.sub(match.start("who"), match.end("who"))
        names = pattern(r"[、和与及]").split(who.compact.norm)
        if all_orgs(who) or (all(map(is_complete, names)) and not _VERBY.match(who.norm)):
            found.append(("支持", who))
    return found


def _named(strand: Strand, match: regex.Match[str]) -> Strand:
    """The hosts of a formula without the verb that hands them the task: 委托某学院承办."""
    who = strand.sub(match.start("who"), match.end("who"))
    charged = pattern(r"(?:委托|联合|会同|交)(?=[\u4e00-\u9fff]{3})").match(who.norm)
    return who.sub(charged.end()) if charged else who


def _chain(strand: Strand, at: int) -> Iterator[tuple[str, Strand]]:
    norm = strand.norm
    while True:
        match = _NEXT.match(norm, at)
        if match is None:
            return
        who = _named(strand, match)
        if not all_orgs(who):
            return
        role = _role(match["role"], match["how"])
        if role is not None:
            yield role, who
        at = match.end()


def bracketed(strand: Strand) -> list[tuple[str, Strand]]:
    """(role, names) of 甲、乙主办，丙承办 as it stands in a closing bracket."""
    match = _BARE_BRACKET.match(strand.norm)
    if match is None:
        return prose(strand)
    who = strand.sub(match.start("who"), match.end("who"))
    role = _role(match["role"], match["how"])
    if role is None or not all_orgs(who):
        return []
    return [(role, who), *_chain(strand, match.end())]


def _role(verb: str, how: str | None) -> str | None:
    if verb == "组织" and how not in ("牵头", "具体", "负责"):
        return None
    if how == "牵头":
        return "牵头"
    return {"举办": "主办", "组织实施": "组织", "执行承办": "执行承办"}.get(verb, verb)


_HOSTS = regex.compile(r"[主承协举联]办$")
"""A verb, no office: 市科技局主办."""


def all_orgs(who: Strand) -> bool:
    """Whether a clause reads as a list of offices and nothing else."""
    norm = pattern(r"等(?:\d+|[一二三四五六七八九十]+)?(?:家|个)?(?:单位|部门|有关单位)?$").sub(
        "", who.compact.norm
    )
    pieces = [p for p in pattern(r"[、，]|(?<=[局委会办部院学馆])[和与及](?=\S{2})").split(norm) if p]
    if not pieces or len(norm) > 160 or "由" in norm or _HOSTS.search(norm):
        return False
    if not is_org(pieces[-1]):
        return False
    good = sum(1 for p in pieces if is_org(p) or len(p) <= 12)
    return good == len(pieces) and not _VERBY.match(norm) and all(len(p) <= 36 for p in pieces)


_CITED = regex.compile(r"《[^《》]*》")


def subject(strand: Strand, about: Sequence[str]) -> list[tuple[str, Strand]]:
    """(主办, names) where offices are the subject of 决定举办, 将于…举办, 联合…主办.

    ``about`` are names one of which the object must hold; empty for any object.
    """
    norm = _CITED.sub(lambda m: "《" + "\x00" * (len(m.group()) - 2) + "》", strand.norm)
    found: list[tuple[str, Strand]] = []
    for match in _WITH.finditer(norm, overlapped=True):
        first = strand.sub(match.start("who"), match.end("who"))
        more = strand.sub(match.start("more"), match.end("more"))
        if _concerns(match["what"], about) and all_orgs(first) and all_orgs(_cut_adverb(more)):
            return [("主办", first), ("主办", _cut_adverb(more))]
    for match in _SUBJECT.finditer(norm, overlapped=True):
        who = _cut_adverb(strand.sub(match.start("who"), match.end("who")))
        together = match["more"].endswith(("联合", "共同"))
        if match["role"] in ("开展", "组织开展") and not (
            together
            or match["how"].startswith("自")
            or match["how"] in ("决定", "共同", "联合", "定于", "拟定于")
        ):
            continue
        if _concerns(match["what"] or "", about) and all_orgs(who):
            found.append(("主办", who))
            break
    return found


def _cut_adverb(who: Strand) -> Strand:
    match = pattern(r"(?:共同|联合|将|拟|决定|研究|商定|定)+$").search(who.norm)
    return who.sub(0, match.start()) if match else who


def _concerns(what: str, about: Sequence[str]) -> bool:
    plain = "".join(what.split())
    return not about or any(a and a in plain for a in about)


_CLOSING = regex.compile(r"（(?P<in>[^（）]*(?:（[^（）]*）[^（）]*)*)）[。；]?$")


def closing_bracket(prose: list[Strand]) -> tuple[list[Strand], Strand | None]:
    """A bracket at the end of an item that names its hosts, taken off the prose."""
    if not prose:
        return prose, None
    last = prose[-1]
    match = _CLOSING.search(last.norm.rstrip())
    if match is None or not pattern(
        r"(?:主办|承办|协办|牵头|责任|负责|组织|支持|指导|参与)(?:单位|部门|方|机构)?：|(?:主办|承办|协办)(?:$|[，、；])"
    ).search(match["in"]):
        return prose, None
    inside = last.sub(match.start("in"), match.end("in"))
    rest = last.sub(0, match.start())
    return [*prose[:-1], *([rest] if rest else [])], inside
