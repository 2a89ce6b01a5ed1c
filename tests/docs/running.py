"""Running what documents show, as a reader would in a checkout at ``folder``."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path


def environment(folder: Path) -> dict[str, str]:
    """The environment of this process, with the package of ``folder`` in the place of any other."""
    return {**os.environ, "PYTHONPATH": str(folder / "pipeline"), "COLUMNS": "100"}


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell block; ``noticetab`` and ``.venv/bin/noticetab`` are the package's command."""
    command = f"{shlex.quote(sys.executable)} -m noticetab.cli"
    words = line.replace(".venv/bin/noticetab", "noticetab").split(" ", 1)
    if words[0] == "noticetab":
        line = f"{command} {words[1]}"
    run = ["bash", "-c", line]
    return subprocess.run(run, cwd=folder, env=environment(folder), capture_output=True, text=True)
