"""What holds for the whole house: data flows one way, rooms stay small, files speak of the project alone."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pipeline" / "noticetab"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

LAYERS = (
    ("aside", "printable", "rules", "numerals", "patterns", "record", "privacy"),
    ("read", "dates"),
    ("segment",),
    ("normalize", "frames"),
    ("extraction",),
    ("classify", "spans"),
    ("check",),
    ("tables",),
    ("pipeline", "components"),
    ("explain",),
    ("batch", "stores", "exports", "compare"),
    ("outputs",),
    ("evaluate",),
    ("cli",),
)
"""The rooms from the ground up: a room imports from those below it and never from one above."""

HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[tuple[str, int]]:
    """The rooms that a module imports at its top or inside functions, with the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
            if node.module == "noticetab":
                names = [f"noticetab.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "noticetab" and len(parts) > 1:
                yield parts[1], node.lineno


def test_every_room_has_its_place() -> None:
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert rooms == set(HEIGHT), "say in LAYERS, and in docs/architecture.md, where a new room belongs"
    assert sum(map(len, LAYERS)) == len(HEIGHT), "a room has one place"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_rooms_import_from_below_alone(path: Path) -> None:
    if room(path) == "__init__":
        return  # the front door names what is public, from any room, and imports it when it is used
    here = HEIGHT[room(path)]
    above = [
        f"line {line}: {room(path)} imports {other}"
        for other, line in imported_rooms(path)
        if other in HEIGHT and HEIGHT[other] > here
    ]
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_one_room(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 500
    assert not {"utils", "helpers", "misc", "common"} & set(path.with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_numbers_are_read_in_one_place(path: Path) -> None:
    """``isdigit`` and ``isnumeric`` let ① through, which ``int`` refuses: ``numerals.whole`` reads it."""
    found = []
    for part in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(part, ast.FunctionDef | ast.Lambda):
            continue
        calls = [node.func for node in ast.walk(part) if isinstance(node, ast.Call)]
        reads = any(isinstance(f, ast.Name) and f.id == "int" for f in calls)
        asks = [f for f in calls if isinstance(f, ast.Attribute) and f.attr in ("isdigit", "isnumeric")]
        found += [f"line {f.lineno}: {f.attr} beside int()" for f in asks if reads]
    assert not found


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


FOREIGN = {
    "the host of a package registry": "|".join(
        ["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"]
    ),
    "a path of somebody's machine": r"(?:^|[\s\"'(=:])/(?:home/\w|Users/\w|root/|work/|tmp/\w|mnt/\w)",
    "an address of a package index": r"--(?:extra-)?index-url|--find-links",
}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository")
@pytest.mark.parametrize("what", FOREIGN)
def test_tracked_files_speak_of_the_project_alone(what: str) -> None:
    pattern = re.compile(FOREIGN[what], re.MULTILINE)
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()!r}" for match in pattern.finditer(text)]
    assert not found


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_every_package_by_hash(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[\w.\[\]-]+==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_the_development_lock_holds_the_versions_of_the_core() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
