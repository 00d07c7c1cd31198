import numpy as np
import pytest

from pipelines.regions.design import SIZES, WORLDS, Trial
from pipelines.regions.rivals import FEWER, PRODUCT
from pipelines.regions.trial import Outcome, run

MOVES = 500


@pytest.fixture(scope="module")
def lived() -> Outcome:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SIZES, MOVES, (900, 8))
        return run(Trial(WORLDS["usual"], MOVES, 4), with_fewer=True)


def test_every_predictor_is_asked_of_the_same_pairs(lived: Outcome) -> None:
    compared = lived.compared
    lengths = {len(said) for said in compared.performance.values()}

    assert lengths == {len(compared.true_performance)}
    assert set(compared.regret) == {PRODUCT, FEWER, "last_rating", "profile", "ridge", "lightgbm"}


def test_nobody_does_better_than_the_truth(lived: Outcome) -> None:
    for name, regret in lived.compared.regret.items():
        assert regret >= 0, name
        assert (lived.compared.at_hand[name] >= 0).all(), name
        assert lived.compared.plan_regret[name] >= 0, name
    for worth in lived.worth.values():
        assert worth.realised <= worth.best
        assert worth.naive_realised <= worth.best


def test_what_the_product_says_is_beside_the_truth_and_not_the_truth(lived: Outcome) -> None:
    r = np.corrcoef(lived.compared.performance[PRODUCT], lived.compared.true_performance)[0, 1]

    assert 0.3 < r < 0.99
