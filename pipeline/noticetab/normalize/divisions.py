"""The list of divisions of GB/T 2260 and its rules, indexed by name and code.

Data: ``rules/places.csv`` (divisions since 2002, with their periods), ``rules/towns.csv`` (streets
and towns of each county) and ``rules/places.toml`` (how bodies' names tell their place).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from noticetab import rules

Level = Literal["province", "city", "county"]

MUNICIPALITIES = ("11", "12", "31", "50")
"""Code prefixes of 北京, 天津, 上海 and 重庆, whose districts have no city between."""


@dataclass(frozen=True, slots=True)
class Place:
    """A division of GB/T 2260.

    ``province``, ``city`` and ``county`` are the full names of the levels down to this place, null
    where there is none. ``full_name`` is what stands in front of the names of its bodies: a district
    carries its city or municipality (湖州市吴兴区), counties and cities stand by themselves, a province
    is never put before a city. ``since`` and ``until`` are the years of the lists in which the name
    begins and ceases (null: before 2003, or still current); ``now`` is today's code of a place that
    was renamed or merged.
    """

    adcode: str
    name: str
    short: str
    level: Level
    province: str
    city: str | None
    county: str | None
    full_name: str
    since: int | None = None
    until: int | None = None
    now: str | None = None

    @property
    def key(self) -> str:
        """The code without its closing 00 pairs: places within this one begin with it."""
        return self.adcode[: {"province": 2, "city": 4, "county": 6}[self.level]]

    def holds(self, other: Place) -> bool:
        """Whether ``other`` is this place or lies within it, by code."""
        return other.adcode.startswith(self.key)


class Row(NamedTuple):
    """A line of ``rules/places.csv``; the columns are explained there."""

    adcode: str
    name: str
    short: str
    since: int | None
    until: int | None
    now: str | None

    @property
    def level(self) -> Level:
        """Which level the code is of."""
        if self.adcode.endswith("0000"):
            return "province"
        return "city" if self.adcode.endswith("00") else "county"


class _Reading(rules.Rules):
    not_after_short: list[str]
    common_nouns: list[str]


class _National(rules.Rules):
    starts: list[str]
    ministries: list[str]
    branch_ends: list[str]


class _Schools(rules.Rules):
    pattern: rules.Regex
    unless_ends: list[str]


class _Companies(rules.Rules):
    ends: list[str]


class _Pattern(rules.Rules):
    pattern: rules.Regex


class PlaceRules(rules.Rules):
    """The schema of ``rules/places.toml``."""

    aliases: dict[str, str]
    reading: _Reading
    national: _National
    schools: _Schools
    companies: _Companies
    prefixes: _Pattern
    branches: _Pattern
    towns: _Pattern


class Index:
    """Names and short names to rows; places are made when first asked for."""

    def __init__(self) -> None:
        self.rows = rules.table("places", Row)
        self.rules = rules.load("places", PlaceRules)
        self.town_lines = rules.lines("towns")
        self.by_name: dict[str, list[int]] = {}
        self.by_short: dict[str, list[int]] = {}
        self.by_code: dict[str, list[int]] = {}
        autonomous = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
        for number, row in enumerate(self.rows):
            self.by_name.setdefault(row.name, []).append(number)
            self.by_code.setdefault(row.adcode, []).append(number)
            if row.short:
                self.by_short.setdefault(row.short, []).append(number)
                ending = autonomous.get(row.name[-3:]) or ("区" if row.name.endswith("族区") else "")
                if ending:
                    self.by_name.setdefault(row.short + ending, []).append(number)
        for alias, name in self.rules.aliases.items():
            self.by_name.setdefault(alias, []).extend(self.by_name.get(name, []))
        self.places: dict[tuple[int, int | None], Place] = {}

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """First two characters of a name or short name to the lengths that occur, longest first."""
        found: dict[str, set[int]] = {}
        for names in (self.by_name, self.by_short):
            for name in names:
                found.setdefault(name[:2], set()).add(len(name))
        return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}

    @cached_property
    def towns(self) -> str:
        """The list of towns as it is written: it is searched far faster than it is split."""
        return "".join(f"{line.replace(',', ', ')} \n" for line in self.town_lines)

    def counties_of(self, town: str) -> list[str]:
        """The codes of the counties that have a street or town of this name."""
        found, wanted, at = [], f" {town} ", -1
        while (at := self.towns.find(wanted, at + 1)) >= 0:
            line = self.towns.rfind("\n", 0, at) + 1
            found.append(self.towns[line : line + 6])
        return found

    def is_below(self, number: int, place: Place) -> bool:
        """Whether a row lies within ``place`` and is not that place."""
        adcode = self.rows[number].adcode
        return adcode != place.adcode and adcode.startswith(place.key)

    def place(self, number: int, year: int | None = None) -> Place:
        """The place of a row, below the city that it had in ``year`` (襄樊市, later 襄阳市)."""
        row = self.rows[number]
        if row.until is not None and (year is None or year >= row.until):
            year = row.until - 1
        key = (number, year)
        if key not in self.places:
            self.places[key] = self._make(row, year)
        return self.places[key]

    def _make(self, row: Row, year: int | None) -> Place:
        province = self._above(row.adcode[:2] + "0000", year)
        city = self._above(row.adcode[:4] + "00", year) if row.level != "province" else None
        county = row.name if row.level == "county" else None
        full_name = row.name
        if county and _is_district(row):
            above = province if row.adcode[:2] in MUNICIPALITIES else city
            full_name = (above or "") + row.name
        return Place(
            row.adcode, row.name, row.short, row.level, province or row.name, city, county, full_name,
            row.since, row.until, row.now,
        )  # fmt: skip

    def _above(self, adcode: str, year: int | None) -> str | None:
        """The name that the division ``adcode`` had in a year."""
        rows = [self.rows[n] for n in self.by_code.get(adcode, ())]
        if not rows:
            return None
        return next((row.name for row in rows if is_valid(row, year)), rows[-1].name)


def is_valid(division: Row | Place, year: int | None) -> bool:
    """Whether a division existed in a year, by the lists; None asks for those that exist now."""
    if year is None:
        return division.until is None
    return (division.since or 0) <= year and (division.until is None or year <= division.until)


@rules.cached
def index() -> Index:
    """The index of the lists in force, built once."""
    return Index()


def _is_district(row: Row) -> bool:
    """Whether a county-level place is a district, which carries its city.

    特区, and 林区 that GB/T 2260 numbers among the counties (21 to 50), stand by themselves as counties do.
    """
    if not row.name.endswith("区") or row.name.endswith("特区"):
        return False
    return not (row.name.endswith("林区") and 21 <= int(row.adcode[4:]) <= 50)


def get(adcode: str, year: int | None = None) -> Place | None:
    """The place of a six-digit code, under the name it had in ``year`` (default: the latest)."""
    divisions = index()
    numbers = divisions.by_code.get(adcode)
    if not numbers:
        return None
    valid = [n for n in numbers if is_valid(divisions.rows[n], year)]
    return divisions.place((valid or numbers)[-1], year)


def parent(place: Place) -> Place | None:
    """The division above: the city of a county, the province of a city or of a district without city."""
    year = place.until - 1 if place.until else None
    if place.level == "province":
        return None
    if place.level == "county" and (city := get(place.adcode[:4] + "00", year)):
        return city
    return get(place.adcode[:2] + "0000", year)


def at_level(place: Place, level: Level) -> Place | None:
    """The division of ``level`` that ``place`` is or lies in; a municipality is its own city.

    None for the city of a province, or of a county that lies in no city (仙桃市).
    """
    if place.level == level:
        return place
    if level == "province" or (level == "city" and place.adcode[:2] in MUNICIPALITIES):
        return get(place.adcode[:2] + "0000")
    return parent(place) if level == "city" and place.city else None
