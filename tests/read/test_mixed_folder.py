"""One folder, every format, bad files among them: all good ones come out, the bad ones are listed."""

import csv
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layouts.blocks import load
from layouts.ofd import write_ofd
from layouts.page import write_page

from .conftest import Office

NAME = "tangshan-2023-science-day"


@pytest.mark.office
def test_run_on_a_folder_of_every_format(office: Office, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for ending in ("docx", "doc", "pdf"):
        shutil.copy(office.file(NAME, ending), folder)
    (folder / f"{NAME}.txt").write_bytes(load(NAME).text.encode("gb18030"))
    (folder / f"{NAME}.html").write_bytes(write_page(load(NAME)))
    (folder / f"{NAME}.ofd").write_bytes(write_ofd(office.file(NAME, "pdf").read_bytes()))
    whole = office.file(NAME, "docx").read_bytes()
    (folder / "half.docx").write_bytes(whole[: len(whole) // 2])
    (folder / "noise.docx").write_bytes(whole[:2000] + random.Random(1).randbytes(1000) + whole[3000:])
    (folder / "empty.pdf").write_bytes(b"")
    command = [sys.executable, "-m", "noticetab.cli", "run", str(folder), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1, done.stderr
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        failures = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    assert set(failures) == {"half.docx", "noise.docx", "empty.pdf"}
    assert all(
        row["kind"] == "unreadable" and "; get the file again" in row["error"] for row in failures.values()
    )
    records = [json.loads(path.read_text("utf-8")) for path in (out / "records").iterdir()]
    assert {Path(record["source"]["path"]).suffix for record in records} == {
        ".docx", ".doc", ".pdf", ".txt", ".html", ".ofd",
    }  # fmt: skip
    assert {record["notice"]["title"] for record in records} == {records[0]["notice"]["title"]}
    assert {len(record["activities"]) for record in records} == {len(records[0]["activities"])}
