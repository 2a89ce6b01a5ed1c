"""Tables of contact points whose header says what their columns are (docs/record.md, rule 12)."""

from __future__ import annotations

from noticetab.extraction.contact_draft import Draft, take
from noticetab.patterns import pattern
from noticetab.segment.strand import Strand
from noticetab.segment.table import Table


def header(line: Strand) -> list[str]:
    """The kinds of the columns that a line of cells heads (单位 联系人 电话), empty if it heads no contact points.

    A column that is none of the known ones says whose point it is (unit).
    """
    cells = ["".join(x.split()) for x in line.norm.split("\t")]
    if len(cells) < 2 or not all(cells) or pattern(r"[\d@：。]").search(line.norm):
        return []
    heads = [_kind(x) for x in cells]
    called = "person" in heads and any(x in heads for x in ("phone", "email"))
    return heads if called or ("person_phone" in heads) else []


def _kind(cell: str) -> str:
    for kind, words in _KINDS:
        if pattern(words).search(cell):
            return kind
    return "unit"


_KINDS = (
    ("other", r"^(?:序号|编号|职务|职称|职位|备注|邮编|邮政编码|QQ|微信|性别|说明)"),
    ("person_phone", r"(?:联系人|联络人|联络员|姓名|负责人)(?:及|和|、|/|与).*(?:电话|方式|手机)"),
    ("person", r"(?:联系人|联络人|联络员|姓名|负责人|经办人)$"),
    ("email", r"邮箱|邮件|信箱|[Ee]-?mail"),
    ("fax", r"传真$"),
    ("phone", r"电话|手机|联系方式|座机|号码"),
    ("address", r"地址"),
)


def row(line: Strand, heads: list[str], above: Draft | None) -> Draft | None:
    """The contact point of a row under a header, None if the line is none of its rows.

    An empty cell of the unit is merged with the one above it.
    """
    ends = [i for i, c in enumerate(line.norm) if c == "\t"]
    if len(ends) + 1 != len(heads):
        return None
    draft = Draft(confidence=0.93)
    for kind, start, end in zip(heads, [0, *(i + 1 for i in ends)], [*ends, len(line.norm)], strict=True):
        cell = line.sub(start, end)
        if not cell or kind == "other" or (kind == "unit" and draft.unit is not None):
            continue
        take(draft, "person" if kind == "person_phone" else kind, cell)
        draft.touch(cell.span())
    if not draft.real:
        return None
    if draft.unit is None and above is not None:
        draft.unit = above.unit
    return draft


_TAKES = {
    "unit": "unit",
    "organizers": "unit",
    "caller": "person",
    "member": "person",
    "person": "person",
    "caller_phone": "person",
    "phone": "phone",
    "fax": "fax",
    "email": "email",
    "place": "address",
}
"""What the kinds of columns give to a contact point."""
_REACHED, _CALLED = ("phone", "email", "caller_phone"), ("caller", "member", "person", "caller_phone")


def points(table: Table) -> list[Draft]:
    """The contact points of a table that says whom to reach and how; none for another table.

    The office is the column of units, else the first column of which nothing is known; that of a row
    without one is the group that it stands under.
    """
    if table.index(*_REACHED) is None or (
        table.index(*_CALLED) is None and table.index("unit", "organizers") is None
    ):
        return []
    kinds = _taken(table)
    made = [_point(table, at, kinds) for at in range(len(table.rows))]
    return [draft for draft in made if draft.phones or draft.emails or draft.fax]


def _taken(table: Table) -> list[str]:
    """What each column gives to a point; "" for nothing."""
    kinds = [_TAKES.get(column.name, "") if column is not None else "" for column in table.columns]
    if "unit" not in kinds:
        at = next((i for i, c in enumerate(table.columns) if c is None and table.heads[i]), None)
        if at is not None and at <= 1:
            kinds[at] = "unit"
    if table.index("name") is not None:
        kinds = ["" if kind == "address" else kind for kind in kinds]  # where the activity is held
    return kinds


def _point(table: Table, at: int, kinds: list[str]) -> Draft:
    """The contact point of a row."""
    draft = Draft(confidence=0.93, labelled=True)
    for kind, cell in zip(kinds, table.rows[at], strict=True):
        if cell and kind and not (kind == "unit" and draft.unit is not None):
            take(draft, kind, cell)
    group = table.groups[at]
    if draft.unit is None and group is not None:
        draft.unit = group.value
    for cell in table.own(at):
        draft.touch(cell.span())
    return draft
