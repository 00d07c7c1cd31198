"""Who is chosen is no accident: weights, and where the past cannot speak."""

from dataclasses import replace

import numpy as np
import pytest

from features.outcomes import Decisions
from models.examples import NAMES, Examples, Lessons
from models.learner import Floats
from models.weighting import CLIPPED, LEAST_PROPOSED, LEAST_UNSEEN, Chosen, effective, learn_choices
from tests.models.conftest import NOBODY_KNOWS, examples, lessons

SERVICE, DISTANCE = NAMES.index("service_years"), NAMES.index("distance_change_km")


def of(matrix: Floats, label: Floats) -> Examples:
    """Return examples of people with features and labels."""
    days = np.datetime64("2018-01-01") + np.arange(len(label)) % 900
    ids = np.array([f"E{row}" for row in range(len(label))], dtype=object)
    return Examples(NAMES, matrix, Decisions(ids, ids, days, label, days, np.zeros(len(label))))


def choosing(count: int = 4000, seed: int = 0) -> tuple[Lessons, Examples]:
    """Return a past that proposes whom it served long, and the moves that came of it."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, len(NAMES)))
    chance = 1 / (1 + np.exp(2.0 - 1.5 * matrix[:, SERVICE]))
    proposed = (rng.random(count) < chance).astype(float)
    everyone = of(matrix, proposed)
    return replace(lessons(), proposals=everyone), everyone.where(proposed == 1)


@pytest.fixture(scope="module")
def choices() -> Chosen:
    return learn_choices(choosing()[0])


def test_weights_have_the_mean_one(choices: Chosen) -> None:
    _, moves = choosing()

    for weight in (choices.of_moves(moves, None), choices.of_offers(moves)):
        assert weight.mean() == pytest.approx(1.0)
        assert (weight > 0).all()


def test_who_was_unlikely_to_be_chosen_counts_for_more(choices: Chosen) -> None:
    _, moves = choosing()
    weight = choices.of_offers(moves)

    assert np.corrcoef(weight, moves.matrix[:, SERVICE])[0, 1] < -0.7


def test_chosen_ones_weighted_are_more_like_all_who_could_have_been(choices: Chosen) -> None:
    past, moves = choosing()
    service = moves.matrix[:, SERVICE]
    everyone = past.proposals.matrix[:, SERVICE].mean()
    weighted = np.average(service, weights=choices.of_offers(moves))

    assert abs(weighted - everyone) < 0.75 * abs(service.mean() - everyone)


def test_weights_are_clipped_at_either_end(choices: Chosen) -> None:
    _, moves = choosing()
    wild = Examples(NAMES, moves.matrix.copy(), moves.decisions)
    wild.matrix[0, SERVICE] = -50.0
    weight = choices.of_offers(wild)
    ends = [np.isclose(weight, end).mean() for end in (weight.min(), weight.max())]

    assert all(CLIPPED <= share < CLIPPED + 0.01 for share in ends)
    assert weight[0] == weight.max()


def test_weights_leave_most_of_the_evidence(choices: Chosen) -> None:
    _, moves = choosing()

    assert 0.7 * len(moves) < effective(choices.of_offers(moves)) < len(moves)


def test_the_answer_counts_into_who_moves(choices: Chosen) -> None:
    """Of who would have accepted anyway a move is no surprise, by the acceptance head."""
    _, moves = choosing()
    acceptance = learn_choices(replace(lessons(), proposals=examples("acceptance"))).proposal
    assert acceptance is not None
    without, with_it = choices.of_moves(moves, None), choices.of_moves(moves, acceptance)
    chance = acceptance.chance(moves.columns(acceptance.columns))

    assert np.corrcoef(with_it / without, chance)[0, 1] < -0.5


def test_moves_that_are_seldom_rated_count_for_more() -> None:
    past, moves = choosing()
    rng = np.random.default_rng(1)
    distance = past.proposals.matrix[:, DISTANCE]
    seen = (rng.random(len(distance)) < 1 / (1 + np.exp(2 * distance))).astype(float)
    known = learn_choices(replace(past, seen=of(past.proposals.matrix, seen)))
    weight = known.of_moves(moves, None)

    assert known.seen is not None
    assert np.corrcoef(weight, moves.matrix[:, DISTANCE])[0, 1] > 0.4
    np.testing.assert_array_equal(
        known.of_offers(moves), Chosen(known.proposal, None).of_offers(moves)
    )


def test_where_nothing_is_known_of_who_is_chosen_all_count_alike() -> None:
    made = examples("performance")

    assert set(NOBODY_KNOWS.of_moves(made, None)) == set(NOBODY_KNOWS.of_offers(made)) == {1.0}


def test_no_moves_have_no_weights(choices: Chosen) -> None:
    assert choices.of_moves(examples("performance").where(np.arange(0)), None).shape == (0,)


@pytest.mark.parametrize(("proposed", "is_learned"), [(LEAST_PROPOSED - 1, False), (30, True)])
def test_few_proposals_teach_nothing_of_who_is_chosen(proposed: int, is_learned: bool) -> None:
    made = examples("proposals")
    label = (np.arange(len(made)) % 13 == 0) & (np.arange(len(made)) < 13 * proposed)
    few = replace(made, decisions=replace(made.decisions, label=label.astype(float)))
    assert few.label.sum() == proposed

    assert (learn_choices(replace(lessons(), proposals=few)).proposal is not None) == is_learned


@pytest.mark.parametrize(("unseen", "is_learned"), [(LEAST_UNSEEN - 1, False), (30, True)])
def test_where_nearly_all_moves_are_rated_nothing_is_learned_of_it(
    unseen: int, is_learned: bool
) -> None:
    made = examples("seen")
    label = ~((np.arange(len(made)) % 13 == 0) & (np.arange(len(made)) < 13 * unseen))
    seen = replace(made, decisions=replace(made.decisions, label=label.astype(float)))

    assert (learn_choices(replace(lessons(), seen=seen)).seen is not None) == is_learned


def test_equal_weights_are_worth_as_many_as_there_are() -> None:
    assert effective(np.full(70, 3.0)) == pytest.approx(70.0)
    assert effective(np.array([5.0, 0.0, 0.0])) == 1.0
    assert effective(np.array([])) == 0.0


def test_what_hardly_anybody_proposed_lies_below_the_bound(choices: Chosen) -> None:
    """Below the bound lies a pair that is rare in both ways; few who were proposed do."""
    past, _ = choosing()
    head = choices.proposal
    assert head is not None
    assert head.facts.least is not None
    raw = head.raw(past.proposals.columns(head.columns))
    odds = np.exp(raw)

    outside = raw < head.facts.least
    assert outside[past.proposals.label == 1].mean() <= 0.0051
    assert (odds[outside] <= 0.1 * odds[past.proposals.label == 0].mean() + 1e-9).all()
    assert outside.mean() > 0.01
