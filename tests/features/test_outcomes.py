"""Answers: recorded ones and inferred ones never mix by themselves."""

from datetime import date

import numpy as np
import pytest

from features._compute import prepare
from features.outcomes import answers, inferred_answers
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.records import snapshot


@pytest.fixture
def inferred() -> Snapshot:
    rows = records()
    rows["offers"] += [
        {
            "offer_id": name,
            "employee_id": "B",
            "position_id": "nurse",
            "offered_on": asked,
            "answer": answer,
            "answered_on": known,
            "evidence": evidence,
            "known_on": known,
        }
        for name, asked, answer, known, evidence in (
            ("P1", date(2018, 6, 1), "accepted", date(2020, 6, 1), "proxy_stay"),
            ("P2", date(2022, 9, 1), "refused", date(2023, 6, 1), "proxy_return"),
        )
    ]
    return snapshot(DAY, **rows)


def test_inferred_answers_are_no_answers(inferred: Snapshot) -> None:
    assert answers(inferred).decided_on.astype(str).tolist() == ["2015-06-01", "2022-06-01"]


def test_a_recorded_answer_wins_over_an_inferred_one_about_the_same_move(
    inferred: Snapshot,
) -> None:
    found = inferred_answers(inferred)

    assert found.decided_on.astype(str).tolist() == ["2018-06-01"]
    assert found.known_on.astype(str).tolist() == ["2020-06-01"]


def test_inferred_answers_are_no_past_answers_of_a_person(inferred: Snapshot) -> None:
    someone, nurse = np.array([1]), np.array([0])  # B, and any position

    counted = prepare(inferred).pairs(("offers_refused", "offers_accepted"), someone, nurse)

    assert counted[0].tolist() == [1, 0]
