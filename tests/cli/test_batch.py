"""Which files are meant, and that one bad file never stops the others."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab import batch, outputs
from noticetab.batch import Options, Outcome
from noticetab.tables import Failure


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.PDF", "deep/c.docx", "deep/.hidden.txt", ".git/d.txt", "table.xlsx", "~$b.docx"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    return tmp_path


def names(found: list[Path], folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in found]


def test_a_folder_gives_its_known_formats_in_order(folder: Path) -> None:
    assert names(batch.find([folder]), folder) == ["a.PDF", "b.txt", "deep/c.docx"]


def test_files_of_other_kinds_are_named_and_hidden_ones_are_not(folder: Path) -> None:
    for name in ("noending", "Thumbs.db", "deep/mail.eml"):
        (folder / name).write_text(name)
    assert names(batch.passed_over([folder]), folder) == ["deep/mail.eml", "noending", "table.xlsx"]
    assert names(batch.passed_over([folder, folder / "table.xlsx"]), folder) == ["deep/mail.eml", "noending"]
    assert batch.passed_over([folder / "b.txt", folder / "table.xlsx"]) == []


def test_a_file_that_is_named_may_have_any_ending(folder: Path) -> None:
    assert names(batch.find([folder / "table.xlsx"]), folder) == ["table.xlsx"]


def test_each_file_once(folder: Path) -> None:
    assert names(batch.find([folder / "b.txt", folder]), folder) == ["b.txt", "a.PDF", "deep/c.docx"]


def test_patterns(folder: Path) -> None:
    assert names(batch.find([f"{folder}/*.txt"]), folder) == ["b.txt"]
    assert names(batch.find([f"{folder}/**/*.docx"]), folder) == ["deep/c.docx"]
    assert batch.find([f"{folder}/*.ofd"]) == []


def test_a_name_with_pattern_characters_is_a_name(tmp_path: Path) -> None:
    file = tmp_path / "通知[2023].txt"
    file.write_text("x")
    assert batch.find([str(file)]) == [file]


def test_a_missing_file_is_kept_to_fail_by_name(tmp_path: Path) -> None:
    assert batch.find([tmp_path / "missing.txt"]) == [tmp_path / "missing.txt"]


PARTS = st.sampled_from(["a.txt", "a.pdf", "A.txt", "a.txt.pdf", "b.txt", "b"])


@given(st.lists(st.tuples(st.sampled_from("xyz"), PARTS), unique=True, max_size=12))
def test_every_record_has_a_name_of_its_own(parts: list[tuple[str, str]]) -> None:
    paths = [Path(folder, name) for folder, name in parts]
    given = outputs.record_names(paths)
    assert len({name.casefold() for name in given.values()}) == len(paths)
    assert all(given[path].startswith(path.stem) for path in paths)


def test_the_second_file_of_a_stem_keeps_its_ending() -> None:
    paths = [Path("x/plan.txt"), Path("x/plan.pdf"), Path("y/plan.txt"), Path("z/plan.txt")]
    assert list(outputs.record_names(paths).values()) == [
        "plan.json", "plan.pdf.json", "plan.txt.json", "plan.txt-2.json",
    ]  # fmt: skip


def fragile(path: Path, options: Options) -> Outcome:
    """A file named ``crash`` ends its process as a fault inside a library would."""
    if path.name.startswith("crash"):
        os._exit(11)
    return Outcome(path, failure=Failure(str(path), "read"))


@pytest.mark.parametrize("bad", [(), (0,), (3,), (1, 2, 6)])
def test_a_file_that_kills_its_process_is_one_failure(
    bad: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "extract_one", fragile)
    paths = [Path(f"{'crash' if n in bad else 'file'}{n}.txt") for n in range(7)]
    outcomes = list(batch.extract_all(paths, jobs=2))
    assert [outcome.path for outcome in outcomes] == paths
    crashed = [n for n, outcome in enumerate(outcomes) if outcome.failure and outcome.failure.kind == "crash"]
    assert crashed == list(bad)
