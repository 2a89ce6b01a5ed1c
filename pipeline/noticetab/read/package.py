"""Zip containers (docx, ofd) opened without trust: bounded, in memory, no entities, no paths."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from noticetab.read.limits import Budget

if TYPE_CHECKING:
    from lxml import etree

_HARM = "made to do harm: do not open it, ask who sent it for another copy"
_SMALL = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class Package:
    """The parts of a container by name; nothing is ever unpacked to disk."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        """Open ``data``; raises ``ReadError`` for bombs, protected and damaged containers."""
        self.budget = budget
        limits = budget.limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise budget.error("a damaged document, or one cut short", "get the file again") from error
        if len(infos) > limits.parts:
            raise budget.error(
                f"{len(infos)} parts, more than the limit of {limits.parts}",
                "raise the limit `parts` if you trust the file",
            )
        total = sum(info.file_size for info in infos)
        if total > limits.expanded_bytes:
            raise budget.error(
                f"expands to {total} bytes, more than the limit of {limits.expanded_bytes}",
                "raise the limit `expanded_bytes` if you trust the file",
            )
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename.replace("\\", "/")
            if ".." in name.split("/") or name[1:2] == ":":
                raise budget.error(
                    f"a part is named {info.filename!r}, which leads out of the document", _HARM
                )
            if info.flag_bits & 1:
                raise budget.error("protected by a password", "remove it and save the file again")
            self._infos[name.lstrip("/").lower()] = info
        self._read = 0

    def names(self) -> list[str]:
        """Names of the parts, in the container's order."""
        return [info.filename.replace("\\", "/").lstrip("/") for info in self._infos.values()]

    def has(self, name: str) -> bool:
        """Whether there is a part ``name`` (case does not matter, as office programs see it)."""
        return name.lstrip("/").lower() in self._infos

    def part(self, name: str) -> bytes:
        """The bytes of part ``name``; raises ``ReadError`` when missing, damaged or too large."""
        info = self._infos.get(name.lstrip("/").lower())
        if info is None:
            raise self.budget.error(f"part {name!r} is missing", "the file may be damaged")
        limits = self.budget.limits
        # Asked of parts that are read alone: an empty picture beside them may well be packed so small.
        if info.file_size > _SMALL and info.file_size > limits.ratio * max(1, info.compress_size):
            raise self.budget.error(
                f"part {name!r} expands more than {limits.ratio} times: a zip bomb", _HARM
            )
        room = limits.expanded_bytes - self._read
        try:
            with self._zip.open(info) as stream:
                data = stream.read(min(room, info.file_size) + 1)  # a header may lie about the size
        except _DAMAGE as error:
            raise self.budget.error(f"part {name!r} is damaged", "get the file again") from error
        self._read += len(data)
        if len(data) > info.file_size or self._read > self.budget.limits.expanded_bytes:
            raise self.budget.error(f"part {name!r} expands beyond the limit: a zip bomb", _HARM)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of part ``name``; entities are never resolved, a document type is refused."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(self.part(name), parser)
        except etree.XMLSyntaxError as error:
            raise self.budget.error(
                f"part {name!r} is not well-formed ({error.msg})", "get the file again"
            ) from error
        if root.getroottree().docinfo.doctype:
            raise self.budget.error(f"part {name!r} declares a document type, as entity bombs do", _HARM)
        return root


def resolve(base: str, target: str) -> str:
    """The part that ``target`` names when written in the part ``base``."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target)).lstrip("/")
