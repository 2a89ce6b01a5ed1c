"""The loader of rules files: what it gives, and what its refusals say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from noticetab import rules


class Words(rules.Rules):
    pattern: rules.Regex
    words: list[str]
    entry: list[Entry] = []


class Entry(rules.Rules):
    short: str
    since: int | None = None


class PlaceRow(NamedTuple):
    code: str
    name: str
    year: int | None


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose files are all rules there are."""
    with rules.Rulebook(base=tmp_path).in_force():
        yield tmp_path


GOOD = """\
pattern = "第\\\\d{1,3}届"
words = [
  "甲",
  "乙",
]

[[entry]]
short = "科协"

[[entry]]
short = "团委"
since = 1949
"""


def test_a_file_becomes_its_schema(folder: Path) -> None:
    (folder / "words.toml").write_text(GOOD, encoding="utf-8")
    words = rules.load("words", Words)
    assert words.pattern.search("第37届")
    assert words.words == ["甲", "乙"]
    assert [(e.short, e.since) for e in words.entry] == [("科协", None), ("团委", 1949)]
    assert rules.load("words", Words) is words


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("since = 1949", "sense = 1949", 12, "unknown key 'entry.1.sense'"),
        ("since = 1949", 'since = "1949"', 12, "integer"),
        ('short = "团委"\n', "", 10, "'entry.1.short' is missing"),
        ('  "乙",', "  3,", 2, "string"),
        ("第\\\\d{1,3}届", "(a+)+", 1, "unbounded repeat"),
        ("第\\\\d{1,3}届", "(a", 1, "does not compile"),
        ("[[entry]]", "[[entry", 7, "not valid TOML"),
    ],
)
def test_a_fault_names_file_and_line(folder: Path, before: str, after: str, line: int, says: str) -> None:
    (folder / "words.toml").write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(rules.RulesError) as error:
        rules.load("words", Words)
    message = str(error.value)
    assert "words.toml" in message and says in message
    assert f":{line}:" in message or f"line {line}" in message


def test_a_table_becomes_typed_rows(folder: Path) -> None:
    (folder / "list.csv").write_text(
        "# a source\ncode,name,year\n12,甲,2020\n\n# more\n13,乙,\n", encoding="utf-8"
    )
    assert rules.table("list", PlaceRow) == (PlaceRow("12", "甲", 2020), PlaceRow("13", "乙", None))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# x\ncode,title,year\n", 2),
        ("code,name,year\n1,甲,2020\n2,乙\n", 3),
        ("# x\ncode,name,year\n1,甲,soon\n", 3),
    ],
)
def test_a_bad_table_names_file_and_line(folder: Path, text: str, line: int) -> None:
    (folder / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(rules.RulesError, match=rf"list\.csv:{line}:"):
        rules.table("list", PlaceRow)


def test_a_file_that_is_nowhere_is_an_error(folder: Path) -> None:
    with pytest.raises(rules.RulesError, match="no such rules file"):
        rules.path("nothing.toml")
    with pytest.raises(rules.RulesError, match=r"nothing\.toml: no such rules file"):
        rules.load("nothing", Words)


def test_where_names_the_line_of_a_key(folder: Path) -> None:
    (folder / "words.toml").write_text(GOOD, encoding="utf-8")
    assert rules.where("words", "entry", 1, "since").endswith("words.toml:12")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*",
        "(?:a*b*)*",
        "(a+){2,}",
        "(?:(?:a+)b)+",
        "((a|b)*c)*",
        "(?:(a+)?)+",
        "(?i:a+)+",
        "(?P<x>a{2,})*",
    ],
)
def test_patterns_that_can_run_away_are_refused(pattern: str) -> None:
    with pytest.raises(rules.RulesError, match=r"labels\.toml:3: .*unbounded"):
        rules.compile_pattern(pattern, "labels.toml:3")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a{1,3})+",
        "(a{3})+",
        "(?>a+)+",
        "(?:a++b)*",
        "[a+]+",
        r"(\+)+",
        "a+b+",
        "(?<x>ab)+",
        "(?:ab)?a+",
        r"[]\]+]*",
    ],
)
def test_patterns_that_cannot_are_compiled(pattern: str) -> None:
    assert isinstance(rules.compile_pattern(pattern, "labels.toml:3"), regex.Pattern)


_ATOMS = st.sampled_from(["a", "[ab+]", r"\+", "甲"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["", "?", "{1,3}", "{2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
    ),
    max_leaves=8,
)


@given(_PATTERNS)
def test_one_unbounded_repeat_is_fine_and_two_nested_are_not(pattern: str) -> None:
    rules.compile_pattern(f"(?:{pattern})+", "x:1")
    with pytest.raises(rules.RulesError):
        rules.compile_pattern(f"(?:(?:{pattern})+{pattern})*", "x:1")
