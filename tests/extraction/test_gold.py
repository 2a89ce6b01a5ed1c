"""The regression gates: the samples are right in every field, the invented notices nearly so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import noticetab
from noticetab.evaluate import Score, evaluate, find_corpus

CORPUS = Path(__file__).parents[2] / "corpus"


@cache
def scores(folder: str) -> dict[str, Score]:
    corpus = find_corpus(CORPUS / folder)
    records = {
        d.name: noticetab.extract(d.notice).model_dump(mode="json") for d in corpus.documents if d.notice
    }
    return evaluate(corpus, records)


def mistakes(score: Score) -> str:
    wrong = {k: v for k, v in score.fields.items() if v.missing or v.extra}
    return "\n".join(f"{k}: missing {v.missing}, extra {v.extra}" for k, v in wrong.items())


@pytest.mark.parametrize("name", [d.name for d in find_corpus(CORPUS / "gold").documents])
def test_a_sample_is_right_in_every_field(name: str) -> None:
    score = scores("gold")[name]
    assert score.perfect, mistakes(score)


@pytest.mark.parametrize(("folder", "least"), [("dev/gold", 0.98), ("more/gold", 0.98)])
def test_the_invented_notices_hold_the_threshold(folder: str, least: float) -> None:
    total = Score()
    for score in scores(folder).values():
        total.add(score)
    tally = total.total
    assert tally.f1 >= least, mistakes(total)
    assert tally.precision >= tally.recall, mistakes(total)


@pytest.mark.parametrize("name", [d.name for d in find_corpus(CORPUS / "dev" / "gold").documents])
def test_notices_are_told_from_other_texts(name: str) -> None:
    score = scores("dev/gold")[name]
    assert not score["notice.is_notice"].missing and not score["notice.is_notice"].extra
    assert not score["negative.rows"].extra
