"""A plan in the words of people: why each move, what units gain, what demands cost."""

from dataclasses import replace
from time import perf_counter

import numpy as np
import pandas as pd

from models.recommender import Recommender
from mutasi.certificate import Verdict
from mutasi.errors import PlanNotFound
from mutasi.planning import RESOLUTION
from mutasi.planning.demands import Budget, Demand, Pin
from mutasi.planning.optimizer import optimize
from mutasi.planning.plan import Plan
from mutasi.planning.rows import PRICE_STEPS
from mutasi.snapshot import Snapshot
from mutasi.staffing import Units, balance
from pipelines.planning.chart import chart
from pipelines.planning.lists import crowds, priced
from pipelines.planning.moves import moves
from pipelines.planning.question import Question
from pipelines.planning.schema import Load, PlanReport, Price, PriceWay
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
    prices, untold = _prices(plan, seconds)
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
        prices=prices,
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


def _prices(plan: Plan, seconds: float) -> tuple[tuple[Price, ...], int]:
    """Return what pins and binding demands cost, the dearest first, and how many are untold.

    A pin is left out and the plan made anew, as long as there is time; of a limit the
    price of one more is told, of a budget that of a hundredth of it more: one rupiah moves
    nobody.
    """
    ends, untold = perf_counter() + seconds, 0
    found = []
    for number, demand in enumerate(plan.problem.demands):
        if not isinstance(demand, Pin):
            paid = sum(price for key, price in plan.prices.items() if key[0] == number)
            one = paid / PRICE_STEPS * RESOLUTION
            found.append(
                _price(demand, one * demand.most / 100, "percent")
                if isinstance(demand, Budget)
                else _price(demand, one, "dual")
            )
        elif (more := _without(plan, number, ends - perf_counter())) is None:
            untold += 1
        else:
            found.append(_price(demand, more, "resolved"))
    dear = [each for each in found if each.price > 0]
    return tuple(sorted(dear, key=lambda each: -each.price)), untold


def _without(plan: Plan, number: int, seconds: float) -> float | None:
    """Return what the plan would be worth more without a demand; None if time is short."""
    if seconds <= 0:
        return None
    demands = plan.problem.demands
    rest = (*demands[:number], *demands[number + 1 :])
    try:
        other = optimize(replace(plan.problem, demands=rest), seconds)
    except PlanNotFound:
        return None
    return other.value - plan.value if other.is_best else None


def _price(demand: Demand, price: float, way: PriceWay) -> Price:
    return Price(demand={"kind": demand.kind, **demand.values()}, price=price, way=way)
