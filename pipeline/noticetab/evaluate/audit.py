"""Which rules and lexicon entries a corpus bears out, and which of them rest on one document.

An entry of ``rules/*.toml`` is a word or pattern: an item of a list, a key or a value with Chinese
characters, and each word that is an alternative in a pattern. It *fires* in a document if it
matches in its text or in a value read from it; that is more than what extraction used, so an entry
said to fire in one document fires in one at most. A rule (the ``rule`` of a row) fires where a row
carries it. An entry is the *only support* of a row if the row is lost or changed when the entry is
taken out (:func:`support`).
"""

from __future__ import annotations

import json
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from noticetab import rules
from noticetab.evaluate.changes import changes
from noticetab.record import Record

_CHINESE = regex.compile(r"\p{Han}")
_PATTERN = regex.compile(r"[\\^$*+?()|{}\[\]]")
_NAME = regex.compile(r"[a-z_]+")
"""A name of the program (a field, a part), which is no word of official writing."""
_ALTERNATIVE = regex.compile(r"""(?<=[(|:=!])\p{Han}{2,}(?=[|)'"])|(?<=['"])\p{Han}{2,}(?=\|)""")
_FOLDED = str.maketrans(":,;!?()", "：，；！？（）")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or pattern of a rules file: ``file``, dotted ``key`` of its block, ``text``, which of
    several equal ones in that file it is, and whether it is a word ``within`` a pattern."""

    file: str
    key: str
    text: str
    nth: int = 0
    within: bool = False

    @property
    def id(self) -> str:
        """How the entry is called in reports and in an allow-list."""
        return f"{self.file} {self.key} {self.text}"


@dataclass(slots=True)
class Use:
    """In which documents (by name) a rule or entry fires, and where it alone supports a row."""

    documents: list[str] = field(default_factory=list)
    only_support: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Audit:
    """The uses of all rule ids and entries over ``documents`` documents."""

    documents: int
    rules: dict[str, Use]
    entries: dict[Entry, Use]


def entries(files: Iterable[Path] | None = None) -> list[Entry]:
    """Every entry of the rules files in force, or of ``files``; code lists (CSV) are not entries."""
    found = []
    # An entry knows its file by name, so files of folders in rules/ are not yet among them.
    in_force = [file for file in rules.files() if file.parent.name != "frames"]
    for file in in_force if files is None else files:
        if file.suffix == ".toml":
            seen: Counter[tuple[str, bool]] = Counter()
            for key, text in _leaves(tomllib.loads(file.read_text("utf-8-sig")), ""):
                inner = _ALTERNATIVE.findall(f"'{text}'") if _compiled(text) is not None else []
                for word, within in ((text, False), *((word, True) for word in inner)):
                    found.append(Entry(file.name, key, word, seen[word, within], within))
                    seen[word, within] += 1
    return found


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str) and not _CHINESE.search(name):
            key = f"{key}.{name}".strip(".")
        for part, below in value.items():
            if _CHINESE.search(part):
                yield key, part
                if not isinstance(below, str):
                    yield from _leaves(below, key)
            else:
                yield from _leaves(below, f"{key}.{part}".strip("."))
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, str):
                yield from _leaves(item, key)
            elif not _NAME.fullmatch(item):
                yield key, item
    elif isinstance(value, str) and (_CHINESE.search(value) or (len(value) > 2 and _PATTERN.search(value))):
        yield key, value


def audit(records: Mapping[str, Record], found: Sequence[Entry] | None = None) -> Audit:
    """Where rules and entries fire in ``records`` (by name of the document)."""
    used: dict[str, Use] = {}
    for name, record in records.items():
        for rule in sorted(_rule_ids(record)):
            use = used.setdefault(rule, Use())
            use.documents.append(name)
            use.only_support.append(name)  # a row has one rule
    places = {name: _where_to_look(record) for name, record in records.items()}
    result = {}
    for entry in entries() if found is None else found:
        pattern = _compiled(entry.text)
        fires = [
            name
            for name, text in places.items()
            if (entry.text in text if pattern is None else pattern.search(text) is not None)
        ]
        result[entry] = Use(fires)
    return Audit(len(records), dict(sorted(used.items())), result)


def _rule_ids(record: Record) -> set[str]:
    return {row.rule for _, row in record.rows() if row.rule} | set(record.notice.rule.values()) - {""}


def _where_to_look(record: Record) -> str:
    """The text in every form in which patterns meet it, and each value that was read from it."""
    folded = unicodedata.normalize("NFKC", record.text)
    forms = [record.text, folded, folded.translate(_FOLDED), "".join(record.text.split(" "))]
    data = record.model_dump(mode="json", exclude={"text", "source"})
    return "\n".join([*forms, *dict.fromkeys(_strings(data))])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _compiled(text: str) -> regex.Pattern[str] | None:
    """The pattern that an entry is, or None for a plain word."""
    if not _PATTERN.search(text):
        return None
    try:
        return regex.compile(text, regex.MULTILINE)
    except regex.error:
        return None


def support(record: Record, path: Path, found: Sequence[Entry]) -> list[Entry]:
    """Those of ``found`` without which the record of the file at ``path`` is another than ``record``.

    They are taken out together, and halved while that changes anything.
    """
    if not found or not _changes(record, path, found):
        return []
    if len(found) == 1:
        return list(found)
    middle = len(found) // 2
    return [*support(record, path, found[:middle]), *support(record, path, found[middle:])]


def _changes(record: Record, path: Path, found: Sequence[Entry]) -> bool:
    """Whether the record is another without all of ``found``."""
    with tempfile.TemporaryDirectory() as folder:
        for name in {entry.file for entry in found}:
            original = rules.path(name).read_text("utf-8-sig")
            changed = _without(original, [entry for entry in found if entry.file == name])
            (Path(folder) / name).write_text(f'replace = ["*"]\n{changed}', "utf-8")
        return _differs(record, path, rules.Rulebook(folder))


def _differs(record: Record, path: Path, book: rules.Rulebook) -> bool:
    import noticetab

    try:
        now = noticetab.extract(path, rules=book)
    except Exception:  # rules that refer to the entry no longer hold together: it is needed
        return True
    old, new = ({"": one.model_dump(mode="json")} for one in (record, now))
    return any(True for _ in changes(old, new))


def _without(toml: str, found: Iterable[Entry]) -> str:
    """``toml`` with an entry that matches nothing in the place of each of ``found``.

    Raises :class:`noticetab.rules.RulesError` if an entry is not written in one piece.
    """
    body = regex.sub(r"(?m)^[ \t]*#.*$", lambda match: " " * len(match.group()), toml)  # no comments
    inner = list(_ALTERNATIVE.finditer(body))
    cuts: list[tuple[int, int, str]] = []
    for entry in found:
        if entry.within:
            places = [match for match in inner if match.group() == entry.text]
            nothing = _NOTHING
        else:
            quoted = {f"'{entry.text}'", json.dumps(entry.text, ensure_ascii=False)}
            places = list(regex.finditer("|".join(map(regex.escape, sorted(quoted))), body))
            nothing = "'(?!)'" if _compiled(entry.text) is not None else f"'{_NOTHING}{len(cuts)}'"
        if entry.nth >= len(places):
            raise rules.RulesError(f"{entry.file}: {entry.text!r} was not found again in the file")
        cuts.append((*places[entry.nth].span(), nothing))
    for start, end, nothing in sorted(cuts, reverse=True):
        # A word of a pattern that goes as a whole goes with it.
        if not any(begin < start and end < stop for begin, stop, _ in cuts):
            toml = toml[:start] + nothing + toml[end:]
    return toml


_NOTHING = "\ue000\ue001"
"""A word that no text holds (private use)."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Entries that need not be borne out: those of a ``block`` (file and key), or one, and why."""

    block: str
    why: str
    entry: str | None = None

    def covers(self, entry: Entry) -> bool:
        """Whether ``entry`` is meant; a block means the blocks below it too."""
        here = f"{entry.file} {entry.key}"
        inside = here == self.block or here.startswith((f"{self.block}.", f"{self.block} "))
        return inside and self.entry in (None, entry.text)


def read_allowances(file: Path) -> list[Allowance]:
    """The ``[[allow]]`` tables of an allow-list, each with ``block`` and ``why``, and ``entry`` if it
    is about one. Raises :class:`noticetab.rules.RulesError` for anything else."""
    try:
        tables = tomllib.loads(file.read_text("utf-8")).get("allow", [])
        allowances = [Allowance(**table) for table in tables]
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise rules.RulesError(f"{file}: {error}") from None
    for allowance in allowances:
        if not allowance.why.strip():
            raise rules.RulesError(f"{file}: {allowance.block}: say why it is allowed")
    return allowances
