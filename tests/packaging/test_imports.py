"""Modules import one another in one direction, so that each can be read and changed by itself."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "pipeline" / "noticetab"
MODULES = sorted(PACKAGE.rglob("*.py"))


def names_of_modules() -> dict[str, Path]:
    """Each module of the package by its dotted name."""
    dotted = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in MODULES}
    return {name.removesuffix(".__init__"): path for name, path in dotted.items()}


def imports_of(source: str, modules: set[str]) -> set[str]:
    """The modules among ``modules`` that a source imports anywhere, also inside functions or for types."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & modules
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found |= {whole if whole in modules else node.module} & modules
    return found


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules each of which leads to every other of its group."""

    def reached(start: str) -> set[str]:
        seen, left = set(), [start]
        while left:
            new = imports[left.pop()] - seen
            seen |= new
            left += new
        return seen

    from_each = {name: reached(name) for name in imports}
    groups = {
        tuple(sorted(other for other in reach if name in from_each[other]))
        for name, reach in from_each.items()
        if name in reach
    }
    return sorted(map(list, groups))


def test_imports_make_no_circle() -> None:
    modules = names_of_modules()
    imports = {
        name: imports_of(path.read_text("utf-8"), set(modules)) - {name} for name, path in modules.items()
    }
    imports["noticetab"] = set()  # the front door names what is public, and imports it when it is used
    assert circles(imports) == []


def test_a_circle_hidden_in_a_function_is_seen() -> None:
    modules = {"noticetab.a", "noticetab.b", "noticetab.c"}
    imports = {
        "noticetab.a": imports_of("def f():\n    from noticetab import b", modules),
        "noticetab.b": imports_of("if TYPE_CHECKING:\n    from noticetab.a import Thing", modules),
        "noticetab.c": imports_of("import noticetab.a", modules),
    }
    assert circles(imports) == [["noticetab.a", "noticetab.b"]]
