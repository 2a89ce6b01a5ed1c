"""How long comparing many notices takes, and whether the report stays usable.

    python benchmarks/compare.py [COUNT]

Makes COUNT (200) notices out of the records of corpus/ by changing places, years and names and by
leaving out activities, compares them, writes the report, and opens it in a headless Chromium, if
there is one: time to load, to filter, to open a source text, and the longest frame of a scroll
through the whole page. Target: 200 notices in under a minute.
"""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import noticetab
from noticetab.compare import compare, report, workbook
from noticetab.record import Record

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
# Names of three characters, so that every place in the texts still fits.
CITIES = [
    *("石家市", "保定市", "沧州市", "廊坊市", "青岛市", "烟台市", "潍坊市", "泰安市"),
    *("临沂市", "德州市", "南京市", "无锡市", "徐州市", "常州市", "苏州市"),
]
SWAPS = {"机器": "航模", "气象": "地震", "食品": "药品", "讲解": "演讲", "青年": "少年", "中医": "西医"}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def made(originals: list[Record], count: int) -> list[Record]:
    """``count`` records made of ``originals``, the same ones on every run."""
    chance = random.Random(7)
    records = []
    for number, original in zip(range(count), itertools.cycle(originals), strict=False):
        text = original.model_dump_json()
        region = original.notice.region
        if region and len(region) == 3:
            text = text.replace(region, CITIES[number % len(CITIES)])
        for word, other in SWAPS.items():
            if chance.random() < 0.3:
                text = text.replace(word, other)
        year = 2015 + number % 10
        for old in ("2022", "2023", "2024"):
            text = text.replace(old, str(year))
        record = Record.model_validate_json(text)
        record.source.notice_id = f"made{number}"
        record.activities = [row for row in record.activities if chance.random() < 0.8]
        records.append(record)
    return records


def timed(what: str, function, *arguments):  # type: ignore[no-untyped-def]
    """Call ``function``, print how long it took and give its result."""
    begin = time.perf_counter()
    result = function(*arguments)
    print(f"{what:34}{time.perf_counter() - begin:8.1f} s")
    return result


def browse(path: Path) -> None:
    """Open the report as a reader would."""
    if not CHROMIUM:
        print("no Chromium: the page was not opened")
        return
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        timed("open the page", page.goto, path.as_uri())
        print(f"{'elements':34}{page.evaluate('document.querySelectorAll(`*`).length'):8}")
        print(f"{'height':34}{page.evaluate('document.documentElement.scrollHeight'):8} px")
        longest = page.evaluate(
            """async () => {
              let last = performance.now(), longest = 0;
              const step = document.documentElement.scrollHeight / 200;
              for (let i = 0; i < 200; i++) {
                window.scrollTo(0, i * step);
                await new Promise(requestAnimationFrame);
                longest = Math.max(longest, performance.now() - last);
                last = performance.now();
              }
              return longest;
            }"""
        )
        print(f"{'longest frame of 200 while scrolling':38}{longest:6.0f} ms")
        script = """async (text) => {
          const box = document.getElementById('q'), begin = performance.now();
          box.value = text; box.dispatchEvent(new Event('input'));
          await new Promise(done => setTimeout(done, 95));
          document.body.offsetHeight;
          return performance.now() - begin - 95;
        }"""
        print(f"{'filter by a word':38}{page.evaluate(script, '科普讲解'):6.0f} ms")
        print(f"{'clear the filter':38}{page.evaluate(script, ''):6.0f} ms")
        script = """() => {
          const begin = performance.now();
          document.querySelector('#activities a.at').click();
          document.body.offsetHeight;
          return performance.now() - begin;
        }"""
        print(f"{'open a source text':38}{page.evaluate(script):6.0f} ms")
        browser.close()


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    paths = sorted([*CORPUS.glob("notices/*.txt"), *CORPUS.glob("dev/texts/*.txt")])
    read = timed(f"extract {len(paths)} documents", lambda: [noticetab.extract(path) for path in paths])
    originals = [record for record in read if record.notice.is_notice and record.activities]
    compare(originals[:2])  # jieba's dictionary is loaded once and not counted
    quarter = made(originals, count // 4)
    begin = time.perf_counter()
    compare(quarter)
    small = time.perf_counter() - begin
    records = made(originals, count)
    begin = time.perf_counter()
    comparison = compare(records)
    large = time.perf_counter() - begin
    items = len(comparison.activities) + len(comparison.focus_points)
    pairs = len(comparison.activity_pairs) + len(comparison.focus_pairs)
    print(f"{'compare ' + str(count) + ' notices':34}{large:8.1f} s  ({items} items, {pairs} aligned pairs)")
    print(f"{'time against a quarter of them':34}{large / small:8.1f} x  (pairs of notices: 16 x)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(os.environ.get("REPORT") or Path(folder) / "report.html")
        timed("write the report", report, comparison, path)
        print(f"{'size of the report':34}{path.stat().st_size / 1e6:8.1f} MB")
        timed("write the workbook", workbook, comparison, Path(folder) / "comparison.xlsx")
        browse(path)
        by_region = timed("compare by region", compare, records, "region")
        timed("write that report", report, by_region, Path(folder) / "region.html")
    print(f"{'peak memory':34}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")


if __name__ == "__main__":
    main()
