"""Ranking as many would write it: pandas row by row, models behind MLflow's pyfunc.

It is given what a careful team would prepare once a day: everyone's and every
post's own columns, stays and trainings by person.  For a question it goes through
the staff with ``apply``, scores everyone, and drops whom the law blocks.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features import FEATURES, Grain, prepare
from models.artifact import Artifact, Head
from models.boosted import Boosted
from models.explanation import concept_of
from models.utility import REFUSED
from mutasi.rules import Law
from mutasi.snapshot import Rows, Snapshot
from tests.benchmarks.ground import predicting
from tests.benchmarks.naive_features import pair_features
from tests.benchmarks.naive_law import objections, warnings

MODEL_CODE = Path(__file__).with_name("pyfunc_model.py")


@dataclass(frozen=True)
class NaiveRanking:
    """What the naive way answers.

    Attributes:
        considered: How many were looked at.
        blocked: How many each rule blocks.
        scored: The eligible with features, predictions and utility, best first.
        reasons: For the first ten, what each concept does to each prediction.
    """

    considered: int
    blocked: Mapping[str, int]
    scored: pd.DataFrame
    reasons: Sequence[Mapping[str, pd.Series]]


class NaiveRecommender:
    """Answers who for a vacancy, row by row.

    Args:
        snapshot: What is known.
        staff: Rows of the employees to consider.
        artifact: The trained heads, both boosters.
        folder: Where to save them as MLflow models.
    """

    def __init__(self, snapshot: Snapshot, staff: Rows, artifact: Artifact, folder: Path) -> None:
        self.law = Law(snapshot.as_of)
        heads = predicting(artifact)
        self.columns = {name: list(head.facts.columns) for name, head in heads.items()}
        self.added = {name: head.facts.added for name, head in heads.items()}
        self.models = {name: _as_pyfunc(head, folder / name) for name, head in heads.items()}
        self.posts = _posts(snapshot)
        self.staff = _staff(snapshot).iloc[staff]
        self.stays = _stays(snapshot, self.posts)
        self.trainings = _trainings(snapshot)

    def candidates(self, position_id: str) -> NaiveRanking:
        """Return the eligible for a position, the best first, with reasons for ten."""
        post = self.posts.loc[position_id]

        def judged(person: Any) -> tuple[list[str], list[str]]:
            return objections(person, post, self.law), warnings(person, post, self.law)

        def described(person: Any) -> dict[str, float]:
            stays = self.stays.get(person.name, [])
            return pair_features(person, post, stays, self.trainings.get(person.name, []))

        findings = self.staff.apply(judged, axis=1)
        described_pairs = pd.DataFrame(
            self.staff.apply(described, axis=1).tolist(), index=self.staff.index
        )
        people = self.staff.join(described_pairs)
        of_post = [name for name in self.posts.columns if name not in people]
        people = people.join(pd.DataFrame({name: post[name] for name in of_post}, people.index))
        people["worth"] = self._predicted("performance", people)
        leniency = self.added["performance"]
        people["performance"] = people["worth"] + (0 if leniency is None else people[leniency])
        people["acceptance"] = 1 / (1 + np.exp(-self._predicted("acceptance", people)))
        people["utility"] = (
            people["acceptance"] * people["worth"] + (1 - people["acceptance"]) * REFUSED
        )
        people["warnings"] = [told for _, told in findings]
        eligible = people[[not blocking for blocking, _ in findings]]
        ranked = eligible.sort_values("utility", ascending=False, kind="stable")
        return NaiveRanking(
            considered=len(people),
            blocked=Counter(rule for blocking, _ in findings for rule in blocking),
            scored=ranked,
            reasons=self._reasons(ranked.head(10)),
        )

    def _predicted(self, name: str, people: pd.DataFrame) -> Any:
        return self.models[name].predict(_numbers(people[self.columns[name]]))

    def _reasons(self, shown: pd.DataFrame) -> list[dict[str, "pd.Series[float]"]]:
        told: list[dict[str, pd.Series[float]]] = [{} for _ in range(len(shown))]
        for name, model in self.models.items():
            columns = self.columns[name]
            parts = model.unwrap_python_model().contributions(_numbers(shown[columns]))
            by_feature = pd.DataFrame(parts, columns=columns)
            by_concept = by_feature.T.groupby(concept_of).sum().T
            for place, (_, effects) in enumerate(by_concept.iterrows()):
                told[place][name] = effects.sort_values(key=abs, ascending=False)
        return told


def _as_pyfunc(head: Head, folder: Path) -> Any:
    """Return a head as MLflow saves it and loads it again."""
    logging.getLogger("mlflow").setLevel(logging.WARNING)
    from mlflow import pyfunc  # noqa: PLC0415  # takes seconds to import

    assert isinstance(head.learner, Boosted), "the naive way knows boosters only"
    folder.parent.mkdir(parents=True, exist_ok=True)
    head.learner.save(folder)
    pyfunc.save_model(
        path=str(folder),
        python_model=str(MODEL_CODE),
        artifacts={"booster": str(folder.with_suffix(head.learner.suffix))},
        model_config={"shift": head.facts.shift, "slope": head.facts.slope},
        input_example=pd.DataFrame(
            np.zeros((2, len(head.facts.columns))), columns=list(head.facts.columns)
        ),
        pip_requirements=["lightgbm", "numpy", "pandas"],
    )
    return pyfunc.load_model(str(folder))


def _numbers(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(float)


def _staff(snapshot: Snapshot) -> pd.DataFrame:
    """Return everyone's own columns, those of their post as ``present_…``, and features."""
    prepared = prepare(snapshot)
    columns = {
        name: column if column.ndim == 1 else column.tolist()
        for name, column in snapshot.employees.items()
    }
    columns["days_by_function"] = snapshot.days_in_function.tolist()
    columns |= {f"present_{name}": snapshot.present(name) for name in snapshot.positions}
    columns |= {
        name: prepared.column(Grain.EMPLOYEE, name)
        for name, feature in FEATURES.items()
        if feature.grain is Grain.EMPLOYEE
    }
    return pd.DataFrame(columns).set_index("employee_id")


def _posts(snapshot: Snapshot) -> pd.DataFrame:
    prepared = prepare(snapshot)
    columns = dict(snapshot.positions) | {
        name: prepared.column(Grain.POSITION, name)
        for name, feature in FEATURES.items()
        if feature.grain is Grain.POSITION
    }
    return pd.DataFrame(columns).set_index("position_id")


def _stays(snapshot: Snapshot, posts: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the definitive postings of everyone: codes of the position, and years."""
    stints = prepare(snapshot).stints
    codes = posts[["function_code", "family_code", "title_code", "unit", "post_code"]]
    stays = codes.iloc[stints.position].assign(years=stints.years)
    return _by_person(snapshot, stints.employee, stays)


def _trainings(snapshot: Snapshot) -> dict[str, list[Any]]:
    """Return the trainings of everyone about a function: which, and hours."""
    table = snapshot.tables["trainings"].dropna(subset=["function"])
    return _by_person(
        snapshot, table["employee"].to_numpy(), table[["function", "hours"]].fillna({"hours": 0.0})
    )


def _by_person(
    snapshot: Snapshot, employee: np.ndarray[Any, Any], frame: pd.DataFrame
) -> dict[str, list[Any]]:
    ids = snapshot.employees["employee_id"][employee]
    found: dict[str, list[Any]] = {}
    for name, row in zip(ids, frame.itertuples(index=False), strict=True):
        found.setdefault(name, []).append(row)
    return found
