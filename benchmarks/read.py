"""Speed of reading: pages per second for each format, against the reader library alone.

    python benchmarks/read.py [--scan] [--rounds 5]

Lays the five notices out in every format in a temporary folder (LibreOffice makes the PDF and
DOC), then times our reader and the bare library on the same files, in turn, and prints the
median of each and their ratio. ``--scan`` adds recognition: seconds per page, and for the scan of
each notice its score against gold and how many wrong values nothing warns of (some minutes).
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import noticetab
from layouts.blocks import CORPUS, NAMES, load
from layouts.ofd import write_ofd
from layouts.page import write_page
from layouts.scan import scan_pdf
from layouts.word import write_docx
from noticetab.evaluate.score import score
from noticetab.evaluate.tally import silent
from noticetab.read import Limits, read, read_many
from noticetab.read.limits import Budget
from noticetab.read.office import convert


def bare_pdf(path: Path) -> object:
    """Text of every page, nothing else."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return [document[index].get_textpage().get_text_range() for index in range(len(document))]


def bare_pdfplumber(path: Path) -> object:
    """Text and tables of every page."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def bare_docx(path: Path) -> object:
    """Paragraphs and tables in turn, without computed numbers."""
    import docx

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def bare_html(path: Path) -> object:
    """The main text as trafilatura finds it."""
    import trafilatura

    return trafilatura.extract(path.read_bytes(), include_tables=True)


def bare_ofd(path: Path) -> object:
    """All XML parsed."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return [etree.fromstring(archive.read(name)) for name in archive.namelist()]


def bare_text(path: Path) -> object:
    """Decoded as what it is known to be."""
    return path.read_bytes().decode("gb18030")


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def compare(name: str, files: list[Path], pages: int, bare: Callable[[Path], object], rounds: int) -> None:
    """Time ours and the bare library in turn and print the medians."""
    ours, theirs = [], []
    for _ in range(rounds + 1):  # the first round loads modules
        ours.append(seconds(lambda: [read(file) for file in files]))
        theirs.append(seconds(lambda: [bare(file) for file in files]))
    one, two = statistics.median(ours[1:]), statistics.median(theirs[1:])
    unit = "files" if pages == len(files) else "pages"
    print(
        f"{name:34} {pages / one:9.0f} {unit}/s   bare {pages / two:9.0f}   time ratio {one / two:6.2f}",
        flush=True,
    )


def scanned(name: str, path: Path) -> str:
    """How the record of a notice's scan compares with gold."""
    gold = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    gold["notice"].pop("published_at", None)  # that of the site, which is on no paper
    start = time.perf_counter()
    record = noticetab.extract(path)
    taken = time.perf_counter() - start
    total = score(gold, record.model_dump(mode="json")).total
    unflagged, wrong = silent(total.wrong, 0.8)
    return (
        f"score {total.f1:.3f}   wrong values {wrong}, of them without a warning {unflagged}   "
        f"{taken / (record.source.pages or 1):.1f} s a page"
    )


def main() -> None:
    """Lay out, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scan", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        layouts = [load(one) for one in NAMES]
        docx = [write_docx(layout, folder / f"{layout.name}.docx") for layout in layouts]
        for ending in ("pdf", "doc"):
            convert(docx, folder, Budget(folder, Limits()), ending=ending)
        made: dict[str, list[Path]] = {}
        for kind in ("pdf", "ofd", "html", "txt", "doc"):
            made[kind] = [folder / f"{layout.name}.{kind}" for layout in layouts]
        for at, layout in enumerate(layouts):
            made["ofd"][at].write_bytes(write_ofd(made["pdf"][at].read_bytes()))
            made["html"][at].write_bytes(write_page(layout))
            made["txt"][at].write_bytes(layout.text.encode("gb18030"))
        count = sum(read(path).pages or 1 for path in made["pdf"])
        plain = [path for path in made["pdf"] if not read(path).tables]
        plain_count = sum(read(path).pages or 1 for path in plain)
        rounds = options.rounds
        compare("PDF text / pypdfium2", plain, plain_count, bare_pdf, rounds)
        compare("PDF with forms / pypdfium2", made["pdf"], count, bare_pdf, rounds)
        compare("PDF with forms / pdfplumber", made["pdf"], count, bare_pdfplumber, 1)
        compare("OFD / lxml", made["ofd"], count, bare_ofd, rounds)
        compare("DOCX / python-docx", docx, len(docx), bare_docx, rounds)
        compare("HTML / trafilatura", made["html"], len(docx), bare_html, rounds)
        compare("text GB18030 / bytes.decode", made["txt"], len(docx), bare_text, rounds)
        alone = seconds(lambda: [read(path) for path in made["doc"]])
        together = seconds(lambda: list(read_many(made["doc"])))
        print(f"DOC one by one {alone / 5:.2f} s a file; five in one start {together / 5:.2f} s a file")
        if options.scan:
            pages = [2, 5]
            path = folder / "scan.pdf"
            path.write_bytes(scan_pdf((folder / f"{NAMES[2]}.pdf").read_bytes(), pages=pages))
            read(path)
            taken = seconds(lambda: read(path))
            print(f"scan: {taken / len(pages):.1f} s a page (200 dpi, one of text, one a form under a seal)")
            for name in NAMES:
                path.write_bytes(scan_pdf((folder / f"{name}.pdf").read_bytes()))
                print(f"{name:34} {scanned(name, path)}", flush=True)


if __name__ == "__main__":
    main()
