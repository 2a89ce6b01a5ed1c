"""OFD (GB/T 33190-2016), the national format of fixed-layout documents: zip and XML, no fonts.

Text objects say where each character stands, in millimetres; drawn lines are path objects.
Templates below pages are read with them. Pages without text show pictures, which go to the
recognizer. Signatures and seals are stamps over the page and no text of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from noticetab.read.characters import Character, gather, is_broken
from noticetab.read.layout import compose
from noticetab.read.limits import Budget, too_long
from noticetab.read.numbering import attribute, child, name
from noticetab.read.ofd_ink import Drawn, is_unseen, is_white
from noticetab.read.package import Package, resolve
from noticetab.read.pieces import Page
from noticetab.read.reading import Reading
from noticetab.read.ruling import Segment, segments_of_box
from noticetab.read.text import doubts

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/ofd"
POINTS = 72 / 25.4
"""Points per millimetre."""
_DEPTH = 12
_COVER = 0.5
"""Share of the page that its pictures cover when it is a scan."""


@dataclass(frozen=True, slots=True)
class Place:
    """A transformation (CTM, GB/T 33190 8.5) followed by a shift: from an object to its page."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the point (x, y) of the object comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Place) -> Place:
        """This transformation followed by ``outer``."""
        e, f = outer.point(self.e, self.f)
        return Place(
            outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d, e, f,
        )  # fmt: skip


def read_ofd(data: bytes, budget: Budget) -> Reading:
    """An OFD file as a :class:`Reading` with a box for every line; its other documents are its ``rest``."""
    package = Package(data, budget)
    found = []
    count = scanned = 0
    for document in _documents(package):
        read: list[Page] = []
        recognized = 0
        for location in document.pages:
            budget.check()
            count += 1
            if count > budget.limits.pages:
                raise budget.error(f"more than {budget.limits.pages} pages", "raise the limit `pages`")
            number = len(read) + 1
            page, pictures = document.page(location, number)
            visible = "".join(piece.text for piece in page.pieces)
            if (len(visible) < 16 and pictures) or is_broken(visible):
                recognized += 1
                if scanned + recognized > budget.limits.scanned_pages:
                    raise budget.error(
                        f"more than {budget.limits.scanned_pages} scanned pages",
                        "raise the limit `scanned_pages`",
                    )
                page = document.recognized(page, pictures, budget, broken=len(visible) >= 16)
            read.append(page)
        scanned += recognized
        if read:
            found.append(_composed(read, document, scanned=recognized > 0))
    if not found:
        raise budget.error("an OFD file without pages", "the file may be damaged")
    whole = [reading for reading in found if reading.text.strip()] or found[:1]
    whole[0].rest = tuple(whole[1:])
    return whole[0]


def _composed(read: list[Page], document: Document, *, scanned: bool) -> Reading:
    """The reading of one document of a file."""
    reading = compose(read, MEDIA_TYPE)
    reading.attached = document.attachments()
    reading.warnings += doubts(reading.text, 0)
    if scanned:
        from noticetab.read.scan import weak_lines

        reading.warnings += weak_lines(reading)
    return reading


def pages(data: bytes, budget: Budget) -> Iterator[Page]:
    """The pages of an OFD file one by one, without recognition and before any joining."""
    number = 0
    for document in _documents(Package(data, budget)):
        for location in document.pages:
            number += 1
            yield document.page(location, number)[0]


def _documents(package: Package) -> Iterator[Document]:
    for root in _document_roots(package):
        yield Document(package, root)


def _document_roots(package: Package) -> list[str]:
    """The root parts of the documents in a file (mostly one)."""
    root = package.xml("OFD.xml")
    found = [
        resolve("OFD.xml", (one.text or "").strip())
        for body in root
        if name(body) == "DocBody"
        for one in body
        if name(one) == "DocRoot"
    ]
    return [part for part in found if package.has(part)]


def _numbers(text: str | None) -> list[float]:
    """The numbers of an attribute, with repeats (``g 5 2.77``) written out (GB/T 33190 11.3)."""
    numbers: list[float] = []
    words = (text or "").split()
    index = 0
    while index < len(words) and len(numbers) < 100_000:
        try:
            if words[index] == "g":
                count = min(int(float(words[index + 1])), 100_000)
                numbers += [float(words[index + 2])] * count
                index += 3
            else:
                numbers.append(float(words[index]))
                index += 1
        except (ValueError, IndexError, OverflowError):
            index += 1
    return [number if math.isfinite(number) else 0.0 for number in numbers]


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    numbers = _numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) >= 4 else None


class Document:
    """One document of an OFD file."""

    def __init__(self, package: Package, root: str) -> None:
        """Read the document's root part: pages, templates, size, resources."""
        self.package = package
        self.root = root
        tree = package.xml(root)
        common = child(tree, "CommonData")
        area = child(common, "PageArea", "PhysicalBox")
        self.area = _box(area.text if area is not None else None) or (0.0, 0.0, 210.0, 297.0)
        self.templates = {
            str(attribute(one, "ID")): resolve(root, attribute(one, "BaseLoc") or "")
            for one in (common if common is not None else ())
            if name(one) == "TemplatePage"
        }
        pages = child(tree, "Pages")
        self.pages = [
            resolve(root, attribute(one, "BaseLoc") or "")
            for one in (pages if pages is not None else ())
            if name(one) == "Page"
        ]
        self._resources = [
            resolve(root, (one.text or "").strip())
            for one in (common if common is not None else ())
            if name(one) in ("PublicRes", "DocumentRes")
        ]
        attachments = child(tree, "Attachments")
        self._attachments = (attachments.text or "").strip() if attachments is not None else ""
        self._media: dict[str, str] | None = None
        self._composites: dict[str, etree._Element] = {}

    def attachments(self) -> list[str]:
        """Names of the files attached to the document."""
        part = resolve(self.root, self._attachments) if self._attachments else ""
        if not part or not self.package.has(part):
            return []
        return [
            str(attribute(one, "Name") or "") for one in self.package.xml(part) if name(one) == "Attachment"
        ]

    def _load_resources(self) -> dict[str, str]:
        """Parts of pictures by id; drawings that pages refer to are kept too."""
        if self._media is None:
            self._media = {}
            for part in self._resources:
                if not self.package.has(part):
                    continue
                tree = self.package.xml(part)
                base = attribute(tree, "BaseLoc") or ""
                for one in tree.iter():
                    if name(one) == "MultiMedia":
                        file = child(one, "MediaFile")
                        where = (file.text or "").strip() if file is not None else ""
                        for folder in (base, ""):
                            target = resolve(part, f"{folder}/{where}" if folder else where)
                            if self.package.has(target):
                                self._media[str(attribute(one, "ID"))] = target
                                break
                    elif name(one) == "CompositeGraphicUnit":
                        self._composites[str(attribute(one, "ID"))] = one
        return self._media

    def page(self, location: str, number: int) -> tuple[Page, list[tuple[str, Place]]]:
        """The page in the part ``location``, and the pictures on it with their places."""
        tree = self.package.xml(location)
        area = child(tree, "Area", "PhysicalBox")
        left, upper, width, height = _box(area.text if area is not None else None) or self.area
        longest = max(width, height) * POINTS
        if not 0 < longest <= self.package.budget.limits.page_points:
            raise too_long(number, longest, self.package.budget)
        page = Page(number, width * POINTS, height * POINTS)
        outer = Place(POINTS, 0, 0, POINTS, -left * POINTS, -upper * POINTS)
        pictures: list[tuple[str, Place]] = []
        drawn = Drawn([], [], page.segments, pictures, [])
        layers = [tree]
        for one in tree:
            template = (
                self.templates.get(str(attribute(one, "TemplateID"))) if name(one) == "Template" else None
            )
            if template and self.package.has(template):
                layers.insert(0, self.package.xml(template))
        for layer in layers:
            content = child(layer, "Content")
            if content is not None:
                self._walk(content, outer, drawn, 0)
        covered = sum(abs(place.a * place.d) for _, place in pictures)
        characters = drawn.seen(page, is_scan=covered > _COVER * page.width * page.height)
        page.pieces = gather(characters)
        return page, pictures

    def _walk(self, parent: etree._Element, outer: Place, drawn: Drawn, depth: int) -> None:
        for one in parent:
            kind = name(one)
            if attribute(one, "Visible") in ("false", "0"):
                continue
            if kind in ("Layer", "PageBlock") and depth < _DEPTH:
                self._walk(one, outer, drawn, depth + 1)
            elif kind == "TextObject":
                (drawn.unseen if is_unseen(one) else drawn.characters).extend(_text(one, outer))
            elif kind == "PathObject":
                drawn.segments.extend(_lines(one, outer))
                if attribute(one, "Fill") in ("true", "1") and not is_white(child(one, "FillColor")):
                    drawn.grounds.append(_area(one, outer))
            elif kind == "ImageObject":
                place = _place(one).then(outer)
                drawn.pictures.append((str(attribute(one, "ResourceID")), place))
                drawn.grounds.append(_area(one, outer))
            elif kind == "CompositeObject" and depth < _DEPTH:
                self._load_resources()
                drawing = self._composites.get(str(attribute(one, "ResourceID")))
                content = child(drawing, "Content")
                if content is not None:
                    self._walk(content, _place(one).then(outer), drawn, depth + 1)

    def recognized(
        self, page: Page, pictures: Sequence[tuple[str, Place]], budget: Budget, *, broken: bool
    ) -> Page:
        """The page as recognized from the picture that covers most of it."""
        from noticetab.read.scan import open_picture, recognize

        media = self._load_resources()
        # A picture's own space is the unit square (GB/T 33190 10.3), so its place is its size.
        known = [(media[key], place) for key, place in pictures if key in media]
        if not known:
            what = "a broken text layer" if broken else "neither text nor a picture that can be read"
            raise budget.error(f"page {page.number} has {what}", "print it to a PDF or picture and read that")
        part, place = max(known, key=lambda one: abs(one[1].a * one[1].d))
        picture = open_picture(self.package.part(part), budget)
        scale = abs(place.a) / picture.shape[1]
        found = recognize(picture, page.number, scale, budget, shift=(place.e, place.f))
        found.width, found.height = page.width, page.height
        return found


def _area(element: etree._Element, outer: Place) -> tuple[float, float, float, float]:
    """The boundary of an object on its page."""
    x, y, width, height = _box(attribute(element, "Boundary")) or (0.0, 0.0, 0.0, 0.0)
    one, two = outer.point(x, y), outer.point(x + width, y + height)
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def _place(element: etree._Element) -> Place:
    """Where an object stands on what holds it: its CTM, then the corner of its boundary."""
    boundary = _box(attribute(element, "Boundary")) or (0.0, 0.0, 0.0, 0.0)
    matrix = _numbers(attribute(element, "CTM"))
    a, b, c, d, e, f = matrix[:6] if len(matrix) >= 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Place(a, b, c, d, e + boundary[0], f + boundary[1])


def _text(element: etree._Element, outer: Place) -> Iterator[Character]:
    """The characters of a text object with their boxes on the page."""
    place = _place(element).then(outer)
    if min(abs(place.a), abs(place.b)) > 0.1 * max(abs(place.a), abs(place.b)):
        return  # aslant, as watermarks are and the text never is
    size = (_numbers(attribute(element, "Size")) or [0.0])[0]
    if size <= 0:  # the standard demands it; some writers leave it to the box
        size = (_box(attribute(element, "Boundary")) or (0.0, 0.0, 0.0, 0.0))[3]
    stretch = (_numbers(attribute(element, "HScale")) or [1.0])[0] or 1.0
    x = y = 0.0
    for code in element:
        if name(code) != "TextCode":
            continue
        x = (_numbers(attribute(code, "X")) or [x])[0]
        y = (_numbers(attribute(code, "Y")) or [y])[0]
        across, down = _numbers(attribute(code, "DeltaX")), _numbers(attribute(code, "DeltaY"))
        text = code.text or ""
        if len(across) < len(text) - 1 and "\n" in text:
            text = text.strip()  # set over several lines of XML
        here_x, here_y = x, y
        for index, char in enumerate(text):
            step = across[index] if index < len(across) else None
            width = size * stretch * (1.0 if char > "\u2e7f" or char in "—…“”" else _usual(char))
            if step and 0.3 * width < step < (width if char > "\u2e7f" else size * _widest(char)):
                width = step  # what the font gives it, as far as the place of the next one tells
            char = " " if char in "\u00a0\u3000" else char
            if char >= " ":
                corners = [
                    place.point(here_x + dx, here_y + dy)
                    for dx in (0, width)
                    for dy in (-0.86 * size, 0.14 * size)
                ]
                xs, ys = [one for one, _ in corners], [one for _, one in corners]
                yield char, min(xs), min(ys), max(xs), max(ys)
            here_x += step if step is not None else (0.0 if down else width)
            here_y += down[index] if index < len(down) else 0.0


def _usual(char: str) -> float:
    """The ems that fonts mostly give a Latin character."""
    return 0.92 if char in "@%WM&" else 0.64 if char.isupper() else 0.3 if char in "ijl.,:;|!'" else 0.52


def _widest(char: str) -> float:
    """The most ems that fonts give a Latin character: a longer step has a blank in it."""
    return 0.64 if char.isdigit() or char in "ijlfrt.,:;-|!'()[]/" else 1.3 if char in "@%WM&" else 0.95


_OPERATION = regex.compile(r"([SMLQBAC])([^SMLQBAC]*)")


def _lines(element: etree._Element, outer: Place) -> Iterator[Segment]:
    """The straight lines along the axes of a path object (GB/T 33190 9.1)."""
    data = child(element, "AbbreviatedData")
    if data is None or not data.text or len(data.text) > 200_000:
        return
    place = _place(element).then(outer)
    start = last = (0.0, 0.0)
    points: list[tuple[float, float]] = []
    drawn: list[Segment] = []
    for match in _OPERATION.finditer(data.text):
        numbers = _numbers(match[2])
        if match[1] == "C":
            drawn += _segment(last, start)
            last = start
            continue
        if len(numbers) < 2:
            continue
        point = place.point(numbers[-2], numbers[-1])
        points.append(point)
        if match[1] in "SM":
            start = point
        elif match[1] == "L":
            drawn += _segment(last, point)
        last = point
    if attribute(element, "Stroke") in ("false", "0"):
        if points and attribute(element, "Fill") in ("true", "1"):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield from segments_of_box(min(xs), min(ys), max(xs), max(ys), filled=True)
        return
    yield from drawn


def _segment(one: tuple[float, float], two: tuple[float, float]) -> list[Segment]:
    x0, x1 = sorted((one[0], two[0]))
    y0, y1 = sorted((one[1], two[1]))
    if min(x1 - x0, y1 - y0) > 1 or max(x1 - x0, y1 - y0) < 1:
        return []
    return [Segment(x0, y0, x1, y1)]
