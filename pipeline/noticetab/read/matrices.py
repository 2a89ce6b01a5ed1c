"""Matrices: where a point or box of a nested form stands on the page (ISO 32000-1, 8.3.4)."""

from __future__ import annotations

from typing import Any


def point(x: float, y: float, matrices: tuple[Any, ...]) -> tuple[float, float]:
    """A point through the matrices, the innermost first."""
    for matrix in matrices:
        x, y = matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f
    return x, y


def moved(
    box: tuple[float, float, float, float], matrices: tuple[Any, ...]
) -> tuple[float, float, float, float]:
    """A box through the matrices of the forms that it stands in."""
    if not matrices:
        return box
    x0, y0, x1, y1 = box
    corners = [point(x, y, matrices) for x, y in ((x0, y0), (x0, y1), (x1, y0), (x1, y1))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
