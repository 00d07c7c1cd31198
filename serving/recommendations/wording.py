"""What the recommender answers, with words: from numbers and codes to schemas."""

from typing import TypeVar, cast

from models import explanation, recommendation
from models.recommender import Recommender
from mutasi import rules
from mutasi.i18n import render, word
from mutasi.sentences import finding_sentence, reason_sentence
from serving.recommendations import schemas
from serving.recommendations.schemas import (
    Employee,
    Examination,
    Exclusion,
    Finding,
    Gain,
    Performance,
    Person,
    Position,
    Ranking,
    Reason,
    Recommendation,
    RuleCount,
    RuleKept,
    Vacancy,
)

Between = TypeVar("Between", Performance, Gain)

POINT_DIGITS, CHANCE_DIGITS = 3, 4
"""Decimals that are answered: finer than any prediction can tell apart."""


def vacancy_in_words(vacancy: recommendation.Vacancy, language: str) -> Vacancy:
    """Return a vacancy with its codes in words."""
    return Vacancy(
        position_id=vacancy.position_id,
        title=vacancy.title,
        unit_id=vacancy.unit_id,
        unit_name=vacancy.unit_name,
        function=vacancy.function,
        function_name=_word("function", vacancy.function, language),
        rung=vacancy.rung,
        rung_name=_word("rung", vacancy.rung, language),
        level=vacancy.level,
        needed=vacancy.needed,
        filled=vacancy.filled,
        open=vacancy.open,
    )


def ranking_in_words(
    ranking: recommendation.Ranking, recommender: Recommender, language: str
) -> Ranking:
    """Return a ranking with its reasons and findings as sentences.

    Args:
        ranking: The answer.
        recommender: What gave it; knows the functions that positions serve.
        language: Of the words.
    """
    told = Teller(recommender, language)
    version = ranking.model_version
    return Ranking(
        as_of=ranking.as_of,
        basis=cast("schemas.Basis", ranking.basis),
        basis_sentence=render(f"ranking.basis_{ranking.basis}", language, version=version or ""),
        model_version=version,
        considered=ranking.considered,
        eligible=ranking.eligible,
        recommended=[told.recommended(shown) for shown in ranking.recommended],
        excluded=[told.excluded(shown) for shown in ranking.excluded],
        excluded_by_rule=[
            RuleCount(rule, render(f"rule.{rule}.label", language), count)
            for rule, count in ranking.excluded_by_rule.items()
        ],
    )


def examination_in_words(
    examined: recommendation.Examination, recommender: Recommender, language: str
) -> Examination:
    """Return an examination with its findings as sentences."""
    return Teller(recommender, language).examined(examined)


class Teller:
    """Puts one answer into words; a position is looked up once.

    Args:
        recommender: What gave the answer; knows the positions.
        language: Of the words.
    """

    def __init__(self, recommender: Recommender, language: str) -> None:
        self.recommender = recommender
        self.language = language
        self._positions: dict[str, Position] = {}

    def recommended(self, shown: recommendation.Recommendation) -> Recommendation:
        """Return a recommendation with its reasons and findings as sentences."""
        position = self.position(shown.position_id)
        return Recommendation(
            rank=shown.rank,
            band=shown.band,
            employee=Employee(
                shown.employee_id, shown.employee_name, shown.present_title, shown.present_unit
            ),
            position=position,
            has_evidence=shown.has_evidence,
            performance=interval(
                Performance, shown.performance, shown.performance_low, shown.performance_high
            ),
            gain=interval(Gain, shown.gain, shown.gain_low, shown.gain_high),
            acceptance=rounded(shown.acceptance, CHANCE_DIGITS),
            utility=rounded(shown.utility, POINT_DIGITS),
            score=round(shown.score, POINT_DIGITS),
            reasons=[self._reason(reason, position) for reason in shown.reasons],
            findings=[self.finding(finding) for finding in shown.findings],
        )

    def excluded(self, shown: recommendation.Exclusion) -> Exclusion:
        """Return an exclusion with its findings as sentences."""
        return Exclusion(
            employee=Person(shown.employee_id, shown.employee_name),
            position=self.position(shown.position_id),
            findings=[self.finding(finding) for finding in shown.findings],
            eligible_on=shown.eligible_on,
        )

    def examined(self, shown: recommendation.Examination) -> Examination:
        """Return an examination with its findings as sentences."""
        return Examination(
            as_of=shown.as_of,
            employee=Person(shown.employee_id, shown.employee_name),
            position=self.position(shown.position_id),
            is_eligible=shown.is_eligible,
            findings=[self.finding(finding) for finding in shown.findings],
            kept=[
                RuleKept(rule, render(f"rule.{rule}.label", self.language), basis)
                for rule, basis in shown.kept
            ],
            eligible_on=shown.eligible_on,
        )

    def position(self, position_id: str) -> Position:
        """Return a position, its function in words."""
        known = self._positions.get(position_id)
        if known is None:
            post = self.recommender.vacancy(position_id)
            named = _word("function", post.function, self.language)
            known = Position(position_id, post.title, post.unit_name, post.function, named)
            self._positions[position_id] = known
        return known

    def _reason(self, reason: explanation.Reason, position: Position) -> Reason:
        facts = {**reason.facts, "function": position.function}
        return Reason(
            aspect=reason.aspect,
            concept=reason.concept,
            label=render(f"concept.{reason.concept}.label", self.language),
            effect=round(reason.effect, POINT_DIGITS),
            sentence=reason_sentence(
                reason.concept, reason.aspect, reason.effect, facts, self.language
            ),
        )

    def finding(self, finding: rules.Finding) -> Finding:
        """Return what a rule says, as a sentence."""
        return Finding(
            rule=finding.rule,
            label=render(f"rule.{finding.rule}.label", self.language),
            severity=finding.severity,
            basis=finding.basis,
            sentence=finding_sentence(finding, self.language),
            clears_on=finding.clears_on,
            is_unknown=finding.is_unknown,
        )


def interval(
    kind: type[Between], expected: float | None, low: float | None, high: float | None
) -> Between | None:
    """Return a figure with its interval; None where there is none."""
    if expected is None or low is None or high is None:
        return None
    return kind(*(round(value, POINT_DIGITS) for value in (expected, low, high)))


def rounded(value: float | None, digits: int) -> float | None:
    """Return a figure with some decimals; None where there is none."""
    return None if value is None else round(value, digits)


def _word(section: str, code: str | None, language: str) -> str | None:
    return None if code is None else word(section, code, language)
