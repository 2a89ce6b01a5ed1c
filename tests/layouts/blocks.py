"""A notice's text as what an office program would hold: paragraphs, forms and signature grids.

The kinds of paragraphs come from the notice's gold record, which knows what the office knew.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "notices").glob("*.txt"))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``kind`` is head, number, title, signature, heading, attachment or body."""

    text: str
    kind: str = "body"


@dataclass(frozen=True)
class Grid:
    """Rows of cells; ``ruled`` ones have lines around them (a form), others not (signatures)."""

    rows: list[list[str]]
    ruled: bool


@dataclass
class Layout:
    """A notice to be laid out; ``text`` is the same as plain text, for comparing."""

    name: str
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    title: str = ""
    published: str | None = None

    @property
    def text(self) -> str:
        """The notice as plain text, tables by tabs."""
        lines = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines += ["\t".join(" ".join(cell.split("\n")) for cell in row) for row in block.rows]
        return "\n".join(lines) + "\n"


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def load(name: str) -> Layout:
    """The notice ``name`` of the corpus as a layout."""
    text = (CORPUS / "notices" / f"{name}.txt").read_text(encoding="utf-8").replace("\r", "")
    gold = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    layout = Layout(name, title=gold["notice"]["title"], published=gold["notice"].get("published_at"))
    lines = _without_site(text.split("\n"))
    index = 0
    while index < len(lines):
        if lines[index].startswith("\t"):
            grid, index = _grid(lines, index)
            layout.blocks.append(grid)
        else:
            if lines[index].strip():
                layout.blocks.append(Paragraph(_inner(lines[index])))
            index += 1
    layout.blocks = _kinds(layout.blocks, gold)
    return layout


def _inner(line: str) -> str:
    return line.strip(" \u3000\u00a0")


def _without_site(lines: list[str]) -> list[str]:
    """Drop what a web site put above and below (a page laid out anew has its own)."""
    for index, line in enumerate(lines[:8]):
        if re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d", line):
            lines = [lines[index - 1], *lines[index + 1 :]]
            break
    for index, line in enumerate(lines):
        if line.startswith("网站地图"):
            return lines[:index]
    return lines


def _grid(lines: list[str], index: int) -> tuple[Grid, int]:
    """Read a table printed as cells that begin with a tab, rows divided by blank lines."""
    rows: list[list[str]] = [[]]
    last = index
    while index < len(lines):
        line = lines[index]
        following = next((one for one in lines[index + 1 :] if one.strip()), "")
        if line.startswith("\t"):
            rows[-1].append(line[1:].strip(" "))
            last = index + 1
        elif not line.strip():
            if rows[-1] and lines[index - 1] != "":
                rows.append([])
        elif following.startswith("\t") or index == last:
            target = rows[-1] if rows[-1] else rows[-2]
            target[-1] += "\n" + line.strip()
            last = index + 1
        else:
            break
        index += 1
    rows = [row for row in rows if row]
    ruled = any("" in row for row in rows)
    return Grid(rows, ruled), index


def _kinds(blocks: list[Paragraph | Grid], gold: dict) -> list[Paragraph | Grid]:
    """Name each paragraph's part by what gold says the notice holds."""
    notice = gold["notice"]
    title = squeeze(notice["title"])
    issuers = {squeeze(one) for one in notice["issuers"]}
    attachments = {squeeze(one["title"]) for one in gold.get("attachments", [])}
    done: list[Paragraph | Grid] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            done.append(block)
            continue
        text = squeeze(block.text)
        kind = "body"
        if index < 8 and text == squeeze(notice.get("header_mark") or "-"):
            kind = "head"
        elif index < 8 and text == squeeze(notice.get("doc_number") or "-"):
            kind = "number"
        elif index < 8 and (text in issuers or (len(text) > 4 and text in title)):
            kind = "title"
        elif text in issuers or re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", text):
            kind = "signature"
        elif re.fullmatch(r"附件\d*", text):
            kind = "attachment"
        elif text in attachments or text.strip("（）") in ("样表",):
            kind = "title"
        elif re.match(r"[一二三四五六七八九十]+、", text) and len(text) < 30:
            kind = "heading"
        done.append(Paragraph(block.text, kind))
    return done
