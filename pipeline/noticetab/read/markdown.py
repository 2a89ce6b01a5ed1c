"""Markdown, as converters and editors write it: the text is what a reader of the page sees.

Marks go (``#``, ``**``, escapes, links but for their text, pictures), numbers and bullets of lists
stay, tables with bars and tables written as HTML are tables. What stands between ``---`` at the top
is metadata: it gives the page's title and time and is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from noticetab.numerals import whole
from noticetab.read.assembly import Assembly, CellText
from noticetab.read.reading import Reading

if TYPE_CHECKING:
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"
BULLET = "• "
"""What a browser prints before an item of a list without numbers."""

_FRONT = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>(?:.*\n){1,60}?)(?P=fence)[ \t]*(?:\n|$)")
_ENTRY = re.compile(r"^\s*([A-Za-z_][\w-]*)\s*[:=]\s*(.+?)\s*$", re.M)
_DATE = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_DATES = ("published", "pubdate", "publish_date", "publishdate", "date", "created")
_SIGNS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(r"^#{1,6}[ \t]+\S", re.M), 1, 4),
    (re.compile(r"\A\s*#[ \t]+\S.*\n[ \t]*\n"), 1, 1),
    (
        re.compile(
            r"^[^\n|]*\|.*\n[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$", re.M
        ),
        3,
        3,
    ),
    (re.compile(r"(?<![*\\])\*\*(?=\S)[^*\n]+\*\*"), 1, 3),
    (re.compile(r"!\[[^\]\n]*\]\([^)\s]+\)"), 2, 2),
    (re.compile(r"(?<!!)\[[^\]\n]+\]\((?:https?:|/|\.|#|mailto:)[^)\n]*\)"), 1, 2),
    (re.compile(r"^[ \t]*[-*+][ \t]+\S.*\n(?:[ \t]*\n)?[ \t]*[-*+][ \t]+\S", re.M), 1, 1),
    (re.compile(r"^(?:=|-){3,}[ \t]*$\n", re.M), 1, 1),
    (re.compile(r"\\[.*_#()\[\]~>+-]"), 1, 2),
)
"""Signs of Markdown, what each counts, and the most that all of its kind count."""
ENOUGH = 2
"""Least count of a text that is Markdown: one mark alone is a writer's own."""
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十百\d]+\s*[)）、.．，]|[①-⑳])")
_FOOTNOTE = re.compile(r"(?m)^\[\^")
_INDENT = re.compile(r"(?m)^\u3000+")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_STOPS = "。！？；：:;!?…”）)》"
_WRAP = 40
"""Columns from which on a line that all others of its paragraph reach was broken by its width."""


def is_markdown(text: str, *, named: bool = False) -> bool:
    """Whether a text is Markdown: by its marks, fewer of which do where the file is ``named`` so."""
    if not any(sign in text for sign in ("# ", "**", "|", "](", "---", "- ", "===", "\\")):
        return False
    if (front := _FRONT.match(text)) and _ENTRY.search(front["body"]):
        return True
    count = sum(min(most, each * sum(1 for _ in pattern.finditer(text))) for pattern, each, most in _SIGNS)
    return count >= (1 if named else ENOUGH)


def read_markdown(text: str, encoding: str | None = None) -> Reading:
    """The reading of a text in Markdown; tables keep their cells, lists their numbers."""
    title, published, body = _front_matter(text)
    reading = _Writer(body).write().reading(MEDIA_TYPE)
    reading.encoding = encoding
    reading.site_title = title
    reading.published_at = published
    return reading


def _front_matter(text: str) -> tuple[str | None, datetime | None, str]:
    """Title and time of the metadata at the top, and the text without it."""
    front = _FRONT.match(text)
    entries = (
        {key.lower(): value.strip("\"'") for key, value in _ENTRY.findall(front["body"])} if front else {}
    )
    if front is None or not entries:
        return None, None, text
    stated = next((entries[key] for key in _DATES if key in entries), "")
    published = None
    if match := _DATE.match(stated):
        try:
            published = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:
            published = None
    return entries.get("title") or None, published, text[front.end() :]


_PARAGRAPH = re.compile(r"(?<=[^\n])\n(?=\u3000\u3000[^\s|])")
"""The break before a line that two blanks indent: a paragraph begins there (GB/T 9704-2012, 7.3.3)."""


_TABLE_END = re.compile(r"^(?P<row>[ ]{0,3}\|[^\n]*\|[ \t]*)\n(?=[^|\n]+$)", re.MULTILINE)
"""The last row of a table of bars: by the letter of Markdown the lines below it would be rows of one cell."""


class _Writer:
    """Writes the tokens of a text as lines and tables."""

    def __init__(self, text: str) -> None:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        # Official texts indent paragraphs by four blanks, which makes no code of them.
        parser.disable(["code", "text_join"])
        source = _FOOTNOTE.sub(r"\\[^", _INDENT.sub("", _PARAGRAPH.sub("\n\n", text)))
        self._tokens = parser.parse(_TABLE_END.sub(r"\g<row>\n\n", source))
        self._assembly = Assembly()
        self._lists: list[Iterator[str]] = []
        self._mark = ""

    def write(self) -> Assembly:
        """The whole text."""
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            if token.type == "table_open":
                end = next(
                    at for at in range(index, len(self._tokens)) if self._tokens[at].type == "table_close"
                )
                self._assembly.table(_rows(self._tokens[index:end]))
                index = end
            else:
                self._block(token, index)
            index += 1
        return self._assembly

    def _block(self, token: Token, index: int) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(self._marks(index))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._mark = next(self._lists[-1])
        elif kind == "list_item_close":
            self._mark = ""
        elif kind == "inline":
            self._lines(_unwrapped(_inline(token.children or ())))
        elif kind in ("fence", "code_block"):
            self._lines(token.content.split("\n"))
        elif kind == "html_block":
            self._page(token.content)

    def _marks(self, index: int) -> Iterator[str]:
        """The numbers or bullets of the list that begins with token ``index``.

        Numbers stay as typed; where a list has the same one throughout, they are counted.
        """
        opening = self._tokens[index]
        items = [
            one
            for one in self._until_closed(index)
            if one.type == "list_item_open" and one.level == opening.level + 1
        ]
        if opening.type == "bullet_list_open":
            return iter([BULLET] * len(items))
        typed = [one.info for one in items]
        first = whole(typed[0]) if len(items) > 1 and len(set(typed)) == 1 else None
        if first is not None:
            typed = [str(first + step) for step in range(len(items))]
        return iter([f"{number}{one.markup}" for number, one in zip(typed, items, strict=True)])

    def _until_closed(self, index: int) -> Iterable[Token]:
        opening = self._tokens[index]
        for token in self._tokens[index + 1 :]:
            if token.level == opening.level and token.nesting == -1:
                return
            yield token

    def _lines(self, lines: Sequence[str]) -> None:
        """Write the lines of a paragraph, the first with the number or bullet of its item."""
        for line in lines:
            if text := line.strip(" \t\u00a0\u3000"):
                mark, self._mark = self._mark, ""
                self._assembly.line(text if _NUMBERED.match(text) and mark == BULLET else mark + text)

    def _page(self, source: str) -> None:
        """Write a piece of HTML, such as the tables with merged cells that Markdown has no marks for."""
        from lxml import html

        from noticetab.read.render import Renderer

        if not re.sub(r"<!--.*?-->", "", source, flags=re.S).strip():
            return
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
        renderer = Renderer()
        renderer.block(html.fragment_fromstring(source, create_parent="div", parser=parser))
        renderer.flush()
        for line, item in renderer.lines:
            if isinstance(item, list):
                self._assembly.table(item)
            else:
                self._lines([item + _plain(line)])


def _rows(tokens: Sequence[Token]) -> list[list[CellText]]:
    """The rows of a table with bars; a head that was left blank is none."""
    rows: list[list[CellText]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(CellText(_inline(token.children or ())))
        elif token.type in ("td_open", "th_open"):
            continue
    return [row for row in rows if any(cell.text.strip() for cell in row)]


def _inline(tokens: Iterable[Token]) -> str:
    """What a reader sees of the tokens of a paragraph, with line ends as they are written."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "text":
            parts.append(_plain(token.content))
        elif token.type in ("text_special", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append("\r")
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.match(token.content)):
            parts.append("\n")
    return "".join(parts).replace("\u00a0", " ")


def _plain(text: str) -> str:
    """Text without the marks of strong type that stand where Markdown does not read them.

    Between Chinese characters and Chinese punctuation ``**`` is no mark to a parser, and writers
    and converters put it there all the same.
    """
    return text.replace("**", "")


def _unwrapped(text: str) -> list[str]:
    """The lines of a paragraph: a line end in the source counts, unless only the width broke the line."""
    lines: list[str] = []
    for block in text.split("\n"):
        pieces = block.split("\r")
        widest = max(_columns(piece) for piece in pieces)
        line = pieces[0]
        for before, piece in pairwise(pieces):
            full = _columns(before) >= max(_WRAP, widest - 8)
            if full and len(pieces) > 2 and before.rstrip()[-1:] not in _STOPS and not _NUMBERED.match(piece):
                latin = before[-1:].isascii() and piece[:1].isascii()
                line += (" " if latin else "") + piece.lstrip()
            else:
                lines.append(line)
                line = piece
        lines.append(line)
    return lines


def _columns(text: str) -> int:
    """Columns that a text takes in a font of one width."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)
