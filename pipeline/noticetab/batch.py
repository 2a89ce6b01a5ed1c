"""Many files: which ones are meant, and extracting them in parallel.

One bad file never stops the others: it becomes a :class:`~noticetab.tables.Failure`, even when
it takes its whole process with it.
"""

from __future__ import annotations

import glob
import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.printable import shown_path
from noticetab.privacy import Contacts
from noticetab.stores.workers import Workers

if TYPE_CHECKING:
    from noticetab.record import Record
    from noticetab.rules import Rulebook
    from noticetab.tables import Failure

SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".mht", ".mhtml"}
    | {".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd"}
    | {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"}
)
"""Endings of the files that are taken out of a folder; a file that is named itself may have any."""

LOCK_MARK = "~$"
"""What the names of files begin with by which Word marks an open document."""

FILES_PER_PROCESS = 8
"""Another process pays from so many files on: it takes about as long to start as to read these."""


def find(paths: Iterable[str | Path]) -> list[Path]:
    """The files that ``paths`` mean, each once: files as they are, folders searched through for
    known formats (hidden files and folders apart), patterns expanded; in the order given, those
    of a folder or pattern sorted by name.

    A path that does not exist is kept, so that it fails by name like any other bad file.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            members = (Path(folder, name) for folder, name in _walk(path))
            found |= dict.fromkeys(sorted(p for p in members if p.suffix.lower() in SUFFIXES))
        elif not path.exists() and glob.has_magic(str(given)):
            for match in sorted(glob.glob(str(given), recursive=True)):  # noqa: PTH207 (Path.glob takes no absolute pattern)
                if not Path(match).name.startswith(LOCK_MARK):
                    found |= dict.fromkeys(find([match]))
        else:
            found[path] = None
    return list(found)


def passed_over(paths: Iterable[str | Path]) -> list[Path]:
    """The files in the folders of ``paths`` that :func:`find` leaves out for their endings.

    Hidden files, lock files and what operating systems leave in folders are not among them.
    """
    folders = [path for given in paths if (path := Path(given)).is_dir()]
    left = {
        Path(base, name)
        for folder in folders
        for base, name in _walk(folder)
        if Path(name).suffix.lower() not in SUFFIXES and name.lower() not in _LEFTOVERS
    }
    return sorted(left - set(find(paths)))


_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini"})
"""Files that Windows puts into folders of its own accord."""


def _walk(folder: Path) -> Iterator[tuple[str, str]]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith((".", LOCK_MARK)):
                yield base, name


@dataclass(frozen=True, slots=True)
class Options:
    """How each file is extracted.

    ``rules`` is a rulebook or a folder laid over the shipped rules, ``limits`` are those of
    :class:`noticetab.read.Limits` by name, ``contacts`` what is shown of personal data.
    """

    rules: Rulebook | Path | None = None
    limits: tuple[tuple[str, float], ...] = ()
    contacts: Contacts = Contacts.KEEP


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: a record, or a failure with the whole ``traceback`` if it was a defect.

    ``rest`` are the records of further documents that the file holds.
    """

    path: Path
    record: Record | None = None
    failure: Failure | None = None
    traceback: str = ""
    rest: tuple[Record, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of all documents of the file; none if it failed."""
        return () if self.record is None else (self.record, *self.rest)


def is_expected(error: BaseException) -> bool:
    """Whether ``error`` speaks of a file, a rule or the machine, and is no defect of the program."""
    from noticetab.read import ReadError
    from noticetab.rules import RulesError

    return isinstance(error, ReadError | RulesError | OSError)


def extract_one(path: Path, options: Options) -> Outcome:
    """Extract one file; whatever goes wrong with it is in the outcome, never raised.

    Only :class:`noticetab.rules.RulesError` is raised, because then no file can be right.
    """
    import noticetab
    from noticetab import privacy
    from noticetab.read import Limits, ReadError
    from noticetab.rules import RulesError, rulebook
    from noticetab.tables import Failure

    try:
        chosen: dict[str, Any] = dict(options.limits)
        limits: dict[str, Any] = {"limits": Limits(**chosen)} if chosen else {}
        with rulebook(options.rules).in_force():
            records = noticetab.extract_all(path, **limits)
            known = privacy.Known()  # what one document of a file tells, the path must not tell in another
            for record in records:
                record.source.path = shown_path(path)
                known |= privacy.known_of(record)
            shown = [privacy.apply(record, options.contacts, known) for record in records]
        return Outcome(path, record=shown[0], rest=tuple(shown[1:]))
    except RulesError:
        raise
    except ReadError as error:
        return Outcome(path, failure=_hidden(Failure(str(path), str(error), error.kind), options))
    except Exception as error:
        message = f"{path}: {type(error).__name__}: {error}"
        trace = privacy.hide(traceback.format_exc(), options.contacts)
        return Outcome(path, failure=_hidden(Failure(str(path), message), options), traceback=trace)


def _hidden(failure: Failure, options: Options) -> Failure:
    """A failure without what tells itself; which name in a path is a person's only the file could tell."""
    from noticetab import privacy

    path, error = (privacy.hide(text, options.contacts) for text in (failure.path, failure.error))
    return replace(failure, path=path, error=error)


def with_rules(options: Options) -> Options:
    """``options`` that name the rules in force, for whoever reads in another process.

    A folder is read now: all files go by the same rules, whatever becomes of the folder meanwhile.
    Raises :class:`noticetab.rules.RulesError` as :func:`noticetab.rules.rulebook` does.
    """
    from noticetab.rules import rulebook

    return replace(options, rules=rulebook(options.rules))


def extract_all(
    paths: Sequence[Path], options: Options | None = None, jobs: int | None = None
) -> Iterator[Outcome]:
    """The outcome of each of ``paths``, in their order, worked out by ``jobs`` processes.

    ``jobs`` None takes as many as the work needs, at most one a core. A file that kills its
    process (out of memory, a crash inside a library) is a failure of the kind ``crash``.
    """
    options = with_rules(options or Options())
    if jobs is None:
        jobs = min(os.cpu_count() or 1, -(-len(paths) // FILES_PER_PROCESS))
    if len(paths) <= 1:
        jobs = 1
    with Workers(partial(extract_one, options=options), jobs) as workers:
        for path, outcome in workers.map(paths):
            yield (
                outcome
                if isinstance(outcome, Outcome)
                else Outcome(path, failure=_hidden(_crash(path), options))
            )


def _crash(path: Path) -> Failure:
    from noticetab.tables import Failure

    return Failure(str(path), f"{path}: it ended the process that read it; the file may be damaged", "crash")
