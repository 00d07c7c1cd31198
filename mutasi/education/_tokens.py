"""Names as words: upper case, without accents, brackets and plus signs as words."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]

_SIGNS: Mapping[int, str | None] = {
    **{sign: " " for sign in range(128) if chr(sign) not in "(+" and not chr(sign).isalnum()},
    **dict.fromkeys(map(ord, "–—‐‑‒−·•\u00a0"), " "),
    **dict.fromkeys(map(ord, "`'´‘’ʼ\""), None),
}
"""What becomes a space, and what is left out; letter for letter, which is quick."""


@dataclass(frozen=True)
class Tokens:
    """The words of many names, one after the other.

    Attributes:
        name: Number of the name that each word belongs to, ascending.
        word: Number of each word in ``words``.
        words: The distinct words.
        count: How many names there are; some may have no words.
    """

    name: Ints
    word: Ints
    words: tuple[str, ...]
    count: int

    def among(self, some: Collection[str]) -> Bools:
        """Return which words are among some."""
        return np.array([word in some for word in self.words], dtype=bool)[self.word]

    def kept(self, wanted: Bools) -> "Tokens":
        """Return only the words wanted, in their order."""
        return replace(self, name=self.name[wanted], word=self.word[wanted])

    def replaced(self, words: tuple[str, ...]) -> "Tokens":
        """Return the same names with other words in place of the distinct ones."""
        return replace(self, words=words)

    def since(self, marks: Bools) -> Bools:
        """Return which words stand at or after the first mark of their name."""
        seen = np.cumsum(marks)
        first = np.searchsorted(self.name, np.arange(self.count))
        before = np.concatenate([[0], seen])[first]
        return np.asarray(seen > before[self.name])


def distinct(names: "pd.Series[Any]") -> tuple[Ints, Texts]:
    """Return the number of each name among the distinct ones, and those; not text is ''."""
    is_text = names.map(lambda name: isinstance(name, str))
    number, texts = pd.factorize(names.where(is_text, "").to_numpy(dtype=object))
    return np.asarray(number, dtype=np.int64), np.asarray(texts, dtype=object)


def tokens(names: Iterable[object]) -> Tokens:
    """Return the words of names; what is not text has none.

    >>> cut = tokens(["S-1/A-IV  Qur`an (Hadis)", None])
    >>> [cut.words[number] for number in cut.word]
    ['S', '1', 'A', 'IV', 'QURAN', '(', 'HADIS']
    """
    lists = [_words(name) if isinstance(name, str) else [] for name in names]
    lengths = np.array([len(words) for words in lists], dtype=np.int64)
    flat = np.array([word for words in lists for word in words], dtype=object)
    word, words = pd.factorize(flat)
    return Tokens(
        np.repeat(np.arange(len(lists)), lengths),
        np.asarray(word, dtype=np.int64),
        tuple(str(word) for word in words),
        len(lists),
    )


def _words(name: str) -> list[str]:
    plain = name.replace("&", " DAN ").translate(_SIGNS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        plain = plain.translate(_SIGNS)
    return plain.replace("(", " ( ").replace("+", " + ").upper().split()
