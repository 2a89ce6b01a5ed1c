"""The outputs of the sample corpus that the repository shows are those of this version."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from noticetab import cli
from noticetab.stores.snapshot import content

ROOT = Path(__file__).parents[2]
STALE = "outputs/ is stale: run make run, read what changed, and commit it"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["noticetab", "run", "corpus/notices", "-o", str(folder), "-q"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert ended.value.code == 0
    yield folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_same_files(fresh: Path) -> None:
    assert names(fresh) == names(ROOT / "outputs"), STALE


def test_the_same_records_and_tables(fresh: Path) -> None:
    texts = sorted(name for name in names(fresh) if not name.endswith(".sqlite"))
    assert len(texts) >= 20
    changed = [
        name for name in texts if (fresh / name).read_bytes() != (ROOT / "outputs" / name).read_bytes()
    ]
    assert not changed, STALE


def test_the_same_database(fresh: Path) -> None:
    found = content(fresh / "notices.sqlite")
    assert found is not None and len(found["notices"]) == 5
    assert found == content(ROOT / "outputs" / "notices.sqlite"), STALE


def test_every_notice_of_the_corpus_has_its_record() -> None:
    stems = {path.stem for path in (ROOT / "corpus" / "notices").iterdir()}
    assert {path.stem for path in (ROOT / "outputs" / "records").iterdir()} == stems
