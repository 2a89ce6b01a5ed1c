"""The page's and tables' own words in Chinese and English (``assets/texts.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]


@cache
def texts(language: Language) -> dict[str, str]:
    """All texts of one language, keyed ``block.name`` (``fact.theme``).

    Raises ValueError if ``language`` is neither ``zh`` nor ``en``.
    """
    if language not in ("zh", "en"):
        raise ValueError(f"unknown language {language!r}; use zh or en")
    column = ("zh", "en").index(language)
    data = tomllib.loads((files(__package__) / "assets" / "texts.toml").read_text("utf-8"))
    return {f"{block}.{name}": both[column] for block, rows in data.items() for name, both in rows.items()}
