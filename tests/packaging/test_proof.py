"""The driver of the figures: parts are found, one that fails stops nothing, sections stay."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PART = '''
from figures import Figures


def proof(share: float) -> Figures:
    """Counts."""
    {body}
'''


@pytest.fixture
def proof(tmp_path):
    """Run a copy of the driver beside parts of our own; gives status, what it said, and RESULTS.md."""
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    for name in ("proof.py", "figures.py"):
        (folder / name).write_bytes((BENCHMARKS / name).read_bytes())

    def run(*arguments, **parts):
        for name, body in parts.items():
            (folder / f"{name}.py").write_text(PART.format(body=body), "utf-8")
        command = [sys.executable, str(folder / "proof.py"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        results = folder / "RESULTS.md"
        return (
            done.returncode,
            done.stdout + done.stderr,
            results.read_text("utf-8") if results.exists() else "",
        )

    return run


GOOD = "return Figures('Good', ('what', 'count'), [('a|b', round(100 * share))], ['True.'])"


def test_a_part_that_fails_stops_nothing(proof):
    status, said, results = proof(
        bad="raise RuntimeError('no disk')", dead="import os; os.kill(os.getpid(), 9)", good=GOOD
    )
    assert status == 1
    assert "RuntimeError: no disk" in results
    assert "exit status -9" in results
    assert "| a\\|b | 100 |" in results
    assert "good: as it should be" in said


def test_one_part_leaves_the_sections_of_the_others(proof):
    assert proof(good=GOOD, other="return Figures('Other', facts=['First.'])")[0] == 0
    status, _, results = proof("--part", "other", other="return Figures('Other', facts=['Second.'])")
    assert status == 0
    assert "Second." in results
    assert "First." not in results
    assert "## Good" in results


def test_faults_are_printed_and_make_the_status(proof):
    status, said, results = proof(faulty="return Figures('Faulty', faults=['3 of 5 differ'])")
    assert status == 1
    assert "3 of 5 differ" in said
    assert "**Does not hold:** 3 of 5 differ" in results


def test_an_unknown_part_is_refused_with_those_there_are(proof):
    status, said, results = proof("--part", "goood", good=GOOD)
    assert (status, results) == (2, "")
    assert "there are good" in said


def test_the_parts_of_the_repository_say_what_they_show():
    command = [sys.executable, str(BENCHMARKS / "proof.py"), "--list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert all(len(line.split(maxsplit=1)) == 2 for line in listed)
    assert {"extract", "kills"} <= {line.split()[0] for line in listed}
