"""What the pieces of a date look like. Every repeat is bounded, so matching is linear in the text."""

from __future__ import annotations

from dataclasses import dataclass

import regex

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
SIGN_OF_DAY = "[日号曰]"
"""日, spoken 号, and 曰, which optical recognition makes of 日."""
CN_MONTH = "(?:十[一二]?|[一二三四五六七八九元])"
CN_DAY = f"(?:三十一?|二十[{_CN}]?|十[{_CN}]?|[{_CN}])"
CN_HOUR = f"(?:二十[一二三四]?|十[{_CN}]?|[{_CN}])"
CN_MINUTE = f"(?:[二三四五]?十[{_CN}]?|[{_CN}])"

DASH = "[-－—–―─━‐‑‒﹣−~～〜∼˜]{1,8}"
TO = "(?:直至|至|到)"
WEEKDAYS = "一二三四五六日天"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled pieces; each is matched at a place, only ``trigger`` is searched for."""

    trigger: regex.Pattern[str]
    point: regex.Pattern[str]
    numeric: regex.Pattern[str]
    numeric_end: regex.Pattern[str]
    connector: regex.Pattern[str]
    short_range: regex.Pattern[str]
    bare_day: regex.Pattern[str]
    end_part: regex.Pattern[str]
    row_item: regex.Pattern[str]
    comma: regex.Pattern[str]
    at_once: regex.Pattern[str]
    year_range: regex.Pattern[str]
    weekday: regex.Pattern[str]
    bracket_year: regex.Pattern[str]
    clock: regex.Pattern[str]
    clock_start: regex.Pattern[str]
    tail: regex.Pattern[str]
    duration: regex.Pattern[str]
    until_lead: regex.Pattern[str]


@rules.cached
def patterns() -> Patterns:
    """All patterns, built once from ``rules/dates.toml``."""
    words = date_rules()
    compiled = {
        "trigger": _trigger(words),
        "point": _point(words),
        "numeric": _numeric(),
        "numeric_end": _numeric_end(),
        # 起至, 开始，至 and the OCR dash 一 between two numbers of days
        "connector": (
            rf"{WRAP}(?:(?:起|开始)[，,]?)?(?P<to>{TO}|{DASH}){WRAP}"
            rf"|(?<={SIGN_OF_DAY}){BLANK}一{{1,2}}(?={D})"
        ),
        # 5-6月; 14至20日 behind a month is read by ``point``
        "short_range": (
            rf"(?P<low>{TWO_DIGITS}){BLANK}(?:{TO}|{DASH}){BLANK}(?P<high>{TWO_DIGITS}){BLANK}月份?"
        ),
        "bare_day": rf"(?P<d>{TWO_DIGITS}|{CN_DAY}){WRAP}(?P<du>{SIGN_OF_DAY})?",
        "end_part": (
            rf"(?P<x>{alternation(words.parts_of_month.xun)})|月(?P<e>[底末])"
            rf"|(?P<d>{TWO_DIGITS}|{CN_DAY}(?=[日号]))(?:{WRAP}(?P<du>{SIGN_OF_DAY}))?"
        ),
        "row_item": (
            rf"(?:(?P<m>{TWO_DIGITS}|{CN_MONTH}){BLANK}月{BLANK})?(?P<d>{TWO_DIGITS}|{CN_DAY}(?=[日号]))"
            rf"(?:{BLANK}(?P<du>{SIGN_OF_DAY}))?"
        ),
        "comma": rf"{BLANK}(?P<sign>[、，,;；]|和|及|与|以及){BLANK}",
        "at_once": _at_once(words),
        "year_range": rf"{YEAR}年?(?:{BLANK}(?:{TO}|{DASH}){BLANK}{YEAR}年?){{1,3}}",
        "weekday": (
            rf"{BLANK}(?P<open>[(（\[［])?{BLANK}(?:即|为)?(?:星期|周|礼拜)(?P<w1>[{WEEKDAYS}])"
            rf"(?:{BLANK}(?:[、，,和及与至到]|{DASH}){BLANK}(?:星期|周|礼拜)?(?P<w2>[{WEEKDAYS}])(?=[)）\]］]))?"
        ),
        "bracket_year": rf"{BLANK}[(（]{BLANK}(?P<y>{YEAR})年{BLANK}[)）]",
        "clock": _clock(words),
        "clock_start": (
            rf"{WRAP}(?:[，,]{BLANK})?(?P<open>[(（])?{BLANK}"
            rf"(?:{alternation(words.day_parts.daily)}{BLANK}[，,]?)?"
        ),
        "tail": _tail(words),
        "duration": (
            rf"{BLANK}(?P<open>[，,(（])?{BLANK}{alternation(words.durations.lead)}{BLANK}"
            rf"(?P<n>{TWO_DIGITS}|{CN_DAY}|两){BLANK}(?P<unit>{alternation(words.durations.units)})(?:时间)?"
            rf"(?P<close>{BLANK}[)）])?"
        ),
        "until_lead": rf"{alternation(words.bounds.until_lead)}{BLANK}",
    }
    return Patterns(**{name: rules.compile_pattern(text, f"dates.{name}") for name, text in compiled.items()})


def _trigger(words: DateRules) -> str:
    """Where an expression may begin: one character of a class, then cheap looks around it."""
    begins = sorted(
        {word[0] for word in (*words.years.relative, *words.months.relative, *words.bounds.at_once)}
        | {word[0] for word in (*words.bounds.until_lead, *words.parts_of_year.alone)}
        | {word[0] for word in words.parts_of_year.whole}
        | {"自", "年"}
    )
    after_first = "|".join(
        (
            # Arabic: 2023年, 2023.5, 5月, 20日, 06.06.2014, 5-6月, 2021—
            rf"(?<={D})(?<!{D}{D})[0-9０-９\n]{{0,5}}{WRAP}(?:[年月日号.]|[-/]{D}|(?:{TO}|{DASH}){BLANK}{D})",
            # Chinese: 二〇二三年, 五月
            rf"(?<=[一二])[{ZEROS}{_CN}0-9０-９]{{3}}{BLANK}年",
            rf"(?<=[{_CN}十元])(?<![{_CN}十].)[一二]?{BLANK}月",
            rf"(?<=[{''.join(begins)}])(?:(?<=自).{{0,3}}(?:{alternation(words.bounds.publication)})"
            rf"|{_rest(words)})",
        )
    )
    return rf"[0-9０-９{_CN}十元{''.join(begins)}](?:{after_first})"


def _rest(words: DateRules) -> str:
    """The words that begin an expression, without their first character, which is already matched."""
    listed = [*words.bounds.at_once, *words.parts_of_year.alone, *words.parts_of_year.whole]
    listed += [*words.years.relative, *words.months.relative, *words.bounds.until_lead, "年底", "年末"]
    tails = {f"(?<={word[0]}){word[1:]}" for word in listed}
    return "(?:" + "|".join(sorted(tails, key=len, reverse=True)) + ")"


def _point(words: DateRules) -> str:
    """A date in words: year, month and day or a part of them, each with its unit."""
    edge = f"[{''.join((*words.parts_of_month.begin, *words.parts_of_month.end))}]"
    xun = alternation(words.parts_of_month.xun)
    year = (
        rf"(?:(?:[(（](?P<by>{YEAR})[)）]年?|(?P<y>{YEAR}){BLANK}年度?)"
        rf"|(?<!{D})(?P<yy>{D}{D})年(?={WRAP}{TWO_DIGITS}{WRAP}月)"
        rf"|(?P<yw>{alternation(words.years.relative)})(?!度))"
    )
    month = (
        rf"(?:(?P<m>{TWO_DIGITS}|{CN_MONTH}){WRAP}月(?!{alternation(words.months.compounds)})(?P<fen>份)?"
        rf"|(?P<mw>{alternation(words.months.relative)}))"
    )
    ordinal = (
        rf"的?第(?P<week>[一二三四五1-5])个?(?:周(?P<weeks>)|(?:星期|周|礼拜)(?P<wd>[{WEEKDAYS}]))"
        rf"|的?第(?P<week2>[一二三四五1-5])个?(?:星期|礼拜|公休日|双休日|周末)"
    )
    in_month = (
        rf"(?:{WRAP}(?P<d>{TWO_DIGITS}|{CN_DAY})(?:{WRAP}(?P<du>{SIGN_OF_DAY}))"
        rf"|(?P<gap>{BLANK})(?P<dd>{TWO_DIGITS})|{BLANK}(?P<x>{xun})|{ordinal}|(?P<e>{edge}))"
    )
    spans = alternation(words.parts_of_year.spans)
    whole = alternation(words.parts_of_year.whole)
    in_year = rf"(?:{BLANK}(?:(?P<span>{spans})(?:度(?=[^总工])|)|(?P<whole>{whole})|年?(?P<ye>{edge})))"
    alone = alternation(words.parts_of_year.alone)
    return (
        rf"{year}(?:的|，)?{WRAP}{month}{in_month}?|{year}{in_year}?|{month}{in_month}?"
        rf"|(?P<aspan>{alone})|(?P<awhole>{whole})(?!{alternation(words.parts_of_year.compounds)})"
        rf"|年(?P<aye>{edge})"
    )


def _numeric() -> str:
    """2023-05-20, 2023.5.20, 2023/5/20, and the day-first 20.05.2023 of some sites."""
    return (
        rf"(?P<y>[12]{D}{{3}}){BLANK}(?P<sep>[-./．]){BLANK}(?P<m>{D}{{1,2}}){BLANK}(?P=sep){BLANK}"
        rf"(?P<d>{D}{{1,2}})(?!{D}|[./]{D}|[A-SU-Za-z_/])日?"
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


def _at_once(words: DateRules) -> str:
    bounds = words.bounds
    return (
        rf"(?P<now>{alternation(bounds.at_once)})"
        rf"|自?{alternation(bounds.publication_of)}?{alternation(bounds.publication)}之?日起"
    )


def _clock(words: DateRules) -> str:
    """A clock time with or without the part of the day, or that part alone."""
    part = alternation(words.day_parts.words)
    return (
        rf"(?:(?P<part>{part}){BLANK})?(?:"
        rf"(?P<h>{TWO_DIGITS}){BLANK}[:：∶︰]{BLANK}(?P<mi>{D}{D})(?:[:：]{D}{D})?(?!{D})(?:{BLANK}[时点])?"
        rf"|(?P<h2>{TWO_DIGITS}|{CN_HOUR}){BLANK}[时点]"
        rf"(?:(?P<mi2>{D}{D}?|{CN_MINUTE})分|(?P<fraction>半|整|钟|一刻|三刻|正)|(?P<mi3>{D}{D})(?!{D}))?"
        rf"|(?P<h4>{TWO_DIGITS})(?={BLANK}(?:{TO}|{DASH}){BLANK}{TWO_DIGITS}{BLANK}[时点](?!间))"
        rf"|(?<={part}{BLANK})(?P<h5>{D}{{1,2}})[.．](?P<mi5>{D}{D})(?!{D})"
        rf")|(?P<only>{part})"
    )


def _tail(words: DateRules) -> str:
    """The words behind a date that make it a limit or a rough one."""
    bounds = words.bounds
    return (
        rf"(?P<around>{alternation(bounds.around)})"
        rf"|{WRAP}{alternation(bounds.before_lead)}?(?P<before>{alternation(bounds.before)})"
        rf"(?!{alternation(bounds.before_not)})"
        rf"|{BLANK}(?P<after>{alternation(bounds.after)})"
        rf"|{WRAP}(?P<from>{alternation(bounds.from_)})(?!{alternation(bounds.from_not)})"
        rf"|{BLANK}(?P<until>{alternation(bounds.until)})"
    )
