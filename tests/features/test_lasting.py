"""Whether a move lasted: whoever still holds the post after 24 months."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.lasting import lastings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot

LAST_DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def known() -> Snapshot:
    return Snapshot.of(LAST_DAY, simulate(SimulationConfig(employees=300, years=6, seed=2)).frames)


def test_a_move_lasted_if_the_post_was_held_24_months_later(known: Snapshot) -> None:
    found = lastings(known)
    postings = known.tables["postings"]
    ids = {
        name: known.tables[name].iloc[:, 0].to_numpy(object) for name in ("employees", "positions")
    }

    assert 0 < found.label.sum() < len(found)
    for row in range(len(found)):
        own = postings[
            (ids["employees"][postings["employee"]] == found.employee_id[row])
            & (ids["positions"][postings["position"]] == found.position_id[row])
            & (postings["started_on"] <= pd.Timestamp(found.known_on[row]))
        ]
        ends = own["ended_on"].fillna(pd.Timestamp("2100-01-01"))
        assert bool(found.label[row]) == bool((ends >= pd.Timestamp(found.known_on[row])).any())


def test_younger_moves_are_not_told_yet(known: Snapshot) -> None:
    assert (lastings(known).known_on <= np.datetime64(LAST_DAY)).all()
    assert len(lastings(known, months=6)) > len(lastings(known, months=24))
