"""Functions stay simple and modules short: what is over the bounds is listed, and the list only gets shorter.

``complex.toml`` names what was over them when the bounds were set, with its count. A new one or a
rise fails; so does an entry that is no longer over the bound, until it is taken out. The list is
brought up to date, downwards alone, by ``python tests/packaging/test_complexity.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit
from radon.visitors import Class

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pipeline" / "noticetab"
LISTED = Path(__file__).parent / "complex.toml"
COMPLEX, LONG = 20, 400
"""The cyclomatic complexity (McCabe 1976; as radon counts it, boolean operators too) of a function, and
the lines of a module, that neither may go beyond."""


def functions(source: str) -> Iterator[tuple[str, int]]:
    """The functions and methods of a module with their complexity; of two of one name the worse."""
    counts: dict[str, int] = {}
    for block in cc_visit(source):
        if not isinstance(block, Class):
            counts[block.fullname] = max(block.complexity, counts.get(block.fullname, 0))
    yield from counts.items()


def measured() -> dict[str, dict[str, int]]:
    """What is over the bounds now, by its kind and name."""
    found: dict[str, dict[str, int]] = {"functions": {}, "modules": {}}
    for path in sorted(PACKAGE.rglob("*.py")):
        name, source = path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")
        if (lines := source.count("\n")) > LONG:
            found["modules"][name] = lines
        over = {f"{name}:{function}": count for function, count in functions(source) if count > COMPLEX}
        found["functions"] |= over
    return found


def risen(now: dict[str, int], listed: dict[str, int]) -> list[str]:
    """What is new or more than the list has."""
    return [f"{name}: {count}, listed {listed.get(name)}" for name, count in now.items()
            if count > listed.get(name, 0)]  # fmt: skip


def test_nothing_new_is_over_the_bounds_and_nothing_rises() -> None:
    listed, now = tomllib.loads(LISTED.read_text("utf-8")), measured()
    assert [one for kind in now for one in risen(now[kind], listed[kind])] == []


def test_what_is_no_longer_over_the_bounds_leaves_the_list() -> None:
    listed, now = tomllib.loads(LISTED.read_text("utf-8")), measured()
    gone = [name for kind in listed for name in listed[kind] if name not in now[kind]]
    assert gone == [], "take these out of complex.toml: python tests/packaging/test_complexity.py"


def test_operators_count_and_the_worse_of_two_is_taken() -> None:
    source = (
        "def f(a):\n    return a\n\ndef f(a):\n    return a and (a or not a) if a else [b for b in a if b]\n"
    )
    assert dict(functions(source)) == {"f": 6}
    assert dict(functions("class C:\n    def m(self):\n        return 1\n")) == {"C.m": 1}


def test_a_rise_and_a_new_one_are_seen() -> None:
    assert risen({"a": 22, "b": 30, "c": 25}, {"a": 22, "b": 29}) == [
        "b: 30, listed 29",
        "c: 25, listed None",
    ]


def write() -> None:
    """Take out of the list what has gone and lower what has fallen; add and raise nothing."""
    listed, now = tomllib.loads(LISTED.read_text("utf-8")), measured()
    text = LISTED.read_text("utf-8").partition("[")[0]
    for kind, entries in listed.items():
        kept = {name: min(count, now[kind][name]) for name, count in entries.items() if name in now[kind]}
        text += f"[{kind}]\n" + "".join(f'"{name}" = {count}\n' for name, count in kept.items()) + "\n"
    LISTED.write_text(text.rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    write()
