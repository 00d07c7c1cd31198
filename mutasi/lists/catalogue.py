"""Which lists there are, what their columns are called and what may stand in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mutasi.bundle.contract import expected
from mutasi.bundle.spreadsheets import heading
from mutasi.i18n import LANGUAGES, has_words, keys, render
from mutasi.vocabulary import (
    COMPETENCIES,
    Assessment,
    Blackout,
    Circumstance,
    Column,
    Demand,
    Government,
    Objection,
    Offer,
    Potential,
    Residence,
    Unit,
    columns,
)

SECTIONS = {
    ("offers", "answer"): "answer",
    ("offers", "reason"): "grounds",
    ("objections", "grounds"): "grounds",
    ("objections", "outcome"): "outcome",
    ("circumstances", "kind"): "circumstance",
    ("blackouts", "reason"): "blackout",
    ("governments", "kind"): "government",
    ("assessments", "technical_function"): "function",
}
"""Sections of the catalogue of words that name the codes of a column."""

YES_NO = "yes_no"
SAMPLE_DAY = "2025-03-31"
SAMPLE_NUMBERS = {"latitude": "-6.9147", "longitude": "107.6098", "weight": "2"}


@dataclass(frozen=True)
class LocalList:
    """A list that people fill in.

    Attributes:
        name: Its name in English, as it is asked for.
        noun: What its rows are, or what they tell more of.
        fields: The fields that it shows; any other of the noun may be added.
    """

    name: str
    noun: type[Any]
    fields: tuple[str, ...]

    @property
    def updates(self) -> bool:
        """Whether it tells more of records that are stored, and makes none."""
        return self.noun is Unit

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that it shows."""
        by_name = {column.name: column for column in columns(self.noun)}
        return tuple(by_name[field] for field in self.fields)

    @property
    def names(self) -> tuple[str, ...]:
        """What its file may be called: in each language, in English, or as its table."""
        own = [self.title(language) for language in LANGUAGES]
        table = [] if self.updates else [self.noun.table]
        return tuple(dict.fromkeys(heading(name) for name in [*own, self.name, *table]))

    def title(self, language: str) -> str:
        """Return its name in a language."""
        return render(f"list.{self.name}.title", language)

    def about(self, language: str) -> str:
        """Return what it is for, in a language."""
        return render(f"list.{self.name}.about", language)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The field that each heading stands for, however it is spelt."""
        every = [column.name for column in columns(self.noun) if column.name != "evidence"]
        fields = self.fields if self.updates else every
        return {
            heading(name): field
            for field in fields
            for name in (field, *(self.heading(field, language) for language in LANGUAGES))
        }

    def heading(self, field: str, language: str) -> str:
        """Return what a column is called in a language."""
        return self._words("name", field, language)

    def meaning(self, field: str, language: str) -> str:
        """Return what a column means, in a sentence fragment."""
        return self._words("about", field, language)

    def is_required(self, column: Column) -> bool:
        """Return whether every row must say something in a column."""
        made = (self.noun is Offer and column.name == "offer_id") or column.name == "known_on"
        return column.name in self.noun.key if self.updates else not (column.optional or made)

    def values(self, column: Column, language: str) -> str:
        """Return what may stand in a column; nothing where anything may."""
        words = self.words(column.name, language)
        if words:
            return ", ".join(words.values())
        if column.kind is date:
            return render("list.a_day", language)
        meant = self.noun.table if self.updates and column.name in self.noun.key else None
        meant = column.fact.references or meant
        return expected(column) if meant is None else render(f"list.id_of.{meant}", language)

    def sample(self, column: Column, language: str) -> str:
        """Return an invented value of a column."""
        words = self.words(column.name, language)
        if words:
            return next(iter(words.values()))
        if column.kind is date:
            return SAMPLE_DAY
        if column.kind in {int, float}:
            return SAMPLE_NUMBERS.get(column.name, "3" if column.fact.high == 5 else "75")
        return render(f"list.sample.{column.name}", language)

    def words(self, field: str, language: str) -> Mapping[str, str]:
        """Return the words of a column's codes; none where it has no codes."""
        kinds = {column.name: column.kind for column in columns(self.noun)}
        section = SECTIONS.get((self.noun.table, field), YES_NO if kinds[field] is bool else None)
        start = f"{section}."
        return {
            key.removeprefix(start): render(key, language)
            for key in keys(language)
            if section is not None and key.startswith(start)
        }

    def codes(self, field: str) -> Mapping[str, str]:
        """Return the code of each word of a column, in any language, without case."""
        coded = {code.casefold(): code for code in self._spelling(field)}
        return {
            word.casefold(): coded.get(code, code)
            for language in LANGUAGES
            for code, word in self.words(field, language).items()
        }

    def _spelling(self, field: str) -> Iterator[str]:
        for column in columns(self.noun):
            if column.name == field:
                yield from column.fact.codes or ()

    def _words(self, kind: str, field: str, language: str) -> str:
        own = f"column.{self.noun.table}.{field}.{kind}"
        return render(own if has_words(own, language) else f"column.{field}.{kind}", language)


LISTS = tuple(
    LocalList(*made)
    for made in (
        (
            "answers",
            Offer,
            ("employee_id", "position_id", "offered_on", "answer", "answered_on", "reason"),
        ),
        (
            "objections",
            Objection,
            ("employee_id", "objected_on", "position_id", "grounds", "outcome", "answered_on"),
        ),
        ("places", Unit, ("unit_id", "place", "latitude", "longitude")),
        ("remote", Unit, ("unit_id", "is_remote")),
        ("homes", Residence, ("employee_id", "since", "place", "latitude", "longitude")),
        (
            "assessments",
            Assessment,
            ("employee_id", "assessed_on", *COMPETENCIES, "technical", "technical_function"),
        ),
        (
            "potentials",
            Potential,
            (
                "employee_id",
                "assessed_on",
                "intellectual",
                "interpersonal",
                "self_awareness",
                "critical_thinking",
                "commitment",
                "total",
            ),
        ),
        ("demands", Demand, ("unit_id", "subject", "since", "until", "weight")),
        ("circumstances", Circumstance, ("employee_id", "kind", "since", "until")),
        ("blackouts", Blackout, ("region", "since", "until", "reason", "approved_on")),
        ("governments", Government, ("region", "kind", "province")),
    )
)
"""Every list that has a template."""
