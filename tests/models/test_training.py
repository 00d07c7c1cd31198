"""From examples to heads: thin data, corrections, intervals."""

from datetime import date

import numpy as np
import pytest

from features.sets import ACCEPTANCE, LENIENCY, MOTIVES, RECENT, STEADY
from models import training
from models.artifact import Head
from models.conformal import scheme_on
from models.examples import Lessons, merged, past_lessons
from models.learner import log_odds, probability
from models.past import past_of
from models.training import (
    absent_concepts,
    correction,
    learn,
    learn_acceptance,
    learn_performance,
    teaching_answers,
)
from models.weighting import learn_choices
from mutasi.errors import TooFewTransfers
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.models.conftest import (
    NOBODY_KNOWS,
    QUICK,
    examples,
    lessons,
    nothing_of,
    quick_acceptance,
    quick_performance,
)
from tests.records import snapshot


@pytest.mark.parametrize("count", [0, 5, 49])
def test_too_few_moves_are_refused_with_the_number_needed(count: int) -> None:
    with pytest.raises(TooFewTransfers) as refused:
        quick_performance(
            examples("performance").where(np.arange(count)), stays=examples("performance")
        )

    assert refused.value.params == {"head": "performance", "found": count, "needed": 50}


def test_answers_of_one_kind_are_refused() -> None:
    made = examples("acceptance")

    with pytest.raises(TooFewTransfers):
        quick_acceptance(made.where(made.label == 1))


def test_few_answers_are_refused_with_the_number_needed() -> None:
    with pytest.raises(TooFewTransfers) as refused:
        quick_acceptance(examples("acceptance").where(np.arange(49)))

    assert refused.value.params == {"head": "acceptance", "found": 49, "needed": 50}


def test_a_feature_without_any_value_is_not_learned_from() -> None:
    made = examples("performance")
    made.matrix[:, made.names.index(STEADY[0])] = np.nan
    columns = quick_performance(made).facts.columns

    assert set(columns) in [set(names) - {STEADY[0]} for names in (STEADY, RECENT)]


def test_a_concept_without_any_value_is_told() -> None:
    made = examples("performance")
    kept = [made.names.index(name) for name in ("distance_now_km", "last_rating")]
    made.matrix[:, [column for column in range(len(made.names)) if column not in kept]] = np.nan
    past = lessons()

    absent = absent_concepts(Lessons(made, past.stays, past.acceptance, past.proposals, past.seen))

    assert "competence_fit" in absent
    assert "distance" not in absent


def test_where_no_move_was_rated_offers_tell_which_concepts_are_absent() -> None:
    past = lessons()
    offers = examples("acceptance")
    offers.matrix[:] = np.nan
    none = nothing_of(past.performance)
    bare = Lessons(none, none, offers, none, none)

    assert "distance" in absent_concepts(bare)
    assert "distance" not in absent_concepts(Lessons(none, none, past.acceptance, none, none))


def test_every_head_is_learned_that_the_past_allows() -> None:
    found = learn(lessons(), QUICK, QUICK)

    assert set(found.heads) == {"performance", "acceptance", "proposal"}
    assert found.refusals == ()


def test_what_could_not_be_learned_is_told_performance_first() -> None:
    past = lessons()
    few = past.known_before(np.datetime64("2015-12-01"))
    found = learn(few, QUICK, QUICK)

    assert found.heads == {}
    assert [refusal.params["head"] for refusal in found.refusals] == ["performance", "acceptance"]


def test_a_rating_is_learned_without_what_its_rater_added() -> None:
    """So a head predicts the rating by adding what the rater there usually adds."""
    made = examples("performance")
    head = quick_performance(made)
    of_rating = head.raw(made.columns(head.columns))
    of_worth = head.net(made.columns(head.columns))

    assert head.facts.added == LENIENCY
    assert np.corrcoef(of_rating, made.label)[0, 1] > 0.9
    assert np.corrcoef(of_worth, made.label - made.decisions.leniency)[0, 1] > 0.9
    assert abs(np.corrcoef(of_worth, made.decisions.leniency)[0, 1]) < 0.2


def test_who_stayed_teaches_what_makes_a_performance() -> None:
    few, stayed = examples("performance").where(np.arange(60)), examples("performance", 4000, 9)
    asked = examples("performance", 1000, seed=11)
    alone, both = quick_performance(few), quick_performance(few, stayed)

    def off(head: Head) -> float:
        return float(np.abs(head.raw(asked.columns(head.columns)) - asked.label).mean())

    assert off(both) < off(alone)
    assert (both.facts.examples, both.facts.stays, alone.facts.stays) == (60, 4000, 0)
    assert "stays" in {trial.part for trial in both.facts.trials}
    assert "stays" not in {trial.part for trial in alone.facts.trials}


def test_of_very_many_who_stayed_some_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MOST_STAYS", 150)
    moves, stays = examples("performance"), examples("performance", seed=4)
    one, two = (quick_performance(moves, stays) for _ in range(2))

    assert one.facts.stays == 150
    assert one.facts == two.facts
    assert quick_performance(moves, stays.where(np.arange(150))).facts.stays == 150


def test_intervals_of_a_head_hold_nine_in_ten_of_new_ratings() -> None:
    asked = examples("performance", 20_000, seed=12)
    evidence = asked.columns(("person_record_error",))[:, 0]
    coverage = []
    for seed in range(30, 38):
        moves, stays = (examples("performance", 1900, one) for one in (seed, seed + 100))
        head = learn_performance(moves, stays, NOBODY_KNOWS, configs=QUICK[:1])
        widths = head.facts.widths
        assert widths is not None
        off = np.abs(head.raw(asked.columns(head.columns)) - asked.label)
        coverage.append(np.mean(off <= widths.of(evidence, widths.schemes[0])))

    assert np.mean(coverage) == pytest.approx(0.9, abs=0.03)
    assert min(coverage) > 0.8


def test_widths_know_the_schemes_that_ratings_were_made_under() -> None:
    """A decision of a year is rated at the end of the next."""
    made = examples("performance", 1200)
    widths = quick_performance(made).facts.widths
    last = made.decisions.decided_on.max().astype("datetime64[Y]")
    ends = (last + 2).astype("datetime64[D]") - 1

    assert widths is not None
    assert widths.schemes == (scheme_on(np.array([ends]))[0],)


@pytest.mark.parametrize(("count", "errors"), [(1948, 121), (2000, 500), (400, 100)])
def test_widths_follow_the_latest_closed_year_where_its_errors_are_enough(
    count: int, errors: int
) -> None:
    """The year 2030 has 121 of the first past, 2031 too few of the second."""
    widths = quick_performance(examples("performance", count)).facts.widths

    assert widths is not None
    assert widths.count == errors


def test_a_head_counts_what_it_was_learned_from() -> None:
    head = quick_acceptance(examples("acceptance"))

    assert head.facts.examples == 400
    assert head.facts.positives == int(examples("acceptance").label.sum())
    assert head.facts.loss < head.facts.base_loss
    assert head.facts.effective == 400.0


def test_weighted_examples_are_worth_fewer() -> None:
    past = lessons()
    head = learn_acceptance(past.acceptance, learn_choices(past), QUICK)

    assert head.facts.effective is not None
    assert 100 < head.facts.effective < 400


def test_motives_make_room_for_more_only_where_more_is_clearly_better() -> None:
    """The record, no motive, decides here; so the wider set is taken."""
    head = quick_acceptance(examples("acceptance", 2000))

    assert "person_record" not in MOTIVES
    assert {trial.part: trial.is_kept for trial in head.facts.trials}["wide"]
    assert set(head.columns) == set(ACCEPTANCE)


def test_a_past_is_the_moves_and_then_the_stays() -> None:
    moves, stays = examples("performance"), examples("performance", 300, seed=4)
    past = past_of(moves, np.full(400, 2.0), stays)

    assert past.is_stay.tolist() == [False] * 400 + [True] * 300
    assert past.weight.tolist() == [2.0] * 400 + [1.0] * 300
    np.testing.assert_allclose(past.label[:400], moves.label - moves.decisions.leniency)
    np.testing.assert_allclose(past.label[400:], stays.label - stays.decisions.leniency)


def test_regions_teach_together_and_it_is_known_which_is_ones_own() -> None:
    one, other = lessons(100), lessons(70)
    both = merged(one, [other])

    assert len(both.performance) == len(both.seen) == 170
    np.testing.assert_array_equal(both.stays.matrix[:100], one.stays.matrix)
    np.testing.assert_array_equal(both.acceptance.label[100:], other.acceptance.label)
    assert both.stays.is_elsewhere.tolist() == [False] * 100 + [True] * 70
    assert both.stays.where(np.array([0, 169])).is_elsewhere.tolist() == [False, True]
    assert not one.stays.is_elsewhere.any()


def test_one_s_own_past_decides_whether_others_teach() -> None:
    own, others = lessons(300), lessons(2000)
    both = merged(own, [others])
    past = past_of(both.performance, stays=both.stays)
    head = quick_performance(both.performance, both.stays)

    assert past.is_elsewhere.sum() == 4000
    assert "regions" in {trial.part for trial in head.facts.trials}


def test_few_labels_leave_chances_as_they_are() -> None:
    assert correction(np.zeros(999), np.ones(999)) == (0.0, 1.0)


def test_overconfident_chances_are_corrected() -> None:
    rng = np.random.default_rng(1)
    raw = rng.normal(size=20_000)
    label = (rng.random(20_000) < probability(0.5 * raw + 0.3)).astype(float)

    shift, slope = correction(raw, label)

    assert shift == pytest.approx(0.3, abs=0.05)
    assert slope == pytest.approx(0.5, abs=0.05)
    assert log_odds(np.array([0.5]))[0] == 0.0


def test_the_same_examples_give_the_same_head() -> None:
    one, two = (quick_acceptance(examples("acceptance")) for _ in range(2))

    assert one.facts == two.facts


def test_examples_of_a_region_carry_who_when_and_what_came_of_it(region: Snapshot) -> None:
    past = past_lessons(region)
    offers, moves = past.acceptance, past.performance

    assert offers.decisions.employee_id.tolist() == ["A", "B"]
    assert offers.label.tolist() == [1.0, 0.0]
    assert moves.label.tolist() == [60.0]
    np.testing.assert_allclose(offers.columns(("service_years",))[:, 0], [0.91, 1.91], atol=0.01)
    assert len(offers.known_before(np.datetime64(date(2016, 1, 1)))) == 1
    assert past.stays.decisions.employee_id.tolist() == ["A", "B"]
    assert past.seen.label.tolist() == [1.0]


def test_lessons_of_an_earlier_day_hold_no_label_known_later(learned_from: Lessons) -> None:
    day = np.datetime64("2024-03-01")
    then = learned_from.known_before(day)

    for name in ("performance", "stays", "acceptance", "proposals", "seen"):
        kept, every = getattr(then, name), getattr(learned_from, name)
        assert (kept.decisions.known_on < day).all()
        assert len(kept) == (every.decisions.known_on < day).sum() < len(every)


def test_work_done_is_told(region: Snapshot) -> None:
    told: list[tuple[str, int, int]] = []

    past_lessons(region, lambda *done: told.append(done))

    assert [what for what, *_ in told].count("past") == told[0][2]
    assert {what for what, *_ in told} == {"past", "proposals"}


def test_other_answers_may_be_learned_from(region: Snapshot) -> None:
    answered, _ = teaching_answers(region)
    past = past_lessons(region, answered=answered.where(np.array([1])))

    assert past.acceptance.decisions.employee_id.tolist() == ["B"]


def test_inferred_answers_help_out_only_where_too_few_are_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = records()
    stay = {"offer_id": "P", "employee_id": "B", "position_id": "nurse", "answer": "accepted"}
    days = {"offered_on": date(2018, 6, 1), "answered_on": date(2020, 6, 1)}
    rows["offers"].append(stay | days | {"evidence": "proxy_stay"})
    region = snapshot(DAY, **rows)

    few, inferred = teaching_answers(region)
    monkeypatch.setattr(training, "LEAST_OFFERS", 2)
    monkeypatch.setattr(training, "LEAST_OF_EACH", 1)
    enough, none = teaching_answers(region)

    assert (len(few), inferred, len(enough), none) == (3, 1, 2, 0)
