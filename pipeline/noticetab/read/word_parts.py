"""Parts of Word documents beside the body: footnotes, the red head, tables of contents, tracked marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from noticetab.numerals import whole
from noticetab.read.numbering import attribute, child, name
from noticetab.read.package import Package, resolve

if TYPE_CHECKING:
    from lxml import etree

_LARGE = 52
"""Half points from which on letters in a header are those of a red head (26 points is the size 一号)."""
_OFF = ("0", "false", "off")
_SHADED = ("tcPr", "pPr", "rPr", "tblPr")


class Footnotes:
    """The foot- and endnotes of a document, each to be taken once where it is referred to."""

    def __init__(self, package: Package, related: dict[str, str]) -> None:
        """Read the parts ``footnotes`` and ``endnotes`` of ``related``, either of which may be missing."""
        self._notes: dict[tuple[str, str], list[str]] = {}
        for kind in ("footnote", "endnote"):
            part = related.get(f"{kind}s")
            if part is None:
                continue
            for note in package.xml(part):
                # Those with a type are the rules above the notes (ECMA-376 part 1, 17.11.10).
                if name(note) == kind and attribute(note, "type") in (None, "normal"):
                    lines = ["".join(_text(block)).strip() for block in note.iter("{*}p")]
                    self._notes[f"{kind}Reference", attribute(note, "id") or ""] = [
                        one for one in lines if one
                    ]

    def take(self, kind: str, key: str) -> list[str]:
        """The lines of the note that an element ``kind`` refers to by ``key``; none when it was taken."""
        return self._notes.pop((kind, key), [])

    def left(self) -> list[str]:
        """The lines of notes that nothing in the body refers to."""
        lines = [line for note in self._notes.values() for line in note]
        self._notes.clear()
        return lines


def _text(block: etree._Element) -> Iterator[str]:
    for element in block.iter():
        kind = name(element)
        if kind == "t":
            yield element.text or ""
        elif kind == "tab":
            yield " "


def mark_deleted(properties: etree._Element | None) -> bool:
    """Whether the mark of a paragraph with these ``pPr`` is deleted (17.13.5.15), or moved away."""
    marks = child(properties, "rPr")
    return child(marks, "del") is not None or child(marks, "moveFrom") is not None


def is_hidden(run: etree._Element) -> bool:
    """Whether a run is hidden (17.3.2.41), or white on a ground without colour."""
    properties = child(run, "rPr")
    vanish = child(properties, "vanish")
    if vanish is not None and attribute(vanish) not in _OFF:
        return True
    colour = (attribute(child(properties, "color")) or "").upper()
    if colour != "FFFFFF" or child(properties, "highlight") is not None:
        return False
    for holder in (run, *run.iterancestors()):
        if name(holder) in ("txbxContent", "hdr", "ftr"):
            return False  # boxes have grounds of their own
        for kind in _SHADED:
            fill = (attribute(child(holder, kind, "shd"), "fill") or "auto").upper()
            if fill not in ("AUTO", "FFFFFF"):
                return False
        if name(holder) == "tbl" and child(holder, "tblPr", "tblStyle") is not None:
            return False  # its style may shade the head
    return True


def contents_styles(styles: etree._Element | None) -> frozenset[str | None]:
    """Ids of the styles of entries of a table of contents (``toc 1`` to ``toc 9`` and their heading)."""
    if styles is None:
        return frozenset()
    return frozenset(
        attribute(style, "styleId")
        for style in styles
        if name(style) == "style"
        and regex.fullmatch(r"(?i)toc (?:\d|heading)", attribute(child(style, "name")) or "")
        and attribute(style, "styleId")
    )


def is_contents(element: etree._Element) -> bool:
    """Whether a block is a table of contents that Word made (17.5.2.11)."""
    gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == "Table of Contents"


def red_head(package: Package, main: str, body: etree._Element) -> etree._Element | None:
    """The header of the first page when it is a red head: letters in red or larger than text is.

    Running heads are neither. A section's header is that of its first page if it has one (17.10.6).
    """
    section = next((one for one in body.iter() if name(one) == "sectPr"), None)
    if section is None:
        return None
    folder, _, file = main.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if not package.has(relations):
        return None
    targets = {attribute(one, "Id"): attribute(one, "Target") for one in package.xml(relations)}
    wanted = "first" if child(section, "titlePg") is not None else "default"
    for reference in section:
        if name(reference) == "headerReference" and (attribute(reference, "type") or "default") == wanted:
            part = resolve(main, targets.get(attribute(reference, "id")) or "")
            if package.has(part):
                header = package.xml(part)
                return header if any(_is_striking(run) for run in header.iter("{*}r")) else None
    return None


def _is_striking(run: etree._Element) -> bool:
    if not "".join(_text(run)).strip():
        return False
    properties = child(run, "rPr")
    size = whole(attribute(child(properties, "sz")) or "")
    colour = attribute(child(properties, "color")) or ""
    if size is not None and size >= _LARGE:
        return True
    if not regex.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 0xB0 and max(green, blue) <= 0x60
