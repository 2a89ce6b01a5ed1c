"""A rulebook: all rules files as one object, with everything that the rooms build from them.

Which rulebook is in force is said once, at the door of the pipeline (``with book.in_force():``), for
the thread or task at hand alone; whatever runs inside asks :func:`load` and its like. Several
rulebooks live side by side in one process, and what is built from one is never seen by another.
"""

from __future__ import annotations

import csv
import difflib
import functools
import hashlib
import tomllib
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from noticetab.rules.lines import Key, Lines
from noticetab.rules.overlay import Line, Merged, Source, lines_of, merged, taken_out
from noticetab.rules.patterns import RulesError

ENDINGS = (".toml", ".csv")
KEPT = 8
"""So many folders of their own are remembered by :func:`rulebook`, with what was built from them."""

_Schema = TypeVar("_Schema", bound=BaseModel)
_Row = TypeVar("_Row", bound=tuple[Any, ...])
_Result = TypeVar("_Result")
_Arguments = ParamSpec("_Arguments")


class Rules(BaseModel):
    """Base of every schema of a rules file: unknown keys are an error, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


class Rulebook:
    """The rules of a folder ``overlay`` laid over those of ``base`` (None: the shipped ones).

    The overlay is read once, here: what becomes of the folder later does not matter, and a rulebook
    that goes to another process takes its rules along. How its files are laid over the shipped ones
    says :mod:`noticetab.rules.overlay`. Raises :class:`RulesError` for a folder that is none or holds
    no rules, a file that is no rules file by its name, and bad TOML.
    """

    def __init__(self, overlay: str | Path | None = None, *, base: str | Path | None = None) -> None:
        folder = None if overlay is None else Path(overlay)
        own = {} if folder is None else _read_folder(folder)
        self._begin(folder, None if base is None else Path(base), own)

    def _begin(self, folder: Path | None, base: Path | None, own: dict[str, Source]) -> None:
        self.folder, self.base, self._own = folder, base, own
        self._loaded: dict[tuple[str, type], Any] = {}
        self._built: dict[Any, Any] = {}
        self._hash: str | None = None
        if not self._own:
            return
        known = set(_listed(self._base))
        for name, source in self._own.items():
            if name not in known:
                near = difflib.get_close_matches(name, sorted(known), 3, 0.4) or sorted(known)
                raise RulesError(f"{source.name}: no rules file is called so; there are {', '.join(near)}")
            if name.endswith(".toml"):
                self._merged(name)

    def __reduce__(self) -> tuple[Callable[..., Rulebook], tuple[Any, ...]]:
        """What another process needs: the rules, not what was built from them."""
        return _restored, (self.folder, self.base, tuple(sorted(self._own.items())))

    def __repr__(self) -> str:
        """The folder and the hash."""
        return f"<Rulebook {self.folder or self.base or 'as shipped'} {self.hash}>"

    @contextmanager
    def in_force(self) -> Iterator[Rulebook]:
        """While this lasts, whatever this thread or task reads goes by this rulebook."""
        token = _IN_FORCE.set(self)
        try:
            yield self
        finally:
            _IN_FORCE.reset(token)

    @property
    def hash(self) -> str:
        """16 hexadecimal digits that are the same for the same rules, whatever folder they lie in."""
        if self._hash is None:
            digest = hashlib.sha256()
            for name, file in _listed(self._base).items():
                digest.update(f"{name}\0{_read(file).text}\0".encode())
            for name in sorted(self._own):
                digest.update(f"+{name}\0{self._own[name].text}\0".encode())
            self._hash = digest.hexdigest()[:16]
        return self._hash

    def load(self, name: str, schema: type[_Schema]) -> _Schema:
        """The file ``rules/<name>.toml`` as an instance of ``schema``, made once.

        ``schema`` is usually a subclass of :class:`Rules`. Raises :class:`RulesError` naming file and
        line for bad TOML, an unknown key, a missing key, a wrong type or a refused pattern.
        """
        found = self._loaded.get((name, schema))
        if found is None:
            found = self._loaded.setdefault((name, schema), self._load(name, schema))
        return typing.cast(_Schema, found)

    def _load(self, name: str, schema: type[BaseModel]) -> BaseModel:
        if self._is_shipped(f"{name}.toml"):
            return SHIPPED.load(name, schema)
        laid = self._merged(f"{name}.toml")
        try:
            return schema.model_validate(laid.data)
        except ValidationError as error:
            raise RulesError(self._explain(name, laid, error)) from None

    def _is_shipped(self, file_name: str) -> bool:
        """Whether the shipped rulebook has the same file, and what was read of it can be shared."""
        return self is not SHIPPED and self.base is None and file_name not in self._own

    def table(self, name: str, schema: type[_Row]) -> tuple[_Row, ...]:
        """The rows of ``rules/<name>.csv``, made once.

        ``schema`` is a NamedTuple whose fields are the columns, in the file's order, each ``str`` or
        ``int``, or either ``| None`` for a cell that may be empty. Lines that begin with ``#`` are
        comments. Raises :class:`RulesError` naming file and line for other columns, a short row or a
        wrong type.
        """
        found = self._loaded.get((name, schema))
        if found is None:
            shared = self._is_shipped(f"{name}.csv")
            rows = SHIPPED.table(name, schema) if shared else _rows(self._lines(name), schema)
            found = self._loaded.setdefault((name, schema), rows)
        return typing.cast("tuple[_Row, ...]", found)

    def lines(self, name: str) -> list[str]:
        """The lines of ``rules/<name>.csv`` as they are written, without comments and columns."""
        return [line.text for line in self._lines(name)[1:]]

    def _lines(self, name: str) -> list[Line]:
        return lines_of(_read(self.path(f"{name}.csv")), self._own.get(f"{name}.csv"))

    def path(self, file_name: str) -> Path:
        """Where the shipped ``places.csv`` lies. Raises :class:`RulesError` if there is no such file."""
        file = self._base / file_name
        if not file.is_file():
            raise RulesError(f"{file}: no such rules file")
        return file

    def files(self) -> list[Path]:
        """All rules files in force, by name; a file of the overlay stands behind the shipped one."""
        folder = self.folder or Path()
        return [
            path
            for name, file in _listed(self._base).items()
            for path in (file, *([folder / name] if name in self._own else []))
        ]

    def where(self, name: str, *key: str | int) -> str:
        """``file:line`` of a key of ``<name>.toml``, for messages: ``where("labels", "deadline", 2)``."""
        return self._place(f"{name}.toml", self._merged(f"{name}.toml"), key)

    @property
    def _base(self) -> Path:
        return directory() if self.base is None else self.base

    def _merged(self, file_name: str) -> Merged:
        own = self._own.get(file_name)
        shipped = _toml(_read(self.path(file_name)))
        return Merged(shipped, {}, set(), {}) if own is None else merged(shipped, _toml(own), own)

    def _place(self, file_name: str, laid: Merged, key: Key, value: str | None = None) -> str:
        """``file:line`` of a key of the merged data, in the file that says it."""
        is_own, found = laid.place(key)
        source = self._own[file_name] if is_own else _read(self.path(file_name))
        return f"{source.name}:{Lines(source.text).of(found, value)}"

    def _explain(self, name: str, laid: Merged, error: ValidationError) -> str:
        file_name = f"{name}.toml"
        messages = []
        for problem in error.errors():
            key, named = _key_of(laid.data, problem["loc"]), ".".join(map(str, problem["loc"]))
            match problem["type"]:
                case "extra_forbidden":
                    what = f"unknown key {named!r}"
                case "missing":
                    what = f"key {named!r} is missing"
                case "value_error":
                    what = f"{named}: {problem['ctx']['error']}"
                case _:
                    what = f"{named}: {problem['msg']}"
            value = problem["input"] if isinstance(problem["input"], str) else None
            place = self._place(file_name, laid, key, value)
            if problem["type"] == "missing" and file_name in self._own and not laid.place(key)[0]:
                place = taken_out(self._own[file_name])  # by the overlay: the shipped file is whole
            messages.append(f"{place}: {what}")
        return "\n".join(dict.fromkeys(messages))


def _key_of(data: Any, place: tuple[int | str, ...]) -> Key:
    """As much of the place of a fault as the data has (pydantic adds names of its own types)."""
    key: Key = ()
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            continue
        key += (part,)
    return key


def _read_folder(folder: Path) -> dict[str, Source]:
    if not folder.is_dir():
        raise RulesError(f"{folder}: no such directory; give a folder of .toml or .csv files")
    found = {name: _read(file) for name, file in _listed(folder).items()}
    if not found:
        raise RulesError(f"{folder}: no rules in it; give a folder of .toml or .csv files")
    return found


def _listed(folder: Path) -> dict[str, Path]:
    """The rules files of a folder and the folders in it, by name: ``labels.toml``, ``frames/dates.toml``."""
    found = (file for file in folder.rglob("*") if file.suffix in ENDINGS and not file.name.startswith("."))
    named = {file.relative_to(folder).as_posix(): file for file in found}
    return {name: named[name] for name in sorted(named)}


def _read(file: Path) -> Source:
    try:
        return Source(str(file), file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{file}: cannot be read as UTF-8 text: {error}") from None


def _toml(source: Source) -> dict[str, Any]:
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:  # its message already says the line
        raise RulesError(f"{source.name}: not valid TOML: {error}") from None


def _rows(lines: list[Line], schema: type[tuple[Any, ...]]) -> tuple[Any, ...]:
    columns = typing.get_type_hints(schema)
    reader = csv.reader(line.text for line in lines)

    def error(what: str) -> RulesError:
        line = lines[max(reader.line_num - 1, 0)]
        return RulesError(f"{line.source.name}:{line.number}: {what}")

    header = next(reader, [])
    if header != list(columns):
        raise error(f"columns must be {','.join(columns)}, not {','.join(header)}")
    kinds = [(i, *_cell_kind(kind)) for i, kind in enumerate(columns.values()) if kind is not str]
    rows = []
    for row in reader:
        if len(row) != len(columns):
            raise error(f"{len(row)} cells where {len(columns)} are due")
        cells: list[Any] = row
        for i, kind, optional in kinds:
            if optional and not row[i]:
                cells[i] = None
            elif kind is not str:
                try:
                    cells[i] = kind(row[i])
                except ValueError:
                    raise error(f"{header[i]}: {row[i]!r} is no {kind.__name__}") from None
        rows.append(schema._make(cells))  # type: ignore[attr-defined]
    return tuple(rows)


def _cell_kind(annotation: Any) -> tuple[Any, bool]:
    """The type of a column's cells, and whether they may be empty."""
    if not isinstance(annotation, types.UnionType):
        return annotation, False
    return next(kind for kind in annotation.__args__ if kind is not type(None)), True


# --- which rulebook is in force -----------------------------------------------------------------


SHIPPED = Rulebook()
"""The rules that come with the program; nothing is read of them before it is asked for."""

_NOTHING = object()
_IN_FORCE: ContextVar[Rulebook] = ContextVar("noticetab rules in force", default=SHIPPED)


def current() -> Rulebook:
    """The rulebook in force in this thread or task; the shipped one unless somebody said otherwise."""
    return _IN_FORCE.get()


def rulebook(rules: Rulebook | str | Path | None) -> Rulebook:
    """What an argument ``rules=`` means: a rulebook, the folder of an overlay, or None, the one in force.

    The same folder with the same content gives the same object again, so that what was built from
    it is built once. Raises :class:`RulesError` as :class:`Rulebook` does.
    """
    if rules is None:
        return current()
    if isinstance(rules, Rulebook):
        return rules
    folder = Path(rules)
    return _restored(folder, None, tuple(sorted(_read_folder(folder).items())))


def _restored(folder: Path | None, base: Path | None, own: tuple[tuple[str, Source], ...]) -> Rulebook:
    return SHIPPED if folder is base is None else _of_content(folder, base, own)


@functools.lru_cache(KEPT)
def _of_content(folder: Path | None, base: Path | None, own: tuple[tuple[str, Source], ...]) -> Rulebook:
    """The same object for the same rules: what it depends on is in its arguments."""
    book = Rulebook.__new__(Rulebook)
    book._begin(folder, base, dict(own))
    return book


def cached(function: Callable[[], _Result]) -> Callable[[], _Result]:
    """Like :func:`functools.cache` for a function without arguments, once for each rulebook.

    For what a room builds from its rules (indexes, alternations): it is kept in the rulebook.
    """

    @functools.wraps(function)
    def of_rulebook() -> _Result:
        built = _IN_FORCE.get()._built
        found = built.get(function, _NOTHING)
        if found is _NOTHING:
            found = built.setdefault(function, function())
        return typing.cast(_Result, found)

    return of_rulebook


def remembered(maxsize: int) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """Like :func:`functools.lru_cache` for what depends on rules, kept in each rulebook."""

    def decorate(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
        @functools.wraps(function)
        def of_rulebook(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
            built = _IN_FORCE.get()._built
            remembering = built.get(function)
            if remembering is None:
                remembering = built.setdefault(function, functools.lru_cache(maxsize)(function))
            return typing.cast(_Result, remembering(*arguments, **named))

        return of_rulebook

    return decorate


def directory() -> Path:
    """The shipped rules: inside the installed package, or ``rules/`` of a checkout.

    Raises :class:`RulesError` if neither exists.
    """
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "_rules", package.parents[1] / "rules"):
        if candidate.is_dir():
            return candidate
    raise RulesError(f"{package / '_rules'}: the rules are missing; install noticetab again")


def load(name: str, schema: type[_Schema]) -> _Schema:
    """:meth:`Rulebook.load` of the rulebook in force."""
    return _IN_FORCE.get().load(name, schema)


def table(name: str, schema: type[_Row]) -> tuple[_Row, ...]:
    """:meth:`Rulebook.table` of the rulebook in force."""
    return _IN_FORCE.get().table(name, schema)


def lines(name: str) -> list[str]:
    """:meth:`Rulebook.lines` of the rulebook in force."""
    return _IN_FORCE.get().lines(name)


def path(file_name: str) -> Path:
    """:meth:`Rulebook.path` of the rulebook in force."""
    return _IN_FORCE.get().path(file_name)


def files() -> list[Path]:
    """:meth:`Rulebook.files` of the rulebook in force."""
    return _IN_FORCE.get().files()


def where(name: str, *key: str | int) -> str:
    """:meth:`Rulebook.where` of the rulebook in force."""
    return _IN_FORCE.get().where(name, *key)
