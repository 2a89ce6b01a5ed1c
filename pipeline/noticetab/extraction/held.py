"""When and where an activity is held (docs/record.md, rule 9).

Its 时间 and 地点 lines say so, or 于…在…举行 in its first sentence.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from noticetab.dates import Found
from noticetab.extraction.context import Context
from noticetab.normalize import places
from noticetab.patterns import pattern
from noticetab.record import Activity
from noticetab.segment.headings import first_stop
from noticetab.segment.strand import Strand


def first_period(context: Context, value: Strand) -> Found | None:
    """The first date or period of a value that is no deadline."""
    return next(
        (
            f
            for f in context.standing(value)
            if f.starts_on is not None and not (f.open_start and f.bound in ("前", "之前", "以前"))
        ),
        None,
    )


def set_period(row: Activity, found: Found) -> None:
    """Writes a period into an activity."""
    row.starts_on, row.ends_on = found.starts_on, found.ends_on
    row.start_time, row.end_time = found.start_time, found.end_time


_LEAD_IN = regex.compile(
    r"^(?:（?(?:活动|会议|比赛|竞赛|大赛|培训|展览|展示|仪式|开幕式)?(?:拟?定?于|时间为|将?于|自|从|在))?\s*$"
)
_HELD_AFTER = regex.compile(r"^[^。；]{0,40}?(?:举行|举办|召开|开展|进行|启动|开幕|组织|开放|设)")
_DUE_AFTER = regex.compile(r"^[^。；，]{0,6}(?:前|之前|截止|以前)")


def prose_period(context: Context, strand: Strand) -> Found | None:
    """When the item itself is held: a date that opens it, or 于…举行 in its first sentence."""
    stop = first_stop(strand.norm)
    first = stop if stop >= 0 else len(strand)
    for found in context.standing(strand):
        if found.start >= first and found.start > 0:
            break
        after = strand.norm[found.end :]
        if found.starts_on is None or found.open_start or _DUE_AFTER.match(after) or _SIGN_UP.match(after):
            continue
        before = strand.norm[: found.start]
        clause = before[max(before.rfind("，"), before.rfind("；"), before.rfind("（")) + 1 :]
        stated = _OF_TIME.search(clause) is not None
        if not before.strip() or stated or (_LEAD_IN.match(clause) and _HELD_AFTER.match(after)):
            return found
    return None


_OF_TIME = regex.compile(r"^(?:活动|举办|比赛|展览|培训|会议)?时间(?:为|是|定于|：)?\s*$")
_SIGN_UP = regex.compile(r"^[^，。；]{0,6}(?:报名|申报|投稿)")
"""即日起接受报名 says when to apply, not when the item is held."""


_PLACE_END = (
    r"(?:广场|馆|厅|中心|公园|学校|大学|校区|园|楼|堂|剧场|剧院|影院|体育场|站|街|路|村|镇|乡|区|市|县|社区|小学|中学|学院|宫|院|所|基地|酒店|宾馆|饭店|"
    r"会议室|教室|室|水域|场|城|港|口|海|湖|山|岛|桥|林|坊|塔|阁|巷|苑|座|层|号|地点|门前|院内|现场|库|厂|矿|码头|机场|大厦|俱乐部|文化宫|少年宫|驻地|台|庭|段|堤|岸|渡口|操场|农场|林场|田|点|网|直播间|影城|展区)"
)
_VENUE = regex.compile(
    r"(?:^|(?<=[，；日时分）午天半点旬月底初\d于局委厅协])|(?<=活动|仪式|大赛|比赛|竞赛|会议|培训|开幕式|开幕|展览)|(?<=[\u4e00-\u9fff])(?=在[^，。；]{3,30}作)|(?<=组织[^，。；在]{2,16})(?=在))(?:拟|将|定)?在(?P<v>(?:[^，。；]|（[^（）]*）){2,44}?)，?"
    r"(?:同步|集中|隆重|组织|现场|共同|联合|同时|统一|正式)?(?:举行|举办|召开|设置?(?:主|分)?会场|设立?(?:主|分)会场|展出|展览|开展(?=主场|集中|启动|大型|现场|“?[^，。；]{2,20}活动)|进行|启动|开幕|作[^，。；]{0,6}(?:报告|讲座)|(?:对|为|向|面向)[^，。；]{2,20}(?:开展|进行|举办))"
)
_STATED = regex.compile(
    r"(?:^|(?<=[，；。]))(?:活动|举办|比赛|展览|培训|会议)?地点(?:设)?(?:为|在|是|：)(?P<v>[^，。；]{2,40})"
)
_AFTER_DATE = regex.compile(r"\s*，\s*(?P<v>[^，。；：]{3,30}?)\s*(?=[，。；]|$)")
_NOT_VENUE = regex.compile(
    r"^(?:各|全[省市区县国校]|本[省市区县校]|我[省市区县校]|此|其|当地|辖区|线上|网上|基层|现场$|活动|宣传|期间|.{0,12}(?:期间|基础上|指导下|领导下|过程中|同时|方面|前后|形式|范围内|等地|指定|组织下|配合下|支持下)|[一-龥]{0,4}(?:统一|指定))"
)


def prose_venues(context: Context, strand: Strand) -> list[str]:
    """The place of 在…举行 in the first sentence, or the clause behind the date that opens it, if it reads as one."""
    stop = first_stop(strand.norm)
    first = strand.sub(0, stop if stop >= 0 else None)
    match = _STATED.search(first.norm) or _VENUE.search(first.norm)
    if match is None:
        opening = next((f for f in context.standing(strand) if not strand.norm[: f.start].strip()), None)
        match = _AFTER_DATE.match(first.norm, opening.end) if opening is not None else None
    if match is None:
        return []
    place = first.sub(match.start("v"), match.end("v"))
    if places.resolve(place.compact.text) is not None:
        return [place.value]  # 在北京举行
    if _NOT_VENUE.search(place.compact.norm) or not pattern(_PLACE_END + r"(?:（[^（）]*）)?$").search(
        place.compact.norm
    ):
        return []
    return [p.value for p in _apart(place)]


def behind_date(value: Strand, found: Found) -> Strand:
    """The place in a value of 时间地点：DATE，PLACE."""
    rest = value.sub(found.end)
    while rest and rest.norm[0] in "，；、）":
        rest = rest.sub(1)
    return rest


def venues(value: Strand) -> list[str]:
    """The places of a 地点 line; ； parts several, 、 where a whole place stands on either side of it."""
    while value and value.norm[-1] in "。；，":
        value = value.sub(0, len(value) - 1)
    if not value or pattern(r"^(?:另行通知|待定|见附件|详见)").match(value.norm):
        return []
    pieces = [value]
    if "；" in value.norm:
        cuts = [-1, *[i for i, c in enumerate(value.norm) if c == "；"], len(value)]
        pieces = [value.sub(cuts[i] + 1, cuts[i + 1]) for i in range(len(cuts) - 1)]
    return [p.value for piece in pieces if piece for p in _apart(piece)]


_WHOLE_PLACE = regex.compile(
    r"^[^（）、]{2,}(?:广场|馆|中心|公园|学校|大学|校区|学院|小学|中学|幼儿园|剧院|影院|体育场|街道|镇|乡|村|社区|基地|酒店|宾馆|饭店|"
    r"公司|厂|矿|医院|研究所|车站|码头|机场|大厦|文化宫|少年宫|俱乐部|农场|林场|园区|景区|场所|站|县|市|区|旗)(?:（[^（）]*）)?$"
)
"""A place that can be found by its name alone; rooms and floors belong to the place before them."""


def _apart(value: Strand) -> list[Strand]:
    """The places that 、 or a comma joins: 市科技馆、人民公园 are two, 图书馆一楼、二楼 and 县、乡文化站 are one."""
    norm = value.norm
    depth = 0
    cuts = [-1]
    for i, char in enumerate(norm):
        depth += (char == "（") - (char == "）")
        if char in "、，" and depth == 0:
            cuts.append(i)
    if len(cuts) == 1:
        return [value]
    pieces = [value.sub(a + 1, b) for a, b in pairwise([*cuts, len(value)])]
    if not all(len(p.compact) > 2 and _WHOLE_PLACE.match(p.compact.norm) for p in pieces):
        return [value]
    return pieces
