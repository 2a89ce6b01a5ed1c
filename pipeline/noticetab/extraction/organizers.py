"""Organizations in roles: labelled lines, headings, and the 由…主办 formulas (docs/record.md, rule 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from noticetab import rules
from noticetab.extraction import labels
from noticetab.extraction.context import Context
from noticetab.extraction.labels import LabelRules
from noticetab.patterns import pattern
from noticetab.record import Event, Organizer
from noticetab.segment.outline import Node
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand

_ROLE_VERB = r"(?P<how>联合|共同|牵头|具体|负责|统一|分别|组织)?(?P<role>主办|承办|协办|举办|支持|指导|牵头|组织实施|组织)"
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
    r"(?:研究)?(?P<how>决定|定于|拟定于|拟于|将于|将|拟|计划|共同|联合)(?P<more>(?:于|在)?[^，。；]{0,40}?)"
    r"(?P<role>举办|主办|联合举办|组织开展|开展|举行|召开)(?P<what>[^。；]{0,60})"
)
_WITH = regex.compile(
    r"(?:^|[，。；])(?P<who>[^，。；：]{2,60}?)(?:联合|会同|携手)(?P<more>[^，。；：]{2,120}?)(?:将|拟|决定|共同|联合|于[^，。；]{2,30}|，)*(?P<role>主办|举办|共同举办|组织开展|开展)(?P<what>[^。；]{0,60})"
)
_VERBY = regex.compile(
    r"(?:根据|按照|为了?|结合|围绕|通过|组织|开展|要求|要|应|以|请|在|从|对|把|将|等\S{0,4}(?:和|与)|有关|相关)"
)


def prose(strand: Strand) -> list[tuple[str, Strand]]:
    """(role, names) of 由甲、乙主办，丙承办，丁协办 in a strand."""
    norm = strand.norm
    found: list[tuple[str, Strand]] = []
    for match in _BY.finditer(norm):
        who = strand.sub(match.start("who"), match.end("who"))
        role = _role(match["role"], match["how"])
        if role is None or not _all_orgs(who):
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
            who = strand.sub(match.start("who"), match.end("who"))
            role = _role(match["role"], match["how"])
            if role is not None and _all_orgs(who):
                found.append((role, who))
    return found


def _chain(strand: Strand, at: int) -> Iterator[tuple[str, Strand]]:
    norm = strand.norm
    while True:
        match = _NEXT.match(norm, at)
        if match is None:
            return
        who = strand.sub(match.start("who"), match.end("who"))
        if not _all_orgs(who):
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
    if role is None or not _all_orgs(who):
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


def _all_orgs(who: Strand) -> bool:
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
        if _concerns(match["what"], about) and _all_orgs(first) and _all_orgs(_cut_adverb(more)):
            return [("主办", first), ("主办", _cut_adverb(more))]
    for match in _SUBJECT.finditer(norm, overlapped=True):
        who = _cut_adverb(strand.sub(match.start("who"), match.end("who")))
        if match["role"] in ("开展", "组织开展") and match["how"] not in ("决定", "共同", "联合"):
            continue
        if _concerns(match["what"] or "", about) and _all_orgs(who):
            found.append(("主办", who))
            break
    return found


def _cut_adverb(who: Strand) -> Strand:
    match = pattern(r"(?:共同|联合|将|拟|决定|研究|商定|定)+$").search(who.norm)
    return who.sub(0, match.start()) if match else who


def _concerns(what: str, about: Sequence[str]) -> bool:
    plain = "".join(what.split())
    return not about or any(a and a in plain for a in about)


@rules.cached
def _role_headings() -> dict[str, str]:
    r = rules.load("labels", LabelRules).roles
    named = {w + u: r.same.get(w, w) for w in r.words for u in r.units}
    return named | {w: r.same.get(w, w) for w in r.alone}


def heading_role(heading: str) -> str | None:
    """The role that a heading such as 主办单位 or 活动主办单位 gives to the names below it."""
    roles = _role_headings()
    if heading == "组织机构":  # how the event is organized: the lines below name the roles
        return None
    return roles.get(heading) or roles.get(pattern(r"^(?:活动|大赛|竞赛|本次活动)").sub("", heading))


def of_event(context: Context, events: list[Event]) -> list[Organizer]:
    """The organizations of the event as a whole, and the members of its committee."""
    rows: list[Organizer] = []
    previous: str | None = None
    nodes = [n for _, n in context.doc.nodes() if not _activity_bound(n)]
    for node in nodes:
        heading = heading_role(node.title)
        strands = list(node.strands())
        at = 0
        while at < len(strands):
            strand = strands[at]
            pairs = [p for p in labels.pairs(strand) if p.field == "organizer"]
            used = 0
            if pairs:
                for pair in pairs:
                    value, extra = pair.value, 0
                    if pair is pairs[-1]:
                        value, extra = labels.continued(strands, at, pair)
                    used = max(used, extra)
                    made = context.organizers(
                        value,
                        pair.role or "",
                        "organizer.label",
                        previous=previous,
                        members=pair.role == "成员",
                    )
                    rows += made
                    previous = made[-1].name if made else previous
            elif heading and _all_orgs(
                strand.sub(0, len(strand.norm.rstrip("。；")))
                if strand.norm.rstrip()[-1:] in "。；"
                else strand
            ):
                value = strand.sub(0, len(strand.norm.rstrip("。； ")))
                rows += context.organizers(
                    value, heading, "organizer.heading", previous=previous, members=heading == "成员"
                )
            at += 1 + used
    about = [x for e in events for x in (e.name, e.series or "") if x]
    about += [pattern(r"(?:19|20)\d\d年").sub("", a) for a in list(about)]
    for node in nodes:
        if node.role in ("requirements", "contact", "report", "scope", "focus") or _below(
            node, ("requirements", "focus", "scope")
        ):
            continue
        for strand in node.strands():
            norm = "".join(strand.norm.split())
            if not any(w in norm for w in ("办", "开展", "举行", "召开")):
                continue
            whole = "".join(strand.norm.split()) + (
                node.heading.compact.norm if node.heading is not None else ""
            )
            for sentence in _sentences(strand):
                mentions = (
                    not about
                    or any(a in whole for a in about)
                    or node.role in ("organizers", "leadership", "time_theme")
                )
                got = prose(sentence) if mentions else []
                got = got or subject(sentence, about)
                for role, who in got:
                    if role in ("组织", "牵头") and not mentions:
                        continue
                    rows += context.organizers(who, role, "organizer.prose", confidence=0.9)
    return _unique(rows)


def _sentences(strand: Strand) -> Iterator[Strand]:
    start = 0
    for match in pattern(r"[。！？]").finditer(strand.norm):
        piece = strand.sub(start, match.end())
        if piece:
            yield piece
        start = match.end()
    if start < len(strand):
        yield strand.sub(start)


def _unique(rows: list[Organizer]) -> list[Organizer]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in rows:
        key = (row.role, row.name)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _activity_bound(node: Node) -> bool:
    """Whether a node is an item of a list of activities, so that its hosts are that item's."""
    at: Node | None = node
    while at is not None:
        if at.parent is not None and at.parent.role in ("activity", "focus"):
            return True
        at = at.parent
    return node.role == "activity" and bool(
        node.parent is not None and node.children == [] and labels_of(node)
    )


def labels_of(node: Node) -> bool:
    """Whether a node has lines of labels."""
    return any(labels.leading(s) for s in node.strands())


def _below(node: Node, roles: tuple[str, ...]) -> bool:
    at = node.parent
    while at is not None:
        if at.role in roles:
            return True
        at = at.parent
    return False
