"""A small invented region, and what the product learned from it."""

from dataclasses import dataclass

import pytest

from models.training import Learned, learn
from models.weighting import learn_choices
from pipelines.regions.asked import Asked, asked
from pipelines.regions.choices.past import Made, made
from pipelines.regions.design import SIZES, WORLDS, Trial

MOVES = 500


@dataclass(frozen=True)
class Known:
    """A region, the product, and what its performance head was made of."""

    region: Asked
    learned: Learned
    own: Made


@pytest.fixture(scope="session")
def known() -> Known:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SIZES, MOVES, (900, 8))
        region = asked(Trial(WORLDS["usual"], MOVES, 4))
    learned = learn(region.lessons)
    choices = learn_choices(region.lessons)
    own = made(
        learned.heads["performance"], region.lessons, choices, learned.heads.get("acceptance")
    )
    return Known(region, learned, own)
