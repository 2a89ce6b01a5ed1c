"""Compares one record with gold, field by field.

White space, the width of characters and the shape of brackets do not count. Gold states only
what a reader cannot argue about: a key that gold leaves out is not compared, and fields of the
record that gold does not know are no fault. Rows are compared as multisets of their natural
keys, so that a row given twice is one right and one extra.

Both sides are plain JSON data (``json.loads`` of a record file). Gold differs from a record in
these points: ``source`` is the notice's file name; ``sections`` is a list of first-level headings;
``declared_counts`` says ``{section, declared}``; organizers may be grouped, ``{role, names,
canonical}``; ``event_organizers`` are the organizers of the event as a whole and ``member_units``
those of the role 成员; an activity may give ``description_head`` and ``description_tail``;
an attachment's ``fields`` are labels and its ``options`` a mapping from label to options;
``findings`` is a list of codes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from noticetab.evaluate.tally import Json, Score, folded, plain, rows_of
from noticetab.numerals import whole

ROWS = (
    "events", "themes", "sections", "organizers", "activities", "dates", "deadlines", "contacts",
    "people", "attachments", "quotas", "references",
)  # fmt: skip
"""The lists of a record that hold what was read; a document that is no notice has none."""

NOTICE_FIELDS = (
    "is_notice", "doc_type", "title", "doc_number", "issued_on", "printed_by", "printed_on",
    "region_adcode", "header_mark",
)  # fmt: skip


def _spaced(value: Any) -> str | None:
    """As :func:`plain`, but blanks count as one blank: they divide the halves of a theme."""
    return None if value is None else " ".join(folded(value).split())


def _number(value: Any) -> Any:
    """A count or ordinal, whether it came as 3 or as "3"."""
    number = whole(value) if isinstance(value, str) and value.isdecimal() else None
    return value if number is None else number


def _plains(values: Iterable[Any] | None) -> list[str]:
    return [text for value in values or () if (text := plain(value)) is not None]


def score(gold: Json, record: Json) -> Score:
    """Compare ``record`` with ``gold``; both as JSON data."""
    result = Score(record)
    _notice(result, gold["notice"], record.get("notice") or {})
    if gold["notice"].get("is_notice") is False:
        result.sets("negative.rows", (), (key for key in ROWS if rows_of(record, key)))
        return result
    for key, compare in _PARTS.items():
        if key in gold:
            compare(result, gold[key], record)
    _evidence(result, record)
    return result


def _notice(result: Score, gold: Json, notice: Json) -> None:
    for name in NOTICE_FIELDS:
        if name in gold:
            result.value(f"notice.{name}", gold[name], notice.get(name), _field_row(notice, name))
    if "published_at" in gold:
        got = str(notice.get("published_at") or "").replace(" ", "T")
        result.value("notice.published_at", gold["published_at"], got or None)
    if gold.get("is_notice") is False:
        return
    for name in ("issuers", "addressees"):
        if name in gold:
            got_names = _plains(notice.get(name))
            rows = [_field_row(notice, name)] * len(got_names)
            result.sets(f"notice.{name}", _plains(gold[name]), got_names, rows)


def _field_row(notice: Json, name: str) -> Json:
    """A field of ``notice`` as if it were a row: with its own evidence."""
    evidence = notice.get("evidence") or {}
    return {"confidence": notice.get("confidence", 1.0), "evidence": evidence.get(name)}


def _events(result: Score, gold: list[Json], record: Json) -> None:
    rows = rows_of(record, "events")
    result.sets("events.name", (plain(e["name"]) for e in gold), (plain(e.get("name")) for e in rows), rows)
    named = {plain(row.get("name")): row for row in rows}
    for event in gold:
        row = named.get(plain(event["name"]), {})
        for name in ("series", "edition", "year", "starts_on", "ends_on"):
            if name in event:
                result.value(f"events.{name}", event[name], row.get(name), row)


def _themes(result: Score, gold: list[Json], record: Json) -> None:
    def keys(rows: list[Json]) -> Iterator[Hashable]:
        return ((row.get("role"), _spaced(row.get("text"))) for row in rows)

    rows = rows_of(record, "themes")
    result.sets("themes", keys(gold), keys(rows), rows)


def _top_sections(record: Json) -> list[Json]:
    return [row for row in rows_of(record, "sections") if _number(row.get("level")) == 1]


def _sections(result: Score, gold: list[str], record: Json) -> None:
    rows = _top_sections(record)
    result.sets("sections", _plains(gold), (plain(row.get("heading")) for row in rows), rows)


def _declared_counts(result: Score, gold: list[Json], record: Json) -> None:
    result.sets(
        "sections.declared_count",
        ((plain(row["section"]), row["declared"]) for row in gold),
        (
            (plain(row.get("heading")), _number(row["declared_count"]))
            for row in _top_sections(record)
            if row.get("declared_count") is not None
        ),
    )


def _organizer_keys(rows: list[Json] | None, which: str) -> Iterator[tuple[Any, str | None]]:
    """(role, ``raw`` or ``name``) of organizers, those of gold's groups one by one."""
    for row in rows or ():
        if "names" in row:
            names = row["canonical"] if which == "name" else row["names"]
            yield from ((row["role"], plain(name)) for name in names)
        else:
            yield row.get("role"), plain(row.get(which))


def _event_organizers(result: Score, gold: list[Json], record: Json) -> None:
    rows = [row for row in rows_of(record, "organizers") if row.get("role") != "成员"]
    for which in ("raw", "name"):
        result.sets(
            f"event_organizers.{which}", _organizer_keys(gold, which), _organizer_keys(rows, which), rows
        )


def _member_units(result: Score, gold: list[str], record: Json) -> None:
    rows = [row for row in rows_of(record, "organizers") if row.get("role") == "成员"]
    result.sets("member_units", _plains(gold), (plain(row.get("raw")) for row in rows), rows)


def _activity_key(row: Json) -> tuple[str | None, Any, str | None]:
    return plain(row.get("section")), _number(row.get("number")), plain(row.get("name"))


def _activities(result: Score, gold: list[Json], record: Json) -> None:
    rows = rows_of(record, "activities")
    result.sets("activities", map(_activity_key, gold), map(_activity_key, rows), rows)
    pool: dict[Hashable, list[Json]] = {}
    for row in rows:
        pool.setdefault(_activity_key(row), []).append(row)
    for activity in gold:
        same = pool.get(_activity_key(activity)) or []
        parent = plain(activity.get("parent"))
        row = next((r for r in same if plain(r.get("parent")) == parent), same[0] if same else {})
        if same:
            same.remove(row)
        _activity(result, activity, row)


def _activity(result: Score, gold: Json, row: Json) -> None:
    where = f"{gold.get('number')} {gold.get('name')}"
    for name in ("kind", "parent"):
        result.value(f"activities.{name}", gold.get(name), row.get(name), row)
    organizers = rows_of(row, "organizers")
    for which in ("raw", "name"):
        result.sets(
            f"activities.organizers.{which}",
            ((where, *key) for key in _organizer_keys(gold.get("organizers"), which)),
            ((where, *key) for key in _organizer_keys(organizers, which)),
            organizers,
        )
    for name in ("starts_on", "ends_on", "start_time"):
        # An end on the day of the start may be given or left out.
        implied = name == "ends_on" and row.get(name) == row.get("starts_on") and not gold.get(name)
        result.value(f"activities.{name}", gold.get(name), None if implied else row.get(name), row)
    if "venues" in gold:
        venues = _plains(row.get("venues"))
        result.sets("activities.venues", _plains(gold["venues"]), venues, [row] * len(venues))
    text = plain(row.get("description")) or ""
    for key, fits in (("description_head", text.startswith), ("description_tail", text.endswith)):
        if wanted := plain(gold.get(key)):
            hit = [(where, wanted)] if fits(wanted) else []
            result.sets("activities.description", [(where, wanted)], hit)


def _dates(result: Score, gold: list[Json], record: Json) -> None:
    """Recall alone: a record may state more dates than gold lists."""

    def key(row: Json) -> tuple[Any, Any, Any]:
        start = row.get("starts_on")
        return start, row.get("ends_on") or start, row.get("start_time")

    have = [key(row) for row in rows_of(record, "dates")]
    for row in gold:
        want = key(row)
        hit = any(got[:2] == want[:2] and want[2] in (None, got[2]) for got in have)
        result.sets("dates", [want], [want] if hit else [])


def _deadlines(result: Score, gold: list[Json], record: Json) -> None:
    """A row is right if it is due on the day and its ``what`` holds gold's words."""
    rows = rows_of(record, "deadlines")

    def fits(want: Json, row: Json) -> bool:
        return bool(
            want["due_on"] == row.get("due_on")
            and (plain(want["what"]) or "") in (plain(row.get("what")) or "")
        )

    pairs = largest_matching(gold, rows, fits)
    for want, j in zip(gold, pairs, strict=True):
        key = (want["due_on"], want["what"])
        result.sets("deadlines", [key], [key] if j is not None else [])
        if j is not None:
            result.value("deadlines.due_time", want.get("due_time"), rows[j].get("due_time"), rows[j])
    others = [row for j, row in enumerate(rows) if j not in pairs]
    result.sets("deadlines", (), ((row.get("due_on"), plain(row.get("what"))) for row in others), others)


def largest_matching(
    gold: Sequence[Json], rows: Sequence[Json], fits: Callable[[Json, Json], bool]
) -> list[int | None]:
    """For each of ``gold`` the index of its row, or None, such that as many as possible have one
    and none is used twice (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j, row in enumerate(rows):
            if j not in tried and fits(gold[i], row):
                tried.add(j)
                if j not in owner or place(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    taken = {i: j for j, i in owner.items()}
    return [taken.get(i) for i in range(len(gold))]


def _contacts(result: Score, gold: list[Json], record: Json) -> None:
    rows = rows_of(record, "contacts")

    def key(row: Json) -> Hashable:
        return tuple(tuple(sorted(_plains(row.get(f)))) for f in ("persons", "phones", "fax", "emails"))

    result.sets("contacts", map(key, gold), map(key, rows), rows)
    with_unit = [row for row in rows if row.get("unit") is not None]
    result.sets(
        "contacts.unit",
        _plains(row.get("unit") for row in gold),
        (plain(row["unit"]) for row in with_unit),
        with_unit,
    )


def _people(result: Score, gold: list[Json], record: Json) -> None:
    rows = rows_of(record, "people")
    for which, names in (("name", ("role", "name")), ("title", ("role", "name", "title"))):
        result.sets(
            f"people.{which}",
            (tuple(plain(row.get(name)) for name in names) for row in gold),
            (tuple(plain(row.get(name)) for name in names) for row in rows),
            rows,
        )


def _attachments(result: Score, gold: list[Json], record: Json) -> None:
    rows = rows_of(record, "attachments")
    result.sets(
        "attachments",
        ((row.get("number"), plain(row["title"])) for row in gold),
        ((_number(row.get("number")), plain(row.get("title"))) for row in rows),
        rows,
    )
    titled = {plain(row.get("title")): row for row in rows}
    for attachment in gold:
        row = titled.get(plain(attachment["title"]), {})
        if "embedded" in attachment:
            result.value("attachments.embedded", attachment["embedded"], row.get("embedded"), row)
        fields = rows_of(row, "fields")
        result.sets(
            "attachments.fields", _plains(attachment.get("fields")), (plain(f.get("label")) for f in fields)
        )
        options = {plain(f.get("label")): f.get("options") for f in fields}
        for label, wanted in (attachment.get("options") or {}).items():
            result.sets(
                "attachments.options",
                ((label, value) for value in _plains(wanted)),
                ((label, value) for value in _plains(options.get(plain(label)))),
            )


def _quotas(result: Score, gold: list[Json], record: Json) -> None:
    def key(row: Json) -> Hashable:
        return plain(row.get("who")), _number(row.get("min")), _number(row.get("max")), plain(row.get("unit"))

    rows = rows_of(record, "quotas")
    result.sets("quotas", map(key, gold), map(key, rows), rows)


def _references(result: Score, gold: list[Json], record: Json) -> None:
    """Recall alone: a record may list books and courses too."""
    have = {plain(row.get("title")): row for row in rows_of(record, "references")}
    for row in gold:
        title = plain(row["title"])
        result.sets("references.title", [title], [title] if title in have else [])
        if row.get("doc_number"):
            result.value("references.doc_number", row["doc_number"], have.get(title, {}).get("doc_number"))


def _findings(result: Score, gold: list[str], record: Json) -> None:
    """Each code once; those of severity info are not compared."""
    codes = {str(row.get("code")) for row in rows_of(record, "findings") if row.get("severity") != "info"}
    result.sets("findings", gold, codes)


def _evidence(result: Score, record: Json) -> None:
    """Every row points into the text, and its ``raw`` is found where it points."""
    text = record.get("text")
    for key in ROWS:
        for row in rows_of(record, key):
            for part in (row, *rows_of(row, "organizers")):
                result.sets("evidence", ["ok"], ["ok"] if _is_grounded(part, text) else [])


def _is_grounded(row: Json, text: Any) -> bool:
    evidence = row.get("evidence") or {}
    start, end = evidence.get("start"), evidence.get("end")
    if not (isinstance(text, str) and isinstance(start, int) and isinstance(end, int)):
        return False
    if not 0 <= start < end <= len(text):
        return False
    return (plain(row.get("raw")) or "") in (plain(text[start:end]) or "")


_PARTS: dict[str, Callable[[Score, Any, Json], None]] = {
    "events": _events,
    "themes": _themes,
    "sections": _sections,
    "declared_counts": _declared_counts,
    "event_organizers": _event_organizers,
    "member_units": _member_units,
    "activities": _activities,
    "dates": _dates,
    "deadlines": _deadlines,
    "contacts": _contacts,
    "people": _people,
    "attachments": _attachments,
    "quotas": _quotas,
    "references": _references,
    "findings": _findings,
}
