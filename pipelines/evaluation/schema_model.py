"""The part of the report about the model in service."""

from models.artifact import Trial
from pipelines.pages.figure import Part


class ServedHead(Part):
    """What is known of one head of the model in service.

    Attributes:
        learner: Kind of learner.
        examples: Examples of what is predicted.
        stays: How many more, of people who were not moved.
        inferred: How many labels nobody recorded.
        effective: How many equal examples the weighted ones are worth.
        hidden: What those who were moved had beyond their records, T points.
        hidden_error: Standard error of that, T points.
        features: How many features it reads.
        trials: Which part was tried, and earned its place or not.
    """

    learner: str
    examples: int
    stays: int
    inferred: int
    effective: float | None
    hidden: float
    hidden_error: float
    features: int
    trials: tuple[Trial, ...]


class Served(Part):
    """The model in service on the day of the report.

    Attributes:
        version: Its name, from the hash of its files.
        as_of: Day whose knowledge it learned from.
        data_hash: Hash of the examples.
        heads: By head: kind of learner, examples, stays, effective number, features.
    """

    version: str
    as_of: str
    data_hash: str
    heads: dict[str, ServedHead]
