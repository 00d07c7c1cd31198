"""What a period holds: nothing from after its day, no outcome that the champion had seen."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.frames import days
from features.outcomes import first_whole_year
from models.artifact import Artifact
from mutasi.errors import PeriodUnusable
from mutasi.simulation import Region
from mutasi.snapshot import Snapshot
from pipelines.monitoring.gathering import Gathered, gathered, period_of
from tests.pipelines.monitoring.conftest import LAST, LEARNED


@pytest.mark.parametrize(
    ("learned", "since", "until", "expected"),
    [
        pytest.param("2024-03-31", None, None, ("2024-04-01", "2026-03-30"), id="since training"),
        pytest.param("2026-01-31", None, None, ("2025-03-31", "2026-03-30"), id="a year at least"),
        pytest.param("2024-03-31", "2025-01-01", None, ("2025-01-01", "2026-03-30"), id="asked"),
        pytest.param("2024-03-31", None, "2025-06-30", ("2024-04-01", "2025-06-30"), id="to a day"),
        pytest.param("2024-03-31", "2026-03-30", None, ("2026-03-30", "2026-03-30"), id="one day"),
    ],
)
def test_the_period_is_all_since_training_but_a_year_at_least(
    learned: str, since: str | None, until: str | None, expected: tuple[str, str]
) -> None:
    ends = (None if day is None else date.fromisoformat(day) for day in (since, until))
    period = period_of(date.fromisoformat(learned), LAST, *ends)

    assert (str(period.since), str(period.until)) == expected


@pytest.mark.parametrize(
    ("since", "until"), [("2026-03-31", None), ("2025-02-01", "2025-01-31"), (None, "2026-03-31")]
)
def test_a_period_without_days_or_beyond_the_records_is_refused(
    since: str | None, until: str | None
) -> None:
    ends = (None if day is None else date.fromisoformat(day) for day in (since, until))

    with pytest.raises(PeriodUnusable) as refused:
        period_of(LEARNED, LAST, *ends)

    assert refused.value.params["last"] == LAST


def test_decisions_lie_in_the_period_and_outcomes_became_known_in_it(found: Gathered) -> None:
    first, last = np.datetime64(LEARNED), np.datetime64(LAST)
    outcomes = [found.answers, found.stays, *(moved.moves for moved in found.moved.values())]

    for made in (found.offers, found.moves):
        on = made.decisions.decided_on
        assert (on > first).all()
        assert (on <= last).all()
    for examples in outcomes:
        known_on = examples.decisions.known_on
        assert len(examples) > 50
        assert (known_on > first).all()
        assert (known_on <= last).all()
        assert (examples.decisions.decided_on < known_on).all()
    assert (found.stays.decisions.decided_on < first).any()  # decided before, known since


def test_an_outcome_that_the_champion_had_seen_does_not_count(
    known: Snapshot, champion: Artifact, found: Gathered
) -> None:
    longer = gathered(known, champion, period_of(LEARNED, LAST, since=date(2022, 1, 1)))

    assert len(longer.offers) > len(found.offers)
    assert len(longer.answers) == len(found.answers)
    assert len(longer.stays) == len(found.stays)


def test_nothing_that_became_known_after_the_period_changes_it(
    lived: Region, known: Snapshot, champion: Artifact
) -> None:
    until = date(2025, 4, 30)
    moment = pd.Timestamp(until)
    forged = {}
    for table, frame in lived.frames.items():
        later = frame["known_on"] > moment
        forged[table] = frame.copy()
        for column in frame.select_dtypes("float64"):
            forged[table].loc[later, column] = 1.0
    answered_later = forged["offers"]["answered_on"] > moment
    forged["offers"].loc[answered_later, "answer"] = "withdrawn"
    period = period_of(LEARNED, LAST, until=until)

    honest = gathered(known.rewound(until), champion, period)
    other = gathered(Snapshot.of(until, forged), champion, period)

    assert answered_later.any()
    assert (forged["appraisals"]["score"] != lived.frames["appraisals"]["score"]).any()
    for name in ("offers", "moves", "answers", "stays"):
        one, two = getattr(honest, name), getattr(other, name)
        np.testing.assert_array_equal(one.matrix, two.matrix)
        np.testing.assert_array_equal(one.label, two.label)
        assert len(one) > 0
    assert (honest.answers.decisions.known_on <= np.datetime64(until)).all()


def test_features_are_those_of_the_eve(found: Gathered, known: Snapshot) -> None:
    """Whoever moved twice had one move less on record on the eve of the last one."""
    moves = known.tables["transfers"]
    ids = known.tables["employees"]["employee_id"].to_numpy()
    own = found.moves.columns(("moves_count",))[:, 0]

    for row in range(0, len(found.moves), 7):
        told = found.moves.decisions
        eve = pd.Timestamp(told.decided_on[row]) - pd.Timedelta(days=1)
        of_person = moves[ids[moves["employee"]] == told.employee_id[row]]
        assert own[row] == (of_person["known_on"] <= eve).sum()


def test_the_post_that_was_left_stands_beside_each_move(found: Gathered, known: Snapshot) -> None:
    moves = known.tables["transfers"]
    people = known.tables["employees"]["employee_id"].to_numpy(object)
    posts = known.tables["positions"]["position_id"].to_numpy(object)
    who, on = people[moves["employee"]], days(moves["decided_on"])

    for later, moved in enumerate(found.moved.values()):
        told, left = moved.moves.decisions, moved.staying.decisions
        for row in range(0, len(told), 11):
            (move,) = np.flatnonzero(
                (who == told.employee_id[row])
                & (on == told.decided_on[row])
                & (posts[moves["position"]] == told.position_id[row])
            )
            started = days(moves["started_on"])[move : move + 1]
            assert left.employee_id[row] == told.employee_id[row]
            assert left.position_id[row] == posts[moves["from_position"].iloc[move]]
            assert moved.year[row] == first_whole_year(started)[0] + later
    assert (found.moved["first"].staying.columns(("levels_up",))[:, 0] == 0).all()
