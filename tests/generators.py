"""Notices made of parts, with what a reader would write down of them (in the format of corpus/gold).

Each part of official writing (GB/T 9704-2012) has a few usual forms; a notice is a draw of one form for
each. Names are of places and bodies that exist in kind, the facts are drawn.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

PLACES = {
    **{place: place for place in ("泰安市", "岳阳市", "绍兴市", "德清县", "滕州市")},
    "宝坻区": "天津市宝坻区",
    "裕华区": "石家庄市裕华区",
}
"""Places as printed, and as names of bodies carry them in full."""

SERIES = ("科技活动周", "全国科普日", "防灾减灾宣传周", "安全生产月", "食品安全宣传周")
BODIES = ("科学技术局", "科学技术协会", "教育局", "应急管理局", "农业农村局", "生态环境局", "市场监督管理局")
OTHERS = ("图书馆", "博物馆", "科学技术馆", "气象局", "第一中学", "人民医院", "红十字会")
THEMES = ("走近科学 拥抱未来", "弘扬科学精神，建设美好家园", "人人讲安全、个个会应急", "共享绿色生活")
GROUPS = ("各街道办事处", "各有关单位", "各学会、协会、研究会", "区直各部门", "各中小学校", "驻地各企业")
ACTIVITIES = (
    "启动仪式", "“科普大篷车”巡展", "青少年机器人竞赛", "院士专家报告会", "实验室开放日", "应急疏散演练",
    "农业技术培训", "科普讲解大赛", "垃圾分类科普展", "中医药义诊", "“云课堂”直播", "优秀科普作品展映",
)  # fmt: skip
DETAILS = (
    "组织志愿者为群众讲解科学知识，发放科普读物。",
    "邀请专家围绕前沿科技作专题报告，与学生面对面交流。",
    "开放实验室和展厅，安排专人讲解，设置互动体验区。",
    "通过展板、视频、实物等形式，展示科技创新成果。",
)
POINTS = (
    ("弘扬科学家精神", "用好科学家精神教育基地，讲好科学家故事，营造崇尚创新的社会氛围。"),
    ("普及应急知识", "宣传防灾减灾知识，提升公众避险自救能力。"),
    ("服务乡村振兴", "推动优质科普资源深入农村，促进农业科技成果落地。"),
    ("倡导绿色生活", "普及节能低碳知识，引导公众养成文明健康的生活习惯。"),
)
VENUES = ("人民广场", "科技馆报告厅", "文化中心一楼大厅", "实验小学操场", "湿地公园东门")
THINGS = ("活动方案", "工作总结", "活动情况统计表", "参赛作品")
PEOPLE = ("王旭", "李晓明", "赵一", "欧阳青")

CN = "一二三四五六七八九十"


@dataclass
class Made:
    """A notice and the truth about it."""

    lines: list[str] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The notice as a file holds it."""
        return "\n".join(self.lines) + "\n"


def in_full(names: list[str], place: str) -> list[str]:
    """Names of bodies of ``place`` with what stands above the place."""
    return [PLACES[place] + name.removeprefix(place) for name in names]


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def printed_day(day: dt.date, year: bool = False) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


@st.composite
def periods(draw: st.DrawFn, year: int) -> tuple[str, dt.date, dt.date | None]:
    """A day or period of ``year`` in a usual form, without its year."""
    first = draw(st.dates(dt.date(year, 3, 1), dt.date(year, 10, 31)))
    length = draw(st.sampled_from([0, 0, 1, 2, 6, 9]))
    if not length:
        return printed_day(first), first, None
    last = first + dt.timedelta(length)
    dash = draw(st.sampled_from(["至", "—", "-"]))
    short = first.month == last.month and draw(st.booleans())
    return f"{printed_day(first)}{dash}{f'{last.day}日' if short else printed_day(last)}", first, last


@st.composite
def notices(draw: st.DrawFn) -> Made:
    """A notice of an event: head, addressees, preamble, sections, attachments, signature."""
    made = Made()
    year = draw(st.integers(2012, 2026))
    place = draw(st.sampled_from(sorted(PLACES)))
    series = draw(st.sampled_from(SERIES))
    event = f"{year}年{place}{series}"
    bodies = [place + b for b in draw(st.lists(st.sampled_from(BODIES), min_size=2, max_size=3, unique=True))]
    issuer = bodies[0]
    issued = draw(st.dates(dt.date(year, 1, 5), dt.date(year, 2, 25)))
    title = f"关于举办{event}{draw(st.sampled_from(['', '活动']))}的通知"
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True))
    gold = made.gold = {
        "notice": {"is_notice": True, "doc_type": "通知", "title": title, "issued_on": iso(issued)},
        "issuers": [issuer],
        "addressees": groups,
        "events": [{"name": event, "series": series, "year": year}],
        "themes": [], "sections": [], "event_organizers": [], "activities": [], "dates": [], "deadlines": [],
        "contacts": [], "attachments": [], "quotas": [], "people": [], "findings": [],
    }  # fmt: skip
    if draw(st.booleans()):
        number = (
            f"{draw(st.sampled_from(['泰科发', '科协字', '应急办']))}〔{year}〕{draw(st.integers(1, 99))}号"
        )
        gold["notice"]["doc_number"] = number
        made.lines += [number, ""]
    made.lines += [title, "", "，".join(groups) + "："]
    made.lines.append(f"为普及科学知识，提升公民科学素质，现将{event}有关事项通知如下：")
    for section in (_theme, _time, _organizers, _points, _activities, _demands, _contact):
        if section in (_activities,) or draw(st.integers(0, 4)):
            section(draw, made, year, place, bodies)
    _attachments(draw, made)
    made.lines += ["", issuer, printed_day(issued, year=True)]
    return made


def _heading(made: Made, heading: str) -> str:
    made.gold["sections"].append(heading)
    made.lines.append(f"{CN[len(made.gold['sections']) - 1]}、{heading}")
    return heading


def _theme(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    theme = draw(st.sampled_from(THEMES))
    _heading(made, "活动主题")
    made.lines.append(theme)
    made.gold["themes"].append({"role": "主题", "text": theme})


def _time(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    printed, first, last = draw(periods(year))
    _heading(made, "活动时间")
    with_year = last is not None and draw(st.booleans())
    made.lines.append(f"{year}年{printed}" if with_year else printed)
    made.gold["events"][0] |= {"starts_on": iso(first), "ends_on": iso(last)}
    made.gold["dates"].append({"starts_on": iso(first), "ends_on": iso(last)})


def _organizers(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    _heading(made, "组织机构")
    extra = place + draw(st.sampled_from(OTHERS))
    for role, names in (("主办", bodies), ("承办", [extra])):
        made.lines.append(f"{role}单位：{'、'.join(names)}")
        made.gold["event_organizers"].append(
            {"role": role, "names": names, "canonical": in_full(names, place)}
        )


def _points(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    section = _heading(made, "活动内容")
    points = draw(st.lists(st.sampled_from(POINTS), min_size=2, max_size=4, unique=True))
    for number, (name, prose) in enumerate(points, 1):
        made.lines.append(f"（{CN[number - 1]}）{name}。{prose}")
        made.gold["activities"].append(
            {"section": section, "number": number, "name": name, "kind": "focus", "organizers": [],
             "description_head": prose[:8], "description_tail": prose[-8:]}
        )  # fmt: skip


def _activities(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    section = _heading(made, draw(st.sampled_from(["主要活动", "重点活动", "活动安排"])))
    marker = draw(st.sampled_from(["（{cn}）", "{n}.", "{n}、"]))
    names = draw(st.lists(st.sampled_from(ACTIVITIES), min_size=2, max_size=9, unique=True))
    for number, name in enumerate(names, 1):
        made.lines.append(marker.format(cn=CN[number - 1], n=number) + name)
        row: dict[str, Any] = {"section": section, "number": number, "name": name, "kind": "activity"}
        if draw(st.booleans()):
            printed, first, last = draw(periods(year))
            made.lines.append(f"时间：{printed}")
            row |= {"starts_on": iso(first), "ends_on": iso(last)}
        if draw(st.booleans()):
            venue = place + draw(st.sampled_from(VENUES))
            made.lines.append(f"地点：{venue}")
            row["venues"] = [venue]
        hosts = [
            place + b for b in draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=3, unique=True))
        ]
        made.lines.append(f"主办单位：{'、'.join(hosts)}")
        row["organizers"] = [{"role": "主办", "names": hosts, "canonical": in_full(hosts, place)}]
        prose = draw(st.sampled_from(DETAILS))
        made.lines.append(prose)
        row |= {"description_head": prose[:8], "description_tail": prose[-8:]}
        made.gold["activities"].append(row)


def _demands(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    _heading(made, "工作要求")
    for number, thing in enumerate(
        draw(st.lists(st.sampled_from(THINGS), min_size=1, max_size=2, unique=True)), 1
    ):
        due = draw(st.dates(dt.date(year, 3, 1), dt.date(year, 12, 20)))
        where = draw(st.sampled_from([f"{bodies[0]}", "电子邮箱kpb2012@163.com"]))
        made.lines.append(f"（{CN[number - 1]}）请各单位于{printed_day(due)}前将{thing}报送至{where}。")
        made.gold["deadlines"].append({"due_on": iso(due), "what": thing})


def _contact(draw: st.DrawFn, made: Made, year: int, place: str, bodies: list[str]) -> None:
    _heading(made, "联系方式")
    person, unit = draw(st.sampled_from(PEOPLE)), bodies[0]
    phone = f"0{draw(st.integers(310, 999))}-{draw(st.integers(2000000, 8999999))}"
    padded = "  ".join(person) if len(person) == 2 else person
    made.lines += [f"联系单位：{unit}", f"联 系 人：{padded}", f"联系电话：{phone}"]
    made.gold["contacts"].append(
        {"unit": unit, "persons": [person], "phones": [phone], "fax": [], "emails": []}
    )


def _attachments(draw: st.DrawFn, made: Made) -> None:
    titles = draw(
        st.lists(st.sampled_from(["活动备案表", "活动情况统计表", "活动安排表"]), max_size=2, unique=True)
    )
    if not titles:
        return
    if len(titles) == 1:
        lines = [f"附件：{titles[0]}"]
    else:
        lines = [f"附件：1.{titles[0]}", *(f"      {n}.{t}" for n, t in enumerate(titles[1:], 2))]
    made.lines += ["", *lines]
    made.gold["attachments"] = [
        {"number": n if len(titles) > 1 else None, "title": title, "embedded": False}
        for n, title in enumerate(titles, 1)
    ]
