"""What the recommender answers, with words: from numbers and codes to schemas."""

from collections.abc import Callable
from typing import TypeVar, cast

from models import recommendation
from models.receipt import CHANCE_DIGITS, POINT_DIGITS
from models.recommender import Recommender
from mutasi.i18n import render
from serving.nouns import Person
from serving.recommendations import schemas
from serving.recommendations.schemas import (
    Employee,
    Examination,
    Exclusion,
    Gain,
    Performance,
    Ranking,
    Recommendation,
    RuleCount,
    Vacancy,
    Wish,
)
from serving.telling import Teller, word_of

Between = TypeVar("Between", Performance, Gain)
WishOf = Callable[[recommendation.Recommendation], Wish | None]


def vacancy_in_words(vacancy: recommendation.Vacancy, language: str) -> Vacancy:
    """Return a vacancy with its codes in words."""
    return Vacancy(
        position_id=vacancy.position_id,
        title=vacancy.title,
        unit_id=vacancy.unit_id,
        unit_name=vacancy.unit_name,
        function=vacancy.function,
        function_name=word_of("function", vacancy.function, language),
        rung=vacancy.rung,
        rung_name=word_of("rung", vacancy.rung, language),
        level=vacancy.level,
        needed=vacancy.needed,
        filled=vacancy.filled,
        open=vacancy.open,
    )


def ranking_in_words(
    ranking: recommendation.Ranking,
    recommender: Recommender,
    receipt_id: str,
    language: str,
    wish_of: WishOf = lambda _: None,
) -> Ranking:
    """Return a ranking with its reasons and findings as sentences.

    Args:
        ranking: The answer.
        recommender: What gave it; knows the functions that positions serve.
        receipt_id: Of what is kept of it.
        language: Of the words.
        wish_of: Returns what somebody who is recommended wishes of the post.
    """
    told = Answers(recommender, language)
    version = ranking.model_version
    return Ranking(
        receipt_id=receipt_id,
        as_of=ranking.as_of,
        basis=cast("schemas.Basis", ranking.basis),
        basis_sentence=render(f"ranking.basis_{ranking.basis}", language, version=version or ""),
        model_version=version,
        considered=ranking.considered,
        eligible=ranking.eligible,
        recommended=[told.recommended(shown, wish_of(shown)) for shown in ranking.recommended],
        excluded=[told.excluded(shown) for shown in ranking.excluded],
        excluded_by_rule=[
            RuleCount(rule, render(f"rule.{rule}.label", language), count)
            for rule, count in ranking.excluded_by_rule.items()
        ],
    )


def examination_in_words(
    examined: recommendation.Examination, recommender: Recommender, receipt_id: str, language: str
) -> Examination:
    """Return an examination with its findings as sentences."""
    return Answers(recommender, language).examined(examined, receipt_id)


class Answers(Teller):
    """Puts answers into words."""

    def recommended(
        self, shown: recommendation.Recommendation, wish: Wish | None
    ) -> Recommendation:
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
            reasons=[self.reason(reason) for reason in shown.reasons],
            findings=[self.finding(finding) for finding in shown.findings],
            wish=wish,
        )

    def excluded(self, shown: recommendation.Exclusion) -> Exclusion:
        """Return an exclusion with its findings as sentences."""
        return Exclusion(
            employee=Person(shown.employee_id, shown.employee_name),
            position=self.position(shown.position_id),
            findings=[self.finding(finding) for finding in shown.findings],
            eligible_on=shown.eligible_on,
        )

    def examined(self, shown: recommendation.Examination, receipt_id: str) -> Examination:
        """Return an examination with its findings as sentences."""
        return Examination(
            receipt_id=receipt_id,
            as_of=shown.as_of,
            employee=Person(shown.employee_id, shown.employee_name),
            position=self.position(shown.position_id),
            is_eligible=shown.is_eligible,
            findings=[self.finding(finding) for finding in shown.findings],
            kept=[self.kept(rule, basis) for rule, basis in shown.kept],
            eligible_on=shown.eligible_on,
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
