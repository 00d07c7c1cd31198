"""Answers to the questions of the routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from models import recommendation
from models.advice import advice_on
from models.contrast import contrast_of
from models.receipt import WhereTo, Whether, WhoFor
from models.recommender import Recommender
from mutasi.authority import Principal
from mutasi.choices import offered
from mutasi.errors import ChoiceUnknown, UnitUnknown
from mutasi.vocabulary import FUNCTIONS
from serving.paging import require_limit
from serving.recommendations.advice_schemas import Contrast, Levers
from serving.recommendations.advice_wording import contrast_in_words, levers_in_words
from serving.recommendations.paging import after, cursor_at
from serving.recommendations.schemas import Examination, Ranking, Vacancies
from serving.recommendations.wishes import wishes_of
from serving.recommendations.wording import examination_in_words, ranking_in_words, vacancy_in_words
from serving.region import Region
from serving.trail import keep

Timings = dict[str, float]
"""Milliseconds of each stage."""


def vacancies(
    region: Region,
    language: str,
    limit: int,
    cursor: str | None = None,
    function: str | None = None,
    unit: str | None = None,
) -> Vacancies:
    """Return a page of vacancies.

    Args:
        region: What is served.
        language: Of the words.
        limit: The most vacancies on the page.
        cursor: Where the page before ended.
        function: Only those of a function of government.
        unit: Only those of a unit, by its id.

    Raises:
        MutasiError: If the region is not open.
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
        ChoiceUnknown: If there is no such function.
        UnitUnknown: If there is no such unit.
    """
    require_limit(limit)
    snapshot = region.opened().snapshot
    if function not in (None, *FUNCTIONS):
        known = offered(FUNCTIONS, function)
        raise ChoiceUnknown(field="function", value=function, known=known)
    if unit is not None and unit not in set(snapshot.tables["units"]["unit_id"]):
        raise UnitUnknown(unit_id=unit)
    asked = [
        vacancy
        for vacancy in region.vacancies
        if function in (None, vacancy.function) and unit in (None, vacancy.unit_id)
    ]
    left = after(asked, cursor)
    shown = left[:limit]
    return Vacancies(
        as_of=snapshot.as_of,
        total=len(asked),
        vacancies=[vacancy_in_words(vacancy, language) for vacancy in shown],
        next_cursor=cursor_at(shown[-1]) if len(left) > limit else None,
    )


@dataclass(frozen=True)
class Ranked:
    """A ranking that is kept.

    Attributes:
        question: What was asked.
        ranking: The answer.
        receipt_id: Of its receipt.
        timings: What took how long.
    """

    question: WhoFor | WhereTo
    ranking: recommendation.Ranking
    receipt_id: str
    timings: Timings


def ranked(region: Region, caller: Principal, question: WhoFor | WhereTo) -> Ranked:
    """Return the best pairs of a question, kept as a receipt, and what took how long.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        StoreUnwritable: If no receipt can be kept.
    """
    ranking = question.ask(region.opened())
    asked = perf_counter()
    receipt_id = keep(region, caller, question, ranking)
    timings = {**ranking.timings, "receipt": 1000.0 * (perf_counter() - asked)}
    return Ranked(question, ranking, receipt_id, timings)


def in_words(
    region: Region, caller: Principal, found: Sequence[Ranked], language: str
) -> list[Ranking]:
    """Return rankings in words, with what the people in them wish.

    Raises:
        StoreUnreadable: If that cannot be looked up.
    """
    recommender = region.opened()
    answers = [(one.question, one.ranking) for one in found]
    wishes = wishes_of(region.store, recommender, caller, answers, language)
    return [
        ranking_in_words(one.ranking, recommender, one.receipt_id, language, wishes.of)
        for one in found
    ]


def examined(region: Region, caller: Principal, question: Whether, language: str) -> Examination:
    """Return what every rule says of an employee in a position, kept as a receipt.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        StoreUnwritable: If no receipt can be kept.
    """
    recommender = region.opened()
    answer = question.ask(recommender)
    receipt_id = keep(region, caller, question, answer)
    return examination_in_words(answer, recommender, receipt_id, language)


def contrasted(
    recommender: Recommender, position_id: str, first: str, second: str, language: str
) -> Contrast:
    """Return what sets two people apart for a position.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        SamePerson: If both are the same.
        ModelNeeded: If no model is at hand.
    """
    found = contrast_of(recommender, position_id, first, second)
    return contrast_in_words(found, recommender, language)


def levered(
    recommender: Recommender, nip: str, position_id: str, own_request: bool, language: str
) -> Levers:
    """Return what would help an employee in a position.

    Raises:
        EmployeeNotFound: If there is no such employee.
        PositionNotFound: If there is no such position.
        ModelNeeded: If no model is at hand.
    """
    found = advice_on(recommender, nip, position_id, own_request)
    return levers_in_words(found, recommender, language)
