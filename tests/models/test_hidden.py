"""What those who are moved have that no record tells."""

from dataclasses import replace

import numpy as np
import pytest

from features.outcomes import Decisions
from models.examples import NAMES, Examples
from models.fitting import LinearConfig
from models.hidden import DRAWN_BY, hidden_quality
from models.learner import Floats
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


def region(chosen_by_quality: bool, seed: int = 0) -> tuple[Examples, Examples]:
    """Return moves and stays of people of whom the record tells a part, one move a person.

    The best of what no record tells are moved, or anybody.
    """
    rng = np.random.default_rng(seed)
    record, beyond = 3.0 * rng.normal(size=PEOPLE), LEFT_OPEN * rng.normal(size=PEOPLE)
    appeal = beyond if chosen_by_quality else rng.normal(size=PEOPLE)
    is_moved = appeal > np.quantile(appeal, 0.8)
    moved_in = np.where(is_moved, rng.integers(0, YEARS, PEOPLE), YEARS)
    who, year = (part.ravel() for part in np.indices((PEOPLE, YEARS)))
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


def test_what_the_moved_have_beyond_their_records_is_found_and_told() -> None:
    moves, stays = region(chosen_by_quality=True)
    head = learn_performance(moves, stays, NOBODY_KNOWS, configs=(LinearConfig(penalty=10.0),))

    assert len(hidden_quality(moves, stays)) == len(moves)
    assert head.facts.hidden == pytest.approx((1.0 - LEFT) * BEYOND, rel=0.2)


def test_without_taking_it_off_the_move_would_be_praised_for_it() -> None:
    """The stays of the moved under other names: nobody is their own control any more."""
    moves, stays = region(chosen_by_quality=True)
    strangers = np.array([f"S{row}" for row in range(len(stays))], dtype=object)
    apart = replace(stays, decisions=replace(stays.decisions, employee_id=strangers))

    assert not hidden_quality(moves, apart).any()
    assert gain(moves, apart) > COST + 4.0


def test_nothing_is_taken_off_where_nobody_stayed() -> None:
    moves = examples("performance")

    assert not hidden_quality(moves, nothing_of(moves)).any()
