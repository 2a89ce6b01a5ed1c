"""A notice in another shape gives the record that its gold says: a seeded sample of every shape.

The whole is measured by ``benchmarks/copies.py``. The floors below are what a sample reaches; they only rise.
"""

from __future__ import annotations

import pytest

from shapes import SHAPES, names, notice, seeded
from shapes.measure import Figures, shaped_scores, values

SAMPLE = 4
POOL = seeded("pool").sample(names(), 24)
"""The notices that the samples are drawn from: each is read once."""

FLOORS = {
    "single_blanks": 0.91,
    "nothing_between": 0.81,
    "wide_blanks": 0.92,
    "second_half": 0.97,
    "lists_only": 0.93,
    "separators": 0.96,
    "markdown": 0.98,
    "bullets": 0.97,
    "numbers_lost": 0.79,
    "html_table": 0.93,
    "clean": 0.99,
    "hard_wraps": 0.99,
    "double_spaced": 0.97,
    "closing_without_stop": 0.96,
    "full_width": 0.99,
    "look_alikes": 0.96,
    "spaced_digits": 0.99,
    "index_bars": 0.99,
    "kickers": 0.85,
    "metadata_boxes": 0.99,
    "source_bars": 0.99,
    "stacked_heads": 0.99,
    "title_again": 0.99,
    "bare_addressees": 0.99,
    "furniture": 0.99,
    "signature_in_a_row": 0.99,
    "spread_issuers": 0.95,
    "attachment_links": 0.96,
    "forwarded": 0.96,
    "excerpt": 0.96,
    "no_title": 0.97,
}
"""Least F1 over values of the sample of a shape."""


def draws(name: str) -> list[str]:
    """The notices of the pool that take a shape, as many as are sampled."""
    order = seeded("sample", name).sample(POOL, len(POOL))
    return [x for x in order if SHAPES[name].make(notice(x), seeded("sample", name, x)) is not None][:SAMPLE]


@pytest.mark.parametrize("name", list(SHAPES))
def test_a_sample_keeps_its_values(name: str) -> None:
    figures = Figures(SHAPES[name])
    for known, _, result in shaped_scores(SHAPES[name], map(notice, draws(name)), seed="sample"):
        figures.add(known, values(result), 0.7)
    assert figures.f1 >= FLOORS[name], f"{figures.f1:.3f}: {sorted(figures.worst)}"


@pytest.mark.parametrize("name", list(SHAPES))
def test_a_shape_is_the_same_for_the_same_seed(name: str) -> None:
    for known in draws(name):
        one, other = (SHAPES[name].make(notice(known), seeded("again", known)) for _ in range(2))
        assert one == other


@pytest.mark.parametrize("name", [x for x in SHAPES if x != "clean"])
def test_a_shape_has_several_templates(name: str) -> None:
    known = draws(name)
    made = {
        shaped.text
        for x in known
        for draw in range(12)
        if (shaped := SHAPES[name].make(notice(x), seeded("templates", name, x, draw)))
    }
    assert len(made) >= 5


def test_shapes_leave_the_gold_of_the_notice_alone() -> None:
    known = notice(POOL[0])
    before = known.copied()
    for name, shape in SHAPES.items():
        shape.make(known, seeded(name))
    assert known.gold == before
