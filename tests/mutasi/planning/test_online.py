"""Places that are given one at a time, and the solver that keeps silent."""

import os

import numpy as np
import pytest

from mutasi.planning import highs
from mutasi.planning.online import NOWHERE, best_place, seat_prices

WORTH = np.array([[9.0, 5.0], [8.0, 1.0]])
FITS = np.ones((2, 2), dtype=bool)
SIZE = np.array([1, 1])


def test_a_seat_that_all_want_has_a_price_and_one_that_is_left_over_has_none() -> None:
    prices = seat_prices(WORTH, FITS, SIZE, 4.0, np.array([2.0, 9.0]))

    assert 4.0 <= prices[0] <= 7.0
    assert prices[1] == pytest.approx(0.0)


def test_seats_cost_nothing_once_nobody_is_to_come() -> None:
    assert not seat_prices(WORTH, FITS, SIZE, 0.0, np.array([1.0, 1.0])).any()


def test_whoever_comes_takes_what_is_worth_most_after_its_price() -> None:
    room = np.array([1.0, 1.0])

    assert best_place(WORTH[0], FITS[0], 1, room, np.array([0.0, 0.0])) == 0
    assert best_place(WORTH[0], FITS[0], 1, room, np.array([6.0, 0.0])) == 1
    assert best_place(WORTH[0], FITS[0], 2, room, np.array([0.0, 0.0])) == NOWHERE
    assert best_place(WORTH[0], FITS[0], 1, room, np.array([10.0, 10.0])) == NOWHERE


def test_what_the_solver_prints_does_not_reach_the_output(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scipy.optimize.milp", lambda: os.write(1, b"tmpSolver.run();"))

    highs.milp()
    os.write(1, b"after")

    assert capfd.readouterr().out == "after"
