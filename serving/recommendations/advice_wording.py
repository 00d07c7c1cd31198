"""Contrasts and levers with words: from numbers and codes to schemas."""

from models import advice, contrast, differences, levers
from models.explanation import Aspect
from models.receipt import CHANCE_DIGITS, POINT_DIGITS
from models.recommender import Recommender
from mutasi.advice import (
    ANOTHER_POST,
    caveats,
    certainty_sentence,
    contrast_heading,
    lever_sentence,
)
from mutasi.i18n import render
from mutasi.sentences import reason_sentence
from serving.nouns import Person
from serving.recommendations.advice_schemas import (
    Candidate,
    Contrast,
    Difference,
    Effect,
    Lever,
    Levers,
    Side,
)
from serving.recommendations.schemas import Performance
from serving.recommendations.wording import interval, rounded
from serving.telling import Teller


def contrast_in_words(
    found: contrast.Contrast, recommender: Recommender, language: str
) -> Contrast:
    """Return a contrast with the facts of both people as sentences.

    Args:
        found: The answer.
        recommender: What gave it; knows the positions.
        language: Of the words.
    """
    told = Teller(recommender, language)
    position = told.position(found.position_id)
    first, second = (each.employee_name or each.employee_id for each in (found.first, found.second))
    said = None
    if found.certainty is not None and found.sureness is not None:
        said = certainty_sentence(found.sureness, found.certainty, first, second, language)
    return Contrast(
        as_of=found.as_of,
        model_version=found.model_version,
        position=position,
        heading=contrast_heading(
            first,
            second,
            position.title,
            position.unit_name,
            language,
            is_told_apart=found.is_told_apart,
        ),
        is_told_apart=found.is_told_apart,
        ground=found.ground,
        certainty=rounded(found.certainty, CHANCE_DIGITS),
        sureness=found.sureness,
        certainty_sentence=said,
        first=_candidate(found.first, told),
        second=_candidate(found.second, told),
        differences=[_difference(each, language) for each in found.differences],
        note=render("contrast.note", language),
    )


def levers_in_words(found: advice.Advice, recommender: Recommender, language: str) -> Levers:
    """Return what would help one person in one position, as sentences.

    Args:
        found: The answer.
        recommender: What gave it; knows the positions.
        language: Of the words.
    """
    told = Teller(recommender, language)
    examined = found.examination
    return Levers(
        as_of=examined.as_of,
        model_version=found.model_version,
        employee=Person(examined.employee_id, examined.employee_name),
        position=told.position(examined.position_id),
        is_eligible=examined.is_eligible,
        has_evidence=found.has_evidence,
        levers=[_lever(each, told) for each in found.levers],
        note=render("lever.note", language),
    )


def _candidate(shown: contrast.Candidate, told: Teller) -> Candidate:
    return Candidate(
        employee=Person(shown.employee_id, shown.employee_name),
        is_eligible=not shown.objections,
        findings=[told.finding(finding) for finding in shown.objections],
        has_evidence=shown.has_evidence,
        performance=interval(
            Performance, shown.performance, shown.performance_low, shown.performance_high
        ),
        acceptance=rounded(shown.acceptance, CHANCE_DIGITS),
        utility=rounded(shown.utility, POINT_DIGITS),
    )


def _difference(shown: differences.Difference, language: str) -> Difference:
    first, second = (_side(shown, side, language) for side in (shown.first, shown.second))
    return Difference(
        aspect=shown.aspect,
        concept=shown.concept,
        label=render(f"concept.{shown.concept}.label", language),
        effect=round(shown.effect, POINT_DIGITS),
        worth=round(shown.worth, POINT_DIGITS),
        first=first,
        second=second,
    )


def _side(shown: differences.Difference, side: differences.Side, language: str) -> Side:
    if side.is_known:
        said = reason_sentence(shown.concept, shown.aspect, side.effect, side.facts, language)
    else:
        said = render("contrast.unknown", language)
    return Side(round(side.effect, POINT_DIGITS), said)


def _lever(shown: levers.Lever, told: Teller) -> Lever:
    facts: dict[str, object] = {"subject": shown.subject, "amount": shown.amount}
    if shown.name == ANOTHER_POST:
        facts["unit"] = told.position(str(shown.subject)).unit_name
    said = lever_sentence(shown.name, facts, shown.effect, shown.beside, told.language)
    return Lever(
        name=shown.name,
        subject=shown.subject,
        amount=round(shown.amount, POINT_DIGITS),
        effect=_effect(shown.effect),
        beside=None if shown.beside is None else _effect(shown.beside),
        is_familiar=shown.is_familiar,
        sentence=said,
        caveats=list(caveats(shown.effect, told.language, is_familiar=shown.is_familiar)),
    )


def _effect(shown: levers.Effect) -> Effect:
    digits = CHANCE_DIGITS if shown.aspect is Aspect.ACCEPTANCE else POINT_DIGITS
    before, after, size, low, high = (
        round(value, digits)
        for value in (shown.before, shown.after, shown.size, shown.low, shown.high)
    )
    return Effect(shown.aspect, before, after, size, low, high, shown.is_told_from_nothing)
