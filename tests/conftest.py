"""What tests need beside Python: they are skipped where it is missing, and the run ends with a list of them.

The packages stand in ``setup-system.sh``, which also says which are missing. A test that needs one
bears its marker (``office``, ``fonts``, ``browser``, ``postgres``) or uses a fixture of
:data:`FIXTURES`; ``ocr`` is an extra of noticetab and looked for here.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[1] / "setup-system.sh"
FIXTURES = {"office": "office", "server": "postgres", "postgres_url": "postgres", "browser": "browser"}
"""Fixtures that start a program, with the marker of what they need."""
NEEDED = "not here: "
"""What the reasons of skipped tests begin with, when something is missing."""


@cache
def missing() -> dict[str, str]:
    """The markers whose tests cannot run here, with what is to be installed for them."""
    found: dict[str, str] = {}
    if SETUP.exists():  # not in an sdist that was unpacked by itself
        said = subprocess.run(["sh", str(SETUP), "--missing"], capture_output=True, text=True, check=True)
        for line in said.stdout.splitlines():
            marker, package = line.split("\t")
            if marker != "-":
                found[marker] = f"{found[marker]} {package}" if marker in found else package
    if importlib.util.find_spec("rapidocr") is None:
        found["ocr"] = "noticetab[ocr]"
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures that they use, and skip those whose needs are not met."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in FIXTURES:
                item.add_marker(FIXTURES[fixture])
        packages = [package for marker, package in missing().items() if item.get_closest_marker(marker)]
        if packages:
            item.add_marker(pytest.mark.skip(reason=NEEDED + " ".join(sorted(packages))))


def pytest_terminal_summary(terminalreporter) -> None:
    """Say what was not tested: by what is missing, how many tests of which files."""
    files: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        files[reason.removeprefix("Skipped: ")][report.nodeid.split("::")[0]] += 1
    if not files:
        return
    terminalreporter.section("not tested on this machine")
    for reason, counts in sorted(files.items()):
        terminalreporter.write_line(f"{sum(counts.values())} tests, {reason}")
        for name, count in sorted(counts.items()):
            terminalreporter.write_line(f"    {count:>4}  {name}")
    if any(reason.startswith(NEEDED) for reason in files):
        terminalreporter.write_line("./setup-system.sh says how to install what is missing.")
