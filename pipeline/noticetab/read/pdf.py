"""PDF: text and boxes through pdfium, line by line; drawn tables; pages that need recognition.

pdfium groups characters into lines itself, and only the ends of lines and of gaps are asked for
(a call for every character would take longer than reading the page). Pages with drawn tables
are read character by character, because cells cut across pdfium's lines.
"""

from __future__ import annotations

import ctypes
import re
import struct
import threading
from itertools import repeat
from typing import TYPE_CHECKING, Any

from noticetab.read.characters import GAP, Character, blanks, gather, is_broken, is_han, is_sound
from noticetab.read.layout import compose
from noticetab.read.limits import Budget, too_long
from noticetab.read.matrices import moved
from noticetab.read.notes import sideways
from noticetab.read.pdf_calls import calls
from noticetab.read.pdf_ink import SCAN, Ink
from noticetab.read.pdf_paths import is_stroked, path_lines
from noticetab.read.pieces import Page, Piece
from noticetab.read.reading import Reading
from noticetab.read.ruling import Segment, segments_of_box, tables
from noticetab.read.text import doubts
from noticetab.read.turned import LEAST, SHARE, back, turned_page

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MEDIA_TYPE = "application/pdf"
_RECTANGLE = struct.Struct("4f").unpack_from
"""Left, top, right and bottom of an FS_RECTF."""
_THEME = re.compile(r"主\s*题")
_SAID = re.compile(r"[^，。；\s]{0,4}\s*[为是：:“\"‘《]|\s*[\r\n]|$")
_SLANTED = 4
"""Characters that pdfium takes for a line at most where they stand aslant."""
_CLOSING_QUOTES = '”"’》'
_LOCK = threading.Lock()  # pdfium is not made for several threads


def read_pdf(data: bytes, budget: Budget) -> Reading:
    """A PDF as a :class:`Reading` with a box for every line.

    Raises ``ReadError`` for encrypted, truncated and oversized files, and when pages have no
    text (or a broken text layer) and the recognizer is not installed.
    """
    if b"%%EOF" not in data[-65536:]:
        raise budget.error("truncated: the end of the PDF is missing", "get the file again")
    with _LOCK:
        document = open_pdf(data, budget)
        try:
            return _read(document, budget)
        finally:
            document.close()


def open_pdf(data: bytes, budget: Budget) -> pdfium.PdfDocument:
    """The opened document; raises ``ReadError`` when it is protected, broken or too long."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise budget.error("protected by a password", "print it to a new PDF and read that") from error
        raise budget.error("a damaged PDF that cannot be opened", "get the file again") from error
    if count > budget.limits.pages:
        document.close()
        raise budget.error(
            f"{count} pages, more than the limit of {budget.limits.pages}",
            "raise the limit `pages` or split it",
        )
    if count == 0:
        document.close()
        raise budget.error("a PDF without pages", "the file may be damaged")
    return document


def _read(document: pdfium.PdfDocument, budget: Budget) -> Reading:
    pages: list[Page] = []
    scanned = 0
    doubted: list[int] = []
    unordered: list[int] = []
    sizes: dict[int, tuple[float, float]] = {}
    for index in range(len(document)):
        budget.check()
        page = document[index]
        try:
            width, height = sizes[index + 1] = page.get_size()
            if max(width, height) > budget.limits.page_points:
                raise too_long(index + 1, max(width, height), budget)
            read = PageReader(page, index + 1)
            needs = read.needs_recognition()
            if needs:
                scanned += 1
                if scanned > budget.limits.scanned_pages:
                    raise budget.error(
                        f"more than {budget.limits.scanned_pages} scanned pages",
                        "raise the limit `scanned_pages`",
                    )
                recognized = recognize_page(page, index + 1, budget, needs)
                if recognized is None:
                    doubted.append(index + 1)
                pages.append(recognized or read.page())
            else:
                pages.append(read.page())
                pages += read.turned
                unordered += [index + 1] * read.unordered
            read.close()
        finally:
            page.close()
    reading = compose(pages, MEDIA_TYPE)
    if len(pages) > len(document):
        reading.pages = len(document)
        reading.boxes = back(reading.boxes, sizes)
    reading.notes += [sideways(number, reading) for number in unordered]
    reading.attached = _attached(document)
    reading.warnings += doubts(reading.text, 0)
    if doubted:
        from noticetab.read.scan import unread

        reading.warnings += unread(doubted)
    if scanned:
        from noticetab.read.scan import weak_lines

        reading.warnings += weak_lines(reading)
    return reading


def _attached(document: pdfium.PdfDocument) -> list[str]:
    """Names of files packed into the document."""
    try:
        return [document.get_attachment(index).get_name() for index in range(document.count_attachments())]
    except Exception:  # a broken name tree says nothing about the pages
        return []


def render(page: Any, budget: Budget, *, dots: float = 200.0) -> tuple[Any, float]:
    """The page as an RGB array, and its pixels per point, at most the pixels of the limit."""
    width, height = page.get_size()
    scale = min(dots / 72, (budget.limits.pixels / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=True)
    try:
        return bitmap.to_numpy()[:, :, :3].copy(), scale
    finally:
        bitmap.close()


def recognize_page(page: Any, number: int, budget: Budget, reason: str) -> Page | None:
    """The page as recognized from its picture; None when the page shows nothing."""
    from noticetab.read.scan import recognize

    picture, scale = render(page, budget)
    if int(picture.min()) > 200:
        return None if reason == "broken" else Page(number, *page.get_size())
    return recognize(picture, number, 1 / scale, budget)


class PageReader:
    """The text and lines of one page."""

    def __init__(self, page: Any, number: int) -> None:
        """Load the text of ``page``, which is the ``number``-th."""
        from pypdfium2 import raw

        self.raw = raw
        self.source = page
        self.number = number
        self.width, self.height = page.get_size()
        self._text_page = page.get_textpage()
        self._handle = self._text_page.raw
        self._text_address = ctypes.cast(self._handle, ctypes.c_void_p).value
        self.count = raw.FPDFText_CountChars(self._handle)
        # pdfium marks a hyphen at a line's end, of which Chinese has none but those that were typed.
        self.text = self._all_text().replace("\ufffe", "-")
        entries = calls()
        self._box = entries.box
        self._box_address = ctypes.addressof(self._box)
        self._loose_box = entries.loose_box
        self.beside: list[str] = []
        """What stands aslant over the page."""
        self._blank: list[tuple[float, float, float, float]] = []
        self._ink = Ink()
        self._across = self._tabled = False
        self._sideways: dict[int, list[Character]] = {}
        self.turned: list[Page] = []
        """What runs sideways on the page, as pages of their own."""
        self.unordered = False
        """Whether a few words in a drawn table run sideways."""
        self._turn = page.get_rotation()
        crop = whole = (0.0, 0.0, self.width, self.height)
        address = ctypes.cast(page.raw, ctypes.c_void_p).value
        if self._turn or not entries.media_box(address, *entries.four) or tuple(entries.edges) != whole:
            media = page.get_mediabox()
            seen = page.get_cropbox(fallback_ok=False) or media
            if self._turn or media[:2] != (0, 0) or seen != media:
                crop = seen
        self._left, self._bottom, self._right, self._upper = crop
        if "—" in self.text:
            self._mend_dashes()

    def close(self) -> None:
        """Free the text page."""
        self._text_page.close()

    def _all_text(self) -> str:
        if self.count <= 0:
            return ""
        entries = calls()
        if len(entries.units) <= self.count:
            entries.units = (ctypes.c_ushort * (2 * self.count))()
        entries.text_of(self._text_address, 0, self.count, ctypes.addressof(entries.units))
        units = ctypes.string_at(entries.units, self.count * 2)
        text = units.decode("utf-16-le", errors="replace")
        if len(text) != self.count:  # characters beyond the basic plane: one unit is one index
            text = "".join(
                chr(units[at] | units[at + 1] << 8) if not 0xD8 <= units[at + 1] <= 0xDF else "\ufffd"
                for at in range(0, len(units), 2)
            )
        return text

    def _mend_dashes(self) -> None:
        """Write the dash of two ems, which fonts draw as one stroke and some PDFs name as one, as such."""
        long: list[int] = []
        index = -1
        while (index := self.text.find("—", index + 1)) >= 0:
            beside = self.text[max(0, index - 1) : index] + self.text[index + 1 : index + 2]
            if "—" not in beside and " " not in beside:  # not that of a page number (— 1 —)
                box = self.box(index)
                size = self._size(max(0, index - 3), min(len(self.text), index + 4))
                if size and box[2] - box[0] > 1.4 * size:
                    long.append(index)
        for index in long:
            self.text = self.text[:index] + "\u2e3a" + self.text[index + 1 :]

    def box(self, index: int) -> tuple[float, float, float, float]:
        """The box of a character as (x0, top, x1, bottom) from the top left of the page as seen."""
        self._loose_box(self._text_address, index, self._box_address)
        left, top, right, bottom = _RECTANGLE(self._box)
        if not self._turn:
            return left - self._left, self._upper - top, right - self._left, self._upper - bottom
        return self.place(left, bottom, right, top)

    def place(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the page's own coordinates as seen on the page, from the top left."""
        if not self._turn:
            return x0 - self._left, self._upper - y1, x1 - self._left, self._upper - y0
        if self._turn == 90:
            return y0 - self._bottom, x0 - self._left, y1 - self._bottom, x1 - self._left
        if self._turn == 180:
            return self._right - x1, y0 - self._bottom, self._right - x0, y1 - self._bottom
        return self._upper - y1, self._right - x1, self._upper - y0, self._right - x0

    def needs_recognition(self) -> str:
        """Why the page must be recognized from its picture, or "" when its text can be trusted."""
        if is_sound(self.text):
            return ""
        visible = "".join(self.text.split())
        if len(visible) < 16:
            images, paths, _ = self._objects()
            covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in images)
            if covered > 0.25 * self.width * self.height or (paths > 150 and len(visible) < 8):
                return "picture"
            return ""
        if is_broken(visible):
            return "broken"
        return ""

    def _objects(self) -> tuple[list[tuple[float, float, float, float]], int, list[Segment]]:
        """Boxes of pictures, the number of paths, and the straight lines drawn on the page."""
        images: list[tuple[float, float, float, float]] = []
        lines: list[Segment] = []
        paths = 0
        raw = self.raw
        themed = _names_theme(self.text)
        # A page has hundreds of text objects: what is asked of each is kept at hand.
        entries = calls()
        type_of, bounds_of, text_type = entries.type_of, entries.bounds_of, raw.FPDF_PAGEOBJ_TEXT
        edges = entries.edges
        one, two, three, four = entries.four
        look = self._ink.look

        def walk(count: int, get: Any, holder: int | None, matrices: tuple[Any, ...], depth: int) -> None:
            nonlocal paths
            kinds = bytes(map(type_of, map(get, repeat(holder, count), range(count))))
            for index, kind in enumerate(kinds):
                address = get(holder, index)
                if kind == text_type:
                    look(address)
                    if not themed:
                        continue
                    # pdfium leaves out a blank at a line's end, which has no extent.
                    if bounds_of(address, one, two, three, four) and edges[0] == edges[2]:
                        box = (edges[0], edges[1], edges[2], edges[3])
                        self._blank.append(self.place(*moved(box, matrices)))
                    continue
                item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
                if kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                    matrix = raw.FS_MATRIX()
                    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
                    inner = (matrix, *matrices)
                    walk(
                        raw.FPDFFormObj_CountObjects(item), entries.object_of_form, address, inner, depth + 1
                    )
                    continue
                if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                    continue
                if kind == raw.FPDF_PAGEOBJ_PATH:
                    paths += 1
                    if paths > 20_000:
                        return
                    if raw.FPDFPath_CountSegments(item) > 5:
                        lines.extend(path_lines(item, matrices, self.place))
                        continue
                if not bounds_of(address, one, two, three, four):
                    continue
                bounds = (edges[0], edges[1], edges[2], edges[3])
                box = self.place(*moved(bounds, matrices))
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    images.append(box)
                else:
                    lines.extend(segments_of_box(*box, filled=not is_stroked(item)))

        raw_page = self.source.raw
        page_address = ctypes.cast(raw_page, ctypes.c_void_p).value
        walk(raw.FPDFPage_CountObjects(raw_page), entries.object_of, page_address, (), 0)
        return images, paths, lines

    def page(self) -> Page:
        """The page's pieces and lines; what runs sideways is in ``turned``."""
        images, _, lines = self._objects()
        ruled = tables(lines)
        self._tabled = bool(ruled)
        skipped, unseen, pale = self._unprinted(images)
        pieces = self._characters(skipped) if ruled or self._turn or skipped else self._lines()
        if self._across and not self._sideways:
            pieces = self._characters(skipped)
        for x0, top, _, bottom in self._blank:
            for piece in pieces:
                if (
                    piece.top - 2 <= (top + bottom) / 2 <= piece.bottom + 2
                    and abs(piece.x1 - x0) < 0.3 * piece.em
                ):
                    piece.text += " "
        for angle, characters in self._sideways.items():
            self.turned.append(turned_page(self.number, self.width, self.height, angle, characters, lines))
        if self.turned:
            lines, ruled = [], []
        off = [piece for piece in pieces if not self._is_inside(piece)]
        if off:
            pieces = [piece for piece in pieces if self._is_inside(piece)]
        if pale:
            self.beside.append(pale)
        page = Page(self.number, self.width, self.height, pieces, lines, self.beside, ruled)
        page.hidden = [text for text in (unseen, *(piece.text for piece in off)) if text]
        return page

    def _unprinted(self, images: list[tuple[float, float, float, float]]) -> tuple[set[int], str, str]:
        """Indices of the characters that are not printed, the text of the unseen and of the pale ones."""
        if not self._ink.kinds:
            return set(), "", ""
        covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in images)
        scan = covered > SCAN * self.width * self.height
        return self._ink.parted(self.source, self._text_address or 0, self.text, scan)

    def _is_inside(self, piece: Piece) -> bool:
        """Whether a piece stands on the visible part of the page."""
        x, y = (piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2
        return bool(-1 <= x <= self.width + 1 and -1 <= y <= self.height + 1)

    def _lines(self) -> list[Piece]:
        """Pieces from pdfium's own lines: boxes are asked for only where a piece begins or ends."""
        pieces: list[Piece] = []
        at = 0
        for line in self.text.split("\n"):
            body = line.strip(" \u3000\r")
            if body:
                start = at + line.index(body[0])
                end = start + len(body)
                if len(body) <= _SLANTED and self._is_slanted(start):
                    self.beside.append(body)
                else:
                    pieces += self._pieces(start, end)
                    if end < at + len(line) and self.text[end] == " ":
                        pieces[-1].text += " "
            at += len(line) + 1
        return pieces

    def _pieces(self, start: int, end: int) -> list[Piece]:
        first, last = self.box(start), self.box(end - 1)
        if abs(first[1] - last[1]) > 0.6 * (first[3] - first[1]) or last[0] < first[0]:
            self._across = self._across or self._angle(start) not in (0, None)
            return self._by_character(start, end)  # two lines in one, or text that runs another way
        whole = self.text
        if is_han(whole[start]):
            size = first[2] - first[0] or first[3] - first[1]
        else:
            size = self._size(start + 1, end) or first[3] - first[1]
        pieces: list[Piece] = []
        text: list[str] = []
        left = first
        index = start
        while (blank := whole.find(" ", index, end)) >= 0:
            text.append(whole[index:blank])
            index = blank
            while whole[index] == " ":
                index += 1
            one, two = self.box(blank - 1), self.box(index)
            gap = two[0] - one[2]
            if gap > GAP * size:
                pieces.append(Piece("".join(text), left[0], left[1], one[2], left[3], size=size))
                text, left = [], two
            else:
                text.append(blanks(whole[blank - 1], whole[index], gap, size))
        text.append(whole[index:end])
        if len(pieces) >= 4:  # many columns, or a line spread out to the edge
            return self._by_character(start, end)
        pieces.append(Piece("".join(text), left[0], left[1], last[2], left[3], size=size))
        return pieces

    def _size(self, start: int, end: int) -> float:
        """The width of the first Chinese character of a stretch, which is that of all; 0 for none."""
        for index in range(start, end):
            if is_han(self.text[index]):
                box = self.box(index)
                return box[2] - box[0]
        return 0.0

    def _by_character(self, start: int, end: int) -> list[Piece]:
        return gather([(self.text[at], *self.box(at)) for at in range(start, end) if self.text[at] > " "])

    def _characters(self, skipped: set[int]) -> list[Piece]:
        """Pieces from single characters, with the edges of each; those that run sideways are kept apart."""
        upright: list[Character] = []
        aside: dict[int, list[Character]] = {}
        for index, char in enumerate(self.text):
            if char <= " " or char in "\u3000\u00a0" or index in skipped:
                continue
            angle = self._angle(index)
            if angle is not None:
                (aside.setdefault(angle, []) if angle else upright).append((char, *self.box(index)))
        total = len(upright) + sum(map(len, aside.values()))
        for angle, characters in aside.items():
            if len(characters) >= LEAST and (not self._tabled or len(characters) >= SHARE * total):
                self._sideways[angle] = characters
            else:  # words set sideways in a table, letter above letter
                upright += characters
                self.unordered = self.unordered or (angle != 270 and len(characters) >= 4)
        return gather(upright)

    def _angle(self, index: int) -> int | None:
        """How far counter-clockwise the line of a character runs as the page is seen; None for aslant.

        Watermarks stand aslant, the text itself never does.
        """
        entries = calls()
        matrix = entries.matrix
        if not entries.matrix_of(self._text_address, index, ctypes.addressof(matrix)):
            return 0
        # The line that it stands on, whatever its own slope: slanted letters are ordinary text.
        along, across = matrix.a, matrix.b
        if min(abs(along), abs(across)) > 0.1 * max(abs(along), abs(across)):
            return None
        own = (0 if along >= 0 else 180) if abs(along) >= abs(across) else (90 if across > 0 else 270)
        return int(own - self._turn) % 360

    def _is_slanted(self, index: int) -> bool:
        """Whether a character stands aslant, as those of watermarks do."""
        return self._angle(index) is None


def _names_theme(text: str) -> bool:
    """Whether a page may say what a theme is: 主题为…, 主题：…, 以“…”为主题, “…”主题活动.

    Between the halves of a theme a blank means something, elsewhere in Chinese text nothing.
    """
    for match in _THEME.finditer(text):
        before, after = (
            text[max(0, match.start() - 4) : match.start()].rstrip()[-1:],
            text[match.end() : match.end() + 6],
        )
        if before in ("为", *_CLOSING_QUOTES) or _SAID.match(after):
            return True
    return False
