"""docs/rules.md: its blocks are executed one after the other, and it names every file and directive."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from running import environment, shell

from noticetab import rules

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "rules.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_rules_file_is_explained() -> None:
    named = set(re.findall(r"`([\w/]+\.(?:toml|csv))`", TEXT))
    assert named == {file.relative_to(rules.directory()).as_posix() for file in rules.Rulebook().files()}


def test_what_the_page_shows_works(tmp_path: Path) -> None:
    for name in ("pipeline", "rules"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "notices").mkdir()
    shutil.copy(min((ROOT / "corpus" / "notices").glob("*.txt")), tmp_path / "notices")
    python = ""
    for language, title, body in BLOCK.findall(TEXT):
        if title:
            (tmp_path / title).parent.mkdir(exist_ok=True)
            (tmp_path / title).write_text(body, "utf-8")
        elif language == "sh":
            done = shell(body.strip(), tmp_path)
            assert done.returncode == 0, done.stderr
        elif language == "python":
            python += body
    run = [sys.executable, "-c", python]
    done = subprocess.run(run, cwd=tmp_path, env=environment(ROOT), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "outputs" / "organizers.csv").is_file()
