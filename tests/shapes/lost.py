"""Shapes that lose lines: paragraphs run together, wholly or in part, and lines that are cut or padded."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from shapes.notice import Notice, Paragraph, Shaped, printed


def _gold(notice: Notice) -> dict[str, Any]:
    """Gold of a text whose lines run together: a blank form's cells are no longer told apart."""
    gold = notice.copied()
    for attachment in gold.get("attachments", ()):
        attachment.pop("fields", None)
        attachment.pop("options", None)
    return gold


def _flat(paragraphs: list[Paragraph], glue: str) -> str:
    """Paragraphs run together; rows of tables and cells of forms keep their lines."""
    out: list[str] = []
    before = None
    for paragraph in paragraphs:
        if paragraph.laid or (before is not None and before.laid):
            out.append("\n\n" if paragraph.gap else "\n")
        elif before is not None:
            out.append(glue)
        out.append(paragraph.text)
        before = paragraph
    return "".join(out)


def clean(notice: Notice, rng: random.Random) -> Shaped:
    """As it is, a line for each paragraph: what the other shapes are measured against."""
    indent = rng.choice(["", "\u3000\u3000", "    "])
    parts = [replace(x, indent=indent) if x.part == "body" else x for x in notice.paragraphs]
    return Shaped(printed(parts), notice.copied())


def single_blanks(notice: Notice, rng: random.Random) -> Shaped:
    """Single blanks between paragraphs."""
    glue = rng.choice([" ", "\u3000", "\xa0", " ", " "])
    text = _flat(list(notice.paragraphs), glue)
    return Shaped(rng.choice(["", " ", "\u3000\u3000"]) + text + "\n", _gold(notice))


def nothing_between(notice: Notice, rng: random.Random) -> Shaped:
    """Nothing between paragraphs; in some templates the title, or the signature, keeps its line."""
    parts = list(notice.paragraphs)
    kept = rng.choice(["", "", "title", "date", "head"])
    first = 0
    if kept == "title" and notice.at("title"):
        first = notice.at("title")[-1] + 1
    if kept == "head" and notice.at("addressees"):
        first = notice.at("addressees")[-1] + 1
    last = len(parts)
    if kept == "date" and notice.at("signature"):
        last = notice.at("signature")[0]
    text = printed(parts[:first]) + _flat(parts[first:last], "") + "\n" + printed(parts[last:])
    return Shaped(text, _gold(notice))


def wide_blanks(notice: Notice, rng: random.Random) -> Shaped:
    """Two ideographic blanks, or as wide a run of others, where a paragraph begins."""
    glue = rng.choice(["\u3000\u3000", " \u3000\u3000", "\u3000\u3000", "    ", "\xa0\xa0\xa0\xa0"])
    return Shaped(_flat(list(notice.paragraphs), glue) + "\n", _gold(notice))


def second_half(notice: Notice, rng: random.Random) -> Shaped | None:
    """Lines lost from the middle on."""
    parts = list(notice.paragraphs)
    if len(parts) < 12:
        return None
    at = int(len(parts) * rng.choice([0.4, 0.5, 0.6, 0.5, 0.7]))
    glue = rng.choice([" ", "", "\u3000\u3000", " ", "\u3000"])
    return Shaped(printed(parts[:at]) + _flat(parts[at:], glue) + "\n", _gold(notice))


def lists_only(notice: Notice, rng: random.Random) -> Shaped | None:
    """Lists lose their lines: what stands below a section's heading runs together; prose keeps its lines."""
    glue = rng.choice([" ", "", "\u3000", " ", "\u3000\u3000"])
    out: list[str] = []
    first = min(notice.at("addressees") or notice.at("title") or [0])
    last = min([*notice.at("signature"), *notice.at("date"), len(notice.paragraphs)])
    lower = 0
    for i, paragraph in enumerate(notice.paragraphs):
        marker = paragraph.marker
        inside = first < i < last and marker is not None and marker.family not in ("cn", "chapter")
        fresh = not inside or paragraph.laid or not out or notice.paragraphs[i - 1].laid
        lower += not fresh
        out.append(("\n" if fresh else glue) + paragraph.text)
    return Shaped("".join(out).strip("\n") + "\n", _gold(notice)) if lower > 1 else None


def separators(notice: Notice, rng: random.Random) -> Shaped:
    """Marks instead of line ends."""
    glue = rng.choice([" / ", " | ", "/", "|", " // "])
    return Shaped(_flat(list(notice.paragraphs), glue) + "\n", _gold(notice))


def hard_wraps(notice: Notice, rng: random.Random) -> Shaped | None:
    """Cut at a width; no line begins with a closing mark."""
    size = rng.choice([28, 30, 34, 38, 40])
    if any(x.laid for x in notice.paragraphs):
        return None
    pad = rng.choice(["", "\u3000\u3000"])
    lines = []
    for paragraph in notice.paragraphs:
        indent = pad if paragraph.part in ("body", "listed") else ""
        rest = indent + paragraph.text
        while rest:
            at = size
            while at < len(rest) and (rest[at] in "，。、；：！？）》” " or rest[at - 1] == " "):
                at += 1
            lines.append(rest[:at])
            rest = rest[at:]
    return Shaped("\n".join(lines) + "\n", notice.copied())


def double_spaced(notice: Notice, rng: random.Random) -> Shaped | None:
    """A blank line behind every line, paragraphs indented by tabs or blanks."""
    tab = rng.choice(["\t", "\t", "\t\t", "    ", " \t"])
    gap = rng.choice(["\n\n", "\n \n", "\n\n\n", "\n\u3000\n", "\n\n"])
    if any(x.laid for x in notice.paragraphs):
        return None
    lines = [
        (tab if x.part in ("body", "listed", "date", "signature") else "") + x.text for x in notice.paragraphs
    ]
    return Shaped(gap.join(lines) + "\n", notice.copied())


def excerpt(notice: Notice, rng: random.Random) -> Shaped | None:
    """The first thousand characters or so, with or without dots."""
    size = rng.choice([800, 900, 1000, 1100, 1200])
    text = printed(notice.paragraphs)
    if len(text) < size + 200:
        return None
    dots = rng.choice(["", "…", "……", "...", "…[查看全文]"])
    part = text[:size]
    return Shaped(part + dots, remaining(notice, part))


def remaining(notice: Notice, part: str) -> dict[str, Any]:
    """The gold of what is left of a text: rows whose place in the clean text is within it."""
    from shapes.notice import said

    gold = notice.copied()
    last = part.rstrip().rsplit("\n", 1)[-1]
    at = notice.record["text"].rfind(last[: max(8, len(last))])
    limit = at + len(last) if at >= 0 else len(part)
    head = gold["notice"]
    for key in ("issuers", "issued_on", "region", "region_adcode", "printed_by", "printed_on", "doc_type"):
        head.pop(key, None)
    ends: dict[str, list[int]] = {}

    def within(table: str, row: dict[str, Any], *fields: str) -> bool:
        """Whether the row that gold means was read from what is left."""
        for other in notice.record[table]:
            if all(str(row.get(f)) in str(other.get(f)) for f in fields):
                ends.setdefault(table, []).append(other["evidence"]["end"])
                return bool(other["evidence"]["end"] <= limit)
        return False

    for table, fields in (
        ("themes", ("text",)),
        ("events", ("name",)),
        ("deadlines", ("due_on", "what")),
        ("dates", ("starts_on", "ends_on")),
        ("contacts", ("phones", "persons")),
        ("people", ("name",)),
        ("attachments", ("title",)),
        ("quotas", ("who", "min", "max")),
        ("references", ("title",)),
    ):
        if table in gold:
            gold[table] = [row for row in gold[table] if within(table, row, *fields)]
    for attachment in gold.get("attachments", ()):
        for key in ("fields", "options", "embedded"):
            attachment.pop(key, None)
    if "sections" in gold:
        gold["sections"] = [x for x in gold["sections"] if said(x, part)]
    if "activities" in gold:
        gold["activities"] = [
            row
            for row in gold["activities"]
            if said(row["name"] or row.get("description_head"), part)
            and said(row.get("description_tail") or row["name"], part)
        ]
    for key in ("declared_counts", "member_units", "event_organizers"):
        gold.pop(key, None)
    return gold


def closing_without_stop(notice: Notice, rng: random.Random) -> Shaped | None:
    """特此通知 without a stop, right above or in front of the signature."""
    signed = notice.at("signature")
    if not signed or notice.paragraphs[signed[0]].laid:
        return None
    word = rng.choice(["特此通知", "特此通知 ", "请遵照执行", "望遵照执行", "特此通知"])
    glued = rng.choice([False, False, True])
    parts = list(notice.paragraphs)
    for i in range(signed[0] - 1, max(0, signed[0] - 4), -1):
        if parts[i].text.strip("。 ") in ("特此通知", "特此函告", "特此公告", "特此通告"):
            word = parts[i].text.strip("。 ")
            del parts[i]
            break
    at = next(i for i, x in enumerate(parts) if x.part == "signature")
    if glued:
        parts[at] = parts[at].but(word.strip() + rng.choice(["  ", "　　", " "]) + parts[at].text)
    else:
        parts.insert(at, Paragraph(word, indent=parts[at - 1].indent))
    return Shaped(printed(parts), notice.copied())
