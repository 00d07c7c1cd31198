"""What a prediction is made of adds up to it, feature by feature and concept by concept."""

import numpy as np
import pytest

from features.sets import LENIENCY
from models.explanation import Aspect, by_concept, reasons
from models.learner import probability
from models.recommendation import Recommendation
from models.scoring import Parts
from tests import learned


@pytest.fixture(scope="session")
def shown() -> dict[Aspect, list[tuple[Recommendation, Parts]]]:
    """Recommendations of many vacancies, each with what its predictions are made of."""
    ready = learned.recommender()
    found: dict[Aspect, list[tuple[Recommendation, Parts]]] = {}
    for vacancy in ready.vacancies()[:15]:
        for each in ready.candidates(vacancy.position_id, 5).recommended:
            if not each.has_evidence:
                continue
            rows = learned.rows(learned.Pair(each.employee_id, vacancy.position_id))
            matrix = ready.prepared.pairs(ready.scorer.names, np.array([rows[0]]), rows[1])
            for part in ready.scorer.parts(matrix):
                found.setdefault(part.aspect, []).append((each, part))
    return found


def test_contributions_to_the_rating_add_up_to_it_the_raters_usual_leniency_included(
    shown: dict[Aspect, list[tuple[Recommendation, Parts]]],
) -> None:
    leniencies = set()
    for recommendation, part in shown[Aspect.PERFORMANCE]:
        whole = part.contributions.sum()
        of_rater = part.contributions[0, part.columns.index(LENIENCY)]
        leniencies.add(round(float(of_rater), 6))

        assert whole == pytest.approx(recommendation.performance, abs=1e-9)
        assert of_rater == pytest.approx(part.matrix[0, part.columns.index(LENIENCY)])
    assert len(leniencies) > 1


def test_contributions_to_the_log_odds_add_up_to_the_chance(
    shown: dict[Aspect, list[tuple[Recommendation, Parts]]],
) -> None:
    for recommendation, part in shown[Aspect.ACCEPTANCE]:
        chance = probability(part.contributions.sum(axis=1)).item()

        assert chance == pytest.approx(recommendation.acceptance, abs=1e-9)


@pytest.mark.parametrize("aspect", [Aspect.PERFORMANCE, Aspect.ACCEPTANCE])
def test_concepts_and_the_base_add_up_to_what_the_features_do(
    aspect: Aspect, shown: dict[Aspect, list[tuple[Recommendation, Parts]]]
) -> None:
    for _, part in shown[aspect]:
        _, grouped = by_concept(part.columns, part.contributions[:, :-1])
        whole = grouped.sum() + part.contributions[0, -1]

        assert whole == pytest.approx(part.contributions.sum(), abs=1e-9)


def test_every_reason_told_of_the_rating_is_its_concepts_part_of_it(
    shown: dict[Aspect, list[tuple[Recommendation, Parts]]],
) -> None:
    told = 0
    for recommendation, part in shown[Aspect.PERFORMANCE]:
        concepts, grouped = by_concept(part.columns, part.contributions[:, :-1])
        of_concept = dict(zip(concepts, grouped[0].tolist(), strict=True))
        for reason in recommendation.reasons:
            if reason.aspect is Aspect.PERFORMANCE:
                assert reason.effect == pytest.approx(of_concept[reason.concept], abs=1e-9)
                told += 1
    assert told > 20


def test_a_reason_of_the_chance_is_what_it_would_be_without_the_concept() -> None:
    contributions = np.array([[0.8, 0.5, -0.2, 1.0]])
    columns = ("distance_then_km", "distance_change_km", "levels_up")
    found = reasons(Aspect.ACCEPTANCE, columns, contributions, np.ones((1, 3)), [None])[0]
    effects = {reason.concept: reason.effect for reason in found}

    with_all, without_way, without_step = probability(np.array([2.1, 0.8, 2.3])).tolist()
    assert effects["distance"] == pytest.approx(100.0 * (with_all - without_way))
    assert effects["level_step"] == pytest.approx(100.0 * (with_all - without_step))
