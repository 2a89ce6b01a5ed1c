"""A script without a guard around its main part is told so; no file is blamed for it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = f"sorted(Path({str(ROOT / 'corpus' / 'notices')!r}).glob('*.txt'))[:3]"

INGEST = """
from pathlib import Path
from noticetab.stores.store import open_store
from noticetab.stores.ingest import Settings
with open_store("sqlite:///base.sqlite") as store:
    print(store.ingest({files}, Settings(jobs=2)).new)
"""
BATCH = """
from pathlib import Path
from noticetab.batch import extract_all
print(len([one for one in extract_all({files}, jobs=2) if one.record]))
"""


def run(folder: Path, script: str) -> "subprocess.CompletedProcess[str]":
    path = folder / "script.py"
    path.write_text(script.format(files=FILES), "utf-8")
    return subprocess.run(
        [sys.executable, path], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.parametrize("script", [INGEST, BATCH], ids=["ingest", "batch"])
def test_a_script_without_a_guard_is_told_what_to_do(tmp_path: Path, script: str) -> None:
    done = run(tmp_path, script)
    assert done.returncode == 1
    assert "if __name__ ==" in done.stderr.splitlines()[-1] and "jobs=1" in done.stderr.splitlines()[-1]
    assert "damaged" not in done.stderr
    if script is INGEST:
        base = sqlite3.connect(tmp_path / "base.sqlite")
        assert base.execute("select count(*) from failures").fetchone() == (0,)
        assert base.execute("select status from runs").fetchall() == [("failed",)]
        base.close()


@pytest.mark.parametrize("script", [INGEST, BATCH], ids=["ingest", "batch"])
def test_with_a_guard_it_works(tmp_path: Path, script: str) -> None:
    lines = script.strip().splitlines()
    guarded = ["def main():", *("    " + line for line in lines), "if __name__ == '__main__':", "    main()"]
    done = run(tmp_path, "\n".join(guarded))
    assert (done.returncode, done.stdout.strip()) == (0, "3"), done.stderr
