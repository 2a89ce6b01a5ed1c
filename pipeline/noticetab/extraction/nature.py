"""Whether a text is an official document: form and words weighed (docs/record.md, rule 15)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab import rules
from noticetab.record import Evidence
from noticetab.segment.document import Document
from noticetab.segment.lines import Line
from noticetab.segment.parts import patterns


class Cue(rules.Rules):
    """A wording that speaks for or against a document."""

    name: str
    weight: float
    pattern: rules.Regex
    most: int
    act: bool = False
    """It is what a document does."""
    excused: bool = False
    """It does not count in a text that does what documents do."""


class TitleCue(rules.Rules):
    """A title that speaks against a document, ``unnumbered`` only where no number is known."""

    weight: float
    pattern: rules.Regex
    unnumbered: bool = False


class FormWeights(rules.Rules):
    """What parts of a document are worth."""

    title: float
    addressees: float
    doc_number: float
    signature: float
    header_mark: float
    attachment_page: float


class NatureRules(rules.Rules):
    """rules/nature.toml."""

    cues: list[Cue]
    titles: list[TitleCue]
    parts: FormWeights


@dataclass(frozen=True, slots=True)
class Nature:
    """The verdict: a document if ``score`` is above 0; ``against`` is the strongest cue that it is none."""

    score: float
    against: str
    evidence: Evidence

    @property
    def is_notice(self) -> bool:
        """Whether the text is an official document."""
        return self.score > 0

    @property
    def confidence(self) -> float:
        """How clear the verdict is, from 0.5 to 1."""
        return min(1.0, 0.5 + abs(self.score) / 10)


@rules.cached
def _cues() -> list[regex.Pattern[str]]:
    """The cues' patterns, ^ and $ meaning a line's ends."""
    return [regex.compile(c.pattern.pattern, regex.MULTILINE) for c in rules.load("nature", NatureRules).cues]


def _offset(lines: list[Line], at: int) -> int:
    """The canonical offset of a place in the lines' folded texts joined by line ends."""
    for line in lines:
        if at < len(line.norm):
            return line.offsets[at]
        at -= len(line.norm) + 1
    return 0


_PAGES = 5000
"""Characters up to which words that no document should have count in full."""


def judge(document: Document) -> Nature:
    """Weighs form and words of a document."""
    r = rules.load("nature", NatureRules)
    parts = document.parts
    score = -1.0
    weights = r.parts
    title = parts.title.compact.norm if parts.title is not None else ""
    top = ""
    if title and patterns().title_end.search(title):
        score += weights.title
    if not title:
        site = {id(line) for line in parts.metadata}
        own = [line.compact.norm for line in document.lines.body if id(line) not in site]
        top = next((x for x in own[:6] if 6 <= len(x) <= 60), "")
    score += weights.addressees * (parts.addressees is not None)
    numbered = parts.doc_number is not None or "doc_number" in parts.given
    score += weights.doc_number * numbered
    score += weights.signature * (document.main.dated is not None and bool(document.main.signature))
    score += weights.header_mark * (parts.header_mark is not None)
    score += weights.attachment_page * parts.attached
    worst, against, at = 0.0, "no form of a document", 0
    for telling in r.titles:
        if telling.unnumbered and numbered:
            continue
        if any(telling.pattern.search(t) for t in (title, top) if t):
            score += telling.weight
            if telling.weight < worst:
                worst, against = telling.weight, "title"
    lines = document.lines.body
    whole = "\n".join(line.norm for line in lines)
    # A complete document of many pages may well say 产品介绍 or 据了解 somewhere.
    complete = parts.title is not None and parts.addressees is not None and document.main.dated is not None
    doubt = min(1.0, _PAGES / max(1, len(whole))) if complete else 1.0
    acts = any(cue.act and words.search(whole) for cue, words in zip(r.cues, _cues(), strict=True))
    for cue, words in zip(r.cues, _cues(), strict=True):
        if cue.excused and acts:
            continue
        hits = 0
        first = 0
        for match in words.finditer(whole):
            if not hits:
                first = _offset(lines, match.start())
            hits += 1
            if hits >= cue.most:
                break
        weight = cue.weight * hits * (doubt if cue.weight < 0 else 1.0)
        score += weight
        if weight < worst:
            worst, against, at = weight, cue.name, first
    shown = document.text[at : at + 20].rstrip()  # a cut run of blanks is no place in a spaCy doc
    end = min(len(document.text), at + max(1, len(shown)))
    return Nature(score, against, Evidence(start=min(at, max(0, end - 1)), end=end))
