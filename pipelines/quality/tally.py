"""Answers of the checks, counted by dimension, field, unit and office."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mutasi.quality import CHECKS, Answer, Check, Dimension, Records, Severity
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import NOUNS, columns
from pipelines.quality.schema import (
    CheckFigures,
    DimensionFigures,
    FieldFigures,
    Filled,
    UnitFigures,
)

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Examination:
    """The records with what every check found.

    Attributes:
        records: The records.
        checks: The checks.
        answers: The answer of each.
    """

    records: Records
    checks: Sequence[Check]
    answers: Sequence[Answer]

    @classmethod
    def of(cls, snapshot: Snapshot, checks: Sequence[Check] = CHECKS) -> "Examination":
        """Put every check to the records of a snapshot."""
        records = Records(snapshot)
        return cls(records, checks, [check(records) for check in checks])

    def each(self) -> Iterator[tuple[Check, Answer]]:
        """Yield every check with its answer."""
        return zip(self.checks, self.answers, strict=True)

    @cached_property
    def flagged(self) -> dict[Dimension, Mask]:
        """Who in service has a fault, by dimension."""
        return {each: self._flagged(each) for each in Dimension}

    @cached_property
    def with_gap(self) -> Mask:
        """Who in service has a fault."""
        found: Mask = np.logical_or.reduce([*self.flagged.values()])
        return found

    @cached_property
    def at_risk(self) -> Mask:
        """Who in service has a fault of high severity."""
        return self._flagged(Severity.HIGH)

    def _flagged(self, kind: Dimension | Severity) -> Mask:
        found = np.zeros(len(self.records.serves), dtype=bool)
        for check, answer in self.each():
            person = self._persons(check.of)
            if person is not None and kind in {check.dimension, check.severity}:
                found[person[answer.faulty]] = True
        return found & self.records.serves

    def _persons(self, table: str) -> Counts | None:
        """Return whom each row of a table is about; None if no person."""
        if table == "employees":
            return np.arange(len(self.records.table(table)))
        if "employee" not in self.records.table(table).columns:
            return None
        return self.records.codes(table, "employee")

    def checked(self) -> tuple[CheckFigures, ...]:
        """Return every check in figures."""
        found = []
        for check, answer in self.each():
            person = self._persons(check.of)
            found.append(
                CheckFigures(
                    name=check.name,
                    dimension=check.dimension,
                    severity=check.severity,
                    of=check.of,
                    table=check.table,
                    field=check.field,
                    asked=int(answer.asked.sum()),
                    faulty=int(answer.faulty.sum()),
                    people=None if person is None else len(np.unique(person[answer.faulty])),
                )
            )
        return tuple(found)

    def units(self) -> list[UnitFigures]:
        """Return every unit with people or faults, what belongs to none first."""
        count = len(self.records.table("units"))
        places = np.arange(count)
        found = self._figures(places, [self.records.unit_of(each.of) for each in self.checks])
        return [each for each in found if each.people or any(each.faulty.values())]

    def offices(self) -> list[UnitFigures]:
        """Return every office with all units below it, worst first."""
        office = np.append(self.records.offices, -1)
        units = [office[self.records.unit_of(each.of)] for each in self.checks]
        found = self._figures(office[:-1], units)
        found = [each for each in found if each.people or any(each.faulty.values())]
        return sorted(found, key=lambda each: (_mean(each.scores), -each.people))

    def _figures(self, group: Counts, units: Sequence[Counts]) -> list[UnitFigures]:
        """Return figures by group of units.

        Args:
            group: The group of each unit: the row of the unit that stands for it.
            units: For each check the group of each of its rows; -1 for none.
        """
        places = len(group) + 1
        asked = np.array(
            [np.bincount(u[a.asked] + 1, minlength=places) for u, a in self._by(units)]
        )
        bad = np.array([np.bincount(u[a.faulty] + 1, minlength=places) for u, a in self._by(units)])
        of_unit = np.append(group, -1)[self.records.unit_of("employees")]
        serves = self.records.serves
        people = np.bincount(of_unit[serves] + 1, minlength=places)
        gap = np.bincount(of_unit[self.with_gap] + 1, minlength=places)
        scores, faulty = {}, {}
        for dimension in Dimension:
            rows = [place for place, each in enumerate(self.checks) if each.dimension is dimension]
            scores[dimension] = _scores(asked[rows], bad[rows])
            faulty[dimension] = bad[rows].sum(axis=0)
        units_table = self.records.table("units")
        ids = ["", *units_table["unit_id"].tolist()]
        names = ["", *units_table["name"].tolist()]
        offices = np.append(-1, self.records.offices) + 1
        return [
            UnitFigures(
                unit_id=ids[place],
                name=names[place],
                office_id=ids[offices[place]],
                people=int(people[place]),
                people_with_gap=int(gap[place]),
                faulty={each: int(faulty[each][place]) for each in Dimension},
                scores={each: _number(scores[each][place]) for each in Dimension},
            )
            for place in [0, *sorted(set((group + 1).tolist()))]
        ]

    def _by(self, units: Sequence[Counts]) -> Iterator[tuple[Counts, Answer]]:
        return zip(units, self.answers, strict=True)

    def dimensions(self) -> tuple[DimensionFigures, ...]:
        """Return the four dimensions."""
        checked = self.checked()
        found = []
        for dimension in Dimension:
            own = [each for each in checked if each.dimension is dimension and each.asked]
            sound = [1 - each.faulty / each.asked for each in own]
            found.append(
                DimensionFigures(
                    dimension=dimension,
                    score=sum(sound) / len(sound) if sound else None,
                    checks=len(own),
                    asked=sum(each.asked for each in own),
                    faulty=sum(each.faulty for each in own),
                    people=int(self.flagged[dimension].sum()),
                )
            )
        return tuple(found)

    def severities(self) -> dict[Severity, int]:
        """Return the faults by severity."""
        found = dict.fromkeys(Severity, 0)
        for each in self.checked():
            found[each.severity] += each.faulty
        return found

    def fields(self) -> tuple[FieldFigures, ...]:
        """Return every field with faults, most first."""
        faulty: dict[tuple[str, str], dict[Dimension, int]] = {}
        share: dict[tuple[str, str], float] = {}
        for each in self.checked():
            if each.faulty:
                key = (each.table, each.field)
                of_field = faulty.setdefault(key, {})
                of_field[each.dimension] = of_field.get(each.dimension, 0) + each.faulty
                share[key] = max(share.get(key, 0.0), each.faulty / each.asked)
        ordered = sorted(faulty, key=lambda key: -sum(faulty[key].values()))
        return tuple(
            FieldFigures(
                table=table, field=field, faulty=faulty[table, field], share=share[table, field]
            )
            for table, field in ordered
        )

    def filled(self) -> tuple[Filled, ...]:
        """Return how often each field that may be empty is filled in."""
        found = []
        for noun in NOUNS:
            table = self.records.table(noun.table)
            used = (
                self.records.in_use(noun.table) if _is_used(noun.table, [*table.columns]) else None
            )
            for column in columns(noun):
                if column.optional and not table.empty:
                    reference = column.fact.references and column.name not in table.columns
                    name = column.name.removesuffix("_id") if reference else column.name
                    has = (table[name] >= 0) if reference else table[name].notna()
                    kept = has.to_numpy(bool) if used is None else has.to_numpy(bool)[used]
                    figures = {"rows": len(kept), "filled": int(kept.sum())}
                    found.append(Filled(table=noun.table, field=column.name, **figures))
        return tuple(found)


def _is_used(table: str, names: Collection[str]) -> bool:
    return table in {"employees", "positions", "units"} or "employee" in names


def _scores(asked: Counts, faulty: Counts) -> NDArray[np.float64]:
    """Return the mean over checks (rows) of the sound share of each group; NaN if none asked."""
    known = asked > 0
    sound = np.where(known, 1 - faulty / np.maximum(asked, 1), 0.0)
    count = known.sum(axis=0)
    return np.where(count > 0, sound.sum(axis=0) / np.maximum(count, 1), np.nan)


def _mean(scores: dict[Dimension, float | None]) -> float:
    known = [score for score in scores.values() if score is not None]
    return sum(known) / len(known) if known else 1.0


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
