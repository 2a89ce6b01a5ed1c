"""The event that a notice is about: name, series, edition, year, period."""

from __future__ import annotations

import datetime as dt

import pytest

from noticetab.record import Record

from .builder import day, read

WEEK = "关于举办2024年泰安市科技活动周的通知"
BODY = "一、工作要求", "各单位要精心组织，确保实效。"


def about(title: str, *body: str, preamble: str = "现将有关事项通知如下：", **parts: object) -> Record:
    return read(*(body or BODY), title=title, preamble=preamble, **parts)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (WEEK, "2024年泰安市科技活动周"),
        ("关于举办2024年泰安市科技活动周活动的通知", "2024年泰安市科技活动周"),
        ("关于开展泰安市2024年全国科普日活动的通知", "泰安市2024年全国科普日"),
        ("关于组织开展2024年泰安市全国科普日活动的通知", "2024年泰安市全国科普日"),
        ("关于做好2024年泰安市安全生产月活动的通知", "2024年泰安市安全生产月"),
        ("关于认真组织开展泰安市第十届食品安全宣传周活动的通知", "泰安市第十届食品安全宣传周"),
        ("关于举办泰安市第37届科技周的通知", "泰安市第37届科技周"),
        ("泰安市科学技术局关于举办2024年泰安市科技活动周的通知", "2024年泰安市科技活动周"),
        ("泰安市第三十届科技周活动方案", "泰安市第三十届科技周"),
        ("2024年泰安市全国科普日活动实施方案", "2024年泰安市全国科普日"),
        ("关于印发《2024年泰安市科技活动周实施方案》的通知", "2024年泰安市科技活动周"),
        ("关于印发《泰安市第三十届科技周活动总体方案》的通知", "泰安市第三十届科技周"),
        ("关于举办泰安市第八届青少年机器人竞赛的通知", "泰安市第八届青少年机器人竞赛"),
    ],
)
def test_the_name_keeps_place_year_and_edition_and_loses_a_closing_word(title: str, name: str) -> None:
    assert [event.name for event in about(title).events] == [name]


@pytest.mark.parametrize(
    ("title", "series"),
    [
        (WEEK, "科技活动周"),
        ("关于举办天津市第37届科技周的通知", "科技周"),
        ("关于开展泰安市2024年全国科普日活动的通知", "全国科普日"),
        ("关于开展泰安市2024年安全生产月活动的通知", "安全生产月"),
        ("关于开展2024年泰安市全国节能宣传周活动的通知", "全国节能宣传周"),
        ("关于开展岱岳区第五届食品安全宣传周活动的通知", "食品安全宣传周"),
        ("关于开展宁阳县2024年防灾减灾宣传周活动的通知", "防灾减灾宣传周"),
        (
            "关于开展2024年泰安市世界读书日活动的通知",
            "世界读书日",
        ),
        (
            "关于开展2024年泰安市“世界读书日”主题活动的通知",
            "世界读书日",
        ),
        (
            "关于开展“世界读书日”主题活动的通知",
            "世界读书日",
        ),
        ("关于举办泰安市第八届青少年机器人竞赛的通知", None),
        ("关于举办泰安市第六期科技辅导员培训班的通知", None),
        ("关于举办泰山学院第八届校园科技文化节的通知", None),
    ],
)
def test_series_is_the_recurring_day_week_or_month_alone(title: str, series: str | None) -> None:
    assert [event.series for event in about(title).events] == [series]


@pytest.mark.parametrize(
    "quotes",
    [
        "“”",
        '""',
        "〝〞",
    ],
)
def test_series_carries_no_quotes(quotes: str) -> None:
    first, last = quotes
    record = about(f"关于开展2024年泰安市{first}科技活动周{last}活动的通知")
    assert [(event.series, event.year) for event in record.events] == [("科技活动周", 2024)]


@pytest.mark.parametrize(
    ("title", "preamble", "edition"),
    [
        ("关于举办泰安市第37届科技周的通知", "", 37),
        ("关于举办泰安市第三十七届科技周的通知", "", 37),
        ("关于举办泰安市首届科技周的通知", "", 1),
        ("关于举办泰安市第 3 届科技周的通知", "", 3),
        ("关于举办“泰山杯”第八届泰安市青少年机器人竞赛的通知", "", 8),
        ("关于举办泰安市第六期科技辅导员培训班的通知", "", 6),
        ("关于举办2024年泰安市科技周的通知", "", None),
        ("关于开展2024年泰安市安全生产月活动的通知", "今年6月是第23个全国安全生产月。", 23),
        ("关于开展2024年泰安市安全生产月活动的通知", "今年6月是第二十三个全国“安全生产月”。", 23),
        ("关于举办2024年泰安市科技周的通知", "我市已连续举办12年科技周，群众反响热烈。", None),
        ("关于举办2024年泰安市科技周的通知", "今年是我市科技周开展30周年。", None),
    ],
)
def test_edition(title: str, preamble: str, edition: int | None) -> None:
    record = about(title, preamble=preamble + "现将有关事项通知如下：")
    assert [event.edition for event in record.events] == [edition]


def test_its_own_edition_goes_before_the_national_one() -> None:
    preamble = "今年6月是第二十三个全国安全生产月。现将有关事项通知如下："
    record = about("关于开展泰安市第十届安全生产月活动的通知", preamble=preamble)
    assert [event.edition for event in record.events] == [10]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (
            "关于举办泰安市第九届科普讲解大赛暨第三届科学实验展演的通知",
            ["泰安市第九届科普讲解大赛", "第三届科学实验展演"],
        ),
        (
            "关于举办第三十届泰安市科技周暨第五届泰安市科普节的通知",
            ["第三十届泰安市科技周", "第五届泰安市科普节"],
        ),
        (
            "关于召开泰安市第九届科普讲解大赛表彰会暨第三届科技节开幕式的通知",
            ["泰安市第九届科普讲解大赛表彰会", "第三届科技节开幕式"],
        ),
    ],
)
def test_two_events_with_their_own_editions_are_two_rows(title: str, names: list[str]) -> None:
    assert [event.name for event in about(title).events] == names


@pytest.mark.parametrize(
    "preamble",
    [
        "根据《科技部关于举办2024年全国科技活动周的通知》（国科函才〔2024〕76号）要求，现将有关事项通知如下：",
        "2024年全国科技活动周将于5月25日至31日在全国同步举行，主题为“弘扬科学家精神”。现将我市有关事项通知如下：",
        "按照山东省2024年科技活动周统一部署，结合我市实际，现将有关事项通知如下：",
        "为贯彻落实《中华人民共和国科学技术普及法》，现将有关事项通知如下：",
    ],
)
def test_the_event_of_the_level_above_is_no_row(preamble: str) -> None:
    record = about(WEEK, preamble=preamble)
    assert [event.name for event in record.events] == ["2024年泰安市科技活动周"]


@pytest.mark.parametrize(
    "line",
    [
        "各单位要将科技活动周与“全国防灾减灾日”“世界计量日”等结合起来，扩大影响。",
        "去年第二十九届科技活动周参与人数超过10万人次，要认真总结经验。",
    ],
)
def test_an_event_merely_mentioned_is_no_row(line: str) -> None:
    record = about(WEEK, "一、工作要求", line)
    assert [event.name for event in record.events] == ["2024年泰安市科技活动周"]
    assert record.events[0].edition is None


@pytest.mark.parametrize(
    ("printed", "starts", "ends"),
    [
        ("2024年5月25日至31日", "05-25", "05-31"),
        ("2024年5月25日至5月31日", "05-25", "05-31"),
        ("5月25日至31日", "05-25", "05-31"),
        ("5月25至31日", "05-25", "05-31"),
        ("5月25—31日", "05-25", "05-31"),
        ("5月25日－31日", "05-25", "05-31"),
        ("5月25日-5月31日", "05-25", "05-31"),
        ("5月25日～31日", "05-25", "05-31"),
        ("5月25日——6月3日", "05-25", "06-03"),
        ("5月25—6月3日", "05-25", "06-03"),
        ("2024 年 5 月 25 日 至 31 日", "05-25", "05-31"),
        ("5月25日（星期六）至5月31日（星期五）", "05-25", "05-31"),
        ("5月25日(周六)-31日(周五)", "05-25", "05-31"),
        ("5月25日、26日", "05-25", "05-26"),
        ("5月25日", "05-25", None),
        ("12月25日至2025年1月5日", "12-25", "2025-01-05"),
    ],
)
def test_period_of_the_event(printed: str, starts: str, ends: str | None) -> None:
    record = about(WEEK, "一、活动时间", printed, "二、工作要求", "各单位要精心组织。")
    assert [(e.starts_on, e.ends_on) for e in record.events] == [(day(starts), day(ends))]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、活动时间：5月25日至31日"],
        ["一、时间:5月25日至31日"],
        ["一、时　　间", "5月25日至31日"],
        ["一、时间和主题", "（一）时间：5月25日至31日", "（二）主题：热爱科学 崇尚科学"],
        ["一、时间和主题", "(一)时间。5月25日-31日", "(二)主题。热爱科学 崇尚科学"],
        ["一、时间和主题", "（一）时间。", "5月25日至31日", "（二）主题。", "热爱科学 崇尚科学"],
        ["1.活动时间。2024年5月25日至31日"],
        ["活动时间：5月25日至31日"],
        ["一、活动时间", "活动时间为2024年5月25日至31日。"],
    ],
)
def test_where_the_period_stands(lines: list[str]) -> None:
    record = about(WEEK, *lines, *BODY)
    assert [(e.starts_on, e.ends_on) for e in record.events] == [(day("05-25"), day("05-31"))]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、活动时间：5月25日至31日"],
        ["一、活动主题", "热爱科学 崇尚科学", "二、活动时间", "5月25日至31日"],
        ["一、时　　间", "5月25日至31日"],
        ["一、活动时间", "2024年5月25日至31日"],
    ],
)
def test_the_period_may_stand_last_before_the_signature(lines: list[str]) -> None:
    record = about(WEEK, *lines)
    assert [(e.starts_on, e.ends_on) for e in record.events] == [(day("05-25"), day("05-31"))]
    assert (record.notice.issued_on, record.notice.issuers) == (day("05-06"), ["泰安市科学技术局"])


@pytest.mark.parametrize(
    "preamble",
    [
        "定于2024年5月25日至31日举办2024年泰安市科技活动周。现将有关事项通知如下：",
        "2024年泰安市科技活动周将于5月25日至31日举行，现将有关事项通知如下：",
        "经研究，决定于5月25日—31日在全市开展科技活动周活动，现将有关事项通知如下:",
    ],
)
def test_period_in_the_preamble(preamble: str) -> None:
    record = about(WEEK, preamble=preamble)
    assert [(e.starts_on, e.ends_on) for e in record.events] == [(day("05-25"), day("05-31"))]


@pytest.mark.parametrize(
    ("title", "line", "year"),
    [
        ("关于举办2023年泰安市科技活动周的通知", "5月20日至26日", 2023),
        ("关于举办泰安市第三十届科技周的通知", "2023年5月20日至26日", 2023),
        ("关于举办泰安市第三十届科技周的通知", "5月20日至26日", 2023),
    ],
)
def test_year_is_the_nearest_explicit_one_else_that_of_issue(title: str, line: str, year: int) -> None:
    event = about(title, "一、活动时间", line, *BODY, issued="2023年5月6日").events[0]
    assert (event.year, event.starts_on) == (year, dt.date(year, 5, 20))


@pytest.mark.parametrize(
    "line",
    [
        "请各单位于5月15日前报送活动方案。",
        "启动仪式于5月24日上午9:30在人民广场举行。",
        "活动平台自5月10日起开放。",
    ],
)
def test_other_dates_are_not_the_events(line: str) -> None:
    record = about(WEEK, "一、活动时间", "5月25日至31日", "二、有关事项", line)
    assert [(e.starts_on, e.ends_on) for e in record.events] == [(day("05-25"), day("05-31"))]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("关于组织开展“慈善进万家”主题宣传活动的通知", ["“慈善进万家”主题宣传"]),
        ("关于开展2026年度“最美家庭”寻访活动的通知", ["2026年度“最美家庭”寻访"]),
        ("关于举办第三届职工运动会的通知", ["第三届职工运动会"]),
        ("关于召开全市老龄工作会议的通知", ["全市老龄工作会议"]),
        (
            "关于转发省文化厅关于开展2026年文化遗产日系列活动的通知的通知",
            ["2026年文化遗产日"],
        ),
        (
            "关于举办第九届省创业大赛（泰安赛区）暨第四届泰安创业大赛的通知",
            ["第九届省创业大赛（泰安赛区）", "第四届泰安创业大赛"],
        ),
        ("关于开展安全生产大检查的通知", []),
        ("关于组织开展2026年度高新技术企业统计调查的通知", []),
        ("关于做好2026年度项目申报工作的通知", []),
        ("关于开展专项整治工作的通知", []),
    ],
)
def test_what_is_held_is_an_event_whatever_word_it_ends_with(title: str, names: list[str]) -> None:
    assert [event.name for event in about(title).events] == names


@pytest.mark.parametrize(
    ("preamble", "name"),
    [
        ("经研究，决定举办泰安市第二届家政技能比武。现将有关事项通知如下：", "泰安市第二届家政技能比武"),
        ("兹定于5月20日在市会堂召开全市节水工作推进会，请准时参加。", "全市节水工作推进会"),
        ("现决定组织开展“书香机关”系列活动。现将有关事项通知如下：", "“书香机关”"),
    ],
)
def test_an_event_announced_in_the_body_alone(preamble: str, name: str) -> None:
    events = about("关于有关事项的通知", preamble=preamble).events
    assert [event.name for event in events] == [name]


def test_the_period_behind_the_event_s_own_name_is_its_period() -> None:
    record = about(
        "关于开展2026年民法典宣传月活动的通知",
        "一、时间安排",
        "主题日：5月28日；民法典宣传月：5月1日—5月31日。",
        *BODY,
    )
    assert [(e.starts_on, e.ends_on) for e in record.events] == [(day("2026-05-01"), day("2026-05-31"))]
