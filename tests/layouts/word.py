"""A notice as a Word document by GB/T 9704: margins, sizes, red head, forms as real tables."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from .blocks import Grid, Layout, Paragraph

BODY_FONT = "Noto Serif CJK SC"
HEAD_FONT = "Noto Sans CJK SC"


def write_docx(layout: Layout, path: Path, *, numbered: bool = False) -> Path:
    """Write ``layout`` to ``path``; ``numbered`` lets Word count lists whose items begin ``1.``."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _page_number(section.footer.paragraphs[0])
    list_id, count = 0, 0
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            item = re.match(r"(\d+)\. ?(?!\d)", block.text)
            counted = numbered and item is not None and int(item[1]) in (1, count + 1)
            if counted and item is not None:
                count = int(item[1])
                list_id = _list(document) if count == 1 else list_id
            _paragraph(document.add_paragraph(), block, list_id if counted and list_id else None)
        else:
            _table(document, block)
    _run(document.add_paragraph(), "")  # Word always ends with a paragraph
    document.save(str(path))
    return path


def _run(paragraph: WordParagraph, text: str, *, size: float = 16, font: str = BODY_FONT) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return run


def _paragraph(paragraph: WordParagraph, block: Paragraph, list_id: int | None) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(28.9)  # 22 lines to the page
    text = block.text
    if block.kind == "head":
        run = _run(paragraph, text, size=26, font=HEAD_FONT)
        run.font.color.rgb = RGBColor(0xE0, 0x10, 0x10)
        form.line_spacing = Pt(60)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind == "number":
        _run(paragraph, text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _rule(paragraph)
    elif block.kind == "title":
        _run(paragraph, text, size=22, font=HEAD_FONT)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.line_spacing = Pt(32)
    elif block.kind == "signature":
        _run(paragraph, text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.right_indent = Pt(32)
    elif block.kind == "attachment":
        _run(paragraph, text, font=HEAD_FONT)
        form.page_break_before = True
    else:
        form.first_line_indent = None if text.endswith(("：", ":")) and "各" in text[:30] else Pt(32)
        item = re.match(r"\d+\. ?", text)
        if list_id is not None and item:
            text = text[item.end() :]
            _number(paragraph, list_id)
        _run(paragraph, text, font=HEAD_FONT if block.kind == "heading" else BODY_FONT)


def _number(paragraph: WordParagraph, list_id: int) -> None:
    properties = OxmlElement("w:numPr")
    for key, value in (("w:ilvl", "0"), ("w:numId", str(list_id))):
        properties.append(_valued(key, value))
    paragraph._p.get_or_add_pPr().append(properties)


def _list(document: Document) -> int:
    """Begin a new list ``1.`` ``2.`` in the numbering part; its id."""
    numbering = document.part.numbering_part.element
    if not any(one.get(qn("w:abstractNumId")) == "90" for one in numbering):
        definition = OxmlElement("w:abstractNum")
        definition.set(qn("w:abstractNumId"), "90")
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for key, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", "%1.")):
            level.append(_valued(key, value))
        definition.append(level)
        numbering.insert(0, definition)
    number = OxmlElement("w:num")
    list_id = 90 + len(numbering)
    number.set(qn("w:numId"), str(list_id))
    number.append(_valued("w:abstractNumId", "90"))
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    override.append(_valued("w:startOverride", "1"))
    number.append(override)
    numbering.append(number)
    return list_id


def _valued(key: str, value: str) -> OxmlElement:
    element = OxmlElement(key)
    element.set(qn("w:val"), value)
    return element


def _rule(paragraph: WordParagraph) -> None:
    """The red rule below the document number."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "E01010")):
        bottom.set(qn(f"w:{key}"), value)
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def _page_number(paragraph: WordParagraph) -> None:
    """``— 1 —`` in the footer."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", size=14)
    run = _run(paragraph, "", size=14)
    for kind in ("begin", None, "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        run._r.append(element)
    _run(paragraph, " —", size=14)


def _table(document: Document, grid: Grid) -> None:
    columns = max(len(row) for row in grid.rows)
    table = document.add_table(rows=len(grid.rows), cols=columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if grid.ruled:
        table.style = "Table Grid"
    for index, row in enumerate(grid.rows):
        cells = table.rows[index].cells
        if grid.ruled and len(row) < columns:  # the last cell reaches to the edge
            last = cells[len(row) - 1].merge(cells[columns - 1])
            places = [*cells[: len(row) - 1], last]
        else:
            places = list(cells)
        for cell, text in zip(places, row, strict=False):
            lines = text.split("\n")
            for number, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                _run(paragraph, line, size=14 if not grid.ruled else 12)
