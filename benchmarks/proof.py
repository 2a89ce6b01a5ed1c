"""The figures that closing notes quote: runs every part and writes ``benchmarks/RESULTS.md``.

    make proof                                   # all parts, whole
    python benchmarks/proof.py --list
    python benchmarks/proof.py --part kills      # one part; the sections of the others stay
    python benchmarks/proof.py --share 0.02 --out try.md   # a hundredth part or so, to try it out

**A part** is a module of this folder with a function at its top::

    from figures import Figures

    def proof(share: float) -> Figures:
        \"\"\"First line: what the part shows (``--list`` prints it).\"\"\"

It is found by that function, so nothing is registered; its name is the module's. ``share`` is how
much of the whole to run: 1.0 is what the figures are about, smaller numbers are for trying out (at
least one of everything). What comes back has a heading, a table, facts (sentences) and faults
(sentences on what did not hold; none is what is wanted): see ``figures.py``. Seeds are fixed, so
that a part finds the same again. The short, seeded form of a part is a test in ``tests/``.

Each part runs in a process of its own. One that raises, is killed or takes longer than
``--hours`` is written down as such and the others go on; the exit status is 1 if any part failed
or has faults. RESULTS.md is written aside and renamed, after every part.
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import importlib
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / "tests")]

from figures import Figures  # noqa: E402

from noticetab.aside import aside  # noqa: E402

RESULTS = HERE / "RESULTS.md"
HEAD = """# Results

Written by `make proof` (`benchmarks/proof.py`); each section names the command that makes it again.
"""


def parts() -> dict[str, str]:
    """The parts, by name, with the first line of what they say of themselves."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name == "proof":
                found[path.stem] = (ast.get_docstring(node) or "").partition("\n")[0]
    return found


def machine() -> str:
    """Processor, memory and system that the figures were measured on, in one line."""
    try:
        said = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        said = None
    processor = said[1].strip() if said else platform.processor() or platform.machine()
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} x {processor}, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def revision() -> str:
    """The commit that is measured, with ``-dirty`` when files differ from it."""
    asked = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"


def measure(name: str, share: float, hours: float) -> Figures:
    """Run one part in a process of its own; a part that fails gives figures that say so."""
    with tempfile.TemporaryDirectory() as folder:
        out, log = Path(folder) / "figures.json", Path(folder) / "stderr"
        command = [sys.executable, __file__, "--child", name, "--share", str(share), "--out", str(out)]
        with log.open("wb") as errors:
            child = subprocess.Popen(command, cwd=ROOT, stdout=errors, stderr=errors)
            try:
                status: int | str = child.wait(hours * 3600)
            except subprocess.TimeoutExpired:
                _end(child)
                status = f"not done after {hours:g} hours"
        if status == 0:
            return Figures.read(out)
        last = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
        reason = f"exit status {status}" if isinstance(status, int) else status
        return Figures(name, faults=[f"the part failed ({reason}): {last}"])


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill a part that takes too long, with the processes it started."""
    own = psutil.Process(child.pid).children(recursive=True)
    child.kill()
    for process in own:
        if process.is_running():
            process.kill()
    child.wait()


def section(name: str, figures: Figures, share: float, seconds: float, day: dt.date) -> str:
    """A part of RESULTS.md."""
    whole = "" if share == 1 else f" --share {share:g}"
    lines = [f"## {figures.heading}", ""]
    if whole:
        lines += [f"**A trial: {share:g} of the whole.**", ""]
    lines += figures.lines()
    lines += [
        "",
        f"`python benchmarks/proof.py --part {name}{whole}`, {seconds:.0f} s, {day.isoformat()}, "
        f"revision {revision()}, {machine()}.",
    ]
    return "\n".join(lines)


def write(path: Path, name: str, text: str) -> None:
    """Put the section ``name`` into the file of results; the other sections stay as they are."""
    old = path.read_text("utf-8") if path.exists() else ""
    sections = dict(re.findall(r"(?ms)^<!-- part: (\w+) -->\n(.*?)\n<!-- end -->$", old))
    sections[name] = text
    with aside(path) as file:
        file.write(HEAD)
        for known in sorted(sections):
            file.write(f"\n<!-- part: {known} -->\n{sections[known]}\n<!-- end -->\n")


def main() -> None:
    """Run the parts asked for, one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", action="append", help="only this part (may be given again)")
    parser.add_argument("--list", action="store_true", help="print the parts and what they show")
    parser.add_argument("--share", type=float, default=1.0, help="how much of the whole (default 1)")
    parser.add_argument("--hours", type=float, default=6.0, help="longest time of one part (default 6)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the file of results")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        figures: Figures = importlib.import_module(options.child).proof(options.share)
        figures.write(options.out)
        return
    known = parts()
    if options.list:
        print("\n".join(f"{name:<10} {says}" for name, says in known.items()))
        return
    chosen = options.part or list(known)
    if strange := set(chosen) - set(known):
        parser.error(f"no part {', '.join(sorted(strange))}; there are {', '.join(known)}")
    faulty = []
    for name in chosen:
        begun = time.monotonic()
        figures = measure(name, options.share, options.hours)
        spent = time.monotonic() - begun
        write(options.out, name, section(name, figures, options.share, spent, dt.date.today()))
        print(f"{name}: {'; '.join(figures.faults) or 'as it should be'} ({spent:.0f} s)", flush=True)
        faulty += [name] if figures.faults else []
    print(f"written to {options.out}")
    sys.exit(bool(faulty))


if __name__ == "__main__":
    main()
