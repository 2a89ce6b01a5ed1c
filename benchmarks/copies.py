"""How right records are in each shape of copies: run ``python benchmarks/copies.py``.

Every gold notice is put into every shape of ``tests/shapes`` (lines lost, bullets, Markdown, bars and boxes
around the head …) and read again. The table says for each shape F1 over values (evidence and findings left
out), the share of wrong values that nothing flags, and the share of right values that something flags.
``make proof PART=copies`` writes the table over all gold notices into the file of results.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from figures import Figures as Results  # noqa: E402

LEAST = {"all": 0.95, "marks": 0.70, "part": 0.90}
"""The least F1 over values, by what a shape keeps of a notice."""


def proof(share: float) -> Results:
    """Shapes: F1, silent wrong values and flagged right ones of every gold notice in every shape."""
    from shapes import names
    from shapes.measure import COLUMNS, measure

    sample = max(1, round(share * len(names())))
    found = measure(sample=None if share >= 1 else sample)
    faults = [
        f"{x.shape.name}: F1 {x.f1:.3f}, less than {LEAST[x.shape.keeps]:.2f}"
        for x in found
        if x.f1 < LEAST[x.shape.keeps]
    ]
    facts = [
        "One draw of each shape for each notice that takes it; values without evidence and findings.",
        "A shape keeps all of a notice, or loses its marks (lines, numbers, structure) or a part of it.",
    ]
    return Results("Shapes of copies", COLUMNS, [x.cells() for x in found], facts, faults)


def main() -> None:
    """Measures and prints."""
    from shapes import SHAPES, names, notice
    from shapes.measure import Figures, as_json, as_table, measure, shaped_scores, values

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=f"of {', '.join(SHAPES)} (default: all)")
    parser.add_argument("--sample", type=int, help="so many notices of each shape, drawn by seed")
    parser.add_argument("--templates", type=int, default=1, help="draws of each shape for each notice (1)")
    parser.add_argument("--seed", default="corpus", help="another seed draws other templates")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument(
        "--worst", type=int, default=0, help="name so many notices of each shape that did worst"
    )
    parser.add_argument("--fields", action="store_true", help="what is missing and extra, by field")
    parser.add_argument("--show", metavar="NOTICE", help="print this notice in the shape, and its faults")
    arguments = parser.parse_args()
    unknown = [x for x in arguments.shapes if x not in SHAPES]
    if unknown:
        parser.error(f"no such shape: {', '.join(unknown)}")
    if arguments.show:
        found_names = [x for x in names() if arguments.show in x]
        for name in arguments.shapes or SHAPES:
            for known, shaped, result in shaped_scores(
                SHAPES[name], map(notice, found_names), arguments.templates, arguments.seed
            ):
                print(f"=== {known} as {name}: {values(result).f1:.3f}\n{shaped.text}")
                _faults(result.fields)
        return
    if arguments.fields:
        for name in arguments.shapes or SHAPES:
            _by_field(name, arguments.sample, arguments.seed)
        return
    found: list[Figures] = measure(arguments.shapes, arguments.sample, arguments.templates, arguments.seed)
    print(as_json(found) if arguments.json else as_table(found))
    for figures in found if arguments.worst else ():
        worst = sorted(figures.worst)[: arguments.worst]
        print(figures.shape.name, ", ".join(f"{name} {f1:.2f}" for f1, name in worst))


def _by_field(name: str, sample: int | None, seed: str) -> None:
    """The fields of one shape with what is missing and extra, worst first."""
    from noticetab.evaluate import Score
    from shapes import SHAPES
    from shapes.measure import LEFT_OUT, chosen, shaped_scores

    total = Score()
    for _, _, result in shaped_scores(SHAPES[name], chosen(name, sample, seed), seed=seed):
        total.add(result)
    fields = sorted(total.fields.items(), key=lambda x: -len(x[1].missing) - len(x[1].extra))
    print(name)
    for field, tally in fields:
        if field not in LEFT_OUT and (tally.missing or tally.extra):
            print(f"  {field}: {tally.right} right, {len(tally.extra)} extra, {len(tally.missing)} missing")


def _faults(fields: dict) -> None:  # type: ignore[type-arg]
    """What is missing (-) and extra (+)."""
    from shapes.measure import LEFT_OUT

    for field, tally in sorted(fields.items()):
        for mark, keys in (("-", tally.missing), ("+", tally.extra)):
            for key in keys if field not in LEFT_OUT else ():
                print(f"{mark} {field}: {key}")


if __name__ == "__main__":
    main()
