from __future__ import annotations

import pytest

import noticetab
from noticetab.compare import Comparison, compare
from noticetab.record import Record

from .samples import NOTICES


@pytest.fixture(scope="session")
def records() -> list[Record]:
    return [noticetab.extract(path) for path in sorted(NOTICES.glob("*.txt"))]


@pytest.fixture(scope="session")
def comparison(records) -> Comparison:
    return compare(records)
