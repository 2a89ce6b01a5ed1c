"""Elements of a web page as lines and tables, as a browser would show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from noticetab.numerals import signed
from noticetab.read.assembly import CellText, unwrap
from noticetab.read.numerals import chinese

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Line = tuple[str, "str | list[list[CellText]]"]
"""A line's text with the number that the browser computes for it, or with its table."""

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "html", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul", "ucapcontent", "ucaptitle",
    )
)  # fmt: skip
"""Elements that begin and end a line (ucap… are those of the government's site standard)."""

_NUMBERED = regex.compile(r"^\s*[（(]?[一二三四五六七八九十百\d]+\s*[)）、.．，]")


def weight(text: str | None) -> int:
    """Characters of running text: Chinese characters and punctuation."""
    return sum("\u2e80" <= char <= "\uffee" or char in "“”—…" for char in text) if text else 0


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data rather than laying out a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    if not rows or max(len(row.findall("td")) + len(row.findall("th")) for row in rows) < 2:
        return False
    for cell in table.iter("td", "th"):
        blocks = sum(1 for part in cell.iterdescendants() if part.tag in ("p", "div", "br"))
        if blocks > 3 and weight(cell.text_content()) > 400:
            return False
    return True


class Renderer:
    """Turns elements into lines: (text, computed number) or (text, table)."""

    def __init__(self) -> None:
        """Start with no lines."""
        self.lines: list[Line] = []
        self._buffer: list[str] = []
        self._number = ""

    def flush(self) -> None:
        """End the line."""
        text = _visible("".join(self._buffer))
        self._buffer = []
        if text:
            self.lines.append((text, "" if _NUMBERED.match(text) else self._number))
            self._number = ""

    def block(self, element: HtmlElement) -> None:
        """Write ``element`` and what is in it, without the text behind it."""
        tag = element.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            self.flush()
            return
        if tag == "table" and is_data(element):
            self.flush()
            self._table(element)
            return
        is_block = tag in BLOCKS
        if is_block:
            self.flush()
        if tag == "li" and (parent := element.getparent()) is not None and parent.tag == "ol":
            self._number = _item_number(element, parent)
        self._text(element.text, tag)
        for part in element:
            self.block(part)
            self._text(part.tail, tag)
        if is_block:
            self.flush()
            if tag == "li":
                self._number = ""

    def _text(self, text: str | None, tag: str) -> None:
        if not text:
            return
        if tag == "pre":
            for index, line in enumerate(text.split("\n")):
                if index:
                    self.flush()
                self._buffer.append(line)
        else:
            self._buffer.append(text)

    def _table(self, table: HtmlElement) -> None:
        rows: list[list[CellText]] = []
        hanging: dict[int, tuple[int, int]] = {}  # by column: rows still to cover, and the width
        for row in table.iter("tr"):
            cells: list[CellText] = []
            column = 0
            own = [cell for cell in row if cell.tag in ("td", "th")]
            below: dict[int, tuple[int, int]] = {}
            while own or column in hanging:
                if column in hanging:
                    left, width = hanging.pop(column)
                    if left > 1:
                        below[column] = (left - 1, width)
                    cells.append(CellText(column_span=width, covered=True))
                else:
                    cell = own.pop(0)
                    height, width = _span(cell, "rowspan"), _span(cell, "colspan")
                    inner = Renderer()
                    inner.inside(cell)
                    text = "\n".join(line for line, _ in inner.lines)
                    cells.append(CellText(text, height, width))
                    if height > 1:
                        below[column] = (height - 1, width)
                column += width
            hanging |= below
            rows.append(cells)
        if any(rows):
            self.lines.append(("\n".join("\t".join(cell.text for cell in row) for row in rows), rows))

    def inside(self, cell: HtmlElement) -> None:
        """Write what is in ``cell``."""
        self._text(cell.text, "td")
        for part in cell:
            self.block(part)
            self._text(part.tail, "td")
        self.flush()


def _visible(text: str) -> str:
    """Text as a browser shows it: source line ends and runs of blanks mean one blank or none."""
    text = regex.sub(r"[ \t\r\n]+", " ", unwrap(text))
    return text.replace("\u00a0", " ").strip(" \u3000")


def _span(cell: HtmlElement, key: str) -> int:
    value = signed(cell.get(key), 1)
    return min(value, 1000) if value > 0 else 1


def _item_number(item: HtmlElement, parent: HtmlElement) -> str:
    """The number that a browser prints before an item of an ordered list."""
    style = f"{parent.get('style') or ''} {item.get('style') or ''}".lower()
    if "list-style:none" in style.replace(" ", "") or "list-style-type:none" in style.replace(" ", ""):
        return ""
    number = signed(parent.get("start"), 1)
    for one in parent:
        if one.tag != "li":
            continue
        number = signed(one.get("value"), number)
        if one is item:
            break
        number += 1
    if "cjk-ideographic" in style or "simp-chinese" in style:
        return f"{chinese(number)}、"
    return f"{number}."
