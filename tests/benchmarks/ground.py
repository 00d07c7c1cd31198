"""What the benchmark stands on: invented regions, a model of boosters, questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd

from features import prepare
from models import artifact
from models.artifact import Artifact, Head
from models.boosted import Boosted, BoostedConfig
from models.examples import past_lessons
from models.learner import Floats
from models.recommender import Recommender
from models.training import learn
from mutasi.rules import RULES, Case, judge
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Pairs, Snapshot
from tests.artifacts import KEY

BOOSTED = (
    BoostedConfig(trees=150, leaves=4, least_rows=40),
    BoostedConfig(trees=300, leaves=8, least_rows=30),
    BoostedConfig(trees=300, leaves=31, least_rows=50),
)
"""What validation chooses from here: the bare ``Booster.predict`` needs boosters, and
they cost more than the lines that training would choose."""

PREDICTING = ("performance", "acceptance")
"""The heads that predict; who is usually proposed is Mutasi's own question besides."""

SEED = 7


def records(employees: int, years: int) -> dict[str, pd.DataFrame]:
    """Return the records of an invented region, by table."""
    return dict(simulate(SimulationConfig(employees=employees, years=years, seed=SEED)).frames)


def region(employees: int, years: int) -> Snapshot:
    """Return the last day of an invented region."""
    frames = records(employees, years)
    last_known = max(frame["known_on"].max() for frame in frames.values() if len(frame))
    return Snapshot.of(last_known.date(), frames)


def boosters(
    snapshot: Snapshot, folder: Path, candidates: Sequence[BoostedConfig] | None = BOOSTED
) -> Artifact:
    """Return both heads as boosters, of the size that validation chooses, read back from disk.

    Without candidates they are as training learns them: lines, which trees may correct.
    Who is usually proposed stays as training learns it: Mutasi asks it of every row,
    the ways that it is measured against do not.
    """
    chosen = () if candidates is None else (candidates, candidates)
    learned = learn(past_lessons(snapshot), *chosen)
    artifact.save(
        folder,
        learned.heads,
        as_of=snapshot.as_of.isoformat(),
        region="benchmark",
        data_hash="",
        absent=(),
        not_learned={},
        key=KEY,
    )
    return artifact.load(folder, KEY.public)


def predicting(model: Artifact) -> dict[str, Head]:
    """Return the heads that predict."""
    return {name: model.heads[name] for name in PREDICTING}


def sample(recommender: Recommender, count: int) -> list[str]:
    """Return some of the vacancies, drawn with a fixed seed."""
    vacancies = [vacancy.position_id for vacancy in recommender.vacancies()]
    drawn = np.random.default_rng(SEED).permutation(len(vacancies))[:count]
    return [vacancies[place] for place in drawn]


def staff(recommender: Recommender, position_id: str) -> Pairs:
    """Return the employees who are considered for a position, with the position."""
    snapshot = recommender.snapshot
    position = snapshot.position_row(position_id)
    region = snapshot.positions["region"][position]
    return recommender._staff_of(region).pairs.toward(position)


@dataclass(frozen=True)
class Bare:
    """The boosters alone, with the matrices of every question ready.

    Attributes:
        boosters: LightGBM's own, one a head.
        everyone: For each position one matrix a head, with a row for each of the staff.
        eligible: The same for those whom the law allows.
    """

    boosters: Sequence[lgb.Booster]
    everyone: dict[str, list[Floats]]
    eligible: dict[str, list[Floats]]

    @classmethod
    def of(cls, recommender: Recommender, questions: Sequence[str]) -> "Bare":
        """Compute the matrices."""
        assert recommender.artifact is not None
        prepared = prepare(recommender.snapshot)
        heads = list(predicting(recommender.artifact).values())
        on = np.datetime64(recommender.snapshot.as_of, "D")
        everyone, eligible = {}, {}
        for question in questions:
            pairs = staff(recommender, question)
            allowed = judge(RULES, Case(on, pairs.count, pairs.column)).eligible
            matrices = [
                np.ascontiguousarray(
                    prepared.pairs(head.facts.columns, pairs.employees, pairs.positions)
                )
                for head in heads
            ]
            everyone[question] = matrices
            eligible[question] = [matrix[allowed] for matrix in matrices]
        return cls([booster_of(head) for head in heads], everyone, eligible)

    def predict_everyone(self, question: str) -> None:
        """Score all of the staff with both boosters."""
        _predict(self.boosters, self.everyone[question])

    def predict_eligible(self, question: str) -> None:
        """Score whom the law allows with both boosters."""
        _predict(self.boosters, self.eligible[question])


def booster_of(head: Head) -> lgb.Booster:
    """Return a head's trees as LightGBM's package holds them."""
    assert isinstance(head.learner, Boosted)
    return lgb.Booster(model_str=head.learner.text)


def _predict(boosters: Sequence[lgb.Booster], matrices: Sequence[Floats]) -> None:
    for booster, matrix in zip(boosters, matrices, strict=True):
        booster.predict(matrix, num_threads=1)
