"""Text that only looks like a date is passed over, and real dates beside it are not."""

from __future__ import annotations

import pytest

from noticetab.dates import find

NEVER = [
    # document numbers
    "津科组办〔2022〕1号",
    "国发[2007]18号",
    "安监总政法(2006)58号",
    "粤环学字【2019】31号",
    "云科协发﹝2023﹞宣字7号",
    "科普字[2010] 4号",
    "第031号",
    "2023年级",
    # figures with a point and no word that makes them a day
    "得分3.5—4.2，",
    "长度1.2—1.5米",
    "气温5.2-7.5，",
    "第3.2节",
    "版本5.12。",
    "3.5前端",
    "图3.1：",
    "比例为1.5",
    "3.1 总体要求",
    "占比从2.5到3.8个百分点",
    "农历五月初五",
    "农历四月十八（",
    # telephone, postal and identity numbers
    "0531-88023810",
    "010-63589698",
    "13900000217",
    "(010)6358-9698",
    "12010102000762号",
    "728685970/2015-00024",
    # names of plans and periods
    "《全民科学素质规划纲要（2021—2035年）》",
    "（2006—2010—2020年）",
    "（2021年—2035年）",
    "2021-2025年规划",
    "2023-2024学年",
    "1996-2017",
    "“十四五”规划",
    "“1+3+4”工作体系",
    "“2211”工程",
    # days that are names
    "“5·12”防灾减灾日",
    "“5.12”防灾减灾日",
    "“5•18”国际博物馆日",
    "9·15",
    "五四青年节、六一儿童节",
    # editions, counts and lengths
    "第37届科技周",
    "第5月刊",
    "3-5项",
    "1—2场",
    "10—15名",
    "15—30分钟",
    "不超过3分钟",
    "11.5公斤",
    "3个月",
    "5个工作日内",
    "15日内",
    "历时3月",
    "12月龄",
    "3-6月龄",
    "近2000年的历史",
    "建党100周年",
    "2023届毕业生",
    "27号楼",
    "13月",
    # other calendars and what returns every year
    "农历五月初五",
    "每年5月20日至26日",
    "每年的5月12日",
    "每月20日",
    "每年底前",
    "学年末",
    "每年九月第三个公休日",
    # blanks to be filled in and masked values
    "20xx年6月x日",
    "20__年__月__日",
    "2011年  月  日",
    "2023年__月__日",
    "XX月XX日",
    "6月__日前",
    "20__年__月1日~__月5日",
    "20xx年12月—20xx年6月",
    "20__.5.27-20__.5.31",
    "0000-00-00",
    "×年5月20日",
    # years beyond sense
    "1840年6月28日",
    "2123年5月20日",
    "一八四〇年六月二十八日",
    # addresses and versions
    "http://www.example.gov.cn/art/2023/5/20/art_1.html",
    "https://example.cn/2023-05/20/content.htm",
    "mail20230520@example.com",
    "v2023.5.20.1",
    "192.168.5.20",
    # time of day without a day
    "上午9:30",
    "1.14:30-14:38主持人宣布开始",
    "每周六、日上午9:00-11:30",
    "今年",
    "十月革命",
]


@pytest.mark.parametrize("text", NEVER)
def test_look_alikes_are_no_dates(text: str) -> None:
    assert find(text, 2023) == []
    assert find(f"根据{text}的要求", 2023) == []


@pytest.mark.parametrize("text", NEVER)
def test_a_date_after_a_look_alike_is_still_found(text: str) -> None:
    found = find(f"{text}，定于5月20日举行", 2023)
    assert [date.raw for date in found] == ["5月20日"]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("3.5月20日报到", "5月20日"),  # a list number is glued to the date
        ("1.2023.5.20报到", "2023.5.20"),
        ("发布于2020-08-3116:05", "2020-08-3116:05"),  # a blank is lost
        ("1、2023年5月20日前", "2023年5月20日前"),
        ("1 启动仪式 5月19日 甲县", "5月19日"),
        ("（国发〔2006〕7号）5月20日", "5月20日"),
        ("以1989年1月1日以后出生为限", "1989年1月1日以后"),  # a birth limit is a date all the same
        ("发布时间:2022-07-28浏览量:2099", "2022-07-28"),
        ("附件2023年5月20日", "2023年5月20日"),
        ("第3期:3月17日至21日", "3月17日至21日"),
        ("（5月1日至15日）", "5月1日至15日"),
        ("主题宣传活动贯穿全年。", "全年"),
        ("发布时间:2024-11-29  截止时间:", "2024-11-29"),  # the next label
        ("5月20日\n前厅", "5月20日"),  # the next cell
        ("2023年历史建筑普查", "2023年"),
        ("5月刊登", "5月"),  # not 月刊
        ("6月考核", "6月"),
        ("5月20日早餐后", "5月20日"),
        ("5月20日\t9:30\t人民广场", "5月20日"),  # a tab ends a table cell
        ("5月20日\n- 6月3日 闭幕", "5月20日"),  # a dash that begins a line is a list mark
    ],
)
def test_the_date_is_told_from_what_is_around_it(text: str, raw: str) -> None:
    assert find(text, 2023)[0].raw == raw
