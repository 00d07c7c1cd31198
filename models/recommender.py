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
from mutasi.snapshot import Rows, Snapshot
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
    error: Floats

    def at(self, rows: Ints) -> "Scores":
        """Return the predictions of some rows."""
        return Scores(
            None if self.performance is None else self.performance[rows],
            None if self.acceptance is None else self.acceptance[rows],
            self.value[rows],
            self.utility[rows],
            self.error[rows],
        )


@dataclass(frozen=True)
class Pairs:
    """Eligible pairs: their rows among employees, positions, and all pairs judged."""

    employees: Rows
    positions: Rows
    rows: Ints

    def at(self, places: Ints) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(_at(self.employees, places), _at(self.positions, places), self.rows[places])


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
        self._performance = artifact.performance if artifact else None
        self._acceptance = artifact.acceptance if artifact else None
        for head in self._heads:
            head.require(tuple(FEATURES))
        wanted = [name for head in self._heads for name in head.columns]
        self._names = tuple(dict.fromkeys([*wanted, *([] if self._performance else PROFILE)]))
        people, posts = snapshot.employees, snapshot.positions
        in_service = (people["position"] >= 0) | (people["standing"] == ACTIVE)
        self._staff = _by_region(people["employee_region"], in_service)
        self._open = _by_region(posts["region"], posts["open"] > 0)
        self._prepared = prepare(snapshot)
        everyone = np.arange(min(2, len(snapshot.tables["employees"])))
        self._prepared.pairs((*self._names, *PROFILE), everyone, 0)
        self._verdict(everyone, 0)

    @property
    def _heads(self) -> list[Head]:
        return [head for head in (self._performance, self._acceptance) if head is not None]

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
        nobody = np.array([], dtype=np.int64)
        return self._ranking(self._staff.get(region, nobody), position, limit, explain)

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
        return self._ranking(employee, self._open.get(region, nowhere), limit, explain)

    def _ranking(self, employees: Rows, positions: Rows, limit: int, explain: bool) -> Ranking:
        marks = [perf_counter()]
        verdict = self._verdict(employees, positions)
        eligible = np.flatnonzero(verdict.eligible)
        marks.append(perf_counter())
        who, where = _at(employees, eligible), _at(positions, eligible)
        matrix = self._prepared.pairs(self._names, who, where)
        marks.append(perf_counter())
        scores = self._scores(matrix)
        best = np.argsort(-scores.utility, kind="stable")[:limit]
        marks.append(perf_counter())
        pairs = Pairs(who, where, eligible).at(best)
        told = self._reasons(matrix[best], pairs, scores.at(best)) if explain else None
        recommended = self._recommendations(scores.at(best), pairs, verdict, told)
        excluded = self._exclusions(verdict, employees, positions, limit)
        marks.append(perf_counter())
        stages = ("rules", "features", "scoring", "reasons")
        return Ranking(
            as_of=self.snapshot.as_of,
            basis="transparent_score" if self._performance is None else "model",
            model_version=self.artifact.manifest.version if self.artifact else None,
            considered=verdict.count,
            eligible=len(eligible),
            recommended=recommended,
            excluded=excluded,
            excluded_by_rule=verdict.blocked_by_rule(),
            timings=dict(zip(stages, (1000.0 * np.diff(marks)).tolist(), strict=True)),
        )

    def _verdict(self, employees: Rows, positions: Rows) -> Verdict:
        pairs = self.snapshot.pairs(employees, positions)
        on = np.datetime64(self.snapshot.as_of, "D")
        return judge(RULES, Case(on, pairs.count, pairs.column))

    def _scores(self, matrix: Floats) -> Scores:
        performance = acceptance = None
        spreads = [0.0, 0.0]
        if self._performance is not None:
            performance = self._performance.raw(self._columns(matrix, self._performance.columns))
            spreads[0] = self._performance.facts.spread
        if self._acceptance is not None:
            acceptance = probability(
                self._acceptance.raw(self._columns(matrix, self._acceptance.columns))
            )
            spreads[1] = self._acceptance.facts.spread
        value = performance
        if value is None:
            value = profile_score(self._columns(matrix, PROFILE))
        return Scores(
            performance=performance,
            acceptance=acceptance,
            value=value,
            utility=utility(value, acceptance),
            error=utility_error(value, acceptance, *spreads),
        )

    def _reasons(self, matrix: Floats, pairs: "Pairs", scores: Scores) -> list[tuple[Reason, ...]]:
        """Return the strongest reasons of each pair, by what they do to the utility."""
        functions = np.broadcast_to(
            self.snapshot.positions["function"][pairs.positions], len(matrix)
        ).tolist()
        told: list[list[tuple[float, Reason]]] = [[] for _ in functions]

        def tell(aspect: Aspect, names: Names, contributions: Floats, part: Floats) -> None:
            worth = self._worth(aspect, scores)
            found = reasons(aspect, names, contributions, part, functions)
            for row, group in enumerate(found):
                told[row] += [(reason.effect * worth[row], reason) for reason in group]

        if self._performance is None:
            part = self._prepared.pairs(PROFILE, pairs.employees, pairs.positions)
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
        scores: Scores,
        pairs: "Pairs",
        verdict: Verdict,
        told: list[tuple[Reason, ...]] | None,
    ) -> tuple[Recommendation, ...]:
        score = profile_score(self._prepared.pairs(PROFILE, pairs.employees, pairs.positions))
        band = bands(scores.utility, scores.error)
        half = None if self._performance is None else self._performance.facts.half_width
        return tuple(
            Recommendation(
                **self._named(_one(pairs.employees, place), _one(pairs.positions, place)),
                rank=place + 1,
                band=int(band[place]),
                performance=_value(scores.performance, place),
                performance_low=_value(scores.performance, place, -(half or 0.0)),
                performance_high=_value(scores.performance, place, half or 0.0),
                acceptance=_value(scores.acceptance, place),
                utility=float(scores.utility[place]),
                score=float(score[place]),
                reasons=told[place] if told is not None else (),
                findings=verdict.findings(int(row)),
            )
            for place, row in enumerate(pairs.rows)
        )

    def _exclusions(
        self, verdict: Verdict, employees: Rows, positions: Rows, limit: int
    ) -> tuple[Exclusion, ...]:
        """Return the blocked pairs that the fewest rules block."""
        objections = verdict.objections()
        blocked = np.flatnonzero(objections)
        nearest = blocked[np.argsort(objections[blocked], kind="stable")[:limit]]
        return tuple(
            Exclusion(
                **self._named(_one(employees, int(row)), _one(positions, int(row)), ("present_",)),
                findings=tuple(
                    finding
                    for finding in verdict.findings(int(row))
                    if finding.severity is Severity.BLOCKS
                ),
            )
            for row in nearest
        )

    def _named(self, employee: int, position: int, leave: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return what people need to recognise an employee and a position."""
        people, posts = self.snapshot.employees, self.snapshot.positions
        named = {
            "employee_id": people["employee_id"][employee],
            "employee_name": people["employee_name"][employee],
            "present_title": self.snapshot.present("title")[employee],
            "present_unit": self.snapshot.present("unit_name")[employee],
            "position_id": posts["position_id"][position],
            "title": posts["title"][position],
            "unit_name": posts["unit_name"][position],
        }
        return {name: value for name, value in named.items() if not name.startswith(leave or "\0")}

    def _columns(self, matrix: Floats, names: Names) -> Floats:
        if names == self._names:
            return matrix
        place = {name: index for index, name in enumerate(self._names)}
        return matrix[:, [place[name] for name in names]]


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
