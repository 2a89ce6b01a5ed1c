"""People named in a role of a committee, with their posts, as the lists of 组织机构 print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import Person
from noticetab.segment.grid import cells_of
from noticetab.segment.outline import Node
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand, join


class PeopleRules(rules.Rules):
    """rules/people.toml."""

    posts: list[str]
    titles: str


@dataclass(frozen=True)
class _Patterns:
    label: regex.Pattern[str]
    title: regex.Pattern[str]
    held_by: regex.Pattern[str]
    posts: frozenset[str]


@rules.cached
def _patterns() -> _Patterns:
    r = rules.load("people", PeopleRules)
    words = sorted(r.posts, key=len, reverse=True)
    padded = "|".join(r"\s{0,8}".join(map(regex.escape, w)) for w in words)
    return _Patterns(
        regex.compile(rf"^\s*(?P<role>{padded})\s{{0,6}}(?:（[^（）]{{1,20}}）)?\s{{0,6}}[：]"),
        regex.compile(rf"{r.titles}(?:（[^（）]*）)?"),
        regex.compile(
            rf"(?P<role>{'|'.join(words)})(?:一职)?由(?P<title>[^，。；：]{{2,30}}{r.titles})(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff]{{1,2}}|\s+[\u4e00-\u9fff]))(?:同志)?(?:兼任|担任|任)"
        ),
        frozenset(words),
    )


_PERSON = regex.compile(
    r"^(?P<name>[\u4e00-\u9fff]\s{1,6}[\u4e00-\u9fff](?=\s|（|$)|[\u4e00-\u9fff]{2,4}(?=\s|（|$)|[\u4e00-\u9fff]{1,8}[·・][\u4e00-\u9fff·・]{1,14}(?=\s|（|$))(?P<sep>\s*)(?P<rest>.*)$",
    regex.DOTALL,
)


def extract(context: Context) -> list[Person]:
    """One row per person in a role; posts without names and lists of offices are none."""
    rows: list[Person] = []
    for _unit, node in context.doc.nodes():
        rows += _in_node(context, node)
    return rows


def _in_node(context: Context, node: Node) -> Iterator[Person]:
    p = _patterns()
    role: str | None = None
    entries: list[tuple[str, list[Strand]]] = []
    for strand in node.strands():
        norm = strand.norm
        if (row := _table_row(strand, role)) is not None:
            role = row[0]
            entries.append(row)
            continue
        match = p.label.match(norm)
        if match:
            role = "".join(match["role"].split())
            rest = strand.sub(match.end())
            if rest:
                entries.append((role, [rest]))
            continue
        if role is None:
            continue
        if "。" in norm or "：" in norm or len(norm) > 80:
            role = None
            continue
        if _people(strand):
            entries.append((role, [strand]))
        elif entries:
            entries[-1][1].append(strand)
    posts = [
        (strand, held)
        for strand in node.strands()
        if "任" in strand.norm
        for held in p.held_by.finditer(strand.norm)
    ]
    if not posts and not entries:
        return
    body = _body(node)
    for strand, held in posts:
        yield Person(
            role=held["role"],
            name="".join(held["name"].split()),
            title=strand.sub(held.start("title"), held.end("title")).value,
            body=body,
            evidence=context.evidence(strand, held.start(), held.end()),
            rule="people.held-by",
            confidence=0.9,
        )
    for role, strands in entries:
        for name, title, whole in _split(join([s.sub(0) for s in strands])):
            yield Person(
                role=role,
                name=name,
                title=title,
                body=body,
                evidence=context.evidence(whole),
                rule="people.list",
                confidence=0.93 if title else 0.82,
            )


def _table_row(strand: Strand, above: str | None) -> tuple[str, list[Strand]] | None:
    """A row of cells 职务 | 姓名 | 单位及职务; an empty first cell repeats the post above."""
    if "\t" not in strand.text and "|" not in strand.norm:
        return None
    cells = cells_of(strand)
    if len(cells) < 2 or not cells[1] or not _PERSON.match(cells[1].norm):
        return None
    post = cells[0].compact.norm
    role = post if post in _patterns().posts else above if not post else None
    if role is None:
        return None
    held = [Strand(" ", [cells[1].offsets[-1]]), cells[2]] if len(cells) > 2 and cells[2] else []
    return role, [join([cells[1], *held])]


_NOBODY = regex.compile(r"(?:各|有关|相关|全体|其他)")
"""各县（市、区）… is no name."""


def _people(strand: Strand) -> bool:
    """Whether a line opens with a person's name and not with the rest of a wrapped post."""
    text = strand.norm.strip()
    match = _PERSON.match(text)
    if match is None:
        return False
    name = "".join(match["name"].split())
    if (is_org(name) and not match["rest"]) or _NOBODY.match(name):
        return False
    if not match["rest"]:
        return not _patterns().title.search(name)
    return not _patterns().title.fullmatch(name)


def _split(entry: Strand) -> Iterator[tuple[str, str | None, Strand]]:
    """(name, title, strand) of each person in an entry: one with a post, or several in a row."""
    p = _patterns()
    strand = entry.sub(0)
    while strand:
        match = _PERSON.match(strand.norm)
        if match is None:
            return
        name = "".join(strand.text[match.start("name") : match.end("name")].split())
        if p.title.fullmatch(name) or _NOBODY.match(name) or (is_org(name) and len(name) > 3):
            return
        rest = strand.sub(match.start("rest"))
        if not rest:
            yield name, None, strand
            return
        if rest.norm.startswith("（"):
            close = rest.norm.find("）")
            if close > 0 and pattern(r"[男女](?:[，、].{1,6})?|[\u4e00-\u9fff]{1,4}族").fullmatch(
                rest.norm, 1, close
            ):
                rest = rest.sub(close + 1)  # 某某（女）
            elif close > 0:
                yield name, rest.sub(1, close).value, strand
                strand = rest.sub(close + 1)
                while strand and strand.norm[0] in "、，；":
                    strand = strand.sub(1)
                continue
        cut = _next_person(rest)
        title = rest.sub(0, cut)
        if not p.title.search(title.norm) and _PERSON.match(title.norm) and not is_org(title.compact.norm):
            yield name, None, strand.sub(0, match.end("name"))
            strand = rest
            continue
        yield name, _title(title), strand
        strand = rest.sub(cut)


def _next_person(rest: Strand) -> int:
    """Where in a text of posts the next person of the same line begins."""
    p = _patterns()
    for gap in pattern(r"\s{2,}").finditer(rest.norm):
        before, after = rest.norm[: gap.start()], rest.norm[gap.end() :]
        if p.title.search(before) and pattern(rf"(?:{p.title.pattern})$").search(before.rstrip()):
            match = _PERSON.match(after)
            if match and match["rest"] and p.title.search(match["rest"]):
                return gap.end()
    return len(rest)


def _title(strand: Strand) -> str | None:
    return strand.value or None


_FOUNDED = regex.compile(
    r"(?:成立|设立|组成)(?P<body>[^，。；：]{2,40}?(?:委员会|组委会|领导小组|工作小组|指挥部|工作组|小组))"
)


def _body(node: Node) -> str | None:
    """The committee that the list belongs to: what the section says is founded, else its heading."""
    at: Node | None = node
    while at is not None:
        for strand in at.strands():
            match = _FOUNDED.search(strand.compact.norm)
            if match:
                return match["body"]
        if pattern(r"(?:委员会|组委会|小组|指挥部|办公室)$").search(at.title):
            return pattern(r"^成立").sub("", at.title)
        at = at.parent
    return None
