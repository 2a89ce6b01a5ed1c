"""``python -m noticetab.cli`` is the same as ``noticetab``."""

from noticetab.cli import main

main()
