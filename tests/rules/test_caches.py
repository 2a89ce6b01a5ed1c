"""Nothing that depends on rules stands in a module: it would outlive the rulebook that it was made from."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import noticetab
from noticetab import compare, rules
from noticetab.rules import book as book_module

ROOT = Path(__file__).parents[2]
NOTICES = sorted((ROOT / "corpus" / "notices").glob("*.txt"))[:3]

AT_IMPORT = """
import importlib, pkgutil
import noticetab, noticetab.rules.book as book
def refuse(*_):
    raise AssertionError("a rules file is read while a module is imported")
book._read = book._listed = refuse
for module in pkgutil.walk_packages(noticetab.__path__, "noticetab."):
    if not module.name.endswith("__main__") and ".migrations." not in module.name:
        importlib.import_module(module.name)
print("imported")
"""


def test_no_module_reads_rules_while_it_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", AT_IMPORT], capture_output=True, text=True)
    assert done.stdout.strip() == "imported", done.stderr[-2000:]


def modules() -> list[types.ModuleType]:
    names = [m.name for m in pkgutil.walk_packages(noticetab.__path__, "noticetab.")]
    return [
        importlib.import_module(name) for name in names if not ("__main__" in name or ".migrations." in name)
    ]


def caches(of: types.ModuleType) -> Iterator[tuple[str, Any]]:
    """The caches of functions of a module and of its classes, by name."""
    classes = [v for v in vars(of).values() if isinstance(v, type) and v.__module__ == of.__name__]
    for holder in (of, *classes):
        for name, value in list(vars(holder).items()):
            value = getattr(value, "__func__", value)
            if isinstance(value, functools._lru_cache_wrapper):
                yield f"{of.__name__}.{name}", value


class Watch:
    """Stands in for the variable of the rulebook in force, and sees which cached function asks for it."""

    def __init__(self, watched: dict[types.CodeType, str], book: rules.Rulebook) -> None:
        self.watched, self.book, self.seen = watched, book, set[str]()

    def get(self) -> rules.Rulebook:
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code in self.watched:
                self.seen.add(self.watched[frame.f_code])
            frame = frame.f_back  # type: ignore[assignment]
        return self.book

    def set(self, book: rules.Rulebook) -> None:
        assert book is self.book

    def reset(self, _: None) -> None:
        pass


def consulting(
    found: dict[str, Any], work: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> set[str]:
    """Those of the caches ``found`` under which ``work`` asks for rules."""
    for cache in found.values():
        cache.cache_clear()
    # A rulebook that shares nothing with the shipped one, so that everything is built anew.
    book = rules.Rulebook(base=rules.directory())
    watch = Watch({cache.__wrapped__.__code__: name for name, cache in found.items()}, book)
    with monkeypatch.context() as patch:
        patch.setattr(book_module, "_IN_FORCE", watch)
        work()
    assert book._built and book._loaded, "the work has used rules"
    return watch.seen


def everything() -> None:
    compare.compare([noticetab.extract(path) for path in NOTICES])


def test_no_cache_of_a_module_depends_on_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {name: cache for module in modules() for name, cache in caches(module)}
    assert len(found) > 10, "the caches are found"
    assert consulting(found, everything, monkeypatch) == set(), "use rules.cached or rules.remembered"


def test_such_a_cache_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    @functools.cache
    def planted() -> object:
        from noticetab.check.confidence import confidence_rules

        return confidence_rules().threshold

    found = {"planted": planted}
    assert consulting(found, lambda: [everything(), planted()], monkeypatch) == {"planted"}


def test_no_collection_of_a_module_grows_with_work() -> None:
    def sizes() -> dict[str, int]:
        return {
            f"{module.__name__}.{name}": len(value)
            for module in modules()
            for name, value in vars(module).items()
            if isinstance(value, dict | list | set) and not name.startswith("__")
        }

    before = sizes()
    with rules.Rulebook(base=rules.directory()).in_force():
        everything()
    assert {name: size for name, size in sizes().items() if before.get(name) != size} == {}
