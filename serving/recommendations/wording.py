"""What the recommender answers, with words: from numbers and codes to schemas."""

from typing import cast

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
    told = _Teller(recommender, language)
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
    return _Teller(recommender, language).examined(examined)


class _Teller:
    """Puts one answer into words; a position is looked up once."""

    def __init__(self, recommender: Recommender, language: str) -> None:
        self.recommender = recommender
        self.language = language
        self._positions: dict[str, Position] = {}

    def recommended(self, shown: recommendation.Recommendation) -> Recommendation:
        position = self._position(shown)
        return Recommendation(
            rank=shown.rank,
            band=shown.band,
            employee=Employee(
                shown.employee_id, shown.employee_name, shown.present_title, shown.present_unit
            ),
            position=position,
            performance=_performance(shown),
            acceptance=_rounded(shown.acceptance, CHANCE_DIGITS),
            utility=round(shown.utility, POINT_DIGITS),
            score=round(shown.score, POINT_DIGITS),
            reasons=[self._reason(reason, position) for reason in shown.reasons],
            findings=[self._finding(finding) for finding in shown.findings],
        )

    def excluded(self, shown: recommendation.Exclusion) -> Exclusion:
        return Exclusion(
            employee=Person(shown.employee_id, shown.employee_name),
            position=self._position(shown),
            findings=[self._finding(finding) for finding in shown.findings],
            eligible_on=shown.eligible_on,
        )

    def examined(self, shown: recommendation.Examination) -> Examination:
        return Examination(
            as_of=shown.as_of,
            employee=Person(shown.employee_id, shown.employee_name),
            position=self._position(shown),
            is_eligible=shown.is_eligible,
            findings=[self._finding(finding) for finding in shown.findings],
            kept=[
                RuleKept(rule, render(f"rule.{rule}.label", self.language), basis)
                for rule, basis in shown.kept
            ],
            eligible_on=shown.eligible_on,
        )

    def _position(
        self,
        shown: recommendation.Recommendation
        | recommendation.Exclusion
        | recommendation.Examination,
    ) -> Position:
        known = self._positions.get(shown.position_id)
        if known is None:
            function = self.recommender.vacancy(shown.position_id).function
            named = _word("function", function, self.language)
            known = Position(shown.position_id, shown.title, shown.unit_name, function, named)
            self._positions[shown.position_id] = known
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

    def _finding(self, finding: rules.Finding) -> Finding:
        return Finding(
            rule=finding.rule,
            label=render(f"rule.{finding.rule}.label", self.language),
            severity=finding.severity,
            basis=finding.basis,
            sentence=finding_sentence(finding, self.language),
            clears_on=finding.clears_on,
            is_unknown=finding.is_unknown,
        )


def _performance(shown: recommendation.Recommendation) -> Performance | None:
    if shown.performance is None:
        return None
    assert shown.performance_low is not None
    assert shown.performance_high is not None
    return Performance(
        expected=round(shown.performance, POINT_DIGITS),
        low=round(shown.performance_low, POINT_DIGITS),
        high=round(shown.performance_high, POINT_DIGITS),
    )


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _word(section: str, code: str | None, language: str) -> str | None:
    return None if code is None else word(section, code, language)
