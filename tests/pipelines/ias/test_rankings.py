"""Rankings and plans on reshuffles small enough to see through."""

import numpy as np
import pytest

from features.sets import PLACEMENT, STAYING
from pipelines.ias import rankings
from pipelines.ias.questions import Question
from pipelines.ias.reshuffles import Reshuffle


def reshuffle(count: int, posts: list[str] | None = None) -> Question:
    """Return a reshuffle of movers of whom nothing is known."""
    day = np.datetime64("2010-03-01", "D")
    return Question(
        Reshuffle(
            region="R",
            opened_on=day,
            employee_id=np.array([f"E{number}" for number in range(count)], object),
            position_id=np.array(posts or [f"P{number}" for number in range(count)], object),
            started_on=np.full(count, day),
            ended_on=np.full(count, np.datetime64("NaT", "D")),
        ),
        matrix=np.full((count * count, len(PLACEMENT)), np.nan),
        real=np.full((count, len(STAYING)), np.nan),
    )


def test_chance_gets_what_chance_expects() -> None:
    questions = [reshuffle(20)]

    found = rankings.figures_by_post(questions, rankings.by_chance(questions))

    expected = np.sum(1 / np.log2(np.arange(2, 12))) / 20
    np.testing.assert_allclose(found["ndcg_at_10"], expected)
    np.testing.assert_allclose(found["hit_at_10"], 0.5)
    np.testing.assert_allclose(found["plan"], 1 / 20)


def test_a_plan_gives_the_best_mover_one_post_where_lists_name_him_twice() -> None:
    questions = [reshuffle(2)]
    everybody_wants_the_first = [np.array([5.0, 4.0, 4.0, 1.0])]

    found = rankings.figures_by_post(questions, everybody_wants_the_first)

    assert found["hit_at_1"].tolist() == [1.0, 0.0]
    assert found["named"].tolist() == [1.0, 0.0]
    assert found["plan"].tolist() == [0.0, 0.0]  # 4 + 4 is more than 5 + 1


def test_posts_of_one_description_are_one_to_a_plan() -> None:
    questions = [reshuffle(2, ["same", "same"])]

    found = rankings.figures_by_post(questions, [np.array([0.0, 1.0, 1.0, 0.0])])

    assert found["plan"].tolist() == [1.0, 1.0]


def test_balanced_chances_add_up_to_one_for_movers_and_posts() -> None:
    questions = [reshuffle(6)]
    scores = [np.random.default_rng(0).normal(size=36) * 2]

    chances = np.exp(rankings.balanced(questions, scores)[0]).reshape(6, 6)

    np.testing.assert_allclose(chances.sum(axis=0), 1.0, atol=1e-9)
    np.testing.assert_allclose(chances.sum(axis=1), 1.0, atol=1e-3)


def test_the_rule_prefers_the_nearest_grade_service_and_field() -> None:
    question = reshuffle(3)
    place = {name: number for number, name in enumerate(PLACEMENT)}
    question.matrix[:, place["grade_above_title_holders"]] = np.repeat([0.0, 2.0, 0.0], 3)
    question.matrix[:, place["service_above_title_holders"]] = np.repeat([1.0, 1.0, 1.0], 3)
    question.matrix[:, place["years_in_function"]] = np.repeat([0.0, 0.0, 9.0], 3)

    (score,) = rankings.by_rule([question])

    assert np.argsort(-score.reshape(3, 3)[:, 0]).tolist() == [2, 0, 1]


@pytest.mark.parametrize("figure", rankings.FIGURES)
def test_every_figure_has_its_interval(figure: str) -> None:
    questions = [reshuffle(4), reshuffle(5)]
    scores = [np.random.default_rng(1).normal(size=len(each.matrix)) for each in questions]

    found = rankings.figures(questions, scores, draws=20)[figure]

    assert found.low <= found.value <= found.high
