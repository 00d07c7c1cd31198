import numpy as np

from models.candidates import Candidates
from models.examples import NAMES
from models.learner import Floats
from models.policies import POLICIES
from pipelines.regions import regret

VACANCIES, PEOPLE = 60, 200


def everybody_everywhere() -> Candidates:
    """Return candidates: the same people for every vacancy."""
    rows = VACANCIES * PEOPLE
    nothing = np.zeros((rows, len(NAMES)))
    return Candidates(
        names=NAMES,
        vacancy=np.repeat(np.arange(VACANCIES), PEOPLE),
        employee_id=np.tile([f"E{row}" for row in range(PEOPLE)], VACANCIES).astype(object),
        position_id=np.array([f"P{row}" for row in range(VACANCIES)], dtype=object),
        decided_on=np.full(VACANCIES, np.datetime64("2025-03-01")),
        moving=nothing,
        staying=nothing,
        was_named=np.zeros(rows, dtype=bool),
    )


def of_people(seed: int) -> Floats:
    """Return what is the same of a person for every vacancy."""
    return np.tile(np.random.default_rng(seed).normal(size=PEOPLE), VACANCIES)


def test_who_ranks_by_the_truth_loses_nothing() -> None:
    found, true = everybody_everywhere(), of_people(1)

    assert regret.of_lists(found, true, true) == 0.0
    assert regret.of_plan(found, true, true) == 0.0
    assert not regret.at_hand(found, {"truth": true}, true, 20)["truth"].any()


def test_the_regret_is_what_the_first_of_each_list_lacks() -> None:
    found, true = everybody_everywhere(), of_people(1)
    score = np.random.default_rng(2).normal(size=len(true))
    table = true.reshape(VACANCIES, PEOPLE)
    firsts = score.reshape(VACANCIES, PEOPLE).argmax(axis=1)

    lost = table.max(axis=1) - table[np.arange(VACANCIES), firsts]

    assert regret.of_lists(found, score, true) == np.mean(lost)


def test_sixty_lists_with_the_same_first_are_one_test_and_not_sixty() -> None:
    """Two rankings as good as each other: by vacancies one of them would surely be better."""
    found, true = everybody_everywhere(), of_people(1)
    one, other = (true + 0.5 * of_people(seed) for seed in (4, 5))
    drawn = regret.at_hand(found, {"one": one, "other": other}, true, 300)
    more = drawn["one"] - drawn["other"]
    low, high = np.quantile(more, (0.025, 0.975))

    assert len(set(POLICIES["top"](found, one) % PEOPLE)) == 1
    assert abs(regret.of_lists(found, one, true) - regret.of_lists(found, other, true)) > 0.1
    assert low < 0.0 < high


def test_a_ranking_that_is_worse_of_everybody_is_found_to_be_worse() -> None:
    found, true = everybody_everywhere(), of_people(1)
    good, bad = true + 0.1 * of_people(4), of_people(5)
    drawn = regret.at_hand(found, {"good": good, "bad": bad}, true, 300)

    assert np.quantile(drawn["bad"] - drawn["good"], 0.025) > 0.0
