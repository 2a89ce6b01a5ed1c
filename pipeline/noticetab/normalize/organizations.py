"""Full official names of organizations, read from how a notice prints them.

市科协 in a notice of 湖州市 is 湖州市科学技术协会, 区教育局 after 河东区科学技术协会 is 天津市河东区教育局,
电子学院 after 天津师范大学物理学院 is a unit of the same university. What cannot be expanded with
certainty stays as printed, with a low confidence. Abbreviations are data: ``rules/organizations.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import regex

from noticetab import rules
from noticetab.normalize import kinds, lists, places, registry, schools
from noticetab.normalize.lists import NameSpan
from noticetab.normalize.names import Full, NameContext, Near, OrgName
from noticetab.normalize.places import Place
from noticetab.normalize.vocabulary import Inside, vocabulary

_LEVEL = regex.compile(r"^(?:我|本)?(自治[区州县旗]|地区|林区|特区|省|市|区|县|州|盟|旗)(?=.)")
_LEAGUE = regex.compile(r"^团(自治区|地|省|市|区|县|州|盟|旗)委")
_TOWN = regex.compile(
    r"^\w{1,9}?(?:街道|镇|乡|苏木)(?=办事处|人民政府|政府|党|团|妇|科|社区|工|委|综合|文化|中心|小学|中学|卫生院|敬老院|派出所|司法所|办$|$)"
)
_TOWN_NAME = regex.compile(r"^[\u4e00-\u9fff]{1,9}?(?:街道|镇|乡|苏木)")
_MINISTRY_UNIT = regex.compile(r"^(?P<owner>\w{2,14}?(?:部|署|总局))(?=\w{2,14}司$)")
_SOCIETY = ("学会", "研究会")
_LONGEST = 100
"""No organization's name has more characters; a longer text stays as printed."""
_REMEMBERED = 20_000
"""How many names of one context are remembered before starting anew."""


class OrganizationNormalizer:
    """Splits lists of organizations and writes their names in full, for notices of one context."""

    def __init__(self, context: NameContext | None = None) -> None:
        self.context = context or NameContext()
        self._words = vocabulary()
        self._known = _memory().setdefault(self.context, {})
        region = self.context.region
        if region is None and self.context.school:
            region = places.of_owner(self.context.school)
        self._region = region

    def split(self, text: str, *, generic: bool = False) -> list[NameSpan]:
        """The names of a printed list; see :func:`noticetab.normalize.lists.split`."""
        return lists.split(text, generic=generic, school=self.context.school)

    def names(self, raws: Sequence[str], previous: str | None = None) -> list[str]:
        """The full official names of a list, in order; heads elided from left neighbours are restored.

        ``previous`` is the last name of the line before (主办 above 承办): 区 may refer to its district.
        """
        return [found.name for found in self.resolve(raws, previous)]

    def resolve(self, raws: Sequence[str], previous: str | Place | None = None) -> list[OrgName]:
        """As :meth:`names`, with confidence, rule, kind, place served and id of each.

        ``previous`` may be a place that was named just before.
        """
        near = Near()
        if isinstance(previous, Place):
            near = Near((previous,))
        elif previous:
            _, after = self._resolve(previous, near)
            near = Near(after.named)
        found = []
        for number, raw in enumerate(raws):
            result, near = self._resolve(raw, near)
            if (whole := self._with_tail(raw, raws[number + 1 :])) is not None:
                result, near = self._resolve(whole, near)
                result = result._replace(raw=raw, confidence=min(result.confidence, 0.7))
            found.append(result)
        return found

    def _with_tail(self, raw: str, following: Sequence[str]) -> str | None:
        """A name with the ending that the list gives only once: 教育 of 市教育、科技、体育局."""
        if self._words.has_head(raw) or not following or len(raw) > 8:
            return None
        last = next((name for name in following[:6] if self._words.has_head(name)), "")
        if last[-1:] not in ("局", "厅", "委"):
            return None
        level = _LEVEL.match(raw)
        body = raw[level.end() :] if level else raw
        return raw + last[-1] if body + last[-1] in self._words.known else None

    def kind(self, name: str) -> list[str]:
        """The org_kind of a full name; see :func:`noticetab.normalize.kinds.kind`."""
        return kinds.kind(name)

    def org_id(self, name: str) -> str:
        """The stable id of a full name; see :func:`noticetab.normalize.registry.org_id`."""
        return registry.org_id(name)

    def _resolve(self, raw: str, near: Near) -> tuple[OrgName, Near]:
        key = (raw, near)
        if key not in self._known:
            full = self._full(raw, near)
            near_region = [self._region] if self._region else []
            short_enough = len(full.name) <= 2 * _LONGEST
            served = places.of_body(full.name, near_region, self.context.year) if short_enough else None
            confidence = full.confidence
            if not self._words.has_head(lists.without_bracket(full.name)):
                confidence = min(confidence, 0.6)  # a short name, or not the name of an organization
            result = OrgName(
                raw, full.name, confidence, full.rule, tuple(kinds.kind(full.name)),
                served.adcode if served else None, registry.org_id(full.name),
            )  # fmt: skip
            named = near.named
            if full.place is not None:
                named = (full.place, *(place for place in named if place != full.place))[:4]
            after = Near(named, full.place, full.owner, full.name.endswith(_SOCIETY))
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[key] = (result, after)
        return self._known[key]

    # --- one name ---------------------------------------------------------------------------

    def _full(self, raw: str, near: Near) -> Full:
        """Try what a name can begin with, from the most certain."""
        text, _ = lists.without_alias("".join(raw.split()))
        if not 0 < len(text) <= _LONGEST:
            return Full(raw, 0.3, "organization.printed")
        for reading in (
            self._joint, self._company, self._league, self._party, self._national, self._beginning,
            self._placed, self._level, self._school, self._town, self._bare,
        ):  # fmt: skip
            if (full := reading(text, near)) is not None:
                return full
        return self._as_printed(text)

    def _as_printed(self, text: str) -> Full:
        """What nothing is known of: only abbreviations at the ends of its parts are written out."""
        if text.startswith(("镇", "乡", "街道", "办事处", "村")):
            return Full(self._words.endings(text), 0.4, "organization.level-unsettled")
        full = self._words.printed(text)
        # 高新区管理委员会 lacks its place, which nothing here tells.
        unsure = full.endswith("管理委员会") or self._words.body(text).confidence < 0.6
        return Full(full, 0.5 if unsure else 0.9, "organization.printed")

    def _joint(self, text: str, _near: Near) -> Full | None:
        """One body whose name holds a 、."""
        name = self._words.joint.get(text)
        return None if name is None else Full(name, 1.0, "organization.joint", places.prefix(name).place)

    def _company(self, text: str, near: Near) -> Full | None:
        """Companies stay as printed, but 市 or 区 before a short name is written out."""
        if not places.is_company(text):
            return None
        if (match := _LEVEL.match(text)) and not text.startswith(self._words.not_levels):
            place = self._of_level(match[1], near)
            if place is not None:
                return Full(place.full_name + text[match.end() :], 0.7, "organization.company")
        return Full(text, 1.0, "organization.company")

    def _league(self, text: str, near: Near) -> Full | None:
        """共青团天津市委, 团市委, 区团委, 校团委, 某某大学团委: 共青团 + whose + 委员会."""
        if text.startswith("中国共产主义青年团"):
            text = "共青团" + text.removeprefix("中国共产主义青年团")
        if match := _LEAGUE.match(text):
            place = self._of_level("地区" if match[1] == "地" else match[1], near)
            if place is None:
                return Full(text, 0.4, "organization.level-unsettled")
            rest = text[match.end() :]
            tail = "委" + rest if rest else "委员会"
            return Full(f"共青团{place.full_name}{tail}", 1.0, "organization.league", place)
        if text.startswith("共青团"):
            inner = text.removeprefix("共青团")
            found = self._prefix(inner, near)
            if found.place and inner[found.end :] in ("", "委", "委员会"):
                return Full(f"共青团{found.place.full_name}委员会", 1.0, "organization.league", found.place)
            if (level := _LEVEL.match(inner)) and inner[level.end() :] in ("委", "委员会"):
                return self._league(f"团{level[1]}委", near)
            return Full(text, 1.0, "organization.printed", owner=schools.league_owner(text))
        if not text.endswith("团委") or text.endswith("分团委"):
            return None
        return self._league_of(text.removesuffix("团委"), near)

    def _league_of(self, whose: str, near: Near) -> Full | None:
        """The League committee of what stands before 团委 (校, 区, 河东区, 某某大学, nothing)."""
        school = self.context.school
        if whose in ("", "校", "院", "学校", "学院", "本校"):
            owner = near.owner or (None if near.body else school)
            if owner and (whose not in ("院", "学院") or owner.endswith("学院")):
                return Full(f"共青团{owner}委员会", 0.95, "organization.league", owner=owner)
            place = near.body if not whose else None
            if place is None and not whose and not school and self._region:
                return Full(
                    f"共青团{self._region.full_name}委员会", 0.65, "organization.league", self._region
                )
            if place:
                return Full(f"共青团{place.full_name}委员会", 0.85, "organization.league-elided", place)
            return Full(whose + "团委", 0.4, "organization.level-unsettled")
        found = self._prefix(whose, near)
        if found.place and found.end == len(whose):
            return Full(f"共青团{found.place.full_name}委员会", 1.0, "organization.league", found.place)
        if (level := _LEVEL.match(whose + "委")) and level[1] == whose:
            return self._league(f"团{whose}委", near)
        college = whose.endswith(("学院", "系", "书院", "学部")) and places.of_owner(whose) is None
        if school and college and not schools.is_school(whose) and schools.owner(whose) is None:
            return Full(f"共青团{school}{whose}委员会", 0.9, "organization.league", owner=school)
        owner = whose if schools.ends_as_school(whose) else None
        if owner or self._words.has_head(whose):
            return Full(f"共青团{whose}委员会", 0.95, "organization.league", owner=owner)
        return None

    def _party(self, text: str, near: Near) -> Full | None:
        """中共河西区委, 市委宣传部, 区委, 自治区党委: 中共 + place + 委员会 or 委 + department."""
        if text.startswith("中国共产党"):
            text = "中共" + text.removeprefix("中国共产党")
        party = text.startswith("中共")
        inner = text.removeprefix("中共")
        found = self._prefix(inner, near)
        place, rest = found.place, inner[found.end :]
        if found.short and not rest.startswith(("委", "党委", "纪委", "地委")):
            # 中共洛阳理工学院委员会: the place is part of a school's or company's name.
            return self._unchanged(text, "organization.printed") if party else None
        if not found.end:
            level = regex.match("^(地)(?=委)", inner) or _LEVEL.match(inner)
            if level is None or not (party or inner[level.end() :].startswith(("委", "党委", "纪委"))):
                return (
                    self._unchanged(text, "organization.printed")
                    if party
                    else self._school_party(inner, near)
                )
            place = self._of_level("地区" if level[1] == "地" else level[1], near)
            rest = inner[level.end() :]
            if place is None:
                return Full(text, 0.4, "organization.level-unsettled")
        if place is None:
            return self._unchanged(text, "organization.place-unsettled", 0.5) if party else None
        return self._party_of(place, rest, party)

    def _party_of(self, place: Place, rest: str, party: bool) -> Full | None:
        """A Party committee or its department; ``party`` if 中共 was printed."""
        rest = rest.removeprefix("地") if place.name.endswith("地区") and rest.startswith("地委") else rest
        if rest in ("委", "党委") or (party and rest in ("", "委员会")):
            return Full(f"中共{place.full_name}委员会", 1.0, "organization.party", place)
        if rest.startswith("党委") or (party and rest.startswith("委员会")):
            department = rest.removeprefix("党委").removeprefix("委员会")
            body = self._words.party(department)
            name = f"中共{place.full_name}委员会{body.name}"
            return Full(name, body.confidence, "organization.party", place)
        if rest.startswith("委") and not rest.startswith("委员会"):
            body = self._words.party(rest[1:])
            if party or body.known or self._words.has_head(rest):
                stem = place.full_name.removesuffix("区") if place.name.endswith("地区") else place.full_name
                name = f"中共{stem}委{body.name}"
                return Full(name, body.confidence, "organization.party", place)
        if party:
            rest = "纪律检查委员会" if rest == "纪委" else self._words.party(rest).name
            return Full(f"中共{place.full_name}{rest}", 0.95, "organization.party", place)
        if rest in self._words.party_alone:
            body = self._words.party(rest)
            return Full(f"中共{place.full_name}委{body.name}", 0.85, "organization.party", place)
        return None

    def _school_party(self, text: str, near: Near) -> Full | None:
        """党委宣传部 of the place before it (自治区科技厅、党委宣传部), 校党委 of the issuing school."""
        match = regex.match(r"^(?:校|院|学校|学院)?党委(?P<department>.*)$", text)
        if match is None:
            return None
        if near.body is not None and text.startswith("党委"):
            rest = text if near.body.name.endswith("自治区") else text.removeprefix("党")
            full = self._party_of(near.body, rest, False)
            return full and full._replace(confidence=min(full.confidence, 0.85))
        school, department = self.context.school, match["department"]
        if not school:
            return None
        if not department:
            return Full(f"中共{school}委员会", 0.95, "organization.school-party", owner=school)
        # Departments are signed 某某大学党委宣传部 as often as 中共某某大学委员会宣传部.
        name = schools.unit(school, "党委" + department)
        return Full(name, 0.8, "organization.school-party", owner=school)

    def _national(self, text: str, _near: Near) -> Full | None:
        """Ministries and national bodies: abbreviations written out, the rest as printed."""
        if full := self._words.national(text):
            return Full(full, 1.0, "organization.national")
        if text.startswith(tuple(self._words.data.beginnings)) or not places.is_national(text):
            return None
        owner = schools.owner(text)
        if owner is None and (ministry := _MINISTRY_UNIT.match(text)):
            owner = ministry["owner"]
        return Full(self._words.endings(text), 1.0, "organization.national", owner=owner)

    def _beginning(self, text: str, near: Near) -> Full | None:
        """人行绵阳市中心支行, 政协河东区委员会, 民盟市委: the abbreviated owner in full, then the place."""
        owner, rest = self._words.beginning(text)
        if not owner or owner in ("中共", "共青团"):
            return None
        found = self._prefix(rest, near)
        place, tail = found.place, rest[found.end :]
        if not found.end and (level := _LEVEL.match(rest)):
            place, tail = self._of_level(level[1], near), rest[level.end() :]
            if place is None:
                return Full(text, 0.4, "organization.level-unsettled")
        if place is None:
            return Full(owner + self._words.body(rest).name, 0.8, "organization.beginning")
        named = rest[: found.end] if found.short else place.full_name
        tail = "委员会" if tail in ("委", "委会") else tail
        return Full(owner + named + tail, 0.95, "organization.beginning", place)

    def _placed(self, text: str, near: Near) -> Full | None:
        """Names that begin with a place: 吴兴区科协, 天津科协, 和平区青少年宫, 山东省烟台市农业科学研究院."""
        found = self._prefix(text, near)
        if not found.end:
            return None
        place, rest, printed = found.place, text[found.end :], text[: found.end]
        if not rest:
            return self._unchanged(text, "organization.place-only", 0.4)
        if place is None:
            body = self._words.body(rest)
            return Full(printed + body.name, 0.5, "organization.place-unsettled")
        if town := self._body_of_town(rest, place):
            return Full(place.full_name + town, 0.95, "organization.town", place)
        if league := _LEAGUE.match(rest):
            name = f"共青团{place.full_name}委{rest[league.end() :] or '员会'}"
            return Full(name, 0.95, "organization.league", place)
        if inside := self._words.place_inside(rest, self.context.year):
            return self._inside(inside, place)
        school = schools.owner(text)
        body = self._words.body(rest)
        if place.adcode[0] in "78" or (found.short and body.name in self._words.data.government.short_place):
            # Hong Kong, Macao and Taiwan have other governments; 上海社会科学院 is a full name.
            name = text if place.adcode[0] in "78" else printed + body.name
            return Full(name, 1.0, "organization.printed", place)
        # A short name is the place's only before what every place has: 天津科协, but 天津科学技术馆.
        if (body.known if found.short else body.known or body.department) and not (
            school and "大学" in school
        ):
            certain = 0.9 if found.short else 1.0
            name = place.full_name + body.name
            return Full(name, min(certain, body.confidence), "organization.place", place)
        if found.short:
            return Full(self._words.printed(text), 1.0, "organization.printed", owner=school)
        is_district = place.full_name != place.name
        named = place.full_name if is_district or printed != place.name else printed
        if printed.startswith(place.province) and printed != place.full_name:
            named = printed  # 山东省烟台市农业科学研究院: its own name has the province
        return Full(named + body.name, body.confidence, "organization.place", place)

    def _level(self, text: str, near: Near) -> Full | None:
        """Names that begin with a level alone: 市科协, 区融媒体中心, 省委."""
        match = _LEVEL.match(text)
        inside = self._words.place_inside(text, self.context.year)
        if match is None or (text.startswith(self._words.not_levels) and not inside):
            return None
        place, rest = self._of_level(match[1], near), text[match.end() :]
        if place is None:
            return Full(text, 0.4, "organization.level-unsettled")
        inside = inside or self._words.place_inside(rest, self.context.year)
        if inside:
            return self._inside(inside, place)
        body = self._words.body(rest)
        certain = self._certainty(match[1], place, near)
        return Full(place.full_name + body.name, min(certain, body.confidence), "organization.level", place)

    def _school(self, text: str, near: Near) -> Full | None:
        """Units of a school: 南开大学科技园 as printed, 教务处 and 校科协 of the issuing school."""
        school = self.context.school
        if named := schools.owner(text):
            return Full(self._words.printed(text), 1.0, "organization.printed", owner=named)
        if schools.is_school(text):
            return Full(text, 1.0, "organization.printed")
        if near.owner and near.owner != school and (elided := self._elided_unit(text, near)):
            return elided._replace(confidence=0.7) if school else elided
        if school and (own := schools.own_unit(school, text)):
            return Full(own[0], own[1], "organization.school-unit", owner=school)
        return None

    def _town(self, text: str, near: Near) -> Full | None:
        """A street's or town's bodies stand under its district or county: 初家街道办事处."""
        match = _TOWN.match(text) or self._own_town(text)
        if match is None:
            return None
        body = self._town_office(text[match.end() :])
        region = next((place for place in near.named[:1] if place.level == "county"), self._region)
        today = places.get(region.now) if region and region.now else region
        place = places.of_town(match[0], today)
        if place is None or (today and not (today.holds(place) or place.holds(today))):
            return Full(match[0] + body, 0.5, "organization.town-unsettled")
        if region and place == today:
            place = region  # under the name it had then
        unsure = body.endswith(("委", "办"))
        return Full(place.full_name + match[0] + body, 0.5 if unsure else 0.95, "organization.town", place)

    def _own_town(self, text: str) -> regex.Match[str] | None:
        """A street or town that the issuer's county has, before any office of it: 纸坊街道应急管理办公室."""
        county = self._region if self._region is not None and self._region.level == "county" else None
        match = _TOWN_NAME.match(text) if county is not None else None
        if match is None or county is None or match.end() == len(text):
            return None
        return match if places.has_town(county, match[0]) else None

    def _town_office(self, body: str) -> str:
        """A street's or town's office in full: 妇联, 办, 安委会办公室."""
        return self._words.short.get(body) or {"办": "办事处"}.get(body) or self._words.body(body).name

    def _body_of_town(self, text: str, place: Place) -> str | None:
        """A body of a town behind its county's name, where the county has such a town: 北留镇妇联."""
        match = _TOWN_NAME.match(text) if place.level == "county" else None
        if match is None or match.end() == len(text) or not places.has_town(place, match[0]):
            return None
        return match[0] + self._town_office(text[match.end() :])

    def _elided_unit(self, text: str, near: Near) -> Full | None:
        """A unit after another of the same university (华南农业大学资源环境学院、艺术学院) or ministry."""
        if not near.owner or places.of_owner(text) is not None or schools.is_school(text):
            return None
        ministry = near.owner.endswith(("部", "署", "总局"))
        ends = ("司",) if ministry else self._words.elided_units
        if not text.endswith(ends) or text.endswith(self._words.no_units):
            return None
        name = schools.unit(near.owner, text)
        return Full(name, 0.85, "organization.elided-unit", owner=near.owner)

    def _bare(self, text: str, near: Near) -> Full | None:
        """A department without place: of the body before it (住房和城乡建设厅、水利厅), else the issuer's."""
        party = text in self._words.party_alone
        inside = self._words.place_inside(text, self.context.year)
        body = self._words.body(text)
        if near.society and near.body is not None and text.endswith(_SOCIETY) and not text.startswith("中国"):
            return Full(near.body.full_name + body.name, 0.8, "organization.elided", near.body)
        if not (party or inside or body.known or body.department):
            return None
        place, confidence, rule = near.body, 0.85, "organization.elided"
        if place is None and not (party or inside or body.known):
            return None
        if place is None:
            place, confidence, rule = self._region, 0.65, "organization.issuers"
        if place is not None and body.name.endswith("厅") and place.level != "province":
            place = places.at_level(place, "province")
            confidence = 0.6
        if place is None or self.context.school:
            return Full(text, 0.4, "organization.level-unsettled")
        if party:
            name = f"中共{place.full_name}委{self._words.party(text).name}"
            return Full(name, confidence, rule, place)
        if inside:
            full = self._inside(inside, place)
            return full._replace(confidence=min(confidence, full.confidence), rule=rule)
        return Full(place.full_name + body.name, min(confidence, body.confidence), rule, place)

    # --- places -----------------------------------------------------------------------------

    def _prefix(self, text: str, near: Near) -> places.Prefix:
        around = (self._region, *near.named[:1]) if self._region else near.named[:1]
        return places.prefix(text, around, self.context.year)

    def _of_level(self, word: str, near: Near) -> Place | None:
        """What 市, 区 or 县 without a name means: the issuer's own, else that of the place named last."""
        own = places.own_level(word, self._region) if self._region is not None else None
        named = next((place for place in near.named if place.name.endswith(word)), None)
        if own is None and named is None and near.named:
            return places.own_level(word, near.named[0])
        return own or named

    def _certainty(self, word: str, place: Place, near: Near) -> float:
        """How certain a level's place is: less when the list named another one of that level before."""
        others = [other for other in near.named if other.name.endswith(word)]
        if others and others[0] != place:
            return 0.7
        return 1.0 if place == self._region or not others else 0.9

    def _inside(self, rule: Inside, place: Place) -> Full:
        name = rule.name.replace("{place}", place.full_name).replace("{short}", place.short or place.name)
        name = name.replace("{level}", place.name[-1])
        return Full(name, rule.confidence, "organization.place-inside", place)

    def _unchanged(self, text: str, rule: str, confidence: float = 1.0) -> Full:
        return Full(self._words.endings(text), confidence, rule)


_Memory: TypeAlias = dict[NameContext, dict[tuple[str, Near], tuple[OrgName, Near]]]


@rules.cached
def _memory() -> _Memory:
    """What was worked out for each context: notices of one office name the same bodies again and again."""
    return {}


__all__ = ["NameContext", "OrgName", "OrganizationNormalizer"]
