"""Ten ways in which predictions of moves have looked better than they were, and what bars each.

Every one was met on real data of this kind; each test holds the device that bars it.
"""

import ast
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

from features import FEATURES, Grain, prepare
from features.decisions import as_then_known
from features.outcomes import performances, sightings, stays
from features.sets import STAYING, sources
from features.track_record import apart
from models.examples import NAMES, Examples, Lessons
from models.learner import Floats, Task
from models.past import past_of
from models.policies import plan
from models.proposals import past_proposals
from models.selection import Judge
from models.splits import rolling
from models.value import Valuer
from models.weighting import learn_choices
from mutasi.snapshot import Snapshot
from tests.architecture.checkout import ROOT
from tests.features.conftest import DAY, records
from tests.features.worlds import World, world
from tests.models.conftest import nothing_of
from tests.models.test_value import candidates, past, true_gain
from tests.models.test_weighting import SERVICE, choosing
from tests.records import snapshot

RECORDS = ("person_record", "post_record", "unit_record", "usual_leniency", "last_rating")


def label_keys(examples: Examples) -> set[tuple[str, str, float]]:
    """Return which ratings the labels are: whose, known when, and what they say."""
    decisions = examples.decisions
    known_on = decisions.known_on.astype(str)
    return {*zip(decisions.employee_id, known_on, decisions.label, strict=True)}


def test_trap_1_ratings_given_after_the_event_are_no_features_of_it(simulated: Snapshot) -> None:
    """Whatever was rated on the day or later changes the label, and nothing that predicts it."""
    every = performances(simulated)
    day = np.sort(every.decided_on)[len(every) // 2]
    of_day = every.where(every.decided_on == day)
    table = simulated.tables["appraisals"]
    later = (table["known_on"].to_numpy("datetime64[D]") >= day) & (np.arange(len(table)) % 2 == 0)
    spoilt = table.assign(results=table["results"].mask(later, 1.0), score=table["score"] - later)
    forged = Snapshot(simulated.as_of, {**simulated.tables, "appraisals": spoilt})

    was, would = (as_then_known(one, of_day, NAMES) for one in (simulated, forged))

    np.testing.assert_array_equal(was, would)
    assert not np.isnan(was).all()
    assert performances(forged).label.tolist() != every.label.tolist()


def held_before(appointees_grade: int) -> Snapshot:
    """Return a region in which A becomes a nurse where another was one before."""
    rows = records()
    rows["employees"].append({"employee_id": "D", "appointed_on": date(2005, 1, 1)})
    rows["grades"][0]["grade"] = appointees_grade
    rows["grades"].append({"employee_id": "D", "since": date(2005, 1, 1), "grade": 6})
    rows["grades"].append({"employee_id": "A", "since": date(2015, 7, 2), "grade": 16})
    rows["postings"].append(
        {
            "employee_id": "D",
            "position_id": "nurse",
            "started_on": date(2012, 1, 1),
            "ended_on": date(2014, 1, 1),
        }
    )
    return snapshot(DAY, **rows)


def test_trap_2_a_post_has_the_grade_of_earlier_holders_never_of_who_is_to_come() -> None:
    """Neither the grade that A had nor the one that came with the post says what it demands."""
    names = ("grade_above_holders", "grade_margin")

    low, high = (
        as_then_known(made, performances(made), names)[0]
        for made in (held_before(7), held_before(9))
    )
    kept = held_before(7).rewound(date(2015, 5, 31))
    of_post = prepare(kept).column(Grain.POSITION, "holders_grade")

    assert of_post[0] == pytest.approx(6.0)
    assert low[0] == pytest.approx(7 - 6.0)
    assert high[0] == pytest.approx(9 - 6.0)


def imported(path: Any) -> set[str]:
    """Return every name that a module imports, with where from."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_trap_3_nothing_is_judged_by_random_folds(learned_from: Lessons) -> None:
    """No splitter but that in time is at hand, and all that teaches comes before what judges."""
    modules = [path for area in ("features", "models", "pipelines") for path in folder(area)]
    folds = [
        (path.name, name)
        for path in modules
        for name in imported(path)
        if "model_selection" in name or "KFold" in name or "train_test_split" in name
    ]
    moves, stayed = learned_from.performance, learned_from.stays
    judge = Judge(past_of(moves, stays=stayed), Task.REGRESSION)
    past = judge.past

    assert len(modules) > 30
    assert folds == []
    assert 0 < judge.earlier.sum() < len(past.label)
    assert past.decided_on[judge.earlier].max() < past.decided_on[judge.later].min()
    for split in rolling(moves.decisions.decided_on, moves.decisions.known_on):
        first = moves.decisions.decided_on[split.test].min()
        assert moves.decisions.decided_on[split.train].max() < first


def folder(area: str) -> list[Any]:
    """Return the modules of an area."""
    return sorted((ROOT / area).rglob("*.py"))


def test_trap_4_a_person_may_come_again_but_no_rating_teaches_and_tests(
    simulated: Snapshot, learned_from: Lessons
) -> None:
    """And who one is tells nothing: under other names all features are the same."""
    moves = learned_from.performance
    known = moves.decisions
    splits = rolling(known.decided_on, known.known_on)
    for split in splits:
        taught = learned_from.known_before(split.test_from)
        tested = label_keys(moves.where(split.test))
        assert tested
        assert not tested & (label_keys(taught.performance) | label_keys(taught.stays))

    people = simulated.tables["employees"]
    renamed = people.assign(employee_id=people["employee_id"].to_numpy()[::-1])
    strangers = Snapshot(simulated.as_of, {**simulated.tables, "employees": renamed})
    everybody = np.arange(len(people))
    assert splits
    np.testing.assert_array_equal(
        prepare(simulated).pairs(NAMES, everybody, 0), prepare(strangers).pairs(NAMES, everybody, 0)
    )


def test_trap_5_rows_that_were_never_closed_are_no_long_stays() -> None:
    """Who is on record in a post since 1995 “till date” did not stay there for that."""
    rows, stale = records(), records()
    for number in range(20):
        who = f"gone-{number}"
        for made, has_row in ((rows, False), (stale, True)):
            made["employees"].append({"employee_id": who, "appointed_on": date(1990, 1, 1)})
            if has_row:
                made["postings"].append(
                    {"employee_id": who, "position_id": "clerk", "started_on": date(1995, 1, 1)}
                )
    lengths = [name for name in STAYING if "stay_years_" in name or "region" in name]

    without, with_them = (snapshot(DAY, **one) for one in (rows, stale))

    np.testing.assert_array_equal(
        prepare(with_them).pairs(lengths, np.arange(3), 1),
        prepare(without).pairs(lengths, np.arange(3), 1),
    )
    assert {"stay_years_of_post_holders", "long_stays_share_in_region"} <= set(lengths)
    assert stays(with_them).employee_id.tolist() == stays(without).employee_id.tolist()
    assert set(stays(with_them).employee_id) == {"A", "B"}


def test_trap_5_a_row_that_was_never_closed_is_no_stay_beside_the_present_post() -> None:
    rows = records()
    stale = {"employee_id": "A", "position_id": "clerk", "started_on": date(2014, 8, 1)}
    rows["postings"].append(stale | {"known_on": date(2020, 1, 1)})
    made = snapshot(DAY, **rows)
    found = stays(made)
    present = made.positions["position_id"][made.employees["position"][0]]

    assert present == "nurse"
    assert found.position_id[found.employee_id == "A"].tolist() == ["nurse"]


def test_trap_6_days_apart_inside_a_reshuffle_identify_no_pair(simulated: Snapshot) -> None:
    """All candidates of a vacancy are seen on one eve, and no feature sets its day against theirs.

    What describes a post knows no day at all, so nothing can be as far from a
    person's day as only the right pair is.
    """
    decisions, _ = past_proposals(simulated, ("service_years",))
    vacancy = pd.Series(decisions.decided_on).groupby(
        [decisions.position_id, decisions.decided_on], sort=False
    )
    posts = simulated.positions
    of_post_days = {name for name, column in posts.items() if column.dtype.kind == "M"}
    days = {name for name, column in simulated.employees.items() if column.dtype.kind == "M"}
    of_posts = [name for name in NAMES if FEATURES[name].grain is Grain.POSITION]

    assert (vacancy.nunique() == 1).all()
    assert days
    assert of_post_days
    assert of_posts
    for name in NAMES:
        assert not sources(name) & of_post_days, name
    for name in of_posts:
        assert not sources(name) & (days | {"as_of", "stints"}), name


def test_trap_7_no_record_holds_the_label_that_it_predicts() -> None:
    """Not even turned round, as where each is left out of a mean of all.

    Records are made of ratings known before, and so are neither moved by their own
    label nor by those of later years; and a point more of record is a point more of
    the next rating, in whatever other post.
    """
    slopes = []
    for seed, year in product(range(6), (2014, 2016)):
        made = world(seed, rater_changes=0.0)
        before, after = (made.ratings.where(made.ratings.year == one) for one in (year, year + 1))
        post = np.zeros(4000, dtype=np.int64)
        post[before.employee] = before.position
        moved = after.where(post[after.employee] != after.position)
        record = records_until(made, year)
        slopes.append(np.polyfit(record[moved.employee], moved.rating, 1)[0])
        later = made.ratings.year > year
        raised = replace(made.ratings, rating=made.ratings.rating + 20.0 * later)
        np.testing.assert_array_equal(record, records_until(replace(made, ratings=raised), year))

    assert np.mean(slopes) == pytest.approx(1.0, abs=0.1)


def records_until(made: World, year: int) -> Floats:
    """Return everybody's record by the ratings up to a year."""
    known = made.ratings.where(made.ratings.year <= year)
    return apart(known, made.posts).effects.effect["person"]


def test_trap_7_the_records_of_a_decision_are_those_of_its_eve(simulated: Snapshot) -> None:
    every = performances(simulated)
    day = np.sort(every.decided_on)[len(every) // 2]
    of_day = every.where(every.decided_on == day)
    eve = prepare(simulated.rewound((day - 1).item()))
    ids = [list(eve.snapshot.tables[table].iloc[:, 0]) for table in ("employees", "positions")]
    who, where = (
        np.array([known.index(one) for one in wanted])
        for known, wanted in zip(ids, (of_day.employee_id, of_day.position_id), strict=True)
    )

    np.testing.assert_array_equal(
        as_then_known(simulated, of_day, RECORDS), eve.pairs(RECORDS, who, where)
    )


def outcomes(made: Examples) -> Floats:
    """Return what would come of each, had they moved: it follows what they are chosen by."""
    rng = np.random.default_rng(3)
    return np.asarray(50 + 4 * made.matrix[:, SERVICE] + rng.normal(size=len(made)))


def test_trap_8_the_chosen_do_not_stand_for_all_who_could_have_been() -> None:
    """Their mean outcome is too high; weighted, they come nearer to everybody's."""
    past, _ = choosing()
    everybody = past.proposals
    chosen = everybody.label == 1
    told, moves = outcomes(everybody), everybody.where(chosen)
    weight = learn_choices(past).of_moves(moves, None)
    alone, weighted = told[chosen].mean(), np.average(told[chosen], weights=weight)

    assert alone - told.mean() > 2.0
    assert 0.0 < weighted - told.mean() < 0.75 * (alone - told.mean())


def test_trap_9_the_gain_of_a_plan_is_not_told_by_the_model_that_made_it() -> None:
    """Where the match brings nothing a plan promises much all the same; a judge apart does not."""
    promised, judged, came = [], [], []
    for seed in range(8):
        lessons, head = past(0.0, 100, seed)
        asked = candidates(seed=seed + 50)
        value = Valuer(lessons, head).values(asked, nulls=1)["plan"]
        columns = [asked.names.index(name) for name in head.facts.columns]
        then, now = (head.learner.raw(each[:, columns]) for each in (asked.moving, asked.staying))
        promised.append(value.promised)
        judged.append(value.cross_fitted.value)
        came.append(true_gain(asked, 0.0)[plan(asked, then - now)].mean())

    assert np.mean(promised) > np.mean(came) + 1.0
    assert np.mean(judged) < np.mean(came) + 0.3


def test_trap_10_a_move_that_nobody_rated_is_counted_and_not_forgotten(
    simulated: Snapshot,
) -> None:
    """Where half of the moves were never rated, it is learned which, and weighs."""
    every = sightings(simulated)
    table = simulated.tables["appraisals"]
    silent = table["employee"] % 2 == 0
    kept = table[~silent].reset_index(drop=True)
    halved = Snapshot(simulated.as_of, {**simulated.tables, "appraisals": kept})
    found = sightings(halved)

    assert len(found) == len(every), "they do not vanish with their ratings"
    assert found.label.sum() < every.label.sum()
    rated = performances(halved)
    told = {*zip(rated.employee_id, rated.position_id, rated.decided_on, strict=True)}
    pairs = zip(found.employee_id, found.position_id, found.decided_on, strict=True)
    assert [pair in told for pair in pairs] == (found.label == 1).tolist()


def test_trap_10_being_rated_at_all_is_learned_and_weighs() -> None:
    past, moves = choosing()
    rng = np.random.default_rng(1)
    service = past.proposals.matrix[:, SERVICE]
    label = (rng.random(len(service)) < 1 / (1 + np.exp(2 * service))).astype(float)
    seen = replace(past.proposals, decisions=replace(past.proposals.decisions, label=label))
    known = replace(past, seen=seen)
    never_asked = replace(past, seen=nothing_of(seen))
    weights = [learn_choices(one).of_moves(moves, None) for one in (never_asked, known)]

    slopes = [np.polyfit(moves.matrix[:, SERVICE], weight, 1)[0] for weight in weights]
    assert slopes[1] > slopes[0] + 0.2
