"""How alike two names are: words and characters, weighed by how common they are.

A name is first stripped of what differs from year to year and from city to city without
changing what is meant: the year, the edition and the notice's own place. Then two views are
compared by the cosine of TF-IDF vectors: words (jieba, synonyms folded) and runs of two and
three characters. Their mean is the similarity of the names; what stands under the names
(the descriptions) can only add to it, never take away, because two cities describe the same
action in their own words:

    similarity = 1 - (1 - name) * (1 - BODY_WEIGHT * body)

The weights of words come from a fixed list of names (``rules/compare_background.csv``), so that the
similarity of two names does not depend on what else is compared. Thresholds are measured in
``tests/compare`` on hand-made pairs; the figures are in ``docs/compare.md``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from noticetab import rules

if TYPE_CHECKING:
    import numpy as np

SAME = 0.68
"""From here on two names are taken for the same thing."""
SIMILAR = 0.36
"""From here on two names are aligned; below it each stands alone."""
SUBJECT_WEIGHT = 0.5
"""The share of a name's subject (its words that do not say what form the activity has)."""
BODY_WEIGHT = 0.35
"""The most that equal descriptions can close of the gap between two names."""

YEAR = regex.compile(r"(?:19|20)\d{2}\s*年度?|[二两]?[〇○零一二三四五六七八九]{4}年度?|(?<!\d)20\d{2}(?!\d)")
EDITION = regex.compile(r"第\s*[〇零一二三四五六七八九十百两\d]{1,4}\s*(?:届|个|期|次|季|批)|首届|首个")
BRACKETED = regex.compile(r"（[^（）]{0,40}）|\([^()]{0,40}\)")
PRINTED = regex.compile(r"[^\p{Han}\p{Latin}\p{Nd}]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of one item: its name, what stands under it, and its notice's places."""

    name: str
    body: str = ""
    places: tuple[str, ...] = ()


class _Name(NamedTuple):
    name: str


class _Synonym(NamedTuple):
    form: str
    word: str


class _FormWord(NamedTuple):
    word: str


@rules.cached
def background() -> tuple[str, ...]:
    """The names that say how common a word is (``rules/compare_background.csv``)."""
    return tuple(row.name for row in rules.table("compare_background", _Name))


@rules.cached
def synonyms() -> dict[str, str]:
    """Printed forms and the word each counts as (``rules/compare_synonyms.csv``)."""
    rows = rules.table("compare_synonyms", _Synonym)
    return {unicodedata.normalize("NFKC", row.form): row.word for row in rows}


@rules.cached
def form_words() -> frozenset[str]:
    """Words that do not say what a name is about (``rules/compare_form_words.csv``)."""
    return frozenset(row.word for row in rules.table("compare_form_words", _FormWord))


@rules.cached
def _folding() -> Any:
    """One expression of all printed forms, the longest first."""
    forms = sorted((form for form in synonyms() if len(form) > 1), key=lambda form: (-len(form), form))
    return regex.compile("|".join(map(regex.escape, forms)))


def core(name: str, places: Iterable[str] = ()) -> str:
    """``name`` without year, edition, the notice's own ``places`` and punctuation.

    >>> core("2024年天津市全国科普日主场活动", ["天津市"])
    '全国科普日主场活动'
    """
    text = unicodedata.normalize("NFKC", name)
    stripped = BRACKETED.sub(" ", text)
    text = stripped if PRINTED.sub("", stripped) else text
    text = EDITION.sub(" ", YEAR.sub(" ", text))
    for place in sorted(filter(None, places), key=len, reverse=True):
        text = text.replace(place, " ")
    kept = PRINTED.sub(" ", text).strip()
    return kept or PRINTED.sub(" ", unicodedata.normalize("NFKC", name)).strip()


def fold(text: str) -> str:
    """``text`` (NFKC) with synonyms replaced by the word they count as."""
    table = synonyms()
    return str(_folding().sub(lambda match: table[match.group()], unicodedata.normalize("NFKC", text)))


@rules.cached
def _segmenter() -> Any:
    """A jieba tokenizer of our own, loaded once: others may add words to the shared one."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    for word in sorted(set(synonyms().values())):
        segmenter.add_word(word)
    return segmenter


def words(text: str) -> list[str]:
    """The words of ``text`` (jieba), single characters left out unless a synonym says what they are."""
    table = synonyms()
    printed = [word for word in cut(text) if word.strip()]
    kept = [table.get(word, word) for word in printed if len(word) > 1 or word in table]
    return kept or printed


def cut(text: str) -> list[str]:
    """``text`` cut into words (jieba); joined they are the text again."""
    return list(_segmenter().lcut(text))


def characters(text: str) -> list[str]:
    """All runs of two and of three characters of ``text`` within its parts."""
    runs: list[str] = []
    for part in text.split():
        if len(part) == 1:
            runs.append(part)
        runs += [part[i : i + 2] for i in range(len(part) - 1)]
        runs += [part[i : i + 3] for i in range(len(part) - 2)]
    return runs


class Weighing:
    """TF-IDF vectors of texts whose rarity is that of a background, not of the texts.

    ``tokenize`` cuts a text. A token that the background does not know is as rare as can be.
    """

    def __init__(self, tokenized: Sequence[Sequence[str]], common: Sequence[Sequence[str]]) -> None:
        import numpy as np
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        counter = CountVectorizer(analyzer=_itself, dtype=np.float32)
        counter.fit([*common, *tokenized] if any(map(len, [*common, *tokenized])) else [["-"]])
        weight = TfidfTransformer(sublinear_tf=True)
        weight.fit(counter.transform(common or [["-"]]))
        self.vectors = weight.transform(counter.transform(tokenized))
        self.tokens = counter.get_feature_names_out()
        self._weights: dict[int, dict[int, float]] = {}

    def weights(self, row: int) -> dict[int, float]:
        """The weight of each token (a column) of a text."""
        if row not in self._weights:
            start, end = self.vectors.indptr[row : row + 2]
            columns, values = self.vectors.indices[start:end], self.vectors.data[start:end]
            self._weights[row] = dict(zip(columns.tolist(), values.tolist(), strict=True))
        return self._weights[row]

    def shared(self, left: int, right: int, most: int = 4) -> tuple[str, ...]:
        """The tokens that make two texts alike, the weightiest first."""
        one, other = self.weights(left), self.weights(right)
        ranked = sorted((-one[column] * other[column], column) for column in one.keys() & other.keys())
        return tuple(str(self.tokens[column]) for _, column in ranked[:most])


def _itself(tokens: Any) -> Any:
    return tokens


class Similarity:
    """Similarities among ``wordings``; rows and columns are their positions."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        common_cores, common_words = _background()
        cores = [core(fold(item.name), item.places) for item in wordings]
        name_words = [words(text) for text in cores]
        self.names = Weighing(name_words, common_words)
        self.runs = Weighing(_runs(cores), _runs(common_cores))
        subjects, common_subjects = _subjects(name_words), _subjects(common_words)
        self.subjects = Weighing(subjects, common_subjects)
        self.subject_runs = Weighing(_runs(map(" ".join, subjects)), _runs(map(" ".join, common_subjects)))
        bodies = [core(fold(item.body)) for item in wordings]
        self.bodies = Weighing([words(text) for text in bodies], common_words)
        self.has_subject = [bool(subject) for subject in subjects]

    def parts(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Similarities of the names and of the descriptions, each a matrix from 0 to 1."""
        import numpy as np

        def cosine(vectors: Any) -> np.ndarray:
            return np.asarray((vectors[list(rows)] @ vectors[list(columns)].T).todense(), dtype=np.float32)

        whole = (cosine(self.names.vectors) + cosine(self.runs.vectors)) / 2
        subject = np.maximum(cosine(self.subjects.vectors), cosine(self.subject_runs.vectors))
        known = np.asarray(self.has_subject)
        both = np.outer(known[list(rows)], known[list(columns)])
        names = np.where(both, SUBJECT_WEIGHT * subject + (1 - SUBJECT_WEIGHT) * whole, whole)
        return np.clip(names, 0, 1), np.clip(cosine(self.bodies.vectors), 0, 1)

    @staticmethod
    def combine(names: np.ndarray, bodies: np.ndarray) -> np.ndarray:
        """One similarity of that of the names and that of the descriptions."""
        import numpy as np

        return np.asarray(1 - (1 - names) * (1 - BODY_WEIGHT * bodies))

    def matrix(self, rows: Sequence[int], columns: Sequence[int]) -> np.ndarray:
        """Similarity of every wording of ``rows`` with every one of ``columns``."""
        return self.combine(*self.parts(rows, columns))

    def shared(self, left: int, right: int) -> tuple[str, ...]:
        """The words in both names that weigh most, else those in both descriptions."""
        return self.names.shared(left, right) or self.bodies.shared(left, right)


@rules.cached
def _background() -> tuple[list[str], list[list[str]]]:
    """The background, stripped and cut, once."""
    cores = [core(fold(name)) for name in background()]
    return cores, [words(text) for text in cores]


def _runs(texts: Iterable[str]) -> list[list[str]]:
    return [characters(text) for text in texts]


def _subjects(cut: Iterable[Sequence[str]]) -> list[list[str]]:
    """The words of each name that say what it is about."""
    return [[word for word in name if not _made_of_form_words(word)] for name in cut]


def _made_of_form_words(word: str) -> bool:
    """Whether ``word`` is a form word or a row of them (科普活动), which jieba may give as one."""
    form = form_words()
    reached = [True] + [False] * len(word)
    for end in range(1, len(word) + 1):
        reached[end] = any(reached[start] and word[start:end] in form for start in range(end))
    return reached[-1]


def similarity(left: str, right: str) -> float:
    """Similarity of two names alone, from 0 to 1."""
    return float(Similarity([Wording(left), Wording(right)]).matrix([0], [1])[0, 0])
