"""Quotas: how many activities, works, people or places are demanded of whom; numbers that demand nothing."""

from __future__ import annotations

import pytest

from noticetab.record import Quota

from .builder import read, squeeze


def demanded(*lines: str) -> list[Quota]:
    return read("一、工作要求", *lines, "二、其他", "各单位要精心组织，确保实效。").quotas


def flat(rows: list[Quota]) -> list[tuple[str, str, int | None, int | None, str]]:
    return [(squeeze(row.who), squeeze(row.what), row.min, row.max, row.unit or "") for row in rows]


WHO, WHAT = "每个县（市、区）", "重点科普活动"


@pytest.mark.parametrize(
    ("line", "least", "most"),
    [
        ("每个县（市、区）组织重点科普活动不少于3项。", 3, None),
        ("每个县(市、区)组织重点科普活动不少于3项。", 3, None),
        ("每个县（市、区）组织不少于3项重点科普活动。", 3, None),
        ("每个县（市、区）至少组织3项重点科普活动。", 3, None),
        ("每个县（市、区）至少组织三项重点科普活动。", 3, None),
        ("每个县（市、区）组织3项以上重点科普活动。", 3, None),
        ("每个县（市、区）报送重点科普活动3—5项。", 3, 5),
        ("每个县（市、区）报送重点科普活动3-5项。", 3, 5),
        ("每个县（市、区）报送重点科普活动3至5项。", 3, 5),
        ("每个县（市、区）报送重点科普活动3～5项。", 3, 5),
        ("每个县（市、区）报送3—5项重点科普活动。", 3, 5),
        ("每个县（市、区）至少报送1—2项重点科普活动。", 1, 2),
        ("每个县（市、区）报送重点科普活动不超过5项。", None, 5),
        ("每个县（市、区）报送重点科普活动不多于5项。", None, 5),
        ("每个县（市、区）限报重点科普活动5项。", None, 5),
        ("每个县（市、区）最多报送5项重点科普活动。", None, 5),
    ],
)
def test_how_many(line: str, least: int | None, most: int | None) -> None:
    assert flat(demanded(line)) == [(WHO, WHAT, least, most, "项")]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("每所学校报送作品不超过10件。", ("每所学校", "作品", None, 10, "件")),
        ("每个乡镇举办科技赶集活动不少于1场。", ("每个乡镇", "科技赶集活动", 1, None, "场")),
        ("每家规模以上企业至少开展1次应急演练。", ("每家规模以上企业", "应急演练", 1, None, "次")),
        ("每个学院组织参赛队伍不超过6支。", ("每个学院", "参赛队伍", None, 6, "支")),
        ("各市推荐选手2—3名。", ("各市", "选手", 2, 3, "名")),
        (
            "每支参赛队伍由3—5人组成。",
            ("每支参赛队伍", "", 3, 5, "人"),
        ),
        ("每个街道拍摄宣传短视频不少于2部。", ("每个街道", "宣传短视频", 2, None, "部")),
        ("每校推荐作品3件以内。", ("每校", "作品", None, 3, "件")),
        (
            "每支队伍由2—4名学生和1名指导教师组成。",
            ("每支队伍", "学生", 2, 4, "名"),
        ),
        ("各单位要组织100名以上科普志愿者参加启动仪式。", ("各单位", "科普志愿者", 100, None, "名")),
        (
            "每个学校限报2名选手。",
            ("每个学校", "选手", None, 2, "名"),
        ),
        (
            "原则上每个乡镇至少打造1个科普示范点。",
            ("每个乡镇", "科普示范点", 1, None, "个"),
        ),
        (
            "各学院推荐不超过2个项目参赛。",
            ("各学院", "项目", None, 2, "个"),
        ),
    ],
)
def test_whose_and_in_which_unit(line: str, row: tuple[str, str, int | None, int | None, str]) -> None:
    got = flat(demanded(line))
    if not row[1]:  # what a team is made of is called in more than one way
        got = [(who, "", least, most, unit) for who, _, least, most, unit in got]
    assert got[:1] == [row]
    assert len(got) == 1 or "和1名" in line


@pytest.mark.parametrize(
    "line",
    [
        "每个县（市、区）组织重点科普活动不少于3项，每所学校组织科普讲座不少于1场。",
        "每个县（市、区）组织重点科普活动不少于3项；每所学校组织科普讲座不少于1场。",
        "每个县（市、区）至少组织3项重点科普活动，每所学校至少组织1场科普讲座。",
    ],
)
def test_two_demands_are_two_rows(line: str) -> None:
    assert flat(demanded(line)) == [(WHO, WHAT, 3, None, "项"), ("每所学校", "科普讲座", 1, None, "场")]


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            "每学院邀请专家作报告不少于2场。",
            [("每学院", 2, None)],
        ),
        ("组织健康讲座，每个县（市、区）不少于10场。", [("每个县（市、区）", 10, None)]),
        ("推荐名额：每个县（市、区）不超过3名。", [("每个县（市、区）", None, 3)]),
        (
            "每个单位推荐作品不超过5部，个人限报1部。",
            [("每个单位", None, 5), ("个人", None, 1)],
        ),
        (
            "各高校推荐作品不超过5件，中小学不超过3件。",
            [("各高校", None, 5), ("中小学", None, 3)],
        ),
        (
            "每区至少1项，市级学会至少2项重点活动。",
            [("每区", 1, None), ("市级学会", 2, None)],
        ),
        (
            "科协系统报送活动不少于5项；教育系统报送活动不少于3项。",
            [("科协系统", 5, None), ("教育系统", 3, None)],
        ),
        (
            "每件作品作者不超过3人，指导教师不超过2人。",
            [("每件作品", None, 3), ("每件作品", None, 2)],
        ),
        (
            "每个县（市、区）科协要开展10场（次）以上科普活动。",
            [("每个县（市、区）科协", 10, None)],
        ),
    ],
)
def test_whose_number_it_is(line: str, rows: list[tuple[str, int | None, int | None]]) -> None:
    assert [(who, least, most) for who, _, least, most, _ in flat(demanded(line))] == rows


@pytest.mark.parametrize(
    "line",
    [
        "每篇文章不超过2000字。",
        "每篇论文字数不少于3000字，不超过5000字。",
        "视频时长不超过5分钟。",
        "照片大小不少于3M。",
        "纸质材料一式3份。",
        "报名费每人200元。",
        "公示期不少于5个工作日。",
        "活动为期7天。",
        "设一等奖5项、二等奖10项。",
        "去年全市共开展活动300余项，参与群众10万人次。",
        "活动期间将有20家科普基地免费开放。",
        "参赛者年龄不超过35周岁。",
        "每个展位面积不少于9平方米。",
        "每年举办1次科技活动周。",
        "各单位要高度重视，做到“三个到位”。",
    ],
)
def test_numbers_that_demand_nothing(line: str) -> None:
    assert demanded(line) == []


def numbers(*lines: str, heading: str = "工作要求") -> list[tuple[str, str, int | None, int | None, str]]:
    return flat(read(f"一、{heading}", *lines, "二、其他", "各单位要精心组织，确保实效。").quotas)


@pytest.mark.parametrize(
    ("line", "heading", "rows"),
    [
        ("每单位1位参会人员。", "名额分配", [("每单位", "参会人员", 1, 1, "位")]),
        ("每校1名联络员。", "参加人员及名额", [("每校", "联络员", 1, 1, "名")]),
        (
            "每市限报教师组方案2份，学生组作品4份。",
            "工作要求",
            [("每市", "教师组方案", None, 2, "份"), ("每市", "学生组作品", None, 4, "份")],
        ),
        (
            "书画作品每人限交6幅；摄影作品每人10张。",
            "工作要求",
            [("每人", "书画作品", None, 6, "幅"), ("每人", "摄影作品", None, 10, "张")],
        ),
        ("每年级限报2人。", "报名要求", [("每年级", "人员", None, 2, "人")]),
        ("每个单位推荐诗歌2首以上。", "工作要求", [("每个单位", "诗歌", 2, None, "首")]),
        (
            "各县推荐先进集体1个或先进工作者1名。",
            "推荐名额",
            [("各县", "先进集体", 1, 1, "个"), ("各县", "先进工作者", 1, 1, "名")],
        ),
        (
            "各学院组织学习；根据情况举行初赛，并推选2名选手。",
            "赛程安排",
            [("各学院", "选手", 2, 2, "名")],
        ),
    ],
)
def test_numbers_under_their_heading_and_in_lists(
    line: str, heading: str, rows: list[tuple[str, str, int | None, int | None, str]]
) -> None:
    assert numbers(line, heading=heading) == rows


@pytest.mark.parametrize("line", ["每单位报送申报书3份。", "各县提交纸质材料一式2份。", "每月报送1份简报。"])
def test_copies_are_no_quota(line: str) -> None:
    assert numbers(line) == []


def test_the_scope_of_a_number_is_no_part_of_the_class() -> None:
    assert numbers("每班每项不得少于6件作品。") == [("每班", "作品", 6, None, "件")]
