"""Contact points: who is to be called, in the many ways that notices print it (docs/record.md, rule 12)."""

from __future__ import annotations

from dataclasses import replace

from noticetab.extraction import contact_lines, contact_table, labels
from noticetab.extraction.contact_draft import Draft, bracketed, numbers_of, take
from noticetab.extraction.contact_values import (
    EMAIL,
    PHONE,
    address_apart,
    is_address,
    is_lodging,
    is_name,
    is_said,
    is_unit,
    mails_of,
    office_in,
    people_in,
    persons_of,
    without_label,
)
from noticetab.extraction.context import Context
from noticetab.extraction.sendings import Sendings, section_of
from noticetab.patterns import pattern
from noticetab.record import Contact, Evidence
from noticetab.segment.outline import Node
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand, join

_FIELDS = frozenset(("unit", "person", "phone", "hotline", "phone_fax", "fax", "email", "address"))


def extract(context: Context) -> list[Contact]:
    """One row per contact point as printed."""
    rows: list[Contact] = []
    sendings: dict[int, Sendings] = {}
    for unit, tree in zip(context.doc.parts.units, context.doc.trees, strict=True):
        if unit.form:
            continue
        for node in tree.walk():
            drafts = _in_node(node)
            for draft in _joined(drafts):
                if not draft.real:
                    continue
                if draft.unit is not None and not is_unit(draft.unit):
                    draft.unit = None
                rule = "contact.labels" if draft.labelled else "contact.line"
                if draft.unit is None:
                    top = section_of(node)
                    if id(top) not in sendings:
                        sendings[id(top)] = Sendings.of(top, context.issuer)
                    draft.unit = sendings[id(top)].before(draft.start)
                    if draft.unit is not None:
                        draft.confidence = 0.8
                if draft.unit is not None:
                    where, draft.unit = address_apart(draft.unit)
                    draft.address = draft.address or where
                rows.append(
                    Contact(
                        unit=draft.unit,
                        persons=draft.persons,
                        phones=draft.phones,
                        fax=draft.fax,
                        emails=draft.emails,
                        address=draft.address,
                        evidence=Evidence(start=draft.start, end=draft.end),
                        rule=rule,
                        confidence=draft.confidence,
                    )
                )
    return rows


def _joined(drafts: list[Draft]) -> list[Draft]:
    """Drafts with a unit that is printed last (联系人, 电话, 联系单位) put to the point above it."""
    made: list[Draft] = []
    for draft in (part for whole in drafts for part in _parted(whole)):
        bare = draft.unit is not None and not (draft.persons or draft.real)
        if bare and made and made[-1].unit is None and made[-1].real:
            made[-1].unit = draft.unit
            made[-1].touch((draft.start, draft.end))
            continue
        made.append(draft)
    return made


def _parted(draft: Draft) -> list[Draft]:
    """A point for each of several offices under one label, with its own number where there are as many."""
    if not draft.groups or len(draft.persons) != len(draft.groups):
        return [draft]
    each = len(draft.phones) == len(draft.groups)
    return [
        replace(
            draft, unit=office, persons=[name], phones=[draft.phones[i]] if each else draft.phones, groups=[]
        )
        for i, (office, name) in enumerate(draft.groups)
    ]


def _in_node(node: Node) -> list[Draft]:
    drafts: list[Draft] = []
    heading = without_label(node.title) if node.heading is not None else ""
    heading_unit = (
        heading
        if (is_org(heading) and node.role not in ("report", "requirements"))
        or (node.parent is not None and node.parent.role == "contact" and heading)
        else None
    )
    pending: tuple[str, tuple[int, int]] | None = None
    called: Draft | None = None
    waiting: str | None = None
    if node.heading is not None and labels.names_persons(node.title):
        waiting, heading_unit = "person", None  # 二、会议联系人 over the names
        drafts.append(Draft(unit=heading if is_org(heading) else None, labelled=True))
    heads: list[str] = []
    contact_section = node.role == "contact" or (node.parent is not None and node.parent.role == "contact")
    for strand in node.strands():
        if found := contact_table.header(strand):
            heads, pending = found, None
            continue
        if heads and (point := contact_table.row(strand, heads, drafts[-1] if drafts else None)) is not None:
            drafts.append(point)
            continue
        heads = []
        for piece in contact_lines.points(strand):
            if drafts and drafts[-1] is called and not called.real and not labels.pairs(piece):
                drafts.pop()  # a person above something else than numbers
            got = [p for p in labels.pairs(piece) if p.field in _FIELDS and not _of_place(piece, p)]
            if (
                got
                and got[0].field in ("email", "fax")
                and (hit := PHONE.search(piece.norm))
                and hit.start() < got[0].start
            ):
                pending = _bare(piece, drafts, pending, heading_unit)  # 甲处 张三 010-1234567（邮箱：…）
                continue
            if got:
                current = drafts[-1] if drafts else None
                _labelled(piece, got, drafts, current, heading_unit, pending)
                waiting = got[-1].field if not got[-1].value else None
                pending = None
                continue
            if waiting is not None and _fits(waiting, piece):
                take(drafts[-1], waiting, piece)  # 联系人： with the name on the next line
                drafts[-1].touch(piece.span())
                waiting = None
                continue
            waiting = None
            if (called := contact_lines.called(piece)) is not None:
                drafts.append(called)
                pending = None
                continue
            if not (contact_section or _looks(piece)):
                if drafts and drafts[-1].labelled and not drafts[-1].real and _names_only(piece):
                    drafts[-1].persons += persons_of(piece)[1]
                    drafts[-1].touch(piece.span())
                elif _standalone_unit(piece):
                    pending = (piece.value.rstrip("：:"), piece.span())
                else:
                    pending = None
                continue
            pending = _bare(piece, drafts, pending, heading_unit)
    _in_tables(node, drafts, heading_unit if contact_section else None, lines=contact_section)
    return drafts


def _in_tables(node: Node, drafts: list[Draft], heading_unit: str | None, *, lines: bool) -> None:
    """Adds the points of a node's tables; ``lines``: rows of a table without such columns are read as lines."""
    for table in node.grids:
        points = contact_table.points(table)
        drafts += points
        for row in table.rows if lines and not points else []:
            # A table of contact points: its cells in a row, without a serial number.
            cells = [x for x in row if x and not pattern(r"\d{1,3}").fullmatch(x.norm.strip())]
            line = join(cells, "\t")
            if PHONE.search(line.norm) or EMAIL.search(line.norm):
                _bare(line, drafts, None, heading_unit)


def _fits(kind: str, piece: Strand) -> bool:
    """Whether a line without label is what the empty label above it asks for."""
    norm = piece.compact.norm
    if kind == "email":
        return EMAIL.fullmatch(norm) is not None
    if kind in ("phone", "phone_fax", "fax"):
        return not pattern(r"[\u4e00-\u9fff]").search(PHONE.sub("", norm)) and PHONE.search(norm) is not None
    if len(norm) > 40 or is_said(norm):
        return False
    return kind == "address" or (is_org(norm) if kind == "unit" else _names_only(piece))


def _of_place(piece: Strand, pair: labels.Pair) -> bool:
    """Whether a number is that of a place: 报到地点：某某宾馆（电话：…） is nobody to ask."""
    before = [p for p in labels.pairs(piece) if p.start < pair.start]
    if not before and is_lodging(piece.norm[: pair.start].split("（")[0].rstrip("，： ")):
        return pair.field == "phone"  # 某某宾馆（某某路26号，电话：…）
    return (
        bool(before)
        and before[-1].field in ("place", "check_in_place")
        and pair.label in ("电话", "总台电话", "前台电话", "座机")
    )


def _looks(piece: Strand) -> bool:
    """Whether an unlabelled line is a contact point: office, person, number and nothing else."""
    norm = piece.norm
    norm = norm.rstrip("。")
    if len(norm) > 60 or "。" in norm or PHONE.search(norm) is None:
        return False
    if any(p.field not in _FIELDS for p in labels.pairs(piece)):
        return False
    rest = PHONE.sub(" ", norm)
    return (
        not pattern(r"[\d＋+%％]").search(EMAIL.sub("", rest))
        and pattern(r"[\u4e00-\u9fff]\s*[\u4e00-\u9fff]").search(rest) is not None
        and not pattern(r"(?:于|将)(?!\s)|请|在").search(rest)
    )


def _standalone_unit(piece: Strand) -> bool:
    norm = piece.compact.norm.rstrip("：")
    return (
        3 <= len(norm) <= 30
        and (is_org(norm) or norm.endswith(("咨询", "支持")))
        and not pattern(r"[。，；：]").search(norm)
    )


def _names_only(piece: Strand) -> bool:
    unit, persons = persons_of(piece)
    return bool(persons) and unit is None


def _labelled(
    piece: Strand,
    got: list[labels.Pair],
    drafts: list[Draft],
    current: Draft | None,
    heading_unit: str | None,
    pending: tuple[str, tuple[int, int]] | None,
) -> None:
    lead = piece.sub(0, got[0].start)
    lead_unit: str | None = None
    lead_persons: list[str] = []
    lead_address: str | None = None
    told = bool(lead) and is_said(lead.norm.rstrip("，、：的（"))
    if told:
        bare = lead.sub(0, len(lead.norm.rstrip("，、：的（ ")))
        whom = people_in(bare)
        asked = office_in(bare)
        if whom is not None:
            lead_unit, lead_persons = whom
        else:
            lead_unit, lead = (asked.value, asked) if asked is not None else (None, lead.sub(0, 0))
    elif lead and len(lead.compact) <= 40:
        plain = lead.sub(0, len(lead.norm.rstrip("，、：的（ ")))
        opening = plain.norm.find("（")
        if opening > 0 and "）" not in plain.norm and is_address(plain.norm[opening:]):
            lead_address = plain.sub(opening + 1).value  # 市科技局（望岳东路5号，电话：…）
            plain = plain.sub(0, opening)
        colon = plain.norm.rfind("：")
        if 0 < colon <= 8 and is_org(plain.norm[colon + 1 :]):
            plain = plain.sub(colon + 1)  # 主办单位：市科技局（联系人：…）
        if plain and not pattern(r"[。；]").search(plain.norm):
            if is_org(plain.compact.norm):
                lead_unit = plain.value
            else:
                lead_unit, lead_persons = persons_of(plain)
                if lead_unit is not None and not is_unit(lead_unit):
                    lead_unit = None
                if lead_unit is None and lead_persons and not all(is_name(x) for x in lead_persons):
                    lead_persons = []
    opens = got[0].field in ("unit", "person") or lead_unit is not None or bool(lead_persons)
    own = pending is not None or got[0].field == "hotline"
    if (
        current is None
        or (own and current.real)
        or (
            opens
            and (
                (current.persons and (got[0].field in ("unit", "person") or lead_persons))
                or (lead_unit is not None and current.real)
                or (got[0].field == "unit" and current.real and (current.unit or len(got) > 1))
            )
        )
    ):
        over = current.unit if current is not None and current.shared and got[0].field == "person" else None
        current = Draft(unit=over or heading_unit, shared=over is not None)
        if pending is not None:
            current.shared = True
            current.unit = pending[0]
            current.touch(pending[1])
        drafts.append(current)
    current.labelled = True
    if lead_unit is not None:
        current.unit = lead_unit
        current.touch(lead.span())
    if lead_address is not None:
        current.address = current.address or lead_address
    if lead_persons:
        current.persons += lead_persons
        current.touch(lead.span())
    office = lead_unit
    for i, pair in enumerate(got):
        if pair.field == "hotline" and current.persons and current.real:
            current = Draft(labelled=True)  # a hotline is nobody's own number
            drafts.append(current)
        current.touch(piece.span(pair.start, pair.end))
        value, following = pair.value, None
        if pair.field == "person" and i + 1 < len(got) and got[i + 1].field == "person":
            # 市科技局联系人：王旭　市教育局联系人：李晓明: the office behind a name is the next one's
            last = pattern(r"(?:^|(?<=[\s，、；]))[^\s，、；]{3,30}$").search(value.norm)
            if last is not None and is_org(last[0]):
                following, value = last[0], value.sub(0, last.start())
        take(current, pair.field, value)
        if pair.field == "person" and office is not None and (following or current.groups):
            names = [x for x in persons_of(value)[1] if is_name(x)]
            current.groups += [(office, x) for x in names]
        office = following or (office if pair.field != "person" else None)


def _bare(
    piece: Strand, drafts: list[Draft], pending: tuple[str, tuple[int, int]] | None, heading_unit: str | None
) -> tuple[str, tuple[int, int]] | None:
    """A line of a contact section without labels: 区科协 / 王新红 0531-88023770."""
    norm = piece.norm
    hit = PHONE.search(norm)
    mail = EMAIL.search(norm)
    if hit is None and mail is None:
        if _standalone_unit(piece) or (
            len(piece.compact) <= 30
            and not pattern(r"[。，；]|：.|\d：\d|周[一二三四五六日]").search(norm)
            and not is_name(piece.compact.norm)
            and is_unit(piece.norm.rstrip("："))
        ):
            return (piece.value.rstrip("：:"), piece.span())
        return None
    head = piece.sub(0, min(m.start() for m in (hit, mail) if m is not None))
    head = head.sub(0, len(head.norm.rstrip("（：， ")))
    opening = head.norm.rfind("（")
    if opening > head.norm.rfind("）"):  # 市科技局（王旭，0538-1234567）
        head = Strand(head.text[:opening] + " " + head.text[opening + 1 :], head.offsets)
    unit: str | None
    persons: list[str] = []
    if is_said(head.norm):
        office = office_in(head)
        unit = office.value if office is not None else None
    else:
        unit, persons = persons_of(head)
    if unit is None and is_lodging(head.norm):
        return None
    behind = pattern(r"\s*（(?P<office>[^（）]+)）").match(norm, hit.end()) if hit is not None else None
    if unit is None and behind is not None and is_org(behind["office"]):
        unit = piece.sub(*behind.span("office")).value
    persons += bracketed(piece, persons)
    above = drafts[-1].unit if drafts and drafts[-1].shared and pending is None else None
    draft = Draft(
        unit=unit or (pending[0] if pending else above or heading_unit), persons=persons, confidence=0.9
    )
    draft.shared = unit is None and (pending is not None or above is not None)
    draft.touch(piece.span())
    if pending is not None and unit is None:
        draft.touch(pending[1])
    numbers_of(draft, piece, "phone")
    draft.emails = mails_of(piece)
    drafts.append(draft)
    return None
