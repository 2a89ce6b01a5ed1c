"""The list numbers that Word works out and does not store (ECMA-376 part 1, 17.9).

A paragraph names a list (``numId``) and a level (``ilvl``), directly or through its style; the
list's definition says how the number looks. The numbers are counted here as Word counts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from noticetab.numerals import signed, whole
from noticetab.read.numerals import numeral

if TYPE_CHECKING:
    from lxml import etree

_PLACE = regex.compile(r"%([1-9])")
_BOXES = "\uf06f\uf0a3\uf0a8\uf070\uf071\uf072□☐"


def name(element: etree._Element) -> str:
    """The local name of an element; transitional and strict files differ in namespace only."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along the local names ``path``, or None."""
    for step in path:
        if element is None:
            return None
        element = next((part for part in element if name(part) == step), None)
    return element


def attribute(element: etree._Element | None, key: str = "val") -> str | None:
    """The value of the attribute with local name ``key``, or None."""
    if element is None:
        return None
    for full, value in element.attrib.items():
        if str(full).rpartition("}")[2] == key:
            return str(value)
    return None


@dataclass(slots=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    paragraph_style: str | None = None


@dataclass(slots=True)
class List:
    """One list: the definition it belongs to (which holds the counters) and its levels."""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbers of all lists of one document, paragraph by paragraph."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Take the roots of numbering.xml and styles.xml, either of which may be missing."""
        self._lists: dict[str, List] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._style_level: dict[tuple[str, str], int] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self.default_style: str | None = None
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles:
            if name(style) != "style" or attribute(style, "type") not in (None, "paragraph", "numbering"):
                continue
            properties = child(style, "pPr", "numPr")
            level = attribute(child(properties, "ilvl"))
            key = attribute(style, "styleId") or ""
            self._styles[key] = (
                attribute(child(properties, "numId")),
                whole(level) if level else None,
                attribute(child(style, "basedOn")),
            )
            if attribute(style, "default") in ("1", "true") and attribute(style, "type") == "paragraph":
                self.default_style = key

    def _read_lists(self, numbering: etree._Element) -> None:
        definitions: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for part in numbering:
            if name(part) == "abstractNum":
                key = attribute(part, "abstractNumId") or ""
                definitions[key] = {
                    index: level for one in part if name(one) == "lvl" for index, level in [_level(one)]
                }
                if link := attribute(child(part, "numStyleLink")):
                    links[key] = link
                if link := attribute(child(part, "styleLink")):
                    named[link] = key
        for part in numbering:
            if name(part) != "num":
                continue
            definition = attribute(child(part, "abstractNumId")) or ""
            if definition in links:  # the definition is kept with a list style (17.9.21)
                definition = named.get(links[definition], definition)
            found = List(definition, dict(definitions.get(definition, {})))
            for override in part:
                if name(override) != "lvlOverride":
                    continue
                index = signed(attribute(override, "ilvl"), 0)
                if (own := child(override, "lvl")) is not None:
                    found.levels[index] = _level(own)[1]
                if start := attribute(child(override, "startOverride")):
                    found.overrides[index] = signed(start, 1)
            key = attribute(part, "numId") or ""
            self._lists[key] = found
            for index, level in found.levels.items():
                if level.paragraph_style:
                    self._style_level[key, level.paragraph_style] = index

    def _of_paragraph(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, else its style's, else the style it builds on."""
        own = child(properties, "numPr")
        list_id = attribute(child(own, "numId"))
        level_text = attribute(child(own, "ilvl"))
        level = whole(level_text) if level_text else None
        style = attribute(child(properties, "pStyle")) or self.default_style
        seen: set[str] = set()
        while style and style in self._styles and style not in seen and (list_id is None or level is None):
            seen.add(style)
            style_list, style_level, based_on = self._styles[style]
            if list_id is None and style_list is not None:
                list_id = style_list
                if level is None:
                    level = self._style_level.get((style_list, style), style_level)
            elif level is None and style_level is not None and style_list in (None, list_id):
                level = style_level
            style = based_on
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return None
        return list_id, level or 0

    def number(self, properties: etree._Element | None) -> str:
        """The number of the next paragraph with these ``pPr``, as printed; "" when it has none."""
        place = self._of_paragraph(properties)
        if place is None:
            return ""
        list_id, index = place
        found = self._lists[list_id]
        level = found.levels.get(index)
        if level is None:
            return ""
        counters = self._counters.setdefault(found.definition, {})
        if (list_id, index) not in self._begun:
            self._begun.add((list_id, index))
            if index in found.overrides:
                counters.pop(index, None)
                counters[index] = found.overrides[index] - 1
        counters[index] = counters.get(index, level.start - 1) + 1
        for deeper in [one for one in counters if one > index]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > 0 and index < restart):
                start = found.overrides.get(deeper)
                del counters[deeper]
                if start is not None:
                    counters[deeper] = start - 1
        if level.style == "bullet":
            return "□" if level.text and level.text in _BOXES else ""

        def value(match: regex.Match[str]) -> str:
            other = int(match[1]) - 1
            shown = found.levels.get(other, level)
            count = counters.get(other, shown.start)
            return numeral(count, "decimal" if level.legal else shown.style)

        written = _PLACE.sub(value, level.text).strip()
        # A bare number needs something between it and the text: Word has a tab there.
        return written + " " if written and written[-1].isalnum() else written


def _level(element: etree._Element) -> tuple[int, Level]:
    """A ``w:lvl`` element as its index and how it counts."""
    restart = attribute(child(element, "lvlRestart"))
    style = child(element, "numFmt")
    if style is None:  # Word writes formats of its own as a choice with a fallback
        style = next((one for one in element.iter() if name(one) == "numFmt"), None)
    legal = child(element, "isLgl")
    return signed(attribute(element, "ilvl"), 0), Level(
        start=signed(attribute(child(element, "start")), 1),
        style=attribute(style) or "decimal",
        text=attribute(child(element, "lvlText")) or "",
        restart=whole(restart) if restart else None,
        legal=legal is not None and attribute(legal) not in ("0", "false", "off"),
        paragraph_style=attribute(child(element, "pStyle")),
    )
