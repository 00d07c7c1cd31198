"""What is kept of an answer, so that it can be computed again: question, grounds and answer.

Numbers and codes only, and no names: words follow from them in any language.  What is
kept is JSON whose keys are in order, so that the same answer is the same text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from models.explanation import Aspect, Reason
from models.recommendation import Examination, Exclusion, Ranking, Recommendation
from models.recommender import Recommender
from mutasi import rules
from mutasi.authority import WHOLE, Reach
from mutasi.fingerprint import fingerprints
from mutasi.rules import Finding, Severity
from mutasi.visibility import rows_within

Told = dict[str, Any]
"""JSON."""

POINT_DIGITS, CHANCE_DIGITS = 3, 4
"""Decimals that are told and kept: finer than any prediction can tell apart."""

FACT_DIGITS = 6
"""Decimals that are kept of a fact; words round it further."""

FOREVER = date(9999, 12, 31)
"""What stands for a last day that is not known; it is not kept."""

FIGURES = (
    *("performance", "performance_low", "performance_high", "gain", "gain_low", "gain_high"),
    *("utility", "score"),
)


@dataclass(frozen=True)
class WhoFor:
    """Who for a position, among those whom the caller sees."""

    position_id: str
    limit: int
    reach: Reach = WHOLE
    kind: Literal["candidates"] = "candidates"

    def ask(self, recommender: Recommender) -> Ranking:
        """Return the answer.

        Raises:
            PositionNotFound: If there is no such position.
            LimitOutOfRange: If the limit is none that is served.
        """
        among = rows_within(recommender.snapshot, self.reach)
        return recommender.candidates(self.position_id, self.limit, among=among)


@dataclass(frozen=True)
class WhereTo:
    """Where for a person."""

    employee_id: str
    limit: int
    is_own_request: bool = False
    kind: Literal["positions"] = "positions"

    def ask(self, recommender: Recommender) -> Ranking:
        """Return the answer.

        Raises:
            EmployeeNotFound: If there is no such employee.
            LimitOutOfRange: If the limit is none that is served.
        """
        return recommender.positions(
            self.employee_id, self.limit, is_own_request=self.is_own_request
        )


@dataclass(frozen=True)
class Whether:
    """What the law says of a person in a position."""

    employee_id: str
    position_id: str
    is_own_request: bool = False
    kind: Literal["examination"] = "examination"

    def ask(self, recommender: Recommender) -> Examination:
        """Return the answer.

        Raises:
            EmployeeNotFound: If there is no such employee.
            PositionNotFound: If there is no such position.
        """
        return recommender.examine(self.employee_id, self.position_id, self.is_own_request)


Question = Annotated[WhoFor | WhereTo | Whether, Field(discriminator="kind")]


@dataclass(frozen=True)
class Model:
    """The model that predicted.

    Attributes:
        version: Its name.
        digest: SHA-256 of what was signed.
        alias: What it was to those who use it, as ``champion``.
    """

    version: str
    digest: str | None
    alias: str


@dataclass(frozen=True)
class Grounds:
    """What an answer follows from, beside the question.

    Attributes:
        as_of: The day whose knowledge was used.
        records: Fingerprint of each table that held rows on that day.
        rules: Version of the rules with the law's parameters.
        model: What predicted; None where the law and the transparent score answered.
    """

    as_of: date
    records: Mapping[str, str]
    rules: str
    model: Model | None


@dataclass(frozen=True)
class Content:
    """What is kept of an answer.

    Attributes:
        question: What was asked.
        grounds: What the answer follows from.
        answer: What was told, as numbers and codes.
    """

    question: Question
    grounds: Grounds
    answer: Told

    @property
    def text(self) -> str:
        """The content as JSON, the same for the same content."""
        question = asdict(self.question)
        if "reach" in question:
            question["reach"] = {
                name: sorted(value) if isinstance(value, frozenset) else value
                for name, value in question["reach"].items()
            }
        grounds = asdict(self.grounds) | {"as_of": self.grounds.as_of.isoformat()}
        told = {"question": question, "grounds": grounds, "answer": self.answer}
        return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def people(self) -> list[str]:
        """Numbers of the people of whom the answer tells, each once."""
        shown = (*self.answer.get("recommended", ()), *self.answer.get("excluded", ()))
        named = [one["employee_id"] for one in shown] or [self.answer.get("employee_id")]
        if isinstance(self.question, WhereTo):
            named.append(self.question.employee_id)
        return [employee_id for employee_id in dict.fromkeys(named) if employee_id is not None]

    @property
    def marks(self) -> list[str]:
        """What the content is found by beside people: positions of which it tells, the model."""
        shown = (*self.answer.get("recommended", ()), *self.answer.get("excluded", ()))
        posts = [one["position_id"] for one in shown]
        if not isinstance(self.question, WhereTo):
            posts.append(self.question.position_id)
        model = self.grounds.model
        told = [] if model is None else [model_mark(model.version)]
        return [*map(position_mark, dict.fromkeys(posts)), *told]


def position_mark(position_id: str) -> str:
    """Return the mark of what tells of a position."""
    return f"position:{position_id}"


def model_mark(version: str) -> str:
    """Return the mark of what a model predicted."""
    return f"model:{version}"


CONTENT = TypeAdapter(Content)


@dataclass(frozen=True)
class Difference:
    """What is another now than when an answer was given.

    Attributes:
        place: Where: ``records.TABLE``, ``rules``, ``model`` or a place in the answer.
        then: What it was; None where there was nothing.
        now: What it is; None where there is nothing.
    """

    place: str
    then: object
    now: object


def grounds_of(
    recommender: Recommender, alias: str = "champion", records: Mapping[str, str] | None = None
) -> Grounds:
    """Return what answers of a recommender follow from.

    Args:
        recommender: What answers.
        alias: What its model is to those who use it.
        records: Fingerprints of the snapshot's tables, if they are at hand.
    """
    artifact = recommender.artifact
    return Grounds(
        as_of=recommender.snapshot.as_of,
        records=fingerprints(recommender.snapshot) if records is None else records,
        rules=rules.version(),
        model=None
        if artifact is None
        else Model(artifact.manifest.version, artifact.digest, alias),
    )


def content_of(question: Question, grounds: Grounds, answer: Ranking | Examination) -> Content:
    """Return what is kept of an answer."""
    told = _ranking(answer) if isinstance(answer, Ranking) else _examination(answer)
    return Content(question, grounds, told)


def read(text: str) -> Content:
    """Return what was kept as a text.

    Raises:
        ValueError: If it is none.
    """
    return CONTENT.validate_json(text)


def differences(kept: Content, now: Content) -> list[Difference]:
    """Return what is another now: first of the grounds, then of the answer, place by place."""
    grounds = (_named(one.grounds) for one in (kept, now))
    answers = (json.loads(one.text)["answer"] for one in (kept, now))
    return [*_unlike("", *grounds), *_unlike("answer.", *answers)]


def findings_of(told: Sequence[Told]) -> tuple[Finding, ...]:
    """Return findings that were kept, for words."""
    return tuple(
        Finding(
            rule=one["rule"],
            severity=Severity(one["severity"]),
            basis=one["basis"],
            facts=one["facts"],
            clears_on=day_of(one["clears_on"]),
            is_unknown=one["is_unknown"],
        )
        for one in told
    )


def reasons_of(told: Sequence[Told]) -> tuple[Reason, ...]:
    """Return reasons that were kept, for words."""
    return tuple(
        Reason(Aspect(one["aspect"]), one["concept"], one["effect"], one["facts"]) for one in told
    )


def day_of(told: str | None) -> date | None:
    """Return a day that was kept."""
    return None if told is None else date.fromisoformat(told)


def _named(grounds: Grounds) -> Told:
    model = grounds.model
    records = {f"records.{name}": told for name, told in grounds.records.items()}
    return {**records, "rules": grounds.rules, "model": model and model.digest}


def _unlike(place: str, then: Any, now: Any) -> Iterator[Difference]:
    if isinstance(then, dict) and isinstance(now, dict):
        for name in sorted({*then, *now}):
            yield from _unlike(f"{place}{name}.", then.get(name), now.get(name))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from _unlike(f"{place}{number}.", one, other)
    elif then != now:
        yield Difference(place.removesuffix("."), then, now)


def _ranking(answer: Ranking) -> Told:
    return {
        "basis": answer.basis,
        "considered": answer.considered,
        "eligible": answer.eligible,
        "recommended": [_recommended(one) for one in answer.recommended],
        "excluded": [_excluded(one) for one in answer.excluded],
        "excluded_by_rule": dict(answer.excluded_by_rule),
    }


def _recommended(one: Recommendation) -> Told:
    return {
        "rank": one.rank,
        "band": one.band,
        "employee_id": one.employee_id,
        "position_id": one.position_id,
        "has_evidence": one.has_evidence,
        **{name: _figure(getattr(one, name)) for name in FIGURES},
        "acceptance": _figure(one.acceptance, CHANCE_DIGITS),
        "reasons": [_reason(reason) for reason in one.reasons],
        "findings": _findings(one.findings),
    }


def _excluded(one: Exclusion) -> Told:
    return {
        "employee_id": one.employee_id,
        "position_id": one.position_id,
        "findings": _findings(one.findings),
        "eligible_on": _plain(one.eligible_on),
    }


def _examination(answer: Examination) -> Told:
    return {
        "employee_id": answer.employee_id,
        "position_id": answer.position_id,
        "is_eligible": answer.is_eligible,
        "findings": _findings(answer.findings),
        "kept": [rule for rule, _ in answer.kept],
        "eligible_on": _plain(answer.eligible_on),
    }


def _reason(reason: Reason) -> Told:
    return {
        "aspect": reason.aspect.value,
        "concept": reason.concept,
        "effect": _figure(reason.effect),
        "facts": _facts(reason.facts),
    }


def _findings(found: Sequence[Finding]) -> list[Told]:
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "basis": finding.basis,
            "facts": _facts(finding.facts),
            "clears_on": _plain(finding.clears_on),
            "is_unknown": finding.is_unknown,
        }
        for finding in found
    ]


def _facts(facts: Mapping[str, Any]) -> Told:
    """Return the facts that are known; words leave out the others."""
    known = ((name, _plain(value)) for name, value in facts.items() if value != FOREVER)
    return {name: value for name, value in known if value is not None}


def _figure(value: float | None, digits: int = POINT_DIGITS) -> float | None:
    return None if value is None else round(value, digits) + 0.0  # never −0.0


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return _figure(value, FACT_DIGITS)
    return value.isoformat() if isinstance(value, date) else value
