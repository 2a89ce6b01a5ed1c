"""Schools and their units in names: 天津师范大学 + 人工智能学院, 洛阳理工学院 + 教务处."""

from __future__ import annotations

import regex

from noticetab.normalize import lists, places
from noticetab.normalize.vocabulary import vocabulary

_UNIT = regex.compile(
    r"^(?P<school>.{2,16}?大学(?![城路街]|生(?![命物态理化殖]))(?:[（(]\w{2,6}[)）])?"
    r"|.{2,16}?(?<![科政义])学院(?![路街]))(?P<unit>.{2,})$"
)
_LEAGUE_UNIT = regex.compile(r"^共青团(?P<school>.{2,24}(?:大学|学院|学校))委员会$")
_OWN_UNIT = regex.compile(
    r"^(?P<whose>我校|本校|学校|校|院)(?=\w{2})(?!校?区|校?外|校?园|院士|校[报刊史医友]|[报刊史医友])"
)
_ENDS = ("大学", "学院", "学校", "中学", "小学", "附中", "附小", "幼儿园")


def is_school(name: str) -> bool:
    """Whether a name is a school's own: a university, or a college that names its place or kind."""
    if not name.endswith(("大学", "学院")):
        return False
    if "大学" in name:
        return name.endswith("大学")
    return places.of_owner(name) is not None or vocabulary().own_school.search(name) is not None


def ends_as_school(name: str) -> bool:
    """Whether a name ends as schools of any level do."""
    return name.endswith(_ENDS)


def owner(name: str) -> str | None:
    """The school whose unit a full name is (天津师范大学 of 天津师范大学人工智能学院), or None.

    A unit without its school (机械工程学院团委) has none.
    """
    match = _UNIT.match(name)
    if match is None:
        return None
    # Only a school has 学院 of its own: 泰山学院化学化工学院.
    whole = is_school(match["school"]) or "大学" in match["school"] or match["unit"].endswith(("学院", "系"))
    return match["school"] if whole else None


def league_owner(name: str) -> str | None:
    """The school of a League committee's full name (共青团天津师范大学委员会), or None."""
    match = _LEAGUE_UNIT.match(name)
    return match["school"] if match else None


def unit(school: str, name: str) -> str:
    """The full name of a school's unit: its abbreviation written out behind the school's name."""
    words = vocabulary()
    return school + (words.data.school.short.get(name) or words.printed(name))


def own_unit(school: str, name: str) -> tuple[str, float] | None:
    """A name without owner read as a unit of the issuing school, and how certain that is; or None.

    校 says so itself (校科协), and so does 院 where the school is a college; else the ending decides
    (教务处), with less certainty where other bodies end so too (之江实验室).
    """
    words = vocabulary()
    if match := _OWN_UNIT.match(name):
        if match["whose"] == "院" and not school.endswith("学院"):
            return None
        return unit(school, name[match.end() :]), 0.9 if match["whose"] == "院" else 0.95
    plain = lists.without_bracket(name)
    if not plain.endswith(words.unit_ends) or plain.endswith(words.no_units):
        return None
    if places.of_owner(name) is not None:
        return None
    return unit(school, name), 0.7 if plain.endswith(words.unsure_unit_ends) else 0.9
