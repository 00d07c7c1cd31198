"""The main job: judge by the law, predict, rank, explain.

One :class:`Recommender` answers for one snapshot and one model.  Everything that
does not depend on the question is computed when it is made; it never changes
afterwards and may be asked from several threads.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features import FEATURES, prepare
from models.artifact import Artifact, Head
from models.baseline import PROFILE, profile_parts, profile_score
from models.explanation import Aspect, Reason, reasons
from models.learner import Floats, probability
from models.recommendation import Exclusion, Ranking, Recommendation, Vacancy
from models.utility import REFUSED, bands, utility, utility_error
from mutasi.errors import LimitOutOfRange, RegionEmpty
from mutasi.rules import RULES, Case, Severity, Verdict, judge
from mutasi.snapshot import Pairs, Rows, Snapshot
from mutasi.vocabulary import ACTIVE

MOST = 200
"""The most recommendations that one question may ask for."""

LEAST_WORTH = 0.3
"""What a reason must do to the utility to be worth telling, in T points."""

REASONS_FOR = 3
REASONS_AGAINST = 2
"""How many reasons are given for and against a recommendation."""

Ints = NDArray[np.int64]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Predictions of pairs, one value each; None where no head is at hand.

    ``value`` is the performance, or the transparent score in its place.
    """

    performance: Floats | None
    acceptance: Floats | None
    value: Floats
    utility: Floats

    def at(self, rows: Ints) -> "Scores":
        """Return the predictions of some rows."""
        return Scores(
            None if self.performance is None else self.performance[rows],
            None if self.acceptance is None else self.acceptance[rows],
            self.value[rows],
            self.utility[rows],
        )


@dataclass(frozen=True)
class Chosen:
    """Some of the pairs judged: their rows among employees, positions, and all pairs."""

    employees: Rows
    positions: Rows
    rows: Ints

    @classmethod
    def of(cls, pairs: Pairs, rows: Ints) -> "Chosen":
        """Return some of the pairs judged."""
        return cls(_at(pairs.employees, rows), _at(pairs.positions, rows), rows)

    def at(self, places: Ints) -> "Chosen":
        """Return some of these."""
        return Chosen(_at(self.employees, places), _at(self.positions, places), self.rows[places])


@dataclass(frozen=True)
class Staff:
    """The people of a region with what the law says of them wherever they go."""

    pairs: Pairs
    verdict: Verdict


class Recommender:
    """Answers who for a vacancy and where for a person.

    Args:
        snapshot: What is known.
        artifact: The trained model; None leaves the law and the transparent score.

    Raises:
        RegionEmpty: If the snapshot holds no employees or no positions.
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """

    def __init__(self, snapshot: Snapshot, artifact: Artifact | None = None) -> None:
        if snapshot.tables["employees"].empty or snapshot.tables["positions"].empty:
            raise RegionEmpty(as_of=snapshot.as_of)
        self.snapshot = snapshot
        self.artifact = artifact
        self._on = np.datetime64(snapshot.as_of, "D")
        self._performance = artifact.performance if artifact else None
        self._acceptance = artifact.acceptance if artifact else None
        for head in self._heads:
            head.require(tuple(FEATURES))
        wanted = [name for head in self._heads for name in head.columns]
        self._names = tuple(dict.fromkeys([*wanted, *PROFILE]))
        self._places: dict[tuple[str, ...], Ints] = {}
        people, posts = snapshot.employees, snapshot.positions
        in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
        staff = _by_region(people["employee_region"], in_service)
        self._staff = {region: self._judged(rows) for region, rows in staff.items()}
        self._open = _by_region(posts["region"], posts["open"] > 0)
        self._prepared = prepare(snapshot)
        self._prepared.pairs(self._names, np.arange(1), 0)

    @property
    def _both(self) -> tuple[Head | None, Head | None]:
        return self._performance, self._acceptance

    @property
    def _heads(self) -> list[Head]:
        return [head for head in self._both if head is not None]

    def vacancies(self) -> list[Vacancy]:
        """Return the open positions, those that miss most people first."""
        posts = self.snapshot.positions
        rows = np.flatnonzero(posts["open"] > 0)
        rows = rows[np.argsort(-posts["open"][rows], kind="stable")]
        return [self._vacancy(int(row)) for row in rows]

    def vacancy(self, position_id: str) -> Vacancy:
        """Return a position with its need, open or not.

        Raises:
            PositionNotFound: If there is no such position.
        """
        return self._vacancy(self.snapshot.position_row(position_id))

    def _vacancy(self, row: int) -> Vacancy:
        posts = self.snapshot.positions
        level = posts["level"][row]
        return Vacancy(
            position_id=posts["position_id"][row],
            title=posts["title"][row],
            unit_id=posts["unit_id"][row],
            unit_name=posts["unit_name"][row],
            function=posts["function"][row],
            level=None if np.isnan(level) else float(level),
            rung=posts["rung"][row],
            needed=int(np.nan_to_num(posts["needed"][row])),
            filled=int(posts["filled"][row]),
            open=int(posts["open"][row]),
        )

    def candidates(self, position_id: str, limit: int = 10, explain: bool = True) -> Ranking:
        """Return the best employees for a position.

        Who holds a post or is in active service is considered, in the position's region.

        Args:
            position_id: The position.
            limit: How many, 1 to :data:`MOST`.
            explain: Whether to give reasons.

        Raises:
            PositionNotFound: If there is no such position.
            LimitOutOfRange: If the limit is below 1 or above :data:`MOST`.
        """
        _require_limit(limit)
        position = self.snapshot.position_row(position_id)
        region = self.snapshot.positions["region"][position]
        staff = self._staff_of(region)
        pairs = staff.pairs.toward(position)
        return self._ranking(pairs, limit, explain, staff.verdict)

    def positions(self, employee_id: str, limit: int = 10, explain: bool = True) -> Ranking:
        """Return the best open positions for an employee.

        Args:
            employee_id: The employee.
            limit: How many, 1 to :data:`MOST`.
            explain: Whether to give reasons.

        Raises:
            EmployeeNotFound: If there is no such employee.
            LimitOutOfRange: If the limit is below 1 or above :data:`MOST`.
        """
        _require_limit(limit)
        employee = self.snapshot.employee_row(employee_id)
        region = self.snapshot.employees["employee_region"][employee]
        nowhere = np.array([], dtype=np.int64)
        pairs = self.snapshot.pairs(employee, self._open.get(region, nowhere))
        return self._ranking(pairs, limit, explain)

    def _staff_of(self, region: str) -> Staff:
        nobody = np.array([], dtype=np.int64)
        return self._staff.get(region) or self._judged(nobody)

    def _judged(self, rows: Ints) -> Staff:
        pairs = self.snapshot.pairs(rows, 0)
        of_person = [rule for rule in RULES if rule.of_person]
        return Staff(pairs, judge(of_person, Case(self._on, pairs.count, pairs.employee_column)))

    def _ranking(
        self, pairs: Pairs, limit: int, explain: bool, known: Verdict | None = None
    ) -> Ranking:
        marks = [perf_counter()]
        verdict = judge(RULES, Case(self._on, pairs.count, pairs.column), known)
        eligible = Chosen.of(pairs, np.flatnonzero(verdict.eligible))
        marks.append(perf_counter())
        matrix = self._prepared.pairs(self._names, eligible.employees, eligible.positions)
        marks.append(perf_counter())
        scores = self._scores(matrix)
        best = np.argsort(-scores.utility, kind="stable")[:limit]
        marks.append(perf_counter())
        shown, matrix, scores = eligible.at(best), matrix[best], scores.at(best)
        told = self._reasons(shown, matrix, scores) if explain else None
        recommended = self._recommendations(shown, matrix, scores, verdict, told)
        excluded = self._exclusions(pairs, verdict, limit)
        marks.append(perf_counter())
        stages = ("rules", "features", "scoring", "reasons")
        return Ranking(
            as_of=self.snapshot.as_of,
            basis="transparent_score" if self._performance is None else "model",
            model_version=self.artifact.manifest.version if self.artifact else None,
            considered=verdict.count,
            eligible=len(eligible.rows),
            recommended=recommended,
            excluded=excluded,
            excluded_by_rule=verdict.blocked_by_rule(),
            timings=dict(zip(stages, (1000.0 * np.diff(marks)).tolist(), strict=True)),
        )

    def _scores(self, matrix: Floats) -> Scores:
        performance = acceptance = None
        if self._performance is not None:
            performance = self._performance.raw(self._columns(matrix, self._performance.columns))
        if self._acceptance is not None:
            odds = self._acceptance.raw(self._columns(matrix, self._acceptance.columns))
            acceptance = probability(odds)
        value = performance
        if value is None:
            value = profile_score(self._columns(matrix, PROFILE))
        return Scores(performance, acceptance, value, utility(value, acceptance))

    def _errors(self, scores: Scores) -> Floats:
        """Return the standard error of each utility."""
        spreads = [head.facts.spread if head else 0.0 for head in self._both]
        return utility_error(scores.value, scores.acceptance, *spreads)

    def _reasons(self, shown: Chosen, matrix: Floats, scores: Scores) -> list[tuple[Reason, ...]]:
        """Return the strongest reasons of each pair, by what they do to the utility."""
        functions = np.broadcast_to(
            self.snapshot.positions["function"][shown.positions], len(matrix)
        ).tolist()
        told: list[list[tuple[float, Reason]]] = [[] for _ in functions]

        def tell(aspect: Aspect, names: Names, contributions: Floats, part: Floats) -> None:
            worth = self._worth(aspect, scores)
            found = reasons(aspect, names, contributions, part, functions)
            for row, group in enumerate(found):
                told[row] += [(reason.effect * worth[row], reason) for reason in group]

        if self._performance is None:
            part = self._columns(matrix, PROFILE)
            tell(Aspect.PROFILE, PROFILE, profile_parts(part), part)
        for aspect, head in (
            (Aspect.PERFORMANCE, self._performance),
            (Aspect.ACCEPTANCE, self._acceptance),
        ):
            if head is not None:
                part = self._columns(matrix, head.columns)
                tell(aspect, head.columns, head.contributions(part), part)
        return [_strongest(group) for group in told]

    def _worth(self, aspect: Aspect, scores: Scores) -> Floats:
        """Return what one unit of an aspect's effect does to the utility of each pair."""
        if aspect is Aspect.ACCEPTANCE:
            return np.asarray((scores.value - REFUSED) / 100.0)
        return np.ones(len(scores.value)) if scores.acceptance is None else scores.acceptance

    def _recommendations(
        self,
        shown: Chosen,
        matrix: Floats,
        scores: Scores,
        verdict: Verdict,
        told: list[tuple[Reason, ...]] | None,
    ) -> tuple[Recommendation, ...]:
        score = profile_score(self._columns(matrix, PROFILE))
        findings = verdict.findings(shown.rows)
        band = bands(scores.utility, self._errors(scores))
        half = None if self._performance is None else self._performance.facts.half_width
        return tuple(
            Recommendation(
                **self._person(_one(shown.employees, place)),
                **self._present(_one(shown.employees, place)),
                **self._post(_one(shown.positions, place)),
                rank=place + 1,
                band=int(band[place]),
                performance=_value(scores.performance, place),
                performance_low=_value(scores.performance, place, -(half or 0.0)),
                performance_high=_value(scores.performance, place, half or 0.0),
                acceptance=_value(scores.acceptance, place),
                utility=float(scores.utility[place]),
                score=float(score[place]),
                reasons=told[place] if told is not None else (),
                findings=findings[place],
            )
            for place in range(len(shown.rows))
        )

    def _exclusions(self, pairs: Pairs, verdict: Verdict, limit: int) -> tuple[Exclusion, ...]:
        """Return the blocked pairs that the fewest rules block."""
        eligible = np.count_nonzero(verdict.eligible)
        order = np.argsort(verdict.objections, kind="stable")
        nearest = Chosen.of(pairs, order[eligible : eligible + limit])
        return tuple(
            Exclusion(
                **self._person(_one(nearest.employees, place)),
                **self._post(_one(nearest.positions, place)),
                findings=tuple(each for each in found if each.severity is Severity.BLOCKS),
            )
            for place, found in enumerate(verdict.findings(nearest.rows))
        )

    def _person(self, employee: int) -> dict[str, Any]:
        people = self.snapshot.employees
        return {name: people[name][employee] for name in ("employee_id", "employee_name")}

    def _present(self, employee: int) -> dict[str, Any]:
        names = {"present_title": "title", "present_unit": "unit_name"}
        return {key: self.snapshot.present(name)[employee] for key, name in names.items()}

    def _post(self, position: int) -> dict[str, Any]:
        posts = self.snapshot.positions
        return {name: posts[name][position] for name in ("position_id", "title", "unit_name")}

    def _columns(self, matrix: Floats, names: tuple[str, ...]) -> Floats:
        if names not in self._places:
            self._places[names] = np.array([self._names.index(name) for name in names])
        return matrix[:, self._places[names]]


def _by_region(region: NDArray[Any], kept: NDArray[np.bool_]) -> dict[str, Ints]:
    """Return the rows that are kept of each region."""
    return {name: np.flatnonzero(kept & (region == name)) for name in set(region)}


def _require_limit(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise LimitOutOfRange(limit=limit, low=1, high=MOST)


def _at(rows: Rows, places: Ints) -> Rows:
    return rows if isinstance(rows, int) else rows[places]


def _one(rows: Rows, place: int) -> int:
    return rows if isinstance(rows, int) else int(rows[place])


def _value(values: Floats | None, place: int, plus: float = 0.0) -> float | None:
    return None if values is None else float(values[place] + plus)


def _strongest(told: list[tuple[float, Reason]]) -> tuple[Reason, ...]:
    ordered = [
        reason
        for worth, reason in sorted(told, key=lambda pair: -abs(pair[0]))
        if abs(worth) >= LEAST_WORTH
    ]
    speaking_for = [reason for reason in ordered if reason.effect > 0][:REASONS_FOR]
    against = [reason for reason in ordered if reason.effect < 0][:REASONS_AGAINST]
    return (*speaking_for, *against)
