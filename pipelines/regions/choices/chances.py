"""Chances with and without Platt's correction, on the same back-test.

The product corrects from some thousand labels on.  Here it is done always, and never.
"""

from dataclasses import replace

import numpy as np

from features.sets import FIRM_MOTIVES, WAYS
from models.artifact import Head
from models.examples import Examples
from models.learner import Floats, Task, probability
from models.past import past_of
from models.selection import Judge, Recipe
from models.training import platt
from models.value import made_as
from pipelines.regions.choices.years import Year
from pipelines.regions.rivals import PRODUCT


def ways(year: Year) -> tuple[dict[str, Floats], int]:
    """Return the chances of a year's offers in each way, the product's first.

    Returns:
        And how many labels of the later past a correction learns from.
    """
    head = year.learned.heads["acceptance"]
    known = year.offers.columns(head.columns)
    shift, slope, labels = corrected(head, year.known.acceptance)
    raw = head.learner.raw(known)
    return {
        PRODUCT: head.chance(known),
        "always": probability(shift + slope * raw),
        "never": probability(raw),
    }, labels


def corrected(head: Head, offers: Examples) -> tuple[float, float, int]:
    """Return the correction of a head, however few the labels; and how many there are.

    Args:
        head: The acceptance head.
        offers: What it was learned from.
    """
    judge = Judge(past_of(offers), Task.BINARY)
    later = np.flatnonzero(judge.later)
    shift, slope = platt(judge.raw(recipe_of(head)), offers.label[later])
    return shift, slope, len(later)


def recipe_of(head: Head) -> Recipe:
    """Return how an acceptance head was made; weights apart."""
    return replace(made_as(head), ways=WAYS, firm=FIRM_MOTIVES)
