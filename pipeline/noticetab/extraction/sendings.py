"""Whereto a section sends things, as the receiver of a contact point that names none (docs/record.md, rule 12)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import regex

from noticetab.extraction import due
from noticetab.extraction.contact_values import is_ours
from noticetab.patterns import pattern
from noticetab.segment.outline import Node
from noticetab.segment.parts import is_org

_OF_TIME = regex.compile(r"日前|时前|[：\d]前|截止|底前|旬前")


def section_of(node: Node) -> Node:
    """The section of the first level that a node stands in."""
    while node.parent is not None and node.parent.parent is not None:
        node = node.parent
    return node


@dataclass(frozen=True, slots=True)
class Sendings:
    """Whereto a section sends things: from each place on, the office that was named for it last."""

    places: list[int]
    offices: list[str | None]

    def before(self, place: int) -> str | None:
        """The office that the last demand before a place of the text names."""
        at = bisect_right(self.places, place)
        return (self.offices[at - 1] or None) if at else None

    @classmethod
    def of(cls, top: Node, issuer: str | None) -> Sendings:
        """The offices to which the demands of a section send things (docs/record.md, rule 12)."""
        found = cls([], [])
        sent: str | None = None
        other: str | None = None
        for item in top.walk():
            for strand in [*([item.heading] if item.heading else []), *item.strands()]:
                compact = strand.compact
                for sentence in pattern(r"[^。]+").finditer(compact.norm):
                    first = True
                    timed: bool | None = None
                    for match in due.patterns().to.finditer(compact.norm, sentence.start(), sentence.end()):
                        to = pattern(r"(?:工作|电子|指定|专用)?[邮信]箱$").sub(
                            "", match["to"]
                        )  # 发送至县科协邮箱
                        if pattern(r"(?:邮箱|信箱|平台|网站|系统)$").search(to) or not is_org(to):
                            continue
                        office = compact.text[match.start("to") : match.start("to") + len(to)]
                        if is_ours(to):  # 报我局: the issuer, if there is one alone
                            office = issuer if issuer is not None and issuer.endswith(to[1:]) else ""
                        if timed is None:
                            timed = _OF_TIME.search(sentence.group()) is not None
                        # In a sentence with a time limit its first office is the one that things go to.
                        if first and timed:
                            sent = office
                            first = False
                        elif first:
                            other = office
                        found.places.append(compact.offsets[match.start("to")])
                        found.offices.append(other if sent is None else sent)
        return found
