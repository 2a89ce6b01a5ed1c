"""Loads the knowledge about official writing from the data files of ``rules/``.

Code holds mechanism, ``rules/*.toml`` and ``rules/*.csv`` hold knowledge. A room describes its
own file by a pydantic model and asks for it::

    class Labels(rules.Rules):
        deadline: list[rules.Regex]

    labels = rules.load("labels", Labels)       # rules/labels.toml, read once

An unknown key, a missing key, a wrong type or a pattern that could run away is a
:class:`RulesError` that names file and line. Files come from the directory given to
:func:`set_directory` (``--rules DIR``), else from those shipped with the package.
"""

from __future__ import annotations

import csv
import functools
import tomllib
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple, ParamSpec, TypeVar

import regex
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

__all__ = [
    "Regex",
    "Rules",
    "RulesError",
    "cached",
    "compile_pattern",
    "directory",
    "files",
    "load",
    "path",
    "remembered",
    "set_directory",
    "table",
    "where",
]


class RulesError(Exception):
    """A rules file that cannot be used; the message names the file, the line and what is wrong."""


class Rules(BaseModel):
    """Base of every schema of a rules file: unknown keys are an error, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


_Schema = TypeVar("_Schema", bound=BaseModel)
_Row = TypeVar("_Row", bound=tuple[Any, ...])
_Result = TypeVar("_Result")
_Arguments = ParamSpec("_Arguments")

_own_directory: Path | None = None
_caches: list[Callable[[], None]] = []


def cached(function: Callable[[], _Result]) -> Callable[[], _Result]:
    """Like :func:`functools.cache` for a function without arguments, emptied by :func:`set_directory`.

    For what a room builds from its rules (indexes, alternations), so that ``--rules DIR`` reaches it.
    """
    remembering = functools.cache(function)
    _caches.append(remembering.cache_clear)
    return remembering


def remembered(maxsize: int) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """Like :func:`functools.lru_cache` for what depends on rules, emptied by :func:`set_directory`."""

    def decorate(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
        remembering = functools.lru_cache(maxsize)(function)
        _caches.append(remembering.cache_clear)
        return typing.cast("Callable[_Arguments, _Result]", remembering)

    return decorate


def set_directory(directory: str | Path | None) -> None:
    """Read rules files from ``directory`` first; a file missing there is the shipped one.

    ``None`` goes back to the shipped files. Everything already loaded is forgotten.
    Raises :class:`RulesError` if the directory does not exist.
    """
    global _own_directory
    chosen = None if directory is None else Path(directory)
    if chosen is not None and not chosen.is_dir():
        raise RulesError(f"{chosen}: no such directory; give a folder of .toml or .csv files")
    _own_directory = chosen
    for clear in _caches:
        clear()
    _load.cache_clear()
    _table.cache_clear()


def directory() -> Path:
    """The shipped rules: inside the installed package, or ``rules/`` of a checkout.

    Raises :class:`RulesError` if neither exists.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "_rules", here.parent.parent / "rules"):
        if candidate.is_dir():
            return candidate
    raise RulesError(f"{here / '_rules'}: the rules are missing; install noticetab again")


def path(file_name: str) -> Path:
    """Where a rules file (``places.csv``) is read from. Raises :class:`RulesError` if it is nowhere."""
    if _own_directory is not None and (_own_directory / file_name).is_file():
        return _own_directory / file_name
    shipped = directory() / file_name
    if not shipped.is_file():
        raise RulesError(f"{shipped}: no such rules file")
    return shipped


def files() -> list[Path]:
    """All rules files in force, by name."""
    found: dict[str, Path] = {}
    for folder in (directory(), _own_directory):
        if folder is not None:
            found |= {file.name: file for file in folder.iterdir() if file.suffix in (".toml", ".csv")}
    return [found[name] for name in sorted(found)]


def load(name: str, schema: type[_Schema]) -> _Schema:
    """The file ``rules/<name>.toml`` as an instance of ``schema``, read once.

    ``schema`` is usually a subclass of :class:`Rules`. Raises :class:`RulesError` naming file and
    line for bad TOML, an unknown key, a missing key, a wrong type or a refused pattern.
    """
    return typing.cast(_Schema, _load(name, schema))


@functools.cache
def _load(name: str, schema: type[BaseModel]) -> BaseModel:
    file = path(f"{name}.toml")
    text = _text(file)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # its message already says the line
        raise RulesError(f"{file}: not valid TOML: {error}") from None
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise RulesError(_explain(file, text, error)) from None


def table(name: str, schema: type[_Row]) -> tuple[_Row, ...]:
    """The rows of ``rules/<name>.csv``, read once.

    ``schema`` is a NamedTuple whose fields are the columns, in the file's order, each ``str`` or
    ``int``, or either ``| None`` for a cell that may be empty. Lines that begin with ``#`` are
    comments. Raises :class:`RulesError` naming file and line for other columns, a short row or a
    wrong type.
    """
    return typing.cast("tuple[_Row, ...]", _table(name, schema))


@functools.cache
def _table(name: str, schema: type[tuple[Any, ...]]) -> tuple[Any, ...]:
    file = path(f"{name}.csv")
    lines = _text(file).splitlines()
    columns = typing.get_type_hints(schema)
    # csv.reader counts only the lines it is given, so comments become blank lines.
    reader = csv.reader("" if line.startswith("#") else line for line in lines)
    header = next((row for row in reader if row), [])
    if header != list(columns):
        raise RulesError(
            f"{file}:{reader.line_num}: columns must be {','.join(columns)}, not {','.join(header)}"
        )
    kinds = [(i, *_cell_kind(kind)) for i, kind in enumerate(columns.values()) if kind is not str]
    rows = []
    for row in reader:
        if not row:
            continue
        if len(row) != len(columns):
            raise RulesError(f"{file}:{reader.line_num}: {len(row)} cells where {len(columns)} are due")
        cells: list[Any] = row
        for i, kind, optional in kinds:
            if optional and not row[i]:
                cells[i] = None
            elif kind is not str:
                try:
                    cells[i] = kind(row[i])
                except ValueError:
                    message = f"{header[i]}: {row[i]!r} is no {kind.__name__}"
                    raise RulesError(f"{file}:{reader.line_num}: {message}") from None
        rows.append(schema._make(cells))  # type: ignore[attr-defined]
    return tuple(rows)


def _cell_kind(annotation: Any) -> tuple[Any, bool]:
    """The type of a column's cells, and whether they may be empty."""
    if not isinstance(annotation, types.UnionType):
        return annotation, False
    return next(kind for kind in annotation.__args__ if kind is not type(None)), True


def where(name: str, *key: str | int) -> str:
    """``file:line`` of a key of ``rules/<name>.toml``, for messages: ``where("labels", "deadline", 2)``."""
    file = path(f"{name}.toml")
    return f"{file}:{_Lines(_text(file)).of(key)}"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{file}: cannot be read as UTF-8 text: {error}") from None


def _explain(file: Path, text: str, error: ValidationError) -> str:
    lines = _Lines(text)
    messages = []
    for problem in error.errors():
        key = [part for part in problem["loc"] if isinstance(part, int) or part in lines.names]
        named = ".".join(str(part) for part in problem["loc"])
        match problem["type"]:
            case "extra_forbidden":
                what = f"unknown key {named!r}"
            case "missing":
                what = f"key {named!r} is missing"
                key = key[:-1] if key and key[-1] == problem["loc"][-1] else key
            case "value_error":
                what = f"{named}: {problem['ctx']['error']}"
            case _:
                what = f"{named}: {problem['msg']}"
        value = problem["input"] if isinstance(problem["input"], str) else None
        messages.append(f"{file}:{lines.of(key, value)}: {what}")
    return "\n".join(dict.fromkeys(messages))


class _Lines:
    """Line numbers of the keys of a TOML text (tomllib keeps none)."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.found: dict[tuple[str | int, ...], int] = {}
        self.names: set[str | int] = set()
        base: tuple[str | int, ...] = ()
        counts: dict[tuple[str | int, ...], int] = {}
        for number, line in enumerate(self.lines, 1):
            if header := _HEADER.match(line):
                base = ()
                parts = _names(header["name"])
                for i, part in enumerate(parts):
                    base += (part,)
                    if i == len(parts) - 1 and header["array"]:
                        counts[base] = counts.get(base, -1) + 1
                    if base in counts:
                        base += (counts[base],)
                self._note(base, number)
            elif key := _KEY.match(line):
                self._note(base + tuple(_names(key["name"])), number)

    def _note(self, key: tuple[str | int, ...], number: int) -> None:
        for end in range(1, len(key) + 1):
            self.found.setdefault(key[:end], number)
        self.names.update(key)

    def of(self, key: Iterable[str | int], value: str | None = None) -> int:
        """The line of ``key``, or of the nearest table above it; of ``value`` if it stands further down."""
        wanted = tuple(key)
        while wanted and wanted not in self.found:
            wanted = wanted[:-1]
        line = self.found.get(wanted, 1)
        if value:
            for number in range(line, len(self.lines) + 1):
                if value in self.lines[number - 1]:
                    return number
        return line


_NAME = r'(?:[\w-]+|"[^"\n]*"|\'[^\'\n]*\')'
_HEADER = regex.compile(rf"^\s*(?P<array>\[)?\[\s*(?P<name>{_NAME}(?:\.{_NAME})*+)\s*\]")
_KEY = regex.compile(rf"^\s*(?P<name>{_NAME}(?:\.{_NAME})*+)\s*=")


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in regex.findall(_NAME, dotted)]


# --- patterns ---------------------------------------------------------------------------------


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
