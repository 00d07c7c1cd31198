"""Examples, back-tests and judgements that are written down."""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np

from features.outcomes import Decisions
from models.artifact import Artifact
from models.examples import NAMES, Examples, Lessons
from models.learner import Floats
from mutasi.errors import MutasiError
from mutasi.i18n import LANGUAGES
from mutasi.snapshot import Snapshot
from pipelines.evaluation import figures
from pipelines.evaluation.backtest import ACCEPTED, PERFORMANCE, Question, Scored
from pipelines.evaluation.schema import Comparison
from pipelines.pages.figure import Figure
from pipelines.promotion import gates
from pipelines.promotion.schema import Gate, Judgement, Outcome, Reading
from pipelines.promotion_summary import sentence

BINARY = frozenset({"acceptance", "proposals", "seen"})


def lessons(count: int = 300) -> Lessons:
    """Return examples of every kind that hold the contract, decided from 2019 to 2023."""
    return Lessons(**{each.name: examples(each.name, count) for each in fields(Lessons)})


def examples(part: str, count: int = 300) -> Examples:
    """Return decisions, one a week at most, whose outcome is known after a hundred days."""
    rng = np.random.default_rng(sum(map(ord, part)))
    matrix = rng.uniform(0.0, 1.0, size=(count, len(NAMES)))
    label = rng.normal(50.0, 8.0, count)
    if part in BINARY:
        label = (np.arange(count) % 3 > 0).astype(float)
    days = np.datetime64("2019-01-01") + np.linspace(0, 5 * 365, count).astype(int)
    ids = np.array([f"E{row % 90:02d}" for row in range(count)], dtype=object)
    decisions = Decisions(ids, ids, days, label, days + 100, np.zeros(count))
    return Examples(NAMES, matrix, decisions)


def relabelled(made: Examples, label: Floats) -> Examples:
    """Return the same decisions with another outcome."""
    return replace(made, decisions=replace(made.decisions, label=label))


def scored(
    question: Question,
    label: Floats,
    predictions: Mapping[str, Floats],
    half: Floats | float | None = None,
    evidence: Floats | None = None,
) -> Scored:
    """Return a back-test; intervals reach ``half`` to both sides of the model's prediction."""
    count = len(label)
    days = np.datetime64("2022-01-01") + np.arange(count) % 200
    ids = np.array([f"E{row}" for row in range(count)], dtype=object)
    model = predictions["model"]
    return Scored(
        question=question,
        decided_on=days,
        employee_id=ids,
        position_id=ids,
        year=np.full(count, 2022),
        label=label,
        predictions=predictions,
        low=None if half is None else model - half,
        high=None if half is None else model + half,
        evidence=np.linspace(1.0, 5.0, count) if evidence is None else evidence,
        was_rated=np.ones(count, dtype=bool),
        folds=(),
    )


def ratings(error: float, count: int = 300, baseline_error: float = 5.0) -> Scored:
    """Return a back-test of performance: the model's error, and that of its one baseline."""
    rng = np.random.default_rng(2)
    label = rng.normal(50.0, 10.0, count)
    noise = rng.normal(size=(2, count))
    predictions = {
        "model": label + error * noise[0],
        "base_rate": label + baseline_error * noise[1],
    }
    return scored(PERFORMANCE, label, predictions, half=1.645 * error)


def chances(shift: float, count: int) -> Scored:
    """Return a back-test of acceptance whose chances are off by some log-odds."""
    rng = np.random.default_rng(3)
    raw = rng.normal(1.0, 1.2, count)
    label = (rng.random(count) < 1.0 / (1.0 + np.exp(-raw))).astype(float)
    stated = 1.0 / (1.0 + np.exp(-(raw + shift)))
    return scored(ACCEPTED, label, {"model": stated, "base_rate": np.full(count, label.mean())})


def clusters(made: Scored) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """Return the days of a back-test, which are drawn together."""
    return made.decided_on.astype(str)


def compared(made: Scored) -> Comparison:
    """Return a back-test beside its baselines."""
    binary = made.question is ACCEPTED
    measures = figures.ACCEPTANCE if binary else figures.PERFORMANCE
    return figures.comparison(made, measures, draws=200)


def said(gate: Gate) -> str:
    """Return everything that a gate says, in every language."""
    return "\n".join(
        sentence(gate.name, reading, language)
        for reading in gate.readings
        for language in LANGUAGES
    )


def judgement(challenger: str, champion: str | None, *failing: str) -> Judgement:
    """Return a judgement in which some gates fail and the others hold."""
    ratio = Figure(value=2.0)
    readings = {
        True: Reading(
            code="ratio",
            outcome=Outcome.FAILS,
            figure=ratio,
            bound=1.5,
            facts={"challenger": 80.0, "champion": 40.0},
        ),
        False: Reading(code="no_champion", outcome=Outcome.HOLDS),
    }
    codes = {"data_contract": "nothing_shared", "coverage": "untested", "fairness": "untested"}
    return Judgement(
        as_of="2024-07-01",
        region="R",
        challenger=challenger,
        champion=champion,
        gates=tuple(
            Gate.of(
                name,
                [
                    readings[name in failing]
                    if name == "latency"
                    else Reading(
                        code=codes.get(name, "no_champion" if name == "champion" else "untested"),
                        outcome=Outcome.FAILS if name in failing else Outcome.HOLDS,
                        facts={"question": "performance"},
                    )
                ],
            )
            for name in gates.NAMES
        ),
        backtest={},
        bins={},
        duels={},
        ratios=(),
        paces=None,
    )


class Judge:
    """Says of every challenger that the same gates fail, and remembers what it was shown."""

    def __init__(self) -> None:
        self.failing: tuple[str, ...] = ()
        self.champion: Artifact | None = None
        self.problem: MutasiError | None = None

    def __call__(
        self,
        _: Snapshot,
        challenger: Artifact,
        champion: Artifact | None,
        __: object,
        problem: MutasiError | None,
        ___: object,
    ) -> Judgement:
        self.champion, self.problem = champion, problem
        before = None if champion is None else champion.manifest.version
        return judgement(challenger.manifest.version, before, *self.failing)


def quiet(*_: object) -> None:
    """Take no notice of progress."""
