"""A corpus: gold files and the notices that they are about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from noticetab.evaluate.gold import validate
from noticetab.evaluate.score import score
from noticetab.evaluate.tally import Json, Score

NOTICE_FOLDERS = ("notices", "texts", "")
"""Where, beside the folder of gold, the notices are looked for."""


@dataclass(frozen=True, slots=True)
class Document:
    """One gold file: its ``name`` (the stem), what it says, and the notice it is about."""

    name: str
    gold: Json
    notice: Path | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of one folder of gold, by name."""

    folder: Path
    documents: tuple[Document, ...]


def find_corpus(folder: str | Path, notices: str | Path | None = None) -> Corpus:
    """Read every gold file of ``folder`` and find its notice.

    The notice is the file that gold names as ``source``, in ``notices`` if that is given, else in
    ``notices/`` or ``texts/`` beside ``folder``, else in ``folder``. Raises :class:`OSError` with
    a message for people if the folder has no gold, a file is no JSON or is not written as gold is
    (an unknown or missing key, which it names), or a notice is missing from ``notices``.
    """
    folder = Path(folder)
    files = sorted(folder.glob("*.json"))
    if not files:
        raise FileNotFoundError(f"{folder}: no gold here (expected one .json file for each notice)")
    documents = []
    for file in files:
        gold = read_json(file)
        if not isinstance(gold, dict) or not isinstance(gold.get("notice"), dict):
            raise OSError(f"{file}: not a gold file (it has no object `notice`)")
        validate(gold, file)
        source = str(gold.get("source") or f"{file.stem}.txt")
        places = [Path(notices)] if notices else [folder.parent / name for name in NOTICE_FOLDERS] + [folder]
        found = next((place / source for place in places if (place / source).is_file()), None)
        if notices and found is None:
            raise FileNotFoundError(f"{file}: its notice {source} is not in {notices}")
        documents.append(Document(file.stem, gold, found))
    return Corpus(folder, tuple(documents))


def read_json(file: Path) -> Any:
    """The content of a JSON file. Raises :class:`OSError` naming file and line if it is none."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise OSError(f"{file}: not JSON: {error}") from None


def read_records(path: str | Path) -> dict[str, Json]:
    """Records by name: of a folder with a file for each, or of one file written by
    ``noticetab evaluate --save``. Raises :class:`OSError` if there are none."""
    path = Path(path)
    if path.is_dir():
        return {file.stem: read_json(file) for file in sorted(path.glob("*.json"))}
    records = read_json(path)
    if not isinstance(records, dict) or not all(
        isinstance(r, dict) and "notice" in r for r in records.values()
    ):
        raise OSError(f"{path}: holds no records (expected what `noticetab evaluate --save` writes)")
    return records


def evaluate(corpus: Corpus, records: Mapping[str, Json]) -> dict[str, Score]:
    """The score of each document by name; one without a record scores as an empty record."""
    return {
        document.name: score(document.gold, records.get(document.name, {})) for document in corpus.documents
    }
