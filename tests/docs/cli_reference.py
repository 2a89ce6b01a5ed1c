"""The help of every command as docs/cli.md has it: ``python tests/docs/cli_reference.py`` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from noticetab import cli

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
BEGIN = "<!-- What follows is written by tests/docs/cli_reference.py. -->\n"
WIDTH = 98


def commands() -> Iterator[tuple[str, str]]:
    """Each command's name and help, groups before their commands."""
    yield from _below(typer.main.get_command(cli.build()), "noticetab", None)


def _below(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    context = command.make_context(
        name.split()[-1],
        [],
        parent=parent,
        resilient_parsing=True,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
    )
    yield name, command.get_help(context)
    for below, child in getattr(command, "commands", {}).items():
        yield from _below(child, f"{name} {below}", context)


def render() -> str:
    """The reference part of docs/cli.md."""
    parts = [f"### {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in commands()]
    return "\n".join(parts)


if __name__ == "__main__":
    before = DOCUMENT.read_text("utf-8").split(BEGIN)[0]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{render()}", "utf-8")
