"""Themes of the event: where they stand, what belongs to them, and what only looks like one."""

from __future__ import annotations

import pytest

from noticetab.record import Record

from .builder import PREAMBLE, read

THEME = "弘扬科学家精神 激发全社会创新活力"
REST = "二、活动时间", "2024年5月25日至31日", "三、工作要求", "各单位要精心组织，确保实效。"


def themes(record: Record) -> list[tuple[str, str]]:
    return [(row.role, row.text) for row in record.themes]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["一、活动主题", THEME], id="heading, next line"),
        pytest.param(["一、主题", f"“{THEME}”"], id="heading, next line in quotes"),
        pytest.param(["一、主　　题", THEME], id="padded heading"),
        pytest.param([f"一、活动主题：{THEME}"], id="heading, run in"),
        pytest.param([f"一、活动主题:{THEME}"], id="heading, run in, half-width"),
        pytest.param([f'一、活动主题："{THEME}"'], id="straight quotes"),
        pytest.param([f"一、活动主题：《{THEME}》"], id="book-title marks round the whole"),
        pytest.param(["一、主题和内容", f"（一）主题：{THEME}"], id="second level"),
        pytest.param(["一、主题和内容", f"(一)活动主题。“{THEME}”"], id="second level, half-width brackets"),
        pytest.param(["一、主题和内容", "（一）主题。", THEME], id="label with full stop, next line"),
        pytest.param([f"1.活动主题：{THEME}"], id="numbered 1."),
        pytest.param([f"1、活动主题：{THEME}"], id="numbered 1、"),
        pytest.param(["一、总体要求", f"活动主题：{THEME}"], id="label alone"),
        pytest.param(["一、总体要求", f"活动主题为“{THEME}”。"], id="为"),
        pytest.param(["一、总体要求", f"今年科技活动周的主题是“{THEME}”。"], id="是"),
        pytest.param(["一、总体要求", f"本次活动以“{THEME}”为主题，面向全市开展。"], id="以…为主题"),
        pytest.param(["一、总体要求", f'本次活动以"{THEME}"为主题,面向全市开展。'], id="以…为主题, straight"),
        pytest.param(["一、总体要求", f"各单位要围绕“{THEME}”这一主题，组织好各项活动。"], id="围绕"),
        pytest.param(["一、总体要求", f"各单位要紧扣“{THEME}”主题，组织好各项活动。"], id="紧扣"),
    ],
)
def test_a_theme_is_found_wherever_offices_put_it(lines: list[str]) -> None:
    assert themes(read(*lines, *REST)) == [("主题", THEME)]


@pytest.mark.parametrize("own", ["泰安主题", "我市主题", "本届主题"])
def test_the_national_theme_beside_the_events_own(own: str) -> None:
    record = read("一、活动主题", "全国主题：科技强国", f"{own}：{THEME}", *REST)
    assert themes(record) == [("主题", THEME)]


@pytest.mark.parametrize(
    "subject",
    [
        "本次活动",
        "本届科技周",
        "2024年泰安市科技活动周",
        "今年活动",
    ],
)
def test_whose_theme_a_sentence_states(subject: str) -> None:
    record = read("一、总体要求", f"{subject}以“{THEME}”为主题，面向全市开展。", *REST)
    assert themes(record) == [("主题", THEME)]


@pytest.mark.parametrize(
    "theme",
    [
        "热爱科学，崇尚科学",
        "安全责任、重在落实",
        "美丽家园·绿色同行",
        "弘扬科学精神——建设创新泰安",
        "“双碳”引领 绿色生活",
        "讲好“大国工匠”故事",
        "携手创新",
    ],
)
def test_marks_inside_a_theme_stay(theme: str) -> None:
    assert themes(read("一、活动主题", theme, *REST)) == [("主题", theme)]


@pytest.mark.parametrize(
    "theme",
    [
        "热爱科学，崇尚科学",
        "讲好‘大国工匠’故事",
        "“双碳”引领 绿色生活",
        "讲好“大国工匠”故事，争做时代新人",
    ],
)
def test_quotes_round_the_whole_go_and_inner_ones_stay(theme: str) -> None:
    assert themes(read("一、活动主题", f"“{theme}”", *REST)) == [("主题", theme)]


@pytest.mark.parametrize(
    "lines",
    [
        [f"一、活动主题：{THEME}", "副主题：科学点亮生活"],
        ["一、活动主题", f"主题：{THEME}", "副主题：科学点亮生活"],
        ["一、总体要求", f"活动以“{THEME}”为主题，以“科学点亮生活”为副主题。"],
        ["一、活动主题", f"（一）主题：“{THEME}”", "（二）副主题：“科学点亮生活”"],
    ],
)
def test_a_second_theme_has_its_own_role(lines: list[str]) -> None:
    assert sorted(themes(read(*lines, *REST))) == sorted([("主题", THEME), ("副主题", "科学点亮生活")])


@pytest.mark.parametrize(
    "line",
    [
        "围绕主题，开展“科普进万家”“科技助农”“科学之夜”三大系列活动。",
        "重点组织“科普进万家”、“科技助农”、“科学之夜”三大系列活动。",
    ],
)
def test_named_lines_of_work_are_a_row_each(line: str) -> None:
    record = read("一、活动主题", THEME, "二、活动内容", line)
    assert [row.text for row in record.themes if row.role == "系列"] == ["科普进万家", "科技助农", "科学之夜"]


@pytest.mark.parametrize(
    "line",
    [
        "2024年全国科技活动周的主题为“科技强国”。",
        "2024年全国科技活动周以“科技强国”为主题，将于5月25日至31日举行。",
        "今年世界环境日的主题是“土地修复”。",
        "各学校要组织开展“我爱科学”主题班会。",
        "组织“科学之夜”主题活动，丰富群众生活。",
        "各单位可结合实际拟定副主题。",
        "邮件主题请注明“科技活动周+单位名称”。",
    ],
)
def test_what_only_looks_like_a_theme(line: str) -> None:
    assert themes(read(f"一、活动主题：{THEME}", *REST, line)) == [("主题", THEME)]


@pytest.mark.parametrize(
    ("preamble", "after"),
    [
        (PREAMBLE, ["主题词：科技 活动 通知"]),
        ("2024年全国科技活动周以“科技强国”为主题。现将我市有关事项通知如下：", []),
    ],
)
def test_a_notice_may_have_no_theme(preamble: str, after: list[str]) -> None:
    assert themes(read("一、工作要求", "各单位要精心组织。", preamble=preamble, after=after)) == []


def test_subject_metadata_of_a_site_is_no_theme() -> None:
    record = read(
        "一、工作要求", "各单位要精心组织。", above=["索引号：11370900", "主题分类：科技、教育", ""]
    )
    assert themes(record) == []


def test_a_full_stop_inside_the_quotes_ends_no_sentence() -> None:
    assert themes(read("一、总体要求", "今年的活动主题是“热爱科学，崇尚科学。”", *REST)) == [
        ("主题", "热爱科学，崇尚科学")
    ]
