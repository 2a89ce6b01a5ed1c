"""The stages of extraction as spaCy components, to be used one by one in anybody's pipeline.

>>> nlp = noticetab.load()                                   # every stage, on a blank Chinese pipeline
>>> doc = nlp(text)
>>> doc._.noticetab.notice.title, [span._.row.name for span in doc.spans["activities"]]
>>> nlp = noticetab.load(stages=["deadlines", "contacts"])   # these and what they need
>>> nlp = noticetab.load(rules="our-rules")                  # with rules of one's own (docs/rules.md)
>>> other.add_pipe("noticetab_segment"); other.add_pipe("noticetab_notice")

A document's record is ``doc._.noticetab``; its rows are spans in ``doc.spans`` under the name of
their list (``activities``, ``organizers`` …), each with its typed row as ``span._.row``. Offsets of
rows count characters of ``doc.text``, so they are those of the spans wherever the tokenizer
divides there; the one of :func:`load` divides every character.

What each stage needs stands in its ``requires``: ``nlp.analyze_pipes()`` names what is missing.
Nothing but this module imports spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span

from noticetab import extraction
from noticetab.check import check
from noticetab.classify import classify
from noticetab.extraction import Step
from noticetab.extraction.context import Context, locate, locate_spans
from noticetab.pipeline import sign, source_of
from noticetab.record import ROW_LISTS, Activity, Evidence, Notice, Record, Row
from noticetab.rules import Rulebook, rulebook
from noticetab.spans import fill

if TYPE_CHECKING:
    from noticetab.read.reading import Reading
    from noticetab.segment import Document

__all__ = ["STAGES", "load", "read_doc"]

Factory = Callable[..., Callable[[Doc], Doc]]

PREFIX = "noticetab_"
SPANS = ("notice", *ROW_LISTS)
"""The groups of ``doc.spans``; ``notice`` has the fields of the document, labelled by name."""


# --- what a doc carries -------------------------------------------------------------------------


def _row(span: Span) -> Row | Notice | None:
    """The row that a span was made of: its id is the place of the row in the record."""
    record = span.doc._.noticetab
    key, _, place = span.id_.partition("/")
    if record is None or not place:
        return None
    if key == "notice":
        return record.notice  # type: ignore[no-any-return]
    index, _, inner = place.partition("/")
    if inner:
        return record.activities[int(index)].organizers[int(inner)]  # type: ignore[no-any-return]
    return getattr(record, key)[int(index)]  # type: ignore[no-any-return]


def _rows_getter(key: str) -> Callable[[Doc], Any]:
    def rows(doc: Doc) -> Any:
        return getattr(doc._.noticetab, key) if doc._.noticetab is not None else None

    return rows


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Writes a record as JSON; what can be made again from the text is not written."""
    if isinstance(value, Record):
        return {"noticetab.Record": value.model_dump_json()}
    if isinstance(value, Context) or type(value).__module__.startswith("noticetab."):
        return None
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and "noticetab.Record" in value:
        return Record.model_validate_json(value["noticetab.Record"])
    return value if chain is None else chain(value)


def _register() -> None:
    for name in ("noticetab", "noticetab_document", "noticetab_context", "noticetab_reading"):
        Doc.set_extension(name, default=None, force=True)
    for key in ROW_LISTS:
        Doc.set_extension(PREFIX + key, getter=_rows_getter(key), force=True)
    Span.set_extension("row", getter=_row, force=True)
    srsly.msgpack_encoders.register("noticetab", func=_encode)
    srsly.msgpack_decoders.register("noticetab", func=_decode)


_register()


def _reading(doc: Doc) -> Reading:
    """The reading of a doc, in the offsets of ``doc.text``."""
    from noticetab.read import Reading, read_text
    from noticetab.read.text import doubts

    given = doc._.noticetab_reading
    if given is not None and given.text == doc.text:
        return given  # type: ignore[no-any-return]
    # The canonical text leaves out marks that nobody sees; here they stay, for the offsets' sake.
    text = doc.text.replace("\r\n", " \n").replace("\r", "\n")
    reading = read_text(text)
    if len(reading.text) == len(text):
        return reading
    return Reading(text, sha256=reading.sha256, warnings=doubts(text, 0))


def _context(doc: Doc) -> Context:
    """The state of the extraction, made again for a doc that comes from another process or a file."""
    context = doc._.noticetab_context
    if context is None:
        if doc._.noticetab_document is None:
            _segment(doc)
        context = extraction.resume(doc._.noticetab_document, doc._.noticetab)
        doc._.noticetab_context = context
    return context  # type: ignore[no-any-return]


def _publish(doc: Doc, keys: Iterable[str]) -> None:
    """Puts the rows of the named lists into ``doc.spans``."""
    record: Record = doc._.noticetab
    context = _context(doc)
    keys = tuple(keys)
    # Days and headings that rows point at may have come after them: the last stages fill all anew.
    fill(record, SPANS if {"dates", "findings"} & {*keys} else keys)
    if context.doc.reading.boxes:
        _locate(record, context, SPANS if {"dates", "findings"} & {*keys} else keys)
    for key in keys:
        spans = []
        for label, place, evidence in _places(record, key):
            if context.doc.reading.boxes and evidence.page is None:
                locate(context, evidence)
            span = doc.char_span(
                evidence.start, evidence.end, label=label, span_id=f"{key}/{place}", alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
        doc.spans[key] = spans


def _locate(record: Record, context: Context, keys: Iterable[str]) -> None:
    """Adds page and box to the places of rows, for sources that have pages."""
    for key in keys:
        rows = [record.notice] if key == "notice" else getattr(record, key)
        for row in rows:
            for evidence in row.places() if isinstance(row, Row) else ():
                locate(context, evidence)
            locate_spans(context, row.spans)
            for organizer in row.organizers if isinstance(row, Activity) else ():
                locate_spans(context, organizer.spans)


def _places(record: Record, key: str) -> Iterator[tuple[str, str, Evidence]]:
    """Label, place in the record and evidence of every row of a list; organizers of activities follow."""
    if key == "notice":
        for name, evidence in record.notice.evidence.items():
            yield name, name, evidence
        return
    for index, row in enumerate(getattr(record, key)):
        yield _label(key, row), str(index), row.evidence
    if key == "organizers":
        for index, activity in enumerate(record.activities):
            for inner, organizer in enumerate(activity.organizers):
                place = f"{index}/{inner}"
                yield organizer.role, place, organizer.evidence


def _label(key: str, row: Row) -> str:
    """What a span is called: the row's role, kind or code where it has one, else its list."""
    for name in ("role", "code"):
        if value := getattr(row, name, None):
            return str(value)
    return row.kind if isinstance(row, Activity) else key


# --- the stages ---------------------------------------------------------------------------------


def _segment(doc: Doc) -> Doc:
    from noticetab.segment import segment

    document: Document = segment(_reading(doc))
    doc._.noticetab_document = document
    return doc


def _notice(doc: Doc) -> Doc:
    _keep(doc, *extraction.begin(_document(doc, "noticetab_notice")))
    _publish(doc, ("notice", "findings"))
    return doc


def _all(doc: Doc) -> Doc:
    _keep(doc, *extraction.extract(_document(doc, "noticetab_extract")))
    _publish(doc, SPANS)
    return doc


def _document(doc: Doc, stage: str) -> Document:
    document: Document | None = doc._.noticetab_document
    if document is None:
        raise ValueError(f"{stage} needs noticetab_segment before it: add it to the pipeline")
    return document


def _keep(doc: Doc, record: Record, context: Context) -> None:
    from noticetab.tables.identity import notice_id

    record.text = doc.text
    record.source = source_of(context.doc.reading)
    sign(record)
    record.source.notice_id = notice_id(record)
    doc._.noticetab = record
    doc._.noticetab_context = context


STEPS = {
    step.name: step
    for step in (
        *extraction.STEPS,
        Step(
            "classify",
            lambda context, record: classify(record, context),
            fills=("activities",),
            needs=("activities",),
        ),
        Step(
            "check",
            lambda context, record: check(record, context),
            fills=("findings",),
            needs=tuple(key for key in ROW_LISTS if key != "findings"),
        ),
    )
}
"""The stages behind ``notice``: the steps of the extraction, and what follows it."""

STAGES = ("segment", "notice", *STEPS)
"""The stages in their order; the component of each is called ``noticetab_`` and its name."""


class Component:
    """A stage as spaCy calls it: by the rulebook that it was given, else by the one in force."""

    def __init__(self, stage: str, rules: Rulebook | str | Path | None = None) -> None:
        self.stage = stage
        self.rulebook = None if rules is None else rulebook(rules)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with what the stage adds."""
        with rulebook(self.rulebook).in_force():
            whole = _WHOLE.get(self.stage)
            return _step(STEPS[self.stage], doc) if whole is None else whole(doc)


_WHOLE = {"segment": _segment, "notice": _notice, "extract": _all}


def _step(step: Step, doc: Doc) -> Doc:
    # The organizers of activities are spans of that group too.
    keys = (*step.fills, "organizers") if "activities" in step.fills else step.fills
    record = doc._.noticetab
    if record is None:
        raise ValueError("a stage of noticetab needs noticetab_notice before it: add it to the pipeline")
    if record.notice.is_notice or step.name == "check":  # what could not be read is said of every text
        step.run(_context(doc), record)
    _publish(doc, keys)
    return doc


_RECORD = "doc._.noticetab"
_DOCUMENT = "doc._.noticetab_document"
_SPANS = "doc.spans"


def _lists(keys: Iterable[str]) -> list[str]:
    return [f"doc._.noticetab_{key}" for key in keys]


@Language.factory("noticetab_segment", assigns=[_DOCUMENT])
def segment_component(nlp: Language, name: str, rules: str | None = None) -> Callable[[Doc], Doc]:
    """Lines, the parts of GB/T 9704 and the outline, as ``doc._.noticetab_document``."""
    return Component("segment", rules)


@Language.factory("noticetab_notice", requires=[_DOCUMENT], assigns=[_RECORD, _SPANS, "span._.row"])
def notice_component(nlp: Language, name: str, rules: str | None = None) -> Callable[[Doc], Doc]:
    """Whether it is a notice, and its head and signature: starts the record ``doc._.noticetab``."""
    return Component("notice", rules)


@Language.factory(
    "noticetab_extract",
    requires=[_DOCUMENT],
    assigns=[_RECORD, *_lists(ROW_LISTS), _SPANS, "span._.row"],
)
def extract_component(nlp: Language, name: str, rules: str | None = None) -> Callable[[Doc], Doc]:
    """All rows at once: in place of the stages from ``notice`` to ``dates``."""
    return Component("extract", rules)


def _factory(step: Step) -> Factory:
    def factory(nlp: Language, name: str, rules: str | None = None) -> Callable[[Doc], Doc]:
        return Component(step.name, rules)

    factory.__name__ = factory.__qualname__ = f"{step.name}_component"
    factory.__doc__ = f"Fills {', '.join(step.fills)} of the record."
    Language.factory(
        PREFIX + step.name,
        requires=[_RECORD, *_lists(step.needs)],
        assigns=[*_lists(step.fills), _SPANS, "span._.row"],
        func=factory,
    )
    return factory


_FACTORIES = {f"{step.name}_component": _factory(step) for step in STEPS.values()}


def __getattr__(name: str) -> Factory:
    """The factories of the steps, ``events_component`` and so on, by which spaCy finds them."""
    try:
        return _FACTORIES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None


# --- pipelines ----------------------------------------------------------------------------------


def load(stages: Iterable[str] | None = None, *, rules: Rulebook | str | Path | None = None) -> Language:
    """A blank Chinese pipeline that divides every character, with our stages as components.

    ``stages`` names some of :data:`STAGES` (``activities`` or ``noticetab_activities``); what they
    need is added, and they stand in the order of the house. None is all of them. ``rules`` is a
    rulebook, or a folder that is laid over the shipped rules; in a pipeline of one's own each
    component takes the folder as its setting ``rules``. Raises :class:`ValueError` for a name that
    is none, :class:`noticetab.rules.RulesError` for rules that cannot be used.
    """
    import spacy

    book = None if rules is None else rulebook(rules)
    folder = None if book is None or book.folder is None else str(book.folder)
    nlp = spacy.blank("zh")
    for stage in _needed(STAGES if stages is None else stages):
        component = nlp.add_pipe(PREFIX + stage, config={"rules": folder})
        if isinstance(component, Component):  # the folder may have changed since
            component.rulebook = book
    return nlp


def _needed(stages: Iterable[str]) -> list[str]:
    wanted: set[str] = set()

    def want(stage: str) -> None:
        if stage not in (*STAGES, "extract"):
            raise ValueError(f"no stage is called {stage!r}; the stages are {', '.join(STAGES)} and extract")
        if stage not in wanted:
            wanted.add(stage)
            if stage != "segment":
                want("segment")
            if stage in STEPS:
                want("notice")
                for need in STEPS[stage].needs:
                    want(need)

    names = [stages] if isinstance(stages, str) else list(stages)
    for name in names:
        want(name.removeprefix(PREFIX))
    if "extract" in wanted:
        wanted -= {"notice", *STEPS} - {name.removeprefix(PREFIX) for name in names} - {"check", "classify"}
        order: tuple[str, ...] = ("segment", "extract", *STEPS)
        return [stage for stage in order if stage in wanted]
    return [stage for stage in STAGES if stage in wanted]


def read_doc(nlp: Language, path: str | Path) -> Doc:
    """A file of any supported format as a doc that went through ``nlp``.

    Unlike ``nlp(text)`` it keeps the page, boxes and tables of the source for the stages. Raises
    :class:`noticetab.read.ReadError` for a file that cannot be read.
    """
    from noticetab.read import read

    reading = read(path)
    doc = nlp.make_doc(reading.text)
    doc._.noticetab_reading = reading
    return nlp(doc)
