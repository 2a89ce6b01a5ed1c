"""Notices in which one phrase is repeated, for tests and measurements of growth."""

from __future__ import annotations

HEAD = (
    "云山市科学技术局关于举办2031年云山市科技周的通知\n\n各县科技局：\n现将有关事项通知如下：\n一、活动安排\n"
)
TAIL = "\n二、工作要求\n各单位要精心组织，确保安全。\n\n云山市科学技术局\n2031年4月8日\n"

PHRASES = (
    "活动地点", "活动名称 ", "序号 ", "联系人：李明 ", "联系人：李明，电话：0571-12345678；",
    "0571-12345678、", "kpb2012@163.com、", "5月20日", "5月20日、", "5月20日前将总结报送市科协，",
    "时间：5月20日 ",
    "地点：市图书馆 ",
    "成员：市科协、", "主办单位：市科协 ", "《云山市科普条例》", "“科普”", "每校报送3篇，", "由市科协主办，",
    "主任：张三 ", "云科发〔2031〕5号 ", "（一）", "1.", "①", "附件：1.", "甲|乙|", "天津大学", "一是二是",
)  # fmt: skip
"""What notices repeat in lists, and what begins a structure that does not end."""


def repeated(unit: str, size: int, glue: str) -> str:
    """A notice whose first section is ``unit`` repeated to about ``size`` characters, ``glue`` between."""
    count = max(1, size // (len(unit) + len(glue)))
    return HEAD + glue.join([unit] * count) + TAIL
