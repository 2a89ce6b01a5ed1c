"""The command ``noticetab``.

Every command lives in a module of this folder that offers ``register(app)``. These modules are
imported when the program starts, so they import nothing heavy at their top (``noticetab --help``
takes about a third of a second): pandas, rich, the extraction itself are imported inside functions.

Exit status: 0 all went well, 1 findings of severity error or files that failed, 2 wrong use.
"""

from __future__ import annotations

import importlib
import sys
from typing import NoReturn

import typer

COMMANDS = ("run", "extract", "check", "explain", "evaluate", "compare", "ingest", "purge", "schema", "audit")
"""The modules with commands, in the order in which ``noticetab --help`` lists them."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"noticetab {version('noticetab')}")
        raise typer.Exit


def build() -> typer.Typer:
    """The application with every command."""
    app = typer.Typer(
        name="noticetab",
        help="Chinese official notices become tables, every cell traceable to the sentence it came from.",
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help: rich alone would double the time that --help takes
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )

    @app.callback()
    def noticetab(
        version: bool = typer.Option(
            False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
        ),
    ) -> None:
        pass

    for name in COMMANDS:
        importlib.import_module(f"{__name__}.{name}").register(app)
    return app


def main() -> NoReturn:
    """Run the program with the arguments of the process.

    What is wrong with a file or a rule is told in one line; only a defect of noticetab itself
    shows a traceback.
    """
    try:
        build()(prog_name="noticetab")
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from noticetab.batch import is_expected

        if not is_expected(error):
            raise
        from noticetab.cli.console import told, warn

        warn(told(error))
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    main()
