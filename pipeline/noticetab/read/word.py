"""Word documents (docx of Word, WPS Office and LibreOffice): ECMA-376 WordprocessingML.

Paragraphs and tables come in the order of the body, with the list numbers that Word computes.
Deleted text, paragraph marks and rows, hidden text and comments are left out; the text of frames
and text boxes comes before the paragraph that they hang on, footnotes behind it; a red head that
stands in the header opens the text, other headers and footers are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from noticetab.numerals import signed
from noticetab.read.assembly import Assembly, CellText, squeeze
from noticetab.read.limits import Budget
from noticetab.read.notes import hidden
from noticetab.read.numbering import Numbering, attribute, child, name
from noticetab.read.package import Package, resolve
from noticetab.read.reading import Note, Reading
from noticetab.read.word_parts import (
    Footnotes,
    contents_styles,
    is_contents,
    is_hidden,
    mark_deleted,
    red_head,
)

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LEFT_OUT = frozenset(
    ("del", "moveFrom", "instrText", "delInstrText", "delText", "fldData", "rPr", "pPr", "rt", "Fallback")
)
_INSIDE = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "AlternateContent", "Choice")
)
_LARGE = 0.4 * 7_560_000 * 10_692_000
"""Square EMU from which on a picture may be a page of text: four tenths of A4."""
_MARGINS = ("word/header", "word/footer")
_STOPS = ("。", "；", "！", "？", "：", "”", "）", "…", ".", ";")


def read_word(data: bytes, budget: Budget) -> Reading:
    """A docx file as a :class:`Reading`; raises ``ReadError`` when it is damaged or hostile."""
    return Document(Package(data, budget)).reading()


def read_flat(data: bytes, budget: Budget) -> Reading:
    """Word's “XML document” as a :class:`Reading`; raises ``ReadError`` when it is damaged or hostile."""
    from noticetab.read.flat_package import packed

    return read_word(packed(data, budget), budget)


class Document:
    """One docx file being read."""

    def __init__(self, package: Package) -> None:
        """Find the main part and what it refers to."""
        self.package = package
        self.main = self._main_part()
        related = self._related()
        self.numbering = Numbering(
            package.xml(related["numbering"]) if "numbering" in related else None,
            package.xml(related["styles"]) if "styles" in related else None,
        )
        self.assembly = Assembly()
        self.footnotes = Footnotes(package, related)
        self._contents = contents_styles(package.xml(related["styles"]) if "styles" in related else None)
        self._unread: list[tuple[int, str, str]] = []
        self._hidden: list[tuple[int, str]] = []
        self._begun = ""
        self._noted: list[str] = []

    def _main_part(self) -> str:
        if self.package.has("_rels/.rels"):
            for relation in self.package.xml("_rels/.rels"):
                if str(attribute(relation, "Type") or "").endswith("/officeDocument"):
                    part = resolve("", attribute(relation, "Target") or "")
                    if self.package.has(part):
                        return part
        return "word/document.xml"

    def _related(self) -> dict[str, str]:
        """Parts by the last word of the relation that leads to them: numbering, styles."""
        folder, _, file = self.main.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if not self.package.has(relations):
            return {}
        found = {}
        for relation in self.package.xml(relations):
            if attribute(relation, "TargetMode") == "External":
                continue
            key = str(attribute(relation, "Type") or "").rpartition("/")[2]
            part = resolve(self.main, attribute(relation, "Target") or "")
            if self.package.has(part):
                found[key] = part
        return found

    def reading(self) -> Reading:
        """The whole document."""
        root = self.package.xml(self.main)
        body = child(root, "body")
        if body is None:
            raise self.package.budget.error("a Word file without a body", "the file may be damaged")
        head = red_head(self.package, self.main, body)
        if head is not None:
            self._blocks(head)
        self._blocks(body)
        self._end()
        for line in self._noted + self.footnotes.left():
            self.assembly.line(line)
        reading = self.assembly.reading(MEDIA_TYPE)
        if not reading.text.strip() and any(part.startswith("word/media/") for part in self.package.names()):
            raise self.package.budget.error(
                "its pages are pictures, which are not recognized inside a Word file",
                "save it as PDF and read that",
            )
        kept = squeeze(reading.text)
        reading.margins = [margin for margin in self._margins() if squeeze(margin) not in kept]
        last = len(reading.text)
        reading.notes += [
            Note("PART_UNREAD", chinese, english, min(place, max(0, last - 1)), min(place + 1, last))
            for place, chinese, english in self._unread
        ]
        if self._hidden:
            place = min(self._hidden[0][0], max(0, last - 1))
            reading.notes += hidden([text for _, text in self._hidden], place, place + 1)
        return reading

    def _margins(self) -> list[str]:
        """Headers and footers: beside the text, not in it."""
        texts = []
        for part in self.package.names():
            if part.lower().startswith(_MARGINS) and part.lower().endswith(".xml"):
                lines = [self._text(block).strip() for block in _each(self.package.xml(part), "p")]
                if any(lines):
                    texts.append("\n".join(line for line in lines if line))
        return texts

    def _blocks(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables below ``parent``."""
        for element in parent:
            kind = name(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._end()
                self._table(element)
                self._write_notes()
            elif kind in _INSIDE and not is_contents(element):
                self._blocks(element)
            elif kind == "altChunk":
                chunk = "此处嵌有另一文档，未读取", "another document is embedded here and not read"
                self._unread.append((self.assembly.length, *chunk))
        self.package.budget.check()

    def _paragraph(self, element: etree._Element) -> None:
        for frame in _frames(element):
            self._end()
            self._blocks(frame)
        if any(_area(extent) > _LARGE for extent in element.iter("{*}extent")):
            picture = (
                "此处有整页图片，其中文字未识别",
                "a picture of about a page stands here; its text is not read",
            )
            self._unread.append((self.assembly.length, *picture))
        properties = child(element, "pPr")
        if attribute(child(properties, "pStyle")) in self._contents:
            return
        if mark_deleted(properties):  # the paragraph goes on in the next one, which gives it its number
            self._begun += self._text(element)
            return
        number = self.numbering.number(properties)
        text, self._begun = self._begun + self._text(element), ""
        if not text.strip():
            number = ""
        for index, line in enumerate(text.split("\n")):
            # A tab at the beginning only indents; further in it sets columns.
            self.assembly.line(line.lstrip("\t"), computed="" if index else number)
        if text.rstrip().endswith(_STOPS):
            self._write_notes()

    def _end(self) -> None:
        """Write what is left of a paragraph whose mark was deleted and that no other follows."""
        begun, self._begun = self._begun, ""
        if begun.strip():
            self.assembly.line(begun)

    def _write_notes(self) -> None:
        """Write the footnotes of what was written last; those of a title wait for the end of the text."""
        noted, self._noted = self._noted, []
        for line in noted:
            self.assembly.line(line)

    def _text(self, element: etree._Element) -> str:
        """The visible text of a paragraph, with soft line ends as line ends."""
        return "".join(self._runs(element))

    def _runs(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            kind = name(element)
            if kind in _LEFT_OUT or kind in ("txbxContent", "tbl"):
                continue
            if kind == "r":
                if is_hidden(element):
                    self._hidden.append((self.assembly.length, "".join(element.itertext("{*}t"))))
                    continue
                yield from self._runs(element)
            elif kind in ("footnoteReference", "endnoteReference"):
                self._noted += self.footnotes.take(kind, attribute(element, "id") or "")
            elif kind == "t":
                yield element.text or ""
            elif kind in ("tab", "ptab"):
                yield "\t"
            elif kind in ("br", "cr"):
                yield "\n"
            elif kind == "noBreakHyphen":
                yield "-"
            elif kind == "sym":
                code = attribute(element, "char") or ""
                try:
                    point = int(code, 16)
                except ValueError:
                    continue
                yield chr(point if point >= 0x100 else 0xF000 + point)
            else:
                yield from self._runs(element)

    def _table(self, element: etree._Element) -> None:
        """Write a table; one of a single column is a frame, its paragraphs are ordinary ones."""
        rows = [
            [cell for cell in _each(row, "tc", stop=("tbl", "tc")) if child(cell, "tcPr", "cellDel") is None]
            for row in _each(element, "tr", stop=("tbl", "tr"))
            if child(row, "trPr", "del") is None
        ]
        rows = [row for row in rows if row]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self._blocks(cell)
            return
        self.assembly.table(self._cells(rows))
        for row in rows:  # tables inside cells are tables of their own behind the one they stand in
            for cell in row:
                for inner in _each(cell, "tbl", stop=("tbl",)):
                    if not _is_frame(inner):
                        self._table(inner)

    def _cells(self, rows: list[list[etree._Element]]) -> list[list[CellText]]:
        """Cells with their reach; those below a merged one are covered."""
        laid: list[list[tuple[int, int, str, etree._Element]]] = []
        for row in rows:
            column = 0
            parent = row[0].getparent() if row else None
            before = attribute(child(parent, "trPr", "gridBefore")) if parent is not None else None
            column += signed(before, 0)
            line: list[tuple[int, int, str, etree._Element]] = []
            for cell in row:
                properties = child(cell, "tcPr")
                span = attribute(child(properties, "gridSpan"))
                width = signed(span, 1)
                merge = child(properties, "vMerge")
                state = "" if merge is None else (attribute(merge) or "continue")
                across = child(properties, "hMerge")
                if across is not None and attribute(across) != "restart" and line:
                    start, wide, kept, first = line[-1]
                    line[-1] = (start, wide + width, kept, first)
                else:
                    line.append((column, width, state, cell))
                column += width
            laid.append(line)
        written = []
        for index, line in enumerate(laid):
            cells = []
            for column, width, state, cell in line:
                if state == "continue" and index:
                    cells.append(CellText(column_span=width, covered=True))
                    continue
                height = 1
                if state == "restart":
                    for below in laid[index + 1 :]:
                        if not any(start == column and kept == "continue" for start, _, kept, _ in below):
                            break
                        height += 1
                cells.append(CellText(self._cell_text(cell), height, width))
            written.append(cells)
        return written

    def _cell_text(self, cell: etree._Element) -> str:
        """All lines of a cell, with numbers and frames; tables of several columns inside it are apart."""
        lines = []
        begun = ""
        for block in self._cell_paragraphs(cell):
            text = self._text(block)
            properties = child(block, "pPr")
            if mark_deleted(properties):
                begun += text
                continue
            number = self.numbering.number(properties)
            text, begun = begun + text, ""
            lines.append(number + text if text.strip() else "")
        return "\n".join([*lines, begun])

    def _cell_paragraphs(self, cell: etree._Element) -> Iterator[etree._Element]:
        for block in _each(cell, ("p", "tbl"), stop=("tbl",)):
            if name(block) == "p":
                yield block
            elif _is_frame(block):
                for inner in _each(block, "tc", stop=("tbl", "tc")):
                    yield from self._cell_paragraphs(inner)


def _is_frame(table: etree._Element) -> bool:
    """Whether a table of one column only frames its paragraphs."""
    rows = _each(table, "tr", stop=("tbl", "tr"))
    return all(sum(1 for _ in _each(row, "tc", stop=("tbl", "tc"))) <= 1 for row in rows)


def _each(
    parent: etree._Element, wanted: str | tuple[str, ...], *, stop: tuple[str, ...] = ()
) -> Iterator[etree._Element]:
    """Elements named ``wanted`` below ``parent``, not looking into ``stop`` or fallbacks."""
    for element in parent:
        kind = name(element)
        if kind in (wanted if isinstance(wanted, tuple) else (wanted,)):
            yield element
            if wanted in stop:
                continue
        if kind not in stop and kind not in ("Fallback", "del", "moveFrom"):
            yield from _each(element, wanted, stop=stop)


def _area(extent: etree._Element) -> float:
    """Width by height of a drawing, in EMU (ECMA-376 part 1, 20.4.2.7); 0 unless it is a picture."""
    drawing = extent.getparent()
    if drawing is None or next(drawing.iter("{*}pic"), None) is None:
        return 0.0
    try:
        return float(attribute(extent, "cx") or 0) * float(attribute(extent, "cy") or 0)
    except ValueError:
        return 0.0


def _frames(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes that hang on ``paragraph``, each once (Word stores an old form beside the new)."""
    return list(_each(paragraph, "txbxContent", stop=("txbxContent",)))
