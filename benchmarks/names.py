"""How fast organizations are named in full, as ratios: run ``python benchmarks/names.py``.

Processor time, measured in one process and alternating, medians:

* splitting and naming all lists of the sample notices, with what was worked out kept (warm) and
  forgotten before each run (fresh), each divided by ``jieba.lcut`` over the same lists,
* splitting one list of 1 to 64 times the length, per character, divided by once (linear: near 1),
* loading the rules of places, organizations and kinds, in milliseconds.
"""

from __future__ import annotations

import json
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from noticetab import rules
from noticetab.normalize import kinds, lists, places
from noticetab.normalize.organizations import NameContext, OrganizationNormalizer

ROOT = Path(__file__).parents[1]
GOLD = sorted((ROOT / "corpus" / "gold").glob("*.json"))


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call, which other load on the machine touches least."""
    start = time.process_time()
    call()
    return time.process_time() - start


def load() -> None:
    """Everything the names need, from the rulebook in force."""
    places.resolve("天津市")
    kinds.kind("天津市科学技术协会")
    OrganizationNormalizer(NameContext()).names(["市科协"])


def main() -> None:
    """Print the ratios."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    book = rules.Rulebook(base=rules.directory())  # shares nothing with the shipped one
    with book.in_force():
        loading = seconds(load)
    printed: list[tuple[NameContext, str]] = []
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        context = NameContext(places.get(gold["notice"]["region_adcode"]), None, 2023)
        groups = [gold["event_organizers"], *(a["organizers"] for a in gold["activities"])]
        printed += [(context, "、".join(line["names"])) for group in groups for line in group]

    def ours() -> int:
        count = 0
        for context, text in printed:
            names = OrganizationNormalizer(context)
            count += len(names.names([span.raw for span in names.split(text)]))
        return count

    def theirs() -> None:
        for _, text in printed:
            jieba.lcut(text)

    count = ours()
    theirs()
    warm, fresh, peer = [], [], []
    for _ in range(7):
        with rules.Rulebook(base=rules.directory()).in_force():
            load()
            fresh.append(seconds(ours))
            warm.append(seconds(ours))
        peer.append(seconds(theirs))
    base = statistics.median(peer)
    print(f"loading rules                {loading * 1000:8.1f} ms")
    for label, times in (("warm", warm), ("fresh", fresh)):
        taken = statistics.median(times)
        print(f"{count} names, {label:5} / jieba    {taken / base:8.2f}   ({taken * 1000:.1f} ms)")
    once = "市科协、天津市教育委员会、天津科学技术馆（天津市青少年科技中心）、" * 10
    per = {n: min(seconds(lambda n=n: lists.split(once * n)) for _ in range(3)) / n for n in (1, 4, 16, 64)}
    for n, taken in per.items():
        print(f"split, {n:2} times as long       {taken / per[1]:8.2f}")


if __name__ == "__main__":
    main()
