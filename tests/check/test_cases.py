"""Single sentences and lists: what is a fault, and what only looks like one."""

from __future__ import annotations

import pytest

import noticetab

HEAD = """\
青山市科学技术协会
关于举办青山市第十二届科技周活动的通知

青科协发〔2023〕8号

各县（市、区）科协，各有关单位：
    定于2023年5月20日至5月26日举办青山市第十二届科技周活动。现将有关事项通知如下：
"""
TAIL = """
    青山市科学技术协会
    2023年5月4日
"""


def codes(*lines: str, head: str = HEAD, tail: str = TAIL) -> list[str]:
    """Codes of the findings (but those of severity info) in a notice with these lines as its body."""
    body = "\n".join(f"    {line}" if line else "" for line in lines)
    record = noticetab.extract_text(f"{head}{body}\n{tail}")
    assert record.notice.is_notice
    return sorted(f.code for f in record.findings if f.severity != "info")


FAULTS: dict[str, tuple[list[str], list[str]]] = {
    "gap in the first level": (
        [
            "一、活动主题",
            "热爱科学 崇尚科学",
            "二、活动时间",
            "2023年5月20日至26日",
            "四、工作要求",
            "各单位要精心组织。",
        ],
        ["NUMBERING_GAP"],
    ),
    "gap in the second level": (
        [
            "一、工作要求",
            "（一）加强领导。各单位要高度重视。",
            "（三）注重实效。各单位要讲求实效。",
            "（四）做好总结。各单位要及时总结。",
        ],
        ["NUMBERING_GAP"],
    ),
    "number lost from a run-in heading": (
        [
            "一、工作要求",
            "（一）加强领导。各单位要高度重视。",
            "注重实效。各单位要讲求实效。",
            "（三）做好总结。各单位要及时总结。",
        ],
        ["UNNUMBERED_HEADING"],
    ),
    "number used twice": (
        [
            "一、活动主题",
            "热爱科学 崇尚科学",
            "二、活动时间",
            "2023年5月20日至26日",
            "二、工作要求",
            "各单位要精心组织。",
        ],
        ["NUMBERING_REPEAT"],
    ),
    "number said twice in a sentence": (
        [
            "一、工作要求",
            "要求如下：一是加强领导，落实责任；二是突出重点，注重实效；二是做好宣传，营造氛围。",
        ],
        ["NUMBERING_REPEAT"],
    ),
    "a heading announces more items than follow": (
        [
            "一、三项重点工作",
            "（一）科普讲座。邀请专家授课。",
            "（二）科普展览。展出科普展板。",
            "二、工作要求",
            "精心组织。",
        ],
        ["COUNT_MISMATCH"],
    ),
    "a sentence names fewer things than it says": (
        ["一、活动内容", "大赛设小学组、初中组、高中组四个组别，分别评奖。"],
        ["COUNT_MISMATCH"],
    ),
    "named lines of work": (
        ["一、活动内容", "组织开展“科普讲堂”进社区、“科普大篷车”进乡村、“科普影院”进校园等四大系列活动。"],
        ["COUNT_MISMATCH"],
    ),
    "edition of last year": (
        ["一、工作要求", "各单位要把青山市第十一届科技周活动列入重要议事日程，精心组织。"],
        ["EDITION_MISMATCH"],
    ),
    "edition of last year without the place": (
        ["一、工作要求", "各单位要在我市第十一届科技周期间开放场馆。"],
        ["EDITION_MISMATCH"],
    ),
    "a stage too few": (
        [
            "一、活动安排",
            "活动分四个阶段进行。",
            "第一阶段：动员。5月上旬部署。",
            "第二阶段：实施。5月中旬开展。",
            "第三阶段：总结。5月底总结。",
        ],
        ["COUNT_MISMATCH"],
    ),
    "wrong weekday": (
        ["一、启动仪式", "时间：5月20日（星期日）9:00", "地点：市科技馆"],
        ["WEEKDAY_MISMATCH"],
    ),
    "range without 日": (
        ["一、活动安排", "科普巡展于2023年5月27—6月3日在市科技馆举行。"],
        ["MALFORMED_DATE"],
    ),
    "31 June": (["一、工作要求", "各单位于6月31日前报送活动总结。"], ["MALFORMED_DATE"]),
    "a period that ends before it starts": (
        ["一、活动安排", "科普巡展于5月26日至20日在市科技馆举行。"],
        ["DATE_ORDER"],
    ),
    "due before it was signed": (["一、工作要求", "各单位于2023年4月28日前报送活动方案。"], ["DATE_ORDER"]),
    "a name with another character": (
        [
            "一、活动安排",
            "举办“科普走进校园”系列讲座。",
            "二、工作要求",
            "各校要组织好“科普走近校园”活动，确保安全。",
        ],
        ["NAME_MISMATCH"],
    ),
    "two neighbours of a name swapped": (
        [
            "一、活动安排",
            "举办“青少年科学影像节”活动。",
            "二、工作要求",
            "各校要组织好“青少年学科影像节”活动。",
        ],
        ["NAME_MISMATCH"],
    ),
    "attachment cited and not listed": (
        [
            "一、工作要求",
            "各单位填写活动计划表（附件3），于5月10日前报送。",
            "附件：1.科技周活动计划表",
            "2.科技周活动统计表",
        ],
        ["ATTACHMENT_MISSING"],
    ),
}

CLEAN: dict[str, list[str]] = {
    "the ladder starts again below each heading": [
        "一、活动安排", "（一）科普讲座。邀请专家授课。", "（二）科普展览。展出展板。",
        "二、工作要求", "（一）加强领导。高度重视。", "（二）注重实效。讲求实效。",
    ],
    "numbers run on over headings": [
        "一、主场活动", "1.启动仪式", "地点：市科技馆", "2.科普展览", "地点：市科技馆",
        "二、重点活动", "3.科普讲座", "地点：市图书馆", "4.科普影展", "地点：市文化馆",
    ],
    "slogans in quotes": [
        "一、活动内容", "“一、安全第一”“三、预防为主”等标语由市科协统一制作。",
    ],
    "examples before a count": ["一、活动内容", "为市科技馆、市气象台等5个科普教育基地授牌。"],
    "a count of something else": ["一、活动内容", "组织机关、学校、企业开展三个专题的讲座。"],
    "as many as named": ["一、活动内容", "设小学组、初中组、高中组三个组别，作品分图文、音视频和绘画三类。"],
    "prizes": ["一、奖项设置", "设一、二、三等奖各3名，优秀奖10名，按照一、二、三等奖两类分别颁奖。"],
    "levels of government": ["一、活动内容", "各市、县、乡三级科协要上下联动，市、县两级同步启动。"],
    "a former edition": [
        "一、工作要求", "在总结第十一届科技周经验的基础上，获第十一届科技周先进单位称号的要发挥作用。",
    ],
    "editions of other events": [
        "一、活动内容", "举办第八届青山市科普讲解大赛，参加第二十一届省青少年机器人竞赛。",
    ],
    "the national event": ["一、活动内容", "2023年全国科技活动周同期举行，第二十届全国科普日将于9月举行。"],
    "right weekday": ["一、启动仪式", "时间：5月20日（星期六）9:00", "地点：市科技馆"],
    "full ranges": ["一、活动安排", "巡展5月20—26日举行，讲座9:00—11:00开始，展期5月20日—6月3日。"],
    "over midnight and noon": ["一、活动安排", "开放时间为9:00至17:00，夜场为19:00至21:30。"],
    "names of a series": [
        "一、活动内容", "举办“小学生科普知识竞赛”“中学生科普知识竞赛”。",
        "二、工作要求", "推荐“市级科普教育基地”。推荐后，“县级科普教育基地”由各县评选。",
    ],
    "short and full name": ["一、活动内容", "举办“青少年科技创新大赛”活动。", "“科技创新大赛”由市科协承办。"],
    "documents of different years": [
        "一、依据", "根据《关于举办2022年全国科技活动周的通知》执行。",
        "二、要求", "按照《关于举办2023年全国科技活动周的通知》执行。",
    ],
    "no attachment is printed": [
        "一、工作要求", "请填报附件1、附件2。", "附件：1.科技周活动计划表", "2.科技周活动统计表",
    ],
    "an attachment of another document": ["一、工作要求", "按照省科协通知附件5的要求填报。"],
    "spoken items": [
        "一、工作要求", "要求如下：一是加强领导；二是注重实效；三是做好宣传。同时，一是确保安全；二是节约。",
    ],
    "一是 that is no list": ["一、工作要求", "要切实做到三个到位，确保每一是非问题得到解决。"],
    "items after the year's turn": ["一、活动安排", "寒假活动于12月25日至1月5日举行。"],
    "chapters and articles": [
        "第一章　总则", "第一条　为规范科普讲解大赛，制定本规则。", "第二条　大赛每年举办一次。",
        "第二章　组织", "第三条　大赛由市科协主办。", "第四条　大赛设组委会。",
    ],
    "lists of one item under lines of their own": [
        "一、活动内容",
        "线上活动",
        "1.云讲堂。邀请专家授课。",
        "线下活动",
        "1.开放日。开放场馆。",
        "2.大集。现场咨询。",
    ],
    "a count of what an attachment lists": [
        "一、重点活动（120项）",
        "（一）市级活动。见附件1。",
        "（二）县级活动。见附件2。",
        "二、工作要求",
        "精心组织。",
    ],
    "stages named in a sentence before items of another kind": [
        "一、活动安排",
        "大赛分初赛、复赛、决赛三个阶段进行。",
        "（一）参赛对象。市民。",
        "（二）参赛要求。原创。",
    ],
    "the same event of another owner": [
        "一、活动内容",
        "组队参加省第十一届科技周开幕式，观摩邻江市第九届科技周，承办第三十届中国科技周论坛。",
    ],
    "own event without its place": [
        "一、活动内容", "我市第十二届科技周与全国科技活动周同步，第十二届科技周期间开放场馆。",
    ],
    "attachments of a kind": [
        "一、要求", "按附件填报。", "附件：1.科技周活动参赛作品登记表", "2.科技周活动参展作品登记表",
    ],
    "weekdays of a range": ["一、时间", "5月20日（星期六）至21日（星期日），5月22日（周一）上午闭幕。"],
    "night hours and sessions": ["一、时间", "夜场为22:00至次日6:00，讲座8:30—11:30、14:00—17:00。"],
    "over the year's end": ["一、时间", "寒假展期为12月20日至次年2月28日，学年活动为10月至次年3月。"],
    "parts of one exhibition": [
        "一、内容", "设“科普进万家行动”“科技进万家行动”两个板块。", "“科普大讲堂”和“科技大讲堂”各办一场。",
    ],
    "single sub-item": ["一、活动内容", "（一）科普讲座", "邀请专家授课。", "二、工作要求", "精心组织。"],
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_nothing_else(name: str) -> None:
    lines, expected = FAULTS[name]
    assert codes(*lines) == expected


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_no_fault_is_passed_over(name: str) -> None:
    assert codes(*CLEAN[name]) == []
