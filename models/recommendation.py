"""What the recommender answers: vacancies, recommendations, exclusions, rankings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from models.explanation import Reason
from mutasi.rules import Finding


@dataclass(frozen=True)
class Vacancy:
    """A position that needs more people than hold it."""

    position_id: str
    title: str
    unit_id: str
    unit_name: str
    function: str | None
    level: float | None
    rung: str | None
    needed: int
    filled: int
    open: int

    @classmethod
    def of(cls, posts: Mapping[str, Any], row: int) -> "Vacancy":
        """Return the position in a row of ``Snapshot.positions``."""
        level, needed = posts["level"][row], posts["needed"][row]
        return cls(
            position_id=posts["position_id"][row],
            title=posts["title"][row],
            unit_id=posts["unit_id"][row],
            unit_name=posts["unit_name"][row],
            function=posts["function"][row],
            level=None if isnan(level) else float(level),
            rung=posts["rung"][row],
            needed=0 if isnan(needed) else int(needed),
            filled=int(posts["filled"][row]),
            open=int(posts["open"][row]),
        )


@dataclass(frozen=True)
class Recommendation:
    """An eligible pair with its predictions.

    Attributes:
        employee_id: Who.
        employee_name: The name, for people to read.
        present_title: Title of the present post.
        present_unit: Unit of the present post.
        position_id: Where to.
        title: Title of the position.
        unit_name: Unit of the position.
        rank: 1 is best.
        band: Pairs of one band cannot be told apart by what is known; 1 is best.
        has_evidence: Whether people alike were ever proposed for posts alike; where
            not, nothing is predicted, and the pair comes after the others.
        performance: Expected rating after the move, T points.
        performance_low: Lower end of its 90% interval.
        performance_high: Upper end of its 90% interval.
        gain: Expected performance after the move minus that in the present post,
            raters' leniency taken out, T points; None for who holds no post.
        gain_low: Lower end of its 90% interval.
        gain_high: Upper end of its 90% interval.
        acceptance: Chance that an offer is accepted, 0 to 1.
        utility: What the rank follows, T points (see ``models.utility``), or the
            transparent score without a model; None without evidence.
        score: Transparent profile-matching score, 0 to 100.
        reasons: What speaks for and against, strongest first.
        findings: What the law says beside: warnings and information.
    """

    employee_id: str
    employee_name: str | None
    present_title: str | None
    present_unit: str | None
    position_id: str
    title: str
    unit_name: str
    rank: int
    band: int
    has_evidence: bool
    performance: float | None
    performance_low: float | None
    performance_high: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    acceptance: float | None
    utility: float | None
    score: float
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Exclusion:
    """A pair that the law blocks, with what it objects to.

    Attributes:
        findings: What blocks it, at least one.
        eligible_on: First day on which nothing that blocks it now, nor age, would
            block it if no fact changes.
    """

    employee_id: str
    employee_name: str | None
    position_id: str
    title: str
    unit_name: str
    findings: tuple[Finding, ...]
    eligible_on: date | None


@dataclass(frozen=True)
class Examination:
    """What the law says of one person in one position, rule by rule.

    Attributes:
        as_of: The day whose knowledge was used.
        is_eligible: No rule blocks.
        findings: Every objection, blocking ones first.
        kept: The rules that have nothing to object, or do not apply: name and article.
        eligible_on: First day on which nothing that blocks it now, nor age, would
            block it if no fact changes.
    """

    as_of: date
    employee_id: str
    employee_name: str | None
    position_id: str
    title: str
    unit_name: str
    is_eligible: bool
    findings: tuple[Finding, ...]
    kept: tuple[tuple[str, str], ...]
    eligible_on: date | None


@dataclass(frozen=True)
class Ranking:
    """The answer to one question.

    Attributes:
        as_of: The day whose knowledge was used.
        basis: "model", or "transparent_score" where no performance model is at hand.
        model_version: The model that predicted.
        considered: Pairs looked at.
        eligible: Pairs that no rule blocks.
        recommended: The best pairs.
        excluded: The blocked pairs nearest to being eligible.
        excluded_by_rule: How many pairs each rule blocks.
        timings: Milliseconds a stage: rules, features, scoring, reasons.
    """

    as_of: date
    basis: str
    model_version: str | None
    considered: int
    eligible: int
    recommended: tuple[Recommendation, ...]
    excluded: tuple[Exclusion, ...]
    excluded_by_rule: Mapping[str, int]
    timings: Mapping[str, float]
