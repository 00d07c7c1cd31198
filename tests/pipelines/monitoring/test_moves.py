"""M11: what became of moves, beside what was predicted and similar people who stayed."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from features.outcomes import Decisions
from models import aftermath
from models.aftermath import Compared, Verdict, verdict
from models.artifact import Artifact
from models.intervals import Interval
from mutasi.simulation import Region
from mutasi.snapshot import Snapshot
from pipelines.monitoring import effects, retention
from pipelines.monitoring.effects import kinds
from pipelines.monitoring.gathering import Gathered, Period
from pipelines.monitoring.schema import SMALLEST, Report
from tests.records import snapshot


@pytest.fixture(scope="session")
def compared_moves(champion: Artifact, found: Gathered, known: Snapshot) -> Compared:
    """The moves rated in their first whole year, beside those who stayed."""
    assert champion.performance is not None
    return Compared.of(champion.performance, found.moved["first"], found.stays, known, 0)


def true_ratings(lived: Region, told: Decisions) -> np.ndarray:
    """Return the rating to be expected in truth; NaN where the post is unknown."""
    rating = np.full(len(told), np.nan)
    is_post = np.array([post is not None for post in told.position_id])
    for day in np.unique(told.decided_on):
        rows = (told.decided_on == day) & is_post
        who, where = told.employee_id[rows], told.position_id[rows]
        rating[rows] = lived.truth.performance(who, where, day.item())
    return rating


def true_effects(lived: Region, found: Gathered) -> np.ndarray:
    """Return what each move really did, in T points."""
    moved = found.moved["first"]
    stayed = true_ratings(lived, moved.staying.decisions)
    return np.asarray(true_ratings(lived, moved.moves.decisions) - stayed)


def test_m11_the_effect_of_moves_is_recovered(
    lived: Region, found: Gathered, compared_moves: Compared
) -> None:
    true, matched = true_effects(lived, found), compared_moves.is_matched
    rows = {"all": matched}
    rows |= {name: matched & of for name, of in kinds(found.moved["first"].moves).items()}
    large = {name: own for name, own in rows.items() if own.sum() >= 50}

    assert {"all", "lateral", "same_function", "other_function"} <= set(large)
    for name, own in large.items():
        effect, truth = compared_moves.effect(own), float(np.nanmean(true[own]))
        assert effect.low <= truth <= effect.high, f"{name}: {effect} does not hold {truth:.2f}"


def test_m11_the_difference_to_those_beside_them_is_told_right(
    lived: Region, known: Snapshot, found: Gathered, compared_moves: Compared
) -> None:
    """What is hidden from the records apart: the true ratings of the matched stand beside."""
    moved, stays = found.moved["first"].moves.decisions, found.stays
    year = stays.decisions.decided_on.astype("datetime64[Y]").astype(int) + 1971
    pool = stays.decisions.where(~aftermath._moved_lately(known, stays, year, 0))
    moved_to, stayed = true_ratings(lived, moved), true_ratings(lived, pool)
    matched = compared_moves.is_matched

    beside = (stayed - compared_moves.pool_said)[compared_moves.neighbours[matched]].mean()
    true = float((moved_to - compared_moves.said)[matched].mean() - beside)
    effect = compared_moves.effect(matched)

    assert effect.low <= true <= effect.high
    assert effect.high - effect.low < 4.0


def test_m11_movers_stand_beside_people_thought_as_good(compared_moves: Compared) -> None:
    assert compared_moves.imbalance == pytest.approx(0, abs=0.05)
    assert compared_moves.is_matched.mean() > 0.95


@pytest.mark.parametrize("later", [0, 1])
def test_m11_who_moved_lately_is_no_stayer(later: int, found: Gathered, known: Snapshot) -> None:
    stays, random = found.stays, np.random.default_rng(1)
    year = stays.decisions.decided_on.astype("datetime64[Y]").astype(int) + 1971
    moves = known.tables["transfers"]
    movers = known.tables["employees"]["employee_id"].to_numpy()[moves["employee"]]
    began = moves["started_on"].dt.year.to_numpy()

    lately = aftermath._moved_lately(known, stays, year, later)

    assert 20 < lately.sum() < len(stays) / 4
    both = (random.choice(np.flatnonzero(rows), 20) for rows in (lately, ~lately))
    for row in np.concatenate([*both]):
        own = began[movers == stays.decisions.employee_id[row]]
        expected = ((own >= year[row] - 1 - later) & (own <= year[row])).any()
        assert lately[row] == expected


def test_m11_nobody_stands_beside_himself(compared_moves: Compared) -> None:
    matched = compared_moves.is_matched
    beside = compared_moves.pool_person[compared_moves.neighbours[matched]]

    assert not (beside == compared_moves.person[matched][:, None]).any()


def test_m11_what_moves_did_is_told_by_kind_and_beside_what_was_predicted(report: Report) -> None:
    first, second = report.after

    assert (first.year, second.year) == ("first", "second")
    assert second.count < first.count
    for after in report.after:
        groups = [effect.group for effect in after.effects]
        assert groups == ["all", *sum(effects.PARTITIONS, ())]
        assert after.gap.value == pytest.approx((after.rating.value or 0) - after.predicted)
        assert after.gap.low is not None
        told = [effect for effect in after.effects if effect.count is not None]
        assert all((effect.count or 0) >= SMALLEST for effect in told)
        assert all(effect.effect is not None and effect.verdict is not None for effect in told)


def test_a_few_moves_of_a_kind_are_not_told_of(compared_moves: Compared, found: Gathered) -> None:
    own = kinds(found.moved["first"].moves)
    level = np.full(len(compared_moves.person), "lateral", dtype=object)
    level[:9] = "promotion"
    level[9:40] = "downward"
    forged = {name: level == name for name in effects.PARTITIONS[0]}

    told = {each.group: each for each in effects.effects(compared_moves, own | forged)}

    assert told["promotion"].effect is None
    assert told["promotion"].count is None
    assert told["downward"].effect is None  # else the few would follow from the whole
    assert told["lateral"].effect is not None
    assert told["all"].effect is not None


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        pytest.param(0.1, 3.0, Verdict.EFFECTIVE, id="surely a gain"),
        pytest.param(-3.0, 0.9, Verdict.NOT_EFFECTIVE, id="surely none worth the name"),
        pytest.param(-1.0, 2.0, Verdict.UNSURE, id="may be either"),
        pytest.param(float("nan"), float("nan"), Verdict.UNSURE, id="not known"),
    ],
)
def test_a_verdict_needs_the_whole_interval(low: float, high: float, said: Verdict) -> None:
    assert verdict(Interval((low + high) / 2, low, high)) is said


def test_ratings_that_are_raised_after_moves_are_called_effective(
    champion: Artifact, found: Gathered, known: Snapshot
) -> None:
    moved = found.moved["first"]
    told = replace(moved.moves.decisions, label=moved.moves.label + 6.0)
    better = replace(moved, moves=replace(moved.moves, decisions=told))

    period = replace(found, moved={**found.moved, "first": better})
    first = effects.after(champion, period, known)[0]

    assert first.effects[0].verdict is Verdict.EFFECTIVE
    assert first.gap.low is not None
    assert first.gap.low > 3.0


def careers(**tables: list[dict[str, Any]]) -> Snapshot:
    """Return forty people who moved from A to B on 2 January 2024, and later."""
    people = [f"P{number:02}" for number in range(40)]
    started = date(2024, 1, 2)
    moves = [
        {
            "employee_id": who,
            "from_position_id": "A",
            "position_id": "B",
            "decided_on": date(2023, 12, 1),
            "started_on": started,
        }
        for who in people
    ]
    returned = {"B": date(2024, 9, 1)}
    held = [
        {"employee_id": who, "position_id": "B", "started_on": started}
        | ({"ended_on": returned["B"]} if number < 14 else {})
        for number, who in enumerate(people)
    ]
    held += [
        {"employee_id": who, "position_id": "A", "started_on": date(2024, 9, 2)}
        for who in people[:10]
    ]
    return snapshot(
        date(2026, 6, 30),
        units=[{"unit_id": "U1"}],
        positions=[{"position_id": "A"}, {"position_id": "B"}],
        employees=[{"employee_id": who} for who in people],
        postings=held,
        transfers=moves,
        **tables,
    )


def test_m11_who_is_still_in_the_post_is_counted_of_those_in_service() -> None:
    period = Period(date(2024, 2, 1), date(2026, 6, 30), date(2024, 1, 31))
    half, year, two = retention.stayed(careers(), period)

    assert (half.months, half.count) == (6, 40)
    assert half.share is not None
    assert half.share.value == 1.0
    assert year.count == two.count == 36  # four have left the service
    assert year.share is not None
    assert year.share.value == pytest.approx(26 / 36)
    assert year.usual is None  # no moves before


def test_m11_a_retired_person_with_an_open_posting_did_not_stay() -> None:
    gone = [{"employee_id": f"P{n}", "since": date(2024, 8, 1), "standing": "77"} for n in (38, 39)]
    period = Period(date(2024, 2, 1), date(2026, 6, 30), date(2024, 1, 31))

    _, year, _ = retention.stayed(careers(standings=gone), period)

    assert year.count == 34
    assert year.share is not None
    assert year.share.value == pytest.approx(24 / 34)


def test_m11_moves_that_are_too_young_are_not_counted() -> None:
    period = Period(date(2024, 2, 1), date(2025, 6, 30), date(2024, 1, 31))

    counts = [each.count for each in retention.stayed(careers(), period)]

    assert counts == [40, 36, 0]
