"""How a plan is said, on the terminal and on its page alike."""

from collections.abc import Iterable, Mapping

from mutasi import i18n
from mutasi.i18n import number, render
from mutasi.sentences import effect_words, reason_sentence
from pipelines.pages.figure import Figure
from pipelines.planning.schema import Crowd, Move, Next, PlanReport, Post, Price
from pipelines.planning.schema_compare import Comparison, Outcomes

FIGURES = {
    "value": "+.1f",
    "gap": ".2%",
    "moves": "d",
    "gain": "+.1f",
    "accepted": ".1f",
    "short_after": ".1f",
}
"""Figures of plans side by side, and how they are said."""


def sentences(report: PlanReport) -> Iterable[str]:
    """Yield the names of the sentences that hold for a plan, in order."""
    yield "short"
    yield "kept_all"
    yield proof(report)
    yield from doubts(report)


def proof(report: PlanReport) -> str:
    """Return the name of the sentence that says how near the plan is to the best."""
    if report.is_proven:
        return "proven"
    return "searched" if report.is_best else "bounded"


def doubts(report: PlanReport) -> Iterable[str]:
    """Yield the names of the sentences that say what the plan lacks."""
    if report.model is None:
        yield "no_model"
    if report.untold:
        yield "untold"
    if report.nowhere:
        yield "nowhere"


def sentence(name: str, report: PlanReport, language: str) -> str:
    """Return a sentence about a plan."""
    told = report.model_dump(exclude={"loads", "prices", "worth", "outcomes", "crowds", "chart"})
    told |= {"moves": len(report.moves), "chains": max((m.chain for m in report.moves), default=0)}
    told["nowhere"] = len(report.nowhere)
    return render(f"plan.{name}", language, **told)


def crowd(found: Crowd, language: str) -> str:
    """Return how many lists have the same first."""
    return render(f"plan.crowd.{found.name}", language, **dict(found))


def worth(report: PlanReport, language: str) -> Iterable[str]:
    """Yield what a plan is worth, sentence by sentence; first what may be said of it."""
    found = report.worth
    if isinstance(found, str):
        yield render(f"plan.worth.withheld_{found}", language)
        return
    told: dict[str, object] = {**dict(found), "gain": found.cross_fitted.value}
    told |= {"interval": _interval(found.cross_fitted, language)}
    yield render(f"plan.worth.verdict_{found.verdict}", language, **told)
    yield render("plan.worth.figures", language, **told)
    yield render("plan.worth.without_match", language, **told)
    overlap = found.overlap
    about = dict(overlap)
    if overlap.gain is not None:
        about |= {"gain": overlap.gain.value, "interval": _interval(overlap.gain, language)}
    yield render(f"plan.worth.overlap_{overlap.withheld or 'told'}", language, **about)
    if found.is_thin:
        yield render("plan.worth.thin", language, **told)


def _interval(figure: Figure, language: str) -> str:
    if figure.low is None or figure.high is None:
        return render("plan.worth.no_interval", language)
    return render("plan.worth.interval", language, low=figure.low, high=figure.high)


def defined(found: Outcomes, place: int, language: str) -> str:
    """Return a definition of a good outcome, and how well it could be learned."""
    outcome, learned = found.definitions[place], found.learned[place]
    told = render(f"plan.outcomes.{outcome['measure']}", language, **outcome)
    if learned is None:
        return told
    return f"{told} {render('plan.outcomes.learned', language, **dict(learned))}"


def across(found: Outcomes, plan: int, definition: int, language: str) -> str:
    """Return what the plan of one definition is worth by another, and as a share of its best."""
    value, best = found.worth[plan][definition], found.worth[definition][definition]
    told = number(value, language, "+.1f")
    return f"{told} ({number(value / best, language, '.0%')})" if best > 0 else told


def models_differ(found: Comparison, language: str) -> str:
    """Return that plans were made with several models, and with which; nothing of one alone."""
    if len({side.model for side in found.sides}) == 1:
        return ""
    transparent = render("plan.transparent", language)
    told = ", ".join(f"{side.name}: {side.model or transparent}" for side in found.sides)
    return render("plan.models_differ", language, models=told)


def names(moves: Iterable[Move]) -> dict[str, str]:
    """Return who moves as people call them, by NIP; the NIP where no name is known."""
    return {move.person: move.name or move.person for move in moves}


def known_names(report: PlanReport) -> dict[str, str]:
    """Return what units and people of a plan are called, by id."""
    return {load.unit: load.name for load in report.loads} | names(report.moves)


def said(price: Price) -> str:
    """Return a demand as a request writes it."""
    told = ", ".join(f"{name}={value}" for name, value in price.demand.items() if name != "kind")
    return f"{price.demand['kind']}({told})"


def demand(price: Price, language: str, called: Mapping[str, str]) -> str:
    """Return a demand in plain words; of units and people what they are called, by id."""
    return i18n.demand(said(price), language, called)


def post(found: Post | None) -> str:
    """Return a post by its title and unit; a dash for none."""
    return "–" if found is None else f"{found.title} · {found.unit}"


def why(move: Move, language: str, called: Mapping[str, str] | None = None) -> Iterable[str]:
    """Yield why a move is in the plan, and what it hangs on.

    Args:
        move: The move.
        language: The reader's.
        called: What people are called, by NIP; without, the NIP is said.
    """
    called = called or {}
    if move.until is not None:
        yield render("plan.lent", language, until=move.until)
    for name, rival in (("person_next", move.person_next), ("post_next", move.post_next)):
        if rival is not None:
            yield render(f"plan.{name}", language, **_rival(rival, language))
    for name, person in (("after", move.after), ("backfill", move.backfill)):
        if person is not None:
            yield render(f"plan.{name}", language, person=called.get(person, person))


def reasons(move: Move, language: str) -> Iterable[str]:
    """Yield what speaks for and against a move by the model, with how much."""
    for each in move.reasons:
        said = reason_sentence(each.concept, each.aspect, each.effect, each.facts, language)
        yield f"{said} ({effect_words(each.aspect, each.effect, language)})"


def _rival(rival: Next, language: str) -> dict[str, object]:
    taken = render("plan.elsewhere", language) if rival.is_taken else ""
    return {"name": rival.name, "worth": rival.worth, "taken": taken}
