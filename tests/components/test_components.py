"""The stages as spaCy components: the same rows as without spaCy, in anybody's pipeline."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import noticetab
from noticetab.components import STAGES, STEPS, read_doc
from noticetab.record import ROW_LISTS, Row

ROOT = Path(__file__).parents[2]
NOTICES = sorted((ROOT / "corpus" / "notices").glob("*.txt"))
TEXTS = NOTICES + sorted((ROOT / "corpus" / "dev" / "texts").glob("*.txt"))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return noticetab.load()


def without_source(record: noticetab.Record) -> dict[str, object]:
    return record.model_dump(exclude={"source"})


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_a_doc_holds_the_same_record(nlp: Language, path: Path) -> None:
    expected = noticetab.extract(path)
    doc = nlp(expected.text)
    assert doc.text == expected.text
    assert without_source(doc._.noticetab) == without_source(expected)
    assert doc._.noticetab.source.notice_id == expected.source.notice_id


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_spans_stand_where_their_rows_were_read(nlp: Language, path: Path) -> None:
    doc = nlp(noticetab.extract(path).text)
    record = doc._.noticetab
    found = []
    for key in ROW_LISTS:
        for span in doc.spans[key]:
            assert (span.start_char, span.end_char) == (span._.row.evidence.start, span._.row.evidence.end)
            found.append(id(span._.row))
    assert sorted(found) == sorted(id(row) for _, row in record.rows())
    for span in doc.spans["notice"]:
        evidence = span._.row.evidence[span.label_]
        assert (span.start_char, span.end_char) == (evidence.start, evidence.end)


_PIECES = st.sampled_from(
    [
        *("关于举办科技周的通知", "各有关单位：", "一、活动时间", "2023年5月1日"),
        *("（主办单位：市科协）", "附件：1.表", "（一）", "1.", "联系人：王  旭"),
        *("電話", "科協(xié)", "abc", "\r\n", "\n", "  ", "\u3000", "\t", "\u200b", "。"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_offsets_hold_for_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text == doc._.noticetab.text
    for key in ROW_LISTS:
        for span in doc.spans[key]:
            start, end = span._.row.evidence.start, span._.row.evidence.end
            # A run of blanks is one token: where evidence cuts one, the span takes in the whole run.
            assert span.start_char <= start < end <= span.end_char
            assert not (text[span.start_char : start] + text[end : span.end_char]).strip()


def test_the_pipeline_declares_what_it_needs(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())
    for stage in STAGES[2:]:
        alone = noticetab.load([stage])
        assert not any(alone.analyze_pipes()["problems"].values())
        for missing in [name for name in alone.pipe_names if name != alone.pipe_names[-1]]:
            with alone.select_pipes(disable=missing):
                assert any(alone.analyze_pipes()["problems"].values()), f"{stage} without {missing}"


def without_spans(rows: Iterable[Row]) -> list[Row]:
    """Days of an item point at rows of ``dates``, which a stage alone does not make."""
    return [row.model_copy(update={"spans": {}}) for row in rows]


@pytest.mark.parametrize("stage", list(STEPS))
def test_a_stage_alone_gives_its_rows(nlp: Language, stage: str) -> None:
    text = noticetab.extract(NOTICES[3]).text
    # These two change the rows of others.
    with nlp.select_pipes(disable=sorted({"noticetab_classify", "noticetab_check"} - {f"noticetab_{stage}"})):
        whole = nlp(text)._.noticetab
    part = noticetab.load([stage])(text)._.noticetab
    for key in STEPS[stage].fills:
        if key in (stage, "findings"):
            assert without_spans(getattr(part, key)) == without_spans(getattr(whole, key))
    assert part.notice == whole.notice
    left_out = set(ROW_LISTS) - {key for pipe in part_lists(stage) for key in pipe} - {"findings"}
    assert not any(getattr(part, key) for key in left_out)


def part_lists(stage: str) -> list[tuple[str, ...]]:
    names = [name.removeprefix("noticetab_") for name in noticetab.load([stage]).pipe_names]
    return [STEPS[name].fills for name in names if name in STEPS]


def test_spacy_finds_every_stage_without_an_import_of_ours() -> None:
    named = {point.name for point in entry_points(group="spacy_factories") if point.dist.name == "noticetab"}
    assert named == {f"noticetab_{stage}" for stage in (*STAGES, "extract")}
    for point in entry_points(group="spacy_factories"):
        if point.name in named:
            assert callable(point.load())


def test_stages_are_put_in_order_and_strange_ones_refused() -> None:
    names = noticetab.load(["noticetab_dates", "people"]).pipe_names
    order = [f"noticetab_{stage}" for stage in STAGES]
    assert names == sorted(names, key=order.index)
    assert "noticetab_contacts" not in names
    with pytest.raises(ValueError, match=r"activites.*activities"):
        noticetab.load(["activites"])


def test_extract_does_all_at_once(nlp: Language) -> None:
    text = noticetab.extract(NOTICES[0]).text
    assert noticetab.load(["extract"]).pipe_names == ["noticetab_segment", "noticetab_extract"]
    at_once = noticetab.load(["extract", *(s for s in ("classify", "check") if s in STEPS)])
    assert at_once(text)._.noticetab == nlp(text)._.noticetab


def test_a_stage_before_what_it_needs_says_so() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("noticetab_deadlines")
    with pytest.raises(ValueError, match="noticetab_notice"):
        nlp("关于举办科技周的通知")


def test_other_tokenizers_and_pipelines() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("noticetab_segment")
    nlp.add_pipe("noticetab_extract", last=True)
    text = noticetab.extract(NOTICES[3]).text
    doc = nlp(text)
    for span in doc.spans["activities"]:
        evidence = span._.row.evidence
        assert span.start_char <= evidence.start < evidence.end <= span.end_char


def test_pipe_in_processes_and_bytes(nlp: Language) -> None:
    texts = [noticetab.extract(path).text for path in NOTICES]
    expected = [noticetab.load()(text)._.noticetab for text in texts]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
    assert [doc._.noticetab for doc in docs] == expected
    copy = spacy.tokens.Doc(nlp.vocab).from_bytes(docs[3].to_bytes())
    assert copy._.noticetab == expected[3]
    names = [span._.row.name for span in copy.spans["activities"]]
    assert names == [row.name for row in expected[3].activities]


def test_a_pipeline_goes_on_where_another_process_stopped() -> None:
    text = noticetab.extract(NOTICES[3]).text
    first, whole = noticetab.load(["events"]), noticetab.load(["events", "activities"])
    stored = first(text).to_bytes()
    doc = spacy.tokens.Doc(whole.vocab).from_bytes(stored)
    doc = whole.get_pipe("noticetab_activities")(doc)
    assert doc._.noticetab.activities == whole(text)._.noticetab.activities


def test_a_pipeline_is_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    text = noticetab.extract(NOTICES[0]).text
    program = (
        "import spacy, sys, pathlib; nlp = spacy.load(sys.argv[1]); "
        "doc = nlp(pathlib.Path(sys.argv[2]).read_text('utf-8')); print(doc._.noticetab.model_dump_json())"
    )
    (tmp_path / "text").write_text(text, encoding="utf-8", newline="")
    result = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "pipeline"), str(tmp_path / "text")],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert noticetab.Record.model_validate_json(result.stdout) == nlp(text)._.noticetab
    assert spacy.load(tmp_path / "pipeline").config == nlp.config


def test_a_file_keeps_what_its_text_does_not_tell(nlp: Language) -> None:
    doc = read_doc(nlp, NOTICES[0])
    expected = noticetab.extract(NOTICES[0])
    assert doc._.noticetab == expected


def test_spacy_is_imported_by_components_alone() -> None:
    program = "import sys, noticetab; noticetab.extract(sys.argv[1]); assert 'spacy' not in sys.modules"
    subprocess.run([sys.executable, "-c", program, str(NOTICES[0])], check=True)
