"""Old office files (doc, wps, rtf, odt) through LibreOffice, which writes them as docx.

LibreOffice ends with status 0 even when it could not load a file, and two of them on one
profile disturb each other: the output is looked for, and every process here has a profile of
its own, in which macros and links to elsewhere are switched off.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from noticetab.read.limits import Budget
from noticetab.read.reading import Reading

_ENDINGS = {b"\xd0\xcf\x11\xe0": "doc", b"{\\rtf": "rtf", b"PK\x03\x04": "odt"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
INSTALL = "install LibreOffice (Debian: apt install libreoffice-writer-nogui; others: libreoffice.org)"


def program() -> str | None:
    """The path of LibreOffice, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _profile() -> Path:
    """A user profile for this process alone, gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="noticetab-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    user = folder / str(os.getpid()) / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return user.parent


def convert(files: Sequence[Path], target: Path, budget: Budget, *, ending: str = "docx") -> None:
    """Write every one of ``files`` into the folder ``target`` in one start of LibreOffice.

    What could not be converted is simply not there afterwards. Raises ``ReadError`` when
    LibreOffice is not installed or takes longer than the time left.
    """
    budget.costs("office")
    office = program()
    if office is None:
        raise budget.error("a file of an old office format, which LibreOffice reads for us", INSTALL)
    profile = _profile()
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
        "--nodefault", "--nolockcheck", "--convert-to", ending, "--outdir", str(target),
        *(str(file) for file in files),
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(profile), "TMPDIR": str(target)}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(timeout=budget.left())
    except subprocess.TimeoutExpired as error:
        raise budget.error(
            "LibreOffice did not finish in the time allowed",
            "raise the limit `office_seconds` (--limit office_seconds=…)",
            kind="timeout",
        ) from error
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def convert_many(documents: Sequence[tuple[bytes, Budget]]) -> list[bytes | None]:
    """The docx of each of ``documents`` in one start of LibreOffice; None where it failed."""
    if not documents:
        return []
    with tempfile.TemporaryDirectory(prefix="noticetab-") as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        target.mkdir()
        files = []
        for index, (data, _) in enumerate(documents):
            ending = next(
                (name for magic, name in _ENDINGS.items() if data.lstrip()[:5].startswith(magic)), "xml"
            )
            files.append(source / f"{index:06d}.{ending}")
            files[-1].write_bytes(data)
        longest = max((budget for _, budget in documents), key=Budget.left)
        convert(files, target, longest)
        written = []
        for index, (_, budget) in enumerate(documents):
            file = target / f"{index:06d}.docx"
            fits = file.is_file() and file.stat().st_size <= budget.limits.expanded_bytes
            written.append(file.read_bytes() if fits else None)
        return written


def read_office(data: bytes, budget: Budget) -> Reading:
    """A doc, wps, rtf or odt file as a :class:`Reading`, through LibreOffice and docx."""
    return from_docx(data, convert_many([(data, budget)])[0], budget)


def from_docx(data: bytes, converted: bytes | None, budget: Budget) -> Reading:
    """The reading of a file that LibreOffice wrote as ``converted`` (None: it could not)."""
    from noticetab.read.characters import is_broken
    from noticetab.read.word import read_word

    if not converted:
        raise budget.error(
            "LibreOffice could not read it", "the file may be damaged, protected or not an office file"
        )
    reading = read_word(converted, budget)
    if is_broken("".join(reading.text.split())):  # what it cannot read it takes for plain text
        raise budget.error(
            "LibreOffice found no document in it", "the file may be damaged; save it again as docx"
        )
    start = data.lstrip()[:5]
    reading.media_type = (
        "application/rtf"
        if start == b"{\\rtf"
        else "application/vnd.oasis.opendocument.text"
        if start.startswith(b"PK")
        else "application/msword"
    )
    return reading
