"""People named in a role of a committee, with their posts, as the lists of 组织机构 print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.normalize import persons
from noticetab.patterns import pattern
from noticetab.record import Person
from noticetab.segment.grid import cells_of
from noticetab.segment.outline import Node
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand, join
from noticetab.segment.table import Table


class PeopleRules(rules.Rules):
    """rules/people.toml."""

    posts: list[str]
    titles: str


@dataclass(frozen=True)
class _Patterns:
    label: regex.Pattern[str]
    bare_label: regex.Pattern[str]
    title: regex.Pattern[str]
    held_by: regex.Pattern[str]
    takes: regex.Pattern[str]
    inner_label: regex.Pattern[str]
    name: regex.Pattern[str]
    named_behind: regex.Pattern[str]
    next_person: regex.Pattern[str]
    posts: frozenset[str]


@rules.cached
def _patterns() -> _Patterns:
    r = rules.load("people", PeopleRules)
    words = sorted(r.posts, key=len, reverse=True)
    padded = "|".join(r"\s{0,8}".join(map(regex.escape, w)) for w in words)
    posts = "|".join(words)
    name = rf"{persons.family()}\s{{0,4}}[\u4e00-\u9fff](?:\s{{0,4}}[\u4e00-\u9fff])?"
    takes = r"(?:兼任|担任|(?<!主)任|(?<![作成认])为)"
    return _Patterns(
        regex.compile(
            rf"^\s*(?:[\u4e00-\u9fff]{{0,20}}(?:领导小组|工作组|指挥部|第[一二三四五六]组))?(?P<role>{padded})\s{{0,6}}(?:（[^（）]{{1,20}}）)?\s{{0,6}}[：]"
        ),
        regex.compile(rf"^\s*(?P<role>{padded})\s{{1,8}}(?={name}\s{{1,8}}\S{{0,30}}?{r.titles})"),
        regex.compile(rf"{r.titles}(?:（[^（）]*）)?"),
        regex.compile(
            rf"(?P<role>{posts})(?:一职)?由(?P<people>[^，。；：由]{{2,80}}?){takes}(?=[，。；、]|$)"
        ),
        regex.compile(
            rf"{takes}(?:[^，。；：任]{{0,20}}(?:委员会|小组|指挥部|组委会))??(?P<role>{posts})(?=[，。；、的]|$)"
        ),
        regex.compile(rf"(?:[，。；、]|(?<![副务总誉行第一二三\s])\s)(?=\s{{0,8}}(?:{padded})\s{{0,6}}[：])"),
        regex.compile(name),
        regex.compile(rf"(?P<title>\S{{0,30}}(?:{r.titles})(?:（[^（）]*）)?)\s*(?P<name>{name})(?:同志)?"),
        regex.compile(rf"\s*[、，；]\s*(?={name}\s)"),
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
        for grid in node.grids:
            rows += list(_members(context, node, grid)) or list(_in_table(context, grid))
    return rows


def _members(context: Context, node: Node, table: Table) -> Iterator[Person]:
    """Those whom a table of a committee names (职务 | 姓名 | 单位及职务): a column of known posts, and one of names."""
    named = table.index("member", "person")
    posts = _patterns().posts
    columns = [
        (sum(bool(row[i]) and row[i].compact.norm in posts for row in table.rows), i)  # type: ignore[union-attr]
        for i in table.all("post", "title", "member", "other")
    ]
    known, at = max(columns, default=(0, 0))
    if named is None or at == named or known * 2 < len(table.rows):
        return
    beside = table.all("title") or table.all("unit", "post")
    body = _body(node)
    for row in table.rows:
        post, cell = row[at], row[named]
        if post is None or cell is None or (match := _CELL.match(cell.compact.norm)) is None:
            continue
        held = [x for i in beside if i not in (at, named) and (x := row[i])]
        yield Person(
            role=post.compact.text,
            name=match["name"],
            title="".join(x.value for x in held) or match["title"],
            body=body,
            evidence=context.evidence(join([x for x in row if x])),
            rule="people.committee-table",
            confidence=0.9,
        )


_CELL = regex.compile(r"(?P<name>[\u4e00-\u9fff·]{2,10})(?:（(?P<title>[^（）]+)）)?$")


def _in_table(context: Context, grid: Table) -> Iterator[Person]:
    """Those whom a table of activities names under 主讲人, 授课人, 负责人."""
    at = grid.index("person")
    if at is None or at >= len(grid.heads):
        return
    seen: set[str] = set()
    for row in grid.rows:
        cell = row[at]
        match = _CELL.match(cell.compact.norm) if cell else None
        if cell is None or match is None or match[0] in seen or _NOBODY.match(match["name"]):
            continue
        seen.add(match[0])
        title = cell.compact.sub(*match.span("title")) if match["title"] else None
        yield Person(
            role=grid.heads[at],
            name=match["name"],
            title=title.value if title else None,
            body=None,
            evidence=context.evidence(cell),
            rule="people.table",
            confidence=0.85,
        )


def _in_node(context: Context, node: Node) -> Iterator[Person]:
    p = _patterns()
    role: str | None = None
    entries: list[tuple[str, list[Strand]]] = []
    for strand in [x for line in node.strands() for x in _labelled(line)]:
        norm = strand.norm
        if (row := _table_row(strand, role)) is not None:
            role = row[0]
            entries.append(row)
            continue
        match = p.label.match(norm) or p.bare_label.match(norm)
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
        elif entries and not _NOBODY.match(norm.strip()):
            entries[-1][1].append(strand)
    posts = [
        x for strand in node.strands() if pattern("[任为]").search(strand.norm) for x in _in_prose(strand)
    ]
    if not posts and not entries:
        return
    body = _body(node)
    for held_role, name, title, whole in posts:
        yield Person(
            role=held_role,
            name=name,
            title=title,
            body=body,
            evidence=context.evidence(whole),
            rule="people.held-by",
            confidence=0.9,
        )
    for role, strands in entries:
        entry = join([s.sub(0) for s in strands])
        for name, title, whole in _listed(entry) or _split(entry):
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


def _labelled(line: Strand) -> list[Strand]:
    """A line cut before each post in it: 组长：王某，副组长：李某."""
    if line.norm.count("：") < 2 or not _patterns().label.match(line.norm):
        return [line]
    cuts = [m.start() for m in _patterns().inner_label.finditer(line.norm)]
    bounds = [0, *cuts, len(line)]
    pieces = [line.sub(bounds[k], bounds[k + 1]) for k in range(len(bounds) - 1)]
    return [x.sub(1) if x.norm[0] in "，。；、" else x for x in pieces if x]


def _in_prose(strand: Strand) -> Iterator[tuple[str, str, str | None, Strand]]:
    """(role, name, title, strand) of 由副区长王某任组长, 李某某同志兼任办公室主任, 组长由区长王某担任."""
    p = _patterns()
    norm = strand.norm
    for held in p.held_by.finditer(norm):
        for name, title, whole in _listed(strand.sub(*held.span("people")), prose=True):
            yield held["role"], name, title, whole
    chained = -1
    for held in p.takes.finditer(norm):
        start = max(norm.rfind(c, 0, held.start()) for c in "，。；：由") + 1
        people = strand.sub(start, held.start())
        if people and (
            norm[start - 1] == "由"
            or start == chained + 1
            or held.group().startswith("兼任")
            or "同志" in people.norm
            or p.title.search(people.norm)
        ):
            chained = held.end()
            for name, title, whole in _listed(people, prose=True):
                yield held["role"], name, title, whole


def _listed(entry: Strand, prose: bool = False) -> list[tuple[str, str | None, Strand]]:
    """(name, title, strand) of people parted by 、: names alone (王某、李某某) or behind their posts (副区长王某).

    Nothing unless the whole entry reads so: 市科技局、市教育局 are no people. ``prose``: one name alone will do.
    """
    p = _patterns()
    norm = entry.norm.rstrip("。；，、 ").removesuffix("等")
    found: list[tuple[str, str | None, Strand]] = []
    start = at = 0
    for end in [*(m.start() for m in pattern(r"[、，；]").finditer(norm)), len(norm)]:
        if end < at:
            continue
        piece = entry.sub(start, end)
        if not found or found[-1][1] is None:
            alone = p.name.fullmatch(piece.norm.removesuffix("同志"))
            name = "".join(piece.norm.split()).removesuffix("同志")
            if alone is not None and not _no_name(name):
                found.append((name, None, piece))
                start = at = end + 1
                continue
        behind = p.named_behind.fullmatch(piece.norm)
        if behind is not None and not _no_name(name := "".join(behind["name"].split())):
            if found and found[-1][1] is None:
                return []
            found.append((name, piece.sub(*behind.span("title")).value, piece))
            start = end + 1
        at = end + 1
    return found if start > len(norm) and (prose or len(found) > 1 or found[0][1] is not None) else []


def _no_name(name: str) -> bool:
    """Whether what looks like a name is another word."""
    return (
        bool(_patterns().title.search(name))
        or bool(_NOBODY.match(name))
        or name[-1] in "员者级"
        or name.endswith(("单位", "任命", "部门"))
        or (is_org(name) and len(name) > 2)
    )


_NOBODY = regex.compile(r"(?:各|有关|相关|全体|其他)")
"""各县（市、区）… is no name."""


def _people(strand: Strand) -> bool:
    """Whether a line opens with a person's name and not with the rest of a wrapped post."""
    if _listed(strand):
        return True
    text = strand.norm.strip()
    match = _PERSON.match(text)
    if match is None:
        return False
    name = "".join(match["name"].split())
    if (is_org(name) and not match["rest"]) or _NOBODY.match(name):
        return False
    if not match["rest"]:
        return not _patterns().title.search(name.removesuffix("同志"))
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
            name = name.removesuffix("同志")
            if not p.title.search(name):
                yield name, None, strand
            return
        if "：" in rest.norm:
            return  # 负责人：王某 电话：…, a contact
        if rest.norm.startswith("（"):
            close = rest.norm.find("）")
            if close > 0 and pattern(
                r"[男女](?:[，、][\u4e00-\u9fff]{1,4}族)?|[\u4e00-\u9fff]{1,4}族"
            ).fullmatch(rest.norm, 1, close):
                rest = rest.sub(close + 1)  # 某某（女）
            elif close > 0:
                post = rest.sub(1, close)
                if sex := pattern(r"[男女](?:，[\u4e00-\u9fff]{1,4}族)?，").match(post.norm):
                    post = post.sub(sex.end())
                yield name, post.value if post.norm not in ("兼", "兼任") else None, strand
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
        while strand and strand.norm[0] in "、，；":
            strand = strand.sub(1)


def _next_person(rest: Strand) -> int:
    """Where in a text of posts the next person of the same line begins."""
    p = _patterns()
    for gap in p.next_person.finditer(rest.norm):
        match = _PERSON.match(rest.norm[gap.end() :])
        if (
            match
            and p.title.search(rest.norm[: gap.start()])
            and p.title.search(match["rest"])
            and not _no_name("".join(match["name"].split()))
        ):
            return gap.start()
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
