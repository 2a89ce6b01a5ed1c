"""What the checks share: the document, the rows, and findings worded by rules/findings.toml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from noticetab import rules
from noticetab.extraction.context import Context
from noticetab.record import Evidence, Finding, Record
from noticetab.segment.outline import Node
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand

Span = tuple[int, int]
"""Characters of the canonical text, end exclusive."""

LONGEST = 40
"""Characters of the printed words that a message quotes."""


class FindingRule(rules.Rules):
    """A finding: its ``code``, how grave it is, what it rests on, and its wording in both languages."""

    code: str
    severity: Literal["error", "warning", "info"]
    level: Literal["国标", "条例", "实务"]
    source: str
    confidence: float
    zh: str
    en: str


class EditionRules(rules.Rules):
    """Words at which another edition is meant on purpose."""

    past_before: rules.Regex
    past_after: rules.Regex
    other_owner: rules.Regex


class NameRules(rules.Rules):
    """Characters that tell names of a series apart; words that repeat no name."""

    contrasts: list[str]
    short_contrasts: list[str]


class CountRules(rules.Rules):
    """How counts are said in prose."""

    units: list[str]
    heading: rules.Regex
    intro: rules.Regex
    enumerated: rules.Regex
    unlisted: rules.Regex
    labelled: rules.Regex


class ElementRules(rules.Rules):
    """What documents of which kind should have."""

    numbered: rules.Regex
    addressed: rules.Regex


class FindingRules(rules.Rules):
    """rules/findings.toml."""

    editions: EditionRules
    names: NameRules
    counts: CountRules
    elements: ElementRules
    findings: dict[str, FindingRule]


def clip(strand: Strand, start: int, end: int) -> Span:
    """Where a part of a strand stands; an end beyond the strand's is its end."""
    return strand.span(start, min(end, len(strand)))


@rules.cached
def finding_rules() -> FindingRules:
    """The rules of the checks, read once."""
    return rules.load("findings", FindingRules)


@dataclass(slots=True)
class Report:
    """The findings of one document, and what they are made of."""

    record: Record
    context: Context
    findings: list[Finding] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _nodes: list[tuple[Unit, Node]] = field(default_factory=list)
    _strands: list[tuple[Unit, Node, Strand]] = field(default_factory=list)

    def add(
        self,
        rule: str,
        at: Span | Evidence,
        related: Sequence[Span | Evidence] = (),
        *,
        confidence: float | None = None,
        **words: object,
    ) -> Finding:
        """Adds the finding ``rule`` of rules/findings.toml, seen ``at`` a place, ``related`` to others.

        The wording may use ``{here}`` and ``{line}`` (the printed words and their line), ``{there}``
        and ``{there_line}`` (those of the first related place) and whatever ``words`` are given.
        """
        wording = finding_rules().findings[rule]
        place, others = self._evidence(at), [self._evidence(x) for x in related]
        said = {"here": self.quote(place), "line": self.line(place.start), **words}
        if others:
            said = {"there": self.quote(others[0]), "there_line": self.line(others[0].start), **said}
        finding = Finding(
            code=wording.code,
            severity=wording.severity,
            message=wording.zh.format_map(said),
            message_en=wording.en.format_map(said),
            evidence=place,
            related=others,
            rule=f"check.{rule}",
            confidence=wording.confidence if confidence is None else confidence,
        )
        self.findings.append(finding)
        return finding

    def found(self, *codes: str) -> list[Finding]:
        """The findings so far that have one of these codes."""
        return [finding for finding in self.findings if finding.code in codes]

    def quote(self, at: Evidence) -> str:
        """The words printed at a place, without white space, shortened in the middle if long."""
        text = "".join(self.record.text[at.start : at.end].split())
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 13]}……{text[-10:]}"

    def line(self, offset: int) -> int:
        """The line of an offset in the canonical text, from 1."""
        if not self._ends:
            text, at = self.record.text, -1
            while (at := text.find("\n", at + 1)) >= 0:
                self._ends.append(at)
            self._ends.append(len(text))
        return bisect_right(self._ends, offset - 1) + 1

    def nodes(self) -> list[tuple[Unit, Node]]:
        """The items of the outline with their unit, in the order of the text."""
        if not self._nodes:
            self._nodes = list(self.context.doc.nodes())
        return self._nodes

    def strands(self) -> list[tuple[Unit, Node, Strand]]:
        """Everything printed in the bodies: headings, paragraphs and cells, in the order of the outline."""
        if not self._strands:
            self._strands = [(unit, node, s) for unit, node in self.nodes() for s in _printed(node)]
        return self._strands

    def _evidence(self, at: Span | Evidence) -> Evidence:
        """A place as evidence: one character at least, and within the text."""
        if isinstance(at, Evidence):
            return at
        size = len(self.record.text)
        start = max(0, min(at[0], size - 1))
        return Evidence(start=start, end=min(max(at[1], start + 1), size))


def _printed(node: Node) -> Iterator[Strand]:
    """What is printed of an item: its heading, the paragraphs that no child owns, the cells of its tables."""
    if node.line is not None and node.body is None:
        yield node.line
    elif node.heading is not None:
        yield node.heading
    yield from node.strands()
    for grid in node.grids:
        for row in grid.rows:
            yield from (cell for cell in row if cell)
