"""Places of GB/T 2260: mentions in text, what a name means in its context, whom a body serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

import regex

from noticetab import rules
from noticetab.normalize import divisions
from noticetab.normalize.divisions import MUNICIPALITIES, Level, Place, at_level, get, is_valid, parent

__all__ = [
    "Context",
    "Level",
    "Mention",
    "Place",
    "Prefix",
    "at_level",
    "find_all",
    "get",
    "is_company",
    "is_national",
    "of_body",
    "of_owner",
    "of_town",
    "own_level",
    "parent",
    "prefix",
    "resolve",
]


Context: TypeAlias = "Place | str | Iterable[Place] | None"
"""What is known of the surroundings: a place, several, or a text that mentions some."""


class Mention(NamedTuple):
    """A place named in a text: ``text[start:end]``, and the lowest division it names.

    ``place`` is null when the name is that of several places and nothing settles which.
    """

    start: int
    end: int
    raw: str
    place: Place | None


# --- choosing among places of one name ----------------------------------------------------------


def _keys(context: Context) -> tuple[str, ...]:
    if context is None:
        return ()
    if isinstance(context, Place):
        return (context.key,)
    if isinstance(context, str):
        return tuple(dict.fromkeys(m.place.key for m in find_all(context) if m.place))
    return tuple(dict.fromkeys(place.key for place in context))


def _nearness(adcode: str, keys: tuple[str, ...]) -> int:
    """4 the context itself, 3 within it, 2 in the same city, 1 in the same province, 0 elsewhere."""
    best = 0
    for key in keys:
        same = 2 if adcode[:2] in MUNICIPALITIES else 4
        if adcode.startswith(key):
            near = 4 if adcode == key.ljust(6, "0") else 3
        elif len(key) >= same and adcode[:same] == key[:same]:
            near = 2
        else:
            near = int(adcode[:2] == key[:2])
        best = max(best, near)
    return best


def _choose(numbers: list[int], keys: tuple[str, ...], year: int | None, short: bool) -> int | None:
    """The row meant by a name that these rows bear, or None if that is not certain."""
    known = divisions.index()
    rows = known.rows
    if short:
        # 吉林 in a notice of 吉林市 is that city, elsewhere the province.
        own = next((n for n in numbers if _nearness(rows[n].adcode, keys) == 4), None)
        province = next((n for n in numbers if rows[n].level == "province"), None)
        if province is not None:
            return province if own is None else own
    ranked: dict[tuple[int, bool], list[int]] = {}
    for n in numbers:
        near = min(_nearness(rows[n].adcode, keys), 3)
        # A county without its ending is a place only where the context makes it one.
        if short and rows[n].level == "county" and near < 2:
            continue
        ranked.setdefault((near, is_valid(rows[n], year)), []).append(n)
    if not ranked:
        return None
    best = ranked[max(ranked)]
    if len(best) > 1:
        top = [n for n in best if all(known.place(n).holds(known.place(other)) for other in best)]
        if not top and len({rows[n].now or rows[n].adcode for n in best}) == 1:
            top = [max(best, key=lambda n: rows[n].until or 9999)]
        best = top
    return best[0] if len(best) == 1 else None


class _Parsed(NamedTuple):
    """A chain of divisions at the start of a text: how far it reaches, and its last place.

    ``number`` is None where a name is certain to be a place but not which one.
    """

    end: int
    number: int | None
    short: bool


def _bearers(name: str, keys: tuple[str, ...], year: int | None) -> tuple[list[int], bool]:
    """The rows that bear a name, and whether it is their short name.

    A name is its full bearer's, unless that is gone or elsewhere and the context has one by the short
    name: 沙县 is 沙县区 since 2021, 巴州 in 巴中市 is 巴州区.
    """
    known = divisions.index()
    full, short = known.by_name.get(name), known.by_short.get(name)
    if not full or not short:
        return (full or short or []), not full
    settled = any(is_valid(known.rows[n], year) and _nearness(known.rows[n].adcode, keys) > 0 for n in full)
    near = [n for n in short if is_valid(known.rows[n], year) and _nearness(known.rows[n].adcode, keys) > 1]
    return (near, True) if near and not settled else (full, False)


@rules.remembered(8192)
def _parse(text: str, keys: tuple[str, ...], year: int | None) -> _Parsed | None:
    known = divisions.index()
    at, number, short = 0, None, False
    found = False
    inside = keys
    while at < len(text):
        for length in known.lengths.get(text[at : at + 2], ()):
            name = text[at : at + length]
            if len(name) < length:
                continue
            numbers, is_short = _bearers(name, inside, year)
            if not numbers:
                continue
            if is_short and _is_word_part(text, at + length, numbers):
                continue
            if found:
                if number is None:
                    continue
                above = known.place(number)
                numbers = [n for n in numbers if known.is_below(n, above)]
                if not numbers:
                    continue
            elif length == 2 and not is_short and text[at + 1] == "区" and not keys:
                continue
            chosen = _choose(numbers, inside, year, is_short)
            if chosen is None and (is_short or found):
                continue
            at += length
            number, short, found = chosen, is_short, True
            if chosen is not None:
                inside = (known.place(chosen).key,)
            break
        else:
            break
    return _Parsed(at, number, short) if found else None


def _is_word_part(text: str, at: int, numbers: list[int]) -> bool:
    """Whether a short name that ends at ``at`` is part of another word: 中山大学, 南京路.

    Not where a division within it follows (哈尔滨道里区).
    """
    known = divisions.index()
    if text[at : at + 1] in ("市", "县") and not text.startswith(("市场", "市政", "县域"), at):
        return True  # 镇远市 is not 镇远县 under its short name
    if not text.startswith(tuple(known.rules.reading.not_after_short), at):
        return False
    places = [known.place(number) for number in numbers]
    return not any(
        known.is_below(below, place)
        for length in known.lengths.get(text[at : at + 2], ())
        for below in known.by_name.get(text[at : at + length], ())
        for place in places
    )


class Prefix(NamedTuple):
    """The divisions at the start of a text: ``text[:end]``, and the lowest of them.

    ``place`` is null where the name is certain to be a place but not which one; ``end`` is 0 where
    the text begins with no place. ``short`` tells that the last name stands without 省, 市 or 区.
    """

    place: Place | None
    end: int
    short: bool


def prefix(text: str, context: Context = None, year: int | None = None) -> Prefix:
    """The chain of divisions at the start of ``text`` (济南市历城区 of 济南市历城区教育局)."""
    parsed = _parse(text, _keys(context), year)
    if parsed is None:
        return Prefix(None, 0, False)
    place = None if parsed.number is None else divisions.index().place(parsed.number, year)
    return Prefix(place, parsed.end, parsed.short)


def of_owner(name: str) -> Place | None:
    """The province or city that a school's or company's name begins with (洛阳 of 洛阳理工学院)."""
    known = divisions.index()
    for length in known.lengths.get(name[:2], ()):
        start = name[:length]
        numbers = known.by_name.get(start) or known.by_short.get(start) or ()
        upper = [n for n in numbers if known.rows[n].level != "county" and known.rows[n].until is None]
        if upper:
            return known.place(upper[0])
    return None


def is_national(name: str) -> bool:
    """Whether a name is that of a ministry or of a body of the whole country (or beyond)."""
    national = divisions.index().rules.national
    return name.startswith((*national.starts, *national.ministries))


def is_company(name: str) -> bool:
    """Whether a name ends as companies' names do."""
    return name.endswith(tuple(divisions.index().rules.companies.ends))


def resolve(name: str, context: Context = None, year: int | None = None) -> Place | None:
    """The place that a name is, or None if it is none or could be several.

    Takes full names, chains (济南市历城区), abbreviated autonomous units (延边州) and names without
    their ending; a county's name without ending (德清) counts only within the context's own city or
    province. ``context`` settles homonyms: 和平区 in 天津 and in 沈阳. ``year`` prefers names of that
    year (蓟县 until 2016).
    """
    found = prefix(name, context, year)
    return found.place if found.end == len(name) else None


def find_all(text: str, context: Context = None, year: int | None = None) -> list[Mention]:
    """All mentions of places in running text, in order, never overlapping.

    Counties are found by their full names only, provinces and cities without 省 or 市 too. What is
    also a common noun (新城区) counts only after a higher division or within ``context``.
    """
    return list(_mentions(text, () if isinstance(context, str) else _keys(context), year))


def _mentions(text: str, keys: tuple[str, ...], year: int | None) -> Iterator[Mention]:
    known = divisions.index()
    lengths, common = known.lengths, frozenset(known.rules.reading.common_nouns)
    at = 0
    while at < len(text) - 1:
        if text[at : at + 2] not in lengths:
            at += 1
            continue
        parsed = _parse(text[at : at + 40], keys, year)
        if parsed is None:
            at += 1
            continue
        raw = text[at : at + parsed.end]
        place = None if parsed.number is None else known.place(parsed.number, year)
        uncertain = raw in common or (len(raw) <= 2 and raw in known.by_name)
        # 和县 in 市和县, 南山区 in 西南山区: only what the context holds is certainly a place.
        if uncertain and (place is None or _nearness(place.adcode, keys) < 2):
            at += 1
            continue
        yield Mention(at, at + parsed.end, raw, place)
        at += parsed.end


# --- the place a body serves --------------------------------------------------------------------

_LEVEL_WORDS: dict[str, Level] = {
    "自治区": "province", "自治州": "city", "自治县": "county", "自治旗": "county",
    "地区": "city", "林区": "county", "特区": "county",
    "省": "province", "市": "city", "州": "city", "盟": "city",
    "区": "county", "县": "county", "旗": "county",
}  # fmt: skip


def own_level(word: str, context: Place) -> Place | None:
    """What 省, 市, 区, 县, 州, 盟 or 旗 without a name means in a notice of ``context``.

    市 is the county-level city that issues the notice, else its prefecture or municipality; 区 in a
    county or 县 in a district is nothing that the context can say.
    """
    level = _LEVEL_WORDS[word]
    if level == "province":
        found = at_level(context, "province")
        return found if found and found.name.endswith(("省", "自治区")) else None
    if context.name.endswith(word):
        return context
    if level == "county":
        return None
    found = at_level(context, "city")
    return found if found and found.name.endswith(word) else None


_OF_COMPANY = regex.compile(r"公司(?:工会|团委|党委|党组|科协|科学技术协会|妇联|委员会|共青团)")


def of_body(name: str, context: Context = None, year: int | None = None) -> Place | None:
    """The place that a body governs or serves, read from its name; None if it has none.

    National bodies, schools and companies have none (rule 3 of docs/record.md). A street's or
    town's place is its county or district. 市科协 and the like need a ``context`` that is a place;
    for anything else the context settles homonyms, and may be a text that mentions places.
    """
    text = "".join(name.split())
    known = divisions.index()
    knowledge = known.rules
    if not text:
        return None
    start = match.end() if (match := knowledge.prefixes.pattern.match(text)) else 0
    national = text.startswith((*knowledge.national.starts, *knowledge.national.ministries))
    if national and not start:
        inner = next((m for m in find_all(text, context, year) if m.place), None)
        return inner.place if inner and text.endswith(tuple(knowledge.national.branch_ends)) else None
    rest = text[start:]
    schools = knowledge.schools
    place, end, short = prefix(rest, context, year)
    if is_company(rest) or _OF_COMPANY.search(rest):
        return None
    if schools.pattern.search(rest) and (short or not end or not rest.endswith(tuple(schools.unless_ends))):
        return None
    if match := knowledge.branches.pattern.search(rest):
        within = resolve(match["place"], place or context, year)
        if within is not None:
            return within
    if place is not None and place.level == "county":
        return place
    if town := knowledge.towns.pattern.match(rest[end:]):
        county = of_town(town["town"], place or context)
        if county is not None:
            return county
    if place is not None or end:
        return place
    word = next((w for w in (*_LEVEL_WORDS,) if rest.startswith(w)), None)
    if word and isinstance(context, Place):
        return own_level(word, context)
    if isinstance(context, Place) and rest.startswith(
        ("团省委", "团市委", "团区委", "团县委", "团州委", "团旗委")
    ):
        return own_level(rest[1], context)
    return None


def of_town(name: str, context: Context = None) -> Place | None:
    """The county or district of a street or town (展览路街道), the context's one among several.

    A name that the list of towns does not hold is in the one county that the context names, if it
    names exactly one.
    """
    known = divisions.index()
    keys = _keys(context)
    if isinstance(context, Place) and context.level == "county" and context.until is not None:
        return context  # the list knows towns by their district of today
    ranked: dict[int, list[str]] = {}
    for code in known.counties_of(name):
        ranked.setdefault(min(_nearness(code, keys), 3), []).append(code)
    if ranked:
        best = max(ranked)
        # Without a context only a name that no other county has is certain.
        if len(ranked[best]) == 1 and (best > 0 or not keys):
            return get(ranked[best][0])
    counties = [key for key in keys if len(key) == 6]
    return get(counties[0]) if len(counties) == 1 else None


def has_town(county: Place, name: str) -> bool:
    """Whether a county or district has a street or town of that name (rules/towns.csv)."""
    return county.adcode in divisions.index().counties_of(name)
