"""The wheel: what it holds, and that it works by itself in an empty environment, in another folder."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_package_rules_and_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {path.name for path in (ROOT / "rules").iterdir() if path.is_file()}
    assert {f"noticetab/_rules/{name}" for name in rules} <= names
    sources = (ROOT / "pipeline").rglob("*")
    data = {
        path.relative_to(ROOT / "pipeline").as_posix()
        for path in sources
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert data <= names, "every file of the package is shipped"
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests", "corpus")) for name in names)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone; its dependencies are looked up where the tests have theirs."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    if uv := shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])):
        command = [uv, "pip", "install", "--python", str(python)]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(python), "install"]
    subprocess.run([*command, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    (packages,) = home.glob("lib/python*/site-packages")
    # Only the folder: the .pth files in it, which name this repository, are not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return home


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    command = [str(installed / "bin" / arguments[0]), *arguments[1:]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_it_is_the_installed_package(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "python", "-c", "import noticetab; print(noticetab.__file__)")
    assert Path(said.stdout.strip()).is_relative_to(installed), said.stderr


def test_it_extracts_in_another_folder_as_in_the_repository(installed: Path, tmp_path: Path) -> None:
    notice = sorted((ROOT / "corpus" / "notices").glob("*.txt"))[0]
    shutil.copy(notice, tmp_path / "notice.txt")
    said = run(installed, tmp_path, "noticetab", "extract", "notice.txt")
    assert said.returncode == 0, said.stderr
    record = json.loads(said.stdout)
    here = json.loads(
        subprocess.run(
            [sys.executable, "-m", "noticetab.cli", "extract", "notice.txt"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    assert record == here
    assert record["notice"]["title"]


def test_it_runs_over_a_folder(installed: Path, tmp_path: Path) -> None:
    notice = sorted((ROOT / "corpus" / "notices").glob("*.txt"))[0]
    (tmp_path / "in").mkdir()
    shutil.copy(notice, tmp_path / "in" / "notice.txt")
    said = run(installed, tmp_path, "noticetab", "run", "in", "-o", "out")
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "out" / "notices.sqlite").exists()
    assert (tmp_path / "out" / "records" / "notice.json").exists()
