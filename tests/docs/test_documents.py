"""Documents say what is so: references are current, names and links exist."""

import re
from pathlib import Path

import pytest
from cli_reference import BEGIN, commands, render

from noticetab import record

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if path.name != "CHANGELOG.md"
)


def test_the_command_reference_is_current() -> None:
    document = (ROOT / "docs" / "cli.md").read_text("utf-8")
    message = "docs/cli.md is not what --help says: run python tests/docs/cli_reference.py"
    assert document.split(BEGIN)[1].strip() == render().strip(), message


@pytest.mark.parametrize(("name", "text"), commands(), ids=[name for name, _ in commands()])
def test_every_command_and_option_explains_itself(name: str, text: str) -> None:
    head, _, rest = text.partition("\n\n")
    assert head.startswith("Usage:")
    assert rest.strip().splitlines()[0].strip().endswith((".", ":", ",")) or len(rest.split()) > 5
    for option in re.findall(r"^  (?:-\w, )?(--[\w-]+)(.*)$", text, re.MULTILINE):
        at = text.index(option[0])
        assert re.search(r"[a-z]{2} [a-z]", text[at : at + 300]), f"{name} {option[0]} has no help"


def test_every_field_of_the_record_is_explained() -> None:
    text = (ROOT / "docs" / "record.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+)`", text))
    models = [
        value
        for value in vars(record).values()
        if isinstance(value, type) and issubclass(value, record.Model)
    ]
    fields = {field for model in models for field in model.model_fields}
    assert fields - named == set()


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {path.name for path in (ROOT / "pipeline" / "noticetab").iterdir() if path.name[0] not in "_."}
    named = {part for name in re.findall(r"`([\w./*-]+)`", text) for part in name.rstrip("/").split("/")}
    assert rooms - named - {"py.typed"} == set()
    for name in re.findall(r"`((?:\w+/)+[\w.]*|\w+\.py)`", text):
        assert any((ROOT / base / name).exists() for base in (".", "pipeline/noticetab")), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith("#"):
            continue
        path, _, anchor = target.partition("#")
        linked = document.parent / path
        assert linked.exists(), f"{document.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}
