"""No text makes a rule run away: every pattern of the rules, and the whole way, on hostile lengths."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import regex

from noticetab import rules

LONG = 100_000
LIMIT = 20.0
"""Seconds that a search may take, on any machine; a pattern that runs away takes hours."""

_PATTERN = regex.compile(r"[\\^$*+?|]|\(\?")


def _strings(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for part, below in value.items():
            yield from _strings(below, f"{key}.{part}")
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    elif isinstance(value, str) and _PATTERN.search(value):
        yield key, value


def patterns() -> dict[str, list[str]]:
    """All patterns by rules file."""
    found: dict[str, list[str]] = {}
    for file in rules.files():
        if file.suffix == ".toml":
            for _, text in _strings(tomllib.loads(file.read_text("utf-8")), file.stem):
                try:
                    regex.compile(text)
                except regex.error:
                    continue  # a message or a word with a mark in it
                found.setdefault(file.name, []).append(text)
    return found


PATTERNS = patterns()


def hostile(pattern: str) -> Iterator[str]:
    """Texts that a pattern may stumble over: one character for ever, and its own beginnings for ever."""
    words = regex.findall(r"[\p{Han}A-Za-z0-9（）《》〔〕“”、，。：]+", pattern)
    yield from (char * LONG for char in "一年0 （")
    yield from (
        word * (LONG // len(word)) for word in {w[:4] for w in words[:3]} | {w[:1] for w in words[:2]}
    )
    if words:
        mixed = "".join(w[:2] for w in words[:6])
        yield mixed * (LONG // len(mixed))


QUADRATIC = {
    # beginning of a pattern: a text on which it takes the square of its length
    "(?:加盖公章后|盖章后": "盖章后",
    "20[x×X_＿*]{2}年": "x",
    "(?<![一二三四五六七八九十\\d])[一二三四五六七八九十\\d]{1,4}(?:项|个|大)": "一",
}
"""Patterns that once tried a run anew from each of its characters."""


@pytest.mark.parametrize("start", QUADRATIC)
def test_runs_of_one_character_are_tried_once(start: str) -> None:
    found = [p for file in PATTERNS.values() for p in file if p.startswith(start)]
    assert found
    for pattern in found:
        regex.compile(pattern).search(QUADRATIC[start] * (LONG // len(QUADRATIC[start])), timeout=2)


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_runs_away(name: str) -> None:
    slow = []
    for pattern in PATTERNS[name]:
        compiled = regex.compile(pattern)
        for text in hostile(pattern):
            try:
                compiled.search(text, timeout=LIMIT)
            except TimeoutError:
                slow.append((pattern, text[:12]))
    assert not slow


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) >= 5
    assert sum(map(len, PATTERNS.values())) >= 100


LINES = {
    "one character": "'一' * 5_000_000",
    "sentences": "'关于举办科技周的通知，请各单位于5月1日前报送。' * 208_334",
    "numbered": "'（一）活动名称。主办单位：市科协、市教育局；' * 240_000",
    "no marks": "'市科技局市教育局市委宣传部' * 384_616",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_a_line_of_five_million_characters_is_read(name: str) -> None:
    program = (
        f"import noticetab; text = {LINES[name]}; assert len(text) >= 5_000_000; noticetab.extract_text(text)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)
