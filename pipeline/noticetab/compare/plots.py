"""Where things stand in the plots of the report: the calendar and the network.

Only geometry is worked out here; the page's template draws it, so that every text is escaped in
one place. Lengths are units of the drawing (one unit is one pixel at full width).
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .comparison import Comparison

WIDTH = 1200.0
LEFT = 132.0
RIGHT = 24.0
STAMP = 150.0
"""Room at the right for the period that is printed behind an event's bar."""
FONT = 11.5
MOST_NODES = 120
"""Bodies drawn in the network; more cannot be told apart."""
MOST_LABELS = 34
FARTHEST = 300
"""Dates further than this many days from the event are not drawn; they would squeeze the rest."""


def text_width(text: str, font: float = FONT) -> float:
    """About how wide a text is: a Chinese character is square, others little over half of that."""
    return sum(font if unicodedata.east_asian_width(character) in "WF" else 0.58 * font for character in text)


def clip(text: str, most: int) -> str:
    """``text`` cut to ``most`` characters with an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def timeline(comparison: Comparison, compact: bool) -> dict[str, Any] | None:
    """The calendar: one lane per notice, days counted from 1 January of the notice's year.

    ``compact`` draws thin lanes without labels, for many notices. None if nothing has a date.
    """
    colors = comparison.colors
    lanes = []
    for one in comparison.compared:
        rows = comparison.timeline[comparison.timeline["notice"] == one.label]
        lane = _Lane(one.index, colors[one.index], one.label, one.year, rows)
        if lane.marks:
            lanes.append(lane)
    if not lanes:
        return None
    first = min(mark["from"] for lane in lanes for mark in lane.marks)
    last = max(mark["to"] for lane in lanes for mark in lane.marks)
    pad = max(4, (last - first) * 0.03)
    first, last = math.floor(first - pad), math.ceil(last + pad)
    scale = (WIDTH - LEFT - (RIGHT if compact else STAMP)) / (last - first)
    top = 30.0
    for lane in lanes:
        lane.lay_out(top, first, scale, compact)
        top += lane.height
    return {
        "width": WIDTH,
        "height": top + 6,
        "left": LEFT,
        "months": _months(first, last, scale),
        "lanes": [lane.drawing() for lane in lanes],
        "compact": compact,
    }


def _months(first: int, last: int, scale: float) -> list[dict[str, Any]]:
    """A tick at each first of a month from day ``first`` to ``last``, counted from 1 January; where
    none lies between them, one at the left for the month that the days are in."""
    origin = dt.date(2001, 1, 1)
    begin = origin + dt.timedelta(days=first)
    step = 12 * begin.year + begin.month - 1
    ticks: list[dict[str, Any]] = []
    while True:
        year, index = divmod(step, 12)
        day = (dt.date(year, index + 1, 1) - origin).days
        if day > last:
            break
        if day >= first:
            ticks.append({"x": LEFT + (day - first) * scale, "month": index + 1})
        step += 1
    if not ticks:
        ticks.append({"x": LEFT, "month": begin.month})
    ends = [*(tick["x"] for tick in ticks[1:]), WIDTH - RIGHT]
    for tick, end in zip(ticks, ends, strict=True):
        tick["room"] = end - tick["x"]
    return ticks


class _Lane:
    """What one notice has on the calendar."""

    def __init__(self, index: int, color: int, label: str, year: int | None, rows: pd.DataFrame) -> None:
        self.index = index
        self.color = color
        self.label = label
        self.height = 0.0
        events = rows[rows["kind"] == "event"]
        start = (events if len(events) else rows)["starts_on"].min()
        self.marks: list[dict[str, Any]] = []
        if not len(rows) or start != start:  # no date at all (NaT is not itself)
            return
        january = dt.date(year or start.year, 1, 1)
        anchor = (start.date() - january).days
        for row in rows.to_dict("records"):
            begin = (row["starts_on"].date() - january).days
            end = (row["ends_on"].date() - january).days if row["ends_on"] == row["ends_on"] else begin
            if abs(begin - anchor) > FARTHEST or abs(end - anchor) > FARTHEST or end < begin:
                continue
            self.marks.append(
                {
                    **{name: row[name] for name in ("kind", "label", "start", "end")},
                    "from": begin,
                    "to": end + 1,
                    "date": row["starts_on"].date(),
                    "until": row["ends_on"].date() if row["ends_on"] == row["ends_on"] else None,
                    "time": row["time"] if isinstance(row["time"], str) else None,
                    "single": end == begin,
                }
            )

    def lay_out(self, top: float, first: int, scale: float, compact: bool) -> None:
        self.top = top
        for mark in self.marks:
            mark["x"] = LEFT + (mark["from"] - first) * scale
            mark["w"] = max(2.5, (mark["to"] - mark["from"]) * scale)
            mark["middle"] = mark["x"] + mark["w"] / 2 if mark["single"] else mark["x"]
        if compact:
            self.height = 16.0
            return
        levels = self._pack_labels()
        rows = self._pack_bars()
        self.bars_top = top + 33
        self.labels_top = self.bars_top + rows * 7 + (3 if rows else 0)
        self.height = self.labels_top - top + levels * 16 + 10

    def _pack_bars(self) -> int:
        """Activities with a date in thin rows below the event; gives the number of rows."""
        ends: list[float] = []
        for mark in sorted(
            (mark for mark in self.marks if mark["kind"] == "activity"), key=lambda mark: mark["x"]
        ):
            level = next((i for i, end in enumerate(ends) if end + 2 < mark["x"]), len(ends))
            ends[level : level + 1] = [mark["x"] + mark["w"]]
            mark["level"] = level
        return len(ends)

    def _pack_labels(self) -> int:
        """Dates and deadlines of one day share a label; labels that would touch go a line lower."""
        together: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for mark in self.marks:
            if mark["kind"] in ("deadline", "date", "opening"):
                together[mark["kind"], mark["from"]].append(mark)
        self.labels = []
        ends: list[float] = []
        for (kind, _), marks in sorted(together.items(), key=lambda pair: pair[0][1]):
            names = list(dict.fromkeys(str(mark["label"]) for mark in marks if mark["label"]))
            text = "" if kind == "opening" else clip("、".join(names), 22)
            mark = marks[0]
            stamp = mark["date"].strftime("%m-%d") + (f" {mark['time']}" if mark["time"] else "")
            width = text_width(f"{stamp} {text}") + 30 * (kind == "opening") + 9
            at = mark["middle"]
            left = at + 9 + width > WIDTH - 4
            begin, end = (at - 9 - width, at + 6) if left else (at - 6, at + 9 + width)
            level = next((i for i, taken in enumerate(ends) if taken + 6 < begin), len(ends))
            ends[level : level + 1] = [end]
            self.labels.append(
                {"kind": kind, "text": text, "stamp": stamp, "at": at, "left": left, "level": level,
                 "start": mark["start"], "end": mark["end"]}
            )  # fmt: skip
        return len(ends)

    def drawing(self) -> dict[str, Any]:
        """The lane as the template draws it."""
        issued = next((mark for mark in self.marks if mark["kind"] == "issued"), None)
        events = [mark for mark in self.marks if mark["kind"] == "event"]
        for event in events:
            event["days"] = event["to"] - event["from"]
            event["stamp"] = _span(event["date"], event["until"])
        return {
            "index": self.index,
            "color": self.color,
            "label": clip(self.label, 16),
            "top": self.top,
            "height": self.height,
            "issued": issued,
            "events": events,
            "bars": [mark for mark in self.marks if mark["kind"] == "activity"],
            "bars_top": getattr(self, "bars_top", self.top),
            "labels": getattr(self, "labels", []),
            "labels_top": getattr(self, "labels_top", self.top),
            "dues": [mark for mark in self.marks if mark["kind"] == "deadline"],
        }


def _span(start: dt.date, end: dt.date | None) -> str:
    return start.strftime("%m-%d") if end is None else f"{start:%m-%d} – {end:%m-%d}"


def network(comparison: Comparison) -> dict[str, Any] | None:
    """Nodes and edges with places, the same for the same comparison. None if there is no edge.

    Only the :data:`MOST_NODES` bodies with most ties are placed; of their names those are shown
    that do not overlap, the best tied first.
    """
    nodes = comparison.network_nodes.head(MOST_NODES)
    if len(nodes) < 2:
        return None
    number = {name: i for i, name in enumerate(nodes["name"])}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for row in comparison.network_edges.to_dict("records"):
        if row["source"] in number and row["target"] in number:
            ends = number[row["source"]], number[row["target"]]
            key = (min(ends), max(ends))
            weights[key] += row["weight"]
    width, height = WIDTH, 660.0
    places = _springs(len(nodes), weights, width, height)
    index = {label: i for i, label in enumerate(comparison.labels)}
    colors = comparison.colors
    drawn = []
    for i, row in enumerate(nodes.to_dict("records")):
        shades = {colors[index[label]] for label in str(row["notices"]).split("、")}
        drawn.append(
            {
                "id": i,
                "name": row["name"],
                "event": row["kind"] == "event",
                "x": float(places[i, 0]),
                "y": float(places[i, 1]),
                "r": 3.0 + 1.35 * math.sqrt(row["degree"]),
                "color": min(shades) if len(shades) == 1 else None,
            }
        )
    _name(drawn)
    return {
        "width": width,
        "height": height,
        "nodes": drawn,
        "edges": [
            {
                "a": drawn[a],
                "b": drawn[b],
                "w": 0.6 + 0.7 * math.log2(1 + weight),
            }
            for (a, b), weight in sorted(weights.items())
        ],
        "shown": len(nodes),
        "all": len(comparison.network_nodes),
    }


def _springs(count: int, weights: dict[tuple[int, int], float], width: float, height: float) -> np.ndarray:
    """Places by attraction along edges and repulsion between all (Fruchterman and Reingold 1991)."""
    import numpy as np

    turn = np.arange(count) * math.pi * (3 - math.sqrt(5))
    radius = np.sqrt((np.arange(count) + 0.5) / count)
    place = np.column_stack([radius * np.cos(turn) * 1.6, radius * np.sin(turn)])
    pull = np.zeros((count, count))
    for (a, b), weight in weights.items():
        pull[a, b] = pull[b, a] = 1 + math.log2(weight)
    ideal = math.sqrt(3.2 / count)
    for step in range(400):
        difference = place[:, None, :] - place[None, :, :]
        distance = np.maximum(np.linalg.norm(difference, axis=2), 0.01)
        force = (ideal**2 / distance**2 - pull * distance / (3 * ideal))[:, :, None] * difference
        move = force.sum(axis=1) - place * (0.8, 1.6)
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        place += move / length * np.minimum(length, 0.12 * (1 - step / 400) + 0.002)
    low, high = place.min(axis=0), place.max(axis=0)
    margin = np.array([70.0, 26.0])
    room = np.array([width, height]) - 2 * margin
    scaled: np.ndarray = margin + (place - low) / np.maximum(high - low, 1e-9) * room
    return scaled


def _name(nodes: list[dict[str, Any]]) -> None:
    """Give names to the best tied nodes as long as no two names overlap."""
    taken = [(n["x"] - n["r"], n["y"] - n["r"], n["x"] + n["r"], n["y"] + n["r"]) for n in nodes]
    shown = 0
    for node in nodes:
        text = clip(node["name"], 18)
        wide = text_width(text, 11)
        right = node["x"] + node["r"] + 4 + wide < WIDTH - 4
        left = node["x"] + node["r"] + 4 if right else node["x"] - node["r"] - 4 - wide
        box = (left - 1, node["y"] - 7, left + wide + 2, node["y"] + 7)
        free = all(box[2] < o[0] or o[2] < box[0] or box[3] < o[1] or o[3] < box[1] for o in taken)
        node["text"], node["anchor"] = text, "start" if right else "end"
        node["text_x"] = left if right else left + wide
        node["named"] = free and shown < MOST_LABELS
        if node["named"]:
            taken.append(box)
            shown += 1
