"""Why one person before another: it adds up, and it does not matter who is named first."""

import numpy as np
import pandas as pd
import pytest

from models.contrast import Contrast, Ground, contrast_of
from models.differences import Sureness, differences
from models.explanation import Aspect
from models.recommender import Recommender
from models.scoring import Parts, Scores
from mutasi.errors import EmployeeNotFound, ModelNeeded, PositionNotFound, SamePerson
from mutasi.rules import Severity
from mutasi.snapshot import Snapshot
from tests import learned

TWIN = "200001012020011001"


@pytest.fixture(scope="session")
def contrasts() -> list[Contrast]:
    """Two candidates of each of many vacancies."""
    ready = learned.recommender()
    return [contrast_of(ready, *named) for named in learned.rivals()]


def whole(contrast: Contrast, aspect: Aspect) -> float:
    return sum(each.effect for each in contrast.differences if each.aspect is aspect)


def predicted(contrast: Contrast) -> list[dict[str, float]]:
    """Return what is predicted of the first and the second, asked for each alone."""
    pairs = (
        learned.Pair(candidate.employee_id, contrast.position_id)
        for candidate in (contrast.first, contrast.second)
    )
    return [learned.predictions(learned.recommender(), pair) for pair in pairs]


def test_differences_in_performance_add_up_to_that_of_the_ratings_expected(
    contrasts: list[Contrast],
) -> None:
    for contrast in contrasts:
        first, second = predicted(contrast)

        apart = first["performance"] - second["performance"]
        assert whole(contrast, Aspect.PERFORMANCE) == pytest.approx(apart, abs=1e-9)


def test_differences_in_the_chance_add_up_to_that_of_the_chances_in_percentage_points(
    contrasts: list[Contrast],
) -> None:
    for contrast in contrasts:
        first, second = predicted(contrast)

        apart = 100.0 * (first["acceptance"] - second["acceptance"])
        assert whole(contrast, Aspect.ACCEPTANCE) == pytest.approx(apart, abs=1e-9)


def test_what_all_differences_are_worth_adds_up_to_that_of_the_utilities(
    contrasts: list[Contrast],
) -> None:
    for contrast in contrasts:
        assert contrast.first.utility is not None
        assert contrast.second.utility is not None
        worth = sum(each.worth for each in contrast.differences)
        apart = contrast.first.utility - contrast.second.utility

        assert worth == pytest.approx(apart, abs=1e-9)


def test_each_effect_is_what_the_concept_does_for_the_one_less_what_it_does_for_the_other(
    contrasts: list[Contrast],
) -> None:
    for each in (each for contrast in contrasts for each in contrast.differences):
        assert each.effect == each.first.effect - each.second.effect
        assert each.effect != 0.0


def test_the_first_is_the_better_one(contrasts: list[Contrast]) -> None:
    assert len(contrasts) > 20
    for contrast in contrasts:
        assert contrast.ground is Ground.PREDICTION
        assert contrast.first.utility is not None
        assert contrast.second.utility is not None
        assert contrast.first.utility >= contrast.second.utility
        assert contrast.certainty is not None
        assert contrast.certainty >= 0.5


def test_asking_in_either_order_tells_the_same(contrasts: list[Contrast]) -> None:
    ready = learned.recommender()

    for (position_id, one, other), contrast in zip(learned.rivals(), contrasts, strict=True):
        assert contrast_of(ready, position_id, other, one) == contrast


def test_it_tells_of_each_what_the_ranking_tells(contrasts: list[Contrast]) -> None:
    ready = learned.recommender()
    for contrast in contrasts[:10]:
        ranking = ready.candidates(contrast.position_id, 5, explain=False).recommended
        shown = {each.employee_id: each for each in ranking}
        first, second = shown[contrast.first.employee_id], shown[contrast.second.employee_id]

        assert first.rank < second.rank
        for candidate, recommendation in ((contrast.first, first), (contrast.second, second)):
            for name in ("performance", "performance_low", "performance_high", "acceptance"):
                expected = getattr(recommendation, name)
                assert getattr(candidate, name) == pytest.approx(expected, abs=1e-9)


def test_the_facts_of_each_side_are_that_persons_own(contrasts: list[Contrast]) -> None:
    ready = learned.recommender()
    for contrast in contrasts[:10]:
        function = ready.vacancy(contrast.position_id).function
        for place in ("first", "second"):
            candidate = getattr(contrast, place)
            facts = {
                name: value
                for each in contrast.differences
                for name, value in getattr(each, place).facts.items()
            }
            assert facts.pop("function") == function
            employee, position = learned.rows(
                learned.Pair(candidate.employee_id, contrast.position_id)
            )
            own = ready.prepared.pairs(tuple(facts), np.array([employee]), position)[0]
            told = [np.nan if value is None else value for value in facts.values()]
            np.testing.assert_allclose(np.array(told, dtype=float), own, atol=1e-9)


def with_twin(employee_id: str) -> Recommender:
    """Return what answers where somebody has a twin: all records twice."""
    known = learned.region()
    row, new = known.employee_row(employee_id), len(known.tables["employees"])

    def doubled(table: pd.DataFrame) -> pd.DataFrame:
        if "employee" not in table:
            return table
        own = table[table["employee"] == row]
        return pd.concat([table, own.assign(employee=new)], ignore_index=True)

    tables = {name: doubled(table) for name, table in known.tables.items()}
    people = tables["employees"]
    twin = people.iloc[[row]].assign(employee_id=TWIN)
    tables["employees"] = pd.concat([people, twin], ignore_index=True)
    return Recommender(Snapshot(known.as_of, tables), learned.model())


def test_twins_are_told_apart_in_half_of_the_ways_to_read_the_past() -> None:
    pair = learned.recommended()[0]
    ready = with_twin(pair.employee_id)
    contrast = contrast_of(ready, pair.position_id, TWIN, pair.employee_id)

    assert contrast_of(ready, pair.position_id, pair.employee_id, TWIN) == contrast
    assert contrast.certainty == pytest.approx(0.5, abs=0.01)
    assert contrast.sureness is Sureness.UNDECIDED
    assert not contrast.is_told_apart
    assert all(abs(each.effect) < 1e-6 for each in contrast.differences)


def test_how_sure_it_is_follows_from_how_far_they_are_apart(contrasts: list[Contrast]) -> None:
    def apart(contrast: Contrast) -> float:
        assert contrast.first.utility is not None
        assert contrast.second.utility is not None
        return contrast.first.utility - contrast.second.utility

    nearest, furthest = min(contrasts, key=apart), max(contrasts, key=apart)

    assert nearest.certainty is not None
    assert furthest.certainty is not None
    assert nearest.certainty < furthest.certainty
    assert {each.sureness for each in contrasts} == set(Sureness)


def blocked_and_allowed(position_id: str) -> tuple[str, str]:
    """Return somebody whom the law blocks although better predicted, and who is allowed."""
    ready = learned.recommender()
    position = ready.snapshot.position_row(position_id)
    everyone = np.arange(len(ready.snapshot.tables["employees"]))
    matrix = ready.prepared.pairs(ready.scorer.names, everyone, position)
    scores = ready.scorer.scores(matrix)
    shown = ready.candidates(position_id, 200, explain=False)
    worst = [each for each in shown.recommended if each.has_evidence][-1]
    allowed = {each.employee_id for each in shown.recommended}
    ids = ready.snapshot.employees["employee_id"]
    assert worst.utility is not None
    better = scores.has_evidence & (scores.utility > worst.utility) & ~np.isin(ids, list(allowed))
    return str(ids[np.flatnonzero(better)[0]]), worst.employee_id


def test_whom_the_law_blocks_comes_after_who_is_allowed_whatever_is_predicted() -> None:
    position_id = learned.recommended()[0].position_id
    blocked, allowed = blocked_and_allowed(position_id)
    contrast = contrast_of(learned.recommender(), position_id, blocked, allowed)

    assert contrast.ground is Ground.LAW
    assert contrast.is_told_apart
    assert (contrast.first.employee_id, contrast.second.employee_id) == (allowed, blocked)
    assert contrast.first.objections == ()
    assert contrast.second.objections
    assert all(each.severity is Severity.BLOCKS for each in contrast.second.objections)
    assert contrast.certainty is not None
    assert contrast.certainty < 0.5


def without_evidence() -> tuple[str, str, str]:
    """Return a position, one of whom the past can speak, and one of whom it cannot."""
    ready = learned.recommender()
    for vacancy in ready.vacancies():
        shown = ready.candidates(vacancy.position_id, 200, explain=False).recommended
        known = {each.has_evidence: each.employee_id for each in shown}
        if len(known) == 2:
            return vacancy.position_id, known[True], known[False]
    raise AssertionError("the past speaks of everybody, so this cannot be tried")


def test_of_whom_the_past_cannot_speak_nothing_is_predicted_and_nothing_set_apart() -> None:
    position_id, known, unknown = without_evidence()
    contrast = contrast_of(learned.recommender(), position_id, unknown, known)

    assert contrast.ground is Ground.EVIDENCE
    assert contrast.is_told_apart
    assert (contrast.first.employee_id, contrast.second.employee_id) == (known, unknown)
    assert not contrast.second.has_evidence
    assert contrast.second.performance is None
    assert contrast.second.acceptance is None
    assert contrast.second.utility is None
    assert contrast.differences == ()
    assert contrast.certainty is None


def test_one_person_is_not_compared_with_themselves() -> None:
    position_id, one, _ = learned.rivals()[0]

    with pytest.raises(SamePerson) as refused:
        contrast_of(learned.recommender(), position_id, one, one)
    assert refused.value.params == {"employee_id": one}


@pytest.mark.parametrize("place", [1, 2])
def test_who_is_not_on_record_is_not_found(place: int) -> None:
    named = list(learned.rivals()[0])
    named[place] = "nobody"

    with pytest.raises(EmployeeNotFound):
        contrast_of(learned.recommender(), *named)


def test_a_position_that_is_none_is_not_found() -> None:
    with pytest.raises(PositionNotFound):
        contrast_of(learned.recommender(), "nowhere", *learned.rivals()[0][1:])


@pytest.mark.parametrize("heads", [None, ("proposal",)])
def test_without_predictions_there_is_nothing_to_compare(heads: tuple[str, ...] | None) -> None:
    known = None if heads is None else learned.model(*heads)

    with pytest.raises(ModelNeeded):
        contrast_of(Recommender(learned.region(), known), *learned.rivals()[0])


def test_without_a_performance_head_the_transparent_score_is_set_apart_beside() -> None:
    ready = Recommender(learned.region(), learned.model("acceptance"))
    position_id, one, other = learned.rivals()[0]
    contrast = contrast_of(ready, position_id, one, other)
    position = ready.snapshot.position_row(position_id)
    scores = [
        ready.scorer.profile(
            ready.prepared.pairs(
                ready.scorer.names, np.array([ready.snapshot.employee_row(who)]), position
            )
        ).item()
        for who in (contrast.first.employee_id, contrast.second.employee_id)
    ]

    assert contrast.first.performance is None
    assert whole(contrast, Aspect.PERFORMANCE) == 0.0
    assert whole(contrast, Aspect.PROFILE) == pytest.approx(scores[0] - scores[1], abs=1e-9)


def test_without_an_acceptance_head_performance_alone_decides() -> None:
    ready = Recommender(learned.region(), learned.model("performance"))
    contrast = contrast_of(ready, *learned.rivals()[0])

    assert contrast.first.acceptance is None
    assert {each.aspect for each in contrast.differences} == {Aspect.PERFORMANCE}
    assert all(each.worth == each.effect for each in contrast.differences)


def test_what_cancels_out_in_the_chance_is_still_told() -> None:
    contributions = np.array([[1.0, -1.0, 0.5], [0.0, 0.0, 0.5]])
    columns = ("distance_then_km", "levels_up")
    part = Parts(Aspect.ACCEPTANCE, columns, contributions, np.ones((2, 2)))
    chance = np.full(2, 1.0 / (1.0 + np.exp(-0.5)))
    value, evidence = np.full(2, 60.0), np.ones(2, dtype=bool)
    found = differences([part], Scores(None, chance, value, value, evidence), None)

    slope = 100.0 * chance[0] * (1.0 - chance[0])
    effects = {each.concept: each.effect for each in found}
    assert effects == pytest.approx({"distance": slope, "level_step": -slope})
