"""Writes a comparison as one HTML page that needs nothing but a browser."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from noticetab.aside import aside

from .comparison import Comparison
from .similarity import SAME, SIMILAR
from .texts import Language, texts
from .view import view


def report(comparison: Comparison, path: str | Path, language: Language = "zh") -> Path:
    """Write the report to ``path`` (UTF-8, no network, styles and script inside) and give its path.

    ``language`` is the one it opens in; the page itself can switch. Text of notices is escaped.
    The file appears whole or not at all. Raises ValueError for an unknown language and OSError if
    the file cannot be written.
    """
    page = render(comparison, language)
    target = Path(path)
    with aside(target) as file:
        file.write(page)
    return target


def render(comparison: Comparison, language: Language = "zh") -> str:
    """The report as a string of HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    assets = files(__package__) / "assets"
    environment = Environment(
        loader=PackageLoader("noticetab.compare", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fixed"] = lambda value: f"{value:.1f}".rstrip("0").rstrip(".")
    both = {one: _filled(texts(one)) for one in ("zh", "en")}
    data = view(comparison)
    return environment.get_template("page.html.j2").render(
        **data,
        language=language,
        texts=both,
        words=both[language],
        # Our own files, trusted as markup; everything else that the template prints is escaped.
        style=Markup((assets / "page.css").read_text("utf-8")),
        script=Markup((assets / "page.js").read_text("utf-8")),
    )


def _filled(table: dict[str, Any]) -> dict[str, str]:
    table = dict(table)
    table["note.activities"] = table["note.activities"].format(same=SAME, similar=SIMILAR)
    return table
