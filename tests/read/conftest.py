"""Files of every format, laid out once per session: LibreOffice starts twice, not once per test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from layouts.blocks import NAMES, load
from layouts.word import write_docx
from noticetab.read import Limits, isolation
from noticetab.read.limits import Budget
from noticetab.read.office import convert


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of the formats replace parts of readers; ``test_isolation.py`` is about reader processes."""
    monkeypatch.setattr(isolation, "ISOLATED", False)


@dataclass(frozen=True)
class Office:
    """The five notices in one folder as docx, doc and pdf."""

    folder: Path

    def file(self, name: str, ending: str) -> Path:
        path = self.folder / f"{name}.{ending}"
        assert path.is_file(), f"LibreOffice did not write {path}"
        return path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    files = [write_docx(load(name), folder / f"{name}.docx") for name in NAMES]
    for ending in ("pdf", "doc"):
        convert(files, folder, Budget(folder, Limits()), ending=ending)
    return Office(folder)
