"""Pseudo-outcomes: what a model expects, and what it missed by how likely that was seen."""

from dataclasses import replace

import numpy as np
import pytest

from models.weighting import Chosen
from mutasi.errors import TooFewTransfers
from pipelines.regions.choices.robust import (
    LEAST_CHANCE,
    Pseudo,
    pairs,
    pseudo_outcomes,
    seen_chance,
    taught,
)
from tests.pipelines.regions.choices.conftest import Known


@pytest.fixture(scope="module")
def pseudo(known: Known) -> Pseudo:
    return pseudo_outcomes(known.own, known.region.lessons, known.learned.heads.get("acceptance"))


def test_what_was_missed_counts_by_how_unlikely_it_was_to_be_seen(
    known: Known, pseudo: Pseudo
) -> None:
    missed = known.own.past.label[: len(known.own.moves)] - pseudo.expected
    times = (pseudo.corrected - pseudo.expected) / missed

    assert times.min() > 0.0
    assert times.max() / times.min() <= 1.0 / LEAST_CHANCE
    assert times.max() > 2.0 * times.min()


def test_the_seen_stand_for_all_who_could_have_been_named(known: Known, pseudo: Pseudo) -> None:
    missed = known.own.past.label[: len(known.own.moves)] - pseudo.expected
    times = (pseudo.corrected - pseudo.expected) / missed

    assert times.sum() == pytest.approx(len(missed) + pseudo.counts * len(pseudo.unseen))


def test_of_the_unseen_nobody_was_rated_after_such_a_move(known: Known, pseudo: Pseudo) -> None:
    assert len(pseudo.unseen)
    assert not np.isin(pairs(pseudo.unseen), pairs(known.own.moves)).any()


def test_all_pairs_together_count_as_much_as_the_moves_did(known: Known, pseudo: Pseudo) -> None:
    past = taught(known.own, pseudo)

    assert past.weight[~past.is_stay].sum() == pytest.approx(len(known.own.moves))
    assert (past.weight[past.is_stay] == 1.0).all()


def test_a_person_is_expected_to_do_what_others_past_teaches(known: Known, pseudo: Pseudo) -> None:
    """Ratings of one person alone do not change what is expected of that person."""
    own = known.own
    who = own.moves.decisions.employee_id[0]
    is_them = own.moves.decisions.employee_id == who
    decisions = own.moves.decisions
    changed = replace(decisions, label=decisions.label + np.where(is_them, 30.0, 0.0))
    other = replace(own, moves=replace(own.moves, decisions=changed))

    again = pseudo_outcomes(other, known.region.lessons, known.learned.heads.get("acceptance"))

    assert np.allclose(again.expected[is_them], pseudo.expected[is_them])
    assert not np.allclose(again.expected, pseudo.expected)


def test_where_nobody_was_proposed_nothing_can_be_corrected(known: Known) -> None:
    with pytest.raises(TooFewTransfers):
        seen_chance(Chosen(None, None), None, known.own.moves)
