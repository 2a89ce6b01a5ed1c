"""Tables of contacts, quotas, tasks, hosts and people, three of each, right in all three formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import noticetab
from noticetab.record import Record

from .declared import FORMATS, notice

CONTACTS = [
    (
        """单位|联系人|联系电话
        市科技局|王旭|0538-6991001
        市教育局|李晓明|0538-6991002""",
        [("市科技局", ["王旭"], ["0538-6991001"]), ("市教育局", ["李晓明"], ["0538-6991002"])],
    ),
    (
        """序号|部门|联系人|<|电子邮箱
        ^|^|姓名|手机|^
        1|综合组|赵明|13800001111|zonghe@example.com
        2|展览组|孙立夏|13800002222|zhanlan@example.com""",
        [("综合组", ["赵明"], ["13800001111"]), ("展览组", ["孙立夏"], ["13800002222"])],
    ),
    (
        """学校名称|联络员|办公电话
        泰安一中|周谷雨|6991003
        ^|陈小满|6991004
        泰安二中|钱立秋|6991005""",
        [
            ("泰安一中", ["周谷雨"], ["6991003"]),
            ("泰安一中", ["陈小满"], ["6991004"]),
            ("泰安二中", ["钱立秋"], ["6991005"]),
        ],
    ),
]
QUOTAS = [
    (
        """序号|单位|名额
        1|泰山区科技局|10人
        2|岱岳区科技局|12人
        合计||22人""",
        [("泰山区科技局", "名额", 10, 10, "人"), ("岱岳区科技局", "名额", 12, 12, "人")],
    ),
    (
        """县（市、区）|推荐作品数（件）
        泰山区|不超过8
        新泰市|5-6""",
        [("泰山区", "作品", None, 8, "件"), ("新泰市", "作品", 5, 6, "件")],
    ),
    (
        """学校|推荐名额|<
        ^|教师人数|学生人数
        泰安一中|2名|10名
        泰安二中|1名|8名""",
        [
            ("泰安一中", "教师", 2, 2, "名"),
            ("泰安一中", "学生", 10, 10, "名"),
            ("泰安二中", "教师", 1, 1, "名"),
            ("泰安二中", "学生", 8, 8, "名"),
        ],
    ),
]
TASKS = [
    (
        """序号|任务|完成时限|责任单位
        1|制定实施方案|4月20日前|市科技局
        2|报送活动总结|6月10日前|各县（市、区）科技局""",
        [("04-20", "制定实施方案", "市科技局"), ("06-10", "报送活动总结", "各县（市、区）科技局")],
    ),
    (
        """重点工作|具体措施|牵头单位|完成时间
        场馆布置|制作展板|市科协|5月15日
        ^|搭建展台|市体育局|^""",
        [("05-15", "场馆布置", "市科协"), ("05-15", "场馆布置", "市体育局")],
    ),
    (
        """工作事项|时间节点|责任科室
        开通报名平台|4月25日|信息科
        印制宣传册|5月8日|办公室""",
        [("04-25", "开通报名平台", "信息科"), ("05-08", "印制宣传册", "办公室")],
    ),
]
HOSTS = [
    (
        """主办单位|市科技局、市教育局
        承办单位|市科技馆
        协办单位|市气象局""",
        [("主办", "市科技局"), ("主办", "市教育局"), ("承办", "市科技馆"), ("协办", "市气象局")],
    ),
    (
        """主办单位|市科技局
        ^|市教育局
        支持单位|市融媒体中心""",
        [("主办", "市科技局"), ("主办", "市教育局"), ("支持", "市融媒体中心")],
    ),
    (
        """主办单位|承办单位|协办单位
        市科技局|市科技馆|市气象局
        市教育局|市少年宫|""",
        [
            ("主办", "市科技局"),
            ("承办", "市科技馆"),
            ("协办", "市气象局"),
            ("主办", "市教育局"),
            ("承办", "市少年宫"),
        ],
    ),
]
PEOPLE = [
    (
        """职务|姓名|单位及职务
        组长|王旭|市科技局局长
        副组长|李晓明|市教育局副局长
        成员|赵明|市科协副主席""",
        [
            ("组长", "王旭", "市科技局局长"),
            ("副组长", "李晓明", "市教育局副局长"),
            ("成员", "赵明", "市科协副主席"),
        ],
    ),
    (
        """序号|姓名|工作单位及职务|小组职务
        1|孙立夏|市科技局局长|主任
        2|周谷雨|市科协副主席|副主任""",
        [("主任", "孙立夏", "市科技局局长"), ("副主任", "周谷雨", "市科协副主席")],
    ),
    (
        """领导小组职务|姓名|单位职务
        组长|陈小满|市科技局局长
        成员|钱立秋|市教育局副局长
        ^|吴清明|市体育局副局长""",
        [
            ("组长", "陈小满", "市科技局局长"),
            ("成员", "钱立秋", "市教育局副局长"),
            ("成员", "吴清明", "市体育局副局长"),
        ],
    ),
]

Rows = list[tuple[Any, ...]]
READ: dict[str, tuple[str, list[Any], Callable[[Record], Rows]]] = {
    "contacts": ("二、联系方式", CONTACTS, lambda r: [(x.unit, x.persons, x.phones) for x in r.contacts]),
    "quotas": ("二、名额分配", QUOTAS, lambda r: [(x.who, x.what, x.min, x.max, x.unit) for x in r.quotas]),
    "tasks": ("二、任务分工", TASKS, lambda r: [(f"{x.due_on:%m-%d}", x.what, x.who) for x in r.deadlines]),
    "hosts": ("二、组织单位", HOSTS, lambda r: [(x.role, x.raw) for x in r.organizers]),
    "people": ("二、领导小组", PEOPLE, lambda r: [(x.role, x.name, x.title) for x in r.people]),
}
CASES = [
    pytest.param(heading, declaration, rows, of, id=f"{kind}-{number}")
    for kind, (heading, tables, of) in READ.items()
    for number, (declaration, rows) in enumerate(tables, 1)
]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("heading", "declaration", "rows", "of"), CASES)
def test_rows_of_other_kinds(
    heading: str, declaration: str, rows: Rows, of: Callable[[Record], Rows], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / f"notice.{kind}"
    path.write_bytes(notice(declaration, heading, kind))
    record = noticetab.extract(path)
    assert of(record) == rows
    assert record.activities == []
    assert record.notice.issuers == ["泰安市科学技术局"]
