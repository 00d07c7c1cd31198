"""Misspelt words: those one slip away from a word that rules know."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

SHORTEST = 7
"""Shorter words have too many neighbours to be mended."""

SHORTEST_EXCHANGED = 9
"""Words with one letter put for another are other words too often, as FORMASI and FARMASI."""


def mended(words: Iterable[str], known: frozenset[str]) -> Mapping[str, str]:
    """Return the known word for each word that is one slip away from exactly one.

    A slip is a letter too many or missing, two neighbours exchanged or, in long
    words, one letter put for another; never the first letter.  Words as near to
    several known ones stay as they are.

    >>> mended(["PENDIDIAKN", "FORMASI"], frozenset({"PENDIDIKAN", "FARMASI"}))
    {'PENDIDIAKN': 'PENDIDIKAN'}
    """
    near = _neighbours(known)
    found = {}
    for word in words:
        if len(word) >= SHORTEST and word not in known:
            options = set().union(*(near.get(shorter, ()) for shorter in _shorter(word)))
            options = {option for option in options if _is_slip(word, option)}
            if len(options) == 1:
                found[word] = options.pop()
    return found


@cache
def _neighbours(known: frozenset[str]) -> Mapping[str, Collection[str]]:
    """Return the known words that are left by each word when it loses a letter or none."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for word in known:
        if len(word) >= SHORTEST - 1:
            for shorter in _shorter(word):
                near[shorter].add(word)
    return near


def _shorter(word: str) -> Iterator[str]:
    yield word
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


def _is_slip(wrong: str, right: str) -> bool:
    if len(wrong) != len(right):
        return True
    differ = [place for place, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
    if len(differ) == 1:
        return len(wrong) >= SHORTEST_EXCHANGED
    first, last = differ[0], differ[-1]
    return last == first + 1 and wrong[first] == right[last] and wrong[last] == right[first]
