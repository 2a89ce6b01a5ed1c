"""A table declared once, and the notice that holds it in each of three formats.

A declaration is lines of cells parted by ``|``. ``<`` goes on with the cell to the left of it (a cell over
several columns), ``^`` with the one above (over several rows), and an empty cell is blank.
"""

from __future__ import annotations

import html
import io
from dataclasses import dataclass

from docx import Document
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

TITLE = "泰安市科学技术局关于举办2031年泰安市科技活动周的通知"
BEFORE = (
    "各县（市、区）科技局：",
    "为普及科学知识，定于2031年5月24日至30日举办2031年泰安市科技活动周。现将有关事项通知如下：",
    "一、活动主题",
    "走进科学",
)
SIGNED = ("泰安市科学技术局", "2031年4月8日")
FORMATS = ("html", "docx", "pdf")


@dataclass(frozen=True)
class Cell:
    """A cell: its text, where it begins, and how many rows and columns it takes."""

    text: str
    row: int
    column: int
    height: int
    width: int


def cells(declaration: str) -> list[list[Cell]]:
    """The cells of a declaration by the row that they begin in."""
    grid = [[x.strip() for x in line.split("|")] for line in declaration.strip().splitlines()]
    assert len({len(row) for row in grid}) == 1, declaration
    found: list[list[Cell]] = []
    for r, row in enumerate(grid):
        found.append([])
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            width = height = 1
            while c + width < len(row) and row[c + width] == "<":
                width += 1
            while r + height < len(grid) and grid[r + height][c] == "^":
                height += 1
            found[-1].append(Cell(text, r, c, height, width))
    return found


def notice(declaration: str, heading: str, kind: str, after: tuple[str, ...] = ()) -> bytes:
    """A notice with the table under ``heading`` as its last section, in a format."""
    below = (*after, *SIGNED)
    return {"html": _page, "docx": _document, "pdf": _print}[kind](cells(declaration), heading, below)


def _page(rows: list[list[Cell]], heading: str, below: tuple[str, ...]) -> bytes:
    written = []
    for row in rows:
        tags = []
        for cell in row:
            spans = f' rowspan="{cell.height}"' * (cell.height > 1) + f' colspan="{cell.width}"' * (
                cell.width > 1
            )
            tags.append(f"<td{spans}>{html.escape(cell.text)}</td>")
        written.append(f"<tr>{''.join(tags)}</tr>")
    lines = [f"<p>{html.escape(line)}</p>" for line in (TITLE, *BEFORE, heading)]
    lines += [f'<table border="1">{"".join(written)}</table>', *(f"<p>{line}</p>" for line in below)]
    body = f'<body><div class="content">{"".join(lines)}</div></body>'
    return f'<html><head><meta charset="utf-8"></head>{body}</html>'.encode()


def _document(rows: list[list[Cell]], heading: str, below: tuple[str, ...]) -> bytes:
    document = Document()
    for line in (TITLE, *BEFORE, heading):
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=_width(rows))
    table.style = "Table Grid"
    for cell in (cell for row in rows for cell in row):
        place = table.cell(cell.row, cell.column)
        if cell.height > 1 or cell.width > 1:
            place = place.merge(table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1))
        place.text = cell.text
    for line in below:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _print(rows: list[list[Cell]], heading: str, below: tuple[str, ...]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=14, leading=26, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")
    width = _width(rows)
    data: list[list[Flowable | str]] = [[""] * width for _ in rows]
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.7, "black"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for cell in (cell for row in rows for cell in row):
        data[cell.row][cell.column] = Paragraph(html.escape(cell.text), small)
        if cell.height > 1 or cell.width > 1:
            end = (cell.column + cell.width - 1, cell.row + cell.height - 1)
            style.append(("SPAN", (cell.column, cell.row), end))
    page = landscape(A4)
    table = Table(data, colWidths=[(page[0] - 120) / width] * width, style=style, repeatRows=0)
    above = [Paragraph(line, body) for line in (TITLE, *BEFORE, heading)]
    under = [Paragraph(line, body) for line in below]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=page, leftMargin=60, rightMargin=60).build([*above, table, *under])
    return out.getvalue()


def _width(rows: list[list[Cell]]) -> int:
    return max(cell.column + cell.width for row in rows for cell in row)
