"""Which notice a record is: ids that are the same on every run, machine, format and site.

A copy on a web page, its PDF and a scan differ in white space, width of characters, brackets
and site furniture; document numbers are often dropped from web copies. What survives copying is
the title, the signature (发文机关署名) and its date (成文日期), GB/T 9704-2012 7.3.1, 7.3.5.2 and
7.3.5.3. The id is made of these three where all are known, else of document number and title,
else of the body itself.

One function of one record cannot know that a copy without a date is the notice already stored.
A store therefore also keeps every :func:`notice_keys` of what it has read: a record that shares
any key with a known notice is that notice.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from noticetab.record import Record

_NOT_CONTENT = frozenset("ZPSC")
"""Unicode classes that copies change freely: separators, punctuation, symbols, control marks."""

_YEAR_OR_EDITION = regex.compile(
    r"(?:19|20)\d\d年|[一二][〇○零一二三四五六七八九]{3}年|第[0-9〇零一二三四五六七八九十百]{1,5}[届次期]"
)
"""What makes a recurring title name one occasion: a year or an edition (第37届)."""


class _Content(dict[int, int | None]):
    """For str.translate: what to do with each character, found out when it is first met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code))[0] in _NOT_CONTENT else code
        return self[code]


_CONTENT = _Content()
_MARKS = regex.compile(r"[\p{P}\p{Z}\p{C}～＋＝｜＜＞]+")
"""Marks that are no content before or after NFKC: other symbols may hold letters (㎡)."""

_COMMON_MARKS = re.compile("[ \n\t\u3000、。，：；！？（）“”《》.,:;()-]")
"""Most marks of a text: they go first and at once, since a look into Unicode's tables is slow."""
_OTHERS = re.compile("[^\u4e00-\u9fef0-9A-Za-z]")
"""Whatever may need such a look."""


@dataclass(frozen=True, slots=True)
class Key:
    """One way to recognize a notice.

    ``kind`` is ``full`` (title, signature and date), ``number`` (document number with title),
    ``signed_number`` (document number with signature), ``body`` (the whole text) or ``occasion``
    (signature with a title that names a year or an edition). An ``occasion`` alone proves
    nothing: one body may announce two lectures a year under one title, so whoever uses it also
    compares the texts (:func:`similarity`).
    """

    kind: str
    value: str


def squeeze(text: str) -> str:
    """The letters, digits and Chinese characters of ``text``, width and case folded.

    >>> squeeze("《2023年 科技周》（ＡＢ）")
    '2023年科技周ab'
    """
    rest = _OTHERS.sub(lambda m: _MARKS.sub("", m[0]), _COMMON_MARKS.sub("", text))
    if not unicodedata.is_normalized("NFKC", rest):  # slow, and mostly needless once marks are gone
        rest = unicodedata.normalize("NFKC", rest)
    return _OTHERS.sub(lambda m: m[0].translate(_CONTENT), rest.casefold())


def digest(*parts: object, length: int = 16) -> str:
    """``length`` hexadecimal digits of SHA-256 over the parts, kept apart by a separator."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def notice_keys(record: Record) -> list[Key]:
    """Every key by which the notice can be recognized, the surest first; never empty."""
    notice = record.notice
    title = squeeze(notice.title or "")
    issuers = "|".join(sorted({squeeze(name) for name in notice.issuers} - {""}))
    number = squeeze(notice.doc_number or "")
    keys: list[Key] = []
    if title and issuers and notice.issued_on:
        keys.append(Key("full", digest("full", title, issuers, notice.issued_on.isoformat())))
    if number and title:
        keys.append(Key("number", digest("number", number, title)))
    if number and issuers:
        keys.append(Key("signed_number", digest("signed_number", number, issuers)))
    body = squeeze(record.text)
    keys.append(Key("body", digest("body", body or record.source.sha256 or record.source.path)))
    if title and issuers and _YEAR_OR_EDITION.search(notice.title or ""):
        keys.append(Key("occasion", digest("occasion", title, issuers)))
    return keys


def notice_id(record: Record) -> str:
    """The id of the notice: ``n`` and 16 hexadecimal digits.

    Of title, signature and date where all three are known; else of document number and title;
    else of the body. The same notice in another format or on another site has the same id as
    long as these are read from it.
    """
    return id_of(notice_keys(record))


def id_of(found: list[Key]) -> str:
    """The id that belongs to the keys of a notice."""
    keys = {key.kind: key.value for key in found}
    for kind in ("full", "number", "body"):
        if kind in keys:
            return "n" + keys[kind]
    raise AssertionError("every record has a body key")


def numbered_id(record: Record) -> str:
    """An id that also holds the document number, for the rare case that two notices of one body,
    day and title carry different numbers (see :func:`conflict`)."""
    return "n" + digest("numbered", notice_id(record), squeeze(record.notice.doc_number or ""))


def conflict(first: Record, second: Record) -> bool:
    """Whether both carry a document number and the numbers differ: then they are two notices."""
    one, other = (squeeze(r.notice.doc_number or "") for r in (first, second))
    return bool(one and other and one != other)


def similarity(first: str, second: str, width: int = 5) -> float:
    """How much two texts share: Jaccard index (0 to 1) of their runs of ``width`` characters."""
    one, other = (_shingles(squeeze(text), width) for text in (first, second))
    if not one or not other:
        return float(one == other)
    return len(one & other) / len(one | other)


def _shingles(text: str, width: int) -> set[str]:
    return {text[i : i + width] for i in range(max(len(text) - width + 1, 1))} if text else set()
