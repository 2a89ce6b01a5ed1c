"""Shapes that change marks: numbers, bullets, width of characters, look-alikes, Markdown."""

from __future__ import annotations

import random
from typing import Any

import regex

from noticetab.evaluate.tally import plain
from shapes.notice import Notice, Paragraph, Shaped, printed

_TOP = ("cn", "chapter")


def _items(notice: Notice) -> dict[int, str]:
    """Paragraphs that are numbered items below the sections, with the family of their number."""
    found: dict[int, str] = {}
    counts = [x.marker.family for x in notice.paragraphs if x.marker and x.part == "body"]
    top = next((f for f in _TOP if f in counts), counts[0] if counts else None)
    for i, paragraph in enumerate(notice.paragraphs):
        marker = paragraph.marker
        if marker is not None and paragraph.part == "body" and marker.family not in (top, "circled", *_TOP):
            found[i] = marker.family
    return found


def _unnumber(gold: dict[str, Any], texts: list[str]) -> None:
    """Takes the numbers of the activities whose items (without their numbers) are among ``texts``."""
    left = [plain(x) or "" for x in texts]
    for row in gold.get("activities", ()):
        if row.get("number") is None:
            continue
        wanted = plain(row["name"] or row.get("description_head")) or ""
        hit = next((i for i, x in enumerate(left) if x.startswith(wanted)), None)
        if hit is not None:
            row["number"] = None
            del left[hit]


def bullets(notice: Notice, rng: random.Random) -> Shaped | None:
    """Bullets instead of the numbers of items, another bullet for each level."""
    items = _items(notice)
    if len(items) < 2:
        return None
    marks = rng.choice([("◆", "• "), ("● ", "- "), ("■", "▪ "), ("• ", "- "), ("※ ", "◇")])
    families = list(dict.fromkeys(items.values()))[:2]
    parts = list(notice.paragraphs)
    gone = []
    for i, family in items.items():
        marker = parts[i].marker
        if family not in families or marker is None:
            continue
        rest = parts[i].text[marker.length :]
        gone.append(rest)
        parts[i] = parts[i].but(marks[families.index(family)] + rest)
    gold = notice.copied()
    _unnumber(gold, gone)
    return Shaped(printed(parts), gold)


def numbers_lost(notice: Notice, rng: random.Random) -> Shaped | None:
    """The digits of items' numbers were pictures: nothing, or the bare mark, is left."""
    items = _items(notice)
    if len(items) < 2:
        return None
    left = rng.choice(["", "", "mark", "", "box"])
    parts = list(notice.paragraphs)
    gone = []
    for i in items:
        marker = parts[i].marker
        assert marker is not None
        rest = parts[i].text[marker.length :]
        gone.append(rest)
        bare = {"": "", "box": "□", "mark": regex.sub(r"[\d一二三四五六七八九十]+", "", marker.printed)}[left]
        parts[i] = parts[i].but(bare + rest)
    gold = notice.copied()
    _unnumber(gold, gone)
    return Shaped(printed(parts), gold)


_WIDE = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c).isalnum()}


def full_width(notice: Notice, rng: random.Random) -> Shaped:
    """Digits, or letters, or both in full width; in some templates the marks between them too."""
    kinds = rng.choice(["digits", "both", "both", "marks", "body"])
    more = dict(zip("-.:/@", "－．：／＠", strict=True)) if kinds == "marks" else {}
    table = str.maketrans(
        {c: w for c, w in _WIDE.items() if kinds not in ("digits", "body") or c.isdigit()} | more
    )
    text = printed(notice.paragraphs)
    if kinds == "body":
        cut = text.find("\n", text.find("：")) + 1
        return Shaped(text[:cut] + text[cut:].translate(table), notice.copied())
    return Shaped(text.translate(table), notice.copied())


_ALIKE = [
    {"日": "曰", "己": "已", "未": "末", "人": "入", "土": "士", "大": "太", "：": "∶"},
    {"、": "丶", "一": "—", "：": "︰", "市": "巿", "，": "﹐"},
    {"0": "O", "1": "l", "：": "∶", "日": "曰"},
    {"的": "旳", "科": "料", "技": "枝", "未": "末"},
    {"单": "単", "位": "住", "时": "吋", "间": "问", "、": "､", "：": ":"},
]


def look_alikes(notice: Notice, rng: random.Random) -> Shaped:
    """Three characters in a thousand are others that look alike; none within a value of gold or a date."""
    table = rng.choice(_ALIKE)
    text = printed(notice.paragraphs)
    guarded = _guarded(notice.gold, text)
    places = [i for i, c in enumerate(text) if c in table and not guarded[i]]
    chosen = set(rng.sample(places, min(len(places), max(1, len(text) * 3 // 1000))))
    return Shaped("".join(table[c] if i in chosen else c for i, c in enumerate(text)), notice.copied())


def _guarded(gold: Any, text: str) -> bytearray:
    """The places of a text that a value of gold, or a number with its measure, is printed at."""
    guarded = bytearray(len(text))
    for match in regex.finditer(
        r"\d[\d.:：/@\-—年月日时分号\s至到]*[年月日号]?|[一二三四五六七八九十]+[、）)是]", text
    ):
        guarded[match.start() : match.end()] = b"\1" * (match.end() - match.start())

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, str) and len(value) > 1:
            pattern = r"\s*".join(map(regex.escape, "".join(value.split())))
            for match in regex.finditer(pattern, text):
                guarded[match.start() : match.end()] = b"\1" * (match.end() - match.start())

    walk(gold)
    return guarded


def spaced_digits(notice: Notice, rng: random.Random) -> Shaped:
    """Blanks around the figures of dates, or between their digits, as typesetting on a grid leaves them."""
    kind = rng.choice(["around", "around", "inside", "before", "after"])

    def spaced(match: regex.Match[str]) -> str:
        digits = match[0]
        if kind == "inside":
            return " ".join(digits) + " "
        return {"around": f" {digits} ", "before": f" {digits}", "after": f"{digits} "}[kind]

    parts = [
        x if x.laid else x.but(regex.sub(r"\d+(?=\s*[年月日])", spaced, x.text).strip())
        for x in notice.paragraphs
    ]
    return Shaped(printed(parts), notice.copied())


def markdown(notice: Notice, rng: random.Random) -> Shaped | None:
    """As converters write it: marks of headings, bold, lists; bars for tables; blank lines between all."""
    rows = [x for x in notice.paragraphs if x.part == "table"]
    if any("\t" not in x.text for x in rows):
        return None
    top = rng.choice(["# ", "## ", "# **", "**", "# "])
    below = rng.choice(["## ", "### ", "**", "", "## **"])
    item = rng.choice(["", "- ", "**", "", "* "])
    out: list[str] = []
    if rng.random() < 0.2:
        out.append("---\nlayout: page\nsource: web\n---")
    title = notice.at("title")
    before: Paragraph | None = None
    for i, paragraph in enumerate(notice.paragraphs):
        text, marker = paragraph.text, paragraph.marker
        if paragraph.part == "table":
            cells = [x.strip() for x in text.split("\t")]
            row = "| " + " | ".join(cells) + " |"
            if before is not None and before.part == "table":
                out[-1] += "\n" + row
            else:
                out.append(row + "\n|" + " --- |" * len(cells))
        elif i in title:
            out.append(_marked(top, text))
        elif marker is not None and marker.family in _TOP and paragraph.part == "body" and len(text) < 40:
            out.append(_marked(below, text))
        elif marker is not None and paragraph.part == "body":
            out.append(_marked(item if len(text) < 40 or item != "**" else "", text))
        else:
            out.append(text)
        before = paragraph
    return Shaped("\n\n".join(out) + "\n", notice.copied(), ".md")


def _marked(mark: str, text: str) -> str:
    return f"{mark}{text}{'**' if mark.endswith('**') else ''}"
