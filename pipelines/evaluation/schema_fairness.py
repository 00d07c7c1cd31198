"""The part of the report about groups of people.

Nothing is told of a group of fewer than ``models.fairness.SUPPRESSION_THRESHOLD``
people, nor of another by which it could be worked out: those have ``people = None``
and no figures.
"""

from models.fairness import Concern
from pipelines.pages.figure import Figure, Part


class Beside(Part):
    """A figure of one group beside that of others.

    Attributes:
        figure: The figure.
        against: Ratio to the group with the largest, or difference from everybody
            else; None for the group with the largest itself.
        concern: Whether the group is surely, perhaps or not treated worse; None where
            nothing is asked.
    """

    figure: Figure
    against: Figure | None
    concern: Concern | None


class Group(Part):
    """One group.

    Attributes:
        group: Its name.
        people: How many; None where they are withheld.
        figures: By measure; empty where they are withheld.
    """

    group: str
    people: int | None
    figures: dict[str, Beside]


class Audit(Part):
    """All groups that one attribute tells apart.

    Attributes:
        attribute: Sex, age, kind of employment, remoteness of the present unit.
        groups: The groups that there are.
        unknown: People of whom it is not on record; None where they are withheld.
    """

    attribute: str
    groups: tuple[Group, ...]
    unknown: int | None


class Proxy(Part):
    """How well the features that heads read tell an attribute.

    Attributes:
        group: Those who have the attribute.
        people: People asked about.
        holders: How many of them have it.
        auc: By learner; ½ is a blind guess.
        strongest: The features that tell most by themselves, with their AUC.
        given: By head, how much its predictions correlate with the attribute among
            people of whom the same became.
    """

    group: str
    people: int
    holders: int
    auc: dict[str, Figure]
    strongest: dict[str, float]
    given: dict[str, Figure]


class Fairness(Part):
    """Whether groups of people are treated alike.

    Attributes:
        selection: How often each group is put first: measures ``ten`` and ``one`` (of
            the model), ``past`` (who was chosen), as shares of the eligible; with
            ``_within`` as those chosen over those to be expected vacancy by vacancy.
            Compared by their ratio to the group with the largest.
        performance: Error, bias and coverage of predicted performance.
        acceptance: Calibration and bias of chances.
        proxies: How well features tell protected attributes.
        vacancies: Past vacancies behind ``selection``.
        features: Features that were tried as proxies.
    """

    selection: tuple[Audit, ...]
    performance: tuple[Audit, ...]
    acceptance: tuple[Audit, ...]
    proxies: tuple[Proxy, ...]
    vacancies: int
    features: int
