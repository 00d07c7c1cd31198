"""What the heads say of pairs: gains against staying, draws, and where they are silent."""

from dataclasses import replace

import numpy as np
import pytest

from features.sets import EVIDENCE, LENIENCY
from models.artifact import Head
from models.learner import DRAWS, Floats
from models.scoring import GAIN_QUANTILE, Scorer, Scores
from models.utility import REFUSED, bands
from models.weighting import learn_choices
from tests.models.conftest import (
    examples,
    lessons,
    quick_acceptance,
    quick_performance,
)

ON = np.datetime64("2020-01-01")
OF_PERSON = ("person_record", "service_years", "training_hours")
"""Features that are the same wherever one goes."""


@pytest.fixture(scope="module")
def all_heads() -> dict[str, Head]:
    proposal = learn_choices(lessons()).proposal
    assert proposal is not None
    return {
        "performance": quick_performance(examples("performance"), examples("performance", seed=4)),
        "acceptance": quick_acceptance(examples("acceptance")),
        "proposal": proposal,
    }


def scorer(all_heads: dict[str, Head], *names: str) -> Scorer:
    """Return a scorer with some of the heads."""
    return Scorer({name: all_heads[name] for name in names})


def rows(scored: Scorer, count: int = 50, seed: int = 21) -> Floats:
    """Return rows of people with posts."""
    matrix = np.random.default_rng(seed).normal(size=(count, len(scored.names)))
    for name in EVIDENCE:
        matrix[:, scored.names.index(name)] = 2.0
    return matrix


def moved(scored: Scorer, matrix: Floats, name: str, by: float) -> Floats:
    """Return rows with one feature moved."""
    changed = matrix.copy()
    changed[:, scored.names.index(name)] += by
    return changed


class TestGains:
    def test_are_what_a_move_changes_without_any_rater(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix, staying = rows(scored), rows(scored, seed=22)
        head = all_heads["performance"]
        then, now = (head.net(scored.columns(each, head.columns)) for each in (matrix, staying))

        found = scored.gains(matrix, staying, np.ones(50, bool))

        np.testing.assert_allclose(found.gain, then - now)
        np.testing.assert_allclose((found.low + found.high) / 2, found.gain)

    @pytest.mark.parametrize("name", OF_PERSON)
    def test_do_not_grow_with_what_the_person_takes_along(
        self, name: str, all_heads: dict[str, Head]
    ) -> None:
        """Who is good is good in either post: it cancels, and so does what is unsure of it."""
        scored = scorer(all_heads, "performance")
        matrix = np.zeros((20, len(scored.names)))
        staying = moved(scored, matrix, "distance_change_km", 0.5)
        better, stayed = (moved(scored, each, name, 1.0) for each in (matrix, staying))
        everybody = np.ones(20, bool)

        one = scored.gains(matrix, staying, everybody)
        other = scored.gains(better, stayed, everybody)

        np.testing.assert_allclose(other.gain, one.gain, atol=1e-9)
        np.testing.assert_allclose(other.low, one.low, atol=1e-9)

    def test_are_nothing_where_nothing_changes(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix = rows(scored)
        for name in EVIDENCE:
            matrix[:, scored.names.index(name)] = 0.0
        found = scored.gains(matrix, matrix, np.ones(50, bool))

        for values in (found.gain, found.low, found.high):
            np.testing.assert_allclose(values, 0.0, atol=1e-9)

    def test_do_not_come_of_a_lenient_rater(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix, staying = rows(scored), rows(scored, seed=22)
        lenient = moved(scored, matrix, LENIENCY, 8.0)
        everybody = np.ones(50, bool)

        np.testing.assert_allclose(
            scored.gains(lenient, staying, everybody).gain,
            scored.gains(matrix, staying, everybody).gain,
        )
        rating = scored.scores(lenient).performance, scored.scores(matrix).performance
        assert rating[0] is not None
        assert rating[1] is not None
        np.testing.assert_allclose(rating[0] - rating[1], 8.0)

    def test_are_unknown_of_who_holds_no_post(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix, holds = rows(scored), np.arange(50) % 2 == 0
        found = scored.gains(matrix, rows(scored, seed=22), holds)

        for values in (found.gain, found.low, found.high):
            assert (np.isnan(values) == ~holds).all()

    def test_are_the_less_sure_the_less_is_known_of_posts_and_matches(
        self, all_heads: dict[str, Head]
    ) -> None:
        scored = scorer(all_heads, "performance")
        matrix, staying, everybody = rows(scored), rows(scored, seed=22), np.ones(50, bool)
        half = {
            name: np.square(
                scored.gains(moved(scored, matrix, name, 1.0), staying, everybody).high
                - scored.gains(matrix, staying, everybody).gain
            )
            for name in ("person_record_error", "post_record_error", "match_deviation")
        }

        post = half["post_record_error"] - half["person_record_error"]
        match = half["match_deviation"] - half["person_record_error"]
        np.testing.assert_allclose(post, GAIN_QUANTILE**2 * (3.0**2 - 2.0**2))
        np.testing.assert_allclose(match, GAIN_QUANTILE**2 * 2 * (3.0**2 - 2.0**2))


class TestEvidence:
    def test_is_wanting_where_nobody_alike_was_ever_proposed(
        self, all_heads: dict[str, Head]
    ) -> None:
        scored = scorer(all_heads, "performance", "acceptance", "proposal")
        head = all_heads["proposal"]
        assert head.facts.least is not None
        matrix = rows(scored, count=400)
        raw = head.raw(scored.columns(matrix, head.columns))

        found = scored.scores(matrix).has_evidence

        np.testing.assert_array_equal(found, raw >= head.facts.least)
        assert 0 < (~found).sum() < 200

    def test_is_not_asked_for_where_proposals_are_too_few(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance", "acceptance")

        assert scored.scores(rows(scored)).has_evidence.all()

    def test_puts_rows_first_that_have_it(self) -> None:
        utility = np.array([1.0, 9.0, 5.0, 8.0])
        found = Scores(None, None, utility, utility, np.array([True, False, True, False]))

        assert found.best(4).tolist() == [2, 0, 1, 3]
        assert found.best(1).tolist() == [2]
        assert found.at(found.best(2)).utility.tolist() == [5.0, 1.0]


class TestScores:
    def test_weigh_worth_without_leniency_by_the_chance(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance", "acceptance")
        matrix = rows(scored)
        found = scored.scores(matrix)
        assert found.performance is not None
        assert found.acceptance is not None
        leniency = matrix[:, scored.names.index(LENIENCY)]

        np.testing.assert_allclose(found.value, found.performance - leniency)
        np.testing.assert_allclose(
            found.utility,
            found.acceptance * found.value + (1 - found.acceptance) * REFUSED,
        )

    def test_of_rows_are_rows_of_scores(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance", "acceptance", "proposal")
        found, places = scored.scores(rows(scored)), np.array([3, 1])
        alone = scored.scores(rows(scored)[places])

        for one, other in zip(vars(found.at(places)).values(), vars(alone).values(), strict=True):
            np.testing.assert_allclose(one, other)

    def test_without_a_model_are_the_transparent_score(self) -> None:
        scored = Scorer({})
        found = scored.scores(rows(scored))

        assert found.performance is None
        assert found.acceptance is None
        assert found.at(np.arange(2)).performance is None
        np.testing.assert_array_equal(found.utility, scored.profile(rows(scored)))


class TestDraws:
    def test_lie_about_the_utility(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix, each = rows(scored), np.arange(50)
        drawn = scored.utilities(matrix, each, each)
        off = drawn.mean(axis=1) - scored.scores(matrix).utility

        assert drawn.shape == (50, DRAWS)
        assert np.abs(off).mean() < 3 * drawn.std() / np.sqrt(DRAWS)

    def test_are_the_same_at_every_call(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance", "acceptance")
        matrix, each = rows(scored), np.arange(50)

        np.testing.assert_array_equal(
            scored.utilities(matrix, each, each), scored.utilities(matrix, each, each)
        )

    def test_know_as_little_of_a_person_in_every_post(self, all_heads: dict[str, Head]) -> None:
        """So two posts of one person differ less surely by what is unknown of the person."""
        scored = scorer(all_heads, "performance")
        matrix = moved(scored, np.zeros((2, len(scored.names))), "person_record_error", 8.0)
        posts = np.array([0, 1])
        one, two = (
            np.diff(scored.utilities(matrix, people, posts), axis=0).std()
            for people in (np.array([4, 4]), np.array([4, 5]))
        )

        assert one < 1e-9
        assert two == pytest.approx(8.0 * np.sqrt(2), rel=0.15)

    def test_know_as_little_of_a_post_whoever_gets_it(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix = moved(scored, np.zeros((2, len(scored.names))), "post_record_error", 5.0)
        people = np.array([0, 1])
        one, two = (
            np.diff(scored.utilities(matrix, people, posts), axis=0).std()
            for posts in (np.array([7, 7]), np.array([7, 8]))
        )

        assert one < 1e-9
        assert two == pytest.approx(5.0 * np.sqrt(2), rel=0.15)

    def test_know_as_little_of_each_match(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix = moved(scored, np.zeros((2, len(scored.names))), "match_deviation", 3.0)
        drawn = scored.utilities(matrix, np.array([1, 1]), np.array([1, 1]))

        assert np.diff(drawn, axis=0).std() == pytest.approx(3.0 * np.sqrt(2), rel=0.15)

    def test_without_a_model_are_the_transparent_score(self) -> None:
        scored = Scorer({})
        matrix, each = rows(scored), np.arange(50)
        drawn = scored.utilities(matrix, each, each)

        np.testing.assert_array_equal(drawn, np.tile(scored.profile(matrix)[:, None], DRAWS))

    def test_make_bands_of_what_cannot_be_told_apart(self, all_heads: dict[str, Head]) -> None:
        """Whom little is known of falls into the band of the first; who is known does not."""
        scored = scorer(all_heads, "performance")
        matrix = np.zeros((2, len(scored.names)))
        matrix[0, scored.names.index("person_record")] = 1.0
        each = np.arange(2)
        unsure = moved(scored, matrix, "person_record_error", 20.0)

        assert bands(scored.utilities(matrix, each, each)).tolist() == [1, 2]
        assert bands(scored.utilities(unsure, each, each)).tolist() == [1, 1]


class TestWidths:
    def test_are_those_of_the_head(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        matrix = rows(scored)
        widths = all_heads["performance"].facts.widths
        assert widths is not None

        np.testing.assert_array_equal(
            scored.half_width(matrix, ON), widths.of(np.full(50, 2.0), "skp_2011")
        )

    def test_grow_under_a_scheme_that_nobody_was_rated_by(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance")
        widths = all_heads["performance"].facts.widths
        assert widths is not None
        assert widths.schemes == ("skp_2011",)

        then, now = (
            scored.half_width(rows(scored), np.datetime64(day))
            for day in ("2022-02-28", "2022-03-01")
        )
        assert (now > then).all()

    def test_are_none_where_none_were_learned(self, all_heads: dict[str, Head]) -> None:
        head = all_heads["performance"]
        bare = Head(head.learner, head.facts.model_copy(update={"widths": None}))
        without = scorer({"performance": bare}, "performance")

        for scored in (without, Scorer({})):
            assert scored.half_width(rows(scored), ON).tolist() == [0.0] * 50


def test_reasons_are_told_of_worth_and_chance(all_heads: dict[str, Head]) -> None:
    scored = scorer(all_heads, "performance", "acceptance")
    matrix = np.zeros((1, len(scored.names)))
    matrix[0, scored.names.index("person_record")] = 2.0
    (told,) = scored.reasons([None], matrix, scored.scores(matrix))

    assert told[0].concept == "past_performance"
    assert told[0].effect > 0


def test_reasons_that_hardly_matter_are_not_told(all_heads: dict[str, Head]) -> None:
    scored = scorer(all_heads, "performance", "acceptance")
    matrix = rows(scored)
    found = scored.scores(matrix)
    never = replace(found, acceptance=np.zeros(50), value=np.full(50, REFUSED))

    assert any(scored.reasons([None] * 50, matrix, found))
    assert scored.reasons([None] * 50, matrix, never) == [()] * 50


class TestBest:
    @pytest.mark.parametrize("names", [("performance", "acceptance", "proposal"), ("acceptance",)])
    @pytest.mark.parametrize("limit", [1, 7, 20, 300, 500])
    def test_are_those_of_all_scores_to_the_last_digit(
        self, all_heads: dict[str, Head], names: tuple[str, ...], limit: int
    ) -> None:
        scored = scorer(all_heads, *names)
        for seed in range(5):
            matrix = rows(scored, count=300, seed=seed)
            every = scored.scores(matrix)

            found, scores = scored.best(matrix, limit)

            wanted = every.best(limit)
            np.testing.assert_array_equal(found, wanted)
            for name, values in vars(every.at(wanted)).items():
                np.testing.assert_array_equal(getattr(scores, name), values, name)

    def test_equal_rows_stay_in_their_order(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance", "acceptance")
        matrix = np.repeat(rows(scored, count=3), 40, axis=0)

        found, _ = scored.best(matrix, 50)

        np.testing.assert_array_equal(found, scored.scores(matrix).best(50))

    def test_chances_are_asked_of_few(
        self, all_heads: dict[str, Head], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scored = scorer(all_heads, "performance", "acceptance")
        assert scored.acceptance is not None
        asked: list[int] = []
        chance = scored.acceptance.chance

        def counted(read: Floats) -> Floats:
            asked.append(len(read))
            return chance(read)

        monkeypatch.setattr(scored.acceptance, "chance", counted)

        scored.best(rows(scored, count=1000), 5)

        assert 5 <= sum(asked) < 1000

    def test_whether_the_past_can_speak_is_asked_of_few(
        self, all_heads: dict[str, Head], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scored = scorer(all_heads, "performance", "acceptance", "proposal")
        assert scored.proposal is not None
        asked: list[int] = []
        raw = scored.proposal.raw

        def counted(read: Floats) -> Floats:
            asked.append(len(read))
            return raw(read)

        monkeypatch.setattr(scored.proposal, "raw", counted)

        scored.best(rows(scored, count=1000), 5)

        assert 5 <= sum(asked) < 1000

    def test_nobody_is_the_best_of_nobody(self, all_heads: dict[str, Head]) -> None:
        scored = scorer(all_heads, "performance", "acceptance")

        found, scores = scored.best(rows(scored, count=0), 5)

        assert (len(found), len(scores.utility)) == (0, 0)
