"""The main job: judge by the law, predict, rank, explain.

One :class:`Recommender` answers for one snapshot and one model.  Everything that
does not depend on the question is computed when it is made; it never changes
afterwards and may be asked from several threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features import Prepared, prepare
from models.artifact import Artifact
from models.explanation import Reason
from models.learner import Floats
from models.recommendation import Examination, Exclusion, Ranking, Recommendation, Vacancy
from models.scoring import Scorer, Scores
from models.utility import bands
from models.waiting import eligible_on
from mutasi.errors import LimitOutOfRange, RegionEmpty
from mutasi.rules import RULES, Case, Severity, Verdict, judge
from mutasi.snapshot import Pairs, Rows, Snapshot
from mutasi.vocabulary import ACTIVE

MOST = 200
"""The most recommendations that one question may ask for."""

Ints = NDArray[np.int64]


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

    def pairs(self) -> tuple[Ints, Ints]:
        """Return the employee and the position of each pair."""
        employees, positions = (
            np.broadcast_to(rows, self.rows.shape).astype(np.int64)
            for rows in (self.employees, self.positions)
        )
        return employees, positions

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
        prepared: The features of the snapshot, if they are at hand.

    Attributes:
        snapshot: What is known.
        artifact: The trained model.
        scorer: What its heads say.
        prepared: The features of the snapshot.

    Raises:
        RegionEmpty: If the snapshot holds no employees or no positions.
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        artifact: Artifact | None = None,
        prepared: Prepared | None = None,
    ) -> None:
        if not len(snapshot.employees["employee_id"]) or not len(snapshot.positions["position_id"]):
            raise RegionEmpty(as_of=snapshot.as_of)
        self.snapshot = snapshot
        self.artifact = artifact
        self._on = np.datetime64(snapshot.as_of, "D")
        self.scorer = Scorer({} if artifact is None else artifact.heads)
        people, posts = snapshot.employees, snapshot.positions
        in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
        staff = _by_region(people["employee_region"], in_service)
        self._staff = {region: self._judged(rows) for region, rows in staff.items()}
        self._open = _by_region(posts["region"], posts["open"] > 0)
        self.prepared = prepared or prepare(snapshot)
        self.prepared.pairs(self.scorer.names, np.arange(1), 0)
        for known in self._staff.values():  # columns that law asks for are made at load
            judge(RULES, Case(self._on, known.pairs.count, known.pairs.toward(0).column))

    def vacancies(self, limit: int | None = None) -> list[Vacancy]:
        """Return the open positions, those that miss most people first; all without a limit.

        Raises:
            LimitOutOfRange: If the limit is below 1 or above :data:`MOST`.
        """
        if limit is not None:
            _require_limit(limit)
        posts = self.snapshot.positions
        rows = np.flatnonzero(posts["open"] > 0)
        rows = rows[np.argsort(-posts["open"][rows], kind="stable")]
        return [self._vacancy(int(row)) for row in rows[:limit]]

    def vacancy(self, position_id: str) -> Vacancy:
        """Return a position with its need, open or not.

        Raises:
            PositionNotFound: If there is no such position.
        """
        return self._vacancy(self.snapshot.position_row(position_id))

    def _vacancy(self, row: int) -> Vacancy:
        return Vacancy.of(self.snapshot.positions, row)

    def candidates(
        self, position_id: str, limit: int = 10, explain: bool = True, among: Ints | None = None
    ) -> Ranking:
        """Return the best employees for a position.

        Who holds a post or is in active service is considered, in the position's region.

        Args:
            position_id: The position.
            limit: How many, 1 to :data:`MOST`.
            explain: Whether to give reasons.
            among: Rows of the only employees to consider; all by default.

        Raises:
            PositionNotFound: If there is no such position.
            LimitOutOfRange: If the limit is below 1 or above :data:`MOST`.
        """
        _require_limit(limit)
        position = self.snapshot.position_row(position_id)
        region = self.snapshot.positions["region"][position]
        staff = self._staff_of(region)
        if among is not None:
            staff = self._judged(np.intersect1d(np.asarray(staff.pairs.employees), among))
        pairs = staff.pairs.toward(position)
        case = Case(self._on, pairs.count, pairs.column)
        return self._ranking(pairs, case, limit, explain, staff.verdict)

    def positions(
        self,
        employee_id: str,
        limit: int = 10,
        explain: bool = True,
        is_own_request: bool = False,
    ) -> Ranking:
        """Return the best open positions for an employee.

        Args:
            employee_id: The employee.
            limit: How many, 1 to :data:`MOST`.
            explain: Whether to give reasons.
            is_own_request: The employee asks for it; else the service needs it.

        Raises:
            EmployeeNotFound: If there is no such employee.
            LimitOutOfRange: If the limit is below 1 or above :data:`MOST`.
        """
        _require_limit(limit)
        employee = self.snapshot.employee_row(employee_id)
        region = self.snapshot.employees["employee_region"][employee]
        nowhere = np.array([], dtype=np.int64)
        pairs = self.snapshot.pairs(employee, self._open.get(region, nowhere))
        case = Case(self._on, pairs.count, pairs.column, is_own_request)
        return self._ranking(pairs, case, limit, explain)

    def examine(
        self, employee_id: str, position_id: str, is_own_request: bool = False
    ) -> Examination:
        """Return what every rule says of one employee in one position.

        Args:
            employee_id: The employee.
            position_id: The position, open or not, of whatever government.
            is_own_request: The employee asks for it; else the service needs it.

        Raises:
            EmployeeNotFound: If there is no such employee.
            PositionNotFound: If there is no such position.
        """
        employee = self.snapshot.employee_row(employee_id)
        position = self.snapshot.position_row(position_id)
        pairs = self.snapshot.pairs(np.array([employee]), position)
        verdict = judge(RULES, Case(self._on, 1, pairs.column, is_own_request))
        findings = verdict.findings([0])[0]
        objecting = {finding.rule for finding in findings}
        return Examination(
            as_of=self.snapshot.as_of,
            **self._person(employee),
            **self._post(position),
            is_eligible=bool(verdict.eligible[0]),
            findings=findings,
            kept=tuple((rule.name, rule.basis) for rule in RULES if rule.name not in objecting),
            eligible_on=eligible_on(pairs, verdict, np.array([0]))[0],
        )

    def _staff_of(self, region: str) -> Staff:
        nobody = np.array([], dtype=np.int64)
        return self._staff.get(region) or self._judged(nobody)

    def _judged(self, rows: Ints) -> Staff:
        pairs = self.snapshot.pairs(rows, 0)
        of_person = [rule for rule in RULES if rule.of_person]
        return Staff(pairs, judge(of_person, Case(self._on, pairs.count, pairs.employee_column)))

    def _ranking(
        self, pairs: Pairs, case: Case, limit: int, explain: bool, known: Verdict | None = None
    ) -> Ranking:
        marks = [perf_counter()]
        verdict = judge(RULES, case, known)
        eligible = Chosen.of(pairs, np.flatnonzero(verdict.eligible))
        marks.append(perf_counter())
        names = self.scorer.names
        matrix = self.prepared.pairs(names, eligible.employees, eligible.positions)
        marks.append(perf_counter())
        best, scores = self.scorer.best(matrix, limit)
        marks.append(perf_counter())
        shown, matrix = eligible.at(best), matrix[best]
        told = None
        if explain:
            told = self.scorer.reasons(self._functions(shown), matrix, scores)
        recommended = self._recommendations(shown, matrix, scores, verdict, told)
        excluded = self._exclusions(pairs, verdict, limit)
        marks.append(perf_counter())
        stages = ("rules", "features", "scoring", "reasons")
        return Ranking(
            as_of=self.snapshot.as_of,
            basis="transparent_score" if self.scorer.performance is None else "model",
            model_version=self.artifact.manifest.version if self.artifact else None,
            considered=verdict.count,
            eligible=len(eligible.rows),
            recommended=recommended,
            excluded=excluded,
            excluded_by_rule=verdict.blocked_by_rule(),
            timings=dict(zip(stages, (1000.0 * np.diff(marks)).tolist(), strict=True)),
        )

    def _recommendations(
        self,
        shown: Chosen,
        matrix: Floats,
        scores: Scores,
        verdict: Verdict,
        told: list[tuple[Reason, ...]] | None,
    ) -> tuple[Recommendation, ...]:
        score = self.scorer.profile(matrix)
        findings = verdict.findings(shown.rows)
        employees, positions = shown.pairs()
        band = bands(self.scorer.utilities(matrix, employees, positions))
        predicted = self._predicted(employees, matrix, scores)
        return tuple(
            Recommendation(
                **self._person(int(employees[place])),
                **self._present(int(employees[place])),
                **self._post(int(positions[place])),
                rank=place + 1,
                band=int(band[place]),
                has_evidence=bool(scores.has_evidence[place]),
                **_values(predicted, place, bool(scores.has_evidence[place])),
                score=float(score[place]),
                reasons=told[place] if told is not None and scores.has_evidence[place] else (),
                findings=findings[place],
            )
            for place in range(len(shown.rows))
        )

    def _predicted(self, employees: Ints, matrix: Floats, scores: Scores) -> dict[str, Floats]:
        """Return every predicted field of a recommendation; NaN where there is none."""
        nothing = np.full(len(matrix), np.nan)
        found = {
            "utility": scores.utility,
            "acceptance": nothing if scores.acceptance is None else scores.acceptance,
            **dict.fromkeys(("performance", "performance_low", "performance_high"), nothing),
            **dict.fromkeys(("gain", "gain_low", "gain_high"), nothing),
        }
        if scores.performance is None:
            return found
        half = self.scorer.half_width(matrix, self._on)
        present = self.snapshot.employees["position"][employees]
        staying = self.prepared.pairs(self.scorer.names, employees, present)
        gains = self.scorer.gains(matrix, staying, present >= 0)
        return found | {
            "performance": scores.performance,
            "performance_low": scores.performance - half,
            "performance_high": scores.performance + half,
            "gain": gains.gain,
            "gain_low": gains.low,
            "gain_high": gains.high,
        }

    def _exclusions(self, pairs: Pairs, verdict: Verdict, limit: int) -> tuple[Exclusion, ...]:
        """Return the blocked pairs that are nearest to being eligible."""
        nearest = Chosen.of(pairs, verdict.nearest(limit))
        days = eligible_on(pairs, verdict, nearest.rows)
        return tuple(
            Exclusion(
                **self._person(_one(nearest.employees, place)),
                **self._post(_one(nearest.positions, place)),
                findings=tuple(each for each in found if each.severity is Severity.BLOCKS),
                eligible_on=days[place],
            )
            for place, found in enumerate(verdict.findings(nearest.rows))
        )

    def _functions(self, shown: Chosen) -> list[str | None]:
        """Return the function of government of each pair's position."""
        functions = self.snapshot.positions["function"][shown.positions]
        told: list[str | None] = np.broadcast_to(functions, shown.rows.shape).tolist()
        return told

    def _person(self, employee: int) -> dict[str, Any]:
        people = self.snapshot.employees
        return {name: people[name][employee] for name in ("employee_id", "employee_name")}

    def _present(self, employee: int) -> dict[str, Any]:
        names = {"present_title": "title", "present_unit": "unit_name"}
        return {key: self.snapshot.present(name)[employee] for key, name in names.items()}

    def _post(self, position: int) -> dict[str, Any]:
        posts = self.snapshot.positions
        return {name: posts[name][position] for name in ("position_id", "title", "unit_name")}


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


def _values(columns: Mapping[str, Floats], place: int, is_told: bool) -> dict[str, Any]:
    """Return one value of each column; None where it is not known or not to be told."""
    return {
        name: float(values[place]) if is_told and not np.isnan(values[place]) else None
        for name, values in columns.items()
    }
