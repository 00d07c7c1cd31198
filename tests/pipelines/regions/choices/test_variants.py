"""Each variant is the product but for one thing, and differs where it should."""

from collections.abc import Mapping

import numpy as np
import pytest

from models.artifact import Head
from models.learner import Floats
from models.linear import Linear
from models.scoring import Scorer
from models.training import RATING_WAYS
from models.weighting import effective
from pipelines.regions.choices.past import Made
from pipelines.regions.choices.variants import heads, orders, variants
from pipelines.regions.rivals import PRODUCT, Said
from tests.pipelines.regions.choices.conftest import Known


@pytest.fixture(scope="module")
def otherwise(known: Known) -> Mapping[str, Head]:
    return dict(heads(known.own, known.region.lessons, known.learned))


@pytest.fixture(scope="module")
def said(known: Known) -> Mapping[str, tuple[Said, bool]]:
    return variants(known.region.lessons, known.learned, known.region.candidates)


def gains(head: Head, known: Known) -> Floats:
    candidates = known.region.candidates
    then, now = (
        head.net(candidates.columns(matrix, head.columns))
        for matrix in (candidates.moving, candidates.staying)
    )
    return then - now


def effects(head: Head) -> dict[str, float]:
    """Return the effect of each feature that may go one way only, in that way."""
    assert isinstance(head.learner, Linear)
    effect = dict(zip(head.facts.columns, head.learner.effect, strict=True))
    return {name: way * effect[name] for name, way in RATING_WAYS.items() if name in effect}


def test_the_product_made_again_is_the_product(known: Known) -> None:
    again = known.own.fitted(known.own.recipe)
    matrix = known.region.candidates.columns(known.region.candidates.moving, again.columns)

    assert np.allclose(again.net(matrix), known.learned.heads["performance"].net(matrix))


def test_without_those_who_stayed_fewer_examples_teach(known: Known) -> None:
    """A feature that tells moves from stays says nothing where there are moves alone."""
    own = known.own
    place = own.recipe.names.index("is_same_post")
    alone = dict(heads(own, known.region.lessons, known.learned))["moves_only"]

    assert isinstance(alone.learner, Linear)
    assert isinstance(own.head.learner, Linear)
    assert alone.learner.effect[place] == 0.0
    assert own.head.learner.effect[place] != 0.0


def test_hidden_quality_that_is_kept_is_promised_to_everybody(
    known: Known, otherwise: Mapping[str, Head]
) -> None:
    more = gains(otherwise["hidden_kept"], known) - gains(known.own.head, known)

    assert known.own.hidden.mean() > 0.0
    assert more.mean() > 0.5 * known.own.hidden.mean()


def test_effects_that_are_free_go_ways_that_the_product_forbids(
    known: Known, otherwise: Mapping[str, Head]
) -> None:
    assert min(effects(known.own.head).values()) >= 0.0
    assert min(effects(otherwise["free"]).values()) < 0.0


def test_whole_weights_leave_less_evidence_than_their_roots(known: Known) -> None:
    root = known.own.weight

    assert effective(np.square(root)) < effective(root) < len(root)


def test_weights_change_what_is_learned_and_whole_ones_more(
    known: Known, otherwise: Mapping[str, Head]
) -> None:
    without = gains(otherwise["no_weights"], known)
    root, whole = (
        np.abs(gains(otherwise[name], known) - without).mean()
        for name in ("root_weights", "whole_weights")
    )

    assert 0.0 < root < whole


def test_trees_are_there_always_or_never(otherwise: Mapping[str, Head]) -> None:
    assert otherwise["trees"].learner.kind == "corrected"
    assert otherwise["no_trees"].learner.kind == "linear"


def test_every_variant_but_those_of_order_predicts_for_itself(
    said: Mapping[str, tuple[Said, bool]],
) -> None:
    orders_only = {name for name, (_, own) in said.items() if not own}

    assert next(iter(said)) == PRODUCT
    assert orders_only == {"lower_utility", "lower_gain"}
    for name in orders_only:
        assert said[name][0].performance is said[PRODUCT][0].performance


def test_the_lower_end_is_lower_and_of_the_uncertain_by_more(known: Known) -> None:
    scorer, candidates = Scorer(known.learned.heads), known.region.candidates
    moving = candidates.columns(candidates.moving, scorer.names)
    staying = candidates.columns(candidates.staying, scorer.names)
    scores = scorer.scores(moving)
    all_hold = np.ones(len(moving), dtype=bool)
    width = scorer.gains(moving, staying, all_hold)
    assert scores.acceptance is not None
    for name, score in orders(scorer, candidates):
        less = scores.utility - score
        assert (less > 0.0).all(), name
        if name == "lower_gain":
            assert np.allclose(less, scores.acceptance * (width.gain - width.low))


def test_pairs_without_evidence_stay_last_in_every_order(
    said: Mapping[str, tuple[Said, bool]],
) -> None:
    product = said[PRODUCT][0].score
    last = product < product.max() - 500
    assert last.any()

    for name in ("lower_utility", "lower_gain"):
        assert said[name][0].score[last].max() < said[name][0].score[~last].min()


def test_the_same_past_teaches_the_same_variants(known: Known) -> None:
    def made(own: Made) -> Floats:
        return gains(dict(heads(own, known.region.lessons, known.learned))["doubly_robust"], known)

    assert np.array_equal(made(known.own), made(known.own))
