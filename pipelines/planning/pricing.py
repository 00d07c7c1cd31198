"""What pins and limits cost: the plan is made again without them, or with a little more."""

from dataclasses import replace
from time import perf_counter
from typing import Final

from mutasi.errors import PlanNotFound
from mutasi.planning import RESOLUTION
from mutasi.planning.demands import Budget, Demand, Depth, Floor, MostMoves, Pin
from mutasi.planning.optimizer import optimize
from mutasi.planning.plan import Plan
from mutasi.planning.rows import PRICE_STEPS
from pipelines.planning.schema import Price, PriceWay

PLANNED_AGAIN: Final = 20
"""How many limits are priced by planning again, the dearest."""


def prices(plan: Plan, seconds: float) -> tuple[tuple[Price, ...], int]:
    """Return what pins and binding limits cost, the dearest first, and how many are untold.

    The plan is made again without each pin, and with one more of each of the dearest limits,
    as long as there is time.  Of other limits that is told which one more adds at most: its
    price, and what the plan itself may be below the best; so of a budget what a hundredth
    more adds, as a rupiah moves nobody.  A depth has no price and is untold without time.

    Args:
        plan: The plan.
        seconds: How long to plan again, in all.
    """
    ends, untold = perf_counter() + seconds, 0
    found: list[Price] = []
    limits: list[tuple[int, Demand, float]] = []
    for number, demand in enumerate(plan.problem.demands):
        if not isinstance(demand, Pin):
            limits.append((number, demand, _paid(plan, number, demand)))
        elif (more := _more(plan, number, (), ends - perf_counter())) is None:
            untold += 1
        else:
            found.append(_price(demand, more, "without"))
    binding = [each for each in limits if each[-1] > 0 or isinstance(each[1], Depth)]
    binding.sort(key=lambda each: (not isinstance(each[1], Depth), -each[-1]))
    for place, (number, limit, paid) in enumerate(binding):
        left = ends - perf_counter() if place < PLANNED_AGAIN else 0.0
        looser = _looser(limit)
        added = None if looser is None else _more(plan, number, (looser,), left)
        if added is not None:
            found.append(_price(limit, added, "again"))
        elif isinstance(limit, Depth):
            untold += 1
        else:
            found.append(_price(limit, paid + plan.most - plan.value, "most"))
    dear = [each for each in found if each.price > 0]
    return tuple(sorted(dear, key=lambda each: -each.price)), untold


def _paid(plan: Plan, number: int, demand: Demand) -> float:
    """Return the price of one more of a limit, of a budget that of a hundredth more, T points."""
    paid = sum(price for key, price in plan.prices.items() if key[0] == number)
    more = demand.most / 100 if isinstance(demand, Budget) else 1
    return paid / PRICE_STEPS * RESOLUTION * more


def _looser(limit: Demand) -> Demand | None:
    """Return a limit with one more; None of a budget."""
    match limit:
        case Floor():
            return replace(limit, least=max(limit.least - 1, 0))
        case MostMoves() | Depth():
            return replace(limit, most=limit.most + 1)
    return None


def _more(plan: Plan, number: int, instead: tuple[Demand, ...], seconds: float) -> float | None:
    """Return what the plan would be worth more with other demands instead of one, T points.

    None where time is too short to tell, or was too short to find the best plan itself.
    """
    if seconds <= 0 or not plan.is_best:
        return None
    demands = plan.problem.demands
    loosened = replace(plan.problem, demands=(*demands[:number], *instead, *demands[number + 1 :]))
    try:
        other = optimize(loosened, seconds)
    except PlanNotFound:
        return None
    return other.value - plan.value if other.is_best else None


def _price(demand: Demand, price: float, way: PriceWay) -> Price:
    return Price(demand={"kind": demand.kind, **demand.values()}, price=price, way=way)
