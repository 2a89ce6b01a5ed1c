"""What a site puts above a notice: bars of buttons, breadcrumbs, menus, greetings, summaries."""

from __future__ import annotations

from noticetab.patterns import pattern
from noticetab.segment.head import addressees
from noticetab.segment.head.rules import head_patterns, head_rules
from noticetab.segment.head.scan import Scan
from noticetab.segment.head.title import title_at
from noticetab.segment.strand import Strand


def is_bar(line: Strand) -> bool:
    """Whether a line has nothing but buttons, numbers and marks."""
    words = [w for w in pattern(r"[\s|/：〔〕（），,·〉»！。…]+").split(line.norm) if w]
    buttons = head_patterns().buttons
    return bool(words) and all(w in buttons or pattern(r"\d{1,8}[次人]?").fullmatch(w) for w in words)


def is_menu(line: Strand) -> bool:
    """Whether a line is a menu: many short words, nothing that a title or a list of receivers has."""
    norm = line.norm.strip("| \t\n")
    words = norm.split()
    return len(words) >= 5 and all(len(w) <= 6 for w in words) and not any(c in norm for c in "：，。、《年")


def is_furniture(line: Strand) -> bool:
    """Whether a line above the body is of the site and not of the document."""
    norm = line.norm.strip("| \t\n")
    return bool(head_patterns().furniture.search(norm)) or is_bar(line) or is_menu(line)


def furniture(scan: Scan, i: int) -> int:
    """Bars, breadcrumbs and menus."""
    line = scan.body[i]
    if line.marker is not None or len(line) > 200 or not (is_furniture(line) or _is_column(scan, i)):
        return 0
    scan.parts.metadata.append(line)
    return 1


def _is_column(scan: Scan, i: int) -> bool:
    """Whether a line says once more in which column of the site the page stands: the last of its breadcrumbs."""
    norm = scan.norm(i)
    paths = (pattern(r"[〉»/|]").split(line.norm) for line in scan.parts.metadata)
    return len(norm) <= 16 and any(len(path) > 1 and path[-1].strip() == norm for path in paths)


def preface(scan: Scan, i: int) -> int:
    """A greeting, a cry or a summary above the title (below it only a labelled summary)."""
    r = head_rules().furniture
    line = scan.body[i]
    norm = scan.norm(i)
    if r.summary.match(norm) or (not scan.titles and r.kicker.match(norm) and _document_below(scan, i)):
        scan.parts.metadata.append(line)
        return 1
    return 0


def _document_below(scan: Scan, i: int) -> bool:
    """Whether a title or receivers stand in the next lines."""
    return any(
        title_at(scan.body, k)[0] is not None or addressees.stands_at(scan.body, k, True)
        for k in range(i + 1, min(len(scan.body), i + 9))
    )
