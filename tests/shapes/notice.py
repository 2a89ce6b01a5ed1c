"""A gold notice as its paragraphs, each with the part of the document that it belongs to.

A shape is a change of how a notice is printed. It takes a :class:`Notice` and a seeded source of chance,
which draws one of its templates, and gives a :class:`Shaped`: the text (or page) and the gold that fits
it. Gold changes only where the print did; a shape that a notice cannot take gives None.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import regex

import noticetab
from noticetab.evaluate.tally import plain
from noticetab.read import read_text
from noticetab.segment import segment
from noticetab.segment.lines import Line
from noticetab.segment.markers import Marker, marker_at
from noticetab.segment.strand import Strand, fold

ROOT = Path(__file__).parents[2]
GOLD = (ROOT / "corpus" / "gold", ROOT / "corpus" / "dev" / "gold", ROOT / "corpus" / "more" / "gold")


@dataclass(frozen=True)
class Paragraph:
    """A logical line: its ``text`` without indent, the ``indent`` as printed, a blank line before it or not.

    Where the layout says something (``laid``) the text has its indent and final blanks still.

    ``part`` is chrome, number, title, addressees, body, table, form, listed, signature or date.
    """

    text: str
    part: str = "body"
    indent: str = ""
    gap: bool = False

    @property
    def marker(self) -> Marker | None:
        """The number that it opens with."""
        return marker_at(fold(self.text))

    @property
    def laid(self) -> bool:
        """Whether its layout says something, so that it stays as it is: a row of a table, cells of a form."""
        return self.part in ("table", "form")

    def but(self, text: str) -> Paragraph:
        """The same with another text."""
        return replace(self, text=text)


@dataclass(frozen=True)
class Notice:
    """A notice with gold, as paragraphs; ``record`` is what the program reads of the clean text."""

    name: str
    gold: dict[str, Any]
    paragraphs: tuple[Paragraph, ...]
    record: dict[str, Any] = field(repr=False)

    def at(self, part: str) -> list[int]:
        """The indices of the paragraphs of a part."""
        return [i for i, x in enumerate(self.paragraphs) if x.part == part]

    def texts(self, part: str) -> list[str]:
        """The texts of the paragraphs of a part."""
        return [x.text for x in self.paragraphs if x.part == part]

    def copied(self) -> dict[str, Any]:
        """The gold, to be changed."""
        return copy.deepcopy(self.gold)


@dataclass(frozen=True)
class Shaped:
    """A notice in a shape: the content of a file of the given ending, and its gold."""

    text: str
    gold: dict[str, Any]
    suffix: str = ".txt"


Make = Callable[[Notice, random.Random], Shaped | None]


def printed(paragraphs: list[Paragraph] | tuple[Paragraph, ...]) -> str:
    """The paragraphs as a text, each in its line, with its indent and blank line."""
    return "".join(("\n" if x.gap and i else "") + x.indent + x.text + "\n" for i, x in enumerate(paragraphs))


def texts() -> Iterator[tuple[Path, Path]]:
    """Every gold file that has a notice, and the notice's text."""
    for folder in GOLD:
        beside = folder.parent / ("notices" if folder.parent.name == "corpus" else "texts")
        for gold in sorted(folder.glob("*.json")):
            text = beside / f"{gold.stem}.txt"
            if text.is_file():
                yield gold, text


@cache
def _golds() -> dict[str, tuple[dict[str, Any], Path]]:
    """Gold and text of each notice by name, in the order of the files; what is no notice is left out."""
    found = {}
    for gold, path in texts():
        wanted = json.loads(gold.read_text("utf-8"))
        if wanted["notice"].get("is_notice", True):
            found[path.stem] = wanted, path
    return found


def names() -> tuple[str, ...]:
    """The names of the gold notices, in the order of their files."""
    return tuple(_golds())


@cache
def notice(name: str) -> Notice:
    """The gold notice of a name."""
    wanted, path = _golds()[name]
    return _notice(name, wanted, noticetab.extract(path))


_BLANKED = regex.compile(r"\S(?:[ ]{3,}|\u3000{2,})\S")


def _notice(name: str, gold: dict[str, Any], record: noticetab.Record) -> Notice:
    text = record.text
    document = segment(read_text(text))
    parts = document.parts
    marks: list[tuple[str, Strand]] = []
    for part, strand in (
        ("number", parts.doc_number),
        ("title", parts.title),
        ("addressees", parts.addressees),
    ):
        if strand is not None:
            marks.append((part, strand))
    for unit in parts.units:
        marks += [("signature", x) for x in unit.signature]
        marks += [("date", unit.dated)] if unit.dated is not None else []
        marks += [("listed", x) for _, x in unit.listed]
        if unit.form:
            marks += [("form", x) for x in unit.lines]
    for unit, node in document.nodes():
        marks += [("table", x) for grid in node.grids for x in unit.lines[grid.first : grid.last]]
    marks += [("chrome", x) for x in parts.metadata]
    spans = sorted((s.span(), part) for part, s in marks if s)
    lines = document.lines
    found = [_paragraph(x, text, "body", spans) for x in lines.body]
    found += [_paragraph(x, text, "chrome", spans) for x in lines.tail]
    return Notice(name, gold, tuple(found), record.model_dump(mode="json"))


_FIRST = ("chrome", "form", "table", "listed", "addressees", "title", "number", "date", "signature")


def _paragraph(line: Line, text: str, part: str, spans: list[tuple[tuple[int, int], str]]) -> Paragraph:
    start, end = line.span()
    inside = {name for (a, b), name in spans if a < end and start < b}
    if part == "body":
        part = next((name for name in _FIRST if name in inside), part)
    if part == "addressees" and not line.text.rstrip().endswith(("：", ":")):
        part = "body"
    if part in ("body", "signature") and (line.tabular or (part == "body" and _BLANKED.search(line.text))):
        part = "table" if part == "body" else part
    before = text.rfind("\n", 0, start) + 1
    if part in ("table", "form"):
        after = text.find("\n", end)
        return Paragraph(text[before : after if after >= 0 else len(text)], part, "", line.gap)
    indent = text[before:start] if not text[before:start].strip() else ""
    return Paragraph(line.text.strip(), part, indent, line.gap)


def said(value: str | None, text: str) -> bool:
    """Whether a value is printed in a text, blanks and width aside."""
    return bool(value) and (plain(value) or "") in (plain(text) or "")
