"""Rules as data: which words mean what, and which word decides."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

TIERS = ("always", "school", "firm", "words", "weak", "vague")
"""Kinds of rules, most decisive first."""


class Rule(NamedTuple):
    """Words side by side, and the family that they mean; ``*`` ends a stem."""

    family: str
    tier: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """What a table of rules says.

    Attributes:
        families: Families in the order of the table.
        rules: The rules of all families.
        facts: What else the table says of each family.
        fillers: Words that are passed over.
        passed: Phrases that are passed over.
        aside: Words after which a specialisation is told.
        bases: Words after which something else is told.
        plain: Words that mean nothing here and are not misspelt.
        spelling: Misspelt and shortened words, and what they stand for.
    """

    families: tuple[str, ...]
    rules: tuple[Rule, ...]
    facts: Mapping[str, Mapping[str, Any]]
    fillers: frozenset[str]
    passed: tuple[tuple[str, ...], ...]
    aside: frozenset[str]
    bases: frozenset[str]
    plain: frozenset[str]
    spelling: Mapping[str, str]

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The beginnings of words that a rule knows."""
        return frozenset(
            stem[:-1] for rule in self.rules for stem in rule.stems if stem.endswith("*")
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word, and every beginning of one, that a rule or a mark knows."""
        stems = {stem.removesuffix("*") for rule in self.rules for stem in rule.stems}
        stems |= {word for phrase in self.passed for word in phrase}
        return frozenset(stems | self.fillers | self.aside | self.bases | self.plain)

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[Rule]]:
        found: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            found["*" if rule.stems[0].endswith("*") else rule.stems[0]].append(rule)
        return found

    def concerning(self, words: Iterable[str]) -> Iterator[Rule]:
        """Return the rules that may begin with one of some distinct words."""
        for word in ("*", *words):
            yield from self._by_first.get(word, ())


@cache
def lexicon(table: str) -> Lexicon:
    """Return a table of this package, as ``studies``: the name of a file beside this one."""
    text = files("mutasi.education").joinpath(f"{table}.toml").read_text(encoding="utf-8")
    chapters: dict[str, dict[str, Any]] = tomllib.loads(text)
    reading = chapters.pop("reading", {})
    return Lexicon(
        families=tuple(chapters),
        rules=tuple(_rules(chapters)),
        facts={
            family: {name: fact for name, fact in lists.items() if name not in TIERS}
            for family, lists in chapters.items()
        },
        fillers=frozenset(reading.get("fillers", ())),
        passed=tuple(tuple(phrase.split()) for phrase in reading.get("passed", ())),
        aside=frozenset(reading.get("aside", ())),
        bases=frozenset(reading.get("bases", ())),
        plain=frozenset(reading.get("plain", ())),
        spelling={
            wrong: right for right, slips in reading.get("spelling", {}).items() for wrong in slips
        },
    )


def _rules(chapters: Mapping[str, Mapping[str, Any]]) -> Iterator[Rule]:
    for family, lists in chapters.items():
        for tier in TIERS:
            for words in lists.get(tier, ()):
                yield Rule(family, tier, tuple(words.split()))
