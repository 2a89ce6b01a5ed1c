"""What contact points are made of: numbers, addresses, names and the offices they belong to (docs/record.md, rule 12)."""

from __future__ import annotations

import regex

from noticetab import rules
from noticetab.extraction import due
from noticetab.normalize import persons as surnames
from noticetab.patterns import pattern
from noticetab.segment.parts import is_org
from noticetab.segment.strand import Strand


class ContactRules(rules.Rules):
    """rules/contacts.toml."""

    not_units: list[str]
    departments: list[str]
    not_names: list[str]
    lodging: list[str]


@rules.cached
def _not_name() -> regex.Pattern[str]:
    return regex.compile("|".join(rules.load("contacts", ContactRules).not_names))


@rules.cached
def _not_unit() -> regex.Pattern[str]:
    return regex.compile("|".join(rules.load("contacts", ContactRules).not_units))


@rules.cached
def _lodging() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{'|'.join(rules.load('contacts', ContactRules).lodging)})$")


PHONE = regex.compile(
    r"(?<![\d.@A-Za-z_+＋-])(?<!\d—)"
    r"(?:(?:[+＋]|00)86[-—\s]?(?:1[3-9]\d[-—\s]?\d{4}[-—\s]?\d{4}|0?[1-9]\d{1,2}[-—\s]?\d{7,8})"
    r"|[（]\s?0\d{2,3}\s?[）]\s?[-—]?\s?(?:\d{7,8}|\d{3,4}[-—\s]\d{4})"
    r"|0\d{2,3}\s?[-—]+\s?(?:\d{7,8}|\d{3,4}[-—\s]\d{3,4})|0\d{2,3}\s\d{7,8}"
    r"|[48]00[-—\s]?(?:\d{3}[-—\s]?\d{4}|\d{4}[-—\s]?\d{3})"
    r"|1[3-9]\d{9}|1[3-9]\d[-—\s]\d{4}[-—\s]\d{4}|0\d{9,11}|[2-9]\d{6,7})"
    r"(?:[-—]\d{1,5}|\s?(?:（总机）)?\s?（?转(?:分机)?\s?\d{1,5}）?)?(?![\d@A-Za-z])"
)
"""A telephone number of the public network (+86, area code, mobile, 400 and 800) with its extension."""
EMAIL = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,60}@[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,30}){1,5}")
NAME = regex.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}|[\u4e00-\u9fff](?:老师|主任|科长|处长|先生|女士|同志|工))$"
)
_TITLE_TAIL = regex.compile(r"(?:老师|同志|先生|女士)$")

_LABEL_BEHIND = regex.compile(
    r"(?:的?(?:业务|会务|活动|报名)?(?:联系人|联络人|联系方式|联系电话|咨询电话|负责人)(?:[及和与、/](?:联系)?(?:方式|电话|手机))?)?[：:]?$"
)
_SAID = regex.compile(
    r"[。；！？]|^(?:请|如|有|凡|欢迎|可|若)|请(?!愿)|致电|拨打|[\d月时底旬]日?[之以]?前|(?:将|把)[^，]{2,40}(?:报|送|交|发|寄|传真|反馈)|(?:与|向|同|拨打)[^，]{1,30}(?:联系|咨询|反映|对接)|(?:联系|咨询)(?:以下|下列)|(?:如下|以下|下列)[^，]{0,8}$"
)
"""Marks of a sentence, which is no office's name: 请各单位于6月10日前将总结报市科技局."""
_CALLED = regex.compile(r"(?:致电|拨打|联系|咨询)(?P<to>(?:(?!致电|拨打|联系|咨询)[^，。；（）]){2,40})$")
_ASKED = regex.compile(
    r"(?:与|向|同|由)(?P<to>[^，。；（）与向同由]{2,40}?)(?:的?同志)?(?:联系|咨询|反映|对接|负责|解释|报名)$"
)
_OURS = regex.compile(r"[我本](?:局|厅|委|会|办|部|校|院|处|中心|科|室|馆|司|署|学会|协会|公司|站|所)$")


def without_label(text: str) -> str:
    """An office's name without the label that stands right behind it: 市科技局联系人及电话."""
    return _LABEL_BEHIND.sub("", text)


def is_said(text: str) -> bool:
    """Whether a text (folded) says something, so that it is no name of an office.

    Commas part an office from its people (市科技局，王旭) or, behind anything else, clauses.
    """
    head, comma, _ = text.rpartition("：")[2].partition("，")
    if comma and not any(is_org(x) or NAME.match(x) or glued(x) for x in head.split()):
        return not NAME.match("".join(head.split()))
    return _SAID.search("".join(text.split())) is not None


def is_name(text: str) -> bool:
    """Whether a short text can be somebody's name: its form, and no word of what is said of numbers (值班, 会务)."""
    return NAME.match(text) is not None and _not_name().search(text) is None and not is_body(text)


def is_body(text: str) -> bool:
    """Whether a token is an office and too long for a name that only ends like one (王晓园)."""
    return is_org(text) and (len(text) >= 4 or (len(text) == 3 and text[0] in "省市县旗校院"))


def glued(token: str) -> tuple[str, str] | None:
    """An office and a name printed without a blank (市科技局王旭), None if a token is not that."""
    if len(token) < 5 or is_org(token):
        return None
    for length in (2, 3):
        office, name = token[:-length], token[-length:]
        if (
            len(office) >= 3
            and is_unit(office)
            and is_org(office)
            and is_name(name)
            and name[0] not in "长员任"
        ):
            return office, name
    return None


def is_lodging(text: str) -> bool:
    """Whether a text names a hotel, whose number is nobody to ask."""
    return _lodging().search(text) is not None


def is_address(text: str) -> bool:
    """Whether a text is where an office stands: 泰安市望岳东路5号."""
    return (
        pattern(r"[路街道巷村弄][^，。；]{0,8}?\d{1,5}(?:[—-]\d{1,3})?号|\d{1,4}(?:室|房间)$|\d号楼").search(
            text
        )
        is not None
    )


_ADDRESSED = regex.compile(
    r"^(?P<where>.{2,40}?[路街道巷村弄里][^，。；：]{0,8}?\d{1,5}(?:[-—]\d{1,3})?号"
    r"(?:[^，。；：]{0,6}?(?:[\dA-Za-z]{1,4}|[一二三四五六七八九十]{1,2})(?:号楼|号院|栋|座|楼|层|室|房间)){0,3})[，]?(?P<who>.{3,30})$"
)


def address_apart(text: str) -> tuple[str | None, str]:
    """The address before an office and the office: 永安街100号县科技局办公室; (None, text) if none stands there."""
    match = _ADDRESSED.match(text)
    if match is None or not is_org(match["who"].rstrip("）（ ")):
        return None, text
    return match["where"].strip(), match["who"].strip()


def mails_of(value: Strand) -> list[str]:
    """The addresses of mail in a value, in order, written with narrow characters (ｋｐ＠… is kp@…)."""
    return [hit.group() for hit in EMAIL.finditer(value.text.translate(_NARROW))]


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and signs to those that mail is sent with."""


def is_unit(text: str) -> bool:
    """Whether a text can stand for an office or for what a number is for (技术支持, 第一赛区): no sentence, no label."""
    compact = "".join(text.split())
    if is_said(text) or _not_unit().search(compact) or pattern(r"\d{5}|[@：]").search(compact):
        return False
    return is_org(compact) or (
        len(compact) <= 16 and not pattern(r"[归由为可已将应须要是不]|所有|以上|以下").search(compact)
    )


def is_ours(text: str) -> bool:
    """Whether a text is the issuer's word for itself (我局): it names nobody by itself."""
    return _OURS.fullmatch(text) is not None


def office_in(said: Strand) -> Strand | None:
    """The office at the end of a sentence to which it sends things or people, None if there is none.

    请各单位于6月10日前将总结报市科技局 gives 市科技局, 请与市科技局联系 too.
    """
    compact = said.compact
    norm = compact.norm
    clause = max(norm.rfind(c) for c in "，。；") + 1
    asked = _ASKED.search(norm, clause)
    if asked is not None and is_org(asked["to"]):
        return compact.sub(*asked.span("to"))
    called = _CALLED.search(norm, clause)
    if called is not None and is_org(called["to"]):
        return compact.sub(*called.span("to"))
    for match in due.patterns().to.finditer(norm, clause):
        if match.end("to") == len(norm) and is_org(match["to"]):
            return compact.sub(*match.span("to"))
    return None


_ASK_WHOM = regex.compile(
    r"(?:与|和|同|向|找)(?P<who>[^，。；：]{4,40}?)(?:老师|同志)?(?:联系|咨询|接洽|联络)$"
)


def people_in(said: Strand) -> tuple[str, list[str]] | None:
    """The office and its people whom a sentence tells to ask: 请与市科协科普部马学军、拜晓燕联系."""
    match = _ASK_WHOM.search(said.compact.norm)
    first, *others = pattern(r"[、和]").split(match["who"]) if match else [""]
    parted = glued(first)
    if parted is None or not all(is_name(x) for x in others):
        return None
    return parted[0], [parted[1], *others]


def persons_of(value: Strand) -> tuple[str | None, list[str]]:
    """The office, if one opens the value, and the names: padded names are put together (李 铮 is 李铮)."""
    norm = value.norm
    beside: str | None = None
    for bracket in pattern(r"（([^（）]{1,30})）").finditer(norm):
        before = pattern(r"[\s、，；]").split(norm[: bracket.start()])[-1]
        if is_org(bracket[1]) and not is_org(before):
            beside = beside or value.sub(bracket.start(1), bracket.end(1)).value  # 邹阳（党委宣传部）
        elif is_org(bracket[1]) and is_org(before) and len(before) >= 4:
            continue  # 甲局办公室（新闻办） is one name
        norm = norm[: bracket.start()] + " " * (bracket.end() - bracket.start()) + norm[bracket.end() :]
    norm = _LABEL_WORDS.sub(" ", norm)
    unit: str | None = None
    persons: list[str] = []
    offices: list[str] = []
    behind: str | None = None
    purpose: str | None = None
    single = ""
    colon = norm.find("：")
    if 0 < colon <= 20 and norm[:colon].strip():
        # 会务组：夏某某
        unit = purpose = without_label(value.sub(0, colon).value) or None
        norm = norm[colon + 1 :]
    for i, match in enumerate(pattern(r"[^\s、，；/]+").finditer(norm)):
        token = match.group().strip("：")
        if not token:
            continue
        if len(token) == 1:
            if single:
                persons.append(single + token)
                single = ""
            else:
                single = token
            continue
        if single:
            persons.append(single + token) if len(token) <= 2 and not NAME.match(token) else None
            single = ""
            if persons and persons[-1].endswith(token):
                continue
        parted = glued(token)
        if parted is not None:
            offices.append(parted[0])
            persons.append(parted[1])
            continue
        if persons and is_body(token):
            behind = behind or token  # 李晓明 高新区科技局
            continue
        if not persons and _sole(token, norm, match.end()):
            persons.append(token)
            continue
        if not persons and (
            (is_org(pattern(r"（[^）]*）$").sub("", token)) and len(token) >= 3)
            or (len(token) >= 5 and not NAME.match(token))
        ):
            token = without_label(token)
            # 技术支持：县大数据局 周谷雨: the office is asked, not what it is asked for
            unit = token if unit is None or unit is purpose else unit + token
            continue
        if len(token) <= 8 and not pattern(r"[\d@]").search(token) and not _not_name().search(token):
            persons.append(_TITLE_TAIL.sub("", token) if len(token) > 4 else token)
        if i > 12:
            break
    if unit is None and len(set(offices)) == 1:
        unit = offices[0]
    return unit or beside or (None if offices else behind), persons


def _sole(token: str, norm: str, end: int) -> bool:
    """Whether a token of three characters that ends as an office does is a name (王明科): nobody of that office follows."""
    if len(token) != 3 or not is_name(token) or token in _departments() or not family().match(token):
        return False
    return not norm[end:].strip() or norm[end] in "、；/"


@rules.cached
def _departments() -> frozenset[str]:
    return frozenset(rules.load("contacts", ContactRules).departments)


@rules.cached
def family() -> regex.Pattern[str]:
    """How a name begins (rules/persons.toml)."""
    return regex.compile(surnames.family())


def groups_of(value: Strand) -> list[tuple[str, str]]:
    """Offices with their people where one label names several: 市科技局王旭，市教育局李晓明; 王旭（市科技局）、李晓明（市教育局）.

    Empty unless each person has an office and there are at least two offices.
    """
    made: list[tuple[str, str]] = []
    office = ""
    for match in pattern(r"[^\s、，；（]+(?:（[^（）]*）)?").finditer(value.norm):
        token, _, inside = match.group().rstrip("）").partition("（")
        if is_body(token):
            office = token
        elif is_name(token) and (is_org(inside) or office):
            made.append((inside if is_org(inside) else office, token))
        elif (parted := glued(token)) is not None:
            made.append(parted)
        else:
            return []
    return made if len({office for office, _ in made}) > 1 else []


_LABEL_WORDS = regex.compile(
    r"(?:^|(?<=\s))(?:联系人|联络人)(?=\s)|(?:联系)?(?:电话|手机|传真)(?=\s|$|[，：])|邮箱(?=\s|$)"
)
