"""Which item of one notice is which of another: one to one, the best together.

Two notices are aligned by the assignment that makes the sum of similarities largest
(Kuhn-Munkres, :func:`scipy.optimize.linear_sum_assignment`), counting only similarities from
``SIMILAR`` up. Over several notices the pairs are joined, the most alike first, into rows that
hold at most one item of each notice and in which the items are alike on average, not only each
with its neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .collection import Compared, Item
from .similarity import SAME, SIMILAR, Similarity, Wording, core

if TYPE_CHECKING:
    import numpy as np

Status = Literal["same", "similar", "only"]
RELATED = ("科技", "科普", "科学")
"""Series whose names hold one of these are held by the same offices for the same public."""
Change = Literal["kept", "renamed", "similar", "new", "dropped"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Items ``left`` and ``right`` (positions) that belong together, and why.

    ``name`` and ``body`` are the similarities of the names and of the texts under them,
    ``words`` the shared words that weigh most.
    """

    left: int
    right: int
    similarity: float
    name: float
    body: float
    words: tuple[str, ...]

    @property
    def status(self) -> Status:
        """``same`` or ``similar``."""
        return "same" if self.similarity >= SAME else "similar"


@dataclass(frozen=True, slots=True)
class Aligned:
    """A row of the alignment: at most one item (position) of each notice.

    ``similarity`` is the mean over all pairs of the row (1.0 for a single item).
    """

    members: tuple[int, ...]
    similarity: float
    words: tuple[str, ...]
    status: Status


class Alignment:
    """Alignment of ``items`` of ``notices``. Items of one notice are never aligned with each other."""

    def __init__(self, notices: Sequence[Compared], items: Sequence[Item]) -> None:
        self.notices = notices
        self.items = items
        self._of: list[list[int]] = [[] for _ in notices]
        for position, item in enumerate(items):
            self._of[item.notice].append(position)
        self._similarity: Similarity | None = None
        self._pairs: list[Pair] | None = None

    @property
    def similarity(self) -> Similarity:
        """The vectors of all items, made when first asked for."""
        if self._similarity is None:
            self._similarity = Similarity(
                [Wording(item.said, item.body, self.notices[item.notice].places) for item in self.items]
            )
        return self._similarity

    def pairs(self) -> list[Pair]:
        """The aligned items of every two notices."""
        if self._pairs is None:
            self._pairs = []
            for notice, rows in enumerate(self._of[:-1]):
                later = [position for others in self._of[notice + 1 :] for position in others]
                if not rows or not later:
                    continue
                names, bodies = self.similarity.parts(rows, later)
                whole = self.similarity.combine(names, bodies)
                first = 0
                for others in filter(None, self._of[notice + 1 :]):
                    part = slice(first, first + len(others))
                    first += len(others)
                    self._pairs += self._assign(rows, others, whole[:, part], names[:, part], bodies[:, part])
        return self._pairs

    def _assign(
        self,
        rows: list[int],
        others: list[int],
        whole: np.ndarray,
        names: np.ndarray,
        bodies: np.ndarray,
    ) -> list[Pair]:
        return [
            Pair(
                rows[i],
                others[j],
                float(whole[i, j]),
                float(names[i, j]),
                float(bodies[i, j]),
                self.similarity.shared(rows[i], others[j]),
            )
            for i, j in assign(whole)
        ]

    def rows(self) -> list[Aligned]:
        """All items in aligned rows, in the order in which their first item is printed."""
        joined: dict[int, list[int]] = {position: [position] for position in range(len(self.items))}
        row_of = list(range(len(self.items)))
        refused: set[tuple[int, int, int, int]] = set()
        for pair in sorted(self.pairs(), key=lambda pair: (-pair.similarity, pair.left, pair.right)):
            one, other = sorted((row_of[pair.left], row_of[pair.right]))
            key = (one, other, len(joined[one]), len(joined[other]))
            if one == other or key in refused:
                continue
            if self._joinable(joined[one], joined[other]):
                for position in joined[other]:
                    row_of[position] = one
                joined[one] += joined.pop(other)
            else:
                refused.add(key)
        return [self._aligned(sorted(members)) for _, members in sorted(joined.items())]

    def _joinable(self, one: list[int], other: list[int]) -> bool:
        notices = {self.items[position].notice for position in one}
        if any(self.items[position].notice in notices for position in other):
            return False
        if len(one) == len(other) == 1:
            return True
        return float(self.similarity.matrix(one, other).mean()) >= SIMILAR

    def _aligned(self, members: list[int]) -> Aligned:
        if len(members) == 1:
            return Aligned(tuple(members), 1.0, (), "only")
        matrix = self.similarity.matrix(members, members)
        size = len(members)
        mean = float((matrix.sum() - matrix.trace()) / (size * (size - 1)))
        status: Status = "same" if mean >= SAME else "similar"
        return Aligned(tuple(members), mean, self.similarity.shared(*members[:2]), status)


def assign(matrix: np.ndarray, threshold: float = SIMILAR) -> list[tuple[int, int]]:
    """The one-to-one pairs (row, column) of largest total, none below ``threshold``.

    >>> import numpy
    >>> assign(numpy.array([[0.9, 0.8], [0.8, 0.1]]))
    [(0, 1), (1, 0)]
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    counted = np.where(matrix >= threshold, matrix, 0.0)
    rows, columns = linear_sum_assignment(counted, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if counted[i, j] > 0]


@dataclass(frozen=True, slots=True)
class Step:
    """What became of an item from one year's notice to the next (positions, or None)."""

    earlier: int
    later: int
    before: int | None
    after: int | None
    change: Change
    pair: Pair | None


def successions(notices: Sequence[Compared]) -> list[tuple[int, int]]:
    """Pairs of notices (indexes) that follow each other: the same region, the year before.

    The predecessor is the region's last earlier notice of the same series; among the days and
    weeks of science (:data:`RELATED`) else the last earlier notice of another one (a 科技周
    followed by a 全国科普日). Notices without region, year or series follow none.
    """
    found = []
    for later in notices:
        earlier = [
            one
            for one in notices
            if one.region and one.region == later.region and one.year and later.year and one.year < later.year
        ]
        kin = [one for one in earlier if one.series and one.series == later.series]
        kin = kin or [one for one in earlier if _related(one.series) and _related(later.series)]
        if kin:
            last = max(one.year or 0 for one in kin)
            found += [(one.index, later.index) for one in kin if one.year == last][-1:]
    return found


def _related(series: str | None) -> bool:
    return any(word in (series or "") for word in RELATED)


def steps(alignment: Alignment) -> list[Step]:
    """Year over year: kept, renamed, similar (to be looked at), new, dropped.

    ``kept`` is the same name once year, edition and place are taken away; ``renamed`` is another
    name (another wording, for an item without a heading) for what is the same by similarity;
    ``similar`` lies below that.
    """
    found = []
    by_notices: dict[tuple[int, int], list[Pair]] = {}
    for pair in alignment.pairs():
        key = (alignment.items[pair.left].notice, alignment.items[pair.right].notice)
        by_notices.setdefault(key, []).append(pair)
    said = {item.notice for item in alignment.items}
    for earlier, later in successions(alignment.notices):
        if earlier not in said or later not in said:
            continue  # a notice that lists none (a call for activities) says nothing of new and dropped
        swapped = earlier > later
        pairs = by_notices.get((later, earlier) if swapped else (earlier, later), [])
        matched: dict[int, tuple[int, Pair]] = {}
        for pair in pairs:
            before, after = (pair.right, pair.left) if swapped else (pair.left, pair.right)
            matched[after] = (before, pair)
        for position, item in enumerate(alignment.items):
            if item.notice == later:
                before_pair = matched.get(position)
                if before_pair is None:
                    found.append(Step(earlier, later, None, position, "new", None))
                else:
                    before, pair = before_pair
                    found.append(
                        Step(
                            earlier, later, before, position, _change(alignment, before, position, pair), pair
                        )
                    )
        kept = {before for before, _ in matched.values()}
        found += [
            Step(earlier, later, position, None, "dropped", None)
            for position, item in enumerate(alignment.items)
            if item.notice == earlier and position not in kept
        ]
    return found


def _change(alignment: Alignment, before: int, after: int, pair: Pair) -> Change:
    names = []
    for position in (before, after):
        item = alignment.items[position]
        said = item.name if item.headed else item.body  # a name made of a beginning is not the whole
        names.append(core(said, alignment.notices[item.notice].places).replace(" ", ""))
    if names[0] == names[1]:
        return "kept"
    return "renamed" if pair.status == "same" else "similar"
