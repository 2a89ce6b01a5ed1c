"""Patterns of rules files: compiled, and refused where they could take exponential time."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import regex
from pydantic import BeforeValidator

__all__ = ["Regex", "RulesError", "compile_pattern"]


class RulesError(Exception):
    """A rules file that cannot be used; the message names the file, the line and what is wrong."""


def compile_pattern(text: str, where: str, flags: int = 0) -> regex.Pattern[str]:
    """Compile a pattern of a rules file, refusing one that could take exponential time.

    A repeat without upper bound inside another one (``(a+)+``, ``(a*b*)*``) is refused; an atomic
    group ``(?>...)`` or a possessive repeat (``a++``) inside is fine, as are bounds (``{1,40}``).
    ``where`` is named in the :class:`RulesError` (``labels.toml:12``).
    """
    try:
        return _checked(text, flags)
    except ValueError as error:
        raise RulesError(f"{where}: {error}") from None


@functools.cache
def _checked(text: str, flags: int = 0) -> regex.Pattern[str]:
    if (inner := _nested_repeat(text, bool(flags & regex.VERBOSE))) is not None:
        raise ValueError(
            f"pattern {text!r} repeats without bound inside an unbounded repeat (at character {inner + 1}); "
            "give the inner one a bound or make it possessive"
        )
    try:
        return regex.compile(text, flags)
    except regex.error as error:
        raise ValueError(f"pattern {text!r} does not compile: {error}") from None


def _pattern(value: object) -> object:
    return _checked(value) if isinstance(value, str) else value


Regex = Annotated[regex.Pattern[str], BeforeValidator(_pattern)]
"""A schema field that is written as a string and loaded as a compiled, checked pattern."""


class _Token(NamedTuple):
    """A piece of a pattern: ``(``, ``)``, ``repeat`` or ``other``, and where it stands."""

    kind: str
    at: int
    unbounded: bool = False
    atomic: bool = False


def _tokens(text: str, verbose: bool) -> Iterator[_Token]:
    i, end = 0, len(text)
    while i < end:
        char = text[i]
        if char == "\\":
            yield _Token("other", i)
            i += 2
        elif char == "[":
            yield _Token("other", i)
            i = _class_end(text, i)
        elif char == "(":
            yield _Token("(", i, atomic=text.startswith(("(?>", "(?=", "(?!", "(?<=", "(?<!"), i))
            i += 1
            if named := _GROUP.match(text, i):
                i = named.end()
        elif char == ")":
            yield _Token(")", i)
            i += 1
        elif repeat := _REPEAT.match(text, i):
            unbounded = repeat["simple"] in ("*", "+") or (repeat["comma"] is not None and not repeat["high"])
            yield _Token("repeat", i, unbounded=unbounded, atomic=repeat["mode"] == "+")
            i = repeat.end()
        elif verbose and char == "#":
            i = (text.find("\n", i) + 1) or end
        elif verbose and char.isspace():
            i += 1
        else:
            yield _Token("other", i)
            i += 1


# After "(": (?P<name>, (?:, (?i:, (?<=, (?|, a comment ...
_GROUP = regex.compile(r"\?(?:P?<[^=!>][^>]*>|P[=>][^)]*|#[^)]*|[<]?[=!]|[>|:]|[a-zA-Z-]*:?)")
_REPEAT = regex.compile(r"(?:(?P<simple>[*+?])|\{\d*(?P<comma>,)?(?P<high>\d*)\})(?P<mode>[+?]?)")


def _class_end(text: str, start: int) -> int:
    i = start + 1
    if text.startswith("^", i):
        i += 1
    if text.startswith("]", i):
        i += 1
    while i < len(text) and text[i] != "]":
        i += 2 if text[i] == "\\" else 1
    return i + 1


def _nested_repeat(text: str, verbose: bool) -> int | None:
    """Where an unbounded repeat stands that is itself inside one, else None."""
    verbose = verbose or text.startswith("(?x)")
    # Per open group: the first unbounded, backtracking repeat inside it, and whether it is atomic.
    groups: list[tuple[int | None, bool]] = [(None, False)]
    last: int | None = None  # the same for the piece just read, which a repeat would repeat
    for token in _tokens(text, verbose):
        if token.kind == "(":
            groups.append((None, token.atomic))
            last = None
        elif token.kind == ")" and len(groups) > 1:
            inner, atomic = groups.pop()
            last = None if atomic else inner
        elif token.kind == "repeat":
            if token.unbounded and last is not None:
                return last
            if token.unbounded and not token.atomic:
                last = token.at
            if token.atomic:
                last = None
        else:
            last = None
        if last is not None and groups[-1][0] is None:
            groups[-1] = (last, groups[-1][1])
    return None
