"""A plan in the words of people: why each move, what units gain, what demands cost."""

import numpy as np
import pandas as pd

from models.recommender import Recommender
from mutasi.certificate import Verdict
from mutasi.planning.plan import Plan
from mutasi.snapshot import Snapshot
from mutasi.staffing import Units, balance
from pipelines.planning.chart import chart
from pipelines.planning.lists import crowds, priced
from pipelines.planning.moves import moves
from pipelines.planning.pricing import prices
from pipelines.planning.question import Question
from pipelines.planning.schema import Load, PlanReport
from pipelines.planning.schema_worth import Withheld, Worth


def report(
    recommender: Recommender,
    asked: Question,
    plan: Plan,
    verdict: Verdict,
    worth: Worth | Withheld,
    took: float,
    seconds: float,
) -> PlanReport:
    """Return a plan in the words of people.

    Args:
        recommender: The region.
        asked: What the numbers stand for.
        plan: The plan.
        verdict: What the checker said of its file.
        worth: What the plan is worth by models that did not choose it.
        took: How many seconds it took.
        seconds: How long pins may be priced.
    """
    problem, artifact = plan.problem, recommender.artifact
    found, untold = prices(plan, seconds)
    loads = _loads(recommender.snapshot, asked, plan)
    after = priced(problem, plan.moves, lambda key: plan.prices.get(key, 0))
    return PlanReport(
        as_of=recommender.snapshot.as_of.isoformat(),
        model=None if artifact is None else artifact.manifest.version,
        people=len(problem.people),
        pairs=len(problem.person),
        vacancies=int(problem.open[np.unique(problem.post)].sum()),
        moves=moves(recommender, asked, plan),
        value=plan.value,
        bound=plan.most,
        gap=plan.gap,
        is_best=plan.is_best,
        is_proven=verdict.is_proven,
        short_before=sum(load.short_before for load in loads),
        short_after=sum(load.short_after for load in loads),
        loads=tuple(load for load in loads if _is_changed(load)),
        chart=chart(recommender.snapshot, plan, loads),
        prices=found,
        untold=untold,
        crowds=crowds(after),
        nowhere=asked.nowhere,
        worth=worth,
        seconds=took,
    )


def _loads(snapshot: Snapshot, asked: Question, plan: Plan) -> list[Load]:
    """Return every unit before and after, the most relieved first."""
    problem = plan.problem
    posts = balance(snapshot, Units.of(snapshot))
    comes = np.bincount(problem.post[plan.moves], minlength=len(posts))
    left = problem.left[plan.moves]
    goes = np.bincount(left[left >= 0], minlength=len(posts))
    before = posts["filled"].to_numpy(float)
    after = before + comes - goes
    needed = posts["needed"].to_numpy(float)
    table = pd.DataFrame(
        {
            "unit": problem.unit,
            "name": snapshot.positions["unit_name"],
            "needed": needed,
            "before": before,
            "after": after,
            "short_before": (needed - before).clip(0) * asked.known.weight,
            "short_after": (needed - after).clip(0) * asked.known.weight,
        }
    )
    sums = table.groupby(["unit", "name"], as_index=False).sum()
    sums = sums.iloc[np.argsort(sums["short_after"] - sums["short_before"], kind="stable")]
    return [Load.model_validate(row) for row in sums.to_dict("records")]


def _is_changed(load: Load) -> bool:
    return load.before != load.after or load.short_before != load.short_after
