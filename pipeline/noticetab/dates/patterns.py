"""What the pieces of a date look like.

Every repeat has a bound, so each match takes bounded time and a search is linear in the text. The
standard ``re`` is used because its search skips to a class of first characters four times as fast
as ``regex`` does; none of these patterns needs more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from noticetab import rules
from noticetab.dates.numerals import ZEROS
from noticetab.dates.words import DateRules, alternation, date_rules

D = "[0-9０-９]"
BLANK = "[ \u3000\u00a0\u2002\u2003\u2009]{0,4}"
"""Blanks within a line. A tab is a border between table cells and ends a date."""
WRAP = rf"{BLANK}(?:\r?\n{BLANK})?"
"""Blanks and at most one line break, which a hard wrap may put between a number and its unit."""

_CN = "一二三四五六七八九"
TWO_DIGITS = rf"{D}(?:\n?{D})?(?!\n?{D})"
YEAR = rf"(?:[1１2２]\n?{D}\n?{D}\n?{D}(?!{D})|[一二][{ZEROS}{_CN}0-9０-９]{{3}})"
SIGN_OF_DAY = "[日号曰號]"
"""日, spoken 号, and 曰, which optical recognition makes of 日."""
WEEK = "(?:星期|周|礼拜|週|禮拜)"
HOUR_SIGN = "[时点時點]"
CN_MONTH = "(?:十[一二]?|[一二三四五六七八九元])"
CN_DAY = f"(?:三十一?|二十[{_CN}]?|[廿][{_CN}]?|卅一?|十[{_CN}]?|[{_CN}])"
CN_HOUR = f"(?:[零〇]|二十[一二三四]?|十[{_CN}]?|[{_CN}])"
CN_MINUTE = f"(?:[二三四五]?十[{_CN}]?|[{_CN}])"

DASH = "[-－—–―─━‐‑‒﹣−~～〜∼˜]{1,8}"
TO = "(?:直至|至|到)"
WEEKDAYS = "一二三四五六日天"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled pieces; each is matched at a place, only ``trigger`` is searched for."""

    trigger: re.Pattern[str]
    year: re.Pattern[str]
    month: re.Pattern[str]
    part_of_year: re.Pattern[str]
    alone: re.Pattern[str]
    numeric: re.Pattern[str]
    numeric_end: re.Pattern[str]
    connector: re.Pattern[str]
    short_range: re.Pattern[str]
    bare_day: re.Pattern[str]
    end_part: re.Pattern[str]
    row_item: re.Pattern[str]
    comma: re.Pattern[str]
    at_once: re.Pattern[str]
    year_range: re.Pattern[str]
    weekday: re.Pattern[str]
    bracket_year: re.Pattern[str]
    clock: re.Pattern[str]
    clock_start: re.Pattern[str]
    tail: re.Pattern[str]
    duration: re.Pattern[str]
    until_lead: re.Pattern[str]
    blanks: re.Pattern[str]
    next_day: re.Pattern[str]
    lunar: re.Pattern[str]
    wordless: re.Pattern[str]
    wordless_cue: re.Pattern[str]


@rules.cached
def patterns() -> Patterns:
    """All patterns, built once from ``rules/dates.toml``."""
    words = date_rules()
    compiled = {
        "trigger": _trigger(words),
        "year": _year(words),
        "month": _month(words),
        "part_of_year": _part_of_year(words),
        "alone": _alone(words),
        "numeric": _numeric(),
        "numeric_end": _numeric_end(),
        # 起至, 开始，至 and the OCR dash 一 between two numbers of days
        "connector": (
            rf"{WRAP}(?:(?:起|开始)[，,]?)?{TO}{WRAP}|{BLANK}{DASH}{WRAP}|\n(?=[—－～]{D}){DASH}"
            rf"|(?<={SIGN_OF_DAY}){BLANK}一{{1,2}}(?={D})|(?<=起)[，,]{BLANK}{TO}{WRAP}"
        ),
        # 5-6月; 14至20日 behind a month is read by ``point``
        "short_range": (
            rf"(?P<low>{TWO_DIGITS}){BLANK}(?:{TO}|{DASH}){BLANK}(?P<high>{TWO_DIGITS}){BLANK}"
            rf"月(?!{alternation(words.months.compounds)})份?"
        ),
        "bare_day": rf"(?P<d>{TWO_DIGITS}|{CN_DAY}){WRAP}(?P<sign>{SIGN_OF_DAY}(?!内|以内|之内))?",
        "end_part": (
            rf"(?P<xun>{alternation(words.parts_of_month.xun)})|月(?P<edge>{_edge(words)})"
            rf"|(?P<d>{TWO_DIGITS}|{CN_DAY}(?=[日号]))(?:{WRAP}(?P<sign>{SIGN_OF_DAY}))?"
        ),
        "row_item": (
            rf"(?:(?P<m>{TWO_DIGITS}|{CN_MONTH}){BLANK}月{BLANK})?(?P<d>{TWO_DIGITS}|{CN_DAY}(?=[日号]))"
            rf"(?:{BLANK}(?P<sign>{SIGN_OF_DAY}))?"
        ),
        "comma": rf"{BLANK}(?P<sign>[、，,;；]|和|及|与|以及){BLANK}",
        "at_once": _at_once(words),
        "year_range": rf"{YEAR}年?(?:{BLANK}(?:{TO}|{DASH}){BLANK}{YEAR}年?){{1,3}}",
        "weekday": (
            rf"{WRAP}(?P<open>[(（\[［])?{BLANK}[即为本]?{WEEK}{BLANK}(?P<w1>[{WEEKDAYS}])"
            rf"(?:{BLANK}(?:[、，,和及与至到]|{DASH})?{BLANK}{WEEK}?(?P<w2>[{WEEKDAYS}])(?=[)）\]］]))?"
            rf"(?!{BLANK}(?:[、和及与至到]|{DASH}){BLANK}{WEEK})"
        ),
        "bracket_year": rf"{BLANK}[(（]{BLANK}(?P<y>{YEAR})年{BLANK}[)）]",
        "clock": _clock(words),
        "clock_start": (
            rf"(?:T|{WRAP}(?:[，,]{BLANK})?)(?P<open>[(（])?{BLANK}"
            rf"(?:{alternation(words.day_parts.daily)}{BLANK}[，,]?)?"
        ),
        "tail": _tail(words),
        "duration": (
            rf"{BLANK}(?P<open>[，,(（])?{BLANK}{alternation(words.durations.lead)}{BLANK}"
            rf"(?P<n>{TWO_DIGITS}|{CN_DAY}|两){BLANK}(?P<unit>{alternation(words.durations.units)})(?:时间)?"
            rf"(?P<close>{BLANK}[)）])?"
        ),
        "blanks": BLANK,
        "next_day": rf"{alternation(words.day_parts.next_day)}{BLANK}",
        "lunar": rf"{BLANK}[(（]{BLANK}{alternation(words.never.lunar)}[^()（）\n]{{1,12}}[)）]",
        "wordless": _wordless(),
        "wordless_cue": _wordless_cue(words),
        "until_lead": rf"{alternation(words.bounds.until_lead)}{BLANK}",
    }
    return Patterns(**{name: re.compile(text) for name, text in compiled.items()})


def _trigger(words: DateRules) -> str:
    """Where an expression may begin: one character of a class, then cheap looks around it."""
    begins = sorted(
        {word[0] for word in (*words.years.relative, *words.months.relative, *words.bounds.at_once)}
        | {word[0] for word in (*words.bounds.until_lead, *words.parts_of_year.alone)}
        | {word[0] for word in words.parts_of_year.whole}
        | {"自", "从", "年"}
    )
    after_first = "|".join(
        (
            # Arabic: 2023年, 2023.5, 5月, 20日, 06.06.2014, 5-6月, 2021—
            rf"(?<={D})(?<!{D}{D})[0-9０-９\n]{{0,5}}{WRAP}"
            rf"(?:[年月]|[-./．]{BLANK}{D}|{SIGN_OF_DAY}{BLANK}(?:{TO}|{DASH}|[(（])|(?:{TO}|{DASH}){BLANK}{D})",
            rf"(?<={D})(?<!{D}{D}){D}?[./．-]{D}",  # 5.25, 04-29
            # Chinese: 二〇二三年, 五月
            rf"(?<=[一二])[{ZEROS}{_CN}0-9０-９]{{3}}{BLANK}年",
            rf"(?<=[{_CN}十元])(?<![{_CN}十].)[一二]?{BLANK}月",
            rf"(?<=[(（]){YEAR}(?:年[)）]|[)）]年)",
            rf"(?<=[{''.join(begins)}])(?:(?<=[自从]).{{0,3}}(?:{alternation(words.bounds.publication)})"
            rf"|{_rest(words)})",
        )
    )
    return rf"[0-9０-９{_CN}十元(（{''.join(begins)}](?:{after_first})"


def _rest(words: DateRules) -> str:
    """The words that begin an expression, without their first character, which is already matched."""
    listed = [*words.bounds.at_once, *words.parts_of_year.alone, *words.parts_of_year.whole]
    listed += [*words.years.relative, *words.months.relative, *words.bounds.until_lead, "年底", "年末"]
    tails = {f"(?<={word[0]}){word[1:]}" for word in listed}
    return "(?:" + "|".join(sorted(tails, key=len, reverse=True)) + ")"


def _year(words: DateRules) -> str:
    """A year: 2023年, （2023年）, 23年 before a month, 明年."""
    return (
        rf"[(（](?P<bracketed>{YEAR})(?:年[)）]|[)）]年)"
        rf"|(?P<y>{YEAR}){BLANK}年(?!{alternation(words.never.after_year)})"
        rf"|(?<!{D})(?P<short>{D}{D}年)(?={WRAP}{TWO_DIGITS}{WRAP}月)"
        rf"|(?P<word>{alternation(words.years.relative)})(?!度)"
    )


def _month(words: DateRules) -> str:
    """A month, with a day or a part of it: 5月20日, 5月20, 5月上旬, 5月底, 5月第三周, 本月20日."""
    xun = alternation(words.parts_of_month.xun)
    limit = alternation((*words.bounds.before, *words.bounds.until))
    ordinal = rf"的?第(?P<week>[一二三四五1-5])个?(?:{WEEK}(?:(?P<weekday>[{WEEKDAYS}])|末)?|公休日|双休日)"
    return (
        rf"(?P<lead>的?{WRAP})"
        rf"(?:(?P<m>{TWO_DIGITS}|{CN_MONTH}){WRAP}月(?!{alternation(words.months.compounds)})(?P<fen>份)?"
        rf"|(?P<word>{alternation(words.months.relative)}))"
        rf"(?:{WRAP}(?P<d>{TWO_DIGITS}|{CN_DAY}){WRAP}{SIGN_OF_DAY}|{BLANK}(?P<unsigned>{TWO_DIGITS}|{CN_DAY}(?={BLANK}{limit}))"
        rf"|{BLANK}(?P<xun>{xun})|{ordinal}|月?(?P<edge>{_edge(words)}))?"
    )


def _part_of_year(words: DateRules) -> str:
    """What stands behind a year and is no month: 2023年度, 2023年上半年, 2023年底, 2023年全年."""
    return (
        rf"度|{BLANK}(?:(?P<span>{alternation(words.parts_of_year.spans)})"
        rf"|(?P<whole>{alternation(words.parts_of_year.whole)})|年?(?P<edge>{_edge(words)}))"
    )


def _alone(words: DateRules) -> str:
    """A part of an unnamed year: 上半年, 全年, 年底."""
    return (
        rf"(?:(?P<span>{alternation(words.parts_of_year.alone)})|(?P<whole>{alternation(words.parts_of_year.whole)}))"
        rf"(?!{alternation(words.parts_of_year.compounds)})"
        rf"|(?<![{''.join(words.parts_of_year.edge_not_behind)}])年(?P<edge>{_edge(words)})"
    )


def _edge(words: DateRules) -> str:
    """初, 底, 末 where they are not the beginning of another word."""
    parts = words.parts_of_month
    return f"[{''.join((*parts.begin, *parts.end))}](?!{alternation(parts.edge_not)})"


def _numeric() -> str:
    """2023-05-20, 2023.5.20, 2023/5/20, and the day-first 20.05.2023 of some sites."""
    return (
        rf"(?P<y>[12]{D}{{3}}){BLANK}(?P<sep>[-./．]){BLANK}(?P<m>{D}{{1,2}}){BLANK}(?P=sep){BLANK}"
        # 2023-05-2016:28 has lost the blank before the time
        rf"(?P<d>{D}{{2}}(?={D}{{2}}[:：]{D}{{2}}(?!{D}))|{D}{{1,2}}(?!{D}|[./]{D}|[A-SU-Za-z_/]))日?"
        rf"|(?P<d2>{D}{{2}})\.(?P<m2>{D}{{2}})\.(?P<y2>[12]{D}{{3}})(?!{D}|\.{D})"
    )


def _numeric_end() -> str:
    """The end of a range of numeric dates: 2023.9.23, 9.23 or 23 (the last two with . or / only)."""
    edge = rf"(?!{D}|[./-]{D}|[A-Za-z_/])日?"
    return (
        rf"(?P<y>[12]{D}{{3}})(?P<sep>[-./．])(?P<m>{D}{{1,2}})(?P=sep)(?P<d>{D}{{1,2}}){edge}"
        rf"|(?P<m2>{D}{{1,2}})(?P<sep2>[-./．])(?P<d2>{D}{{1,2}}){edge}"
        rf"|(?P<d3>{D}{{1,2}}){edge}"
    )


def _wordless() -> str:
    """Month and day without 年, 月 and 日: 5.25, 5.25—5.31, 5/25, 04-29 18:00."""
    day = rf"{D}{{1,2}}(?!{D}|[./]{D})"
    return (
        rf"(?P<m>{D}{{1,2}})(?P<sep>[./．])(?P<d>{day})"
        rf"(?:{BLANK}(?:{TO}|{DASH}){BLANK}(?P<m2>{D}{{1,2}})(?P=sep)(?P<d2>{day}))?"
        rf"|(?P<m3>{D}{D})-(?P<d3>{D}{D})(?={BLANK}{D}{{1,2}}[:：]{D}{D}(?!{D}))"
    )


def _wordless_cue(words: DateRules) -> str:
    """What stands before figures that are a month and a day: a line, a label of time, 于, 截至."""
    cues = alternation((*words.wordless.labels, *words.bounds.until_lead))
    return rf"(?:^|\n|{cues}{BLANK}[:：]?|[于自从至到])[ \u3000\u00a0\t]{{0,4}}$"


def _at_once(words: DateRules) -> str:
    bounds = words.bounds
    return (
        rf"(?P<now>{alternation(bounds.at_once)})"
        rf"|[自从]?{alternation(bounds.publication_of)}?{alternation(bounds.publication)}之?日起"
    )


def _clock(words: DateRules) -> str:
    """A clock time with or without the part of the day, or that part alone."""
    part = alternation(words.day_parts.words)
    # 早 and 晚 alone begin other words (5月20日早餐).
    only = alternation(word for word in words.day_parts.words if len(word) > 1)
    return (
        rf"(?:(?P<part>{part}){BLANK})?(?:"
        rf"(?P<h>{TWO_DIGITS}){BLANK}[:：∶︰]{BLANK}(?P<mi>{D}{D})(?:[:：]{D}{D})?(?!{D})(?:{BLANK}{HOUR_SIGN})?"
        rf"(?:{BLANK}(?P<suffix>[AaPp][Mm])(?![A-Za-z]))?"
        rf"|(?P<h2>{TWO_DIGITS}|{CN_HOUR}){BLANK}{HOUR_SIGN}"
        rf"(?:(?P<mi2>{D}{D}?|{CN_MINUTE})分|(?P<fraction>半|整|钟|一刻|三刻|正)|(?P<mi3>{D}{D})(?!{D}))?"
        rf"|(?P<h4>{TWO_DIGITS})(?={BLANK}(?:{TO}|{DASH}){BLANK}{TWO_DIGITS}{BLANK}{HOUR_SIGN}(?!间))"
        rf"|(?P<h5>{D}{{1,2}})[.．](?P<mi5>{D}{D})(?!{D})"
        rf")|(?P<only>{only})"
    )


def _tail(words: DateRules) -> str:
    """The words behind a date that make it a limit or a rough one."""
    bounds = words.bounds
    return (
        rf"(?P<around>{alternation(bounds.around)})"
        rf"|{BLANK}(?:[(（]含[^()（）\n]{{0,4}}[)）])?{alternation(bounds.before_lead)}?(?P<before>{alternation(bounds.before)})"
        rf"(?!{alternation(bounds.before_not)})"
        rf"|{BLANK}(?P<after>{alternation(bounds.after)})(?!{alternation(bounds.after_not)})"
        rf"|{BLANK}(?P<from>{alternation(bounds.from_)})(?!{alternation(bounds.from_not)})"
        rf"|{BLANK}(?P<until>{alternation(bounds.until)})(?!时间|日期)"
    )
