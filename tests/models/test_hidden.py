"""What those who are moved have that no record tells."""

from dataclasses import replace

import numpy as np
import pytest

from features.outcomes import Decisions
from models.examples import NAMES, Examples
from models.fitting import LinearConfig
from models.hidden import DRAWN_BY, Control
from models.learner import Floats, Learner, Task
from models.past import Mask, past_of
from models.selection import Recipe
from models.training import learn_performance
from tests.models.conftest import NOBODY_KNOWS, examples, nothing_of

PEOPLE, YEARS = 5000, 6
LEFT_OPEN = 4.0
"""Standard error of every record, T points."""

COST = -2.0
"""What a move does to whoever is moved, T points."""

BEYOND = 1.75 * LEFT_OPEN
"""What the best fifth of a normal distribution have beyond the others: 1.4 less -0.35
standard deviations."""

LEFT = DRAWN_BY / (PEOPLE / 5 + DRAWN_BY)
"""Share of it that so many moves leave to the move."""


def region(
    chosen_by_quality: bool, seed: int = 0, people: int = PEOPLE
) -> tuple[Examples, Examples]:
    """Return moves and stays of people of whom the record tells a part, one move a person.

    The best of what no record tells are moved, or anybody.
    """
    rng = np.random.default_rng(seed)
    record, beyond = 3.0 * rng.normal(size=people), LEFT_OPEN * rng.normal(size=people)
    appeal = beyond if chosen_by_quality else rng.normal(size=people)
    is_moved = appeal > np.quantile(appeal, 0.8)
    moved_in = np.where(is_moved, rng.integers(0, YEARS, people), YEARS)
    who, year = (part.ravel() for part in np.indices((people, YEARS)))
    is_move = moved_in[who] == year
    matrix = np.full((len(who), len(NAMES)), np.nan)
    for name, column in {
        "person_record": record[who],
        "person_record_error": np.full(len(who), LEFT_OPEN),
        "post_record_error": np.zeros(len(who)),
        "match_deviation": np.zeros(len(who)),
        "usual_leniency": np.zeros(len(who)),
        "is_same_post": (~is_move).astype(float),
    }.items():
        matrix[:, NAMES.index(name)] = column
    rating = 50 + record[who] + beyond[who] + np.where(is_move, COST, 0.0)
    rating += 5 * rng.normal(size=len(who))
    ids = np.array([f"E{row}" for row in who], dtype=object)
    days = np.datetime64("2015-01-01") + 365 * year
    told = Decisions(ids, ids, days, rating, days + 300, np.zeros(len(who)))
    every = Examples(NAMES, matrix, told)
    return every.where(is_move), every.where(~is_move)


def gain(moves: Examples, stays: Examples) -> float:
    """Return what the model says that a move does to anybody."""
    head = learn_performance(moves, stays, NOBODY_KNOWS, configs=(LinearConfig(penalty=10.0),))
    rows = stays.columns(head.columns)[:200]
    place = head.columns.index("is_same_post")

    def said(same: float) -> Floats:
        asked = rows.copy()
        asked[:, place] = same
        return head.net(asked)

    return float((said(0.0) - said(1.0)).mean())


@pytest.mark.parametrize("chosen_by_quality", [True, False])
def test_a_move_is_promised_to_do_what_it_does_however_the_moved_were_chosen(
    chosen_by_quality: bool,
) -> None:
    left = LEFT * BEYOND if chosen_by_quality else 0.0

    assert gain(*region(chosen_by_quality)) == pytest.approx(COST + left, abs=0.6)


def told(moves: Examples, stays: Examples, rows: Mask | None = None) -> tuple[Floats, Floats]:
    """Return quality and doubt of each example, as all of them tell, or some."""
    past = past_of(moves, stays=stays)
    control = Control(past, np.ones(len(past.label), dtype=bool) if rows is None else rows)
    return control.quality(past.label), control.doubt(past.label)


def test_what_the_moved_have_beyond_their_records_is_found_and_told() -> None:
    moves, stays = region(chosen_by_quality=True)
    head = learn_performance(moves, stays, NOBODY_KNOWS, configs=(LinearConfig(penalty=10.0),))
    quality, doubt = told(moves, stays)

    assert len(quality) == len(doubt) == len(moves) + len(stays)
    assert not quality[len(moves) :].any(), "whoever stays has it whatever happens"
    assert head.facts.hidden == pytest.approx((1.0 - LEFT) * BEYOND, rel=0.2)
    assert head.facts.hidden_error == pytest.approx(doubt[: len(moves)].mean())
    assert 0.0 < head.facts.hidden_error < 0.5


def test_without_taking_it_off_the_move_would_be_praised_for_it() -> None:
    """The stays of the moved under other names: nobody is their own control any more."""
    moves, stays = region(chosen_by_quality=True)
    strangers = np.array([f"S{row}" for row in range(len(stays))], dtype=object)
    apart = replace(stays, decisions=replace(stays.decisions, employee_id=strangers))

    assert not told(moves, apart)[0].any()
    assert gain(moves, apart) > COST + 4.0


def test_nothing_is_taken_off_where_nobody_stayed() -> None:
    moves = examples("performance")
    quality, doubt = told(moves, nothing_of(moves))

    assert not quality.any()
    assert not doubt.any()


def test_of_few_who_moved_little_is_taken_off_and_the_doubt_is_told() -> None:
    """Forty moves, of people rated once before: nothing is to be found, and little is claimed."""
    found = []
    for seed in range(20):
        moves, stays = region(chosen_by_quality=False, seed=seed, people=400)
        moves = moves.where(np.arange(len(moves)) < 40)
        own = np.isin(stays.decisions.employee_id, moves.decisions.employee_id)
        _, once = np.unique(stays.decisions.employee_id, return_index=True)
        kept = ~own | np.isin(np.arange(len(stays)), once)
        quality, doubt = told(moves, stays.where(kept))
        found.append((quality[:40].mean(), doubt[:40].mean()))
    quality, doubt = np.array(found).T

    assert np.abs(quality).max() < 1.0
    assert np.mean(np.abs(quality) < 2 * doubt) >= 0.8
    assert doubt.max() < LEFT_OPEN


def test_the_doubt_is_how_far_what_is_found_differs_from_region_to_region() -> None:
    """Ratings of one person have much in common: they are not as many people's."""
    found = []
    for seed in range(40):
        moves, stays = region(chosen_by_quality=False, seed=seed, people=1500)
        quality, doubt = told(moves, stays)
        found.append((quality[: len(moves)].mean(), doubt[: len(moves)].mean()))
    quality, doubt = np.array(found).T
    left = 300 / (300 + DRAWN_BY)

    assert quality.std() / np.sqrt(left) == pytest.approx(doubt.mean(), rel=0.35)


def test_examples_that_do_not_teach_change_nothing() -> None:
    """Neither half of the people hears of the other, nor the earlier past of the later."""
    moves, stays = region(chosen_by_quality=True, people=1000)
    people = np.concatenate([part.decisions.employee_id for part in (moves, stays)])
    half = np.isin(people, np.unique(people)[::2])
    other, away = (
        replace(part, decisions=replace(part.decisions, label=part.label + more * ~is_in))
        for part, more, is_in in (
            (moves, 30.0, half[: len(moves)]),
            (stays, -30.0, half[len(moves) :]),
        )
    )

    assert np.array_equal(told(moves, stays, half)[0], told(other, away, half)[0])
    assert not np.array_equal(told(moves, stays)[0], told(other, away)[0])


def test_of_whom_nothing_is_on_record_most_is_left_open() -> None:
    moves, stays = region(chosen_by_quality=True, people=1000)
    place = NAMES.index("person_record_error")
    parts = []
    for part in (moves, stays):
        matrix = part.matrix.copy()
        matrix[:, place] = np.where(np.arange(len(matrix)) % 3, LEFT_OPEN, LEFT_OPEN / 2)
        parts.append(replace(part, matrix=matrix))
    unknown = parts[0].matrix.copy()
    unknown[0, place], unknown[1, place], unknown[2, place] = np.nan, LEFT_OPEN, 40.0
    found, _ = told(replace(parts[0], matrix=unknown), parts[1])

    assert found[0] == found[1] == found[2] == found.max() > 0.0


def test_the_gain_of_a_move_is_less_sure_by_the_doubt_about_it() -> None:
    moves, stays = region(chosen_by_quality=False, people=1500)
    past = past_of(moves, stays=stays)
    every = np.ones(len(past.label), dtype=bool)
    recipe = Recipe(LinearConfig(penalty=1.0), ("person_record", "is_same_post"))
    learner = recipe.fitted(past, Task.REGRESSION, every)
    asked = stays.columns(recipe.names)[:50]
    moved = asked.copy()
    moved[:, 1] = 0.0

    def variance(one: Learner) -> float:
        return float((one.sampled(moved) - one.sampled(asked)).mean(axis=0).var())

    doubt = told(moves, stays)[1][: len(moves)].mean()
    more = variance(recipe.doubted(learner, past, every)) - variance(learner)
    assert np.sqrt(more) == pytest.approx(doubt, rel=0.25)
