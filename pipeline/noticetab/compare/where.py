"""The filter of ``--where``: which notices of a database are compared.

A filter is written like the condition of a SELECT (``series='全国科普日' and year in (2022, 2023)``)
but is never given to the database as text: it is parsed here, its names are looked up in
:data:`FIELDS` and its values become bound parameters, so that it can only ever choose notices.

    condition  = part {"or" part}
    part       = factor {"and" factor}
    factor     = "not" factor | "(" condition ")" | comparison
    comparison = field ("=" | "!=" | "<>" | "<" | "<=" | ">" | ">=" | ["not"] "like") value
               | field ["not"] "in" "(" value {"," value} ")"
               | field ["not"] "between" value "and" value
               | field "is" ["not"] "null"

Values are numbers or text in single or double quotes; dates are text (``'2023-05-20'``).
"""

from __future__ import annotations

import datetime as dt
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    import sqlalchemy as sa

    from noticetab.record import Record
    from noticetab.stores.store import Store

FIELDS: dict[str, tuple[str, str, type]] = {
    "title": ("notices", "title", str),
    "doc_type": ("notices", "doc_type", str),
    "doc_number": ("notices", "doc_number", str),
    "region": ("notices", "region", str),
    "region_adcode": ("notices", "region_adcode", str),
    "issued_on": ("notices", "issued_on", dt.date),
    "notice_id": ("notices", "notice_id", str),
    "event": ("events", "name", str),
    "series": ("events", "series", str),
    "edition": ("events", "edition", int),
    "year": ("events", "year", int),
    "starts_on": ("events", "starts_on", dt.date),
    "ends_on": ("events", "ends_on", dt.date),
    "theme": ("themes", "text", str),
    "organizer": ("organizers", "name", str),
}
"""What can be asked for: table, column and type.

``year`` is the event's, else that of the issue; ``organizer`` a body in any role of the event as a
whole but that of a committee's member.
"""

LONGEST = 2000
DEEPEST = 40
TOKEN = regex.compile(
    r"""\s*(?:(?P<text>'(?:[^']|'')*+'|"(?:[^"]|"")*+")|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<sign><>|!=|<=|>=|[=<>(),])|(?P<word>[^\W\d]\w*))"""
)
SIGNS = {
    "=": "__eq__",
    "!=": "__ne__",
    "<>": "__ne__",
    "<": "__lt__",
    "<=": "__le__",
    ">": "__gt__",
    ">=": "__ge__",
}


class WhereError(ValueError):
    """A filter that cannot be understood; the message says where and what is allowed."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    at: int


def select(store: Store, where: str | None = None) -> list[Record]:
    """The current records of the notices of ``store`` that ``where`` chooses, by year, region and id.

    Only reads. Raises :class:`WhereError` for a filter that cannot be understood and
    :class:`noticetab.stores.StoreError` if the database cannot be read.
    """
    import sqlalchemy as sa

    from noticetab.record import Record
    from noticetab.stores import engine as engines
    from noticetab.stores.model import table

    notices, events, versions = table("notices"), table("events"), table("versions")
    chosen = sa.select(notices.c.notice_id).outerjoin_from(
        notices, events, events.c.notice_id == notices.c.notice_id
    )
    chosen = chosen.where(notices.c.is_notice)
    if where and where.strip():
        chosen = chosen.where(condition(where))
    query = sa.select(versions.c.record).where(versions.c.is_current, versions.c.notice_id.in_(chosen))
    texts = engines.read(store.engine, lambda connection: list(connection.execute(query).scalars()))
    records = [Record.model_validate_json(text) for text in texts]
    return sorted(records, key=_order)


def _order(record: Record) -> tuple[Any, ...]:
    from .collection import year_of

    notice = record.notice
    return year_of(record) or 0, notice.region_adcode or "", notice.title or "", record.source.notice_id


def condition(where: str) -> sa.ColumnElement[bool]:
    """``where`` as an expression over the tables notices and events, values bound.

    Raises :class:`WhereError`.
    """
    if len(where) > LONGEST:
        raise WhereError(f"the filter is longer than {LONGEST} characters")
    return _Parser(_tokens(where)).parse()


def _tokens(where: str) -> list[_Token]:
    tokens = []
    at = 0
    while where[at:].strip():
        match = TOKEN.match(where, at)
        if match is None or match.lastgroup is None:
            raise WhereError(f"cannot read the filter at {where[at:].strip()[:20]!r}")
        tokens.append(_Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens of one filter."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def parse(self) -> sa.ColumnElement[bool]:
        found = self._condition()
        if self.at < len(self.tokens):
            raise WhereError(f"did not expect {self._peek()!r} in the filter; join conditions by and, or")
        return found

    def _peek(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        return token.value.lower() if token.kind == "word" else token.value

    def _next(self, *wanted: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at].kind != "text" and self._peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1].value.lower()
        return None

    def _need(self, wanted: str) -> None:
        if self._next(wanted) is None:
            raise WhereError(f"the filter needs {wanted!r} before {self._peek() or 'its end'!r}")

    def _condition(self) -> sa.ColumnElement[bool]:
        import sqlalchemy as sa

        self.depth += 1
        if self.depth > DEEPEST:
            raise WhereError(f"the filter is nested deeper than {DEEPEST} brackets")
        parts = [self._part()]
        while self._next("or"):
            parts.append(self._part())
        self.depth -= 1
        return sa.or_(*parts)

    def _part(self) -> sa.ColumnElement[bool]:
        import sqlalchemy as sa

        factors = [self._factor()]
        while self._next("and"):
            factors.append(self._factor())
        return sa.and_(*factors)

    def _factor(self) -> sa.ColumnElement[bool]:
        import sqlalchemy as sa

        negated = False
        while self._next("not"):
            negated = not negated
        if self._next("("):
            found = self._condition()
            self._need(")")
        else:
            found = self._comparison()
        return sa.not_(found) if negated else found

    def _comparison(self) -> sa.ColumnElement[bool]:
        import sqlalchemy as sa

        from noticetab.stores.model import table

        name = self._peek()
        if self.at >= len(self.tokens) or self.tokens[self.at].kind != "word" or name not in FIELDS:
            raise WhereError(f"{name or 'nothing'!r} is no field; use {', '.join(FIELDS)}")
        self.at += 1
        table_name, column_name, kind = FIELDS[name]
        column: Any = table(table_name).c[column_name]
        if name == "year":
            column = sa.func.coalesce(column, sa.extract("year", table("notices").c.issued_on))
        found = self._operation(column, kind, name)
        if table_name in ("themes", "organizers"):
            other = table(table_name)
            inside = sa.select(other.c.notice_id).where(found)
            if table_name == "organizers":
                inside = inside.where(other.c.activity_id.is_(None), other.c.role != "成员")
            found = table("notices").c.notice_id.in_(inside)
        return typing.cast("sa.ColumnElement[bool]", found)

    def _operation(self, column: Any, kind: type, name: str) -> Any:
        import sqlalchemy as sa

        if self._next("is"):
            negated = self._next("not")
            self._need("null")
            return column.is_not(None) if negated else column.is_(None)
        negated = self._next("not")
        if self._next("in"):
            self._need("(")
            values = [self._value(kind, name)]
            while self._next(","):
                values.append(self._value(kind, name))
            self._need(")")
            found = column.in_(values)
        elif self._next("between"):
            low = self._value(kind, name)
            self._need("and")
            found = column.between(low, self._value(kind, name))
        elif self._next("like"):
            if kind is not str:
                raise WhereError(f"{name} is no text and cannot be compared by like")
            found = column.like(self._value(str, name))
        elif not negated and (sign := self._next(*SIGNS)):
            found = getattr(column, SIGNS[sign])(self._value(kind, name))
        else:
            raise WhereError(f"{name} needs =, !=, <, <=, >, >=, like, in, between or is null")
        return sa.not_(found) if negated else found

    def _value(self, kind: type, name: str) -> Any:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind not in ("text", "number"):
            said = token.value if token else "its end"
            raise WhereError(f"{name} needs a value, not {said!r}; text stands in quotes")
        self.at += 1
        text = token.value
        if token.kind == "text":
            text = text[1:-1].replace(text[0] * 2, text[0])
        try:
            return dt.date.fromisoformat(text) if kind is dt.date else kind(text)
        except ValueError:
            wanted = "a date such as '2023-05-20'" if kind is dt.date else "a whole number"
            raise WhereError(f"{name} needs {wanted}, not {text!r}") from None
