"""Rules put to names, all names at once."""

from bisect import bisect_left, bisect_right

import numpy as np

from mutasi.education._lexicon import Lexicon, Rule
from mutasi.education._spelling import mended
from mutasi.education._tokens import Bools, Ints, Tokens

ORDER = {
    ("always", False): 0,
    ("always", True): 0,
    ("school", False): 1,
    ("school", True): 1,
    ("firm", False): 2,
    ("words", False): 3,
    ("weak", False): 4,
    ("firm", True): 5,
    ("words", True): 6,
    ("weak", True): 7,
    ("vague", False): 8,
    ("vague", True): 9,
}
"""Which decides first, by tier and by whether it stands aside."""

SIGNS = frozenset("(+")
"""Words that are marks only."""

LENGTH_BITS, STEM_BITS, FAMILY_BITS = 4, 8, 8
TAIL_BITS = LENGTH_BITS + STEM_BITS + FAMILY_BITS
PLACE_BITS = 30
NOWHERE = np.empty(0, dtype=np.int64)
UNTOLD = np.iinfo(np.int64).max


def families(cut: Tokens, book: Lexicon, schools: Bools | None = None) -> Ints:
    """Return the number of each name's family in ``book.families``, -1 where none is told.

    Args:
        cut: The names.
        book: The rules.
        schools: Which names are of schools, to which rules of tier ``school`` apply; none
            if not told.
    """
    cut, aside = _read(cut.replaced(_spelt(cut.words, book)), book)
    places = _Places(cut)
    best = np.full(cut.count, UNTOLD)
    for rule in book.concerning(set(cut.words)):
        place = places(rule.stems)
        if rule.tier == "school":
            place = place[:0] if schools is None else place[schools[cut.name[place]]]
        if len(place):
            np.minimum.at(best, cut.name[place], _keys(rule, place, aside, book))
    return np.where(best < UNTOLD, best & ((1 << FAMILY_BITS) - 1), -1)


def _keys(rule: Rule, place: Ints, aside: Bools, book: Lexicon) -> Ints:
    """Return what sorts hits: order, place, more words, longer stems; then the family."""
    letters = sum(2 * len(stem.removesuffix("*")) + (stem[-1] != "*") for stem in rule.stems)
    tail = (1 << LENGTH_BITS) - 1 - len(rule.stems)
    tail = (tail << STEM_BITS) | ((1 << STEM_BITS) - 1 - min(letters, (1 << STEM_BITS) - 1))
    tail = (tail << FAMILY_BITS) | book.families.index(rule.family)
    front, back = (ORDER[rule.tier, part] << (PLACE_BITS + TAIL_BITS) for part in (False, True))
    keys: Ints = np.where(aside[place], back, front) | (place << TAIL_BITS) | tail
    return keys


def _read(cut: Tokens, book: Lexicon) -> tuple[Tokens, Bools]:
    """Return the words that are read, and which of them stand aside."""
    cut = cut.kept(~cut.among(book.fillers))
    cut = cut.kept(~cut.since(cut.among(book.bases)))
    aside = cut.since(cut.among(book.aside))
    read = ~cut.among(SIGNS) & ~_passed(cut, book)
    return cut.kept(read), aside[read]


def _passed(cut: Tokens, book: Lexicon) -> Bools:
    """Return which words belong to a phrase that is passed over."""
    passed = np.zeros(len(cut.name), dtype=bool)
    places = _Places(cut)
    for stems in book.passed:
        place = places(stems)
        for step in range(len(stems)):
            passed[place + step] = True
    return passed


def _spelt(words: tuple[str, ...], book: Lexicon) -> tuple[str, ...]:
    strange = [
        word
        for word in words
        if word not in book.known
        and not any(word[:end] in book.beginnings for end in range(2, len(word)))
    ]
    right = {**mended(strange, book.known), **book.spelling}
    return tuple(right.get(word, word) for word in words)


class _Places:
    """Where words stand in many names."""

    def __init__(self, cut: Tokens) -> None:
        self._name = cut.name
        numbered = sorted(zip(cut.words, range(len(cut.words)), strict=True))
        self._sorted = [word for word, _ in numbered]
        self._number = [number for _, number in numbered]
        self._at = np.argsort(cut.word, kind="stable")
        self._bounds = np.searchsorted(cut.word[self._at], np.arange(len(numbered) + 1))
        self._seen: dict[str, Ints] = {}

    def __call__(self, stems: tuple[str, ...]) -> Ints:
        """Return where the first of stems stands that stand side by side in one name."""
        place = self._stem(stems[0])
        for step, stem in enumerate(stems[1:], start=1):
            if len(place):
                place = place[_is_in(place + step, self._stem(stem))]
                place = place[self._name[place] == self._name[place + step]]
        return place

    def _stem(self, stem: str) -> Ints:
        if stem not in self._seen:
            start = stem.removesuffix("*")
            end = start + "\uffff" if stem.endswith("*") else start
            first = bisect_left(self._sorted, start)
            last = bisect_right(self._sorted, end)
            parts = [
                self._at[self._bounds[word] : self._bounds[word + 1]]
                for word in self._number[first:last]
            ]
            self._seen[stem] = np.sort(np.concatenate(parts)) if parts else NOWHERE
        return self._seen[stem]


def _is_in(some: Ints, ascending: Ints) -> Bools:
    if not len(ascending):
        return np.zeros(len(some), dtype=bool)
    at = np.minimum(np.searchsorted(ascending, some), len(ascending) - 1)
    return np.asarray(ascending[at] == some)
