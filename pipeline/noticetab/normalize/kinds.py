"""What kind of organization a name tells (org_kind), by the words of ``rules/organization_kinds.toml``."""

from __future__ import annotations

import regex

from noticetab import rules

OTHER = "其他"
"""The kind of an organization whose name says none."""


class _Kind(rules.Rules):
    name: str
    pattern: rules.Regex
    unless: rules.Regex | None = None


class _Kinds(rules.Rules):
    kind: list[_Kind]


@rules.cached
def _kinds() -> list[tuple[str, regex.Pattern[str], regex.Pattern[str] | None]]:
    return [(kind.name, kind.pattern, kind.unless) for kind in rules.load("organization_kinds", _Kinds).kind]


def names() -> list[str]:
    """All kinds, in the order in which they are given, 其他 last."""
    return [name for name, _, _ in _kinds()] + [OTHER]


@rules.remembered(8192)
def kinds_of(name: str) -> tuple[tuple[str, str], ...]:
    """The kinds of an organization by its full name, each with the word that decided it.

    Empty when the name tells none: its kind is then 其他.
    """
    found = []
    for kind, pattern, unless in _kinds():
        match = pattern.search(name)
        if match and not (unless and unless.search(name)):
            found.append((kind, match[0]))
    return tuple(found)


def kind(name: str) -> list[str]:
    """The kinds of an organization by its full name; ``["其他"]`` if the name tells none."""
    return [kind for kind, _ in kinds_of(name)] or [OTHER]
