"""A question that cannot be planned is refused, in words of both languages."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mutasi.errors import (
    AssignmentEndless,
    DemandUnknown,
    FloorUnreachable,
    MutasiError,
    NobodyToMove,
    PairUnusable,
    PinNotOffered,
    PinOfOne,
    PinsContradict,
    SeatsNegative,
    UtilityUnusable,
)
from mutasi.i18n import LANGUAGES, demand, render
from mutasi.planning import steps
from mutasi.planning.demands import Apart, Floor, Keep, MostMoves, Must, MustNot, Place, Together
from tests.mutasi.planning.regions import problem

PAIRS = {(0, 1): 5, (1, 1): 4}


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        pytest.param(lambda: problem([0, 0], [0, -1], PAIRS), SeatsNegative, id="seats below zero"),
        pytest.param(lambda: problem([0], [0], {}), NobodyToMove, id="no candidates"),
        pytest.param(
            lambda: problem([0], [0, 1], {(0, 0): 5}), PairUnusable, id="a move to the post held"
        ),
        pytest.param(
            lambda: problem([0], [0, 1], {(0, 7): 5}), PairUnusable, id="a move to nowhere"
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Keep("P9")), DemandUnknown, id="nobody to keep"
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, MostMoves(1, "X")),
            DemandUnknown,
            id="a unit that there is not",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Keep("P0"), Must("P0", "J1")),
            PinsContradict,
            id="stay and move",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1, 1], PAIRS, Must("P0", "J1"), Must("P0", "J2")),
            PinsContradict,
            id="in two places",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Must("P0", "J1"), MustNot("P0", "J1")),
            PinsContradict,
            id="must and must not",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Keep("P0"), Place("P0")),
            PinsContradict,
            id="stay and be placed",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1, 1], PAIRS, Must("P0", "J2")),
            PinNotOffered,
            id="where the law does not let them",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Floor(4)),
            FloorUnreachable,
            id="a floor above everybody and every seat",
        ),
        pytest.param(
            lambda: steps(np.array([1.0, np.nan])), UtilityUnusable, id="a worth that is none"
        ),
        pytest.param(lambda: steps(np.array([np.inf])), UtilityUnusable, id="a worth without end"),
        pytest.param(
            lambda: steps(np.array([1e5, -1e15])), UtilityUnusable, id="a worth that overflows"
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Apart("P0", "P0")),
            PinOfOne,
            id="apart from oneself",
        ),
        pytest.param(
            lambda: problem([0, 0], [0, 1], PAIRS, Together("P1", "P1")),
            PinOfOne,
            id="together with oneself",
        ),
        pytest.param(
            lambda: replace(problem([0, 0], [0, 1], PAIRS), lent=np.array([True, False])),
            AssignmentEndless,
            id="lent without an end",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused(
    ask: Callable[[], object], error: type[MutasiError]
) -> None:
    with pytest.raises(error) as refused:
        ask()

    for language in LANGUAGES:
        assert render(f"error.{error.code}", language, **refused.value.params)


@pytest.mark.parametrize("language", LANGUAGES)
def test_demands_that_conflict_are_told_in_words(language: str) -> None:
    demands = [Floor(3, "PKM-1"), Must("P0", "J1"), MostMoves(1)]
    told = [demand(repr(each), language) for each in demands]

    for said in (demands, [repr(each) for each in demands], ", ".join(map(repr, demands))):
        words = render("error.plan_impossible", language, demands=said)

        assert words.endswith(": " + "; ".join(told) + ".")
        assert "=" not in words


def test_a_pair_offered_twice_is_named() -> None:
    asked = problem([0, 0], [0, 1], PAIRS)
    person, post = np.append(asked.person, 0), np.append(asked.post, 1)

    with pytest.raises(PairUnusable) as refused:
        replace(asked, person=person, post=post)

    assert refused.value.params == {"pair": 2, "reason": "twice"}


def test_a_floor_above_the_staff_is_filled_where_that_can_be() -> None:
    asked = problem([0, -1], [0, 1], {(1, 1): -5}, Floor(1, "B"), unit="AB")

    assert asked.of(Floor)
    assert asked.filled.tolist() == [1, 0]


def test_pins_leave_the_pairs_that_they_let() -> None:
    pairs = {(0, 1): 5, (0, 2): 5, (1, 1): 5, (1, 2): 5, (2, 1): 5}
    pins = (Must("P0", "J1"), MustNot("P1", "J2"), Keep("P2"))

    asked = problem([0, 0, 0], [0, 1, 1], pairs, *pins)

    assert asked.allowed.tolist() == [True, False, True, False, False]
    assert asked.may_stay.tolist() == [False, True, True]
