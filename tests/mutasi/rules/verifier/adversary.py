"""Small regions whose dates, levels and numbers lie on the bounds of the law, or just beside."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from mutasi.vocabulary.codes import RUNGS
from tests.mutasi.rules.verifier.calendar import ONE_DAY, anniversary, months_before
from tests.mutasi.rules.verifier.terms import NINE

T = TypeVar("T")
Row = dict[str, Any]

DAYS = [
    date(2017, 4, 8),
    date(2019, 7, 15),
    date(2020, 2, 29),
    date(2021, 2, 28),
    date(2021, 3, 1),
    date(2022, 12, 31),
    date(2023, 5, 31),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2025, 4, 30),
]
ESELON, JENJANG = RUNGS[:10], RUNGS[10:]
REGIONS = ("Cemara", "Damar", "Kamboja", "Meranti", "Pusat Satu")
FUNCTIONS = ("health", "audit", "civil_registry", None)
FAMILIES = ("nurse", "auditor", None)
FIELDS = ("health", "law", "general", None)
TITLES = ("Kepala Seksi", "Wakil Kepala", "Perawat", "Auditor")
PEOPLE, POSTS, UNITS = 24, 24, 8


class Adversary:
    """Invents a region around a day.

    Attributes:
        chance: Where choices come from.
        on: The day on whose bounds the records lie.
    """

    def __init__(self, chance: Random, on: date) -> None:
        self.chance = chance
        self.on = on

    def region(self) -> dict[str, list[Row]]:
        """Return the rows of a region by table, saying only what matters."""
        units = [f"U{number}" for number in range(UNITS)]
        posts = [f"P{number}" for number in range(POSTS)]
        people = [f"E{number}" for number in range(PEOPLE)]
        tables: dict[str, list[Row]] = {
            "governments": [self._government(name) for name in REGIONS if self._is(0.9)],
            "blackouts": self._each(REGIONS, 2, self._blackout),
            "units": [self._unit(unit) for unit in units],
            "positions": [self._position(post, units) for post in posts],
            "needs": self._each(posts, 2, self._need),
            "employees": [self._employee(person) for person in people],
        }
        tables["postings"] = [row for person in people for row in self._postings(person, posts)]
        for table, (most, made) in self._of_people().items():
            tables[table] = self._each(people, most, made)
        return tables

    def _of_people(self) -> dict[str, tuple[int, Callable[[str], Row]]]:
        return {
            "standings": (2, self._standing),
            "grades": (2, self._grade),
            "appraisals": (4, self._appraisal),
            "educations": (2, self._education),
            "assessments": (3, self._assessment),
            "potentials": (3, self._potential),
            "sanctions": (3, self._sanction),
            "circumstances": (1, self._circumstance),
        }

    def _government(self, region: str) -> Row:
        kind = self._of("PROV", "KAB", "KAB", "KOTA", "PUSAT", "LN")
        return {"region": region, "kind": kind, "province": self._of("Utara", "Selatan", None)}

    def _blackout(self, region: str) -> Row:
        since = self._day(0, 0, 1)
        return {
            "region": region,
            "since": since,
            "until": max(since, self._day(0, 0, -1)),
            "reason": "election",
            "approved_on": self._of(None, None, self._day(0)),
        } | self._known(since)

    def _unit(self, unit: str) -> Row:
        row = {"unit_id": unit, "region": self._of(*REGIONS), "function": self._of(*FUNCTIONS)}
        return row | self._late()

    def _position(self, post: str, units: Sequence[str]) -> Row:
        kind = self._of(*3 * ("STRUKTURAL", "FUNGSIONAL"), "PELAKSANA", None)
        rungs = {"STRUKTURAL": ESELON, "FUNGSIONAL": JENJANG}.get(kind or "", (None,))
        lowest = self._of(None, None, None, None, 9, 12)
        row = {
            "position_id": post,
            "unit_id": self._of(*units),
            "title": self._of(*TITLES),
            "kind": kind,
            "family": self._of(*FAMILIES),
            "rung": self._of(*rungs) if self._is(0.9) else self._of(*RUNGS),
            "level": self._of(None, *range(1, 9)),
            "function": self._of(None, *FUNCTIONS),
            "lowest_grade": lowest,
            "highest_grade": self._of(None, None, None, None, (lowest or 9) + self._of(0, 1, 3)),
            "minimum_education": self._of(None, None, None, None, 30, 40),
            "fields": self._of(None, "health", "law;health", "engineering"),
            "retirement_age": self._of(None, None, None, 58, 60, 65),
            "closed_on": self._of(None, None, None, self._day(0)),
        }
        missing = self._of(*NINE) if self._is(0.2) else None
        demanded = {name: self._of(1, 2, 3, 4) for name in NINE if name != missing}
        return row | (demanded if self._is(0.8) else {}) | self._late()

    def _need(self, post: str) -> Row:
        since, needed = self._day(0, 0, 1), self._of(0, 1, 2, 3)
        return {"position_id": post, "since": since, "needed": needed} | self._known(since)

    def _employee(self, person: str) -> Row:
        return {
            "employee_id": person,
            "region": self._of(*REGIONS),
            "kind": self._of("PNS", "PNS", "PNS", "PPPK", None),
            "born_on": self._of(None, *(self._birthday() for _ in range(7))),
            "appointed_on": self._of(self._day(4, 5, 10, 12), date(1995, 3, 1)),
        }

    def _postings(self, person: str, posts: Sequence[str]) -> list[Row]:
        """Return postings one after another, some of which overlap, last or stand apart."""
        count = self._of(0, 1, 2, 2, 3, 3)
        starts = sorted(self._day(0, 1, 2, 2, 3, 4, 5, 7) for _ in range(count))
        ends = [*(start - ONE_DAY for start in starts[1:]), None][:count]
        return [
            {
                "employee_id": person,
                "position_id": post,
                "started_on": start,
                "ended_on": self._end(start, end),
                "assignment": self._of("D", "D", "D", "D", "PLT"),
            }
            | self._known(start)
            for post, start, end in zip(self.chance.sample(posts, count), starts, ends, strict=True)
        ]

    def _end(self, start: date, end: date | None) -> date | None:
        other = self._of(end, end, end, end, None, self._day(0, 1))
        return None if other is None else max(start, other)

    def _standing(self, person: str) -> Row:
        since = self._day(0, 0, 5)
        standing = self._of("01", "01", "01", "03", "15")
        return {"employee_id": person, "since": since, "standing": standing} | self._known(since)

    def _grade(self, person: str) -> Row:
        since = self._day(0, 0, 4)
        grade = self._of(*range(3, 18))
        return {"employee_id": person, "since": since, "grade": grade} | self._known(since)

    def _appraisal(self, person: str) -> Row:
        return {
            "employee_id": person,
            "year": self.on.year - self._of(1, 2, 3, 4),
            "scheme": self._of("skp_2011", "skp_2022"),
            "score": self._of(None, 100.0, 91.0, 90.9, 76.0, 75.9, 61.0, 60.9, 51.0, 50.9),
            "results": self._of(None, 1, 1, 2, 2, 3),
            "behaviour": self._of(None, 1, 1, 2, 2, 3),
            "predicate": self._of(None, None, 1, 2, 3, 4, 5),
        }

    def _education(self, person: str) -> Row:
        return {
            "employee_id": person,
            "level": self._of(14, 15, 29, 30, 34, 35, 39, 40),
            "field": self._of(*FIELDS),
            "graduated_on": self._of(self._day(0), self._day(5), date(2001, 8, 1)),
        }

    def _assessment(self, person: str) -> Row:
        told = NINE if self._is(0.9) else ()
        levels = {name: self._of(None, 1, 1.5, 2, 2.5, 3, 4) for name in told}
        return {"employee_id": person, "assessed_on": self._day(0, 1, 3, 3)} | levels

    def _potential(self, person: str) -> Row:
        total = self._of(None, 59.0, 60.0, 60.0, 79.0, 80.0, 80.0, 80.0)
        return {"employee_id": person, "assessed_on": self._day(0, 1, 2, 3), "total": total}

    def _sanction(self, person: str) -> Row:
        since = self._day(0, 0, 1)
        return {
            "employee_id": person,
            "decided_on": since,
            "ended_on": self._of(None, max(since, self._day(0)), max(since, self._day(-1))),
            "severity": self._of("R", "S", "B"),
        } | self._known(since)

    def _circumstance(self, person: str) -> Row:
        since = self._day(0, 0, 1)
        until = self._of(None, max(since, self._day(0)))
        told = {"employee_id": person, "kind": "care", "since": since, "until": until}
        return told | self._known(since)

    def _day(self, *years: int) -> date:
        """Return a day some years before the day, a day or a month beside it, or 29 February."""
        back = anniversary(self.on, -self._of(*years))
        shift = self._of(0, 0, 0, -1, 1, -1, 1, -30, 31, -200)
        return back + timedelta(days=shift)

    def _birthday(self) -> date:
        """Return a birthday at whose ages, or retirement after it, bounds lie."""
        age = self._of(53, 55, 56, 58, 60, 65) - self._of(0, 1, 2)
        month = months_before(self.on.replace(day=1), self._of(-2, -1, 0, 1))
        attained = self._of(self._day(0), month, month - ONE_DAY, month - 15 * ONE_DAY)
        return anniversary(attained, -age)

    def _known(self, since: date) -> Row:
        """Return that a record became known on its day, before it or after it."""
        return {"known_on": since + timedelta(days=self._of(0, 0, 0, -90, -90, 40))}

    def _late(self) -> Row:
        """Return, now and then, that a record became known about the day only."""
        return {"known_on": self._day(0)} if self._is(0.08) else {}

    def _is(self, likely: float) -> bool:
        return self.chance.random() < likely

    def _of(self, *values: T) -> T:
        return self.chance.choice(values)

    def _each(self, owners: Iterable[str], most: int, made: Callable[[str], Row]) -> list[Row]:
        """Return up to some rows of each owner; of rows of one key the first counts."""
        rows = [made(owner) for owner in owners for _ in range(self.chance.randint(0, most))]
        return list({_key(row): row for row in reversed(rows)}.values())[::-1]


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in KEYS)


KEYS = (
    "region",
    "position_id",
    "employee_id",
    "kind",
    "since",
    "year",
    "level",
    "graduated_on",
    "assessed_on",
    "decided_on",
)
"""What keys consist of, of all tables that are made row by row."""
